//! From the bytes of a feed to the hits of a question.

pub mod feed;
pub mod generation;
pub mod merge;
pub mod query;
pub mod record;
pub mod schedule;
pub mod shelf;
pub mod strict;
pub mod text;
pub mod understand;
pub mod vocabulary;
