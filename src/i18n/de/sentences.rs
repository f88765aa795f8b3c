//! Deutsche Sätze, die sich zusammensetzen: warum nicht, was geschah, was schiefging und was zu tun ist.

use super::super::{Clock, Keys};
use super::commands::command;
use super::{WORDS, one};
use crate::app::command::{Command, DisabledReason};
use crate::app::msg::Copied;
use crate::app::toast::Notification;
use crate::domain::cached::CacheDefect;
use crate::domain::error::{Cause, ConflictCode, Error, FileFault};
use crate::domain::launch::{NotOpened, Opening, Refusal};
use crate::domain::session::Permission;
use crate::domain::text::clean;
use std::borrow::Cow;

fn permission(permission: &Permission) -> Cow<'_, str> {
    match permission {
        Permission::View => "Firmen sehen".into(),
        Permission::Add => "Firmen anlegen".into(),
        Permission::Link => "Firmen verknüpfen".into(),
        Permission::Edit => "Firmen ändern".into(),
        Permission::Setup => "die Einrichtung ändern".into(),
        Permission::Launch => "Firmen starten".into(),
        Permission::Unlink => "Firmen trennen".into(),
        Permission::People => "Personen verwalten".into(),
        Permission::Recover => "Personen wiederherstellen".into(),
        Permission::Vaults => "Tresore verwalten".into(),
        Permission::Other(word) => Cow::Borrowed(word),
    }
}

pub(super) fn why(why: &DisabledReason, clock: &Clock) -> String {
    match why {
        DisabledReason::NoCompany => "keine Firma ist gewählt".into(),
        DisabledReason::NothingHere => "hier ist nichts".into(),
        DisabledReason::ReadOnly => "es darf nur gelesen werden".into(),
        DisabledReason::ViewOnly => "Ihre Rolle darf nur ansehen".into(),
        DisabledReason::NotPermitted(needed) => format!("Ihre Rolle darf nicht: {}", permission(needed)),
        DisabledReason::NotSignedIn => "noch nicht angemeldet".into(),
        DisabledReason::NotLetIn => "der Server lässt Sie nicht ein; was zu tun ist, steht beim Fehler".into(),
        DisabledReason::NotFresh(Some(at)) => {
            format!("das Gezeigte ist vom {}; erst muss der Server antworten", clock.moment(*at))
        }
        DisabledReason::NotFresh(None) => "das Gezeigte stammt von früher; erst muss der Server antworten".into(),
        DisabledReason::AlreadyUnlinked { trial_end: Some(end) } => {
            let verb = if *end > clock.now { "endet" } else { "endete" };
            format!("schon getrennt; die Testzeit {verb} {}", clock.day(*end))
        }
        DisabledReason::AlreadyUnlinked { trial_end: None } => "schon getrennt".into(),
        DisabledReason::NoStep => "kein Schritt ist gewählt: öffnen Sie den Reiter Einrichtung".into(),
        DisabledReason::UnderWay => "läuft schon".into(),
        DisabledReason::NothingToClear => "nichts ist gesucht, geordnet oder gefiltert".into(),
        DisabledReason::NotSorted => "die Liste ist nicht geordnet".into(),
        DisabledReason::NothingFailed => "nichts ging schief".into(),
        DisabledReason::OnlyInList => "Firmen werden in der Liste markiert".into(),
        DisabledReason::NothingMarked => "keine Firma ist markiert".into(),
        DisabledReason::NoAttention => "bei ihr ist nichts zu beachten".into(),
        DisabledReason::NothingToUndo => "es gibt nichts, was zurückzunehmen wäre".into(),
        DisabledReason::NoLink => "keine Verknüpfung ist gewählt".into(),
        DisabledReason::LinkOver => "diese Verknüpfung ist abgeschlossen".into(),
        DisabledReason::NoOwnerPage => "so eine Seite haben nur offene Verknüpfungen der Beispieldaten".into(),
        DisabledReason::PeopleAction(hindrance) => (WORDS.recoveries.hindered)(hindrance),
        DisabledReason::OnlyOn(screen) => format!("nur im Bild „{}“", command(screen.command()).label),
    }
}

