//! What holds of the harvest of any bytes, and bytes that were damaged on their way.

use proptest::prelude::*;
use serde_json::Value;

use super::Harvest;
use crate::record::Record;
use crate::text;

/// Every string of a record is clean.
pub(super) fn all_clean(record: &Record) {
    fn walk(value: &Value) {
        match value {
            Value::String(text) => assert!(text.split('\n').all(text::is_clean), "{text:?}"),
            Value::Array(list) => list.iter().for_each(walk),
            Value::Object(object) => object.iter().for_each(|(name, value)| {
                assert!(text::is_clean(name), "{name:?}");
                walk(value);
            }),
            _ => {}
        }
    }
    walk(&serde_json::to_value(record).unwrap());
}

/// Rows are accounted for, each dropped one has its complaint, keys are unique, and all texts are clean.
pub(super) fn accounted(harvest: &Harvest) {
    assert_eq!(harvest.rows, harvest.records.len() + harvest.joined + harvest.dropped, "every row is accounted for");
    let dropped = harvest.complaints.iter().filter(|complaint| complaint.dropped).count();
    assert_eq!(harvest.dropped, dropped, "each dropped row has its complaint");
    let mut ids: Vec<_> = harvest.records.iter().map(|record| &record.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), harvest.records.len(), "keys are unique");
    harvest.records.iter().for_each(all_clean);
    assert!(harvest.complaints.iter().all(|complaint| text::is_clean(&complaint.text)));
}

/// A text with bytes changed, taken out, or cut off.
pub(super) fn damaged(whole: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<u8>> {
    let damage = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6);
    (whole, damage).prop_map(|(whole, damage)| {
        let mut bytes = whole.into_bytes();
        for (at, byte, how) in damage {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        bytes
    })
}
