//! One small file for every way in which a table can be written.

use proptest::prelude::*;

use super::*;
use crate::feed::{Part, bytes};

fn is_header(cells: &[String]) -> bool {
    cells.iter().any(|cell| plain_name(cell) == "name")
}

fn table(bytes: &[u8]) -> (Table, Vec<String>) {
    let mut notes = Notes::new("town");
    let text = bytes::decode(&Part { name: "list.csv", bytes }, &mut notes);
    let table = read_text(&text, &mut notes, is_header).unwrap_or_default();
    (table, notes.into_list().into_iter().map(|complaint| complaint.text).collect())
}

/// The rows with their lines; a row that cannot be used has no cells.
fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
    let lines = table(text.as_bytes()).0.rows.into_iter().map(|row| {
        let spot = row.spot.to_string();
        (spot.strip_prefix("line ").unwrap().parse().unwrap(), row.cells.unwrap_or_default())
    });
    lines.collect()
}

fn row(line: usize, cells: &[&str]) -> (usize, Vec<String>) {
    (line, cells.iter().map(ToString::to_string).collect())
}

#[test]
fn cells_stand_under_their_headers() {
    let (table, complaints) = table(b"\xef\xbb\xbfName,Day\r\n Hope ,Monday\r\n");
    assert_eq!(table.header, ["Name", "Day"]);
    assert_eq!(table.rows[0].cells.as_ref().unwrap(), &["Hope", "Monday"]);
    assert_eq!((table.column("DAY"), table.column("day "), table.column("week")), (Some(1), Some(1), None));
    assert!(complaints.is_empty());
}

#[test]
fn titles_stand_above_the_header_and_columns_may_have_no_name() {
    let read = rows("Our list,,\nas of spring,,\n\nName,,Day,,\nHope,x,Monday,,\n");
    assert_eq!(read, [row(5, &["Hope", "x", "Monday"])]);
}

#[test]
fn a_table_without_a_header_shows_what_its_first_line_has() {
    let mut notes = Notes::new("town");
    for (text, first) in [("Our list\nTitle,Day\nHope,Monday", vec!["Title", "Day"]), ("", vec![]), ("word", vec![])] {
        assert_eq!(read_text(text, &mut notes, is_header).unwrap_err(), first);
    }
}

#[test]
fn separators_may_be_semicolons_or_tabs() {
    for text in ["Name;Day;Notes\nHope;Monday;a, b", "Name\tDay\tNotes\nHope\tMonday\ta, b"] {
        assert_eq!(table(text.as_bytes()).0.rows.len(), 1);
    }
    // One column alone needs no separator; then the first one is taken.
    assert_eq!(rows("Name\nHope"), [row(2, &["Hope"])]);
}

#[test]
fn lines_are_counted_however_they_end() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["Name,Notes", "Hope,\"one", "two\"", "", "Joy,three", ""].join(end);
        assert_eq!(rows(&text), [row(2, &["Hope", "one\ntwo"]), row(5, &["Joy", "three"])], "{end:?}");
    }
}

#[test]
fn quoted_cells_hold_anything_and_a_space_may_stand_before_them() {
    assert_eq!(rows("Name,Notes\n\"a, b\",\"say \"\"hi\"\"\"\n"), [row(2, &["a, b", "say \"hi\""])]);
    let gaps = "\"Name\", \"Notes\"\n\"a, b\", \"c, \"\"d\"\"\"\n\"e\", \"\"\n";
    assert_eq!(rows(gaps), [row(2, &["a, b", "c, \"d\""]), row(3, &["e", ""])]);
    assert_eq!(table(b"Name, \"Notes\"\na,b\n").0.header, ["Name", "Notes"]);
    assert_eq!(rows("Name,Notes\n\"Bob\" Smith,x\n"), [row(2, &["Bob Smith", "x"])]);
}

