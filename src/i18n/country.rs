//! Names of countries and regions in the languages of the dashboard, from `assets/countries.tsv`: code, English,
//! German, sorted by code.
//!
//! Source: the Unicode Common Locale Data Repository (CLDR) 47, territory names of `en` and `de`, taken from
//! Babel 2.18.0; Unicode License v3 (`Unicode-3.0`). The codes are the 249 of ISO 3166-1 alpha-2.

use crate::domain::lang::Lang;

const COUNTRIES: &str = include_str!("../../assets/countries.tsv");

/// The name of a country in a language; `None` for what is no code of ISO 3166-1. The case does not matter.
pub fn name(code: &str, lang: Lang) -> Option<&'static str> {
    let code = code.trim();
    all(lang).find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, name)| name)
}

/// Every code with its name in a language, in the order of the codes.
pub fn all(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.lines().filter_map(move |line| {
        let (code, names) = line.split_once('\t')?;
        let (english, german) = names.split_once('\t')?;
        Some((code, if lang == Lang::De { german } else { english }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_in_order_and_once() {
        assert!(all(Lang::En).is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn every_code_is_two_letters_with_a_name_in_both_languages() {
        for lang in Lang::ALL {
            for (code, text) in all(lang) {
                assert!(code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()), "{code}");
                assert!(!text.is_empty() && crate::domain::text::clean(text) == text, "{text}");
                assert_eq!(name(code, lang), Some(text));
            }
            assert_eq!(all(lang).count(), 249);
        }
    }

    #[test]
    fn countries_are_named_in_the_language_asked_for() {
        assert_eq!(name("DE", Lang::En), Some("Germany"));
        assert_eq!(name("DE", Lang::De), Some("Deutschland"));
        assert_eq!(name("at", Lang::De), Some("Österreich"));
        assert_eq!(name("ZW", Lang::En), Some("Zimbabwe"));
    }

    #[test]
    fn what_is_no_code_has_no_name() {
        for code in ["", "D", "DEU", "XX", "EU", "日本"] {
            assert_eq!(name(code, Lang::En), None, "{code}");
        }
    }
}
