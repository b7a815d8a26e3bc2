//! A refresh for staff at the glass: `porchlight refresh --json` as a process of its own, because what comes from
//! outside is never read in the process at the glass. It tells its steps as lines of JSON, and goes on when whoever asked
//! has gone: only staff who say so stop it.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use serde_json::Value;

use super::tame;
use crate::commands::{End, Files};
use crate::errand::{Account, Decided, Planned, Refreshed, Step};

/// So many notes are told; further ones are counted.
const MOST_NOTES: u64 = 200;

/// The longest line that is taken, and the most that is taken of what went wrong, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// What a refresh is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Say what would change.
    Plan,
    /// Put up an edition.
    Edition(Decided),
    /// Put up what is known already, with what staff have changed by hand, and ask no feed.
    Again,
}

/// The refresh that is running, if one is.
#[derive(Default)]
pub(super) struct Running(Mutex<State>);

#[derive(Default)]
struct State {
    child: Option<Child>,
    stopped: bool,
}

impl Running {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts a refresh.
    ///
    /// # Errors
    /// How it ended, when it did not begin.
    pub(super) fn start(&self, files: &Files, folder: &Path, wanted: Wanted) -> Result<Started<'_>, Refreshed> {
        let Ok(settings) = files.settings() else { return Err(Refreshed::Faults(told(files))) };
        let feeds = files.feeds_file(Some(&settings));
        // Without feeds of one's own there is nothing to read anew; what is built in can be put up again.
        if feeds.is_none() && wanted != Wanted::Again {
            return Err(Refreshed::NoFeeds);
        }
        let start = || {
            let child = start(files, folder, feeds.as_deref(), &wanted);
            child.map_err(|fault| Refreshed::Failed(tame(&crate::store::plain(&fault))))
        };
        // What staff have changed is put up after whatever is running, and stopped by nobody: it is written down already.
        if wanted == Wanted::Again {
            let mut child = start()?;
            let pipes = (child.stdout.take(), child.stderr.take());
            return Ok(Started { running: self, own: Some(child), pipes, wanted });
        }
        let mut state = self.state();
        if state.child.is_some() {
            return Err(Refreshed::Busy);
        }
        let mut child = start()?;
        let pipes = (child.stdout.take(), child.stderr.take());
        *state = State { child: Some(child), stopped: false };
        drop(state);
        Ok(Started { running: self, own: None, pipes, wanted })
    }

    /// Stops the refresh that is running, if one is. What stands, stands.
    pub(super) fn stop(&self) {
        let mut state = self.state();
        state.stopped = state.child.is_some();
        drop(state);
        self.kill();
    }

    fn kill(&self) {
        let mut state = self.state();
        if let Some(child) = &mut state.child {
            // One that has ended by itself cannot be stopped any more, and needs not.
            let _ = child.kill();
        }
    }
}

/// A refresh that was started.
pub(super) struct Started<'a> {
    running: &'a Running,
    /// Its process, when it is not the one that can be stopped.
    own: Option<Child>,
    pipes: (Option<ChildStdout>, Option<ChildStderr>),
    wanted: Wanted,
}

impl Started<'_> {
    /// Hears it to its end, and tells its steps.
    pub(super) fn hear(mut self, tell: &dyn Fn(Step)) -> Refreshed {
        let (out, err) = std::mem::take(&mut self.pipes);
        // Both pipes are read at once: whoever fills one must not wait for us at the other.
        let complaining = thread::spawn(move || err.map(all).unwrap_or_default());
        let mut done = None;
        let mut notes = 0;
        let mut lines = out.map(BufReader::new);
        while let Some(line) = lines.as_mut().and_then(line) {
            match heard(&line) {
                Some(Heard::Step(step)) => tell(step),
                Some(Heard::Note(feed, note, stands_for)) => {
                    if notes < MOST_NOTES {
                        tell(Step::Note(feed, note));
                    }
                    notes += stands_for;
                }
                Some(Heard::Done(edition, accounts)) => done = Some((edition, accounts)),
                None => {}
            }
        }
        // What says a line that is none of ours is none of ours either: it does not go on unheard.
        if lines.is_some_and(|mut lines| !lines.fill_buf().is_ok_and(<[u8]>::is_empty)) {
            self.kill();
        }
        if notes > MOST_NOTES {
            tell(Step::MoreNotes(notes - MOST_NOTES));
        }
        let said = complaining.join().unwrap_or_default();
        let (child, stopped) = if self.own.is_some() {
            (self.own.take(), false)
        } else {
            let mut state = self.running.state();
            (state.child.take(), std::mem::take(&mut state.stopped))
        };
        let status = child.and_then(|mut child| child.wait().ok());
        ended(status, &self.wanted, done, stopped, &said)
    }

    fn kill(&mut self) {
        match &mut self.own {
            // One that has ended by itself cannot be stopped any more, and needs not.
            Some(child) => _ = child.kill(),
            None => self.running.kill(),
        }
    }
}

