//! Getting feeds over a network that is kind, and over one that is not.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use porchlight::fetch::{Fault, Known, New, Outcome, Request, Retry, Rules, Secret, fetch};
use proptest::prelude::*;

use self::server::{Server, answer, head};

mod certificates;
mod complaints;
mod due;
mod kept;
mod left;
mod memory;
mod packed;
mod pages;
mod progress;
mod refresh;
mod server;
mod slow;
mod undo;

const JSON: &str = r#"[{"name": "Sample Group", "day": 1}]"#;

/// The rules of these tests: their servers are on this machine.
fn rules() -> Rules {
    Rules { private: true, ..Rules::default() }
}

/// Rules for servers that take their time, so that no test does.
fn hasty() -> Rules {
    let soon = Duration::from_millis(700);
    Rules { time: soon * 3, patience: soon, grace: soon, ..rules() }
}

fn never() -> Arc<AtomicBool> {
    Arc::default()
}

fn request(address: impl Into<String>) -> Request {
    Request { address: address.into(), ..Request::default() }
}

fn new(outcome: Outcome) -> New {
    match outcome {
        Outcome::New(new) => new,
        other => panic!("{other:?}"),
    }
}

fn fault(outcome: Outcome) -> Fault {
    match outcome {
        Outcome::Failed(fault) => fault,
        other => panic!("{other:?}"),
    }
}

/// How asking for this ends.
fn asking(address: String) -> Fault {
    fault(fetch(&request(address), &rules(), &never()))
}

/// How it ends with a server that says the same to everybody.
fn said(answer: Vec<u8>) -> Fault {
    asking(Server::saying(answer).at("/"))
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let server = Server::new(|asked, line| {
        let stamp = [("ETag", "W/\"one\""), ("Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT")];
        let same = asked.header("If-None-Match") == Some("W/\"one\"") && asked.header("If-Modified-Since").is_some();
        if same {
            line.say("HTTP/1.1 304 Not Modified\r\nETag: W/\"one\"\r\n\r\n");
        } else {
            line.say(answer("200 OK", &[stamp[0], stamp[1], ("Content-Type", "application/json")], JSON));
        }
    });
    let mut request = request(server.at("/feed.json?key=sesame"));
    let first = new(fetch(&request, &rules(), &never()));
    assert_eq!(first.bytes, JSON.as_bytes());
    assert_eq!(first.content_type.as_deref(), Some("application/json"));
    assert_eq!(first.from, server.at("/feed.json"));
    assert_eq!(first.sha256.len(), 64);
    request.known = first.known;
    assert_eq!(fetch(&request, &rules(), &never()), Outcome::Unchanged);
    let asked = server.asked();
    assert_eq!(asked[1].path, "/feed.json?key=sesame");
    let we = format!("Porchlight/{} (kiosk of a recovery community center)", env!("CARGO_PKG_VERSION"));
    assert_eq!(asked[0].header("User-Agent"), Some(&*we));
    assert_eq!(asked[0].header("If-None-Match"), None);
}

#[test]
fn a_server_that_calls_unknown_things_unchanged_is_not_believed() {
    let fault = said(b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec());
    assert_eq!(fault, Fault::Status { code: 304, retry: None });
}

#[test]
fn a_server_may_say_no() {
    for code in [400, 401, 403, 404, 410, 500, 502, 503] {
        assert_eq!(said(answer(&format!("{code} No"), &[], "no")), Fault::Status { code, retry: None });
    }
    let fault = said(answer("429 Too Many Requests", &[("Retry-After", "120")], ""));
    assert_eq!(fault, Fault::Status { code: 429, retry: Some(Retry::After(Duration::from_secs(120))) });
    assert!(fault.to_string().ends_with("it asks to be tried again in 120 seconds"), "{fault}");
    // A part that nobody asked for, and nothing at all.
    assert_eq!(said(answer("206 Partial Content", &[], JSON)), Fault::Status { code: 206, retry: None });
    assert_eq!(said(answer("200 OK", &[], "")), Fault::Empty);
}

