//! The objects of HSDS under the names that they go by in JSON and as files, and their fields.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::feed::table::{is_nothing, plain_name};

/// What a row can be. The first eight are heads, which others point to by id; the rest belongs to a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Object {
    Service,
    Organization,
    Location,
    /// A service at a location.
    Offer,
    Program,
    /// A term of a taxonomy.
    Term,
    /// What a capacity is counted in.
    Unit,
    /// Whom to call. Only those without the name of a person are read, and of them the numbers alone.
    Contact,
    Schedule,
    Holiday,
    Phone,
    Address,
    Language,
    Accessibility,
    Area,
    Cost,
    Document,
    Attribute,
    Eligibility,
    Payment,
    Audience,
    Capacity,
    Page,
}

use Object::{
    Accessibility, Address, Area, Attribute, Audience, Capacity, Contact, Cost, Document, Eligibility, Holiday,
    Language, Location, Offer, Organization, Page, Payment, Phone, Program, Schedule, Service, Term, Unit,
};

/// Names of files (without `.csv`) and of members of JSON objects, of all versions and of Open Referral UK.
const NAMES: &[(Object, &[&str])] = &[
    (Service, &["services", "service"]),
    (Organization, &["organizations", "organization", "organisations", "organisation"]),
    (Location, &["locations", "location"]),
    (Offer, &["service_at_location", "services_at_location", "service_at_locations", "services_at_locations"]),
    (Program, &["programs", "program"]),
    (Term, &["taxonomy_terms", "taxonomy_term", "taxonomy"]),
    (Unit, &["units", "unit"]),
    (Contact, &["contacts", "contact"]),
    (Schedule, &["schedules", "schedule", "regular_schedules", "regular_schedule"]),
    (Holiday, &["holiday_schedules", "holiday_schedule"]),
    (Phone, &["phones", "phone"]),
    (
        Address,
        &[
            "addresses",
            "address",
            "physical_addresses",
            "physical_address",
            "postal_addresses",
            "postal_address",
            "mail_addresses",
        ],
    ),
    (Language, &["languages", "language"]),
    (Accessibility, &["accessibility", "accessibilities", "accessibility_for_disabilities"]),
    (Area, &["service_areas", "service_area"]),
    (Cost, &["cost_options", "cost_option", "costoptions"]),
    (Document, &["required_documents", "required_document"]),
    (
        Attribute,
        &[
            "attributes",
            "service_attributes",
            "other_attributes",
            "services_taxonomy",
            "service_taxonomy",
            "service_taxonomys",
            "service_taxonomies",
        ],
    ),
    (Eligibility, &["eligibility", "eligibilities", "eligibilitys"]),
    (Payment, &["payments_accepted", "payment_accepted"]),
    (Audience, &["pc_targetaudience"]),
    (Capacity, &["service_capacity", "service_capacities", "capacities"]),
    (Page, &["urls", "additional_urls", "additional_websites"]),
];

/// Columns in which early packages (Ohana, before version 1.1) keep in the row of a head what is a table of its own later:
/// the head, the column, what is listed there between commas, and under which name the later table has it.
pub(super) const INLINE: &[(Object, &str, Object, &str)] = &[
    (Service, "languages", Language, "name"),
    (Location, "languages", Language, "name"),
    (Location, "accessibility", Accessibility, "description"),
    (Service, "service_areas", Area, "name"),
    (Service, "required_documents", Document, "document"),
    (Service, "accepted_payments", Payment, "payment"),
    (Service, "keywords", Attribute, "term"),
];

/// Files of a package that hold nothing for a visitor: money, the history of the data, its description.
pub(super) const UNREAD: &[&str] = &[
    "funding",
    "metadata",
    "meta_table_descriptions",
    "organization_identifiers",
    "taxonomies",
    "datapackage",
    "reviews",
];

