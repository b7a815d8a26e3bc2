//! Checks a crate's modules against the order of its floors and the homes of its guests.

use std::fs;
use std::path::Path;

use super::scan::{Named, scan};

/// The tables of one crate.
pub(crate) struct House {
    /// Top-level modules, the highest floor first. A module may name its own floor and lower ones.
    pub(crate) floors: &'static [&'static [&'static str]],
    /// The first may not name the second, although it stands lower.
    pub(crate) apart: &'static [(&'static str, &'static str)],
    /// Who may name what comes from outside.
    pub(crate) guests: &'static [Guest],
}

/// A crate, or a module of one, and the only modules that may name it. Of several guests that fit a path, the one with
/// the longest name counts.
pub(crate) struct Guest {
    pub(crate) name: &'static str,
    pub(crate) homes: &'static [&'static str],
}

/// A source file: its place under `src` with `/` between the parts, and its text.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// The modules that lead to it: `view/home.rs` is `["view", "home"]`.
    fn module(&self) -> Vec<&str> {
        let path = self.path.trim_end_matches(".rs");
        path.trim_end_matches("/mod").split('/').collect()
    }

    /// Tests may look at the house from outside.
    fn is_test(&self) -> bool {
        self.module().contains(&"tests")
    }
}

/// Every file under `src`.
pub(crate) fn sources(src: &Path) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![src.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(src).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(Source { path: inside, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

impl House {
    /// What is wrong with these files, one line each.
    pub(crate) fn faults(&self, sources: &[Source]) -> Vec<String> {
        sources.iter().filter(|source| !source.is_test()).flat_map(|source| self.faults_of(source)).collect()
    }

    fn faults_of(&self, source: &Source) -> Vec<String> {
        let module = source.module();
        let top = module[0];
        // The root only lists the modules and opens their names.
        if top == "lib" {
            return Vec::new();
        }
        let Some(floor) = self.floor_of(top) else {
            return vec![format!("{}: the module `{top}` stands in no floor of the table", source.path)];
        };
        let fault = |named: &Named| {
            let text = match self.own(&module, &named.path) {
                Some(other) => self.floor_fault(top, floor, other)?,
                None => self.guest_fault(&module, &named.path)?,
            };
            Some(format!("{}:{}: {text}", source.path, named.line))
        };
        scan(&source.text).iter().filter_map(fault).collect()
    }

    fn floor_of(&self, module: &str) -> Option<usize> {
        self.floors.iter().position(|floor| floor.contains(&module))
    }

    /// The top-level module of this crate that a path leads to, seen from `module`.
    fn own<'a>(&self, module: &[&'a str], path: &'a [String]) -> Option<&'a str> {
        let up = path.iter().take_while(|part| *part == "super").count();
        let first = if path[0] == "crate" {
            &path[1..]
        } else if up > 0 && up < module.len() {
            return Some(module[0]);
        } else if up > 0 {
            &path[up..]
        } else {
            return None;
        };
        first.first().map(String::as_str).filter(|name| self.floor_of(name).is_some())
    }

    fn floor_fault(&self, top: &str, floor: usize, other: &str) -> Option<String> {
        if self.floor_of(other)? < floor {
            return Some(format!("`{top}` names `{other}`, which stands above it"));
        }
        self.apart.contains(&(top, other)).then(|| format!("`{top}` names `{other}`, and is to be kept apart from it"))
    }

    fn guest_fault(&self, module: &[&str], path: &[String]) -> Option<String> {
        let (path, place) = (path.join("::"), module.join("/"));
        let known = self.guests.iter().filter(|guest| leads(&path, guest.name, "::"));
        let host = known.max_by_key(|guest| guest.name.len());
        // A path that leads to guests opens the door to all of them.
        let behind = self.guests.iter().filter(|guest| guest.name != path && leads(guest.name, &path, "::"));
        let is_away = |guest: &&Guest| !guest.homes.iter().any(|home| leads(&place, home, "/"));
        let guest = host.into_iter().chain(behind).find(is_away)?;
        Some(format!("`{path}` is named here, but `{}` lives only in {:?}", guest.name, guest.homes))
    }
}

/// Whether `path` is `beginning` or stands under it.
fn leads(path: &str, beginning: &str, between: &str) -> bool {
    path.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with(between))
}
