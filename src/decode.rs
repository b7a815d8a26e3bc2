//! Bytes of the terminal, turned into keys.
//!
//! Invariants, each held by a test beside this file:
//! * Total: any bytes at all are taken, and none makes it panic, grow or stop listening.
//! * Bounded: a decoder is a few dozen bytes without a heap, whatever it was fed.
//! * The same keys come out however the bytes were cut up on their way, given the same time-outs.
//! * What is not understood (mouse, reports, strings, sequences that are too long) is dropped whole: no half of it
//!   is typed into the search line. An ESC always begins anew, so F9, F10 and Esc work in the midst of rubbish.
//! * After [`Decoder::timeout`] the next plain key is delivered, always.
//!
//! The decoder reads no clock. Whoever feeds it waits [`GRACE`] after the last byte while it is
//! [`pending`](Decoder::pending), and then calls [`timeout`](Decoder::timeout).

use std::time::Duration;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

#[cfg(test)]
mod tests;

/// How long the rest of a sequence is waited for. A terminal sends one in a single burst; a person cannot press
/// Esc and the next key within it.
pub const GRACE: Duration = Duration::from_millis(50);

/// The most keys that one [`Decoder::feed`] delivers. Nobody types that many between two frames: what comes beyond
/// is a flood (a paste into the bare terminal, something lying on the keyboard) and is dropped.
pub const KEYS_A_FEED: usize = 256;

/// So many Esc and function keys are delivered even beyond [`KEYS_A_FEED`]: the way out must survive a flood.
pub const URGENT_A_FEED: usize = 32;

/// The most characters taken from one bracketed paste: more than a search line holds.
pub const PASTED: usize = 128;

/// The longest sequence, in bytes after its introducer, that can mean a key.
const SEQUENCE: u8 = 16;

/// Turns bytes into keys. See the module's invariants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoder {
    state: State,
    /// Inside a bracketed paste: how many of its characters may still be delivered.
    paste: Option<usize>,
    /// How many keys this feed may still deliver.
    left: usize,
    /// How many Esc and function keys it may deliver after that.
    urgent: usize,
}

/// What the bytes so far are the beginning of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Of nothing.
    #[default]
    Ground,
    /// A character of several bytes; `alt` when an ESC stood before it.
    Character { bytes: [u8; 4], have: u8, need: u8, alt: bool },
    /// ESC.
    Escape,
    /// `ESC [` or `ESC O`.
    Sequence(Sequence),
    /// `ESC [ [`, the Linux console's F1 to F5.
    Console,
    /// `ESC [ M`, a click in the old way, of which so many bytes are still to come.
    Click(u8),
    /// OSC, DCS, SOS, PM, APC: a string for a terminal, up to BEL or ESC.
    String,
}

/// The parameters of a control sequence. They are read as they come; nothing is stored but two numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sequence {
    /// It began with `ESC O`.
    single: bool,
    numbers: [u16; 2],
    /// Which number is being read.
    at: usize,
    length: u8,
    /// It holds something that no key's sequence holds.
    strange: bool,
}

impl Decoder {
    /// A decoder that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether something is begun that the next bytes, or a time-out, have to finish.
    pub fn pending(&self) -> bool {
        self.state != State::Ground || self.paste.is_some()
    }

