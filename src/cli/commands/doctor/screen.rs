//! What the terminal can do, as far as it can be known without asking it.

use super::report::Check;
use crate::runtime::child::is_windows;

const SECTION: &str = "terminal";

/// Terminals that are known to show OSC 8 links, by `TERM_PROGRAM`.
const LINKING: [&str; 7] = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby"];
/// The same by the beginning of `TERM`.
const LINKING_TERMS: [&str; 5] = ["xterm-kitty", "foot", "alacritty", "xterm-ghostty", "wezterm"];
/// VTE (GNOME Terminal and others) shows links since 0.50.
const VTE_WITH_LINKS: u32 = 5_000;

type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

pub fn checks(terminal: bool, size: Option<(u16, u16)>, programs: &[&str], env: Env<'_>) -> Vec<Check> {
    vec![output(terminal, size), session(env), colours(env), letters(env), links(env), clipboard(programs, env)]
}

fn output(terminal: bool, size: Option<(u16, u16)>) -> Check {
    match (terminal, size) {
        (false, _) => {
            Check::skip(SECTION, "window", "the output goes elsewhere; the rest is judged by the environment".into())
        }
        (true, None) => Check::warn(SECTION, "window", "does not tell its size".into()),
        (true, Some((columns, rows))) if columns < 40 || rows < 12 => {
            Check::warn(SECTION, "window", format!("{columns}×{rows}: too small")).advice("Make it at least 80×24")
        }
        (true, Some((columns, rows))) => Check::ok(SECTION, "window", format!("{columns}×{rows}")),
    }
}

fn session(env: Env<'_>) -> Check {
    let named =
        [("TMUX", "in tmux"), ("STY", "in screen"), ("SSH_CONNECTION", "over SSH"), ("WSL_DISTRO_NAME", "in WSL")];
    let inside: Vec<_> = named.into_iter().filter_map(|(name, said)| env(name).map(|_| said)).collect();
    let program = env("TERM_PROGRAM").map(|name| format!("{name} ")).unwrap_or_default();
    let term = env("TERM").unwrap_or_else(|| "not set".into());
    let rest = if inside.is_empty() { String::new() } else { format!(", {}", inside.join(", ")) };
    Check::ok(SECTION, "session", format!("{program}TERM={term}{rest}"))
}

fn colours(env: Env<'_>) -> Check {
    let term = env("TERM").unwrap_or_default();
    let depth = env("COLORTERM").unwrap_or_default();
    let found = |said: &str| Check::ok(SECTION, "colours", said.into());
    if env("NO_COLOR").is_some() {
        found("none, as NO_COLOR says")
    } else if term.is_empty() && is_windows(env) {
        // Its terminals set no TERM.
        found(if env("WT_SESSION").is_some() { "16 million" } else { "16" })
    } else if term.is_empty() || term == "dumb" {
        Check::warn(SECTION, "colours", "none, and no full screen: TERM is not set or dumb".into())
            .advice("Set TERM to what your terminal is, such as xterm-256color")
    } else if ["truecolor", "24bit"].contains(&depth.as_str()) {
        found("16 million")
    } else if term.contains("256color") || term.contains("direct") {
        found("256")
    } else {
        found("16")
    }
}

fn letters(env: Env<'_>) -> Check {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(env).unwrap_or_default();
    let folded = locale.to_ascii_lowercase().replace('-', "");
    if folded.contains("utf8") {
        return Check::ok(SECTION, "letters", format!("UTF-8 ({locale})"));
    }
    if locale.is_empty() && is_windows(env) {
        return Check::ok(SECTION, "letters", "all of them".into());
    }
    let shown = if locale.is_empty() { "no locale is set".to_owned() } else { format!("the locale {locale}") };
    Check::warn(SECTION, "letters", format!("{shown}: not known to be UTF-8"))
        .advice("Set LANG, to C.UTF-8 for example")
}

