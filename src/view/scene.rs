//! What the parts of the picture share: the model, the words, the clock, the theme, and what was drawn where.

use super::ascii;
use super::theme::Theme;
use super::widgets::text;
use crate::app::command::Command;
use crate::app::core::layout::layout;
use crate::app::effect::Ticket;
use crate::app::features::accounts::Account;
use crate::app::model::{Counted, Model};
use crate::app::pointer::{Area, Target, Targets};
use crate::app::tickets::Delay;
use crate::domain::error::Error;
use crate::domain::id::CompanyKey;
use crate::i18n::{self, Clock, ErrorText, Texts};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::cell::RefCell;
use std::ops::Range;

/// Everything that the parts of the picture need to know.
pub(in crate::view) struct Scene<'a> {
    pub(in crate::view) model: &'a Model,
    pub(in crate::view) words: &'static Texts,
    pub(in crate::view) clock: Clock,
    pub(in crate::view) theme: Theme,
    /// Which rows of how many the last table has shown.
    pub(in crate::view) in_sight: RefCell<Option<(Range<usize>, usize)>>,
    /// What was drawn where so far.
    pub(in crate::view) targets: RefCell<Targets>,
}

impl<'a> Scene<'a> {
    pub(in crate::view) fn new(model: &'a Model) -> Self {
        let lang = model.options.lang;
        let clock = Clock { lang, now: model.now, zone: model.options.zone.clone() };
        let theme = Theme::of(&model.appearance);
        Self { model, words: i18n::of(lang), clock, theme, in_sight: RefCell::default(), targets: RefCell::default() }
    }

    /// What stands in an area that is drawn now.
    pub(in crate::view) fn aim(&self, area: Rect, target: Target) {
        let Rect { x, y, width, height } = area;
        self.targets.borrow_mut().add(Area { x, y, width, height }, target);
    }

    /// Keys as they are written here: in words where their signs cannot be shown.
    pub(in crate::view) fn keys(&self, keys: impl Into<String>) -> String {
        let keys = keys.into();
        if self.model.appearance.ascii { ascii::keys(&keys) } else { keys }
    }

    /// The key of a command, in running text; of one without a key, the way by the palette.
    pub(in crate::view) fn key(&self, command: Command) -> String {
        let first = |command| self.model.options.keymap.keys(command).first().map(|key| self.keys(key.to_string()));
        first(command).unwrap_or_else(|| {
            let palette = first(Command::Palette).unwrap_or_default();
            format!("{palette} {}", (self.words.command)(command).label)
        })
    }

    /// An error, with the user's keys.
    pub(in crate::view) fn describe(&self, error: &Error) -> ErrorText {
        self.words.describe_with(error, &|command| self.key(command))
    }

    /// A company's name; where there are several accounts, with the one that it belongs to: they may have companies
    /// of the same name.
    pub(in crate::view) fn named(&self, key: &CompanyKey, name: &str) -> String {
        match self.model.account_of(key).filter(|_| self.model.accounts.several()) {
            Some(account) => format!("{name} · {}", account.label),
            None => name.to_owned(),
        }
    }

    /// The same as it is called by now, and with what tells it from others of that name: where something is done to it.
    pub(in crate::view) fn identified(
        &self,
        key: &CompanyKey,
        (had, distinction): (&str, Option<&str>),
        room: usize,
    ) -> String {
        let name = self.model.roster.get(key).map_or(had, |company| company.name.as_str());
        let tail = self.named(key, &distinction.map(|it| format!(" ({it})")).unwrap_or_default());
        format!("{}{tail}", text::cut(name, room.saturating_sub(text::width(&tail))))
    }

    /// Nobody observes what is in companies: where nothing comes, nothing is known.
    pub(in crate::view) fn unknown(&self) -> bool {
        self.model.accounts.iter().all(Account::real)
    }

    /// What is not known, and who knows it.
    pub(in crate::view) fn unknown_here(&self) -> String {
        let words = &self.words.company;
        format!("{}. {}", words.unknown_here, words.unknown_here_hint)
    }

    /// A count over the companies of all shown accounts, as far as they are known.
    pub(in crate::view) fn count(&self, number: u64) -> String {
        match self.model.counted() {
            Counted::Nothing => self.words.company.nothing.to_owned(),
            Counted::Some => format!("{}+", self.words.number(number)),
            Counted::All => self.words.number(number),
        }
    }

    /// How many companies an account has, if that is known.
    pub(in crate::view) fn companies_of(&self, account: &Account) -> String {
        if account.counted() {
            return self.words.number(self.model.roster.len_of(&account.profile) as u64);
        }
        self.words.company.nothing.to_owned()
    }

    /// A company that has the screen for itself is named above it, with its tabs, where there is a row for that.
    pub(in crate::view) fn breadcrumb(&self) -> bool {
        let room = layout(self.model.size).summary > 0;
        room && self.model.company_alone() && self.model.selected().is_some()
    }

    /// How an answer is late, in words, if it is.
    pub(in crate::view) fn late(&self, delay: Option<Delay<'_>>) -> Option<String> {
        let words = &self.words.sync;
        Some(match delay? {
            Delay::Silent(seconds) => (words.no_answer)(seconds),
            Delay::Pause(seconds, error) => (words.pause)(&self.describe(error).cause, seconds),
        })
    }

    /// What is waited for; and if it is late, for how long already, or until when and why.
    pub(in crate::view) fn loading(&self, loading: &str, ticket: Option<Ticket>) -> String {
        let delay = ticket.and_then(|ticket| self.model.tickets.delay(ticket, self.model.now));
        let late = self.late(delay).map(|late| format!(" {late}")).unwrap_or_default();
        format!("{} {loading} …{late}", self.spinner())
    }

    /// One picture of the spinner; which one follows from the clock, so that drawing stays pure.
    pub(in crate::view) fn spinner(&self) -> &'static str {
        const PICTURES: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
        let step = self.model.now.as_millisecond() / crate::app::next_wake::SPINNER_MILLIS;
        let index = usize::try_from(step.rem_euclid(10)).unwrap_or(0);
        PICTURES.get(index).copied().unwrap_or("⠋")
    }
}

/// A line, and what stands where in it: first cell, cells, what.
pub(in crate::view) struct Aimed {
    pub(in crate::view) line: Line<'static>,
    pub(in crate::view) spots: Vec<(usize, usize, Target)>,
}

impl Aimed {
    /// Draws it at the beginning of an area.
    pub(in crate::view) fn draw(self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        for (x, width, target) in self.spots {
            let at = Rect { x: area.x.saturating_add(text::cells(x)), width: text::cells(width), height: 1, ..area };
            scene.aim(at.intersection(area), target);
        }
        frame.render_widget(self.line, area);
    }
}
