//! Colours of a terminal, and how well one is read on another.

use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// The terminal's own for text or background.
    Default,
    /// Of the terminal's palette: 0–15, which its user may have changed, and 16–255, which are the same everywhere.
    Indexed(u8),
    Rgb(u8, u8, u8),
}

/// The names of the first sixteen.
const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

impl FromStr for Colour {
    type Err = ();

    /// `default`, a name such as `bright-red`, a number of the palette, or `#rrggbb`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().to_ascii_lowercase();
        if text == "default" {
            return Ok(Self::Default);
        }
        if let Some(at) = NAMES.iter().position(|name| *name == text) {
            return u8::try_from(at).map(Self::Indexed).map_err(|_| ());
        }
        if let Some(digits) =
            text.strip_prefix('#').filter(|it| it.len() == 6 && it.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            let [_, red, green, blue] = u32::from_str_radix(digits, 16).map_err(|_| ())?.to_be_bytes();
            return Ok(Self::Rgb(red, green, blue));
        }
        text.parse().map(Self::Indexed).map_err(|_| ())
    }
}

/// The steps of the colour cube, 16–231.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Colour {
    /// Red, green and blue, where they are the same in every terminal.
    pub fn rgb(self) -> Option<[u8; 3]> {
        match self {
            Self::Default | Self::Indexed(..16) => None,
            Self::Rgb(red, green, blue) => Some([red, green, blue]),
            Self::Indexed(number @ 232..) => Some([8 + (number - 232) * 10; 3]),
            Self::Indexed(number) => {
                let at = usize::from(number - 16);
                let step = |at: usize| STEPS.get(at % 6).copied().unwrap_or_default();
                Some([step(at / 36), step(at / 6), step(at)])
            }
        }
    }

    /// The nearest of the 240 fixed colours.
    #[must_use]
    pub fn indexed(self) -> Self {
        let Self::Rgb(red, green, blue) = self else { return self };
        let wanted = [red, green, blue];
        let distance = |number: &u8| Self::Indexed(*number).rgb().map_or(u32::MAX, |rgb| distance(rgb, wanted));
        (16..=255).min_by_key(distance).map_or(self, Self::Indexed)
    }

    /// The nearest of the sixteen, as xterm shows them.
    #[must_use]
    pub fn sixteen(self) -> Self {
        const XTERM: [[u8; 3]; 16] = [
            [0, 0, 0],
            [205, 0, 0],
            [0, 205, 0],
            [205, 205, 0],
            [0, 0, 238],
            [205, 0, 205],
            [0, 205, 205],
            [229, 229, 229],
            [127, 127, 127],
            [255, 0, 0],
            [0, 255, 0],
            [255, 255, 0],
            [92, 92, 255],
            [255, 0, 255],
            [0, 255, 255],
            [255, 255, 255],
        ];
        let Some(wanted) = self.rgb() else { return self };
        let nearest = (0_u8..).zip(XTERM).min_by_key(|(_, rgb)| distance(*rgb, wanted));
        nearest.map_or(self, |(number, _)| Self::Indexed(number))
    }
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.into_iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.2, *contrast ratio*).
pub fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    linear.into_iter().zip([0.2126, 0.7152, 0.0722]).map(|(part, weight)| part * weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (black, white, grey) = ([0; 3], [255; 3], [0x76; 3]);
        assert!((contrast(black, white) - 21.0).abs() < 0.001 && (contrast(white, white) - 1.0).abs() < 0.001);
        assert!((contrast(grey, white) - 4.54).abs() < 0.01, "{}", contrast(grey, white));
    }

    #[test]
    fn colours_are_read_as_they_are_written() {
        for (text, colour) in [
            ("default", Some(Colour::Default)),
            ("Bright-Red", Some(Colour::Indexed(9))),
            ("247", Some(Colour::Indexed(247))),
            ("#9aa0b5", Some(Colour::Rgb(0x9a, 0xa0, 0xb5))),
            ("#9aa", None),
            ("#9aa0zz", None),
            ("#+9aa0b", None),
            ("256", None),
            ("pink", None),
        ] {
            assert_eq!(text.parse().ok(), colour, "{text}");
        }
    }

    #[test]
    fn the_nearest_colour_of_a_smaller_palette_is_taken() {
        assert_eq!(Colour::Indexed(243).rgb(), Some([0x76; 3]));
        assert_eq!(Colour::Indexed(136).rgb(), Some([0xaf, 0x87, 0]));
        assert_eq!(Colour::Rgb(0xaf, 0x87, 4).indexed(), Colour::Indexed(136));
        assert_eq!(Colour::Rgb(0, 0, 0).indexed(), Colour::Indexed(16), "not the palette's own black");
        assert_eq!(Colour::Indexed(231).sixteen(), Colour::Indexed(15));
        assert_eq!(Colour::Indexed(3).sixteen(), Colour::Indexed(3));
    }
}