/// Fields about the people behind the data. They are left out before anything else is done.
const PRIVATE: &[&str] = &["assurer_email", "assured_by", "attention", "updated_by", "tax_id", "tax_status", "logo"];

impl Object {
    /// The object of a member's or a file's name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let name = plain_name(name);
        NAMES.iter().find(|(_, names)| names.contains(&&*name)).map(|(object, _)| *object)
    }

    /// The object of a file by its name: `packages/services.csv`. `url.csv` is one too, though no member of that name is.
    pub(super) fn of_file(name: &str) -> Option<Self> {
        match stem(name).as_str() {
            "url" => Some(Page),
            stem => Self::of_name(stem),
        }
    }

    /// The field by which others point to it; only heads have one.
    pub(super) fn link(self) -> Option<&'static str> {
        match self {
            Service => Some("service_id"),
            Organization => Some("organization_id"),
            Location => Some("location_id"),
            Offer => Some("service_at_location_id"),
            Program => Some("program_id"),
            Term => Some("taxonomy_term_id"),
            Unit => Some("unit_id"),
            Contact => Some("contact_id"),
            _ => None,
        }
    }

    /// To which heads a row of it may belong, the closest first: many exports fill in all of them.
    pub(super) fn owners(self) -> &'static [Object] {
        match self {
            Phone => &[Offer, Service, Location, Organization, Contact],
            Schedule | Holiday | Language => &[Offer, Service, Location],
            Address | Accessibility => &[Location],
            Area => &[Service, Offer],
            Page => &[Service, Organization],
            Attribute => &[Service, Offer, Organization, Location],
            Cost | Document | Eligibility | Payment | Audience | Capacity => &[Service],
            Service | Organization | Location | Offer | Program | Term | Unit | Contact => &[],
        }
    }
}

/// `path/services.csv` is `services`.
pub(super) fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    plain_name(name).into_owned()
}

/// The fields of a row as texts, by plain names. What says nothing, and what is private, is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The plain values of a JSON object; lists and objects in it are other rows.
    pub(super) fn of_json(members: &serde_json::Map<String, Value>) -> Self {
        let mut fields = Self::default();
        for (name, value) in members {
            match value {
                Value::String(text) => fields.set(name, text),
                Value::Number(number) => fields.set(name, &number.to_string()),
                Value::Bool(truth) => fields.set(name, if *truth { "true" } else { "false" }),
                Value::Null | Value::Array(_) | Value::Object(_) => {}
            }
        }
        fields
    }

    /// The cells of a row under a header.
    pub(super) fn of_cells(header: &[String], cells: &[String]) -> Self {
        let mut fields = Self::default();
        for (name, cell) in header.iter().zip(cells) {
            fields.set(name, cell);
        }
        fields
    }

    /// Sets a field that says something. Of two of one name the first counts.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let (name, value) = (plain_name(name), value.trim());
        if !is_nothing(value) && !PRIVATE.contains(&&*name) && !name.is_empty() {
            self.0.entry(name.into_owned()).or_insert_with(|| value.to_owned());
        }
    }

    /// The first of these fields that says something. Versions differ in names.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Of a contact only what may be known: whose it is, and whether it is a person.
    pub(super) fn without_person(mut self) -> Self {
        let person = ["name", "title"].iter().any(|name| self.0.contains_key(*name));
        self.0.retain(|name, _| name == "id" || name.ends_with("_id") || name == "department");
        if person {
            self.set("person", "true");
        }
        self
    }

    /// Takes what it lacks from the other.
    pub(super) fn fill_up(&mut self, other: Self) {
        for (name, value) in other.0 {
            self.0.entry(name).or_insert(value);
        }
    }

    /// What it says, apart from whose it is: rows that say the same are one.
    pub(super) fn content(&self) -> Vec<(&str, &str)> {
        let own = self.0.iter().filter(|(name, _)| *name != "id" && !name.ends_with("_id") && *name != "link_entity");
        own.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}
