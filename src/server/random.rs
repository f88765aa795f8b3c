//! Two sources of chance: the system's, for what nobody may guess, and a seeded one, for what must come out
//! the same every time.

use crate::domain::technician::code;
use std::sync::OnceLock;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// 260 bits nobody can guess, as 52 characters `[A-Z2-7]`.
///
/// # Errors
/// The system has no source of chance. Nothing may stand in for it: what repeats can be guessed.
pub fn secret() -> Result<String, getrandom::Error> {
    letters::<52>(getrandom::fill)
}

/// A code for people to read and type: 60 bits nobody can guess, as 12 digits and letters.
///
/// # Errors
/// As [`secret`].
pub fn code() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; code::LENGTH];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| symbol(code::ALPHABET, u64::from(*byte))).collect())
}

/// An id of one thing, such as a request: 26 characters of the same kind.
///
/// # Errors
/// As [`secret`].
pub fn id() -> Result<String, getrandom::Error> {
    letters::<26>(getrandom::fill)
}

/// Ids of which all begin with the same letters: an index has them side by side, and a thousand new ones change a few of
/// its pages, not a thousand.
#[derive(Debug, Default)]
pub struct Ids(OnceLock<String>);

/// So many letters; the others are 105 bits nobody can guess.
const SAME_LETTERS: usize = 5;

impl Ids {
    /// The next one, as [`id`] makes it.
    ///
    /// # Errors
    /// As [`secret`].
    pub fn next(&self) -> Result<String, getrandom::Error> {
        let id = id()?;
        let (begins, rest) = id.split_at(SAME_LETTERS);
        Ok(format!("{}{rest}", self.0.get_or_init(|| begins.to_owned())))
    }
}

/// 5 bits of each byte of the source.
fn letters<const LENGTH: usize>(
    fill: impl Fn(&mut [u8]) -> Result<(), getrandom::Error>,
) -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; LENGTH];
    fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| letter(u64::from(*byte))).collect())
}

fn letter(bits: u64) -> char {
    symbol(ALPHABET, bits)
}

fn symbol(alphabet: &[u8; 32], bits: u64) -> char {
    // The mask keeps the index below 32.
    char::from(alphabet.get((bits & 31) as usize).copied().unwrap_or(b'A'))
}

/// A seeded stream of numbers (`SplitMix64`): small, quick, the same on every machine.
#[derive(Debug, Clone)]
pub struct Seeded(u64);

impl Seeded {
    /// A stream of its own for each (seed, kind, number).
    pub fn new(seed: u64, kind: u64, number: u64) -> Self {
        let mut stream = Self(seed ^ kind.wrapping_mul(0xA076_1D64_78BD_642F));
        stream.0 = stream.next() ^ number.wrapping_mul(0xE703_7ED1_A0B4_28DB);
        stream.next();
        stream
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..bound`; 0 when the bound is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        // The product of two 32-bit numbers, shifted by 32, fits into 32 bits.
        u32::try_from(((self.next() >> 32) * u64::from(bound)) >> 32).unwrap_or(0)
    }

    /// A number in `low..=high`.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low).saturating_add(1))
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    /// One of the list; `None` when it is empty.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(u32::try_from(from.len()).unwrap_or(u32::MAX)) as usize)
    }

    /// An id of the contract: 26 characters `[A-Z2-7]`.
    pub fn id(&mut self) -> String {
        let mut id = String::with_capacity(26);
        let (mut bits, mut left) = (0_u64, 0);
        for _ in 0..26 {
            if left == 0 {
                (bits, left) = (self.next(), 12);
            }
            id.push(letter(bits));
            (bits, left) = (bits >> 5, left - 1);
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let id = Seeded::new(7, 1, 42).id();
        assert_eq!(id, Seeded::new(7, 1, 42).id());
        assert_ne!(id, Seeded::new(7, 1, 43).id());
        assert_ne!(id, Seeded::new(8, 1, 42).id());
        assert!(id.len() == 26 && id.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b)));
    }

    #[test]
    fn ids_of_one_request_begin_alike_and_no_others_do() {
        let (ids, others) = (Ids::default(), Ids::default());
        let made: Vec<String> = (0..1000).map(|_| ids.next().unwrap()).collect();
        assert!(made.iter().all(|id| id.len() == 26 && id[..SAME_LETTERS] == made[0][..SAME_LETTERS]));
        assert_eq!(made.iter().collect::<std::collections::HashSet<_>>().len(), 1000);
        assert!((0..10).any(|_| !others.next().unwrap().starts_with(&made[0][..SAME_LETTERS])));
    }

    #[test]
    fn without_a_source_of_chance_there_is_nothing_instead() {
        let failed = letters::<26>(|_| Err(getrandom::Error::UNSUPPORTED)).unwrap_err();
        let failed = crate::server::error::ApiError::from(failed);
        assert_eq!((failed.status.as_u16(), failed.code), (500, "INTERNAL"));
    }

    #[test]
    fn secrets_differ_and_have_52_letters() {
        let (one, two) = (secret().unwrap(), secret().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 52);
    }
}