pub(super) fn says(says: &Notification, clock: &Clock) -> String {
    match says {
        Notification::Launched { company, opening: Opening::Opened } => format!("{company} ist im Browser geöffnet"),
        Notification::Launched { company, opening: Opening::Sent } => format!("{company} ist an den Browser übergeben"),
        Notification::Unlinked { company, trial_end: Some(end) } => {
            format!("{company} ist getrennt; die 14 kostenlosen Tage enden am {}", clock.day(*end))
        }
        Notification::Unlinked { company, trial_end: None } => format!("{company} ist getrennt"),
        Notification::StepChanged { company, step, state } => {
            format!("{company}: {}: {}", (WORDS.setup.step)(step), (WORDS.setup.state)(state))
        }
        Notification::NoteSaved { company } => format!("{company}: Notiz gespeichert"),
        Notification::Cleared(dropped) => {
            let search = dropped.search.as_ref().map(|search| format!("die Suche „{search}“"));
            let sort = dropped.sort.then(|| "die Ordnung".to_owned());
            let filters = (dropped.filters > 0).then(|| format!("{} Filter", dropped.filters));
            let all: Vec<_> = [search, sort, filters].into_iter().flatten().collect();
            format!("Zurückgesetzt: {}", all.join(", "))
        }
        Notification::Copied { text, how } => copied(text, how),
        Notification::PeopleAction(said) => (WORDS.recoveries.said)(said),
        Notification::NotNow(which, reason) => format!("{}: {}", command(*which).label, why(reason, clock)),
        Notification::Failed { company, error } => {
            let told = WORDS.tell_short(error);
            company.as_ref().map_or(told.clone(), |company| format!("{company}: {told}"))
        }
        Notification::Saved { company } => format!("{company}: gespeichert"),
        Notification::Exported { count, path } => {
            format!("{} {} geschrieben nach {path}", WORDS.number(*count as u64), one(*count, "Firma", "Firmen"))
        }
        Notification::Snoozed { company, until: Some(until) } => {
            format!("{company}: Hinweise ruhen bis {}", clock.day(*until))
        }
        Notification::Snoozed { company, until: None } => format!("{company}: Hinweise gelten wieder"),
        Notification::TakenBack { company, change } => format!("{company}: {}", (WORDS.marks.taken_back)(change)),
        Notification::NoWayBack { company } => {
            format!(
                "{company}: Eine Trennung ist von hier nicht rückgängig zu machen; nur ein Inhaber kann neu verknüpfen"
            )
        }
        Notification::Back(None) => "Wieder verbunden".into(),
        Notification::Back(Some(account)) => format!("{account}: wieder verbunden"),
        Notification::SignedOut { account, profile } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            let how = match profile {
                Some(profile) => format!("Melden Sie sich neu an: mspdash login {profile}"),
                None => "Starten Sie neu mit gültigen Zugangsdaten.".into(),
            };
            format!("{account}der Server nimmt Ihre Zugangsdaten nicht mehr an. {how}")
        }
        Notification::RoleChanged { account, lost, won } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
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
        Notification::Unreadable(count) => {
            format!("{count} {} nicht lesbar und fehlen hier", one(*count, "Firma war", "Firmen waren"))
        }
        Notification::Start(notice) => notice.clone(),
        Notification::SetAside { account, flaw } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            format!("{account}die gemerkten Firmen sind nicht zu gebrauchen ({}); sie werden neu geladen", kept(flaw))
        }
        Notification::LinkAccepted { company } => {
            format!("{company}: angenommen; nun schließt ein Inhaber der Firma ab")
        }
        Notification::LinkCancelled { company } => format!("{company}: die Verknüpfung ist abgebrochen"),
        Notification::Linked { company } => format!("{company} ist verknüpft"),
        Notification::LinkDenied { company, reason: Some(reason) } => {
            format!("{company}: ein Inhaber lehnte die Verknüpfung ab: {reason}")
        }
        Notification::LinkDenied { company, reason: None } => {
            format!("{company}: ein Inhaber lehnte die Verknüpfung ab")
        }
        Notification::LinkExpired { company } => format!("{company}: die Verknüpfung ist abgelaufen"),
        Notification::PageOpened(Opening::Opened) => "Die Seite des Inhabers ist im Browser geöffnet".into(),
        Notification::PageOpened(Opening::Sent) => "Die Seite des Inhabers ist an den Browser übergeben".into(),
    }
}

