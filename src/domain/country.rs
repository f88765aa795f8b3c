//! How a country writes an address: the order of its parts, whether it has postal codes, and what they look like.
//! The facts are those of the crate keshvar (from the *countries* data set). The country of an address does *not*
//! choose the data region (support page *manage companies*).

use super::company::Address;
use super::roster::fold::{Style, fold};
use super::roster::spellings;
use keshvar::{Alpha2, Country};
use regex_lite::Regex;

/// A part of an address that a country may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Street and house, one or more lines.
    Street,
    Town,
    /// State, province, county.
    Region,
    PostalCode,
}

/// The parts of an address in the order in which they are written there. A code that nobody knows has the parts of
/// most countries: street, postal code, town.
pub fn parts(code: &str) -> Vec<Part> {
    let country = country(code);
    let format = country.as_ref().and_then(Country::address_format);
    let mut parts = match format {
        Some(format) => in_order(format),
        None => vec![Part::Street, Part::PostalCode, Part::Town],
    };
    if country.as_ref().is_some_and(|country| !country.postal_code()) {
        parts.retain(|part| *part != Part::PostalCode);
    } else if !parts.contains(&Part::PostalCode) {
        parts.push(Part::PostalCode);
    }
    parts
}

fn in_order(format: &str) -> Vec<Part> {
    let mut found: Vec<(usize, Part)> = [
        ("{{street}}", Part::Street),
        ("{{city}}", Part::Town),
        ("{{region", Part::Region),
        ("{{postalcode}}", Part::PostalCode),
    ]
    .into_iter()
    .filter_map(|(mark, part)| format.find(mark).map(|at| (at, part)))
    .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, part)| part).collect()
}

/// The lines of an address as its country writes them, without the country's name. What the country's own order has no
/// place for stands below.
pub fn written(address: &Address) -> Vec<String> {
    const USUAL: &str = "{{street}}\n{{postalcode}} {{city}}";
    let country = country(&address.country_code);
    let format = country.as_ref().and_then(Country::address_format).unwrap_or(USUAL);
    let mut left = vec![Part::Street, Part::PostalCode, Part::Town, Part::Region];
    let mut lines = Vec::new();
    for parts in format.lines().map(in_order) {
        if parts.contains(&Part::Street) {
            lines.extend(address.lines.iter().cloned());
        }
        lines.push(joined(address, &parts));
        left.retain(|part| !parts.contains(part));
    }
    lines.extend(left.iter().map(|part| joined(address, &[*part])));
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// The same on one line, and the country's code behind it; empty where there is no address.
pub fn one_line(address: &Address) -> String {
    let mut parts = written(address);
    parts.extend(Some(address.country_code.clone()).filter(|code| !code.is_empty()));
    parts.join(", ")
}

/// Parts of one line but the street; a comma stands between a town and its state.
fn joined(address: &Address, parts: &[Part]) -> String {
    let mut line = String::new();
    let mut before = None;
    for part in parts {
        let text = match part {
            Part::Street => None,
            Part::Town => address.locality.as_deref(),
            Part::Region => address.administrative_area.as_deref(),
            Part::PostalCode => address.postal_code.as_deref(),
        };
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { continue };
        if before == Some(Part::Town) && *part == Part::Region {
            line.push(',');
        }
        if before.replace(*part).is_some() {
            line.push(' ');
        }
        line.push_str(text);
    }
    line
}

/// A postal code as that country writes it: trimmed and in capital letters. `None` when it cannot be one. Where no
/// rule is known, anything is one.
pub fn postal_code(code: &str, typed: &str) -> Option<String> {
    let typed = typed.trim().to_uppercase();
    match rule(code) {
        Some(rule) if !rule.is_match(&typed) => None,
        _ => Some(typed),
    }
}

/// A postal code that fits the country's rule, to show what they look like there.
pub fn postal_code_example(code: &str) -> Option<String> {
    let format = country(code)?.postal_code_format()?;
    let example = example(format);
    rule(code)?.is_match(&example).then_some(example)
}

/// The rule as an expression that the whole text has to fit.
fn rule(code: &str) -> Option<Regex> {
    let format = country(code)?.postal_code_format()?;
    Regex::new(&format!("^(?:{format})$")).ok()
}

/// Whether these two capital letters are a country of ISO 3166-1.
pub fn is_country(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_uppercase()) && country(code).is_some()
}

