//! What every role of the program does to its own process before anything else.

use std::os::fd::RawFd;

use rustix::fs::{Dir, Mode, OFlags};
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, Signal, set_dumpable_behavior, set_parent_process_death_signal, setrlimit,
};

/// From here on this process leaves no core behind, and nobody of the same user may look into its memory.
///
/// Where the system refuses, the kiosk stands all the same; whoever sets the machine up is told by its own checks.
pub fn close() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// From here on a panic says nothing: its message may hold a visitor's words.
pub fn keep_quiet_in_a_panic() {
    std::panic::set_hook(Box::new(|_| ()));
}

/// Closes whatever whoever started the program left open for it, but for input, output and errors: what a glass does
/// not have, it cannot give away. To be called before anything is opened, and by one thread.
pub fn shed() {
    let Ok(own) =
        rustix::fs::open("/proc/self/fd", OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())
    else {
        return;
    };
    let Ok(names) = Dir::new(own) else { return };
    let numbers = names.filter_map(|entry| entry.ok()?.file_name().to_str().ok()?.parse::<RawFd>().ok());
    // The folder that is read is one of them, and is closed by then: it is refused, as it should be.
    let left: Vec<RawFd> = numbers.filter(|number| *number > 2).collect();
    for number in left {
        let _ = nix::unistd::close(number);
    }
}

/// When the keeper dies, this process is asked to end. That the line to the keeper ends says the same, so that a
/// keeper that died before this call is noticed too.
///
/// It is asked and not killed, because then nobody else wipes the screen. A glass that is frozen at that moment stays
/// so until it goes on or the service manager sweeps up; the screen is wiped by the glass that waits.
pub fn follow_the_keeper() {
    let _ = set_parent_process_death_signal(Some(Signal::TERM));
    let _ = rustix::thread::set_name(c"porchlight-glass");
}
