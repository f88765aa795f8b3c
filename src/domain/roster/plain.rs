//! The plain search of small lists beside the roster: every word has to stand somewhere, folded as names are.

use super::fold::{Style, fold};

/// Whether each word of the search stands in one of these texts, in whatever case and with or without accents:
/// `soren` and `soeren` both find *Søren*.
pub fn finds<'a>(search: &str, texts: impl Iterator<Item = &'a str> + Clone) -> bool {
    let folded: Vec<String> =
        texts.flat_map(|text| [Style::Plain, Style::Spelled].map(|style| fold(text, style))).collect();
    fold(search, Style::Plain).split(' ').all(|word| folded.iter().any(|text| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::finds;

    #[test]
    fn every_word_has_to_stand_somewhere() {
        let texts = ["Søren Łukasz", "s.l@a.example", "Buchhaltung Straße"];
        for (search, wanted) in [
            ("", true),
            ("SOREN", true),
            ("soeren lukasz", true),
            ("strasse a.exa", true),
            ("soren nobody", false),
            ("Søren", true),
        ] {
            assert_eq!(finds(search, texts.into_iter()), wanted, "{search}");
        }
    }
}
