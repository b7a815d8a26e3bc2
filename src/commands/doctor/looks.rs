//! What is looked at: each look says how one thing is and, where somebody should act, what to do.

use std::io::{self, IsTerminal};
use std::path::Path;

use index::shelf::Unsound;
use index::vocabulary::Vocabulary;
use rustix::process::{Resource, getrlimit};

use super::Finding;
use crate::commands::{Files, now, span};
use crate::config::{Font, Settings};
use crate::confine::{self, Bound};
use crate::store::Store;
use crate::tty;

/// Below so many free bytes no new edition fits for sure.
const ROOM: u64 = 256 * 1024 * 1024;

pub(super) fn all(files: &Files) -> Vec<Finding> {
    let (settings, mut findings) = settings(files);
    findings.extend([words(files, &settings), feeds(files)]);
    findings.extend(edition(&Store::at(files.data(&settings))));
    findings.extend([disk(&files.data(&settings)), terminal(), font(&settings), calls(), landlock(), dumps()]);
    findings
}

/// Faults that a person can act on: the first, and how many more.
fn faults(about: &'static str, faults: &[index::strict::Fault]) -> Finding {
    let first = faults.first().map(ToString::to_string).unwrap_or_default();
    let more = match faults.len() {
        0 | 1 => String::new(),
        many => format!(" (and {} more)", many - 1),
    };
    Finding::bad(about, format!("{first}{more}. All of them: porchlight check"))
}

fn settings(files: &Files) -> (Settings, Vec<Finding>) {
    match files.settings() {
        Ok(settings) => {
            let said = match files.settings_file() {
                Some(path) => format!("{} has no fault", path.display()),
                None => "there is no settings file: the defaults hold".to_owned(),
            };
            (settings, vec![Finding::good("settings", said)])
        }
        Err(wrong) => {
            let found = faults("settings", &wrong);
            // A kiosk would stand on what is sound of them, and so do the other looks.
            (files.settings_anyway().unwrap_or_else(|_| Settings::defaults()), vec![found])
        }
    }
}

fn words(files: &Files, settings: &Settings) -> Finding {
    match files.words(settings) {
        Ok(_) if settings.words.is_empty() => Finding::good("words", "the built-in ones"),
        Ok(_) => Finding::good("words", format!("{} has no fault", settings.words)),
        Err(wrong) => faults("words", &wrong),
    }
}

fn feeds(files: &Files) -> Finding {
    match files.feeds(None, files.settings().ok().as_ref()) {
        Ok(feeds) => match feeds.missing().as_slice() {
            [] => Finding::good("feeds", format!("{} ({})", feeds.name, feeds.file.feeds.len())),
            missing => faults("feeds", missing),
        },
        Err(wrong) => faults("feeds", &wrong),
    }
}

fn edition(store: &Store) -> Vec<Finding> {
    let shelf = store.shelf();
    let unsound = shelf.unsound().into_iter().filter(|(_, why)| !matches!(why, Unsound::OtherFormat(_)));
    let damaged = unsound.map(|(name, why)| {
        Finding::bad("edition", format!("{name} is not as it was put up: {why}. Put up a new one: porchlight refresh"))
    });
    let outdated = shelf.outdated().map(|name| {
        let said = "is of another version of the program. Build it again: porchlight refresh --offline";
        Finding::bad("edition", format!("{name} {said}"))
    });
    let mut findings: Vec<Finding> = damaged.chain(outdated).collect();
    // How much there is does not depend on what people type.
    findings.push(match store.open(Vocabulary::builtin()) {
        Ok(directory) => match &directory.edition {
            Some(edition) => {
                let age = now().duration_since(edition.manifest.built_at).as_secs().max(0);
                let records = directory.generation.counts().records;
                let said =
                    format!("{}, put up {} ago, {records} listings, every digest right", edition.name, span(age));
                Finding::good("edition", said)
            }
            None => Finding::note("edition", "none yet: visitors see the starter pack. Next: porchlight refresh"),
        },
        Err(fault) => Finding::bad("edition", format!("not even the starter pack can be built: {fault}")),
    });
    findings
}

/// Room on the disk of the editions, or of the nearest folder that is there.
fn disk(folder: &Path) -> Finding {
    let stat = folder.ancestors().find_map(|folder| rustix::fs::statvfs(folder).ok());
    let Some(stat) = stat else { return Finding::note("disk", "how much is free could not be found out") };
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let tenth = stat.f_blocks.saturating_mul(stat.f_frsize) / 10;
    let said = format!("{} MB free where the editions are", free / 1_000_000);
    if free < ROOM.min(tenth) {
        return Finding::bad("disk", format!("{said}: too little for a new edition. Make room"));
    }
    Finding::good("disk", said)
}

fn terminal() -> Finding {
    let term = std::env::var("TERM").unwrap_or_default();
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Finding::note("terminal", "none here: run this on the kiosk's own screen to see how it is");
    }
    let size = tty::size();
    let kind = if tty::is_console(&term) { "the Linux console" } else { "a terminal window" };
    let said = format!("{kind}, {} columns and {} rows", size.width, size.height);
    if size.width < 40 || size.height < 12 {
        return Finding::note("terminal", format!("{said}: below 40 by 12 visitors see one result at a time"));
    }
    Finding::good("terminal", said)
}

fn font(settings: &Settings) -> Finding {
    let console = tty::is_console(&std::env::var("TERM").unwrap_or_default());
    let said = match (settings.font, console) {
        (Font::Auto, true) => "the characters of a Linux console (chosen by the terminal)",
        (Font::Auto, false) => "all characters (chosen by the terminal)",
        (Font::Unicode, _) => "all characters (a setting)",
        (Font::Console, _) => "the characters of a Linux console (a setting)",
        (Font::Ascii, _) => "plain ASCII (a setting)",
    };
    Finding::good("font", said)
}

fn calls() -> Finding {
    match std::fs::read_to_string("/proc/sys/kernel/seccomp/actions_avail") {
        Ok(actions) if actions.split_whitespace().any(|action| action == "errno") => {
            Finding::good("system calls", "this kernel refuses what the glass must not do (seccomp)")
        }
        _ => Finding::bad("system calls", "this kernel has no seccomp: rely on the service's sandbox alone"),
    }
}

fn landlock() -> Finding {
    match confine::landlock() {
        Bound::Whole => Finding::good("file access", "this kernel keeps the glass to one folder (Landlock)"),
        Bound::Part(version) => {
            Finding::good("file access", format!("this kernel keeps the glass to one folder (Landlock, {version})"))
        }
        Bound::None(why) => {
            Finding::note("file access", format!("{why}. Until the directory is open, the glass can read files"))
        }
    }
}

/// A crash must not write a visitor's words to the disk.
fn dumps() -> Finding {
    if getrlimit(Resource::Core).current == Some(0) {
        return Finding::good("core dumps", "off");
    }
    let said = "a crash may write memory to the disk. Add `LimitCORE=0` to the service, or `ulimit -c 0` before it";
    Finding::note("core dumps", said)
}
