//! `mspdash tasks …`: arguments.

use super::words::{as_typed, one_of};
use super::{AccountList, Format, Write};
use crate::cli::{complete, exit};
use crate::domain::task::TaskKind;
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Tasks {
    /// List the tasks on which somebody still has to act, newest first.
    List(TaskList),
    /// Show a task with its steps in the web console, and the texts that they ask for.
    Show(TaskArg),
    /// Begin a task; if the same one is open already, that one is shown.
    Begin(Begin),
    /// Look whether what was observed since shows that a task is done.
    Verify(ChangeTask),
    /// Declare a task done.
    Done(Done),
    /// End a task that is not going to be done.
    Cancel(ChangeTask),
}

#[derive(Debug, Args)]
pub struct TaskList {
    /// Of this company alone: its id, its exact name, or its external id.
    #[arg(long, value_name = "COMPANY", conflicts_with = "all_profiles", add = complete::company())]
    pub company: Option<String>,
    #[command(flatten)]
    pub list: AccountList,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct TaskArg {
    /// The task's id, as `tasks list` shows it.
    pub id: String,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Begin {
    /// What is to be done.
    #[arg(value_parser = one_of(TaskKind::KNOWN, TaskKind::as_str), ignore_case = true)]
    pub kind: TaskKind,
    /// The company: its id, its exact name, or its external id. With add and link also the name of one that is not in
    /// the list yet.
    #[arg(value_name = "COMPANY", add = complete::company())]
    pub company: Option<String>,
    /// The person or the vault that it is about.
    #[arg(long = "about", value_name = "TEXT")]
    pub subject: Option<String>,
    /// A note for colleagues.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// With unlink: the company's name, as the pre-flight has it.
    #[arg(long, value_name = "NAME")]
    pub confirm: Option<String>,
    #[command(flatten)]
    pub write: Write,
}

impl Begin {
    pub(super) fn checked(&self) -> Result<(), String> {
        let kind = as_typed(self.kind.as_str());
        if (self.kind.needs_company() || self.kind.brings_company()) && self.company.is_none() {
            return Err(format!("{kind} is about one company: name it."));
        }
        if self.subject.is_some() && !self.kind.needs_person() && self.kind != TaskKind::Vault {
            return Err(format!("{kind} takes no --about."));
        }
        if self.confirm.is_some() && self.kind != TaskKind::Unlink {
            return Err("--confirm goes with unlink.".to_owned());
        }
        if self.kind.needs_person() && self.subject.is_none() {
            return Err(format!("{kind} is about one person: say whom with --about."));
        }
        Ok(())
    }
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct ChangeTask {
    /// The task's id, as `tasks list` shows it.
    pub id: String,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Done {
    /// The task's id, as `tasks list` shows it.
    pub id: String,
    /// When it was done [default: now]: 2026-01-31, "2026-01-31 09:30", 14:30, yesterday, "2d ago" or
    /// 2026-01-31T09:30:00Z. An unlinked company's trial runs from then.
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Our part is done; somebody of the company has to act. With link and begin-recovery.
    #[arg(long, conflicts_with = "at")]
    pub waiting: bool,
    /// For an unlink: the company's name, as `tasks show` has it.
    #[arg(long, value_name = "NAME")]
    pub confirm: Option<String>,
    /// A note for colleagues.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub write: Write,
}
