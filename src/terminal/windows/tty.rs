//! The console as a terminal: both its modes, and what is written to it.
//!
//! It takes and gives what a terminal of Unix does, since Windows 10 of 2018 (1809). A write may block, as while
//! somebody marks text in the window.

use std::env;
use std::io;
use std::time::Duration;

use crossterm_winapi::{Console, ConsoleMode, Handle, HandleType};

use super::NoTerminal;
use crate::app::msg::Size;

/// <https://learn.microsoft.com/windows/console/setconsolemode>: Ctrl-C as a signal, whole lines, and their echo.
const COOKED_INPUT: u32 = 0x0001 | 0x0002 | 0x0004;
/// Changes of the size (`ENABLE_WINDOW_INPUT`), and keys as sequences (`ENABLE_VIRTUAL_TERMINAL_INPUT`).
const RAW_INPUT: u32 = 0x0008 | 0x0200;
/// Control characters and sequences are obeyed, and a line feed does not return the carriage.
const RAW_OUTPUT: u32 = 0x0001 | 0x0004 | 0x0008;

/// As in the other [`Tty`].
const MAX_SIZE: Size = Size { width: 1_280, height: 400 };

/// Bytes of one write: the console took 64 kB at most for a long time, in letters of two bytes.
const PIECE: usize = 8_192;

/// The modes of both directions.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    input: u32,
    output: u32,
}

impl Settings {
    pub(crate) fn make_raw(&mut self) {
        self.input = self.input & !COOKED_INPUT | RAW_INPUT;
        self.output |= RAW_OUTPUT;
    }
}

pub(crate) struct Tty {
    input: ConsoleMode,
    output: ConsoleMode,
    screen: Console,
}

impl Tty {
    pub(crate) fn open() -> color_eyre::Result<Self> {
        if env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(NoTerminal::Dumb.into());
        }
        let tty = Self::of(HandleType::InputHandle, HandleType::OutputHandle);
        // A file or a pipe has no mode; the terminal of Git Bash (mintty) is a pipe to us.
        let tty = tty.and_then(|tty| tty.settings().map(|_| tty));
        tty.map_err(|_| NoTerminal::NotATerminal.into())
    }

    /// The window, wherever standard input and output go.
    pub(crate) fn window() -> io::Result<Self> {
        Self::of(HandleType::CurrentInputHandle, HandleType::CurrentOutputHandle)
    }

    fn of(input: HandleType, output: HandleType) -> io::Result<Self> {
        let (input, output) = (Handle::new(input)?, Handle::new(output)?);
        Ok(Self { input: input.into(), output: output.clone().into(), screen: output.into() })
    }

    pub(crate) fn settings(&self) -> io::Result<Settings> {
        Ok(Settings { input: self.input.mode()?, output: self.output.mode()? })
    }

    pub(crate) fn set(&self, settings: &Settings) -> io::Result<()> {
        self.output.set_mode(settings.output)?;
        self.input.set_mode(settings.input)
    }

    /// At most [`MAX_SIZE`].
    pub(super) fn size(&self) -> Size {
        crossterm::terminal::size().map_or_else(
            |_| Size::default(),
            |(width, height)| Size { width: width.min(MAX_SIZE.width), height: height.min(MAX_SIZE.height) },
        )
    }

    /// Writes the first piece; never `None`, which would mean that nothing fits.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<Option<usize>> {
        self.screen.write_char_buffer(first_piece(bytes)).map(Some)
    }

    /// Whether everything was written: there is no way to limit the time that the console takes.
    pub(crate) fn write_within(&self, bytes: &[u8], _: Duration) -> bool {
        let mut rest = bytes;
        while !rest.is_empty() {
            match self.write(rest) {
                Ok(count) => rest = rest.get(count.unwrap_or_default()..).unwrap_or_default(),
                // Gone: waiting or discarding would not help.
                Err(_) => return true,
            }
        }
        true
    }

    /// A write waits itself.
    pub(super) fn wait_until_writable(&self, _: Option<Duration>) -> io::Result<bool> {
        Ok(true)
    }

    /// A closed window is told by a signal.
    pub(super) fn is_hung_up(&self) -> bool {
        false
    }

    /// What was written is on the screen.
    pub(super) fn discard_output(&self) {}
}

/// Not cut within a character.
fn first_piece(bytes: &[u8]) -> &[u8] {
    let mut end = bytes.len().min(PIECE);
    while end > 0 && bytes.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
        end -= 1;
    }
    bytes.get(..end).filter(|piece| !piece.is_empty()).unwrap_or(bytes)
}
