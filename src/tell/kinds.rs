//! What only one kind of record has, in plain words.

use index::record::{
    Details, Level, Moud, Openness, Organization, OrganizationSort, Publication, Record, Residence, Said, Service, Way,
};

use super::Teller;
use crate::locale::{number, text};
use crate::page::{Goal, Page, Role};

impl Teller<'_> {
    /// What kind of organization, service or publication it is, in a word or two.
    pub(super) fn sort(&self, record: &Record) -> String {
        match &record.details {
            Details::Meeting(_) => self.locale.say("sort-meeting"),
            Details::Housing(_) => self.locale.say("sort-housing"),
            Details::Organization(organization) => self.locale.say(match organization.sort {
                OrganizationSort::Rco => "sort-rco",
                OrganizationSort::Fellowship => "sort-fellowship",
                OrganizationSort::Other => "sort-organization",
            }),
            Details::Service(service) => self.locale.say(&format!("sort-{}", service.sort.word())),
            Details::Publication(publication) => {
                let mut facts = vec![publication.format.clone(), publication.ids.first().cloned().unwrap_or_default()];
                facts.extend(publication.year.map(|year| year.to_string()));
                // What stands in brackets behind a publisher's name has room on the page.
                facts.push(publication.publisher.split(" (").next().unwrap_or_default().to_owned());
                facts.retain(|fact| !fact.is_empty());
                facts.join(&self.locale.say("facts-between"))
            }
            Details::Topic(topic) => self.locale.say(if topic.glossary { "sort-word" } else { "sort-topic" }),
        }
    }

    /// The first number that one can call, or the first words to text, with what has to be known before.
    pub(super) fn first_call(&self, record: &Record) -> Option<String> {
        let contact = record.contacts.iter().find(|contact| matches!(contact.way, Way::Phone | Way::Text))?;
        self.contact(contact).into_iter().next()
    }

    /// Free beds in a few words. A count that nobody dated says so.
    pub(super) fn beds(&self, record: &Record, house: &Residence) -> String {
        match house.beds {
            None => self.locale.say("beds-unknown"),
            Some(beds) => {
                let free = self.locale.say_with("beds-free", &[("count", number(beds.free))]);
                // A count from tomorrow is a slip of whoever wrote it down: as good as undated.
                match beds.counted.filter(|counted| *counted <= self.now.datetime()) {
                    Some(counted) if record.is_said(&Said::Beds) => {
                        let when = self.counted_by_staff(counted);
                        self.locale.say_with("beds-by-staff", &[("beds", text(&free)), ("when", text(&when))])
                    }
                    Some(counted) => {
                        let ago = self.ago(counted);
                        self.locale.say_with("beds-counted", &[("beds", text(&free)), ("ago", text(&ago))])
                    }
                    None => self.locale.say_with("beds-undated", &[("beds", text(&free))]),
                }
            }
        }
    }

    /// Who may come to a meeting.
    pub(super) fn openness(&self, open: Option<Openness>) -> String {
        self.locale.say(match open {
            Some(Openness::Open) => "open-open",
            Some(Openness::Closed) => "open-closed",
            Some(Openness::FamiliesOnly) => "open-families",
            None => "open-unknown",
        })
    }

    pub(super) fn tell_residence(&self, page: &mut Page, record: &Record, house: &Residence) {
        let say = |id: &str| self.locale.say(id);
        page.labelled(&say("label-beds"), [self.beds(record, house)]);
        page.labelled(&say("label-capacity"), self.counted("capacity", house.capacity));
        page.labelled(&say("label-fee"), [or_unknown(&house.fee, &say("fee-unknown")), house.pays.clone()]);
        let moud = match house.moud {
            Some(Moud::Yes) => "moud-yes",
            Some(Moud::CaseByCase) => "moud-case-by-case",
            Some(Moud::No) => "moud-no",
            None => "moud-unknown",
        };
        page.labelled(&say("label-moud"), [say(moud), house.moud_note.clone()]);
        page.labelled(&say("label-children"), self.yes_no(house.children));
        page.labelled(&say("label-level"), house.level.map(|level| say(level_sentence(level))));
        page.labelled(&say("label-sobriety"), self.counted("sobriety-days", house.sobriety_days));
        page.labelled(&say("label-admission"), [house.admission.clone()]);
        page.labelled(&say("label-rules"), [house.rules.clone()]);
        page.labelled(&say("label-operator"), [house.operator.clone()]);
        page.labelled(&say("label-certification"), [house.certification.clone()]);
    }

    pub(super) fn tell_organization(&self, page: &mut Page, organization: &Organization) {
        page.labelled(&self.locale.say("label-offers"), organization.offers.iter().cloned());
        page.labelled(&self.locale.say("label-member"), [organization.member_of.clone()]);
        page.labelled(&self.locale.say("label-parent"), [organization.parent.clone()]);
    }

    pub(super) fn tell_service(&self, page: &mut Page, service: &Service) {
        page.labelled(&self.locale.say("label-for"), [service.eligibility.clone()]);
        page.labelled(&self.locale.say("label-how"), [service.how.clone()]);
        page.labelled(&self.locale.say("label-cost"), [service.cost.clone()]);
        page.labelled(&self.locale.say("label-run-by"), [service.run_by.clone()]);
    }

    pub(super) fn tell_publication(&self, page: &mut Page, publication: &Publication) {
        let say = |id: &str| self.locale.say(id);
        page.labelled(&say("label-format"), [publication.format.clone()]);
        page.labelled(&say("label-number"), [self.locale.list(&publication.ids)]);
        page.labelled(&say("label-year"), publication.year.map(|year| year.to_string()));
        page.labelled(&say("label-pages"), publication.pages.map(|pages| pages.to_string()));
        page.labelled(&say("label-publisher"), [publication.publisher.clone()]);
        page.labelled(&say("label-written-for"), [self.locale.list(&publication.audience)]);
        page.labelled(&say("label-about"), [self.locale.list(&publication.topics)]);
        page.labelled(&say("label-copies"), self.counted("copies", publication.copies));
        page.labelled(&say("label-shelf"), [publication.shelf.clone()]);
    }

    pub(super) fn tell_topic(&self, page: &mut Page, topic: &index::record::Topic) {
        if !topic.see_also.is_empty() {
            page.gap();
            page.push(Role::Heading, self.locale.say("heading-see-also"));
            for see in &topic.see_also {
                let (said, goal) = self.see_also(see);
                page.link(said, goal);
            }
        }
        if !topic.sources.is_empty() {
            page.gap();
            page.labelled(&self.locale.say("label-source"), topic.sources.iter().cloned());
        }
    }

    fn see_also(&self, see: &index::record::SeeAlso) -> (String, Goal) {
        use index::record::SeeAlso;
        match see {
            SeeAlso::Door(door) => {
                let name = self.locale.say(&format!("door-{}", door.word()));
                (self.locale.say_with("see-door", &[("name", text(&name))]), Goal::Door(*door))
            }
            SeeAlso::Record { id, name } => {
                (self.locale.say_with("see-record", &[("name", text(name))]), Goal::Record(id.clone()))
            }
            SeeAlso::Search(words) => {
                (self.locale.say_with("see-search", &[("words", text(words))]), Goal::Search(words.clone()))
            }
        }
    }
}

