//! Naming what a file is when it is not what the feeds file says, so that staff know what to mend. Every importer asks
//! here, and names what is its own; so a file of one format that is announced as another is told in all directions.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::notes::quote;
use super::written::{Members, Written};

mod whole;

pub(super) use whole::{instead_of_table, instead_of_toml, is_table_header};

/// What meetings of BMLT are called.
pub(super) const BMLT: &str = "meetings in the format of BMLT";

/// What the formats of BMLT are called, which come beside its meetings.
pub(super) const BMLT_FORMATS: &str = "meeting formats of BMLT";

/// What rows of FindTreatment.gov are called.
pub(super) const FINDTREATMENT: &str = "facilities in the format of FindTreatment.gov";

/// What rows of Airtable are called.
pub(super) const AIRTABLE: &str = "rows of Airtable";

/// What rows of HSDS are called.
pub(super) const HSDS: &str = "services in the format of HSDS (Open Referral)";

/// What rows of Meeting Guide are called.
pub(super) const MEETING_GUIDE: &str = "meetings in the format of Meeting Guide";

/// What a file is by its first bytes, if they are known.
pub(super) fn by_first_bytes(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"\x1f\x8b", "a gzip file"),
        (b"PK\x03\x04", "a zip file or a spreadsheet file"),
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"SQLite format 3", "a database file"),
    ];
    KNOWN.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, what)| *what)
}

/// What a text looks like that is neither a list nor an object.
pub(super) fn by_first_words(text: &str) -> String {
    let start: String = text.chars().take(400).collect::<String>().to_lowercase();
    if start.starts_with('<') {
        let what = if start.contains("<rss") || start.contains("<feed") {
            "a news feed (RSS)"
        } else if start.starts_with("<?xml") && !start.contains("<html") {
            "XML"
        } else {
            "a web page (HTML), perhaps an error message of the server"
        };
        return format!("looks like {what}: {}", quote(text));
    }
    if start.starts_with("begin:vcalendar") {
        return "looks like a calendar (iCalendar)".to_owned();
    }
    if is_table_header(text) {
        return "looks like TOML, perhaps this program's own directory; name its form in the feeds file".to_owned();
    }
    if start.starts_with('"') {
        return format!("is a single text: {}", quote(text));
    }
    if start.split_once('(').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.$".contains(c))
    }) {
        return "looks like JSON wrapped in a call (JSONP); ask for plain JSON".to_owned();
    }
    if looks_like_table(text) {
        return format!(
            "looks like a table (CSV), with the columns {}",
            quote(text.lines().next().unwrap_or_default())
        );
    }
    format!("cannot be read as JSON: it begins with {}", quote(text))
}

/// Whether the first two lines are cells between commas, semicolons or tabs.
fn looks_like_table(text: &str) -> bool {
    let mut lines = text.lines();
    let (Some(header), Some(row)) = (lines.next(), lines.next()) else { return false };
    [',', ';', '\t'].iter().any(|mark| header.matches(*mark).count() >= 2 && row.matches(*mark).count() >= 2)
}

/// A row by the names of its members, however it is kept.
pub(super) trait Row {
    /// Whether it has a member of this name.
    fn has(&self, name: &str) -> bool;
    /// The member of this name, if it is a text.
    fn text(&self, name: &str) -> Option<&str>;
    /// Whether the member of this name is an object.
    fn holds_object(&self, name: &str) -> bool;
}

impl Row for Map<String, Value> {
    fn has(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    fn holds_object(&self, name: &str) -> bool {
        self.get(name).is_some_and(Value::is_object)
    }
}

impl Row for Members<'_> {
    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn text(&self, name: &str) -> Option<&str> {
        let Written::Text(text) = self.get(name)? else { return None };
        Some(text)
    }

    fn holds_object(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Written::Object(_)))
    }
}

/// What most of these rows are, when that is none of `own`.
pub(super) fn instead<'v>(rows: impl Iterator<Item = &'v Map<String, Value>>, own: &[&str]) -> Option<&'static str> {
    let mut tally = Tally::default();
    rows.for_each(|row| tally.count(row, own));
    tally.most()
}

