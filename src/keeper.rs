//! The keeper: owns the terminal, and starts one glass for each visitor.
//!
//! It is the only process that lives longer than a visit, and so it is the one that must never know a visitor:
//!
//! * It reads no key. What was typed is read by the glass alone; the keeper only throws away what nobody has read.
//! * It reads no record, no feed and no index; of an edition it knows the name of its folder.
//! * From a glass it hears the few words of [`FromGlass`], none of which can carry a visitor's.
//! * It writes down what staff should know ([`log`]), and never that somebody came.
//! * What it starts is this very program, in a role, with an environment of its own making.
//!
//! Forgetting is the end of a process: when a visit is over, however that came about, the glass is killed and waited
//! for, the screen and what was typed ahead are wiped, and the next glass, which was opened before anybody came, is
//! given the terminal. A glass that does not answer is replaced. When glasses crash fast, the crisis card stands
//! alone for a while (`rest`), which needs nothing that could be broken. The service manager hears that all is well
//! only after a glass has answered out of its own loop.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use index::shelf::Shelf;
use tokio::time::{Instant, sleep_until};

use crate::crisis;
use crate::guard;
use crate::link::{FromGlass, ToGlass};
use crate::log::{self, Note, Place};
use crate::tty::{self, Call, Screen, Signals};

mod editions;
mod fate;
mod rest;
mod seat;
mod service;

use editions::Editions;
use fate::Fate;
pub use seat::Role;
use seat::{Plan, Seat};
use service::Service;

/// What the keeper is told.
#[derive(Debug)]
pub struct Charge {
    /// The words of the command line that lead to the same files again.
    pub words: Vec<OsString>,
    /// Where the editions stand.
    pub shelf: Shelf,
    /// The folder of the log, and of all that is kept.
    pub data: PathBuf,
    /// The value of `TERM`.
    pub term: String,
}

/// Between two visitors the next home screen is there before anybody looks. When it is not, this stands there then.
const BLANK: Duration = Duration::from_millis(300);

/// The digests of the directory are read once a night, and when the first visitor has had a moment.
const SETTLED: Duration = Duration::from_secs(5);
const NIGHT: Duration = Duration::from_secs(24 * 60 * 60);

/// Keeps the kiosk on this terminal until somebody leaves the program, a signal ends it, or the terminal is gone.
///
/// # Errors
/// When this is no terminal, or it cannot be set up.
pub fn keep(charge: Charge) -> Result<()> {
    guard::shed();
    log::open(&charge.data);
    guard::close();
    give_back_in_a_panic();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the program's loop cannot be started")?;
    runtime.block_on(async {
        let signals = Signals::listen()?;
        let screen = Screen::enter(&charge.term)?;
        Keeper::new(screen, signals, charge).run().await
    })
}

/// What happened.
enum Happening {
    Called(Call),
    /// The glass before the visitor says something, or is gone.
    Glass(Option<FromGlass>),
    /// The glass that waits for the next visitor says something, or is gone.
    Next(Option<FromGlass>),
    /// Something changed on the shelf.
    Shelf,
    /// A deadline has come.
    Time,
}

struct Keeper {
    screen: Screen,
    signals: Signals,
    plan: Plan,
    editions: Editions,
    service: Service,
    fate: Fate,
    /// Before the visitor.
    glass: Option<Seat>,
    /// Opened, or being opened, for the visitor after that.
    next: Option<Seat>,
    /// The glass before the visitor shows an edition that is no longer the newest.
    stale: bool,
    /// When the next glass is opened, when none is.
    open_at: Instant,
    /// When something has to stand on an empty screen.
    cover_at: Option<Instant>,
    beat_at: Instant,
    check_at: Instant,
}

impl Keeper {
    fn new(screen: Screen, signals: Signals, charge: Charge) -> Self {
        let now = now();
        Self {
            screen,
            signals,
            plan: Plan::new(charge.words, charge.term),
            editions: Editions::watch(charge.shelf),
            service: Service::from_environment(),
            fate: Fate::default(),
            glass: None,
            next: None,
            stale: false,
            open_at: now,
            cover_at: Some(now + BLANK),
            beat_at: now,
            check_at: now + SETTLED,
        }
    }

