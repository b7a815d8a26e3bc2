//! What is tried, one row each, and what must come of it.
//!
//! There is no unsafe code here, as nowhere in this program; what cannot be tried without says so, and is proved on the
//! filter itself by the tests of [`crate::confine`].

use std::fmt;
use std::fs::{self, File};
use std::io::{self, IoSliceMut, Read};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use memmap2::MmapMut;
use nix::mount::MsFlags;
use nix::sched::CloneFlags;
use nix::sys::uio::RemoteIoVec;
use nix::unistd::Pid;
use rustix::process::{DumpableBehavior, Resource, Rlimit, Signal};
use serde::{Deserialize, Serialize};

use super::attack::Stage;
use crate::store;

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "ended", content = "why")]
pub(super) enum Outcome {
    /// It was done.
    Allowed,
    /// The system refused, by this name.
    Denied(String),
    /// It could not be done here for another reason.
    Impossible(String),
    /// It was not tried.
    Untried(String),
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed => write!(out, "allowed"),
            Self::Denied(name) => write!(out, "denied ({name})"),
            Self::Impossible(_) => write!(out, "not possible here"),
            Self::Untried(_) => write!(out, "not tried"),
        }
    }
}

/// What must come of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Expected {
    Allowed,
    Denied,
}

impl Expected {
    pub(super) fn met(self, outcome: &Outcome) -> bool {
        match self {
            Self::Allowed => *outcome == Outcome::Allowed,
            Self::Denied => *outcome != Outcome::Allowed,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
        }
    }
}

/// One thing to try.
pub(super) struct Try {
    pub(super) name: &'static str,
    pub(super) expected: Expected,
    /// Without the confinement it would do harm.
    pub(super) only_confined: bool,
    pub(super) go: fn(&Stage, &Held) -> Outcome,
}

/// What an attacker holds before it is confined, as a glass holds its terminal.
pub(super) struct Held {
    terminal: OwnedFd,
    /// Lives as long as the terminal is to be one.
    _other_end: OwnedFd,
}

impl Held {
    pub(super) fn take() -> io::Result<Self> {
        use rustix::pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt};
        let other_end = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        grantpt(&other_end)?;
        unlockpt(&other_end)?;
        let terminal = ioctl_tiocgptpeer(&other_end, OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        Ok(Self { terminal, _other_end: other_end })
    }
}

const fn denied(name: &'static str, go: fn(&Stage, &Held) -> Outcome) -> Try {
    Try { name, expected: Expected::Denied, only_confined: false, go }
}

const fn harmful(name: &'static str, go: fn(&Stage, &Held) -> Outcome) -> Try {
    Try { only_confined: true, ..denied(name, go) }
}

const fn allowed(name: &'static str, go: fn(&Stage, &Held) -> Outcome) -> Try {
    Try { expected: Expected::Allowed, ..denied(name, go) }
}

