//! Go to anything: companies, people, tags, tabs, screens and commands, found by what is typed.

mod entries;
pub mod people;

pub use entries::{Entry, Label, Scope, Section, To};
pub use people::PeopleSearch;

use crate::app::command::Command;
use crate::app::core::selection::Movement;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Effect;
use crate::app::features::companies::{Chip, views};
use crate::app::features::{attention, companies};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tab};
use crate::app::navigation::go_to;
use crate::domain::id::CompanyKey;
use crate::domain::roster::{Filter, Query};

/// Whether a command fits what is typed, by its name, its other words or its id.
pub(in crate::app) fn fits(model: &Model, command: Command, typed: &str) -> bool {
    entries::fits(model, command, typed)
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let mut palette = Palette { before: ctx.model.appearance.theme.clone(), ..Palette::default() };
    palette.find(ctx.model);
    ctx.model.overlays.open(palette);
}

/// Where one can go to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette {
    pub line: TextInput,
    pub cursor: usize,
    /// What fits, section by section, the best section first.
    pub found: Vec<Entry>,
    pub people: PeopleSearch,
    /// The theme before one was looked at by moving over it.
    before: String,
}

impl Dialog for Palette {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let outcome = self.answer(key, ctx);
        match &outcome {
            Outcome::Keep => self.preview(ctx.model),
            // One that was chosen stays.
            _ if self.chosen(key) => {}
            _ => ctx.model.appearance.theme.clone_from(&self.before),
        }
        outcome
    }

    fn paste(&mut self, text: &str, ctx: &mut Ctx<'_>) {
        self.line.paste(text);
        self.find(ctx.model);
        self.preview(ctx.model);
    }

    fn takes_text(&self) -> bool {
        true
    }
}

impl Palette {
    fn answer(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if let Some(movement) = Movement::of(key, false) {
            self.cursor = movement.apply(self.cursor, self.found.len(), 10);
            return Outcome::Keep;
        }
        match key.code {
            Code::Esc => Outcome::Close,
            Code::Enter => self.selected().map_or(Outcome::Close, |entry| go(ctx, &entry)),
            Code::Char('l') if key.alt => self.launch(ctx),
            Code::Tab => self.complete(ctx.model),
            Code::Backspace if self.line.text().is_empty() => Outcome::Close,
            _ => {
                if self.line.key(key) {
                    self.find(ctx.model);
                }
                Outcome::Keep
            }
        }
    }

    /// A theme is shown as long as the cursor is on it.
    fn preview(&self, model: &mut Model) {
        let theme = match self.found.get(self.cursor) {
            Some(Entry::Theme(name)) => name,
            _ => &self.before,
        };
        model.appearance.theme.clone_from(theme);
    }

    fn chosen(&self, key: Key) -> bool {
        key.code == Code::Enter && matches!(self.found.get(self.cursor), Some(Entry::Theme(_)))
    }

    fn selected(&self) -> Option<Entry> {
        self.found.get(self.cursor).cloned()
    }

    fn find(&mut self, model: &Model) {
        let (scope, typed) = Scope::of(self.line.text());
        let typed = if matches!(scope, Scope::Anything | Scope::People) { typed.trim() } else { "" };
        self.people.look_for(typed, model.now);
        self.found = entries::find(model, self.line.text(), self.people.found.rows());
        self.cursor = 0;
    }

    /// The same with what came meanwhile; the cursor stays on its entry.
    fn find_again(&mut self, model: &Model) {
        let selected = self.selected().filter(|_| self.cursor > 0);
        self.find(model);
        self.put_on(selected.as_ref());
    }

    fn put_on(&mut self, selected: Option<&Entry>) {
        self.cursor = self.found.iter().position(|entry| Some(entry) == selected).unwrap_or(0);
    }

    /// Tab: the line names what is under the cursor.
    fn complete(&mut self, model: &Model) -> Outcome {
        let selected = self.selected();
        if let Some(name) = selected.as_ref().and_then(|entry| entry.name(model)) {
            let (scope, _) = Scope::of(self.line.text());
            self.line = TextInput::new(&format!("{}{name}", scope.prefix()));
            self.find(model);
            self.put_on(selected.as_ref());
        }
        Outcome::Keep
    }

    /// Launches the company under the cursor, which is opened for it: what one looks at is what one signs in to.
    fn launch(&self, ctx: &mut Ctx<'_>) -> Outcome {
        match self.selected().and_then(|entry| entry.company().cloned()) {
            Some(key) => {
                go_to(ctx.model, key, Tab::Overview);
                Outcome::Run(Command::Launch)
            }
            None => Outcome::Keep,
        }
    }
}

fn go(ctx: &mut Ctx<'_>, entry: &Entry) -> Outcome {
    match entry {
        Entry::Command(command) => return Outcome::Run(*command),
        Entry::QuitAtOnce => ctx.effects.push(Effect::Quit),
        Entry::Tab(tab) => {
            if let Some((key, _)) = ctx.model.selected() {
                go_to(ctx.model, key, *tab);
            }
        }
        Entry::Company(key) | Entry::Recent(key) => to_company(ctx.model, key, Tab::Overview),
        Entry::Owner(key, _) => to_company(ctx.model, key, Tab::People),
        Entry::Person(key, user, _) => {
            to_company(ctx.model, key, Tab::People);
            ctx.model.rows.people.put(0, Some(user.clone()));
        }
        // It is shown already.
        Entry::Theme(_) => {}
        Entry::View(at, _) => views::show_row(ctx, Chip::ALL.len() + at),
        Entry::Tag(tag, _) => show_tag(ctx.model, tag),
    }
    Outcome::Close
}

fn to_company(model: &mut Model, key: &CompanyKey, tab: Tab) {
    if model.roster.contains(key) {
        go_to(model, key.clone(), tab);
    }
}

/// The list of the companies with this tag, sorted as it was.
fn show_tag(model: &mut Model, tag: &str) {
    companies::to_list(model);
    attention::leave(model);
    model.list.searching = false;
    let filter = Filter { tags: vec![tag.to_owned()], ..Filter::default() };
    companies::set_query(model, Query { search: String::new(), filter, ..model.roster.query().clone() });
}
