//! The desk beside the loop: opens the directory and looks things up in it. One question waits at most, the latest.
//! A search that breaks ends it, and with it the visit: whoever waited would wait in vain.

use std::sync::Arc;

use index::generation::Generation;
use index::query::{Counts, Here};
use index::record::{Record, RecordId};
use jiff::civil::Date;
use tokio::sync::{mpsc, watch};

use crate::ask::ask;
use crate::config::Words;
use crate::errand::News;
use crate::event::{Event, Question, Reply, Ticket};

/// Opens the directory, if there is any.
pub type Open = Box<dyn FnOnce() -> Option<Generation> + Send>;

/// What comes back from beside the loop.
pub(super) enum Outcome {
    Directory(Option<Counts>),
    Answer(Ticket, Reply),
    Opened(Ticket, Option<Arc<Record>>),
    Staff(Ticket, News),
}

impl Outcome {
    /// The ticket that it answers; none for the opening of the directory.
    pub(super) fn ticket(&self) -> Option<Ticket> {
        match self {
            // Nobody waits for the loop while staff are at work.
            Self::Directory(_) | Self::Staff(..) => None,
            Self::Answer(ticket, _) | Self::Opened(ticket, _) => Some(*ticket),
        }
    }
}

/// One thing to look up.
#[derive(Clone)]
pub(super) enum Wish {
    Search(Ticket, Question, usize),
    Open(Ticket, RecordId),
}

/// A wish, tied to the visit it belongs to and to its moment and place.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) visit: u64,
    pub(super) wish: Wish,
    pub(super) here: Here,
}

/// What an outcome means to the state; nothing, when it belongs to an earlier visit.
pub(super) fn event_of(outcome: Outcome, of_this_visit: bool) -> Option<Event> {
    match outcome {
        Outcome::Directory(Some(counts)) => Some(Event::Directory(counts)),
        Outcome::Directory(None) => Some(Event::NoDirectory),
        Outcome::Answer(ticket, answer) => of_this_visit.then_some(Event::Answer(ticket, answer)),
        Outcome::Opened(ticket, record) => of_this_visit.then_some(Event::Opened(ticket, record)),
        Outcome::Staff(ticket, news) => of_this_visit.then_some(Event::Staff(ticket, news)),
    }
}

/// Where outcomes go, each with the visit that it belongs to.
pub(super) type Answers = mpsc::UnboundedSender<(u64, Outcome)>;

/// What is found in the directory.
pub(super) fn look_up(generation: &Generation, asked: Asked, words: Words) -> Outcome {
    match asked.wish {
        Wish::Search(ticket, question, limit) => {
            Outcome::Answer(ticket, ask(generation, &question, words.vocabulary(), &asked.here, limit))
        }
        Wish::Open(ticket, id) => {
            let today = asked.here.now.date();
            Outcome::Opened(ticket, generation.record(&id).filter(|record| !record.is_hidden(today)))
        }
    }
}

/// Opens the directory and looks things up in it, beside the loop. One question waits at most: the latest. Ends when
/// looking up breaks.
pub(super) fn desk(
    words: Words,
    open: Open,
    look_up: fn(&Generation, Asked, Words) -> Outcome,
    today: Date,
    answers: Answers,
) -> watch::Sender<Option<Asked>> {
    let (questions, mut waiting) = watch::channel(None::<Asked>);
    tokio::spawn(async move {
        let generation = tokio::task::spawn_blocking(open).await.unwrap_or(None).map(Arc::new);
        let counts = generation.as_ref().map(|generation| generation.counts_on(today));
        let mut gone = answers.send((0, Outcome::Directory(counts))).is_err();
        let Some(generation) = generation else {
            // Nothing can be looked up. The loop goes on, for the crisis card; it ends this task by ending itself.
            return answers.closed().await;
        };
        // Whoever types first should not wait for the words to be read: they are read while nobody does.
        let _ = tokio::task::spawn_blocking(move || words.vocabulary()).await;
        while !gone && waiting.changed().await.is_ok() {
            let Some(asked) = waiting.borrow_and_update().clone() else { continue };
            let generation = generation.clone();
            let looking = tokio::task::spawn_blocking(move || (asked.visit, look_up(&generation, asked, words)));
            gone = match looking.await {
                Ok(outcome) => answers.send(outcome).is_err(),
                Err(_) => true,
            };
        }
    });
    questions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_that_breaks_closes_the_desk() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let open: Open = Box::new(|| crate::store::starter(Words::BuiltIn.vocabulary()).ok());
            let (answers, mut outcomes) = mpsc::unbounded_channel();
            let questions =
                desk(Words::BuiltIn, open, |_, _, _| panic!("a search that breaks"), Date::default(), answers);
            assert!(matches!(outcomes.recv().await, Some((0, Outcome::Directory(Some(_))))));
            assert!(!questions.is_closed());
            let now = "2026-11-24T18:00:00-05:00[America/New_York]".parse().unwrap();
            let wish = Wish::Search(Ticket(1), Question::default(), 10);
            questions.send_replace(Some(Asked { visit: 1, wish, here: Here { now, point: None } }));
            questions.closed().await;
        });
    }
}
