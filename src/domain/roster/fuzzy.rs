//! Names that are easily taken for each other: to warn of before a second company is made, never to forbid it.

use super::Roster;
use super::fold::{Style, fold};
use crate::domain::id::CompanyKey;

/// More would be a list to read, not a warning.
const MOST: usize = 20;

/// Names shorter than this differ by a letter and mean something else.
const SHORTEST: usize = 6;

/// Words that say of which kind a company is, not which one it is. Folded.
const KINDS: [&str; 34] = [
    "ab",
    "ag",
    "as",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "ek",
    "eu",
    "ev",
    "gbr",
    "ges",
    "gmbh",
    "inc",
    "kg",
    "kgaa",
    "limited",
    "llc",
    "llp",
    "ltd",
    "mbh",
    "nv",
    "ohg",
    "oy",
    "plc",
    "pty",
    "sa",
    "sarl",
    "se",
    "spa",
    "srl",
    "sro",
    "ug",
];

impl Roster {
    /// Companies whose name is nearly this one: the same but for punctuation and words such as `GmbH`, or but for
    /// one letter. Those of the same name are [`Roster::look_alikes`] and not among them. By name, 20 at most.
    pub fn nearly(&self, name: &str) -> Vec<CompanyKey> {
        let folded = fold(name, Style::Plain);
        let wanted = skeleton(&folded);
        if wanted.is_empty() {
            return Vec::new();
        }
        let near = |other: &str| other != folded && one_edit_apart(&wanted, &skeleton(other));
        let found = self.by_name.iter().filter(|&&slot| near(self.keys.texts(slot).name)).take(MOST);
        found.filter_map(|&slot| self.store.key(slot)).collect()
    }
}

/// What is left of a folded name without punctuation and kinds of company; the whole of it, where that is nothing.
fn skeleton(folded: &str) -> Vec<char> {
    let mut words: Vec<String> = Vec::new();
    let mut spelled = false;
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        // *e. V.* and *s. r. o.* are one word each.
        let letter = word.chars().nth(1).is_none();
        match words.last_mut().filter(|_| letter && spelled) {
            Some(last) => last.push_str(word),
            None => words.push(word.to_owned()),
        }
        spelled = letter;
    }
    let letters = |words: &mut dyn Iterator<Item = &String>| words.flat_map(|word| word.chars()).collect::<Vec<_>>();
    let named = letters(&mut words.iter().filter(|word| !KINDS.contains(&word.as_str())));
    if named.is_empty() { letters(&mut words.iter()) } else { named }
}

/// The same, or made the same by one letter more, less, other, or two that changed places; for long names only.
fn one_edit_apart(one: &[char], other: &[char]) -> bool {
    if one == other {
        return true;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < SHORTEST || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short_rest, long_rest) = (short.get(same..).unwrap_or(&[]), long.get(same..).unwrap_or(&[]));
    let after = |rest: &[char], by: usize| rest.get(by..).unwrap_or(&[]).to_vec();
    if short.len() < long.len() {
        return short_rest == after(long_rest, 1);
    }
    let swapped = matches!((short_rest, long_rest), ([a, b, ..], [c, d, ..]) if a == d && b == c);
    after(short_rest, 1) == after(long_rest, 1) || swapped && after(short_rest, 2) == after(long_rest, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: &str, other: &str) -> bool {
        let fold = |name: &str| fold(name, Style::Plain);
        one_edit_apart(&skeleton(&fold(one)), &skeleton(&fold(other)))
    }

    #[test]
    fn names_that_mean_the_same_company_are_near() {
        for (one, other) in [
            ("Brightwater", "Brightwater GmbH"),
            ("Brightwater GmbH", "Brightwater GmbH & Co. KG"),
            ("Nordlicht e. V.", "Nordlicht"),
            ("Bright-Water", "brightwater"),
            ("Brightwater", "Brihgtwater"),
            ("Brightwater", "Brigtwater"),
            ("Brightwater", "Brightwaterr"),
            ("Brightwater", "Brightwader"),
            ("Müller Feinmechanik", "Muller Feinmechanik AG"),
        ] {
            assert!(near(one, other) && near(other, one), "{one} / {other}");
        }
    }

    #[test]
    fn names_that_only_share_something_are_not() {
        for (one, other) in [
            ("Brightwater", "Brightwood"),
            ("Aalto", "Aalte"),
            ("Contoso North", "Contoso South"),
            ("SE GmbH", "AG GmbH"),
            ("Brightwater", "waterBright"),
            ("", "GmbH"),
        ] {
            assert!(!near(one, other), "{one} / {other}");
        }
    }
}
