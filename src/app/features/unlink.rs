//! Unlinking: the pre-flight, the typed confirmation, and what comes back. The one action of the dashboard
//! that cannot be taken back from our side, so it is bound to what was shown when it was confirmed.

use crate::app::command::{Command, DisabledReason, Keymap, Place};
use crate::app::core::remote::{Phase, Remote};
use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Ticket;
use crate::app::features::undo::Change;
use crate::app::features::{companies, company, cure, sync, tasks, undo};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tab};
use crate::app::navigation::go_to;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::take_answer;
use crate::domain::company::Company;
use crate::domain::error::{Cause, ConflictCode, Error, Operation};
use crate::domain::id::CompanyKey;
use crate::domain::request::UnlinkPreflight;
use crate::domain::request::{Answer, Request, Unlink};
use crate::domain::task::TaskKind;
use crate::domain::unlink::{CheckCode, Preflight, names_company};

pub(in crate::app) fn enabled(model: &Model) -> Result<(), DisabledReason> {
    let (key, _) = company::managed_company(model)?;
    if model.tickets.unlinking(&key) { Err(DisabledReason::UnderWay) } else { Ok(()) }
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let Some((key, name)) = ctx.model.selected().map(|(key, company)| (key, company.name.clone())) else { return };
    open_for(ctx, key, name);
}

pub(in crate::app) fn open_for(ctx: &mut Ctx<'_>, key: CompanyKey, company: String) {
    // What was confirmed once, here or by a colleague, goes on.
    if ctx.model.guided(&key.profile)
        && ctx.model.open_task(&key.profile, &TaskKind::Unlink, Some(&key.company)).is_some()
    {
        let panel = tasks::for_company(ctx, TaskKind::Unlink, key);
        return ctx.model.overlays.open(panel);
    }
    let mut dialog = UnlinkDialog {
        key,
        company,
        preflight: Remote::default(),
        line: TextInput::default(),
        focus: UnlinkFocus::Cancel,
        scroll: 0,
        changed: false,
        read: false,
        submission: Submission::default(),
    };
    dialog.check(ctx);
    ctx.model.overlays.open(dialog);
}

pub(in crate::app) fn on_preflight(ctx: &mut Ctx<'_>, ticket: Ticket, key: &CompanyKey, result: Result<Answer, Error>) {
    let now = ctx.model.now;
    let result = take_answer::<Preflight>(Operation::Preflight, result);
    let Some(dialog) = dialog_of(ctx.model, key) else { return };
    let newer = result.as_ref().ok().zip(dialog.preflight.value()).is_some_and(|(new, old)| new.etag != old.etag);
    let settled = dialog.preflight.settle(ticket, now, result);
    if settled && dialog.fresh().is_none() {
        // Nothing to confirm is on the screen: the keys to close and to check again have to work.
        dialog.focus = UnlinkFocus::Cancel;
    }
    if settled && newer {
        dialog.forget_confirmation();
    }
    // What the pre-flight found may be news to the list as well.
    sync::ask_changes(ctx, &key.profile);
}

/// What is shown is not how it stands: shows that, and has it confirmed anew.
fn check_again(ctx: &mut Ctx<'_>, key: &CompanyKey) {
    ctx.with_dialog(
        |dialog: &UnlinkDialog| dialog.key == *key,
        |dialog, ctx| {
            dialog.forget_confirmation();
            dialog.check(ctx);
        },
    );
}

/// A poll brought another revision of the company under the open dialog: refuse what it shows, show again. After a
/// lost answer, a company that is unlinked by now is that answer.
pub(in crate::app) fn company_changed(ctx: &mut Ctx<'_>) {
    let idle = |dialog: &UnlinkDialog| !dialog.submission.sending() && dialog.preflight.waiting().is_none();
    let Some(dialog) = ctx.model.overlays.find(idle) else { return };
    let Some(shown) = dialog.preflight.value().map(|preflight| &preflight.etag) else { return };
    let Some(company) = ctx.model.roster.get(&dialog.key) else { return };
    let key = dialog.key.clone();
    if dialog.submission.outcome_unknown() && !company.state.managed() {
        let company = company.clone();
        done(ctx.model, &key, company);
    } else if company.etag != *shown {
        check_again(ctx, &key);
    }
}

