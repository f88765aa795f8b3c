//! The keys of the panel. Esc closes it and leaves the task open.

use crate::app::command::Place;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Effect;
use crate::app::features::tasks::{
    Said, TaskAct, TaskKey, TaskMode, TaskPanel, TaskProblem, TaskWrite, TasksRequest, command,
};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::domain::launch::Redacted;
use crate::domain::moment::{self, MomentProblem};
use crate::domain::request::{BeginTask, CancelTask, DeclareTask, GetTask, Request, VerifyTask};
use crate::domain::task::{Task, TaskKind, TaskState};
use crate::domain::unlink::names_company;

impl Dialog for TaskPanel {
    fn aim(&mut self, button: usize) -> bool {
        self.go = button == 1;
        self.mode == TaskMode::Cancel
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if self.submission.sending() {
            // It cannot be called back; Esc only takes the panel away, the answer will be told.
            return if key.code == Code::Esc { Outcome::Close } else { Outcome::Keep };
        }
        match (self.mode, key.code) {
            (TaskMode::Ask, Code::Esc) => return self.submission.esc(!self.line.text().trim().is_empty()),
            (TaskMode::Ask, _) => self.ask_key(key, ctx),
            (TaskMode::Begin, Code::Enter) => self.begin(ctx),
            (TaskMode::Begin | TaskMode::Steps, Code::Esc | Code::Char('q')) => return Outcome::Close,
            (TaskMode::Steps, _) => self.steps_key(key, ctx),
            (TaskMode::Name, Code::Enter) => {
                if self.names_company(ctx.model) {
                    self.turn_to(TaskMode::When);
                }
            }
            (TaskMode::When, Code::Enter) => self.declare(ctx),
            (TaskMode::Name | TaskMode::When | TaskMode::Cancel, Code::Esc) => self.back(),
            (TaskMode::Name | TaskMode::When, _) => {
                if self.line.key(key) {
                    self.problem = None;
                }
            }
            (TaskMode::Cancel, Code::Enter) if self.go => self.send(TaskAct::Cancel, ctx),
            (TaskMode::Cancel, Code::Enter | Code::Char('q')) => self.back(),
            (TaskMode::Cancel, Code::Tab | Code::BackTab | Code::Left | Code::Right | Code::Char('h' | 'l')) => {
                self.go = !self.go;
            }
            (TaskMode::Begin | TaskMode::Cancel, _) => {}
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if self.takes_text() && !self.submission.sending() {
            self.problem = None;
            self.submission.keep_editing();
            self.line.paste(text.trim());
        }
    }

    fn takes_text(&self) -> bool {
        matches!(self.mode, TaskMode::Ask | TaskMode::Name | TaskMode::When)
    }

    fn is_sending(&self) -> bool {
        self.submission.sending()
    }

    fn is_busy(&self) -> bool {
        self.submission.sending() || self.reading.is_some()
    }

    fn places(&self) -> &'static [Place] {
        &[]
    }
}

impl TaskPanel {
    fn steps_key(&mut self, key: Key, ctx: &mut Ctx<'_>) {
        let Some(task) = &self.task else { return };
        let (open, state, kind) = (task.state.open(), task.state.clone(), task.kind.clone());
        match key.code {
            Code::Char('c' | 'y') => self.copy(ctx),
            Code::Char('o') => self.open(ctx),
            Code::Char('r') if self.reading.is_none() => self.read(ctx),
            Code::Char('v') if open || state == TaskState::Declared => self.send(TaskAct::Verify, ctx),
            // What cannot be undone is named by whoever says that it is done.
            Code::Char('d') if open && kind == TaskKind::Unlink && !self.named => self.turn_to(TaskMode::Name),
            Code::Char('d') if open => self.turn_to(TaskMode::When),
            Code::Char('w') if state == TaskState::Open && kind.can_wait() => self.send(TaskAct::Wait, ctx),
            Code::Char('x') if open => self.turn_to(TaskMode::Cancel),
            Code::Down | Code::Char('j') => self.scroll = self.scroll.saturating_add(1).min(2 * kind.steps().len()),
            Code::Up | Code::Char('k') => self.scroll = self.scroll.saturating_sub(1),
            _ => {}
        }
    }

    /// The company as it is called now.
    pub fn company_name(&self, model: &Model) -> String {
        let known = self.company.as_ref().and_then(|key| model.roster.get(key)).map(|company| company.name.clone());
        let told = || self.task.as_ref().and_then(|task| task.name().map(str::to_owned));
        known.or_else(|| self.name.clone()).or_else(told).unwrap_or_default()
    }

