//! Feeds that come packed, and bombs that look like them.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use porchlight::fetch::{Fault, Rules, fetch};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::server::{Server, answer, head};
use super::{fault, never, new, request, rules, said};

/// A hundred sample meetings, in the packing of brotli.
const BROTLI: [u8; 71] = [
    0x1b, 0xb3, 0x14, 0x30, 0x2c, 0x0a, 0xec, 0xc6, 0xe2, 0x84, 0xb3, 0xda, 0x0e, 0xe6, 0xf5, 0x8f, 0xa0, 0xf1, 0x44,
    0xcd, 0xa2, 0xb3, 0xd5, 0xb5, 0x45, 0x62, 0x74, 0xf2, 0x66, 0x0c, 0x19, 0x5d, 0x87, 0xa5, 0xed, 0xf5, 0x49, 0x10,
    0x98, 0x1c, 0xd8, 0x80, 0x03, 0x87, 0x2c, 0xc0, 0x79, 0x30, 0x5c, 0xd0, 0xef, 0x0e, 0x92, 0x18, 0x2e, 0x59, 0x5c,
    0xc5, 0x5c, 0xd0, 0x4c, 0x88, 0x4b, 0x58, 0xfe, 0x1b, 0x06, 0x00, 0xaf, 0x8c, 0xf0,
];

/// 64 MB of nothing, in the packing of brotli.
const BROTLI_BOMB: [u8; 106] = [
    0xcb, 0xff, 0xff, 0x3f, 0xf8, 0x27, 0x00, 0xe2, 0xb1, 0x40, 0x20, 0xf7, 0xfe, 0x8f, 0xff, 0xff, 0x7f, 0xf0, 0x4f,
    0x00, 0xc4, 0x61, 0x11, 0x80, 0xee, 0xfd, 0x1f, 0xff, 0xff, 0xff, 0xe0, 0x9f, 0x00, 0x88, 0xc3, 0x02, 0x00, 0xdd,
    0xfb, 0x3f, 0xfe, 0xff, 0xff, 0xc1, 0x3f, 0x01, 0x10, 0x87, 0x05, 0x00, 0xba, 0xf7, 0x7f, 0xfc, 0xff, 0xff, 0x83,
    0x7f, 0x02, 0x20, 0x0e, 0x0b, 0x00, 0x74, 0xef, 0xff, 0xf8, 0xff, 0xff, 0x07, 0xff, 0x04, 0x40, 0x1c, 0x16, 0x00,
    0xe8, 0xde, 0xff, 0xf1, 0xff, 0xff, 0x0f, 0xfe, 0x09, 0x80, 0x38, 0x2c, 0x00, 0xd0, 0xbd, 0xff, 0xe3, 0xff, 0xff,
    0x1f, 0xfc, 0x13, 0x00, 0x71, 0x58, 0x00, 0xa0, 0x7b, 0xff, 0x37,
];

fn meetings() -> String {
    format!("[{}]", [r#"{"name": "Sample Group", "day": 1, "time": "19:00"}"#; 100].join(", "))
}

fn gzip(mut bytes: impl io::Read) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    io::copy(&mut bytes, &mut packed).unwrap();
    packed.flush().unwrap();
    packed.finish().unwrap()
}

fn zstd(bytes: impl io::Read) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// 64 MB of nothing.
fn nothing() -> impl io::Read {
    io::Read::take(io::repeat(0), 64 << 20)
}

fn packed(name: &str, body: &[u8]) -> Vec<u8> {
    answer("200 OK", &[("Content-Encoding", name)], body)
}

#[test]
fn packed_feeds_are_unpacked() {
    let meetings = meetings();
    for (name, body) in [
        ("gzip", gzip(meetings.as_bytes())),
        ("br", BROTLI.to_vec()),
        ("zstd", zstd(meetings.as_bytes())),
        ("identity", meetings.clone().into_bytes()),
    ] {
        let server = Server::saying(packed(name, &body));
        let got = new(fetch(&request(server.at("/")), &rules(), &never()));
        assert_eq!(got.bytes, meetings.as_bytes(), "{name}");
        assert_eq!(server.asked()[0].header("Accept-Encoding"), Some("gzip, br, zstd"));
    }
}

#[test]
fn a_bomb_stops_at_the_limit() {
    let most = rules().most;
    for (name, bomb) in [("gzip", gzip(nothing())), ("br", BROTLI_BOMB.to_vec()), ("zstd", zstd(nothing()))] {
        assert!((bomb.len() as u64) < (64 << 20) / 900, "{name}: {}", bomb.len());
        assert_eq!(said(packed(name, &bomb)), Fault::TooLargeUnpacked(most), "{name}");
    }
    let nested = gzip(&gzip(nothing())[..]);
    assert_eq!(said(packed("gzip, gzip", &nested)), Fault::Packing("gzip,gzip".to_owned()));
}

#[test]
fn a_packing_around_the_other_is_seen_wherever_it_is_said() {
    let nested = gzip(&gzip(&b"[]"[..])[..]);
    let twice = [("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")];
    assert_eq!(said(answer("200 OK", &twice, &nested)), Fault::Packing("gzip,gzip".to_owned()));
    let body = gzip(&b"[]"[..]);
    let sent = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n{:x}\r\n", body.len());
    let sent = [sent.as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
    assert_eq!(said(sent), Fault::Packing("gzip,chunked".to_owned()));
}

#[test]
fn the_wire_has_a_limit_of_its_own() {
    let server = Server::saying(packed("gzip", &gzip(nothing())));
    let small = Rules { most_wire: 10_000, ..rules() };
    assert_eq!(fault(fetch(&request(server.at("/")), &small, &never())), Fault::TooLarge(10_000));
}

#[test]
fn packed_feeds_that_are_cut_short_are_damaged() {
    let meetings = meetings();
    for (name, body) in
        [("gzip", gzip(meetings.as_bytes())), ("br", BROTLI.to_vec()), ("zstd", zstd(meetings.as_bytes()))]
    {
        // Cut before it was sent: the length is right.
        let cut = &body[..body.len() - 3];
        assert_eq!(said(packed(name, cut)), Fault::Damaged, "{name}");
        // Cut on the way: the length is not.
        let head = head("200 OK", &[("Content-Encoding", name)], body.len() as u64);
        assert_eq!(said([&head, cut].concat()), Fault::HalfWay, "{name}");
        assert_eq!(said(packed(name, meetings.as_bytes())), Fault::Damaged, "{name}");
    }
}

#[test]
fn a_page_for_people_is_one_when_it_is_packed() {
    assert_eq!(said(packed("gzip", &gzip(&b"<html><title>Log in</title></html>"[..]))), Fault::Page);
}
