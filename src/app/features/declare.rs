//! The form for what a technician saw of a company in the web console: owners, seats, limit, status, and when.

use crate::app::command::{Command, DisabledReason};
use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::{accounts, companies, sync};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::take_answer;
use crate::domain::company::{Company, CompanyState};
use crate::domain::error::{Error, Operation};
use crate::domain::facts::Declared;
use crate::domain::field::{self, LONGEST};
use crate::domain::id::CompanyKey;
use crate::domain::moment;
use crate::domain::request::{Answer, Declare};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// One field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclareField {
    /// Names with commas between; a hyphen for nobody.
    Owners,
    Seats,
    /// 0 for none.
    Limit,
    Recoveries,
    Status,
    /// Of which day it is.
    Day,
}

impl DeclareField {
    pub const ALL: [Self; 6] = [Self::Owners, Self::Seats, Self::Limit, Self::Recoveries, Self::Status, Self::Day];
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclareProblem {
    NotANumber,
    NameTooLong,
    /// No moment, or one that lies ahead.
    NotADay,
    /// Nothing was said at all.
    Nothing,
}

/// What is empty was not looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclareDialog {
    pub key: CompanyKey,
    pub company: String,
    /// What tells it from others of its name.
    pub distinction: Option<String>,
    pub owners: TextInput,
    pub seats: TextInput,
    pub limit: TextInput,
    pub recoveries: TextInput,
    pub state: Option<CompanyState>,
    pub day: TextInput,
    today: String,
    pub at: DeclareField,
    pub problem: Option<(DeclareField, DeclareProblem)>,
    pub submission: Submission<Declared>,
}

pub(in crate::app) fn enabled(model: &Model) -> Result<(), DisabledReason> {
    let (key, _) = model.selected().ok_or(DisabledReason::NoCompany)?;
    accounts::only_real(model.accounts.get(&key.profile).into_iter())
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let Some((key, company)) = model.selected() else { return };
    let today = model.now.to_zoned(model.options.zone.clone()).date().to_string();
    let dialog = DeclareDialog {
        distinction: model.distinction(&key),
        company: company.name.clone(),
        key,
        owners: TextInput::default(),
        seats: TextInput::default(),
        limit: TextInput::default(),
        recoveries: TextInput::default(),
        state: None,
        day: TextInput::new(&today),
        today,
        at: DeclareField::Owners,
        problem: None,
        submission: Submission::default(),
    };
    model.overlays.open(dialog);
}

impl Dialog for DeclareDialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if self.submission.sending() {
            return Outcome::Keep;
        }
        match key.code {
            Code::Esc => return self.submission.esc(self.changed()),
            Code::Enter => self.save(ctx),
            Code::Tab | Code::Down => self.go(1),
            Code::BackTab | Code::Up => self.go(DeclareField::ALL.len() - 1),
            Code::Right | Code::Char(' ') if self.at == DeclareField::Status => self.turn(1),
            Code::Left if self.at == DeclareField::Status => self.turn(CompanyState::KNOWN.len()),
            _ => {
                self.submission.keep_editing();
                if self.line().is_some_and(|line| line.key(key)) {
                    self.problem = None;
                }
            }
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if !self.submission.sending() {
            self.submission.keep_editing();
            self.problem = None;
            if let Some(line) = self.line() {
                line.paste(text);
            }
        }
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn enter_saves(&self) -> bool {
        true
    }

    fn is_sending(&self) -> bool {
        self.submission.sending()
    }

    fn holds_keys(&self) -> bool {
        self.submission.sending()
    }
}

impl DeclareDialog {
    fn changed(&self) -> bool {
        let lines = [&self.owners, &self.seats, &self.limit, &self.recoveries];
        lines.into_iter().any(|line| !line.text().trim().is_empty())
            || self.state.is_some()
            || self.day.text() != self.today
    }

    fn go(&mut self, step: usize) {
        self.submission.keep_editing();
        let place = DeclareField::ALL.iter().position(|field| *field == self.at).unwrap_or(0);
        let next = (place + step) % DeclareField::ALL.len();
        self.at = DeclareField::ALL.get(next).copied().unwrap_or(DeclareField::Owners);
    }

