//! A page on the screen: read line by line, so that a screen reader and a braille line can follow.

use std::sync::Arc;

use index::record::Record;

use super::{App, Screen, Topic};
use crate::event::{Effect, Ticket};
use crate::keys::Action;
use crate::layout::{Row, Size};
use crate::page::{Goal, Page};
use crate::tell::Teller;

/// What the page is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A record.
    Record(Arc<Record>),
    /// How the keys work.
    Help,
    /// The crisis card.
    Crisis,
    /// Why the door for staff stays shut.
    Stuck,
    /// Something for staff, and the ticket of the errand that it tells of.
    Staff(Ticket, Box<Topic>),
}

/// A page and the row that is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it is about.
    pub subject: Subject,
    /// Its lines.
    pub page: Page,
    /// The focused row, among the page's rows at the present width.
    pub row: usize,
}

impl Reading {
    /// A page that is no record's.
    pub fn page(subject: Subject, page: Page) -> Self {
        Self { subject, page, row: 0 }
    }

    /// The page of a record; for staff with the way to change it.
    pub fn record(record: Arc<Record>, teller: &Teller<'_>, is_staffs: bool) -> Self {
        let page = record_page(&record, teller, is_staffs);
        Self { subject: Subject::Record(record), page, row: 0 }
    }

    /// The page's rows.
    pub fn rows(&self, size: Size) -> Vec<Row> {
        self.page.rows(size.page_width())
    }

    /// Tells the record again, from another moment.
    pub(super) fn retell(&mut self, teller: &Teller<'_>, size: Size) {
        if let Subject::Record(record) = &self.subject {
            let is_staffs = self.page.lines.first().is_some_and(|line| line.goal == Some(Goal::Change));
            self.page = record_page(record, teller, is_staffs);
            self.row = self.row.min(self.rows(size).len().saturating_sub(1));
        }
    }

    /// Keeps the line that is read when the width changes.
    pub(super) fn resize(&mut self, from: Size, to: Size) {
        let line = self.rows(from).get(self.row).map_or(0, |row| row.line);
        self.row = self.rows(to).iter().position(|row| row.line == line).unwrap_or(0);
    }

    /// Where Enter leads from the row that is read.
    pub fn goal(&self, size: Size) -> Option<Goal> {
        let rows = self.rows(size);
        rows.get(self.row).and_then(|row| self.page.lines[row.line].goal.clone())
    }

    /// Moves by so many rows, over the empty ones.
    fn step(&mut self, by: isize, size: Size) {
        let rows = self.rows(size);
        let last = rows.len().saturating_sub(1);
        let said = |place: &usize| !(rows[*place].text.is_empty() && rows[*place].label.trim().is_empty());
        let target = self.row.saturating_add_signed(by).min(last);
        let found = if by > 0 {
            (target..rows.len()).find(said).or_else(|| (0..target).rev().find(said))
        } else {
            (0..=target).rev().find(said).or_else(|| (target..rows.len()).find(said))
        };
        self.row = found.unwrap_or(0);
    }
}

fn record_page(record: &Record, teller: &Teller<'_>, is_staffs: bool) -> Page {
    let mut page = teller.record(record);
    if is_staffs {
        page.link(teller.locale.say("staff-change"), Goal::Change);
        page.lines.rotate_right(1);
    }
    page
}

impl App {
    pub(super) fn at_reading(&mut self, action: Action) -> Vec<Effect> {
        let size = self.around.size;
        let Some(Screen::Reading(reading)) = self.stack.last_mut() else { return Vec::new() };
        let screenful = size.rows().cast_signed();
        match action {
            Action::Up => reading.step(-1, size),
            Action::Down => reading.step(1, size),
            Action::PageUp => reading.step(-screenful, size),
            Action::PageDown => reading.step(screenful, size),
            Action::First => reading.step(-isize::MAX, size),
            Action::Last => reading.step(isize::MAX, size),
            Action::Back | Action::Erase => {
                if let Subject::Staff(_, topic) = &reading.subject
                    && topic.is_under_way()
                {
                    return self.stop();
                }
                if let Subject::Staff(_, topic) = &reading.subject
                    && topic.is_being_written()
                {
                    self.word = Some("staff-moment");
                    return Vec::new();
                }
                return self.back();
            }
            Action::Open => {
                if let Some(goal) = reading.goal(size) {
                    return self.follow(goal);
                }
            }
            _ => {}
        }
        Vec::new()
    }
}
