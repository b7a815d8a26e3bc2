//! The house and what is delivered with it, looked at as a whole.

mod floors;
mod starter;
