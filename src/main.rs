//! The program: a command of the staff, or the kiosk on this terminal.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use porchlight::app::Site;
use porchlight::commands::{self, Asked, End, Files};
use porchlight::config::{Font, Notice};
use porchlight::glass::{self, Parts};
use porchlight::keeper::{self, Charge};
use porchlight::locale::Locale;
use porchlight::pin::Latch;
use porchlight::store::{self, Store};
use porchlight::view::Glyphs;

fn main() -> ExitCode {
    match commands::run(std::env::args_os()) {
        Asked::Ended(end) => end.into(),
        Asked::Kiosk(files) => kiosk(&files).into(),
        Asked::Glass(files) => ended(glass::serve(&term(), || parts(&files))).into(),
    }
}

/// Opens the kiosk. An unattended machine shows something in any case: a faulty setting keeps its default, and the
/// starter pack stands in when no edition is sound. Only a settings file that cannot be read ends it, before it begins:
/// a kiosk that does not know its centre would show visitors the wrong listings.
///
/// The keeper itself needs of the settings only where the directory is; each glass reads them anew.
fn kiosk(files: &Files) -> End {
    let settings = match files.settings_anyway() {
        Ok(settings) => settings,
        Err(faults) => {
            commands::tell(&faults);
            return End::Faults;
        }
    };
    if !settings.words.is_empty() {
        // The faults of the site's own words are told now, while there is somebody to read them.
        files.words_anyway(&settings);
    }
    let data = files.data(&settings);
    files.keep_settings(&data);
    let config = files.config.iter().flat_map(|config| [OsString::from("--config"), config.into()]);
    let words = config.chain(["--data".into(), data.clone().into()]).collect();
    ended(keeper::keep(Charge { words, shelf: Store::at(data.clone()).shelf(), data, term: term() }))
}

fn term() -> String {
    std::env::var("TERM").unwrap_or_default()
}

fn ended(ended: anyhow::Result<()>) -> End {
    match ended {
        Ok(()) => End::Done,
        Err(fault) => {
            // When even standard error is closed, the code says it.
            let _ = writeln!(std::io::stderr(), "porchlight: {fault:#}");
            End::Failed
        }
    }
}

/// What a glass is put together from; nothing, when the settings cannot be read any more.
fn parts(files: &Files) -> Option<Parts> {
    // The keeper names the folder.
    let kept = files.data.clone().unwrap_or_default();
    let settings = files.settings_for_a_visit(&kept).ok()?;
    let folder = files.data(&settings);
    let store = Store::at(folder.clone());
    let words = files.words_anyway(&settings);
    let latch = settings.latch();
    let zone = settings.zone;
    let standing = store.standing();
    // What staff say on the home screen stands in the edition: the glass reads nothing else that they write.
    let said = standing.iter().flat_map(|(edition, _)| &edition.manifest.notices);
    let said = said.map(|said| Notice { text: said.text.clone(), from: said.dates.from, until: said.dates.until });
    let notices = settings.notices.into_iter().chain(said).collect();
    Some(Parts {
        site: Site {
            centre: settings.name,
            greeting: settings.greeting,
            notices,
            own_lines: settings.crisis,
            preview: settings.preview,
            locale: Locale::english(),
            words,
            latch,
            stale_days: settings.stale_days,
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
        folder,
        open: Box::new(move || {
            standing.map(|(_, standing)| standing).or_else(|| store::starter(words.vocabulary()).ok())
        }),
        has_door: latch == Latch::Pin,
    })
}

#[expect(clippy::disallowed_methods, reason = "the clock on the wall is handed to the loop from here")]
fn now(zone: &TimeZone) -> Zoned {
    Timestamp::now().to_zoned(zone.clone())
}
