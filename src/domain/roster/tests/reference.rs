//! The same rules told the slow and obvious way, and random histories held against them.

use super::super::fold::{Style, fold};
use super::*;
use crate::domain::facts::{Coverage, Facet, Fact, FactSource};
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use proptest::prelude::*;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use unicode_segmentation::UnicodeSegmentation;

type Model = BTreeMap<CompanyKey, Company>;

/// How well one word matches without the fuzzy matcher: 0 prefix, 1 word start, 2 substring, 3 elsewhere.
fn word_tier(word: &str, company: &Company) -> Option<usize> {
    let styles = [Style::Plain, Style::Spelled];
    let needles = styles.map(|style| fold(word, style));
    let names = styles.map(|style| fold(&company.name, style));
    let others = company.website.iter().chain(&company.tags).chain(&company.external_id);
    let others: Vec<String> = others.map(|text| fold(text, Style::Plain).replace("https://", "")).collect();
    let at_word_start = |name: &str, needle: &str| {
        let starts = name.char_indices().filter(|(at, _)| !name[..*at].ends_with(char::is_alphanumeric));
        starts.into_iter().any(|(at, _)| name[at..].starts_with(needle))
    };
    let pairs = || needles.iter().flat_map(|needle| names.iter().map(move |name| (name, needle)));
    if pairs().any(|(name, needle)| name.starts_with(needle.as_str())) {
        Some(0)
    } else if pairs().any(|(name, needle)| at_word_start(name, needle)) {
        Some(1)
    } else if pairs().any(|(name, needle)| name.contains(needle.as_str())) {
        Some(2)
    } else if needles.iter().any(|needle| others.iter().any(|text| text.contains(needle.as_str()))) {
        Some(3)
    } else {
        None
    }
}

fn words(search: &str) -> impl Iterator<Item = &str> {
    search.split_whitespace().filter(|word| !fold(word, Style::Plain).is_empty())
}

fn tier(search: &str, company: &Company) -> Option<usize> {
    words(search).map(|word| word_tier(word, company)).try_fold(0, |worst, tier| Some(worst.max(tier?)))
}

fn is_subsequence(needle: &str, name: &str) -> bool {
    let mut rest = name.chars();
    needle.chars().all(|wanted| rest.any(|c| c == wanted))
}

/// Whether each word is at least there letter by letter, in either spelling, or elsewhere.
fn may_be_fuzzy(search: &str, company: &Company) -> bool {
    let styles = [Style::Plain, Style::Spelled];
    words(search).all(|word| {
        let scattered = |a, b| is_subsequence(&fold(word, a), &fold(&company.name, b));
        word_tier(word, company).is_some() || styles.iter().any(|&a| styles.iter().any(|&b| scattered(a, b)))
    })
}

fn compare_names(a: (&CompanyKey, &Company), b: (&CompanyKey, &Company)) -> Ordering {
    let mut wanted = CollatorPreferences::from(icu_locale_core::locale!("de"));
    wanted.numeric_ordering = Some(CollationNumericOrdering::True);
    let german = CollatorBorrowed::try_new(wanted, CollatorOptions::default()).unwrap();
    german.compare(&a.1.name, &b.1.name)
}

fn compare_ids(a: &CompanyKey, b: &CompanyKey) -> Ordering {
    a.company.cmp(&b.company).then_with(|| a.profile.cmp(&b.profile))
}

