//! Rows that are read beside each other give what rows read one after the other give.

use serde_json::{Value, json};

use super::feed;
use crate::feed::meeting_guide::read;
use crate::feed::meeting_guide::sheaves::beside;
use crate::feed::{Complaint, Harvest, Part};
use crate::vocabulary::Vocabulary;

/// A row with a quirk of its own.
fn row(number: usize) -> Value {
    let mut row = json!({
        "slug": format!("hope-{}", number % 2900), "name": format!("Hope {}", number % 100), "day": number % 8,
        "time": "19:00", "types": ["O", "D"], "updated": format!("{}/{}/2021", number % 12 + 1, number % 28 + 1),
    });
    match number % 11 {
        3 => row["name"] = json!(""),
        4 => row["slug"] = json!(""),
        5 => row["updated"] = json!("yesterday"),
        6 => row["types"] = json!(["NOBODY-KNOWS"]),
        7 => return json!("no row"),
        _ => {}
    }
    row
}

#[test]
fn a_long_list_is_read_as_its_pieces_are() {
    let rows: Vec<Value> = (0..3000).map(row).collect();
    let whole = serde_json::to_vec(&rows).unwrap();
    let pieces: Vec<Vec<u8>> = rows.chunks(500).map(|rows| serde_json::to_vec(rows).unwrap()).collect();
    let read = |parts: &[&Vec<u8>]| {
        let parts: Vec<Part<'_>> = parts.iter().map(|bytes| Part { name: "rows", bytes }).collect();
        read(&feed(), &parts, Vocabulary::builtin())
    };
    let (whole, pieces) = (read(&[&whole]), read(&pieces.iter().collect::<Vec<_>>()));
    assert_eq!((whole.rows, whole.joined, whole.dropped), (pieces.rows, pieces.joined, pieces.dropped));
    assert!(whole.records == pieces.records, "the same records in the same order");
    let told = |complaints: &[Complaint]| -> Vec<_> {
        // In pieces a row has another number, and which piece is told.
        let about = |complaint: &Complaint| Complaint { place: None, file: None, ..complaint.clone() };
        complaints.iter().map(about).collect()
    };
    assert_eq!(told(&whole.complaints), told(&pieces.complaints));
    let files = |harvest: &Harvest| harvest.complaints.iter().filter(|complaint| complaint.file.is_some()).count();
    assert_eq!(files(&whole), 0);
    assert_eq!(files(&pieces), pieces.complaints.iter().filter(|complaint| complaint.place.is_some()).count());
    assert!(whole.joined > 0 && whole.dropped > 0 && whole.complaints.len() > 1000, "there was something to get wrong");
}

#[test]
fn shares_come_back_in_their_order() {
    for length in [0, 1, 2047, 2048, 10_001] {
        let list: Vec<usize> = (0..length).collect();
        assert_eq!(beside(&list, <[usize]>::to_vec).concat(), list, "{length}");
    }
}
