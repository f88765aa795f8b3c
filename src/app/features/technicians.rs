//! The MSP's own technicians, for its owners: who they are, adding one, their role, codes for credentials, revoking.

mod add;
mod state;

pub use state::*;

use crate::app::command::{Command, Place};
use crate::app::core::menu::{Choice, Menu};
use crate::app::core::remote::Remote;
use crate::app::core::selection::Movement;
use crate::app::core::submission::Submission;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Ticket;
use crate::app::features::accounts::{self, Account, Settled};
use crate::app::features::copy;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::take_rows;
use crate::domain::error::{Error, Operation};
use crate::domain::id::ProfileId;
use crate::domain::request::{
    AddTechnician, Answer, ChangeTechnician, EnrolTechnician, ListTechnicians, Request, RevokeTechnician,
};
use crate::domain::technician::{Role, Technician, TechnicianChanges, TechnicianState};

/// Opens them: of the account where it may be done, or of the one that is chosen.
pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let all = ctx.model.accounts.profiles();
    match accounts::settle(ctx.model, accounts::Choice::Technicians, all) {
        Settled::Account(profile) => {
            let dialog = of_account(ctx, profile);
            ctx.model.overlays.open(dialog);
        }
        Settled::Ask(menu) => ctx.model.overlays.open(menu),
        Settled::Refused => {}
    }
}

/// The technicians of this account, which are being loaded.
pub(in crate::app) fn of_account(ctx: &mut Ctx<'_>, profile: ProfileId) -> TechniciansDialog {
    let account = ctx.model.accounts.get(&profile).map_or_else(String::new, name);
    let (list, submission) = (Remote::default(), Submission::default());
    let mut dialog = TechniciansDialog { profile, account, list, selected: None, mode: Mode::List, submission };
    dialog.load(ctx);
    dialog
}

fn name(account: &Account) -> String {
    account.session.value().map_or_else(|| account.label.clone(), |session| session.account.name.clone())
}

pub(in crate::app) fn on_answer(
    ctx: &mut Ctx<'_>,
    ticket: Ticket,
    wait: TechniciansRequest,
    result: Result<Answer, Error>,
) {
    match wait {
        TechniciansRequest::List(of) => {
            let (list, left_out) = take_rows::<Vec<Technician>>(Operation::LoadTechnicians, result);
            let now = ctx.model.now;
            if let Some(dialog) = ctx.model.overlays.find_mut::<TechniciansDialog>(|dialog| dialog.profile == of)
                && dialog.list.settle(ticket, now, list)
            {
                dialog.list.leave_out(left_out);
            }
        }
        TechniciansRequest::Write(of) => {
            let ours = |dialog: &TechniciansDialog| dialog.profile == of;
            match result {
                Ok(answer) => {
                    ctx.with_dialog(ours, |dialog, ctx| dialog.done(answer, ctx));
                }
                Err(error) => failed(ctx.model, ours, error),
            }
        }
    }
}

fn failed(model: &mut Model, ours: impl Fn(&TechniciansDialog) -> bool, error: Error) {
    let next = model.new_intent();
    let Some(dialog) = model.overlays.find_mut(ours) else { return model.fail(None, error) };
    let error = dialog.submission.fail(error, next);
    model.failure = Some(Box::new(error));
}

impl Dialog for TechniciansDialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if self.submission.sending() {
            return Outcome::Keep;
        }
        match &mut self.mode {
            Mode::List => return self.list_key(key, ctx),
            Mode::Add(_) => self.add_key(key, ctx),
            Mode::Actions(menu) => match menu.numbered_key(key, 1 + Act::ALL.len(), 'T') {
                Choice::Accepted(Some(row)) | Choice::Chosen(row) => self.choose(row),
                Choice::Accepted(None) | Choice::Closed => self.back(),
                Choice::Moved | Choice::Other => {}
            },
            Mode::Role(menu) => match menu.numbered_key(key, Role::GIVEN.len(), 'T') {
                Choice::Accepted(Some(row)) => self.assign(row, ctx),
                Choice::Accepted(None) | Choice::Closed => self.back(),
                // Space never writes; Enter still chooses.
                Choice::Chosen(_) => menu.changed = false,
                Choice::Moved | Choice::Other => {}
            },
            Mode::Confirm { .. } => self.confirm_key(key, ctx),
            Mode::Code(enrolment) => match key.code {
                Code::Char('y') => {
                    if let Some(code) = enrolment.code.clone() {
                        copy::copy_code(ctx, code);
                    }
                }
                Code::Esc | Code::Enter | Code::Char('q') => self.back(),
                _ => {}
            },
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if let Mode::Add(form) = &mut self.mode
            && !self.submission.sending()
        {
            form.paste(text);
        }
    }

    fn takes_text(&self) -> bool {
        matches!(&self.mode, Mode::Add(form) if form.at != AddField::Role)
    }

    fn is_sending(&self) -> bool {
        self.submission.sending()
    }

    fn is_busy(&self) -> bool {
        self.submission.sending() || self.list.waiting().is_some()
    }

    fn holds_keys(&self) -> bool {
        self.submission.sending()
    }

    fn places(&self) -> &'static [Place] {
        if matches!(self.mode, Mode::List | Mode::Code(_)) { &[Place::Anywhere] } else { &[] }
    }
}

