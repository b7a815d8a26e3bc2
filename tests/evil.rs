//! An evil feed: whatever a terminal, a printer, a spreadsheet or a template would act on, in every field of every
//! kind of record, through the importers, the index and every screen. It arrives as harmless text.

use std::fmt::Write as _;
use std::sync::OnceLock;

use index::feed::columns::Mapping;
use index::feed::{self, Feed, Form, Part};
use index::generation::Generation;
use index::merge::merge;
use index::record::{Kind, Record};
use index::vocabulary::Vocabulary;
use porchlight::app::Site;
use porchlight::config::Settings;
use porchlight::view::Glyphs;
use ratatui::crossterm::event::KeyCode;
use serde_json::{Value, json};

use crate::glass::plain_site;
use crate::wire::Wired;

/// What is hidden in the fields, and what of it a reader sees. `None`: whatever is left, it is harmless.
fn tricks() -> Vec<(String, Option<&'static str>)> {
    let plain = |text: &str, left| (text.to_owned(), Some(left));
    vec![
        plain("\u{1b}[2J\u{1b}[1;1H", ""),
        plain("\u{1b}[?1049l\u{1b}c", ""),
        plain("\u{1b}]52;c;cm0gLXJm\u{7}", ""),
        plain("\u{1b}]8;;https://evil.example\u{1b}\\click\u{1b}]8;;\u{1b}\\", "click"),
        plain("\u{1b}]0;title\u{9c}", ""),
        plain("\u{1b}P+q544e\u{1b}\\", ""),
        plain("\u{1b}_Gf=100;AAAA\u{1b}\\", ""),
        plain("\u{1b}^private\u{1b}\\\u{1b}Xstring\u{1b}\\", ""),
        plain("\u{9b}31m", ""),
        plain("\u{90}q\u{9c}", ""),
        // An escape that never ends hides nothing of what stands behind it.
        plain("\u{1b}]52;c;", "52;c;"),
        plain("&#x1b;[2J&#27;[31m", ""),
        plain("\u{0}\u{7}\u{8}\u{8}\u{7f}", ""),
        plain("\u{202e}\u{2066}\u{200f}\u{61c}", ""),
        plain("\u{200b}\u{200d}\u{feff}\u{2060}\u{ad}\u{34f}", ""),
        plain("\u{e0041}\u{e0001}\u{fe0f}", ""),
        ("e".to_owned() + &"\u{301}".repeat(1000), None),
        ("\u{5d0}\u{5d1} \u{627}\u{644} \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".to_owned(), None),
        ("long ".repeat(200), None),
        ("W".repeat(64 * 1024), None),
        plain("%n%s%x%1000000d", "%n%s%x%1000000d"),
        plain("{ $centre } { -term } {\"\\u001b\"}", "{ $centre } { -term } {\"\\u001b\"}"),
        plain("=HYPERLINK(\"http://evil\",A1)+cmd|' /C calc'!A0", "=HYPERLINK"),
        plain("$(reboot) `reboot` ; reboot | sh", "$(reboot) `reboot`"),
        plain("\u{1b}@\u{1d}V\u{0}\u{1b}p\u{0}", "V"),
    ]
}

/// A field's text: the trick between two words, so that it is seen whether what stands around it is kept.
fn field(trick: &str) -> String {
    format!("Lantern {trick} oil")
}

/// Every field of a Meeting Guide row, all with the same trick, the name with a number that finds it.
fn meeting_guide_row(number: usize, trick: &str) -> Value {
    let mut row = json!({"slug": format!("row-{number}"), "day": 2, "time": "19:00", "end_time": "20:00"});
    let texts = [
        "notes",
        "location",
        "location_notes",
        "group",
        "group_notes",
        "address",
        "city",
        "state",
        "region",
        "sub_region",
        "country",
        "conference_url_notes",
        "conference_phone_notes",
        "district",
        "entity",
        "feedback_emails",
        "contact_1_name",
        "contact_1_phone",
        "contact_1_email",
        "email",
        "phone",
        "website",
        "conference_url",
        "conference_phone",
        "postal_code",
        "venmo",
        "paypal",
        "square",
        "formatted_address",
        "types",
        "timezone",
    ];
    for key in texts {
        row[key] = field(trick).into();
    }
    row["name"] = format!("Lantern{number} {trick} oil").into();
    row["regions"] = json!([field(trick), field(trick)]);
    row["website"] = format!("https://lantern.example/{trick}").into();
    row["conference_url"] = format!("https://zoom.us/j/1?{trick}").into();
    row["formatted_address"] = format!("1 Lantern {trick} St, Sampleton, OH 43000, USA").into();
    row
}

