//! What happens, and what is to be done to the world. Data only: effects can be compared in a test.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use index::query::{Answer, Constraint, Counts, Facet, Value, weekday};
use index::record::{Door, Record, RecordId};
use index::schedule::Days;
use jiff::Zoned;
use jiff::civil::Weekday;
use ratatui::crossterm::event::KeyEvent;

use crate::errand::{Errand, News};
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
    Answer(Ticket, Reply),
    /// The record that was asked for, if it is still there.
    Opened(Ticket, Option<Arc<Record>>),
    /// What comes of something that staff asked for.
    Staff(Ticket, News),
}

/// Ties an answer to its question. Counted from the start of a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// What a visitor asks. What was typed is not printed by `{:?}`, so that it cannot reach a log.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The words as typed.
    pub typed: String,
    /// Nothing more will be typed: whoever goes into the list has finished the last word.
    pub finished: bool,
    /// Through which door.
    pub door: Option<Door>,
    /// The values of facets that were chosen.
    pub chosen: Vec<Value>,
}

impl Question {
    /// The day that was chosen, if it is one alone.
    pub fn day(&self) -> Option<Weekday> {
        let mut days = self.chosen.iter().filter(|value| value.facet == Facet::Day);
        let day = days.next().filter(|_| days.next().is_none())?;
        weekday_of(&day.key)
    }

    /// Takes these parts out of what was typed, and the spaces that were between them.
    pub fn cut(&mut self, parts: &[Range<usize>]) {
        let mut parts = parts.to_vec();
        parts.sort_by_key(|part| std::cmp::Reverse(part.start));
        for part in parts {
            let end = part.end.min(self.typed.len());
            if part.start < end && self.typed.is_char_boundary(part.start) && self.typed.is_char_boundary(end) {
                self.typed.replace_range(part.start..end, "");
            }
        }
        let spaced = self.typed.ends_with(char::is_whitespace);
        self.typed = self.typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if spaced && !self.typed.is_empty() {
            self.typed.push(' ');
        }
    }

    /// Chooses this day instead of others, or none.
    pub fn choose_day(&mut self, day: Option<Weekday>) {
        self.chosen.retain(|value| value.facet != Facet::Day);
        self.chosen.extend(day.map(|day| Value::new(Facet::Day, weekday(day))));
    }
}

/// The weekday of this word.
pub fn weekday_of(word: &str) -> Option<Weekday> {
    Days::WEEK.into_iter().find(|day| weekday(*day) == word)
}

impl fmt::Debug for Question {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Question({:?}, {:?})", self.door, self.chosen)
    }
}

/// How a question was understood, and what it found.
#[derive(Clone, Default, PartialEq)]
pub struct Reply {
    /// What narrows the answer: what was understood, in the order in which it was typed, then door and chosen values.
    pub constraints: Vec<Constraint>,
    /// The words speak of danger for life.
    pub danger: bool,
    /// A place that was asked for and that nobody lists, as it was typed.
    pub nowhere: Option<String>,
    /// What is near was asked for, and where the kiosk stands is not known.
    pub lost: bool,
    /// What was found.
    pub answer: Answer,
}

impl fmt::Debug for Reply {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A place that nobody lists is told as it was typed.
        write!(out, "Reply({:?}, {:?})", self.constraints, self.answer)
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Answer this question with so many hits. A later one replaces it.
    Search(Ticket, Question, usize),
    /// Fetch this record.
    Open(Ticket, RecordId),
    /// Do this for staff. Those that are under way go on.
    Staff(Ticket, Errand),
    /// A visit is over: whatever is still under way for it is dropped.
    Forget,
    /// End the program.
    Leave,
}
