//! Adding listings: a table of Porchlight's own form from a file, or made of what the command line says.

use std::io::{self, Read};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use index::overrides::{self, Draft, Overrides, Piece, What};
use index::record::RecordId;
use index::strict;

use super::{Again, Desk, Wanted, report, wrong};
use crate::commands::End;
use crate::store;

/// The options of `add`.
#[derive(Debug, Args)]
pub(in crate::commands) struct Add {
    /// A file with tables of Porchlight's own form, like [[meeting]]; - reads standard input.
    #[arg(value_name = "FILE", required_unless_present = "kind", conflicts_with = "kind")]
    file: Option<PathBuf>,
    /// Of which kind it is: meeting, housing, organization, service, publication or topic.
    #[arg(long, requires = "name")]
    kind: Option<String>,
    /// What it is called.
    #[arg(long, requires = "kind")]
    name: Option<String>,
    /// Of a service or an organization, of which sort it is.
    #[arg(long, requires = "kind")]
    sort: Option<String>,
    /// When, like "Tue 19:00-20:00". May be said several times.
    #[arg(long, requires = "kind")]
    times: Vec<String>,
    /// The building.
    #[arg(long, requires = "kind")]
    place: Option<String>,
    /// Street and number.
    #[arg(long, requires = "kind")]
    street: Option<String>,
    /// The town.
    #[arg(long, requires = "kind")]
    city: Option<String>,
    /// A telephone number.
    #[arg(long, requires = "kind")]
    phone: Option<String>,
    /// A web address.
    #[arg(long, requires = "kind")]
    website: Option<String>,
    /// What it is, in a few words.
    #[arg(long, requires = "kind")]
    summary: Option<String>,
    #[command(flatten)]
    again: Again,
}

impl Add {
    pub(super) fn again(&self) -> &Again {
        &self.again
    }

    pub(super) fn what(&self, desk: &Desk, overrides: &Overrides) -> Result<Wanted> {
        let timezone = desk.settings.zone.iana_name();
        let vocabulary = desk.words.vocabulary();
        let before = overrides.added(timezone, vocabulary).records;
        let (name, toml) = if let Some(file) = &self.file {
            match bytes(file)? {
                Ok(read) => read,
                Err(end) => return Ok(Err(end)),
            }
        } else {
            let is_taken = |id: &RecordId| before.iter().any(|record| record.id == *id);
            ("what you said".to_owned(), self.draft().to_toml(is_taken))
        };
        let harvest = overrides::harvest(&toml, timezone, vocabulary);
        for complaint in &harvest.complaints {
            let place = complaint.place.map(|place| format!("{place}: ")).unwrap_or_default();
            report(&format!("{name}, {place}{}", complaint.text));
        }
        if !harvest.complaints.is_empty() || harvest.records.is_empty() {
            return Ok(Err(wrong(&format!("{name} was not added; it must be a listing without a fault"))));
        }
        if let Some(twice) = harvest.records.iter().find(|new| before.iter().any(|old| old.id == new.id)) {
            let text = format!("{} was added before; remove that first, or give this one another key", twice.id);
            return Ok(Err(wrong(&text)));
        }
        Ok(Ok(What::Add(toml)))
    }

    /// What the command line says.
    fn draft(&self) -> Draft {
        let times = Some(self.times.join("; ")).filter(|times| !times.is_empty());
        let said = [
            (Piece::Name, &self.name),
            (Piece::Sort, &self.sort),
            (Piece::Times, &times),
            (Piece::Place, &self.place),
            (Piece::Street, &self.street),
            (Piece::City, &self.city),
            (Piece::Phone, &self.phone),
            (Piece::Website, &self.website),
            (Piece::Summary, &self.summary),
        ];
        let pieces = said.into_iter().filter_map(|(piece, said)| Some((piece, said.clone()?)));
        Draft { kind: self.kind.clone().unwrap_or_default(), pieces: pieces.collect() }
    }
}

/// The name and the text of a file, or of standard input.
fn bytes(file: &std::path::Path) -> Result<Result<(String, String), End>> {
    let name = if file.as_os_str() == "-" { "standard input".to_owned() } else { file.display().to_string() };
    let bytes = if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().take(strict::MOST_BYTES as u64 + 1).read_to_end(&mut bytes).context("standard input")?;
        bytes
    } else {
        match store::bytes(file, strict::MOST_BYTES) {
            Ok(bytes) => bytes,
            Err(fault) => return Ok(Err(wrong(&format!("{name}: {}", store::plain(&fault))))),
        }
    };
    Ok(match strict::decode(&name, &bytes) {
        Ok(text) => Ok((name, text.to_owned())),
        Err(fault) => Err(wrong(&fault.to_string())),
    })
}