fn compare(sort: Option<Sort>, a: (&CompanyKey, &Company), b: (&CompanyKey, &Company)) -> Ordering {
    let column = sort.map_or(Ordering::Equal, |sort| {
        let unknown = |company: &Company| match sort.column {
            Column::Status => company.state.unspecified(),
            Column::Seats => company.seats.filled.is_none(),
            Column::Setup => company.setup.applicable == 0,
            Column::Owners => company.owners.confirmed.is_none(),
            Column::Name | Column::Attention => false,
        };
        if unknown(a.1) || unknown(b.1) {
            return unknown(a.1).cmp(&unknown(b.1));
        }
        let place = |company: &Company| {
            let known = CompanyState::KNOWN.iter().position(|state| *state == company.state);
            known.unwrap_or(CompanyState::KNOWN.len())
        };
        let share = |company: &Company| {
            let (done, of) = (u64::from(company.setup.done), u64::from(company.setup.applicable));
            if done >= of { (1, 1) } else { (done, of) }
        };
        let order = match sort.column {
            Column::Status => place(a.1).cmp(&place(b.1)),
            Column::Seats => a.1.seats.filled.cmp(&b.1.seats.filled),
            Column::Name => compare_names(a, b),
            Column::Setup => {
                let ((done_a, of_a), (done_b, of_b)) = (share(a.1), share(b.1));
                (done_a * of_b).cmp(&(done_b * of_a)).then(a.1.setup.done.cmp(&b.1.setup.done))
            }
            Column::Attention => {
                let urgency = |company: &Company| {
                    let kind = company.attention.iter().min().filter(|_| company.snooze_until.is_none());
                    kind.map_or(99, |kind| Attention::KNOWN.iter().position(|known| known == kind).unwrap_or(50))
                };
                urgency(a.1).cmp(&urgency(b.1))
            }
            Column::Owners => {
                let owners = |company: &Company| (company.owners.confirmed, company.owners.invited.unwrap_or(0));
                owners(a.1).cmp(&owners(b.1))
            }
        };
        if sort.descending { order.reverse() } else { order }
    });
    column.then_with(|| compare_names(a, b)).then_with(|| compare_ids(a.0, b.0))
}

fn passes(filter: &Filter, key: &CompanyKey, company: &Company) -> bool {
    let account = filter.accounts.is_empty() || filter.accounts.contains(&key.profile);
    let state = filter.states.is_empty() || filter.states.contains(&company.state);
    let tag = filter.tags.is_empty() || filter.tags.iter().any(|tag| company.tags.contains(tag));
    let none_asked = filter.attention.is_empty() && !filter.any_attention;
    let attention = none_asked
        || (filter.any_attention
            && !company.attention.is_empty()
            && (company.snooze_until.is_none() || filter.with_snoozed))
        || filter.attention.iter().any(|kind| company.attention.contains(kind));
    let unknown = filter.unknown.is_empty()
        || filter.unknown.iter().any(|figure| match figure {
            Figure::Seats => company.seats.filled.is_none(),
            Figure::Owners => company.owners.confirmed.is_none(),
        });
    let older = filter.older_than.is_none_or(|moment| company.facts.iter().any(|fact| fact.as_of < moment));
    let in_setup = !filter.in_setup
        || company.state.managed() && company.setup.applicable > 0 && company.setup.done < company.setup.applicable;
    let pinned = !filter.pinned || pins().contains(key);
    account && state && tag && attention && unknown && older && in_setup && pinned
}

/// Companies that are pinned in every history.
fn pins() -> BTreeSet<CompanyKey> {
    [key_of(false, "A"), key_of(false, "C"), key_of(true, "A"), key_of(true, "gone")].into()
}

fn hidden(filter: &Filter, company: &Company) -> bool {
    let asked = filter.states.contains(&CompanyState::Unlinked);
    filter.hide_unlinked && !asked && company.state == CompanyState::Unlinked
}

fn a_name() -> impl Strategy<Value = String> {
    let parts = [
        "Müller",
        "Mueller",
        "muller",
        "Mu\u{308}ller",
        "Bright",
        "Brightwater",
        "bright",
        "Straße",
        "Strasse",
        "Łódź",
        "東京セキュリティ",
        "مرسى",
        "O’Neil",
        "GmbH",
        "&",
        "Söhne",
        "light",
        "Ærø",
        "",
        " ",
        "a",
        "ab",
        "-",
        "한국",
        "👩‍👩‍👧",
        "(x)",
        "e\u{301}\u{302}",
        "İz",
        "2",
        "10",
    ];
    prop_oneof![
        8 => prop::collection::vec((prop::sample::select(parts.to_vec()), prop::sample::select(vec!["", " ", "-"])), 0..4)
            .prop_map(|parts| parts.into_iter().flat_map(|(part, gap)| [part, gap]).collect()),
        1 => "\\PC{0,12}",
    ]
}

