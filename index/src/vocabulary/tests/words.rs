//! Wishes, words of danger and little words: how they are read, and what the built-in file holds.

use super::*;

#[test]
fn words_that_stand_for_wishes_are_read_in_the_order_of_the_file() {
    let text = "[[synonym]]\ntyped = \"a\"\nwritten = \"b\"\n\
        [[wish]]\ntyped = [\"Women's\", \"las mujeres\"]\nwho = \"women\"\nfellowship = [\"aa\"]\n\
        [[wish]]\ntyped = \"open\"\nopen = \"open\"\nbeside = \"meeting\"\n\
        [[wish]]\ntyped = \"now\"\nnow = true\nnear = \"here\"\nday = \"tonight\"\npart = \"night\"\n\
        [danger]\ntyped = [\"want to die\"]\n[little]\nempty = [\"the\"]\nin = [\"in\"]\nam = [\"a.m.\"]\n";
    let read = Vocabulary::read(&VocabularyFiles { words: ("w.toml", text), ..SMALL }).unwrap();
    let value = |facet, key: &str| Sense::Value { facet, key: key.to_owned() };
    assert_eq!(read.wishes[0].means, [value("who", "women"), value("fellowship", "aa")]);
    assert_eq!(read.wishes[0].typed, [vec!["womens"], vec!["las", "mujeres"]]);
    assert_eq!((read.wishes[0].beside, read.wishes[1].beside), (false, true));
    let special = [Sense::Now, Sense::NearHere, Sense::Day("tonight".to_owned()), Sense::Part("night".to_owned())];
    assert_eq!(read.wishes[2].means, special);
    assert_eq!(read.danger, [["want", "to", "die"]]);
    assert_eq!(read.little.empty, [["the"]]);
    assert_eq!((&read.little.r#in, &read.little.am), (&vec![vec!["in".to_owned()]], &vec![vec!["am".to_owned()]]));
    assert_eq!(read.little.near, [[""; 0]; 0]);
}

#[test]
fn what_is_wrong_with_a_wish_is_told_with_its_lines() {
    let text = "[[synonym]]\ntyped = \"a\"\nwritten = \"b\"\n\
        [[wish]]\ntyped = [\"women\", \"...\"]\nwho = \"wommen\"\n\
        [[wish]]\ntyped = [\"ladies\", \"Women\"]\n\
        [[wish]]\nfelowship = \"aa\"\nbeside = \"a meeting\"\n\
        [[wish]]\ntyped = \"now\"\nnow = false\nnear = \"me\"\nkind = []\nhow = [\"zoom\", \"online\"]\n\
        [[wish]]\ntyped = \"sun\"\nday = \"sundays\"\npart = \"tea\"\nhousing = \"level-5\"\nstyle = \"women\"\n\
        [danger]\ntype = \"od\"\n\
        [little]\nempty = [1]\nnaer = \"near\"\n";
    let expected = [
        "w.toml:5: `typed` is \"...\"; it must be words, with letters or digits",
        "w.toml:6: `who` is \"wommen\"; did you mean \"women\"?",
        "w.toml:7: \"women\" is typed in line 4 as well; it must stand in one [[wish]]",
        "w.toml:7: [[wish]] means nothing; it must have one or more of: kind, door, pathway, fellowship, how, language, \
         who, style, open, access, housing, day, part, now, near",
        "w.toml:9: [[wish]] has no `typed`; it must have one",
        "w.toml:10: `felowship` is not known in [[wish]]; did you mean `fellowship`?",
        "w.toml:11: `beside` is \"a meeting\"; did you mean \"meeting\"?",
        "w.toml:14: `now` is false; it must be true, or the line must go",
        "w.toml:15: `near` is \"me\"; it must be one of: here",
        "w.toml:16: `kind` is an empty list; it must be one value or more",
        "w.toml:17: `how` is \"zoom\"; it must be one of: in-person, online, hybrid, phone",
        "w.toml:20: `day` is \"sundays\"; did you mean \"sunday\"?",
        "w.toml:21: `part` is \"tea\"; it must be one of: morning, noon, afternoon, evening, night",
        "w.toml:22: `housing` is \"level-5\"; did you mean \"level-1\"?",
        "w.toml:23: `style` is \"women\"; it must be one of: ",
        "w.toml:24: [danger] has no `typed`; it must have one",
        "w.toml:25: `type` is not known in [danger]; did you mean `typed`?",
        "w.toml:27: `empty` is a whole number; it must be text in quotes",
        "w.toml:28: `naer` is not known in [little]; did you mean `near`?",
    ];
    assert_eq!(faults(&VocabularyFiles { words: ("w.toml", text), ..SMALL }), expected);
}

/// What the built-in file takes a phrase for, beside a word for meetings.
fn meant(typed: &str) -> &'static [Sense] {
    let typed: Vec<_> = crate::text::words(typed).collect();
    let wish = Vocabulary::builtin().wishes.iter().find(|wish| wish.typed.contains(&typed));
    wish.map_or(&[], |wish| wish.means.as_slice())
}

fn values(facet: &str) -> Vec<&'static str> {
    let senses = Vocabulary::builtin().wishes.iter().flat_map(|wish| &wish.means);
    let keys = senses.filter_map(|sense| match sense {
        Sense::Value { facet: of, key } if *of == facet => Some(key.as_str()),
        _ => None,
    });
    keys.collect()
}

