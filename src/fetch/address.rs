//! An address on the web: read, led on from, and shown without what may be secret.

use std::fmt;

use ureq::http::Uri;
use ureq::http::uri::Authority;

use super::fault::Fault;

/// Longer ones are nobody's.
const LONGEST: usize = 8192;
/// Longer names of servers there are none.
const LONGEST_HOST: usize = 253;

/// The address of something on the web: `http` or `https`, a server, and the way there. It has no fragment and no
/// password.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    uri: Uri,
}

impl Address {
    /// Reads an address as people write it: what a URI may not hold as it is, such as spaces, is escaped.
    ///
    /// # Errors
    /// When it is none, or holds a password.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let bad = || Fault::Address(shown(text));
        let text = text.trim();
        let text = text.split('#').next().unwrap_or_default();
        if text.len() > LONGEST {
            return Err(bad());
        }
        let (scheme, rest) = text.split_once("://").ok_or_else(bad)?;
        let scheme = scheme.to_ascii_lowercase();
        let uri: Uri = escaped(&format!("{scheme}://{rest}")).parse().map_err(|_| bad())?;
        let is_host = |host: &str| (1..=LONGEST_HOST).contains(&host.len());
        if !matches!(&*scheme, "http" | "https") || !uri.host().is_some_and(is_host) {
            return Err(bad());
        }
        let authority = uri.authority().map(Authority::as_str).unwrap_or_default();
        if authority.contains('@') {
            return Err(Fault::Userinfo);
        }
        // A port that is no number would be taken for none.
        let after_host = authority.rsplit(']').next().unwrap_or_default();
        if after_host.contains(':') && uri.port_u16().is_none_or(|port| port == 0) {
            return Err(bad());
        }
        Ok(Self { uri })
    }

    /// Where a server leads to from here, as it wrote it: whole, or beginning anywhere in between.
    ///
    /// # Errors
    /// When that is no address on the web, or has no protection and this one has.
    pub(super) fn led_to(&self, written: &str) -> Result<Self, Fault> {
        let written = written.trim().split('#').next().unwrap_or_default();
        let scheme = self.scheme();
        let origin = || format!("{scheme}://{}", self.authority());
        let path = self.uri.path();
        let whole = if has_scheme(written) {
            written.to_owned()
        } else if written.starts_with("//") {
            format!("{scheme}:{written}")
        } else if written.starts_with('/') {
            origin() + &without_dots(written)
        } else if written.is_empty() || written.starts_with('?') {
            origin() + path + written
        } else {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            origin() + &without_dots(&format!("{folder}/{written}"))
        };
        // Whatever stands there, a password in it is not ours to send.
        let next = Self::read(&whole).map_err(|_| Fault::LeadsNowhere)?;
        if scheme == "https" && next.scheme() != "https" {
            return Err(Fault::Unprotected(next.host().to_owned()));
        }
        Ok(next)
    }

    /// This address with one value of its query set, in place of the one that stands there.
    pub(super) fn with(&self, name: &str, value: u64) -> Result<Self, Fault> {
        let others = self.uri.query().unwrap_or_default().split('&').filter(|part| {
            let key = part.split('=').next().unwrap_or_default();
            !part.is_empty() && key != name
        });
        let query: Vec<String> = others.map(str::to_owned).chain([format!("{name}={value}")]).collect();
        let whole = format!("{}://{}{}?{}", self.scheme(), self.authority(), self.uri.path(), query.join("&"));
        Self::read(&whole)
    }

    /// Whether a header that was meant for `self` may go to `other`: the same server at the same door. From the common
    /// unprotected door to the common protected one it may.
    pub(super) fn is_server_of(&self, other: &Self) -> bool {
        let raised = (self.scheme(), self.port()) == ("http", 80) && (other.scheme(), other.port()) == ("https", 443);
        let same = (self.scheme(), self.port()) == (other.scheme(), other.port());
        self.host().eq_ignore_ascii_case(other.host()) && (same || raised)
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The server's name.
    pub fn host(&self) -> &str {
        self.uri.host().unwrap_or_default()
    }

    /// The address as it may be shown and kept: without the query, in which keys are handed over.
    pub fn shown(&self) -> String {
        shown(&self.uri.to_string())
    }

    #[cfg(test)]
    fn whole(&self) -> String {
        self.uri.to_string()
    }

    fn scheme(&self) -> &str {
        self.uri.scheme_str().unwrap_or_default()
    }

    fn authority(&self) -> &str {
        self.uri.authority().map(Authority::as_str).unwrap_or_default()
    }

    fn port(&self) -> u16 {
        self.uri.port_u16().unwrap_or(if self.scheme() == "https" { 443 } else { 80 })
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Address").field(&self.shown()).finish()
    }
}

/// A name of letters and a colon before any other sign: `https:`, `ftp:`, `javascript:`.
fn has_scheme(written: &str) -> bool {
    let end = written.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    end.is_some_and(|end| end > 0 && written[end..].starts_with(':'))
}

