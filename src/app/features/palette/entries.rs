//! What can be gone to, and how well it fits what is typed.

use crate::app::command::{Command, Group, TABLE};
use crate::app::core::per_account::Row;
use crate::app::features::companies::views;
use crate::app::features::overview::Field;
use crate::app::model::{Model, Tab};
use crate::domain::id::{CompanyKey, UserId};
use crate::domain::people::{FoundPerson, Person};
use crate::domain::roster::{Tier, finds, spellings};
use crate::domain::theme::BuiltIn;

/// Companies shown beside everything else.
const FEW: usize = 6;
/// The same of people.
const FEW_PEOPLE: usize = 6;
/// Where only they are asked for.
const MANY: usize = 50;

/// The rank of a name that only has the letters in their order.
const LETTERS: u32 = 7;

/// A name in the user's language, of a command or a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    pub to: To,
    pub name: &'static str,
    /// Other words for it, with blanks between them.
    pub also: &'static str,
}

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    Command(Command),
    Tab(Tab),
    /// A field of the overview, for what is copied.
    Field(Field),
}

/// One thing to go to.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A company that was opened not long ago.
    Recent(CompanyKey),
    Company(CompanyKey),
    /// An owner of a company, by name.
    Owner(CompanyKey, String),
    /// A person of a company, by name.
    Person(CompanyKey, UserId, String),
    /// A saved view, by its place among them and its name.
    View(usize, String),
    /// A tag, and how many companies have it.
    Tag(String, u32),
    /// A tab of the selected company.
    Tab(Tab),
    Command(Command),
    /// How the screen looks, by name, for this run.
    Theme(String),
    /// Leaves without a question, `:q!`.
    QuitAtOnce,
}

/// Headings between the entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Recent,
    Companies,
    People,
    Views,
    Tags,
    /// Tabs and screens.
    Places,
    Commands,
}

impl Entry {
    pub fn section(&self) -> Section {
        match self {
            Self::Recent(_) => Section::Recent,
            Self::Company(_) => Section::Companies,
            Self::Owner(..) | Self::Person(..) => Section::People,
            Self::View(..) => Section::Views,
            Self::Tag(..) => Section::Tags,
            Self::Tab(_) => Section::Places,
            Self::Command(command) if command.row().group == Group::Screens => Section::Places,
            Self::Command(_) | Self::Theme(_) | Self::QuitAtOnce => Section::Commands,
        }
    }

    /// The company that it leads to.
    pub fn company(&self) -> Option<&CompanyKey> {
        match self {
            Self::Recent(key) | Self::Company(key) | Self::Owner(key, _) | Self::Person(key, ..) => Some(key),
            Self::View(..) | Self::Tag(..) | Self::Tab(_) | Self::Command(_) | Self::Theme(_) | Self::QuitAtOnce => {
                None
            }
        }
    }

    /// What it is called in the line.
    pub fn name(&self, model: &Model) -> Option<String> {
        match self {
            Self::Recent(key) | Self::Company(key) => model.roster.get(key).map(|company| company.name.clone()),
            Self::Owner(_, name) | Self::Person(_, _, name) | Self::View(_, name) | Self::Tag(name, _) => {
                Some(name.clone())
            }
            Self::Tab(tab) => label(model, To::Tab(*tab)).map(|label| label.name.to_owned()),
            Self::Command(command) => {
                let label = label(model, To::Command(*command));
                Some(label.map_or(command.row().id, |label| label.name).to_owned())
            }
            Self::Theme(name) => Some(format!("theme {name}")),
            Self::QuitAtOnce => None,
        }
    }
}

/// What is looked for, by the sign in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Anything,
    Commands,
    Companies,
    Tags,
    People,
}

impl Scope {
    /// The scope that a line names, and what is looked for in it.
    pub fn of(line: &str) -> (Self, &str) {
        let line = line.trim_start();
        let signs = [Self::Commands, Self::Companies, Self::Tags, Self::People];
        let named = signs.into_iter().find_map(|scope| Some((scope, line.strip_prefix(scope.prefix())?)));
        // Who types the colon of vim twice means the same.
        named.unwrap_or((Self::Anything, line.strip_prefix(':').unwrap_or(line)))
    }

    pub fn prefix(self) -> &'static str {
        match self {
            Self::Anything => "",
            Self::Commands => ">",
            Self::Companies => "@",
            Self::Tags => "#",
            Self::People => "$",
        }
    }
}

