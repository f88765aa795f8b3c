//! The one door for text from outside. Whatever a server, a file or a clipboard brings is shown, titled,
//! logged and exported; nothing in it may steer a terminal or pretend to be other text.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// More combining marks than this on one letter are no language, only a way to paint over other rows.
const MOST_MARKS: usize = 4;

/// Makes outside text safe for one line: control and escape characters, bidirectional overrides and isolates,
/// zero-width, tag and filler characters are taken out; each line end and each tab becomes a space.
pub fn clean(text: &str) -> Cow<'_, str> {
    scrub(text, false)
}

/// Like [`clean`] for text of several lines: line ends stay, as line feeds.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    scrub(text, true)
}

/// A text as a person sees it: letters composed, blanks of any kind and number one space, none at either end, what
/// shows nothing taken out. What looks the same on the screen is the same; another case or another letter, however much
/// alike, stays another.
pub fn as_seen(text: &str) -> String {
    let nfc = ComposingNormalizerBorrowed::new_nfc();
    // Composed before cleaning, which counts marks; and after it, for what stood between a letter and its mark.
    let clean = clean(&nfc.normalize(text)).into_owned();
    let mut seen = String::with_capacity(clean.len());
    for c in nfc.normalize(&clean).chars() {
        match c {
            c if is_blank(c) => {
                if !seen.is_empty() && !seen.ends_with(' ') {
                    seen.push(' ');
                }
            }
            // Hyphens that only differ in where a line may break.
            '\u{2010}' | '\u{2011}' => seen.push('-'),
            c => seen.push(c),
        }
    }
    seen.truncate(seen.trim_end_matches(' ').len());
    seen
}

/// As a shell takes it for one word.
pub fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.@:/".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// Shows nothing but takes room. The Braille pattern without dots is a letter by its class.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

/// What is typed, pasted or given into a field of one line: [`clean`], and where it has line ends or tabs, each of
/// them with the blanks around it becomes one space; none stays at either end, where a copied line has its own.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(breaks) {
        return clean(text);
    }
    let parts = text.split(breaks).map(clean);
    let parts: Vec<String> = parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    Cow::Owned(parts.join(" "))
}

/// Line ends of every kind, and what moves on as they do: terminals paste CR, Word breaks lines by VT.
fn breaks(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn scrub(text: &str, keep_lines: bool) -> Cow<'_, str> {
    // Nearly every name is plain ASCII: one look over the bytes, no copy.
    if text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // CR LF is one line end, CR alone another's.
        let c = match c {
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\r' => '\n',
            c => c,
        };
        match fate(c, keep_lines) {
            Fate::Keep => {
                marks = if is_mark(c) { marks + 1 } else { 0 };
                if marks <= MOST_MARKS {
                    out.push(c);
                }
            }
            Fate::Space => out.push(' '),
            Fate::Drop => {}
        }
    }
    Cow::Owned(out)
}

/// Letters that show nothing, or change what is around them.
const INVISIBLE: [RangeInclusive<char>; 20] = [
    '\u{ad}'..='\u{ad}',       // soft hyphen
    '\u{34f}'..='\u{34f}',     // combining grapheme joiner
    '\u{61c}'..='\u{61c}',     // Arabic letter mark
    '\u{115f}'..='\u{1160}',   // Hangul fillers
    '\u{17b4}'..='\u{17b5}',   // Khmer inherent vowels
    '\u{180b}'..='\u{180f}',   // Mongolian selectors
    '\u{200b}'..='\u{200f}',   // zero-width and directional marks
    '\u{202a}'..='\u{202e}',   // embeddings and overrides
    '\u{2060}'..='\u{2064}',   // invisible operators
    '\u{2065}'..='\u{206f}',   // isolates and deprecated controls
    '\u{3164}'..='\u{3164}',   // Hangul filler
    '\u{fe00}'..='\u{fe0f}',   // variation selectors: terminals disagree on their width
    '\u{feff}'..='\u{feff}',   // byte order mark
    '\u{ffa0}'..='\u{ffa0}',   // halfwidth Hangul filler
    '\u{fff0}'..='\u{fff8}',   // unassigned, ignorable by default
    '\u{fff9}'..='\u{fffb}',   // annotations
    '\u{1bca0}'..='\u{1bca3}', // shorthand controls
    '\u{1d173}'..='\u{1d17a}', // musical controls
    '\u{e0000}'..='\u{e007f}', // tags
    '\u{e0080}'..='\u{e0fff}', // more variation selectors
];

