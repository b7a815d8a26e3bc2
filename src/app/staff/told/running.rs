//! A refresh told while it runs, and how it ended.

use super::{feed_name, list_of_faults, size};
use crate::app::staff::refresh::{Progress, Refresh};
use crate::errand::{Account, Refreshed, Step};
use crate::locale::{count, text};
use crate::page::{Page, Role};
use crate::tell::Teller;

/// What a refresh does, in its order: the words of the command.
const PHASES: [&str; 7] = ["reading", "merging", "building", "trying", "writing", "standing", "keeping"];

/// Columns of a bar.
const BAR: u64 = 16;

/// So much of something is done. Every font has these characters.
fn bar(done: u64, of: u64) -> String {
    let full = done.min(of).saturating_mul(BAR).checked_div(of).unwrap_or(0);
    let part = |length: u64, sign: &str| sign.repeat(usize::try_from(length).unwrap_or(0));
    format!("[{}{}]", part(full, "="), part(BAR - full, "-"))
}

impl Refresh {
    pub(super) fn page(&self, teller: &Teller<'_>) -> Page {
        let mut page = Page::new(teller.locale.say("staff-refresh"));
        match &self.ended {
            None if self.stopping => page.push(Role::Strong, teller.locale.say("refresh-stopping")),
            None => page.push(Role::Strong, teller.locale.say("refresh-runs")),
            Some(ended) => how_it_ended(ended, teller, &mut page),
        }
        page.gap();
        // At the end stands the whole account of each feed.
        if !matches!(self.ended, Some(Refreshed::Done(..))) {
            self.bars(teller, &mut page);
        }
        for step in &self.steps {
            match step {
                Step::Held(feed, why, records) => {
                    let args = [("why", text(why)), ("count", count(*records))];
                    page.labelled(feed, [teller.locale.say_with("refresh-held", &args)]);
                }
                Step::Kept(feed, records) => {
                    page.labelled(feed, [teller.locale.say_with("refresh-kept", &[("count", count(*records))])]);
                }
                _ => {}
            }
        }
        self.notes(teller, &mut page);
        page
    }

    /// How far each feed is, and then the rest, while it runs.
    pub(super) fn bars(&self, teller: &Teller<'_>, page: &mut Page) {
        let say = |id: &str| teller.locale.say(id);
        for (feed, progress) in &self.feeds {
            let told = match progress {
                Progress::Waiting => format!("{} {}", bar(0, 1), say("refresh-waiting")),
                Progress::Asking => format!("{} {}", bar(0, 1), say("refresh-asking")),
                Progress::Coming(bytes, Some(of)) if of >= bytes => {
                    let (bytes, of, bar) = (size(*bytes), size(*of), bar(*bytes, *of));
                    let args = [("bytes", text(&bytes)), ("of", text(&of))];
                    format!("{bar} {}", teller.locale.say_with("refresh-coming-of", &args))
                }
                Progress::Coming(bytes, _) => {
                    let bytes = size(*bytes);
                    let said = teller.locale.say_with("refresh-coming", &[("bytes", text(&bytes))]);
                    format!("{} {said}", bar(0, 1))
                }
                Progress::Read(rows) => {
                    format!("{} {}", bar(1, 1), teller.locale.say_with("refresh-read", &[("count", count(*rows))]))
                }
            };
            page.labelled(feed, [told]);
        }
        self.rest(teller, page);
    }

    /// How far what comes after the feeds is.
    pub(super) fn rest(&self, teller: &Teller<'_>, page: &mut Page) {
        let place = self.phase.as_ref().and_then(|word| PHASES.iter().position(|phase| phase == word));
        if let (Some(place), None) = (place.filter(|place| *place > 0), &self.ended) {
            let (done, all) = (place as u64, PHASES.len() as u64);
            page.gap();
            page.push(
                Role::Plain,
                format!("{} {}", bar(done, all), teller.locale.say(&format!("phase-{}", PHASES[place]))),
            );
        }
    }

    /// What was found wrong, feed by feed in the order in which they came.
    pub(super) fn notes(&self, teller: &Teller<'_>, page: &mut Page) {
        let notes = self.steps.iter().filter_map(|step| match step {
            Step::Note(feed, note) => Some((feed, note)),
            _ => None,
        });
        let mut feeds: Vec<&String> = Vec::new();
        for (feed, _) in notes.clone() {
            if !feeds.contains(&feed) {
                feeds.push(feed);
            }
        }
        for feed in feeds {
            page.gap();
            page.push(
                Role::Heading,
                teller.locale.say_with("refresh-notes", &[("feed", text(&feed_name(feed, teller)))]),
            );
            for (_, note) in notes.clone().filter(|(of, _)| *of == feed) {
                page.push(Role::Plain, note);
            }
        }
        for step in &self.steps {
            if let Step::MoreNotes(more) = step {
                page.gap();
                page.push(Role::Plain, teller.locale.say_with("refresh-more-notes", &[("count", count(*more))]));
            }
        }
    }
}

pub(super) fn how_it_ended(ended: &Refreshed, teller: &Teller<'_>, page: &mut Page) {
    let say = |id| teller.locale.say(id);
    match ended {
        Refreshed::Done(edition, accounts) => {
            page.push(Role::Strong, teller.locale.say_with("refresh-done", &[("edition", text(edition))]));
            page.push(Role::Plain, say("staff-from-next-visit"));
            page.gap();
            for account in accounts {
                page.labelled(&account.name, [of_account(account, teller)]);
            }
        }
        Refreshed::Planned => page.push(Role::Strong, say("plan-done")),
        Refreshed::Waits => page.push(Role::Strong, say("refresh-waits")),
        Refreshed::NoFeeds => {
            page.push(Role::Strong, say("refresh-no-feeds"));
            page.push(Role::Plain, say("refresh-no-feeds-more"));
        }
        Refreshed::Busy => page.push(Role::Strong, say("staff-busy")),
        Refreshed::Stopped => page.push(Role::Strong, say("refresh-stopped")),
        Refreshed::Faults(faults) => {
            page.push(Role::Strong, say("refresh-faults"));
            list_of_faults(faults, teller, page);
        }
        Refreshed::Unknown => page.push(Role::Strong, say("pin-gone")),
        Refreshed::Failed(why) => {
            page.push(Role::Strong, say("refresh-failed"));
            page.push(Role::Plain, why);
        }
    }
}

fn of_account(account: &Account, teller: &Teller<'_>) -> String {
    let args = [
        ("rows", count(account.rows)),
        ("records", count(account.records)),
        ("joined", count(account.joined)),
        ("dropped", count(account.dropped)),
    ];
    teller.locale.say_with("refresh-account", &args)
}