#[test]
fn a_server_may_lead_on() {
    let server = Server::new(|asked, line| {
        let next = match asked.path.as_str() {
            "/a" => "b/",
            "/b/" => "../c?d",
            "/c?d" => "/end",
            _ => "",
        };
        let moved = || answer("302 Found", &[("Location", next)], "moved");
        line.say(if next.is_empty() { answer("200 OK", &[], JSON) } else { moved() });
    });
    let found = new(fetch(&request(server.at("/a")), &rules(), &never()));
    assert_eq!(found.from, server.at("/end"));
    assert_eq!(server.paths(), ["/a", "/b/", "/c?d", "/end"]);
}

#[test]
fn nobody_is_led_in_a_circle() {
    let server = Server::saying(answer("301 Moved Permanently", &[("Location", "/again")], ""));
    assert_eq!(asking(server.at("/")), Fault::Circle);
    assert_eq!(server.asked().len(), 6);
}

#[test]
fn nobody_is_led_away_from_the_web() {
    for nowhere in ["file:///etc/passwd", "ftp://example.org/", "http://me:word@127.0.0.1/", "http://[::1"] {
        assert_eq!(said(answer("302 Found", &[("Location", nowhere)], "")), Fault::LeadsNowhere, "{nowhere}");
    }
    assert_eq!(said(answer("302 Found", &[], "")), Fault::LeadsNowhere);
}

#[test]
fn a_secret_stays_with_its_server() {
    let other = Server::new(|_, line| {
        line.say(answer("200 OK", &[], JSON));
    });
    let elsewhere = other.at("/other");
    let by_name = format!("http://localhost:{}/back", other.port());
    let server = Server::new(move |asked, line| {
        let next = match asked.path.as_str() {
            "/" => "/here",
            "/here" => &elsewhere,
            _ => &by_name,
        };
        line.say(answer("307 Temporary Redirect", &[("Location", next)], ""));
    });
    let headers = vec![("X-Key".to_owned(), Secret::new(" sesame\n")), ("Authorization".to_owned(), Secret::new("me"))];
    let request = Request { headers, ..request(server.at("/")) };
    new(fetch(&request, &rules(), &never()));
    for asked in server.asked() {
        assert_eq!((asked.header("X-Key"), asked.header("Authorization")), (Some("sesame"), Some("me")), "{asked:?}");
    }
    assert_eq!(server.paths(), ["/", "/here"]);
    let [asked] = &other.asked()[..] else { panic!("{:?}", other.paths()) };
    assert_eq!((asked.header("X-Key"), asked.header("Authorization")), (None, None));
    assert!(!format!("{request:?}").contains("sesame"));
}

#[test]
fn a_secret_that_left_home_does_not_come_back() {
    let home = Arc::new(std::sync::OnceLock::<String>::new());
    let back = Arc::clone(&home);
    let other = Server::new(move |_, line| {
        line.say(answer("302 Found", &[("Location", back.get().unwrap())], ""));
    });
    let away = other.at("/away");
    let server = Server::new(move |asked, line| {
        let last = asked.path == "/home";
        line.say(if last { answer("200 OK", &[], JSON) } else { answer("302 Found", &[("Location", &away)], "") });
    });
    home.set(server.at("/home")).unwrap();
    let headers = vec![("X-Key".to_owned(), Secret::new("sesame"))];
    new(fetch(&Request { headers, ..request(server.at("/")) }, &rules(), &never()));
    let keys: Vec<_> = server.asked().iter().map(|asked| asked.header("X-Key").map(str::to_owned)).collect();
    assert_eq!(keys, [Some("sesame".to_owned()), None]);
}

#[test]
fn a_header_that_cannot_be_sent_is_told_without_its_value() {
    let headers = vec![("X-Key".to_owned(), Secret::new("se\nsame"))];
    let fault = fault(fetch(&Request { headers, ..request("http://127.0.0.1:9/") }, &rules(), &never()));
    assert_eq!(fault, Fault::Header("X-Key".to_owned()));
    assert!(!fault.to_string().contains("same"), "{fault}");
}