/// Two letters of ISO 3166-1 and nothing else: keshvar also knows other lists, in which the same letters are other
/// countries.
fn country(code: &str) -> Option<Country> {
    let code = code.trim().to_ascii_uppercase();
    (code.len() == 2).then(|| Alpha2::try_from(code.as_str()).ok()).flatten().map(|known| known.to_country())
}

/// A text that a simple expression describes: digits count up, a letter stands for letters, what is optional in a
/// group stays out. Whether it fits is checked by who asks.
fn example(format: &str) -> String {
    let mut out = String::new();
    let mut letters = format.chars().peekable();
    let mut digit = 0_u32;
    let mut letter = 0_u8;
    while let Some(c) = letters.next() {
        let class: String = match c {
            '\\' if letters.next_if_eq(&'d').is_some() => "0-9".into(),
            '\\' => letters.next().into_iter().collect(),
            '[' => letters.by_ref().take_while(|c| *c != ']').collect(),
            // Groups and choices: what stands before the first of them is all that can be told simply.
            '(' | ')' | '|' => break,
            c => c.to_string(),
        };
        let times = match letters.peek() {
            Some('{') => {
                letters.next();
                let count: String = letters.by_ref().take_while(|c| *c != '}').collect();
                count.split(',').next().and_then(|least| least.parse().ok()).unwrap_or(1)
            }
            Some('?') => {
                letters.next();
                usize::from(class == " " || class == "-")
            }
            _ => 1,
        };
        for _ in 0..times {
            match class.as_str() {
                "0-9" => {
                    digit = (digit + 1) % 10;
                    out.extend(char::from_digit(digit, 10));
                }
                "A-Z" => {
                    out.push(char::from(b'A' + letter % 26));
                    letter = letter.wrapping_add(1);
                }
                other => out.extend(other.chars().next()),
            }
        }
    }
    out
}

/// The countries of this list, of code and name, that what is typed can mean; best first: the code itself, the
/// beginning of the name, the beginning of a word, anywhere. Accents and case do not matter.
pub fn find(all: &[(&'static str, &'static str)], typed: &str) -> Vec<(&'static str, &'static str)> {
    let typed = fold(typed, Style::Plain);
    let spelled = |name: &str| fold(name, Style::Spelled);
    let rank = |code: &str, name: &str| {
        let forms = [fold(name, Style::Plain), spelled(name)];
        let any = |fits: &dyn Fn(&str) -> bool| forms.iter().any(|form| fits(form));
        Some(match () {
            () if code.eq_ignore_ascii_case(&typed) => 0,
            () if any(&|form| form.starts_with(&typed)) => 1,
            () if any(&|form| form.split([' ', '-', '(']).any(|word| word.starts_with(&typed))) => 2,
            () if any(&|form| form.contains(&typed)) => 3,
            () => return None,
        })
    };
    let mut found: Vec<_> = all
        .iter()
        .filter_map(|&(code, name)| Some((rank(code, name)?, fold(name, Style::Plain), (code, name))))
        .collect();
    found.sort();
    found.into_iter().map(|(.., country)| country).collect()
}