    /// Takes bytes and delivers the keys that are complete, at most [`KEYS_A_FEED`] and [`URGENT_A_FEED`] more.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut impl FnMut(KeyEvent)) {
        (self.left, self.urgent) = (KEYS_A_FEED, URGENT_A_FEED);
        for &byte in bytes {
            self.take(byte, sink);
        }
    }

    /// Nothing came for [`GRACE`]: a lone ESC was the Esc key, anything else unfinished is abandoned.
    pub fn timeout(&mut self, sink: &mut impl FnMut(KeyEvent)) {
        (self.left, self.urgent) = (1, 0);
        if self.state == State::Escape {
            self.deliver(plain(KeyCode::Esc), sink);
        }
        self.forget();
    }

    /// Forgets whatever is begun, without a key.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    fn take(&mut self, byte: u8, sink: &mut impl FnMut(KeyEvent)) {
        match self.state {
            State::Escape => self.after_escape(byte, sink),
            // Whatever was begun is given up, so that no rubbish can hide the next key.
            _ if byte == ESC => self.state = State::Escape,
            State::Ground => self.ground(byte, false, sink),
            State::Character { bytes, have, need, alt } => self.character(byte, bytes, (have, need), alt, sink),
            State::Sequence(sequence) => self.sequence(byte, sequence, sink),
            State::Console => match byte {
                b'A'..=b'E' => self.finish(KeyCode::F(byte - b'A' + 1), KeyModifiers::NONE, sink),
                b' '..=b'~' => self.state = State::Ground,
                _ => self.ground(byte, false, sink),
            },
            State::Click(left) => match byte {
                // Below the space there is no coordinate: the click was none, and this is a key.
                0..b' ' => self.ground(byte, false, sink),
                _ if left > 1 => self.state = State::Click(left - 1),
                _ => self.state = State::Ground,
            },
            State::String if byte == BEL => self.state = State::Ground,
            State::String => {}
        }
    }

    /// A byte with nothing before it (or, with `alt`, only an ESC).
    fn ground(&mut self, byte: u8, alt: bool, sink: &mut impl FnMut(KeyEvent)) {
        self.state = State::Ground;
        let held = if alt { KeyModifiers::ALT } else { KeyModifiers::NONE };
        match byte {
            b'\r' | b'\n' => self.deliver(KeyEvent::new(KeyCode::Enter, held), sink),
            b'\t' => self.deliver(KeyEvent::new(KeyCode::Tab, held), sink),
            0x08 | 0x7f => self.deliver(KeyEvent::new(KeyCode::Backspace, held), sink),
            0 => self.deliver(KeyEvent::new(KeyCode::Char(' '), held | KeyModifiers::CONTROL), sink),
            1..=26 => {
                let letter = char::from(byte - 1 + b'a');
                self.deliver(KeyEvent::new(KeyCode::Char(letter), held | KeyModifiers::CONTROL), sink);
            }
            ESC => self.state = State::Escape,
            28..=31 => {
                let sign = char::from(byte | 0x40);
                self.deliver(KeyEvent::new(KeyCode::Char(sign), held | KeyModifiers::CONTROL), sink);
            }
            b' '..=b'~' => self.typed(char::from(byte), held, sink),
            0x80.. => {
                let need = match byte {
                    0xc2..=0xdf => 2,
                    0xe0..=0xef => 3,
                    0xf0..=0xf4 => 4,
                    // No character begins so.
                    _ => return,
                };
                self.state = State::Character { bytes: [byte, 0, 0, 0], have: 1, need, alt };
            }
        }
    }

    /// A byte after the beginning of a character.
    fn character(
        &mut self,
        byte: u8,
        mut bytes: [u8; 4],
        (have, need): (u8, u8),
        alt: bool,
        sink: &mut impl FnMut(KeyEvent),
    ) {
        if byte & 0xc0 != 0x80 {
            // The beginning was rubbish, but this byte is somebody's key.
            return self.ground(byte, false, sink);
        }
        if let Some(slot) = bytes.get_mut(usize::from(have)) {
            *slot = byte;
        }
        let have = have + 1;
        if have < need {
            self.state = State::Character { bytes, have, need, alt };
            return;
        }
        self.state = State::Ground;
        let whole = bytes.get(..usize::from(need)).unwrap_or_default();
        if let Some(character) = std::str::from_utf8(whole).ok().and_then(|text| text.chars().next()) {
            self.typed(character, if alt { KeyModifiers::ALT } else { KeyModifiers::NONE }, sink);
        }
    }

    fn after_escape(&mut self, byte: u8, sink: &mut impl FnMut(KeyEvent)) {
        match byte {
            // Two in a row: the first was the key, the second may still begin something.
            ESC => self.deliver(plain(KeyCode::Esc), sink),
            b'[' => self.state = State::Sequence(Sequence::default()),
            b'O' => self.state = State::Sequence(Sequence { single: true, ..Sequence::default() }),
            b']' | b'P' | b'X' | b'^' | b'_' => self.state = State::String,
            // The end of a string that was already given up.
            b'\\' => self.state = State::Ground,
            _ => self.ground(byte, true, sink),
        }
    }

    fn sequence(&mut self, byte: u8, mut sequence: Sequence, sink: &mut impl FnMut(KeyEvent)) {
        let first = sequence.length == 0;
        sequence.length = sequence.length.saturating_add(1);
        sequence.strange |= sequence.length > SEQUENCE;
        match byte {
            b'0'..=b'9' => sequence.digit(byte - b'0'),
            b';' => sequence.at += 1,
            b' '..=b'/' | b':' | b'<'..=b'?' => sequence.strange = true,
            b'[' if first && !sequence.single => {
                self.state = State::Console;
                return;
            }
            b'M' if first && !sequence.single => {
                self.state = State::Click(3);
                return;
            }
            b'@'..=b'~' => {
                self.state = State::Ground;
                self.understood(sequence, byte, sink);
                return;
            }
            // A control byte, or one above ASCII: the sequence was none, and this is a key.
            _ => return self.ground(byte, false, sink),
        }
        self.state = State::Sequence(sequence);
    }

    /// A whole sequence, ended by `last`.
    fn understood(&mut self, sequence: Sequence, last: u8, sink: &mut impl FnMut(KeyEvent)) {
        if sequence.strange || sequence.at > 1 {
            return;
        }
        let [number, held] = sequence.numbers;
        // Shift, Alt, Ctrl and Meta make 16 ways; a larger number is not from a keyboard.
        if held > 16 {
            return;
        }
        match (last, number) {
            (b'~', 200) => self.paste = Some(PASTED),
            (b'~', 201) => self.paste = None,
            _ => {
                let code = match last {
                    b'~' => numbered(number),
                    _ if sequence.single => single(last),
                    _ => lettered(last, sequence.length > 1),
                };
                if let Some(code) = code {
                    self.finish(code, modifiers(held), sink);
                }
            }
        }
    }

    fn finish(&mut self, code: KeyCode, held: KeyModifiers, sink: &mut impl FnMut(KeyEvent)) {
        self.state = State::Ground;
        let held = if code == KeyCode::BackTab { held | KeyModifiers::SHIFT } else { held };
        self.deliver(KeyEvent::new(code, held), sink);
    }

    fn typed(&mut self, character: char, held: KeyModifiers, sink: &mut impl FnMut(KeyEvent)) {
        if invisible(character) {
            return;
        }
        let held = if character.is_uppercase() { held | KeyModifiers::SHIFT } else { held };
        self.deliver(KeyEvent::new(KeyCode::Char(character), held), sink);
    }

    /// Hands a key over, unless it is part of a paste and more than text, or there were too many.
    fn deliver(&mut self, key: KeyEvent, sink: &mut impl FnMut(KeyEvent)) {
        let key = match &mut self.paste {
            None => key,
            Some(left) => {
                let Some(text) = pasted(key) else { return };
                let Some(less) = left.checked_sub(1) else { return };
                *left = less;
                text
            }
        };
        if self.left > 0 {
            self.left -= 1;
        } else if self.urgent > 0 && matches!(key.code, KeyCode::Esc | KeyCode::F(_)) {
            self.urgent -= 1;
        } else {
            return;
        }
        sink(key);
    }
}

