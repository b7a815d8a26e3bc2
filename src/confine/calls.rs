//! seccomp: the system calls that a glass makes, and no others.
//!
//! The list was made from what the glass is put together from: the loop (epoll, an eventfd, the pair of sockets that
//! carries signals), the directory (mapped files), memory, threads and their locks, and the terminal. What is left
//! out is refused with EPERM. Two kinds are refused with ENOSYS instead, as an old kernel would, because the C library
//! then takes the older call, which can be looked into: `clone3` and `openat2`, whose arguments lie behind a pointer,
//! and whatever is newer than this list.

use std::collections::BTreeMap;

use libc::{c_int, c_long};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch, apply_filter_all_threads,
};

use super::Bound;

/// What one argument of a call must be, within a mask. The kernel reads most arguments as 32 bits, and so do we.
#[derive(Clone, Copy)]
struct Must {
    argument: u8,
    mask: u64,
    be: u64,
    /// All 64 bits count.
    wide: bool,
}

/// Calls that are harmless with any arguments, because everything that they act on is open already or our own.
#[rustfmt::skip]
const FREE: &[c_long] = &[
    // What is open: the terminal, the directory's files, the pair that carries signals, the channel to a keeper.
    libc::SYS_read, libc::SYS_readv, libc::SYS_pread64, libc::SYS_preadv, libc::SYS_write, libc::SYS_writev,
    libc::SYS_recvfrom, libc::SYS_lseek, libc::SYS_close, libc::SYS_close_range, libc::SYS_dup, libc::SYS_dup3,
    libc::SYS_fstat, libc::SYS_getsockopt, libc::SYS_shutdown, libc::SYS_pipe2,
    // Looking for the directory: what a path leads to. Reading is bound by Landlock.
    libc::SYS_newfstatat, libc::SYS_statx, libc::SYS_getdents64, libc::SYS_readlinkat, libc::SYS_faccessat,
    libc::SYS_faccessat2, libc::SYS_getcwd, libc::SYS_flock,
    // Waiting.
    libc::SYS_epoll_create1, libc::SYS_epoll_ctl, libc::SYS_epoll_pwait, libc::SYS_epoll_pwait2, libc::SYS_eventfd2,
    libc::SYS_ppoll, libc::SYS_pselect6, libc::SYS_nanosleep, libc::SYS_clock_nanosleep, libc::SYS_restart_syscall,
    // Memory; mapping is below.
    libc::SYS_brk, libc::SYS_munmap, libc::SYS_mremap, libc::SYS_madvise, libc::SYS_membarrier, libc::SYS_mincore,
    // Threads and locks; starting one is below.
    libc::SYS_futex, libc::SYS_rseq, libc::SYS_set_robust_list, libc::SYS_sched_yield, libc::SYS_sched_getaffinity,
    libc::SYS_exit, libc::SYS_exit_group, libc::SYS_gettid, libc::SYS_getpid, libc::SYS_getppid, libc::SYS_getpgid,
    // Our own signals: handlers, masks, the stack they run on.
    libc::SYS_rt_sigaction, libc::SYS_rt_sigprocmask, libc::SYS_rt_sigreturn, libc::SYS_sigaltstack,
    // Questions with harmless answers.
    libc::SYS_clock_gettime, libc::SYS_clock_getres, libc::SYS_gettimeofday, libc::SYS_getrandom, libc::SYS_getuid,
    libc::SYS_geteuid, libc::SYS_getgid, libc::SYS_getegid, libc::SYS_uname, libc::SYS_sysinfo, libc::SYS_getrusage,
    // More filters: they can only take away.
    libc::SYS_seccomp,
];

