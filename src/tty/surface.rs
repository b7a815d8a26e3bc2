//! What the drawing goes to: crossterm's output, and nothing of its input.
//!
//! crossterm answers "how large" with a program (`tput`) where the system call fails, and "where is the cursor" by
//! reading the visitor's keys. Here the size comes from the system call, within [`super::LARGEST`], and the cursor is
//! where we last put it.

use std::io::{self, BufWriter, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// One frame of the largest screen fits, so that a frame is one write.
const FRAME: usize = 256 * 1024;

/// The surface of a terminal.
#[derive(Debug)]
pub struct Surface<W: Write> {
    out: CrosstermBackend<BufWriter<W>>,
    size: fn() -> crate::layout::Size,
    cursor: Position,
}

impl<W: Write> Surface<W> {
    /// A surface that is written to `out` and has the size that `size` says.
    pub fn over(out: W, size: fn() -> crate::layout::Size) -> Self {
        let out = CrosstermBackend::new(BufWriter::with_capacity(FRAME, out));
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
