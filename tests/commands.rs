//! The staff's commands as processes: what they print, what they leave behind, and with which code they end.

use std::fs::File;

use crate::desk::Desk;

/// A directory of one meeting, in Porchlight's own form.
fn meeting(key: &str, name: &str) -> String {
    format!(
        "[defaults]\ntimezone = \"America/New_York\"\n\n[[meeting]]\nkey = \"{key}\"\nname = \"{name}\"\n\
         times = [\"Tue 19:00-20:00\"]\nfellowship = \"aa\"\n"
    )
}

/// A desk with two feeds of one meeting each, put up.
fn two_feeds() -> (Desk, std::path::PathBuf) {
    let desk = Desk::new();
    desk.write("hill.toml", meeting("hilltop", "Hilltop Lanterns"));
    desk.write("dale.toml", meeting("dale", "Valley Lanterns"));
    let feeds = desk.feeds(&[("hill", "porchlight", "hill.toml"), ("dale", "porchlight", "dale.toml")]);
    let ran = desk.refresh(&feeds);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    (desk, feeds)
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort_unstable();
    names
}

#[test]
fn without_an_edition_the_starter_pack_answers() {
    let desk = Desk::new();
    assert_eq!(desk.status()["edition"], serde_json::Value::Null);
    assert!(!desk.names("hope").is_empty());
    assert!(desk.run(&["status"]).out.contains("starter pack"));
    assert!(!desk.data().exists(), "asking writes nothing");
}

