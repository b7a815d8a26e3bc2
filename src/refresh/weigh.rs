//! One feed: got, read, and weighed against what it said when it was last accepted. What cannot be believed, or is not there,
//! costs itself alone: what was before stays.

use std::sync::Arc;

use index::feed::{self, Complaint, Harvest};
use index::plan::{Doubt, Earlier, Limits, Plan, Rows};
use index::vocabulary::Vocabulary;

use super::obtain::{self, Obtained, obtain};
use super::{Account, Attempt, Gathered, Ground, How, Step};
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
        let stands = || !Before::of(listed, None, ground).harvest.records.is_empty();
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
        // The bytes of before are gone once they are read: a list of the country's is large, and here twice.
        let mut before = Before::of(listed, good, ground);
        if matches!(obtained, Obtained::Parts(..)) {
            before.pack();
        }
        let (mut harvest, how) = match obtained {
            Obtained::Nothing(why) => {
                complaints.push(complaint(listed, why.clone()));
                (Harvest::default(), How::Otherwise(Ended::Failed(why)))
            }
            Obtained::Unchanged => (std::mem::take(&mut before.harvest), How::Otherwise(Ended::Unchanged)),
            Obtained::Parts(parts, origin) => (read(listed, &parts, ground.vocabulary), How::Took(parts, origin)),
        };
        if harvest.records.is_empty() && harvest.complaints.is_empty() && complaints.is_empty() {
            // An empty file is a fault of whoever filled it, not a directory without listings.
            complaints.push(complaint(listed, "there is no listing in it".to_owned()));
        }
        harvest.complaints.splice(0..0, complaints);
        tell(Step::Read { feed: name.clone(), rows: harvest.rows });
        let Harvest { rows, joined, dropped, .. } = harvest;
        self.accounts.push(Account { name: name.clone(), rows, joined, dropped, ..Account::default() });
        let how = self.weigh(listed, how, &mut harvest, before, ground, tell);
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
        mut before: Before,
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
        let complaints = std::mem::take(&mut before.harvest.complaints);
        let rows = Rows::of(&before.harvest);
        let before = before.packed();
        if harvest.records.is_empty() && !is_accepted {
            // There is nothing to weigh.
            if !before.is_empty() {
                tell(Step::Kept { feed: name.clone(), records: before.len() });
                self.kept.insert(name.clone(), before.len());
                harvest.records = before.into_records();
                // What was wrong with them still is.
                harvest.complaints.extend(complaints);
            }
            return match how {
                How::Took(..) => How::Otherwise(Ended::Failed("there is no listing in it".to_owned())),
                other @ (How::Otherwise(_) | How::Offered(_)) => other,
            };
        }
        // In the order of their ids, as they are planned and merged.
        harvest.records.sort_by_cached_key(|record| record.id.clone());
        let plan = Plan::since(&before, &harvest.records);
        let limits = if matches!(listed.source, Source::BuiltIn(_)) { Limits::NONE } else { ground.limits };
        let doubt = plan.doubt(limits).or_else(|| plan.doubt_of_rows(rows, Rows::of(harvest), limits));
        let doubt = doubt.filter(|_| !is_accepted);
        let doubt = doubt.or((ground.held.contains(name) && !plan.is_empty()).then_some(Doubt::Wanted));
        tell(Step::Planned { feed: name.clone(), plan, doubt });
        let Some(doubt) = doubt else { return how };
        tell(Step::Held { feed: name.clone(), doubt, records: before.len() });
        self.held.insert(name.clone(), doubt);
        harvest.records = before.into_records();
        How::Otherwise(Ended::Held(doubt.to_string()))
    }
}

/// What a feed said when it was last accepted.
struct Before {
    harvest: Harvest,
    /// Its records, once they are packed.
    packed: Earlier,
}

impl Before {
    /// Read again from what is kept; else, where nothing is or nothing can be read of it any more, what stands of it.
    fn of(listed: &Listed, good: Option<Parts>, ground: &Ground<'_>) -> Self {
        let standing = || {
            let mut records =
                ground.standing.map(|standing| standing.records_of(&listed.feed.name)).unwrap_or_default();
            for record in &mut records {
                if let Some(original) = ground.originals.iter().find(|original| original.id == record.id) {
                    record.clone_from(original);
                }
                // That another day has come is no change of a listing, and what staff say of it is none of the feed's.
                Arc::make_mut(&mut record.credit).read = None;
                record.desk.clear();
            }
            Harvest { rows: records.len(), records, ..Harvest::default() }
        };
        let again = good.map(|good| read(listed, &good.parts, ground.vocabulary));
        let harvest = again.filter(|harvest| !harvest.records.is_empty()).unwrap_or_else(standing);
        Self { harvest, packed: Earlier::default() }
    }

    /// Packs its records, so that others can be read beside them.
    fn pack(&mut self) {
        if !self.harvest.records.is_empty() {
            self.packed = Earlier::of(std::mem::take(&mut self.harvest.records));
        }
    }

    fn packed(mut self) -> Earlier {
        self.pack();
        self.packed
    }
}

/// Reads one feed.
fn read(listed: &Listed, parts: &[Part], vocabulary: &Vocabulary) -> Harvest {
    let parts: Vec<feed::Part<'_>> = parts.iter().map(|Part { name, bytes }| feed::Part { name, bytes }).collect();
    feed::read(listed.form, &listed.feed, &parts, vocabulary)
}

fn complaint(listed: &Listed, text: String) -> Complaint {
    Complaint { feed: listed.feed.name.clone(), key: None, file: None, place: None, text, dropped: false }
}
