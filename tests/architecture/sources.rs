//! The source files, read as a compiler would name things: without comments and texts.

use std::fs;
use std::path::Path;

/// One file.
#[derive(Clone)]
pub struct Source {
    /// From the top of the repository.
    pub path: String,
    /// The room that it belongs to: the first name below `src`.
    pub room: String,
    /// As it is written.
    pub text: String,
    /// The same lines without comments and without the contents of strings.
    pub code: String,
}

/// Every file below this folder, in order.
pub fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    gather(Path::new(folder), folder, &mut found);
    assert!(!found.is_empty(), "no sources in {folder}");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn gather(at: &Path, top: &str, found: &mut Vec<Source>) {
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, top, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let inside = path.strip_prefix(top).unwrap().components().next().unwrap();
            let room = inside.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
            let (path, code) = (path.to_str().unwrap().to_owned(), bare(&text));
            found.push(Source { path, room, text, code });
        }
    }
}

/// Takes out comments and what stands in strings and characters; lines stay where they are.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            string_end(rest)
        } else if rest.starts_with("r\"") || rest.starts_with("r#") {
            raw_end(rest)
        } else if first == '\'' {
            // A character, or a lifetime, which has no second quote where a character has it.
            let ends = [3, 4, 5, 6, 12].into_iter().find(|end| rest.get(end - 1..*end) == Some("'"));
            let escaped = rest.starts_with("'\\");
            match ends {
                Some(end) if escaped || rest[1..end - 1].chars().count() == 1 => end,
                _ => 0,
            }
        } else {
            0
        };
        if skipped == 0 {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            out.extend(rest[..skipped].chars().filter(|c| *c == '\n'));
            rest = &rest[skipped..];
        }
    }
    out
}

fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The end of `r"…"`, `r#"…"#` and so on; nothing where it is a raw name.
fn raw_end(text: &str) -> usize {
    let marks = text[1..].chars().take_while(|c| *c == '#').count();
    let close = format!("\"{}", "#".repeat(marks));
    match text[1 + marks..].strip_prefix('"') {
        Some(inside) => inside.find(&close).map_or(text.len(), |end| 2 + marks + end + close.len()),
        None => 0,
    }
}

fn letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Source {
    /// A file of tests alone.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// Lines with their numbers, up to the tests at the end of the file.
    pub fn lines_before_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.code.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
    }

    /// The lines that name something of this library.
    pub fn names(&self, library: &str) -> impl Iterator<Item = usize> {
        let names = move |line: &str| {
            line.match_indices(library).any(|(at, _)| {
                let (before, after) = (&line[..at], &line[at + library.len()..]);
                let whole = !before.ends_with(letter) && !after.starts_with(letter);
                // `::ratatui` is a path's beginning, `view::ratatui` would be a module of ours.
                let ours = before.strip_suffix("::").is_some_and(|before| before.ends_with(letter));
                let import = before.trim_end().ends_with("use") || before.trim_end().ends_with("extern crate");
                whole && !ours && (after.starts_with("::") || import)
            })
        };
        self.code.lines().enumerate().filter(move |(_, line)| names(line)).map(|(at, _)| at + 1)
    }

    /// Every room that is imported, with its line: `crate::a`, `crate::{a, b::c}`, and `super::super::a` where the
    /// supers lead out of the room.
    pub fn imports(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (at, _) in self.code.match_indices("crate::") {
            if !self.code[..at].ends_with(letter) {
                self.rooms_at(at + "crate::".len(), at, &mut found);
            }
        }
        let depth = self.path.split('/').count() - 1;
        let chain = "super::".repeat(depth);
        // In the tests at a file's end one `super` leads to the file itself.
        let end = self.code.find("\n#[cfg(test)]").unwrap_or(self.code.len());
        for (at, _) in self.code[..end].match_indices(&chain) {
            if !self.code[..at].ends_with("::") {
                self.rooms_at(at + chain.len(), at, &mut found);
            }
        }
        found
    }

    fn rooms_at(&self, begin: usize, at: usize, found: &mut Vec<(usize, String)>) {
        let line = self.code[..at].lines().count().max(1);
        let rest = &self.code[begin..];
        let Some(group) = rest.strip_prefix('{') else {
            return found.push((line, rest.chars().take_while(|c| letter(*c)).collect()));
        };
        let mut depth = 0_usize;
        let mut first = true;
        for (at, c) in group.char_indices() {
            if depth == 0 && first && letter(c) {
                found.push((line, group[at..].chars().take_while(|c| letter(*c)).collect()));
                first = false;
            }
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => return,
                '}' => depth -= 1,
                ',' if depth == 0 => first = true,
                _ => {}
            }
        }
    }
}

#[test]
fn comments_and_texts_are_no_code() {
    let text = "use a::b; // use crate::x\nlet s = \"crate::y \\\" crate::z\"; /* crate::w\n*/ let c = '\"'; 'life: loop {}\nlet r = r#\"crate::v\"#;";
    let code = bare(text);
    assert!(!code.contains("crate"), "{code}");
    assert!(code.contains("use a::b;") && code.contains("'life: loop") && code.lines().count() == 4, "{code}");
}

#[test]
fn imports_of_every_spelling_are_found() {
    let read = |path: &str, code: &str| {
        let (path, room) = (path.to_owned(), "view".to_owned());
        let rooms = Source { path, room, text: String::new(), code: code.to_owned() }.imports();
        rooms.into_iter().map(|(_, room)| room).collect::<Vec<_>>()
    };
    assert_eq!(read("src/view.rs", "use crate::client::Client;"), ["client"]);
    assert_eq!(read("src/view.rs", "use crate::{\n    domain::{id, text},\n    wire,\n};"), ["domain", "wire"]);
    assert_eq!(read("src/view.rs", "fn f() -> crate::server::X { pub(crate) }"), ["server"]);
    assert_eq!(read("src/view.rs", "use super::shell::X;"), ["shell"]);
    assert_eq!(read("src/view/list.rs", "use super::text; use super::super::server::X;"), ["server"]);
    assert_eq!(read("src/view/list.rs", "use super::text;"), [""; 0]);
}

#[test]
fn libraries_are_found_by_their_whole_name() {
    let lines = |code: &str| {
        let (path, room) = ("src/view.rs".to_owned(), "view".to_owned());
        Source { path, room, text: String::new(), code: code.to_owned() }.names("tokio").collect::<Vec<_>>()
    };
    assert_eq!(lines("use tokio::time;\n#[tokio::test]\nmytokio::x tokio_x::y our::tokio::z\nuse tokio;"), [1, 2, 4]);
}
