//! Screen 6 and the panel of a task: work that only 1Password's web console can do.

use crate::app::command::Command;
use crate::app::core::per_account::{Listed, PerAccount, Row};
use crate::app::core::selection::Selection;
use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::app::effect::Ticket;
use crate::app::features::accounts::Account;
use crate::app::model::Model;
use crate::app::msg::Copied;
use crate::domain::error::Error;
use crate::domain::id::{CompanyId, CompanyKey, ProfileId, TaskId};
use crate::domain::launch::Opening;
use crate::domain::request::IdempotencyKey;
use crate::domain::task::{Step, Task, TaskKind, Text, Verification};
use jiff::Timestamp;
use std::cmp::{Ordering, Reverse};

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TasksPane {
    /// The tasks of all accounts, newest first: the open ones, with the ended ones where they were asked for.
    pub list: PerAccount<Task>,
    pub selection: Selection<TaskKey>,
    /// Ended ones are shown as well.
    pub ended: bool,
    /// The screen was in front when last looked at: coming back to it is a reason to load.
    pub in_front: bool,
}

/// What names a task: ids are only unique within one MSP account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskKey {
    pub profile: ProfileId,
    pub task: TaskId,
}

impl From<&Row<Task>> for TaskKey {
    fn from(row: &Row<Task>) -> Self {
        Self { profile: row.profile.clone(), task: row.item.id.clone() }
    }
}

/// Newest first; those without a beginning last.
impl Listed for Task {
    fn beside(&self, other: &Self) -> Ordering {
        let begun = |task: &Self| (task.create_time.is_none(), Reverse(task.create_time));
        begun(self).cmp(&begun(other))
    }
}

/// Which company of the list a task is about.
pub fn company_of(row: &Row<Task>) -> Option<CompanyKey> {
    Some(CompanyKey { profile: row.profile.clone(), company: row.item.company.clone()? })
}

/// A task beside the work: what it is about, its steps, and what is done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskPanel {
    pub profile: ProfileId,
    /// Absent where it is about all companies, or about one that is not in the list yet.
    pub company: Option<CompanyKey>,
    /// The company's name when the panel opened.
    pub name: Option<String>,
    /// What tells it from others of its name.
    pub distinction: Option<String>,
    /// What can be begun; one of them once it is.
    pub kinds: Vec<TaskKind>,
    pub chosen: usize,
    /// Absent until it has begun.
    pub task: Option<Task>,
    pub mode: TaskMode,
    /// What is typed: whom it is about, or when it was done.
    pub line: TextInput,
    pub problem: Option<TaskProblem>,
    /// Which text is copied next.
    pub next: usize,
    pub said: Option<Said>,
    /// First row shown of what does not fit.
    pub scroll: usize,
    /// *Cancel the task* has the focus, not *Keep it*.
    pub go: bool,
    /// Its company's name was typed just before it began.
    pub named: bool,
    /// The task is being read anew.
    pub reading: Option<Ticket>,
    pub submission: Submission<TaskAct>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskMode {
    /// Which of the kinds, and about whom.
    Ask,
    /// It begins; nothing is to be asked.
    Begin,
    Steps,
    /// The company's name, before its unlink is declared.
    Name,
    /// When it was done.
    When,
    /// Asks before it is cancelled.
    Cancel,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskProblem {
    Empty,
    TooLong,
    NoMoment,
    /// It lies ahead.
    Ahead,
}

/// What is done to a task.
#[derive(Debug, Clone, PartialEq)]
pub enum TaskAct {
    Begin {
        kind: TaskKind,
        subject: Option<String>,
    },
    Verify,
    /// Our part is done.
    Wait,
    /// Done at this moment, or now.
    Declare(Option<Timestamp>),
    Cancel,
}

/// What came of a key of the panel.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    Copied(TaskText, Copied),
    Found(Box<Verification>),
    Opened(Opening),
    /// The browser, or the clipboard.
    Failed(Box<Error>),
    /// There is no browser here: the address is there to be copied.
    NoBrowser,
    /// Nobody said where the MSP signs in.
    NoAddress,
    NothingToCopy,
}

/// A text that can be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskText {
    /// The page on which the MSP signs in.
    SignIn,
    /// In the user's language: the console asks for it beside the address.
    Country,
    Of(Text),
}

#[derive(Debug, Clone, PartialEq)]
pub enum TasksRequest {
    List(ProfileId),
    Read(TaskKey),
    Write(Box<TaskWrite>),
    Copy(TaskText),
    /// A browser at the page on which the MSP signs in.
    Open,
}

impl TasksRequest {
    /// Whether it changes something on the server.
    pub fn writes(&self) -> bool {
        matches!(self, Self::Write(_))
    }
}

/// What was sent from a panel, which may be closed when the answer comes.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskWrite {
    pub profile: ProfileId,
    /// The panel that sent it.
    pub intent: IdempotencyKey,
    pub kind: TaskKind,
    /// The company's name, or the subject's.
    pub name: Option<String>,
    pub act: TaskAct,
}

