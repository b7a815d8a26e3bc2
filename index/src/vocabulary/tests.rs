use proptest::prelude::*;

use super::*;

mod words;

/// A small vocabulary that is sound, of which each test spoils one file.
const SMALL: VocabularyFiles<'static> = VocabularyFiles {
    terms: ("terms.toml", "[women]\ngroup = \"who\"\nen = \"Women\"\nes = \"Mujeres\"\n"),
    fellowships: ("fellowships.toml", "[aa]\nname = \"Alcoholics Anonymous\"\npathways = [\"twelve-step\"]\n"),
    codes: ("codes.toml", "[aa]\nC = \"closed\"\nW = \"women\"\n"),
    services: ("services.toml", "[[sort]]\nis = \"helpline\"\nwords = [\"Help line\"]\n"),
    bmlt: ("bmlt.toml", "[world]\nCLOSED = \"closed\"\n"),
    words: ("words.toml", "[[synonym]]\ntyped = [\"a. a.\", \"Reunión\"]\nwritten = [\"Alcoholics Anonymous\"]\n"),
};

fn faults(files: &VocabularyFiles<'_>) -> Vec<String> {
    Vocabulary::read(files).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_compiled_in_has_no_fault() {
    assert_eq!(faults(&VocabularyFiles::BUILTIN), [""; 0]);
    assert_eq!(Vocabulary::read(&VocabularyFiles::BUILTIN).as_ref(), Ok(Vocabulary::builtin()));
}

#[test]
fn words_of_services_name_what_there_is() {
    let text = "[[sort]]\nis = \"helplin\"\nwords = [\"Help line\"]\n\n[[term]]\nis = \"womn\"\nwords = [\"Women\"]\n\n\
                [[sort]]\nis = \"residence\"\n\n[language]\nspa = \"xx\"\n";
    let faults = faults(&VocabularyFiles { services: ("s.toml", text), ..SMALL });
    let lines: Vec<_> = faults.iter().filter_map(|fault| fault.split(':').nth(1)).collect();
    assert_eq!(lines, ["2", "6", "9", "13"], "{faults:#?}");
    let read = Vocabulary::read(&SMALL).unwrap();
    let helpline = Sorted::Service(crate::record::ServiceSort::Helpline);
    assert_eq!(read.services.sorts, [(helpline, vec![vec!["help".to_owned(), "line".to_owned()]])]);
}

#[test]
fn the_same_letter_means_what_its_fellowship_says() {
    let code = |table: &str, code: &str| Vocabulary::builtin().codes[table][code].clone();
    assert_eq!(code("aa", "C"), [Meaning::Open(Openness::Closed)]);
    assert_eq!(code("al-anon", "C"), [Meaning::Open(Openness::FamiliesOnly)]);
    assert_ne!(code("aa", "Y"), code("al-anon", "Y"), "young people, or Alateen");
    let fellowship = &Vocabulary::builtin().fellowships["alateen"];
    assert_eq!(fellowship.codes, "al-anon", "a fellowship may use the codes of another");
}

#[test]
fn what_people_type_leads_to_what_directories_write() {
    let written = |typed: &str| -> Vec<String> {
        let typed: Vec<_> = crate::text::words(typed).collect();
        let synonyms = Vocabulary::builtin().synonyms.iter().filter(|synonym| synonym.typed.contains(&typed));
        synonyms.flat_map(|synonym| synonym.written.iter().map(|phrase| phrase.join(" "))).collect()
    };
    let table = [
        ("aa", "alcoholics anonymous"),
        ("NA", "narcotics anonymous"),
        ("Narcan", "naloxone"),
        ("halfway house", "recovery residence"),
        ("sober house", "recovery residence"),
        ("rehab", "treatment"),
        ("12 step", "twelve step"),
        ("mat clinic", "moud"),
        ("Al-Anon", "al anon"),
        ("suboxone", "buprenorphine"),
        ("kids", "children"),
        ("expungement", "legal help"),
        ("coach", "peer recovery coach"),
        ("reunión", "meeting"),
        ("casa", "house"),
        ("ayuda", "help"),
        ("trabajo", "work"),
        ("junkie", "person with addiction"),
        ("drunk", "person with alcohol use disorder"),
    ];
    for (typed, expected) in table {
        assert!(written(typed).contains(&expected.to_owned()), "{typed}: {:?}", written(typed));
    }
    assert!(Vocabulary::builtin().synonyms.len() >= 80);
}

#[test]
fn phrases_are_kept_as_the_index_holds_them() {
    let read = Vocabulary::read(&SMALL).unwrap();
    assert_eq!(read.synonyms[0].typed, [vec!["a".to_owned(), "a".to_owned()], vec!["reunion".to_owned()]]);
    assert_eq!(read.fellowships["aa"].codes, "aa", "its own table stands for it");
}

#[test]
fn files_that_do_not_fit_each_other_are_told_with_their_lines() {
    let table = [
        (
            VocabularyFiles { terms: ("terms.toml", "[women]\ngroup = \"whom\"\nen = \"Women\"\n"), ..SMALL },
            &[
                "terms.toml:1: [women] has no `es`; it must have one",
                "terms.toml:2: `group` is \"whom\"; did you mean \"who\"?",
                "codes.toml:3: `W` is \"women\"; it must be one of: open, closed, families-only, online, place-closed, nothing",
            ][..],
        ),
        (
            VocabularyFiles {
                codes: ("codes.toml", "[aa]\nC = \"closd\"\nW = [\"women\", \"wmen\"]\nw = \"open\"\n"),
                ..SMALL
            },
            &[
                "codes.toml:2: `C` is \"closd\"; did you mean \"closed\"?",
                "codes.toml:3: `W` is \"wmen\"; did you mean \"women\"?",
                "codes.toml:4: the code w is written twice in small and large letters; it must stand here once",
            ],
        ),
        (
            VocabularyFiles {
                fellowships: (
                    "f.toml",
                    "[na]\nname = \"NA\"\npathways = [\"12-step\"]\n[aa]\nname = \"AA\"\npathways = []\ncodes = \"xx\"\n",
                ),
                ..SMALL
            },
            &[
                "f.toml:1: [na] has no `codes`, and there is no code table [na]; it must name a code table",
                "f.toml:3: `pathways` is \"12-step\"; it must be one of: all, culture, faith, family, medication, \
                 mindfulness, secular, twelve-step",
                "f.toml:7: `codes` is \"xx\"; it must be one of: aa",
            ],
        ),
        (
            VocabularyFiles {
                words: (
                    "w.toml",
                    "[[synonym]]\ntyped = [\"aa\"]\nwritten = [\"...\"]\n[[synonym]]\ntyped = [\"AA\"]\nwriten = []\n",
                ),
                ..SMALL
            },
            &[
                "w.toml:3: `written` is \"...\"; it must be words, with letters or digits",
                "w.toml:4: \"aa\" is typed in line 1 as well; it must stand in one [[synonym]]",
                "w.toml:4: [[synonym]] has no `written`; it must have one",
                "w.toml:6: `writen` is not known in [[synonym]]; did you mean `written`?",
            ],
        ),
    ];
    for (files, expected) in table {
        assert_eq!(faults(&files), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_letter_anywhere_is_a_fault_or_no_matter(at in 0..VocabularyFiles::BUILTIN.terms.1.len(), letter in any::<char>()) {
        let mut terms = VocabularyFiles::BUILTIN.terms.1.to_owned();
        if terms.is_char_boundary(at) {
            terms.insert(at, letter);
        }
        for fault in Vocabulary::read(&VocabularyFiles { terms: ("terms.toml", &terms), ..SMALL }).err().unwrap_or_default() {
            prop_assert!(fault.line >= 1 && crate::text::is_clean(&fault.text), "{}", fault);
        }
    }
}
