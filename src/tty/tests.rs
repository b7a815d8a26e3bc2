use ratatui::crossterm::event::KeyCode;
use rustix::fs::fcntl_setfl;
use rustix::termios::{OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};
use rustix_openpty::{Pty, openpty};

use super::*;

/// A terminal in raw mode: the side of whoever types, and the keys at the other side.
fn terminal() -> (OwnedFd, Keys) {
    let Pty { controller, user } = openpty(None, None).unwrap();
    let mut modes = tcgetattr(&user).unwrap();
    modes.make_raw();
    tcsetattr(&user, OptionalActions::Now, &modes).unwrap();
    fcntl_setfl(&user, OFlags::RDWR | OFlags::NONBLOCK).unwrap();
    (controller, Keys::over(user).unwrap())
}

/// The same over a pipe: what is written can be read at once, so that paused time tells the truth.
fn line() -> (OwnedFd, Keys) {
    let (reader, writer) = std::io::pipe().unwrap();
    fcntl_setfl(&reader, OFlags::NONBLOCK).unwrap();
    (writer.into(), Keys::over(reader.into()).unwrap())
}

fn type_in(terminal: &OwnedFd, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        let written = rustix::io::write(terminal, bytes).unwrap();
        bytes = &bytes[written..];
    }
}

async fn codes(keys: &mut Keys) -> Vec<KeyCode> {
    keys.next().await.unwrap().into_iter().map(|key| key.code).collect()
}

fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap().block_on(test)
}

#[test]
fn keys_that_wait_come_in_one_batch() {
    run(async {
        let (glass, mut keys) = line();
        type_in(&glass, "hé\x1b[A\r".as_bytes());
        let expected = [KeyCode::Char('h'), KeyCode::Char('é'), KeyCode::Up, KeyCode::Enter];
        assert_eq!(codes(&mut keys).await, expected);
    });
}

#[test]
fn a_lone_escape_is_a_key_after_its_time() {
    run(async {
        let (glass, mut keys) = line();
        type_in(&glass, b"\x1b");
        assert_eq!(codes(&mut keys).await, [KeyCode::Esc]);
        type_in(&glass, b"\x1b[");
        type_in(&glass, b"A");
        assert_eq!(codes(&mut keys).await, [KeyCode::Up]);
    });
}

#[test]
fn an_escape_counts_its_time_though_nobody_waits_for_long() {
    run(async {
        let (glass, mut keys) = line();
        type_in(&glass, b"\x1b");
        let step = GRACE / 5;
        let mut seen = Vec::new();
        for _ in 0..12 {
            if let Ok(batch) = tokio::time::timeout(step, keys.next()).await {
                seen.extend(batch.unwrap().into_iter().map(|key| key.code));
            }
        }
        assert_eq!(seen, [KeyCode::Esc]);
    });
}

#[test]
fn a_sequence_that_never_ends_makes_no_key_and_keeps_nobody_waiting() {
    run(async {
        let (glass, mut keys) = line();
        type_in(&glass, b"\x1b[200~");
        assert!(tokio::time::timeout(GRACE * 4, keys.next()).await.is_err(), "no key");
        type_in(&glass, b"\r");
        assert_eq!(codes(&mut keys).await, [KeyCode::Enter]);
    });
}

#[test]
fn a_terminal_that_is_gone_ends_the_keys() {
    run(async {
        let (glass, mut keys) = terminal();
        type_in(&glass, b"x");
        assert_eq!(codes(&mut keys).await, [KeyCode::Char('x')]);
        drop(glass);
        assert_eq!(keys.next().await, None);
        assert_eq!(keys.next().await, None);

        let (glass, mut keys) = line();
        type_in(&glass, b"last");
        drop(glass);
        assert_eq!(codes(&mut keys).await.len(), 4, "what came before the end is still heard");
        assert_eq!(keys.next().await, None);
    });
}

#[test]
fn what_was_typed_is_not_kept_in_the_buffer() {
    run(async {
        let (glass, mut keys) = line();
        type_in(&glass, b"zqcanary");
        assert_eq!(codes(&mut keys).await.len(), 8);
        assert!(keys.buffer.iter().all(|&byte| byte == 0));
    });
}

#[test]
fn the_size_is_never_nothing_and_never_too_much() {
    let Pty { controller, user } = openpty(None, None).unwrap();
    for (columns, rows, expected) in [
        (80, 25, Size { width: 80, height: 25 }),
        (1, 1, Size { width: 1, height: 1 }),
        (0, 0, USUAL),
        (0, 25, USUAL),
        (65535, 1, Size { width: 300, height: 1 }),
        (2000, 1310, LARGEST),
    ] {
        let size = Winsize { ws_col: columns, ws_row: rows, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&controller, size).unwrap();
        assert_eq!(size_of(&user), expected, "{columns}x{rows}");
    }
    assert_eq!(size_of(std::fs::File::open("/dev/null").unwrap()), USUAL);
}