/// The pre-flight of an unlink, and its confirmation.
#[derive(Debug, Clone, PartialEq)]
pub struct UnlinkDialog {
    pub key: CompanyKey,
    /// Its name when the dialog opened.
    pub company: String,
    pub preflight: Remote<Preflight>,
    /// The name, as typed so far.
    pub line: TextInput,
    pub focus: UnlinkFocus,
    /// First row shown of what does not fit.
    pub scroll: usize,
    /// The company changed since it was shown; what is shown now is new.
    pub changed: bool,
    /// What the pre-flight says has been on the screen to its end.
    pub read: bool,
    pub submission: Submission,
}

/// What has the focus in the unlink dialog. It starts on *Cancel*: Enter alone never confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlinkFocus {
    Cancel,
    Name,
    Unlink,
}

impl Dialog for UnlinkDialog {
    fn aim(&mut self, button: usize) -> bool {
        self.focus = if button == 0 { UnlinkFocus::Cancel } else { UnlinkFocus::Unlink };
        true
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if self.submission.sending() {
            // It cannot be called back; Esc only takes the dialog away, the answer will be told.
            return if key.code == Code::Esc { Outcome::Close } else { Outcome::Keep };
        }
        if let Some(outcome) = self.cure(key, ctx) {
            return outcome;
        }
        let allowed = self.fresh().is_some_and(Preflight::allowed);
        match (key.code, self.focus) {
            (Code::Esc, _) | (Code::Enter, UnlinkFocus::Cancel) => return Outcome::Close,
            (Code::Tab, focus) if allowed => self.focus = next(focus, self.confirmed()),
            (Code::BackTab, focus) if allowed => self.focus = previous(focus, self.confirmed()),
            (Code::Down, _) => self.scroll_by(1),
            (Code::PageDown, _) => self.scroll_by(page(ctx.model)),
            (Code::Up, _) => self.scroll = self.scroll.saturating_sub(1),
            (Code::PageUp, _) => self.scroll = self.scroll.saturating_sub(page(ctx.model)),
            (Code::F(5), _) if self.preflight.waiting().is_none() => self.check(ctx),
            (Code::Enter, UnlinkFocus::Unlink) if self.confirmed() && ctx.model.guided(&self.key.profile) => {
                return self.begin(ctx);
            }
            (Code::Enter, UnlinkFocus::Unlink) if self.confirmed() => self.send(ctx),
            // Enter in the line never confirms, it only goes on to the button; and that only if the name is right.
            (Code::Enter, UnlinkFocus::Name) if self.confirmed() => self.focus = UnlinkFocus::Unlink,
            // Whoever named it has to read on.
            (Code::Enter, UnlinkFocus::Name) if self.named() && self.to_read() => self.scroll_by(page(ctx.model)),
            (Code::Enter, _) => {}
            (_, UnlinkFocus::Name) => drop(self.line.key(key)),
            // Where the line is shown, whatever is typed is the name.
            (Code::Char(_) | Code::Backspace, _) if allowed => {
                self.focus = UnlinkFocus::Name;
                self.line.key(key);
            }
            (Code::Char('r'), _) if self.preflight.waiting().is_none() => self.check(ctx),
            (Code::Char('q'), _) => return Outcome::Close,
            _ => {}
        }
        Outcome::Keep
    }

