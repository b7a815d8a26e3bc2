//! How far a refresh is, told on its way.

use serde_json::{Value, json};

use super::refresh::list;
use super::server::{Server, answer};
use crate::desk::{Desk, Ran};

/// A refresh of one feed of this form, from this server, and of a file.
fn refresh(server: &Server, form: &str, words: &[&str]) -> Ran {
    let desk = Desk::new();
    desk.write("dale.toml", "[[meeting]]\nkey = \"dale\"\nname = \"Valley Lanterns\"\n");
    let feeds = desk.write(
        "feeds.toml",
        format!(
            "[[feed]]\nname = \"town\"\nform = \"{form}\"\nurl = \"{}\"\nprivate_network = true\n\
             timezone = \"America/New_York\"\n\n[[feed]]\nname = \"dale\"\nform = \"porchlight\"\nfile = \"dale.toml\"\n",
            server.at("/list")
        ),
    );
    desk.run(&[&["refresh", "--feeds", feeds.to_str().unwrap()], words].concat())
}

/// The lines about feeds: which event, and of which feed.
fn told(ran: &Ran) -> Vec<(String, String)> {
    let of = |line: Value| {
        let text = |key: &str| line[key].as_str().map(ToOwned::to_owned);
        Some((text("event")?, text("name")?)).filter(|(event, _)| event != "phase")
    };
    let mut told: Vec<_> = ran.lines().into_iter().filter_map(of).collect();
    told.dedup();
    told
}

/// The bytes that were told of, which never shrink, and of how many.
fn bytes(ran: &Ran) -> Vec<(u64, Option<u64>)> {
    let got = |line: Value| (line["bytes"].as_u64().unwrap(), line["of"].as_u64());
    let bytes: Vec<_> = ran.events("got").into_iter().map(got).collect();
    assert!(bytes.windows(2).all(|two| two[0].0 < two[1].0), "{bytes:?}");
    bytes
}

#[test]
fn what_comes_is_told_in_its_order_and_never_shrinks() {
    let list = list(5000);
    let server = Server::saying(answer("200 OK", &[("Content-Type", "application/json")], &list));
    let ran = refresh(&server, "meeting-guide", &["--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.lines()[0], json!({"event": "feeds", "names": ["town", "dale"]}));
    let expected = [("asking", "town"), ("got", "town"), ("feed", "town"), ("asking", "dale"), ("feed", "dale")];
    assert_eq!(told(&ran), expected.map(|(event, name)| (event.to_owned(), name.to_owned())));
    let bytes = bytes(&ran);
    assert!(bytes.len() > 1 && bytes[0].0 < list.len() as u64, "{bytes:?}");
    assert_eq!(bytes.last(), Some(&(list.len() as u64, Some(list.len() as u64))));
    assert!(bytes.iter().all(|(_, of)| *of == Some(list.len() as u64)));
}

#[test]
fn what_nobody_said_the_length_of_is_told_without_one() {
    let list = list(5000);
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{list}\r\n0\r\n\r\n",
        list.len()
    );
    let bytes = bytes(&refresh(&Server::saying(chunked.into()), "meeting-guide", &["--json"]));
    assert_eq!(bytes.last(), Some(&(list.len() as u64, None)));
    // Nor is it known how long all pages are together, and they count together.
    let page = |number: usize| {
        let service = |row| json!({"id": format!("s{number}-{row}"), "name": format!("Sample {number}-{row}"), "status": "active"});
        json!({"total_pages": 3, "page_number": number, "contents": (0..20).map(service).collect::<Vec<_>>()})
            .to_string()
    };
    let all: usize = (1..=3).map(|number| page(number).len()).sum();
    let server = Server::new(move |asked, line| {
        let body = page(asked.path.rsplit('=').next().unwrap().parse().unwrap());
        line.say(answer("200 OK", &[("Content-Type", "application/json")], body));
    });
    let ran = refresh(&server, "hsds", &["--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(self::bytes(&ran).last(), Some(&(all as u64, None)));
}

#[test]
fn people_without_a_terminal_are_told_no_more_than_before() {
    let server = Server::saying(answer("200 OK", &[("Content-Type", "application/json")], list(12)));
    let ran = refresh(&server, "meeting-guide", &[]);
    assert_eq!(ran.err, "");
    let lines: Vec<&str> = ran.out.lines().filter(|line| line.contains("town")).collect();
    assert_eq!(lines[..2], ["town: read, 12 rows", "town: 12 new, 0 changed, 0 gone"], "{lines:?}");
    assert!(ran.out.starts_with("town: read"), "{}", ran.out);
}
