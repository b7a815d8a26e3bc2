//! The state of a feed as it stands in its file.

use std::io;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fetch::Known;

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
    /// It failed, or what came was not accepted: the reason in plain words.
    Failed(String),
}

/// All of the file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    form: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<Attempt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) good: Option<Good>,
}

/// What is kept.
#[derive(Debug, Serialize, Deserialize)]
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

/// A part and how it is known to be whole.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl Default for State {
    fn default() -> Self {
        Self { form: FORM, last: None, good: None }
    }
}

impl State {
    pub(super) fn new(good: Good, last: Attempt) -> Self {
        Self { good: Some(good), last: Some(last), ..Self::default() }
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
