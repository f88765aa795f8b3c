//! Beginning tasks: what a command of a REAL workspace opens instead of asking the server to do it.

use crate::app::command::{Command, DisabledReason};
use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::features::accounts::{self, Choice, Settled};
use crate::app::features::tasks::{TaskAct, TaskKey, TaskMode, TaskPanel, TaskProblem};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::domain::field::{self, LONGEST};
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::task::{Task, TaskKind};
use crate::domain::text::as_seen;

/// Only an MSP's own companies have tasks.
pub(in crate::app) fn enabled(model: &Model) -> Result<(), DisabledReason> {
    accounts::only_real(model.accounts.iter())
}

/// Begins it for this company, or opens the panel of the one that is open already.
pub(in crate::app) fn for_company(ctx: &mut Ctx<'_>, kind: TaskKind, key: CompanyKey) -> TaskPanel {
    let known = ctx.model.open_task(&key.profile, &kind, Some(&key.company)).cloned();
    let panel = panel(ctx.model, key.profile.clone(), Some(key), vec![kind]);
    begun_or_sent(panel, known, ctx)
}

fn begun_or_sent(mut panel: TaskPanel, known: Option<Task>, ctx: &mut Ctx<'_>) -> TaskPanel {
    match known {
        Some(task) => {
            panel.take(task);
            panel.read(ctx);
        }
        None => panel.begin(ctx),
    }
    panel
}

/// Asks whom, or which vault, these kinds are about; what is under the cursor is proposed.
pub(in crate::app) fn ask_about(model: &mut Model, kinds: Vec<TaskKind>, key: CompanyKey, proposed: &str) {
    let mut panel = panel(model, key.profile.clone(), Some(key), kinds);
    panel.line = TextInput::new(proposed);
    model.overlays.open(panel);
}

/// What a command about a person is in the web console.
pub(in crate::app) fn kinds(command: Command) -> Vec<TaskKind> {
    match command {
        Command::MakeOwner => vec![TaskKind::Owner],
        Command::MakeAdministrator => vec![TaskKind::Administrator],
        Command::TakeAway => vec![TaskKind::RemoveOwner, TaskKind::RemoveAdministrator],
        Command::Suspend => vec![TaskKind::Suspend, TaskKind::Reactivate],
        Command::Recover => vec![TaskKind::BeginRecovery, TaskKind::CompleteRecovery],
        Command::CancelRecovery => vec![TaskKind::CancelRecovery],
        _ => Vec::new(),
    }
}

/// Asks which company is to be linked.
pub(in crate::app) fn link_in(model: &mut Model, profile: ProfileId) -> TaskPanel {
    panel(model, profile, None, vec![TaskKind::Link])
}

/// The usage of all companies, in the account where it may be done or in the one that is chosen.
pub(in crate::app) fn usage(ctx: &mut Ctx<'_>) {
    match accounts::settle(ctx.model, Choice::Usage, guided_accounts(ctx.model)) {
        Settled::Account(profile) => {
            let panel = usage_in(ctx, profile);
            ctx.model.overlays.open(panel);
        }
        Settled::Ask(menu) => ctx.model.overlays.open(menu),
        Settled::Refused => {}
    }
}

pub(in crate::app) fn usage_in(ctx: &mut Ctx<'_>, profile: ProfileId) -> TaskPanel {
    let known = ctx.model.open_task(&profile, &TaskKind::Usage, None).cloned();
    let panel = panel(ctx.model, profile, None, vec![TaskKind::Usage]);
    begun_or_sent(panel, known, ctx)
}

pub(in crate::app) fn guided_accounts(model: &Model) -> Vec<ProfileId> {
    model.accounts.iter().filter(|account| account.real()).map(|account| account.profile.clone()).collect()
}

/// The panel of a task of the list.
pub(super) fn panel_of(ctx: &mut Ctx<'_>, key: &TaskKey, task: Task) -> TaskPanel {
    let company = task.company.clone().map(|company| CompanyKey { profile: key.profile.clone(), company });
    let mut panel = panel(ctx.model, key.profile.clone(), company, vec![task.kind.clone()]);
    panel.name = panel.name.or_else(|| task.name().map(str::to_owned));
    panel.take(task);
    panel
}

fn panel(model: &Model, profile: ProfileId, company: Option<CompanyKey>, kinds: Vec<TaskKind>) -> TaskPanel {
    let name = company.as_ref().and_then(|key| model.roster.get(key)).map(|company| company.name.clone());
    let distinction = company.as_ref().and_then(|key| model.distinction(key));
    let mut panel = TaskPanel {
        profile,
        company,
        name,
        distinction,
        kinds,
        chosen: 0,
        task: None,
        mode: TaskMode::Begin,
        line: TextInput::default(),
        problem: None,
        next: 0,
        said: None,
        scroll: 0,
        go: false,
        named: false,
        reading: None,
        submission: Submission::default(),
    };
    if panel.asks() {
        panel.mode = TaskMode::Ask;
    }
    panel
}

impl TaskPanel {
    /// Begins it, with what was typed where something has to be said.
    pub(super) fn begin(&mut self, ctx: &mut Ctx<'_>) {
        let mut subject = None;
        if self.mode == TaskMode::Ask {
            if self.kind().brings_company() {
                self.company = None;
            }
            let typed = self.line.text().trim().to_owned();
            self.problem = match field::text(&typed, LONGEST) {
                _ if typed.is_empty() => Some(TaskProblem::Empty),
                Err(_) => Some(TaskProblem::TooLong),
                Ok(_) => None,
            };
            if self.problem.is_some() {
                return;
            }
            subject = Some(typed);
        }
        if self.kind().brings_company()
            && let Some(typed) = &subject
        {
            self.company = called(ctx.model, &self.profile, typed);
            self.name = Some(typed.clone());
            subject = subject.filter(|_| self.company.is_none());
        }
        self.send(TaskAct::Begin { kind: self.kind(), subject }, ctx);
    }

    /// Keys while it is said what is to begin.
    pub(super) fn ask_key(&mut self, key: Key, ctx: &mut Ctx<'_>) {
        self.submission.keep_editing();
        match key.code {
            Code::Enter => self.begin(ctx),
            Code::Down | Code::Tab => self.choose(1),
            Code::Up | Code::BackTab => self.choose(self.kinds.len().saturating_sub(1)),
            _ => {
                if self.line.key(key) {
                    self.problem = None;
                }
            }
        }
    }

    fn choose(&mut self, by: usize) {
        self.chosen = (self.chosen + by) % self.kinds.len().max(1);
    }
}

/// The company of the account that goes by this name, if there is just one.
fn called(model: &Model, profile: &ProfileId, name: &str) -> Option<CompanyKey> {
    let is = |key: &CompanyKey| {
        let company = model.roster.get(key);
        key.profile == *profile && company.is_some_and(|company| as_seen(&company.name) == as_seen(name))
    };
    let mut found = model.roster.look_alikes(name).into_iter().filter(is);
    found.next().filter(|_| found.next().is_none())
}
