//! The plain search of small lists beside the roster, and of a server's filter: every word has to stand somewhere,
//! folded as names are, in one of its spellings.

use super::fold::{Style, fold, fold_spelled};

/// Each word of a search in its spellings: `Müller` is looked for as `muller` and as `mueller`.
pub fn words(search: &str) -> Vec<Vec<String>> {
    search.split_whitespace().map(spellings).filter(|word| !word.is_empty()).collect()
}

/// The spellings of a text; none when nothing is left of it.
pub fn spellings(text: &str) -> Vec<String> {
    let plain = fold(text, Style::Plain);
    let spelled = fold_spelled(text, &plain);
    [Some(plain), spelled].into_iter().flatten().filter(|form| !form.is_empty()).collect()
}

/// Whether each word of the search stands in one of these texts, in whatever case and with or without accents:
/// `soren` and `soeren` both find *Søren*.
pub fn finds<'a>(search: &str, texts: impl Iterator<Item = &'a str>) -> bool {
    all_stand_in(&words(search), texts)
}

/// The same, for [`words`] that many texts are asked about.
pub fn all_stand_in<'a>(words: &[Vec<String>], texts: impl Iterator<Item = &'a str>) -> bool {
    let folded: Vec<String> = texts.flat_map(spellings).collect();
    words.iter().all(|word| word.iter().any(|form| folded.iter().any(|text| text.contains(form))))
}

#[cfg(test)]
mod tests {
    use super::finds;

    #[test]
    fn every_word_has_to_stand_somewhere() {
        let texts = ["Søren Łukasz", "s.l@a.example", "Buchhaltung Straße", "Mueller"];
        for (search, wanted) in [
            ("", true),
            ("SOREN", true),
            ("soeren lukasz", true),
            ("strasse a.exa", true),
            ("soren nobody", false),
            ("Søren", true),
            ("müller", true),
            ("mu\u{308}ller\r", true),
            ("\u{301}", true),
        ] {
            assert_eq!(finds(search, texts.into_iter()), wanted, "{search}");
        }
    }
}
