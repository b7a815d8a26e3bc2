//! Lists that come in by a mapping alone: each as it might be exported, with the lines of the feeds file that read it. The
//! rows are invented.

use index::feed::{self, Harvest, Part};
use index::record::{Attendance, Details, Kind, Level, Moud, Record, Residence, Service, Way};
use index::vocabulary::Vocabulary;
use porchlight::config::FeedsFile;

/// What a table gives under a feeds file with one feed.
fn read(feeds: &str, table: &[u8]) -> Harvest {
    let read = FeedsFile::read("feeds.toml", feeds, Vocabulary::builtin(), &[]);
    let listed = read.unwrap_or_else(|faults| panic!("{faults:#?}")).feeds.remove(0);
    let harvest =
        feed::read(listed.form, &listed.feed, &[Part { name: "list.csv", bytes: table }], Vocabulary::builtin());
    assert_eq!(harvest.rows, harvest.records.len() + harvest.joined + harvest.dropped);
    harvest
}

fn complaints(harvest: &Harvest) -> Vec<&str> {
    harvest.complaints.iter().map(|complaint| complaint.text.as_str()).collect()
}

fn ways(record: &Record) -> Vec<(Way, &str)> {
    record.contacts.iter().map(|contact| (contact.way, contact.value.as_str())).collect()
}

fn who(record: &Record) -> Vec<&str> {
    record.who.iter().map(index::record::Term::as_str).collect()
}

fn house(record: &Record) -> &Residence {
    let Details::Housing(house) = &record.details else { panic!("no housing: {record:?}") };
    house
}

fn service(record: &Record) -> &Service {
    let Details::Service(service) = &record.details else { panic!("no service: {record:?}") };
    service
}

/// The example that the documentation of the form shows.
const COUNTY: &str = include_str!("../index/src/feed/columns/example.toml");

#[test]
fn a_county_exports_its_211() {
    let table = concat!(
        "Resource ID,PublicName,Category,Description,Eligibility,PhysicalAddress1,PhysicalAddress2,PhysicalCity,",
        "PhysicalAddress is private,Phone1Number,Phone1IsPrivate,Phone2Number,Phone2IsPrivate,HoursOfOperation,Serves,",
        "ExcludeFromDirectory,InternalNotes,SeniorWorkerName\n",
        "1001,Sample Street Pantry,Food,<p>Groceries.</p>,Anyone in the county.,1 Elm St,Suite 2,Sampleton,No,",
        "618.555.0100,No,555-0199,Yes,\"Mon-Fri 9am-5pm; Sat 10am-2pm\",Any,No,Ask for nobody,A Worker\n",
        "1002,Hidden House,Sober Living,A home.,,9 Secret Ln,,Sampleton,Yes,no phone,No,,No,24 hours,F,No,x,y\n",
        "1003,Closed Program,Food,Gone.,,2 Elm St,,Sampleton,No,555-0102,No,,No,,,Yes,x,y\n",
    );
    let harvest = read(COUNTY, table.as_bytes());
    assert_eq!((harvest.rows, harvest.records.len(), harvest.dropped), (3, 2, 1));
    assert_eq!(complaints(&harvest), ["The file says that this row must not be listed. It was left out."]);
    let [pantry, house] = &harvest.records[..] else { panic!("{harvest:?}") };
    assert_eq!(pantry.id.as_str(), "county-211:1001");
    assert_eq!(pantry.summary.plain, "Groceries.\nAnyone in the county.");
    assert_eq!(ways(pantry), [(Way::Phone, "618.555.0100")]);
    let place = pantry.place.as_ref().unwrap();
    assert_eq!([&place.street, &place.city, &place.state], ["1 Elm St, Suite 2", "Sampleton", "OH"]);
    assert_eq!((pantry.times.len(), pantry.languages.len()), (2, 1));
    assert_eq!((service(pantry).sort.word(), service(house).sort.word()), ("other", "housing-help"));
    assert_eq!((who(pantry), who(house)), (vec![], vec!["women"]));
    assert!(house.place.as_ref().unwrap().withheld && house.contacts.is_empty());
    let written = serde_json::to_string(&harvest.records).unwrap();
    for private in ["Secret", "0199", "nobody", "Worker"] {
        assert!(!written.contains(private), "{private} in {written}");
    }
}

