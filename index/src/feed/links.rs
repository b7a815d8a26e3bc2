//! Addresses, numbers and mail boxes as people type them, made fit to be used.

use std::borrow::Cow;

use crate::text;

/// The longest address that is kept.
const MOST: usize = 2048;

/// Hosts whose addresses open a room by themselves, with their subdomains. Other addresses are pages to read first.
const ROOMS: &[&str] = &[
    "zoom.us",
    "zoom.com",
    "zoomgov.com",
    "meet.google.com",
    "teams.microsoft.com",
    "teams.live.com",
    "webex.com",
    "gotomeeting.com",
    "gotomeet.me",
    "goto.com",
    "skype.com",
    "meet.jit.si",
    "8x8.vc",
    "whereby.com",
    "bluejeans.com",
    "discord.gg",
    "discord.com",
    "dialpad.com",
    "uberconference.com",
    "freeconference.com",
    "freeconferencecall.com",
    "fccdl.in",
    "facetime.apple.com",
    "maps.secondlife.com",
    "signal.group",
    "t.me",
    "chat.whatsapp.com",
    "intherooms.com",
    "ringcentral.com",
    "zoho.com",
    "startmeeting.com",
    "bigbluebutton.org",
    "vsee.com",
    "butter.us",
    "hubs.mozilla.com",
];

/// An address of the web that can be opened: `http` or `https`, a host with a name, nothing a terminal or a browser
/// would misread. `example.org/x` is taken for `https`.
pub(super) fn web(raw: &str) -> Option<String> {
    let is_bare = !raw.contains('&') && raw.bytes().all(|byte| byte.is_ascii_graphic());
    let bare: Cow<'_, str> = if is_bare {
        raw.into()
    } else {
        raw.replace("&amp;", "&").chars().filter(|c| !c.is_whitespace() && !is_mark(*c)).collect()
    };
    let (scheme, rest) = match bare.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None if bare.contains(':') => return None,
        None => ("https".to_owned(), &*bare),
    };
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    let labels: Vec<&str> = name.split('.').collect();
    let sound = labels.len() > 1
        && labels
            .iter()
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_'))
        && labels.last().is_some_and(|last| last.chars().any(char::is_alphabetic) || labels.len() == 4)
        && host.split_once(':').is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let address = format!("{scheme}://{}{path}", host.to_lowercase());
    let fits = sound && address.chars().count() <= MOST && !path.contains(['<', '>', '"', '\\', '`']);
    (fits && text::is_clean(&address)).then_some(address)
}

/// Several addresses in one field, the first that is one.
pub(super) fn first_web(raw: &str) -> Option<String> {
    web(raw).filter(|_| !raw.trim().contains(char::is_whitespace)).or_else(|| {
        raw.split_whitespace()
            .find_map(|word| word.contains('.').then(|| web(word.trim_end_matches([',', ';', ')'])))?)
    })
}

/// Whether an address opens a room by itself.
pub(super) fn is_room(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let known = ROOMS.iter().any(|room| host == *room || host.strip_suffix(room).is_some_and(|sub| sub.ends_with('.')));
    known && !path.trim_matches('/').is_empty()
}

/// What a number to dial for a meeting comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dial {
    /// `+16695550100,,123456789#`.
    Number(String),
    /// The number is sound; what was to be typed after it was not, and is left out.
    Shortened(String),
    /// It says that there is none.
    None,
    /// Not a number.
    Unreadable,
}

