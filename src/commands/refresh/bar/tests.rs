use std::io;
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};

use indicatif::TermLike;

use super::*;

/// A terminal of 80 columns that is looked at.
#[derive(Clone)]
struct Terminal(Arc<Mutex<vt100::Parser>>);

impl std::fmt::Debug for Terminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Terminal")
    }
}

impl Terminal {
    fn new() -> Self {
        let side = |cells| NonZeroU16::new(cells).unwrap();
        Self(Arc::new(Mutex::new(vt100::Parser::new(side(10), side(80), 0))))
    }

    fn contents(&self) -> String {
        let parser = self.0.lock().unwrap();
        let rows: Vec<String> = parser.screen().rows(0, 80).map(|row| row.trim_end().to_owned()).collect();
        rows.join("\n").trim_end().to_owned()
    }
}

impl TermLike for Terminal {
    fn width(&self) -> u16 {
        80
    }
    fn move_cursor_up(&self, by: usize) -> io::Result<()> {
        if by == 0 { Ok(()) } else { self.write_str(&format!("\x1b[{by}A")) }
    }
    fn move_cursor_down(&self, by: usize) -> io::Result<()> {
        if by == 0 { Ok(()) } else { self.write_str(&format!("\x1b[{by}B")) }
    }
    fn move_cursor_right(&self, by: usize) -> io::Result<()> {
        if by == 0 { Ok(()) } else { self.write_str(&format!("\x1b[{by}C")) }
    }
    fn move_cursor_left(&self, by: usize) -> io::Result<()> {
        if by == 0 { Ok(()) } else { self.write_str(&format!("\x1b[{by}D")) }
    }
    fn write_line(&self, said: &str) -> io::Result<()> {
        self.write_str(said)?;
        self.write_str("\r\n")
    }
    fn write_str(&self, said: &str) -> io::Result<()> {
        self.0.lock().unwrap().process(said.as_bytes());
        Ok(())
    }
    fn clear_line(&self) -> io::Result<()> {
        self.write_str("\r\x1b[2K")
    }
    fn flush(&self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn each_feed_has_a_line_and_the_whole_has_one() {
    let terminal = Terminal::new();
    let mut bars = Bars::on(ProgressDrawTarget::term_like(Box::new(terminal.clone())));
    let name = |name: &str| name.to_owned();
    bars.step(&Step::Feeds(vec![name("town"), name("dale")]));
    bars.step(&Step::Phase(Phase::Reading));
    bars.step(&Step::Asking { feed: name("town") });
    assert!(terminal.contents().contains("town  asking"), "{}", terminal.contents());
    bars.step(&Step::Got { feed: name("town"), got: Got { bytes: 512, of: Some(1024) } });
    assert!(terminal.contents().contains("512 B of 1.02 kB"), "{}", terminal.contents());
    bars.step(&Step::Read { feed: name("town"), rows: 12 });
    bars.step(&Step::Asking { feed: name("dale") });
    bars.step(&Step::Got { feed: name("dale"), got: Got { bytes: 2048, of: None } });
    let said = bars.aside(|| terminal.contents());
    assert!(!said.contains("town"), "nothing stands in the way of what is printed: {said}");
    let lines = terminal.contents();
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    assert_eq!(lines[..2], ["town  12 rows", "dale  2.05 kB"]);
    assert!(lines[2].contains("reading"), "{lines:?}");
    bars.step(&Step::Read { feed: name("dale"), rows: 1 });
    bars.step(&Step::Phase(Phase::Merging));
    assert!(terminal.contents().contains("3/8 merging") && !terminal.contents().contains("town"));
    bars.end();
    assert_eq!(terminal.contents(), "");
}
