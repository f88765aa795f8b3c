//! The question before something is done to a person or a vault, and what comes back. It is bound to the revision
//! that it shows: who changed meanwhile is shown anew and has to be confirmed anew.

use crate::app::command::{Command, Place};
use crate::app::core::submission::Submission;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::people::{
    About, Act, Change, Confirm, Done, PeopleNotice, PeopleRequest, called, in_order, subject, warnings,
};
use crate::app::features::{recoveries, sync, tasks, undo, vaults};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::domain::error::{Cause, ConflictCode, Error, Operation};
use crate::domain::id::{CompanyKey, UserId, VaultId};
use crate::domain::people::Person;
use crate::domain::request::Answer;

/// Asks before this is done to the person under the cursor.
pub(in crate::app) fn open(ctx: &mut Ctx<'_>, command: Command) {
    let model = &mut *ctx.model;
    crate::app::features::people::keep_selected(model);
    recoveries::keep_selected(model);
    let Some((key, company)) = model.selected().map(|(key, company)| (key, company.name.clone())) else { return };
    // Of an MSP's own companies only those that are connected show people, and these can be suspended from here.
    let guided = model.guided(&key.profile);
    match subject(command, model) {
        Ok((subject, act)) if !guided || command == Command::Suspend => {
            let warnings = warnings(model, &key, &subject, &act);
            push(model, key, company, About::Person { subject, act, warnings });
        }
        _ if guided => {
            let proposed = model.selected_person().map(|person| person.email.clone()).unwrap_or_default();
            tasks::ask_about(model, tasks::kinds(command), key, &proposed);
        }
        _ => {}
    }
}

/// Asks before the technician gets access to this vault.
pub(in crate::app) fn open_vault(model: &mut Model, vault: VaultId, name: String) {
    let Some((key, company)) = model.selected().map(|(key, company)| (key, company.name.clone())) else { return };
    push(model, key, company, About::Vault { vault, name });
}

fn push(model: &mut Model, key: CompanyKey, company: String, about: About) {
    let (distinction, submission) = (model.distinction(&key), Submission::default());
    let ask = Confirm { key, company, distinction, about, go: false, changed: false, hindered: None, submission };
    model.overlays.open(ask);
}

impl Dialog for Confirm {
    fn aim(&mut self, button: usize) -> bool {
        self.go = button == 1;
        true
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            // While it is sent it cannot be called back: the dialog only goes, the end of it will be told.
            Code::Esc | Code::Char('q') => return Outcome::Close,
            _ if self.submission.sending() => {}
            Code::Enter if self.go => self.send(ctx),
            Code::Enter => return Outcome::Close,
            Code::Left => self.go = false,
            Code::Right | Code::Char('y') => self.go = self.possible(),
            Code::Tab | Code::BackTab => self.go = !self.go && self.possible(),
            Code::Up | Code::Char('k') => self.choose(ctx.model, false),
            Code::Down | Code::Char('j') => self.choose(ctx.model, true),
            _ => {}
        }
        Outcome::Keep
    }

    fn is_sending(&self) -> bool {
        self.submission.sending()
    }

    fn places(&self) -> &'static [Place] {
        &[]
    }
}

impl Confirm {
    /// Out of which of two groups. Another choice is another intent, to be confirmed by itself.
    fn choose(&mut self, model: &mut Model, last: bool) {
        let About::Person { subject, act, warnings: shown } = &mut self.about else { return };
        let Act::TakeAway { from, chosen } = act else { return };
        let to = if last { from.len().saturating_sub(1) } else { 0 };
        if *chosen == to {
            return;
        }
        *chosen = to;
        *shown = warnings(model, &self.key, subject, act);
        self.go = false;
        self.submission = Submission::default();
    }

    fn send(&mut self, ctx: &mut Ctx<'_>) {
        let command = self.command();
        if let Err(why) = command.permitted_in(ctx.model, &self.key.profile) {
            return ctx.model.notify(Notification::NotNow(command, why));
        }
        let key = self.key.clone();
        let wait = match &self.about {
            About::Vault { vault, name } => PeopleRequest::Grant { key, vault: vault.clone(), name: name.clone() },
            About::Person { subject, act, .. } => {
                let Some(done) = act.done() else { return };
                let (user, person) = (subject.user.clone(), called(ctx.model, &self.key, subject));
                PeopleRequest::Change(Box::new(Change { key, user, person, done }))
            }
        };
        let intent = self.submission.start((), ctx.model.new_intent());
        let Some(request) = self.request(intent) else { return };
        ctx.send(self.key.profile.clone(), PendingRequest::PeopleAction(wait), request);
    }
}

