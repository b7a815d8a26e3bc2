//! What the staff of the centre say of a listing, told as theirs.

use index::record::{DESK, Record, Said};
use jiff::civil::DateTime;

use super::Teller;
use crate::locale::text;
use crate::page::{Page, Role};

impl Teller<'_> {
    /// That it is closed today, and until when.
    pub(super) fn closed(&self, record: &Record) -> Option<String> {
        let closed = record.closed(self.now.date())?;
        Some(match closed.dates.until {
            Some(until) => self.locale.say_with("staff-closed-until", &[("date", text(&self.date(until)))]),
            None => self.locale.say("staff-closed"),
        })
    }

    /// What staff say about it today, as theirs.
    pub(super) fn notes(&self, record: &Record) -> Vec<String> {
        let notes = record.remarks(self.now.date()).filter_map(|remark| match &remark.what {
            Said::Note(note) => Some(note),
            _ => None,
        });
        notes.map(|note| self.locale.say_with("staff-say", &[("note", text(note))])).collect()
    }

    /// What staff say about it, above everything else that is known of it.
    pub(super) fn tell_desk(&self, page: &mut Page, record: &Record) {
        let today = self.now.date();
        if let (Some(said), Some(closed)) = (self.closed(record), record.closed(today)) {
            page.push(Role::Mark, said);
            if let Said::Closed(why) = &closed.what
                && !why.is_empty()
            {
                page.push(Role::Mark, self.locale.say_with("staff-say", &[("note", text(why))]));
            }
        }
        for note in self.notes(record) {
            page.push(Role::Mark, note);
        }
        // A closing that lies ahead is told in time.
        let ahead = record.closings().filter(|dates| dates.from.is_some_and(|from| from > today));
        for dates in ahead {
            let day = |date| self.date(date);
            let said = match (dates.from.map(day), dates.until.map(day)) {
                (Some(from), Some(until)) => {
                    self.locale.say_with("staff-closed-from-until", &[("from", text(&from)), ("until", text(&until))])
                }
                (Some(from), None) => self.locale.say_with("staff-closed-from", &[("from", text(&from))]),
                (None, _) => continue,
            };
            page.push(Role::Mark, said);
        }
    }

    /// That staff corrected it, or added it.
    pub(super) fn tell_corrected(&self, page: &mut Page, record: &Record) {
        if record.is_said(&Said::Corrected) && record.id.feed() != DESK {
            page.labelled(&self.locale.say("label-staff"), [self.locale.say("staff-corrected")]);
        }
    }

    /// When staff counted beds: "today 9:30 AM".
    pub(super) fn counted_by_staff(&self, counted: DateTime) -> String {
        let minute = u16::from(counted.hour().unsigned_abs()) * 60 + u16::from(counted.minute().unsigned_abs());
        let clock = self.clock(minute);
        let said = |id: &str| self.locale.say_with(id, &[("clock", text(&clock))]);
        match (self.now.date() - counted.date()).get_days() {
            0 => said("staff-today"),
            1 => said("staff-yesterday"),
            _ => self.date(counted.date()),
        }
    }
}

#[cfg(test)]
mod tests {
    use index::query::{Hit, Section};
    use index::record::{Details, Meeting, Record, RecordId, Remark, Said};
    use index::schedule::{Dates, Days, Recurrence};
    use jiff::Zoned;
    use jiff::civil::date;

    use crate::config::Words;
    use crate::locale::Locale;
    use crate::tell::Teller;

    fn told(remarks: Vec<Remark>) -> (String, String) {
        let now: Zoned = "2026-11-24T18:00:00-05:00[America/New_York]".parse().unwrap();
        let locale = Locale::english();
        let teller = Teller { locale: &locale, words: Words::BuiltIn, now: &now, stale_days: 14 };
        let details = Details::Meeting(Meeting::default());
        let mut record = Record::new(RecordId::new("sample", "lanterns"), "Lanterns", details);
        record.times = vec![Recurrence::weekly("America/New_York", Days::EVERY, 19 * 60, Some(60))];
        record.desk = remarks;
        let page = format!("{:?}", teller.record(&record));
        let next = record.next(now.timestamp());
        let record = std::sync::Arc::new(record);
        let hit = Hit { record, next, distance_m: None, score: 1.0, tier: 0, section: Section::Fits };
        (teller.hit(&hit, None).facts, page)
    }

    fn remark(from: i8, until: i8, what: Said) -> Remark {
        let day = |day| Some(date(2026, 11, day));
        Remark { dates: Dates { from: day(from), until: day(until) }, what }
    }

    #[test]
    fn what_staff_say_is_told_as_theirs_on_its_days_and_on_no_other() {
        let (row, page) = told(vec![remark(20, 26, Said::Closed("burst pipe".into()))]);
        assert!(row.starts_with("Closed until November 26 (the staff here say so)"), "{row}");
        assert!(row.contains("Friday 7:00 PM") && !row.contains("Tonight"), "{row}");
        for said in ["Closed until November 26 (the staff here say so)", "The staff here: burst pipe", "Friday 7:00 PM"]
        {
            assert!(page.contains(said), "{said} is not in {page}");
        }
        let (row, page) = told(vec![remark(24, 24, Said::Note("moved to room 4".into()))]);
        assert!(row.contains("Tonight 7:00 PM") && row.contains("The staff here: moved to room 4"), "{row}");
        assert!(page.contains("The staff here: moved to room 4"), "{page}");
        let (row, page) = told(vec![
            remark(20, 23, Said::Closed(String::new())),
            remark(25, 26, Said::Note("later".into())),
            remark(25, 26, Said::Closed(String::new())),
        ]);
        assert!(row.contains("Tonight 7:00 PM") && !row.contains("staff"), "{row}");
        assert!(page.contains("Will be closed from November 25 to November 26") && !page.contains("later"), "{page}");
    }

    #[test]
    fn a_correction_is_marked_once() {
        let (_, page) = told(vec![Remark { dates: Dates::default(), what: Said::Corrected }]);
        assert_eq!(page.matches("The staff here, who corrected a part of this listing").count(), 1, "{page}");
    }
}
