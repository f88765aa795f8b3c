use std::borrow::Cow;

use super::{Placed, Shown, write};
use crate::app::msg::Size;
use proptest::prelude::*;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};

type Cells = Vec<(u16, u16, Cell)>;

fn placed(cells: &Cells) -> Vec<Placed<'_>> {
    cells.iter().map(|(x, y, cell)| (*x, *y, Cow::Borrowed(cell))).collect()
}

fn drawn(cells: &Cells) -> impl Iterator<Item = (u16, u16, &Cell)> {
    cells.iter().map(|(x, y, cell)| (*x, *y, cell))
}

fn encoded(cells: &Cells) -> String {
    over(&Cells::new(), cells)
}

/// Encodes what changed from what is shown.
fn over(before: &Cells, cells: &Cells) -> String {
    let (mut to, mut shown) = (Vec::new(), Shown::empty(Size { width: 40, height: 8 }));
    shown.keep(&placed(before));
    write(&placed(cells), &shown, &mut to).unwrap();
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
    let texts = [(4, 2, "ab", PLAIN), (10, 2, "c", PLAIN), (15, 2, "d", bold), (16, 2, "e", bold)];
    assert_eq!(encoded(&cells(&texts)), "\x1b[3;5Hab\x1b[4Cc\x1b[4C\x1b[1mde\x1b[m");
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

#[test]
fn many_blanks_are_erased_and_take_the_attributes_that_are_set() {
    let (bold, many) = (PLAIN.bold(), " ".repeat(12));
    let texts = [(0, 0, "a", bold), (1, 0, "     ", PLAIN), (6, 0, "b", bold), (7, 0, many.as_str(), PLAIN)];
    assert_eq!(encoded(&cells(&texts)), "\x1b[1H\x1b[1ma     b\x1b[12X\x1b[m");
    let texts = [(0, 0, many.as_str(), PLAIN), (12, 0, "b", PLAIN), (0, 1, &many[..8], PLAIN), (8, 1, "c", PLAIN)];
    assert_eq!(encoded(&cells(&texts)), "\x1b[1H\x1b[12X\x1b[12Cb\x1b[2H        c");
    let texts = [(0, 0, "     ", PLAIN), (6, 0, "b", PLAIN), (0, 1, "     ", PLAIN), (9, 1, "c", PLAIN)];
    assert_eq!(encoded(&cells(&texts)), "\x1b[1H      b\x1b[2H\x1b[5X\x1b[9Cc", "what comes behind decides");
    let texts = [(0, 0, many.as_str(), PLAIN.underlined()), (0, 1, many.as_str(), PLAIN.bg(Color::Red))];
    assert_eq!(encoded(&cells(&texts)), format!("\x1b[1H\x1b[4m{many}\x1b[2H\x1b[0;41m{many}\x1b[m"));
}

#[test]
fn a_few_cells_are_rather_written_again_than_stepped_over() {
    let before = cells(&[(1, 0, "of", PLAIN), (6, 0, "ü.", PLAIN), (10, 0, "of", PLAIN.bold())]);
    let texts = [(0, 0, "1", PLAIN), (3, 0, "2", PLAIN), (8, 0, "3", PLAIN), (9, 0, "4", PLAIN), (12, 0, "5", PLAIN)];
    assert_eq!(over(&before, &cells(&texts)), "\x1b[1H1of2\x1b[4C34\x1b[2C5");
    let wide = cells(&[(1, 0, "xy", PLAIN), (1, 0, "界", PLAIN)]);
    let texts = [(0, 0, "1", PLAIN), (3, 0, "2", PLAIN)];
    assert_eq!(over(&wide, &cells(&texts)), "\x1b[1H1\x1b[2C2", "half of a wide one must not be written");
}

/// What a terminal shows of it, cell by cell; of a blank, what is seen.
fn shown(bytes: &[u8]) -> Vec<String> {
    let mut parser = vt100::Parser::new(4.try_into().unwrap(), 20.try_into().unwrap(), 0);
    parser.process(bytes);
    let cell = |y, x| {
        let cell = parser.screen().cell(y, x).unwrap();
        let on_blank = (cell.bgcolor(), cell.underline(), cell.inverse());
        if cell.contents().trim().is_empty() {
            // Its own colour is seen where it is reversed or underlined.
            let own = (on_blank.1 || on_blank.2).then(|| cell.fgcolor());
            return format!("blank {on_blank:?} {own:?}");
        }
        let letter = (cell.contents(), cell.fgcolor(), cell.bold(), cell.dim(), cell.italic());
        format!("{letter:?} {on_blank:?}")
    };
    (0..4).flat_map(|y| (0..20).map(move |x| (y, x))).map(|(y, x)| cell(y, x)).collect()
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
    let blank = (Just(" ".to_owned()), Just(Color::Reset), Just(Color::Reset), Just(Modifier::empty()));
    let letter = (prop_oneof!["[ -~]", "[äß▌●]"], colour(), colour(), modifier);
    prop_oneof![blank, letter].prop_map(|(symbol, fg, bg, modifier)| {
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

    #[test]
    fn what_changed_leads_from_one_picture_to_the_other(
        before in proptest::collection::vec(cell(), 80),
        after in proptest::collection::vec(prop_oneof![Just(None), cell().prop_map(Some)], 80),
    ) {
        let place = |at: usize| (u16::try_from(at % 20).unwrap(), u16::try_from(at / 20).unwrap());
        let all = |cells: Vec<Cell>| -> Cells {
            cells.into_iter().enumerate().map(|(at, cell)| (place(at).0, place(at).1, cell)).collect()
        };
        let whole = all(before.iter().zip(&after).map(|(old, new)| new.as_ref().unwrap_or(old).clone()).collect());
        let before = all(before);
        let changed: Cells = whole.iter().zip(&before).filter(|(new, old)| new != old).map(|(new, _)| new.clone()).collect();
        let mut usual = Vec::new();
        CrosstermBackend::new(&mut usual).draw(drawn(&whole)).unwrap();
        let both = encoded(&before) + &over(&before, &changed);
        prop_assert_eq!(shown(both.as_bytes()), shown(&usual));
    }
}