/// The question about this person, or with none about a vault.
fn find<'a>(model: &'a mut Model, key: &CompanyKey, user: Option<&UserId>) -> Option<&'a mut Confirm> {
    model.overlays.find_mut(|ask: &Confirm| ask.key == *key && ask.user() == user)
}

pub(super) fn close(model: &mut Model, key: &CompanyKey, user: Option<&UserId>) {
    model.overlays.close::<Confirm>(|ask| ask.key == *key && ask.user() == user);
}

pub(super) fn on_change(ctx: &mut Ctx<'_>, change: Change, result: Result<Answer, Error>) {
    let profile = change.key.profile.clone();
    let what = match change.done {
        Done::Member { .. } => Operation::ChangeGroup,
        Done::Act(act) if act.recovers() => Operation::Recover,
        Done::Act(_) => Operation::ChangePerson,
    };
    let person = crate::app::update::take_answer::<Person>(what, result);
    match person {
        Ok(person) => {
            close(ctx.model, &change.key, Some(&change.user));
            show(ctx.model, &change.key, person);
            if matches!(change.done, Done::Act(act) if act.recovers()) {
                recoveries::acted(ctx.model, &change);
            }
            group_changed(ctx.model, &change);
            tell(ctx.model, change);
        }
        Err(error) => refused(ctx.model, &change.key, Some(&change.user), error),
    }
    sync::ask_changes(ctx, &profile);
}

pub(super) fn tell(model: &mut Model, change: Change) {
    let company = name(model, &change.key);
    model.notify(Notification::PeopleAction(PeopleNotice::Changed {
        company,
        person: change.person,
        done: change.done,
    }));
}

fn name(model: &Model, key: &CompanyKey) -> String {
    model.called(key, key.company.as_str())
}

/// Somebody was added to a group or taken out of it: that can be taken back.
fn group_changed(model: &mut Model, change: &Change) {
    let Done::Member { group, kind, added } = &change.done else { return };
    let made = undo::Change::Group {
        group: group.clone(),
        kind: *kind,
        user: change.user.clone(),
        person: change.person.clone(),
        added: *added,
    };
    let company = name(model, &change.key);
    crate::app::features::undo::remember(model, change.key.clone(), company, made);
}

/// Puts the person as the server answered into the list, in their place.
fn show(model: &mut Model, key: &CompanyKey, person: Person) {
    let Some(people) = model.details.get_mut(key).and_then(|details| details.people.value_mut()) else { return };
    people.retain(|other| other.id != person.id);
    people.push(person);
    *people = in_order(std::mem::take(people));
}

pub(super) fn on_grant(
    ctx: &mut Ctx<'_>,
    key: &CompanyKey,
    vault: &VaultId,
    name_of_vault: String,
    result: Result<Answer, Error>,
) {
    let answer = crate::app::update::take_answer(Operation::GrantVault, result);
    match answer {
        Ok(answer) => {
            let same = |ask: &Confirm| matches!(&ask.about, About::Vault { vault: asked, .. } if asked == vault);
            ctx.model.overlays.close::<Confirm>(|ask| ask.key == *key && same(ask));
            vaults::show(ctx.model, key, answer);
            let company = name(ctx.model, key);
            ctx.model.notify(Notification::PeopleAction(PeopleNotice::Granted { company, vault: name_of_vault }));
        }
        Err(error) => refused(ctx.model, key, None, error),
    }
    sync::ask_changes(ctx, &key.profile);
}

/// Refused, or the answer was lost. After a lost answer the same intent is sent again: the server does it once. A
/// refusal is an answer: what is tried after it is a new intent, else the server would repeat the old refusal.
fn refused(model: &mut Model, key: &CompanyKey, user: Option<&UserId>, error: Error) {
    let next = model.new_intent();
    let company = name(model, key);
    let old =
        matches!(error.cause, Cause::ChangedMeanwhile | Cause::NotFound | Cause::Conflict(ConflictCode::WrongState));
    let Some(ask) = find(model, key, user) else { return model.fail(Some(company), error) };
    if error.cause == Cause::Conflict(ConflictCode::GuidedOnly)
        && let About::Person { subject, .. } = &ask.about
    {
        // The company is connected to be read only: it is a task after all.
        let (command, email) = (ask.command(), subject.email.clone());
        close(model, key, user);
        return tasks::ask_about(model, tasks::kinds(command), key.clone(), &email);
    }
    ask.go = false;
    let error = ask.submission.fail(error, next);
    model.failure = Some(Box::new(error));
    if old {
        // What is shown is not how it stands: show that, and have it confirmed anew.
        model.recoveries.list.outdate(&key.profile);
        if let Some(details) = model.details.get_mut(key) {
            details.outdate_people();
            details.vaults.outdate();
        }
    }
}
