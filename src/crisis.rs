//! The crisis card and its line: compiled in, and independent of index, configuration and locale.
//!
//! A centre's own lines stand before the built-in ones, which are never removed. Nothing is promised on others'
//! behalf. Every number here was confirmed with its own organization; [`REVIEWED`] says when. Sources: 988lifeline.org
//! (call and text, press 1 and 2, AYUDA), crisistextline.org (HOME, HOLA), samhsa.gov (national helpline).

use jiff::civil::{Date, date};

use crate::layout;
use crate::page::{Page, Role};

/// The day on which the card's numbers were last confirmed with their sources.
pub const REVIEWED: Date = date(2026, 7, 20);

/// The number that stands alone when there is room for nothing else.
pub const NUMBER: &str = "988";

/// A line of the centre itself: what it is called, and what to call or text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLine {
    /// What it is called.
    pub name: String,
    /// The number, or the words and the number to text.
    pub reach: String,
    /// What to know before.
    pub note: String,
}

/// A sentence in both languages.
struct Said {
    en: &'static str,
    es: &'static str,
}

impl Said {
    fn to(&self, language: &str) -> &'static str {
        if language == "es" { self.es } else { self.en }
    }
}

/// The line's forms, the longest first.
const LINE: [Said; 4] = [
    Said {
        en: "In crisis? Call or text 988, free, day and night. More help: F9",
        es: "¿En crisis? Llame o escriba al 988, gratis, día y noche. Más ayuda: F9",
    },
    Said { en: "In crisis? Call or text 988. Help: F9", es: "¿Crisis? Llame al 988. Ayuda: F9" },
    Said { en: "Crisis? Call 988", es: "¿Crisis? 988" },
    Said { en: NUMBER, es: NUMBER },
];

/// What stands above the hits while the words that were typed speak of danger: its forms, the longest first, each line by
/// line. Each danger has its own number, and the one in which minutes count comes first. A centre's own line stands before
/// each but the last.
const DANGER: [&[Said]; 6] = [
    &[
        Said {
            en: "Someone took too much, or danger right now? Call 911.",
            es: "¿Alguien tomó demasiado, o hay peligro ahora? Llame al 911.",
        },
        Said {
            en: "Thinking about suicide? Call or text 988, free, day and night.",
            es: "¿Piensa en el suicidio? Llame o escriba al 988, gratis, día y noche.",
        },
        Said { en: "Press F9 for more.", es: "Oprima F9 para ver más." },
    ],
    &[
        Said {
            en: "Someone took too much, or danger right now? Call 911.",
            es: "¿Alguien tomó demasiado, o hay peligro ahora? Llame al 911.",
        },
        Said {
            en: "Thinking about suicide? Call or text 988, free, day and night. More: F9",
            es: "¿Piensa en el suicidio? Llame o escriba al 988, día y noche. Más: F9",
        },
    ],
    &[
        Said { en: "Overdose, or danger now? Call 911.", es: "¿Sobredosis, o peligro? Llame al 911." },
        Said { en: "Suicide? Call or text 988. More: F9", es: "¿Suicidio? Llame al 988. Más: F9" },
    ],
    &[Said { en: "Overdose: 911. Suicide: 988. More: F9", es: "Sobredosis: 911. Suicidio: 988. F9" }],
    &[Said { en: "Overdose: 911. Suicide: 988", es: "Sobredosis 911, suicidio 988" }],
    &[Said { en: "Call 911 or 988", es: "Llame 911 o 988" }],
];

const ALONE: Said = Said {
    en: "The directory cannot be shown right now. Please ask the people who work here.",
    es: "El directorio no se puede mostrar en este momento. Pregunte a las personas que trabajan aquí.",
};

/// One part of the card: a heading and its lines.
struct Part {
    heading: Said,
    lines: &'static [Said],
}

const CARD: [Part; 4] = [
    Part {
        heading: Said { en: "Danger right now", es: "Peligro en este momento" },
        lines: &[Said { en: "Call 911. Say where you are first.", es: "Llame al 911. Diga primero dónde está." }],
    },
    Part {
        heading: Said {
            en: "Someone may have taken too much (overdose)",
            es: "Alguien pudo haber tomado demasiado (sobredosis)",
        },
        lines: &[
            Said {
                en: "They do not wake up, breathe slowly or not at all, or their lips turn blue or gray:",
                es: "No despierta, respira muy lento o no respira, o tiene los labios azules o grises:",
            },
            Said { en: "1. Call 911.", es: "1. Llame al 911." },
            Said {
                en: "2. Give naloxone (Narcan) if there is any. Ask the people around you.",
                es: "2. Dé naloxona (Narcan) si hay. Pregunte a las personas cerca.",
            },
            Said {
                en: "3. Stay. Lay the person on one side. Do what 911 tells you until help is there.",
                es: "3. Quédese. Ponga a la persona de lado. Haga lo que diga el 911 hasta que llegue ayuda.",
            },
        ],
    },
    Part {
        heading: Said {
            en: "Thoughts of suicide, or too much to carry alone",
            es: "Pensamientos de suicidio, o más de lo que puede llevar a solas",
        },
        lines: &[
            Said { en: "988: call or text, free, day and night.", es: "988: llame o escriba, gratis, día y noche." },
            Said {
                en: "In Spanish: call 988 and press 2, or text AYUDA to 988.",
                es: "En español: llame al 988 y oprima 2, o envíe AYUDA al 988.",
            },
            Said {
                en: "Veterans: call 988 and press 1, or text 838255.",
                es: "Veteranos: llame al 988 y oprima 1, o escriba al 838255.",
            },
            Said {
                en: "If you would rather write: text HOME to 741741.",
                es: "Si prefiere escribir: envíe HOLA al 741741.",
            },
            Said {
                en: "Deaf or hard of hearing: call 711, then 988.",
                es: "Personas sordas o con dificultad para oír: marque 711 y luego 988.",
            },
        ],
    },
    Part {
        heading: Said {
            en: "Finding treatment or support for alcohol, drugs or mental health",
            es: "Buscar tratamiento o apoyo por alcohol, drogas o salud mental",
        },
        lines: &[Said {
            en: "SAMHSA helpline: 1-800-662-4357, free, day and night, English and Spanish.",
            es: "Línea de SAMHSA: 1-800-662-4357, gratis, día y noche, en inglés y español.",
        }],
    },
];