pub(super) fn cause(cause: &Cause, detail: &str) -> String {
    match cause {
        Cause::Refused { host } => format!("unter {host} antwortet niemand"),
        Cause::NameUnknown { host } => format!("der Name {host} ist unbekannt"),
        Cause::Broken { host } => format!("die Verbindung zu {host} riss ab"),
        Cause::TimedOut { seconds } => format!("keine Antwort binnen {seconds} s"),
        Cause::Tls { .. } | Cause::Proxy { .. } | Cause::CaFile { .. } => {
            super::line::cause(cause, detail).unwrap_or_default()
        }
        Cause::BadAddress { address } => {
            format!("{address} ist nicht brauchbar: außer auf diesem Rechner muss es https sein")
        }
        Cause::AddressHolds { address, extra } => (WORDS.waits.extra)(address, *extra),
        Cause::Endless(endless) => (WORDS.waits.endless)(endless),
        Cause::NoSecret { profile, why } => super::super::secrets::de(profile, why, detail),
        Cause::NotSignedIn => "der Server nimmt die Zugangsdaten nicht an".into(),
        Cause::MfaRequired => "Ihr MSP-Konto braucht die Mehrfaktor-Anmeldung".into(),
        Cause::ReadOnly => "es darf nur gelesen werden".into(),
        Cause::AdvancedOff => "ein Inhaber der Firma erlaubt die erweiterten Rechte nicht".into(),
        Cause::AdvancedNotGranted => "Ihr MSP-Konto hat Ihnen die erweiterten Rechte nicht gegeben".into(),
        Cause::NotAllowed => or(detail, "Ihre Rolle darf das nicht"),
        Cause::NotFound => "es ist nicht mehr da".into(),
        Cause::Conflict(ConflictCode::NoConfirmedOwner) => "es gibt keinen bestätigten Inhaber".into(),
        Cause::Conflict(ConflictCode::AlreadyUnlinked) => "sie ist schon getrennt".into(),
        Cause::Conflict(ConflictCode::LastOwner) => "das ist der letzte bestätigte Inhaber".into(),
        Cause::Conflict(ConflictCode::SelfRecovery) => "niemand stellt sich selbst wieder her".into(),
        Cause::Conflict(ConflictCode::TechnicianNotAllowed) => "das ist ein Techniker, niemand aus der Firma".into(),
        Cause::Conflict(ConflictCode::AlreadyManaged) => or(detail, "die Firma wird schon verwaltet"),
        Cause::Conflict(ConflictCode::RegionMismatch) => or(detail, "die Firma liegt in einer anderen Datenregion"),
        Cause::Conflict(ConflictCode::StepMustApply) => "dieser Schritt gilt für jede Firma".into(),
        Cause::Conflict(ConflictCode::Other(code)) if !code.is_empty() => {
            or(detail, &format!("eine Regel des Servers steht dagegen: {code}"))
        }
        Cause::Conflict(_) => or(detail, "ihr Status lässt das nicht zu"),
        Cause::Gone => or(detail, "es ist nicht mehr verfügbar"),
        Cause::ChangedMeanwhile => "jemand hat es inzwischen geändert".into(),
        Cause::NotAccepted { violations } => match violations.first() {
            Some(first) => format!("{}: {}", first.field, first.description),
            None => or(detail, "der Server nimmt es nicht an"),
        },
        Cause::TooManyRequests => and("zu viele Anfragen".into(), detail),
        Cause::ServerFailed { status } => and(format!("der Server ist gestört ({status})"), detail),
        Cause::Unexpected { status } => and(format!("der Server antwortete {status}"), detail),
        Cause::Redirected { to } => format!("der Server verweist auf {to}; dem wird nicht gefolgt"),
        Cause::NotTheApi { .. } => "was dort antwortet, ist nicht die MSP-API".into(),
        Cause::Unreadable => "die Antwort ist nicht lesbar".into(),
        Cause::UnsafeAddress(refusal) => match refusal {
            Refusal::NotAnAddress => "was der Server schickte, ist keine Adresse".into(),
            Refusal::Scheme(scheme) => format!("die Adresse ist {scheme}:, geöffnet wird nur https"),
            Refusal::Credentials => "die Adresse enthält Namen oder Kennwort".into(),
            Refusal::Host(host) => format!("{host} ist kein Anmelde-Host dieses Kontos"),
            Refusal::Characters => "die Adresse enthält Zeichen, die keine Adresse hat".into(),
        },
        Cause::NoBrowser => "hier gibt es keinen Browser".into(),
        Cause::BrowserFailed(all) => {
            all.iter().map(|(program, why)| not_opened(program, why)).collect::<Vec<_>>().join("; ")
        }
        Cause::NoClipboard => "dieses Terminal hat keine Zwischenablage".into(),
        Cause::NotWritten(it) => not_written(&it.path, &it.fault),
        Cause::TaskDied => "ein Teil von mspdash fiel aus; der Rest läuft weiter".into(),
        Cause::Cancelled => "es wurde abgebrochen".into(),
        Cause::Local => or(detail, "eine Datei oder ein Programm auf diesem Rechner"),
    }
}