/// The same calls as older programs make them, on the one architecture that still has them.
#[cfg(target_arch = "x86_64")]
#[rustfmt::skip]
const OLDER: &[c_long] = &[
    libc::SYS_stat, libc::SYS_lstat, libc::SYS_access, libc::SYS_readlink, libc::SYS_poll, libc::SYS_select,
    libc::SYS_epoll_wait, libc::SYS_pipe, libc::SYS_dup2, libc::SYS_getpgrp, libc::SYS_time,
];
#[cfg(not(target_arch = "x86_64"))]
const OLDER: &[c_long] = &[];

/// What the glass may ask of its terminal: its size, its modes, forgetting what was typed, letting output go on
/// (Scroll Lock stops it); and of anything open, not to block. Not: typing into it (TIOCSTI), switching consoles, fonts, keymaps.
const REQUESTS: &[libc::Ioctl] = &[
    libc::TIOCGWINSZ,
    libc::TIOCGPGRP,
    libc::TCGETS,
    libc::TCSETS,
    libc::TCSETSW,
    libc::TCSETSF,
    libc::TCGETS2,
    libc::TCSETS2,
    libc::TCSETSW2,
    libc::TCSETSF2,
    libc::TCFLSH,
    libc::TCXONC,
    libc::FIONBIO,
    libc::FIOCLEX,
];

/// What may be asked of an open file: how it is, and a copy of it. Not: whom to send signals about it.
const QUESTIONS: &[c_int] =
    &[libc::F_DUPFD, libc::F_DUPFD_CLOEXEC, libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_SETFL];

/// A thread's name, the names of regions of memory, and that no rights are gained: the last is asked for with every
/// filter. Not: dumping memory to a file, or letting somebody trace us.
const SETTINGS: &[c_int] = &[libc::PR_SET_NAME, libc::PR_SET_VMA, libc::PR_SET_NO_NEW_PRIVS];

/// Any of these makes an opening more than reading.
const WRITING: c_int = libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC | libc::O_APPEND | TEMPORARY;
/// `O_TMPFILE` without the folder in it.
const TEMPORARY: c_int = libc::O_TMPFILE & !libc::O_DIRECTORY;

/// A thread shares memory with us. What does not is another process.
const THREAD: c_int = libc::CLONE_THREAD | libc::CLONE_VM | libc::CLONE_SIGHAND;
/// A world of its own.
const WORLDS: c_int = libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET;

/// Numbers from the first call that looks like a newcomer on every architecture to well beyond the last.
const NEWER: std::ops::RangeInclusive<c_long> = 424..=599;

/// Puts the filters on every thread of this process.
pub(super) fn bind() -> Bound {
    // The second is looked at first, and its answer counts where both refuse.
    put_on([allowed(std::process::id()), unknown()])
}

/// Refuses every opening, beside what was refused before.
pub(super) fn seal() -> Bound {
    put_on([sealed()])
}

fn put_on<const N: usize>(programs: [Result<BpfProgram, seccompiler::BackendError>; N]) -> Bound {
    for program in programs {
        let done = program.map_err(|fault| fault.to_string());
        let done = done.and_then(|program| apply_filter_all_threads(&program).map_err(|fault| fault.to_string()));
        if let Err(why) = done {
            return Bound::None(why);
        }
    }
    Bound::Whole
}

