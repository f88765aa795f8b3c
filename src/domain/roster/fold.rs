//! Folding: what is left of a text when accents, case and spelling habits are taken out, so that `lodz` finds
//! *Łódź* and `strasse` finds *Straße*. Names are folded once when they come, the search once per keystroke.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// How letters with marks are written without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Style {
    /// The mark goes: ä → a, ø → o.
    Plain,
    /// The way they are spelled out where an alphabet lacks them: ä → ae, ø → oe, å → aa.
    Spelled,
}

/// A text without accents and case; runs of white space become one space, none stays at either end.
pub(in crate::domain) fn fold(text: &str, style: Style) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut folding = Folding::new(style, text.len());
    nfkd().normalize_iter(text.chars()).for_each(|c| folding.push(c));
    folding.finish()
}

/// Most of all text, by the shortest way.
fn fold_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_ascii_graphic()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.make_ascii_lowercase();
    out
}

/// The spelled form, only where it differs from the plain one.
pub(super) fn fold_spelled(text: &str, plain: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    Some(fold(text, Style::Spelled)).filter(|spelled| spelled != plain)
}

/// A folded text that remembers from where in the original each byte of it came.
pub(super) struct Traced {
    /// The folded text.
    pub folded: String,
    /// For each byte of `folded` the byte offset of its grapheme in the original.
    pub origin: Vec<usize>,
}

/// Folds grapheme by grapheme: whatever is matched can be shown as whole characters of the original.
pub(super) fn fold_traced(text: &str, style: Style) -> Traced {
    use unicode_segmentation::UnicodeSegmentation;
    let mut folding = Folding::new(style, text.len());
    let mut origin = Vec::with_capacity(text.len());
    for (offset, grapheme) in text.grapheme_indices(true) {
        nfkd().normalize_iter(grapheme.chars()).for_each(|c| folding.push(c));
        origin.resize(folding.out.len(), offset);
    }
    let folded = folding.finish();
    origin.truncate(folded.len());
    Traced { folded, origin }
}

/// Whether a word begins at this byte of a folded text.
pub(super) fn starts_word(text: &str, at: usize) -> bool {
    match at.checked_sub(1).map(|before| text.as_bytes().get(before)) {
        None => true,
        Some(Some(byte)) if byte.is_ascii() => !byte.is_ascii_alphanumeric(),
        Some(_) => {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            before.is_some_and(|c| !c.is_alphanumeric())
        }
    }
}

/// Hebrew points, Arabic short vowels and the Arabic filler line: written or not as the writer likes.
fn is_point(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}')
        || matches!(c, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

fn nfkd() -> DecomposingNormalizerBorrowed<'static> {
    DecomposingNormalizerBorrowed::new_nfkd()
}

struct Folding {
    style: Style,
    out: String,
    /// The letter that a mark would belong to.
    base: Option<char>,
}

impl Folding {
    fn new(style: Style, capacity: usize) -> Self {
        Self { style, out: String::with_capacity(capacity), base: None }
    }

    /// Takes the next character of the decomposed text.
    fn push(&mut self, c: char) {
        match c {
            '!'..='~' => self.ascii(c.to_ascii_lowercase()),
            '\u{300}'..='\u{36f}' => self.mark(c),
            c if is_point(c) => {}
            c if c.is_whitespace() || c.is_control() => self.space(),
            c => c.to_lowercase().for_each(|c| self.letter(c)),
        }
    }

    fn ascii(&mut self, c: char) {
        self.base = Some(c);
        self.out.push(c);
    }

    fn mark(&mut self, mark: char) {
        if self.style == Style::Spelled {
            match (self.base, mark) {
                (Some('a' | 'o' | 'u'), '\u{308}') => self.out.push('e'),
                (Some('a'), '\u{30a}') => self.out.push('a'),
                _ => return,
            }
            self.base = None;
        }
    }

    fn space(&mut self) {
        self.base = None;
        if !self.out.is_empty() && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
    }

