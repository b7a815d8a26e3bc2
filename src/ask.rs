//! A question put to the directory: the same at the glass and at the command line.

use index::generation::Generation;
use index::query::{Answer, Constraint, Here, Query};
use index::understand::understand;
use index::vocabulary::Vocabulary;

use crate::event::Question;

/// What is asked, understood: the words, the door and the day.
pub fn query(question: &Question, vocabulary: &Vocabulary, here: &Here) -> Query {
    let mut query = understand(&question.typed, vocabulary, here);
    query.constraints.extend(question.door.map(Constraint::Door));
    query.constraints.extend(question.day.map(Constraint::Day));
    query
}

/// The answer, with at most `limit` hits.
pub fn ask(generation: &Generation, question: &Question, vocabulary: &Vocabulary, here: &Here, limit: usize) -> Answer {
    generation.search(&query(question, vocabulary, here), limit)
}
