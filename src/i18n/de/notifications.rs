//! What was done, failed or changed, in one line.

use super::commands::{command, disabled, permission};
use super::{TEXTS, one};
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
        Notification::Launched { company, opening: Opening::Opened } => format!("{company} ist im Browser geöffnet"),
        Notification::Launched { company, opening: Opening::Sent } => format!("{company} ist an den Browser übergeben"),
        Notification::LaunchStopped { company } => format!("Anmeldung bei {company} angehalten; nichts wurde gesendet"),
        Notification::Unlinked { company, trial_end: Some(end) } => {
            format!("{company} ist getrennt – 14-tägige Testphase endet am {}", clock.day(*end))
        }
        Notification::Unlinked { company, trial_end: None } => format!("{company} ist getrennt"),
        Notification::StepChanged { company, step, state } => {
            format!("{company}: „{}“ auf {} gesetzt", (TEXTS.setup.step)(step), (TEXTS.setup.state)(state))
        }
        Notification::NoteSaved { company } => format!("{company}: Notiz gespeichert"),
        Notification::Cleared(dropped) => {
            let search = dropped.search.as_ref().map(|search| format!("Suche „{search}“"));
            let sort = dropped.sort.then(|| "Sortierung".to_owned());
            let filters = (dropped.filters > 0).then(|| format!("{} Filter", dropped.filters));
            let all: Vec<_> = [search, sort, filters].into_iter().flatten().collect();
            format!("Zurückgesetzt: {}", all.join(", "))
        }
        Notification::Copied { text, how } => copied(text, how),
        Notification::PeopleAction(said) => people_action(said),
        Notification::NotNow(which, reason) => format!("{} – {}", command(*which).label, disabled(reason, clock)),
        Notification::Failed { company, error } => {
            let told = TEXTS.one_line(error);
            company.as_ref().map_or(told.clone(), |company| format!("{company}: {told}"))
        }
        Notification::Mouse(true) => {
            "Die Maus klickt und blättert hier; mit Umschalt markieren die meisten Terminals Text".into()
        }
        Notification::Mouse(false) => "Die Maus markiert wieder Text".into(),
        Notification::Saved { company } => format!("{company}: gespeichert"),
        Notification::SeenLater { company } => {
            format!("{company}: was später gesehen wurde, bleibt notiert")
        }
        Notification::Exported { count, kind, path } => {
            let rows = match kind {
                ExportKind::Days => one(*count, "Tag", "Tage"),
                ExportKind::Companies | ExportKind::Usage => one(*count, "Firma", "Firmen"),
            };
            format!("{} {rows} geschrieben nach {path}", TEXTS.number(*count as u64))
        }
        Notification::Snoozed { company, until: Some(until) } => {
            format!("{company}: zurückgestellt bis {}", clock.day(*until))
        }
        Notification::Snoozed { company, until: None } => format!("{company}: nicht mehr zurückgestellt"),
        Notification::TakenBack { company, change } if matches!(**change, Change::Import(_)) => {
            if company.is_empty() {
                "Eingefügte Firmen zurückgenommen".into()
            } else {
                format!("Import von {company} zurückgenommen")
            }
        }
        Notification::TakenBack { company, change } => format!("{company}: rückgängig – {}", undone(change)),
        Notification::NoWayBack { company } => {
            format!(
                "{company}: Sie können eine Trennung nicht rückgängig machen; nur ein Inhaber der Firma kann neu verknüpfen"
            )
        }
        Notification::Task(task) => task_notice(task),
        Notification::DoneOutside { company, kind } => done_outside(company, kind),
        Notification::Back(None) => "Wieder verbunden".into(),
        Notification::Back(Some(account)) => format!("{account}: wieder verbunden"),
        Notification::SignedOut { account, profile } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            let how = match profile {
                Some(profile) => format!("Melden Sie sich neu an: mspdash login {profile}"),
                None => "Starten Sie mspdash mit gültigen Zugangsdaten neu.".into(),
            };
            format!("{account}Ihre Zugangsdaten wurden entzogen oder sind abgelaufen. {how}")
        }
        Notification::RoleChanged { account, lost, won } => role_changed(account.as_deref(), lost, won),
        Notification::Unreadable(count) => {
            format!("{count} nicht lesbare {} übersprungen", one(*count, "Firma", "Firmen"))
        }
        Notification::Start(notice) => notice.clone(),
        Notification::SetAside { account, flaw } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            format!(
                "{account}die gespeicherten Firmen sind nicht verwendbar ({}); sie werden neu geladen",
                cache_defect(flaw)
            )
        }
        Notification::LinkAccepted { company } => {
            format!("{company}: angenommen – nun muss ein Inhaber der Firma bestätigen")
        }
        Notification::LinkCancelled { company } => format!("{company}: Verknüpfungsanfrage abgebrochen"),
        Notification::Linked { company } => format!("{company} ist verknüpft"),
        Notification::LinkDenied { company, reason: Some(reason) } => {
            format!("{company}: ein Inhaber lehnte die Verknüpfung ab: {reason}")
        }
        Notification::LinkDenied { company, reason: None } => {
            format!("{company}: ein Inhaber lehnte die Verknüpfung ab")
        }
        Notification::LinkExpired { company } => format!("{company}: Verknüpfungsanfrage abgelaufen"),
        Notification::PageOpened(Opening::Opened) => "Die Seite des Inhabers ist im Browser geöffnet".into(),
        Notification::PageOpened(Opening::Sent) => "Die Seite des Inhabers ist an den Browser übergeben".into(),
    }
}