    /// A pasted name counts as typed.
    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if !self.submission.sending() && self.takes_text() {
            self.focus = UnlinkFocus::Name;
            self.line.paste(text);
        }
    }

    fn takes_text(&self) -> bool {
        self.focus == UnlinkFocus::Name || self.fresh().is_some_and(Preflight::allowed)
    }

    fn is_sending(&self) -> bool {
        self.submission.sending()
    }

    fn is_busy(&self) -> bool {
        self.submission.sending() || self.preflight.waiting().is_some()
    }
}

impl UnlinkDialog {
    /// The pre-flight, unless it is being checked again or the newest check failed.
    pub fn fresh(&self) -> Option<&Preflight> {
        self.preflight.value().filter(|_| self.preflight.phase == Phase::Idle)
    }

    /// It is blocked for want of a confirmed owner.
    pub fn lacks_owner(&self) -> bool {
        let lacking = |preflight: &Preflight| preflight.blocks().any(|check| check.code == CheckCode::NoConfirmedOwner);
        self.fresh().is_some_and(lacking)
    }

    /// The pre-flight is fresh, nothing blocks, and the typed name is the company's.
    pub fn named(&self) -> bool {
        self.fresh()
            .is_some_and(|preflight| preflight.allowed() && names_company(self.line.text(), &preflight.company_name))
    }

    /// It can be confirmed, but not all of what follows has been on the screen.
    pub fn to_read(&self) -> bool {
        !self.read && self.fresh().is_some_and(Preflight::allowed)
    }

    /// Named, and read to the end.
    pub fn confirmed(&self) -> bool {
        self.named() && self.read
    }

    fn scroll_by(&mut self, rows: usize) {
        self.scroll = self.scroll.saturating_add(rows).min(most_scroll(self));
    }

    /// Asks the server what an unlink would mean now.
    fn check(&mut self, ctx: &mut Ctx<'_>) {
        let (profile, company) = (self.key.profile.clone(), self.key.company.clone());
        let pending = PendingRequest::Preflight(self.key.clone());
        let ticket = ctx.send(profile, pending, UnlinkPreflight { company });
        self.preflight.wait_for(ticket);
    }

    /// The key leads to where somebody can be made an owner, where that is what is missing.
    fn cure(&self, key: Key, ctx: &mut Ctx<'_>) -> Option<Outcome> {
        if self.focus != UnlinkFocus::Cancel || !self.lacks_owner() {
            return None;
        }
        // Keys of a dialog come under their default names.
        let cure = cure::owner(ctx.model, &self.key).command();
        let command = cure.filter(|cure| Keymap::default().command(&[Place::Anywhere], key) == Some(*cure))?;
        go_to(ctx.model, self.key.clone(), Tab::People);
        // At the people of the company, since that is what one looks at by now.
        Some(if command == Command::Launch { Outcome::Run(command) } else { Outcome::Close })
    }

    /// What was shown has changed: what was typed confirmed something else.
    fn forget_confirmation(&mut self) {
        if self.submission.outcome_unknown() {
            // Bound to a revision that is past: what is shown now is the answer that was lost.
            self.submission.clear_error();
        }
        (self.changed, self.read, self.scroll) = (true, false, 0);
        self.line = TextInput::default();
        self.focus = UnlinkFocus::Cancel;
        self.submission.forget_intent();
    }

    /// Only the web console unlinks: the panel leads through it.
    fn begin(&self, ctx: &mut Ctx<'_>) -> Outcome {
        if let Err(why) = Command::Unlink.permitted_in(ctx.model, &self.key.profile) {
            ctx.model.notify(Notification::NotNow(Command::Unlink, why));
            return Outcome::Keep;
        }
        let mut panel = tasks::for_company(ctx, TaskKind::Unlink, self.key.clone());
        panel.named = true;
        Outcome::Replace(panel.into())
    }

