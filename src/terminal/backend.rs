//! ratatui's backend: a frame is collected and written at once, inside a synchronized update.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::Arc;

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size as Area};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::encoder::{self, Placed, Shown};
use super::{Hyperlink, Screen, graphemes};
use crate::app::msg::Size;

/// Never queries the terminal (an answer may never come), and writes nothing for a frame without changes.
pub(crate) struct TerminalBackend {
    /// Bytes of the next write.
    pending: Vec<u8>,
    screen: Arc<Screen>,
    size: Size,
    cursor: Position,
    cursor_shown: bool,
    links: Vec<Hyperlink>,
    /// Cells with a character two cells wide.
    wide: HashSet<(u16, u16)>,
    shown: Shown,
}

impl TerminalBackend {
    pub(crate) fn new(screen: Arc<Screen>) -> Self {
        let size = screen.size();
        Self {
            pending: Vec::new(),
            screen,
            size,
            cursor: Position::ORIGIN,
            cursor_shown: false,
            links: Vec::new(),
            wide: HashSet::new(),
            shown: Shown::empty(size),
        }
    }

    pub(crate) fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// After entering the terminal, which is empty and shows no cursor.
    pub(crate) fn reset(&mut self) {
        self.cursor_shown = false;
        self.links.clear();
        self.wide.clear();
        self.shown = Shown::empty(self.size);
        self.pending.clear();
    }

    /// For title and clipboard.
    pub(crate) fn pending(&mut self) -> &mut Vec<u8> {
        &mut self.pending
    }

    /// Writes hyperlinks (OSC 8) over the cells they cover, after a frame or when they change. Cursor and colours are
    /// saved around each (`ESC 7`, `ESC 8`).
    pub(crate) fn write_links(&mut self, links: Vec<Hyperlink>) -> io::Result<()> {
        if links.is_empty() && self.links.is_empty() || self.pending.is_empty() && links == self.links {
            return Ok(());
        }
        // Checked before; but an escape character here would end the sequence and start another one.
        let safe = |link: &&Hyperlink| !link.text.chars().chain(link.uri.chars()).any(char::is_control);
        for Hyperlink { x, y, text, uri } in links.iter().filter(safe) {
            let (row, column) = (y.saturating_add(1), x.saturating_add(1));
            let text: String = text.graphemes(true).map(displayed).collect();
            write!(self.pending, "\x1b7\x1b[{row};{column}H\x1b[4m\x1b]8;;{uri}\x1b\\{text}\x1b]8;;\x1b\\\x1b8")?;
        }
        self.links = links;
        Ok(())
    }

    /// The cells to write. When a narrow character replaces the first half of a wide one, ratatui leaves it to the
    /// terminal to clear the second half, and not every terminal does, so it is written as well.
    fn prepare<'a>(&mut self, content: impl Iterator<Item = (u16, u16, &'a Cell)>) -> Vec<Placed<'a>> {
        const EMPTY: Cow<'static, Cell> = Cow::Borrowed(&Cell::EMPTY);
        let mut cells = Vec::new();
        let mut half: Option<(u16, u16)> = None;
        for (x, y, cell) in content {
            if let Some((column, row)) = half.take().filter(|half| *half != (x, y)) {
                cells.push((column, row, EMPTY));
            }
            let wide = cell.symbol().width() > 1;
            let was_wide = if wide { !self.wide.insert((x, y)) } else { self.wide.remove(&(x, y)) };
            if was_wide && !wide {
                half = Some((x.saturating_add(1), y));
            }
            let cell = graphemes::replacement(cell.symbol()).map_or(Cow::Borrowed(cell), |plain| {
                let mut cell = cell.clone();
                cell.set_symbol(&plain);
                Cow::Owned(cell)
            });
            cells.push((x, y, cell));
        }
        cells.extend(half.map(|(column, row)| (column, row, EMPTY)));
        cells
    }

    /// ratatui's own backend is stateless; its output is only collected here.
    fn inner(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.pending)
    }

    /// Writes what was collected.
    pub(crate) fn present(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return Ok(());
        }
        let mut frame = Vec::with_capacity(pending.len() + 16);
        queue!(frame, BeginSynchronizedUpdate)?;
        frame.extend_from_slice(&pending);
        queue!(frame, EndSynchronizedUpdate)?;
        self.screen.write(&frame)
    }
}

fn displayed(letter: &str) -> Cow<'_, str> {
    graphemes::replacement(letter).map_or(Cow::Borrowed(letter), Cow::Owned)
}

impl Backend for TerminalBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let content = self.prepare(content);
        encoder::write(&content, &self.shown, &mut self.pending)?;
        self.shown.keep(&content);
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown {
            self.cursor_shown = false;
            return self.inner().hide_cursor();
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if !self.cursor_shown {
            self.cursor_shown = true;
            return self.inner().show_cursor();
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        // Drawing moves the cursor, so its position is only known while nothing was drawn.
        if position != self.cursor || !self.pending.is_empty() {
            self.cursor = position;
            self.inner().set_cursor_position(position)?;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.wide.clear();
        self.shown = Shown::empty(self.size);
        self.inner().clear()
    }

    fn clear_region(&mut self, kind: ClearType) -> io::Result<()> {
        // Only of the whole screen is it known what is left.
        if kind == ClearType::All {
            return self.clear();
        }
        self.shown = Shown::empty(Size { width: 0, height: 0 });
        self.inner().clear_region(kind)
    }

    fn size(&self) -> io::Result<Area> {
        Ok(Area::new(self.size.width, self.size.height))
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Area::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
