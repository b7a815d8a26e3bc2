//! What a facility is, from what it says of itself.

use super::services::Services;
use crate::record::{Moud, ServiceSort};
use crate::text;

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
];

/// How a facility says that another one prescribes the medicine.
const ELSEWHERE: &str = "prescribed elsewhere";

const HARM_REDUCTION: &[&str] = &["harm reduction", "syringe", "naloxone"];

/// What narrows a search, or decides what a facility is.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) gives_medicine: bool,
    /// Takes people whose medicine somebody else prescribes.
    accepts_medicine: bool,
    refuses_medicine: bool,
    /// All that it says of medicines, in its words.
    pub(super) medicine_words: Vec<String>,
    opioid_program: bool,
    sober_home: bool,
    /// Treatment of whatever sort, or a setting in which it is given.
    treats: bool,
    /// One lives there while it treats.
    residential: bool,
    harm_reduction: bool,
    pub(super) beds_for_children: bool,
    pub(super) twelve_step: bool,
}

impl Facts {
    pub(super) fn of(services: &Services) -> Self {
        let mut facts = Self::default();
        for value in services.values(&[]) {
            facts.note(value);
        }
        // Payment and other services speak of treatment too; what is said of care, its setting and its means is treatment.
        facts.treats = services.values(&["TC", "SET", "PHR", "TAP"]).any(is_treatment);
        facts
    }

    fn note(&mut self, value: &str) {
        let folded = text::fold(value);
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| folded.contains(phrase));
        let negated = is_negated(&folded);
        let medicine = says(MEDICINES) || says(&["using mat", "opioid treatment program"]);
        if medicine {
            self.medicine_words.push(value.to_owned());
            match (negated, folded.contains(ELSEWHERE)) {
                // "Does not accept clients using MAT" refuses; "does not use medication" gives none, and refuses nobody.
                (true, _) => self.refuses_medicine |= says(&["accept", "admit"]),
                (false, true) => self.accepts_medicine = true,
                (false, false) => self.gives_medicine |= !says(&["pain management", "emergency dosing"]),
            }
        }
        if negated {
            return;
        }
        self.opioid_program |= says(&["opioid treatment program"]);
        self.sober_home |= says(&[SOBER_HOME]);
        self.residential |= says(&["residential", "inpatient"]) && !says(&["beds for"]);
        self.harm_reduction |= says(HARM_REDUCTION);
        self.beds_for_children |= says(&["beds for clients' children", "beds for clients’ children"]);
        self.twelve_step |= says(&["12-step", "twelve-step", "twelve step"]);
    }

    /// What the service does; nothing for a residence. An opioid treatment programme, and a place that gives medicines
    /// without beds, is there for medicines. A place where one lives during treatment is there for treatment, and its
    /// pathway says that it gives medicines. What neither treats nor gives medicines may hand out naloxone.
    pub(super) fn service_sort(&self, facility: &str) -> Option<ServiceSort> {
        let facility = facility.to_uppercase();
        let program = self.opioid_program || ["OTP", "BUPREN"].contains(&facility.as_str());
        if program || self.gives_medicine && !self.residential {
            Some(ServiceSort::Medication)
        } else if self.treats || self.gives_medicine {
            Some(ServiceSort::Treatment)
        } else if self.sober_home {
            None
        } else if self.harm_reduction {
            Some(ServiceSort::HarmReduction)
        } else {
            Some(ServiceSort::Treatment)
        }
    }

    /// What a residence says of medication for opioid use disorder.
    pub(super) fn moud(&self) -> Option<Moud> {
        match (self.accepts_medicine || self.gives_medicine, self.refuses_medicine) {
            (true, false) => Some(Moud::Yes),
            (false, true) => Some(Moud::No),
            (true, true) | (false, false) => None,
        }
    }
}

fn is_negated(folded: &str) -> bool {
    let says = |phrase: &&str| folded.contains(*phrase);
    ["does not", "do not", "not used", "not offered"].iter().any(|phrase| says(phrase)) || folded.starts_with("no ")
}

/// Whether a value of care, setting or means speaks of treatment, and not of a home, of help to stay alive, or of medicine
/// that comes from elsewhere.
fn is_treatment(value: &str) -> bool {
    let folded = text::fold(value);
    let other = [SOBER_HOME, ELSEWHERE].iter().chain(HARM_REDUCTION).any(|phrase| folded.contains(phrase));
    !other && !is_negated(&folded)
}