fn label(model: &Model, to: To) -> Option<&Label> {
    model.options.labels.iter().find(|label| label.to == to)
}

/// Everything that fits, section by section; the section with the best entry first, and among equals in the order of
/// the variants of [`Section`].
pub(super) fn find(model: &Model, line: &str, others: &[Row<FoundPerson>]) -> Vec<Entry> {
    let (scope, typed) = Scope::of(line);
    let typed = typed.trim();
    let mut sections = match scope {
        Scope::Anything if typed.is_empty() => {
            vec![recent(model), views(model, ""), places(model, ""), commands(model, "")]
        }
        Scope::Anything => vec![
            companies(model, typed, FEW),
            people(model, typed, others, FEW_PEOPLE),
            views(model, typed),
            places(model, typed),
            commands(model, typed),
            tags(model, typed),
        ],
        Scope::Commands => vec![commands(model, typed), places(model, typed)],
        Scope::Companies if typed.is_empty() => vec![recent(model)],
        Scope::Companies => vec![companies(model, typed, MANY)],
        Scope::Tags => vec![tags(model, typed)],
        Scope::People => vec![people(model, typed, others, MANY)],
    };
    let best = |section: &Ranked| section.iter().map(|(rank, _)| *rank).min().unwrap_or(u32::MAX);
    // Letters that stand somewhere are only what is meant where nothing else is.
    if sections.iter().any(|section| best(section) < LETTERS) {
        for section in &mut sections {
            section.retain(|(rank, _)| *rank < LETTERS);
        }
    }
    // Stable, as are the sorts within a section.
    sections.sort_by_key(best);
    sections.into_iter().flatten().map(|(_, entry)| entry).collect()
}

type Ranked = Vec<(u32, Entry)>;

/// Saved views, by their place among them.
fn views(model: &Model, typed: &str) -> Ranked {
    let words = forms(typed);
    let saved = views::saved(model).iter().enumerate();
    saved.filter_map(|(at, saved)| Some((best(&[&saved.name], &words)?, Entry::View(at, saved.name.clone())))).collect()
}

fn recent(model: &Model) -> Ranked {
    let known = model.recent.iter().filter(|key| model.roster.contains(key)).take(FEW);
    known.map(|key| (0, Entry::Recent(key.clone()))).collect()
}

fn companies(model: &Model, typed: &str, most: usize) -> Ranked {
    let found = model.roster.matching(typed, most);
    found.into_iter().map(|(key, tier)| (rank_of(tier), Entry::Company(key))).collect()
}

/// As names of commands are ranked.
fn rank_of(tier: Tier) -> u32 {
    match tier {
        Tier::Prefix => 1,
        Tier::WordStart => 3,
        Tier::Substring => 5,
        Tier::Elsewhere => 6,
        Tier::Fuzzy => 8,
    }
}

/// Owners, whom the list knows, everybody of companies whose people are loaded, and whom the servers found.
fn people(model: &Model, typed: &str, others: &[Row<FoundPerson>], most: usize) -> Ranked {
    if typed.is_empty() {
        return Vec::new();
    }
    let known = model.details.iter().filter_map(|(key, details)| Some((key, details.people.value()?)));
    let fits = |person: &&Person| finds(typed, [person.display_name.as_str(), person.email.as_str()].into_iter());
    let of = |(key, people): (&CompanyKey, &'_ Vec<Person>)| -> Ranked {
        let person = |it: &Person| Entry::Person(key.clone(), it.id.clone(), it.display_name.clone());
        people.iter().filter(fits).map(|it| (4, person(it))).collect()
    };
    let mut found: Ranked = known.flat_map(of).collect();
    for Row { profile, item } in others {
        let key = CompanyKey { profile: profile.clone(), company: item.company.clone() };
        let entry = Entry::Person(key, item.user.clone(), item.display_name.clone());
        if entry.company().is_some_and(|key| model.roster.contains(key)) && !found.contains(&(4, entry.clone())) {
            found.push((4, entry));
        }
    }
    let owners: Vec<String> = typed.split_whitespace().map(|word| format!("owner:{word}")).collect();
    for (key, _) in model.roster.matching(&owners.join(" "), most) {
        let Some(company) = model.roster.get(&key) else { continue };
        let named = company.owners.names.iter().filter(|name| finds(typed, std::iter::once(name.as_str())));
        for name in named {
            let is_there =
                |(_, entry): &(u32, Entry)| matches!(entry, Entry::Person(of, _, had) if *of == key && had == name);
            if !found.iter().any(is_there) {
                found.push((4, Entry::Owner(key.clone(), name.clone())));
            }
        }
    }
    found.truncate(most);
    found
}

