//! Names as data: the story's companies, words for more of them, and people of each language.

use super::locale;
use crate::domain::region::Region;

const STORY: &str = include_str!("../../../../assets/sample/story.txt");
const PEOPLE: &str = include_str!("../../../../assets/sample/people.txt");
const WORDS: &str = include_str!("../../../../assets/sample/words.txt");

pub struct Names {
    story: Vec<StoryCompany>,
    people: Vec<People>,
    words: Vec<Words>,
}

/// A company of the hand-written list.
pub struct StoryCompany {
    pub name: &'static str,
    pub slug: &'static str,
    pub language: &'static str,
    pub country: &'static str,
    pub town: &'static str,
    pub postal_code: &'static str,
    pub street: &'static str,
    pub settings: Vec<(&'static str, &'static str)>,
    pub note: &'static str,
}

impl StoryCompany {
    fn parse(row: &[&'static str]) -> Option<Self> {
        let [name, slug, language, country, town, postal_code, street, settings, note] = *row else { return None };
        let settings = settings.split_whitespace().map(|word| word.split_once('=').unwrap_or((word, ""))).collect();
        Some(Self { name, slug, language, country, town, postal_code, street, settings, note })
    }

    /// The value of a setting; a bare word has an empty one.
    pub fn setting(&self, name: &str) -> Option<&'static str> {
        self.settings.iter().find(|(seen, _)| *seen == name).map(|(_, value)| *value)
    }

    /// The same events at another company.
    fn renamed(self, names: &[&'static str]) -> Option<Self> {
        let [name, slug, language, country, town, postal_code, street, note] = *names else { return None };
        Some(Self { name, slug, language, country, town, postal_code, street, note, settings: self.settings })
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.setting(name)?.parse().ok()
    }
}

pub struct People {
    language: &'static str,
    pub given: Vec<Name>,
    pub family: Vec<Name>,
}

/// A name and how an e-mail address writes it.
#[derive(Clone, Copy)]
pub struct Name {
    pub written: &'static str,
    pub address: &'static str,
}

pub struct Words {
    pub language: &'static str,
    pub country: &'static str,
    pub pattern: &'static str,
    pub firsts: Vec<&'static str>,
    pub trades: Vec<&'static str>,
    pub towns: Vec<&'static str>,
}

/// The lines of a list, cut at their bars.
pub fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('|').map(str::trim).collect())
}

fn words(text: &'static str) -> Vec<&'static str> {
    text.split_whitespace().collect()
}

impl Names {
    /// Reads the embedded lists; a line that does not fit is passed over (a test counts them).
    pub fn of(region: Region) -> Self {
        let names = Self::read();
        match locale::of(region).list {
            Some(list) => names.in_region(list),
            None => names,
        }
    }

    /// The same story with the names of another region.
    fn in_region(self, list: &'static str) -> Self {
        let mut story = self.story.into_iter();
        let (mut companies, mut words) = (Vec::new(), Vec::new());
        for row in rows(list) {
            match row.as_slice() {
                ["company", names @ ..] => companies.extend(story.next().and_then(|company| company.renamed(names))),
                ["words", language, country, pattern, towns] => {
                    let known = self.words.iter().find(|words| words.language == *language);
                    words.extend(known.map(|known| known.in_country(country, pattern, towns)));
                }
                _ => {}
            }
        }
        Self { story: companies, people: self.people, words }
    }

    fn read() -> Self {
        let people = rows(PEOPLE).filter_map(|row| match row.as_slice() {
            [language, given, family] => Some(People { language, given: pairs(given), family: pairs(family) }),
            _ => None,
        });
        let words = rows(WORDS).filter_map(|row| match row.as_slice() {
            [language, country, pattern, names, trades, towns] => Some(Words {
                language,
                country,
                pattern,
                firsts: words(names),
                trades: words(trades),
                towns: words(towns),
            }),
            _ => None,
        });
        Self {
            story: rows(STORY).filter_map(|row| StoryCompany::parse(&row)).collect(),
            people: people.collect(),
            words: words.collect(),
        }
    }

    pub fn story(&self, number: u32) -> Option<&StoryCompany> {
        self.story.get(number as usize)
    }

    pub fn story_len(&self) -> u32 {
        u32::try_from(self.story.len()).unwrap_or(0)
    }

    pub fn people(&self, language: &str) -> Option<&People> {
        self.people.iter().find(|people| people.language == language).or_else(|| self.people.first())
    }

    /// The words for the company of this number, and its place among those of the same language.
    pub fn words(&self, number: u32) -> Option<(&Words, u32)> {
        let languages = u32::try_from(self.words.len()).ok().filter(|count| *count > 0)?;
        Some((self.words.get((number % languages) as usize)?, number / languages))
    }
}

fn pairs(text: &'static str) -> Vec<Name> {
    let pair = |word: &'static str| {
        let (written, address) = word.split_once('=').unwrap_or((word, word));
        Name { written, address }
    };
    text.split_whitespace().map(pair).collect()
}

