//! Words that many companies share (a tag, a town, a first name, `GmbH`): kept once, and referred to by number.

use std::collections::HashMap;
use std::sync::Arc;

/// Two bytes name any of so many words. What comes later is written out, so words of no use cost little.
const MOST: usize = 16 * 1024 - 1;
/// Longer words are hardly ever shared.
const LONGEST: usize = 32;

/// Words by number. A word gets its number for good, or never: the same text is always written alike, so that
/// two packed companies are equal exactly when their bytes are.
#[derive(Debug, Clone, Default)]
pub(super) struct Interner {
    words: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32, foldhash::fast::RandomState>,
}

impl Interner {
    /// The number of a word, given to it now if it has none; `None`: write it out.
    pub fn number(&mut self, word: &str) -> Option<u32> {
        if word.len() > LONGEST {
            return None;
        }
        if let Some(&number) = self.numbers.get(word) {
            return Some(number);
        }
        let number = u32::try_from(self.words.len()).ok().filter(|_| self.words.len() < MOST)?;
        let word: Arc<str> = Arc::from(word);
        self.words.push(Arc::clone(&word));
        self.numbers.insert(word, number);
        Some(number)
    }

    pub fn word(&self, number: u32) -> Option<&str> {
        self.words.get(number as usize).map(AsRef::as_ref)
    }
}
