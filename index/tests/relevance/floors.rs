//! What all verdicts together come to, as a table, and what they must not fall under.

use super::judge::{Verdict, share};

/// Verdicts that are looked at together.
pub(super) struct Sum<'a> {
    verdicts: Vec<&'a Verdict>,
}

impl<'a> Sum<'a> {
    pub(super) fn of(verdicts: impl Iterator<Item = &'a Verdict>) -> Self {
        Self { verdicts: verdicts.collect() }
    }

    /// The mean of a measure over the verdicts that have it.
    fn mean(&self, measure: impl Fn(&Verdict) -> Option<f64>) -> Option<f64> {
        let values: Vec<f64> = self.verdicts.iter().filter_map(|it| measure(it)).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / share(values.len(), 1))
    }

    /// The share of the verdicts that have a measure in which it holds.
    fn rate(&self, measure: impl Fn(&Verdict) -> Option<bool>) -> Option<f64> {
        self.mean(|it| measure(it).map(|holds| f64::from(u8::from(holds))))
    }

    pub(super) fn precision(&self) -> Option<f64> {
        self.mean(|it| it.precision)
    }

    pub(super) fn rank(&self) -> Option<f64> {
        self.mean(|it| it.rank)
    }

    pub(super) fn gain(&self) -> Option<f64> {
        self.mean(|it| it.gain)
    }

    pub(super) fn hit(&self) -> Option<f64> {
        self.rate(|it| it.hit)
    }

    pub(super) fn recall(&self) -> Option<f64> {
        self.mean(|it| it.recall)
    }

    pub(super) fn understood(&self) -> Option<f64> {
        self.rate(|it| it.understood)
    }

    pub(super) fn in_time(&self) -> Option<f64> {
        self.rate(|it| it.letters.map(|letters| letters.1))
    }

    pub(super) fn danger(&self) -> Option<f64> {
        self.rate(|it| it.danger)
    }

    pub(super) fn calm(&self) -> Option<f64> {
        self.rate(|it| Some(!it.alarm))
    }

    pub(super) fn kept(&self) -> Option<f64> {
        self.rate(|it| Some(it.kept))
    }

    /// A line of the table.
    pub(super) fn line(&self, name: &str) -> String {
        let cell = |value: Option<f64>| value.map_or("     -".to_owned(), |value| format!("{value:6.3}"));
        let letters = self.mean(|it| it.letters.map(|letters| share(letters.0, 1)));
        format!(
            "{name:<28} {:>4}  {} {} {} {} {} {} {} {} {} {} {}",
            self.verdicts.len(),
            cell(self.precision()),
            cell(self.gain()),
            cell(self.rank()),
            cell(self.mean(|it| it.rank_live)),
            cell(self.hit()),
            cell(self.recall()),
            cell(self.understood()),
            letters.map_or("     -".to_owned(), |letters| format!("{letters:6.1}")),
            cell(self.in_time()),
            cell(self.danger()),
            cell(self.kept()),
        )
    }
}

/// What stands above the lines.
pub(super) fn heading() -> String {
    format!(
        "{:<28} {:>4}  {}",
        "class, half", "asked", "  P@10   nDCG    MRR   live hit@10 recall undrst letter intime danger   kept"
    )
}

/// A measure and what it must not fall under.
pub(super) struct Floor {
    pub(super) name: &'static str,
    pub(super) value: Option<f64>,
    pub(super) least: f64,
}

impl Floor {
    /// Whether it holds. What nothing was asked about holds.
    pub(super) fn holds(&self) -> bool {
        self.value.is_none_or(|value| value >= self.least)
    }
}
