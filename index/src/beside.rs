//! Two things at a time, on a machine with two processors.
//!
//! Invariant: both are done when it returns; what goes wrong in the thread is told, and never lost.

use std::io;
use std::thread;

/// Does one thing in a thread of its own, which goes by this name, while the other is done here.
///
/// # Errors
/// When no thread can be had, or it ended before its work did: the first has not been done then.
pub fn beside<A: Send, B>(
    name: &str,
    there: impl FnOnce() -> A + Send,
    here: impl FnOnce() -> B,
) -> (io::Result<A>, B) {
    thread::scope(|scope| {
        let there = thread::Builder::new().name(name.to_owned()).spawn_scoped(scope, there);
        let here = here();
        let broken = |_| io::Error::other(format!("the thread \"{name}\" ended before its work did"));
        (there.and_then(|there| there.join().map_err(broken)), here)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_done_and_a_thread_that_breaks_off_is_told() {
        let (there, here) = beside("sums", || 2 + 2, || 3 + 3);
        assert_eq!((there.unwrap(), here), (4, 6));
        let (there, here) = beside("sums", || assert_eq!(2 + 2, 5), || 3 + 3);
        assert_eq!(
            (there.unwrap_err().to_string().as_str(), here),
            ("the thread \"sums\" ended before its work did", 6)
        );
    }
}
