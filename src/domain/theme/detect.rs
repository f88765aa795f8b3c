//! What the environment and the terminal say about colours and letters.

use super::colour::contrast;

type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Depth {
    /// None, or none are wanted.
    None,
    #[default]
    Sixteen,
    Indexed,
    True,
}

/// Terminals with 16 million colours, by the beginning of `TERM`.
const TRUE_COLOUR: [&str; 6] = ["xterm-kitty", "alacritty", "foot", "wezterm", "xterm-ghostty", "ghostty"];
/// Terminals without colour, likewise.
const NO_COLOUR: [&str; 4] = ["vt100", "vt102", "vt220", "dumb"];

impl Depth {
    /// From `NO_COLOR` (no-color.org: set and not empty), `COLORTERM` and `TERM`; in Windows Terminal, which sets none of
    /// them, from `WT_SESSION`.
    pub fn detect(env: Env<'_>) -> Self {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        let term = set("TERM").unwrap_or_default();
        let begins = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
        if set("NO_COLOR").is_some() || begins(&NO_COLOUR) || term.ends_with("-m") || term.ends_with("-mono") {
            return Self::None;
        }
        let many = set("COLORTERM").is_some_and(|depth| ["truecolor", "24bit"].contains(&depth.as_str()));
        // Inside GNU screen the variable is that of the terminal around it, and screen itself garbles such colours.
        let screen = term.starts_with("screen") && set("TMUX").is_none();
        match term.as_str() {
            "linux" => Self::Sixteen,
            "" if set("WT_SESSION").is_some() => Self::True,
            _ if (many || begins(&TRUE_COLOUR) || term.ends_with("-direct")) && !screen => Self::True,
            _ if many || term.contains("256") => Self::Indexed,
            _ => Self::Sixteen,
        }
    }
}

/// Whether the terminal's own background is dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    #[default]
    Unknown,
    Dark,
    Light,
}

impl Background {
    /// From `COLORFGBG` (`15;0`, `0;default;15`), else from what is known of `TERM`.
    pub fn detect(env: Env<'_>) -> Self {
        let colours = env("COLORFGBG").unwrap_or_default();
        match colours.rsplit(';').next().and_then(|number| number.trim().parse::<u8>().ok()) {
            Some(7 | 9..=15) => Self::Light,
            Some(0..=6 | 8) => Self::Dark,
            _ if env("TERM").is_some_and(|term| term == "linux") => Self::Dark,
            _ => Self::Unknown,
        }
    }

    /// From its colour: dark is what white is read on better than black.
    pub fn of(rgb: [u8; 3]) -> Self {
        if contrast(rgb, [255; 3]) >= contrast(rgb, [0; 3]) { Self::Dark } else { Self::Light }
    }

    /// From a terminal's answer to OSC 11: `11;rgb:1e1e/1e1e/2e2e`, `11;#1e1e2e`, also `rgba:`.
    pub fn of_answer(answer: &str) -> Option<Self> {
        let colour = answer.strip_prefix("11;")?;
        let parts: Vec<&str> = match colour.strip_prefix('#') {
            Some(digits) if digits.is_ascii() && !digits.is_empty() && digits.len() % 3 == 0 => {
                let each = digits.len() / 3;
                (0..3).filter_map(|at| digits.get(at * each..(at + 1) * each)).collect()
            }
            Some(_) => return None,
            None => {
                let parts = colour.strip_prefix("rgba:").or_else(|| colour.strip_prefix("rgb:"))?;
                parts.split('/').take(3).collect()
            }
        };
        // One to four digits each, of whatever that many digits can say at most.
        let part = |text: &&str| {
            if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            let most = 16_u32.checked_pow(u32::try_from(text.len()).ok().filter(|len| (1..=4).contains(len))?)? - 1;
            u8::try_from(u32::from_str_radix(text, 16).ok()? * 255 / most).ok()
        };
        let rgb: Vec<u8> = parts.iter().filter_map(part).collect();
        <[u8; 3]>::try_from(rgb).ok().map(Self::of)
    }
}