impl TechniciansDialog {
    fn load(&mut self, ctx: &mut Ctx<'_>) {
        let pending = PendingRequest::Technicians(TechniciansRequest::List(self.profile.clone()));
        let ticket = ctx.send(self.profile.clone(), pending, Request::ListTechnicians(ListTechnicians));
        self.list.wait_for(ticket);
    }

    fn list_key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let team = self.list.value().map_or(&[][..], Vec::as_slice);
        if let Some(movement) = Movement::of(key, true) {
            let row = movement.apply(self.row().unwrap_or(0), team.len(), team.len());
            self.selected = team.get(row).map(|technician| technician.id.clone());
            return Outcome::Keep;
        }
        match key.code {
            Code::Esc | Code::Char('q' | 'T') => return Outcome::Close,
            Code::Char('r') if self.list.waiting().is_none() => self.load(ctx),
            Code::Char('+') => self.mode = Mode::Add(Box::default()),
            Code::Enter => {
                // Who does something to the first row has chosen it. There is nothing left to end of one who is revoked.
                let one = self.technician().filter(|technician| technician.state != TechnicianState::Revoked);
                if let Some(id) = one.map(|technician| technician.id.clone()) {
                    self.selected = Some(id);
                    self.mode = Mode::Actions(Menu::default());
                }
            }
            _ => {}
        }
        Outcome::Keep
    }

    fn confirm_key(&mut self, key: Key, ctx: &mut Ctx<'_>) {
        let Mode::Confirm { act, go } = &mut self.mode else { return };
        match key.code {
            Code::Tab | Code::BackTab | Code::Left | Code::Right | Code::Char('h' | 'l') => *go = !*go,
            Code::Enter if *go => {
                let act = *act;
                self.act(act, ctx);
            }
            Code::Esc | Code::Char('q') | Code::Enter => self.back(),
            _ => {}
        }
    }

    /// What is to be done to whoever is selected.
    fn choose(&mut self, row: usize) {
        let role = self.technician().map(|technician| technician.role.clone());
        let given = Role::GIVEN.iter().position(|given| Some(given) == role.as_ref());
        self.mode = match row.checked_sub(1).and_then(|row| Act::ALL.get(row)) {
            Some(act) => Mode::Confirm { act: *act, go: *act == Act::Enrol },
            None => Mode::Role(Menu::at(given.unwrap_or(0))),
        };
    }

    fn back(&mut self) {
        self.submission.clear_error();
        self.submission.keep_editing();
        self.mode = Mode::List;
    }

    fn assign(&mut self, row: usize, ctx: &mut Ctx<'_>) {
        let Some((technician, role)) = self.technician().zip(Role::GIVEN.get(row)) else { return };
        if technician.role == *role {
            return self.back();
        }
        let sent = Sent::Role(technician.id.clone(), role.clone());
        self.send(sent, ctx);
    }

    fn act(&mut self, act: Act, ctx: &mut Ctx<'_>) {
        if let Some(technician) = self.technician().map(|technician| technician.id.clone()) {
            self.send(Sent::Act(technician, act), ctx);
        }
    }

    fn send(&mut self, sent: Sent, ctx: &mut Ctx<'_>) {
        if let Err(why) = Command::Technicians.permitted_in(ctx.model, &self.profile) {
            return ctx.model.notify(Notification::NotNow(Command::Technicians, why));
        }
        let etag = self.technician().map(|technician| technician.etag.clone());
        let key = self.submission.start(sent.clone(), ctx.model.new_intent());
        let request: Request = match sent {
            Sent::Add(new) => AddTechnician { new, key }.into(),
            Sent::Role(technician, role) => {
                let Some(etag) = etag else { return };
                let changes = TechnicianChanges { role: Some(role), ..TechnicianChanges::default() };
                ChangeTechnician { technician, etag, changes, key }.into()
            }
            Sent::Act(technician, Act::Revoke) => RevokeTechnician { technician, key }.into(),
            Sent::Act(technician, act) => EnrolTechnician { technician, rotate: act == Act::Rotate, key }.into(),
        };
        let pending = PendingRequest::Technicians(TechniciansRequest::Write(self.profile.clone()));
        ctx.send(self.profile.clone(), pending, request);
    }

    /// It is done: the list shows it, and is asked for anew.
    fn done(&mut self, answer: Answer, ctx: &mut Ctx<'_>) {
        self.submission = Submission::default();
        let (technician, mode) = match answer {
            Answer::Enrolment(enrolment) => (enrolment.technician.clone(), Mode::Code(enrolment)),
            Answer::Technician(technician) => (*technician, Mode::List),
            _ => return self.back(),
        };
        self.selected = Some(technician.id.clone());
        if let Some(list) = self.list.value_mut() {
            match list.iter_mut().find(|known| known.id == technician.id) {
                Some(known) => *known = technician,
                None => list.push(technician),
            }
        }
        self.mode = mode;
        self.load(ctx);
    }
}
