//! What staff change by hand, told to them: what became of it, and everything that holds.

use index::overrides::{Target, What};

use super::running::how_it_ended;
use crate::app::staff::refresh::Refresh;
use crate::app::staff::topic::Written;
use crate::errand::{Change, Changes, Refreshed, Step};
use crate::locale::{count, number, text};
use crate::page::{Goal, Page, Role};
use crate::tell::Teller;

/// What became of what was typed.
pub(super) fn written(written: &Written, refresh: &Refresh, teller: &Teller<'_>) -> Page {
    let say = |id| teller.locale.say(id);
    let mut page = Page::new(say("change-title"));
    match (written, &refresh.ended) {
        (Written::NotYet, _) => page.push(Role::Strong, say("staff-moment")),
        (Written::No(why), _) => {
            page.push(Role::Strong, say("change-not-written"));
            for line in why {
                page.push(Role::Plain, line);
            }
            page.push(Role::Plain, say("change-go-back"));
        }
        (Written::Unknown, _) => {
            page.push(Role::Strong, say("pin-gone"));
            page.push(Role::Plain, say("change-unknown"));
        }
        (Written::Yes(_), None) => {
            page.push(Role::Strong, say("change-written"));
            page.push(Role::Plain, say("change-builds"));
            refresh.rest(teller, &mut page);
        }
        (Written::Yes(numbers), Some(ended @ Refreshed::Done(..))) => {
            how_it_ended(&without_accounts(ended), teller, &mut page);
            in_vain(numbers, refresh, teller, &mut page);
        }
        (Written::Yes(_), Some(ended)) => {
            page.push(Role::Strong, say("change-written"));
            page.push(Role::Mark, say("change-later"));
            page.gap();
            match ended {
                Refreshed::Busy => page.push(Role::Plain, say("change-busy")),
                Refreshed::Unknown => {}
                ended => how_it_ended(ended, teller, &mut page),
            }
        }
    }
    page
}

/// What of it had no effect, and why: its listing is gone, or its source says otherwise since.
fn in_vain(numbers: &[u32], refresh: &Refresh, teller: &Teller<'_>, page: &mut Page) {
    let is_of_it = |note: &&String| numbers.iter().any(|number| note.contains(&format!("override {number} (")));
    let notes = refresh.steps.iter().filter_map(|step| if let Step::Note(_, note) = step { Some(note) } else { None });
    for note in notes.filter(is_of_it) {
        page.gap();
        page.push(Role::Mark, teller.locale.say("change-in-vain"));
        page.push(Role::Plain, note);
    }
}

/// Which feeds the edition is made of does not matter to whoever changed one listing.
fn without_accounts(ended: &Refreshed) -> Refreshed {
    match ended {
        Refreshed::Done(edition, _) => Refreshed::Done(edition.clone(), Vec::new()),
        other => other.clone(),
    }
}

/// Everything that staff have changed, each with the way to take it back.
pub(super) fn list(changes: Option<&Result<Changes, Vec<String>>>, teller: &Teller<'_>) -> Page {
    let say = |id| teller.locale.say(id);
    let mut page = Page::new(say("staff-changes"));
    match changes {
        None => page.push(Role::Plain, say("staff-moment")),
        Some(Err(faults)) => {
            page.push(Role::Strong, say("changes-faults"));
            for fault in faults {
                page.push(Role::Plain, fault);
            }
        }
        Some(Ok(changes)) if changes.latest.is_empty() => page.push(Role::Strong, say("changes-none")),
        Some(Ok(Changes { latest, more })) => {
            page.push(Role::Plain, say("changes-intro"));
            page.gap();
            for change in latest {
                let said = sentence(change, teller);
                page.link(said.clone(), Goal::TakeBack(change.number, change.written, said));
            }
            if *more > 0 {
                page.gap();
                page.push(Role::Plain, teller.locale.say_with("changes-more", &[("count", count(*more))]));
            }
        }
    }
    page
}

/// A change in a sentence: what, of which listing, from when until when, and how that stands today.
fn sentence(change: &Change, teller: &Teller<'_>) -> String {
    let Change { dates, what, name, .. } = change;
    let of = |target: &Target| match target {
        Target::Listing(id) => named(name, id.as_str(), teller),
        Target::Building { building, city } => {
            teller.locale.say_with("form-all-at", &[("building", text(building)), ("city", text(city))])
        }
    };
    let say = |id: &str, of: &str, said: &str| teller.locale.say_with(id, &[("of", text(of)), ("said", text(said))]);
    let said = match what {
        What::Hide(target) => say("changed-hide", &of(target), ""),
        What::Close(target, why) if why.is_empty() => say("changed-close", &of(target), ""),
        What::Close(target, why) => say("changed-close-why", &of(target), why),
        What::Note(target, note) => say("changed-note", &of(target), note),
        What::Correct(id, field, value) => {
            let field = teller.locale.say(&format!("piece-{}", field.word()));
            let args = [("of", named(name, id.as_str(), teller)), ("field", field), ("said", value.clone())];
            let args: Vec<_> = args.iter().map(|(key, value)| (*key, text(value))).collect();
            teller.locale.say_with("changed-correct", &args)
        }
        What::Beds(id, free) => {
            let of = named(name, id.as_str(), teller);
            teller.locale.say_with("changed-beds", &[("of", text(&of)), ("count", number(*free))])
        }
        What::Add(_) => say("changed-add", name, ""),
        What::Notice(notice) => say("changed-notice", "", notice),
    };
    let today = teller.now.date();
    let day = |id: &str, day: Option<jiff::civil::Date>| {
        day.map(|day| teller.locale.say_with(id, &[("date", text(&teller.date(day)))])).unwrap_or_default()
    };
    let stands = match dates {
        dates if dates.are_over(today) => teller.locale.say("changed-over"),
        dates if !dates.hold(today) => teller.locale.say("changed-ahead"),
        _ => String::new(),
    };
    let parts = [said, day("changed-from", dates.from), day("changed-until", dates.until), stands];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&teller.locale.say("facts-between"))
}

/// The listing by its name; one that is gone by its id.
fn named(name: &str, id: &str, teller: &Teller<'_>) -> String {
    if name.is_empty() { teller.locale.say_with("changed-gone", &[("id", text(id))]) } else { name.to_owned() }
}
