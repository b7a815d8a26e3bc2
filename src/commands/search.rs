//! Searching at the command line: the same question, the same directory, the same answer as at the glass.

use std::fmt::Write as _;
use std::io::{self, BufRead, Write};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use index::generation::Generation;
use index::query::{Answer, Here, Hit, Query, Relaxation, Section, Wish};
use index::text;
use index::vocabulary::Vocabulary;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use self::told::Told;
use super::{End, Files, now, tell, wrong};
use crate::app::LONGEST;
use crate::ask::whole_query;
use crate::event::Question;
use crate::store::Store;

mod told;

/// The options of `search`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Answer as one JSON object a line.
    #[arg(long)]
    json: bool,
    /// Read questions from standard input, one a line.
    #[arg(long)]
    stdin: bool,
    /// Answer as if it were this moment, like 2026-11-24T18:00 (in the time zone of the settings).
    #[arg(long, value_name = "MOMENT")]
    now: Option<String>,
    /// Show at most so many.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// What a visitor would type.
    #[arg(value_name = "WORDS", required_unless_present = "stdin", conflicts_with = "stdin")]
    words: Vec<String>,
}

pub(super) fn run(files: &Files, options: &Options, out: &mut impl Write) -> Result<End> {
    let Ok(settings) = files.settings().inspect_err(|faults| tell(faults)) else { return Ok(End::Faults) };
    let moment = match &options.now {
        None => now().to_zoned(settings.zone.clone()),
        Some(said) => match moment(said, &settings.zone) {
            Some(moment) => moment,
            None => return Ok(wrong(&format!("--now {said}: it must be a date and a time, like 2026-11-24T18:00"))),
        },
    };
    let Ok(words) = files.words(&settings).inspect_err(|faults| tell(faults)) else { return Ok(End::Faults) };
    let vocabulary = words.vocabulary();
    let directory = Store::at(files.data(&settings)).open(vocabulary)?;
    let desk = Desk {
        generation: &directory.generation,
        vocabulary,
        here: Here { now: moment, point: settings.point },
        limit: options.limit,
    };
    if options.stdin {
        for line in io::stdin().lock().split(b'\n') {
            let line = line.context("standard input cannot be read")?;
            desk.answer(&String::from_utf8_lossy(&line), options.json, out)?;
            // Whoever asks line by line waits for each answer.
            out.flush()?;
        }
    } else {
        desk.answer(&options.words.join(" "), options.json, out)?;
    }
    Ok(End::Done)
}

/// A moment as staff write it: with a zone, with an offset, or by the clock on the kiosk's wall.
fn moment(said: &str, zone: &TimeZone) -> Option<Zoned> {
    let zoned = || said.parse::<Zoned>().ok();
    let absolute = || said.parse::<Timestamp>().ok().map(|moment| moment.to_zoned(zone.clone()));
    let wall = || said.parse::<DateTime>().ok().and_then(|wall| wall.to_zoned(zone.clone()).ok());
    zoned().or_else(absolute).or_else(wall)
}

/// Where questions are answered.
struct Desk<'a> {
    generation: &'a Generation,
    vocabulary: &'a Vocabulary,
    here: Here,
    limit: usize,
}

impl Desk<'_> {
    fn answer(&self, typed: &str, json: bool, out: &mut impl Write) -> Result<()> {
        // The search line at the glass holds no more.
        let typed: String = typed.trim_end_matches('\r').chars().take(LONGEST).collect();
        let question = Question { typed, ..Question::default() };
        let started = watch();
        let query = whole_query(self.generation, &question, self.vocabulary, &self.here);
        let answer = self.generation.search(&query, self.limit);
        let took = started.elapsed();
        if json {
            serde_json::to_writer(&mut *out, &Told::new(&query, &answer, self.here.now.date(), took))
                .map_err(io::Error::from)?;
            writeln!(out)?;
        } else {
            // What comes in through a pipe may hold anything; what goes out to a terminal may not.
            let typed = text::clean(&question.typed, LONGEST);
            out.write_all(page(&typed, &query, &answer, &self.here).as_bytes())?;
        }
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "how long an answer took is part of the answer")]
fn watch() -> Instant {
    Instant::now()
}

/// An answer for a person's eyes.
fn page(typed: &str, query: &Query, answer: &Answer, here: &Here) -> String {
    let mut page = match (answer.total, answer.all()) {
        (0, 0) => format!("Nothing found for: {typed}\n"),
        (0, all) => format!("Nothing fits all of: {typed}; {all} under headings of their own\n"),
        (total, all) if all > total => {
            format!("{total} found for: {typed}; {} more under headings of their own\n", all - total)
        }
        (total, _) => format!("{total} found for: {typed}\n"),
    };
    let told = |wish: &Wish| format!("{} {}", wish.kind(), wish.value());
    if query.danger {
        page.push_str("  (the crisis lines are shown first)\n");
    }
    for constraint in &query.constraints {
        let _ = writeln!(page, "  [{}]", told(&constraint.wish));
    }
    if let Some(place) = &query.nowhere {
        let _ = writeln!(page, "  (no place of this name is listed: {})", text::clean(place, LONGEST));
    }
    if query.lost {
        page.push_str("  (what is near is not known: the settings do not say where the kiosk stands)\n");
    }
    if let Some(relaxed) = &answer.relaxed {
        let fitting = match relaxed.fitting {
            0 => "nothing fits all of it; without".to_owned(),
            some => format!("{some} fit all of it; the others without"),
        };
        for wish in relaxed.wishes() {
            let _ = writeln!(page, "  ({fitting}: {})", told(wish));
        }
    }
    for word in answer.relaxed.iter().flat_map(Relaxation::words) {
        let _ = writeln!(page, "  (some of these lack the word: {word})");
    }
    for (typed, meant) in &answer.spelled {
        let _ = writeln!(page, "  (nobody writes {typed}; searched for: {meant})");
    }
    let mut section = Section::Fits;
    for (place, hit) in answer.hits.iter().enumerate() {
        if hit.section != section {
            section = hit.section;
            page.push_str(match section {
                Section::Fits => "",
                Section::About => "  To read about it:\n",
                Section::Unsaid => "  These do not say it, and may fit:\n",
                Section::Online => "  Also online:\n",
            });
        }
        let record = &hit.record;
        let mark = if record.sample { ", SAMPLE" } else { "" };
        let _ = writeln!(page, "{:>3}. {} ({}{mark})", place + 1, record.name.plain, record.kind().word());
        let city = record.place.as_ref().map(|place| place.city.as_str()).filter(|city| !city.is_empty());
        let facts = [hit.next.as_ref().map(|next| when(&next.start, here)), city.map(str::to_owned), away(hit)];
        let facts: Vec<String> = facts.into_iter().flatten().chain([record.id.to_string()]).collect();
        let _ = writeln!(page, "     {}", facts.join(" · "));
    }
    page
}

/// A start as staff read it, with its zone when that is not the kiosk's.
fn when(start: &Zoned, here: &Here) -> String {
    let far = start.offset() != here.now.offset();
    start.strftime(if far { "%a %b %-d, %-I:%M %P %Z" } else { "%a %b %-d, %-I:%M %P" }).to_string()
}

fn away(hit: &Hit) -> Option<String> {
    hit.distance_m.map(|metres| format!("{:.1} miles", metres / 1609.344))
}
