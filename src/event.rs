//! What happens, and what is to be done to the world. Data only: effects can be compared in a test.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use index::query::{Answer, Counts};
use index::record::{Door, Record, RecordId};
use jiff::Zoned;
use jiff::civil::Weekday;
use ratatui::crossterm::event::KeyEvent;

use crate::layout::Size;

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key, and how long after the start of the program it came.
    Key(KeyEvent, Duration),
    /// The terminal has another size.
    Resize(Size),
    /// The clock shows another minute.
    Minute(Zoned),
    /// Nobody has pressed a key for a while.
    Idle,
    /// Nobody answered either.
    Abandoned,
    /// The directory is open, and holds so many records.
    Directory(Counts),
    /// The directory cannot be opened, and neither can the starter pack.
    NoDirectory,
    /// What a question found.
    Answer(Ticket, Answer),
    /// The record that was asked for, if it is still there.
    Opened(Ticket, Option<Arc<Record>>),
}

/// Ties an answer to its question. Counted from the start of a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// What a visitor asks. What was typed is not printed by `{:?}`, so that it cannot reach a log.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The words as typed.
    pub typed: String,
    /// Through which door.
    pub door: Option<Door>,
    /// On which day.
    pub day: Option<Weekday>,
}

impl fmt::Debug for Question {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Question({:?}, {:?})", self.door, self.day)
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Answer this question with so many hits. A later one replaces it.
    Search(Ticket, Question, usize),
    /// Fetch this record.
    Open(Ticket, RecordId),
    /// A visit is over: whatever is still under way for it is dropped.
    Forget,
    /// End the program.
    Leave,
}
