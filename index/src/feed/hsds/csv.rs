//! The CSV of HSDS: one table a file, told apart by their names.

use super::json::address_sort;
use super::objects::{self, Fields, Object};
use super::package::Package;
use crate::feed::Part;
use crate::feed::notes::{At, Notes, quote};
use crate::feed::{foreign, table};

/// Reads one table of a package.
pub(super) fn read(part: &Part<'_>, text: &str, package: &mut Package, notes: &mut Notes<'_>) {
    let stem = objects::stem(part.name);
    let Some(object) = Object::of_file(part.name) else {
        if !objects::UNREAD.contains(&stem.as_str()) {
            let what = foreign::by_first_words(text);
            notes.feed(format!("{} {what}; no file of HSDS is called so. Nothing was read from it.", quote(part.name)));
        }
        return;
    };
    let is_header = |cells: &[String]| {
        let mut names = cells.iter().map(table::plain_name);
        names.any(|name| name == "id" || name.ends_with("_id"))
    };
    let table = match table::read_text(text, notes, is_header) {
        Ok(table) => table,
        Err(first_line) => {
            let first_line =
                || format!("has no row of headers with an id (its first is {})", quote(&first_line.join(", ")));
            let what = foreign::instead_of_table(text).unwrap_or_else(first_line);
            notes.feed(format!("{} {what}. Nothing was read from it.", quote(part.name)));
            return;
        }
    };
    for line in table.rows {
        let spot = notes.here(line.spot);
        let cells = match line.cells {
            Ok(cells) => cells,
            Err(why) if object == Object::Service => {
                package.broken.push((spot, why));
                continue;
            }
            Err(why) => {
                notes.row(&At { spot, key: None }, why);
                continue;
            }
        };
        let mut row = Fields::of_cells(&table.header, &cells);
        address_sort(&stem, &mut row);
        if object.link().is_some() {
            let content = cells.join("\u{1f}");
            package.add(object, spot, row, &content);
        } else {
            package.add_loose(object, row);
        }
    }
}