#[test]
fn signals_of_a_terminal_do_nothing_and_two_of_them_end() {
    use rustix::process::{getpid, kill_process};
    run(async {
        let mut signals = Signals::listen().unwrap();
        for quiet in QUIET {
            kill_process(getpid(), quiet).unwrap();
        }
        kill_process(getpid(), Number::WINCH).unwrap();
        assert_eq!(signals.next().await, Call::Resized);
        for end in [Number::TERM, Number::HUP] {
            kill_process(getpid(), end).unwrap();
            assert_eq!(signals.next().await, Call::End);
        }
    });
}

/// Bytes for a terminal that takes seven at a time and has this fault at this write, for so many writes.
fn written(fault: rustix::io::Errno, at: usize, times: usize) -> (io::Result<()>, Vec<u8>, usize) {
    struct Line(Vec<u8>, std::ops::Range<usize>, rustix::io::Errno, usize);
    impl Write for Line {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let Self(taken, faulty, fault, writes) = self;
            let write = || {
                *writes += 1;
                if faulty.contains(&(*writes - 1)) {
                    return Err(*fault);
                }
                let part = &bytes[..bytes.len().min(7)];
                taken.extend_from_slice(part);
                Ok(part.len())
            };
            out::patiently(4, write, || Ok(()))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut line = Line(Vec::new(), at..at + times, fault, 0);
    let ended = line.write_all(&(0..100).collect::<Vec<u8>>());
    (ended, line.0, line.3)
}

#[test]
fn whatever_a_terminal_does_no_byte_is_lost_or_written_twice() {
    use rustix::io::Errno;
    let whole: Vec<u8> = (0..100).collect();
    for at in 0..=15 {
        for fault in [Errno::AGAIN, Errno::INTR] {
            for times in 1..=4 {
                let (ended, taken, _) = written(fault, at, times);
                assert!(ended.is_ok() && taken == whole, "{fault} at {at}, {times} times");
            }
            let (ended, taken, writes) = written(fault, at, 1000);
            assert_eq!((taken.len(), writes), ((7 * at).min(100), if at < 15 { at + 5 } else { 15 }));
            assert!(at == 15 || ended.unwrap_err().kind() == io::ErrorKind::TimedOut);
        }
        let (ended, taken, writes) = written(Errno::IO, at, 1000);
        assert_eq!((taken.len(), writes), ((7 * at).min(100), (at + 1).min(15)), "who is gone is not asked again");
        assert!(at == 15 || ended.unwrap_err().raw_os_error() == Some(Errno::IO.raw_os_error()));
    }
}

#[test]
fn a_slow_terminal_gets_every_byte_once() {
    let Pty { controller, user } = openpty(None, None).unwrap();
    let mut modes = tcgetattr(&user).unwrap();
    modes.make_raw();
    tcsetattr(&user, OptionalActions::Now, &modes).unwrap();
    fcntl_setfl(&user, OFlags::RDWR | OFlags::NONBLOCK).unwrap();
    // Far more than the kernel keeps for it.
    let whole: Vec<u8> = (0..200_000_u32).map(|number| number.to_le_bytes()[usize::from(number % 3 == 0)]).collect();
    let (length, mut read) = (whole.len(), Vec::new());
    let reader = std::thread::spawn(move || {
        let mut piece = [0; 100];
        while read.len() < length {
            let bytes = rustix::io::read(&controller, &mut piece).unwrap();
            read.extend_from_slice(&piece[..bytes]);
        }
        read
    });
    Out::over(user, Duration::from_secs(60)).write_all(&whole).unwrap();
    assert!(reader.join().unwrap() == whole);
}

#[test]
fn the_console_is_known_by_its_name() {
    assert!(is_console("linux") && is_console("linux-16color"));
    assert!(!is_console("xterm-256color") && !is_console("") && !is_console("linuxish"));
}

#[test]
fn a_surface_asks_the_terminal_nothing() {
    use ratatui::Terminal;
    use ratatui::layout::Position;
    fn largest() -> Size {
        LARGEST
    }
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut terminal = Terminal::new(Surface::over(writer, largest)).unwrap();
    for _ in 0..2 {
        terminal
            .draw(|frame| {
                assert_eq!((frame.area().width, frame.area().height), (300, 100));
                frame.set_cursor_position(Position { x: 7, y: 3 });
            })
            .unwrap();
        // crossterm would write a question here, and read the visitor's keys for the answer.
        terminal.clear().unwrap();
    }
    drop(terminal);
    let mut written = String::new();
    std::io::Read::read_to_string(&mut reader, &mut written).unwrap();
    assert!(written.contains("\u{1b}[4;8H"), "the cursor stands where it was put: {written:?}");
    assert!(!written.contains("\u{1b}[6n"), "{written:?}");
}
