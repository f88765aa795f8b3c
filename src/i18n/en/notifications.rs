//! What was done, failed or changed, in one line.

use super::commands::{command, disabled, permission};
use super::{TEXTS, one, s};
use crate::app::command::Command;
use crate::app::features::export::ExportKind;
use crate::app::features::people::{Done, Group, PeopleNotice};
use crate::app::features::undo::Change;
use crate::app::msg::Copied;
use crate::app::toast::{Notification, TaskNotice};
use crate::domain::cached::CacheDefect;
use crate::domain::launch::Opening;
use crate::domain::recovery::PersonAct;
use crate::domain::session::Permission;
use crate::domain::task::{TaskKind, TaskState};
use crate::domain::text::clean;
use crate::i18n::Clock;

pub(super) fn notification(notification: &Notification, clock: &Clock) -> String {
    match notification {
        Notification::Launched { company, opening: Opening::Opened } => format!("Opened {company} in the browser"),
        Notification::Launched { company, opening: Opening::Sent } => format!("Sent {company} to the browser"),
        Notification::LaunchStopped { company } => format!("Launch of {company} stopped; nothing was sent"),
        Notification::Unlinked { company, trial_end: Some(end) } => {
            format!("Unlinked {company} – 14-day free trial ends {}", clock.day(*end))
        }
        Notification::Unlinked { company, trial_end: None } => format!("Unlinked {company}"),
        Notification::StepChanged { company, step, state } => {
            format!("{company}: “{}” set to {}", (TEXTS.setup.step)(step), (TEXTS.setup.state)(state))
        }
        Notification::NoteSaved { company } => format!("{company}: note saved"),
        Notification::Cleared(dropped) => {
            let search = dropped.search.as_ref().map(|search| format!("search “{search}”"));
            let sort = dropped.sort.then(|| "sort".to_owned());
            let filters = (dropped.filters > 0).then(|| format!("{} filter{}", dropped.filters, s(dropped.filters)));
            let all: Vec<_> = [search, sort, filters].into_iter().flatten().collect();
            format!("Cleared {}", all.join(", "))
        }
        Notification::Copied { text, how } => copied(text, how),
        Notification::PeopleAction(said) => people_action(said),
        Notification::NotNow(which, reason) => format!("{} – {}", command(*which).label, disabled(reason, clock)),
        Notification::Failed { company, error } => {
            let told = TEXTS.one_line(error);
            company.as_ref().map_or(told.clone(), |company| format!("{company}: {told}"))
        }
        Notification::Mouse(true) => {
            "The mouse clicks and scrolls here; most terminals select text with Shift held".into()
        }
        Notification::Mouse(false) => "The mouse selects text again".into(),
        Notification::Saved { company } => format!("{company}: saved"),
        Notification::SeenLater { company } => {
            format!("{company}: what was seen later stays as it is noted")
        }
        Notification::Exported { count, kind, path } => {
            let rows = match kind {
                ExportKind::Days => one(*count, "day", "days"),
                ExportKind::Companies | ExportKind::Usage => one(*count, "company", "companies"),
            };
            format!("{} {rows} written to {path}", TEXTS.number(*count as u64))
        }
        Notification::Snoozed { company, until: Some(until) } => {
            format!("{company}: snoozed until {}", clock.day(*until))
        }
        Notification::Snoozed { company, until: None } => format!("{company}: no longer snoozed"),
        Notification::TakenBack { company, change } if matches!(**change, Change::Import(_)) => {
            if company.is_empty() {
                "Pasted companies undone".into()
            } else {
                format!("Import of {company} undone")
            }
        }
        Notification::TakenBack { company, change } => format!("{company}: undone – {}", undone(change)),
        Notification::NoWayBack { company } => {
            format!("{company}: you can't undo an unlink; only an Owner of the company can link it again")
        }
        Notification::Task(task) => task_notice(task),
        Notification::DoneOutside { company, kind } => done_outside(company, kind),
        Notification::Back(None) => "Reconnected".into(),
        Notification::Back(Some(account)) => format!("{account}: reconnected"),
        Notification::SignedOut { account, profile } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            let how = match profile {
                Some(profile) => format!("Sign in again: mspdash login {profile}"),
                None => "Restart mspdash with valid credentials.".into(),
            };
            format!("{account}your credentials were revoked or expired. {how}")
        }
        Notification::RoleChanged { account, lost, won } => role_changed(account.as_deref(), lost, won),
        Notification::Unreadable(count) => {
            format!("{count} unreadable {} skipped", one(*count, "company", "companies"))
        }
        Notification::Start(notice) => notice.clone(),
        Notification::SetAside { account, flaw } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            format!(
                "{account}the companies saved from the last run can't be used ({}); loading them again",
                cache_defect(flaw)
            )
        }
        Notification::LinkAccepted { company } => {
            format!("{company}: accepted – now an Owner of the company has to confirm")
        }
        Notification::LinkCancelled { company } => format!("{company}: link request cancelled"),
        Notification::Linked { company } => format!("{company} is linked"),
        Notification::LinkDenied { company, reason: Some(reason) } => {
            format!("{company}: an Owner denied the link: {reason}")
        }
        Notification::LinkDenied { company, reason: None } => format!("{company}: an Owner denied the link"),
        Notification::LinkExpired { company } => format!("{company}: link request expired"),
        Notification::PageOpened(Opening::Opened) => "Opened the Owner's page in the browser".into(),
        Notification::PageOpened(Opening::Sent) => "Sent the Owner's page to the browser".into(),
    }
}

