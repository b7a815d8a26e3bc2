//! Which listing is meant: by its id, or by words that fit exactly one.

use std::sync::Arc;

use anyhow::Result;
use index::overrides::{Field, Target as Meant, What};
use index::query::{Here, Hit, Section};
use index::record::{Details, Record, RecordId};
use index::strict;
use index::text;

use super::{Desk, Target, Wanted, report, wrong};
use crate::app::LONGEST;
use crate::ask::whole_query;
use crate::commands::{End, now};
use crate::event::Question;
use crate::store::Store;

/// So many listings are named when words fit several.
const NAMED: usize = 20;

impl Desk {
    pub(super) fn target(&self, target: &Target) -> Result<Result<Meant, End>> {
        match (&target.what, &target.building) {
            (_, Some(building)) => {
                let city = target.city.clone().unwrap_or_default();
                Ok(Ok(Meant::Building { building: building.clone(), city }))
            }
            (Some(what), None) => Ok(self.listing(what)?.map(|record| Meant::Listing(record.id.clone()))),
            (None, None) => Ok(Err(wrong("say which listing, or --building"))),
        }
    }

    /// The listing that these words name. Several or none are told, and end the command.
    pub(super) fn listing(&self, words: &str) -> Result<Result<Arc<Record>, End>> {
        let vocabulary = self.words.vocabulary();
        let generation = Store::at(self.folder.clone()).open(vocabulary)?.generation;
        if let Some(record) = generation.record(&RecordId::from(words.trim())) {
            return Ok(Ok(record));
        }
        let here = Here { now: now().to_zoned(self.settings.zone.clone()), point: self.settings.point };
        let typed: String = words.chars().take(LONGEST).collect();
        let question = Question { typed: typed.clone(), ..Question::default() };
        let answer = generation.search(&whole_query(&generation, &question, vocabulary, &here), NAMED);
        let fits = answer.relaxed.as_ref().is_none_or(|relaxed| relaxed.fitting > 0);
        let hits: Vec<&Hit> =
            answer.hits.iter().filter(|hit| fits && hit.section == Section::Fits && hit.tier <= 1).collect();
        let named = |hit: &&&Hit| text::words(&hit.record.name.plain).eq(text::words(&typed));
        let mut bearers = hits.iter().filter(named);
        let one = match (bearers.next(), bearers.next()) {
            (Some(one), None) => Some(*one),
            _ if hits.len() == 1 => hits.first().copied(),
            _ => None,
        };
        if let Some(one) = one {
            return Ok(Ok(Arc::clone(&one.record)));
        }
        let said = text::clean(words, LONGEST);
        if hits.is_empty() {
            return Ok(Err(wrong(&format!("no listing fits \"{said}\"; nothing was changed"))));
        }
        report(&format!("\"{said}\" fits several listings; nothing was changed. Say which by its id:"));
        for Hit { record, .. } in hits {
            let city = record.place.as_ref().map(|place| place.city.as_str()).unwrap_or_default();
            let comma = if city.is_empty() { "" } else { ", " };
            report(&format!("  {}  {}{comma}{city}", record.id, record.name.plain));
        }
        Ok(Err(End::Faults))
    }

    /// Free beds of the home that these words name.
    pub(super) fn home(&self, words: &str, free: u32) -> Result<Wanted> {
        let record = match self.listing(words)? {
            Ok(record) => record,
            Err(end) => return Ok(Err(end)),
        };
        if !matches!(record.details, Details::Housing(_)) {
            let text = format!("{} ({}) is no place to live, and has no beds", record.name.plain, record.id);
            return Ok(Err(wrong(&text)));
        }
        Ok(Ok(What::Beds(record.id.clone(), free)))
    }

    pub(super) fn correction(&self, words: &str, field: &str, value: String) -> Result<Wanted> {
        let Some(field) = Field::of_word(field) else {
            let known = Field::ALL.map(Field::word);
            let (said, remedy) = (text::clean(field, LONGEST), strict::remedy(field, &known));
            return Ok(Err(wrong(&format!("`{said}` cannot be corrected; {remedy}"))));
        };
        let record = match self.listing(words)? {
            Ok(record) => record,
            Err(end) => return Ok(Err(end)),
        };
        if field == Field::Street && record.place.as_ref().is_some_and(|place| place.withheld) {
            return Ok(Err(wrong(&format!("the address of {} is kept private", record.id))));
        }
        Ok(Ok(What::Correct(record.id.clone(), field, value)))
    }
}
