//! Time zones as feeds name them.

use crate::{schedule, text};

/// Zones as people in the United States speak of them.
pub(super) const SPOKEN: &[(&str, &str)] = &[
    ("eastern", "America/New_York"),
    ("et", "America/New_York"),
    ("est", "America/New_York"),
    ("edt", "America/New_York"),
    ("central", "America/Chicago"),
    ("ct", "America/Chicago"),
    ("cdt", "America/Chicago"),
    ("mountain", "America/Denver"),
    ("mdt", "America/Denver"),
    ("pacific", "America/Los_Angeles"),
    ("pt", "America/Los_Angeles"),
    ("pst", "America/Los_Angeles"),
    ("pdt", "America/Los_Angeles"),
    ("arizona", "America/Phoenix"),
    ("alaska", "America/Anchorage"),
    ("alaskan", "America/Anchorage"),
    ("hawaii", "Pacific/Honolulu"),
    ("hawaiian", "Pacific/Honolulu"),
];

/// The IANA name of a zone as it is written. Of the short and spoken forms only those of the United States are read,
/// and as places: `EST` in a listing means the clocks of New York, in summer too, and not the offset of that name.
pub(super) fn name(written: &str) -> Option<String> {
    let written = written.trim();
    // Most are names of IANA already.
    if written.contains('/')
        && !written.contains(' ')
        && !written.get(..3).is_none_or(|us| us.eq_ignore_ascii_case("us/"))
    {
        return schedule::zone_name(written);
    }
    let folded = text::fold(written);
    let spoken = folded
        .trim_start_matches("us/")
        .trim_end_matches("time")
        .trim()
        .trim_end_matches("standard")
        .trim_end_matches("daylight")
        .trim();
    if let Some((_, zone)) = SPOKEN.iter().find(|(short, _)| *short == spoken) {
        return Some((*zone).to_owned());
    }
    let named = written.replace(' ', "_");
    if !named.contains('/') && !named.eq_ignore_ascii_case("UTC") {
        return None;
    }
    schedule::zone_name(&named)
}
