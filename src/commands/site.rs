//! The files of a site: where they are, and what they say.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use index::strict::{self, Fault};
use index::vocabulary::Vocabulary;

use crate::config::{self, DEFAULT_FEEDS, FeedsFile, Listed, Settings, Source, Web, Words};
use crate::store;

/// Where the settings of an installed kiosk are.
pub(super) const INSTALLED: &str = "/etc/porchlight/porchlight.toml";

/// The copy of the last settings that had no fault, in the data folder.
const KEPT_SETTINGS: &str = "settings.kept";

/// The files that the command line named.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// The settings.
    pub config: Option<PathBuf>,
    /// The folder of the editions.
    pub data: Option<PathBuf>,
}

/// A feeds file, read.
#[derive(Debug)]
pub(super) struct Feeds {
    /// Its name, as it is told to staff.
    pub(super) name: String,
    /// The folder from which its files are named.
    pub(super) folder: PathBuf,
    pub(super) file: FeedsFile,
}

/// Whether something is there, be it a link that leads nowhere: somebody meant it to be read.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

impl Files {
    /// The settings: of the file that was named, or of the installed one, or the defaults.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn settings(&self) -> Result<Settings, Vec<Fault>> {
        let Some(path) = self.settings_file() else { return Ok(Settings::defaults()) };
        read(&path, Settings::read)
    }

    /// The settings for a kiosk that has to stand in any case: a faulty setting keeps its default. The faults are told.
    ///
    /// # Errors
    /// When the file cannot be read at all: then nothing is known of the centre, and somebody has to look.
    pub fn settings_anyway(&self) -> Result<Settings, Vec<Fault>> {
        let Some(path) = self.settings_file() else { return Ok(Settings::defaults()) };
        let (settings, faults) = read(&path, |name, text| Ok(Settings::read_anyway(name, text)))?;
        tell(&faults);
        Ok(settings)
    }

    /// The settings for one visit in a kiosk that runs: while the file is faulty, or half written by an editor, those of
    /// the last one that was not ([`Files::keep_settings`]). Where there are none, as [`Files::settings_anyway`].
    ///
    /// # Errors
    /// When neither can be read.
    pub fn settings_for_a_visit(&self, data: &Path) -> Result<Settings, Vec<Fault>> {
        // Some editors empty a file before they write it, and an empty one has no PIN.
        let is_empty = self.settings_file().is_some_and(|path| path.metadata().is_ok_and(|file| file.len() == 0));
        let own = if is_empty { Err(Vec::new()) } else { self.settings() };
        own.or_else(|faults| {
            let kept = read(&data.join(KEPT_SETTINGS), Settings::read);
            kept.map_or_else(
                |_| self.settings_anyway(),
                |kept| {
                    tell(&faults);
                    Ok(kept)
                },
            )
        })
    }

    /// Keeps a copy of settings that have no fault, for the time in which the file has one. Where that cannot be written,
    /// a faulty setting keeps its default then.
    pub fn keep_settings(&self, data: &Path) {
        let Some(path) = self.settings_file() else { return };
        if let (Ok(_), Ok(bytes)) = (self.settings(), store::bytes(&path, strict::MOST_BYTES)) {
            let _ = store::replace(&data.join(KEPT_SETTINGS), &bytes);
        }
    }

    /// The file that the settings come from; `None` for the defaults.
    pub(crate) fn settings_file(&self) -> Option<PathBuf> {
        let installed = || Some(PathBuf::from(INSTALLED)).filter(|path| is_there(path));
        self.config.clone().or_else(installed)
    }

    /// The file that names the site's feeds: the one that the settings name, or `feeds.toml` beside them where there is
    /// one. `None` while the site has none of its own.
    pub fn feeds_file(&self, settings: Option<&Settings>) -> Option<PathBuf> {
        let beside = |name: &str| self.settings_file().unwrap_or_default().with_file_name(name);
        match settings.map(|settings| settings.feeds.as_str()).filter(|feeds| !feeds.is_empty()) {
            Some(named) => Some(beside(named)),
            None => self.settings_file().map(|_| beside("feeds.toml")).filter(|path| is_there(path)),
        }
    }

    /// The feeds: of the file that was named, or of the site's own, or the starter pack.
    ///
    /// # Errors
    /// Every fault of the file.
    pub(super) fn feeds(&self, named: Option<&Path>, settings: Option<&Settings>) -> Result<Feeds, Vec<Fault>> {
        let built_in = store::BUILT_IN.map(|(name, _)| name);
        let understood = |name: &str, text: &str| FeedsFile::read(name, text, Vocabulary::builtin(), &built_in);
        match named.map(Path::to_owned).or_else(|| self.feeds_file(settings)) {
            None => {
                let file = understood("feeds.toml", DEFAULT_FEEDS)?;
                Ok(Feeds { name: "the built-in feeds".to_owned(), folder: PathBuf::new(), file })
            }
            Some(path) => {
                let file = read(&path, understood)?;
                let folder = path.parent().map(Path::to_owned).unwrap_or_default();
                Ok(Feeds { name: path.display().to_string(), folder, file })
            }
        }
    }

    /// The feeds, for looking only: as for a refresh, and none where the file has a fault.
    pub fn feeds_anyway(&self, named: Option<&Path>, settings: &Settings) -> FeedsFile {
        self.feeds(named, Some(settings)).map(|feeds| feeds.file).unwrap_or_default()
    }

    /// The words of the field: the site's own, where the settings name a file of them. That file is read at once, so that
    /// its faults can be told.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn words(&self, settings: &Settings) -> Result<Words, Vec<Fault>> {
        if settings.words.is_empty() {
            return Ok(Words::BuiltIn);
        }
        let path = self.settings_file().unwrap_or_default().with_file_name(&settings.words);
        // It is read once, before anything begins, and used until the process ends by whatever runs beside the loop:
        // it is given to the process, as the built-in words are.
        read(&path, config::vocabulary).map(|own| Words::Own(Box::leak(Box::new(own))))
    }

    /// The words for a kiosk that has to stand in any case: the built-in ones, when the site's own are faulty. The
    /// faults are told.
    pub fn words_anyway(&self, settings: &Settings) -> Words {
        self.words(settings).unwrap_or_else(|faults| {
            tell(&faults);
            Words::BuiltIn
        })
    }

    /// The folder of the editions. In a settings file it is named from where that file is.
    pub fn data(&self, settings: &Settings) -> PathBuf {
        let beside = self.settings_file().unwrap_or_default();
        let said = Some(settings.data.as_str()).filter(|data| !data.is_empty());
        self.data.clone().or(said.map(|data| beside.with_file_name(data))).unwrap_or_else(users_own)
    }
}