    /// Until the end. A terminal that is gone is an end like any other.
    async fn run(mut self) -> Result<()> {
        log::note(&Note::Started);
        log::note(&Note::Newest(self.editions.newest()));
        // Once: what could not be built now cannot be built in a minute, and staff are told.
        self.plan.build_again();
        loop {
            let happening = self.happening().await;
            let end = match self.happened(happening).await {
                Ok(end) => end,
                Err(fault) if fault.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => true,
                Err(fault) => {
                    log::note(&Note::TerminalFailed(fault.raw_os_error()));
                    return Err(fault).context("the terminal cannot be used");
                }
            };
            if end {
                break;
            }
        }
        log::note(&Note::Ended);
        self.service.stopping();
        for seat in [self.glass.take(), self.next.take()].into_iter().flatten() {
            seat.end().await;
        }
        // Dropping the screen gives the terminal back, after the last who could write on it.
        Ok(())
    }

    /// Waits for what happens next. Signals and deadlines first: no glass can keep them waiting by talking.
    async fn happening(&mut self) -> Happening {
        let deadline = self.deadline();
        tokio::select! {
            biased;
            call = self.signals.next() => Happening::Called(call),
            () = sleep_until(deadline) => Happening::Time,
            word = Seat::hear(self.glass.as_ref()) => Happening::Glass(word),
            word = Seat::hear(self.next.as_ref()) => Happening::Next(word),
            () = self.editions.changed() => Happening::Shelf,
        }
    }

    fn deadline(&self) -> Instant {
        let seats = [&self.glass, &self.next].into_iter().flatten().filter_map(Seat::deadline);
        let opening = self.next.is_none().then_some(self.open_at);
        seats.chain(opening).chain(self.cover_at).chain([self.beat_at, self.check_at]).min().unwrap_or(self.beat_at)
    }

    /// Does what follows from it. True at the end.
    async fn happened(&mut self, happening: Happening) -> io::Result<bool> {
        match happening {
            Happening::Called(Call::End) | Happening::Glass(Some(FromGlass::Leave)) => return Ok(true),
            Happening::Called(Call::Resized) => match &self.glass {
                Some(glass) => glass.say(ToGlass::Resized),
                None => self.cover_at = Some(now()),
            },
            Happening::Glass(Some(FromGlass::Done)) => self.visit_is_over().await?,
            Happening::Glass(Some(FromGlass::Alive)) => {
                if let Some(glass) = &mut self.glass {
                    glass.answered();
                }
                self.service.well();
            }
            Happening::Next(Some(FromGlass::Ready)) => self.next_is_ready()?,
            Happening::Next(Some(FromGlass::Alive)) => {
                if let Some(next) = &mut self.next {
                    next.answered();
                }
            }
            Happening::Glass(Some(FromGlass::Knock)) => {
                if let Some(glass) = &mut self.glass {
                    self.plan.answer_the_door(glass);
                }
            }
            // What follows from it comes when the line ends.
            Happening::Glass(Some(FromGlass::Fell(place))) | Happening::Next(Some(FromGlass::Fell(place))) => {
                log::note(&Note::Panicked(place.tame()));
            }
            Happening::Glass(None) => {
                Self::tell_how_it_ended(self.glass.as_mut()).await;
                self.glass_crashed().await?;
            }
            Happening::Next(None) => {
                Self::tell_how_it_ended(self.next.as_mut()).await;
                self.next_crashed().await;
            }
            // A glass that says what is not its turn to say is not heard.
            Happening::Glass(Some(FromGlass::Ready))
            | Happening::Next(Some(FromGlass::Done | FromGlass::Leave | FromGlass::Knock)) => {}
            Happening::Shelf => self.look_at_the_shelf().await,
            Happening::Time => self.time(now()).await?,
        }
        Ok(false)
    }

    async fn visit_is_over(&mut self) -> io::Result<()> {
        if let Some(glass) = self.glass.take() {
            glass.end().await;
        }
        self.hand_over()
    }

    /// Wipes what the last one left behind, and gives the terminal to the next one, when it is ready.
    fn hand_over(&mut self) -> io::Result<()> {
        self.screen.wipe()?;
        let Some(mut next) = self.next.take_if(|next| next.is_ready()) else {
            self.cover_at = Some(now() + BLANK);
            return Ok(());
        };
        next.go(now());
        self.glass = Some(next);
        (self.stale, self.cover_at) = (false, None);
        self.service.ready();
        Ok(())
    }

