//! The order of names, one for screen, commands and server: as the language has it (ä beside a), and numbers by their
//! value (*Firma 2* before *Firma 10*).

use super::lang::Lang;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;
use std::sync::LazyLock;

/// The alphabetical order of a language.
struct Alphabet(Option<CollatorBorrowed<'static>>);

impl Alphabet {
    fn of(lang: Lang) -> Self {
        let locale = match lang {
            Lang::En => locale!("en"),
            Lang::De => locale!("de"),
        };
        let mut preferences = CollatorPreferences::from(locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        Self(CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok())
    }

    fn write_key(&self, text: &str, to: &mut Vec<u8>) {
        match &self.0 {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_to(text, to);
            }
            // The data of both languages is compiled in: nobody should ever see this order.
            None => to.extend_from_slice(text.as_bytes()),
        }
    }
}

/// Bytes that compare as the text does. The languages that we speak have one alphabet, so that a server, which does
/// not know who looks, orders as every screen does.
pub fn key(text: &str) -> Vec<u8> {
    let mut key = Vec::new();
    write_key(text, &mut key);
    key
}

/// Adds the bytes of [`key`] to others.
pub fn write_key(text: &str, to: &mut Vec<u8>) {
    static ALPHABET: LazyLock<Alphabet> = LazyLock::new(|| Alphabet::of(Lang::En));
    ALPHABET.write_key(text, to);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_in_names_stand_by_their_value() {
        for (before, after) in [
            ("Firma 2", "Firma 10"),
            ("Firma 9 Nord", "Firma 10"),
            ("Firma 2", "Firma 2a"),
            ("2 Brothers", "10 Brothers"),
            ("Haus 7-2", "Haus 7-10"),
            ("Firma", "Firma 1"),
            ("Straße 3", "Strasse 12"),
            ("Raum ９", "Raum 10"),
            ("Ärzte 2", "Arzte 10"),
            ("Zebra", "Ωmega"),
        ] {
            assert!(key(before) < key(after), "{before} / {after}");
        }
    }

    proptest! {
        #[test]
        fn the_languages_have_one_alphabet(text in "[a-zA-Z0-9äöüßÄÖÜåøæéłğ ąć'’.&-]{0,24}|\\PC{0,12}") {
            let of = |lang| {
                let mut key = Vec::new();
                Alphabet::of(lang).write_key(&text, &mut key);
                key
            };
            prop_assert_eq!(of(Lang::De), of(Lang::En));
            prop_assert_eq!(of(Lang::De), key(&text));
        }
    }
}
