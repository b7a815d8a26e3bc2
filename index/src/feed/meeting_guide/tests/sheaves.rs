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
fn of_very_many_faults_the_same_are_told_however_the_rows_were_read() {
    // Every row has a key that others have, or is none; and remarks come long before rows that are left out.
    let rows: Vec<Value> = (0..9000)
        .map(|number| match number {
            0..6000 => {
                json!({"slug": "hope", "name": "", "city": format!("Sampleton {number}"), "day": 2, "time": "x"})
            }
            6000..8999 => json!(number),
            _ => json!({"slug": "hope", "name": "Hope", "day": 2, "time": "19:00", "types": ["O"]}),
        })
        .collect();
    let of_pieces = |length: usize| {
        let pieces: Vec<Vec<u8>> = rows.chunks(length).map(|rows| serde_json::to_vec(rows).unwrap()).collect();
        let parts: Vec<Part<'_>> = pieces.iter().map(|bytes| Part { name: "rows", bytes }).collect();
        let Harvest { rows, joined, dropped, records, complaints } = read(&feed(), &parts, Vocabulary::builtin());
        assert_eq!((rows, dropped, records.len() + joined), (9000, 2999, 6001));
        let all: usize = complaints.iter().map(|complaint| complaint.stands_for).sum();
        assert!(all > 14_000 && complaints.len() < 2100, "{all} {}", complaints.len());
        let left_out = complaints.iter().filter(|complaint| complaint.dropped).count();
        assert!(left_out > 1990, "{left_out}");
        // In pieces a row has another number, and which piece is told.
        let about = |complaint: Complaint| Complaint { place: None, file: None, ..complaint };
        complaints.into_iter().map(about).collect::<Vec<_>>()
    };
    // One after the other, beside each other, and in between.
    let told = of_pieces(9000);
    assert_eq!(told, of_pieces(1000));
    assert_eq!(told, of_pieces(4500));
    assert_eq!(told, of_pieces(37));
}

#[test]
fn shares_come_back_in_their_order() {
    for length in [0, 1, 2047, 2048, 10_001] {
        let list: Vec<usize> = (0..length).collect();
        assert_eq!(beside(&list, <[usize]>::to_vec).concat(), list, "{length}");
    }
}