    /// Letters that Unicode does not take apart, and marks of print that nobody types.
    fn letter(&mut self, c: char) {
        self.base = Some(c);
        match c {
            'ß' => self.out.push_str("ss"),
            'æ' => self.out.push_str("ae"),
            'œ' => self.out.push_str("oe"),
            'þ' => self.out.push_str("th"),
            'ø' if self.style == Style::Spelled => self.out.push_str("oe"),
            'ø' => self.out.push('o'),
            'ł' => self.out.push('l'),
            'đ' | 'ð' => self.out.push('d'),
            'ħ' => self.out.push('h'),
            'ŧ' => self.out.push('t'),
            'ı' => self.out.push('i'),
            'ς' => self.out.push('σ'),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => self.out.push('\''),
            '\u{201c}'..='\u{201f}' | '«' | '»' => self.out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => self.out.push('-'),
            // A mark that only lowering brought out (İ).
            '\u{300}'..='\u{36f}' => {}
            c => self.out.push(c),
        }
    }

    fn finish(mut self) -> String {
        if self.out.ends_with(' ') {
            self.out.pop();
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_case_and_special_letters_are_folded() {
        for (text, folded) in [
            ("Müller GmbH", "muller gmbh"),
            ("Mu\u{308}ller", "muller"),
            ("Straße", "strasse"),
            ("STRASSE ẞ", "strasse ss"),
            ("Łódź", "lodz"),
            ("Ærø Ørsted Đorđe", "aero orsted dorde"),
            ("İstanbul Iğdır", "istanbul igdir"),
            ("Ελλάς ΟΔΟΣ", "ελλασ οδοσ"),
            ("  Two\u{a0}\t spaces ", "two spaces"),
            ("O’Neil – Sons", "o'neil - sons"),
            ("ＡＢＣ １２", "abc 12"),
            ("مَرْسى", "مرسى"),
            ("", ""),
        ] {
            assert_eq!(fold(text, Style::Plain), folded, "{text}");
        }
    }

    #[test]
    fn umlauts_are_spelled_out_in_the_second_form() {
        assert_eq!(fold("Müller Äpfel Öl", Style::Spelled), "mueller aepfel oel");
        assert_eq!(fold("Mu\u{308}ller", Style::Spelled), "mueller");
        assert_eq!(fold("Ørsted Århus", Style::Spelled), "oersted aarhus");
        assert_eq!(fold("Noël", Style::Spelled), "noel", "a trema on e is no umlaut");
        assert_eq!(fold_spelled("Straße", "strasse"), None);
        assert_eq!(fold_spelled("Jürgen", "jurgen").as_deref(), Some("juergen"));
    }

    #[test]
    fn words_begin_after_anything_but_letters_and_digits() {
        for (at, begins) in [(0, true), (1, false), (4, true), (7, true), (8, false)] {
            assert_eq!(starts_word("abc-de éa", at), begins, "{at}");
        }
    }

    proptest! {
        #[test]
        fn plain_letters_are_folded_as_by_the_long_way(text in "[\\x00-\\x7f]*") {
            let mut folding = Folding::new(Style::Plain, 0);
            text.chars().for_each(|c| folding.push(c));
            prop_assert_eq!(fold_ascii(&text), folding.finish());
        }

        #[test]
        fn folding_again_changes_nothing(text in "\\PC*|[ -~äöüßÄÖÜłŁøæđıİςé\u{308}\u{30a}\u{300} ]*") {
            for style in [Style::Plain, Style::Spelled] {
                let once = fold(&text, style);
                prop_assert_eq!(fold(&once, style), once);
            }
        }

        #[test]
        fn every_folded_byte_knows_its_grapheme(text in "\\PC*|[ -~äöüßÄÖÜłŁøæđıİςé\u{308}\u{30a}\u{300} ]*") {
            let traced = fold_traced(&text, Style::Plain);
            prop_assert_eq!(traced.folded.len(), traced.origin.len());
            prop_assert!(traced.origin.is_sorted());
            prop_assert!(traced.origin.iter().all(|&offset| text.is_char_boundary(offset)));
            prop_assert_eq!(traced.folded, fold(&text, Style::Plain));
        }
    }
}
