//! The alphabet of packed companies: numbers in as few bytes as they need, texts behind their length, shared
//! words by number. Reading is total: bytes that nobody wrote read as nothing.

use super::interner::Interner;
use jiff::Timestamp;

/// Times are counted from the first of January 2020: today's take six bytes.
const FROM_MS: i64 = 1_577_836_800_000;
const NANOS_PER_MS: i128 = 1_000_000;

/// Ids of the contract: 26 letters of base 32, which are 17 bytes.
pub(super) const ID_LETTERS: usize = 26;
const ID_BYTES: usize = 17;

/// Writes one company.
pub(super) struct Encoder<'a> {
    pub to: &'a mut Vec<u8>,
    pub interner: &'a mut Interner,
}

impl Encoder<'_> {
    pub fn number(&mut self, mut number: u64) {
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= 7;
            if number == 0 {
                return self.to.push(low & 0x7f);
            }
            self.to.push(low | 0x80);
        }
    }

    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.to.extend_from_slice(text.as_bytes());
    }

    pub fn word(&mut self, word: &str) {
        if let Some(number) = self.interner.number(word) {
            self.number(u64::from(number) + 1);
        } else {
            self.number(0);
            self.text(word);
        }
    }

    /// A text of several words.
    pub fn phrase(&mut self, text: &str) {
        self.list(text.split(' '), Self::word);
    }

    pub fn list<T>(&mut self, items: impl Iterator<Item = T> + Clone, mut each: impl FnMut(&mut Self, T)) {
        self.number(items.clone().count() as u64);
        for item in items {
            each(self, item);
        }
    }

    pub fn time(&mut self, time: Timestamp) {
        let nanos = time.as_nanosecond() % NANOS_PER_MS;
        let ms = zigzag(time.as_millisecond() - FROM_MS);
        self.number(ms << 1 | u64::from(nanos != 0));
        if nanos != 0 {
            self.number(zigzag(i64::try_from(nanos).unwrap_or_default()));
        }
    }

    pub fn id(&mut self, id: &str) {
        let Some(letters) = letters(id) else {
            self.number(id.len() as u64 + 1);
            self.to.extend_from_slice(id.as_bytes());
            return;
        };
        self.number(0);
        // 130 bits: all but the last letter fit into 128.
        let (first, last) = letters.split_at(ID_LETTERS - 1);
        let bits = first.iter().fold(0_u128, |bits, letter| bits << 5 | u128::from(*letter));
        self.to.extend_from_slice(&bits.to_le_bytes());
        self.to.extend_from_slice(last);
    }
}

/// The values of the letters of an id, if it is one of the contract.
fn letters(id: &str) -> Option<[u8; ID_LETTERS]> {
    let mut values: [u8; ID_LETTERS] = id.as_bytes().try_into().ok()?;
    for value in &mut values {
        *value = match *value {
            letter @ b'A'..=b'Z' => letter - b'A',
            digit @ b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
    }
    Some(values)
}

/// Reads one company.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decoder<'a> {
    pub from: &'a [u8],
    pub interner: &'a Interner,
}

impl<'a> Decoder<'a> {
    fn bytes(&mut self, len: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.from.split_at_checked(len)?;
        self.from = rest;
        Some(bytes)
    }

    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let (&byte, rest) = self.from.split_first()?;
            self.from = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub fn count(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn text_of(&mut self, len: u64) -> Option<&'a str> {
        std::str::from_utf8(self.bytes(usize::try_from(len).ok()?)?).ok()
    }

    pub fn text(&mut self) -> Option<&'a str> {
        let len = self.number()?;
        self.text_of(len)
    }

    pub fn word(&mut self) -> Option<&'a str> {
        match self.number()?.checked_sub(1) {
            Some(number) => self.interner.word(u32::try_from(number).ok()?),
            None => self.text(),
        }
    }

    pub fn phrase(&mut self) -> Option<String> {
        let mut text = String::new();
        for at in 0..self.number()? {
            if at > 0 {
                text.push(' ');
            }
            text.push_str(self.word()?);
        }
        text.shrink_to_fit();
        Some(text)
    }

    pub fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.number()?).map(|_| each(self)).collect()
    }

    pub fn time(&mut self) -> Option<Timestamp> {
        let number = self.number()?;
        let nanos = if number & 1 == 1 { unzigzag(self.number()?) } else { 0 };
        let ms = i128::from(unzigzag(number >> 1)) + i128::from(FROM_MS);
        Timestamp::from_nanosecond(ms * NANOS_PER_MS + i128::from(nanos)).ok()
    }

    /// The id, with `buffer` to write it out into.
    pub fn id<'b>(&mut self, buffer: &'b mut [u8; ID_LETTERS]) -> Option<&'b str>
    where
        'a: 'b,
    {
        if let Some(len) = self.number()?.checked_sub(1) {
            return self.text_of(len);
        }
        let (bits, last) = self.bytes(ID_BYTES)?.split_at_checked(ID_BYTES - 1)?;
        let mut bits = u128::from_le_bytes(bits.try_into().ok()?);
        let letter = |value: u8| if value < 26 { b'A' + value } else { b'2' + (value - 26) };
        let (end, front) = buffer.split_last_mut()?;
        *end = letter(last.first()? & 31);
        for place in front.iter_mut().rev() {
            let [low, ..] = bits.to_le_bytes();
            *place = letter(low & 31);
            bits >>= 5;
        }
        std::str::from_utf8(buffer).ok()
    }

    /// Steps over the id.
    pub fn skip_id(&mut self) -> Option<()> {
        let len = match self.number()?.checked_sub(1) {
            Some(len) => usize::try_from(len).ok()?,
            None => ID_BYTES,
        };
        self.bytes(len).map(drop)
    }
}

/// Room for an id of the contract.
pub(super) const ID_BUFFER: [u8; ID_LETTERS] = [0; ID_LETTERS];

/// Small numbers of either sign as small ones without.
fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63).cast_unsigned()
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}
