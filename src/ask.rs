//! A question put to the directory: the same at the glass and at the command line.

use index::generation::Generation;
use index::query::{Constraint, Here, Query};
use index::understand::understand;
use index::vocabulary::Vocabulary;

use crate::event::{Question, Reply};

/// What is asked, understood: the words, the door and what was chosen.
pub fn query(generation: &Generation, question: &Question, vocabulary: &Vocabulary, here: &Here) -> Query {
    let mut query = understand(&question.typed, vocabulary, generation, here);
    query.constraints.extend(question.door.map(Constraint::door));
    query.constraints.extend(question.chosen.iter().cloned().map(Constraint::chosen));
    query
}

/// The same for a question that is asked at once, as a whole: nothing more will be typed, so its last word may be a wish
/// although it could still become another word. What is a wish by no reading stays a beginning.
pub fn whole_query(generation: &Generation, question: &Question, vocabulary: &Vocabulary, here: &Here) -> Query {
    let so_far = query(generation, question, vocabulary, here);
    let finished = Question { typed: format!("{} ", question.typed), ..question.clone() };
    let finished = query(generation, &finished, vocabulary, here);
    let understood = |query: &Query| (query.constraints.len(), query.lost);
    if understood(&finished) > understood(&so_far) { finished } else { so_far }
}

/// The answer, with at most `limit` hits.
pub fn ask(generation: &Generation, question: &Question, vocabulary: &Vocabulary, here: &Here, limit: usize) -> Reply {
    let understand = if question.finished { whole_query } else { query };
    let query = understand(generation, question, vocabulary, here);
    let answer = generation.search(&query, limit);
    let Query { constraints, danger, nowhere, lost, .. } = query;
    Reply { constraints, danger, nowhere, lost, answer }
}
