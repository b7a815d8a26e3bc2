//! The bytes of one feed as they are now: from a file, a folder, the network, or this program itself.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use index::feed::Form;

use super::Ground;
use crate::config::{Listed, Source, Web};
use crate::fetch::kept::{Kept, Origin};
use crate::fetch::{Fault, Got, Outcome, Paging, Part, Progress, Request, Rules, Secret, fetch, fetch_pages};
use crate::store;

/// The longest feed that is read, in bytes: of a file, and of all files of a folder.
pub(super) const MOST_BYTES: usize = 64 * 1024 * 1024;

/// More files are no feed.
const MOST_FILES: usize = 2000;

/// A file of a key is no longer than this.
const MOST_KEY: usize = 4096;

/// What there is of a feed now.
pub(super) enum Obtained {
    /// These bytes, from there.
    Parts(Vec<Part>, Origin),
    /// The server says that what is kept is what there is.
    Unchanged,
    /// Nothing, and why: a sentence for staff.
    Nothing(String),
}

/// Gets the bytes of a feed, and tells how many came over the network so far.
pub(super) fn obtain(listed: &Listed, ground: &Ground<'_>, kept: &Kept, tell: impl FnMut(Got)) -> Obtained {
    let Ground { folder, rules, stop, .. } = ground;
    match &listed.source {
        Source::BuiltIn(name) => built_in(name),
        Source::File(path) => match file(&folder.join(path)) {
            Ok(part) => Obtained::Parts(vec![part], from(path)),
            Err(why) => Obtained::Nothing(format!("{}: {why}", path.display())),
        },
        Source::Folder(path) => match files(&folder.join(path)) {
            Ok(parts) if parts.is_empty() => Obtained::Nothing(format!("{}: there is no file in it", path.display())),
            Ok(parts) => Obtained::Parts(parts, from(path)),
            Err(why) => Obtained::Nothing(format!("{}: {why}", path.display())),
        },
        Source::Web(web) => match request(web, folder, kept) {
            Ok(request) => {
                let rules = |progress| Rules { private: web.private, progress: Some(progress), ..Rules::clone(rules) };
                beside(|progress| over_the_network(web, listed.form, &request, &rules(progress), stop), tell)
            }
            Err(why) => Obtained::Nothing(why),
        },
    }
}

/// What a feed is asked for by, so that bytes that came from another address are not taken for its own.
pub(super) fn address(source: &Source) -> String {
    match source {
        Source::File(path) | Source::Folder(path) => path.display().to_string(),
        Source::Web(web) => web.address.clone(),
        Source::BuiltIn(name) => name.clone(),
    }
}

fn from(path: &Path) -> Origin {
    Origin { from: path.display().to_string(), ..Origin::default() }
}

fn built_in(wanted: &str) -> Obtained {
    match store::BUILT_IN.iter().find(|(name, _)| *name == wanted) {
        Some((name, text)) => {
            let part = Part { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() };
            Obtained::Parts(vec![part], Origin { from: "built in".to_owned(), ..Origin::default() })
        }
        None => Obtained::Nothing(format!("there is no built-in feed \"{wanted}\"")),
    }
}

fn file(path: &Path) -> Result<Part, String> {
    let bytes = store::bytes(path, MOST_BYTES).map_err(|fault| store::plain(&fault))?;
    if bytes.len() > MOST_BYTES {
        return Err(format!("it is longer than {MOST_BYTES} bytes and was not read"));
    }
    Ok(Part { name: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(), bytes })
}

/// All files of a folder in the order of their names; not those in folders of it, nor hidden ones.
fn files(folder: &Path) -> Result<Vec<Part>, String> {
    let plain = |fault: io::Error| store::plain(&fault);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(plain)? {
        let entry = entry.map_err(plain)?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !is_hidden && fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_file()) {
            names.push(entry.path());
        }
    }
    if names.len() > MOST_FILES {
        return Err(format!("there are more than {MOST_FILES} files in it"));
    }
    names.sort_unstable();
    let mut parts = Vec::new();
    let mut left = MOST_BYTES;
    for name in names {
        let part = file(&name)?;
        left = left
            .checked_sub(part.bytes.len())
            .ok_or_else(|| format!("its files are longer than {MOST_BYTES} bytes and were not read"))?;
        parts.push(part);
    }
    Ok(parts)
}

fn request(web: &Web, folder: &Path, kept: &Kept) -> Result<Request, String> {
    let mut headers = Vec::new();
    if let Some((header, path)) = &web.key {
        let key = store::bytes(&folder.join(path), MOST_KEY)
            .map_err(|fault| format!("the key file {}: {}", path.display(), store::plain(&fault)))?;
        headers.push((header.clone(), Secret::new(&String::from_utf8_lossy(&key))));
    }
    Ok(Request { address: web.address.clone(), headers, known: kept.known(&web.address) })
}

/// Gets something on a thread of its own, while this one tells how far it is.
fn beside(get: impl FnOnce(Progress) -> Obtained + Send, tell: impl FnMut(Got)) -> Obtained {
    let (progress, heard) = Progress::line();
    thread::scope(|scope| {
        let got = thread::Builder::new().spawn_scoped(scope, || get(progress));
        // It is at its end when the other thread is: nothing else has that end of the line.
        heard.into_iter().for_each(tell);
        let fault = match got.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(obtained)) => return obtained,
            Ok(Err(_)) => Fault::Garbled,
            Err(fault) => Fault::Machine(store::plain(&fault)),
        };
        Obtained::Nothing(fault.to_string())
    })
}

fn over_the_network(web: &Web, form: Form, request: &Request, rules: &Rules, stop: &Arc<AtomicBool>) -> Obtained {
    let nothing = |fault: Fault| Obtained::Nothing(fault.to_string());
    if web.pages.unwrap_or(in_pages(form)) {
        let origin = Origin { from: shown(&web.address), ..Origin::default() };
        return match fetch_pages(request, &Paging::default(), rules, stop) {
            Ok(parts) => Obtained::Parts(parts, origin),
            Err(fault) => nothing(fault),
        };
    }
    match fetch(request, rules, stop) {
        Outcome::Unchanged => Obtained::Unchanged,
        Outcome::Failed(fault) => nothing(fault),
        Outcome::New(new) => {
            let (status, content_type) = (Some(200), new.content_type);
            let origin = Origin { from: new.from, status, content_type, known: new.known };
            Obtained::Parts(vec![Part { name: "feed".to_owned(), bytes: new.bytes }], origin)
        }
    }
}

fn shown(address: &str) -> String {
    crate::fetch::Address::read(address).map(|address| address.shown()).unwrap_or_default()
}

/// Whether servers of this form hand out their lists page by page.
fn in_pages(form: Form) -> bool {
    matches!(form.word(), "hsds" | "findtreatment")
}
