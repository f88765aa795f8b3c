/// The size of the terminal on standard output, in columns and rows.
pub fn size() -> Option<(u16, u16)> {
    system::size().filter(|(columns, rows)| *columns > 0 && *rows > 0)
}

#[cfg(unix)]
mod system {
    pub fn size() -> Option<(u16, u16)> {
        let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
        Some((size.ws_col, size.ws_row))
    }
}

#[cfg(windows)]
mod system {
    use std::io::{IsTerminal, stdout};

    pub fn size() -> Option<(u16, u16)> {
        // Else the size of the console would be told though a file is written to.
        stdout().is_terminal().then(crossterm::terminal::size)?.ok()
    }
}