    fn send(&mut self, ctx: &mut Ctx<'_>) {
        if let Err(why) = Command::Unlink.permitted_in(ctx.model, &self.key.profile) {
            return ctx.model.notify(Notification::NotNow(Command::Unlink, why));
        }
        let Some(etag) = self.preflight.value().map(|preflight| preflight.etag.clone()) else { return };
        let (key, intent) = (self.key.clone(), self.submission.start((), ctx.model.new_intent()));
        let request = Request::Unlink(Unlink { company: key.company.clone(), etag, validate_only: false, key: intent });
        ctx.send(key.profile.clone(), PendingRequest::Unlink(key), request);
    }
}

fn dialog_of<'a>(model: &'a mut Model, key: &CompanyKey) -> Option<&'a mut UnlinkDialog> {
    model.overlays.find_mut(|dialog: &UnlinkDialog| dialog.key == *key)
}

/// What the dialog says has been on the screen to its end.
pub(in crate::app) fn read_to_end(model: &mut Model) {
    if let Some(dialog) = model.overlays.find_mut(UnlinkDialog::to_read) {
        dialog.read = true;
    }
}

/// Rows that a page scrolls by: no more than the window shows at once, so that nothing is passed over.
fn page(model: &Model) -> usize {
    if model.size.height < 14 { 1 } else { 3 }
}

/// As far as there can be anything to read, at two lines for each sentence.
fn most_scroll(dialog: &UnlinkDialog) -> usize {
    dialog.preflight.value().map_or(0, |preflight| (preflight.checks.len() + preflight.consequences.len() + 2) * 2)
}

fn next(focus: UnlinkFocus, confirmed: bool) -> UnlinkFocus {
    match focus {
        UnlinkFocus::Cancel => UnlinkFocus::Name,
        UnlinkFocus::Name if confirmed => UnlinkFocus::Unlink,
        UnlinkFocus::Name | UnlinkFocus::Unlink => UnlinkFocus::Cancel,
    }
}

fn previous(focus: UnlinkFocus, confirmed: bool) -> UnlinkFocus {
    match focus {
        UnlinkFocus::Cancel if confirmed => UnlinkFocus::Unlink,
        UnlinkFocus::Cancel | UnlinkFocus::Unlink => UnlinkFocus::Name,
        UnlinkFocus::Name => UnlinkFocus::Cancel,
    }
}

pub(in crate::app) fn on_unlinked(ctx: &mut Ctx<'_>, key: &CompanyKey, result: Result<Answer, Error>) {
    let company = take_answer::<Company>(Operation::Unlink, result);
    match company {
        Ok(company) => done(ctx.model, key, company),
        Err(error) => refused(ctx, key, error),
    }
    sync::ask_changes(ctx, &key.profile);
}

fn done(model: &mut Model, key: &CompanyKey, company: Company) {
    model.overlays.close::<UnlinkDialog>(|dialog| dialog.key == *key);
    let (name, trial_end) = (company.name.clone(), company.trial_end_time);
    model.roster.upsert(&key.profile, vec![company]);
    companies::rows_changed(model);
    let company = model.called(key, &name);
    undo::remember(model, key.clone(), name, Change::Unlinked);
    model.notify(Notification::Unlinked { company, trial_end });
}

/// Refused, or the answer was lost. After a lost answer the same intent is sent again on the next Enter: the
/// server does it once. If the company changed, a new pre-flight is shown and has to be confirmed anew.
fn refused(ctx: &mut Ctx<'_>, key: &CompanyKey, error: Error) {
    let again = matches!(
        error.cause,
        Cause::ChangedMeanwhile | Cause::Conflict(ConflictCode::NoConfirmedOwner | ConflictCode::AlreadyUnlinked)
    );
    let (name, next) = (ctx.model.called(key, key.company.as_str()), ctx.model.new_intent());
    let Some(dialog) = dialog_of(ctx.model, key) else {
        return ctx.model.fail(Some(name), error);
    };
    dialog.focus = UnlinkFocus::Cancel;
    let error = dialog.submission.fail(error, next);
    ctx.model.failure = Some(Box::new(error));
    if again {
        check_again(ctx, key);
    }
}
