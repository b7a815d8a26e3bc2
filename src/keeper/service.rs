//! What the service manager is told, where there is one (`sd_notify`).

use std::env;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

/// A glass is asked so often whether it is alive.
const PERIOD: Duration = Duration::from_secs(10);

/// The way to the service manager.
#[derive(Debug)]
pub(super) struct Service {
    manager: Option<UnixDatagram>,
    period: Duration,
    ready: bool,
    crashes: u32,
}

impl Service {
    /// The service manager that the environment names, if any.
    pub(super) fn from_environment() -> Self {
        let manager = env::var_os("NOTIFY_SOCKET").and_then(|name| {
            let socket = UnixDatagram::unbound().ok()?;
            let address = match name.as_bytes().split_first()? {
                (b'@', name) => SocketAddr::from_abstract_name(name),
                _ => SocketAddr::from_pathname(&name),
            };
            socket.connect_addr(&address.ok()?).ok()?;
            // A manager that does not listen must not make the kiosk wait.
            socket.set_nonblocking(true).ok()?;
            Some(socket)
        });
        let watchdog = env::var("WATCHDOG_USEC").ok().and_then(|micros| micros.parse().ok()).map(Duration::from_micros);
        // Often enough that one answer may come late.
        let period = watchdog.map_or(PERIOD, |watchdog| PERIOD.min(watchdog / 2).max(Duration::from_millis(100)));
        Self { manager, period, ready: false, crashes: 0 }
    }

    /// How often a glass is asked.
    pub(super) fn period(&self) -> Duration {
        self.period
    }

    /// The kiosk stands. Said once.
    pub(super) fn ready(&mut self) {
        if !std::mem::replace(&mut self.ready, true) {
            self.tell("READY=1");
        }
    }

    /// All is well.
    pub(super) fn well(&self) {
        self.tell("WATCHDOG=1");
    }

    /// A glass crashed: whoever looks after the machine sees how often.
    pub(super) fn crashed(&mut self) {
        self.crashes = self.crashes.saturating_add(1);
        self.tell(&format!("STATUS=Crashes since the start: {}", self.crashes));
    }

    /// It ends, and means to.
    pub(super) fn stopping(&self) {
        self.tell("STOPPING=1");
    }

    fn tell(&self, word: &str) {
        if let Some(manager) = &self.manager {
            let _ = manager.send(word.as_bytes());
        }
    }
}