fn tags(model: &Model, typed: &str) -> Ranked {
    let tags = model.roster.totals().tags.iter();
    let fits =
        tags.filter_map(|(tag, count)| Some((best(&[tag], &forms(typed))? + 2, Entry::Tag(tag.clone(), *count))));
    let mut found: Ranked = fits.collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(if typed.is_empty() { MANY } else { FEW });
    found
}

/// Tabs of the selected company, and screens.
fn places(model: &Model, typed: &str) -> Ranked {
    let typed = forms(typed);
    let tabs = Tab::ALL.into_iter().filter(|_| model.selected().is_some()).filter_map(|tab| {
        let label = label(model, To::Tab(tab))?;
        Some((named(label, "", &typed)?, Entry::Tab(tab)))
    });
    let screens = TABLE.iter().filter(|row| row.group == Group::Screens);
    let mut found: Ranked = tabs.chain(screens.filter_map(|row| command(model, row.command, &typed))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found
}

fn commands(model: &Model, typed: &str) -> Ranked {
    let words = forms(typed);
    let rows = TABLE.iter().filter(|row| row.group != Group::Screens && row.command != Command::Palette);
    let mut found: Ranked = rows.filter_map(|row| command(model, row.command, &words)).collect();
    if typed == "q!" {
        found.push((0, Entry::QuitAtOnce));
    }
    if !typed.is_empty() {
        found.extend(themes(model, &words));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found
}

fn themes(model: &Model, typed: &[String]) -> Ranked {
    let own = model.appearance.own.iter().map(|own| own.name.clone());
    let all = BuiltIn::ALL.into_iter().map(|theme| theme.as_str().to_owned()).chain(own);
    let fits = all.filter_map(|name| Some((best(&[&format!("theme {name}")], typed)?, Entry::Theme(name))));
    fits.filter(|(rank, _)| *rank < LETTERS).collect()
}

pub(super) fn fits(model: &Model, which: Command, typed: &str) -> bool {
    command(model, which, &forms(typed)).is_some_and(|(rank, _)| rank < LETTERS)
}

fn command(model: &Model, command: Command, typed: &[String]) -> Option<(u32, Entry)> {
    let id = command.row().id;
    let rank = match label(model, To::Command(command)) {
        Some(label) => named(label, id, typed)?,
        None => best(&[id], typed)?,
    };
    Some((rank, Entry::Command(command)))
}

/// How well a name, its other words or its id fit.
fn named(label: &Label, id: &str, typed: &[String]) -> Option<u32> {
    let also: Vec<&str> = label.also.split_whitespace().collect();
    let name = best(&[label.name], typed);
    // A word of which only the letters stand somewhere in it is none of its other words.
    let also = best(&also, typed).filter(|rank| *rank <= 3).map(|rank| if rank == 0 { 0 } else { rank + 1 });
    let id = Some(id).filter(|id| !id.is_empty()).and_then(|id| best(&[id], typed)).map(|rank| rank + 1);
    [name, also, id].into_iter().flatten().min()
}

/// What is typed in its spellings.
fn forms(typed: &str) -> Vec<String> {
    let forms = spellings(typed);
    if forms.is_empty() { vec![typed.to_lowercase()] } else { forms }
}

fn best(names: &[&str], typed: &[String]) -> Option<u32> {
    let names = names.iter().flat_map(|name| spellings(name));
    names.flat_map(|name| typed.iter().filter_map(|typed| rank(&name, typed)).collect::<Vec<_>>()).min()
}

/// How well a name fits, lower is better: all of it, its beginning, a word's beginning, anywhere, its letters in order.
fn rank(name: &str, typed: &str) -> Option<u32> {
    if typed.is_empty() {
        return Some(1);
    }
    if name == typed {
        return Some(0);
    }
    if name.starts_with(typed) {
        return Some(1);
    }
    if name.split([' ', '.', '_', '-', '(']).any(|word| word.starts_with(typed)) {
        return Some(3);
    }
    if name.contains(typed) {
        return Some(5);
    }
    let mut letters = name.chars();
    typed.chars().filter(|c| !c.is_whitespace()).all(|wanted| letters.any(|c| c == wanted)).then_some(LETTERS)
}
