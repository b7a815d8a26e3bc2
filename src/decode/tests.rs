use proptest::prelude::*;

use super::*;

/// The keys of bytes that come in one piece, then silence.
fn keys(bytes: &[u8]) -> Vec<KeyEvent> {
    pieces(&[bytes])
}

/// The keys of bytes that come in pieces quickly after each other, then silence.
fn pieces<B: AsRef<[u8]>>(pieces: &[B]) -> Vec<KeyEvent> {
    let mut decoder = Decoder::new();
    let mut keys = Vec::new();
    for piece in pieces {
        decoder.feed(piece.as_ref(), &mut |key| keys.push(key));
    }
    if decoder.pending() {
        decoder.timeout(&mut |key| keys.push(key));
    }
    keys
}

fn codes(bytes: &[u8]) -> Vec<KeyCode> {
    keys(bytes).into_iter().map(|key| key.code).collect()
}

fn text(bytes: &[u8]) -> String {
    keys(bytes)
        .into_iter()
        .map(|key| match key {
            KeyEvent { code: KeyCode::Char(c), modifiers, .. } if !modifiers.intersects(CTRL | ALT) => c,
            other => panic!("{other:?} is not typed text"),
        })
        .collect()
}

const CTRL: KeyModifiers = KeyModifiers::CONTROL;
const ALT: KeyModifiers = KeyModifiers::ALT;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;

#[test]
fn text_is_typed_in_any_script() {
    assert_eq!(text("Reunión 7pm, café €5 日 🕯".as_bytes()), "Reunión 7pm, café €5 日 🕯");
    assert_eq!(keys(b"A"), [KeyEvent::new(KeyCode::Char('A'), SHIFT)]);
}

#[test]
fn bytes_that_are_no_character_do_not_swallow_the_next_key() {
    assert_eq!(text(b"a\xc3b"), "ab");
    assert_eq!(text(b"\xf0\x9f\x95x"), "x");
    assert_eq!(text(b"\xff\xfe\x80\xc0\xafz"), "z");
    assert_eq!(text(b"\xed\xa0\x80s"), "s", "half of a surrogate pair is no character");
    assert_eq!(text(b"\xc3"), "");
    assert_eq!(codes(b"\xc3\x1b[A"), [KeyCode::Up]);
}

#[test]
fn characters_that_a_terminal_would_act_on_are_not_typed() {
    assert_eq!(text("a\u{85}b\u{202e}c\u{200b}d\u{feff}e\u{9b}f".as_bytes()), "abcdef");
}

#[test]
fn control_keys() {
    for byte in [0x08, 0x7f] {
        assert_eq!(codes(&[byte]), [KeyCode::Backspace]);
    }
    for byte in [b'\r', b'\n'] {
        assert_eq!(codes(&[byte]), [KeyCode::Enter]);
    }
    assert_eq!(codes(b"\t"), [KeyCode::Tab]);
    assert_eq!(keys(b"\x03\x1a\x00\x1c"), ['c', 'z', ' ', '\\'].map(|c| KeyEvent::new(KeyCode::Char(c), CTRL)));
}

#[test]
fn the_keys_of_three_terminals() {
    use KeyCode::{BackTab, Delete, Down, End, Enter, F, Home, Insert, Left, PageDown, PageUp, Right, Up};
    let cases: &[(&str, KeyCode)] = &[
        ("[A", Up),
        ("[B", Down),
        ("[C", Right),
        ("[D", Left),
        ("OA", Up),
        ("OB", Down),
        ("OC", Right),
        ("OD", Left),
        ("[H", Home),
        ("OH", Home),
        ("[1~", Home),
        ("[7~", Home),
        ("[F", End),
        ("OF", End),
        ("[4~", End),
        ("[8~", End),
        ("[2~", Insert),
        ("[3~", Delete),
        ("[5~", PageUp),
        ("[6~", PageDown),
        ("[Z", BackTab),
        ("OM", Enter),
        ("Op", KeyCode::Char('0')),
        ("Oy", KeyCode::Char('9')),
        ("[[A", F(1)),
        ("[[B", F(2)),
        ("[[C", F(3)),
        ("[[D", F(4)),
        ("[[E", F(5)),
        ("OP", F(1)),
        ("OQ", F(2)),
        ("OR", F(3)),
        ("OS", F(4)),
        ("[11~", F(1)),
        ("[15~", F(5)),
        ("[17~", F(6)),
        ("[18~", F(7)),
        ("[19~", F(8)),
        ("[20~", F(9)),
        ("[21~", F(10)),
        ("[23~", F(11)),
        ("[24~", F(12)),
        ("[25~", F(13)),
        ("[34~", F(20)),
    ];
    for (sequence, code) in cases {
        assert_eq!(codes(format!("\x1b{sequence}").as_bytes()), [*code], "ESC {sequence}");
    }
}

