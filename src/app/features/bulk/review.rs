//! Keys of the dialog: what to do, every name, the count, and what became of each.

use crate::app::command::{Command, permitted_among};
use crate::app::core::menu::digit;
use crate::app::core::selection::Movement;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::bulk::{Act, Bulk, Focus, How, Stage, go, open, standing};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::toast::Notification;
use crate::domain::setup::{StepKind, StepState};

/// What the first menu offers, each with the command that it is many of.
pub const CHOICES: [Command; 5] =
    [Command::Launch, Command::Tag, Command::ToggleStep, Command::Export, Command::Unlink];

impl Dialog for Bulk {
    fn aim(&mut self, button: usize) -> bool {
        self.focus = if button == 0 { Focus::Cancel } else { Focus::Go };
        self.stage == Stage::Review
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let page = ctx.model.page().max(2) / 2;
        match self.stage {
            Stage::Choose | Stage::Step | Stage::State => return self.menu_key(key, ctx),
            Stage::Review => return self.review_key(key, ctx, page),
            Stage::Running if key.code == Code::Esc => self.stopping = true,
            Stage::Done if matches!(key.code, Code::Esc | Code::Enter | Code::Char('q')) => return Outcome::Close,
            Stage::Done if key.code == Code::Char('r') => return self.retry(ctx.model),
            Stage::Running | Stage::Done => scroll(self, key, page),
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if self.counting() {
            self.line.paste(text);
        }
    }

    fn takes_text(&self) -> bool {
        self.counting()
    }

    fn is_sending(&self) -> bool {
        self.is_running()
    }

    /// Each row shows how far it is.
    fn is_busy(&self) -> bool {
        false
    }

    fn holds_keys(&self) -> bool {
        self.is_running() && self.stopping
    }

    fn is_running(&self) -> bool {
        self.stage == Stage::Running
    }
}

impl Bulk {
    fn menu_key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let len = match (self.stage, &self.act) {
            (Stage::Step, _) => StepKind::KNOWN.len(),
            (Stage::State, Some(Act::Setup { step, .. })) => step.states().len(),
            _ => CHOICES.len(),
        };
        match key.code {
            Code::Down | Code::Char('j') => self.cursor = Movement::Down.apply(self.cursor, len, len),
            Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            Code::Enter => return self.choose(ctx),
            Code::Esc | Code::Char('q' | 'b') => return Outcome::Close,
            _ => {
                if let Some(row) = digit(key).and_then(|digit| digit.checked_sub(1)).filter(|row| *row < len) {
                    self.cursor = row;
                    return self.choose(ctx);
                }
            }
        }
        Outcome::Keep
    }

    fn choose(&mut self, ctx: &mut Ctx<'_>) -> Outcome {
        match (self.stage, &self.act) {
            (Stage::Step, _) => {
                let step = StepKind::KNOWN.get(self.cursor).cloned().unwrap_or(StepKind::Policies);
                self.act = Some(Act::Setup { step, state: StepState::Done });
                // *Done* is what one does to many.
                (self.stage, self.cursor) = (Stage::State, 2);
                Outcome::Keep
            }
            (Stage::State, Some(Act::Setup { step, .. })) => {
                let step = step.clone();
                let state = step.states().get(self.cursor).cloned().unwrap_or(StepState::Done);
                self.review(ctx.model, Act::Setup { step, state })
            }
            _ => self.begin(ctx, CHOICES.get(self.cursor).copied().unwrap_or(Command::Launch)),
        }
    }

    /// What the first menu does.
    fn begin(&mut self, ctx: &mut Ctx<'_>, command: Command) -> Outcome {
        if let Err(why) = permitted_among(command, ctx.model, self.accounts()) {
            ctx.model.notify(Notification::NotNow(command, why));
            return Outcome::Keep;
        }
        match command {
            Command::Launch => self.review(ctx.model, Act::Launch),
            Command::Unlink => self.review(ctx.model, Act::Unlink),
            Command::ToggleStep => {
                (self.stage, self.cursor) = (Stage::Step, 0);
                Outcome::Keep
            }
            other => Outcome::Run(other),
        }
    }

