//! The contrast of every pair of colours that is drawn together, over the whole table of themes.

use super::*;
use crate::domain::theme::{Colour, contrast};

/// What a theme is drawn on: the terminal's text and background, and its sixteen colours.
struct Terminal {
    name: &'static str,
    text: u32,
    background: u32,
    sixteen: [u32; 16],
}

const XTERM: [u32; 16] = [
    0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f, 0xff_0000,
    0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
];
const VGA: [u32; 16] = [
    0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa, 0x55_5555, 0xff_5555,
    0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
];
const SOLARIZED: [u32; 16] = [
    0x07_3642, 0xdc_322f, 0x85_9900, 0xb5_8900, 0x26_8bd2, 0xd3_3682, 0x2a_a198, 0xee_e8d5, 0x00_2b36, 0xcb_4b16,
    0x58_6e75, 0x65_7b83, 0x83_9496, 0x6c_71c4, 0x93_a1a1, 0xfd_f6e3,
];

const DARK: [Terminal; 3] = [
    Terminal { name: "xterm, dark", text: 0xe5_e5e5, background: 0x00_0000, sixteen: XTERM },
    Terminal { name: "VGA, dark", text: 0xaa_aaaa, background: 0x00_0000, sixteen: VGA },
    Terminal { name: "Solarized dark", text: 0x83_9496, background: 0x00_2b36, sixteen: SOLARIZED },
];
const LIGHT: [Terminal; 3] = [
    Terminal { name: "xterm, light", text: 0x00_0000, background: 0xff_ffff, sixteen: XTERM },
    Terminal { name: "VGA, light", text: 0x00_0000, background: 0xff_ffff, sixteen: VGA },
    Terminal { name: "Solarized light", text: 0x65_7b83, background: 0xfd_f6e3, sixteen: SOLARIZED },
];

fn parts(colour: u32) -> [u8; 3] {
    let [_, red, green, blue] = colour.to_be_bytes();
    [red, green, blue]
}

impl Terminal {
    fn rgb(&self, colour: Option<Color>, otherwise: u32) -> [u8; 3] {
        let number = match colour {
            None | Some(Color::Reset) => return parts(otherwise),
            Some(Color::Rgb(red, green, blue)) => return [red, green, blue],
            Some(Color::Indexed(number)) => return Colour::Indexed(number).rgb().expect("a fixed colour"),
            Some(named) => (0..16).find(|number| convert::color(Colour::Indexed(*number)) == named),
        };
        parts(self.sixteen[usize::from(number.expect("one of sixteen"))])
    }

    /// The contrast of a style that is laid over others, in the order in which they are drawn.
    fn contrast(&self, styles: &[Style]) -> f64 {
        let style = styles.iter().fold(Style::new(), |below, style| below.patch(*style));
        let one = self.rgb(style.fg, self.text);
        contrast(one, self.rgb(style.bg, self.background))
    }
}

/// Text and signs, on the screen and in the row under the cursor.
fn pairs(theme: &Theme) -> Vec<(&'static str, bool, Vec<Style>)> {
    let on = |name, is_text, style| (name, is_text, vec![theme.text, style]);
    let mut pairs = vec![
        on("text", true, Style::new()),
        on("muted", true, theme.muted),
        on("strong", true, theme.strong),
        on("title", true, theme.title),
        on("matched", true, theme.matched),
        on("mark", true, theme.mark),
        on("key", true, theme.key),
        on("button", true, theme.button),
        on("danger button", true, theme.danger_button),
        on("accent", false, theme.accent),
        on("frame", false, theme.frame),
        on("good", false, theme.good),
        on("waiting", false, theme.waiting),
        on("danger", false, theme.danger),
        on("chart", false, theme.chart),
        on("paper", true, theme.paper),
    ];
    pairs.extend(theme.tints.map(|(_, style)| on("tint", false, style)));
    let row = |name, is_text, style| (name, is_text, vec![theme.text, style, theme.selected]);
    pairs.extend([
        row("text in the row", true, Style::new()),
        row("muted in the row", true, theme.muted),
        row("matched in the row", true, theme.matched),
        row("good in the row", false, theme.good),
        row("waiting in the row", false, theme.waiting),
        row("danger in the row", false, theme.danger),
    ]);
    pairs.extend(theme.tints.map(|(_, style)| row("tint in the row", false, style)));
    pairs
}

