//! A directory of any size, invented but shaped like real ones: the same number always gives the same records.
//!
//! The shape was read off the directories of a few large towns: six of ten meetings are of one fellowship, a group
//! holds two or three a week, several groups share a venue, half of the meetings have a line of notes, a fifth are
//! online, one in eleven speaks Spanish. Words, towns, streets and telephone numbers grow with the directory.

mod dice;
mod meetings;
mod others;
mod places;
mod words;

use index::record::{Credit, Record};
use jiff::civil::{Date, date};

pub(crate) use dice::Dice;
pub(crate) use places::Towns;
#[allow(unused_imports, reason = "not every bench makes slips")]
pub(crate) use words::slipped;

/// So many records, ordered by id, as they come from feeds.
pub(crate) fn directory(count: usize) -> Vec<Record> {
    let mut dice = Dice::new(7);
    let towns = Towns::of(count);
    let mut records = Vec::with_capacity(count + 32);
    while records.len() < count {
        let number = records.len();
        // A group is two or three meetings, so that 84 of a hundred records are meetings.
        match dice.roll(1_000) {
            0..700 => meetings::group(&towns, &mut dice, &mut records),
            700..805 => records.push(others::residence(&towns, number, &mut dice)),
            805..865 => records.push(others::organization(&towns, number, &mut dice)),
            865..955 => records.push(others::service(&towns, number, &mut dice)),
            955..990 => records.push(others::publication(number, &mut dice)),
            _ => records.push(others::topic(number, &mut dice)),
        }
    }
    records.truncate(count);
    records.sort_by(|one, other| one.id.cmp(&other.id));
    records
}

fn credit(feed: &str, what: &str) -> Credit {
    Credit {
        feed: feed.to_owned(),
        line: format!("The {what} of {feed}, with thanks to its volunteers"),
        licence: "CC BY 4.0".to_owned(),
        read: None,
    }
}

/// When its source last looked; many do not say.
fn checked(dice: &mut Dice) -> Option<Date> {
    dice.chance(70).then(|| date(2025, 1, 1).saturating_add(jiff::Span::new().days(dice.roll(680) as i64)))
}
