//! From keys to pixels and paper, and the staff's commands.
//!
//! Porchlight is a keyboard-only kiosk for recovery community centres. A walk-in visitor, who may be in distress, finds
//! in seconds a meeting tonight, a safe place to live, people to talk with, or something to read, and leaves no trace.
//! What is searched is built and kept by the crate [`index`]; here are the glass and the commands.
//!
//! # Bird's-eye view
//!
//! ```text
//! feeds.toml -> fetch -> bytes -> index::feed -> index::plan (held back?) -> index::merge (+ overrides)
//!            -> accepted bytes -> data/feeds/<name>, then index::shelf::Shelf -> data/editions/<edition>, which names them
//!
//! bytes of the terminal -decode-> key -App::update-> effects -> the desk beside the loop -> answers -App::update->
//! App -view-> cells
//!
//! words, door and chosen values -ask-> index: understood, searched -> Reply: chips, danger, sections of hits, counts
//!
//! F12 -Knock-> keeper starts the staff's office; PIN and Errand -> office -> News -> App::update; a refresh is another process
//!
//! a form -Saying-> office -> overrides.toml, whole or not at all -> a refresh that asks no feed -> an edition
//!
//! nobody there -> Event::Idle -> "Still there?" -> Event::Abandoned -> the glass ends: nothing of the visitor is left
//!
//! keeper -Go, Beat, Resized, Renew-> glass            one glass before the visitor, the next one opened and waiting
//!        <-Ready, Alive, Done, Leave, Knock, Fell-
//! ```
//!
//! One visitor, one process. The program on the terminal is the [`keeper`]: it has the terminal's modes, starts a
//! [`glass`] for each visitor, this same program in another role, and when the visit is over in whatever way, ends it,
//! wipes the screen, and lets the next one draw. It reads no key and no record, so it has nothing to forget; that it can
//! be read in one sitting is the argument for it. Memory of a visit is the memory of a process that is gone.
//!
//! The state ([`app::App`]) takes events and gives effects; both are data ([`event`]). The loop ([`kiosk::run`]) hands
//! it every waiting event, carries out the effects, draws once ([`view::view`]), and waits. Looking things up happens
//! beside the loop; the latest question wins, and an answer to an earlier visitor finds nobody. The first frame waits for
//! neither the directory nor the words: the desk reads both while nobody types.
//!
//! A question ([`event::Question`]) is what was typed, a door, and values chosen in the panel. While one types, the last
//! word is unfinished, and no chip stands for it that another letter would take away; who goes into the list has finished
//! it ([`ask`]).
//!
//! # Floors, the highest first
//!
//! | floor | what it holds |
//! |---|---|
//! | `main` | the program and its commands |
//! | [`keeper`], [`glass`] | who owns the terminal and starts roles; one visitor's program put together |
//! | [`kiosk`], [`link`], [`guard`] | the loop; the words between keeper and glass; what each role does to itself first |
//! | [`commands`], [`refresh`], [`overrides`], [`store`], [`log`] | the staff's commands; feeds to an edition; what staff corrected; where the directory comes from; what is written down |
//! | [`staff`] | what staff do at the glass behind their door: all files and processes that it takes |
//! | [`fetch`] | bytes over the network, under limits; what a feed gave last that was good |
//! | [`tty`] | the terminal's bytes, modes and signals |
//! | [`view`] | the state as cells: reads the app, changes nothing; `view/paint.rs` is the one door for text |
//! | [`app`] | the state at the glass: no I/O, no clock, no drawing |
//! | [`ask`], [`tell`] | a question put to the directory; records told in plain words |
//! | [`event`], [`errand`], [`keys`] | data; [`keys`] is the one place where a key is named |
//! | [`config`], [`locale`] | the settings and the sentences |
//! | [`crisis`], [`pin`] | the crisis card, which needs nothing of what stands above it; digits and the lock they open |
//! | [`page`] | a page of plain words |
//! | [`confine`] | what the glass gives up, so that the kernel refuses it |
//! | [`decode`], [`layout`] | bytes to keys, total and bounded; how the screen is divided and where lines break |
//!
//! A module may name only lower floors, and a guest (`ratatui`, `tokio`, `rustix`, the file system) only the modules
//! that house it: the test `floors` holds both tables.
//!
//! # Invariants, each with the check that keeps it
//!
//! 1. **The state does no I/O and reads no clock; drawing changes nothing.** The guest table of `floors`, the lint
//!    against clocks, and `view`'s `&App`.
//! 2. **Every key is named in [`keys`]**; the bottom line, the help, the menu and the README's table are made from it.
//!    `journeys::help_and_menu_name_every_key`, `journeys::the_readme_shows_the_table_of_keys`.
//! 3. **Up, Down, Enter and Esc alone reach everything; letters and digits always type.**
//!    `journeys::arrows_enter_and_esc_alone_reach_every_command`, `keys::tests`.
//! 4. **After `Abandoned`, from any state, the kiosk equals a freshly started one.** `walk`.
//! 5. **The crisis line is on every screen, in every state, at every size.** `walk`, which also never panics.
//! 6. **An idle kiosk draws once a minute, and a screen that nobody touches not at all.** Nobody can set the clock by which
//!    a visit ends, and the sleep of the machine counts as time without a key. `night`.
//! 7. **The cursor stands on the text of what is focused, in every frame**, so that a braille line follows. `journeys`.
//! 8. **Nothing that a terminal would act on reaches it from data.** Asserted where text becomes cells; `evil`
//!    sends an evil feed through every screen and reads the wire, `fuzz` tries any bytes.
//! 9. **No chord silences the kiosk; a terminal that is gone ends it; one that fails at any write shows what it should
//!    when it goes on.** The properties of [`decode`], `terminal`, `hostile`, `gone`, `writes`. Output that was stopped goes on within a second; a glass that does not answer is replaced. `keeper`.
//! 10. **Bad input costs itself alone.** `commands`: a feed of garbage leaves the standing edition as it was. What comes from
//!     the network is bounded, whole, and kept only when it was accepted (`fetch`); a list that changes beyond belief is held
//!     back (`plan`); a refresh that is killed or finds no room leaves what stood (`kill`, `full`, `disk`, `memory`, `inputs`,
//!     `settings`, `ruin`), and so does a power cut (`cut`); a slow feed keeps no other waiting for good (`fetch::slow`).
//!     What was taken back stays back (`fetch::undo`). What was found wrong stays to be read (`fetch::complaints`); what is
//!     held back waits for staff, a timer asks no feed before its time, and that nobody was asked confirms nothing
//!     (`fetch::due`).
//! 11. **Nothing narrows an answer unseen**: every constraint of a reply is a chip beside the count, and can be taken
//!     away. `narrow`, and the labels in [`tell`], which know every value that can be counted.
//! 12. **No answer is a dead end, and none is passed off as another**: what was given up, what does not say it and
//!     whom to ask are told. Words of danger put 911 and 988 above everything. `sections`, `visits`.
//! 13. **A value of the panel leaves as many as it says**, and no chip goes before its words do. `visits`.
//! 14. **The command line answers as the glass does**, and every field of its answers is explained. `questions`.
//! 15. **Over real feeds, a wish finds what a scan of their rows finds.** `feeds`, where `PORCHLIGHT_FEEDS` names them.
//! 16. **The glass can run no program, reach no network and open no file**: the kernel refuses it. The properties of
//!     [`confine`]; `doctor::a_glass_that_was_taken_over_can_do_nothing` tries it.
//! 17. **A visit ends with its process, and a crash costs one visit**: no word of it is on the screen or in the memory
//!     of what lives on. After five fast crashes the crisis card stands alone. Only the keeper starts
//!     programs, and only this one (the staff's office a refresh besides, and the keeper one after an update of the program);
//!     only the lines between them are sockets.
//!     `keeper`, `canary` (fifty visits and a word), `panics`, and the guest table of `floors`.
//! 18. **No visitor comes through the door for staff, and none is locked out for good.** `staff`: a million random keys
//!     open nothing, and the keypad is left by the right PIN, by going back or by what always works. `staff::door`: waits
//!     grow to five minutes, survive a restart, and end whatever the file or the clock says. A lock in the settings that
//!     cannot be read keeps the door shut.
//! 19. **What is written down is a note of a closed list**, which can hold no word of a visitor, and no visit is. [`log`],
//!     and the guest table of `floors`, which gives the crates that log to it alone.
//! 20. **What staff type is checked where they type it, written whole or not at all, and never said twice**: a form is left
//!     when it is written, and comes back as it was when it is not. `forms`; `office` and `fetch::left`, at a real terminal.
//!
//! # Where to begin
//!
//! A new screen: a variant of [`app::Screen`], a file in `app/` for its keys and one in `view/` for its cells. A new
//! key: one line in [`keys::BINDINGS`]. A new sentence: `config/locales/en.ftl`. A setting: `config/porchlight.toml`
//! and [`config`]. What a record says on the screen, what a chip says, and what is said above a list: [`tell`]. A word, a
//! wish or a facet of the search: the documentation of [`index`].

pub mod app;
pub mod ask;
pub mod commands;
pub mod config;
pub mod confine;
pub mod crisis;
pub mod decode;
pub mod errand;
pub mod event;
pub mod fetch;
pub mod glass;
pub mod guard;
pub mod keeper;
pub mod keys;
pub mod kiosk;
pub mod layout;
pub mod link;
pub mod locale;
pub mod log;
pub mod overrides;
pub mod page;
pub mod pin;
pub mod refresh;
pub mod staff;
pub mod store;
pub mod tell;
pub mod tty;
pub mod view;
