//! An address in one line, taken apart from its end: country, state and postal code, town, street.

/// The parts of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) street: String,
    pub(super) city: String,
    pub(super) state: String,
    pub(super) postal_code: String,
    pub(super) country: String,
    /// How many parts the line had; 0 if the address came in fields of its own.
    pub(super) parts: usize,
}

impl Address {
    /// Whether it names a house and not only a town or an area. Meeting Guide asks for four parts of a line; a line of
    /// three with a house number (most of Europe) names a house as well.
    pub(super) fn is_street_level(&self) -> bool {
        !self.street.is_empty() && (self.parts == 0 || self.parts >= 4 || has_house_number(&self.street))
    }
}

/// Countries that stand at the end of a line though they are short.
const COUNTRIES: &[&str] =
    &["USA", "US", "UK", "U.S.A.", "United States", "Canada", "Mexico", "United Kingdom", "Australia"];

/// Letters of states and provinces.
const STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
    "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR",
    "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "AB", "BC", "MB", "NB", "NL",
    "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT",
];

/// Takes an address in one line apart. What cannot be told apart stays with the street.
pub(super) fn of_line(line: &str) -> Address {
    let mut parts: Vec<&str> = line.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut address = Address { parts: parts.len(), ..Address::default() };
    // "123 Main St, Springfield": what follows a house without anything between is its town.
    let town_last = matches!(parts[..], [house, _] if has_house_number(house));
    let country =
        parts.pop_if(|part| COUNTRIES.contains(part) || (!town_last && !has_digit(part) && !STATES.contains(part)));
    match country {
        // One word alone is a town, unless it is known to be a country.
        Some(town) if parts.is_empty() && !COUNTRIES.contains(&town) => town.clone_into(&mut address.city),
        Some(country) => country.clone_into(&mut address.country),
        None => {}
    }
    if let Some((state, postal_code)) = parts.last().copied().and_then(state_and_code) {
        parts.pop();
        state.clone_into(&mut address.state);
        postal_code.clone_into(&mut address.postal_code);
    }
    // "Edmonton, Alberta": the state in full, after a town.
    let sure_of_end = !address.postal_code.is_empty() || COUNTRIES.contains(&address.country.as_str());
    let after_town = match parts[..] {
        [town, state] => !has_digit(town) && !has_digit(state),
        [.., town, state] => sure_of_end && !has_digit(state) && !has_house_number(town),
        _ => false,
    };
    if address.state.is_empty() && after_town {
        parts.pop().unwrap_or_default().clone_into(&mut address.state);
    }
    if parts.len() > 1 || parts.first().is_some_and(|part| !has_house_number(part)) {
        let town = parts.pop().unwrap_or_default();
        let (code, town) = code_before(town).unwrap_or(("", town));
        town.clone_into(&mut address.city);
        if !code.is_empty() {
            code.clone_into(&mut address.postal_code);
        }
    }
    address.street = parts.join(", ");
    address
}

/// `CA 95112`, `OK 12345-6789`, `QC H2X 1Y4`, `T6E 4E8`, `CA`, `Alberta T6E 4E8`.
fn state_and_code(part: &str) -> Option<(&str, &str)> {
    if STATES.contains(&part) {
        return Some((part, ""));
    }
    match part.split_once(' ') {
        Some((state, code)) if STATES.contains(&state) && is_code(code.trim()) => Some((state, code.trim())),
        _ => is_code(part).then_some(("", part)),
    }
}

/// `10557 Berlin`.
fn code_before(part: &str) -> Option<(&str, &str)> {
    let (code, town) = part.split_once(' ')?;
    (code.len() >= 4 && code.bytes().all(|byte| byte.is_ascii_digit()) && !has_digit(town)).then(|| (code, town.trim()))
}

/// A postal code: digits and capitals, with a space or hyphen at most.
fn is_code(part: &str) -> bool {
    (4..=10).contains(&part.len())
        && has_digit(part)
        && part.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || c == ' ' || c == '-')
        && part.split(' ').count() <= 2
}

/// A number and a word beside it, but not a postal code and a town.
fn has_house_number(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let numbered =
        words.iter().any(|word| has_digit(word)) && words.iter().any(|word| word.chars().any(char::is_alphabetic));
    numbered && words.len() > 1 && code_before(part).is_none()
}

fn has_digit(part: &str) -> bool {
    part.bytes().any(|byte| byte.is_ascii_digit())
}
