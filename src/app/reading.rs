//! A page on the screen: read line by line, so that a screen reader and a braille line can follow.

use std::sync::Arc;

use index::record::Record;

use super::{App, Screen, Topic};
use crate::event::{Effect, Ticket};
use crate::keys::Action;
use crate::layout::{Row, Size};
use crate::page::{Goal, Page, Role};
use crate::tell::Teller;

/// What the page is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A record, as it is told to them.
    Record(Arc<Record>, Whom),
    /// How the keys work.
    Help,
    /// The crisis card.
    Crisis,
    /// Why the door for staff stays shut.
    Stuck,
    /// Something for staff, and the ticket of the errand that it tells of.
    Staff(Ticket, Box<Topic>),
}

/// Who reads the page of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// A visitor.
    Visitor,
    /// Staff, who can change it.
    Staff,
    /// Staff who have changed something, which this page does not show yet.
    StaffBefore,
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

    /// The page of a record.
    fn record(record: Arc<Record>, for_whom: Whom, teller: &Teller<'_>) -> Self {
        let page = record_page(&record, for_whom, teller);
        Self { subject: Subject::Record(record, for_whom), page, row: 0 }
    }

    /// The page's rows.
    pub fn rows(&self, size: Size) -> Vec<Row> {
        self.page.rows(size.page_width())
    }

    /// Tells the record again, from another moment.
    pub(super) fn retell(&mut self, teller: &Teller<'_>, size: Size) {
        if let Subject::Record(record, for_whom) = &self.subject {
            self.page = record_page(record, *for_whom, teller);
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

fn record_page(record: &Record, for_whom: Whom, teller: &Teller<'_>) -> Page {
    let mut page = teller.record(record);
    let told = page.lines.len();
    if for_whom == Whom::StaffBefore {
        page.push(Role::Mark, teller.locale.say("staff-before"));
    }
    if for_whom != Whom::Visitor {
        page.link(teller.locale.say("staff-change"), Goal::Change);
    }
    page.lines.rotate_left(told);
    page
}

impl App {
    /// The page of a record, for whoever is there.
    pub(super) fn page_of(&self, record: Arc<Record>) -> Reading {
        let for_whom = match (self.is_staffed(), self.has_changed) {
            (false, _) => Whom::Visitor,
            (true, false) => Whom::Staff,
            (true, true) => Whom::StaffBefore,
        };
        Reading::record(record, for_whom, &self.around.teller())
    }

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
