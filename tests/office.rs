//! The staff's office for real: from keys in a real terminal, through the office and a refresh of its own, to what the
//! next visitor reads.

use crate::room::Room;
use crate::terminal::kept;

const F12: &[u8] = b"\x1b[24~";
const F10: &[u8] = b"\x1b[21~";
const DOWN: &[u8] = b"\x1b[B";
const END: &[u8] = b"\x1b[F";

fn through_the_door(room: &mut Room) -> &mut Room {
    room.until(F12, "PIN:").press(b"271828\r").shows("Free beds")
}

/// The listing of Elm Row House says this to a visitor; to the very next one, or to one within the second in which the
/// glass that waits is replaced.
fn visitor_reads(room: &mut Room, words: &str) {
    for _ in 0..100 {
        room.press(F10).shows("Find a meeting").press(b"elm row house").shows("Elm Row House");
        room.press(b"\r").shows("> Elm Row House").press(b"\r").shows("Who may come");
        if room.text().contains(words) {
            return;
        }
    }
    panic!("no visitor reads {words:?}\n{}", room.text());
}

#[test]
fn beds_that_staff_count_at_the_glass_are_what_the_next_visitor_reads_until_they_are_taken_back() {
    let (data, config) = kept();
    let feeds = "[[feed]]\nname = \"sample\"\nform = \"porchlight\"\nbuiltin = \"sample\"\n";
    std::fs::write(data.path().join("feeds.toml"), feeds).unwrap();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Find a meeting");
    through_the_door(&mut room).press(DOWN).press(b"\r").shows("Elm Row House");
    // The homes stand by name among those that were counted, and this is the fourth.
    for _ in 0..3 {
        room.press(DOWN);
    }
    room.shows("> Elm Row House").press(b"7").press(END).shows("> Save").press(b"\r").shows("is up.");
    visitor_reads(&mut room, "7 free beds (staff, today");
    room.press(F10).shows("Find a meeting");
    through_the_door(&mut room);
    for _ in 0..5 {
        room.press(DOWN);
    }
    room.press(b"\r").shows("7 free beds at Elm Row House").press(DOWN).press(b"\r").shows("Take this change back?");
    room.press(DOWN).press(b"\r").shows("is up.");
    visitor_reads(&mut room, "2 free beds (counted");
}

#[test]
fn after_a_refresh_staff_see_what_was_wrong_in_which_feed_and_when_each_is_due() {
    let (data, config) = kept();
    let hill = "[[meeting]]\nkey = \"hill\"\nname = \"Hilltop Lanterns\"\n\n[[meeting]]\nkey = \"dale\"\n";
    std::fs::write(data.path().join("hill.toml"), hill).unwrap();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Find a meeting");
    through_the_door(&mut room).until(DOWN, "> Refresh").press(b"\r").shows("is up.");
    room.press(b"\x7f").until(DOWN, "> What was wrong").press(b"\r").shows("line 5").shows("name");
    room.press(b"\x7f").press(b"\x1b[H").press(b"\r").shows("free of").press(END).shows("hill").shows("Next: ");
}

#[test]
fn of_very_much_that_is_wrong_staff_are_told_how_much_there_is() {
    let (data, config) = kept();
    let hill = "[[meeting]]\nkey = \"hill\"\nname = \"Hilltop Lanterns\"\n\n".to_owned();
    std::fs::write(data.path().join("hill.toml"), hill + &"[[meeting]]\n".repeat(2500)).unwrap();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Find a meeting");
    through_the_door(&mut room).until(DOWN, "> Refresh").press(b"\r").shows("is up.").press(END);
    // Of each row, that it has no key, that it has no name, and that it was left out.
    room.shows("And 7300 more notes");
}

#[test]
fn one_change_after_the_other_is_put_up_also_when_nobody_waits_for_the_first() {
    let (data, config) = kept();
    let folder = data.path().to_owned();
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Find a meeting");
    through_the_door(&mut room);
    for said in ["Potluck", "Quilting"] {
        room.press(b"\x1b[H")
            .shows("> How the directory")
            .until(DOWN, "> A notice")
            .press(b"\r")
            .shows("> What to say:");
        room.press(said.as_bytes()).shows(said).press(END).shows("> Save").press(b"\r").shows("is written down");
        room.press(b"\x7f").shows("Use the arrows");
    }
    // And the third by whoever closes the door at once.
    room.press(b"\x1b[H").shows("> How the directory").until(DOWN, "> A notice").press(b"\r").shows("> What to say:");
    room.press(b"Singing").shows("Singing").press(END).shows("> Save").press(b"\r\x1b[21~").shows("Find a meeting");
    let stands = || {
        let newest = std::fs::read_dir(folder.join("editions")).into_iter().flatten().flatten();
        let newest = newest.filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with('0')));
        let newest = newest.max_by_key(std::fs::DirEntry::file_name)?;
        std::fs::read_to_string(newest.path().join("manifest.json")).ok()
    };
    crate::keeper::until(&mut room, "all of it stands", |_| {
        stands().is_some_and(|manifest| ["Potluck", "Quilting", "Singing"].iter().all(|said| manifest.contains(said)))
    });
    room.until(F10, "Singing").shows("Potluck").shows("Quilting");
}