#[test]
fn a_refresh_puts_up_what_the_feeds_say() {
    let desk = Desk::new();
    let ran = desk.run(&["refresh", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let records: u64 = ran.accounts().iter().map(|feed| feed["records"].as_u64().unwrap()).sum();
    let status = desk.status();
    assert_eq!(status["records"], records);
    assert_eq!(status["edition"], ran.lines().last().unwrap()["edition"]);
    assert_eq!(
        status["kinds"].as_object().unwrap().values().filter_map(serde_json::Value::as_u64).sum::<u64>(),
        records
    );
    assert!(!desk.names("hope").is_empty());

    let again = desk.run(&["refresh"]);
    assert_eq!(again.code, 0);
    assert!(again.out.contains("Put up edition"), "{}", again.out);
    assert_ne!(desk.status()["edition"], status["edition"], "a later edition stands");
}

#[test]
fn a_feed_of_garbage_costs_itself_alone() {
    for garbage in [&b""[..], b"<html>Please sign in</html>", b"\xff\xfe\x00", b"[1,2,{]]", b"[[meeting]]\nkey = 1\n"] {
        let (desk, feeds) = two_feeds();
        desk.write("dale.toml", garbage);
        desk.write("hill.toml", meeting("hilltop", "Hilltop Lamps"));
        let ran = desk.refresh(&feeds);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        assert!(!ran.events("complaint").is_empty(), "{}", ran.out);
        assert_eq!(ran.events("kept").len(), 1, "{}", ran.out);
        let accounts = ran.accounts();
        assert_eq!((&accounts[0]["records"], &accounts[1]["records"]), (&1.into(), &0.into()));
        // The one is new, the other is what it said last; and it stays so however often the feed fails.
        assert_eq!(desk.refresh(&feeds).code, 0);
        assert_eq!(desk.names("hilltop"), ["Hilltop Lamps"]);
        assert_eq!(desk.names("valley"), ["Valley Lanterns"]);
    }
}

#[test]
fn when_no_feed_gives_anything_the_standing_edition_stays() {
    let (desk, feeds) = two_feeds();
    let before = desk.status();
    desk.write("dale.toml", "no directory");
    std::fs::remove_file(desk.path("hill.toml")).unwrap();
    let ran = desk.refresh(&feeds);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("nothing was put up"), "{}", ran.err);
    let gone = ran.events("complaint").into_iter().find(|complaint| complaint["feed"] == "hill").unwrap();
    assert!(gone["text"].as_str().unwrap().contains("hill.toml"), "{gone}");
    assert_eq!(desk.status()["edition"], before["edition"]);
    assert_eq!(sorted(desk.names("lanterns")), ["Hilltop Lanterns", "Valley Lanterns"]);
}

#[test]
fn a_feed_that_is_taken_out_of_the_file_is_gone() {
    let (desk, _) = two_feeds();
    let feeds = desk.feeds(&[("hill", "porchlight", "hill.toml")]);
    assert_eq!(desk.refresh(&feeds).code, 0);
    assert_eq!(desk.names("lanterns"), ["Hilltop Lanterns"]);
}

#[test]
fn every_row_is_accounted_for() {
    let desk = Desk::new();
    let rows = r#"[
        {"name": "Morning Lamp", "slug": "morning", "day": 1, "time": "07:00", "types": ["O"]},
        {"name": "Morning Lamp", "slug": "morning", "day": 1, "time": "07:00", "types": ["O"]},
        {"slug": "nameless", "day": 25, "time": "99:00"},
        {"name": "Evening Lamp", "slug": "evening", "day": 2, "time": "19:00", "types": ["O"]},
        17
    ]"#;
    desk.write("town.json", rows);
    let ran = desk.refresh(&desk.feeds(&[("town", "meeting-guide", "town.json")]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let town = &ran.accounts()[0];
    assert_eq!(town["rows"], 5, "{town}");
    assert!(town["dropped"].as_u64() >= Some(1) && town["records"].as_u64() >= Some(2), "{town}");
    let complaints = ran.events("complaint");
    assert_eq!(town["complaints"], complaints.len());
    let dropped = complaints.iter().filter(|complaint| complaint["dropped"] == true);
    assert!(dropped.clone().count() as u64 >= town["dropped"].as_u64().unwrap(), "each dropped row says why");
    assert!(dropped.into_iter().all(|complaint| complaint["place"].is_string()), "{complaints:?}");
}

#[test]
fn two_refreshes_do_not_meet() {
    let (desk, feeds) = two_feeds();
    let before = desk.status();
    let held = File::options().write(true).open(desk.data().join("refresh.lock")).unwrap();
    held.lock().unwrap();
    let ran = desk.refresh(&feeds);
    assert_eq!(ran.code, 75, "{}", ran.err);
    assert!(ran.err.contains("another refresh"), "{}", ran.err);
    assert_eq!(desk.status()["edition"], before["edition"]);
    drop(held);
    assert_eq!(desk.refresh(&feeds).code, 0);
}

#[test]
fn faults_in_files_are_all_told_with_their_lines() {
    let desk = Desk::new();
    let config = desk.write("site.toml", "[idle]\nseconds = 1\n\n[centre]\nnmae = \"Riverbend\"\n");
    let feeds = desk.write("feeds.toml", "[[feed]]\nname = \"A B\"\nform = \"fax\"\nfile = \"a\"\n");
    let (config, feeds) = (config.to_str().unwrap(), feeds.to_str().unwrap());
    let expected = [format!("{config}:2:"), format!("{config}:5:"), format!("{feeds}:2:"), format!("{feeds}:3:")];
    for (words, told_by) in [
        (vec!["check", "--config", config, "--feeds", feeds], 4),
        (vec!["refresh", "--config", config, "--feeds", feeds], 4),
        (vec!["search", "--config", config, "hope"], 2),
        (vec!["status", "--config", config], 2),
    ] {
        let ran = desk.run(&words);
        assert_eq!(ran.code, 2, "{words:?}");
        let told = format!("{}{}", ran.out, ran.err);
        for place in &expected[..told_by] {
            assert!(told.lines().any(|line| line.starts_with(place.as_str())), "{place} in {words:?}:\n{told}");
        }
    }
    assert!(!desk.data().exists(), "faults change nothing");
}

#[test]
fn a_file_that_cannot_be_read_is_a_fault_too() {
    let desk = Desk::new();
    desk.write("noise.toml", b"name = \"\xff\"");
    std::fs::create_dir(desk.path("folder")).unwrap();
    for file in ["nowhere.toml", "noise.toml", "folder"] {
        let ran = desk.run(&["status", "--config", file]);
        assert_eq!(ran.code, 2, "{file}");
        assert!(ran.err.starts_with(&format!("{file}:1:")), "{}", ran.err);
        assert!(!ran.err.contains("os error"), "{}", ran.err);
    }
}

#[test]
fn check_names_the_line_of_a_feed_whose_file_is_not_there() {
    let desk = Desk::new();
    desk.write("hill.toml", meeting("hilltop", "Hilltop Lanterns"));
    let feeds = desk.feeds(&[("hill", "porchlight", "hill.toml"), ("dale", "porchlight", "dale.toml")]);
    let feeds = feeds.to_str().unwrap();
    let ran = desk.run(&["check", "--feeds", feeds]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.starts_with(&format!("{feeds}:6: ")) && ran.out.contains("dale.toml"), "{}", ran.out);
    desk.write("dale.toml", meeting("dale", "Valley Lanterns"));
    let ran = desk.run(&["check", "--feeds", feeds]);
    assert_eq!((ran.code, ran.out.starts_with("No faults")), (0, true), "{}", ran.out);
}

#[test]
fn the_settings_say_where_the_directory_is_and_which_feeds_there_are() {
    let desk = Desk::new();
    desk.write("hill.toml", meeting("hilltop", "Hilltop Lanterns"));
    desk.feeds(&[("hill", "porchlight", "hill.toml")]);
    desk.write("porchlight.toml", "data = \"kept\"\n");
    let run = |words: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_porchlight"))
            .args(["--config", desk.path("porchlight.toml").to_str().unwrap()])
            .args(words)
            .output();
        crate::desk::Ran::from(output.unwrap())
    };
    assert_eq!(run(&["refresh"]).code, 0);
    assert!(desk.path("kept").is_dir());
    assert_eq!(run(&["search", "--json", "lanterns"]).json()["total"], 1);
}

#[test]
fn a_site_may_bring_its_own_words_and_faults_in_them_are_told() {
    let desk = Desk::new();
    desk.write("hill.toml", meeting("hilltop", "Hilltop Lanterns"));
    let feeds = desk.feeds(&[("hill", "porchlight", "hill.toml")]);
    let config = desk.write("porchlight.toml", "words = \"ours.toml\"\n");
    let (config, feeds) = (config.to_str().unwrap(), feeds.to_str().unwrap());
    desk.write("ours.toml", "[[synonym]]\ntyped = [\"glowworms\"]\nwritten = [\"lanterns\"]\n");
    assert_eq!(desk.run(&["refresh", "--config", config, "--feeds", feeds]).code, 0);
    let found = |words: &str| desk.run(&["search", "--json", "--config", config, words]);
    assert_eq!(found("glowworms").json()["total"], 1);
    assert!(desk.run(&["check", "--config", config]).out.contains("ours.toml"));

    desk.write("ours.toml", "[[synonym]]\ntyped = [\"glowworms\"]\nwriten = [\"lanterns\"]\n");
    let checked = desk.run(&["check", "--config", config]);
    assert_eq!(checked.code, 2, "{}", checked.out);
    let place = format!("{}:3:", desk.path("ours.toml").display());
    assert!(checked.out.lines().any(|line| line.starts_with(&place)), "{}", checked.out);
    assert_eq!(found("glowworms").code, 2);
    desk.write("porchlight.toml", "words = \"gone.toml\"\n");
    assert!(desk.run(&["check", "--config", config]).out.contains("cannot be read"));
}

#[test]
fn many_questions_are_answered_line_by_line() {
    let desk = Desk::new();
    let questions =
        ["hope", "", "serenity prayer", "zzzzqqqq", "tuesday\x1b[2J", "a very long question ".repeat(50).as_str()]
            .map(str::to_owned);
    let ran = desk.run_with(&["search", "--json", "--stdin", "--now", "2026-11-24T18:00"], &questions.join("\n"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let answers = ran.lines();
    assert_eq!(answers.len(), questions.len());
    for (question, answer) in questions.iter().zip(answers) {
        let mut answer = answer;
        assert!(answer["micros"].is_u64() && answer["understood"].is_array());
        if !question.is_empty() && !question.contains('\u{1b}') {
            let mut alone = desk.run(&["search", "--json", "--now", "2026-11-24T18:00", question]).json();
            answer["micros"] = 0.into();
            alone["micros"] = 0.into();
            assert_eq!(answer, alone, "{question}");
        }
    }
    let shown = desk.run_with(&["search", "--stdin"], "tuesday\x1b[2J\n");
    assert!(!shown.out.contains('\u{1b}'), "what was typed is made harmless before it is shown");
}

#[test]
fn an_answer_is_as_of_the_moment_that_was_asked_for() {
    let (desk, _) = two_feeds();
    let next = |now: &str| {
        let found = desk.run(&["search", "--json", "--now", now, "hilltop"]).json();
        found["hits"][0]["next"].as_str().unwrap().to_owned()
    };
    assert_eq!(next("2026-11-24T18:00"), "2026-11-24T19:00:00-05:00[America/New_York]");
    assert_eq!(next("2026-11-24T21:00:00-05:00"), "2026-12-01T19:00:00-05:00[America/New_York]");
    assert_eq!(next("2027-06-01T12:00[America/Chicago]"), "2027-06-01T19:00:00-04:00[America/New_York]");
    assert_eq!(desk.run(&["search", "--now", "soon", "hilltop"]).code, 2);
}

#[test]
fn an_answer_has_the_fields_that_others_rely_on() {
    let (desk, _) = two_feeds();
    let found = desk.run(&["search", "--json", "--now", "2026-11-24T18:00", "--limit", "1", "lanterns"]).json();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let fields = [
        "beside",
        "danger",
        "facets",
        "hits",
        "lost",
        "micros",
        "nowhere",
        "relaxed",
        "spelled",
        "total",
        "understood",
        "words",
    ];
    assert_eq!(keys(&found), fields);
    assert_eq!(keys(&found["hits"][0]), ["distance_m", "id", "kind", "name", "next", "score", "section", "staff"]);
    assert_eq!((found["total"].as_u64(), found["hits"].as_array().unwrap().len()), (Some(2), 1));
    assert_eq!((&found["facets"]["kind"]["meeting"], &found["facets"]["day"]["tuesday"]), (&2.into(), &2.into()));
    assert_eq!(found["facets"]["door"]["meetings"], 2);
}

#[test]
fn help_tells_the_codes_and_a_slip_on_the_command_line_is_a_fault() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]);
    assert_eq!(help.code, 0);
    for word in ["refresh", "search", "status", "complaints", "check", "doctor", "hash-pin", "--config", "--data", "75"]
    {
        assert!(help.out.contains(word), "{word} in\n{}", help.out);
    }
    for command in ["refresh", "search", "status", "complaints", "check", "doctor", "hash-pin"] {
        assert_eq!(desk.run(&[command, "--help"]).code, 0);
        assert_eq!(desk.run(&[command, "--frobnicate"]).code, 2);
    }
    assert_eq!(desk.run(&["serach", "hope"]).code, 2);
    assert_eq!(desk.run(&["search"]).code, 2, "nothing was asked");
}

