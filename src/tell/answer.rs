//! What an answer says besides its hits: how many there are, what was given up to find them, why some stand apart.
//!
//! A close match is never passed off as what was typed, and what is missing is named.

use index::query::{Answer, Constraint, Day, Facet, Hit, Place, Relaxation, Section, Span, Wish};
use jiff::Zoned;

use super::Teller;
use crate::locale::{measure, number, text};

impl Teller<'_> {
    /// How many were found, or what was given up to find any.
    pub fn found(&self, answer: &Answer, constraints: &[Constraint], nowhere: Option<&str>) -> String {
        let count = self.tally(answer, constraints);
        if let Some(place) = nowhere {
            return self.locale.say_with("results-nowhere", &[("place", text(place)), ("count", text(&count))]);
        }
        match &answer.relaxed {
            Some(relaxed) if relaxed.wishes().next().is_some() => return self.given_up(relaxed, answer),
            _ if answer.total == 0 => return count,
            _ => {}
        }
        if !answer.spelled.is_empty() {
            let (typed, meant): (Vec<String>, Vec<String>) = answer.spelled.iter().cloned().unzip();
            let (typed, meant) = (self.locale.list(&typed), self.locale.list(&meant));
            let args = [("typed", text(&typed)), ("meant", text(&meant)), ("count", text(&count))];
            return self.locale.say_with("results-meant", &args);
        }
        let how = match (&answer.relaxed, answer.hits.first()) {
            (Some(relaxed), _) if relaxed.fitting == 0 => "results-relaxed",
            (_, Some(hit)) if matches!(hit.tier, 2 | 3) => "results-spelled",
            _ => return count,
        };
        self.locale.say_with(how, &[("count", text(&count))])
    }

    /// How many were found, though it is not known what is near.
    pub fn lost(&self, answer: &Answer, constraints: &[Constraint]) -> String {
        let count = self.tally(answer, constraints);
        self.locale.say_with("results-lost", &[("count", text(&count))])
    }

    /// How many there are, and nothing else.
    pub fn tally(&self, answer: &Answer, constraints: &[Constraint]) -> String {
        if answer.total == 0 && answer.all() > 0 {
            return self.beside(answer, constraints);
        }
        self.count("results-count", answer.total)
    }

    /// The heading over a section of the list.
    pub fn section(&self, section: Section, constraints: &[Constraint]) -> Option<String> {
        match section {
            Section::Fits => None,
            Section::About => Some(self.locale.say("section-about")),
            Section::Unsaid => Some(match self.unsaid(constraints) {
                Some((wishes, 1)) => self.locale.say_with("section-unsaid", &[("wishes", text(&wishes))]),
                Some((wishes, _)) => self.locale.say_with("section-unsaid-some", &[("wishes", text(&wishes))]),
                None => self.locale.say("section-unsaid-all"),
            }),
            Section::Online => Some(self.locale.say("section-online")),
        }
    }

    /// The distance of a hit: from the place that was asked for, where that is another one than the kiosk's.
    pub(super) fn away(&self, metres: f64, asked: Option<&Place>) -> String {
        // What is next door is not zero miles away.
        let miles = (metres / 1609.344).max(0.1);
        let miles = measure(if miles < 9.95 { miles } else { miles.round() });
        match asked.filter(|place| !place.key.is_empty()) {
            Some(place) => self.locale.say_with("distance-from", &[("miles", miles), ("place", text(&place.name))]),
            None => self.locale.say_with("distance-miles", &[("miles", miles)]),
        }
    }

    /// The typed wishes about which many listings say nothing, and how many they are.
    fn unsaid(&self, constraints: &[Constraint]) -> Option<(String, usize)> {
        let unsaid = |constraint: &&Constraint| {
            !constraint.is_chosen() && constraint.wish.facet().is_some_and(Facet::is_often_unsaid)
        };
        let wishes: Vec<String> = constraints.iter().filter(unsaid).map(|constraint| self.chip(constraint)).collect();
        (!wishes.is_empty()).then(|| (self.locale.list(&wishes), wishes.len()))
    }

    /// Nothing fits, but something stands in the sections below.
    fn beside(&self, answer: &Answer, constraints: &[Constraint]) -> String {
        let unsaid = answer.count(Section::Unsaid);
        let wishes = match constraints {
            [one] => Some(self.chip(one)),
            _ => self.unsaid(constraints).map(|(wishes, _)| wishes).filter(|_| unsaid > 0),
        };
        let none = match wishes {
            Some(wishes) => self.locale.say_with("beside-none-says", &[("wishes", text(&wishes))]),
            None => self.locale.say("beside-none"),
        };
        let sections =
            [(Section::About, "beside-about"), (Section::Unsaid, "beside-may-fit"), (Section::Online, "beside-online")];
        let counts = sections.map(|(section, sentence)| (answer.count(section), sentence));
        let there = counts.into_iter().filter(|(count, _)| *count > 0);
        let more = there.map(|(count, sentence)| self.count(sentence, count)).reduce(|first, last| {
            self.locale.say_with("beside-both", &[("first", text(&first)), ("last", text(&last))])
        });
        let more = more.unwrap_or_default();
        self.locale.say_with("beside-none-more", &[("none", text(&none)), ("more", text(&more))])
    }

    /// What was given up, and what the list shows instead.
    fn given_up(&self, relaxed: &Relaxation, answer: &Answer) -> String {
        let without = self.without(relaxed);
        if relaxed.fitting > 0 {
            let count = self.count("results-count", relaxed.fitting);
            return self.locale.say_with("relaxed-some", &[("count", text(&count)), ("without", text(&without))]);
        }
        let wishes: Vec<&Wish> = relaxed.wishes().collect();
        let told = match (wishes.as_slice(), relaxed.words().next()) {
            (wishes, None) if wishes.iter().all(|wish| wish.is_time()) => Some(self.no_such_time(wishes, answer)),
            ([Wish::Within(place, miles)], None) => Some(self.none_within(place, *miles)),
            ([Wish::In(place)], None) if !place.key.is_empty() => {
                Some(self.locale.say_with("relaxed-in", &[("place", text(&place.name))]))
            }
            ([wish], None) if wish.facet() == Some(Facet::Who) => {
                Some(self.locale.say_with("relaxed-who", &[("wish", text(&self.wish(wish)))]))
            }
            _ => None,
        };
        told.unwrap_or_else(|| self.locale.say_with("relaxed-all", &[("without", text(&without))]))
    }

    /// What was given up, one by one.
    fn without(&self, relaxed: &Relaxation) -> String {
        let wishes = relaxed.wishes().map(|wish| self.bracketed(&self.wish(wish)));
        let words = relaxed.words().map(|word| self.bracketed(word));
        wishes.chain(words).collect::<Vec<_>>().join(" ")
    }

    /// A chip as it stands on the screen.
    pub fn bracketed(&self, said: &str) -> String {
        self.locale.say_with("chip", &[("wish", text(said))])
    }

    /// Nothing at that time: what the list shows are the next ones.
    fn no_such_time(&self, wishes: &[&Wish], answer: &Answer) -> String {
        let none = match wishes {
            [Wish::Day(Day::Span { name, .. })] => self.locale.say(match name {
                Span::Today => "none-today",
                Span::Tonight => "none-tonight",
                Span::Tomorrow => "none-tomorrow",
                Span::Weekend => "none-weekend",
            }),
            [Wish::Day(Day::Weekday(day))] => {
                self.locale.say_with("none-weekday", &[("weekday", text(&self.weekday(*day)))])
            }
            [Wish::Now] => self.locale.say("none-now"),
            _ => self.locale.say("none-then"),
        };
        let id = match answer.hits.first() {
            Some(hit) if self.is_tomorrow(hit) => "relaxed-tomorrow",
            // A house has no next time.
            Some(hit) if hit.next.is_none() => "relaxed-always",
            _ => "relaxed-next",
        };
        self.locale.say_with(id, &[("none", text(&none))])
    }

    fn is_tomorrow(&self, hit: &Hit) -> bool {
        let start = hit.next.as_ref().map(|next| &next.start);
        start.is_some_and(|start: &Zoned| self.days_ahead(start) == 1)
    }

    fn none_within(&self, place: &Place, miles: f64) -> String {
        let args = [("miles", measure(miles)), ("place", text(&place.name))];
        self.locale.say_with(if place.key.is_empty() { "relaxed-within" } else { "relaxed-within-of" }, &args)
    }

    fn count(&self, id: &str, count: u64) -> String {
        self.locale.say_with(id, &[("count", number(i64::try_from(count).unwrap_or(i64::MAX)))])
    }
}
