//! Why a feed was not fetched, in words for staff who are not programmers: what is, and what to do.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// Why a feed was not fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// What was written down is no address on the web.
    #[error("\"{0}\" is not an address on the web; it must begin with https:// or http:// and name a server")]
    Address(String),
    /// The address holds a name and a password.
    #[error("the address holds a password before its @, where many would see it; give it as a header, from a file")]
    Userinfo,
    /// A header that cannot be sent. Its value is not told.
    #[error("the header \"{0}\" cannot be sent: its name or its value has signs that a header may not have")]
    Header(String),
    /// The name has no address.
    #[error(
        "the server {0} was not found; check that this computer is connected to the network and the address is right"
    )]
    NoSuchHost(String),
    /// Nobody answers there.
    #[error("the server {0} refused the connection; check the address, or try again later")]
    Refused(String),
    /// There is no way to it.
    #[error("the server {0} cannot be reached; check that this computer is connected to the network")]
    Unreachable(String),
    /// The address belongs to a private network, to this machine, or to nobody.
    #[error(
        "{0} is a computer of a private network, not of the public internet, and was not asked; perhaps this network \
         asks one to log in; if a computer of the house is meant, the feed must be allowed to use private addresses"
    )]
    Private(String),
    /// Who answers cannot prove to be the server.
    #[error(
        "the server {host} could not prove that it is the one ({why}), so nothing was taken from it; check the date of \
         this computer and the address, and whether this network asks one to log in"
    )]
    Certificate {
        /// The server.
        host: String,
        /// What is wrong with its certificate.
        why: &'static str,
    },
    /// No protected connection.
    #[error("no protected connection to {0} came about; check the address: perhaps the server speaks only http://")]
    Protection(String),
    /// It took the question and said nothing.
    #[error("the server did not answer for {}; try again later", seconds(.0))]
    Silent(Duration),
    /// It began, and then nothing came any more.
    #[error("the server stopped sending in the middle, and said nothing for {}; try again later", seconds(.0))]
    Stalled(Duration),
    /// Too few bytes a second, or not there when the time was over.
    #[error(
        "the server sends too slowly: it was not done after {}, so nothing was taken; try again later",
        seconds(.0)
    )]
    TooSlow(Duration),
    /// The connection ended before the end.
    #[error("the connection broke off before everything had come; try again")]
    HalfWay,
    /// The connection was cut before anything came.
    #[error("the server cut the connection without an answer; try again later")]
    CutOff,
    /// More bytes than allowed.
    #[error("the server sends more than {} and was stopped; check the address, or ask for a smaller part", size(*.0))]
    TooLarge(u64),
    /// More bytes than allowed, once unpacked.
    #[error(
        "what the server sent is more than {} when unpacked and was given up; check the address, or ask for a smaller \
         part",
        size(*.0)
    )]
    TooLargeUnpacked(u64),
    /// Packed in a way that we did not ask for.
    #[error("the server packed its answer in a way that cannot be read here (\"{0}\"); tell who runs it")]
    Packing(String),
    /// Packed, and damaged.
    #[error("what the server sent could not be unpacked: it is damaged or cut short; try again")]
    Damaged,
    /// Nothing at all.
    #[error("the server sent an empty answer; check the address")]
    Empty,
    /// Not an answer of the web.
    #[error("what answers there does not speak as a web server does; check the address")]
    Garbled,
    /// A page for people.
    #[error(
        "the server sent a web page instead of data; if this network asks one to log in, log in and try again; else \
         check the address"
    )]
    Page,
    /// The server says no.
    #[error("{}{}", status(*.code), wait(.retry.as_ref()))]
    Status {
        /// The number of its answer.
        code: u16,
        /// When it wants to be asked again.
        retry: Option<Retry>,
    },
    /// From one address to the next and on and on.
    #[error("the server leads from one address to the next without an end; check the address")]
    Circle,
    /// It leads to something that is no address on the web.
    #[error("the server leads on to what is no address on the web; check the address")]
    LeadsNowhere,
    /// From a protected connection to an unprotected one.
    #[error("the server leads from a protected connection to an unprotected one ({0}), which was not followed")]
    Unprotected(String),
    /// One of several pages failed, and so all of it.
    #[error("page {number}: {fault}; nothing of the other pages was taken, because half a directory is none")]
    AtPage {
        /// Which page.
        number: u64,
        /// What was with it.
        fault: Box<Fault>,
    },
    /// The answer does not say how many pages there are.
    #[error("the answer does not say how many pages there are; check the address and the form of the feed")]
    NoPages,
    /// More pages than allowed.
    #[error("the server has {0} pages, which is too many; ask for a smaller part, or for larger pages")]
    ManyPages(u64),
    /// The server gives the same page whatever it is asked.
    #[error("the server gave the same page twice, so not everything can be had from it; check the address")]
    SamePage,
    /// Staff wanted no more of it.
    #[error("it was stopped by staff")]
    Stopped,
    /// This machine would not do it.
    #[error("this computer would not do it: {0}")]
    Machine(String),
}

