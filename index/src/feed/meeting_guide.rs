//! Meeting Guide JSON.

use super::{Feed, Harvest, Part};
use crate::vocabulary::Vocabulary;

/// Reads Meeting Guide JSON.
pub fn read(_feed: &Feed, _parts: &[Part<'_>], _vocabulary: &Vocabulary) -> Harvest {
    Harvest::default()
}