#[test]
fn keys_with_something_held() {
    assert_eq!(keys(b"\x1b[1;5A"), [KeyEvent::new(KeyCode::Up, CTRL)]);
    assert_eq!(keys(b"\x1b[1;2P"), [KeyEvent::new(KeyCode::F(1), SHIFT)]);
    assert_eq!(keys(b"\x1b[20;6~"), [KeyEvent::new(KeyCode::F(9), SHIFT | CTRL)]);
    assert_eq!(keys(b"\x1b[3;3~"), [KeyEvent::new(KeyCode::Delete, ALT)]);
    assert_eq!(keys(b"\x1b[Z"), [KeyEvent::new(KeyCode::BackTab, SHIFT)]);
    assert_eq!(keys(b"\x1bx"), [KeyEvent::new(KeyCode::Char('x'), ALT)]);
    assert_eq!(keys("\x1bñ".as_bytes()), [KeyEvent::new(KeyCode::Char('ñ'), ALT)]);
    assert_eq!(keys(b"\x1b\x06"), [KeyEvent::new(KeyCode::Char('f'), ALT | CTRL)]);
}

#[test]
fn three_escapes_are_three_keys_however_fast() {
    assert_eq!(codes(b"\x1b\x1b\x1b"), [KeyCode::Esc; 3]);

    let mut decoder = Decoder::new();
    let mut slowly = Vec::new();
    for _ in 0..3 {
        decoder.feed(b"\x1b", &mut |key| slowly.push(key.code));
        assert!(decoder.pending());
        decoder.timeout(&mut |key| slowly.push(key.code));
        assert!(!decoder.pending());
    }
    assert_eq!(slowly, [KeyCode::Esc; 3]);
    assert_eq!(codes(b"\x1b\x1b[A"), [KeyCode::Esc, KeyCode::Up]);
}

#[test]
fn chords_that_silence_other_programs_end_in_nothing() {
    // Alt+[, Alt+O, Alt+], Alt+P, Alt+X on the console, and half a report.
    for chord in ["[", "O", "]", "P", "X", "^", "_", "[[", "[?", "[M", "[<0;1", "[200~", "[?999999", "]52;c;aaaa"] {
        let mut decoder = Decoder::new();
        let mut seen = Vec::new();
        decoder.feed(format!("\x1b{chord}").as_bytes(), &mut |key| seen.push(key.code));
        assert!(decoder.pending(), "ESC {chord} waits for more");
        decoder.timeout(&mut |key| seen.push(key.code));
        decoder.feed(b"q", &mut |key| seen.push(key.code));
        assert_eq!(seen, [KeyCode::Char('q')], "after ESC {chord}");
    }
}

#[test]
fn function_keys_work_in_the_midst_of_rubbish() {
    for rubbish in
        ["[", "[[", "O", "]0;title", "P1$q", "[M", "[M !", "[200", "[200~abc", "[999999999;1;2;3;4", "\u{1b}"]
    {
        let mut decoder = Decoder::new();
        let mut seen = Vec::new();
        decoder.feed(format!("\x1b{rubbish}\x1b[201~\x1b[20~").as_bytes(), &mut |key| seen.push(key.code));
        assert_eq!(seen.last(), Some(&KeyCode::F(9)), "after ESC {rubbish}");
    }
}

#[test]
fn enter_is_not_lost_to_a_sequence_that_never_ended() {
    assert_eq!(codes(b"\x1b[\r"), [KeyCode::Enter]);
    assert_eq!(codes(b"\x1b[[\x7f"), [KeyCode::Backspace]);
    assert_eq!(codes(b"\x1bO\r"), [KeyCode::Enter]);
    assert_eq!(codes(b"\x1b[M \r"), [KeyCode::Enter]);
}

#[test]
fn what_is_not_a_key_is_dropped_whole() {
    let long = format!("[{}A", "0".repeat(10_000));
    for sequence in [
        "[M !!",
        "[M\u{20}\u{20}\u{20}",
        "[<0;0;5M",
        "[<99999999999;99999999999;99999999999m",
        "[32;99999;1M",
        "[0;0R",
        "[24;80R",
        "[?1;2c",
        "[I",
        "[O",
        "[P",
        "[G",
        "[E",
        "[27;5;13~",
        "[99~",
        "[65535;65535A",
        "[1;5;9A",
        "[1 q",
        "[?25$y",
        "O~",
        "[[Z",
        "]0;a title\x07",
        "]52;c;cm0gLXJm\x1b\\",
        "P1$r0m\x1b\\",
        "_Gi=1;OK\x1b\\",
        "^private\x1b\\",
        "Xstring\x1b\\",
        long.as_str(),
    ] {
        assert_eq!(text(format!("a\x1b{sequence}b").as_bytes()), "ab", "ESC {sequence}");
    }
}

