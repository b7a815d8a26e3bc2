use std::fs;
use std::io::ErrorKind;

use seccompiler::BpfProgram;

use super::Bound;
use super::calls::{allowed, sealed, unknown};

/// A call as the kernel hands it to a filter.
#[derive(Clone, Copy, Default)]
struct Call {
    number: i64,
    arguments: [u64; 6],
}

fn call(number: i64) -> Call {
    Call { number, ..Call::default() }
}

impl Call {
    fn with(mut self, argument: usize, value: impl TryInto<u64>) -> Self {
        self.arguments[argument] = value.try_into().ok().unwrap();
        self
    }

    /// The bytes of `struct seccomp_data`: number, architecture, instruction pointer, arguments.
    fn bytes(&self) -> Vec<u8> {
        let machine: u32 = match std::env::consts::ARCH {
            "x86_64" => 0xc000_003e,
            "aarch64" => 0xc000_00b7,
            _ => 0xc000_00f3,
        };
        let number = u32::try_from(self.number).unwrap();
        let mut bytes = [number.to_ne_bytes(), machine.to_ne_bytes(), [0; 4], [0; 4]].concat();
        bytes.extend(self.arguments.iter().flat_map(|argument| argument.to_ne_bytes()));
        bytes
    }
}

const ALLOW: u32 = 0x7fff_0000;
const ERRNO: u32 = 0x0005_0000;
const PROCESS: u32 = 4711;

/// What a program says to a call: the few instructions of the kernel's filter machine that the compiler uses.
fn says(program: &BpfProgram, call: Call) -> u32 {
    let data = call.bytes();
    let (mut at, mut held) = (0, 0_u32);
    loop {
        let step = &program[at];
        at += 1;
        let k = step.k;
        let jump = |yes: bool| usize::from(if yes { step.jt } else { step.jf });
        match step.code {
            0x20 => held = u32::from_ne_bytes(data[k as usize..k as usize + 4].try_into().unwrap()),
            0x54 => held &= k,
            0x05 => at += k as usize,
            0x15 => at += jump(held == k),
            0x25 => at += jump(held > k),
            0x35 => at += jump(held >= k),
            0x45 => at += jump(held & k != 0),
            0x06 => return k,
            code => panic!("an instruction that this machine does not know: {code:#x}"),
        }
    }
}

/// What the glass is told: the latest filter's word counts where several refuse.
fn told(call: Call) -> u32 {
    match says(&unknown().unwrap(), call) {
        ALLOW => says(&allowed(PROCESS).unwrap(), call),
        refused => refused,
    }
}

fn refused(call: Call) -> bool {
    told(call) & 0xffff_0000 == ERRNO && told(call) & 0xffff != 0
}

#[test]
fn what_the_loop_needs_is_allowed() {
    let thread = libc::CLONE_VM | libc::CLONE_FS | libc::CLONE_FILES | libc::CLONE_SIGHAND | libc::CLONE_THREAD;
    for fine in [
        call(libc::SYS_read),
        call(libc::SYS_write),
        call(libc::SYS_epoll_pwait),
        call(libc::SYS_futex),
        call(libc::SYS_clone).with(0, thread | libc::CLONE_SETTLS),
        call(libc::SYS_mmap).with(2, libc::PROT_READ | libc::PROT_WRITE),
        call(libc::SYS_openat).with(2, libc::O_RDONLY | libc::O_CLOEXEC | libc::O_DIRECTORY),
        call(libc::SYS_ioctl).with(1, libc::TIOCGWINSZ),
        call(libc::SYS_ioctl).with(1, libc::TCFLSH),
        call(libc::SYS_ioctl).with(1, libc::TCXONC),
        call(libc::SYS_tgkill).with(0, PROCESS),
        call(libc::SYS_prlimit64),
        call(libc::SYS_sendto),
    ] {
        assert_eq!(told(fine), ALLOW, "{}", fine.number);
    }
}

