use super::*;

const RIGHT: &str = "271828";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn pin(digits: &str) -> Pin {
    Pin::read(digits).unwrap()
}

fn door(folder: &Path) -> Door {
    Door::new(folder, |tried| *tried == pin(RIGHT))
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Wrong PINs, one after the other, each as soon as it is looked at. Gives the moment after.
fn wrong(door: &mut Door, count: u32, mut now: i64) -> i64 {
    for _ in 0..count {
        now += i64::try_from(door.wait(at(now)).as_secs()).unwrap();
        assert!(matches!(door.answer(&pin("000000"), at(now)), Answer::Wrong(_)));
    }
    now
}

#[test]
fn waits_grow_and_end_and_a_right_pin_resets_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut door = door(folder.path());
    let mut now = 0;
    for wait in [0, 0, 0, 5, 15, 60, 300, 300, 300] {
        assert_eq!(door.answer(&pin("000000"), at(now)), Answer::Wrong(seconds(wait)));
        if wait > 0 {
            assert_eq!(
                door.answer(&pin(RIGHT), at(now + 1)),
                Answer::Wait(seconds(wait - 1)),
                "not even the right one"
            );
        }
        now += i64::try_from(wait).unwrap();
    }
    assert_eq!(door.answer(&pin(RIGHT), at(now)), Answer::Right);
    assert_eq!(door.answer(&pin("000000"), at(now)), Answer::Wrong(seconds(0)));
}

#[test]
fn the_count_survives_a_restart_and_holds_no_digit() {
    let folder = tempfile::tempdir().unwrap();
    let now = wrong(&mut door(folder.path()), 6, 0);
    let kept = fs::read_to_string(folder.path().join(NAME)).unwrap();
    assert!(!kept.contains("000000 ") && kept.starts_with("6 "), "{kept}");
    let mut again = door(folder.path());
    assert_eq!(again.answer(&pin(RIGHT), at(now + 20)), Answer::Wait(seconds(40)));
    assert_eq!(again.answer(&pin(RIGHT), at(now + 60)), Answer::Right);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left of it");
}

#[test]
fn who_pulls_the_plug_while_a_pin_is_tried_has_tried_it() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join(NAME);
    let mut door = Door::new(folder.path(), move |_| there.exists());
    assert_eq!(door.answer(&pin(RIGHT), at(0)), Answer::Right, "the count is there before the PIN is looked at");
}

#[test]
fn a_folder_that_cannot_be_written_is_counted_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    // A file where the folder should be: not even an administrator can write below it.
    let file = folder.path().join("data");
    fs::write(&file, "").unwrap();
    let mut door = door(&file);
    let now = wrong(&mut door, 5, 0);
    assert_eq!(door.answer(&pin(RIGHT), at(now + 1)), Answer::Wait(seconds(14)));
    assert_eq!(door.answer(&pin(RIGHT), at(now + 15)), Answer::Right);
    assert_eq!(door.wait(at(now + 15)), seconds(0));
}

#[test]
fn garbage_in_the_file_opens_nothing_and_locks_nobody_out() {
    let long = "9".repeat(10_000);
    for garbage in ["", "x", "5", "5 5 5", "-1 7", "4294967296 1", "7 99999999999999999999", "\u{0}\u{0}", &long] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), garbage).unwrap();
        let mut door = door(folder.path());
        assert_eq!(door.wait(at(0)), seconds(0), "{garbage}");
        assert_eq!(door.answer(&pin("000000"), at(0)), Answer::Wrong(seconds(5)), "{garbage}");
        assert_eq!(door.answer(&pin(RIGHT), at(5)), Answer::Right, "{garbage}");
    }
    // A folder in its place can be neither read nor replaced: memory counts.
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(NAME)).unwrap();
    let mut door = door(folder.path());
    assert_eq!(door.answer(&pin("000000"), at(0)), Answer::Wrong(seconds(5)));
    assert_eq!(door.answer(&pin(RIGHT), at(5)), Answer::Right);
}

#[test]
fn a_count_beyond_all_measure_waits_five_minutes_and_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(NAME), format!("4000000000 {}\n", at(0).as_second())).unwrap();
    assert_eq!(door(folder.path()).wait(at(0)), seconds(300));
    assert_eq!(door(folder.path()).answer(&pin(RIGHT), at(300)), Answer::Right);
}

#[test]
fn a_clock_that_was_set_back_makes_nobody_wait_longer_than_once() {
    let folder = tempfile::tempdir().unwrap();
    let now = wrong(&mut door(folder.path()), 7, 0);
    // The machine wakes up years before, and its clock is right again only much later.
    let years = now - 500_000_000;
    let mut again = door(folder.path());
    assert_eq!(again.wait(at(years)), seconds(300));
    assert_eq!(again.wait(at(years + 200)), seconds(100), "the wait goes on, and does not begin anew each time");
    assert_eq!(again.answer(&pin(RIGHT), at(years + 300)), Answer::Right);
}
