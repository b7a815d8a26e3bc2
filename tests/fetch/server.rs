//! A server on this machine that does what a test wants: well, badly, slowly, or not at all.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What a client asked.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) path: String,
    headers: Vec<(String, String)>,
}

impl Asked {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// The way back to the client.
pub(super) struct Line {
    stream: Box<dyn Stream>,
    tcp: TcpStream,
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

impl Line {
    /// Says this. `false` when nobody listens any more.
    pub(super) fn say(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).and_then(|()| self.stream.flush()).is_ok()
    }

    /// Says nothing more, and keeps the line until the client hangs up.
    pub(super) fn hold(&mut self) {
        while matches!(self.tcp.read(&mut [0; 1024]), Ok(1..)) {}
    }

    /// Says one byte after the other, with a little time between, until the client hangs up.
    pub(super) fn drip(&mut self) {
        self.tcp.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        loop {
            let hung_up = match self.tcp.read(&mut [0]) {
                Ok(bytes) => bytes == 0,
                Err(error) => !matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut),
            };
            if hung_up || !self.say(" ") {
                return;
            }
        }
    }
}

/// A whole answer, with its length.
pub(super) fn answer(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    [head(status, headers, body.len() as u64), body.to_vec()].concat()
}

/// The head of an answer that announces this length.
pub(super) fn head(status: &str, headers: &[(&str, &str)], length: u64) -> Vec<u8> {
    let headers: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{}\r\n", headers.concat()).into_bytes()
}

/// The server. It ends when it is dropped.
pub(super) struct Server {
    address: SocketAddr,
    secure: bool,
    asked: Arc<Mutex<Vec<Asked>>>,
    over: Arc<AtomicBool>,
    listens: Option<JoinHandle<()>>,
}

impl Server {
    /// A server that deals with each question as `script` says.
    pub(super) fn new(script: impl Fn(&Asked, &mut Line) + Send + Sync + 'static) -> Self {
        Self::start(None, script)
    }

    /// A server that says the same to everybody.
    pub(super) fn saying(answer: Vec<u8>) -> Self {
        Self::new(move |_, line| {
            line.say(&answer);
        })
    }

    /// A server with a certificate and its key, that says the same to everybody.
    pub(super) fn secure(certificate: &rcgen::Certificate, key: &rcgen::KeyPair, answer: Vec<u8>) -> Self {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        Self::start(Some(Arc::new(config)), move |_, line| {
            line.say(&answer);
        })
    }

    fn start(secure: Option<Arc<ServerConfig>>, script: impl Fn(&Asked, &mut Line) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let over = Arc::new(AtomicBool::new(false));
        let is_secure = secure.is_some();
        let script = Arc::new(script);
        let listens = {
            let (asked, over) = (Arc::clone(&asked), Arc::clone(&over));
            thread::spawn(move || {
                for stream in listener.incoming() {
                    if over.load(Ordering::SeqCst) {
                        return;
                    }
                    let (asked, script, secure) = (Arc::clone(&asked), Arc::clone(&script), secure.clone());
                    thread::spawn(move || serve(stream.unwrap(), secure, &asked, &*script));
                }
            })
        };
        Self { address, secure: is_secure, asked, over, listens: Some(listens) }
    }

    /// The address of this path.
    pub(super) fn at(&self, path: &str) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        format!("{scheme}://{}{path}", self.address)
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }

    /// What was asked so far.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The paths that were asked for.
    pub(super) fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // Somebody at the door, so that it looks up.
        drop(TcpStream::connect(self.address));
        if let Some(listens) = self.listens.take() {
            let _ = listens.join();
        }
    }
}

fn serve(
    tcp: TcpStream,
    secure: Option<Arc<ServerConfig>>,
    asked: &Mutex<Vec<Asked>>,
    script: &(impl Fn(&Asked, &mut Line) + ?Sized),
) {
    let other = tcp.try_clone().unwrap();
    let stream: Box<dyn Stream> = match secure {
        Some(config) => Box::new(StreamOwned::new(ServerConnection::new(config).unwrap(), tcp)),
        None => Box::new(tcp),
    };
    let mut line = Line { stream, tcp: other };
    let Some(question) = listen(&mut line) else { return };
    asked.lock().unwrap().push(question.clone());
    script(&question, &mut line);
    let Line { stream, mut tcp } = line;
    drop(stream);
    let _ = tcp.shutdown(Shutdown::Write);
    // What is not read would cut the line before all of the answer has arrived.
    while matches!(tcp.read(&mut [0; 1024]), Ok(1..)) {}
}

fn listen(line: &mut Line) -> Option<Asked> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        (line.stream.read(&mut byte).ok()? == 1).then_some(())?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.lines();
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers = lines.filter_map(|line| line.split_once(": ")).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    Some(Asked { path, headers })
}
