//! What a refresh would change, told to staff before it counts: feed by feed with a decision for each, then the listings.

use super::how_it_ended;
use crate::app::staff::refresh::Refresh;
use crate::errand::{Decided, Planned, Refreshed};
use crate::locale::{count, text};
use crate::page::{Goal, Page, Role};
use crate::tell::Teller;

pub(super) fn page(refresh: &Refresh, decided: &Decided, teller: &Teller<'_>) -> Page {
    let say = |id| teller.locale.say(id);
    let mut page = Page::new(say("staff-plan"));
    match &refresh.ended {
        None if refresh.stopping => page.push(Role::Strong, say("refresh-stopping")),
        None => page.push(Role::Strong, say("plan-runs")),
        Some(Refreshed::Planned) => {
            let is_anything = refresh.plans().any(|planned| planned.counts != [0; 3]);
            page.push(Role::Strong, say(if is_anything { "plan-done" } else { "plan-nothing" }));
            page.link(say("plan-put-up"), Goal::PutUp);
        }
        Some(ended) => how_it_ended(ended, teller, &mut page),
    }
    if refresh.ended.is_none() {
        page.gap();
        refresh.bars(teller, &mut page);
    }
    for planned in refresh.plans() {
        page.gap();
        feed(planned, decided, refresh.ended.is_some(), teller, &mut page);
    }
    page.gap();
    refresh.notes(teller, &mut page);
    page
}

fn feed(planned: &Planned, decided: &Decided, is_done: bool, teller: &Teller<'_>, page: &mut Page) {
    let say = |id: &str| teller.locale.say(id);
    let Planned { feed, sizes: [before, after], counts: [new, changed, gone], doubt, .. } = planned;
    page.push(Role::Heading, feed);
    let args = [("before", *before), ("after", *after), ("new", *new), ("changed", *changed), ("gone", *gone)]
        .map(|(name, n)| (name, count(n)));
    page.push(Role::Plain, teller.locale.say_with("plan-counts", &args));
    if let Some(doubt) = doubt {
        page.push(Role::Mark, teller.locale.say_with("plan-doubt", &[("why", text(doubt))]));
    }
    if is_done && [new, changed, gone] != [&0; 3] {
        let is_taken = if doubt.is_some() { decided.accepted.contains_key(feed) } else { !decided.held.contains(feed) };
        page.link(say(if is_taken { "plan-taken" } else { "plan-held" }), Goal::Judge(feed.clone()));
    }
    listings("plan-gone", &planned.removed, *gone, teller, page);
    listings("plan-new", &planned.added, *new, teller, page);
    for (name, fields) in &planned.changed {
        page.push(Role::Plain, teller.locale.say_with("plan-changed", &[("name", text(name))]));
        for field in fields {
            page.labelled(" ", [field.clone()]);
        }
    }
    more(planned.changed.len(), *changed, teller, page);
}

fn listings(id: &str, names: &[String], all: u64, teller: &Teller<'_>, page: &mut Page) {
    for name in names {
        page.push(Role::Plain, teller.locale.say_with(id, &[("name", text(name))]));
    }
    more(names.len(), all, teller, page);
}

/// So many more are not told here.
fn more(told: usize, all: u64, teller: &Teller<'_>, page: &mut Page) {
    let more = all.saturating_sub(told as u64);
    if more > 0 {
        page.push(Role::Plain, teller.locale.say_with("plan-more", &[("count", count(more))]));
    }
}
