//! ratatui's backend: a frame is gathered and written at once, inside a synchronized update.

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

use super::{Screen, encoder, letters};
use crate::app::msg::Size;
use crate::runtime::Hyperlink;

/// Asks the terminal nothing (an answer may never come) and writes nothing for a frame that changes nothing.
pub(crate) struct Canvas {
    /// What the next write holds.
    sheet: Vec<u8>,
    screen: Arc<Screen>,
    size: Size,
    cursor: Position,
    cursor_shown: bool,
    links: Vec<Hyperlink>,
    /// Cells of the screen that hold a letter two cells wide.
    wide: HashSet<(u16, u16)>,
}

impl Canvas {
    pub(crate) fn new(screen: Arc<Screen>) -> Self {
        let size = screen.size();
        Self {
            sheet: Vec::new(),
            screen,
            size,
            cursor: Position::ORIGIN,
            cursor_shown: false,
            links: Vec::new(),
            wide: HashSet::new(),
        }
    }

    /// The size that the next frame has.
    pub(crate) fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// After the terminal was taken anew: it is empty and shows no cursor.
    pub(crate) fn forget(&mut self) {
        self.cursor_shown = false;
        self.links.clear();
        self.wide.clear();
        self.sheet.clear();
    }

    /// For what is not cells: title, clipboard.
    pub(crate) fn sheet(&mut self) -> &mut Vec<u8> {
        &mut self.sheet
    }

    /// Writes links over the cells they cover (OSC 8), when a frame was drawn or they changed. Cursor and colours
    /// are saved around each (`ESC 7`, `ESC 8`).
    pub(crate) fn link(&mut self, links: Vec<Hyperlink>) -> io::Result<()> {
        if links.is_empty() && self.links.is_empty() || self.sheet.is_empty() && links == self.links {
            return Ok(());
        }
        // Proven before; but one escape character here would be the end of the sequence and the start of another.
        let safe = |link: &&Hyperlink| !link.text.chars().chain(link.uri.chars()).any(char::is_control);
        for Hyperlink { x, y, text, uri } in links.iter().filter(safe) {
            let (row, column) = (y.saturating_add(1), x.saturating_add(1));
            let text: String = text.graphemes(true).map(plain).collect();
            write!(self.sheet, "\x1b7\x1b[{row};{column}H\x1b[4m\x1b]8;;{uri}\x1b\\{text}\x1b]8;;\x1b\\\x1b8")?;
        }
        self.links = links;
        Ok(())
    }

    /// The cells to write. Where a narrow letter takes the place of the first half of a wide one, ratatui leaves it
    /// to the terminal to empty the second half, and not every terminal does: so that is written as well.
    fn whole<'a>(&mut self, content: impl Iterator<Item = (u16, u16, &'a Cell)>) -> Vec<(u16, u16, Cow<'a, Cell>)> {
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
            let cell = letters::instead(cell.symbol()).map_or(Cow::Borrowed(cell), |plain| {
                let mut cell = cell.clone();
                cell.set_symbol(&plain);
                Cow::Owned(cell)
            });
            cells.push((x, y, cell));
        }
        cells.extend(half.map(|(column, row)| (column, row, EMPTY)));
        cells
    }

    /// ratatui's own backend keeps no state; what it flushes in the middle of a frame is only gathered here.
    fn inner(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.sheet)
    }

    /// Sends what was gathered, if anything was.
    pub(crate) fn commit(&mut self) -> io::Result<()> {
        let sheet = std::mem::take(&mut self.sheet);
        if sheet.is_empty() {
            return Ok(());
        }
        let mut frame = Vec::with_capacity(sheet.len() + 16);
        queue!(frame, BeginSynchronizedUpdate)?;
        frame.extend_from_slice(&sheet);
        queue!(frame, EndSynchronizedUpdate)?;
        self.screen.write(&frame)
    }
}

fn plain(letter: &str) -> Cow<'_, str> {
    letters::instead(letter).map_or(Cow::Borrowed(letter), Cow::Owned)
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let content = self.whole(content);
        encoder::write(content.iter().map(|(x, y, cell)| (*x, *y, cell.as_ref())), &mut self.sheet)
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
        // Drawing cells moves the cursor, so "where it was" holds only while nothing was drawn.
        if position != self.cursor || !self.sheet.is_empty() {
            self.cursor = position;
            self.inner().set_cursor_position(position)?;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.wide.clear();
        self.inner().clear()
    }

    fn clear_region(&mut self, kind: ClearType) -> io::Result<()> {
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