/// The country of this list that is called exactly so, or has this code; accents and case do not matter.
pub fn called(all: impl Iterator<Item = (&'static str, &'static str)>, typed: &str) -> Option<&'static str> {
    let typed = spellings(typed);
    let same = |name: &str| spellings(name).iter().any(|name| typed.contains(name));
    let mut all = all.filter(|(code, name)| same(code) || same(name));
    all.next().map(|(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: [(&str, &str); 7] = [
        ("AT", "Österreich"),
        ("CH", "Schweiz"),
        ("CI", "Côte d’Ivoire"),
        ("DE", "Deutschland"),
        ("GB", "Vereinigtes Königreich"),
        ("IS", "Island"),
        ("IL", "Israel"),
    ];

    fn codes(typed: &str) -> Vec<&'static str> {
        find(&SOME, typed).into_iter().map(|(code, _)| code).collect()
    }

    #[test]
    fn a_country_is_found_by_its_name_its_code_and_without_accents() {
        assert_eq!(codes("oster"), ["AT"]);
        assert_eq!(codes("oesterreich"), ["AT"]);
        assert_eq!(codes("cote"), ["CI"]);
        assert_eq!(codes("gb"), ["GB"]);
        assert_eq!(codes("konig"), ["GB"]);
        assert_eq!(codes("is"), ["IS", "IL"], "the code first, then names that begin so");
        assert_eq!(codes("land"), ["DE", "IS"]);
        assert_eq!(codes("zzz"), <[&str; 0]>::default());
        assert_eq!(codes("").len(), SOME.len());
    }

    #[test]
    fn a_country_is_called_by_its_whole_name_or_its_code() {
        for (typed, code) in [
            ("de", Some("DE")),
            (" Österreich\r", Some("AT")),
            ("OESTERREICH", Some("AT")),
            ("osterreich", Some("AT")),
            ("Land", None),
            ("", None),
        ] {
            assert_eq!(called(SOME.into_iter(), typed), code, "{typed:?}");
        }
    }

    #[test]
    fn parts_stand_in_the_order_of_the_country() {
        use Part::{PostalCode, Region, Street, Town};
        for (code, order) in [
            ("DE", vec![Street, PostalCode, Town]),
            ("US", vec![Street, Town, Region, PostalCode]),
            ("GB", vec![Street, Town, Region, PostalCode]),
            ("HU", vec![Town, Street, PostalCode]),
            ("AE", vec![Street, Town]),
            ("", vec![Street, PostalCode, Town]),
            ("XX", vec![Street, PostalCode, Town]),
        ] {
            assert_eq!(parts(code), order, "{code}");
        }
        assert_eq!(parts("de"), parts("DE"));
    }

    #[test]
    fn an_address_is_written_as_its_country_does() {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        for (code, town, region, postal, wanted) in [
            ("US", "Santa Cruz", "CA", "95060", "1 Pier|Santa Cruz, CA 95060"),
            ("GB", "Brighton", "", "BN1 1AA", "1 Pier|Brighton|BN1 1AA"),
            ("DE", "Kiel", "", "24103", "1 Pier|24103 Kiel"),
            ("DE", "Kiel", "SH", "24103", "1 Pier|24103 Kiel|SH"),
            ("??", "Nowhere", "", "1", "1 Pier|1 Nowhere"),
            ("US", "", "", "", "1 Pier"),
        ] {
            let (locality, administrative_area, postal_code) = (text(town), text(region), text(postal));
            let lines = vec!["1 Pier".to_owned()];
            let address = Address { country_code: code.into(), lines, locality, administrative_area, postal_code };
            assert_eq!(written(&address).join("|"), wanted, "{code}");
        }
        assert_eq!(written(&Address::default()), [""; 0]);
    }

    #[test]
    fn countries_are_those_of_the_standard() {
        assert!(is_country("DE") && is_country("JP"));
        assert!(!is_country("XX") && !is_country("de") && !is_country("DEU") && !is_country("") && !is_country(" DE"));
    }

    #[test]
    fn postal_codes_are_held_against_the_countrys_rule() {
        for (code, typed, kept) in [
            ("DE", " 24103 ", Some("24103")),
            ("DE", "2410", None),
            ("DE", "241033", None),
            ("GB", "sw1a 1aa", Some("SW1A 1AA")),
            ("NL", "1012ab", Some("1012AB")),
            ("CA", "k1a 0b1", Some("K1A 0B1")),
            ("US", "94103-1234", Some("94103-1234")),
            ("US", "9410", None),
            ("XX", "anything", Some("ANYTHING")),
            ("AE", "whatever", Some("WHATEVER")),
            ("DE", "x24103", None),
        ] {
            assert_eq!(postal_code(code, typed).as_deref(), kept, "{code} {typed}");
        }
    }

    #[test]
    fn every_rule_of_the_world_can_be_read() {
        let (mut rules, mut examples) = (0, 0);
        for first in 'A'..='Z' {
            for second in 'A'..='Z' {
                let code = format!("{first}{second}");
                assert!(parts(&code).contains(&Part::Street) && parts(&code).contains(&Part::Town), "{code}");
                let Some(format) = country(&code).and_then(|country| country.postal_code_format()) else { continue };
                assert!(rule(&code).is_some(), "{code}: {format}");
                rules += 1;
                if let Some(example) = postal_code_example(&code) {
                    assert_eq!(postal_code(&code, &example), Some(example));
                    examples += 1;
                }
            }
        }
        assert!(rules > 150 && examples > 100, "{rules} rules, {examples} examples");
        assert_eq!(postal_code_example("DE").as_deref(), Some("12345"));
        assert_eq!(postal_code_example("NL").as_deref(), Some("1234 AB"));
    }
}
