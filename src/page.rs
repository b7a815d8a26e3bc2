//! A page: lines of plain words that can be read on the screen, line by line. Data only.
//!
//! The same lines serve the detail of a record, the preview, the help and the crisis card.

use index::record::{Door, RecordId};
use jiff::civil::DateTime;

use crate::layout::{self, Row};

/// What a line is, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A line of text.
    Plain,
    /// A warning about the whole page: a sample, a meeting that does not meet.
    Mark,
    /// A heading.
    Heading,
    /// What must be seen first.
    Strong,
}

/// Where Enter leads from a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Through a door of the home screen.
    Door(Door),
    /// To a record.
    Record(RecordId),
    /// To what a search for these words finds.
    Search(String),
    /// For staff: the other decision about this feed.
    Judge(String),
    /// For staff: what was decided is put up.
    PutUp,
    /// For staff: the ways to change the listing on the screen.
    Change,
    /// For staff: the question whether to take back the change of this number, written then, which is about this.
    TakeBack(u32, Option<DateTime>, String),
}

/// One line of a page, as long as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub role: Role,
    /// What it is about; empty when the text speaks for itself.
    pub label: String,
    /// The text.
    pub text: String,
    /// Where Enter leads from here.
    pub goal: Option<Goal>,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What it is called.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Page {
    /// A page without lines.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), lines: Vec::new() }
    }

    /// Adds a line in a role.
    pub fn push(&mut self, role: Role, text: impl Into<String>) {
        self.lines.push(Line { role, label: String::new(), text: text.into(), goal: None });
    }

    /// Adds the paragraphs of a text, an empty line between two.
    pub fn paragraphs(&mut self, text: &str) {
        for (place, paragraph) in text.split('\n').enumerate() {
            if place > 0 {
                self.gap();
            }
            self.push(Role::Plain, paragraph);
        }
    }

    /// Adds a text under a label. Further texts stand below it without a label of their own. No text, no line.
    pub fn labelled(&mut self, label: &str, texts: impl IntoIterator<Item = String>) {
        let mut label = label;
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            for part in text.split('\n').filter(|part| !part.is_empty()) {
                // A second line keeps the column of the first: its label is a blank.
                self.lines.push(Line { role: Role::Plain, label: label.to_owned(), text: part.to_owned(), goal: None });
                label = " ";
            }
        }
    }

    /// Adds a line that leads somewhere.
    pub fn link(&mut self, text: impl Into<String>, goal: Goal) {
        self.lines.push(Line { role: Role::Plain, label: String::new(), text: text.into(), goal: Some(goal) });
    }

    /// Adds an empty line, unless one stands there already.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.text.is_empty()) {
            self.push(Role::Plain, "");
        }
    }

    /// The page's rows at a width.
    pub fn rows(&self, width: usize) -> Vec<Row> {
        layout::rows(self.lines.iter().map(|line| (line.label.as_str(), line.text.as_str())), width)
    }
}
