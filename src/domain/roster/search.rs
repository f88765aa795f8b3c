//! Search: plain words over folded texts, ranked. The only place that knows of the fuzzy matcher.

use super::fold::{Style, fold, fold_spelled, starts_word};
use super::keys::{EXTERNAL_ID, Keys, Letters, OWNER, TAG, Texts, before_owners, without_scheme};
use super::store::Store;
use frizbee::{CaseMatching, Config, Matcher, Pattern, Scoring, UnicodeMatching};
use memchr::memmem::Finder;

/// How well a company matches; the order of the variants is the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The name begins with it.
    Prefix,
    /// A word of the name begins with it.
    WordStart,
    /// It stands within a word of the name.
    Substring,
    /// It stands in the website, a tag or the external id.
    Elsewhere,
    /// Its letters stand in the name in this order, close to each other.
    Fuzzy,
}

impl Tier {
    /// How many there are.
    pub(super) const COUNT: usize = 5;

    /// All, the best first.
    pub(super) const ALL: [Self; Self::COUNT] =
        [Self::Prefix, Self::WordStart, Self::Substring, Self::Elsewhere, Self::Fuzzy];
}

/// Shorter words have their letters in nearly every name: no fuzzy match for them.
const FUZZY_LEAST: usize = 3;
/// Longer words are pasted, not typed.
const FUZZY_MOST: usize = 48;
/// A name longer than this (in bytes, folded) has the letters of nearly any word somewhere.
pub(super) const FUZZY_LONGEST_NAME: usize = 512;
/// What one letter in its place counts.
const LETTER: u16 = 12;
/// What a gap between two letters costs, and each further letter of it.
pub(super) const GAP: u16 = 5;
pub(super) const GAP_MORE: u16 = 1;
/// What a letter at the beginning of a word earns.
pub(super) const WORD_START: u16 = 4;
/// The quality cut: so much of the score of an unbroken match has to be reached. With these costs a word of six
/// letters may have two gaps or three short ones at word starts, a word of three letters only one short gap.
const CUT_PERCENT: u16 = 80;

/// What was typed, made ready to be looked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    words: Vec<Word>,
}

/// One word: as it folds, and where it has umlauts also as they are spelled out.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub forms: Vec<Form>,
    /// Only to be looked for there: `tag:north`, `owner:petersen`, `id:1001`.
    pub field: Option<Field>,
}

/// Where a word with a prefix is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Tag,
    Owner,
    /// The external id, or the beginning of the id in the API.
    Id,
}

impl Field {
    /// The field that a word names, and what is looked for in it.
    fn of(word: &str) -> (Option<Self>, &str) {
        let named =
            [("tag:", Self::Tag), ("owner:", Self::Owner), ("id:", Self::Id)].into_iter().find_map(|(name, field)| {
                let (start, rest) = word.split_at_checked(name.len())?;
                start.eq_ignore_ascii_case(name).then_some((Some(field), rest))
            });
        named.unwrap_or((None, word))
    }

    fn mark(self) -> char {
        match self {
            Self::Tag => TAG,
            Self::Owner => OWNER,
            Self::Id => EXTERNAL_ID,
        }
    }
}

/// One spelling of a word.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub needle: String,
    letters: Letters,
    finder: Finder<'static>,
    fuzzy: Option<Fuzzy>,
}

impl Search {
    /// Takes what was typed apart.
    pub fn new(typed: &str) -> Self {
        let words =
            typed.split_whitespace().map(without_scheme).map(Word::new).filter(|word| !word.forms.is_empty()).collect();
        Self { words }
    }

    /// Nothing to look for: everything matches.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words to look for.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// How well a row matches; `None` when a word does not match at all. The worst word counts.
    pub fn tier(&mut self, keys: &Keys, slot: u32, store: &Store) -> Option<Tier> {
        let (in_name, in_rest) = keys.letters(slot);
        let mut texts = None;
        let mut worst = Tier::Prefix;
        for word in &mut self.words {
            let mut best = None;
            if let Some(field) = word.field {
                let texts = texts.get_or_insert_with(|| keys.texts(slot));
                let begins = |start: &str| store.id_begins(slot, start);
                if !word.stands_in(field, texts.rest, begins) {
                    return None;
                }
                worst = worst.max(Tier::Elsewhere);
                continue;
            }
            for form in &mut word.forms {
                if !in_name.has_all(form.letters) && !in_rest.has_all(form.letters) {
                    continue;
                }
                let tier = form.tier(texts.get_or_insert_with(|| keys.texts(slot)));
                best = [best, tier].into_iter().flatten().min();
            }
            worst = worst.max(best?);
        }
        Some(worst)
    }
}

impl Word {
    fn new(typed: &str) -> Self {
        let (field, typed) = Field::of(typed);
        let plain = fold(typed, Style::Plain);
        let spelled = fold_spelled(typed, &plain);
        // A mark typed alone folds to nothing and asks for nothing.
        let forms = [Some(plain), spelled].into_iter().flatten().filter(|needle| !needle.is_empty());
        Self { forms: forms.map(Form::new).collect(), field }
    }

