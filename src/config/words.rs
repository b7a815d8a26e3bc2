//! A site's own words: what people type there, in place of the built-in `config/words.toml`.

use index::strict::Fault;
use index::vocabulary::{Vocabulary, VocabularyFiles};

/// The built-in files that a site does not replace: its words mean the same terms and fellowships.
const TERMS: (&str, &str) = ("config/codes/terms.toml", include_str!("../../config/codes/terms.toml"));
const FELLOWSHIPS: (&str, &str) =
    ("config/codes/fellowships.toml", include_str!("../../config/codes/fellowships.toml"));
const CODES: (&str, &str) = ("config/codes/meeting-guide.toml", include_str!("../../config/codes/meeting-guide.toml"));

/// The words of the field, with this file in place of the built-in words.
///
/// # Errors
/// Every fault of the file, in the order of the lines.
pub fn vocabulary(file: &str, text: &str) -> Result<Vocabulary, Vec<Fault>> {
    Vocabulary::read(&VocabularyFiles { terms: TERMS, fellowships: FELLOWSHIPS, codes: CODES, words: (file, text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_read_as_a_sites_own_give_the_built_in_vocabulary() {
        let words = include_str!("../../config/words.toml");
        assert_eq!(vocabulary("words.toml", words).as_ref(), Ok(Vocabulary::builtin()));
    }

    #[test]
    fn faults_are_told_with_the_sites_own_file_and_line() {
        let faults = vocabulary("words.toml", "[[synonim]]\ntyped = [\"den\"]\n").unwrap_err();
        assert!(faults.iter().any(|fault| fault.to_string().starts_with("words.toml:1:")), "{faults:#?}");
    }
}
