//! What a refresh tells on its way: sentences for people, or a line of JSON for machines.

use std::io::{self, Write};

use index::feed::Complaint;
use index::plan::{Change, Doubt, FieldChange, Listing, Plan};
use serde::Serialize;

use super::Options;
use super::bar::Bars;
use crate::refresh::{Account, Gathered, Step};

/// So many listings of each list are enough for a look.
const BRIEF: usize = 50;

/// Tells steps and the end, in one of two ways.
pub(super) struct Teller<'a, W: Write> {
    json: bool,
    /// Tell of every listing that would change.
    whole_plan: bool,
    /// So many listings of each list of a plan are told.
    most: usize,
    bars: Bars,
    out: &'a mut W,
    /// The first error of writing; after it nothing more is written.
    broken: Option<io::Error>,
}

/// A line of JSON. The order of the fields is the order in the line.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Event<'a> {
    #[serde(rename = "nothing-due")]
    NothingDue,
    Waits {
        feeds: Vec<&'a str>,
    },
    Feeds {
        names: &'a [String],
    },
    Asking {
        name: &'a str,
    },
    Got {
        name: &'a str,
        bytes: u64,
        of: Option<u64>,
    },
    Feed {
        name: &'a str,
        rows: usize,
    },
    Complaint {
        feed: &'a str,
        key: Option<&'a str>,
        place: Option<String>,
        text: &'a str,
        dropped: bool,
        /// How many it stands for, where that is not itself alone.
        #[serde(skip_serializing_if = "is_one")]
        stands_for: usize,
    },
    Plan {
        feed: &'a str,
        before: usize,
        after: usize,
        new: usize,
        different: usize,
        gone: usize,
        added: Vec<Named<'a>>,
        changed: Vec<Changed<'a>>,
        removed: Vec<Named<'a>>,
        doubt: Option<String>,
    },
    Kept {
        feed: &'a str,
        records: usize,
    },
    Phase {
        name: &'static str,
    },
    Held {
        feed: &'a str,
        why: String,
        records: usize,
    },
    Done {
        edition: &'a str,
        feeds: Vec<Row<'a>>,
    },
}

/// A listing of a plan.
#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: &'a str,
}

/// A listing of a plan that says something else.
#[derive(Serialize)]
struct Changed<'a> {
    #[serde(flatten)]
    listing: Named<'a>,
    fields: Vec<Field<'a>>,
}

#[derive(Serialize)]
struct Field<'a> {
    #[serde(rename = "field")]
    name: &'a str,
    before: &'a str,
    after: &'a str,
}

/// The account of a feed in the last line: `rows = records + joined + dropped`.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    rows: usize,
    records: usize,
    joined: usize,
    dropped: usize,
    complaints: usize,
}

impl<'a, W: Write> Teller<'a, W> {
    pub(super) fn new(options: &Options, out: &'a mut W) -> Self {
        let most = if options.brief { BRIEF } else { usize::MAX };
        let bars = Bars::new(!options.json);
        Self { json: options.json, whole_plan: options.plan, most, bars, out, broken: None }
    }

    pub(super) fn tell(&mut self, step: &Step) {
        if self.broken.is_some() {
            return;
        }
        self.bars.step(step);
        let bars = std::mem::take(&mut self.bars);
        let written = bars.aside(|| self.say(step));
        self.bars = bars;
        self.broken = written.err();
    }

    fn say(&mut self, step: &Step) -> io::Result<()> {
        match step {
            _ if self.json => self.line(&event(step, self.most)),
            Step::Feeds(_) | Step::Asking { .. } | Step::Got { .. } | Step::Phase(_) => Ok(()),
            Step::Planned { feed, plan, doubt } => self.planned(feed, plan, *doubt),
            _ => writeln!(self.out, "{}", sentence(step)),
        }
    }

