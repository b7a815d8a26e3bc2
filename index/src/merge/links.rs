//! Links from pages to records, once all records are known: each is called as its record is, and none leads nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::complaint;
use crate::feed::Complaint;
use crate::record::{Details, Record, RecordId, SeeAlso};

/// Gives every link the name of its record. One whose record is not in the directory is left out, and told.
pub(super) fn name(records: &mut [Record], mut tell: impl FnMut(Complaint)) {
    let wanted: BTreeSet<RecordId> = records.iter().flat_map(links).filter_map(target).cloned().collect();
    let names: BTreeMap<RecordId, String> = records
        .iter()
        .filter(|record| wanted.contains(&record.id))
        .map(|record| (record.id.clone(), record.name.plain.clone()))
        .collect();
    for record in records {
        let lost: Vec<&RecordId> =
            links(record).iter().filter_map(target).filter(|id| !names.contains_key(*id)).collect();
        for id in lost {
            let text = format!("its link to {id} leads to no listing of this directory; it was left out");
            tell(complaint(record, text));
        }
        if let Details::Topic(topic) = &mut record.details {
            topic.see_also.retain_mut(|see| match see {
                SeeAlso::Record { id, name } => names.get(id).map(|known| name.clone_from(known)).is_some(),
                SeeAlso::Door(_) | SeeAlso::Search(_) => true,
            });
        }
    }
}

fn links(record: &Record) -> &[SeeAlso] {
    match &record.details {
        Details::Topic(topic) => &topic.see_also,
        _ => &[],
    }
}

fn target(see: &SeeAlso) -> Option<&RecordId> {
    match see {
        SeeAlso::Record { id, .. } => Some(id),
        SeeAlso::Door(_) | SeeAlso::Search(_) => None,
    }
}