impl Sequence {
    fn digit(&mut self, digit: u8) {
        if let Some(number) = self.numbers.get_mut(self.at) {
            *number = number.saturating_mul(10).saturating_add(u16::from(digit));
        }
    }
}

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;

fn plain(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

/// What a key means inside a paste: text as typed, a line end or tab as a space, and nothing that acts.
fn pasted(key: KeyEvent) -> Option<KeyEvent> {
    match key.code {
        KeyCode::Enter | KeyCode::Tab if key.modifiers.is_empty() => Some(plain(KeyCode::Char(' '))),
        KeyCode::Char(_) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(key),
        _ => None,
    }
}

/// Characters that show nothing but change how a line is shown, or that a terminal acts on.
fn invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// xterm's way to say what was held: one more than shift 1, alt 2, control 4.
fn modifiers(number: u16) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)]
        .into_iter()
        .filter(|(bit, _)| bits & bit != 0)
        .fold(KeyModifiers::NONE, |held, (_, modifier)| held | modifier)
}

/// `ESC [ number ~`: vt220, rxvt, xterm and the Linux console.
fn numbered(number: u16) -> Option<KeyCode> {
    let number = u8::try_from(number).ok()?;
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        // DEC left gaps between the blocks of its keyboard.
        11..=15 => KeyCode::F(number - 10),
        17..=21 => KeyCode::F(number - 11),
        23..=26 => KeyCode::F(number - 12),
        28 | 29 => KeyCode::F(number - 13),
        31..=34 => KeyCode::F(number - 14),
        _ => return None,
    })
}

/// `ESC [ letter`. With numbers before it, `P`, `Q` and `S` are F1, F2 and F4 with something held; without, the Linux
/// console says Pause with `P`. `R` is left out: it reports where the cursor is.
fn lettered(letter: u8, numbers: bool) -> Option<KeyCode> {
    match letter {
        b'A'..=b'D' | b'H' | b'F' => single(letter),
        b'P' | b'Q' | b'S' if numbers => single(letter),
        b'Z' => Some(KeyCode::BackTab),
        _ => None,
    }
}

/// `ESC O letter`: cursor keys, F1 to F4 and the number pad of a terminal in application mode.
fn single(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        b'j'..=b'y' => KeyCode::Char(char::from(letter - b'j' + b'*')),
        _ => return None,
    })
}
