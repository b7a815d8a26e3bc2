//! Told until nobody hears it any more, and then to nobody: staff who have gone from the glass still want what they asked
//! for.

use std::io::{self, Write};

/// What is told, while somebody hears it.
pub(super) struct Unheard<W>(Option<W>);

impl<W> Unheard<W> {
    pub(super) fn over(out: W) -> Self {
        Self(Some(out))
    }
}

impl<W: Write> Write for Unheard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(out) = &mut self.0 else { return Ok(bytes.len()) };
        match out.write(bytes) {
            Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => {
                self.0 = None;
                Ok(bytes.len())
            }
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.as_mut().map(Write::flush) {
            Some(Err(fault)) if fault.kind() != io::ErrorKind::BrokenPipe => Err(fault),
            _ => Ok(()),
        }
    }
}