/// The command that begins such a task: whether it is still permitted is asked again when the panel sends.
pub fn command(kind: &TaskKind) -> Command {
    match kind {
        TaskKind::Launch => Command::Launch,
        TaskKind::Add => Command::NewCompany,
        TaskKind::Link => Command::AcceptLink,
        TaskKind::Unlink => Command::Unlink,
        TaskKind::Owner => Command::MakeOwner,
        TaskKind::Administrator => Command::MakeAdministrator,
        TaskKind::RemoveOwner | TaskKind::RemoveAdministrator => Command::TakeAway,
        TaskKind::Suspend | TaskKind::Reactivate => Command::Suspend,
        TaskKind::BeginRecovery | TaskKind::CompleteRecovery => Command::Recover,
        TaskKind::CancelRecovery => Command::CancelRecovery,
        TaskKind::Vault => Command::GrantVault,
        TaskKind::Usage => Command::UsageTask,
        TaskKind::Other(_) => Command::EditCompany,
    }
}

impl TaskPanel {
    /// What it is, or would be.
    pub fn kind(&self) -> TaskKind {
        let begun = self.task.as_ref().map(|task| &task.kind);
        begun.or_else(|| self.kinds.get(self.chosen)).cloned().unwrap_or(TaskKind::Usage)
    }

    /// Something has to be said before it begins: whom, which vault, or which company.
    pub fn asks(&self) -> bool {
        let kind = self.kind();
        kind.needs_person() || kind == TaskKind::Vault || kind.brings_company() && self.company.is_none()
    }

    /// Somebody still has to act.
    pub fn is_open(&self) -> bool {
        self.task.as_ref().is_some_and(|task| task.state.open())
    }

    /// The texts that can be copied, in the order of the steps, each with the number of its step from 0.
    pub fn texts(&self, model: &Model) -> Vec<(usize, TaskText, String)> {
        let Some(task) = &self.task else { return Vec::new() };
        let company = self.company.as_ref().and_then(|key| model.roster.get(key));
        let code = company.map(|company| company.address.country_code.as_str());
        let country = model.options.countries.iter().find(|(known, _)| Some(*known) == code).map(|(_, name)| *name);
        let by_hand = !model.options.browser || matches!(self.said, Some(Said::Failed(_)));
        let page = model.sign_in_page(&self.profile).filter(|_| by_hand && !task.kind.steps().is_empty());
        let of_step = |(at, step)| {
            let texts = task.texts(step, company).into_iter();
            let mut texts: Vec<_> = texts.map(move |(what, text)| (at, TaskText::Of(what), text)).collect();
            if let Some(country) = country.filter(|_| step == Step::FillIn) {
                let address =
                    |(_, what, _): &(_, TaskText, _)| !matches!(what, TaskText::Of(Text::Name | Text::Website));
                let before = texts.iter().position(address).unwrap_or(texts.len());
                texts.insert(before, (at, TaskText::Country, country.to_owned()));
            }
            texts
        };
        let first = page.map(|page| (0, TaskText::SignIn, page));
        first.into_iter().chain(task.kind.steps().into_iter().enumerate().flat_map(of_step)).collect()
    }
}

impl Model {
    /// The companies of this account are an MSP's own: what only the web console can do is a task there.
    pub fn guided(&self, profile: &ProfileId) -> bool {
        self.accounts.get(profile).is_some_and(Account::real)
    }

    /// Some account has tasks.
    pub fn any_guided(&self) -> bool {
        self.accounts.iter().any(Account::real)
    }

    /// The page on which the MSP signs in to its account.
    pub fn sign_in_page(&self, profile: &ProfileId) -> Option<String> {
        self.accounts.session(profile)?.account.sign_in_page()
    }

    /// The tasks of the accounts that are shown, newest first.
    pub fn tasks_shown(&self) -> impl Iterator<Item = &Row<Task>> {
        let (filter, ended) = (&self.roster.query().filter, self.tasks.ended);
        let of = move |row: &&Row<Task>| filter.shows(&row.profile) && self.guided(&row.profile);
        self.tasks.list.rows().iter().filter(of).filter(move |row| ended || row.item.state.open())
    }

    /// How many tasks are open in the accounts that are shown, as far as they have answered.
    pub fn open_tasks(&self) -> usize {
        self.tasks_shown().filter(|row| row.item.state.open()).count()
    }

    /// The row of the task under the cursor, among those that are shown.
    pub fn task_row(&self) -> Option<usize> {
        self.tasks.selection.index(self.tasks_shown(), |row, key| row.profile == key.profile && row.item.id == key.task)
    }

    /// The task under the cursor. None when it has left the list: better none than the wrong one.
    pub fn selected_task(&self) -> Option<&Row<Task>> {
        self.tasks_shown().nth(self.task_row()?)
    }

    /// The open task of this kind that is about this company and nothing else.
    pub fn open_task(&self, profile: &ProfileId, kind: &TaskKind, company: Option<&CompanyId>) -> Option<&Task> {
        let is = |task: &&Task| {
            task.kind == *kind && task.state.open() && task.company.as_ref() == company && task.subject.is_none()
        };
        let rows = self.tasks.list.rows().iter().filter(|row| row.profile == *profile);
        rows.map(|row| &row.item).find(is)
    }
}
