//! Staff who start a refresh at the glass and go: the door is shut behind them, and what they asked for is done.

use std::sync::Mutex;
use std::sync::mpsc::channel;

use super::refresh::list;
use super::server::{Server, answer};
use crate::room::Room;
use crate::terminal::kept;

#[test]
fn a_refresh_goes_on_when_staff_have_gone_and_stops_when_they_say_so() {
    let (open, gate) = channel::<()>();
    let gate = Mutex::new(gate);
    let said = answer("200 OK", &[("Content-Type", "application/json")], list(20));
    let server = Server::new(move |_, line| {
        // Whoever asks waits until the test lets the answer through.
        let _ = gate.lock().unwrap().recv();
        line.say(&said);
    });
    let (data, config) = kept();
    let feeds = format!(
        "[[feed]]\nname = \"town\"\nform = \"meeting-guide\"\nurl = \"{}\"\nprivate_network = true\n\
         timezone = \"America/New_York\"\n",
        server.at("/list")
    );
    std::fs::write(data.path().join("feeds.toml"), feeds).unwrap();
    let folder = data.path().to_owned();
    let editions = || {
        std::fs::read_dir(folder.join("editions")).map_or(0, |found| {
            found.flatten().filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with('0'))).count()
        })
    };
    let mut room = Room::with("linux", data, &["--config", config.to_str().unwrap()]);
    room.shows("Find a meeting");
    let refresh = |room: &mut Room| {
        room.until(b"\x1b[24~", "PIN:").press(b"271828\r").shows("Refresh: read the feeds");
        for _ in 0..7 {
            room.press(b"\x1b[B");
        }
        room.press(b"\r").shows("Reading the feeds. Press Esc to stop.").shows("] asked");
    };
    // Stopped, it puts nothing up.
    refresh(&mut room);
    room.press(b"\x7f").shows("Stopped. Nothing was changed.");
    assert_eq!(editions(), 0);
    room.press(b"\x1b[21~").shows("Find a meeting");
    // Left, it does.
    refresh(&mut room);
    room.press(b"\x1b[21~").shows("Find a meeting");
    assert_eq!(editions(), 0);
    open.send(()).unwrap();
    open.send(()).unwrap();
    room.shows("Find a meeting");
    crate::keeper::until(&mut room, "the edition stands", |_| editions() == 1);
}