#[test]
fn every_phrase_is_written_as_it_is_looked_for() {
    let read = Vocabulary::builtin();
    let wishes = read.wishes.iter().flat_map(|wish| &wish.typed);
    let little = &read.little;
    let little = [
        &little.empty,
        &little.near,
        &little.r#in,
        &little.within,
        &little.miles,
        &little.kilometers,
        &little.after,
        &little.before,
        &little.at,
        &little.am,
        &little.pm,
        &little.under,
        &little.dollars,
        &little.week,
        &little.month,
    ];
    assert!(little.iter().all(|list| list.len() > 2));
    assert!(read.danger.len() > 100);
    for phrase in wishes.chain(&read.danger).chain(little.into_iter().flatten()) {
        let written = phrase.join(" ");
        assert!(crate::text::words(&written).eq(phrase.iter().cloned()), "{written}");
        assert!(
            VocabularyFiles::BUILTIN.words.1.contains(&format!("\"{written}\"")),
            "\"{written}\" is written in another way"
        );
    }
}

#[test]
fn what_a_listing_can_say_can_be_asked_for() {
    let read = Vocabulary::builtin();
    for (group, facet) in [(Group::Who, "who"), (Group::Access, "access"), (Group::Language, "language")] {
        let asked = values(facet);
        let mut terms = read.terms.iter().filter(|(_, entry)| entry.group == group).map(|(key, _)| key.as_str());
        assert_eq!(terms.find(|key| !asked.contains(key)), None, "no word asks for it");
    }
    let asked = values("fellowship");
    assert_eq!(read.fellowships.keys().find(|key| !asked.contains(&key.as_str())), None, "no word asks for it");
}

