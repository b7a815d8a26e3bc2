//! Text from outside, made harmless and comparable: cleaned once in the importer, folded for searching.
