//! The size of the terminal, for who does not take it over.

/// Columns and rows of the terminal on standard output; `None` if it is none, or does not tell.
#[must_use]
pub fn size() -> Option<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    Some((size.ws_col, size.ws_row)).filter(|(columns, rows)| *columns > 0 && *rows > 0)
}
