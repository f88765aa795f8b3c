//! Words that many companies share (a tag, a town, a first name, `GmbH`): kept once, and referred to by number.

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// Two bytes name any of so many words. What comes later is written out, so words of no use cost little.
const MOST: usize = 16 * 1024 - 1;
/// Longer words are hardly ever shared.
const LONGEST: usize = 32;

/// Words by number, one behind the other in one text.
#[derive(Debug, Clone, Default)]
pub(super) struct Interner {
    text: String,
    /// Where each word ends.
    ends: Vec<u32>,
    /// Numbers by the hash of their word. Of two words with one hash the second is written out.
    numbers: HashMap<u64, u32, FixedState>,
}

impl Interner {
    /// The number of a word, given to it now if it has none; `None`: write it out.
    pub fn number(&mut self, word: &str) -> Option<u32> {
        if word.len() > LONGEST {
            return None;
        }
        let hash = FixedState::default().hash_one(word);
        if let Some(&number) = self.numbers.get(&hash) {
            return Some(number).filter(|&number| self.word(number) == Some(word));
        }
        let number = u32::try_from(self.ends.len()).ok().filter(|_| self.ends.len() < MOST)?;
        self.text.push_str(word);
        // At most 16,384 words of 32 bytes.
        self.ends.push(u32::try_from(self.text.len()).ok()?);
        self.numbers.insert(hash, number);
        Some(number)
    }

    pub fn word(&self, number: u32) -> Option<&str> {
        let at = number as usize;
        let from = at.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.text.get(*from as usize..*self.ends.get(at)? as usize)
    }

    /// Takes no further words: what only that needs is given back.
    pub fn seal(&mut self) {
        self.numbers = HashMap::default();
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}
