//! Getting the bytes of a feed over the network, and keeping the last good ones.
//!
//! ```text
//! Request (address, headers, what is known) + Rules -> fetch -> New bytes | Unchanged | Failed, in plain words
//!                                                   -> fetch_pages -> all pages as parts, or why not
//! parts that the importer and the guards accepted -> Kept::keep -> data/feeds/<name>/ -> Kept::last_good, offline
//! ```
//!
//! It blocks, in the process of the command `refresh`, never in the glass; who wants to know how far it is listens to its
//! [`Progress`] on another thread. One feed is asked for after the other, so one
//! server has one request of ours at a time; nothing is tried again but, once, a connection that was cut before a word.
//!
//! # Invariants, each with the check that keeps it
//!
//! 1. **Every fetch ends**: at the deadline whatever the server does, sooner when it is silent or slow, within a second
//!    when staff say so. All waits go through `watch`. Test `fetch`: drips, stalls, chunks without end.
//! 2. **Memory is bounded**: on the wire and unpacked, and over all pages. `fetch::packed`: bombs.
//! 3. **Half a feed is a fault**, however it was cut: by length, by chunk, in the packing, among pages. `fetch`. Only
//!    where a server says no length, packs nothing and protects nothing can nobody know; there the importer has to.
//! 4. **Only public addresses are asked** unless staff allow others: what counts is the address that is connected to, at
//!    every redirect anew. `allowed`, and `fetch`.
//! 5. **A secret goes to the server that it was given for**, at the same door, is not printed, and never comes back from
//!    a redirect; `https` never leads to `http`. `address`, and `fetch`.
//! 6. **A page for people is not data** (the login of a network), whatever it is called. `html`
//! 7. **What is kept is whole, or there is nothing kept**: digests, and one rename that puts it in place. `fetch::kept`.
//!
//! Certificates are compared with the common authorities of the web, which are compiled in, or with those of the site
//! ([`Authorities`]). Proxies are not used: they would choose the address.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

mod address;
mod allowed;
mod fault;
mod get;
mod html;
pub mod kept;
mod pages;
mod progress;
mod unpack;
mod watch;
mod wire;

pub use address::Address;
pub use fault::{Fault, Retry};
pub use pages::{Paging, fetch_pages};
pub use progress::{Got, Progress};
pub use wire::Authorities;

use get::get;
use kept::Origin;
use watch::Watch;

/// What a fetch may take.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The most bytes on the wire, of all that the server says.
    pub most_wire: u64,
    /// The most bytes of the body, unpacked.
    pub most: u64,
    /// All of it is there in this time.
    pub time: Duration,
    /// A server is silent no longer than this, before its answer and within it.
    pub patience: Duration,
    /// After this time of a body, it must have come at [`Rules::slowest`] on the whole.
    pub grace: Duration,
    /// The fewest bytes a second.
    pub slowest: u64,
    /// So often a server may lead on to another address.
    pub redirects: usize,
    /// Whether this machine and the network of the house may be asked too.
    pub private: bool,
    /// Who vouches for servers, in place of the common authorities.
    pub authorities: Option<Authorities>,
    /// Who is told how far it is.
    pub progress: Option<Progress>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            most_wire: 32 * 1024 * 1024,
            most: 32 * 1024 * 1024,
            time: Duration::from_secs(60),
            patience: Duration::from_secs(20),
            grace: Duration::from_secs(10),
            slowest: 1024,
            redirects: 5,
            private: false,
            authorities: None,
            progress: None,
        }
    }
}

/// A key or a password. It is shown to nobody but the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes it as it stands in its file: without the white space around it.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }
}

impl New {
    /// What is kept of where they came from.
    pub fn origin(&self) -> Origin {
        Origin {
            from: self.from.clone(),
            status: Some(200),
            content_type: self.content_type.clone(),
            known: self.known.clone(),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// What a server said about the bytes that are here already, so that it need not send them again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its name for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When they changed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// What to ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The address, as it stands in the feeds file.
    pub address: String,
    /// Headers of this feed, such as a key.
    pub headers: Vec<(String, Secret)>,
    /// What is here already.
    pub known: Known,
}

/// Bytes that a server gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// They, unpacked.
    pub bytes: Vec<u8>,
    /// What they are compared by the next time.
    pub known: Known,
    /// What the server calls them.
    pub content_type: Option<String>,
    /// Their digest, in hexadecimal digits.
    pub sha256: String,
    /// Where they came from in the end, as it may be shown.
    pub from: String,
}

/// How a fetch ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With new bytes.
    New(New),
    /// What is here already is what the server has.
    Unchanged,
    /// With nothing.
    Failed(Fault),
}

/// One named piece of a feed. A feed in one piece has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name: of the file, or `page-1`.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Fetches what is at one address. Ends early once `stop` is set.
pub fn fetch(request: &Request, rules: &Rules, stop: &Arc<AtomicBool>) -> Outcome {
    let watch = Arc::new(Watch::new(rules.clone(), Arc::clone(stop)));
    match Address::read(&request.address).and_then(|address| get(&address, request, &watch)) {
        Ok(Some(new)) => Outcome::New(new),
        Ok(None) => Outcome::Unchanged,
        Err(fault) => Outcome::Failed(fault),
    }
}

/// The digest of these bytes, in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = fmt::write(&mut digits, format_args!("{byte:02x}"));
    }
    digits
}
