//! Laws that hold for all bytes and all mappings.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// Every string of every record and complaint is clean, and no two records share an id.
pub(super) fn all_clean(harvest: &Harvest) {
    fn walk(value: &Value) {
        match value {
            Value::String(text) => assert!(text.split('\n').all(text::is_clean), "{text:?}"),
            Value::Array(list) => list.iter().for_each(walk),
            Value::Object(object) => object.values().for_each(walk),
            _ => {}
        }
    }
    harvest.records.iter().for_each(|record| walk(&serde_json::to_value(record).unwrap()));
    assert!(harvest.complaints.iter().all(|complaint| text::is_clean(&complaint.text)), "{:?}", harvest.complaints);
    let ids: std::collections::BTreeSet<_> = harvest.records.iter().map(|record| &record.id).collect();
    assert_eq!(ids.len(), harvest.records.len());
}

/// Cells that are found in real files, and some that should not be.
fn any_cell() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "yes",
        "no",
        "1",
        "0",
        "Mon 19:00",
        "Monday",
        "7:00 PM",
        "24 hours",
        "Mon-Fri 9am-5pm",
        "women; men",
        "Level II",
        "case by case",
        "2026-09-19",
        "11/20/2026 9:30 AM",
        "555-0100",
        "x1699",
        "a@example.org",
        "example.org",
        "40.5",
        "0,0",
        "1 Elm St, Sampleton, OH 43000, USA",
        "America/Chicago",
        "x\u{1b}[2J\u{202e}y",
        "<p>a</p>&#27;",
        "####",
        "twelve-step",
        "treatment",
        "rco",
        "AA",
        "-",
        "\u{300}a",
        "🏠",
    ]);
    prop_oneof![3 => known.prop_map(ToOwned::to_owned), 1 => any::<String>(), 1 => Just("é".repeat(700))]
}

type AnyTable = (Kind, Vec<(prop::sample::Index, Vec<String>)>, Vec<(prop::sample::Index, String)>);

/// A kind, some of its fields with cells, and some with what stands in.
fn any_table() -> impl Strategy<Value = AnyTable> {
    let column = (any::<prop::sample::Index>(), prop::collection::vec(any_cell(), 3));
    let columns = prop::collection::vec(column, 0..14);
    let defaults = prop::collection::vec((any::<prop::sample::Index>(), any_cell()), 0..4);
    (prop::sample::select(Mapping::KINDS.to_vec()), columns, defaults)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_cells_are_read_cleanly((kind, columns, defaults) in any_table()) {
        let fields: Vec<_> = Mapping::fields(kind).collect();
        let mut mapping = mapping(kind, "name = Name");
        let mut table = [vec!["Name".to_owned()], vec!["Hope".to_owned()], vec!["Joy".to_owned()], vec!["Joy".to_owned()]];
        for (number, (field, cells)) in columns.into_iter().enumerate() {
            mapping.columns.entry(*field.get(&fields[..])).or_default().push(format!("C{number}"));
            table[0].push(format!("C{number}"));
            for (row, cell) in table[1..].iter_mut().zip(cells) {
                row.push(cell);
            }
        }
        let with_default: Vec<_> = Mapping::fields_with_default(kind).collect();
        for (field, value) in defaults {
            mapping.defaults.insert(*field.get(&with_default[..]), vec![value]);
        }
        let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let lines: Vec<String> = table.iter().map(|row| row.iter().map(quote).collect::<Vec<_>>().join(",")).collect();
        let harvest = read_text(&mapping, &lines.join("\n"));
        prop_assert_eq!(harvest.rows, 3);
        all_clean(&harvest);
    }

    #[test]
    fn damage_costs_no_more_than_rows(at in 0_usize..400, byte in any::<u8>()) {
        let mapping = mapping(Kind::Service, "key = Id\nname = Name\nsummary = What\nphone = Phone\nleft_out = Hidden");
        let mut bytes = b"Id,Name,What,Phone,Hidden\n1,Hope,\"Meals, and\nbeds\",555-0100,no\n2,Joy,\"x \"\"y\"\"\",,no\n".repeat(3);
        let at = at % bytes.len();
        bytes[at] = byte;
        all_clean(&read_bytes(&mapping, &bytes));
        bytes.truncate(at);
        all_clean(&read_bytes(&mapping, &bytes));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mapping = mapping(Kind::Housing, "name = Name\nbeds_free = Beds\nprivate_address = Private");
        all_clean(&read_bytes(&mapping, &bytes));
        all_clean(&read_bytes(&mapping, &[b"Name,Beds,Private\n", &bytes[..]].concat()));
    }
}
