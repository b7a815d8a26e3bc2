//! The page of one record.

use index::record::{Attendance, Contact, DESK, Details, Pathway, Place, Record, Way};

use super::Teller;
use crate::locale::text;
use crate::page::{Page, Role};

impl Teller<'_> {
    /// Everything the record says, what decides first: when, where, how to join, who may come.
    pub fn record(&self, record: &Record) -> Page {
        let say = |id: &str| self.locale.say(id);
        let mut page = Page::new(self.name(record));
        if record.sample {
            page.push(Role::Mark, say("sample-warning"));
        }
        if record.attendance == Some(Attendance::Suspended) {
            page.push(Role::Mark, say("suspended-warning"));
        }
        if let Some(read) = self.stale_since(record) {
            page.push(Role::Mark, self.locale.say_with("stale-warning", &[("date", text(&self.date(read)))]));
        }
        self.tell_desk(&mut page, record);
        page.labelled(&say("label-what"), [self.sort_line(record)]);
        self.tell_when(&mut page, record);
        self.tell_where(&mut page, record);
        self.tell_contacts(&mut page, record);
        self.tell_who(&mut page, record);
        match &record.details {
            Details::Meeting(_) | Details::Topic(_) => {}
            Details::Housing(house) => self.tell_residence(&mut page, record, house),
            Details::Organization(organization) => self.tell_organization(&mut page, organization),
            Details::Service(service) => self.tell_service(&mut page, service),
            Details::Publication(publication) => self.tell_publication(&mut page, publication),
        }
        let summary = record.summary.for_reader(self.locale.language());
        if !summary.is_empty() {
            page.gap();
            page.paragraphs(summary);
        }
        if let Details::Topic(topic) = &record.details {
            self.tell_topic(&mut page, topic);
        }
        self.tell_credit(&mut page, record);
        page
    }

    fn sort_line(&self, record: &Record) -> String {
        match (&record.details, self.fellowship_name(record)) {
            (Details::Meeting(meeting), Some(fellowship)) => {
                let style = self.terms(&meeting.style);
                let id = if style.is_empty() { "meeting-of" } else { "meeting-of-with" };
                self.locale.say_with(id, &[("fellowship", text(&fellowship)), ("style", text(&style))])
            }
            (Details::Meeting(meeting), None) if !meeting.style.is_empty() => {
                let style = self.terms(&meeting.style);
                self.locale.say_with("meeting-with", &[("style", text(&style))])
            }
            // What a publication or a page is, its own lines say.
            (Details::Publication(_), _) => String::new(),
            (Details::Topic(topic), _) if !topic.glossary => String::new(),
            _ => self.sort(record),
        }
    }

    fn tell_when(&self, page: &mut Page, record: &Record) {
        let next = record.next(self.now.timestamp());
        let mut lines: Vec<String> = self.soonest(record, next.as_ref()).into_iter().collect();
        lines.extend(record.times.iter().map(|times| self.recurrence(times)));
        lines.dedup();
        if lines.is_empty() && matches!(record.details, Details::Meeting(_)) {
            lines.push(self.locale.say("times-unknown"));
        }
        page.labelled(&self.locale.say("label-when"), lines);
    }

    fn tell_where(&self, page: &mut Page, record: &Record) {
        let mut lines: Vec<String> = Vec::new();
        match record.attendance {
            Some(Attendance::Online) => lines.push(self.locale.say("where-online")),
            Some(Attendance::Phone) => lines.push(self.locale.say("where-phone")),
            Some(Attendance::Hybrid) => lines.push(self.locale.say("where-hybrid")),
            Some(Attendance::AskFirst) => lines.push(self.locale.say("where-ask")),
            Some(Attendance::InPerson | Attendance::Suspended) | None => {}
        }
        if let Some(place) = &record.place {
            if record.attendance.is_none_or(Attendance::has_place) {
                lines.extend(self.address(place));
            }
            lines.push(place.notes.clone());
        }
        lines.retain(|line| !line.is_empty());
        if lines.is_empty() && matches!(record.details, Details::Meeting(_) | Details::Housing(_)) {
            lines.push(self.locale.say("where-unknown"));
        }
        page.labelled(&self.locale.say("label-where"), lines);
        if let Some(place) = &record.place {
            page.labelled(&self.locale.say("label-serves"), [self.locale.list(&place.serves)]);
        }
    }

    /// The address as one writes it, line by line.
    fn address(&self, place: &Place) -> Vec<String> {
        let mut lines = vec![place.name.clone()];
        if place.withheld {
            lines.push(self.locale.say("where-withheld"));
        } else if place.street != place.name {
            lines.push(place.street.clone());
        }
        let state = [place.state.as_str(), place.postal_code.as_str()].join(" ");
        let town = [place.city.as_str(), state.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        lines.push(town.join(", "));
        lines
            .push(place.regions.iter().filter(|region| **region != place.city).cloned().collect::<Vec<_>>().join(", "));
        if place.approximate && !place.withheld {
            lines.push(self.locale.say("where-approximate"));
        }
        lines.retain(|line| !line.is_empty());
        lines.dedup();
        lines
    }

    fn tell_contacts(&self, page: &mut Page, record: &Record) {
        let mut last = None;
        // For what is read there is nobody to call; everywhere else, that no number is listed is worth knowing.
        let for_people = !matches!(record.details, Details::Publication(_) | Details::Topic(_));
        if for_people && !record.contacts.iter().any(|contact| matches!(contact.way, Way::Phone | Way::Text)) {
            page.labelled(&self.locale.say("label-phone"), [self.locale.say("phone-unknown")]);
        }
        for contact in &record.contacts {
            let label = match contact.way {
                Way::Phone => "label-phone",
                Way::Text => "label-text",
                Way::Tty => "label-tty",
                Way::Join => "label-join",
                Way::Dial => "label-dial",
                Way::Website => "label-website",
                Way::Chat => "label-chat",
                Way::Email => "label-email",
            };
            // A second number of the same sort stands under the first, without saying the label again.
            let label = if last == Some(contact.way) { " ".to_owned() } else { self.locale.say(label) };
            page.labelled(&label, self.contact(contact));
            last = Some(contact.way);
        }
    }

    pub(super) fn contact(&self, contact: &Contact) -> Vec<String> {
        let note = contact.note.trim();
        if note.is_empty() {
            vec![contact.value.clone()]
        } else if note.chars().count() <= 40 && !note.contains('\n') {
            vec![self.locale.say_with("contact-note", &[("value", text(&contact.value)), ("note", text(note))])]
        } else {
            vec![contact.value.clone(), note.to_owned()]
        }
    }

    fn tell_who(&self, page: &mut Page, record: &Record) {
        let say = |id: &str| self.locale.say(id);
        let mut who = Vec::new();
        if let Details::Meeting(meeting) = &record.details {
            who.push(self.openness(meeting.open));
            page.labelled(
                &say("label-group"),
                [meeting.group.clone()].into_iter().filter(|group| *group != record.name.plain),
            );
        }
        who.push(self.terms(&record.who));
        page.labelled(&say("label-who"), who);
        let languages: Vec<String> =
            record.languages.iter().map(|code| self.label(code)).filter(|label| !label.is_empty()).collect();
        let (mut languages, mut access) = (self.locale.list(&languages), self.terms(&record.access));
        if matches!(record.details, Details::Meeting(_) | Details::Housing(_) | Details::Service(_)) {
            let unknown = |said: &mut String, id: &str| {
                if said.is_empty() {
                    *said = say(id);
                }
            };
            unknown(&mut languages, "languages-unknown");
            if record.attendance.is_none_or(Attendance::has_place) && record.place.is_some() {
                unknown(&mut access, "access-unknown");
            }
        }
        page.labelled(&say("label-languages"), [languages]);
        page.labelled(&say("label-access"), [access]);
        let pathways: Vec<String> = record.pathways.iter().map(|pathway| self.pathway(*pathway)).collect();
        page.labelled(&say("label-pathway"), [self.locale.list(&pathways)]);
    }

    fn pathway(&self, pathway: Pathway) -> String {
        self.locale.say(&format!("pathway-{}", pathway.word()))
    }

    fn tell_credit(&self, page: &mut Page, record: &Record) {
        page.gap();
        let credit = match &record.credit {
            credit if !credit.line.is_empty() => credit.line.clone(),
            _ if record.id.feed() == DESK => self.locale.say("staff-listed"),
            credit => credit.feed.clone(),
        };
        page.labelled(&self.locale.say("label-listed-by"), [credit]);
        self.tell_corrected(page, record);
        let checked = match (record.checked, &record.details) {
            (Some(date), _) => self.date(date),
            // What is read does not move or close.
            (None, Details::Publication(_) | Details::Topic(_)) => String::new(),
            // Only who goes somewhere has to call before.
            (None, _) if record.place.is_some() => self.locale.say("checked-unknown-call"),
            (None, _) => self.locale.say("checked-unknown"),
        };
        page.labelled(&self.locale.say("label-checked"), [checked]);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use index::query::{Hit, Section};
    use index::record::{Meeting, RecordId};
    use jiff::civil::date;

    use super::*;
    use crate::config::Words;
    use crate::locale::Locale;

    #[test]
    fn a_list_that_was_not_read_lately_says_so_on_every_listing() {
        let locale = Locale::english();
        let now = "2026-09-22T17:00-04:00[America/New_York]".parse().unwrap();
        let teller = Teller { locale: &locale, words: Words::BuiltIn, now: &now, stale_days: 14 };
        let mut record = Record::new(RecordId::new("town", "hope"), "Hope", Details::Meeting(Meeting::default()));
        let told = |record: &Record| {
            let page = teller.record(record);
            let (next, distance_m, score, tier, section) = (None, None, 1.0, 0, Section::Fits);
            let hit = Hit { record: record.clone().into(), next, distance_m, score, tier, section };
            let says = page.lines.iter().any(|line| line.text.contains("was last read on"));
            (says, teller.hit(&hit, None).mark == "NOT CONFIRMED LATELY")
        };
        assert_eq!(told(&record), (false, false), "what comes with the program has no such day");
        for (read, is_stale) in
            [((2026, 9, 22), false), ((2026, 9, 8), false), ((2026, 9, 7), true), ((2025, 1, 1), true)]
        {
            Arc::make_mut(&mut record.credit).read = Some(date(read.0, read.1, read.2));
            assert_eq!(told(&record), (is_stale, is_stale), "{read:?}");
        }
        // A clock that was set back makes nothing old.
        Arc::make_mut(&mut record.credit).read = Some(date(2026, 12, 1));
        assert_eq!(told(&record), (false, false));
    }
}