#[test]
fn an_affiliate_lists_certified_residences() {
    let feeds = r#"
[[feed]]
name = "residences"
form = "csv"
kind = "housing"
file = "residences.csv"
credit = "The state's affiliate"

[feed.columns]
name = "Residence Name"
operator = "Operator"
level = "NARR Level"
who = "Population"
city = "City"
regions = "County"
phone = "Phone"
website = "Website"
capacity = "Beds"
beds_free = "Vacancies"
beds_counted = "Vacancies Updated"
fee = ["Weekly Fee", "Monthly Fee"]
moud = "MAT"
children = "Children Allowed"
sobriety_days = "Days Sober"
certification = "Certification"

[feed.values.who]
"Women with Children" = ["women", "parents"]

[feed.defaults]
private_address = true
state = "OH"
"#;
    let table = concat!(
        "Certified residences,,,,,,,,,,,,,,,,,\r\n",
        "Residence Name,Operator,NARR Level,Population,Street,City,County,Phone,Website,Beds,Vacancies,Vacancies Updated,",
        "Weekly Fee,Monthly Fee,MAT,Children Allowed,Days Sober,Certification\r\n",
        "Sample House,Sample Homes,Level II,Men,1 Elm St,Sampleton,Sample County,(555) 555-0100,sample.example.org,12,3,",
        "11/20/2026 9:30 AM,$160/week,,Yes,No,30 days,Certified until 2027\r\n",
        "Second House,Sample Homes,III,Women with Children,2 Elm St,Sampleton,Sample County,555-555-0101,,8 beds,0,",
        "2026-11-19,,$600/month,Case by case,Yes,,\r\n",
        "Third House,,V,Everyone,,Sampleton,,555-555-0102,,####,,,,,Ask us,,,\r\n",
    );
    let harvest = read(feeds, table.as_bytes());
    let [first, second, third] = &harvest.records[..] else { panic!("{harvest:?}") };
    assert_eq!((house(first).level, house(second).level), (Some(Level::Monitored), Some(Level::Supervised)));
    assert_eq!((who(first), who(second)), (vec!["men"], vec!["women", "parents"]));
    assert_eq!((house(first).moud, house(second).moud), (Some(Moud::Yes), Some(Moud::CaseByCase)));
    assert_eq!([&house(first).fee, &house(second).fee], ["$160/week", "$600/month"]);
    assert_eq!((house(first).children, house(second).children), (Some(false), Some(true)));
    assert_eq!((house(first).sobriety_days, house(second).capacity), (Some(30), Some(8)));
    let beds = house(first).beds.unwrap();
    assert_eq!((beds.free, beds.counted.unwrap().to_string().as_str()), (3, "2026-11-20T09:30:00"));
    assert_eq!(house(second).beds.unwrap().free, 0);
    assert_eq!((house(third).level, house(third).moud_note.as_str()), (None, "Ask us"));
    assert_eq!(complaints(&harvest).len(), 3, "level, population and words on medication: {:?}", complaints(&harvest));
    assert!(harvest.records.iter().all(|record| {
        let place = record.place.as_ref().unwrap();
        place.withheld
            && place.street.is_empty()
            && place.city == "Sampleton"
            && record.credit.line.contains("affiliate")
    }));
}

