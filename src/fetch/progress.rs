//! How far a fetch is, told to whoever shows it to people: no oftener than they can see, and never backwards.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::watch::now;

/// Between two tellings there is so much time,
const APART: Duration = Duration::from_millis(250);

/// and, where the length is known, this part of it: one of so many.
const PARTS: u64 = 20;

/// How much of a feed is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Got {
    /// So many bytes, as they were sent.
    pub bytes: u64,
    /// Of so many, where the server said it.
    pub of: Option<u64>,
}

/// The teller's end of a line on which somebody hears how far a fetch is. Its clones count together.
#[derive(Clone, Debug)]
pub struct Progress {
    to: Sender<Got>,
    count: Arc<Mutex<Count>>,
}

impl Progress {
    /// Both ends of the line. The listener's is at its end when the last clone of the teller's is gone.
    pub fn line() -> (Self, Receiver<Got>) {
        let (to, heard) = mpsc::channel();
        (Self { to, count: Arc::default() }, heard)
    }

    /// What comes, comes in pages: how long one is says nothing about all of them.
    pub(super) fn is_in_pages(&self) {
        self.count(|count| count.in_pages = true);
    }

    /// A body begins, of this length where the server said it.
    pub(super) fn begins(&self, of: Option<u64>) {
        self.count(|count| count.of = of.filter(|_| !count.in_pages));
    }

    /// So many bytes of it came.
    pub(super) fn came(&self, bytes: usize) {
        self.tell(self.count(|count| count.came(bytes, now())));
    }

    /// The body is here: the end, unless it is one page of several.
    pub(super) fn body_is_here(&self) {
        self.tell(self.count(|count| if count.in_pages { None } else { count.whole(now()) }));
    }

    /// All pages are here.
    pub(super) fn pages_are_here(&self) {
        self.tell(self.count(|count| count.whole(now())));
    }

    fn tell(&self, got: Option<Got>) {
        // Whoever listened may have gone; that is no matter of the fetch.
        let _ = got.map(|got| self.to.send(got));
    }

    fn count<T>(&self, with: impl FnOnce(&mut Count) -> T) -> T {
        with(&mut self.count.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[derive(Debug, Default)]
struct Count {
    bytes: u64,
    of: Option<u64>,
    in_pages: bool,
    /// When it was told last, and how many bytes.
    told: Option<(Instant, u64)>,
}

impl Count {
    /// What is to be told when so much more is here: the first bytes, and then what is worth it.
    fn came(&mut self, bytes: usize, now: Instant) -> Option<Got> {
        self.bytes += bytes as u64;
        let is_worth_it = self.told.is_none_or(|(when, before)| {
            now.duration_since(when) >= APART && self.bytes - before >= self.of.unwrap_or(0) / PARTS
        });
        is_worth_it.then(|| self.told(now))
    }

    /// What is to be told at the end.
    fn whole(&mut self, now: Instant) -> Option<Got> {
        let is_news = self.told.is_none_or(|(_, before)| before < self.bytes);
        is_news.then(|| self.told(now))
    }

    fn told(&mut self, now: Instant) -> Got {
        self.told = Some((now, self.bytes));
        Got { bytes: self.bytes, of: self.of }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_no_oftener_than_a_quarter_of_a_second_and_a_twentieth() {
        let mut count = Count { of: Some(1000), ..Count::default() };
        let start = now();
        let at = |millis| start + Duration::from_millis(millis);
        let got = |bytes| Some(Got { bytes, of: Some(1000) });
        assert_eq!(count.came(10, at(0)), got(10), "the first bytes");
        assert_eq!(count.came(500, at(100)), None, "too soon");
        assert_eq!(count.came(1, at(250)), got(511));
        assert_eq!(count.came(10, at(900)), None, "too few");
        assert_eq!(count.came(39, at(901)), None);
        assert_eq!(count.came(1, at(902)), got(561));
        assert_eq!(count.came(439, at(903)), None);
        assert_eq!(count.whole(at(904)), got(1000), "the end");
        assert_eq!(count.whole(at(2000)), None, "once");
        // Where nobody said how much it is, time alone counts.
        let mut count = Count::default();
        let told: Vec<_> = (0..10).filter_map(|tenth| count.came(1, at(tenth * 100))).collect();
        assert_eq!(told.iter().map(|got| got.bytes).collect::<Vec<_>>(), [1, 4, 7, 10]);
        assert!(told.iter().all(|got| got.of.is_none()));
    }
}