    /// What a feed would change, for people.
    fn planned(&mut self, feed: &str, plan: &Plan, doubt: Option<Doubt>) -> io::Result<()> {
        let Plan { added, changed, removed, .. } = plan;
        let counts = format!("{} new, {} changed, {} gone", added.len(), changed.len(), removed.len());
        if !self.whole_plan {
            return if plan.is_empty() { Ok(()) } else { writeln!(self.out, "{feed}: {counts}") };
        }
        writeln!(self.out, "{feed}: {} listings before, {} now: {counts}", plan.before, plan.after)?;
        if let Some(doubt) = doubt {
            writeln!(self.out, "  ! would be held back: {doubt}")?;
        }
        for Listing { id, name } in added {
            writeln!(self.out, "  + {name} ({id})")?;
        }
        for Listing { id, name } in removed {
            writeln!(self.out, "  - {name} ({id})")?;
        }
        for Change { listing, fields } in changed {
            writeln!(self.out, "  ~ {} ({})", listing.name, listing.id)?;
            for FieldChange { field, before, after } in fields {
                let said = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("\"{text}\"") };
                writeln!(self.out, "      {field}: {} -> {}", said(before), said(after))?;
            }
        }
        Ok(())
    }

    /// Whether everything so far could be written.
    pub(super) fn whole(&mut self) -> io::Result<()> {
        self.broken.take().map_or(Ok(()), Err)
    }

    fn line(&mut self, event: &Event<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, event)?;
        writeln!(self.out)
    }

    /// No feed is due; this one is the next.
    pub(super) fn nothing_due(&mut self, next: Option<&str>) -> io::Result<()> {
        self.bars.end();
        if self.json {
            return self.line(&Event::NothingDue);
        }
        let next = next.map(|next| format!("; the next one is {next}")).unwrap_or_default();
        writeln!(self.out, "No feed is due{next}.")
    }

    /// Nothing new is put up: all that was read is held back, and waits for staff.
    pub(super) fn waits(&mut self, gathered: &Gathered) -> io::Result<()> {
        let feeds: Vec<&str> = gathered.held.keys().map(String::as_str).collect();
        self.table(&gathered.accounts)?;
        if self.json {
            return self.line(&Event::Waits { feeds });
        }
        let feeds = feeds.join(", ");
        writeln!(
            self.out,
            "Nothing new was put up; the standing edition stays. Held back, and waiting for you: {feeds}."
        )
    }

    pub(super) fn done(&mut self, edition: &str, gathered: &Gathered) -> io::Result<()> {
        self.bars.end();
        if self.json {
            let feeds = gathered.accounts.iter().map(row).collect();
            return self.line(&Event::Done { edition, feeds });
        }
        self.table(&gathered.accounts)?;
        writeln!(self.out, "Put up edition {edition} with {} records.", gathered.records.len())
    }

    /// What became of the rows of each feed, for people.
    pub(super) fn table(&mut self, accounts: &[Account]) -> io::Result<()> {
        self.bars.end();
        if self.json {
            return Ok(());
        }
        let width = accounts.iter().map(|account| account.name.chars().count()).max().unwrap_or(0).max(4);
        writeln!(
            self.out,
            "\n{:width$}  {:>7} {:>7} {:>7} {:>7}  notes",
            "feed", "rows", "records", "joined", "dropped"
        )?;
        for Account { name, rows, records, joined, dropped, complaints } in accounts {
            writeln!(self.out, "{name:width$}  {rows:>7} {records:>7} {joined:>7} {dropped:>7}  {complaints}")?;
        }
        writeln!(self.out)
    }
}

fn event(step: &Step, most: usize) -> Event<'_> {
    match step {
        Step::Feeds(names) => Event::Feeds { names },
        Step::Asking { feed } => Event::Asking { name: feed },
        Step::Got { feed, got } => Event::Got { name: feed, bytes: got.bytes, of: got.of },
        Step::Read { feed, rows } => Event::Feed { name: feed, rows: *rows },
        Step::Complaint(complaint @ Complaint { feed, key, text, dropped, stands_for, .. }) => {
            let (key, place) = (key.as_deref(), complaint.at());
            Event::Complaint { feed, key, place, text, dropped: *dropped, stands_for: *stands_for }
        }
        Step::Planned { feed, plan, doubt } => Event::Plan {
            feed,
            before: plan.before,
            after: plan.after,
            new: plan.added.len(),
            different: plan.changed.len(),
            gone: plan.removed.len(),
            added: plan.added.iter().take(most).map(named).collect(),
            changed: plan.changed.iter().take(most).map(changed).collect(),
            removed: plan.removed.iter().take(most).map(named).collect(),
            doubt: doubt.map(|doubt| doubt.to_string()),
        },
        Step::Phase(phase) => Event::Phase { name: phase.word() },
        Step::Kept { feed, records } => Event::Kept { feed, records: *records },
        Step::Held { feed, doubt, records } => Event::Held { feed, why: doubt.to_string(), records: *records },
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_one(count: &usize) -> bool {
    *count == 1
}

fn named(listing: &Listing) -> Named<'_> {
    Named { id: listing.id.as_str(), name: &listing.name }
}

fn field(FieldChange { field, before, after }: &FieldChange) -> Field<'_> {
    Field { name: field, before, after }
}

fn changed(Change { listing, fields }: &Change) -> Changed<'_> {
    Changed { listing: named(listing), fields: fields.iter().map(field).collect() }
}

fn row(account: &Account) -> Row<'_> {
    let Account { name, rows, records, joined, dropped, complaints } = account;
    Row { name, rows: *rows, records: *records, joined: *joined, dropped: *dropped, complaints: *complaints }
}

fn sentence(step: &Step) -> String {
    match step {
        Step::Read { feed, rows: 1 } => format!("{feed}: read, 1 row"),
        Step::Read { feed, rows } => format!("{feed}: read, {rows} rows"),
        Step::Complaint(complaint @ Complaint { feed, key, text, dropped, .. }) => {
            let place = complaint.at().map(|place| format!(", {place}")).unwrap_or_default();
            let key = key.as_ref().map(|key| format!(", {key}")).unwrap_or_default();
            let left = if *dropped { " (left out)" } else { "" };
            format!("{feed}{place}{key}: {text}{left}")
        }
        Step::Feeds(names) => names.join(", "),
        Step::Asking { feed } | Step::Got { feed, .. } => format!("{feed}: asking"),
        Step::Phase(phase) => phase.word().to_owned(),
        Step::Planned { feed, plan, .. } => format!("{feed}: {} listings", plan.after),
        Step::Held { feed, doubt, records } => format!(
            "{feed}: HELD BACK, {doubt}; its {records} listings of before stay. Look at it with: porchlight refresh \
             --plan. If it is right: porchlight refresh --accept {feed}"
        ),
        Step::Kept { feed, records: 1 } => format!("{feed}: gave nothing today; its record of the last edition stays"),
        Step::Kept { feed, records } => {
            format!("{feed}: gave nothing today; its {records} records of the last edition stay")
        }
    }
}