#[test]
fn houses_are_listed_with_their_vacancies() {
    let feeds = r#"
[[feed]]
name = "houses"
form = "csv"
kind = "housing"
file = "houses.csv"

[feed.columns]
name = "name"
street = "address"
city = "city"
state = "state"
phone = "phone"
who = "gender"
beds_free = ["current_vacancies", "has_vacancy"]

[feed.values.who]
M = "men"
W = "women"
WC = ["women", "parents"]

[feed.defaults]
level = "I"
children = false
"#;
    let table = "name,address,city,state,phone,gender,current_vacancies,has_vacancy\n\
                 House Sample,1 Elm St,Sampleton,OH,(555) 555-0100,M,2,True\n\
                 House Example,2 Elm St,Sampleton,OH,555-555-0101,W,,False\n\
                 House Invented,3 Elm St,Sampleton,OH,555-555-0102,WC,,True\n";
    let harvest = read(feeds, table.as_bytes());
    assert_eq!(complaints(&harvest), [""; 0]);
    let free: Vec<_> = harvest.records.iter().map(|record| house(record).beds.map(|beds| beds.free)).collect();
    assert_eq!(free, [Some(2), Some(0), None], "that there are some does not say how many");
    assert!(harvest.records.iter().all(|record| house(record).level == Some(Level::PeerRun)));
    assert_eq!(
        harvest.records.iter().map(who).collect::<Vec<_>>(),
        [vec!["men"], vec!["women"], vec!["women", "parents"]]
    );
    assert!(harvest.records[0].id.as_str().starts_with("houses:house-sample~"), "{:?}", harvest.records[0].id);
}

#[test]
fn a_library_lists_its_shelf() {
    let feeds = r#"
[[feed]]
name = "shelf"
form = "csv"
kind = "publication"
file = "shelf.csv"

[feed.columns]
name = "Title"
also = "Subtitle"
ids = ["Number", "ISBN"]
year = "Year"
pages = "Pages"
languages = "Language"
format = "Format"
publisher = "Publisher"
topics = "Subjects"
copies = "Copies"
shelf = "Call Number"
"#;
    // As a spreadsheet of another country writes it: semicolons, bytes of Windows-1252, lines that end in CR.
    let table = "Title;Subtitle;Number;ISBN;Year;Pages;Language;Format;Publisher;Subjects;Copies;Call Number\r\
                 A Sample Guide;For Families;SMA14-0000;;2014;32 p.;English;Booklet;Sample Press;Family | Recovery;5;B 2\r\
                 Gu\u{ed}a de muestra;;;000-0-00-000000-0;2021;;Spanish;Libro;;\"Salud; Familia\";1;B 3\r";
    let bytes: Vec<u8> = table.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let harvest = read(feeds, &bytes);
    let [guide, spanish] = &harvest.records[..] else { panic!("{harvest:?}") };
    let Details::Publication(publication) = &guide.details else { panic!("{guide:?}") };
    assert_eq!((publication.year, publication.copies, publication.pages), (Some(2014), Some(5), Some(32)));
    assert_eq!((publication.shelf.as_str(), publication.ids.len(), publication.topics.len()), ("B 2", 1, 2));
    assert_eq!((spanish.name.plain.as_str(), &spanish.languages[..]), ("Guía de muestra", &["es".to_owned()][..]));
    assert_eq!(complaints(&harvest).len(), 1, "the encoding: {:?}", complaints(&harvest));
}

#[test]
fn a_centre_lists_its_own_meetings_and_an_association_its_members() {
    let feeds = r#"
[[feed]]
name = "own"
form = "csv"
kind = "meeting"
file = "meetings.csv"
timezone = "America/New_York"

[feed.columns]
name = "Meeting"
days = "Day"
time = "Time"
join = "Zoom link"
open = "Open or closed"

[feed.defaults]
place = "Sample Center"
street = "1 Elm St"
city = "Sampleton"
pathways = "all"
"#;
    let table = "Meeting,Day,Time,Zoom link,Open or closed\n\
                 All Recovery,\"Mon, Wed\",6:00-7:00 PM,,Open\n\
                 Evening,Friday,7:00 PM,https://meet.example.org/x,closed\n";
    let harvest = read(feeds, table.as_bytes());
    assert_eq!(complaints(&harvest), [""; 0]);
    let [all, evening] = &harvest.records[..] else { panic!("{harvest:?}") };
    assert_eq!((all.attendance, evening.attendance), (Some(Attendance::InPerson), Some(Attendance::Online)));
    assert_eq!((all.place.as_ref().unwrap().street.as_str(), &evening.place), ("1 Elm St", &None));
    assert!(all.times.len() == 1 && evening.times.len() == 1 && all.kind() == Kind::Meeting);

    let feeds = r#"
[[feed]]
name = "members"
form = "csv"
kind = "organization"
file = "members.csv"

[feed.columns]
name = "Organization"
offers = "Services"
serves = "Counties"
website = "URL"

[feed.defaults]
sort = "rco"
pathways = ["all"]
"#;
    let table = "Organization,Services,Counties,URL\n\
                 Sample Recovery Community,Coaching; Telephone support,Sample County | Example County,https://rco.example.org\n";
    let harvest = read(feeds, table.as_bytes());
    let record = &harvest.records[0];
    let Details::Organization(organization) = &record.details else { panic!("{record:?}") };
    assert_eq!((organization.offers.len(), record.place.as_ref().unwrap().serves.len()), (2, 2));
    assert_eq!(complaints(&harvest), [""; 0]);
}