fn shown(text: &str) -> String {
    let plain = text.split(['?', '#']).next().unwrap_or_default();
    // What stands before an @ in the server's part may be a password.
    let plain = match plain.split_once("://").and_then(|(scheme, rest)| {
        let end = rest.find('/').unwrap_or(rest.len());
        rest[..end].rfind('@').map(|at| format!("{scheme}://{}", &rest[at + 1..]))
    }) {
        Some(without) => without,
        None => plain.to_owned(),
    };
    plain.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Escapes what may not stand in a URI; what is escaped already stays.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => {
                escaped.push(char::from(byte));
            }
            _ => {
                let _ = fmt::write(&mut escaped, format_args!("%{byte:02X}"));
            }
        }
    }
    escaped
}

/// A path without `.` and `..`; the query behind it stays as it is.
fn without_dots(written: &str) -> String {
    let (path, query) = written.split_once('?').map_or((written, None), |(path, query)| (path, Some(query)));
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = path.split('/').skip(1).peekable();
    while let Some(part) = rest.next() {
        let dots = matches!(part, "." | "..");
        if part == ".." {
            parts.pop();
        }
        if !dots {
            parts.push(part);
        } else if rest.peek().is_none() {
            parts.push("");
        }
    }
    let path = format!("/{}", parts.join("/"));
    query.map_or(path.clone(), |query| format!("{path}?{query}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address(text: &str) -> Address {
        Address::read(text).unwrap()
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        assert_eq!(address(" https://example.org/a b?q=ñ#top ").whole(), "https://example.org/a%20b?q=%C3%B1");
        assert_eq!(address("http://example.org:8080").whole(), "http://example.org:8080/");
        for bad in
            ["", "example.org/x", "ftp://example.org/", "https://", "file:///etc/passwd", "http://a:b/", "http://a:0/"]
        {
            assert!(matches!(Address::read(bad), Err(Fault::Address(_))), "{bad}");
        }
        assert_eq!(Address::read("https://me:word@example.org/"), Err(Fault::Userinfo));
    }

    #[test]
    fn what_may_be_secret_is_not_shown() {
        let address = address("https://example.org/feed.json?key=sesame");
        assert_eq!(address.shown(), "https://example.org/feed.json");
        assert_eq!(format!("{address:?}"), "Address(\"https://example.org/feed.json\")");
        let fault = Address::read("ftp://me:word@example.org/x?key=sesame").unwrap_err().to_string();
        assert!(
            !fault.contains("word") && !fault.contains("sesame") && fault.contains("ftp://example.org/x"),
            "{fault}"
        );
    }

    #[test]
    fn servers_lead_on_in_every_way_of_writing() {
        let from = address("http://example.org/a/b?c=d");
        for (written, to) in [
            ("https://other.example.org/x", "https://other.example.org/x"),
            ("//other.example.org/x", "http://other.example.org/x"),
            ("/x?y=/../z", "http://example.org/x?y=/../z"),
            ("x", "http://example.org/a/x"),
            ("../x/./y/", "http://example.org/x/y/"),
            ("../../../..", "http://example.org/"),
            ("?e=f", "http://example.org/a/b?e=f"),
            ("/with space", "http://example.org/with%20space"),
            ("http://example.org/a/b#part", "http://example.org/a/b"),
            ("HTTP://example.org/straße", "http://example.org/stra%C3%9Fe"),
        ] {
            assert_eq!(from.led_to(written).unwrap().whole(), to, "{written}");
        }
        for nowhere in
            ["ftp://example.org/", "javascript:alert(1)", "http://me:word@example.org/", "http://", "file:/x"]
        {
            assert_eq!(from.led_to(nowhere), Err(Fault::LeadsNowhere), "{nowhere}");
        }
    }

    #[test]
    fn protection_is_never_given_up() {
        let from = address("https://example.org/a");
        assert!(from.led_to("/b").is_ok());
        assert_eq!(from.led_to("http://example.org/b"), Err(Fault::Unprotected("example.org".to_owned())));
    }

    #[test]
    fn a_header_goes_to_its_own_server_only() {
        let first = address("http://example.org/");
        for (other, may) in [
            ("http://EXAMPLE.org/x", true),
            ("http://example.org:80/x", true),
            ("https://example.org/", true),
            ("http://example.org:8080/", false),
            ("https://example.org:8443/", false),
            ("http://api.example.org/", false),
            ("http://example.org.example.com/", false),
        ] {
            assert_eq!(first.is_server_of(&address(other)), may, "{other}");
        }
        assert!(!address("https://example.org/").is_server_of(&first));
    }

    #[test]
    fn one_value_of_the_query_is_set() {
        let with = |text: &str| address(text).with("page", 3).unwrap().whole();
        assert_eq!(with("https://example.org/services"), "https://example.org/services?page=3");
        assert_eq!(with("https://example.org/x?page=1&size=50"), "https://example.org/x?size=50&page=3");
        assert_eq!(with("https://example.org/x?pages=9&"), "https://example.org/x?pages=9&page=3");
    }

    proptest! {
        /// Wherever a server leads, it is on the web, it holds no password, and protection stays.
        #[test]
        fn nobody_is_led_astray(written in "[a-z:/?#@.%\\\\\\[\\] ñ]{0,30}|(https?:)?//\\PC{0,20}|\\PC{0,30}") {
            if let Ok(next) = address("https://example.org/a/b?c").led_to(&written) {
                prop_assert_eq!(next.scheme(), "https");
                prop_assert!(!next.authority().contains('@') && !next.host().is_empty());
                prop_assert_eq!(Address::read(&next.whole()), Ok(next));
            }
        }
    }
}