fn role_changed(account: Option<&str>, lost: &[Permission], won: &[Permission]) -> String {
    let account = account.map(|account| format!("{account}: ")).unwrap_or_default();
    let told = |of: &[Permission]| {
        let first: Vec<_> = of.iter().take(3).map(permission).collect();
        if first.len() == of.len() {
            first.join(", ")
        } else {
            format!("{} and {} more", first.join(", "), of.len() - first.len())
        }
    };
    let less = (!lost.is_empty()).then(|| format!("you can no longer {}", told(lost)));
    let more = (!won.is_empty()).then(|| format!("you can now {}", told(won)));
    let said: Vec<_> = [less, more].into_iter().flatten().collect();
    format!("{account}your permissions changed: {}", said.join("; "))
}

fn task_notice(task: &TaskNotice) -> String {
    let kind = (TEXTS.tasks.kind)(&task.kind);
    let about = task.name.as_ref().map(|name| format!(" – {name}")).unwrap_or_default();
    match &task.state {
        TaskState::Open => format!("{kind}{about}: task begun; {} shows it", command(Command::ShowTasks).label),
        state => format!("{kind}{about}: {}", (TEXTS.tasks.state)(state)),
    }
}

fn done_outside(company: &str, kind: &TaskKind) -> String {
    let kind = (TEXTS.tasks.kind)(kind);
    let about = if company.is_empty() { String::new() } else { format!("{company}: ") };
    format!("{about}“{kind}” was done in the web console; it can only be undone there")
}

fn undone(change: &Change) -> String {
    match change {
        Change::Tags { .. } | Change::Many(_) => "tags restored".into(),
        Change::Note { .. } => "note restored".into(),
        Change::Step { before: (state, _), .. } => {
            format!("step is back to {}", (super::setup::TEXTS.state)(state))
        }
        Change::Group { kind, person, added: true, .. } => format!("{person} removed from {} again", group(*kind)),
        Change::Group { kind, person, added: false, .. } => format!("{person} back in {}", group(*kind)),
        Change::Import(_) | Change::Unlinked | Change::Declared(_) => String::new(),
    }
}

fn group(group: Group) -> &'static str {
    match group {
        Group::Owners => "Owners",
        Group::Administrators => "Administrators",
    }
}

fn people_action(said: &PeopleNotice) -> String {
    let (company, person, done) = match said {
        PeopleNotice::Granted { company, vault } => return format!("{company}: you now have access to {vault}"),
        PeopleNotice::Changed { company, person, done } => (company, person, done),
    };
    let what = match done {
        Done::Member { kind: Group::Owners, added: true, .. } => "is now an owner",
        Done::Member { kind: Group::Administrators, added: true, .. } => "is now an administrator",
        Done::Member { kind: Group::Owners, .. } => "is no longer an owner",
        Done::Member { kind: Group::Administrators, .. } => "is no longer an administrator",
        Done::Act(PersonAct::Suspend) => "is suspended",
        Done::Act(PersonAct::Reactivate) => "is active again",
        Done::Act(PersonAct::BeginRecovery) => "now has to choose a new password",
        Done::Act(PersonAct::CompleteRecovery) => "was recovered",
        Done::Act(PersonAct::CancelRecovery) => "is no longer in recovery",
    };
    format!("{company}: {person} {what}")
}

/// What was copied and how. The text is empty where it stands beside this.
pub(super) fn copied(text: &str, how: &Copied) -> String {
    let lead = |word: &str| if text.is_empty() { word.to_lowercase() } else { format!("{word} {text}") };
    match (&how.program, how.tmux, how.terminal) {
        (Some(program), false, _) => format!("{} with {program}", lead("Copied")),
        (Some(program), true, _) => format!("{} with {program} and to the tmux buffer", lead("Copied")),
        (None, true, true) => format!("{} to the tmux buffer and sent to the terminal", lead("Copied")),
        (None, true, false) => format!("{} to the tmux buffer", lead("Copied")),
        (None, false, _) => format!("{} to the terminal; not every terminal supports it", lead("Sent")),
    }
}

/// What is wrong with the cached companies.
fn cache_defect(flaw: &CacheDefect) -> String {
    match flaw {
        CacheDefect::Damaged => "the file is damaged".into(),
        CacheDefect::OtherVersion => "the file is from another version".into(),
        CacheDefect::TooLarge => "the file is too large".into(),
        CacheDefect::NotAFile => "it isn't a regular file".into(),
        CacheDefect::NotOurs => "the file belongs to another user".into(),
        CacheDefect::Open { mode } => format!("others can read the file: its permissions are {mode:o}"),
        CacheDefect::Unreadable(words) => format!("the file can't be read: {}", clean(words)),
    }
}
