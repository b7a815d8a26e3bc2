//! One address asked, and whatever comes of it: led on, refused, unchanged, or read to its end.

use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use ureq::http::{HeaderMap, HeaderName, HeaderValue, Response, header};
use ureq::{Body, BodyReader};

use super::address::Address;
use super::fault::{Fault, Retry};
use super::unpack::{self, Packing};
use super::watch::Watch;
use super::{Known, New, Request, Secret, digest, html, wire};

/// Gets what is at one address. `None` when nothing changed.
pub(super) fn get(first: &Address, request: &Request, watch: &Arc<Watch>) -> Result<Option<New>, Fault> {
    // What strangers send may find a flaw in what reads or unpacks it; that costs this feed alone.
    panic::catch_unwind(AssertUnwindSafe(|| follow(first, request, watch))).unwrap_or(Err(Fault::Garbled))
}

/// Asks, and follows where the server leads.
fn follow(first: &Address, request: &Request, watch: &Arc<Watch>) -> Result<Option<New>, Fault> {
    let mut address = first.clone();
    let mut at_home = true;
    let mut cut_off = false;
    for _ in 0..=watch.rules().redirects {
        let headers = headers(request, at_home)?;
        let mut answer = wire::ask(&address, headers.clone(), watch);
        if matches!(answer, Err(Fault::CutOff)) && !cut_off {
            cut_off = true;
            answer = wire::ask(&address, headers, watch);
        }
        let answer = answer?;
        match answer.status().as_u16() {
            200 => return read(answer, &address, watch).map(Some),
            304 if request.known != Known::default() => return Ok(None),
            301 | 302 | 303 | 307 | 308 => {
                let next = answer.headers().get(header::LOCATION).ok_or(Fault::LeadsNowhere)?;
                address = address.led_to(&String::from_utf8_lossy(next.as_bytes()))?;
                // Once it was elsewhere, it is not at home again.
                at_home &= first.is_server_of(&address);
            }
            // "This network wants you to log in", said outright.
            511 => return Err(Fault::Page),
            code => {
                let retry = value(&answer, header::RETRY_AFTER).and_then(|value| Retry::read(&value));
                return Err(Fault::Status { code, retry });
            }
        }
    }
    Err(Fault::Circle)
}

/// What is said between client and server about the connection and the packing is not for a feed to say.
const OURS: [HeaderName; 11] = [
    header::ACCEPT_ENCODING,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::EXPECT,
    header::HOST,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::RANGE,
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// The headers of a request. Those of the feed only for its own server.
fn headers(request: &Request, at_home: bool) -> Result<HeaderMap, Fault> {
    let mut headers = HeaderMap::new();
    for (name, Secret(value)) in request.headers.iter().filter(|_| at_home) {
        let bad = || Fault::Header(name.chars().filter(char::is_ascii_graphic).take(40).collect());
        let mut value = HeaderValue::from_str(value).map_err(|_| bad())?;
        value.set_sensitive(true);
        let name = HeaderName::try_from(name).map_err(|_| bad())?;
        if OURS.contains(&name) {
            return Err(bad());
        }
        headers.append(name, value);
    }
    let Known { etag, last_modified } = &request.known;
    for (name, known) in [(header::IF_NONE_MATCH, etag), (header::IF_MODIFIED_SINCE, last_modified)] {
        // What cannot be sent was damaged on the disk; without it the server sends all.
        if let Some(known) = known.as_ref().and_then(|known| HeaderValue::from_str(known).ok()) {
            headers.insert(name, known);
        }
    }
    Ok(headers)
}

fn read(answer: Response<Body>, address: &Address, watch: &Watch) -> Result<New, Fault> {
    let rules = watch.rules();
    let packing = Packing::read(&values(&answer, header::CONTENT_ENCODING))?;
    let sent = values(&answer, header::TRANSFER_ENCODING);
    if !matches!(&*sent.to_ascii_lowercase(), "" | "chunked" | "identity") {
        return Err(Packing::unknown(&sent));
    }
    let known = Known { etag: value(&answer, header::ETAG), last_modified: value(&answer, header::LAST_MODIFIED) };
    let content_type = value(&answer, header::CONTENT_TYPE);
    let body = answer.into_body();
    let most = if packing == Packing::Plain { rules.most.min(rules.most_wire) } else { rules.most_wire };
    if body.content_length().is_some_and(|announced| announced > most) {
        return Err(Fault::TooLarge(most));
    }
    if let Some(progress) = watch.progress() {
        progress.begins(body.content_length());
    }
    let mut body = Wired { body: body.into_reader(), fault: None, host: address.host(), watch };
    let unpacked = unpack::unpack(packing, &mut body, rules.most);
    // What happened on the wire is the reason for what happened behind it.
    let bytes = body.fault.take().map_or(unpacked, Err)?;
    if let Some(progress) = watch.progress() {
        progress.body_is_here();
    }
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    if html::is_page(&bytes, content_type.as_deref()) {
        return Err(Fault::Page);
    }
    let sha256 = digest(&bytes);
    Ok(New { bytes, known, content_type, sha256, from: address.shown() })
}

/// A body on its way, which notes why it ended.
struct Wired<'a> {
    body: BodyReader<'static>,
    fault: Option<Fault>,
    host: &'a str,
    watch: &'a Watch,
}

impl Read for Wired<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.body.read(buffer).map_err(|error| {
            let fault = match wire::fault(error.into(), self.host, self.watch) {
                // The answer had begun.
                Fault::CutOff => Fault::HalfWay,
                fault => fault,
            };
            self.fault = Some(fault);
            io::Error::from(io::ErrorKind::BrokenPipe)
        })?;
        if let Some(progress) = self.watch.progress().filter(|_| read > 0) {
            progress.came(read);
        }
        Ok(read)
    }
}

fn value(answer: &Response<Body>, name: HeaderName) -> Option<String> {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// All values of a header that may stand in several lines.
fn values(answer: &Response<Body>, name: HeaderName) -> String {
    let values = answer.headers().get_all(name);
    let values: Vec<_> = values.iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    values.join(", ")
}
