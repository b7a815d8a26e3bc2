//! What must hold of any bytes, over bytes that look like what they are taken for. The bodies are shared with the
//! targets for cargo-fuzz under `tests/fuzz`.

use proptest::prelude::*;

mod bodies;

/// Pieces in any order, between them a few bytes of chance.
fn of(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => prop::sample::select(pieces).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// What terminals send.
const TERMINAL: &[&str] = &[
    "\u{1b}",
    "\u{1b}[",
    "\u{1b}O",
    "\u{1b}[A",
    "\u{1b}[B",
    "\u{1b}[200~",
    "\u{1b}[201~",
    "\u{1b}]52;c;",
    "\u{1b}[M",
    "\u{1b}[<0;0;5M",
    "\u{1b}[20~",
    "\u{1b}[21~",
    "\u{1b}[24~",
    "\u{1b}[1;5A",
    "\u{1b}[99999999",
    ";",
    "~",
    "\r",
    "\t",
    "\u{7f}",
    "\u{7}",
    "women",
    "tonight",
    "988",
    "ñ",
    "é",
    " ",
];

/// What JSON of meetings is made of.
const JSON: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "null",
    "1e999",
    "-0",
    "\\u001b",
    "\\ud800",
    "\u{feff}",
    "[{",
    "}]",
    "\"name\":\"Hope\"",
    "\"slug\":\"a\"",
    "\"day\":2",
    "\"day\":[1,2]",
    "\"time\":\"19:00\"",
    "\"types\":[\"O\",\"W\"]",
    "\"formatted_address\":\"1 Elm St, Sampleton, OH 43000, USA\"",
    "\"notes\":\"\\u001b[2J<b>x</b>&#27;\"",
    "\"conference_url\":\"https://zoom.us/j/1\"",
    "\"latitude\":1e300",
    "{\"meetings\":[",
    "<html>",
    "callback(",
];

/// What tables of separated values are made of.
const CSV: &[&str] = &[
    ",",
    ",",
    "\n",
    "\r",
    "\"",
    "\"\"",
    ";",
    "|",
    "\t",
    "\u{feff}",
    "Name,Day,Time,Types,Slug\n",
    "Hope",
    "Monday",
    "7:00 PM",
    "Mon-Fri 9am-5pm",
    "Open, Women",
    "yes",
    "no",
    "1",
    "####",
    "555-0100",
    "2020-04-0416:50:58",
    "40.5,-80.5",
    "1 Elm St, Sampleton, OH 43000, USA",
    "https://zoom.us/j/1",
    "\u{1b}[2J<b>x</b>&#27;",
];

/// What services of HSDS are made of, as JSON and as tables.
const SERVICES: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "\n",
    "[{\"id\":\"a\",\"name\":\"Desk\",\"status\":\"active\"",
    "{\"contents\":[",
    "},{\"id\":\"b\",\"name\":\"House\"",
    ",\"service_at_locations\":[{\"location\":{\"id\":\"l\",\"latitude\":40.1,\"longitude\":-83.0",
    ",\"schedules\":[{\"byday\":\"2MO,-1FR\",\"opens_at\":\"9:00\",\"closes_at\":\"23:59\"",
    ",\"phones\":[{\"number\":\"555-0100\",\"extension\":1",
    ",\"organization\":{\"id\":\"o\",\"name\":\"Hall\"",
    ",\"capacities\":[{\"available\":2,\"maximum\":1e99",
    ",\"description\":\"\\u001b[2J<b>x</b>&#27;\"",
    "}]",
    "id,name,status,service_id,location_id,number,opens_at,closes_at,byday,weekday\n",
    "a,Desk,active,a,l,555-0100,9:00,17:00,MO,1\n",
    "b,House,inactive,a,l,,22:00,6:00,-1FR,sunday\n",
    "l,Hall,,b,l,\u{1b}[2J,00:00,23:59,\"MO,TU\",\n",
];

/// What answers of a BMLT server are made of.
const BMLT: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "[{\"id_bigint\":\"7\",\"meeting_name\":\"Hope\"",
    ",\"weekday_tinyint\":\"3\",\"start_time\":\"19:00:00\",\"duration_time\":\"24:00:00\"",
    ",\"venue_type\":\"2\",\"latitude\":\"1e300\",\"longitude\":\"-82\"",
    ",\"format_shared_id_list\":\"1,2,9\",\"formats\":\"O,VM,Wo1\"",
    ",\"service_body_bigint\":\"1\"",
    ",\"comments\":\"Label#@-@#\\u001b[2J<b>x</b>&#27;\"",
    "},{",
    "}]",
    "[{\"id\":\"1\",\"key_string\":\"VM\",\"name_string\":\"Only in the last week of the month\"",
    ",\"world_id\":\"LANG\",\"lang\":\"de\"",
    "[{\"id\":\"1\",\"parent_id\":\"1\",\"name\":\"Area\",\"helpline\":\"555-0100\"",
    "[{\"version\":\"3\",\"defaultDuration\":\"01:00:00\",\"centerLatitude\":\"40\"",
    "{\"meetings\":[",
    "],\"formats\":[",
    "callback(",
];