/// Counts what rows are.
#[derive(Debug, Default)]
pub(super) struct Tally {
    all: usize,
    others: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// One more row; what is one of `own` needs no name.
    pub(super) fn count(&mut self, row: &impl Row, own: &[&str]) {
        self.all += 1;
        let what = by_row(row).or_else(|| is_meeting(row).then_some(MEETING_GUIDE));
        if let Some(what) = what.filter(|what| !own.contains(what)) {
            *self.others.entry(what).or_default() += 1;
        }
    }

    /// One more row, which is known not to be another's.
    pub(super) fn count_own(&mut self) {
        self.all += 1;
    }

    /// Those of another count besides.
    pub(super) fn add(&mut self, other: Self) {
        self.all += other.all;
        for (what, count) in other.others {
            *self.others.entry(what).or_default() += count;
        }
    }

    /// What most of the rows are.
    pub(super) fn most(self) -> Option<&'static str> {
        let most = self.others.into_iter().max_by_key(|(_, count)| *count);
        most.filter(|(_, count)| 2 * count > self.all).map(|(what, _)| what)
    }
}

/// What to say of a file whose rows are `what`, when it should have held `wanted`.
pub(super) fn told(what: &str, wanted: &str) -> String {
    format!("holds {what}, not {wanted}. Nothing was read from it; name its form in the feeds file.")
}

/// What a row is when it is a row of another format.
pub(super) fn by_row(row: &impl Row) -> Option<&'static str> {
    let has = |names: &[&str]| names.iter().all(|name| row.has(name));
    if has(&["weekday_tinyint"]) || has(&["id_bigint"]) || has(&["service_body_bigint"]) {
        return Some(BMLT);
    }
    if has(&["key_string", "name_string"]) {
        return Some(BMLT_FORMATS);
    }
    if row.has("slug") || row.has("day") || row.has("time") {
        return None;
    }
    if has(&["typeFacility"]) || has(&["name1", "street1"]) {
        return Some(FINDTREATMENT);
    }
    let open_referral =
        ["organization_id", "service_at_locations", "assured_date", "eligibility_description", "attending_type"];
    if has(&["organization"]) || open_referral.iter().any(|name| row.has(name)) {
        return Some(HSDS);
    }
    if row.text("type") == Some("Feature") && has(&["geometry"]) {
        return Some("places of a map (GeoJSON)");
    }
    if row.holds_object("fields") {
        return Some(AIRTABLE);
    }
    None
}

/// What an object is that holds no list of meetings, by its members.
pub(super) fn by_members(members: &[(String, &str)]) -> Option<String> {
    let get = |name: &str| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
    if get("contents").or(get("content")).is_some_and(|value| value.starts_with('[')) {
        return Some("looks like a page of HSDS (Open Referral) services".to_owned());
    }
    if get("features").is_some() {
        return Some("looks like a map (GeoJSON)".to_owned());
    }
    if get("rows").is_some() && get("recordcount").is_some() {
        return Some("looks like a page of FindTreatment.gov".to_owned());
    }
    if get("formats").is_some() || get("weekday_tinyint").is_some() {
        return Some("looks like BMLT".to_owned());
    }
    if get("values").is_some_and(|value| value.starts_with('[')) {
        return Some("looks like a Google sheet".to_owned());
    }
    if get("records").is_some_and(|value| value.starts_with('[')) {
        return Some("looks like a page of Airtable".to_owned());
    }
    if get("sheets").is_some() || get("spreadsheetid").is_some() {
        return Some("describes a Google sheet, but without its values".to_owned());
    }
    let message = get("error").or(get("errors")).or(get("message")).or(get("detail")).or(get("code"))?;
    Some(format!("looks like an error message of the server: {}", quote(message)))
}

/// Whether a row is one of Meeting Guide.
pub(super) fn is_meeting(row: &impl Row) -> bool {
    let has = |name: &str| row.has(name);
    has("slug") && (has("day") || has("time") || has("types") || has("conference_url"))
}

#[cfg(test)]
mod tests;