/// A number to dial for a meeting: digits with an optional `+`, then pauses (`,`), digits, `#` and `*`.
pub(super) fn dial(raw: &str) -> Dial {
    let raw: String = raw.chars().filter(|c| !is_invisible(*c)).collect();
    let mut rest = raw.trim();
    if ["no phone", "none", "no", "-", "tbd", "tba"].iter().any(|none| rest.eq_ignore_ascii_case(none)) {
        return Dial::None;
    }
    for word in ["tel:", "phone:", "call:", "dial:", "dial-in:", "phone", "call", "dial"] {
        if rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            rest = rest[word.len()..].trim();
        }
    }
    // "+1+1669..." and a whole number written twice: a second plus begins a new number.
    let mut numbers = rest.split('+').map(str::trim).filter(|part| digits(part) > 0);
    let (first, second) = (numbers.next().unwrap_or_default(), numbers.next());
    let (number, plus) = match second {
        Some(second) if digits(first) < 7 => (second, true),
        _ => (first, rest.starts_with('+')),
    };
    let (main, codes) = number.split_once(',').map_or((number, ""), |(main, codes)| (main, codes));
    let (main, extension) = main.to_lowercase().split_once(['x', 'e', ';']).map_or_else(
        || (main.to_owned(), String::new()),
        |(main, extension)| (main.to_owned(), extension.trim_start_matches(['x', 't', '.', ':', '=', ' ']).to_owned()),
    );
    if !main.chars().all(|c| c.is_ascii_digit() || " ()-./#*\u{2011}\u{2013}\u{a0}".contains(c)) {
        return Dial::Unreadable;
    }
    let main: String = main.chars().filter(|c| c.is_ascii_digit() || "#*".contains(*c)).collect();
    let fewest = if plus { 8 } else { 10 };
    if !(fewest..=18).contains(&digits(&main)) {
        return Dial::Unreadable;
    }
    let dialled = format!("{}{main}", if plus { "+" } else { "" });
    let after = if extension.is_empty() { codes.to_owned() } else { format!("{extension},{codes}") };
    let after: String = after.chars().filter(|c| !c.is_whitespace() && *c != '-').take(60).collect();
    let sound = after.find(|c: char| !c.is_ascii_digit() && !",#*".contains(c));
    // What follows the last finished code is of no use without the rest.
    let kept = match sound {
        None => after.as_str(),
        Some(end) => after[..end].rfind('#').map_or("", |hash| &after[..=hash]),
    };
    let kept = kept.trim_end_matches(',');
    let dialled = if kept.is_empty() { dialled } else { format!("{dialled},{kept}") };
    if sound.is_none() { Dial::Number(dialled) } else { Dial::Shortened(dialled) }
}

/// A number to call, as a person would copy it, if it is one. Words around it (names, hours) are not taken along.
pub(super) fn phone(raw: &str) -> Option<String> {
    const MOST: usize = 40;
    let bare: String = raw.chars().filter(|c| !is_invisible(*c)).collect();
    let number = text::clean(bare.trim().trim_start_matches("tel:"), MOST + 1);
    let without_extension = number.to_lowercase().replace("ext", "").replace('x', "");
    let plain = without_extension.chars().all(|c| c.is_ascii_digit() || " ()-+./,:#*".contains(c));
    // 1-800-ALCOHOL
    let spelled = number.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || "()-+.".contains(c));
    let fits = number.chars().count() <= MOST && (3..=22).contains(&digits(&number));
    (fits && (plain || spelled)).then_some(number)
}

/// The mail addresses of a field.
pub(super) fn mails(raw: &str) -> Vec<String> {
    let words = raw.split(|c: char| c.is_whitespace() || ",;<>".contains(c));
    let mails = words.map(|word| word.trim_start_matches("mailto:").trim_matches(['.', '"', '(', ')']));
    let sound = |mail: &&str| {
        mail.len() <= 254
            && mail.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty()
                    && host.contains('.')
                    && !host.contains('@')
                    && !host.starts_with('.')
                    && !host.ends_with('.')
            })
            && mail.chars().all(|c| c.is_alphanumeric() || "@.!#$%&'*+/=?^_{|}~-".contains(c))
    };
    mails.filter(sound).filter(|mail| text::is_clean(mail)).map(ToOwned::to_owned).collect()
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// Characters that are not seen but copied: marks, and controls.
fn is_invisible(c: char) -> bool {
    c.is_control() || is_mark(c)
}

/// Marks of direction, zero width, byte order. They come along when an address is copied; controls do not.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
