//! The state of a feed as it stands in its file.

use std::collections::BTreeSet;
use std::io;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fetch::{Known, digest};

/// What the editions on the shelf were built of, by stamp.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editions {
    /// The one that stands.
    pub standing: Option<String>,
    /// All that are there.
    pub earlier: BTreeSet<String>,
    /// Those that were taken back, and no other.
    pub withdrawn: BTreeSet<String>,
}

/// The form of the file.
const FORM: u32 = 1;

/// Where what is kept came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The address as it may be shown, or the path of a file.
    pub from: String,
    /// The number of the server's answer. None for a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What the server calls the bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// What it compares them by.
    #[serde(flatten)]
    pub known: Known,
}

/// An attempt to read a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// How it ended.
    #[serde(flatten)]
    pub ended: Ended,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ended", content = "why", rename_all = "lowercase")]
pub enum Ended {
    /// Something new was kept.
    New,
    /// There was nothing new.
    Unchanged,
    /// It was read, and is held back until staff accept it: the reason in plain words.
    Held(String),
    /// It failed: the reason in plain words.
    Failed(String),
}

/// All of the file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    form: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<Attempt>,
    /// What counts, unless an edition says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) good: Option<Good>,
    /// What other editions were built of, or the one will be that is being built.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) others: Vec<Good>,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Good {
    pub(super) at: Timestamp,
    pub(super) confirmed: Timestamp,
    /// The digest of the address: it may hold a key, and only has to be known again.
    pub(super) address: String,
    pub(super) origin: Origin,
    /// The number of the folder of its parts.
    pub(super) folder: u64,
    pub(super) parts: Vec<Listed>,
}

impl Good {
    /// By what an edition names it: the same parts have the same stamp.
    pub(super) fn stamp(&self) -> String {
        let line = |part: &Listed| format!("{} {:?}\n", part.sha256, part.name);
        digest(self.parts.iter().map(line).collect::<String>().as_bytes())
    }
}

/// A part and how it is known to be whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl Default for State {
    fn default() -> Self {
        Self { form: FORM, last: None, good: None, others: Vec::new() }
    }
}

impl State {
    /// What counts for these editions: what the standing one was built of; where that is not here, what counted last,
    /// unless it came with an edition that was taken back.
    pub(super) fn counting(&self, editions: &Editions) -> Option<&Good> {
        let stands = |good: &&Good| editions.standing.as_ref() == Some(&good.stamp());
        let last = || self.good.as_ref().filter(|good| !editions.withdrawn.contains(&good.stamp()));
        self.good.iter().chain(&self.others).find(stands).or_else(last)
    }

    /// Has `stamp` be what counts, and nothing else be here but what an edition was built of.
    pub(super) fn settle(&mut self, stamp: Option<&String>, editions: &Editions) {
        let all = self.good.take().into_iter().chain(std::mem::take(&mut self.others));
        for good in all {
            let is = good.stamp();
            if Some(&is) == stamp && self.good.is_none() {
                self.good = Some(good);
            } else if editions.earlier.contains(&is) || editions.standing.as_ref() == Some(&is) {
                self.others.push(good);
            }
        }
    }

    /// Every folder of parts that is named.
    pub(super) fn folders(&self) -> impl Iterator<Item = u64> {
        self.good.iter().chain(&self.others).map(|good| good.folder)
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        let state: Self = serde_json::from_slice(bytes).map_err(|fault| fault.to_string())?;
        if state.form == FORM { Ok(state) } else { Err(format!("it is of another form, {}", state.form)) }
    }

    pub(super) fn text(&self) -> io::Result<Vec<u8>> {
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        Ok(text)
    }
}
