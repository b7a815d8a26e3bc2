//! Looking over the machine and the program, in plain words for staff; and attacking ourselves, to see what a glass
//! that was taken over could do.

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{End, Files};

mod attack;
mod looks;
mod tries;

/// The options of `doctor`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Try to break out, in the confinement of the glass, and show what the system refused.
    #[arg(long)]
    attack: bool,
    /// Answer as one JSON object.
    #[arg(long)]
    json: bool,
    /// The part that this process plays in the attack.
    #[arg(long, hide = true, requires = "attack")]
    part: Option<Part>,
    /// What it is played with.
    #[arg(long, hide = true, requires = "part")]
    stage: Option<String>,
}

/// The processes of an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Tries everything, confined as a glass is.
    Glass,
    /// Tries everything, as any program of this user could.
    Open,
    /// Is there to be attacked.
    Victim,
}

/// How something that was looked at is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    /// As it should be.
    Good,
    /// Worth knowing.
    Note,
    /// Somebody should act.
    Bad,
}

/// What was found, about one thing.
#[derive(Clone, Debug, Serialize)]
struct Finding {
    state: State,
    about: &'static str,
    said: String,
}

impl Finding {
    fn good(about: &'static str, said: impl Into<String>) -> Self {
        Self { state: State::Good, about, said: said.into() }
    }

    fn note(about: &'static str, said: impl Into<String>) -> Self {
        Self { state: State::Note, about, said: said.into() }
    }

    fn bad(about: &'static str, said: impl Into<String>) -> Self {
        Self { state: State::Bad, about, said: said.into() }
    }
}

#[derive(Serialize)]
struct Told<'a> {
    sound: bool,
    findings: &'a [Finding],
}

pub(super) fn run(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    if options.attack {
        return match options.part {
            Some(part) => attack::play(part, files, options.stage.as_deref().unwrap_or_default(), out),
            None => attack::run(files, options.json, out),
        };
    }
    let findings = looks::all(files);
    let sound = findings.iter().all(|finding| finding.state != State::Bad);
    if options.json {
        serde_json::to_writer(&mut *out, &Told { sound, findings: &findings }).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for Finding { state, about, said } in &findings {
            let word = match state {
                State::Good => "good",
                State::Note => "note",
                State::Bad => "BAD ",
            };
            writeln!(out, "{word}  {about:<14}{said}")?;
        }
        let last = if sound { "The kiosk can stand." } else { "Something needs your attention: see BAD above." };
        writeln!(out, "\n{last}")?;
    }
    Ok(if sound { End::Done } else { End::Failed })
}
