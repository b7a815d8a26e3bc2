//! The line between the glass and the staff's office: the glass can open no file and start no program, so the office is
//! a process of its own, which the keeper starts when the first errand comes. It ends with the line.
//!
//! Errands go one way, news come back the other, each a line of JSON with the errand's number.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde::{Deserialize, Serialize};

use super::Staff;
use crate::errand::{Errand, Hearing, News, Office};

/// The command that this program is started with to be the office.
pub const ROLE: &str = "staff";

/// The longest line that is read, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// So many errands are carried out at once: whoever changes one listing after the other waits for none to be put up.
const MOST_AT_ONCE: usize = 32;

/// From the glass.
#[derive(Debug, Serialize, Deserialize)]
enum Asked {
    Errand(u64, Errand),
    Close,
}

/// To the glass.
#[derive(Debug, Serialize, Deserialize)]
enum Told {
    News(u64, News),
    Done(u64),
}

/// The office at the other end of the line.
pub struct Line {
    /// Has the office come, before the first errand.
    knock: Mutex<Option<Box<dyn FnOnce() + Send>>>,
    out: Mutex<Option<File>>,
    /// What comes back; until somebody reads it, which begins with the first errand: a thread that is started earlier
    /// would not be confined with the glass.
    unread: Mutex<Option<File>>,
    waiting: Arc<Mutex<Waiting>>,
}

/// Who waits for news of which errand.
#[derive(Default)]
struct Waiting {
    last: u64,
    tellers: BTreeMap<u64, Sender<News>>,
    /// Nothing will come any more.
    gone: bool,
}

impl Line {
    /// A line over this end of a socket. `knock` has somebody come to the other end, before the first errand is sent.
    ///
    /// # Errors
    /// When the system has no more files to give.
    pub fn over(end: OwnedFd, knock: impl FnOnce() + Send + 'static) -> io::Result<Self> {
        let out = File::from(end);
        Ok(Self {
            knock: Mutex::new(Some(Box::new(knock))),
            unread: Mutex::new(Some(out.try_clone()?)),
            out: Mutex::new(Some(out)),
            waiting: Arc::default(),
        })
    }

    /// A line to nobody: whoever asks hears that nobody answers.
    pub fn to_nobody() -> Self {
        let waiting = Waiting { gone: true, ..Waiting::default() };
        Self {
            knock: Mutex::default(),
            out: Mutex::default(),
            unread: Mutex::default(),
            waiting: Arc::new(Mutex::new(waiting)),
        }
    }

    /// Says a word. False when nobody hears it.
    fn say(&self, word: &Asked) -> bool {
        let mut out = held(&self.out);
        let said = out.as_mut().is_some_and(|out| say(out, word).is_ok());
        if !said {
            *out = None;
        }
        said
    }

    /// A number for an errand, and where its news come in.
    fn waiting(&self) -> (u64, Receiver<News>) {
        let (tell, told) = channel();
        let mut waiting = held(&self.waiting);
        waiting.last += 1;
        let number = waiting.last;
        // Where nothing comes any more, nobody keeps the other end.
        if !waiting.gone {
            waiting.tellers.insert(number, tell);
        }
        (number, told)
    }

    fn listen(&self) {
        let Some(unread) = held(&self.unread).take() else { return };
        let waiting = self.waiting.clone();
        thread::spawn(move || {
            let mut lines = BufReader::new(unread);
            while let Some(told) = next::<Told>(&mut lines) {
                let mut waiting = held(&waiting);
                match told {
                    Told::News(number, news) => {
                        if let Some(tell) = waiting.tellers.get(&number) {
                            // Whoever asked may have stopped waiting.
                            let _ = tell.send(news);
                        }
                    }
                    Told::Done(number) => _ = waiting.tellers.remove(&number),
                }
            }
            let mut waiting = held(&waiting);
            waiting.gone = true;
            waiting.tellers.clear();
        });
    }
}

/// An errand that was said, or that nobody heard, and where its news come in.
struct Said {
    is_heard: bool,
    news: Receiver<News>,
}

impl Line {
    /// Says an errand.
    fn ask(&self, errand: Errand) -> Said {
        if let Some(knock) = held(&self.knock).take() {
            knock();
        }
        self.listen();
        let (number, news) = self.waiting();
        let is_heard = self.say(&Asked::Errand(number, errand));
        if !is_heard {
            held(&self.waiting).tellers.remove(&number);
        }
        Said { is_heard, news }
    }

