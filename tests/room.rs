//! A terminal with the real program in it: keys as bytes, the screen as a terminal shows it.

use std::io::{PipeWriter, Read, Write};
use std::num::NonZero;
use std::os::fd::OwnedFd;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{Winsize, tcsetwinsize};
use rustix_openpty::{Pty, openpty};

/// Long enough for the slowest machine; whoever waits so long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The program, its keyboard and its screen.
pub(crate) struct Room {
    pub(crate) program: Child,
    pub(crate) keyboard: std::fs::File,
    /// The terminal as the program has it, for as long as the program runs.
    name: String,
    written: Receiver<Vec<u8>>,
    /// Who reads what is written. It ends when the plug is pulled.
    reader: Option<(JoinHandle<()>, PipeWriter)>,
    pub(crate) screen: vt100::Parser,
    /// Every byte that was written and taken.
    pub(crate) heard: Vec<u8>,
    pub(crate) data: tempfile::TempDir,
}

impl Room {
    pub(crate) fn new(term: &str) -> Self {
        Self::with(term, tempfile::tempdir().unwrap(), &[])
    }

    /// The program with a data folder that something may stand in already, and with more words.
    pub(crate) fn with(term: &str, data: tempfile::TempDir, words: &[&str]) -> Self {
        Self::told(term, data, |command| command.args(words))
    }

    /// The program with whatever else it is told.
    pub(crate) fn told(term: &str, data: tempfile::TempDir, more: impl FnOnce(&mut Command) -> &mut Command) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
        command.args(["--data", data.path().to_str().unwrap()]).env_clear().env("TERM", term);
        more(&mut command);
        Self::starting(command, data)
    }

    /// The program, started in a way of its own.
    pub(crate) fn starting(mut command: Command, data: tempfile::TempDir) -> Self {
        let size = Winsize { ws_row: 25, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        let Pty { controller, user } = openpty(None, Some(&size)).unwrap();
        let stdio = || Stdio::from(user.try_clone().unwrap());
        let program = command.stdin(stdio()).stdout(stdio()).stderr(stdio()).spawn().unwrap();
        // What the command still holds of the terminal must not keep it open.
        drop(command);
        let name = rustix::termios::ttyname(&user, Vec::new()).unwrap().into_string().unwrap();
        let (send, written) = channel();
        let reader: OwnedFd = controller.try_clone().unwrap();
        let (pulled, plug) = std::io::pipe().unwrap();
        let thread = std::thread::spawn(move || {
            let mut reader = std::fs::File::from(reader);
            let mut buffer = [0; 4096];
            loop {
                let mut waits = [PollFd::new(&reader, PollFlags::IN), PollFd::new(&pulled, PollFlags::IN)];
                poll(&mut waits, None).unwrap();
                if !waits[1].revents().is_empty() {
                    break;
                }
                let Ok(bytes @ 1..) = reader.read(&mut buffer) else { break };
                if send.send(buffer[..bytes].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(cells(25), cells(80), 0);
        let reader = Some((thread, plug));
        Self { program, keyboard: controller.into(), name, written, reader, screen, heard: Vec::new(), data }
    }

    pub(crate) fn press(&mut self, bytes: &[u8]) -> &mut Self {
        self.keyboard.write_all(bytes).unwrap();
        self
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.heard.extend_from_slice(bytes);
    }

    /// Waits until the screen shows these words.
    pub(crate) fn shows(&mut self, words: &str) -> &mut Self {
        while !self.text().contains(words) {
            match self.written.recv_timeout(PATIENCE) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("waited for {words:?}, and the screen shows\n{}", self.text())
                }
            }
        }
        self
    }

    /// Presses a key as often as a person would, until the screen shows these words.
    pub(crate) fn until(&mut self, bytes: &[u8], words: &str) -> &mut Self {
        for _ in 0..200 {
            self.press(bytes);
            while let Ok(bytes) = self.written.recv_timeout(Duration::from_millis(250)) {
                self.take(&bytes);
                if self.text().contains(words) {
                    return self;
                }
            }
        }
        panic!("{words:?} never came, and the screen shows\n{}", self.text())
    }

    /// Takes what was written in the meantime, and a moment if nothing was.
    pub(crate) fn moment(&mut self) -> &mut Self {
        if let Ok(bytes) = self.written.recv_timeout(Duration::from_millis(50)) {
            self.take(&bytes);
        }
        self
    }

    /// Takes keyboard and screen away. Nobody has the terminal any more but the program.
    pub(crate) fn unplug(&mut self) {
        self.keyboard = std::fs::File::open("/dev/null").unwrap();
        if let Some((thread, plug)) = self.reader.take() {
            drop(plug);
            thread.join().unwrap();
        }
    }

    /// The terminal, as whoever else has it open may use it.
    pub(crate) fn terminal(&self) -> OwnedFd {
        std::fs::File::options().read(true).write(true).open(&self.name).unwrap().into()
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.program)
    }

    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.program), signal).unwrap();
    }

    pub(crate) fn resize(&mut self, rows: u16, columns: u16) {
        self.screen.screen_mut().set_size(cells(rows.max(1)), cells(columns.max(1)));
        self.resize_unseen(rows, columns);
    }

    /// The terminal says that it has another size; nobody looks at what is drawn.
    pub(crate) fn resize_unseen(&mut self, rows: u16, columns: u16) {
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&self.keyboard, size).unwrap();
        // Without a controlling terminal nobody tells the program; a shell's terminal does.
        self.signal(Signal::WINCH);
    }

    /// The process of the glass before the visitor, under `/proc`: the first that the keeper started, or the program
    /// itself.
    pub(crate) fn glass(&self) -> std::path::PathBuf {
        let at = self.program.id();
        let children = std::fs::read_to_string(format!("/proc/{at}/task/{at}/children")).unwrap_or_default();
        let first = children.split_whitespace().next().and_then(|child| child.parse().ok());
        format!("/proc/{}", first.unwrap_or(at)).into()
    }

    /// Takes what the program has written until now. False when there is nobody to write any more.
    pub(crate) fn catch_up(&mut self, quiet: Duration) -> bool {
        loop {
            match self.written.recv_timeout(quiet) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    /// Waits for the end. What the program still writes has to be read, or it waits for the terminal.
    pub(crate) fn ends(&mut self) -> ExitStatus {
        let ended = loop {
            self.moment();
            if let Some(ended) = self.program.try_wait().unwrap() {
                break ended;
            }
        };
        // Until nobody has the terminal any more.
        while let Ok(bytes) = self.written.recv_timeout(Duration::from_secs(1)) {
            self.take(&bytes);
        }
        ended
    }
}

pub(crate) fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

impl Drop for Room {
    fn drop(&mut self) {
        // A test that failed must not leave a program behind. One that has ended cannot be killed: fine.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