/// When a server wants to be asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Retry {
    /// After so long.
    After(Duration),
    /// Not before that moment.
    At(Timestamp),
}

impl Retry {
    /// Reads the header `Retry-After`. What is neither form of it is as if it were not there.
    pub(super) fn read(value: &str) -> Option<Self> {
        let value = value.trim();
        if let Ok(seconds) = value.parse() {
            return Some(Self::After(Duration::from_secs(seconds)));
        }
        rfc2822::DateTimeParser::new().parse_timestamp(value).ok().map(Self::At)
    }
}

impl fmt::Display for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::After(time) if time.as_secs() <= 180 => write!(f, "in {}", seconds(time)),
            Self::After(time) if time.as_secs() <= 3 * 3600 => write!(f, "in {} minutes", time.as_secs().div_ceil(60)),
            Self::After(time) => write!(f, "in {} hours", time.as_secs().div_ceil(3600)),
            Self::At(time) => write!(f, "after {}", time.strftime("%Y-%m-%d %H:%M UTC")),
        }
    }
}

fn wait(retry: Option<&Retry>) -> String {
    retry.map(|retry| format!("; it asks to be tried again {retry}")).unwrap_or_default()
}

fn status(code: u16) -> String {
    let (what, todo) = match code {
        401 => ("wants a key or a password first", "ask who runs it for one, and name it in the feeds file"),
        403 => ("does not let us have it", "ask who runs it, or check the key"),
        404 | 410 => ("has nothing at this address", "check the address; it may have moved"),
        429 => ("has been asked too often", "try again later"),
        400..=499 => ("does not accept what it is asked", "check the address"),
        500..=599 => ("has a fault of its own", "try again later, and tell who runs it if it lasts"),
        _ => ("gives an answer that is of no use here", "check the address"),
    };
    format!("the server {what} (answer {code}); {todo}")
}

fn seconds(time: &Duration) -> String {
    match time.as_secs() {
        0 => "less than a second".to_owned(),
        1 => "1 second".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}

/// A number of bytes as people read it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} kB", bytes / 1024),
        _ => format!("{} MB", bytes / 1_048_576),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_as_people_say_it() {
        let told = |value: &str| Retry::read(value).map(|retry| retry.to_string());
        assert_eq!(told("120").as_deref(), Some("in 120 seconds"));
        assert_eq!(told(" 1 ").as_deref(), Some("in 1 second"));
        assert_eq!(told("3601").as_deref(), Some("in 61 minutes"));
        assert_eq!(told("86400").as_deref(), Some("in 24 hours"));
        assert_eq!(told("Wed, 21 Oct 2026 07:28:00 GMT").as_deref(), Some("after 2026-10-21 07:28 UTC"));
        assert_eq!(told("soon"), None);
        assert_eq!(told("-1"), None);
    }

    #[test]
    fn an_answer_says_what_is_and_what_to_do() {
        let fault = Fault::Status { code: 429, retry: Some(Retry::After(Duration::from_secs(60))) };
        assert_eq!(
            fault.to_string(),
            "the server has been asked too often (answer 429); try again later; it asks to be tried again in 60 seconds"
        );
        let fault = Fault::Status { code: 404, retry: None };
        assert_eq!(
            fault.to_string(),
            "the server has nothing at this address (answer 404); check the address; it may have moved"
        );
    }
}