fn links(env: Env<'_>) -> Check {
    let program = env("TERM_PROGRAM").unwrap_or_default();
    let term = env("TERM").unwrap_or_default();
    let vte = env("VTE_VERSION").and_then(|version| version.parse::<u32>().ok()).unwrap_or(0);
    let known = LINKING.contains(&program.as_str())
        || LINKING_TERMS.iter().any(|begin| term.starts_with(begin))
        || vte >= VTE_WITH_LINKS
        || env("WT_SESSION").is_some()
        || env("KITTY_WINDOW_ID").is_some();
    let finding = match (known, env("TMUX").is_some()) {
        (true, false) => "shown (OSC 8)",
        (_, true) => "shown if tmux is 3.4 or later and its terminal does; addresses are readable anyway",
        (false, false) => "unknown; addresses are readable anyway",
    };
    Check::ok(SECTION, "links", finding.into())
}

fn clipboard(programs: &[&str], env: Env<'_>) -> Check {
    let found = |said: String| Check::ok(SECTION, "clipboard", said);
    match programs {
        // tmux has the text; whether its terminal takes it, nobody knows.
        ["tmux"] => found("in tmux's buffer, and by OSC 52 in its terminal if that takes it".into()),
        [] if env("TERM").is_some_and(|term| term == "linux") => {
            Check::warn(SECTION, "clipboard", "none: this console has none".into())
        }
        [] => {
            let check = found("by OSC 52; whether the terminal takes it cannot be known".into());
            let desktop = ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(|name| env(name).is_some());
            let here = desktop && env("SSH_CONNECTION").is_none();
            if here { check.advice("To be sure: install wl-clipboard, xclip or xsel") } else { check }
        }
        several => found(format!("with {}", several.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::Outcome;
    use super::*;

    fn with(variables: &[(&str, &str)]) -> String {
        let env = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        format!("{:?}", checks(true, Some((80, 24)), &[], &env))
    }

    #[test]
    fn the_environment_tells_what_a_terminal_can_do() {
        let good = [("TERM", "xterm-kitty"), ("COLORTERM", "truecolor"), ("LANG", "de_DE.UTF-8")];
        let said = with(&good);
        assert!(said.contains("16 million") && said.contains("shown (OSC 8)") && !said.contains("Warn"), "{said}");
        let said = with(&[("TERM", "dumb"), ("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]);
        assert!(said.contains("no full screen") && said.contains("not known to be UTF-8"), "LC_ALL wins: {said}");
        let said = with(&[("TERM", "screen-256color"), ("TMUX", "/tmp/t"), ("SSH_CONNECTION", "::1 1 ::1 22")]);
        assert!(said.contains("in tmux, over SSH") && said.contains("\"256\""), "{said}");
        assert!(with(&[("NO_COLOR", "1"), ("TERM", "xterm")]).contains("as NO_COLOR says"));
        let said = with(&[("OS", "Windows_NT"), ("WT_SESSION", "1")]);
        assert!(said.contains("16 million") && said.contains("all of them"), "{said}");
    }

    #[test]
    fn the_clipboard_is_that_of_whatever_is_here() {
        let said = |programs: &[&str], variables: &[(&str, &str)]| {
            let env = |name: &str| variables.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned());
            format!("{:?}", clipboard(programs, &env))
        };
        assert!(said(&["xclip", "xsel"], &[]).contains("with xclip, xsel"));
        assert!(said(&["tmux"], &[]).contains("if that takes it"));
        assert!(said(&[], &[]).contains("cannot be known") && !said(&[], &[]).contains("install"));
        assert!(said(&[], &[("DISPLAY", ":0")]).contains("install"));
        assert!(!said(&[], &[("DISPLAY", ":0"), ("SSH_CONNECTION", "x")]).contains("install"));
        assert!(said(&[], &[("TERM", "linux")]).contains("Warn"));
    }

    #[test]
    fn a_window_that_is_too_small_or_none_is_told() {
        assert_eq!(output(true, Some((39, 24))).result, Outcome::Warn);
        assert_eq!(output(true, Some((80, 24))).result, Outcome::Ok);
        assert_eq!(output(false, None).result, Outcome::Skip);
    }
}