/// Whether signs beyond ASCII cannot be shown: the Linux console's font has few of them, and a locale may say that the
/// terminal reads no UTF-8. Without any locale nothing is known, and nearly every terminal does.
pub fn needs_ascii(env: Env<'_>) -> bool {
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    if set("TERM").is_some_and(|term| term == "linux") {
        return true;
    }
    let Some(locale) = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set) else { return false };
    let charset = locale.split_once('.').map(|(_, charset)| charset.split('@').next().unwrap_or_default());
    match charset {
        Some(charset) => !charset.to_ascii_lowercase().replace('-', "").contains("utf8"),
        None => ["C", "POSIX"].contains(&locale.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env<'a>(variables: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_number_of_colours_follows_the_environment() {
        for (variables, depth) in [
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")][..], Depth::True),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")], Depth::None),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], Depth::Indexed),
            (&[("TERM", "xterm-kitty")], Depth::True),
            (&[("TERM", "xterm-direct")], Depth::True),
            (&[("TERM", "screen.xterm-256color"), ("COLORTERM", "truecolor")], Depth::Indexed),
            (&[("TERM", "screen-256color"), ("COLORTERM", "truecolor"), ("TMUX", "/t")], Depth::True),
            (&[("TERM", "linux"), ("COLORTERM", "truecolor")], Depth::Sixteen),
            (&[("TERM", "xterm")], Depth::Sixteen),
            (&[("TERM", "vt220")], Depth::None),
            (&[("TERM", "xterm-mono")], Depth::None),
            (&[("WT_SESSION", "1")], Depth::True),
            (&[("WT_SESSION", "1"), ("TERM", "xterm")], Depth::Sixteen),
            (&[], Depth::Sixteen),
        ] {
            assert_eq!(Depth::detect(&env(variables)), depth, "{variables:?}");
        }
    }

    #[test]
    fn light_or_dark_is_what_the_environment_says_if_anything() {
        for (variables, background) in [
            (&[("COLORFGBG", "15;0")][..], Background::Dark),
            (&[("COLORFGBG", "0;15")], Background::Light),
            (&[("COLORFGBG", "0;default;15")], Background::Light),
            (&[("COLORFGBG", "15;default")], Background::Unknown),
            (&[("COLORFGBG", "")], Background::Unknown),
            (&[("TERM", "linux")], Background::Dark),
            (&[], Background::Unknown),
        ] {
            assert_eq!(Background::detect(&env(variables)), background, "{variables:?}");
        }
    }

    #[test]
    fn a_terminal_tells_its_background_in_several_forms() {
        for (answer, background) in [
            ("11;rgb:0000/0000/0000", Some(Background::Dark)),
            ("11;rgb:fdfd/f6f6/e3e3", Some(Background::Light)),
            ("11;rgb:00/2b/36", Some(Background::Dark)),
            ("11;rgba:ffff/ffff/ffff/8000", Some(Background::Light)),
            ("11;#1e1e2e", Some(Background::Dark)),
            ("11;#ffffffffffff", Some(Background::Light)),
            ("10;rgb:ffff/ffff/ffff", None),
            ("11;rgb:ffff/ffff", None),
            ("11;rgb:fffff/0/0", None),
            ("11;rgb:/0/0", None),
            ("11;#", None),
            ("11;#ééé", None),
            ("11;?", None),
            ("", None),
        ] {
            assert_eq!(Background::of_answer(answer), background, "{answer}");
        }
    }

    #[test]
    fn only_a_locale_that_says_so_and_the_console_need_ascii() {
        for (variables, ascii) in [
            (&[("LANG", "de_DE.UTF-8")][..], false),
            (&[("LANG", "C.utf8"), ("TERM", "xterm")], false),
            (&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")], true),
            (&[("LC_CTYPE", "POSIX")], true),
            (&[("LANG", "de_DE.ISO-8859-1")], true),
            (&[("LANG", "de_DE.UTF-8@euro"), ("TERM", "linux")], true),
            (&[("LANG", "de_DE")], false),
            (&[("LC_ALL", "")], false),
            (&[], false),
        ] {
            assert_eq!(needs_ascii(&env(variables)), ascii, "{variables:?}");
        }
    }
}
