//! A glass as the keeper sees it: a process, a line to it, and the time by which it has to answer.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};
use tokio::time::{Instant, timeout};

use crate::link::{self, FromGlass, Link, ToGlass};
use crate::log::{self, Gone};

/// Opening the directory takes milliseconds; on a machine that reads it from a slow disk, seconds.
const OPENING: Duration = Duration::from_secs(30);
/// A loop that turns answers in a millisecond.
const ANSWER: Duration = Duration::from_secs(4);
/// Whoever comes so late to look at the clock was held up.
const LATE: Duration = Duration::from_secs(1);
/// A process that was killed is gone at once, unless a broken disk holds it.
const DYING: Duration = Duration::from_secs(1);
/// Writing down what staff have typed takes milliseconds; on a slow disk, a moment.
const WRITING: Duration = Duration::from_secs(2);
/// Reading every byte of the directory takes seconds, and building it anew a minute.
const CHECKING: Duration = Duration::from_secs(15 * 60);
const BUILDING: Duration = Duration::from_secs(60 * 60);

/// What this program is started as, besides the keeper itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One visitor's program.
    Glass,
    /// Reads every byte of the directory and sets damaged editions aside.
    Digests,
    /// What staff do behind their PIN, for the glass that knocks.
    Staff,
    /// From feeds to an edition: only from what is kept of them, and only when another version of the program built the
    /// newest one.
    Refresh,
    /// Ids of records in, paper out. Not started yet.
    Print,
    /// The screen read aloud. Not started yet.
    Speak,
}

impl Role {
    /// The word of the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Glass => "glass",
            Self::Digests => "digests",
            Self::Staff => "staff",
            Self::Refresh => "refresh",
            Self::Print => "print",
            Self::Speak => "speak",
        }
    }
}

/// How roles are started.
#[derive(Debug)]
pub(super) struct Plan {
    words: Vec<OsString>,
    environment: Vec<(&'static str, OsString)>,
}

impl Plan {
    pub(super) fn new(words: Vec<OsString>, term: String) -> Self {
        // Nothing else of the environment reaches a role: no LD_PRELOAD, no settings of a runtime, no way to the
        // service manager.
        let passed = ["HOME", "XDG_DATA_HOME", log::JOURNAL]
            .into_iter()
            .filter_map(|name| Some((name, std::env::var_os(name)?)));
        Self { words, environment: passed.chain([("TERM", term.into())]).collect() }
    }

    /// This very program, also when its file was replaced since: the two sides of a line are of one make.
    fn command(&self, role: Role) -> Command {
        let mut command = Command::new("/proc/self/exe");
        command.arg0("porchlight").arg(role.word()).args(&self.words);
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stderr(Stdio::null()).kill_on_drop(true);
        command
    }

    /// Starts a glass, to be opened and to wait.
    pub(super) fn start(&self, now: Instant) -> io::Result<Seat> {
        let (link, theirs) = Link::pair()?;
        let (office, to_office) = link::office()?;
        let mut glass = self.command(Role::Glass);
        let process = glass.stdin(Stdio::inherit()).stdout(theirs).stderr(to_office).spawn()?;
        Ok(Seat { process, link, ready: false, due: Some(now + OPENING), office: Some(office), staff: None })
    }

    /// Has somebody come to the other end of a glass's line to the office. Once: who wants another starts over.
    pub(super) fn answer_the_door(&self, seat: &mut Seat) {
        let Some(line) = seat.office.take() else { return };
        // Where it cannot be started, the line ends here, and the glass says that nobody comes.
        if let Ok(input) = line.try_clone() {
            seat.staff = self.command(Role::Staff).stdin(input).stdout(line).spawn().ok();
        }
    }

    /// Has the digests of the directory read, beside everything else.
    pub(super) fn check(&self) {
        beside(&mut self.command(Role::Digests), CHECKING);
    }

    /// Has the directory built again from what is kept of the feeds, when another version of the program built it:
    /// after an update nobody may be there to do it. Whether that is so, and everything else, the new process finds out.
    pub(super) fn build_again(&self) {
        beside(self.command(Role::Refresh).args(["--offline", "--outdated"]), BUILDING);
    }
}

/// Starts a process that works for nobody in particular, and ends it when it takes longer than that.
fn beside(command: &mut Command, most: Duration) {
    if let Ok(mut process) = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn() {
        tokio::spawn(async move { timeout(most, process.wait()).await.is_ok() });
    }
}

/// A glass.
#[derive(Debug)]
pub(super) struct Seat {
    process: Child,
    link: Link,
    ready: bool,
    /// By when it has to say the next word.
    due: Option<Instant>,
    /// The office's end of its line there, until somebody stands at the door.
    office: Option<OwnedFd>,
    /// Who came. Ends with the visit, at the latest.
    staff: Option<Child>,
}

impl Seat {
    /// Its next word; `None` when it is gone. Waits for ever where there is no glass.
    pub(super) async fn hear(seat: Option<&Self>) -> Option<FromGlass> {
        match seat {
            Some(seat) => seat.link.hear().await,
            None => std::future::pending().await,
        }
    }

    /// A glass that cannot be told anything does not answer either, and its time runs.
    pub(super) fn say(&self, word: ToGlass) {
        let _ = self.link.say(word);
    }

    pub(super) fn opened(&mut self) {
        (self.ready, self.due) = (true, None);
    }

    pub(super) fn is_ready(&self) -> bool {
        self.ready
    }

    /// Gives it the terminal, and asks at once whether it stands.
    pub(super) fn go(&mut self, now: Instant) {
        self.say(ToGlass::Go);
        self.beat(now);
    }

    /// Asks whether it is alive. One that is being opened, or was asked before, has its time already.
    pub(super) fn beat(&mut self, now: Instant) {
        if self.due.is_none() {
            self.say(ToGlass::Beat);
            self.due = Some(now + ANSWER);
        }
    }

    pub(super) fn answered(&mut self) {
        self.due = self.due.filter(|_| !self.ready);
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.due
    }

    /// Whether its time is over. When it is we who were held up, it may have answered long ago, and gets more time.
    pub(super) fn is_silent(&mut self, now: Instant) -> bool {
        let over = self.due.is_some_and(|due| due <= now);
        if over && self.due.is_some_and(|due| due + LATE <= now) {
            self.due = Some(now + ANSWER);
            return false;
        }
        over
    }

    /// How it ended, when it has by itself. Waits a moment for what is ending.
    pub(super) async fn gone(&mut self) -> Gone {
        match timeout(DYING, self.process.wait()).await {
            Ok(Ok(status)) => {
                status.signal().map(Gone::Signal).or(status.code().map(Gone::Code)).unwrap_or(Gone::Unknown)
            }
            _ => Gone::Unknown,
        }
    }

    /// Kills it and whoever works for it, and waits until its memory is nobody's and it can write no more.
    pub(super) async fn end(mut self) {
        let _ = timeout(DYING, self.process.kill()).await;
        if let Some(mut staff) = self.staff {
            // Without its line it ends by itself, as soon as what it is writing down is written.
            let _ = timeout(WRITING, staff.wait()).await;
            let _ = timeout(DYING, staff.kill()).await;
        }
    }
}