impl Words {
    fn in_country(&self, country: &'static str, pattern: &'static str, towns: &'static str) -> Self {
        let (firsts, trades) = (self.firsts.clone(), self.trades.clone());
        Self { language: self.language, country, pattern, firsts, trades, towns: words(towns) }
    }

    /// A name for each place; those of different places differ.
    pub fn name(&self, place: u32) -> (String, &'static str) {
        let (words, trades, towns) = (self.firsts.len(), self.trades.len(), self.towns.len());
        let total = u32::try_from(words * trades * towns).unwrap_or(u32::MAX).max(1);
        // 7,919 is prime and divides no total: a walk that meets every combination once, in no visible order.
        let walked = u64::from(place) * 7919 % u64::from(total);
        let walked = usize::try_from(walked).unwrap_or(0);
        let at = |list: &[&'static str], place: usize| list.get(place % list.len().max(1)).copied().unwrap_or("");
        let word = at(&self.firsts, walked);
        let trade = at(&self.trades, walked / words.max(1));
        let town = at(&self.towns, walked / (words * trades).max(1));
        let name = self.pattern.replace("{w}", word).replace("{t}", trade).replace("{c}", town);
        let round = place / total;
        (if round == 0 { name } else { format!("{name} {}", round + 1) }, town)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_line_of_the_lists_is_understood() {
        let names = Names::read();
        assert_eq!(names.story.len(), rows(STORY).count());
        assert_eq!((names.people.len(), rows(PEOPLE).count()), (12, 12));
        assert_eq!((names.words.len(), rows(WORDS).count()), (12, 12));
        for company in &names.story {
            assert!(names.people.iter().any(|people| people.language == company.language), "{}", company.name);
        }
    }

    #[test]
    fn names_of_different_places_differ() {
        for region in Region::ALL {
            let names = Names::of(region);
            let mut seen = HashSet::new();
            for number in 0..60_000 {
                let (words, place) = names.words(number).unwrap();
                assert!(seen.insert(words.name(place).0), "{region} {number}");
            }
        }
    }

    #[test]
    fn each_region_has_the_same_story_of_other_companies() {
        let (mut slugs, mut titles) = (HashSet::new(), HashSet::new());
        for region in Region::ALL {
            let names = Names::of(region);
            assert_eq!((names.story.len(), region), (Names::read().story.len(), region));
            for (company, first) in names.story.iter().zip(Names::read().story) {
                assert_eq!(company.settings, first.settings);
                assert_eq!(company.note.is_empty(), first.note.is_empty(), "{}", company.name);
                assert!(names.people.iter().any(|people| people.language == company.language), "{}", company.name);
                assert!(slugs.insert(company.slug) && titles.insert(company.name), "{}", company.name);
                assert!(company.slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", company.slug);
            }
            let lines = locale::of(region).list.map_or(0, |list| rows(list).filter(|row| row[0] == "words").count());
            assert!(lines == 0 || names.words.len() == lines, "{region}");
        }
    }
}
