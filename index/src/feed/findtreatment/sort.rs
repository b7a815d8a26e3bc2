//! What a facility is, from what it says of itself.

use super::services::{Services, Value};
use crate::record::{Moud, Pathway, ServiceSort};

/// Under which value a facility says that it has a recovery residence.
const SOBER_HOME: &str = "sober home";

/// Medicines for opioid and alcohol use disorder. Nicotine and mental health have other ones.
const MEDICINES: &[&str] = &[
    "buprenorphine",
    "methadone",
    "naltrexone",
    "acamprosate",
    "disulfiram",
    "medication assisted",
    "medication-assisted",
    "medication for opioid",
    "medication for alcohol",
];

/// How a facility says that another one prescribes the medicine.
const ELSEWHERE: &str = "prescribed elsewhere";

const HARM_REDUCTION: &[&str] = &["harm reduction", "syringe", "naloxone"];

/// What a facility says, where that narrows a search or decides what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    GivesMedicine,
    /// It takes people whose medicine somebody else prescribes.
    AcceptsMedicine,
    RefusesMedicine,
    OpioidProgram,
    SoberHome,
    /// Treatment of whatever sort, or a setting in which it is given.
    Treats,
    /// One lives there while it treats.
    Residential,
    HarmReduction,
    BedsForChildren,
    TwelveStep,
}

/// What a facility says.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    list: Vec<Fact>,
    /// All that it says of medicines, in its words.
    pub(super) medicine_words: Vec<String>,
}

impl Facts {
    pub(super) fn of(services: &Services) -> Self {
        let mut facts = Self::default();
        for value in services.values(&[]) {
            facts.note(value);
        }
        // Payment and other services speak of treatment too; what is said of care, its setting and its means is treatment.
        facts.add(Fact::Treats, services.values(&["TC", "SET", "PHR", "TAP"]).any(is_treatment));
        facts
    }

    pub(super) fn has(&self, fact: Fact) -> bool {
        self.list.contains(&fact)
    }

    fn add(&mut self, fact: Fact, said: bool) {
        if said && !self.has(fact) {
            self.list.push(fact);
        }
    }

    fn note(&mut self, value: &Value) {
        let folded = value.folded.as_str();
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| folded.contains(phrase));
        let negated = is_negated(folded);
        if says(MEDICINES) || says(&["using mat", "opioid treatment program"]) {
            self.medicine_words.push(value.words.clone());
            match (negated, folded.contains(ELSEWHERE)) {
                // "Does not accept clients using MAT" refuses; "does not use medication" gives none, and refuses nobody.
                (true, _) => self.add(Fact::RefusesMedicine, says(&["accept", "admit"])),
                (false, true) => self.add(Fact::AcceptsMedicine, true),
                (false, false) => self.add(Fact::GivesMedicine, !says(&["pain management", "emergency dosing"])),
            }
        }
        if negated {
            return;
        }
        self.add(Fact::OpioidProgram, says(&["opioid treatment program"]));
        self.add(Fact::SoberHome, says(&[SOBER_HOME]));
        self.add(Fact::Residential, says(&["residential", "inpatient"]) && !says(&["beds for"]));
        self.add(Fact::HarmReduction, says(HARM_REDUCTION));
        self.add(Fact::BedsForChildren, says(&["beds for clients' children", "beds for clients’ children"]));
        self.add(Fact::TwelveStep, says(&["12-step", "twelve-step", "twelve step"]));
    }

    /// What the service does; nothing for a residence. An opioid treatment programme, and a place that gives medicines
    /// without beds, is there for medicines. A place where one lives during treatment is there for treatment, and its
    /// pathway says that it gives medicines. What neither treats nor gives medicines may hand out naloxone.
    pub(super) fn service_sort(&self, facility: &str) -> Option<ServiceSort> {
        let facility = facility.to_uppercase();
        let program = self.has(Fact::OpioidProgram) || ["OTP", "BUPREN"].contains(&facility.as_str());
        let gives = self.has(Fact::GivesMedicine);
        if program || gives && !self.has(Fact::Residential) {
            Some(ServiceSort::Medication)
        } else if self.has(Fact::Treats) || gives {
            Some(ServiceSort::Treatment)
        } else if self.has(Fact::SoberHome) {
            None
        } else if self.has(Fact::HarmReduction) {
            Some(ServiceSort::HarmReduction)
        } else {
            Some(ServiceSort::Treatment)
        }
    }

    /// Its pathways. Who only takes people whose medicine comes from elsewhere does not stand on that of medicines.
    pub(super) fn pathways(&self) -> Vec<Pathway> {
        let roads = [(Fact::GivesMedicine, Pathway::Medication), (Fact::TwelveStep, Pathway::TwelveStep)];
        roads.into_iter().filter(|(fact, _)| self.has(*fact)).map(|(_, pathway)| pathway).collect()
    }

    /// What a residence says of medication for opioid use disorder.
    pub(super) fn moud(&self) -> Option<Moud> {
        match (self.has(Fact::AcceptsMedicine) || self.has(Fact::GivesMedicine), self.has(Fact::RefusesMedicine)) {
            (true, false) => Some(Moud::Yes),
            (false, true) => Some(Moud::No),
            (true, true) | (false, false) => None,
        }
    }
}

fn is_negated(folded: &str) -> bool {
    let negations = ["does not", "do not", "not used", "not offered"];
    negations.iter().any(|phrase| folded.contains(phrase)) || folded.starts_with("no ")
}

/// Whether a value of care, setting or means speaks of treatment, and not of a home, of help to stay alive, or of medicine
/// that comes from elsewhere.
fn is_treatment(value: &Value) -> bool {
    let folded = value.folded.as_str();
    let other = [SOBER_HOME, ELSEWHERE].iter().chain(HARM_REDUCTION).any(|phrase| folded.contains(phrase));
    !other && !is_negated(folded)
}