/// Allows what is listed, for the process of this number, and refuses the rest.
pub(super) fn allowed(process: u32) -> Result<BpfProgram, seccompiler::BackendError> {
    let mut rules: BTreeMap<c_long, Vec<SeccompRule>> =
        FREE.iter().chain(OLDER).map(|&call| (call, Vec::new())).collect();
    let mut when = |call: c_long, musts: &[Must]| -> Result<(), seccompiler::BackendError> {
        let conditions: Result<Vec<_>, _> = musts.iter().map(Must::condition).collect();
        rules.entry(call).or_default().push(SeccompRule::new(conditions?)?);
        Ok(())
    };
    for &request in REQUESTS {
        when(libc::SYS_ioctl, &[is(1, number(request))])?;
    }
    for &question in QUESTIONS {
        when(libc::SYS_fcntl, &[is(1, bits(question))])?;
    }
    for &setting in SETTINGS {
        when(libc::SYS_prctl, &[is(0, bits(setting))])?;
    }
    let reading = Must { mask: bits(WRITING), ..is(2, 0) };
    when(libc::SYS_openat, &[reading])?;
    #[cfg(target_arch = "x86_64")]
    when(libc::SYS_open, &[Must { argument: 1, ..reading }])?;
    let no_code = Must { mask: bits(libc::PROT_EXEC), ..is(2, 0) };
    when(libc::SYS_mmap, &[no_code])?;
    when(libc::SYS_mprotect, &[no_code])?;
    when(libc::SYS_clone, &[Must { mask: bits(THREAD | WORLDS), ..is(0, bits(THREAD)) }])?;
    // To nobody but whoever is at the other end already.
    when(libc::SYS_sendto, &[nothing(4)])?;
    // Asking for a limit, not setting one.
    when(libc::SYS_prlimit64, &[nothing(2)])?;
    // Ending ourselves (abort), not another.
    when(libc::SYS_tgkill, &[is(0, u64::from(process))])?;
    compiled(rules, SeccompAction::Errno(refusal(libc::EPERM)), SeccompAction::Allow)
}

/// Says of calls that cannot be looked into, or that nobody knew when this was written, that there are none.
pub(super) fn unknown() -> Result<BpfProgram, seccompiler::BackendError> {
    let calls = NEWER.filter(|call| !FREE.contains(call)).map(|call| (call, Vec::new())).collect();
    compiled(calls, SeccompAction::Allow, SeccompAction::Errno(refusal(libc::ENOSYS)))
}

/// Refuses to open or to look for files.
pub(super) fn sealed() -> Result<BpfProgram, seccompiler::BackendError> {
    let mut calls = vec![
        libc::SYS_openat,
        libc::SYS_getdents64,
        libc::SYS_readlinkat,
        libc::SYS_faccessat,
        libc::SYS_faccessat2,
        libc::SYS_flock,
        libc::SYS_seccomp,
    ];
    #[cfg(target_arch = "x86_64")]
    calls.extend([libc::SYS_open, libc::SYS_stat, libc::SYS_lstat, libc::SYS_access, libc::SYS_readlink]);
    let calls = calls.into_iter().map(|call| (call, Vec::new())).collect();
    compiled(calls, SeccompAction::Allow, SeccompAction::Errno(refusal(libc::EPERM)))
}

fn compiled(
    rules: BTreeMap<c_long, Vec<SeccompRule>>,
    otherwise: SeccompAction,
    matched: SeccompAction,
) -> Result<BpfProgram, seccompiler::BackendError> {
    let machine = TargetArch::try_from(std::env::consts::ARCH)?;
    SeccompFilter::new(rules, otherwise, matched, machine)?.try_into()
}

impl Must {
    fn condition(&self) -> Result<SeccompCondition, seccompiler::BackendError> {
        let length = if self.wide { SeccompCmpArgLen::Qword } else { SeccompCmpArgLen::Dword };
        SeccompCondition::new(self.argument, length, SeccompCmpOp::MaskedEq(self.mask), self.be)
    }
}

/// The argument is this number.
const fn is(argument: u8, number: u64) -> Must {
    Must { argument, mask: u32::MAX as u64, be: number, wide: false }
}

/// The argument is a pointer to nothing.
const fn nothing(argument: u8) -> Must {
    Must { argument, mask: u64::MAX, be: 0, wide: true }
}

/// A flag as the bits of an argument.
const fn bits(flag: c_int) -> u64 {
    flag.cast_unsigned() as u64
}

/// A request as the kernel reads it.
#[expect(clippy::unnecessary_cast, reason = "C libraries do not agree on how wide it is")]
const fn number(request: libc::Ioctl) -> u64 {
    request as u64 & u32::MAX as u64
}

fn refusal(number: c_int) -> u32 {
    number.unsigned_abs()
}
