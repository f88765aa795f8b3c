//! Help: every command with its keys, those of the place one is in first; to read, to search, and to run. A form has a
//! help of its own.

use crate::app::command::{Command, Group, Place, Row, TABLE};
use crate::app::core::selection::Movement;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::{palette, since};
use crate::app::focus::{Focus, below};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let topic = match ctx.model.overlays.last() {
        Some(Overlay::Form(_)) => Topic::Form,
        _ => Topic::Commands,
    };
    let mut help = Help { topic, ..Help::default() };
    help.find(ctx.model);
    since::dismiss_welcome(ctx.model);
    ctx.model.overlays.open(help);
}

/// From this width on the help has a command and its sentence on one row, below on two, in columns.
pub const HELP_WIDE: u16 = 100;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Help {
    pub topic: Topic,
    /// What is searched for.
    pub line: TextInput,
    /// The line has the keys.
    pub searching: bool,
    pub cursor: usize,
    /// What fits, heading by heading.
    pub rows: Vec<(Heading, Command)>,
}

/// What the help is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Topic {
    #[default]
    Commands,
    /// The keys of a form.
    Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// What is done where one is.
    Here,
    Group(Group),
}

impl Dialog for Help {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if let Some(movement) = Movement::of(key, !self.searching) {
            self.cursor = movement.apply(self.cursor, self.len(ctx.model), 10);
            return Outcome::Keep;
        }
        match key.code {
            Code::Esc if self.searching || !self.line.text().is_empty() => self.end_search(ctx.model),
            Code::Esc | Code::F(1) => return Outcome::Close,
            Code::Enter => return self.run(ctx),
            _ if self.searching && self.line.key(key) => self.find(ctx.model),
            _ if self.searching => {}
            Code::Char('/') if self.topic == Topic::Commands => self.searching = true,
            Code::Char('q' | '?') => return Outcome::Close,
            Code::Char(':') => return Outcome::Run(Command::Palette),
            _ => {}
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, ctx: &mut Ctx<'_>) {
        if self.searching {
            self.line.paste(text);
            self.find(ctx.model);
        }
    }

    fn takes_text(&self) -> bool {
        self.searching
    }

    fn searches(&self) -> bool {
        true
    }
}

impl Help {
    fn len(&self, model: &Model) -> usize {
        match self.topic {
            Topic::Commands => self.rows.len(),
            Topic::Form => usize::from(model.size.height),
        }
    }

    fn end_search(&mut self, model: &Model) {
        (self.searching, self.line) = (false, TextInput::default());
        self.find(model);
    }

    /// Runs what is under the cursor. Over another dialog the help is only to be read.
    fn run(&self, ctx: &mut Ctx<'_>) -> Outcome {
        match self.rows.get(self.cursor) {
            Some((_, command)) if ctx.model.overlays.is_empty() => Outcome::Run(*command),
            _ => Outcome::Close,
        }
    }

    /// Finds commands by name, key and other words; where nothing is typed all of them, and before them those of the
    /// place.
    fn find(&mut self, model: &Model) {
        self.cursor = 0;
        self.rows.clear();
        if self.topic == Topic::Form {
            return;
        }
        let typed = self.line.text().trim();
        if typed.is_empty() {
            self.rows.extend(here(model).into_iter().map(|command| (Heading::Here, command)));
        }
        let fits =
            |row: &&&Row| typed.is_empty() || has_key(model, row, typed) || palette::fits(model, row.command, typed);
        for group in Group::ALL {
            let rows = TABLE.iter().filter(|row| row.group == group).filter(fits);
            self.rows.extend(rows.map(|row| (Heading::Group(group), row.command)));
        }
    }
}

fn has_key(model: &Model, row: &Row, typed: &str) -> bool {
    let keys = model.options.keymap.keys(row.command);
    keys.iter().any(|keys| keys.name().eq_ignore_ascii_case(typed) && keys.name().len() == typed.len())
}

/// The commands of the place below, its own first.
fn here(model: &Model) -> Vec<Command> {
    let focus = below(model);
    let places = match focus.places() {
        [] => &[Place::Anywhere],
        places => places,
    };
    let on_list = matches!(focus, Focus::List | Focus::Search | Focus::Screen(Screen::Companies));
    let own = TABLE.iter().filter(|row| row.place != Place::Anywhere && places.contains(&row.place));
    let hinted = TABLE.iter().filter(|row| {
        let fits = on_list || !matches!(row.group, Group::List | Group::Marks);
        row.place == Place::Anywhere && row.hint > 0 && fits && row.command != Command::Help
    });
    own.chain(hinted).map(|row| row.command).collect()
}
