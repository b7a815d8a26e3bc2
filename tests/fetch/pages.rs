//! Directories that are handed out page by page.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use porchlight::fetch::{Fault, Known, Paging, Part, Request, Retry, Rules, fetch_pages};

use super::server::{Asked, Line, Server, answer};
use super::{hasty, never, request, rules};

/// The number of the page that was asked for.
fn number(asked: &Asked) -> u64 {
    let query = asked.path.split_once('?').unwrap().1;
    query.split('&').find_map(|part| part.strip_prefix("page=")).unwrap().parse().unwrap()
}

/// A page as the HSDS has it.
fn page(number: u64, of: u64) -> String {
    format!(r#"{{"total_pages": {of}, "page_number": {number}, "contents": [{{"id": "sample-{number}"}}]}}"#)
}

fn paged(of: u64) -> Server {
    Server::new(move |asked, line| {
        line.say(answer("200 OK", &[], page(number(asked), of)));
    })
}

fn pages_of(server: &Server, path: &str) -> Result<Vec<Part>, Fault> {
    fetch_pages(&request(server.at(path)), &Paging::default(), &rules(), &never())
}

#[test]
fn all_pages_come_in_their_order() {
    let server = paged(3);
    let known = Known { etag: Some("\"old\"".to_owned()), last_modified: None };
    let request = Request { known, ..request(server.at("/services?per_page=50&page=7")) };
    let parts = fetch_pages(&request, &Paging::default(), &rules(), &never()).unwrap();
    let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["page-1", "page-2", "page-3"]);
    assert_eq!(parts[1].bytes, page(2, 3).as_bytes());
    let paths: Vec<_> = (1..=3).map(|page| format!("/services?per_page=50&page={page}")).collect();
    assert_eq!(server.paths(), paths);
    assert!(server.asked().iter().all(|asked| asked.header("If-None-Match").is_none()));
}

#[test]
fn one_page_is_enough_where_there_is_one() {
    for body in [r#"{"totalPages": 1, "page": 1, "rows": []}"#, r#"{"total_pages": 0, "contents": []}"#, "[]"] {
        let server = Server::saying(answer("200 OK", &[], body));
        assert_eq!(pages_of(&server, "/").unwrap().len(), 1, "{body}");
        assert_eq!(server.paths(), ["/?page=1"]);
    }
}

#[test]
fn half_a_directory_is_none() {
    let server = Server::new(|asked, line| {
        let number = number(asked);
        let busy = answer("503 Busy", &[("Retry-After", "5")], "");
        line.say(if number == 2 { busy } else { answer("200 OK", &[], page(number, 3)) });
    });
    let fault = pages_of(&server, "/").unwrap_err();
    let retry = Some(Retry::After(Duration::from_secs(5)));
    assert_eq!(fault, Fault::AtPage { number: 2, fault: Box::new(Fault::Status { code: 503, retry }) });
    assert!(fault.to_string().starts_with("page 2: the server has a fault of its own (answer 503)"), "{fault}");
    assert_eq!(server.asked().len(), 2);
    // The first page is the address itself.
    assert_eq!(
        pages_of(&Server::saying(answer("404 No", &[], "")), "/"),
        Err(Fault::Status { code: 404, retry: None })
    );
}

#[test]
fn a_server_that_does_not_turn_the_page_is_left() {
    let server = Server::saying(answer("200 OK", &[], page(1, 3)));
    assert_eq!(pages_of(&server, "/"), Err(Fault::SamePage));
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn pages_have_an_end() {
    let server = paged(501);
    assert_eq!(pages_of(&server, "/"), Err(Fault::ManyPages(501)));
    // One that has always one more.
    let server = Server::new(|asked, line| {
        let number = number(asked);
        line.say(answer("200 OK", &[], page(number, number + 1)));
    });
    let paging = Paging { most: 9, ..Paging::default() };
    let fault = fetch_pages(&request(server.at("/")), &paging, &rules(), &never());
    assert_eq!(fault, Err(Fault::ManyPages(10)));
    assert_eq!(pages_of(&Server::saying(answer("200 OK", &[], "{}")), "/"), Err(Fault::NoPages));
}

#[test]
fn limits_hold_for_all_pages_together() {
    let large = |asked: &Asked, line: &mut Line| {
        let body = page(number(asked), 100) + &" ".repeat(30_000);
        line.say(answer("200 OK", &[], body));
    };
    let server = Server::new(large);
    let small = Rules { most: 100_000, ..rules() };
    let fault = fetch_pages(&request(server.at("/")), &Paging::default(), &small, &never());
    assert_eq!(fault, Err(Fault::TooLarge(100_000)));
    assert_eq!(server.asked().len(), 4);
    let small = Rules { most_wire: 100_000, ..rules() };
    let fault = fetch_pages(&request(server.at("/")), &Paging::default(), &small, &never());
    assert_eq!(fault, Err(Fault::TooLarge(100_000)));
}

#[test]
fn time_holds_for_all_pages_together() {
    let server = Server::new(|asked, line| {
        let number = number(asked);
        if number == 2 {
            return line.hold();
        }
        line.say(answer("200 OK", &[], page(number, 3)));
    });
    let time = Duration::from_millis(500);
    let paging = Paging { time, ..Paging::default() };
    let fault = fetch_pages(&request(server.at("/")), &paging, &rules(), &never());
    assert_eq!(fault, Err(Fault::TooSlow(time)));
    let fault = fetch_pages(&request(server.at("/")), &Paging::default(), &hasty(), &never());
    let silent = Box::new(Fault::Silent(hasty().patience));
    assert_eq!(fault, Err(Fault::AtPage { number: 2, fault: silent }));
}

#[test]
fn staff_can_stop_it_between_pages() {
    let stop = never();
    let pressed = Arc::clone(&stop);
    let server = Server::new(move |asked, line| {
        if number(asked) == 3 {
            pressed.store(true, Ordering::SeqCst);
        }
        line.say(answer("200 OK", &[], page(number(asked), 100)));
    });
    let fault = fetch_pages(&request(server.at("/")), &Paging::default(), &rules(), &stop);
    assert_eq!(fault, Err(Fault::Stopped));
    assert_eq!(server.asked().len(), 3);
}
