//! The words that a site goes by: the built-in `config/words.toml`, or its own file in place of it.

use std::fmt;

use index::strict::Fault;
use index::vocabulary::{Vocabulary, VocabularyFiles};

/// The words of the field. The built-in ones are read where they are first asked for: the first frame does without them,
/// and does not wait.
#[derive(Clone, Copy)]
pub enum Words {
    /// Those that are compiled in.
    BuiltIn,
    /// The site's own.
    Own(&'static Vocabulary),
}

impl Words {
    /// The vocabulary. Whoever is the first to ask waits while it is read.
    pub fn vocabulary(self) -> &'static Vocabulary {
        match self {
            Self::BuiltIn => Vocabulary::builtin(),
            Self::Own(vocabulary) => vocabulary,
        }
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::BuiltIn => "Words(built in)",
            Self::Own(_) => "Words(own)",
        })
    }
}

/// The words of the field, with this file in place of the built-in words. It means the built-in terms and fellowships.
///
/// # Errors
/// Every fault of the file, in the order of the lines.
pub fn vocabulary(file: &str, text: &str) -> Result<Vocabulary, Vec<Fault>> {
    Vocabulary::read(&VocabularyFiles { words: (file, text), ..VocabularyFiles::BUILTIN })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_read_as_a_sites_own_give_the_built_in_vocabulary() {
        let words = VocabularyFiles::BUILTIN.words.1;
        assert_eq!(vocabulary("words.toml", words).as_ref(), Ok(Words::BuiltIn.vocabulary()));
    }

    #[test]
    fn faults_are_told_with_the_sites_own_file_and_line() {
        let faults = vocabulary("words.toml", "[[synonim]]\ntyped = [\"den\"]\n").unwrap_err();
        assert!(faults.iter().any(|fault| fault.to_string().starts_with("words.toml:1:")), "{faults:#?}");
    }
}
