//! What was wished for, in plain words: the chips on the screen, the values that can be chosen, their headings.
//!
//! Nothing narrows the answer without a word for it: a key that has no label is told as it is written.

use index::query::{Clock, Constraint, Day, Facet, Part, Place, Span, Value, Wish};
use jiff::civil::Weekday;

use super::{Teller, capital};
use crate::event::weekday_of;
use crate::locale::{measure, number, text};

impl Teller<'_> {
    /// What a chip says.
    pub fn chip(&self, constraint: &Constraint) -> String {
        self.wish(&constraint.wish)
    }

    /// A wish in a few words.
    pub fn wish(&self, wish: &Wish) -> String {
        match wish {
            Wish::Has(values) => values.first().map(|value| self.value(value)).unwrap_or_default(),
            Wish::Day(Day::Weekday(day)) => self.weekday(*day),
            Wish::Day(Day::Span { name, .. }) => self.span(*name),
            Wish::Clock(clock) => self.clock_wish(clock),
            Wish::Now => self.locale.say("wish-now"),
            Wish::In(place) | Wish::Near(place) if place.key.is_empty() => self.locale.say("wish-near-here"),
            Wish::In(place) => self.locale.say_with("wish-in", &[("place", text(&place.name))]),
            Wish::Near(place) => self.locale.say_with("wish-near", &[("place", text(&place.name))]),
            Wish::Within(place, miles) => self.within(place, *miles),
            Wish::Fee(dollars) => self.locale.say_with("wish-fee", &[("dollars", number(*dollars))]),
        }
    }

    /// A value of a facet in a few words.
    pub fn value(&self, value: &Value) -> String {
        let key = value.key.as_str();
        let said = match value.facet {
            Facet::Kind => self.made("kind-", key),
            Facet::Door => self.made("door-", key),
            Facet::Day => weekday_of(key).map(|day| self.day_from_today(day)),
            Facet::Part => Part::of_word(key).map(|part| self.part(part)),
            Facet::Pathway => self.made("pathway-", key).map(|said| capital(&said)),
            Facet::Fellowship => self.fellowship(key, false),
            Facet::How => self.made("how-", key),
            Facet::Language | Facet::Who | Facet::Style | Facet::Access => {
                Some(self.label(key)).filter(|label| !label.is_empty())
            }
            Facet::Open => self.made("choice-", key),
            Facet::Housing => self.made("housing-", key),
            Facet::Distance => key.parse().ok().map(|miles: u32| self.within(&Place::here(None), f64::from(miles))),
        };
        said.unwrap_or_else(|| capital(&key.replace('-', " ")))
    }

    /// A value at more length, where a row of its own has room for it.
    pub fn value_in_full(&self, value: &Value) -> String {
        let key = value.key.as_str();
        let said = match value.facet {
            Facet::Part => self.made("part-full-", key),
            Facet::Fellowship => self.fellowship(key, true),
            Facet::Housing => self.made("housing-full-", key),
            _ => None,
        };
        said.unwrap_or_else(|| self.value(value))
    }

    /// What a facet is about.
    pub fn facet(&self, facet: Facet) -> String {
        self.locale.say(&format!("facet-{}", facet.word()))
    }

    /// A sentence whose name ends in a key, where there is one.
    fn made(&self, start: &str, key: &str) -> Option<String> {
        let name = format!("{start}{key}");
        self.locale.knows(&name).then(|| self.locale.say(&name))
    }

    /// A fellowship as people call it, or by its full name with that behind it.
    fn fellowship(&self, key: &str, full: bool) -> Option<String> {
        let fellowship = self.words.vocabulary().fellowships.get(key)?;
        let name = fellowship.name.for_reader(self.locale.language());
        let short = fellowship.short.as_str();
        // "Al-Anon Family Groups (Al-Anon)" says one thing twice.
        Some(if short.is_empty() || (full && name.contains(short)) {
            name.to_owned()
        } else if full {
            self.locale.say_with("fellowship-full", &[("name", text(name)), ("short", text(short))])
        } else {
            short.to_owned()
        })
    }

    /// A weekday that can be chosen, with the word that says how near it is.
    fn day_from_today(&self, day: Weekday) -> String {
        let name = self.weekday(day);
        let id = match day.since(self.now.weekday()) {
            0 => "choice-today",
            1 => "choice-tomorrow",
            _ => return name,
        };
        self.locale.say_with(id, &[("weekday", text(&name))])
    }

    fn span(&self, span: Span) -> String {
        self.locale.say(match span {
            Span::Today => "day-today",
            Span::Tonight => "day-tonight",
            Span::Tomorrow => "day-tomorrow",
            Span::Weekend => "wish-weekend",
        })
    }

    fn part(&self, part: Part) -> String {
        self.locale.say(&format!("part-{}", part.word()))
    }

    fn clock_wish(&self, clock: &Clock) -> String {
        let about = |id, minute| self.locale.say_with(id, &[("clock", text(&self.clock(minute)))]);
        match (clock.part, clock.at) {
            (Some(part), _) => self.part(part),
            (None, Some(at)) => about("wish-about", at),
            (None, None) if *clock == Clock::after(clock.from) => about("wish-after", clock.from),
            (None, None) if *clock == Clock::before(clock.until) => about("wish-before", clock.until),
            (None, None) => {
                let (from, until) = (self.clock(clock.from), self.clock(clock.until));
                self.locale.say_with("clock-span", &[("from", text(&from)), ("until", text(&until))])
            }
        }
    }

    /// "Within 5 miles", of the kiosk or of a place.
    fn within(&self, place: &Place, miles: f64) -> String {
        let args = [("miles", measure(miles)), ("place", text(&place.name))];
        self.locale.say_with(if place.key.is_empty() { "wish-within" } else { "wish-within-of" }, &args)
    }
}