#[test]
fn hash_pin_prints_lines_for_the_settings_and_never_the_pin() {
    let desk = Desk::new();
    let ran = desk.run_with(&["hash-pin"], "271828\n271828\n");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.starts_with("[staff]\npin = \"$argon2id$v=19$") && !ran.out.contains("271828"), "{}", ran.out);
    let config = desk.write("site.toml", &ran.out);
    let checked = desk.run(&["check", "--config", config.to_str().unwrap()]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    // Once is enough from a pipe; what two lines say differently is no PIN.
    assert_eq!(desk.run_with(&["hash-pin"], "271828").code, 0);
    assert!(desk.run_with(&["hash-pin"], "1234\n1234\n").err.contains("another one is safer"));
    for wrong in ["", "\n", "123\n", "1234567890123\n", "12a4\n", "271828\n271829\n", "\u{3}\n"] {
        let ran = desk.run_with(&["hash-pin"], wrong);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{wrong:?}");
        assert!(ran.err.contains("4 to 12 digits") && !ran.err.contains("1234567"), "{}", ran.err);
    }
}

#[test]
fn a_broken_hash_is_a_fault_with_its_line_and_is_not_repeated() {
    let desk = Desk::new();
    let whole = desk.run_with(&["hash-pin"], "271828").out;
    let cut = whole.replace("$v=19", "");
    let broken = [
        "[staff]\npin = \"271828\"\n",
        &whole.replace("argon2id", "argon2i"),
        &cut[..cut.len() - 40],
        "[staff]\npin = 271828\n",
    ];
    for broken in broken {
        let broken = if broken.ends_with('\n') { broken.to_owned() } else { format!("{broken}\"\n") };
        let config = desk.write("site.toml", &broken);
        let ran = desk.run(&["check", "--config", config.to_str().unwrap()]);
        assert_eq!(ran.code, 2, "{broken}");
        assert!(ran.out.starts_with(&format!("{}:2: ", config.display())), "{}", ran.out);
        assert!(!ran.out.contains("271828") && !ran.out.contains("argon2i$"), "{}", ran.out);
    }
    let config = desk.write("site.toml", "[staff]\npim = \"\"\n");
    assert!(desk.run(&["check", "--config", config.to_str().unwrap()]).out.contains("`pin`"));
}