fn or_unknown(said: &str, unknown: &str) -> String {
    if said.is_empty() { unknown.to_owned() } else { said.to_owned() }
}

fn level_sentence(level: Level) -> &'static str {
    match level {
        Level::PeerRun => "level-1",
        Level::Monitored => "level-2",
        Level::Supervised => "level-3",
        Level::Clinical => "level-4",
    }
}

#[cfg(test)]
mod tests {
    use index::record::{Beds, Details, Record, RecordId, Remark, Residence, Said};
    use index::schedule::Dates;
    use jiff::Zoned;
    use jiff::civil::date;

    use crate::config::Words;
    use crate::locale::Locale;
    use crate::tell::Teller;

    #[test]
    fn a_bed_count_says_how_old_it_is_and_one_from_tomorrow_is_not_believed() {
        let now: Zoned = "2026-11-24T18:00:00-05:00[America/New_York]".parse().unwrap();
        let locale = Locale::english();
        let teller = Teller { locale: &locale, words: Words::BuiltIn, now: &now, stale_days: 14 };
        let details = Details::Housing(Box::default());
        let mut listing = Record::new(RecordId::new("sample", "elm"), "Elm House", details);
        let beds = |day, hour| {
            let counted = Some(date(2026, 11, day).at(hour, 0, 0, 0));
            let house = Residence { beds: Some(Beds { free: 2, counted }), ..Residence::default() };
            teller.beds(&listing, &house)
        };
        assert_eq!(beds(24, 16), "2 free beds (counted 2 hours ago)");
        assert_eq!(beds(20, 18), "2 free beds (counted 4 days ago)");
        assert!(beds(25, 9).contains("nobody wrote down"), "{}", beds(25, 9));
        assert_eq!(teller.beds(&listing, &Residence::default()), "Free beds not known, call and ask");
        listing.desk.push(Remark { dates: Dates::default(), what: Said::Beds });
        let by_staff = |day| {
            let counted = Some(date(2026, 11, day).at(9, 30, 0, 0));
            teller.beds(&listing, &Residence { beds: Some(Beds { free: 2, counted }), ..Residence::default() })
        };
        assert_eq!(by_staff(24), "2 free beds (staff, today 9:30 AM)");
        assert_eq!(by_staff(23), "2 free beds (staff, yesterday 9:30 AM)");
        assert_eq!(by_staff(20), "2 free beds (staff, November 20)");
    }
}
