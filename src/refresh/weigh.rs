//! One feed: got, read, and weighed against what it said when it was last accepted. What cannot be believed, or is not there,
//! costs itself alone: what was before stays.

use std::sync::Arc;

use index::beside::beside;
use index::feed::{self, Apart, Complaint, Harvest};
use index::plan::{Doubt, Earlier, Limits, Plan, Rows};
use index::record::Record;
use index::vocabulary::Vocabulary;

use super::obtain::{self, Obtained, obtain};
use super::{Account, Attempt, Gathered, Ground, How, Step, Took};
use crate::config::{Listed, Source};
use crate::fetch::Part;
use crate::fetch::kept::{Ended, Parts};

impl Gathered {
    /// Gets and reads a feed, and decides whether what it says counts, or what it said before.
    pub(super) fn take(&mut self, listed: &Listed, ground: &Ground<'_>, tell: &mut impl FnMut(Step)) -> Harvest {
        let name = &listed.feed.name;
        let kept = ground.built.kept(ground.kept, name);
        let address = obtain::address(&listed.source);
        let mut complaints = Vec::new();
        let good = kept.last_good().unwrap_or_else(|unsound| {
            complaints.push(complaint(listed, unsound.to_string()));
            None
        });
        let is_ours = matches!(listed.source, Source::BuiltIn(_));
        let is_asked = !ground.offline && ground.is_due(name);
        let stands = || !standing(listed, ground).records.is_empty();
        // What was taken back does not come again without being asked for.
        let is_gone = good.is_none() && (matches!(listed.source, Source::Web(_)) || kept.is_withdrawn());
        let obtained = match &good {
            // Without a network, and while it is not due, what is kept is what there is.
            Some(_) if !is_asked && !is_ours => Obtained::Unchanged,
            None if !is_asked && is_gone && stands() => Obtained::Unchanged,
            None if !is_asked && is_gone => Obtained::Nothing("nothing of it is kept on this computer yet".to_owned()),
            _ => {
                if !is_ours {
                    tell(Step::Asking { feed: name.clone() });
                }
                let got = |got| tell(Step::Got { feed: name.clone(), got });
                obtain(listed, ground, &kept, got)
            }
        };
        self.stamps.extend(good.as_ref().map(|good| (name.clone(), good.stamp.clone())));
        let confirmed = good.as_ref().map(|good| good.confirmed);
        let is_known = |parts: &[Part]| good.as_ref().is_some_and(|good| good.parts == parts);
        let obtained = match obtained {
            // The same from another address is kept anew: from then on it is that address's.
            Obtained::Parts(parts, _) if is_known(&parts) && !kept.is_of_another(&address) => Obtained::Unchanged,
            obtained => obtained,
        };
        let (mut harvest, before, how) = match obtained {
            Obtained::Nothing(why) => {
                complaints.push(complaint(listed, why.clone()));
                let before = Said::Whole(said(listed, good, ground));
                (Harvest::default(), before, How::Otherwise(Ended::Failed(why)))
            }
            Obtained::Unchanged => {
                (said(listed, good, ground), Said::Whole(Harvest::default()), How::Otherwise(Ended::Unchanged))
            }
            Obtained::Parts(parts, origin) => {
                let lay_down = || (ground.keeps && !is_ours).then(|| kept.lay_down(&parts).ok()).flatten();
                // The disk has its own pace. Where it takes nothing, it is tried once more when the edition stands, and
                // told.
                let (laid, (harvest, before)) = beside("keeping", lay_down, || both(listed, good, &parts, ground));
                (harvest, before, How::Took(Took { parts, origin, laid: laid.ok().flatten() }))
            }
        };
        if harvest.records.is_empty() && harvest.complaints.is_empty() && complaints.is_empty() {
            // An empty file is a fault of whoever filled it, not a directory without listings.
            complaints.push(complaint(listed, "there is no listing in it".to_owned()));
        }
        harvest.complaints.splice(0..0, complaints);
        tell(Step::Read { feed: name.clone(), rows: harvest.rows });
        let Harvest { rows, joined, dropped, .. } = harvest;
        self.accounts.push(Account { name: name.clone(), rows, joined, dropped, ..Account::default() });
        let again = || said(listed, kept.last_good().ok().flatten(), ground).records;
        let how = self.weigh(listed, how, &mut harvest, Before { said: before, again }, ground, tell);
        let is_taken = matches!(how, How::Took(..));
        let is_read = is_taken || is_asked && matches!(how, How::Otherwise(Ended::Unchanged));
        if !is_ours {
            let read = if is_read { Some(ground.now) } else { confirmed };
            self.read.extend(read.map(|read| (name.clone(), read)));
            // That nobody was asked is no attempt: it confirms nothing.
            if is_asked || is_taken {
                self.attempts.push(Attempt { feed: name.clone(), kept, address, how });
            }
        }
        harvest
    }