    /// Tells what comes of it.
    fn hear(&self, said: Said, tell: &dyn Fn(News)) {
        let mut is_told = false;
        for news in said.news {
            is_told = true;
            tell(news);
        }
        if !is_told || !said.is_heard || held(&self.waiting).gone {
            tell(News::Gone);
        }
    }
}

impl Office for Line {
    fn carry_out(&self, errand: Errand, tell: &dyn Fn(News)) {
        self.hear(self.ask(errand), tell);
    }

    fn hand_over(self: Arc<Self>, errand: Errand) -> Hearing {
        let said = self.ask(errand);
        Box::new(move |tell| self.hear(said, tell))
    }

    fn close(&self) {
        // An office that hears nothing any more is closed, and one that nobody called was never open.
        if held(&self.knock).is_none() {
            self.say(&Asked::Close);
        }
    }
}

/// Is the office: carries out what comes in, and ends when nothing comes any more.
pub fn serve(staff: Staff, input: impl Read, out: impl Write + Send + 'static) {
    let (staff, out) = (Arc::new(staff), Arc::new(Mutex::new(out)));
    let at_once = Arc::new(AtomicUsize::new(0));
    let mut lines = BufReader::new(input);
    while let Some(asked) = next::<Asked>(&mut lines) {
        let (number, errand) = match asked {
            Asked::Errand(number, errand) => (number, errand),
            Asked::Close => {
                staff.close();
                continue;
            }
        };
        let tell = {
            let out = out.clone();
            // When the glass is gone, the next line does not come, and that is the end.
            move |told: &Told| _ = say(&mut *held(&out), told)
        };
        if at_once.fetch_add(1, Ordering::SeqCst) >= MOST_AT_ONCE {
            at_once.fetch_sub(1, Ordering::SeqCst);
            tell(&Told::Done(number));
            continue;
        }
        let hearing = staff.clone().hand_over(errand);
        let done = Done { at_once: at_once.clone(), tell: tell.clone(), number };
        thread::spawn(move || {
            hearing(&|news| tell(&Told::News(number, news)));
            drop(done);
        });
    }
    staff.pending.finish();
}

/// Says that an errand is done, in whatever way it ended.
struct Done<T: Fn(&Told)> {
    at_once: Arc<AtomicUsize>,
    tell: T,
    number: u64,
}

impl<T: Fn(&Told)> Drop for Done<T> {
    fn drop(&mut self) {
        (self.tell)(&Told::Done(self.number));
        self.at_once.fetch_sub(1, Ordering::SeqCst);
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn say(out: &mut impl Write, word: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(word)?;
    line.push(b'\n');
    let said = out.write_all(&line).and_then(|()| out.flush());
    // It may hold digits of a PIN.
    line.fill(0);
    said
}

/// The next word; `None` at the end, and at anything that is none of ours.
fn next<T: for<'w> Deserialize<'w>>(lines: &mut impl BufRead) -> Option<T> {
    let mut line = Vec::new();
    lines.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line).ok()?;
    let word = serde_json::from_slice(&line).ok();
    line.fill(0);
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::Files;
    use crate::config::Settings;

    struct Out(Sender<Vec<u8>>);
    impl Write for Out {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.send(bytes.to_vec()).map_err(io::Error::other)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_no_word_of_ours_ends_the_line_and_errands_are_answered_by_number() {
        let data = tempfile::tempdir().unwrap();
        let files = Files { config: None, data: Some(data.path().to_owned()) };
        let staff = || Staff::new(files.clone(), &Settings::defaults(), || jiff::Timestamp::UNIX_EPOCH);
        let (out, told) = channel();
        let asked = "{\"Errand\":[7,\"Knock\"]}\n\"Close\"\nnonsense\n{\"Errand\":[8,\"Knock\"]}\n";
        serve(staff(), asked.as_bytes(), Out(out));
        let told: Vec<u8> = told.into_iter().flatten().collect();
        let told = String::from_utf8(told).unwrap();
        assert_eq!(told, "{\"News\":[7,{\"Wait\":{\"secs\":0,\"nanos\":0}}]}\n{\"Done\":7}\n");
        // A PIN that is none ends it too.
        assert!(serde_json::from_str::<Asked>("{\"Errand\":[1,{\"Try\":\"12\"}]}").is_err());
        assert!(serde_json::from_str::<Asked>("{\"Errand\":[1,{\"Try\":\"1234\"}]}").is_ok());
    }

    #[test]
    fn nobody_at_the_other_end_is_told() {
        let line = Line::to_nobody();
        let (tell, told) = channel();
        line.carry_out(Errand::Knock, &|news| tell.send(news).unwrap());
        assert_eq!(told.recv().unwrap(), News::Gone);
        line.close();
    }
}