#[test]
fn everything_else_is_refused() {
    const VT_ACTIVATE: u64 = 0x5606;
    const TIOCLINUX: u64 = 0x541c;
    let other = |argument| call(libc::SYS_prlimit64).with(2, 1_u64 << argument);
    for wrong in [
        call(libc::SYS_execve),
        call(libc::SYS_execveat),
        call(libc::SYS_socket),
        call(libc::SYS_socketpair),
        call(libc::SYS_connect),
        call(libc::SYS_bind),
        call(libc::SYS_listen),
        call(libc::SYS_accept4),
        call(libc::SYS_sendmsg),
        call(libc::SYS_sendto).with(4, 1_u64 << 40),
        call(libc::SYS_ptrace),
        call(libc::SYS_process_vm_readv),
        call(libc::SYS_kill),
        call(libc::SYS_tkill),
        call(libc::SYS_tgkill).with(0, PROCESS + 1),
        call(libc::SYS_rt_sigqueueinfo),
        call(libc::SYS_unshare),
        call(libc::SYS_setns),
        call(libc::SYS_mount),
        call(libc::SYS_chroot),
        call(libc::SYS_bpf),
        call(libc::SYS_perf_event_open),
        call(libc::SYS_memfd_create),
        call(libc::SYS_unlinkat),
        call(libc::SYS_renameat2),
        call(libc::SYS_mkdirat),
        call(libc::SYS_fchmod),
        call(libc::SYS_ftruncate),
        call(libc::SYS_personality),
        call(libc::SYS_reboot),
        call(libc::SYS_clone).with(0, libc::SIGCHLD),
        call(libc::SYS_clone).with(0, libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD),
        call(libc::SYS_mmap).with(2, libc::PROT_READ | libc::PROT_EXEC),
        call(libc::SYS_mprotect).with(2, libc::PROT_READ | libc::PROT_EXEC),
        call(libc::SYS_openat).with(2, libc::O_WRONLY),
        call(libc::SYS_openat).with(2, libc::O_RDWR),
        call(libc::SYS_openat).with(2, libc::O_CREAT),
        call(libc::SYS_openat).with(2, libc::O_TMPFILE),
        call(libc::SYS_ioctl).with(1, libc::TIOCSTI),
        // The kernel reads 32 bits of it.
        call(libc::SYS_ioctl).with(1, libc::TIOCSTI | 1 << 40),
        call(libc::SYS_ioctl).with(1, libc::TIOCGWINSZ ^ 1),
        call(libc::SYS_ioctl).with(1, VT_ACTIVATE),
        call(libc::SYS_ioctl).with(1, TIOCLINUX),
        call(libc::SYS_prctl).with(0, libc::PR_SET_DUMPABLE),
        call(libc::SYS_prctl).with(0, libc::PR_SET_SECCOMP),
        call(libc::SYS_fcntl).with(1, libc::F_SETOWN),
        other(0),
        other(40),
        // As x32 would say `execve`.
        call(libc::SYS_execve | 0x4000_0000),
    ] {
        assert!(refused(wrong), "{} {:x?}", wrong.number, wrong.arguments);
    }
}

#[test]
fn what_cannot_be_looked_into_or_is_newer_does_not_exist() {
    for strange in [libc::SYS_clone3, libc::SYS_openat2, libc::SYS_io_uring_setup, libc::SYS_pidfd_open, 480, 599] {
        assert_eq!(told(call(strange)), ERRNO | libc::ENOSYS.unsigned_abs(), "{strange}");
    }
}

#[test]
fn a_sealed_glass_opens_nothing_and_goes_on() {
    let sealed = sealed().unwrap();
    assert_eq!(says(&sealed, call(libc::SYS_openat)), ERRNO | libc::EPERM.unsigned_abs());
    for fine in [libc::SYS_read, libc::SYS_write, libc::SYS_clone, libc::SYS_mmap, libc::SYS_futex] {
        assert_eq!(says(&sealed, call(fine)), ALLOW);
    }
}

#[test]
fn a_thread_bound_to_a_folder_reads_there_and_nothing_else() {
    let inside = tempfile::tempdir().unwrap();
    fs::write(inside.path().join("page"), "text").unwrap();
    // The bound holds for the thread that asked for it, and ends with it.
    let bound = std::thread::spawn(move || {
        let bound = super::files::bind(&[inside.path()]);
        let page = inside.path().join("page");
        let denied = |done: std::io::Result<()>| done.is_err_and(|fault| fault.kind() == ErrorKind::PermissionDenied);
        let held = fs::read_to_string(&page).is_ok()
            && denied(fs::read("/etc/passwd").map(|_| ()))
            && denied(fs::write(page, "x"))
            && denied(fs::write(inside.path().join("new"), "x"))
            && denied(std::process::Command::new("/bin/sh").arg("-c").arg("true").status().map(|_| ()));
        (bound, held)
    });
    match bound.join().unwrap() {
        (Bound::None(why), _) => eprintln!("not tested: {why}"),
        (bound, held) => assert!(held, "{bound:?}"),
    }
}