    fn review(&mut self, model: &Model, act: Act) -> Outcome {
        for item in &mut self.items {
            // The first time that names are read: as they are now, and not when the menu opened.
            if let Some(company) = model.roster.get(&item.key) {
                item.name.clone_from(&company.name);
            }
            item.how = standing(model, &act, item);
        }
        (self.stage, self.act, self.cursor) = (Stage::Review, Some(act), 0);
        Outcome::Then(go::on)
    }

    fn review_key(&mut self, key: Key, ctx: &mut Ctx<'_>, page: usize) -> Outcome {
        match (key.code, self.focus) {
            (Code::Esc, _) | (Code::Enter, Focus::Cancel) => return Outcome::Close,
            (Code::Tab | Code::Right | Code::BackTab | Code::Left, focus) => {
                let back = matches!(key.code, Code::BackTab | Code::Left);
                self.focus = next(focus, self.act.as_ref().is_some_and(Act::destroys), self.confirmed(), back);
            }
            (Code::Enter, Focus::Go) if self.confirmed() => return self.start(ctx.model),
            // Enter on the count goes on to the button, and only if the count is right.
            (Code::Enter, Focus::Count) if self.confirmed() => self.focus = Focus::Go,
            (Code::Enter, _) => {}
            (Code::Down | Code::Up | Code::PageDown | Code::PageUp, _) => scroll(self, key, page),
            (_, Focus::Count) => drop(self.line.key(key)),
            _ => scroll(self, key, page),
        }
        Outcome::Keep
    }

    fn start(&mut self, model: &mut Model) -> Outcome {
        // The right to do it may have been lost while the names were read.
        let command = self.act.as_ref().map_or(Command::Bulk, command);
        if let Err(why) = permitted_among(command, model, self.accounts()) {
            model.notify(Notification::NotNow(command, why));
            return Outcome::Keep;
        }
        (self.stage, self.stopping, self.scroll) = (Stage::Running, false, 0);
        Outcome::Then(go::on)
    }

    /// Only what failed, or was not begun. What destroys is checked and confirmed anew.
    fn retry(&mut self, model: &Model) -> Outcome {
        let act = self.act.clone();
        let mut again = 0;
        for item in self.items.iter_mut().filter(|item| matches!(item.how, How::Failed(_) | How::Ready)) {
            again += 1;
            item.how = act.as_ref().map_or(How::Ready, |act| standing(model, act, item));
        }
        if again > 0 {
            self.stopping = false;
            (self.line, self.focus) = (TextInput::default(), Focus::Cancel);
            self.stage = if act.is_some_and(|act| act.destroys()) { Stage::Review } else { Stage::Running };
        }
        Outcome::Then(go::on)
    }
}

/// Opens the dialog past its first menu, where the choice was made by the key of the command itself.
pub(super) fn begin(ctx: &mut Ctx<'_>, command: Command) {
    open(ctx);
    let mut outcome = Outcome::Keep;
    ctx.with_dialog(|_: &Bulk| true, |bulk, ctx| outcome = bulk.begin(ctx, command));
    if let Outcome::Then(then) = outcome {
        then(ctx);
    }
}

fn scroll(bulk: &mut Bulk, key: Key, page: usize) {
    let last = bulk.items.len().saturating_sub(1);
    bulk.scroll = match key.code {
        Code::Down | Code::Char('j') => bulk.scroll.saturating_add(1).min(last),
        Code::Up | Code::Char('k') => bulk.scroll.saturating_sub(1),
        Code::PageDown => bulk.scroll.saturating_add(page).min(last),
        Code::PageUp => bulk.scroll.saturating_sub(page),
        _ => bulk.scroll,
    };
}

fn next(focus: Focus, destroys: bool, confirmed: bool, back: bool) -> Focus {
    let mut stops = vec![Focus::Cancel];
    if destroys {
        stops.push(Focus::Count);
    }
    if confirmed {
        stops.push(Focus::Go);
    }
    let at = stops.iter().position(|stop| *stop == focus).unwrap_or(0);
    let by = if back { stops.len() - 1 } else { 1 };
    stops.get((at + by) % stops.len()).copied().unwrap_or(Focus::Cancel)
}

/// The command that one of the many is.
pub(super) fn command(act: &Act) -> Command {
    match act {
        Act::Launch => Command::Launch,
        Act::Tags { .. } | Act::Restore => Command::Tag,
        Act::Setup { .. } => Command::ToggleStep,
        Act::Snooze { .. } => Command::Snooze,
        Act::Unlink => Command::Unlink,
    }
}