    /// The next state; behind the last one it was not looked at.
    fn turn(&mut self, step: usize) {
        self.submission.keep_editing();
        self.problem = None;
        let known = CompanyState::KNOWN;
        let place = self.state.as_ref().and_then(|state| known.iter().position(|other| other == state));
        let next = (place.map_or(0, |place| place + 1) + step) % (known.len() + 1);
        self.state = next.checked_sub(1).and_then(|place| known.get(place).cloned());
    }

    fn line(&mut self) -> Option<&mut TextInput> {
        match self.at {
            DeclareField::Owners => Some(&mut self.owners),
            DeclareField::Seats => Some(&mut self.seats),
            DeclareField::Limit => Some(&mut self.limit),
            DeclareField::Recoveries => Some(&mut self.recoveries),
            DeclareField::Day => Some(&mut self.day),
            DeclareField::Status => None,
        }
    }

    fn save(&mut self, ctx: &mut Ctx<'_>) {
        self.submission.clear_error();
        self.submission.keep_editing();
        let declared = match self.declared(ctx.model.now, &ctx.model.options.zone) {
            Ok(declared) => declared,
            Err((field, problem)) => {
                (self.at, self.problem) = (field, Some((field, problem)));
                return;
            }
        };
        if let Err(why) = Command::Declare.permitted_in(ctx.model, &self.key.profile) {
            return ctx.model.notify(Notification::NotNow(Command::Declare, why));
        }
        let key = self.submission.start(declared.clone(), ctx.model.new_intent());
        let request = Declare { company: self.key.company.clone(), declared, key };
        ctx.send(self.key.profile.clone(), PendingRequest::Declare(self.key.clone()), request);
    }

    fn declared(&self, now: Timestamp, zone: &TimeZone) -> Result<Declared, (DeclareField, DeclareProblem)> {
        let number = |line: &TextInput, at: DeclareField| match line.text().trim() {
            "" => Ok(None),
            typed => field::seat_limit(typed).map(Some).map_err(|_| (at, DeclareProblem::NotANumber)),
        };
        let owners = match self.owners.text().trim() {
            "" => None,
            "-" => Some(Vec::new()),
            names => Some(field::split_tags(names)),
        };
        if owners.iter().flatten().any(|name| field::text(name, LONGEST).is_err()) {
            return Err((DeclareField::Owners, DeclareProblem::NameTooLong));
        }
        let declared = Declared {
            as_of: moment::past(self.day.text(), now, zone)
                .map_err(|_| (DeclareField::Day, DeclareProblem::NotADay))?,
            filled_seats: number(&self.seats, DeclareField::Seats)?,
            seat_limit: number(&self.limit, DeclareField::Limit)?,
            owners,
            open_recoveries: number(&self.recoveries, DeclareField::Recoveries)?,
            state: self.state.clone(),
        };
        if declared.is_empty() { Err((DeclareField::Owners, DeclareProblem::Nothing)) } else { Ok(declared) }
    }
}

pub(in crate::app) fn on_answer(ctx: &mut Ctx<'_>, key: &CompanyKey, result: Result<Answer, Error>) {
    let name = ctx.model.called(key, key.company.as_str());
    match take_answer::<Company>(Operation::EditCompany, result) {
        Ok(company) => {
            let dialog = ctx.model.overlays.find_mut::<DeclareDialog>(|dialog| dialog.key == *key);
            let sent = dialog.and_then(|dialog| dialog.submission.sent());
            let overtaken = sent.is_some_and(|declared| declared.overtaken(&company.facts));
            ctx.model.overlays.close::<DeclareDialog>(|dialog| dialog.key == *key);
            ctx.model.roster.upsert(&key.profile, vec![company]);
            companies::rows_changed(ctx.model);
            let notice = if overtaken {
                Notification::SeenLater { company: name }
            } else {
                Notification::Saved { company: name }
            };
            ctx.model.notify(notice);
            sync::ask_changes(ctx, &key.profile);
        }
        Err(error) => {
            let next = ctx.model.new_intent();
            match ctx.model.overlays.find_mut::<DeclareDialog>(|dialog| dialog.key == *key) {
                Some(dialog) => drop(dialog.submission.fail(error, next)),
                None => ctx.model.fail(Some(name), error),
            }
        }
    }
}
