//! The attack on ourselves: a child of the same program tries to break out, once as any program of this user could and
//! once confined as a glass is, and what each was allowed is shown side by side.
//!
//! Everything is tried on things that were made for it: a folder, a file, a listening port, a process that waits.

use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use index::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};

use super::Part;
use super::tries::{self, Expected, Outcome, TRIES};
use crate::commands::{End, Files};
use crate::config::Settings;
use crate::confine::{self, Bound};
use crate::store::Store;

/// What the attacker is told of the stage.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stage {
    /// A folder with the files `victim` and `dropped`, a program.
    pub(super) folder: PathBuf,
    /// A port on this machine on which somebody listens.
    pub(super) port: u16,
    /// A process that waits.
    pub(super) process: i32,
    /// An address in its memory.
    pub(super) address: usize,
    /// Where the editions are.
    pub(super) data: PathBuf,
}

/// What an attacker says, a line each.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    /// How it is confined: files, calls.
    Bounds { files: String, calls: String },
    /// How a try ended.
    Try { name: String, outcome: Outcome },
}

/// One row of the matrix.
#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    /// Any program of this user.
    open: Outcome,
    glass: Outcome,
    expected: Expected,
    fine: bool,
}

#[derive(Serialize)]
struct Told<'a> {
    sound: bool,
    files: &'a str,
    calls: &'a str,
    tries: &'a [Row],
}

pub(super) fn run(files: &Files, json: bool, out: &mut impl Write) -> Result<End> {
    let settings = files.settings().unwrap_or_else(|_| Settings::defaults());
    let data = files.data(&settings);
    let open = attacked(Part::Open, &data)?;
    let glass = attacked(Part::Glass, &data)?;
    let outcome = |lines: &[Line], of: &str| {
        let found = lines.iter().find_map(|line| match line {
            Line::Try { name, outcome } if name == of => Some(outcome.clone()),
            _ => None,
        });
        found.unwrap_or_else(|| Outcome::Impossible("the attacker did not come back".to_owned()))
    };
    let rows: Vec<Row> = TRIES
        .iter()
        .map(|tried| {
            let (open, glass) = (outcome(&open, tried.name), outcome(&glass, tried.name));
            Row { name: tried.name, fine: tried.expected.met(&glass), open, glass, expected: tried.expected }
        })
        .collect();
    let bounds = glass.iter().find_map(|line| match line {
        Line::Bounds { files, calls } => Some((files.as_str(), calls.as_str())),
        Line::Try { .. } => None,
    });
    let (bound_files, bound_calls) = bounds.unwrap_or_default();
    let sound = rows.iter().all(|row| row.fine);
    if json {
        let told = Told { sound, files: bound_files, calls: bound_calls, tries: &rows };
        serde_json::to_writer(&mut *out, &told).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        table(&rows, out)?;
        writeln!(out, "\nfile access (Landlock): {bound_files}\nsystem calls (seccomp): {bound_calls}")?;
        let broken = rows.iter().filter(|row| !row.fine).count();
        match broken {
            0 => writeln!(out, "The glass is shut.")?,
            _ => writeln!(out, "NOT SHUT: {broken} of {} tries did not end as they must.", rows.len())?,
        }
    }
    Ok(if sound { End::Done } else { End::Failed })
}

fn table(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{:<52}{:<22}{:<22}expected", "tried", "any program", "the glass")?;
    for row in rows {
        let mark = if row.fine { "" } else { "   <-- NOT AS EXPECTED" };
        let (open, glass) = (row.open.to_string(), row.glass.to_string());
        writeln!(out, "{:<52}{open:<22}{glass:<22}{}{mark}", row.name, row.expected.word())?;
    }
    let untried = rows.iter().find_map(|row| match &row.glass {
        Outcome::Untried(why) => Some(why),
        _ => None,
    });
    untried.map_or(Ok(()), |why| writeln!(out, "\nnot tried: {why}"))
}