#[test]
fn a_paste_is_text_and_never_acts() {
    assert_eq!(text(b"\x1b[200~food\r\nnear\tme\x03\x08\x1b[A\x1b[20~\x1bq\x1b[201~!"), "food  near me!");
    assert_eq!(text(b"\x1b[200~a\x1b]0;x\x1b[201~b"), "ab", "a string inside does not hide the end");
    assert_eq!(codes(b"\x1b[200~a\x1b[201~\r"), [KeyCode::Char('a'), KeyCode::Enter]);
}

#[test]
fn a_long_paste_is_cut_and_an_endless_one_ends_with_silence() {
    let mut decoder = Decoder::new();
    let mut seen = 0;
    decoder.feed(b"\x1b[200~", &mut |_| seen += 1);
    for _ in 0..100 {
        decoder.feed(&[b'x'; 10_000], &mut |_| seen += 1);
    }
    assert_eq!(seen, PASTED);
    assert!(decoder.pending());
    decoder.timeout(&mut |_| seen += 1);
    assert!(!decoder.pending());
    assert_eq!(keys_after(&mut decoder, b"\r"), [KeyCode::Enter]);
}

#[test]
fn a_flood_is_cut_but_the_way_out_survives_it() {
    let mut flood = vec![b'x'; 1_000_000];
    flood.extend_from_slice(b"\x1b[21~");
    let mut decoder = Decoder::new();
    let seen = keys_after(&mut decoder, &flood);
    assert_eq!(seen.len(), KEYS_A_FEED + 1);
    assert_eq!(seen.last(), Some(&KeyCode::F(10)));
    assert_eq!(keys_after(&mut decoder, &vec![ESC; 1_000_000]).len(), KEYS_A_FEED + URGENT_A_FEED);
    decoder.timeout(&mut |_| {});
    assert_eq!(keys_after(&mut decoder, b"y"), [KeyCode::Char('y')]);
}

fn keys_after(decoder: &mut Decoder, bytes: &[u8]) -> Vec<KeyCode> {
    let mut seen = Vec::new();
    decoder.feed(bytes, &mut |key| seen.push(key.code));
    seen
}

#[test]
fn a_decoder_is_small() {
    assert!(size_of::<Decoder>() <= 64, "{} bytes", size_of::<Decoder>());
}

/// Bytes as a hostile or broken terminal sends them: mostly pieces of what a decoder must know.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => any::<u8>().prop_map(|byte| vec![byte]),
        2 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
        3 => Just(vec![ESC]),
        5 => prop::sample::select(vec![
            "\x1b[", "\x1b[[", "\x1bO", "\x1b[M", "\x1b[<0;", "\x1b[200~", "\x1b[201~", "\x1b]52;c;", "\x1bP", "\x1b\\",
            "\x1b[1;5A", "\x1b[20~", "\x07", ";;;;", "99999999", "~", "A", "R", "\r",
        ]).prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn any_cut_gives_the_same_keys(bytes in input(), cuts in prop::collection::vec(0usize..200, 0..12)) {
        let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(bytes.len())).chain([0, bytes.len()]).collect();
        cuts.sort_unstable();
        let cut: Vec<_> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
        let single: Vec<_> = bytes.chunks(1).collect();
        // Whole input below the cap of one feed, so that only the cutting differs.
        let whole = keys(&bytes[..bytes.len().min(KEYS_A_FEED)]);
        if bytes.len() <= KEYS_A_FEED {
            prop_assert_eq!(&whole, &pieces(&cut));
            prop_assert_eq!(&whole, &pieces(&single));
        }
    }

    #[test]
    fn after_a_silence_the_next_key_is_heard(bytes in input(), next in "[ -~]") {
        let mut decoder = Decoder::new();
        decoder.feed(&bytes, &mut |_| {});
        decoder.timeout(&mut |_| {});
        prop_assert!(!decoder.pending());
        prop_assert_eq!(keys_after(&mut decoder, next.as_bytes()), [KeyCode::Char(next.chars().next().unwrap())]);
    }

    #[test]
    fn a_decoder_without_anything_begun_needs_no_silence(bytes in input()) {
        let mut decoder = Decoder::new();
        decoder.feed(&bytes, &mut |_| {});
        if !decoder.pending() {
            decoder.timeout(&mut |key| panic!("{key:?} out of nothing"));
        }
    }

    #[test]
    fn what_is_typed_is_harmless_to_show(bytes in input()) {
        for key in keys(&bytes) {
            if let KeyCode::Char(c) = key.code {
                prop_assert!(!invisible(c), "{c:?}");
            }
        }
    }
}
