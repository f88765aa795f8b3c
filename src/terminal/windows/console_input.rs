//! What the console has for us: with `ENABLE_VIRTUAL_TERMINAL_INPUT` its keys come as the sequences that terminals of
//! Unix send, so that one decoder reads both. Pastes, the mouse and answers come the same way.
//! <https://learn.microsoft.com/windows/console/setconsolemode>

use std::io;

use crossterm_winapi::{Console, Handle, HandleType, InputRecord, KeyEventRecord};

/// The Alt key. Letters that no key has come with its release, as if typed by their number.
const VK_MENU: u16 = 0x12;

pub(crate) struct ConsoleInput {
    console: Console,
    /// The first half of a character beyond U+FFFF, whose second comes with the next record.
    half: Option<u16>,
}

/// What came at once.
pub(crate) struct Came {
    pub bytes: Vec<u8>,
    /// The size may have changed.
    pub resized: bool,
}

impl ConsoleInput {
    /// Of the window, wherever standard input comes from.
    pub(crate) fn open() -> io::Result<Self> {
        Ok(Self { console: Handle::new(HandleType::CurrentInputHandle)?.into(), half: None })
    }

    /// Blocks until there is something. All that waits comes together: `ESC` and the letter behind it are one key.
    pub(crate) fn next(&mut self) -> io::Result<Came> {
        let mut records = vec![self.console.read_single_input_event()?];
        records.extend(self.console.read_console_input()?);
        let resized = records.iter().any(|record| matches!(record, InputRecord::WindowBufferSizeEvent(_)));
        let mut units: Vec<u16> = self.half.take().into_iter().collect();
        for record in &records {
            if let InputRecord::KeyEvent(key) = record {
                units.extend(typed(key));
            }
        }
        self.half = units.pop_if(|last| (0xD800..0xDC00).contains(last));
        Ok(Came { bytes: String::from_utf16_lossy(&units).into_bytes(), resized })
    }
}

fn typed(key: &KeyEventRecord) -> impl Iterator<Item = u16> {
    let is_one = key.u_char != 0 && (key.key_down || key.virtual_key_code == VK_MENU);
    let times = if is_one { usize::from(key.repeat_count.max(1)) } else { 0 };
    std::iter::repeat_n(key.u_char, times)
}