/// The lines that read the flattening of FindTreatment.gov.
const TREATMENT: &str = r#"
[[feed]]
name = "treatment"
form = "csv"
kind = "service"
file = "california-residential.csv"

[feed.columns]
name = "Name"
city = "City"
state = "State"
postal_code = "ZIP"
phone = "Phone"
street = "Address"
website = "Website"
latitude = "Latitude"
longitude = "Longitude"
summary = "Residential Services"
who = "All Services"
languages = "All Services"

[feed.values.who]
"Female" = "women"
"Male" = "men"
"*" = []

[feed.values.languages]
"Spanish" = "es"
"Sign language services for the deaf and hard of hearing" = "asl"
"*" = []

[feed.defaults]
sort = "treatment"
"#;

#[test]
fn a_flattening_of_treatment_listings_comes_in() {
    let table = "Name,City,State,ZIP,Phone,Address,Website,Latitude,Longitude,Residential Services,All Services\n\
                 Sample House,Sampleton,CA,90000,555-555-0100 x210,,http://www.example.org,37.5,-122.5,Long-term residential,\
                 \"Substance use treatment; Female; Spanish; Medicaid\"\n";
    let harvest = read(TREATMENT, table.as_bytes());
    let record = &harvest.records[0];
    assert_eq!((who(record), &record.languages[..]), (vec!["women"], &["es".to_owned()][..]));
    let place = record.place.as_ref().unwrap();
    assert!(place.point.is_some() && place.street.is_empty() && !place.withheld);
    assert_eq!(ways(record), [(Way::Phone, "555-555-0100 x210"), (Way::Website, "http://www.example.org")]);
    assert_eq!(complaints(&harvest), [""; 0]);
}

/// The published flattening, where there is one; counted in the file with another reader of CSV.
#[test]
fn the_published_flattening_is_read_row_by_row() {
    let Some(folder) = std::env::var_os("PORCHLIGHT_FEEDS") else { return };
    let file = std::path::Path::new(&folder).join("findtreatment/california-residential.csv");
    let harvest = read(TREATMENT, &std::fs::read(file).unwrap());
    for complaint in &harvest.complaints {
        println!("{:?} {}", complaint.place, complaint.text);
    }
    assert_eq!((harvest.rows, harvest.joined, harvest.dropped), (240, 0, 0));
    let count = |holds: &dyn Fn(&Record) -> bool| harvest.records.iter().filter(|record| holds(record)).count();
    let speaks = |record: &Record, language: &str| record.languages.iter().any(|spoken| spoken == language);
    assert_eq!(count(&|record| speaks(record, "es")), 68);
    assert_eq!(count(&|record| speaks(record, "asl")), 50);
    assert_eq!(
        (count(&|record| who(record).contains(&"women")), count(&|record| who(record).contains(&"men"))),
        (196, 195)
    );
    assert_eq!(count(&|record| ways(record).iter().any(|(way, _)| *way == Way::Phone)), 240);
    assert_eq!(count(&|record| record.place.as_ref().is_some_and(|place| place.point.is_some())), 240);
    assert_eq!(count(&|record| service(record).sort.word() == "treatment"), 240);
}