    /// Whether any text of that field holds it. `rest` is every text behind its mark.
    fn stands_in(&self, field: Field, rest: &str, id_begins: impl Fn(&str) -> bool) -> bool {
        // Each piece ends with the mark of the next one; the first piece is nothing but a mark.
        let mut mark = None;
        let mut found = false;
        for piece in rest.split_inclusive(|c: char| c <= OWNER) {
            let text = piece.trim_end_matches(|c: char| c <= OWNER);
            found |= mark == Some(field.mark()) && self.forms.iter().any(|form| form.is_in(text));
            mark = piece.chars().next_back().filter(|c| *c <= OWNER);
        }
        found || field == Field::Id && self.forms.iter().any(|form| id_begins(&form.needle))
    }
}

impl Form {
    fn new(needle: String) -> Self {
        Self {
            letters: Letters::of(&needle),
            finder: Finder::new(needle.as_bytes()).into_owned(),
            fuzzy: Fuzzy::new(&needle),
            needle,
        }
    }

    fn tier(&mut self, texts: &Texts<'_>) -> Option<Tier> {
        let name_may = texts.letters.has_all(self.letters);
        if name_may {
            let mut named = self.find(texts.name);
            if !texts.spelled.is_empty() {
                named = named.into_iter().chain(self.find(texts.spelled)).min();
            }
            if let Some((tier, _)) = named {
                return Some(tier);
            }
        }
        if texts.letters_of_rest.has_all(self.letters) && self.is_in(before_owners(texts.rest)) {
            return Some(Tier::Elsewhere);
        }
        let fuzzy = self.fuzzy.as_mut().filter(|_| name_may)?;
        (fuzzy.matches(texts.name) || fuzzy.matches(texts.spelled)).then_some(Tier::Fuzzy)
    }

    /// The best place in a folded name, unbroken, as a byte offset.
    pub fn find(&self, name: &str) -> Option<(Tier, usize)> {
        if let &[letter] = self.needle.as_bytes() {
            return find_letter(letter, name);
        }
        let first = self.finder.find(name.as_bytes())?;
        if first == 0 {
            return Some((Tier::Prefix, 0));
        }
        let mut at = first;
        loop {
            if starts_word(name, at) {
                return Some((Tier::WordStart, at));
            }
            let Some(next) = name.as_bytes().get(at + 1..).and_then(|rest| self.finder.find(rest)) else {
                return Some((Tier::Substring, first));
            };
            at += 1 + next;
        }
    }

    /// Whether it stands anywhere in a folded text.
    pub fn is_in(&self, text: &str) -> bool {
        self.finder.find(text.as_bytes()).is_some()
    }
}

/// [`Form::find`] for one letter, which stands in nearly every name, often several times: a search for a longer
/// text would be set up anew for each of them.
fn find_letter(letter: u8, name: &str) -> Option<(Tier, usize)> {
    let mut places = memchr::memchr_iter(letter, name.as_bytes());
    let first = places.next()?;
    if first == 0 {
        return Some((Tier::Prefix, 0));
    }
    let word = std::iter::once(first).chain(places).find(|&at| starts_word(name, at));
    Some(word.map_or((Tier::Substring, first), |at| (Tier::WordStart, at)))
}

/// The fuzzy matcher for one word, with our costs and our cut.
#[derive(Debug, Clone)]
struct Fuzzy {
    matcher: Matcher,
    least: u16,
}

impl Fuzzy {
    fn new(needle: &str) -> Option<Self> {
        let letters = needle.chars().count();
        if !(FUZZY_LEAST..=FUZZY_MOST).contains(&letters) {
            return None;
        }
        // Both sides are folded already: comparing case or guessing at it would only cost. Bonuses for the
        // beginning of the name or for an exact match are not needed, those are tiers of their own.
        let scoring = Scoring {
            match_score: LETTER,
            mismatch_penalty: 6,
            gap_open_penalty: GAP,
            gap_extend_penalty: GAP_MORE,
            prefix_bonus: 0,
            capitalization_bonus: 0,
            matching_case_bonus: 0,
            exact_match_bonus: 0,
            delimiter_bonus: WORD_START,
        };
        let config = Config::default()
            .max_typos(Some(0))
            .casing(CaseMatching::Respect)
            .unicode(UnicodeMatching::Smart)
            .scoring(scoring);
        let unbroken = LETTER.saturating_mul(u16::try_from(letters).ok()?);
        let least = unbroken.saturating_mul(CUT_PERCENT) / 100;
        Some(Self { matcher: Matcher::new(Pattern::from(needle), &config), least })
    }

    fn matches(&mut self, name: &str) -> bool {
        !name.is_empty()
            && name.len() <= FUZZY_LONGEST_NAME
            && self.matcher.match_one(name, 0).is_some_and(|found| found.score >= self.least)
    }
}
