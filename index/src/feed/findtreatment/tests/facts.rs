//! What a facility is, for whom, and what it says.

use super::*;
use crate::record::{Moud, Pathway, ServiceSort};

const CARE: (&str, &str, &str) = ("Type of Care", "TC", "Substance use treatment; Detoxification");
const BEDS: (&str, &str, &str) = ("Service Setting", "SET", "Residential/24-hour residential");
const HOME: (&str, &str, &str) = ("Facility Type", "FT", "Transitional housing, halfway house, or sober home");
const ELSEWHERE: (&str, &str, &str) =
    ("Pharmacotherapies", "PHR", "Accepts clients using MAT but prescribed elsewhere");

fn sort(categories: &[(&str, &str, &str)]) -> ServiceSort {
    service(&offering(categories)).sort
}

#[test]
fn medicines_and_beds_decide_the_sort() {
    let medicines = ("Pharmacotherapies", "PHR", "Buprenorphine used in Treatment; Nicotine replacement");
    assert_eq!(sort(&[CARE]), ServiceSort::Treatment);
    assert_eq!(sort(&[CARE, medicines]), ServiceSort::Medication);
    assert_eq!(sort(&[CARE, BEDS, medicines]), ServiceSort::Treatment);
    assert_eq!(sort(&[CARE, ("Pharmacotherapies", "PHR", "Nicotine replacement")]), ServiceSort::Treatment);
    let program = ("Facility Type", "FT", "Opioid Treatment Program (OTP)");
    assert_eq!(sort(&[CARE, BEDS, program]), ServiceSort::Medication);
    assert_eq!(sort(&[("Ancillary Services", "AS", "Naloxone and overdose education")]), ServiceSort::HarmReduction);
    assert_eq!(sort(&[CARE, ("Ancillary Services", "AS", "Naloxone and overdose education")]), ServiceSort::Treatment);
    assert_eq!(service(&one(r#""services": null"#)).sort, ServiceSort::Treatment);
}

#[test]
fn who_gives_medicine_stands_on_that_pathway_and_who_does_not_does_not() {
    let gives = |values: &str| offering(&[CARE, BEDS, ("Pharmacotherapies", "PHR", values)]).pathways;
    assert_eq!(gives("Methadone; Acamprosate"), [Pathway::Medication]);
    for none in [
        "Accepts clients using MAT but prescribed elsewhere",
        "Does not use medication assisted treatment for alcohol use disorder",
        "Uses methadone for pain management or emergency dosing",
        "No payment accepted",
    ] {
        assert!(gives(none).is_empty(), "{none}");
    }
}

#[test]
fn a_sober_home_without_treatment_is_housing() {
    let record = offering(&[
        HOME,
        ELSEWHERE,
        ("Payment", "PAY", "Cash or self-payment; Federal funding for substance use treatment programs"),
        ("Ancillary", "AS", "Residential beds for clients' children; Employment counseling or training"),
        ("Licence", "LCA", "State department of health"),
        ("Sex", "SN", "Female"),
    ]);
    let residence = residence(&record);
    assert_eq!(residence.pays, "Cash or self-payment; Federal funding for substance use treatment programs");
    assert_eq!((residence.children, residence.moud), (Some(true), Some(Moud::Yes)));
    assert_eq!(residence.moud_note, "Accepts clients using MAT but prescribed elsewhere");
    assert_eq!(residence.certification, "State department of health");
    assert_eq!(who(&record), ["women"]);
    assert!(record.summary.plain.ends_with("\nFemale"), "{}", record.summary.plain);
}

#[test]
fn a_clinic_that_has_a_sober_home_stays_a_service_and_says_so() {
    let record = offering(&[CARE, HOME]);
    assert_eq!(service(&record).sort, ServiceSort::Treatment);
    assert_eq!(
        record.summary.plain,
        "Substance use treatment\nType of Care: Substance use treatment; Detoxification\n\
         Facility Type: Transitional housing, halfway house, or sober home"
    );
}

#[test]
fn a_residence_that_refuses_medicine_says_so() {
    let moud = |values| residence(&offering(&[HOME, ("Pharmacotherapies", "PHR", values)])).moud;
    assert_eq!(moud("Does not accept clients using MAT"), Some(Moud::No));
    assert_eq!(moud("Does not use medication assisted treatment"), None, "nobody is refused by that");
}

#[test]
fn groups_and_a_single_sex_or_age_become_terms() {
    let groups =
        "Pregnant/postpartum women; Adult men; Veterans; Lesbian, gay, bisexual, or transgender (LGBT) clients";
    let record = offering(&[("Special Programs", "SG", groups), ("Sex", "SN", "Female"), ("Age", "AGE", "Adults")]);
    assert_eq!(who(&record), ["pregnant", "veterans", "lgbtq", "women", "adults"]);
    assert_eq!(service(&record).eligibility, format!("{groups}; Female; Adults"));
    let record = offering(&[("Sex", "SN", "Female; Male"), ("Age", "AGE", "Adults; Young adults; Seniors")]);
    assert!(record.who.is_empty());
}

#[test]
fn every_term_that_is_made_here_is_one_of_ours() {
    let all = "Pregnant; Veterans; LGBT; co-occurring mental; Young adults; Seniors; Adolescents";
    let record = offering(&[
        ("Special Programs", "SG", all),
        ("Sex", "SN", "Male"),
        ("Smoking", "SMO", "Smoking not permitted"),
        ("Ancillary", "AS", "Child care for clients' children"),
    ]);
    assert_eq!((record.who.len(), record.access.len()), (8, 2), "{:?} {:?}", record.who, record.access);
}

#[test]
fn languages_are_known_by_name() {
    let record = offering(&[
        ("Language Services", "SL", "Sign language services for the deaf and hard of hearing"),
        ("Other Languages", "OL", "Spanish; Polish"),
    ]);
    assert_eq!(record.languages, ["asl", "es", "pl"]);
    let text = row(r#""services": [{"f1": "Other Languages", "f2": "OL", "f3": "Klingon"}]"#);
    let (record, complaints) = one_of(&text);
    assert!(record.languages.is_empty());
    assert_eq!(complaints, ["The language “Klingon” is not known; it is shown as words."]);
}

#[test]
fn what_it_costs_is_what_the_source_says() {
    let record =
        offering(&[CARE, ("Payment", "PAY", "Medicaid; Medicare"), ("Assistance", "PYAS", "Payment assistance")]);
    assert_eq!(service(&record).cost, "Medicaid; Medicare; Payment assistance");
    assert!(!record.summary.plain.contains("Medicaid"));
    let sliding = ("Assistance", "PYAS", "Sliding fee scale (fee is based on income)");
    assert!(service(&offering(&[sliding])).cost.starts_with("Sliding fee scale"));
}

#[test]
fn odd_services_cost_themselves_alone() {
    for odd in
        [r#""services": 7"#, r#""services": {"f1": "x"}"#, r#""services": [null]"#, r#""services": [{"f3": ";"}]"#]
    {
        let (record, complaints) = one_of(&row(odd));
        assert_eq!((record.name.plain.as_str(), complaints.len()), ("Elm House", 1), "{odd}");
    }
}
