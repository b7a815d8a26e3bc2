//! Where a feed's bytes are: a file, a folder, an address, or a part of the starter pack.

use std::path::PathBuf;

use index::strict::Table;

/// Where a feed's bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, relative to the feeds file.
    File(PathBuf),
    /// A folder whose files are the parts of the feed, relative to the feeds file: a package, or a stick.
    Folder(PathBuf),
    /// An address.
    Web(Web),
    /// A part of the starter pack.
    BuiltIn(String),
}

/// A feed on the web.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Web {
    /// Its address.
    pub address: String,
    /// Whether the server hands the list out page by page. Absent: as its form does.
    pub pages: Option<bool>,
    /// Whether the server may be in the house's own network, or on this machine.
    pub private: bool,
    /// The header in which the server wants a key, and the file that holds it, relative to the feeds file.
    pub key: Option<(String, PathBuf)>,
}

/// Exactly one of `file`, `folder`, `url` and `builtin`, with what belongs to a `url`.
pub(super) fn read(table: &mut Table<'_>, built_in: &[&str]) -> Option<Source> {
    let file = table.get("file").map(|value| value.words().map(|path| Source::File(path.into())));
    let folder = table.get("folder").map(|value| value.words().map(|path| Source::Folder(path.into())));
    let url = table.get("url").map(|value| value.words().map(ToOwned::to_owned));
    let parts = built_in.iter().map(|part| (*part, Source::BuiltIn((*part).to_owned())));
    let built_in = table.get("builtin").map(|value| value.choice(parts));
    let pages = table.get("pages").and_then(|value| value.truth());
    let private = table.get("private_network").and_then(|value| value.truth());
    let header = table.get("key_header").and_then(|value| value.words()).map(ToOwned::to_owned);
    let key_file = table.get("key_file").and_then(|value| value.words()).map(PathBuf::from);
    if header.is_some() != key_file.is_some() {
        table.fault("this feed has one of `key_header` and `key_file`; it must have both, or none");
    }
    if url.is_none() && (pages.is_some() || private.is_some() || header.is_some()) {
        table.fault("`pages`, `private_network`, `key_header` and `key_file` belong to a feed with `url`");
    }
    let web =
        |address| Source::Web(Web { address, pages, private: private.unwrap_or(false), key: header.zip(key_file) });
    let url = url.map(|url| url.map(web));
    let mut given = [file, folder, url, built_in].into_iter().flatten();
    if let (Some(source), None) = (given.next(), given.next()) {
        return source;
    }
    table.fault("this feed must have one of `file`, `folder`, `url` and `builtin`, and only one");
    None
}
