//! Names that are alike: another spelling of an umlaut, another legal form, a letter too many, words in another order,
//! one the beginning of the other. They are offered to a person, never taken.
//!
//! Found by hashes of what is left of a name, and of that with each single letter taken out: two names one letter
//! apart share one. So it is a search in a sorted list, however many names there are.

use crate::domain::roster::spellings;
use std::hash::BuildHasher;

/// The most that are offered for one name.
pub const MOST_OFFERED: usize = 5;
/// Longer names are alike in another way or not at all.
const LONGEST: usize = 64;
/// Shorter ones are alike by chance.
const SHORTEST: usize = 4;
/// A first word that more names than this begin with tells nothing.
const COMMON: usize = 24;

/// Words that say what a company is in law and not which.
const LEGAL: [&str; 47] = [
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "ek",
    "eg",
    "ev",
    "gbr",
    "ggmbh",
    "gmbh",
    "holding",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kgaa",
    "kk",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "mbh",
    "nv",
    "ohg",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sarl",
    "sas",
    "se",
    "sl",
    "spa",
    "srl",
    "the",
    "ug",
    "und",
];

/// A company whose name is like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAlike<T> {
    pub company: T,
    pub name: String,
    /// How much alike, in percent; below 100, since the same name is no look-alike.
    pub percent: u8,
}

/// Names, to be asked which are like another.
#[derive(Debug, Default)]
pub struct LookAlikes<T> {
    names: Vec<(T, String)>,
    /// Hash and place in `names`, in order.
    keys: Vec<(u64, u32)>,
}

impl<T: Clone> LookAlikes<T> {
    pub fn new(names: impl Iterator<Item = (T, String)>) -> Self {
        let names: Vec<(T, String)> = names.collect();
        let mut keys = Vec::with_capacity(names.len() * 16);
        for (place, (_, name)) in (0_u32..).zip(&names) {
            hashes(name, |hash| keys.push((hash, place)));
        }
        keys.sort_unstable();
        keys.dedup();
        Self { names, keys }
    }

    /// The companies with a name like this, most alike first.
    pub fn of(&self, name: &str) -> Vec<LookAlike<T>> {
        let mut places: Vec<u32> = Vec::new();
        hashes(name, |hash| {
            let from = self.keys.partition_point(|(key, _)| *key < hash);
            let same = self.keys.get(from..).unwrap_or_default().iter().take_while(|(key, _)| *key == hash);
            if same.clone().nth(COMMON).is_none() {
                places.extend(same.map(|(_, place)| *place));
            }
        });
        places.sort_unstable();
        places.dedup();
        let like = |place: u32| {
            let (company, other) = self.names.get(usize::try_from(place).ok()?)?;
            let percent = likeness(name, other)?;
            Some(LookAlike { company: company.clone(), name: other.clone(), percent })
        };
        let mut found: Vec<LookAlike<T>> = places.into_iter().filter_map(like).collect();
        found.sort_by(|a, b| b.percent.cmp(&a.percent).then_with(|| a.name.cmp(&b.name)));
        found.truncate(MOST_OFFERED);
        found
    }
}

/// The words of a name in each of its spellings, without signs and legal forms; all of them where nothing else is left.
fn forms(name: &str) -> Vec<Vec<String>> {
    let words = |spelling: String| -> Vec<String> {
        // `S.p.A.`, `O'Neil`: one word each.
        let joined: String = spelling.chars().filter(|c| !matches!(c, '.' | '\'' | '’' | '`')).collect();
        let all: Vec<String> =
            joined.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let own: Vec<String> =
            all.iter().filter(|word| !LEGAL.contains(&word.as_str()) && *word != "and").cloned().collect();
        if own.is_empty() { all } else { own }
    };
    spellings(name).into_iter().map(words).filter(|words| !words.is_empty()).collect()
}

