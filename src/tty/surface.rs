//! What the drawing goes to: crossterm's output, and nothing of its input.
//!
//! crossterm answers "how large" with a program (`tput`) where the system call fails, and "where is the cursor" by
//! reading the visitor's keys. Here the size comes from the system call, within [`super::LARGEST`], and the cursor is
//! where we last put it.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// What is being drawn. It goes out when it is whole, in one write, if the terminal takes it. What is not taken stays
/// first in line; when the visit ends before, it is nobody's any more, and is not written on the way out.
#[derive(Debug)]
struct Whole<W> {
    bytes: Vec<u8>,
    out: W,
}

impl<W: Write> Write for Whole<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut taken = 0;
        let ended = loop {
            let rest = self.bytes.get(taken..).unwrap_or_default();
            if rest.is_empty() {
                break self.out.flush();
            }
            match self.out.write(rest) {
                Ok(0) => break Err(io::ErrorKind::WriteZero.into()),
                Ok(more) => taken += more,
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(fault) => break Err(fault),
            }
        };
        self.bytes.drain(..taken.min(self.bytes.len()));
        ended
    }
}

/// The surface of a terminal.
#[derive(Debug)]
pub struct Surface<W: Write> {
    out: CrosstermBackend<Whole<W>>,
    size: fn() -> crate::layout::Size,
    cursor: Position,
}

impl<W: Write> Surface<W> {
    /// A surface that is written to `out` and has the size that `size` says.
    pub fn over(out: W, size: fn() -> crate::layout::Size) -> Self {
        let out = CrosstermBackend::new(Whole { bytes: Vec::new(), out });
        Self { out, size, cursor: Position::ORIGIN }
    }
}

impl<W: Write> Backend for Surface<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.out.draw(content)
    }

    fn append_lines(&mut self, lines: u16) -> io::Result<()> {
        self.out.append_lines(lines)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.out.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.out.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        self.out.set_cursor_position(self.cursor)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.out.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.out.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        let size = (self.size)();
        Ok(Size { width: size.width, height: size.height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        // Pixels are nobody's business here.
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.out)
    }
}