#[cfg(test)]
mod tests {
    use index::query::{Clock, Day, Facet, MILES, Part, Place, Span, Value, Wish};
    use index::record::{Door, Kind, Pathway};
    use index::schedule::Days;
    use index::vocabulary::{Group, Vocabulary};
    use jiff::Zoned;
    use jiff::civil::Weekday;

    use crate::config::Words;
    use crate::locale::Locale;
    use crate::tell::Teller;

    fn with_teller(test: impl FnOnce(&Teller<'_>)) {
        let now: Zoned = "2026-11-24T18:00:00-05:00[America/New_York]".parse().unwrap();
        let locale = Locale::english();
        test(&Teller { locale: &locale, words: Words::BuiltIn, now: &now, stale_days: 14 });
    }

    fn downtown() -> Place {
        Place { name: "Downtown".to_owned(), key: "downtown".to_owned(), point: None }
    }

    #[test]
    fn every_wish_has_a_chip_in_plain_words() {
        with_teller(|teller| {
            let has = |facet, key: &str| Wish::Has(vec![Value::new(facet, key)]);
            let moment = teller.now.datetime();
            let span = |name| Wish::Day(Day::Span { name, from: moment, until: moment });
            let chips = [
                (has(Facet::Who, "women"), "Women"),
                (has(Facet::Fellowship, "aa"), "AA"),
                (has(Facet::Pathway, "twelve-step"), "12-step"),
                (has(Facet::Pathway, "secular"), "Secular"),
                (has(Facet::Door, "living"), "A place to live"),
                (has(Facet::Housing, "level-2"), "Level 2"),
                (has(Facet::Open, "open"), "Open to anyone"),
                (has(Facet::Language, "es"), "Spanish"),
                (has(Facet::Distance, "5"), "Within 5 miles"),
                (has(Facet::Distance, "1"), "Within 1 mile"),
                (span(Span::Tonight), "Tonight"),
                (span(Span::Weekend), "This weekend"),
                (Wish::Day(Day::Weekday(Weekday::Tuesday)), "Tuesday"),
                (Wish::Clock(Clock::part(Part::Noon)), "Noon"),
                (Wish::Clock(Clock::at(19 * 60)), "About 7:00 PM"),
                (Wish::Clock(Clock::after(18 * 60)), "After 6:00 PM"),
                (Wish::Clock(Clock::before(9 * 60)), "Before 9:00 AM"),
                (Wish::Clock(Clock { part: None, from: 1020, until: 1140, at: None }), "5:00 PM to 7:00 PM"),
                (Wish::Now, "Now or soon"),
                (Wish::In(downtown()), "In Downtown"),
                (Wish::Near(downtown()), "Near Downtown"),
                (Wish::Near(Place::here(None)), "Near here"),
                (Wish::Within(downtown(), 5.0), "Within 5 miles of Downtown"),
                (Wish::Within(Place::here(None), 3.106), "Within 3.1 miles"),
                (Wish::Fee(150), "Up to $150 a week"),
            ];
            for (wish, chip) in chips {
                assert_eq!(teller.wish(&wish), chip, "{wish:?}");
            }
        });
    }

    /// Whatever the engine can count has a label, and no label is a key or the name of a sentence.
    #[test]
    fn every_value_of_every_facet_has_a_label() {
        with_teller(|teller| {
            let vocabulary = Vocabulary::builtin();
            let terms = |group| {
                let of = vocabulary.terms.iter().filter(move |(_, entry)| entry.group == group);
                of.map(|(key, _)| key.clone()).collect::<Vec<_>>()
            };
            for facet in Facet::ALL {
                let keys: Vec<String> = match facet {
                    Facet::Kind => Kind::ALL.map(|kind| kind.word().to_owned()).to_vec(),
                    Facet::Door => Door::ALL.map(|door| door.word().to_owned()).to_vec(),
                    Facet::Day => Days::WEEK.map(|day| index::query::weekday(day).to_owned()).to_vec(),
                    Facet::Part => Part::ALL.map(|part| part.word().to_owned()).to_vec(),
                    Facet::Pathway => Pathway::ALL.map(|pathway| pathway.word().to_owned()).to_vec(),
                    Facet::Fellowship => vocabulary.fellowships.keys().cloned().collect(),
                    Facet::How => ["in-person", "online", "phone"].map(str::to_owned).to_vec(),
                    Facet::Language => terms(Group::Language),
                    Facet::Who => terms(Group::Who),
                    Facet::Style => terms(Group::Style),
                    Facet::Access => terms(Group::Access),
                    Facet::Open => ["open", "closed", "families-only"].map(str::to_owned).to_vec(),
                    Facet::Housing => ["moud", "children", "beds", "level-1", "level-2", "level-3", "level-4"]
                        .map(str::to_owned)
                        .to_vec(),
                    Facet::Distance => MILES.map(|miles| miles.to_string()).to_vec(),
                };
                assert!(!keys.is_empty());
                assert!(!teller.facet(facet).contains("facet-"), "{facet:?}");
                for key in keys {
                    let value = Value::new(facet, key.as_str());
                    for said in [teller.value(&value), teller.value_in_full(&value)] {
                        assert!(!said.is_empty() && (said != key || key == "alateen"), "{facet:?} {key}: {said}");
                        assert!(!said.starts_with(|c: char| c.is_lowercase()), "{facet:?} {key}: {said}");
                    }
                }
            }
        });
    }

    #[test]
    fn days_to_choose_say_how_near_they_are_and_an_unknown_key_is_still_seen() {
        with_teller(|teller| {
            let value = |facet, key: &str| teller.value(&Value::new(facet, key));
            assert_eq!(value(Facet::Day, "tuesday"), "Today (Tuesday)");
            assert_eq!(value(Facet::Day, "wednesday"), "Tomorrow (Wednesday)");
            assert_eq!(value(Facet::Day, "monday"), "Monday");
            assert_eq!(value(Facet::Who, "left-handed"), "Left handed");
            let full = |facet, key: &str| teller.value_in_full(&Value::new(facet, key));
            assert_eq!(full(Facet::Fellowship, "aa"), "Alcoholics Anonymous (AA)");
            assert_eq!(full(Facet::Fellowship, "al-anon"), "Al-Anon Family Groups");
            assert_eq!(full(Facet::Part, "morning"), "Morning, 5 AM to noon");
            assert_eq!(full(Facet::Housing, "level-1"), "Level 1: run by the people who live there");
        });
    }
}