/// Every field of every kind in our own form, a file for each kind: a whole one would be longer than a file may be.
fn porchlight_files(number: usize, trick: &str) -> Vec<String> {
    let text = toml_string(&field(trick));
    let kinds: [(&str, &str); 6] = [
        ("meeting", "group"),
        ("housing", "operator certification fee pays moud_note admission rules"),
        ("organization", "offers member_of parent"),
        ("service", "run_by cost how eligibility"),
        ("publication", "ids format publisher audience topics shelf"),
        ("topic", "sources"),
    ];
    let file = |(kind, own): (&str, &str)| {
        let mut page = String::new();
        let name = toml_string(&format!("Lantern{number} {kind} {trick} oil"));
        let _ = writeln!(page, "[[{kind}]]\nkey = \"{kind}-{number}\"\nname = {name}");
        for key in "name_es also summary summary_es credit licence".split(' ').chain(own.split(' ')) {
            let _ = writeln!(page, "{key} = {text}");
        }
        match kind {
            "service" => page += "sort = \"legal\"\n",
            "topic" => {
                let _ = writeln!(page, "see_also = [{{ search = {text} }}, {{ record = {text} }}]");
            }
            _ => page += "times = [\"Tue 19:00-20:00\"]\ntimezone = \"America/New_York\"\n",
        }
        let ways = ["phone", "text", "tty", "join", "dial", "website", "chat", "email"];
        let contacts: Vec<_> = ways.map(|way| format!("{{ {way} = {text}, note = {text} }}")).into();
        let _ = writeln!(page, "contacts = [{}]", contacts.join(", "));
        let place = "name street city state postal_code country notes".split(' ').map(|key| format!("{key} = {text}"));
        let place: Vec<_> = place.collect();
        let _ = writeln!(page, "place = {{ {}, regions = [{text}], serves = [{text}] }}", place.join(", "));
        page
    };
    kinds.map(file).into()
}

/// Every field of a service in a table, a row for each trick.
fn service_table() -> (Mapping, String) {
    let mut mapping = Mapping::new(Kind::Service);
    let flags = ["private_address", "private_phone", "private_email", "left_out"];
    for field in Mapping::fields(Kind::Service).filter(|field| !flags.contains(field)) {
        mapping.columns.insert(field, vec![field.to_owned()]);
    }
    let mut table = mapping.columns.keys().copied().collect::<Vec<_>>().join(",");
    for (number, (trick, _)) in tricks().iter().enumerate() {
        let cells = mapping.columns.keys().map(|column| match *column {
            "key" => format!("listed-{number}"),
            "name" => format!("Lantern{number} listed {trick} oil"),
            "website" => format!("https://lantern.example/{trick}"),
            _ => field(trick),
        });
        let cells: Vec<_> = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        let _ = write!(table, "\n{}", cells.join(","));
    }
    (mapping, table)
}

/// Every field of a service of HSDS and of all that stands in it.
fn hsds_service(number: usize, trick: &str) -> Value {
    let text = || field(trick);
    let with = |names: &[&str]| {
        let mut object = json!({});
        for name in names {
            object[*name] = text().into();
        }
        object
    };
    let mut service = with(&[
        "alternate_name",
        "description",
        "alert",
        "email",
        "url",
        "interpretation_services",
        "application_process",
        "fees_description",
        "wait_time",
        "accreditations",
        "eligibility_description",
        "assured_date",
        "attending_type",
    ]);
    service["id"] = format!("desk-{number}").into();
    service["name"] = format!("Lantern{number} desk {trick} oil").into();
    service["organization"] = with(&["id", "name", "description", "website"]);
    service["phones"] = json!([with(&["number", "extension", "type", "description"])]);
    let mut hours = with(&["description", "notes", "until", "bymonthday", "schedule_link", "attending_type"]);
    hours["byday"] = "TU".into();
    hours["opens_at"] = "9:00".into();
    service["schedules"] = json!([hours]);
    service["languages"] = json!([with(&["name", "code", "note"])]);
    service["service_areas"] = json!([with(&["name"])]);
    service["cost_options"] = json!([with(&["option", "amount", "currency", "amount_description"])]);
    service["required_documents"] = json!([with(&["document"])]);
    service["attributes"] = json!([{ "taxonomy_term": with(&["name"]) }]);
    let mut location = with(&["name", "description", "transportation", "latitude", "url"]);
    location["addresses"] = json!([with(&["address_1", "city", "region", "state_province", "postal_code", "country"])]);
    location["accessibility"] = json!([with(&["description", "details"])]);
    service["service_at_locations"] = json!([{ "description": text(), "location": location }]);
    service
}