/// Everything that is tried, in this order: what would change the attacker itself comes last.
pub(super) const TRIES: &[Try] = &[
    allowed("start a thread (it must)", |_, _| {
        ended(std::thread::Builder::new().spawn(|| ()).map(|thread| _ = thread.join()))
    }),
    allowed("ask for its terminal's size (it must)", |_, held| ended(rustix::termios::tcgetwinsize(&held.terminal))),
    denied("run /bin/sh", |_, _| ended(quiet(&mut Command::new("/bin/sh")).args(["-c", "exit 0"]).status())),
    denied("run a program dropped among the temporary files", |stage, _| {
        ended(quiet(&mut Command::new(stage.folder.join("dropped"))).status())
    }),
    // Asking for a user makes the library fork before it runs anything.
    denied("start a process (fork)", |_, _| {
        let user = rustix::process::getuid().as_raw();
        ended(quiet(&mut Command::new("/bin/sh")).args(["-c", "exit 0"]).uid(user).status())
    }),
    denied("open a TCP socket", |_, _| ended(TcpListener::bind("127.0.0.1:0"))),
    denied("open a UDP socket", |_, _| ended(UdpSocket::bind("127.0.0.1:0"))),
    denied("open a UNIX socket", |stage, _| ended(UnixListener::bind(stage.folder.join("socket")))),
    denied("connect to a port that listens", |stage, _| ended(TcpStream::connect(("127.0.0.1", stage.port)))),
    denied("write a file among the temporary ones", |stage, _| written(&stage.folder.join("written"))),
    denied("write a file in the home folder", |_, _| match std::env::var_os("HOME") {
        Some(home) => written(&PathBuf::from(home).join(format!(".porchlight-attack-{}", std::process::id()))),
        None => Outcome::Impossible("there is no home folder".to_owned()),
    }),
    denied("write a file beside the editions", |stage, _| {
        written(&stage.data.join(format!(".porchlight-attack-{}", std::process::id())))
    }),
    denied("add to a file", |stage, _| ended(File::options().append(true).open(stage.folder.join("victim")))),
    denied("make a folder", |stage, _| ended(fs::create_dir(stage.folder.join("made")))),
    denied("rename a file", |stage, _| ended(fs::rename(stage.folder.join("victim"), stage.folder.join("renamed")))),
    denied("remove a file", |stage, _| {
        let there = ["victim", "renamed"].map(|name| stage.folder.join(name));
        ended(fs::remove_file(&there[0]).or_else(|fault| match fault.kind() {
            io::ErrorKind::NotFound => fs::remove_file(&there[1]),
            _ => Err(fault),
        }))
    }),
    denied("read /etc/passwd", |_, _| read("/etc/passwd")),
    denied("read /etc/shadow", |_, _| read("/etc/shadow")),
    denied("read /proc/1/environ", |_, _| read("/proc/1/environ")),
    denied("read /dev/mem", |_, _| read("/dev/mem")),
    denied("list the folders of the machine", |_, _| ended(fs::read_dir("/").map(Iterator::count))),
    denied("read another process's memory (/proc)", |stage, _| {
        ended(File::open(format!("/proc/{}/mem", stage.process)))
    }),
    denied("read another process's memory (a call)", |stage, _| {
        let mut bytes = [0; 8];
        let there = [RemoteIoVec { base: stage.address, len: bytes.len() }];
        let here = &mut [IoSliceMut::new(&mut bytes)];
        ended(nix::sys::uio::process_vm_readv(Pid::from_raw(stage.process), here, &there).map_err(io::Error::from))
    }),
    denied("trace another process", |stage, _| {
        ended(nix::sys::ptrace::attach(Pid::from_raw(stage.process)).map_err(io::Error::from))
    }),
    denied("end another process", |stage, _| match rustix::process::Pid::from_raw(stage.process) {
        Some(process) => ended(rustix::process::kill_process(process, Signal::KILL)),
        None => Outcome::Impossible("nobody is there to be ended".to_owned()),
    }),
    harmful("mount a file system", |stage, _| {
        let none = None::<&str>;
        let flags = MsFlags::empty();
        ended(nix::mount::mount(Some("tmpfs"), &stage.folder, Some("tmpfs"), flags, none).map_err(io::Error::from))
    }),
    denied("run memory that it wrote (W+X)", |_, _| {
        ended(MmapMut::map_anon(4096).and_then(|mut page| {
            page.fill(0xc3);
            page.make_exec()
        }))
    }),
    // A break is a request to the terminal like any other that is not listed.
    denied("ask more of its terminal than it needs (ioctl)", |_, held| {
        ended(rustix::termios::tcsendbreak(&held.terminal))
    }),
    harmful("type into its own terminal (TIOCSTI)", |_, _| Outcome::Untried(UNSAFE.to_owned())),
    harmful("switch to another console (VT_ACTIVATE)", |_, _| Outcome::Untried(UNSAFE.to_owned())),
    denied("allow core dumps (a limit)", |_, _| {
        let most = rustix::process::getrlimit(Resource::Core).maximum;
        ended(rustix::process::setrlimit(Resource::Core, Rlimit { current: most, maximum: most }))
    }),
    denied("allow core dumps (a setting)", |_, _| {
        ended(rustix::process::set_dumpable_behavior(DumpableBehavior::Dumpable))
    }),
    denied("give itself more open files (a limit)", |_, _| {
        let most = rustix::process::getrlimit(Resource::Nofile).maximum;
        ended(rustix::process::setrlimit(Resource::Nofile, Rlimit { current: most, maximum: most }))
    }),
    denied("make a world of its own (user namespace)", |_, _| {
        ended(nix::sched::unshare(CloneFlags::CLONE_NEWUSER).map_err(io::Error::from))
    }),
    // The last, because whoever succeeds is somebody else afterwards: the new program says so itself.
    denied("become another program (execve)", |_, _| {
        let told = r#"{"name":"become another program (execve)","outcome":{"ended":"allowed"}}"#;
        ended::<()>(Err(Command::new("/bin/echo").arg(told).exec()))
    }),
];

const UNSAFE: &str = "asking for it takes unsafe code, and there is none in this program. What is not on the list of \
                      requests is refused, like the one above";

fn ended<T>(result: Result<T, impl Into<io::Error>>) -> Outcome {
    let fault: io::Error = match result {
        Ok(_) => return Outcome::Allowed,
        Err(fault) => fault.into(),
    };
    let refusals = [(nix::Error::EPERM, "EPERM"), (nix::Error::EACCES, "EACCES"), (nix::Error::ENOSYS, "ENOSYS")];
    match refusals.iter().find(|(number, _)| fault.raw_os_error() == Some(*number as i32)) {
        Some((_, name)) => Outcome::Denied((*name).to_owned()),
        None => Outcome::Impossible(store::plain(&fault)),
    }
}

/// Writes a file and takes it away again.
fn written(path: &Path) -> Outcome {
    let outcome = ended(fs::write(path, "x"));
    if outcome == Outcome::Allowed {
        // It was there only to be refused; a leftover of one byte does no harm.
        let _ = fs::remove_file(path);
    }
    outcome
}

fn read(path: &str) -> Outcome {
    ended(File::open(path).and_then(|mut file| file.read(&mut [0; 16])))
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}
