//! Markup to plain text, without building a tree: tags become nothing, a break or a space.
//!
//! Linear although nothing is remembered: a scan for the end of a tag stops at the next `<` outside quotes, so at any
//! character at most three scans are under way (one per kind of quotes they may be in), and every other search either
//! moves on past what it finds or is known to find something.

/// What stands between paragraphs until it is known what the line ends of the source mean. No tame text holds it.
const BREAK: char = '\u{2029}';

/// Tags, comments, scripts and embedded files gone. Where a block begins or ends stands U+2029; the line ends of the
/// source become spaces when there are paragraphs or lists to say where lines end.
pub(super) fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut has_blocks = false;
    let last_comment_end = text.rfind("-->");
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        out.push_str(&text[at..at + found]);
        at += found;
        let Some(markup) = markup_at(&text[at..], last_comment_end.is_some_and(|end| at < end)) else {
            out.push('<');
            at += 1;
            continue;
        };
        let role = role_of(markup.name);
        out.extend(role.stand_in());
        has_blocks |= role == Role::Block;
        at += markup.len;
        if role == Role::Hidden && !markup.closes {
            at += hidden_len(&text[at..], markup.name);
        }
    }
    out.push_str(&text[at..]);
    if has_blocks { without_files(&out.replace('\n', " ")) } else { without_files(&out) }
}

/// Makes text of what would be taken for markup, an entity or an embedded file the next time: one space more.
pub(super) fn defuse(text: &str) -> String {
    let text = without_files(text);
    let last_comment_end = text.rfind("-->");
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(['<', '&']) {
        out.push_str(&text[done..=at]);
        done = at + 1;
        let rest = &text[at..];
        let is_comment = last_comment_end.is_some_and(|end| at < end) && rest.starts_with("<!--");
        if is_comment || is_entity(rest) || markup_at(rest, false).is_some() {
            out.push(' ');
        }
    }
    out.push_str(&text[done..]);
    out
}

/// Whether the text begins with an entity.
fn is_entity(text: &str) -> bool {
    let Some(name) = text.strip_prefix('&') else { return false };
    // An entity ends before the next `&`: what follows is none of its business.
    let end = name.find('&').map_or(text.len(), |end| end + 1);
    htmlize::unescape_attribute(&text[..end]) != text[..end]
}

/// A tag, a comment or a declaration.
struct Markup<'a> {
    /// In bytes.
    len: usize,
    /// As written; empty for a comment or declaration.
    name: &'a str,
    /// It is an end tag, or a start tag that ends itself.
    closes: bool,
}

/// The markup that begins at this `<`, if it is any.
fn markup_at(text: &str, comment_may_end: bool) -> Option<Markup<'_>> {
    let inside = text.strip_prefix('<')?;
    if inside.starts_with(['!', '?']) {
        let comment = if comment_may_end { inside.strip_prefix("!--").and_then(|rest| rest.find("-->")) } else { None };
        let len = comment.map(|len| len + "<!---->".len()).or_else(|| unquoted_len(text))?;
        return Some(Markup { len, name: "", closes: true });
    }
    let (is_end, named) = inside.strip_prefix('/').map_or((false, inside), |named| (true, named));
    let end = named.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':')))?;
    let (name, rest) = named.split_at(end);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        // An address in angle brackets is no tag.
        && !name.ends_with(':')
        && rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
    if !is_name {
        return None;
    }
    let len = quoted_len(text).or_else(|| unquoted_len(text))?;
    Some(Markup { len, name, closes: is_end || text[..len].ends_with("/>") })
}

/// The length of a tag whose quotes may hold `<` and `>`.
fn quoted_len(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.bytes().enumerate().skip(1) {
        match (quote, c) {
            (None, b'>') => return Some(at + 1),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// The length of a tag whose quotes are broken: up to the first `>`, if no `<` comes before it.
fn unquoted_len(tag: &str) -> Option<usize> {
    let end = 1 + tag[1..].find(['<', '>'])?;
    tag[end..].starts_with('>').then_some(end + 1)
}

/// What a tag means for plain text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A paragraph, a list, a heading: a break, and the source's own line ends mean nothing.
    Block,
    Break,
    /// A cell of a table.
    Gap,
    /// Its content is no text.
    Hidden,
    Inline,
}

impl Role {
    fn stand_in(self) -> Option<char> {
        match self {
            Self::Block | Self::Break => Some(BREAK),
            Self::Gap | Self::Hidden => Some(' '),
            Self::Inline => None,
        }
    }
}

const BLOCKS: [&str; 29] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "table",
    "tr",
    "ul",
];

fn role_of(name: &str) -> Role {
    let is_one_of = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is_one_of(&BLOCKS) {
        Role::Block
    } else if is_one_of(&["br", "hr"]) {
        Role::Break
    } else if is_one_of(&["td", "th"]) {
        Role::Gap
    } else if is_one_of(&["script", "style"]) {
        Role::Hidden
    } else {
        Role::Inline
    }
}

/// How much of the text a script or a style takes: up to its end tag, or all of it.
fn hidden_len(text: &str, name: &str) -> usize {
    let is_end = |at: usize| {
        text.as_bytes()[at + 2..].get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at)).unwrap_or(text.len())
}

/// A space for every file that is embedded in the text (`data:image/png;base64,...`), with or without a tag around it.
pub(super) fn without_files(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, scheme) in text.match_indices("data:") {
        let head = &text[at + scheme.len()..];
        let kind = head.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "/+.;=-".contains(c));
        let Some(body) = kind.strip_prefix(',').filter(|_| head[..head.len() - kind.len()].ends_with(";base64")) else {
            continue;
        };
        let after = body.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "+/=".contains(c));
        if at >= done {
            out.push_str(&text[done..at]);
            out.push(' ');
            done = text.len() - after.len();
        }
    }
    out.push_str(&text[done..]);
    out
}