fn hashes(name: &str, mut found: impl FnMut(u64)) {
    let state = foldhash::fast::FixedState::with_seed(0);
    let mut put = |kind: u8, text: &str| found(state.hash_one((kind, text)));
    for words in forms(name) {
        let bare = words.concat();
        put(0, &bare);
        let mut sorted = words.clone();
        sorted.sort_unstable();
        put(1, &sorted.join(" "));
        if let Some(first) = words.first().filter(|first| first.chars().count() >= SHORTEST) {
            put(2, first);
        }
        let letters = bare.chars().count();
        if (SHORTEST..=LONGEST).contains(&letters) {
            for (at, c) in bare.char_indices() {
                let without = [bare.get(..at), bare.get(at + c.len_utf8()..)].map(Option::unwrap_or_default).concat();
                put(0, &without);
            }
        }
    }
}

/// How much two names are alike in percent, if they are.
fn likeness(one: &str, other: &str) -> Option<u8> {
    let (ones, others) = (forms(one), forms(other));
    let pairs = ones.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    pairs.filter_map(|(one, other)| words_alike(one, other)).max()
}

fn words_alike(one: &[String], other: &[String]) -> Option<u8> {
    let (a, b) = (one.concat(), other.concat());
    if a == b {
        return Some(99);
    }
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    if sorted(one) == sorted(other) {
        return Some(95);
    }
    let longest = a.chars().count().max(b.chars().count());
    if longest <= LONGEST && longest > SHORTEST && one_apart(&a, &b) {
        return u8::try_from(95 - 100 / longest).ok();
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let begins = short.first().is_some_and(|first| first.chars().count() >= SHORTEST) && long.starts_with(short);
    begins.then_some(70)
}

/// One letter more, less, other, or two neighbours in the other order.
fn one_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let before = one.iter().zip(&other).take_while(|(x, y)| x == y).count();
    match (one.get(before..).unwrap_or_default(), other.get(before..).unwrap_or_default()) {
        ([_, rest @ ..], other) if rest == other => true,
        (one, [_, rest @ ..]) if rest == one => true,
        ([_, one @ ..], [_, other @ ..]) if one == other => true,
        ([first, second, one @ ..], [third, fourth, other @ ..]) => first == fourth && second == third && one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> Option<u8> {
        LookAlikes::new([(1, other.to_owned())].into_iter()).of(one).first().map(|found| found.percent)
    }

    #[test]
    fn what_a_person_takes_for_the_same_is_offered() {
        for (one, other) in [
            ("Müller GmbH", "Mueller GmbH"),
            ("Muller GmbH", "Müller GmbH"),
            ("Acme Ltd", "Acme Limited"),
            ("ACME LTD.", "Acme Ltd"),
            ("Acme Inc.", "The Acme Company, Inc"),
            ("Brightwater", "Brightwater Group"),
            ("Brigthwater GmbH", "Brightwater GmbH"),
            ("Brightwatr GmbH", "Brightwater GmbH"),
            ("Kanzlei Söhne & Partner", "Soehne und Partner, Kanzlei"),
            ("Cantiere Bianchi SpA", "Cantiere Bianchi S.p.A."),
            ("O’Neil & Sons", "ONeil and Sons"),
        ] {
            assert!(alike(one, other).is_some(), "{one} / {other}");
            assert_eq!(alike(one, other), alike(other, one), "{one} / {other}");
        }
    }

    #[test]
    fn what_is_another_company_is_not() {
        for (one, other) in [
            ("Acme Ltd", "Beta Ltd"),
            ("Alpen GmbH", "Alster GmbH"),
            ("ABC", "ABD"),
            ("Nordlicht Praxis", "Nordwind Praxis"),
            ("GmbH", "Müller GmbH"),
            ("", "Acme"),
        ] {
            assert_eq!(alike(one, other), None, "{one} / {other}");
        }
    }

    #[test]
    fn the_most_alike_comes_first_and_common_words_tell_nothing() {
        let names = (0..200).map(|n| (n, format!("Praxis Nummer {n}"))).chain([(900, "Praxis Nord".to_owned())]);
        let names =
            LookAlikes::new(names.chain([(901, "Praxis Nord GmbH".to_owned()), (902, "Praxis Nort".to_owned())]));
        let found: Vec<_> = names.of("Praxis Nord AG").into_iter().map(|found| found.company).collect();
        assert_eq!(found, [900, 901, 902]);
    }
}
