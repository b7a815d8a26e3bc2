//! Whether what came is a page for people: the login of a network, an apology, a note that the site has moved.

/// How a page for people begins.
const BEGINNINGS: [&[u8]; 6] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta"];

/// Whether these bytes are a page for people. Servers say "text/html" to data and the other way round, so the bytes
/// count; what they say counts only for what begins with a tag.
pub(super) fn is_page(bytes: &[u8], content_type: Option<&str>) -> bool {
    let beginning = skipped(bytes);
    let says_page = content_type.is_some_and(|said| said.trim_start().to_ascii_lowercase().starts_with("text/html"));
    let is = |tag: &&[u8]| beginning.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    BEGINNINGS.iter().any(is) || says_page && beginning.starts_with(b"<")
}

/// The bytes behind a byte order mark, white space, comments and an XML declaration.
fn skipped(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?") {
            b"?>"
        } else {
            return rest;
        };
        match rest.windows(end.len()).position(|window| window == end) {
            Some(at) => rest = &rest[at + end.len()..],
            None => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_their_beginning() {
        for page in [
            "<!DOCTYPE html><title>Log in</title>",
            "\u{feff}\r\n <HTML lang=en>",
            "<!-- made by hand --><!-- twice --><html>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">",
            "<script>location='https://login.example.org'</script>",
        ] {
            assert!(is_page(page.as_bytes(), Some("application/json")), "{page}");
            assert!(is_page(page.as_bytes(), None), "{page}");
        }
    }

    #[test]
    fn data_is_no_page_whatever_the_server_calls_it() {
        for data in
            ["", "{}", " [1]", "name,city\n<html>,b", "<", "<!--", "<meetings/>", "<?xml version=\"1.0\"?><rss/>"]
        {
            assert!(!is_page(data.as_bytes(), None), "{data}");
        }
        assert!(!is_page(b"[{\"name\": \"<html>\"}]", Some("text/html")));
        assert!(is_page(b"<br />\n<b>Warning</b>: something", Some("Text/HTML; charset=utf-8")));
    }
}