    /// Weighs what a feed says now against what it said before. What is not believed is put back.
    fn weigh(
        &mut self,
        listed: &Listed,
        how: How,
        harvest: &mut Harvest,
        before: Before<impl FnOnce() -> Vec<Record>>,
        ground: &Ground<'_>,
        tell: &mut impl FnMut(Step),
    ) -> How {
        let name = &listed.feed.name;
        if matches!(how, How::Otherwise(Ended::Unchanged)) && !harvest.records.is_empty() {
            tell(Step::Planned { feed: name.clone(), plan: Plan::unchanged(harvest.records.len()), doubt: None });
            return how;
        }
        let listed_now = harvest.records.len();
        let is_seen = ground.accepted.get(name).is_some_and(|seen| seen.is_none_or(|seen| seen == listed_now));
        let is_accepted = is_seen && matches!(how, How::Took(..));
        if harvest.records.is_empty() && !is_accepted {
            // There is nothing to weigh.
            let (records, complaints) = before.into_records();
            if !records.is_empty() {
                tell(Step::Kept { feed: name.clone(), records: records.len() });
                self.kept.insert(name.clone(), records.len());
                harvest.records = records;
                // What was wrong with them still is.
                harvest.complaints.extend(complaints);
            }
            return match how {
                How::Took(..) => How::Otherwise(Ended::Failed("there is no listing in it".to_owned())),
                other @ (How::Otherwise(_) | How::Offered(_)) => other,
            };
        }
        let (plan, rows) = before.plan(&mut harvest.records);
        let limits = if matches!(listed.source, Source::BuiltIn(_)) { Limits::NONE } else { ground.limits };
        let doubt = plan.doubt(limits).or_else(|| plan.doubt_of_rows(rows, Rows::of(harvest), limits));
        let doubt = doubt.filter(|_| !is_accepted);
        let doubt = doubt.or((ground.held.contains(name) && !plan.is_empty()).then_some(Doubt::Wanted));
        tell(Step::Planned { feed: name.clone(), plan, doubt });
        let Some(doubt) = doubt else { return how };
        harvest.records.clear();
        harvest.records = before.into_records().0;
        tell(Step::Held { feed: name.clone(), doubt, records: harvest.records.len() });
        self.held.insert(name.clone(), doubt);
        How::Otherwise(Ended::Held(doubt.to_string()))
    }
}

/// What a feed said when it was last accepted, and what has it read again, whole, where it was only read in part.
struct Before<A> {
    said: Said,
    again: A,
}

/// What a feed said, so far as it was read.
enum Said {
    Whole(Harvest),
    /// Packed, because what it says now had to be read beside it; with its rows, and what was wrong with it.
    Packed(Earlier, Rows, Vec<Complaint>),
    /// Where it differs from what it says now.
    Apart(Apart),
}

impl<A: FnOnce() -> Vec<Record>> Before<A> {
    /// What would change, and of how many rows it was. The records of now are put in the order of their ids, in which
    /// they are compared and merged.
    fn plan(&self, now: &mut [Record]) -> (Plan, Rows) {
        let in_order = |now: &mut [Record]| now.sort_by_cached_key(|record| record.id.clone());
        match &self.said {
            Said::Whole(before) => {
                in_order(now);
                (Plan::of(&before.records, now), Rows::of(before))
            }
            Said::Packed(before, rows, _) => {
                in_order(now);
                (Plan::since(before, now), *rows)
            }
            Said::Apart(Apart { before, now: differing, rows, dropped }) => {
                let same = now.len() - differing.len();
                let differing: Vec<&Record> = differing.iter().filter_map(|at| now.get(*at)).collect();
                let plan = Plan::apart(before, &differing, same);
                in_order(now);
                (plan, Rows { seen: *rows, dropped: *dropped })
            }
        }
    }

    /// Its records, and what was wrong with them.
    fn into_records(self) -> (Vec<Record>, Vec<Complaint>) {
        match self.said {
            Said::Whole(before) => (before.records, before.complaints),
            Said::Packed(before, _, complaints) => (before.into_records(), complaints),
            // Nothing was wrong that is not still.
            Said::Apart(_) => ((self.again)(), Vec::new()),
        }
    }
}

/// Reads what a feed says now, and what it said before so far as that is another matter.
fn both(listed: &Listed, good: Option<Parts>, parts: &[Part], ground: &Ground<'_>) -> (Harvest, Said) {
    if let Some(good) = &good {
        let (before, now) = (borrowed(&good.parts), borrowed(parts));
        let told = feed::read_apart(listed.form, &listed.feed, &before, &now, ground.vocabulary);
        if let Some((harvest, apart)) = told.filter(|(harvest, _)| !harvest.records.is_empty()) {
            return (harvest, Said::Apart(apart));
        }
    }
    // The bytes of before are gone once they are read: a list of the country's is large, and here twice.
    let mut before = said(listed, good, ground);
    let (rows, complaints) = (Rows::of(&before), std::mem::take(&mut before.complaints));
    let before = Said::Packed(Earlier::of(before.records), rows, complaints);
    (read(listed, parts, ground.vocabulary), before)
}

/// What a feed said when it was last accepted: read again from what is kept; else, where nothing is or nothing can be
/// read of it any more, what stands of it.
fn said(listed: &Listed, good: Option<Parts>, ground: &Ground<'_>) -> Harvest {
    let again = good.map(|good| read(listed, &good.parts, ground.vocabulary));
    again.filter(|harvest| !harvest.records.is_empty()).unwrap_or_else(|| standing(listed, ground))
}

/// What stands of a feed.
fn standing(listed: &Listed, ground: &Ground<'_>) -> Harvest {
    let mut records = ground.standing.map(|standing| standing.records_of(&listed.feed.name)).unwrap_or_default();
    for record in &mut records {
        if let Some(original) = ground.originals.iter().find(|original| original.id == record.id) {
            record.clone_from(original);
        }
        // That another day has come is no change of a listing, and what staff say of it is none of the feed's.
        Arc::make_mut(&mut record.credit).read = None;
        record.desk.clear();
    }
    Harvest { rows: records.len(), records, ..Harvest::default() }
}

/// Reads one feed.
fn read(listed: &Listed, parts: &[Part], vocabulary: &Vocabulary) -> Harvest {
    feed::read(listed.form, &listed.feed, &borrowed(parts), vocabulary)
}

fn borrowed(parts: &[Part]) -> Vec<feed::Part<'_>> {
    parts.iter().map(|Part { name, bytes }| feed::Part { name, bytes }).collect()
}

fn complaint(listed: &Listed, text: String) -> Complaint {
    Complaint::of_feed(&listed.feed.name, text)
}