    /// What is typed is its name.
    pub fn names_company(&self, model: &Model) -> bool {
        names_company(self.line.text(), &self.company_name(model))
    }

    fn turn_to(&mut self, mode: TaskMode) {
        (self.mode, self.go, self.problem, self.said) = (mode, false, None, None);
        if !self.submission.outcome_unknown() {
            self.submission.clear_error();
            self.line = TextInput::default();
        }
    }

    fn back(&mut self) {
        (self.mode, self.problem) = (TaskMode::Steps, None);
    }

    /// Puts the next text on the clipboard.
    fn copy(&mut self, ctx: &mut Ctx<'_>) {
        let texts = self.texts(ctx.model);
        let Some((_, what, text)) = texts.get(self.next % texts.len().max(1)).cloned() else {
            self.said = Some(Said::NothingToCopy);
            return;
        };
        self.next = (self.next % texts.len()) + 1;
        let ticket = ctx.model.tickets.issue(PendingRequest::Tasks(TasksRequest::Copy(what)));
        ctx.effects.push(Effect::Copy { ticket, text: Redacted::new(text) });
    }

    /// Opens the page on which the MSP signs in.
    fn open(&mut self, ctx: &mut Ctx<'_>) {
        let Some(page) = ctx.model.sign_in_page(&self.profile) else {
            self.said = Some(Said::NoAddress);
            return;
        };
        if !ctx.model.options.browser {
            (self.said, self.next) = (Some(Said::NoBrowser), 0);
            return;
        }
        let ticket = ctx.model.tickets.issue(PendingRequest::Tasks(TasksRequest::Open));
        ctx.effects.push(Effect::Open { ticket, address: Redacted::new(page) });
    }

    fn declare(&mut self, ctx: &mut Ctx<'_>) {
        match moment::past(self.line.text(), ctx.model.now, &ctx.model.options.zone) {
            Ok(moment) => self.send(TaskAct::Declare(moment), ctx),
            Err(MomentProblem::Ahead) => self.problem = Some(TaskProblem::Ahead),
            Err(_) => self.problem = Some(TaskProblem::NoMoment),
        }
    }

    /// Asks how it stands by now.
    pub(super) fn read(&mut self, ctx: &mut Ctx<'_>) {
        let Some(task) = self.task.as_ref().map(|task| task.id.clone()) else { return };
        ctx.cancel(self.reading);
        let key = TaskKey { profile: self.profile.clone(), task: task.clone() };
        let pending = PendingRequest::Tasks(TasksRequest::Read(key));
        self.reading = Some(ctx.send(self.profile.clone(), pending, Request::GetTask(GetTask { task })));
    }

    /// What is known of it by now. After a lost answer, another revision is that answer.
    pub(super) fn take(&mut self, task: Task) {
        if self.task.as_ref() == Some(&task) {
            return;
        }
        let newer = self.task.as_ref().is_none_or(|known| known.etag != task.etag);
        if newer && !self.submission.sending() {
            if self.submission.outcome_unknown() {
                self.submission.clear_error();
            }
            self.submission.forget_intent();
            self.mode = TaskMode::Steps;
        }
        self.task = Some(task);
    }

    pub(super) fn send(&mut self, act: TaskAct, ctx: &mut Ctx<'_>) {
        let kind = self.kind();
        if let Err(why) = command(&kind).permitted_in(ctx.model, &self.profile) {
            return ctx.model.notify(Notification::NotNow(command(&kind), why));
        }
        let of = self.task.as_ref().map(|task| (task.id.clone(), task.etag.clone()));
        self.said = None;
        let key = self.submission.start(act.clone(), ctx.model.new_intent());
        let name = self.name.clone();
        let write = TaskWrite { profile: self.profile.clone(), intent: key.clone(), kind, name, act: act.clone() };
        let request: Request = match (act, of) {
            (TaskAct::Begin { kind, subject }, _) => {
                let company = self.company.as_ref().map(|key| key.company.clone());
                BeginTask { kind, company, subject, note: None, key }.into()
            }
            (TaskAct::Verify, Some((task, etag))) => VerifyTask { task, etag, key }.into(),
            (TaskAct::Wait, Some((task, etag))) => {
                DeclareTask { task, etag, waiting: true, time: None, note: None, key }.into()
            }
            (TaskAct::Declare(time), Some((task, etag))) => {
                DeclareTask { task, etag, waiting: false, time, note: None, key }.into()
            }
            (TaskAct::Cancel, Some((task, etag))) => CancelTask { task, etag, key }.into(),
            (_, None) => return,
        };
        ctx.send(self.profile.clone(), PendingRequest::Tasks(TasksRequest::Write(Box::new(write))), request);
    }
}