impl Feeds {
    /// A fault for each file and folder of a feed that is not there.
    pub(super) fn missing(&self) -> Vec<Fault> {
        let files = self.file.feeds.iter().filter_map(|listed| match &listed.source {
            Source::File(path) if !self.folder.join(path).is_file() => Some((listed, "file", path)),
            Source::Folder(path) if !self.folder.join(path).is_dir() => Some((listed, "folder", path)),
            Source::Web(Web { key: Some((_, path)), .. }) if !self.folder.join(path).is_file() => {
                Some((listed, "key file", path))
            }
            _ => None,
        });
        let fault = |(listed, what, path): (&Listed, &str, &PathBuf)| {
            let text = format!("the {what} {} of the feed \"{}\" is not there", path.display(), listed.feed.name);
            Fault::new(&self.name, listed.line, text)
        };
        files.map(fault).collect()
    }
}

/// The user's own folder for data, by the rules of the desktop.
fn users_own() -> PathBuf {
    let named = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = named("XDG_DATA_HOME").or_else(|| named("HOME").map(|home| home.join(".local/share")));
    base.unwrap_or_else(|| PathBuf::from("/var/lib")).join("porchlight")
}

/// Reads a strict file. That it cannot be read is a fault like any other, at its first line.
fn read<T>(path: &Path, reader: impl FnOnce(&str, &str) -> Result<T, Vec<Fault>>) -> Result<T, Vec<Fault>> {
    let name = path.display().to_string();
    let bytes = store::bytes(path, strict::MOST_BYTES)
        .map_err(|fault| vec![Fault::new(&name, 1, format!("the file cannot be read: {}", store::plain(&fault)))])?;
    let text = strict::decode(&name, &bytes).map_err(|fault| vec![fault])?;
    reader(&name, text)
}

/// Tells all faults on standard error, a line each.
pub fn tell(faults: &[Fault]) {
    let mut lines = String::new();
    for fault in faults {
        let _ = writeln!(lines, "{fault}");
    }
    // When standard error is closed, the code says that there were faults.
    let _ = io::stderr().write_all(lines.as_bytes());
}