/// The crisis line in all its forms, the longest first. The centre's first own line stands before the number.
pub fn lines(own: &[OwnLine], language: &str) -> Vec<String> {
    let mut lines = Vec::with_capacity(LINE.len() + 1);
    if let Some(first) = own.first() {
        lines.push(format!("{}: {}. {}", first.name, first.reach, LINE[0].to(language)));
        lines.push(format!("{}: {}. {}", first.name, first.reach, LINE[1].to(language)));
    }
    lines.extend(LINE.iter().map(|said| said.to(language).to_owned()));
    lines
}

/// What somebody in danger must see, in at most `most` rows of `width` columns: the longest form that has room. The
/// shortest is never left out.
pub fn danger(own: &[OwnLine], language: &str, width: usize, most: usize) -> Vec<String> {
    let own = own.first().map(|line| format!("{}: {}", line.name, line.reach));
    let forms = DANGER.iter().flat_map(|form| {
        let said = form.iter().map(|said| said.to(language).to_owned());
        let with_own = own.iter().cloned().chain(said.clone()).collect::<Vec<_>>();
        [with_own, said.collect()]
    });
    // The centre's own line counts for more than a longer sentence of ours.
    let (owned, plain): (Vec<_>, Vec<_>) = forms.enumerate().partition(|(place, _)| place % 2 == 0);
    let rows = owned
        .into_iter()
        .chain(plain)
        .map(|(_, form)| form.iter().flat_map(|line| layout::wrap(line, width)).collect::<Vec<_>>());
    let mut last = Vec::new();
    for rows in rows {
        if rows.len() <= most {
            return rows;
        }
        last = rows;
    }
    last.truncate(most.max(1));
    last
}

/// What stands over the card while nothing else can be shown.
pub fn alone(language: &str) -> &'static str {
    ALONE.to(language)
}

/// The whole card.
pub fn card(own: &[OwnLine], language: &str) -> Page {
    let title = Said { en: "Help right now", es: "Ayuda ahora mismo" };
    let mut page = Page::new(title.to(language));
    for line in own {
        page.push(Role::Strong, format!("{}: {}", line.name, line.reach));
        if !line.note.is_empty() {
            page.push(Role::Plain, line.note.clone());
        }
    }
    page.gap();
    for part in &CARD {
        page.push(Role::Heading, part.heading.to(language));
        for line in part.lines {
            page.push(Role::Strong, line.to(language));
        }
        page.gap();
    }
    let staff = Said {
        en: "You are not a bother. The people who work here can help you call.",
        es: "Usted no molesta. Las personas que trabajan aquí pueden ayudarle a llamar.",
    };
    page.push(Role::Plain, staff.to(language));
    let checked =
        Said { en: "These numbers were last checked on", es: "Estos números se revisaron por última vez el" };
    page.push(Role::Plain, format!("{} {REVIEWED}.", checked.to(language)));
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_danger_both_numbers_stand_at_every_size_and_the_centres_own_line_first() {
        let own = [OwnLine { name: "Riverbend line".to_owned(), reach: "555-0100".to_owned(), note: String::new() }];
        for language in ["en", "es"] {
            for (width, most) in [(77, 3), (117, 3), (37, 2), (31, 2), (17, 2)] {
                for own in [&own[..], &[]] {
                    let rows = danger(own, language, width, most);
                    assert!(rows.len() <= most, "{rows:?}");
                    let said = rows.join(" ");
                    assert!(said.contains("988") && said.contains("911"), "{width}x{most}: {rows:?}");
                    if width > 30 {
                        assert_eq!(rows[0].contains("555-0100"), !own.is_empty(), "{width}x{most}: {rows:?}");
                    }
                }
            }
            assert_eq!(danger(&[], language, 77, 3).len(), 3);
        }
    }

    #[test]
    fn every_number_of_the_line_and_the_card_can_be_reached() {
        for language in ["en", "es"] {
            assert!(lines(&[], language).iter().all(|line| line.contains(NUMBER)));
            let card = card(&[], language);
            for number in ["911", "988", "741741", "838255", "1-800-662-4357"] {
                assert!(card.lines.iter().any(|line| line.text.contains(number)), "{number} in {language}");
            }
        }
    }
}