/// What pages of FindTreatment.gov are made of.
const FACILITIES: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "{\"page\":1,\"totalPages\":3,\"rows\":[{\"name1\":\"House\"",
    "{\"page\":\"99999999999999999999\",\"totalPages\":1e99,\"rows\":[",
    ",\"street1\":\"Confidential\",\"zip\":43000,\"latitude\":\"40.5\",\"longitude\":-82",
    ",\"services\":[{\"f1\":\"Type of Care\",\"f2\":\"TC\",\"f3\":\"Detox; \\u001b[2J<b>x</b>&#27;\"}]",
    ",\"services\":null",
    ",\"services\":[{\"f2\":\"FT\",\"f3\":\"Transitional housing, halfway house, or sober home\"}]",
    ",\"phone\":\"555-555-0100 x1\",\"intake1\":\"x\"",
    "},{",
    "}]}",
];

/// What our files of TOML are made of.
const TOML: &[&str] = &[
    "\n",
    "[[meeting]]\n",
    "[[service]]\n",
    "[[topic]]\n",
    "[[feed]]\n",
    "[[crisis]]\n",
    "[[synonym]]\n",
    "[centre]\n",
    "[idle]\n",
    "[defaults]\n",
    "key = \"a\"\n",
    "name = \"Hope\"\n",
    "name = \"\\u001B[2J\\u202E\"\n",
    "sort = \"legal\"\n",
    "times = [\"Tue 19:00\"]\n",
    "place = { city = \"x\", latitude = 1 }\n",
    "seconds = 60\n",
    "seconds = -1\n",
    "notices = [\"a\", { text = \"b\" }]\n",
    "form = \"porchlight\"\n",
    "form = \"csv\"\nkind = \"service\"\n",
    "[feed.columns]\nname = \"Name\"\n",
    "[feed.values.who]\n\"*\" = []\n",
    "[feed.defaults]\nsort = \"legal\"\n",
    "file = \"x\"\n",
    "builtin = \"national\"\n",
    "reach = \"555-0100\"\n",
    "typed = [\"a\"]\n",
    "written = [\"b\"]\n",
    "\"\"\"",
    "'",
    "#",
    "=",
    "[",
    "]]",
    "{",
    "}",
    "1979-05-27",
    "0x",
    "\\",
    "\u{0}",
    "\u{feff}",
];

/// What a text may hide.
const TEXT: &[&str] = &[
    "Hope",
    " ",
    "\n",
    "\u{1b}[2J",
    "\u{1b}]52;c;x\u{7}",
    "\u{1b}P",
    "\u{1b}\\",
    "\u{9b}",
    "\u{9c}",
    "\u{90}",
    "\u{202e}",
    "\u{200b}",
    "\u{301}",
    "e\u{301}",
    "\u{e0001}",
    "&#x1b;",
    "&lt;",
    "&amp;",
    "<b>",
    "</b>",
    "<br>",
    "<!--",
    "-->",
    "<",
    ">",
    "&",
    ";",
    "{ $x }",
    "%n",
    "=A1",
    "data:",
    "<script>",
    "İ",
    "ß",
    "\u{1f468}\u{200d}\u{1f469}",
    "&copy",
    "…",
];

/// A visitor's keys, and between them bytes that stand for idleness, resizing and leaving.
fn visit() -> impl Strategy<Value = Vec<u8>> {
    let other = (0xf8_u8..=0xff).prop_map(|byte| vec![byte]);
    let piece = prop_oneof![4 => of(TERMINAL, 4), 1 => other];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_decoder_takes_any_bytes(bytes in of(TERMINAL, 200)) {
        bodies::decoder(&bytes);
    }

    #[test]
    fn a_reader_of_meetings_takes_any_bytes(bytes in of(JSON, 60)) {
        bodies::meeting_guide(&bytes);
    }

    #[test]
    fn a_reader_of_our_own_form_takes_any_bytes(bytes in of(TOML, 60)) {
        bodies::own_form(&bytes);
    }

    #[test]
    fn a_reader_of_the_plugins_csv_takes_any_bytes(bytes in of(CSV, 60)) {
        bodies::plugin_csv(&bytes);
        bodies::plugin_csv(&[b"Name,Day,Time,Types,Slug\n", &bytes[..]].concat());
    }

    #[test]
    fn a_reader_of_any_table_takes_any_bytes(head in any::<[u8; 9]>(), bytes in of(CSV, 60)) {
        bodies::table(&[&head[..], &bytes[..]].concat());
    }

    #[test]
    fn a_reader_of_services_takes_any_bytes(bytes in of(SERVICES, 60)) {
        bodies::services(&bytes);
        bodies::services(&[b"[{\"id\":\"a\",\"name\":\"Desk\"", &bytes[..]].concat());
        bodies::services(&[b"id,name,status\na,Desk,active\n\xff", &bytes[..]].concat());
    }

    #[test]
    fn a_reader_of_bmlt_takes_any_parts(meetings in of(BMLT, 40), others in of(BMLT, 40)) {
        bodies::bmlt(&[&meetings[..], b"\xff", &others[..]].concat());
    }

    #[test]
    fn a_reader_of_facilities_takes_any_pages(pages in of(FACILITIES, 60)) {
        bodies::facilities(&pages);
        bodies::facilities(&[b"{\"page\":1,\"rows\":[{\"name1\":\"House\"", &pages[..]].concat());
    }

    #[test]
    fn a_text_may_be_any_bytes(bytes in of(TEXT, 60)) {
        bodies::text_door(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn settings_feeds_and_words_may_be_any_bytes(bytes in of(TOML, 40)) {
        bodies::configuration(&bytes);
    }

    #[test]
    fn a_visit_may_be_any_bytes(bytes in visit()) {
        bodies::update(&bytes);
    }
}