enum Fate {
    Keep,
    Space,
    Drop,
}

fn fate(c: char, keep_lines: bool) -> Fate {
    match c {
        '\n' if keep_lines => Fate::Keep,
        c if breaks(c) => Fate::Space,
        c if c.is_control() => Fate::Drop,
        c if INVISIBLE.iter().any(|range| range.contains(&c)) => Fate::Drop,
        _ => Fate::Keep,
    }
}

fn is_mark(c: char) -> bool {
    // Width 0 after the invisible ones are gone: what is left combines with the letter before it.
    !c.is_ascii() && unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(clean("Brightwater GmbH"), Cow::Borrowed(_)));
    }

    #[test]
    fn letters_of_every_script_stay() {
        for name in ["Müller & Söhne KG", "東京セキュリティ株式会社", "Łódź Sp. z o.o.", "مرسى للتقنية", "Ελλάς"]
        {
            assert_eq!(clean(name), name);
        }
    }

    #[test]
    fn what_steers_a_terminal_goes() {
        assert_eq!(clean("a\u{1b}[31mb\u{9b}2Jc\u{7}"), "a[31mb2Jc");
        assert_eq!(clean("safe\u{202e}cod.exe\u{2069}"), "safecod.exe");
        assert_eq!(clean("two\nlines\tand\rmore\r\nlines"), "two lines and more lines");
        assert_eq!(clean("tag\u{e0041}\u{200b}ged\u{feff}"), "tagged");
        assert_eq!(clean_lines("two\nlines"), "two\nlines");
        assert_eq!(clean_lines("a\rb\r\nc\n\r\nd"), "a\nb\nc\n\nd");
    }

    #[test]
    fn line_ends_of_every_kind_become_one_blank_in_a_field_of_one_line() {
        for end in ["\r", "\n", "\r\n", "\t", "\u{b}", "\u{85}", "\u{2028}", " \r\n\r\n\t ", "\u{200b}\r\u{200b}"] {
            assert_eq!(one_line(&format!("Hafenstr. 12{end}24103")), "Hafenstr. 12 24103", "{end:?}");
            assert_eq!(one_line(&format!("{end}Kiel{end}")), "Kiel", "{end:?}");
        }
        assert_eq!(one_line(" as it is "), " as it is ", "blanks without a line end are somebody's own");
    }

    #[test]
    fn sixty_marks_on_one_letter_become_a_few() {
        let zalgo = format!("a{}b", "\u{301}".repeat(60));
        assert_eq!(clean(&zalgo), format!("a{}b", "\u{301}".repeat(MOST_MARKS)));
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (text, seen) in [
            ("Mu\u{308}ller GmbH", "Müller GmbH"),
            ("Müller\u{a0}GmbH", "Müller GmbH"),
            ("Müller\u{202f}\u{2009} GmbH", "Müller GmbH"),
            (" \u{3000}Müller  GmbH\t", "Müller GmbH"),
            ("Mül\u{200b}ler\u{feff} Gm\u{ad}bH", "Müller GmbH"),
            ("Mu\u{200d}\u{308}ller GmbH", "Müller GmbH"),
            ("A\u{2011}B", "A-B"),
            ("\u{2800}", ""),
        ] {
            assert_eq!(as_seen(text), seen, "{text:?}");
        }
        for (one, other) in
            [("Alpen", "alpen"), ("Alpen", "Alp\u{435}n"), ("ﬁn", "fin"), ("Ａ", "A"), ("A–B", "A-B"), ("AB", "A B")]
        {
            assert_ne!(as_seen(one), as_seen(other), "{one:?} {other:?}");
        }
    }

    proptest! {
        #[test]
        fn seeing_twice_changes_nothing_more(text in "\\PC*|.*|[a-zäöü\u{300}-\u{310}\u{200b}\u{a0} ]*") {
            let once = as_seen(&text);
            prop_assert_eq!(as_seen(&once), once);
        }

        #[test]
        fn nothing_that_steers_survives(text in "\\PC*|.*|[\u{0}-\u{a0}\u{200b}-\u{206f}\u{e0000}-\u{e007f}]*") {
            for c in clean(&text).chars() {
                prop_assert!(!c.is_control(), "{c:?}");
                let invisible = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
                prop_assert!(!invisible, "{c:?}");
            }
        }

        #[test]
        fn cleaning_twice_changes_nothing_more(text in ".*") {
            let once = clean(&text).into_owned();
            let twice = clean(&once).into_owned();
            prop_assert_eq!(twice, once);
        }
    }
}
