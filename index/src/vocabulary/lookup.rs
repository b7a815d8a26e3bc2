//! Phrases found by their first word, and words by what was nearly typed: made once, because `understand` asks at
//! every key.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Little, Vocabulary};
use crate::text::{self, Letters};

/// What a phrase of the vocabulary is there for. The numbers count the entries of their list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// It stands for a wish.
    Wish(usize),
    /// It means something beside others.
    Little(Role),
    /// It stands for what directories write.
    Synonym(usize),
}

/// What a little word does ([`Little`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Empty,
    Near,
    In,
    Within,
    Miles,
    Kilometers,
    After,
    Before,
    At,
    Am,
    Pm,
    Under,
    Dollars,
    Week,
    Month,
    Explain,
}

/// A phrase and its use.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// Its words, at least one.
    pub(crate) words: Vec<String>,
    /// What it is there for.
    pub(crate) used: Use,
}

/// All phrases of a vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Lookup {
    /// By their first word, the longest first.
    phrases: HashMap<String, Vec<Phrase>>,
    /// Every word that stands somewhere, in order.
    words: Vec<Word>,
    /// Words that are listed as slips, with what is meant by them.
    slips: HashMap<String, String>,
}

/// A word of some phrase.
#[derive(Debug)]
struct Word {
    text: String,
    letters: Letters,
    /// The uses of its phrases for which a slip in it is forgiven.
    uses: Vec<Use>,
}

impl Lookup {
    fn new(vocabulary: &Vocabulary) -> Self {
        /// A shorter little word is too near to everything.
        const SHORTEST_LITTLE: usize = 4;
        let mut made = Self::default();
        let mut words: HashMap<&str, Vec<Use>> = HashMap::new();
        for (used, phrases) in entries(vocabulary) {
            for phrase in phrases {
                made.add(phrase, used);
                for word in phrase {
                    let uses = words.entry(word).or_default();
                    let is_sure = !matches!(used, Use::Little(_)) || word.len() >= SHORTEST_LITTLE;
                    if is_sure && uses.last() != Some(&used) {
                        uses.push(used);
                    }
                }
            }
        }
        for word in vocabulary.danger.iter().flatten() {
            words.entry(word).or_default();
        }
        let words = words.into_iter();
        made.words = words.map(|(text, uses)| Word { text: text.into(), letters: Letters::of(text), uses }).collect();
        made.words.sort_unstable_by(|one, other| one.text.cmp(&other.text));
        for phrases in made.phrases.values_mut() {
            phrases.sort_by_key(|phrase| Reverse(phrase.words.len()));
        }
        made.slips = made.listed_slips(vocabulary);
        made
    }

    fn add(&mut self, phrase: &[String], used: Use) {
        let Some(first) = phrase.first() else { return };
        let phrase = Phrase { words: phrase.to_vec(), used };
        match self.phrases.get_mut(first) {
            Some(phrases) => phrases.push(phrase),
            None => drop(self.phrases.insert(first.clone(), vec![phrase])),
        }
    }

    /// Words that stand for one word alone, of which they are slips, and by themselves for nothing else.
    fn listed_slips(&self, vocabulary: &Vocabulary) -> HashMap<String, String> {
        let mut slips = HashMap::new();
        for (number, synonym) in vocabulary.synonyms.iter().enumerate() {
            let [written] = synonym.written.as_slice() else { continue };
            let [meant] = written.as_slice() else { continue };
            for typed in synonym.typed.iter().filter_map(|typed| typed.first().filter(|_| typed.len() == 1)) {
                let mut used = self.starting(typed).iter().filter(|phrase| phrase.words.len() == 1);
                let alone = used.all(|phrase| phrase.used == Use::Synonym(number));
                if alone && typed != meant && text::cost(typed, meant).is_some() {
                    slips.insert(typed.clone(), meant.clone());
                }
            }
        }
        slips
    }

    /// The phrases that begin with this word, the longest first.
    pub(crate) fn starting(&self, first: &str) -> &[Phrase] {
        self.phrases.get(first).map_or(&[], Vec::as_slice)
    }

    /// Whether this word stands in some phrase.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.binary_search_by(|known| known.text.as_str().cmp(word)).is_ok()
    }

    /// Whether some longer word begins so.
    pub(crate) fn goes_on(&self, start: &str) -> bool {
        let next = self.words.partition_point(|known| known.text.as_str() <= start);
        self.words.get(next).is_some_and(|word| word.text.starts_with(start))
    }

    /// What is meant by a word that is listed as a slip.
    pub(crate) fn listed_slip(&self, typed: &str) -> Option<&str> {
        self.slips.get(typed).map(String::as_str)
    }

    /// The word that was likeliest meant by `typed`. Nothing when two words that have nothing to do with each other are
    /// as likely.
    pub(crate) fn nearest(&self, typed: &str) -> Option<&str> {
        let letters = Letters::of(typed);
        let mut best: Option<(u8, &str, &[Use])> = None;
        let mut alone = true;
        let guessed = self.words.iter().filter(|word| !word.uses.is_empty() && letters.may_slip_to(word.letters));
        for Word { text: word, uses, .. } in guessed {
            let Some(cost) = text::cost(typed, word) else { continue };
            match best {
                Some((least, ..)) if cost > least => {}
                Some((least, _, known)) if cost == least => alone &= uses.iter().any(|used| known.contains(used)),
                _ => (best, alone) = (Some((cost, word.as_str(), uses.as_slice())), true),
            }
        }
        best.filter(|_| alone).map(|(_, word, _)| word)
    }
}

/// All phrases of a vocabulary by their use.
fn entries(vocabulary: &Vocabulary) -> impl Iterator<Item = (Use, &[Vec<String>])> {
    let wishes = vocabulary.wishes.iter().enumerate().map(|(at, wish)| (Use::Wish(at), wish.typed.as_slice()));
    let little = roles(&vocabulary.little).into_iter().map(|(role, phrases)| (Use::Little(role), phrases));
    let synonyms = vocabulary.synonyms.iter().enumerate();
    wishes.chain(little).chain(synonyms.map(|(at, synonym)| (Use::Synonym(at), synonym.typed.as_slice())))
}

fn roles(little: &Little) -> [(Role, &[Vec<String>]); 16] {
    [
        (Role::Empty, &little.empty),
        (Role::Near, &little.near),
        (Role::In, &little.r#in),
        (Role::Within, &little.within),
        (Role::Miles, &little.miles),
        (Role::Kilometers, &little.kilometers),
        (Role::After, &little.after),
        (Role::Before, &little.before),
        (Role::At, &little.at),
        (Role::Am, &little.am),
        (Role::Pm, &little.pm),
        (Role::Under, &little.under),
        (Role::Dollars, &little.dollars),
        (Role::Week, &little.week),
        (Role::Month, &little.month),
        (Role::Explain, &little.explain),
    ]
}

/// A vocabulary's lookup, made when it is first asked for. It adds nothing to what the vocabulary says: copies make
/// their own, and all are equal.
#[derive(Default)]
pub(crate) struct Made(OnceLock<Lookup>);

impl Made {
    pub(super) fn of(&self, vocabulary: &Vocabulary) -> &Lookup {
        self.0.get_or_init(|| Lookup::new(vocabulary))
    }
}

impl Clone for Made {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Made {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Made {}

impl std::fmt::Debug for Made {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Made")
    }
}