/// What we know, and what the server says of it.
fn and(ours: String, detail: &str) -> String {
    let detail = detail.trim().trim_end_matches('.');
    if detail.is_empty() { ours } else { format!("{ours}: {detail}") }
}

fn or(detail: &str, otherwise: &str) -> String {
    if detail.trim().is_empty() { otherwise.to_owned() } else { detail.to_owned() }
}

pub(super) fn hint(error: &Error, key: Keys<'_>) -> String {
    let kept_up = error.what.is_kept_up();
    match &error.cause {
        Cause::Refused { .. } | Cause::Broken { .. } | Cause::TimedOut { .. } if !kept_up => {
            "Läuft der Server, sind Sie online? Versuchen Sie es dann noch einmal.".into()
        }
        Cause::TooManyRequests | Cause::ServerFailed { .. } if !kept_up => {
            "Versuchen Sie es gleich noch einmal. Bleibt es so, hilft der Betreiber.".into()
        }
        Cause::Refused { .. } | Cause::Broken { .. } | Cause::TimedOut { .. } => {
            "Läuft der Server, sind Sie online? Es wird von selbst wieder versucht.".into()
        }
        Cause::NameUnknown { .. } => "Prüfen Sie die Adresse des Servers und Ihre Verbindung.".into(),
        Cause::Tls { .. } | Cause::Proxy { .. } | Cause::CaFile { .. } => {
            super::line::hint(&error.cause).unwrap_or_default()
        }
        Cause::BadAddress { .. } => "Setzen Sie --server oder MSPDASH_SERVER auf die Adresse Ihrer MSP-API.".into(),
        Cause::AddressHolds { extra, .. } => (WORDS.waits.extra_hint)(*extra).into(),
        Cause::Endless(_) => "Es wird von selbst wieder versucht. Sagen Sie es dem Betreiber des Servers.".into(),
        Cause::NotSignedIn => "Prüfen Sie Client-ID und Geheimnis; vielleicht wurde der Zugang entzogen.".into(),
        Cause::MfaRequired => {
            format!("Schalten Sie sie in Ihrem 1Password-Profil ein, dann {}.", key(Command::Refresh))
        }
        Cause::ReadOnly => "Starten Sie ohne --read-only, um zu ändern.".into(),
        Cause::NotAllowed => "Fragen Sie Inhaber oder Administratoren des MSP-Kontos.".into(),
        Cause::AdvancedOff => "Einen Inhaber der Firma bitten, sie in 1Password zu erlauben.".into(),
        Cause::AdvancedNotGranted => "Einen Inhaber oder Administrator des MSP-Kontos darum bitten.".into(),
        Cause::Conflict(ConflictCode::LastOwner) => "Machen Sie zuerst jemand anderen zum Inhaber.".into(),
        Cause::ChangedMeanwhile => "Sehen Sie es neu an und wiederholen Sie dann.".into(),
        Cause::Conflict(ConflictCode::NoConfirmedOwner) => "Machen Sie zuerst jemanden zum Inhaber.".into(),
        Cause::TooManyRequests => "Es geht gleich von selbst weiter.".into(),
        Cause::ServerFailed { .. } => "Es wird von selbst wieder versucht. Bleibt es so, hilft der Betreiber.".into(),
        Cause::NotTheApi { .. } => {
            "Vielleicht fehlt der Adresse ihr Pfad (https://HOST/PFAD), oder eine Anmeldeseite des Netzes ist im Weg."
                .into()
        }
        Cause::UnsafeAddress(_) => "Nichts wurde geöffnet. Sagen Sie es dem Betreiber des Servers.".into(),
        Cause::Redirected { .. } => "Tragen Sie die Adresse ein, auf die verwiesen wird, wenn Sie ihr trauen.".into(),
        Cause::NoBrowser => "Öffnen Sie die Adresse auf einem anderen Rechner.".into(),
        Cause::BrowserFailed(_) => "Öffnen Sie die Adresse selbst, oder nennen Sie in BROWSER Ihren Browser.".into(),
        Cause::NoClipboard => "Markieren Sie mit der Maus.".into(),
        Cause::NotWritten(it) if it.fault == FileFault::Exists => {
            "Wählen Sie einen anderen Namen, oder ersetzen Sie sie.".into()
        }
        Cause::NotWritten(_) => "Wählen Sie einen anderen Ort.".into(),
        _ if error.what.writes() => "Sehen Sie es neu an und wiederholen Sie dann.".into(),
        _ => format!("{} versucht es noch einmal.", key(Command::Refresh)),
    }
}

