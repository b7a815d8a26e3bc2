//! What a program asks of the disk, heard call by call: which names it makes in which folders, and which folders it has
//! written through since. A disk that keeps its word keeps no other names.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use libc::{AT_FDCWD, O_CREAT};
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::Signal;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

/// The longest path that is heard.
const LONGEST: usize = 4096;

/// Names that may not have reached the disk: made, and the folder in which they stand not written through since.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    loose: BTreeSet<PathBuf>,
}

/// A call of a thread that stands still in it.
struct Call {
    thread: Pid,
    number: i64,
    words: Vec<u64>,
}

/// Runs a program to its end, and hears it. How it ended comes with what was heard.
#[expect(clippy::zombie_processes, reason = "it is waited for by its number, as its threads are")]
pub(super) fn heard(program: &Command, home: &Path) -> (i32, Ledger) {
    let mut waiting = Command::new("/bin/sh");
    waiting.args(["-c", r#"read -r go; exec "$@""#, "sh"]).arg(program.get_program()).args(program.get_args());
    waiting.env_clear().env("HOME", home).current_dir(home);
    let mut waiting = waiting.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let main = Pid::from_raw(i32::try_from(waiting.id()).unwrap());
    let options = Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_EXITKILL;
    ptrace::seize(main, options).unwrap();
    waiting.stdin.take().unwrap().write_all(b"\n").unwrap();
    let mut ledger = Ledger::default();
    // One that was ended by another has no use for it.
    let go_on = |thread, signal: Option<Signal>| _ = ptrace::syscall(thread, signal);
    loop {
        // Not for what other tests have started.
        match waitpid(None, Some(WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD)).unwrap() {
            WaitStatus::Exited(thread, code) if thread == main => return (code, ledger),
            WaitStatus::Signaled(thread, signal, _) if thread == main => panic!("it was ended by {signal}"),
            WaitStatus::PtraceSyscall(thread) => {
                // Both when it begins and when it ends: what it finds done is not done twice.
                ledger.hear(&Call::of(thread));
                go_on(thread, None);
            }
            WaitStatus::PtraceEvent(thread, ..) => go_on(thread, None),
            WaitStatus::Stopped(thread, signal) => go_on(thread, Some(signal)),
            _ => {}
        }
    }
}

impl Call {
    fn of(thread: Pid) -> Self {
        let told = fs::read_to_string(format!("/proc/{thread}/syscall")).unwrap();
        let mut words = told.split_whitespace();
        let number = words.next().unwrap().parse().unwrap();
        let words = words.map(|word| u64::from_str_radix(word.trim_start_matches("0x"), 16).unwrap()).collect();
        Self { thread, number, words }
    }

    /// Where a file stands that is open.
    fn open(&self, word: usize) -> PathBuf {
        fs::read_link(format!("/proc/{}/fd/{}", self.thread, self.words[word])).unwrap_or_default()
    }

    /// A path, from the folder from which the program looks.
    fn path(&self, word: usize) -> PathBuf {
        let mut bytes = vec![0; LONGEST];
        let memory = File::open(format!("/proc/{}/mem", self.thread)).unwrap();
        let read = memory.read_at(&mut bytes, self.words[word]).unwrap_or(0);
        let end = bytes[..read].iter().position(|byte| *byte == 0).unwrap_or(read);
        fs::read_link(format!("/proc/{}/cwd", self.thread)).unwrap().join(str::from_utf8(&bytes[..end]).unwrap())
    }

    /// A path from a folder that is open, or that from which the program looks.
    fn path_at(&self, folder: usize, word: usize) -> PathBuf {
        let path = self.path(word);
        // Its upper half says nothing.
        let looks_from_here = self.words[folder].to_le_bytes()[..4] == AT_FDCWD.to_le_bytes();
        if looks_from_here { path } else { self.open(folder).join(path.file_name().unwrap_or_default()) }
    }

    fn creates(&self, word: usize) -> bool {
        self.words[word] & u64::from(O_CREAT.unsigned_abs()) != 0
    }
}

impl Ledger {
    fn hear(&mut self, call: &Call) {
        match call.number {
            libc::SYS_mkdirat => self.made(call.path_at(0, 1)),
            libc::SYS_openat if call.creates(2) => self.made(call.path_at(0, 1)),
            libc::SYS_renameat | libc::SYS_renameat2 => self.moved(&call.path_at(0, 1), call.path_at(2, 3)),
            libc::SYS_fsync | libc::SYS_fdatasync => self.written_through(&call.open(0)),
            #[cfg(target_arch = "x86_64")]
            libc::SYS_mkdir => self.made(call.path(0)),
            #[cfg(target_arch = "x86_64")]
            libc::SYS_open if call.creates(1) => self.made(call.path(0)),
            #[cfg(target_arch = "x86_64")]
            libc::SYS_rename => self.moved(&call.path(0), call.path(1)),
            _ => {}
        }
    }

    fn made(&mut self, path: PathBuf) {
        if fs::symlink_metadata(&path).is_err() {
            self.loose.insert(path);
        }
    }

    fn moved(&mut self, from: &Path, to: PathBuf) {
        if fs::symlink_metadata(from).is_ok() {
            let moved = |path: &PathBuf| path.strip_prefix(from).map_or_else(|_| path.clone(), |rest| to.join(rest));
            self.loose = self.loose.iter().map(moved).collect();
            self.loose.insert(to);
        }
    }

    fn written_through(&mut self, folder: &Path) {
        self.loose.retain(|path| path.parent() != Some(folder));
    }

    /// Takes from the disk what may not have reached it, with all that stands in it. Returns what that was.
    pub(super) fn cut(self, home: &Path) -> Vec<PathBuf> {
        let is_there = |path: &PathBuf| path.starts_with(home) && fs::symlink_metadata(path).is_ok();
        let mut lost = Vec::new();
        for path in self.loose {
            // What stood in something that is gone is gone with it.
            if is_there(&path) {
                if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.unwrap();
                lost.push(path);
            }
        }
        lost
    }
}
