//! What staff are told, as pages of plain words.

use index::record::Kind;
use jiff::Timestamp;

use super::{Refresh, Topic};
use crate::errand::{Account, Edition, Refreshed, Standing, Step, Unchanged};
use crate::locale::{count, number, text};
use crate::page::{Page, Role};
use crate::tell::Teller;

mod review;

impl Topic {
    /// The page, as far as it is known.
    pub(super) fn page(&self, teller: &Teller<'_>) -> Page {
        let say = |id| teller.locale.say(id);
        match self {
            Self::Standing(standing) => {
                let mut page = Page::new(say("staff-look"));
                match standing {
                    Some(standing) => stands(standing, teller, &mut page),
                    None => page.push(Role::Plain, say("staff-moment")),
                }
                page
            }
            Self::Refresh(refresh) => refresh.page(teller),
            Self::Plan(refresh, decided) => review::page(refresh, decided, teller),
            Self::Gone => {
                let mut page = Page::new(say("staff-title"));
                page.push(Role::Strong, say("pin-gone"));
                page
            }
            Self::RollBack(outcome) => {
                let mut page = Page::new(say("staff-roll-back"));
                match outcome {
                    None => page.push(Role::Plain, say("staff-moment")),
                    Some(outcome) => rolled_back(outcome, teller, &mut page),
                }
                page
            }
            Self::Faults(faults) => {
                let mut page = Page::new(say("staff-check"));
                match faults.as_deref() {
                    None => page.push(Role::Plain, say("staff-moment")),
                    Some([]) => page.push(Role::Strong, say("staff-no-faults")),
                    Some(faults) => list_of_faults(faults, teller, &mut page),
                }
                page
            }
        }
    }
}

impl Refresh {
    fn page(&self, teller: &Teller<'_>) -> Page {
        let mut page = Page::new(teller.locale.say("staff-refresh"));
        match &self.ended {
            None if self.stopping => page.push(Role::Strong, teller.locale.say("refresh-stopping")),
            None => page.push(Role::Strong, teller.locale.say("refresh-runs")),
            Some(ended) => how_it_ended(ended, teller, &mut page),
        }
        page.gap();
        let is_done = matches!(self.ended, Some(Refreshed::Done(..)));
        for step in &self.steps {
            match step {
                // At the end stands the whole account of each feed.
                Step::Read(feed, rows) if !is_done => {
                    page.labelled(feed, [teller.locale.say_with("refresh-read", &[("count", count(*rows))])]);
                }
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

    /// What was found wrong, feed by feed in the order in which they came.
    fn notes(&self, teller: &Teller<'_>, page: &mut Page) {
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
            page.push(Role::Heading, teller.locale.say_with("refresh-notes", &[("feed", text(feed))]));
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

fn how_it_ended(ended: &Refreshed, teller: &Teller<'_>, page: &mut Page) {
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

fn stands(standing: &Standing, teller: &Teller<'_>, page: &mut Page) {
    let say = |id| teller.locale.say(id);
    match &standing.edition {
        Some(Edition { name, put_up }) => {
            page.labelled(&say("staff-edition"), [name.clone()]);
            page.labelled(&say("staff-put-up"), [moment(*put_up, teller)]);
        }
        None => page.push(Role::Strong, say("staff-starter")),
    }
    page.labelled(&say("staff-folder"), [standing.folder.clone()]);
    let feeds_file = standing.feeds_file.clone().unwrap_or_else(|| say("staff-no-feeds-file"));
    page.labelled(&say("staff-feeds-file"), [feeds_file]);
    page.labelled(&say("staff-version"), [env!("CARGO_PKG_VERSION").to_owned()]);
    page.gap();
    page.push(Role::Heading, teller.locale.say_with("staff-records", &[("count", count(standing.records))]));
    for (kind, records) in Kind::ALL.iter().zip(standing.kinds) {
        page.labelled(&teller.locale.say(&format!("kind-{}", kind.word())), [records.to_string()]);
    }
    page.gap();
    page.push(Role::Heading, say("staff-by-feed"));
    for (feed, records) in &standing.feeds {
        page.labelled(feed, [records.to_string()]);
    }
    for (feed, (read, failed)) in &standing.lately {
        page.gap();
        let read = read.map_or_else(|| say("feed-never-read"), |read| moment(read, teller));
        page.labelled(feed, [teller.locale.say_with("feed-read", &[("moment", text(&read))])]);
        if let Some(why) = failed {
            page.push(Role::Mark, teller.locale.say_with("feed-failed", &[("why", text(why))]));
        }
    }
}

fn rolled_back(outcome: &Result<Edition, Unchanged>, teller: &Teller<'_>, page: &mut Page) {
    let say = |id| teller.locale.say(id);
    match outcome {
        Ok(edition) => {
            let args = [("edition", text(&edition.name))];
            page.push(Role::Strong, teller.locale.say_with("roll-back-done", &args));
            page.labelled(&say("staff-put-up"), [moment(edition.put_up, teller)]);
            page.push(Role::Plain, say("staff-from-next-visit"));
        }
        Err(Unchanged::Busy) => page.push(Role::Strong, say("staff-busy")),
        Err(Unchanged::NothingBefore) => page.push(Role::Strong, say("roll-back-nothing-before")),
        Err(Unchanged::Disk(why)) => {
            page.push(Role::Strong, say("roll-back-failed"));
            page.push(Role::Plain, why);
        }
    }
}

fn list_of_faults(faults: &[String], teller: &Teller<'_>, page: &mut Page) {
    let found = i64::try_from(faults.len()).unwrap_or(i64::MAX);
    page.push(Role::Heading, teller.locale.say_with("staff-faults", &[("count", number(found))]));
    for fault in faults {
        page.push(Role::Plain, fault);
    }
}

/// A moment, and how long ago it was.
fn moment(moment: Timestamp, teller: &Teller<'_>) -> String {
    let then = moment.to_zoned(teller.now.time_zone().clone());
    let minute = u16::from(then.hour().unsigned_abs()) * 60 + u16::from(then.minute().unsigned_abs());
    let (date, clock, ago) = (teller.date(then.date()), teller.clock(minute), teller.ago(then.datetime()));
    teller.locale.say_with("staff-moment-ago", &[("date", text(&date)), ("clock", text(&clock)), ("ago", text(&ago))])
}
