//! What an address has to keep to: a country that exists, and the postal code's form there.

use keshvar::Alpha2;

/// Whether these two capital letters are a country of ISO 3166-1.
pub fn is_country(code: &str) -> bool {
    // The table also takes small letters.
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) && Alpha2::try_from(code).is_ok()
}

/// Whether the whole postal code has its country's form. Countries without a rule take any.
pub fn postal_code_fits(country: &str, postal_code: &str) -> bool {
    let Ok(country) = Alpha2::try_from(country) else { return true };
    let Some(form) = country.to_country().postal_code_format() else { return true };
    // A form that cannot be read is a fault of the table, not of the caller.
    regex_lite::Regex::new(&format!("^(?:{form})$")).map_or(true, |form| form.is_match(postal_code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_those_of_the_standard() {
        assert!(is_country("DE") && is_country("JP"));
        assert!(!is_country("XX") && !is_country("de") && !is_country("DEU") && !is_country(""));
    }

    #[test]
    fn a_postal_code_is_held_against_its_country_as_a_whole() {
        assert!(postal_code_fits("DE", "24103") && postal_code_fits("GB", "PL1 2AA"));
        assert!(
            !postal_code_fits("DE", "2410") && !postal_code_fits("DE", "241033") && !postal_code_fits("DE", "x24103")
        );
        assert!(postal_code_fits("AE", "whatever"), "no rule there");
    }
}
