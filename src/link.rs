//! The line between the keeper and a glass: words of a closed list, a packet each.
//!
//! Neither side ever reads more than one small packet at a time, and what is none of the words is dropped. No word of
//! the list can carry what a visitor typed.
//!
//! A glass is handed a second line with it, to the staff's office, at the other end of which there is nobody until it
//! knocks ([`FromGlass::Knock`]): the glass can start no program, and the keeper starts none that nobody asked for.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net;

use rustix::fs::{FileType, Mode, OFlags, fstat};
use rustix::net::{AddressFamily, SendFlags, SocketFlags, SocketType, send, socketpair};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::net::UnixStream;

use crate::log::Place;

/// What the keeper says to a glass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToGlass {
    /// The terminal is yours: show the home screen.
    Go,
    /// Are you there? To be answered by [`FromGlass::Alive`], out of the loop.
    Beat,
    /// The terminal has another size.
    Resized,
    /// A newer edition stands: end as soon as nobody is there.
    Renew,
}

/// What a glass says to the keeper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromGlass {
    /// Everything is open; waiting for [`ToGlass::Go`].
    Ready,
    /// The loop turns, and what was looked up was found.
    Alive,
    /// The visit is over.
    Done,
    /// Somebody asked to leave the program.
    Leave,
    /// Somebody stands at the staff's door: whoever carries out errands is to come.
    Knock,
    /// It panicked here, and is about to end.
    Fell(Place),
}

/// The longest packet that is read. A longer one is cut by the kernel and dropped here.
const LONGEST: usize = 96;

/// One end of the line.
#[derive(Debug)]
pub struct Link(UnixStream);

impl Link {
    /// A line: our end, and the end that is handed to a glass as its standard output. Needs a running tokio.
    ///
    /// # Errors
    /// When the system has no more files to give.
    pub fn pair() -> io::Result<(Self, OwnedFd)> {
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        let (ours, theirs) = socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, flags, None)?;
        Ok((Self::over(ours)?, theirs))
    }

    /// The line that the keeper handed over as standard output; `None` when that is no line, because somebody started
    /// this role by hand. From here on nothing that is printed goes anywhere. Needs a running tokio.
    ///
    /// # Errors
    /// When the system has no more files to give.
    pub fn inherited() -> io::Result<Option<Self>> {
        let Some(line) = taken(io::stdout().as_fd())? else { return Ok(None) };
        rustix::stdio::dup2_stdout(nowhere()?)?;
        Self::over(line).map(Some)
    }

    /// A mouth at this end, for threads beside the loop.
    ///
    /// # Errors
    /// When the system has no more files to give.
    pub fn mouth(&self) -> io::Result<Mouth> {
        Ok(Mouth(self.0.as_fd().try_clone_to_owned()?))
    }

    fn over(end: OwnedFd) -> io::Result<Self> {
        UnixStream::from_std(net::UnixStream::from(end)).map(Self)
    }

    /// Says a word, without waiting.
    ///
    /// # Errors
    /// When the other side is gone, or has not listened for so long that no more words find room.
    pub fn say(&self, word: impl Serialize) -> io::Result<()> {
        // Past tokio, which knows only what its reactor has seen: the first word may come before that has run.
        say(self.0.as_fd(), &word)
    }

    /// Waits for the next word; `None` when the other side is gone. May be dropped while it waits.
    pub async fn hear<T: DeserializeOwned>(&self) -> Option<T> {
        loop {
            self.0.readable().await.ok()?;
            let mut packet = [0; LONGEST];
            match self.0.try_read(&mut packet) {
                Ok(0) => return None,
                Ok(bytes) => {
                    if let Ok((word, [])) = postcard::take_from_bytes(packet.get(..bytes)?) {
                        return Some(word);
                    }
                }
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return None,
            }
        }
    }
}

/// Says words at one end of a line, and hears none.
#[derive(Debug)]
pub struct Mouth(OwnedFd);

impl Mouth {
    /// Says a word, without waiting.
    ///
    /// # Errors
    /// As [`Link::say`].
    pub fn say(&self, word: impl Serialize) -> io::Result<()> {
        say(self.0.as_fd(), &word)
    }
}

fn say(end: BorrowedFd<'_>, word: &impl Serialize) -> io::Result<()> {
    let mut packet = [0; LONGEST];
    let packet = postcard::to_slice(word, &mut packet).map_err(io::Error::other)?;
    send(end, packet, SendFlags::NOSIGNAL | SendFlags::DONTWAIT).map(drop)?;
    Ok(())
}

/// A line to the staff's office: the office's end, and the end that is handed to a glass as its standard error.
///
/// # Errors
/// When the system has no more files to give.
pub fn office() -> io::Result<(OwnedFd, OwnedFd)> {
    Ok(socketpair(AddressFamily::UNIX, SocketType::STREAM, SocketFlags::CLOEXEC, None)?)
}

/// The line to the staff's office that the keeper handed over as standard error; `None` when that is none. From here on
/// nothing that is reported goes anywhere.
///
/// # Errors
/// When the system has no more files to give.
pub fn inherited_office() -> io::Result<Option<OwnedFd>> {
    let Some(line) = taken(io::stderr().as_fd())? else { return Ok(None) };
    rustix::stdio::dup2_stderr(nowhere()?)?;
    Ok(Some(line))
}

/// A socket that was handed over, under a number of its own.
fn taken(end: BorrowedFd<'_>) -> io::Result<Option<OwnedFd>> {
    let is_line = FileType::from_raw_mode(fstat(end)?.st_mode) == FileType::Socket;
    is_line.then(|| end.try_clone_to_owned()).transpose()
}

fn nowhere() -> io::Result<OwnedFd> {
    Ok(rustix::fs::open("/dev/null", OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty())?)
}

#[cfg(test)]
mod tests {
    use rustix::io::write;

    use super::*;

    fn run(test: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
    }

    #[test]
    fn words_arrive_one_by_one_and_what_is_none_is_dropped() {
        run(async {
            let (ours, theirs) = Link::pair().unwrap();
            for noise in [&[200_u8] as &[u8], &[0, 0], &[b'x'; 4096], b"{\"Done\":1}"] {
                write(&theirs, noise).unwrap();
            }
            let theirs = Link::over(theirs).unwrap();
            theirs.say(FromGlass::Ready).unwrap();
            theirs.say(FromGlass::Done).unwrap();
            assert_eq!(ours.hear().await, Some(FromGlass::Ready));
            assert_eq!(ours.hear().await, Some(FromGlass::Done));
            drop(theirs);
            assert_eq!(ours.hear::<FromGlass>().await, None);
        });
    }

    #[test]
    fn who_does_not_listen_does_not_make_the_other_wait() {
        run(async {
            let (ours, _theirs) = Link::pair().unwrap();
            assert!((0..100_000).any(|_| ours.say(ToGlass::Beat).is_err()));
        });
    }
}
