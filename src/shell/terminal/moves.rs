//! Cursor moves in as few bytes as they need: a search changes letters here and there in every row, and half of
//! what is written then is where to write it.

use std::io::{self, Write};

/// Rewrites what ratatui's backend wrote for one frame. To the right within a row the cursor steps (`ESC [ n C`)
/// instead of being put. Only behind plain ASCII: of other letters terminals disagree how wide they are, and
/// a cursor that is put again at each gap cannot drift.
pub(super) fn shorten(frame: &[u8], to: &mut Vec<u8>) -> io::Result<()> {
    let mut at: Option<(u16, u16)> = None;
    let mut rest = frame;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            0x1b => {
                let len = sequence(after);
                let (sequence, after) = after.split_at_checked(len).unwrap_or((after, &[]));
                rest = after;
                let Some(target) = put(sequence) else {
                    // Colours leave the cursor where it is; of anything else nothing is assumed.
                    at = at.filter(|_| sequence.ends_with(b"m"));
                    to.push(byte);
                    to.extend_from_slice(sequence);
                    continue;
                };
                go(at, target, to)?;
                at = Some(target);
            }
            b' '..=b'~' => {
                to.push(byte);
                at = at.and_then(|(row, column)| Some((row, column.checked_add(1)?)));
            }
            _ => {
                to.push(byte);
                at = None;
            }
        }
    }
    Ok(())
}

fn go(from: Option<(u16, u16)>, (row, column): (u16, u16), to: &mut Vec<u8>) -> io::Result<()> {
    let steps = from.filter(|from| from.0 == row).and_then(|from| column.checked_sub(from.1));
    match steps {
        Some(0) => Ok(()),
        Some(1) => to.write_all(b"\x1b[C"),
        Some(steps) => write!(to, "\x1b[{steps}C"),
        None if column == 1 => write!(to, "\x1b[{row}H"),
        None => write!(to, "\x1b[{row};{column}H"),
    }
}

/// How long a control sequence is, its `[` and its last byte included.
fn sequence(after: &[u8]) -> usize {
    let last = after.iter().skip(1).position(|byte| (0x40..=0x7e).contains(byte));
    last.map_or(after.len(), |last| last + 2)
}

/// Row and column, from 1, of a sequence that puts the cursor.
fn put(sequence: &[u8]) -> Option<(u16, u16)> {
    let text = std::str::from_utf8(sequence).ok()?;
    let (row, column) = text.strip_prefix('[')?.strip_suffix('H')?.split_once(';')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::shorten;

    fn short(frame: &str) -> String {
        let mut to = Vec::new();
        shorten(frame.as_bytes(), &mut to).unwrap();
        String::from_utf8(to).unwrap()
    }

    #[test]
    fn within_a_row_the_cursor_steps() {
        assert_eq!(short("\x1b[3;5Hab\x1b[3;9Hc\x1b[1m\x1b[3;11Hd"), "\x1b[3;5Hab\x1b[2Cc\x1b[1m\x1b[Cd");
    }

    #[test]
    fn behind_letters_of_unsure_width_it_is_put() {
        assert_eq!(short("\x1b[3;5Hä\x1b[3;9Hc\x1b[3;20Hd"), "\x1b[3;5Hä\x1b[3;9Hc\x1b[10Cd");
        assert_eq!(short("\x1b[3;5H界\x1b[3;8Hx"), "\x1b[3;5H界\x1b[3;8Hx");
    }

    #[test]
    fn another_row_and_the_way_back_are_put() {
        assert_eq!(short("\x1b[3;5Ha\x1b[4;1Hb\x1b[4;1Hc"), "\x1b[3;5Ha\x1b[4Hb\x1b[4Hc");
    }

    #[test]
    fn after_what_is_not_known_it_is_put() {
        assert_eq!(short("\x1b[3;5Ha\x1b[2J\x1b[3;9Hb"), "\x1b[3;5Ha\x1b[2J\x1b[3;9Hb");
        assert_eq!(short("x\x1b[3;9Hb\x1b[cut"), "x\x1b[3;9Hb\x1b[cut");
    }

    #[test]
    fn both_ways_show_the_same_screen() {
        let frame =
            "\x1b[1;1HBrightwater\x1b[1;14H\x1b[31mGmbH\x1b[39m\x1b[1;80H|\x1b[2;1H|\x1b[2;3Höl\x1b[2;7Hx\x1b[2;9Hy";
        let mut screens = [frame.to_owned(), short(frame)].map(|bytes| {
            let mut parser = vt100::Parser::new(4.try_into().unwrap(), 80.try_into().unwrap(), 0);
            parser.process(bytes.as_bytes());
            parser.screen().contents_formatted()
        });
        let [before, after] = &mut screens;
        assert_eq!(before, after);
        assert!(short(frame).len() < frame.len());
    }
}
