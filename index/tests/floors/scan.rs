//! The paths that a source file names, without those in comments, strings and its own tests.

/// A path of at least two parts, or one that a `use` names, with its line.
#[derive(Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

/// A name, `::`, or any other character.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Colons,
    Sign(char),
}

/// All paths of a source, groups in braces (`a::{b, c::d}`) written out.
pub(crate) fn scan(source: &str) -> Vec<Named> {
    let tokens = without_tests(&tokens(source));
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let used = at > 0 && tokens[at - 1].0 == Token::Name("use".into());
        let next = paths(&tokens, at, &[], &mut found, used);
        at = next.max(at + 1);
    }
    found
}

/// Reads a path at `at`, after `before`; gives the place after it.
fn paths(tokens: &[(Token, usize)], at: usize, before: &[String], found: &mut Vec<Named>, whole: bool) -> usize {
    let mut path = before.to_vec();
    let mut at = at;
    let line = tokens.get(at).map_or(0, |(_, line)| *line);
    while let Some((Token::Name(name), _)) = tokens.get(at) {
        // `time::{self}` names `time`.
        if name != "self" {
            path.push(name.clone());
        }
        at += 1;
        if tokens.get(at).map(|(token, _)| token) != Some(&Token::Colons) {
            break;
        }
        at += 1;
        if tokens.get(at).map(|(token, _)| token) == Some(&Token::Sign('{')) {
            return group(tokens, at + 1, &path, found);
        }
    }
    if path.len() > 1 || (whole && !path.is_empty()) {
        found.push(Named { path, line });
    }
    at
}

/// Reads the paths of a group up to its `}`; gives the place after that.
fn group(tokens: &[(Token, usize)], mut at: usize, before: &[String], found: &mut Vec<Named>) -> usize {
    loop {
        match tokens.get(at).map(|(token, _)| token) {
            None => return at,
            Some(Token::Sign('}')) => return at + 1,
            Some(Token::Name(name)) if name == "as" => at += 2,
            Some(Token::Name(_)) => at = paths(tokens, at, before, found, true),
            Some(_) => {
                // A star names what stands before it.
                if tokens[at].0 == Token::Sign('*') {
                    found.push(Named { path: before.to_vec(), line: tokens[at].1 });
                }
                at += 1;
            }
        }
    }
}

/// Leaves out what stands under `#[cfg(test)]`.
fn without_tests(tokens: &[(Token, usize)]) -> Vec<(Token, usize)> {
    let mark = [
        Token::Sign('#'),
        Token::Sign('['),
        Token::Name("cfg".into()),
        Token::Sign('('),
        Token::Name("test".into()),
        Token::Sign(')'),
        Token::Sign(']'),
    ];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_mark = tokens[at..].len() >= mark.len() && tokens[at..].iter().map(|(token, _)| token).take(7).eq(&mark);
        if is_mark {
            at = after_item(tokens, at + mark.len());
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// The place after an item: after its `;`, or after the braces that it opens.
fn after_item(tokens: &[(Token, usize)], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some((token, _)) = tokens.get(at) {
        at += 1;
        match token {
            Token::Sign('{') => depth += 1,
            Token::Sign('}') if depth == 1 => return at,
            Token::Sign('}') => depth -= 1,
            Token::Sign(';') if depth == 0 => return at,
            _ => {}
        }
    }
    at
}

fn tokens(source: &str) -> Vec<(Token, usize)> {
    let mut tokens = Vec::new();
    let (mut rest, mut line, mut counted) = (source, 1, source);
    while let Some(first) = rest.chars().next() {
        line += counted[..counted.len() - rest.len()].matches('\n').count();
        counted = rest;
        if let Some(after) = after_comment(rest).or_else(|| after_literal(rest)) {
            rest = after;
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            tokens.push((Token::Name(rest[..end].to_owned()), line));
            rest = &rest[end..];
        } else if let Some(after) = rest.strip_prefix("::") {
            tokens.push((Token::Colons, line));
            rest = after;
        } else {
            if !first.is_whitespace() {
                tokens.push((Token::Sign(first), line));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens
}

fn after_comment(text: &str) -> Option<&str> {
    if text.starts_with("//") {
        return Some(text.find('\n').map_or("", |end| &text[end..]));
    }
    let mut rest = text.strip_prefix("/*")?;
    let mut depth = 1;
    while depth > 0 {
        let Some(at) = rest.find(['/', '*']) else { return Some("") };
        rest = &rest[at..];
        let (change, len) = match rest {
            _ if rest.starts_with("/*") => (1, 2),
            _ if rest.starts_with("*/") => (-1, 2),
            _ => (0, 1),
        };
        depth += change;
        rest = &rest[len..];
    }
    Some(rest)
}

/// What follows a string or a character, or the name of a lifetime.
fn after_literal(text: &str) -> Option<&str> {
    let plain = text.strip_prefix('b').unwrap_or(text);
    if let Some(raw) = plain.strip_prefix('r') {
        let opening = raw.trim_start_matches('#');
        let closing = format!("\"{}", "#".repeat(raw.len() - opening.len()));
        if let Some(inside) = opening.strip_prefix('"') {
            return Some(inside.find(&closing).map_or("", |end| &inside[end + closing.len()..]));
        }
    }
    if let Some(inside) = plain.strip_prefix('"') {
        return Some(after_quote(inside, '"'));
    }
    let inside = plain.strip_prefix('\'')?;
    let mut chars = inside.chars();
    match (chars.next(), chars.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => Some(after_quote(inside, '\'')),
        _ => Some(inside.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')),
    }
}

fn after_quote(inside: &str, quote: char) -> &str {
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == quote {
            break;
        }
    }
    chars.as_str()
}