fn a_company() -> impl Strategy<Value = Company> {
    let states = CompanyState::KNOWN
        .into_iter()
        .chain([CompanyState::Other("NEW".into()), CompanyState::Other(CompanyState::UNSPECIFIED.into())])
        .collect::<Vec<_>>();
    let attention = vec![Attention::SingleOwner, Attention::SetupStalled, Attention::Other("NEW".into())];
    let tags = vec!["gold".to_owned(), "north".to_owned(), "Müller".to_owned()];
    (
        (prop::sample::select(vec!["A", "B", "C", "D", "E", "F", "G", "H"]), a_name()),
        prop::sample::select(states),
        (prop::option::of(0_u32..4), 0_u32..6, 0_u32..6, prop::option::of(0_u32..3), prop::option::of(0_u32..3)),
        prop::collection::vec(prop::sample::select(attention), 0..3),
        prop::collection::vec(prop::sample::select(tags), 0..3),
        prop::option::of(prop::sample::select(vec!["https://bright.example", "lodz.example"])),
        prop::option::of(0_i64..4),
    )
        .prop_map(
            |((id, name), state, (filled, done, applicable, confirmed, invited), attention, tags, website, seen)| {
                let mut made = company(id, &name);
                made.state = state;
                made.seats.filled = filled;
                (made.setup.done, made.setup.applicable) = (done, applicable);
                (made.owners.confirmed, made.owners.invited) = (confirmed, invited);
                made.attention = attention;
                made.snooze_until = (done == 5).then_some(day(9));
                made.tags = tags;
                made.website = website.map(Into::into);
                made.facts = seen.into_iter().map(fact).collect();
                made
            },
        )
}

fn fact(seen: i64) -> Fact {
    let coverage = Coverage::Declared;
    Fact { facet: Facet::Seats, source: FactSource::Declared, as_of: day(seen), coverage, observer: None, value: None }
}

fn day(day: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(day * 86_400).unwrap()
}

fn a_search() -> impl Strategy<Value = String> {
    let typed = [
        "", "bright", "brgt", "mül", "muller", "mueller", "müller", "strasse", "lodz", "light", "e", "gm b", "東",
        "gold", "example", "http", "b l", "rt", "one", "  ", "\u{301}", "o'neil", "مر", "aero", "-",
    ];
    prop_oneof![
        4 => prop::sample::select(typed.to_vec()).prop_map(str::to_owned),
        1 => a_name(),
    ]
}

fn a_query() -> impl Strategy<Value = Query> {
    let sort = (prop::sample::select(Column::ALL.to_vec()), any::<bool>());
    let states = prop::sample::subsequence(CompanyState::KNOWN.to_vec(), 0..3);
    let kinds = prop::sample::subsequence(vec![Attention::SingleOwner, Attention::SetupStalled], 0..2);
    let tags = prop::sample::subsequence(vec!["gold".to_owned(), "north".to_owned()], 0..2);
    let no_filter = Just(Filter::default());
    let accounts = prop::sample::subsequence(vec![key_of(false, "").profile, key_of(true, "").profile], 0..2);
    let unknown = prop::sample::subsequence(Figure::ALL.to_vec(), 0..2);
    let older_than = prop::option::of((0_i64..4).prop_map(day));
    let filter = (accounts, states, kinds, any::<[bool; 5]>(), tags, unknown, older_than).prop_map(
        |(
            accounts,
            states,
            attention,
            [any_attention, with_snoozed, in_setup, pinned, hide_unlinked],
            tags,
            unknown,
            older_than,
        )| {
            Filter {
                accounts,
                states,
                attention,
                any_attention,
                with_snoozed,
                in_setup,
                pinned,
                hide_unlinked,
                unknown,
                older_than,
                tags,
            }
        },
    );
    (a_search(), prop::option::of(sort), prop_oneof![3 => no_filter, 2 => filter]).prop_map(|(search, sort, filter)| {
        Query { search, sort: sort.map(|(column, descending)| Sort { column, descending }), filter }
    })
}

