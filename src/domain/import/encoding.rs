//! From bytes to text. A byte order mark decides; without one UTF-16 is known by its zero bytes, UTF-8 by its rules,
//! and what is left is Windows-1252, which spreadsheets write.

/// What the bytes were taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl Encoding {
    /// Its name (IANA).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1252 => "windows-1252",
        }
    }
}

/// A text, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub encoding: Encoding,
    /// Characters that could not be read and became U+FFFD.
    pub unreadable: usize,
}

/// So many bytes tell UTF-16 without a mark.
const LOOK: usize = 1024;

/// Reads the bytes, whatever they are.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(rest).unwrap_or_else(|| lossy(rest));
    }
    match (bytes.strip_prefix(b"\xFF\xFE"), bytes.strip_prefix(b"\xFE\xFF")) {
        (Some(rest), _) => return utf16(rest, Encoding::Utf16Le),
        (_, Some(rest)) => return utf16(rest, Encoding::Utf16Be),
        _ => {}
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return utf16(bytes, encoding);
    }
    utf8(bytes).unwrap_or_else(|| if mostly_utf8(bytes) { lossy(bytes) } else { windows_1252(bytes) })
}

fn utf8(bytes: &[u8]) -> Option<Decoded> {
    let text = std::str::from_utf8(bytes).ok()?.to_owned();
    Some(Decoded { text, encoding: Encoding::Utf8, unreadable: 0 })
}

fn lossy(bytes: &[u8]) -> Decoded {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let unreadable = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    Decoded { text, encoding: Encoding::Utf8, unreadable }
}

/// Damaged UTF-8 has more sound letters beyond ASCII than broken ones; other alphabets hardly have a sound one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken
}

/// Letters of Latin scripts have a zero byte each, all on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    let pairs = bytes.get(..bytes.len().min(LOOK))?.chunks_exact(2);
    let (mut first, mut second, mut all) = (0_usize, 0_usize, 0_usize);
    for pair in pairs {
        first += usize::from(pair.first() == Some(&0));
        second += usize::from(pair.last() == Some(&0));
        all += 1;
    }
    let many = |zeros: usize| zeros * 10 >= all * 4;
    match () {
        () if all < 2 => None,
        () if many(second) && first == 0 => Some(Encoding::Utf16Le),
        () if many(first) && second == 0 => Some(Encoding::Utf16Be),
        () => None,
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Decoded {
    let pairs = bytes.chunks_exact(2);
    let torn = !pairs.remainder().is_empty();
    let unit = |pair: &[u8]| {
        let pair = <[u8; 2]>::try_from(pair).unwrap_or_default();
        if encoding == Encoding::Utf16Le { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let mut unreadable = usize::from(torn);
    let chars = char::decode_utf16(pairs.map(unit)).map(|unit| {
        unit.unwrap_or_else(|_| {
            unreadable += 1;
            char::REPLACEMENT_CHARACTER
        })
    });
    let mut text: String = chars.collect();
    if torn {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Decoded { text, encoding, unreadable }
}

/// 0x80 to 0x9F of Windows-1252 (WHATWG Encoding, index windows-1252); U+FFFD where it has no letter.
const HIGH: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}', '\u{fffd}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> Decoded {
    let letter = |byte: &u8| match byte {
        0x80..=0x9F => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        byte => char::from(*byte),
    };
    let text: String = bytes.iter().map(letter).collect();
    let unreadable = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    Decoded { text, encoding: Encoding::Windows1252, unreadable }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn what_the_bytes_are_is_found() {
        let text = "Name\tSeats\nMüller GmbH\t12\n";
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::Utf8),
            ([b"\xFF\xFE".to_vec(), units(text, u16::to_le_bytes)].concat(), Encoding::Utf16Le),
            ([b"\xFE\xFF".to_vec(), units(text, u16::to_be_bytes)].concat(), Encoding::Utf16Be),
            (units(text, u16::to_le_bytes), Encoding::Utf16Le),
            (units(text, u16::to_be_bytes), Encoding::Utf16Be),
            (text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(), Encoding::Windows1252),
        ] {
            assert_eq!(decode(&bytes), Decoded { text: text.into(), encoding, unreadable: 0 }, "{encoding:?}");
        }
        assert_eq!(decode(b"\x80 \x93Caf\xe9\x94").text, "€ “Café”");
        assert_eq!(decode(b"").text, "");
    }

    #[test]
    fn what_cannot_be_read_is_counted() {
        let damaged = ["Müller, Söhne, ".as_bytes(), b"\xff"].concat();
        let decoded = decode(&damaged);
        assert_eq!((decoded.encoding, decoded.unreadable), (Encoding::Utf8, 1));
        assert_eq!(decode(b"\xFF\xFEA\0\0\xD8B").unreadable, 2);
        assert_eq!(decode(b"caf\xe9 \x81").unreadable, 1);
    }

    proptest! {
        #[test]
        fn utf8_comes_back_whole(text in "[^\\x00\u{feff}]*") {
            let decoded = decode(text.as_bytes());
            prop_assert_eq!((decoded.text, decoded.unreadable), (text, 0));
        }

        #[test]
        fn any_bytes_are_some_text(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            decode(&bytes);
        }
    }
}
