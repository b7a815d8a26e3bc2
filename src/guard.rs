//! What every role of the program does to its own process before anything else.

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

/// When the keeper dies, this process is asked to end. That the line to the keeper ends says the same, so that a
/// keeper that died before this call is noticed too.
pub fn follow_the_keeper() {
    let _ = set_parent_process_death_signal(Some(Signal::TERM));
    let _ = rustix::thread::set_name(c"porchlight-glass");
}