fn start(files: &Files, folder: &Path, feeds: Option<&Path>, wanted: &Wanted) -> std::io::Result<Child> {
    // The very program that runs, also when its file was replaced meanwhile.
    let mut command = Command::new("/proc/self/exe");
    if let Some(config) = files.settings_file() {
        command.arg("--config").arg(config);
    }
    command.arg("--data").arg(folder).args(["refresh", "--json", "--brief"].map(OsStr::new));
    if let Some(feeds) = feeds {
        command.arg("--feeds").arg(feeds);
    }
    match wanted {
        Wanted::Again => _ = command.args(["--offline", "--unheard", "--wait"]),
        Wanted::Plan => _ = command.arg("--plan"),
        Wanted::Edition(Decided { accepted, held }) => {
            command.arg("--unheard");
            command.args(accepted.iter().flat_map(|(feed, seen)| ["--accept".to_owned(), format!("{feed}={seen}")]));
            command.args(held.iter().flat_map(|feed| ["--hold", feed]));
        }
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
}

/// The next line; `None` at the end, or when it is longer than any of ours.
fn line(lines: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    let read = lines.by_ref().take(MOST_BYTES).read_line(&mut line);
    read.is_ok_and(|bytes| bytes > 0 && line.ends_with('\n')).then_some(line)
}

/// Everything that is said, as far as it is told.
fn all(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    // What cannot be read says nothing; what is too long is read to its end all the same.
    let _ = pipe.by_ref().take(MOST_BYTES).read_to_end(&mut bytes);
    let _ = std::io::copy(&mut pipe, &mut std::io::sink());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a line says.
enum Heard {
    Step(Step),
    /// What is wrong with this feed, and how much that stands for.
    Note(String, String, u64),
    Done(String, Vec<Account>),
}

fn heard(line: &str) -> Option<Heard> {
    let said: Value = serde_json::from_str(line).ok()?;
    let text = |key: &str| said[key].as_str().map(tame);
    let count = |key: &str| said[key].as_u64().unwrap_or(0);
    Some(match said["event"].as_str()? {
        "feeds" => {
            Heard::Step(Step::Feeds(said["names"].as_array()?.iter().filter_map(Value::as_str).map(tame).collect()))
        }
        "asking" => Heard::Step(Step::Asking(text("name")?)),
        "got" => Heard::Step(Step::Got(text("name")?, count("bytes"), said["of"].as_u64())),
        "feed" => Heard::Step(Step::Read(text("name")?, count("rows"))),
        "phase" => Heard::Step(Step::Phase(text("name")?)),
        "plan" => Heard::Step(Step::Planned(planned(&said)?)),
        "held" => Heard::Step(Step::Held(text("feed")?, text("why")?, count("records"))),
        "kept" => Heard::Step(Step::Kept(text("feed")?, count("records"))),
        "complaint" => {
            let said_of = |parts: [Option<String>; 2], between: &str| {
                let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
                Some(parts.join(between))
            };
            let note = said_of([said_of([text("place"), text("key")], ", "), text("text")], ": ")?;
            Heard::Note(text("feed")?, note, said["stands_for"].as_u64().unwrap_or(1))
        }
        "done" => Heard::Done(text("edition")?, said["feeds"].as_array()?.iter().filter_map(account).collect()),
        _ => return None,
    })
}

fn account(said: &Value) -> Option<Account> {
    let count = |key: &str| said[key].as_u64().unwrap_or(0);
    Some(Account {
        name: tame(said["name"].as_str()?),
        rows: count("rows"),
        records: count("records"),
        joined: count("joined"),
        dropped: count("dropped"),
    })
}

fn planned(said: &Value) -> Option<Planned> {
    let text = |value: &Value| value.as_str().map(tame).unwrap_or_default();
    let count = |key: &str| said[key].as_u64().unwrap_or(0);
    let list = |key: &str| said[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let names = |key: &str| list(key).iter().map(|listing| text(&listing["name"])).collect();
    let field =
        |field: &Value| format!("{}: {} → {}", text(&field["field"]), text(&field["before"]), text(&field["after"]));
    let changed = |listing: &Value| {
        let fields = listing["fields"].as_array().map(Vec::as_slice).unwrap_or_default();
        (text(&listing["name"]), fields.iter().map(field).collect())
    };
    Some(Planned {
        feed: tame(said["feed"].as_str()?),
        sizes: [count("before"), count("after")],
        counts: [count("new"), count("different"), count("gone")],
        doubt: said["doubt"].as_str().map(tame),
        added: names("added"),
        changed: list("changed").iter().map(changed).collect(),
        removed: names("removed"),
    })
}

fn ended(
    status: Option<ExitStatus>,
    wanted: &Wanted,
    done: Option<(String, Vec<Account>)>,
    stopped: bool,
    said: &str,
) -> Refreshed {
    let code = status.and_then(|status| status.code());
    let lines = || said.lines().map(|line| tame(line.strip_prefix("porchlight: ").unwrap_or(line)));
    match (code, done) {
        (Some(0), Some((edition, accounts))) => Refreshed::Done(edition, accounts),
        (Some(0), _) if *wanted == Wanted::Plan => Refreshed::Planned,
        // It was done, and put up nothing.
        (Some(0), None) => Refreshed::Waits,
        _ if stopped => Refreshed::Stopped,
        (Some(code), _) if code == End::Busy as i32 => Refreshed::Busy,
        (Some(code), _) if code == End::Faults as i32 => Refreshed::Faults(lines().collect()),
        // What ended it is said last.
        _ => Refreshed::Failed(lines().next_back().unwrap_or_default()),
    }
}

fn told(files: &Files) -> Vec<String> {
    files.faults().iter().map(|fault| tame(&fault.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_its_key() {
        let note = |place: &str, key: &str| {
            let line = format!(
                r#"{{"event":"complaint","feed":"hill","key":{key},"place":{place},"text":"No name.","dropped":true}}"#
            );
            let Some(Heard::Note(feed, note, 1)) = heard(&line) else { panic!("{line}") };
            assert_eq!(feed, "hill");
            note
        };
        assert_eq!(note("\"row 7\"", "\"x0\""), "row 7, x0: No name.");
        assert_eq!(note("\"row 7\"", "null"), "row 7: No name.");
        assert_eq!(note("null", "\"x0\""), "x0: No name.");
        assert_eq!(note("null", "null"), "No name.");
    }
}