/// Sets a stage, lets an attacker play on it, and clears it away.
fn attacked(part: Part, data: &Path) -> Result<Vec<Line>> {
    let folder = Folder::make()?;
    fs::write(folder.0.join("victim"), "a file\n")?;
    let dropped = folder.0.join("dropped");
    fs::write(&dropped, "#!/bin/sh\nexit 0\n")?;
    fs::set_permissions(&dropped, fs::Permissions::from_mode(0o755))?;
    let listener = TcpListener::bind("127.0.0.1:0").context("nobody could be set to listen")?;
    let mut victim = ours(Part::Victim, data, "").stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    let staged = stage(&folder.0, &listener, &victim, data).map(|stage| play_on(part, data, &stage));
    // It may have been killed already: that is what it was there for.
    let _ = victim.kill();
    let _ = victim.wait();
    staged?
}

fn stage(folder: &Path, listener: &TcpListener, victim: &Child, data: &Path) -> Result<Stage> {
    let process = i32::try_from(victim.id())?;
    let maps = fs::read_to_string(format!("/proc/{process}/maps"))?;
    let address = maps.split('-').next().and_then(|start| usize::from_str_radix(start, 16).ok());
    Ok(Stage {
        folder: folder.to_owned(),
        port: listener.local_addr()?.port(),
        process,
        address: address.context("the process that waits has no memory")?,
        data: data.to_owned(),
    })
}

fn play_on(part: Part, data: &Path, stage: &Stage) -> Result<Vec<Line>> {
    let told = serde_json::to_string(stage)?;
    let played = ours(part, data, &told).stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    let said = String::from_utf8_lossy(&played.stdout);
    let lines: Vec<Line> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if lines.is_empty() {
        bail!("the attacker said nothing and ended with {}", played.status);
    }
    Ok(lines)
}

/// This program, in a part.
fn ours(part: Part, data: &Path, stage: &str) -> Command {
    // The running program itself, also when an update has replaced its file.
    let mut command = Command::new("/proc/self/exe");
    let part = match part {
        Part::Glass => "glass",
        Part::Open => "open",
        Part::Victim => "victim",
    };
    command.arg("--data").arg(data).args(["doctor", "--attack", "--part", part, "--stage", stage]);
    command
}

/// Plays a part.
pub(super) fn play(part: Part, files: &Files, stage: &str, out: &mut impl Write) -> Result<End> {
    if part == Part::Victim {
        // Until it is killed, or whoever started it is gone.
        let _ = io::stdin().read(&mut [0]);
        return Ok(End::Done);
    }
    let stage: Stage = serde_json::from_str(stage)?;
    let held = tries::Held::take()?;
    if part == Part::Glass {
        confine_as_a_glass(files, out)?;
    }
    for tried in TRIES {
        let outcome = if part == Part::Open && tried.only_confined {
            Outcome::Untried("it would do harm".to_owned())
        } else {
            (tried.go)(&stage, &held)
        };
        line(out, &Line::Try { name: tried.name.to_owned(), outcome })?;
    }
    Ok(End::Done)
}

/// In the same order as a glass: bound first, then the directory, then no file at all.
fn confine_as_a_glass(files: &Files, out: &mut impl Write) -> Result<()> {
    let settings = files.settings().unwrap_or_else(|_| Settings::defaults());
    let data = files.data(&settings);
    let confined = confine::glass(&data);
    let directory = Store::at(data).open(Vocabulary::builtin())?;
    let sealed = confine::seal();
    drop(directory);
    let calls = match (confined.calls, sealed) {
        (Bound::Whole, Bound::Whole) => "holds".to_owned(),
        (bound, Bound::Whole) | (_, bound) => said(bound),
    };
    line(out, &Line::Bounds { files: said(confined.files), calls })
}

fn said(bound: Bound) -> String {
    match bound {
        Bound::Whole => "holds".to_owned(),
        Bound::Part(what) => format!("holds, {what}"),
        Bound::None(why) => format!("DOES NOT HOLD: {why}"),
    }
}

/// Says a line at once: the next try may be the end.
fn line(out: &mut impl Write, line: &Line) -> Result<()> {
    serde_json::to_writer(&mut *out, line).map_err(io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

/// A folder of our own among the temporary ones, gone in the end.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Self> {
        // A folder that is there already is somebody else's: the next number, then.
        for number in 0..100 {
            let path = std::env::temp_dir().join(format!("porchlight-attack-{}-{number}", std::process::id()));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {}
                Err(fault) => return Err(fault).context("there is no folder for temporary files"),
            }
        }
        bail!("the folder for temporary files is full of attacks")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be cleared away lies among the temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}