/// The answers of a BMLT server, every field of which has the trick: a meeting, its format and its service body.
fn bmlt_answers(number: usize, trick: &str) -> [Value; 3] {
    let id = format!("{number}");
    let mut meeting = json!({"id_bigint": id, "weekday_tinyint": "3", "start_time": "19:00:00", "venue_type": "3"});
    meeting["format_shared_id_list"] = id.clone().into();
    meeting["service_body_bigint"] = id.clone().into();
    for key in [
        "location_text",
        "location_info",
        "location_street",
        "location_city_subsection",
        "location_neighborhood",
        "location_municipality",
        "location_sub_province",
        "location_province",
        "location_postal_code_1",
        "location_nation",
        "comments",
        "format_comments",
        "public_transport",
        "train_lines",
        "bus_lines",
        "duration_time",
        "virtual_meeting_additional_info",
        "phone_meeting_number",
        "email_contact",
    ] {
        meeting[key] = field(trick).into();
    }
    meeting["meeting_name"] = format!("Lantern{number} round {trick} oil").into();
    meeting["virtual_meeting_link"] = format!("https://zoom.us/j/1?{trick}").into();
    let format = json!({"id": id, "key_string": field(trick), "name_string": field(trick), "world_id": field(trick)});
    let url = format!("https://lantern.example/{trick}");
    let body = json!({"id": id, "parent_id": "0", "name": field(trick), "helpline": field(trick), "url": url});
    [meeting, format, body]
}

/// A facility of FindTreatment.gov, every field of which has the trick.
fn facility(number: usize, trick: &str) -> Value {
    let mut row = json!({"frid": format!("{number}"), "typeFacility": "SA"});
    for key in ["name2", "street1", "street2", "city", "state", "zip", "phone", "intake1", "hotline1", "latitude"] {
        row[key] = field(trick).into();
    }
    row["name1"] = format!("Lantern{number} clinic {trick} oil").into();
    row["website"] = format!("https://lantern.example/{trick}").into();
    let said = |code: &str| json!({"f1": field(trick), "f2": code, "f3": field(trick)});
    row["services"] = json!([said("TC"), said("PAY"), said("SG"), said(&field(trick))]);
    row
}

/// A TOML string, every character of which that needs it is escaped.
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => _ = write!(out, "\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// A directory of nothing but tricks.
fn generation() -> &'static Generation {
    static EVIL: OnceLock<Generation> = OnceLock::new();
    EVIL.get_or_init(|| Generation::in_memory(&records(), Vocabulary::builtin()).unwrap())
}

/// Everything that these importers make of the tricks.
fn records() -> Vec<Record> {
    let feed = |name: &str| Feed {
        name: name.to_owned(),
        timezone: Some("America/New_York".to_owned()),
        credit: field("\u{1b}[2J"),
        licence: field("\u{202e}"),
        ..Feed::default()
    };
    let rows: Vec<_> = tricks().iter().enumerate().map(|(at, (trick, _))| meeting_guide_row(at, trick)).collect();
    let json = serde_json::to_vec(&rows).unwrap();
    let files = tricks().into_iter().enumerate().flat_map(|(at, (trick, _))| porchlight_files(at, &trick));
    let files: Vec<String> = files.collect();
    let vocabulary = Vocabulary::builtin();
    let files: Vec<_> = files.iter().map(|file| Part { name: "evil", bytes: file.as_bytes() }).collect();
    let (mapping, table) = service_table();
    let services: Vec<_> = tricks().iter().enumerate().map(|(at, (trick, _))| hsds_service(at, trick)).collect();
    let services = serde_json::to_vec(&services).unwrap();
    let answers = tricks().into_iter().enumerate().flat_map(|(at, (trick, _))| bmlt_answers(at, &trick));
    let answers: Vec<_> = answers.map(|answer| json!([answer]).to_string()).collect();
    let answers: Vec<_> = answers.iter().map(|text| Part { name: "evil", bytes: text.as_bytes() }).collect();
    let page: Vec<_> = tricks().iter().enumerate().map(|(at, (trick, _))| facility(at, trick)).collect();
    let page = json!({ "rows": page }).to_string();
    let harvests = vec![
        feed::read(Form::MeetingGuide, &feed("rows"), &[Part { name: "evil", bytes: &json }], vocabulary),
        feed::read(Form::Porchlight, &feed("own"), &files, vocabulary),
        feed::read(
            Form::Csv,
            &Feed { columns: Some(mapping), ..feed("listed") },
            &[Part { name: "evil", bytes: table.as_bytes() }],
            vocabulary,
        ),
        feed::read(Form::Hsds, &feed("services"), &[Part { name: "evil", bytes: &services }], vocabulary),
        feed::read(Form::Bmlt, &feed("rounds"), &answers, vocabulary),
        feed::read(Form::FindTreatment, &feed("clinics"), &[Part { name: "evil", bytes: page.as_bytes() }], vocabulary),
    ];
    for harvest in &harvests {
        assert!(harvest.complaints.iter().all(|complaint| index::text::is_clean(&complaint.text)));
    }
    let [rows, own, listed, services, rounds, clinics] = &harvests[..] else { panic!() };
    assert_eq!((rounds.records.len(), clinics.records.len()), (tricks().len(), tricks().len()));
    assert!(services.records.len() >= tricks().len(), "{:?}", services.complaints);
    assert_eq!(listed.records.len(), tricks().len(), "{:?}", listed.complaints);
    assert_eq!((rows.records.len(), own.records.len()), (tricks().len(), tricks().len() * 6), "{:?}", own.complaints);
    merge(harvests).records
}