#[test]
fn what_stands_for_nothing_is_nothing() {
    assert_eq!(rows("Name,A,B\nHope,####,n/a\nJoy, NULL ,#REF!\n,,\n####,,\n").len(), 2);
    assert_eq!(rows("Name,A,B\nHope,####,n/a\n"), [row(2, &["Hope", "", ""])]);
}

#[test]
fn rows_may_be_shorter_than_the_header_and_longer_ones_are_complained_of() {
    let (table, complaints) = table(b"Name,A,B\nHope\nJoy,1,2,,\nPeace,1,2,3\n");
    let widths: Vec<_> = table.rows.iter().map(|row| row.cells.as_ref().unwrap().len()).collect();
    assert_eq!(widths, [3, 3, 3]);
    assert_eq!(complaints.len(), 1);
    assert!(complaints[0].contains("4 cells under 3 headers"));
}

#[test]
fn a_quotation_mark_that_is_not_closed_costs_its_row_alone() {
    let before = "Name,Day,Notes\nHope,Monday,x\n";
    for torn in ["\"Joy,Tuesday,y", "Joy,\"Tuesday,y", "Joy,Tuesday,\"y", "Joy,\"Tue \"\"s,y"] {
        for after in
            ["Peace,\"Friday\",z\nCalm,Sunday,", "Peace,Friday,z\nCalm,Sunday,\"\"\n", "Peace,Friday,z\nCalm,Sunday,"]
        {
            let read = rows(&format!("{before}{torn}\n{after}"));
            let expected = [
                row(2, &["Hope", "Monday", "x"]),
                row(3, &[]),
                row(4, &["Peace", "Friday", "z"]),
                row(5, &["Calm", "Sunday", ""]),
            ];
            assert_eq!(read, expected, "{torn}\n{after}");
        }
        assert_eq!(rows(&format!("{before}{torn}")).last().unwrap(), &row(3, &[]), "{torn}");
    }
}

#[test]
fn the_rest_of_a_torn_cell_is_no_row() {
    let read = rows("Name,Notes,A,B,C\nHope,\"he said \"well\nthen\" and left,1,2,3\nJoy,x,1,2,3\n");
    assert_eq!(read[0], row(2, &[]));
    let read = rows("Name,A,B,C,Notes\nHope,1,2,3,\"he said \"well\" and\nthen left\nJoy,1,2,3,x\n");
    assert_eq!(read, [row(2, &[]), row(4, &["Joy", "1", "2", "3", "x"])]);
}

#[test]
fn encodings_are_understood() {
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("Name,Day\nHópe,x\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(table(&utf16).0.rows[0].cells.as_ref().unwrap()[0], "Hópe");
    let (latin, complaints) = table(b"Name,Day\nCaf\xe9 \x93noon\x94,x\n");
    assert_eq!(latin.rows[0].cells.as_ref().unwrap()[0], "Café “noon”");
    assert!(complaints[0].contains("Windows-1252"));
}

proptest! {
    /// What is written by the rules is read as it was, on the line on which it begins.
    #[test]
    fn what_was_written_is_read(cells in prop::collection::vec(prop::collection::vec("[a-c,;\"\n é]{0,6}", 3), 0..8)) {
        let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let mut text = "Name,A,B\n".to_owned();
        let mut expected = Vec::new();
        let mut line = 2;
        for row in &cells {
            if row.iter().any(|cell| !cell.trim().is_empty()) {
                expected.push((line, row.iter().map(|cell| cell.trim().to_owned()).collect()));
            }
            let written = row.iter().map(quote).collect::<Vec<_>>().join(",") + "\n";
            line += written.matches('\n').count();
            text.push_str(&written);
        }
        prop_assert_eq!(rows(&text), expected);
    }

    /// No text is too strange, and lines only go forward.
    #[test]
    fn any_text_is_a_table_or_none(text in "[a\",;\n\r \t]{0,80}") {
        let read = rows(&format!("Name,A,B\n{text}"));
        prop_assert!(read.windows(2).all(|pair| pair[0].0 < pair[1].0), "{:?}", read);
    }

    #[test]
    fn any_bytes_are_a_table_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        table(&bytes);
    }
}
