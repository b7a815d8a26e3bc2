//! The staff's PIN: the digits as they are typed, and the lock in the settings that they open.
//!
//! The lock is a hash in the PHC form of Argon2id, which takes long to try and says nothing about the digits. The digits
//! themselves are never printed, not even by `{:?}`, and are overwritten when they are dropped.

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The fewest digits of a PIN.
pub const SHORTEST: usize = 4;

/// The most digits of a PIN.
pub const LONGEST: usize = 12;

/// The most memory that a lock may ask for to be tried, in KiB: an old computer has to be able to.
const MOST_MEMORY: u32 = 256 * 1024;

/// The most rounds that a lock may ask for.
const MOST_ROUNDS: u32 = 64;

/// Digits as they were typed, at most [`LONGEST`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pin {
    digits: [u8; LONGEST],
    length: usize,
}

impl Pin {
    /// The PIN that a line says; `None` unless it is [`SHORTEST`] to [`LONGEST`] digits and nothing else.
    pub fn read(line: &str) -> Option<Self> {
        let mut pin = Self::default();
        let whole = line.chars().all(|letter| pin.push(letter));
        (whole && pin.is_whole()).then_some(pin)
    }

    /// Adds a digit. False when this is none, or there is no room for it.
    pub fn push(&mut self, letter: char) -> bool {
        let room = self.digits.get_mut(self.length).filter(|_| letter.is_ascii_digit());
        let Some((room, digit)) = room.zip(u8::try_from(letter).ok()) else { return false };
        *room = digit;
        self.length += 1;
        true
    }

    /// Takes the last digit away.
    pub fn pop(&mut self) {
        self.length = self.length.saturating_sub(1);
    }

    /// How many digits there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no digit.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether there are enough digits to be a PIN.
    pub fn is_whole(&self) -> bool {
        self.length >= SHORTEST
    }

    /// Whether it is one of those that are tried first: one digit again and again, or digits in a row.
    pub fn is_plain(&self) -> bool {
        let steps = self.bytes().windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0]));
        [-1, 0, 1].iter().any(|step| steps.clone().all(|one| one == *step))
    }

    fn bytes(&self) -> &[u8] {
        self.digits.get(..self.length).unwrap_or_default()
    }
}

impl Serialize for Pin {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(std::str::from_utf8(self.bytes()).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Pin {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let said = String::deserialize(from)?;
        Self::read(&said).ok_or_else(|| D::Error::custom("no PIN"))
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Pin")
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        self.digits.fill(0);
        // Whoever compiles this must think that somebody looks, or the filling is left out.
        std::hint::black_box(&self.digits);
    }
}

/// What the settings hold instead of the PIN.
#[derive(Clone, PartialEq, Eq)]
pub struct Lock(String);

impl Lock {
    /// A new lock for these digits, with a salt of its own.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn new(pin: &Pin) -> Result<Self, argon2::password_hash::Error> {
        let hash = Argon2::default().hash_password(pin.bytes())?;
        Ok(Self(hash.to_string()))
    }

    /// The lock that the settings hold; `None` when it is no whole Argon2id hash, or one that asks for more than an old
    /// computer can give.
    pub fn read(said: &str) -> Option<Self> {
        let hash = PasswordHash::new(said).ok()?;
        let params = Params::try_from(&hash).ok()?;
        let is_ours = hash.algorithm == Algorithm::Argon2id.ident();
        let is_whole = hash.salt.is_some() && hash.hash.is_some();
        let is_bearable = params.m_cost() <= MOST_MEMORY && params.t_cost() <= MOST_ROUNDS;
        (is_ours && is_whole && is_bearable).then(|| Self(said.to_owned()))
    }

    /// Whether these digits open it. Takes as long for wrong ones as for right ones.
    pub fn opens(&self, pin: &Pin) -> bool {
        let Ok(hash) = PasswordHash::new(&self.0) else { return false };
        Argon2::default().verify_password(pin.bytes(), &hash).is_ok()
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Lock")
    }
}

/// How the door for staff is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Latch {
    /// No PIN is set: the program is being tried out.
    #[default]
    Open,
    /// A PIN opens it.
    Pin,
    /// The settings hold a lock that no PIN opens, because it has a fault. It stays shut until that is mended.
    Stuck,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(digits: &str) -> Pin {
        Pin::read(digits).unwrap()
    }

    #[test]
    fn a_pin_is_four_to_twelve_digits() {
        for fine in ["0000", "271828", "123456789012"] {
            assert!(Pin::read(fine).is_some(), "{fine}");
        }
        for wrong in ["", "123", "1234567890123", "12a4", "1234 ", "-1234", "١٢٣٤", "12\u{0}4"] {
            assert!(Pin::read(wrong).is_none(), "{wrong}");
        }
        assert!(pin("1111").is_plain() && pin("3456").is_plain() && pin("9876").is_plain() && !pin("2718").is_plain());
    }

    #[test]
    fn a_lock_opens_to_its_own_pin_alone_and_says_no_digit() {
        let lock = Lock::new(&pin("271828")).unwrap();
        let told = lock.to_string();
        assert!(told.starts_with("$argon2id$v=19$") && !told.contains("271828"), "{told}");
        let again = Lock::read(&told).unwrap();
        assert!(again.opens(&pin("271828")));
        for wrong in ["271829", "27182", "2718281", "000000"] {
            assert!(!again.opens(&pin(wrong)), "{wrong}");
        }
        assert_ne!(Lock::new(&pin("271828")).unwrap(), lock, "each has a salt of its own");
        assert_eq!(format!("{lock:?}{:?}", pin("271828")), "LockPin");
    }

    #[test]
    fn a_broken_lock_is_none() {
        let whole = Lock::new(&pin("271828")).unwrap().to_string();
        let parts: Vec<_> = whole.split('$').collect();
        let with = |place: usize, part: &str| {
            let mut parts = parts.clone();
            parts[place] = part;
            parts.join("$")
        };
        let broken = [
            String::new(),
            "1234".to_owned(),
            whole[..whole.len() - 50].to_owned(),
            with(1, "argon2i"),
            with(1, "scrypt"),
            with(3, "m=19456,t=2"),
            with(3, "m=4000000,t=2,p=1"),
            with(3, "m=19456,t=1000,p=1"),
            with(3, "m=1,t=2,p=1"),
            with(4, "!"),
            with(5, ""),
            parts[..5].join("$"),
            format!("{whole} "),
        ];
        for broken in broken {
            let read = Lock::read(&broken);
            assert!(read.is_none() || !read.unwrap().opens(&pin("0000")) && broken.contains("t=2$"), "{broken}");
        }
    }
}