#[derive(Debug, Clone)]
enum Step {
    Upsert(bool, Vec<Company>),
    Remove(bool, Vec<&'static str>),
    Rename(&'static str, String),
    Ask(Query),
    Begin,
    End,
}

fn a_step() -> impl Strategy<Value = Step> {
    let ids = || prop::sample::select(vec!["A", "B", "C", "D", "E"]);
    prop_oneof![
        4 => (any::<bool>(), prop::collection::vec(a_company(), 0..6)).prop_map(|(other, rows)| Step::Upsert(other, rows)),
        2 => (any::<bool>(), prop::collection::vec(ids(), 0..3)).prop_map(|(other, ids)| Step::Remove(other, ids)),
        1 => (ids(), a_name()).prop_map(|(id, name)| Step::Rename(id, name)),
        3 => a_query().prop_map(Step::Ask),
        1 => Just(Step::Begin),
        1 => Just(Step::End),
    ]
}

fn key_of(other: bool, id: &str) -> CompanyKey {
    let profile = if other { ProfileId::new("other") } else { profile() };
    CompanyKey { profile, company: CompanyId::new(id) }
}

fn keys_shown(roster: &Roster) -> Vec<CompanyKey> {
    (0..roster.shown().len()).map(|at| roster.key_at(at).unwrap()).collect()
}

/// A roster with the model that it should agree with.
struct Pair {
    roster: Roster,
    model: Model,
    seen: Option<Vec<CompanyKey>>,
}

impl Pair {
    fn take(&mut self, step: Step) -> (bool, bool) {
        let before = self.model.clone();
        let said = match step {
            Step::Upsert(other, rows) => {
                for row in &rows {
                    let key = key_of(other, row.id.as_str());
                    self.seen.iter_mut().filter(|_| !other).for_each(|seen| seen.push(key.clone()));
                    self.model.insert(key, row.clone());
                }
                self.roster.upsert(&key_of(other, "").profile, rows)
            }
            Step::Remove(other, ids) => {
                let keys: Vec<CompanyKey> = ids.into_iter().map(|id| key_of(other, id)).collect();
                self.model.retain(|key, _| !keys.contains(key));
                self.roster.remove(&keys)
            }
            Step::Rename(id, name) => {
                let key = key_of(false, id);
                self.model.entry(key.clone()).and_modify(|company| company.name.clone_from(&name));
                self.roster.update(&key, |company| company.name = name)
            }
            Step::Ask(query) => {
                self.roster.set_query(query);
                false
            }
            Step::Begin => {
                self.seen = Some(Vec::new());
                self.roster.begin_reload(&profile());
                false
            }
            Step::End => {
                if let Some(seen) = self.seen.take() {
                    self.model.retain(|key, _| key.profile != profile() || seen.contains(key));
                }
                self.roster.end_reload(&profile())
            }
        };
        (said, before != self.model)
    }

    fn found(&self) -> Vec<CompanyKey> {
        let mut all = self.roster.clone();
        let filter = Filter { hide_unlinked: false, ..all.query().filter.clone() };
        all.set_query(Query { filter, ..all.query().clone() });
        keys_shown(&all)
    }

    /// What the slow rules say of every row found, hidden or not: those found by the fuzzy matcher come as they are.
    fn check(&self) -> Result<(), TestCaseError> {
        let query = self.roster.query();
        let (keys, found) = (keys_shown(&self.roster), self.found());
        let mut expected: Vec<(usize, (&CompanyKey, &Company))> = Vec::new();
        for row in self.model.iter().filter(|(key, company)| passes(&query.filter, key, company)) {
            match tier(&query.search, row.1) {
                Some(tier) => expected.push((tier, row)),
                None if found.contains(row.0) => {
                    prop_assert!(may_be_fuzzy(&query.search, row.1), "{:?} for {:?}", row.1.name, query.search);
                    expected.push((4, row));
                }
                None => {}
            }
        }
        let all = expected.len();
        expected.retain(|(_, (_, company))| !hidden(&query.filter, company));
        prop_assert_eq!(self.roster.hidden(), all - expected.len());
        let last = |company: &Company| {
            let urgent = query.sort.is_some_and(|sort| sort.column == Column::Attention);
            company.state == CompanyState::Unlinked && !urgent
        };
        let ranked = words(&query.search).next().is_some() && query.sort.is_none();
        expected.sort_by(|(tier_a, a), (tier_b, b)| {
            let rank = if ranked { tier_a.cmp(tier_b) } else { Ordering::Equal };
            rank.then_with(|| last(a.1).cmp(&last(b.1))).then_with(|| compare(query.sort, *a, *b))
        });
        let expected: Vec<CompanyKey> = expected.into_iter().map(|(_, (key, _))| key.clone()).collect();
        prop_assert_eq!(&keys, &expected);
        for (at, key) in keys.iter().enumerate() {
            prop_assert_eq!(self.roster.position(key), Some(at));
            prop_assert_eq!(self.roster.get(key), self.model.get(key));
        }
        prop_assert_eq!(self.roster.len(), self.model.len());
        self.check_against_rebuilt(&keys)
    }

    fn check_against_rebuilt(&self, keys: &[CompanyKey]) -> Result<(), TestCaseError> {
        let mut rebuilt = Roster::new(Lang::De);
        rebuilt.set_pins(pins());
        rebuilt.set_query(self.roster.query().clone());
        for (key, company) in &self.model {
            rebuilt.upsert(&key.profile, vec![company.clone()]);
        }
        prop_assert_eq!(keys, &keys_shown(&rebuilt));
        prop_assert_eq!(self.roster.totals(), rebuilt.totals());
        // Counts of the accounts add up, whatever came, changed and went.
        let mut each = self.roster.clone();
        let of = |each: &mut Roster, other: bool| {
            let accounts = vec![key_of(other, "").profile];
            each.set_query(Query { filter: Filter { accounts, ..Filter::default() }, ..Query::default() });
            each.counts()
        };
        let sum = of(&mut each, false).plus(of(&mut each, true));
        prop_assert_eq!(sum, rebuilt.totals().counts);
        prop_assert_eq!(&self.roster, &rebuilt);
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_history_agrees_with_the_slow_rules(steps in prop::collection::vec(a_step(), 1..20)) {
        let mut pair = Pair { roster: Roster::new(Lang::De), model: Model::new(), seen: None };
        pair.roster.set_pins(pins());
        for step in steps {
            // A company that changes and changes back within one answer is no change to the model.
            let repeats = matches!(&step, Step::Upsert(_, rows) if rows.iter().enumerate().any(|(at, row)| {
                rows[..at].iter().any(|before| before.id == row.id)
            }));
            let (said, differs) = pair.take(step);
            prop_assert!(said == differs || (repeats && said));
            pair.check()?;
        }
    }

    #[test]
    fn one_more_letter_asks_as_if_asked_at_once(rows in prop::collection::vec(a_company(), 0..8), typed in a_search()) {
        let mut slowly = Roster::new(Lang::De);
        slowly.upsert(&profile(), rows);
        let mut at_once = slowly.clone();
        for (at, c) in typed.char_indices() {
            slowly.set_query(Query { search: typed[..at + c.len_utf8()].to_owned(), ..Query::default() });
        }
        at_once.set_query(Query { search: typed, ..Query::default() });
        prop_assert_eq!(slowly.shown(), at_once.shown());
    }

    #[test]
    fn lit_parts_are_whole_graphemes_within_the_name(name in prop_oneof![a_name(), ".{0,20}"], typed in prop_oneof![a_search(), ".{0,6}"]) {
        let mut roster = Roster::new(Lang::De);
        roster.set_query(Query { search: typed.clone(), ..Query::default() });
        let company = company("A", &name);
        let edges: Vec<usize> = name.grapheme_indices(true).map(|(at, _)| at).chain([name.len()]).collect();
        let mut from = 0;
        for range in roster.highlights(&company) {
            prop_assert!(range.start >= from && range.start < range.end, "{:?}", range);
            prop_assert!(edges.contains(&range.start) && edges.contains(&range.end), "{:?}", range);
            from = range.end + 1;
        }
    }

    #[test]
    fn what_is_found_in_the_name_lights_up(company in a_company(), typed in a_search()) {
        let mut roster = Roster::new(Lang::De);
        roster.upsert(&profile(), vec![company.clone()]);
        roster.set_query(Query { search: typed.clone(), ..Query::default() });
        let named = words(&typed).any(|word| word_tier(word, &company).is_none_or(|tier| tier < 3));
        if !roster.shown().is_empty() && named {
            prop_assert!(!roster.highlights(&company).is_empty());
        }
    }
}
