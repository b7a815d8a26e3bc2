//! The words, in English and Spanish, under which facts without a text of their own are found.

use crate::record::{Attendance, Kind, Level, Openness, OrganizationSort, Pathway, ServiceSort};

/// Children may live there.
pub(super) const CHILDREN: &str = "children kids family niños hijos familia";
/// Medication for opioid use disorder is accepted, at least case by case.
pub(super) const MEDICATION: &str = "medication moud mat suboxone methadone buprenorphine medicamentos metadona";

pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Meeting => "meeting reunión junta",
        Kind::Housing => "housing house home recovery residence sober living casa vivienda residencia hogar",
        Kind::Organization => "organization organización",
        Kind::Service => "service servicio",
        Kind::Publication => "publication booklet publicación folleto libro",
        Kind::Topic => "guide guía",
    }
}

pub(super) fn attendance(attendance: Attendance) -> &'static str {
    match attendance {
        Attendance::InPerson => "in person en persona",
        Attendance::Online => "online video virtual en línea",
        Attendance::Hybrid => "hybrid in person online híbrida en persona en línea",
        Attendance::Phone => "phone telephone por teléfono",
        Attendance::AskFirst => "ask pregunte",
        Attendance::Suspended => "suspended suspendida",
    }
}

pub(super) fn pathway(pathway: Pathway) -> &'static str {
    match pathway {
        Pathway::All => "all pathways todos los caminos",
        Pathway::Culture => "culture cultural cultura",
        Pathway::Faith => "faith religious church fe iglesia",
        Pathway::Family => "family families friends familia familiares",
        Pathway::Medication => MEDICATION,
        Pathway::Mindfulness => "mindfulness meditation meditación",
        Pathway::Secular => "secular nonreligious laico",
        Pathway::TwelveStep => "twelve 12 step steps doce pasos",
    }
}

pub(super) fn openness(open: Openness) -> &'static str {
    match open {
        Openness::Open => "open abierta",
        Openness::Closed => "closed cerrada",
        Openness::FamiliesOnly => "families only familias",
    }
}

pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::PeerRun => "level 1 i type p peer run nivel",
        Level::Monitored => "level 2 ii type m monitored nivel",
        Level::Supervised => "level 3 iii type s supervised nivel",
        Level::Clinical => "level 4 iv type c clinical nivel",
    }
}

pub(super) fn organization(sort: OrganizationSort) -> &'static str {
    match sort {
        OrganizationSort::Rco => "recovery community organization rco peer comunidad de recuperación",
        OrganizationSort::Fellowship => "fellowship mutual aid hermandad ayuda mutua",
        OrganizationSort::Other => "",
    }
}

pub(super) fn service(sort: ServiceSort) -> &'static str {
    match sort {
        ServiceSort::Coaching => "recovery coach coaching peer support apoyo de pares",
        ServiceSort::TelephoneSupport => "telephone recovery support phone check in apoyo por teléfono",
        ServiceSort::CrisisLine => "crisis line hotline línea de crisis",
        ServiceSort::Helpline => "helpline hotline information línea de ayuda información",
        ServiceSort::RecoveryCentre => "recovery community center centro comunitario de recuperación",
        ServiceSort::RecoverySchool => "recovery school college escuela universidad",
        ServiceSort::Medication => "medication treatment clinic moud mat suboxone methadone medicamentos clínica",
        ServiceSort::Treatment => "treatment rehab detox tratamiento rehabilitación",
        ServiceSort::FamilySupport => "family families support familia apoyo",
        ServiceSort::Legal => "legal law reentry lawyer ayuda legal abogado",
        ServiceSort::BasicNeeds => "basic needs food clothes comida ropa",
        ServiceSort::HousingHelp => "housing help shelter vivienda refugio",
        ServiceSort::HarmReduction => "harm reduction naloxone narcan reducción de daños naloxona",
        ServiceSort::Work => "work job jobs employment training trabajo empleo",
        ServiceSort::Other => "",
    }
}
