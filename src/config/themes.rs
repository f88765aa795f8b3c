//! Themes of the user's own: `themes/NAME.toml` beside the configuration file. A theme is another one with changes:
//!
//! ```toml
//! parent = "dark"
//! muted = "#9aa0b5"
//! selected = { bg = "#2b3350", bold = true }
//! ```

use super::file::{self, ReadError};
use super::problem::Notice;
use crate::domain::nearest::nearest;
use crate::domain::theme::{BuiltIn, Colour, Look, Meaning, OwnTheme};
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// More are no choice any more.
const MOST: usize = 100;

const COLOURS: &str = "a colour is `#rrggbb`, a number up to 255, `default`, or a name such as `red` or `bright-red`";

/// The themes of a folder, by name. A mistake affects its line only.
pub fn read(folder: &Path, notices: &mut Vec<Notice>) -> Vec<OwnTheme> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let toml = |path: &PathBuf| path.extension().is_some_and(|end| end == "toml");
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(toml).collect();
    paths.sort();
    paths.truncate(MOST);
    paths.iter().filter_map(|path| theme(path, notices)).collect()
}

fn theme(path: &Path, notices: &mut Vec<Notice>) -> Option<OwnTheme> {
    let name = path.file_stem()?.to_str().unwrap_or_default().to_lowercase();
    let mut problem = |line: usize, reason: String| {
        notices.push(Notice::Line { path: path.to_owned(), line, reason });
    };
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)) {
        problem(1, "a theme is named with letters, digits, - and _; it is left out".to_owned());
        return None;
    }
    if name.parse::<BuiltIn>().is_ok() {
        problem(1, format!("the theme `{name}` is built in; rename the file"));
        return None;
    }
    let text = match file::text(path) {
        Ok(text) => text?,
        Err(ReadError { line, reason }) => {
            problem(line.unwrap_or(1), reason);
            return None;
        }
    };
    let (theme, problems) = parse(name, file::without_bom(&text));
    for (line, reason) in problems {
        problem(line, reason);
    }
    theme
}

/// The theme, and what is wrong in which line.
fn parse(name: String, text: &str) -> (Option<OwnTheme>, Vec<(usize, String)>) {
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let line = error.span().map_or(1, |span| file::line(text, span.start));
            return (None, vec![(line, error.message().lines().collect::<Vec<_>>().join(" "))]);
        }
    };
    let mut theme = OwnTheme { name, parent: BuiltIn::Terminal, looks: Vec::new() };
    let mut problems = Vec::new();
    for (key, value) in &table {
        let line = file::line(text, key.span().start);
        let read = match &**key.get_ref() {
            "parent" => parent(value.get_ref()).map(|parent| theme.parent = parent),
            key => meaning(key)
                .and_then(|meaning| Ok((meaning, look(value.get_ref())?)))
                .map(|look| theme.looks.push(look)),
        };
        problems.extend(read.err().map(|reason| (line, reason)));
    }
    (Some(theme), problems)
}

fn parent(value: &DeValue<'_>) -> Result<BuiltIn, String> {
    let names = || BuiltIn::ALL.map(BuiltIn::as_str).join(", ");
    let parent = if let DeValue::String(name) = value { name.parse().ok() } else { None };
    parent.ok_or_else(|| format!("`parent` has to be one of {}", names()))
}

fn meaning(key: &str) -> Result<Meaning, String> {
    key.parse().map_err(|()| {
        let key = crate::domain::text::clean(key);
        let meant = nearest(&key, Meaning::ALL.map(Meaning::as_str))
            .map(|name| format!("; `{name}` may be meant"))
            .unwrap_or_default();
        format!("there is no `{key}` in a theme{meant}. There are {}", Meaning::ALL.map(Meaning::as_str).join(", "))
    })
}

/// A colour of the text, or a table of what is changed.
fn look(value: &DeValue<'_>) -> Result<Look, String> {
    let DeValue::Table(table) = value else { return Ok(Look { fg: Some(colour(value)?), ..Look::default() }) };
    let mut look = Look::default();
    for (key, value) in table {
        let switch = || match value.get_ref() {
            DeValue::Boolean(on) => Ok(Some(*on)),
            _ => Err(format!("`{}` has to be true or false", key.get_ref())),
        };
        match &**key.get_ref() {
            "fg" => look.fg = Some(colour(value.get_ref())?),
            "bg" => look.bg = Some(colour(value.get_ref())?),
            "bold" => look.bold = switch()?,
            "underlined" => look.underlined = switch()?,
            "reversed" => look.reversed = switch()?,
            other => {
                let other = crate::domain::text::clean(other);
                return Err(format!("there is no `{other}` here; there are fg, bg, bold, underlined and reversed"));
            }
        }
    }
    Ok(look)
}

fn colour(value: &DeValue<'_>) -> Result<Colour, String> {
    let text = match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.to_string(),
        other => return Err(format!("{COLOURS}, not a {}", other.type_str())),
    };
    text.parse().map_err(|()| format!("`{}` is no colour; {COLOURS}", crate::domain::text::clean(&text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_changes_what_it_names_and_tells_its_mistakes_by_line() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("mine.toml", "parent = \"dark\"\nmuted = \"#9aa0b5\"\nselected = { bg = 24, bold = true }\n");
        write("odd.toml", "parent = \"pink\"\nmutd = \"red\"\ngood = \"grenish\"\nfocus = { bolt = true }\nsoon = 3\n");
        write("dark.toml", "muted = \"red\"\n");
        write("broken.toml", "muted = \n");
        write("notes.txt", "no theme");
        let mut notices = Vec::new();
        let themes = read(folder.path(), &mut notices);
        let muted = Look { fg: Some(Colour::Rgb(0x9a, 0xa0, 0xb5)), ..Look::default() };
        let selected = Look { bg: Some(Colour::Indexed(24)), bold: Some(true), ..Look::default() };
        let looks = vec![(Meaning::Muted, muted), (Meaning::Selected, selected)];
        assert_eq!(themes[0], OwnTheme { name: "mine".into(), parent: BuiltIn::Dark, looks });
        let soon = Look { fg: Some(Colour::Indexed(3)), ..Look::default() };
        let odd = OwnTheme { name: "odd".into(), parent: BuiltIn::Terminal, looks: vec![(Meaning::Soon, soon)] };
        assert_eq!(themes[1..], [odd], "what is wrong keeps the parent's");
        let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
        let place = |name: &str, line: usize| format!("{} line {line}: ", folder.path().join(name).display());
        for (place, what) in [
            (place("broken.toml", 1), ""),
            (place("dark.toml", 1), "the theme `dark` is built in"),
            (place("odd.toml", 1), "`parent` has to be one of terminal, dark, light"),
            (place("odd.toml", 2), "there is no `mutd` in a theme; `muted` may be meant"),
            (place("odd.toml", 3), "`grenish` is no colour; a colour is `#rrggbb`"),
            (place("odd.toml", 4), "there is no `bolt` here"),
        ] {
            assert!(
                said.iter().any(|notice| notice.starts_with(&format!("{place}{what}"))),
                "{place}{what}: {said:#?}"
            );
        }
        assert_eq!(said.len(), 6, "{said:#?}");
        assert!(read(&folder.path().join("none"), &mut notices).is_empty());
    }
}