pub(super) fn copied(text: &str, how: &Copied) -> String {
    match (&how.program, how.tmux, how.terminal) {
        (Some(program), false, _) => format!("{text} ist mit {program} kopiert"),
        (Some(program), true, _) => format!("{text} ist mit {program} und in den tmux-Puffer kopiert"),
        (None, true, true) => format!("{text} ist in den tmux-Puffer kopiert und ans Terminal gesendet"),
        (None, true, false) => format!("{text} ist in den tmux-Puffer kopiert"),
        (None, false, _) => format!("{text} ist ans Terminal gesendet; nicht jedes nimmt es an"),
    }
}

/// The same beside what was copied.
pub(super) fn copied_here(how: &Copied) -> String {
    copied("", how).trim_start_matches(" ist ").to_owned()
}

fn not_opened(program: &str, why: &NotOpened) -> String {
    match why {
        NotOpened::Missing => format!("es gibt kein Programm {program}"),
        NotOpened::TakesTerminal => format!("{program} würde dieses Terminal belegen"),
        NotOpened::Code(code) => format!("{program} endete mit Code {code}"),
        NotOpened::Signal(signal) => format!("{program} wurde durch Signal {signal} beendet"),
        NotOpened::NotStarted(words) => format!("{program} startete nicht: {words}"),
    }
}

fn not_written(path: &str, fault: &FileFault) -> String {
    match fault {
        FileFault::Exists => format!("es gibt schon eine Datei {path}"),
        FileFault::NoFolder => format!("es gibt keinen Ordner für {path}"),
        FileFault::NotAFile => format!("{path} ist keine gewöhnliche Datei"),
        FileFault::NotAllowed => format!("Sie dürfen nicht nach {path} schreiben"),
        FileFault::ReadOnly => format!("{path} liegt auf einem Datenträger, auf den nicht geschrieben werden kann"),
        FileFault::Full => format!("bei {path} ist der Datenträger voll"),
        FileFault::Other(words) => format!("{path}: {words}"),
    }
}

/// What is wrong with companies that were kept.
fn kept(flaw: &CacheDefect) -> String {
    match flaw {
        CacheDefect::Damaged => "die Datei ist beschädigt".into(),
        CacheDefect::OtherVersion => "die Datei ist von einer anderen Version".into(),
        CacheDefect::TooLarge => "die Datei ist zu groß".into(),
        CacheDefect::NotAFile => "es ist keine gewöhnliche Datei".into(),
        CacheDefect::NotOurs => "die Datei gehört jemand anderem".into(),
        CacheDefect::Open { mode } => format!("andere können die Datei lesen: ihre Rechte sind {mode:o}"),
        CacheDefect::Unreadable(words) => format!("die Datei ist nicht zu lesen: {}", clean(words)),
    }
}
