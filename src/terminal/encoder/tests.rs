use super::write;
use proptest::prelude::*;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};

type Cells = Vec<(u16, u16, Cell)>;

fn drawn(cells: &Cells) -> impl Iterator<Item = (u16, u16, &Cell)> {
    cells.iter().map(|(x, y, cell)| (*x, *y, cell))
}

fn encoded(cells: &Cells) -> String {
    let mut to = Vec::new();
    write(drawn(cells), &mut to).unwrap();
    String::from_utf8(to).unwrap()
}

/// Each text at a column and row, in a style.
fn cells(texts: &[(u16, u16, &str, Style)]) -> Cells {
    let graphemes = texts.iter().flat_map(|(x, y, text, style)| {
        text.chars().zip(*x..).map(|(c, x)| {
            let mut cell = Cell::default();
            cell.set_char(c).set_style(*style);
            (x, *y, cell)
        })
    });
    graphemes.collect()
}

const PLAIN: Style = Style::new();

#[test]
fn within_a_row_the_cursor_steps() {
    let bold = PLAIN.bold();
    let texts = [(4, 2, "ab", PLAIN), (8, 2, "c", PLAIN), (10, 2, "d", bold), (11, 2, "e", bold)];
    assert_eq!(encoded(&cells(&texts)), "\x1b[3;5Hab\x1b[2Cc\x1b[C\x1b[1mde\x1b[m");
}

#[test]
fn behind_letters_of_unsure_width_it_is_put() {
    let texts = [(4, 2, "äb", PLAIN), (8, 2, "c", PLAIN), (19, 2, "d", PLAIN)];
    assert_eq!(encoded(&cells(&texts)), "\x1b[3;5Häb\x1b[3;9Hc\x1b[10Cd");
    let texts = [(4, 2, "界", PLAIN), (6, 2, "x", PLAIN)];
    assert_eq!(encoded(&cells(&texts)), "\x1b[3;5H界\x1b[3;7Hx");
}

#[test]
fn in_another_row_it_is_put() {
    let texts = [(4, 2, "a", PLAIN), (0, 3, "b", PLAIN), (5, 3, "c", PLAIN), (6, 4, "d", PLAIN)];
    assert_eq!(encoded(&cells(&texts)), "\x1b[3;5Ha\x1b[4Hb\x1b[4Cc\x1b[5;7Hd");
}

#[test]
fn a_style_changes_by_the_shorter_way() {
    let dim = PLAIN.dim();
    let texts = [
        (0, 0, "a", dim.fg(Color::Yellow)),
        (1, 0, "b", dim),
        (2, 0, "c", dim.bold()),
        (3, 0, "d", PLAIN.bold()),
        (4, 0, "e", PLAIN.reversed().italic().crossed_out()),
        (5, 0, "f", PLAIN.bg(Color::LightBlue)),
        (6, 0, "g", PLAIN),
    ];
    let expected = "\x1b[1H\x1b[2;33ma\x1b[39mb\x1b[1mc\x1b[0;1md\x1b[0;3;7;9me\x1b[0;104mf\x1b[mg";
    assert_eq!(encoded(&cells(&texts)), expected);
}

/// What a terminal shows of it.
fn shown(bytes: &[u8]) -> Vec<u8> {
    let mut parser = vt100::Parser::new(4.try_into().unwrap(), 20.try_into().unwrap(), 0);
    parser.process(bytes);
    parser.screen().contents_formatted().into()
}

fn colour() -> impl Strategy<Value = Color> {
    prop_oneof![
        3 => Just(Color::Reset),
        3 => (0_u8..16).prop_map(|number| {
            use Color as C;
            [
                C::Black, C::Red, C::Green, C::Yellow, C::Blue, C::Magenta, C::Cyan, C::Gray, C::DarkGray, C::LightRed,
                C::LightGreen, C::LightYellow, C::LightBlue, C::LightMagenta, C::LightCyan, C::White,
            ][usize::from(number)]
        }),
        1 => any::<u8>().prop_map(Color::Indexed),
        1 => any::<[u8; 3]>().prop_map(|[red, green, blue]| Color::Rgb(red, green, blue)),
    ]
}

fn cell() -> impl Strategy<Value = Cell> {
    let modifier = prop_oneof![Just(Modifier::empty()), any::<u16>().prop_map(Modifier::from_bits_truncate)];
    // The emulator has either bold or dim.
    let modifier = modifier.prop_map(|modifier| {
        if modifier.contains(Modifier::BOLD) { modifier.difference(Modifier::DIM) } else { modifier }
    });
    (prop_oneof!["[ -~]", "[äß▌●]"], colour(), colour(), modifier).prop_map(|(symbol, fg, bg, modifier)| {
        let mut cell = Cell::default();
        cell.set_symbol(&symbol).set_style(PLAIN.fg(fg).bg(bg).add_modifier(modifier));
        cell
    })
}

proptest! {
    #[test]
    fn it_shows_what_the_usual_backend_shows(cells in proptest::collection::btree_map((0_u16..4, 0_u16..20), cell(), 1..40)) {
        let cells: Cells = cells.into_iter().map(|((y, x), cell)| (x, y, cell)).collect();
        let mut usual = Vec::new();
        CrosstermBackend::new(&mut usual).draw(drawn(&cells)).unwrap();
        let few = encoded(&cells);
        prop_assert_eq!(shown(few.as_bytes()), shown(&usual));
        prop_assert!(few.len() < usual.len());
    }
}