fn role_changed(account: Option<&str>, lost: &[Permission], won: &[Permission]) -> String {
    let account = account.map(|account| format!("{account}: ")).unwrap_or_default();
    let told = |of: &[Permission]| {
        let first: Vec<_> = of.iter().take(3).map(permission).collect();
        if first.len() == of.len() {
            first.join(", ")
        } else {
            format!("{} und {} weitere", first.join(", "), of.len() - first.len())
        }
    };
    let less = (!lost.is_empty()).then(|| format!("nicht mehr {}", told(lost)));
    let more = (!won.is_empty()).then(|| format!("jetzt {}", told(won)));
    let said: Vec<_> = [less, more].into_iter().flatten().collect();
    format!("{account}Ihre Rechte haben sich geändert: {}", said.join("; "))
}

fn task_notice(task: &TaskNotice) -> String {
    let kind = (TEXTS.tasks.kind)(&task.kind);
    let about = task.name.as_ref().map(|name| format!(" – {name}")).unwrap_or_default();
    match &task.state {
        TaskState::Open => {
            format!("{kind}{about}: Aufgabe begonnen; zu sehen unter {}", command(Command::ShowTasks).label)
        }
        state => format!("{kind}{about}: {}", (TEXTS.tasks.state)(state)),
    }
}

fn done_outside(company: &str, kind: &TaskKind) -> String {
    let kind = (TEXTS.tasks.kind)(kind);
    let about = if company.is_empty() { String::new() } else { format!("{company}: ") };
    format!("{about}„{kind}“ geschah in der Webkonsole und ist nur dort rückgängig zu machen")
}

fn undone(change: &Change) -> String {
    match change {
        Change::Tags { .. } | Change::Many(_) => "Schlagwörter wiederhergestellt".into(),
        Change::Note { .. } => "Notiz wiederhergestellt".into(),
        Change::Step { before: (state, _), .. } => {
            format!("Schritt ist wieder {}", (super::setup::TEXTS.state)(state))
        }
        Change::Group { kind, person, added: true, .. } => format!("{person} gehört nicht mehr zu {}", group(*kind)),
        Change::Group { kind, person, added: false, .. } => format!("{person} gehört wieder zu {}", group(*kind)),
        Change::Import(_) | Change::Unlinked | Change::Declared(_) => String::new(),
    }
}

fn group(group: Group) -> &'static str {
    match group {
        Group::Owners => "den Inhabern",
        Group::Administrators => "den Administratoren",
    }
}

fn people_action(said: &PeopleNotice) -> String {
    let (company, person, done) = match said {
        PeopleNotice::Granted { company, vault } => return format!("{company}: Sie haben jetzt Zugriff auf {vault}"),
        PeopleNotice::Changed { company, person, done } => (company, person, done),
    };
    let what = match done {
        Done::Member { kind: Group::Owners, added: true, .. } => "ist jetzt Inhaber",
        Done::Member { kind: Group::Administrators, added: true, .. } => "ist jetzt Administrator",
        Done::Member { kind: Group::Owners, .. } => "ist nicht mehr Inhaber",
        Done::Member { kind: Group::Administrators, .. } => "ist nicht mehr Administrator",
        Done::Act(PersonAct::Suspend) => "ist gesperrt",
        Done::Act(PersonAct::Reactivate) => "ist wieder aktiv",
        Done::Act(PersonAct::BeginRecovery) => "muss jetzt ein neues Passwort wählen",
        Done::Act(PersonAct::CompleteRecovery) => "ist wiederhergestellt",
        Done::Act(PersonAct::CancelRecovery) => "ist nicht mehr in Wiederherstellung",
    };
    format!("{company}: {person} {what}")
}

pub(super) fn copied(text: &str, how: &Copied) -> String {
    match (&how.program, how.tmux, how.terminal) {
        (Some(program), false, _) => format!("{text} ist mit {program} kopiert"),
        (Some(program), true, _) => format!("{text} ist mit {program} und in den tmux-Puffer kopiert"),
        (None, true, true) => format!("{text} ist in den tmux-Puffer kopiert und ans Terminal gesendet"),
        (None, true, false) => format!("{text} ist in den tmux-Puffer kopiert"),
        (None, false, _) => format!("{text} ist ans Terminal gesendet; nicht jedes unterstützt das"),
    }
}
/// The same beside what was copied.
pub(super) fn copied_here(how: &Copied) -> String {
    copied("", how).trim_start_matches(" ist ").to_owned()
}
/// What is wrong with the cached companies.
fn cache_defect(flaw: &CacheDefect) -> String {
    match flaw {
        CacheDefect::Damaged => "die Datei ist beschädigt".into(),
        CacheDefect::OtherVersion => "die Datei ist von einer anderen Version".into(),
        CacheDefect::TooLarge => "die Datei ist zu groß".into(),
        CacheDefect::NotAFile => "es ist keine reguläre Datei".into(),
        CacheDefect::NotOurs => "die Datei gehört einem anderen Benutzer".into(),
        CacheDefect::Open { mode } => format!("andere können die Datei lesen: ihre Rechte sind {mode:o}"),
        CacheDefect::Unreadable(words) => format!("die Datei ist nicht lesbar: {}", clean(words)),
    }
}
