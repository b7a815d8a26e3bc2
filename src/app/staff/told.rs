//! What staff are told, as pages of plain words.

use index::record::{DESK, Kind};
use jiff::Timestamp;

use super::Topic;
use crate::errand::{Complaints, Edition, Found, Lately, Standing, Unchanged};
use crate::locale::{count, number, text};
use crate::page::{Page, Role};
use crate::tell::Teller;

mod changes;
mod review;
mod running;

use running::how_it_ended;

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
            Self::Complaints(complaints) => complained(complaints.as_ref(), teller),
            Self::Changes(changes) => changes::list(changes.as_ref(), teller),
            Self::Change(written, refresh) => changes::written(written, refresh, teller),
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
    if let Some([free, all]) = standing.disk {
        let (free, all) = (size(free), size(all));
        let args = [("free", text(&free)), ("all", text(&all))];
        page.labelled(&say("staff-disk"), [teller.locale.say_with("staff-disk-room", &args)]);
    }
    page.labelled(&say("staff-version"), [env!("CARGO_PKG_VERSION").to_owned()]);
    page.gap();
    page.push(Role::Heading, teller.locale.say_with("staff-records", &[("count", count(standing.records))]));
    for (kind, records) in Kind::ALL.iter().zip(standing.kinds) {
        page.labelled(&teller.locale.say(&format!("kind-{}", kind.word())), [records.to_string()]);
    }
    page.gap();
    page.push(Role::Heading, say("staff-by-feed"));
    for (feed, records) in &standing.feeds {
        page.labelled(&feed_name(feed, teller), [records.to_string()]);
    }
    for (feed, Lately { read, failed, held, due }) in &standing.lately {
        page.gap();
        let read = read.map_or_else(|| say("feed-never-read"), |read| moment(read, teller));
        let due = due.map(|due| {
            let is_now = due <= teller.now.timestamp();
            let ahead = || teller.locale.say_with("feed-due", &[("moment", text(&ahead(due, teller)))]);
            if is_now { say("feed-due-now") } else { ahead() }
        });
        let read = teller.locale.say_with("feed-read", &[("moment", text(&read))]);
        page.labelled(feed, std::iter::once(read).chain(due));
        if let Some(why) = failed {
            page.push(Role::Mark, teller.locale.say_with("feed-failed", &[("why", text(why))]));
        }
        if let Some(why) = held {
            page.push(Role::Mark, teller.locale.say_with("feed-held", &[("why", text(why))]));
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

/// What was wrong in the feeds when they were read last, feed by feed.
fn complained(found: Option<&Found>, teller: &Teller<'_>) -> Page {
    let say = |id| teller.locale.say(id);
    let mut page = Page::new(say("staff-complaints"));
    let Some(Found { taken_back, feeds }) = found else {
        page.push(Role::Plain, say("staff-moment"));
        return page;
    };
    if let Some(edition) = taken_back {
        page.push(Role::Mark, teller.locale.say_with("complaints-taken-back", &[("edition", text(edition))]));
    }
    if feeds.is_empty() {
        page.push(Role::Strong, say("complaints-none"));
        return page;
    }
    page.push(Role::Plain, say("complaints-intro"));
    for Complaints { feed, notes, more } in feeds {
        page.gap();
        page.push(Role::Heading, feed_name(feed, teller));
        for note in notes {
            page.push(Role::Plain, note);
        }
        if *more > 0 {
            page.push(Role::Plain, teller.locale.say_with("complaints-more", &[("count", count(*more))]));
        }
    }
    page
}

fn list_of_faults(faults: &[String], teller: &Teller<'_>, page: &mut Page) {
    let found = i64::try_from(faults.len()).unwrap_or(i64::MAX);
    page.push(Role::Heading, teller.locale.say_with("staff-faults", &[("count", number(found))]));
    for fault in faults {
        page.push(Role::Plain, fault);
    }
}

/// What a feed is called; what staff have added themselves has no name of theirs.
fn feed_name(feed: &str, teller: &Teller<'_>) -> String {
    if feed == DESK { teller.locale.say("complaints-desk") } else { feed.to_owned() }
}

/// So many bytes, in a word.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")];
    match UNITS.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, word)) => format!("{}.{} {word}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} bytes"),
    }
}

/// A moment that lies ahead.
fn ahead(moment: Timestamp, teller: &Teller<'_>) -> String {
    let then = moment.to_zoned(teller.now.time_zone().clone());
    let minute = u16::from(then.hour().unsigned_abs()) * 60 + u16::from(then.minute().unsigned_abs());
    let (date, clock) = (teller.date(then.date()), teller.clock(minute));
    teller.locale.say_with("staff-moment-ahead", &[("date", text(&date)), ("clock", text(&clock))])
}

/// A moment, and how long ago it was.
fn moment(moment: Timestamp, teller: &Teller<'_>) -> String {
    let then = moment.to_zoned(teller.now.time_zone().clone());
    let minute = u16::from(then.hour().unsigned_abs()) * 60 + u16::from(then.minute().unsigned_abs());
    let (date, clock, ago) = (teller.date(then.date()), teller.clock(minute), teller.ago(then.datetime()));
    teller.locale.say_with("staff-moment-ago", &[("date", text(&date)), ("clock", text(&clock)), ("ago", text(&ago))])
}
