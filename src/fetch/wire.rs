//! One request over one connection, by `ureq`, on sockets of ours: every address is looked at before it is connected
//! to, every wait is the [`Watch`]'s, every byte is counted. Nothing here knows redirects, packing or limits of a body.
//!
//! The client's own timeouts, redirects, proxies and pool are not used: a proxy would choose the address for us, and a
//! connection that was kept could be dead.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use rustls::RootCertStore;
use ureq::config::Config;
use ureq::http::{HeaderMap, HeaderValue, Response, Uri, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, RustlsConnector, Transport,
};
use ureq::{Agent, Body, Error};

use super::address::Address;
use super::allowed::allowed;
use super::fault::Fault;
use super::watch::{TICK, Watch};

/// Who asks, so that whoever runs the server knows.
const WE: &str = concat!("Porchlight/", env!("CARGO_PKG_VERSION"), " (kiosk of a recovery community center)");
/// The name of a server is found, or an address answers, in this time.
const FIND: Duration = Duration::from_secs(15);
const CONNECT: Duration = Duration::from_secs(10);
/// The head of an answer is no longer than this.
const HEAD: usize = 64 * 1024;
const BUFFER: usize = 64 * 1024;

/// Who vouches for the servers of a site, in place of the common authorities of the web.
#[derive(Clone, Debug)]
pub struct Authorities(Arc<Vec<Certificate<'static>>>);

impl Authorities {
    /// Reads the certificates of a PEM file. `None` when there is none in it that can vouch for anybody.
    pub fn read(pem: &[u8]) -> Option<Self> {
        let certificates: Vec<_> = parse_pem(pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .filter(|certificate| RootCertStore::empty().add(certificate.der().into()).is_ok())
            .collect();
        (!certificates.is_empty()).then(|| Self(Arc::new(certificates)))
    }
}

/// Asks once and gives the answer, whatever it is, before its body is read.
///
/// # Errors
/// When no answer came.
pub(super) fn ask(address: &Address, headers: HeaderMap, watch: &Arc<Watch>) -> Result<Response<Body>, Fault> {
    let line = Line { watch: Arc::clone(watch) };
    let connector = line.clone().chain(RustlsConnector::default());
    let agent = Agent::with_parts(config(watch), connector, line);
    let mut request = agent.get(address.uri().clone());
    if let Some(all) = request.headers_mut() {
        *all = headers;
        all.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    watch.turn(false);
    let answer = request.call().map_err(|error| fault(error, address.host(), watch))?;
    watch.turn(true);
    Ok(answer)
}

fn config(watch: &Watch) -> Config {
    let roots = match &watch.rules().authorities {
        Some(Authorities(authorities)) => RootCerts::Specific(Arc::clone(authorities)),
        None => RootCerts::WebPki,
    };
    Agent::config_builder()
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(WE)
        .accept("*/*")
        .accept_encoding("gzip, br, zstd")
        .max_response_header_size(HEAD)
        .input_buffer_size(BUFFER)
        .max_idle_connections(0)
        .build()
}

/// What the client says, in our words.
pub(super) fn fault(error: Error, host: &str, watch: &Watch) -> Fault {
    let host = host.to_owned();
    let error = match error {
        Error::Other(inner) => match inner.downcast::<Fault>() {
            Ok(fault) => return *fault,
            Err(inner) => Error::Other(inner),
        },
        error => error,
    };
    match error {
        Error::Io(error) => broken(&error, host, watch),
        Error::Rustls(error) => unproved(&error, host),
        Error::HostNotFound => Fault::NoSuchHost(host),
        Error::Tls(_) | Error::TlsRequired => Fault::Protection(host),
        Error::BodyStalled => Fault::HalfWay,
        Error::BadUri(_) | Error::Http(_) => Fault::Address(host),
        _ => Fault::Garbled,
    }
}

fn broken(error: &io::Error, host: String, watch: &Watch) -> Fault {
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return unproved(error, host);
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => Fault::Refused(host),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => Fault::Unreachable(host),
        _ if watch.heard_nothing() => Fault::CutOff,
        _ => Fault::HalfWay,
    }
}

fn unproved(error: &rustls::Error, host: String) -> Fault {
    use rustls::CertificateError as Bad;
    let why = match error {
        rustls::Error::InvalidCertificate(bad) => match bad {
            Bad::Expired | Bad::ExpiredContext { .. } => "its certificate is out of date",
            Bad::NotValidYet | Bad::NotValidYetContext { .. } => "its certificate is not valid yet",
            Bad::NotValidForName | Bad::NotValidForNameContext { .. } => "its certificate is for another name",
            Bad::Revoked => "its certificate was taken back",
            Bad::UnknownIssuer => "nobody whom we know vouches for its certificate",
            _ => "its certificate is not valid",
        },
        rustls::Error::NoCertificatesPresented => "it has no certificate",
        _ => return Fault::Protection(host),
    };
    Fault::Certificate { host, why }
}

fn other(fault: Fault) -> Error {
    Error::Other(Box::new(fault))
}

/// Finds and connects, under the eyes of the watch.
#[derive(Clone, Debug)]
struct Line {
    watch: Arc<Watch>,
}

impl Resolver for Line {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().unwrap_or_default().to_owned();
        let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        let port = uri.port_u16().unwrap_or(default);
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let mut found = self.empty();
        if let Ok(address) = bare.parse::<IpAddr>() {
            found.push(SocketAddr::new(address, port));
            return Ok(found);
        }
        let find = move || (bare.as_str(), port).to_socket_addrs().map(|all| all.take(8).collect::<Vec<_>>());
        let all = self.watch.beside(FIND, find).map_err(other)?;
        // To staff it is one thing whether the name has no address or nobody could be asked for it.
        let all = all.and_then(Result::ok).unwrap_or_default();
        for address in all {
            found.push(address);
        }
        if found.is_empty() { Err(Error::HostNotFound) } else { Ok(found) }
    }
}

impl Connector for Line {
    type Out = Socket;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Socket>, Error> {
        let host = details.uri.host().unwrap_or_default();
        let private = self.watch.rules().private;
        let mut last = Fault::Private(host.to_owned());
        for address in details.addrs.iter().copied().filter(|address| allowed(address.ip(), private)) {
            let connected = self.watch.beside(CONNECT, move || TcpStream::connect_timeout(&address, CONNECT));
            match connected.map_err(other)? {
                Some(Ok(stream)) => return Socket::new(stream, &self.watch).map(Some),
                Some(Err(error)) if error.kind() == ErrorKind::ConnectionRefused => {
                    last = Fault::Refused(host.to_owned());
                }
                _ => last = Fault::Unreachable(host.to_owned()),
            }
        }
        Err(other(last))
    }
}

/// A connection of which every wait can be ended.
struct Socket {
    stream: TcpStream,
    buffers: LazyBuffers,
    watch: Arc<Watch>,
}

impl Socket {
    fn new(stream: TcpStream, watch: &Arc<Watch>) -> Result<Self, Error> {
        stream.set_read_timeout(Some(TICK))?;
        stream.set_write_timeout(Some(TICK))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffers: LazyBuffers::new(BUFFER, BUFFER), watch: Arc::clone(watch) })
    }
}

/// Whether it only was not time yet.
fn is_wait(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}

impl Transport for Socket {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), Error> {
        let mut rest = &self.buffers.output()[..amount];
        while !rest.is_empty() {
            self.watch.check().map_err(other)?;
            match self.stream.write(rest) {
                Ok(0) => return Err(io::Error::from(ErrorKind::WriteZero).into()),
                Ok(written) => rest = &rest[written..],
                Err(error) if is_wait(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, Error> {
        loop {
            self.watch.check().map_err(other)?;
            match self.stream.read(self.buffers.input_append_buf()) {
                Ok(bytes) => {
                    self.watch.hear(bytes).map_err(other)?;
                    self.buffers.input_appended(bytes);
                    return Ok(bytes > 0);
                }
                Err(error) if is_wait(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn is_open(&mut self) -> bool {
        // Nothing is asked twice over one connection.
        false
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket").finish_non_exhaustive()
    }
}