    fn next_is_ready(&mut self) -> io::Result<()> {
        if let Some(next) = &mut self.next {
            next.opened();
        }
        match &self.glass {
            None => self.hand_over()?,
            Some(glass) if self.stale => glass.say(ToGlass::Renew),
            Some(_) => {}
        }
        Ok(())
    }

    async fn tell_how_it_ended(seat: Option<&mut Seat>) {
        if let Some(seat) = seat {
            log::note(&Note::Crashed(seat.gone().await));
        }
    }

    async fn glass_crashed(&mut self) -> io::Result<()> {
        self.crashed();
        if self.fate.rests()
            && let Some(next) = self.next.take()
        {
            // The next visitor sees what cannot crash.
            next.end().await;
        }
        self.visit_is_over().await
    }

    async fn next_crashed(&mut self) {
        if let Some(next) = self.next.take() {
            next.end().await;
        }
        self.crashed();
    }

    fn crashed(&mut self) {
        self.service.crashed();
        let wait = self.fate.crashed(now());
        self.open_at = now() + wait;
        if self.fate.rests() {
            log::note(&Note::Rests(wait.as_secs()));
        }
    }

    /// A newer edition, or a roll back: first the next glass is opened anew, then the one before nobody is replaced.
    async fn look_at_the_shelf(&mut self) {
        if self.editions.is_another() {
            log::note(&Note::Newest(self.editions.newest()));
            self.stale = self.glass.is_some();
            if let Some(next) = self.next.take() {
                next.end().await;
            }
            // Also where glasses have crashed: it may have been the edition.
            self.open_at = now();
        }
    }

    async fn time(&mut self, now: Instant) -> io::Result<()> {
        if self.glass.as_mut().is_some_and(|glass| glass.is_silent(now)) {
            log::note(&Note::Silent);
            self.glass_crashed().await?;
        }
        if self.next.as_mut().is_some_and(|next| next.is_silent(now)) {
            log::note(&Note::Silent);
            self.next_crashed().await;
        }
        if self.next.is_none() && self.open_at <= now {
            match self.plan.start(now) {
                Ok(seat) => self.next = Some(seat),
                Err(fault) => {
                    log::note(&Note::NotStarted(fault.raw_os_error()));
                    self.crashed();
                }
            }
        }
        if self.cover_at.is_some_and(|at| at <= now) {
            self.cover_at = None;
            self.screen.show(&rest::page(tty::size()))?;
        }
        if self.beat_at <= now {
            self.beat(now).await?;
        }
        if self.check_at <= now {
            self.check_at = now + NIGHT;
            self.plan.check();
        }
        Ok(())
    }

    async fn beat(&mut self, now: Instant) -> io::Result<()> {
        self.beat_at = now + self.service.period();
        for seat in [&mut self.glass, &mut self.next].into_iter().flatten() {
            seat.beat(now);
        }
        if self.glass.is_none() {
            // Nobody can answer, nor notice that the terminal is gone; that the crisis card stands is what is well.
            self.screen.stands()?;
            self.service.well();
        }
        // Where the folder could not be watched, it is looked at now.
        self.look_at_the_shelf().await;
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "the keeper's loop reads the clock here")]
fn now() -> Instant {
    Instant::now()
}

/// A panic gives the terminal back, shows the crisis lines, and says where it happened.
fn give_back_in_a_panic() {
    std::panic::set_hook(Box::new(|info| {
        tty::restore();
        let place = info.location().map(Place::of);
        if let Some(place) = &place {
            log::note(&Note::Panicked(place.clone()));
        }
        let place = place.map_or_else(String::new, |place| place.to_string());
        let mut said = String::new();
        for line in crisis::lines(&[], "en").first().into_iter().chain(crisis::lines(&[], "es").first()) {
            said.push_str(line);
            said.push('\n');
        }
        // Written as bytes: when even this fails, there is nobody to tell.
        let _ = io::Write::write_all(&mut io::stderr(), format!("{said}porchlight stopped at {place}\n").as_bytes());
    }));
}