#[test]
fn a_feed_does_not_say_what_is_ours_to_say() {
    for name in ["Host", "connection", "Accept-Encoding", "Transfer-Encoding", "If-None-Match", "no name"] {
        let headers = vec![(name.to_owned(), Secret::new("x"))];
        let fault = fault(fetch(&Request { headers, ..request("http://127.0.0.1:9/") }, &rules(), &never()));
        assert!(matches!(fault, Fault::Header(_)), "{name}: {fault:?}");
    }
}

#[test]
fn only_public_addresses_are_asked() {
    let server = Server::saying(answer("200 OK", &[], JSON));
    let port = server.port();
    for host in ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "[::1]"] {
        let address = format!("http://{host}:{port}/");
        let fault = fault(fetch(&request(address), &Rules::default(), &never()));
        // Some systems do not know the old ways of writing a number.
        assert!(matches!(fault, Fault::Private(_) | Fault::NoSuchHost(_)), "{host}: {fault:?}");
    }
    let fault = fault(fetch(&request(server.at("/")), &Rules::default(), &never()));
    assert_eq!(fault, Fault::Private("127.0.0.1".to_owned()));
    assert!(server.asked().is_empty());
}

#[test]
fn nobody_is_led_to_an_address_that_may_not_be_asked() {
    // Even where the house may be asked: what hands out the keys of a machine, everybody at once, nobody.
    for host in ["169.254.169.254", "224.0.0.1", "0.0.0.0", "[fe80::1]"] {
        let next = format!("http://{host}/latest");
        let fault = said(answer("302 Found", &[("Location", &next)], ""));
        assert_eq!(fault, Fault::Private(host.to_owned()));
    }
}

