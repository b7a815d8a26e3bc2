//! Who answers must be the server: certificates, good and bad.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use porchlight::fetch::{Authorities, Fault, Outcome, Rules, fetch};
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};

use super::server::{Server, answer};
use super::{JSON, asking, fault, never, new, request, rules};

/// An authority of a site of its own, which vouches for a server with these names.
fn vouched(names: &[&str], change: impl Fn(&mut CertificateParams)) -> (Rules, Certificate, KeyPair) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().unwrap();
    let pem = authority.self_signed(&authority_key).unwrap().pem();
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut server = CertificateParams::new(names).unwrap();
    change(&mut server);
    let key = KeyPair::generate().unwrap();
    let certificate = server.signed_by(&key, &Issuer::new(authority, authority_key)).unwrap();
    let authorities = Authorities::read(pem.as_bytes());
    assert!(authorities.is_some());
    (Rules { authorities, ..rules() }, certificate, key)
}

fn with(names: &[&str], change: impl Fn(&mut CertificateParams)) -> Outcome {
    let (rules, certificate, key) = vouched(names, change);
    let server = Server::secure(&certificate, &key, answer("200 OK", &[], JSON));
    fetch(&request(server.at("/")), &rules, &never())
}

fn why(outcome: Outcome) -> &'static str {
    match fault(outcome) {
        Fault::Certificate { host, why } => {
            assert_eq!(host, "127.0.0.1");
            why
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_server_that_a_known_authority_vouches_for_is_believed() {
    assert_eq!(new(with(&["127.0.0.1"], |_| {})).bytes, JSON.as_bytes());
}

#[test]
fn a_server_that_nobody_vouches_for_is_not_believed() {
    let (_, certificate, key) = vouched(&["127.0.0.1"], |_| {});
    let server = Server::secure(&certificate, &key, answer("200 OK", &[], JSON));
    let fault = asking(server.at("/"));
    let why = "nobody whom we know vouches for its certificate";
    assert_eq!(fault, Fault::Certificate { host: "127.0.0.1".to_owned(), why });
    assert!(fault.to_string().contains("could not prove that it is the one (nobody whom"), "{fault}");
    assert!(server.asked().is_empty());
    // One that vouches for itself.
    let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let server = Server::secure(&own.cert, &own.signing_key, answer("200 OK", &[], JSON));
    assert!(matches!(asking(server.at("/")), Fault::Certificate { .. }));
}

#[test]
fn a_certificate_of_another_time_or_name_is_told() {
    assert_eq!(why(with(&["feeds.example.org"], |_| {})), "its certificate is for another name");
    let old = with(&["127.0.0.1"], |server| {
        (server.not_before, server.not_after) = (date_time_ymd(2000, 1, 1), date_time_ymd(2001, 1, 1));
    });
    assert_eq!(why(old), "its certificate is out of date");
    let early = with(&["127.0.0.1"], |server| server.not_before = date_time_ymd(4000, 1, 1));
    assert_eq!(why(early), "its certificate is not valid yet");
}

#[test]
fn no_unprotected_server_passes_for_a_protected_one() {
    // It speaks as soon as somebody is there, and not in that language.
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}/", server.local_addr().unwrap());
    let speaks = thread::spawn(move || {
        let (mut line, _) = server.accept().unwrap();
        line.write_all(&answer("200 OK", &[], JSON)).unwrap();
        while matches!(line.read(&mut [0; 1024]), Ok(1..)) {}
    });
    assert_eq!(asking(address), Fault::Protection("127.0.0.1".to_owned()));
    speaks.join().unwrap();
}

#[test]
fn protection_is_not_given_up_on_the_way() {
    let (rules, certificate, key) = vouched(&["127.0.0.1"], |_| {});
    let plain = Server::saying(answer("200 OK", &[], JSON));
    let server = Server::secure(&certificate, &key, answer("302 Found", &[("Location", &plain.at("/"))], ""));
    let fault = fault(fetch(&request(server.at("/")), &rules, &never()));
    assert_eq!(fault, Fault::Unprotected("127.0.0.1".to_owned()));
    assert!(plain.asked().is_empty());
}

#[test]
fn a_file_without_a_certificate_is_no_authority() {
    assert!(Authorities::read(b"").is_none());
    assert!(Authorities::read(b"-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n").is_none());
}