#[test]
fn the_settings_may_name_the_feeds_file() {
    let desk = Desk::new();
    desk.write("hill.toml", meeting("hilltop", "Hilltop Lanterns"));
    let feeds = desk.feeds(&[("hill", "porchlight", "hill.toml")]);
    std::fs::rename(feeds, desk.path("ours.toml")).unwrap();
    let config = desk.write("site.toml", "feeds = \"ours.toml\"\n");
    let config = config.to_str().unwrap();
    assert_eq!(desk.run(&["refresh", "--config", config]).code, 0);
    assert_eq!(desk.names("lanterns"), ["Hilltop Lanterns"]);
    assert!(desk.run(&["check", "--config", config]).out.contains("ours.toml"));
    desk.write("site.toml", "feeds = \"gone.toml\"\n");
    assert!(desk.run(&["check", "--config", config]).out.contains("gone.toml:1: the file cannot be read"));
}

#[test]
fn a_reader_that_has_read_enough_is_no_failure() {
    let desk = Desk::new();
    let mut program = desk.command(&["search", "--json", "--stdin"]).spawn().unwrap();
    drop(program.stdout.take());
    {
        use std::io::Write;
        let mut questions = program.stdin.take().unwrap();
        let _ = questions.write_all(b"hope\nhope\n");
    }
    let ran = crate::desk::Ran::from(program.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn a_folder_that_cannot_be_written_is_told_in_plain_words() {
    let desk = Desk::new();
    desk.write("data", "a file where the folder should be");
    let ran = desk.run(&["refresh"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("data") && ran.err.contains("cannot be used"), "{}", ran.err);
    assert!(!desk.names("hope").is_empty(), "searching goes on");
}

#[test]
fn what_nobody_could_confirm_is_off_until_a_feeds_file_names_it() {
    let desk = Desk::new();
    assert!(desk.status()["feeds"].get("unconfirmed").is_none());
    let named = "[[feed]]\nname = \"unconfirmed\"\nform = \"porchlight\"\nbuiltin = \"unconfirmed\"\n";
    let ran = desk.refresh(&desk.write("feeds.toml", named));
    assert_eq!((ran.code, ran.accounts()[0]["dropped"].as_u64()), (0, Some(0)), "{}", ran.err);
    assert!(desk.status()["feeds"]["unconfirmed"].as_u64() > Some(0));
}
