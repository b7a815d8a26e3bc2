//! The program: a command of the staff, or the kiosk on this terminal.

use std::io::Write;
use std::process::ExitCode;

use index::vocabulary::Vocabulary;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use porchlight::app::Site;
use porchlight::commands::{self, Asked, End, Files};
use porchlight::config::{Font, Settings};
use porchlight::glass::{self, Parts};
use porchlight::locale::Locale;
use porchlight::store::{self, Store};
use porchlight::view::Glyphs;

fn main() -> ExitCode {
    match commands::run(std::env::args_os()) {
        Asked::Ended(end) => end.into(),
        Asked::Kiosk(files) => kiosk(&files).into(),
    }
}

/// Opens the kiosk. An unattended machine shows something in any case: with the defaults when the settings have
/// faults, and with the starter pack when no edition is sound.
fn kiosk(files: &Files) -> End {
    let settings = files.settings().unwrap_or_else(|faults| {
        commands::tell(&faults);
        Settings::defaults()
    });
    let term = std::env::var("TERM").unwrap_or_default();
    match glass::show(parts(files, settings), &term) {
        Ok(()) => End::Done,
        Err(fault) => {
            // When even standard error is closed, the code says it.
            let _ = writeln!(std::io::stderr(), "porchlight: {fault:#}");
            End::Failed
        }
    }
}

fn parts(files: &Files, settings: Settings) -> Parts {
    let store = Store::at(files.data(&settings));
    let zone = settings.zone;
    let today = now(&zone).date();
    let notices = settings.notices.into_iter().filter(|notice| notice.until.is_none_or(|until| until >= today));
    Parts {
        site: Site {
            centre: settings.name,
            greeting: settings.greeting,
            notices: notices.map(|notice| notice.text).collect(),
            own_lines: settings.crisis,
            preview: settings.preview,
            locale: Locale::english(),
            vocabulary: Vocabulary::builtin(),
            notice_seconds: u32::try_from(settings.notice.as_secs()).unwrap_or(u32::MAX),
        },
        point: settings.point,
        glyphs: match settings.font {
            Font::Auto => None,
            Font::Unicode => Some(Glyphs::Unicode),
            Font::Console => Some(Glyphs::Console),
            Font::Ascii => Some(Glyphs::Ascii),
        },
        idle: settings.idle,
        notice: settings.notice,
        now: Box::new(move || now(&zone)),
        open: Box::new(move || store.standing().map(|(_, standing)| standing).or_else(|| store::starter().ok())),
    }
}

#[expect(clippy::disallowed_methods, reason = "the clock on the wall is handed to the loop from here")]
fn now(zone: &TimeZone) -> Zoned {
    Timestamp::now().to_zoned(zone.clone())
}