/// A centre whose every word is a trick.
fn site(trick: &str) -> Site {
    let text = toml_string(&field(trick));
    let page = format!(
        "[centre]\nname = {text}\ngreeting = {text}\nnotices = [{text}, {{ text = {text} }}]\n\
         [[crisis]]\nname = {text}\nreach = \"555-0100\"\nnote = {text}\n"
    );
    let (settings, _) = Settings::read_anyway("evil.toml", &page);
    Site {
        centre: settings.name,
        greeting: settings.greeting,
        notices: settings.notices,
        own_lines: settings.crisis,
        preview: settings.preview,
        ..plain_site()
    }
}

/// Walks through every screen that shows what the feed says of this trick.
fn walk(wired: &mut Wired<'_>, number: usize) {
    // The home screen, the crisis card and help show the centre's own words.
    for key in [KeyCode::F(9), KeyCode::F(1), KeyCode::BackTab] {
        wired.key(key).key(KeyCode::PageDown).key(KeyCode::Esc);
    }
    wired.type_in(&format!("lantern{number}"));
    // The list with a preview beside it where there is room; then the first pages, read to their ends.
    for _ in 0..11 {
        wired.key(KeyCode::Down).key(KeyCode::Enter).key(KeyCode::PageDown).key(KeyCode::End).key(KeyCode::Esc);
    }
    // The panel, in which cities and regions are choices, and a chip of the first of them.
    wired.key(KeyCode::Tab);
    for _ in 0..8 {
        wired.key(KeyCode::Down).key(KeyCode::Enter);
    }
    wired.key(KeyCode::Esc).key(KeyCode::F(10));
}

#[test]
fn nothing_that_a_terminal_acts_on_leaves_the_kiosk() {
    for (size, glyphs) in [
        ((80, 25), Glyphs::Unicode),
        ((130, 40), Glyphs::Unicode),
        ((40, 12), Glyphs::Console),
        ((30, 8), Glyphs::Ascii),
        ((20, 5), Glyphs::Unicode),
        ((19, 4), Glyphs::Unicode),
    ] {
        for (number, (trick, _)) in tricks().iter().enumerate() {
            walk(&mut Wired::new(site(trick), generation(), size, glyphs), number);
        }
    }
}

#[test]
fn what_is_harmless_of_it_is_shown_as_it_stands() {
    for (number, (trick, left)) in tricks().iter().enumerate() {
        let Some(left) = left else { continue };
        let mut wired = Wired::new(site(trick), generation(), (130, 40), Glyphs::Unicode);
        let around = if left.is_empty() { "oil".to_owned() } else { (*left).to_owned() };
        assert!(wired.text().contains(&format!("Lantern {around}")), "{trick:?}:\n{}", wired.text());
        wired.type_in(&format!("lantern{number} meeting"));
        assert!(wired.text().contains(&format!("meeting {around}")), "{trick:?}:\n{}", wired.text());
    }
}

#[test]
fn what_somebody_types_is_shown_as_harmless_text_too() {
    let generation = crate::glass::starter();
    let mut wired = Wired::new(plain_site(), generation, (80, 25), Glyphs::Unicode);
    for (trick, _) in tricks().iter().filter(|(trick, _)| trick.len() < 200) {
        wired.type_in(trick).key(KeyCode::Esc).key(KeyCode::F(10));
    }
    wired.type_in("{ $x } %n");
    assert!(wired.text().contains("Search: { $x } %n"), "{}", wired.text());
}
