//! Every way in which a settings file, a feeds file or a file of words can be wrong: `check` names the place and what must
//! be, ends with its own code, and never falls over.

use std::os::unix::fs::symlink;

use crate::desk::{Desk, Ran};

fn check(desk: &Desk) -> Ran {
    desk.run(&["check", "--config", "site.toml"])
}

/// The file with this in it has a fault that begins so; the line is that of the file.
fn is_at(desk: &Desk, file: &str, bytes: &[u8], place: &str, what: &str) {
    desk.write(file, bytes);
    let ran = check(desk);
    let shown = String::from_utf8_lossy(bytes.get(..60).unwrap_or(bytes)).into_owned();
    assert_eq!(ran.code, 2, "{file} {shown:?}: {}{}", ran.out, ran.err);
    let fault = ran.out.lines().find(|line| line.contains(&format!("{file}:{place}")));
    let fault = fault.unwrap_or_else(|| panic!("{file}:{place} is not in {} (of {shown:?})", ran.out));
    assert!(fault.contains(what), "{what:?} is not in {fault}");
    assert!(!ran.out.contains("os error") && !ran.err.contains("panicked"), "{}{}", ran.out, ran.err);
    assert!(!ran.out.contains('\0') && ran.out.len() < 20_000, "what is wrong is not repeated at length");
}

/// What can be wrong with any of the three files.
fn is_any_file(desk: &Desk, file: &str, good: &str) {
    desk.write(file, good);
    assert_eq!(check(desk).code, 0, "{}", check(desk).out);
    let line = good.lines().count() + 1;
    is_at(desk, file, format!("{good}[centre\n").as_bytes(), &format!("{line}:"), "");
    is_at(desk, file, format!("{good}\"\n").as_bytes(), &format!("{line}:"), "");
    is_at(desk, file, &[good.as_bytes(), b"x = \"\xff\xfe\"\n"].concat(), &format!("{line}:"), "UTF-8");
    is_at(desk, file, &[good.as_bytes(), b"\0"].concat(), &format!("{line}:"), "");
    is_at(desk, file, &"# much\n".repeat(1_500_000).into_bytes(), "1:", "");
    is_at(desk, file, "[".repeat(200_000).as_bytes(), "1:", "");
    let twice = good.lines().next().unwrap();
    if twice.contains('=') {
        is_at(desk, file, format!("{twice}\n{good}").as_bytes(), "2:", "");
    }
    // A link is as good as the file; one that leads to itself or nowhere, and a folder, are none.
    std::fs::remove_file(desk.path(file)).unwrap();
    desk.write("real.toml", good);
    symlink(desk.path("real.toml"), desk.path(file)).unwrap();
    assert_eq!(check(desk).code, 0, "{}", check(desk).out);
    for target in [file, "nowhere.toml"] {
        std::fs::remove_file(desk.path(file)).unwrap();
        symlink(desk.path(target), desk.path(file)).unwrap();
        let ran = check(desk);
        assert_eq!(ran.code, 2, "{}", ran.out);
        assert!(ran.out.contains(&format!("{file}:1: ")) && !ran.out.contains("os error"), "{}", ran.out);
    }
    std::fs::remove_file(desk.path(file)).unwrap();
    std::fs::create_dir(desk.path(file)).unwrap();
    let ran = check(desk);
    assert!(ran.code == 2 && ran.out.contains(&format!("{file}:1: ")), "{}", ran.out);
    std::fs::remove_dir(desk.path(file)).unwrap();
    desk.write(file, good);
}

const FEED: &str = "[[feed]]\nname = \"hill\"\nform = \"porchlight\"\nfile = \"hill.toml\"\n";

#[test]
fn whatever_is_wrong_with_a_file_of_the_site_is_told_with_its_line() {
    let desk = Desk::new();
    desk.write("hill.toml", "[[meeting]]\nkey = \"hill\"\nname = \"Hilltop Lanterns\"\n");
    desk.write("feeds.toml", FEED);
    desk.write("own.toml", include_str!("../config/words.toml"));
    let site = "words = \"own.toml\"\n";
    is_any_file(&desk, "site.toml", site);
    is_any_file(&desk, "feeds.toml", FEED);
    is_any_file(&desk, "own.toml", include_str!("../config/words.toml"));
    // An empty file says nothing, which is no fault of settings.
    desk.write("site.toml", "");
    assert_eq!(check(&desk).code, 0);
    for (text, place, what) in [
        ("[centre]\nnme = \"x\"\n", "2:", "did you mean `name`?"),
        ("[centre]\nname = 7\n", "2:", "must be"),
        ("stale_days = 0\n", "1:", "must be"),
        ("stale_days = 99999999999999999999\n", "1:", ""),
        ("stale_days = \"many\"\n", "1:", "must be"),
        ("[centre]\nlatitude = 91\nlongitude = 0\n", "2:", "must be from -90 to 90"),
    ] {
        is_at(&desk, "site.toml", text.as_bytes(), place, what);
    }
    desk.write("site.toml", site);
    for (text, place, what) in [
        ("[[feed]]\nname = \"hill\"\nfrom = \"porchlight\"\nfile = \"hill.toml\"\n", "3:", "did you mean `form`?"),
        ("[[feed]]\nname = \"hill\"\nform = \"porchlite\"\nfile = \"hill.toml\"\n", "3:", "must be one of"),
        ("[[feed]]\nname = \"hill\"\nform = \"porchlight\"\nfile = \"gone.toml\"\n", "1:", "gone.toml"),
        ("[[feed]]\nname = \"../hill\"\nform = \"porchlight\"\nfile = \"hill.toml\"\n", "2:", ""),
    ] {
        is_at(&desk, "feeds.toml", text.as_bytes(), place, what);
    }
    is_at(&desk, "feeds.toml", [FEED, FEED].concat().as_bytes(), "5:", "two feeds are named");
}