/// The painted themes hold what they promise exactly, in 16 million colours and in 240, whatever the terminal is.
#[test]
fn painted_themes_have_the_contrast_of_the_standard() {
    let mut faults = Vec::new();
    for built_in in [BuiltIn::Dark, BuiltIn::Light, BuiltIn::Contrast, BuiltIn::Deuteranopia] {
        for background in [Background::Dark, Background::Light] {
            for depth in [Depth::True, Depth::Indexed] {
                let appearance =
                    Appearance { theme: built_in.as_str().into(), depth, background, ..Appearance::default() };
                let theme = Theme::of(&appearance);
                for (name, is_text, styles) in pairs(&theme) {
                    // Waiting, danger and the like are words in places, so that they are held to what words need.
                    let least =
                        match (built_in, is_text || !name.ends_with("row") && !matches!(name, "frame" | "chart")) {
                            (BuiltIn::Contrast, true) if is_text => 7.0,
                            (_, true) => 4.5,
                            (_, false) => 3.0,
                        };
                    let found = DARK[0].contrast(&styles);
                    if found < least {
                        faults.push(format!("{built_in:?} {background:?} {depth:?}: {name} {found:.2} < {least}"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// With the terminal's own palette as far as can be said: the text's own colour is taken as it is.
#[test]
fn the_terminals_theme_is_read_on_usual_palettes() {
    let mut faults = Vec::new();
    let known = [(Background::Dark, &DARK[..]), (Background::Light, &LIGHT)];
    // Solarized tells what it is; nothing unknown is as far from black and white.
    let unknown = [(Background::Unknown, &DARK[..2]), (Background::Unknown, &LIGHT[..2])];
    for (background, terminals) in known.into_iter().chain(unknown) {
        for (terminal, depth) in terminals.iter().flat_map(|it| [(it, Depth::Sixteen), (it, Depth::Indexed)]) {
            let theme = Theme::of(&Appearance { depth, background, ..Appearance::default() });
            let own = terminal.contrast(&[Style::new()]);
            for (name, is_text, styles) in pairs(&theme) {
                // xterm's bright black is no darker.
                let grey = depth == Depth::Sixteen && name == "muted" && background == Background::Light;
                let red = name == "danger button";
                let least = if is_text && !grey && !red { 4.5_f64.min(own) } else { 3.0 };
                let found = terminal.contrast(&styles);
                if found < least {
                    let terminal = terminal.name;
                    faults.push(format!("{terminal}, as {background:?}, {depth:?}: {name} {found:.2} < {least:.2}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_theme_has_dim_text_and_none_has_a_colour_where_none_are_wanted() {
    let all = || BuiltIn::ALL.into_iter().flat_map(|one| [(one, Background::Dark), (one, Background::Light)]);
    for depth in [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True] {
        for (built_in, background) in all() {
            let mut theme =
                Theme::of(&Appearance { theme: built_in.as_str().into(), depth, background, ..Appearance::default() });
            for meaning in Meaning::ALL {
                let style = *theme.style_mut(meaning);
                assert!(!style.add_modifier.contains(Modifier::DIM), "{built_in:?} {meaning:?}");
                let plain = |colour| matches!(colour, None | Some(Color::Reset));
                let wanted = depth == Depth::None || built_in == BuiltIn::Mono;
                assert!(!wanted || plain(style.fg) && plain(style.bg), "{built_in:?} {depth:?} {meaning:?}");
            }
        }
    }
}

#[test]
fn a_theme_of_ones_own_changes_what_it_names() {
    use crate::domain::theme::{Look, OwnTheme};
    let look = Look { fg: Some(Colour::Rgb(0x9a, 0xa0, 0xb5)), bold: Some(false), ..Look::default() };
    let own = OwnTheme { name: "mine".into(), parent: BuiltIn::Dark, looks: vec![(Meaning::Title, look)] };
    let mine = Appearance { theme: "mine".into(), own: vec![own], depth: Depth::True, ..Appearance::default() };
    let (theme, parent) = (Theme::of(&mine), painted::DARK.theme());
    assert_eq!((theme.title.fg, theme.title.add_modifier), (Some(Color::Rgb(0x9a, 0xa0, 0xb5)), Modifier::empty()));
    assert_eq!(Theme { title: parent.title, ..theme }, parent);
    let gone = Appearance { theme: "gone".into(), ..Appearance::default() };
    assert_eq!(Theme::of(&gone), Theme::of(&Appearance { theme: "terminal".into(), ..Appearance::default() }));
}