#[test]
fn both_languages_wish_for_the_same() {
    let table = [
        ("meeting", "reunión"),
        ("sober living", "casa de recuperación"),
        ("booklet", "folleto"),
        ("glossary", "glosario"),
        ("place to live", "lugar para vivir"),
        ("someone to talk to", "alguien con quien hablar"),
        ("treatment center", "centro de tratamiento"),
        ("for my family", "para mi familia"),
        ("alcoholics anonymous", "alcohólicos anónimos"),
        ("narcotics anonymous", "narcóticos anónimos"),
        ("12 step", "doce pasos"),
        ("without god", "sin Dios"),
        ("christian", "cristiano"),
        ("for families", "para familias"),
        ("women's", "mujeres"),
        ("men's", "hombres"),
        ("non-binary", "no binario"),
        ("transgender", "transgénero"),
        ("LGBTQ+", "diversidad sexual"),
        ("gay", "homosexual"),
        ("lesbian", "lesbiana"),
        ("bisexual", "bisexuales"),
        ("gender fluid", "género fluido"),
        ("people of color", "personas de color"),
        ("native american", "indígena"),
        ("young people", "jóvenes"),
        ("teens", "adolescentes"),
        ("seniors", "tercera edad"),
        ("adults only", "solo adultos"),
        ("parents", "padres"),
        ("moms", "madres"),
        ("adult children", "hijos adultos"),
        ("couples", "parejas"),
        ("professionals", "profesionales"),
        ("artists", "artistas"),
        ("business owners", "empresarios"),
        ("sex workers", "trabajadoras sexuales"),
        ("autistic", "autista"),
        ("dual diagnosis", "diagnóstico dual"),
        ("blind", "ciego"),
        ("deaf", "sordo"),
        ("veterans", "veteranos"),
        ("pregnant", "embarazada"),
        ("in spanish", "en español"),
        ("sign language", "lengua de señas"),
        ("in french", "en francés"),
        ("zoom", "en línea"),
        ("by phone", "por teléfono"),
        ("in person", "en persona"),
        ("hybrid", "híbrida"),
        ("wheelchair", "silla de ruedas"),
        ("childcare", "cuidado de niños"),
        ("beginners", "principiantes"),
        ("speaker", "orador"),
        ("candlelight", "a la luz de las velas"),
        ("big book", "libro grande"),
        ("open", "abierta"),
        ("closed", "cerrada"),
        ("takes suboxone", "acepta suboxone"),
        ("with kids", "con hijos"),
        ("beds available", "camas disponibles"),
        ("level II", "nivel 2"),
        ("sundays", "los domingos"),
        ("monday", "lunes"),
        ("tue", "martes"),
        ("wensday", "miércoles"),
        ("thurs", "jueves"),
        ("friday", "viernes"),
        ("sat", "sábado"),
        ("today", "hoy"),
        ("tonite", "esta noche"),
        ("tmrw", "mañana"),
        ("weekend", "fin de semana"),
        ("morning", "por la mañana"),
        ("noon", "mediodía"),
        ("afternoon", "por la tarde"),
        ("evening", "después del trabajo"),
        ("night", "en la noche"),
        ("open now", "abierto ahora"),
        ("near me", "cerca de mí"),
    ];
    for (english, spanish) in table {
        assert!(!meant(english).is_empty(), "{english}");
        assert_eq!(meant(english), meant(spanish), "{english}, {spanish}");
    }
}

#[test]
fn a_word_that_others_need_is_no_wish_of_its_own() {
    for word in [
        "rehab",
        "detox",
        "treatment",
        "therapist",
        "narcan",
        "suboxone",
        "methadone",
        "help",
        "ayuda",
        "hope",
        "home",
        "hogar",
        "church",
        "iglesia",
        "room",
        "kids",
        "hijos",
        "family shelter",
        "shelter",
        "crisis",
        "serenity",
        "group",
        "service",
        "meth",
        "house arrest",
        "club house",
        "detox bed",
    ] {
        assert_eq!(meant(word), [], "{word}");
    }
    let beside = Vocabulary::builtin().wishes.iter().filter(|wish| wish.beside).flat_map(|wish| &wish.typed);
    let beside: Vec<String> = beside.map(|phrase| phrase.join(" ")).collect();
    for word in ["open", "closed", "ca", "ha", "ma", "oa", "ga", "sa", "da", "pal", "phone", "step", "young", "aca"] {
        assert!(beside.contains(&word.to_owned()), "{word}");
    }
}

#[test]
fn no_synonym_swallows_a_wish_that_stands_in_front_of_the_word_for_meetings() {
    // The longest phrase is taken: "speaker meeting" as a synonym would hide both the speaker and the meeting.
    let meeting = ["meeting", "meetings", "mtg", "mtgs"].map(str::to_owned);
    let synonyms = Vocabulary::builtin().synonyms.iter().flat_map(|synonym| &synonym.typed);
    for phrase in synonyms.filter(|phrase| phrase.len() > 1 && phrase.iter().any(|word| meeting.contains(word))) {
        let typed = phrase.join(" ");
        assert!(["first meeting", "ride to meeting", "ride to meetings"].contains(&typed.as_str()), "{typed}");
    }
}