#[test]
fn a_connection_that_is_cut_at_once_is_tried_once_more() {
    let times = AtomicUsize::new(0);
    let server = Server::new(move |_, line| {
        if times.fetch_add(1, Ordering::SeqCst) == 1 {
            line.say(answer("200 OK", &[], JSON));
        }
    });
    new(fetch(&request(server.at("/")), &rules(), &never()));
    let server = Server::new(|_, _| {});
    assert_eq!(asking(server.at("/")), Fault::CutOff);
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn half_an_answer_is_none() {
    let half = JSON.len() as u64 * 2;
    assert_eq!(said([head("200 OK", &[], half), JSON.into()].concat()), Fault::HalfWay);
    let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1, 2\r\n";
    assert_eq!(said(chunk.into()), Fault::HalfWay);
    assert_eq!(said(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()), Fault::HalfWay);
}

#[test]
fn a_server_that_is_none_is_told() {
    assert_eq!(said(b"220 mail.example.org ESMTP\r\n".repeat(40)), Fault::Garbled);
    let endless = Server::new(|_, line| {
        line.say("HTTP/1.1 200 OK\r\n");
        while line.say("X-Filler: and on and on\r\n".repeat(100)) {}
    });
    assert_eq!(asking(endless.at("/")), Fault::Garbled);
    let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n[1, 2\r\n";
    assert_eq!(said(chunk.into()), Fault::Garbled);
}

#[test]
fn a_server_that_drips_is_left() {
    let server = Server::new(|_, line| {
        line.say(head("200 OK", &[], 100_000));
        line.drip();
    });
    let unhurried = Rules { grace: hasty().grace, ..rules() };
    let at_rate = fault(fetch(&request(server.at("/")), &unhurried, &never()));
    assert!(matches!(at_rate, Fault::TooSlow(after) if after < unhurried.time), "{at_rate:?}");
    // Even when no rate is asked for, the deadline holds.
    let rules = Rules { slowest: 0, ..hasty() };
    let time = rules.time;
    assert_eq!(fault(fetch(&request(server.at("/")), &rules, &never())), Fault::TooSlow(time));
    // The head of an answer may drip too.
    let server = Server::new(|_, line| {
        line.say("HTTP/1.1 200 OK\r\nX-Filler:");
        line.drip();
    });
    assert_eq!(fault(fetch(&request(server.at("/")), &hasty(), &never())), Fault::TooSlow(time));
}

#[test]
fn a_server_that_falls_silent_is_left() {
    let patience = hasty().patience;
    let server = Server::new(|_, line| line.hold());
    assert_eq!(fault(fetch(&request(server.at("/")), &hasty(), &never())), Fault::Silent(patience));
    let server = Server::new(|_, line| {
        line.say(head("200 OK", &[], 100_000));
        line.say("[".repeat(50_000));
        line.hold();
    });
    assert_eq!(fault(fetch(&request(server.at("/")), &hasty(), &never())), Fault::Stalled(patience));
}

#[test]
fn staff_can_stop_it() {
    for begun in [false, true] {
        let stop = never();
        let pressed = Arc::clone(&stop);
        let server = Server::new(move |_, line| {
            if begun {
                line.say(head("200 OK", &[], 100_000));
                line.say("[");
            }
            pressed.store(true, Ordering::SeqCst);
            line.hold();
        });
        assert_eq!(fault(fetch(&request(server.at("/")), &rules(), &stop)), Fault::Stopped);
    }
}

#[test]
fn what_is_too_large_is_stopped() {
    let announced = Server::new(|_, line| {
        line.say(head("200 OK", &[], 2 << 30));
        line.hold();
    });
    assert_eq!(asking(announced.at("/")), Fault::TooLarge(rules().most));
    let endless = Server::new(|_, line| {
        line.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while line.say(format!("{:x}\r\n{}\r\n", 10_000, "x".repeat(10_000))) {}
    });
    let small = Rules { most: 100_000, most_wire: 200_000, ..rules() };
    assert_eq!(fault(fetch(&request(endless.at("/")), &small, &never())), Fault::TooLarge(100_000));
    let small = Rules { most: 300_000, most_wire: 200_000, ..rules() };
    assert_eq!(fault(fetch(&request(endless.at("/")), &small, &never())), Fault::TooLarge(200_000));
}

#[test]
fn a_page_for_people_is_no_data() {
    let login = "<!DOCTYPE html><title>Log in to this network</title>";
    assert_eq!(said(answer("200 OK", &[("Content-Type", "application/json")], login)), Fault::Page);
    assert_eq!(said(answer("511 Network Authentication Required", &[], login)), Fault::Page);
    let portal = Server::saying(answer("200 OK", &[], login));
    assert_eq!(said(answer("302 Found", &[("Location", &portal.at("/login"))], "")), Fault::Page);
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let fault = asking("http://feeds.invalid/feed.json".to_owned());
    assert_eq!(fault, Fault::NoSuchHost("feeds.invalid".to_owned()));
    assert!(fault.to_string().starts_with("the server feeds.invalid was not found; check that"), "{fault}");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(asking(format!("http://127.0.0.1:{port}/")), Fault::Refused("127.0.0.1".to_owned()));
}

#[test]
fn what_is_no_address_is_told() {
    assert!(matches!(asking("feed.json".to_owned()), Fault::Address(_)));
    assert_eq!(asking("https://me:word@example.org/".to_owned()), Fault::Userinfo);
}

#[test]
fn what_is_known_and_damaged_is_not_sent() {
    let server = Server::saying(answer("200 OK", &[], JSON));
    let known = Known { etag: Some("\"a\nb\"".to_owned()), last_modified: None };
    new(fetch(&Request { known, ..request(server.at("/")) }, &rules(), &never()));
    assert_eq!(server.asked()[0].header("If-None-Match"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever a server says, a fetch ends, and not with what was not said.
    #[test]
    fn no_answer_harms(
        start in "(HTTP/1.[01] [0-9]{3} \\PC{0,9}\r\n){0,2}",
        headers in prop::collection::vec(
            "(Content-Length|Transfer-Encoding|Content-Encoding|Location|Retry-After|ETag|\\PC{0,9}): \
             (chunked|gzip|br|zstd|[0-9]{0,20}|/\\PC{0,9}|\\PC{0,9})\r\n",
            0..5,
        ),
        rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let said = [start.as_bytes(), headers.concat().as_bytes(), b"\r\n", &rest].concat();
        let server = Server::saying(said);
        if let Outcome::New(new) = fetch(&request(server.at("/")), &hasty(), &never()) {
            prop_assert!(!new.bytes.is_empty() && new.bytes.len() <= 1 << 20);
        }
    }
}
