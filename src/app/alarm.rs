//! The box that stands above the hits while the words that were typed speak of danger for life.

use super::{Around, Results};
use crate::crisis;

/// What stands in the box. It moves with nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alarm {
    /// Its rows.
    pub rows: Vec<String>,
    /// A line across stands below them.
    pub ruled: bool,
}

impl Alarm {
    /// The most rows that it takes, so that the hits below it are seen and reached.
    const MOST: usize = 4;

    /// The rows that it takes.
    pub fn height(&self) -> usize {
        if self.rows.is_empty() { 0 } else { self.rows.len() + usize::from(self.ruled) }
    }
}

impl Results {
    /// The box above the hits; empty while nobody is in danger, and where there is no room for it and a hit.
    pub fn alarm(&self, around: &Around) -> Alarm {
        let most = (around.size.rows() / 3).min(Alarm::MOST);
        if !self.danger || most == 0 {
            return Alarm::default();
        }
        let ruled = most == Alarm::MOST;
        let width = usize::from(around.size.width).saturating_sub(3);
        let (own, language) = (&around.site.own_lines, around.site.locale.language());
        Alarm { rows: crisis::danger(own, language, width, most - usize::from(ruled)), ruled }
    }
}
