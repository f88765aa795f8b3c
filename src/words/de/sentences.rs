//! Deutsche Sätze, die sich zusammensetzen: warum nicht, was geschah, was schiefging und was zu tun ist.

use super::super::{Clock, Keys};
use super::commands::command;
use super::{WORDS, one};
use crate::app::command::{Command, Why};
use crate::app::msg::Copied;
use crate::app::toast::Says;
use crate::domain::kept::Flaw;
use crate::domain::launch::{NotOpened, Opening, Refusal};
use crate::domain::session::Permission;
use crate::domain::text::clean;
use crate::domain::trouble::{Because, ConflictCode, FileFault, Trouble};
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

pub(super) fn why(why: &Why, clock: &Clock) -> String {
    match why {
        Why::NoCompany => "keine Firma ist gewählt".into(),
        Why::NothingHere => "hier ist nichts".into(),
        Why::ReadOnly => "es darf nur gelesen werden".into(),
        Why::ViewOnly => "Ihre Rolle darf nur ansehen".into(),
        Why::NotPermitted(needed) => format!("Ihre Rolle darf nicht: {}", permission(needed)),
        Why::NotSignedIn => "noch nicht angemeldet".into(),
        Why::NotLetIn => "der Server lässt Sie nicht ein; was zu tun ist, steht beim Fehler".into(),
        Why::NotFresh(Some(at)) => {
            format!("das Gezeigte ist vom {}; erst muss der Server antworten", clock.moment(*at))
        }
        Why::NotFresh(None) => "das Gezeigte stammt von früher; erst muss der Server antworten".into(),
        Why::AlreadyUnlinked { trial_end: Some(end) } => {
            let verb = if *end > clock.now { "endet" } else { "endete" };
            format!("schon getrennt; die Testzeit {verb} {}", clock.day(*end))
        }
        Why::AlreadyUnlinked { trial_end: None } => "schon getrennt".into(),
        Why::NoStep => "kein Schritt ist gewählt: öffnen Sie den Reiter Einrichtung".into(),
        Why::UnderWay => "läuft schon".into(),
        Why::NothingToClear => "nichts ist gesucht, geordnet oder gefiltert".into(),
        Why::NotSorted => "die Liste ist nicht geordnet".into(),
        Why::NothingFailed => "nichts ging schief".into(),
        Why::OnlyInList => "Firmen werden in der Liste markiert".into(),
        Why::NothingMarked => "keine Firma ist markiert".into(),
        Why::NoAttention => "bei ihr ist nichts zu beachten".into(),
        Why::NothingToUndo => "es gibt nichts, was zurückzunehmen wäre".into(),
        Why::NoLink => "keine Verknüpfung ist gewählt".into(),
        Why::LinkOver => "diese Verknüpfung ist abgeschlossen".into(),
        Why::NoOwnerPage => "so eine Seite haben nur offene Verknüpfungen der Beispieldaten".into(),
        Why::Folk(hindrance) => (WORDS.recoveries.hindered)(hindrance),
        Why::OnlyOn(screen) => format!("nur im Bild „{}“", command(screen.command()).label),
    }
}

pub(super) fn says(says: &Says, clock: &Clock) -> String {
    match says {
        Says::Launched { company, opening: Opening::Opened } => format!("{company} ist im Browser geöffnet"),
        Says::Launched { company, opening: Opening::Sent } => format!("{company} ist an den Browser übergeben"),
        Says::Unlinked { company, trial_end: Some(end) } => {
            format!("{company} ist getrennt; die 14 kostenlosen Tage enden am {}", clock.day(*end))
        }
        Says::Unlinked { company, trial_end: None } => format!("{company} ist getrennt"),
        Says::StepChanged { company, step, state } => {
            format!("{company}: {}: {}", (WORDS.setup.step)(step), (WORDS.setup.state)(state))
        }
        Says::NoteSaved { company } => format!("{company}: Notiz gespeichert"),
        Says::Cleared(dropped) => {
            let search = dropped.search.as_ref().map(|search| format!("die Suche „{search}“"));
            let sort = dropped.sort.then(|| "die Ordnung".to_owned());
            let filters = (dropped.filters > 0).then(|| format!("{} Filter", dropped.filters));
            let all: Vec<_> = [search, sort, filters].into_iter().flatten().collect();
            format!("Zurückgesetzt: {}", all.join(", "))
        }
        Says::Copied { text, how } => copied(text, how),
        Says::Folk(said) => (WORDS.recoveries.said)(said),
        Says::NotNow(which, reason) => format!("{}: {}", command(*which).label, why(reason, clock)),
        Says::Failed { company, trouble } => {
            let told = WORDS.tell_short(trouble);
            company.as_ref().map_or(told.clone(), |company| format!("{company}: {told}"))
        }
        Says::Saved { company } => format!("{company}: gespeichert"),
        Says::Exported { count, path } => {
            format!("{} {} geschrieben nach {path}", WORDS.number(*count as u64), one(*count, "Firma", "Firmen"))
        }
        Says::Snoozed { company, until: Some(until) } => {
            format!("{company}: Hinweise ruhen bis {}", clock.day(*until))
        }
        Says::Snoozed { company, until: None } => format!("{company}: Hinweise gelten wieder"),
        Says::TakenBack { company, change } => format!("{company}: {}", (WORDS.marks.taken_back)(change)),
        Says::NoWayBack { company } => {
            format!(
                "{company}: Eine Trennung ist von hier nicht rückgängig zu machen; nur ein Inhaber kann neu verknüpfen"
            )
        }
        Says::Back(None) => "Wieder verbunden".into(),
        Says::Back(Some(account)) => format!("{account}: wieder verbunden"),
        Says::SignedOut { account, profile } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            let how = match profile {
                Some(profile) => format!("Melden Sie sich neu an: mspdash login {profile}"),
                None => "Starten Sie neu mit gültigen Zugangsdaten.".into(),
            };
            format!("{account}der Server nimmt Ihre Zugangsdaten nicht mehr an. {how}")
        }
        Says::RoleChanged { account, lost, won } => {
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
        Says::Unreadable(count) => {
            format!("{count} {} nicht lesbar und fehlen hier", one(*count, "Firma war", "Firmen waren"))
        }
        Says::Start(notice) => notice.clone(),
        Says::SetAside { account, flaw } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            format!("{account}die gemerkten Firmen sind nicht zu gebrauchen ({}); sie werden neu geladen", kept(flaw))
        }
        Says::LinkAccepted { company } => format!("{company}: angenommen; nun schließt ein Inhaber der Firma ab"),
        Says::LinkCancelled { company } => format!("{company}: die Verknüpfung ist abgebrochen"),
        Says::Linked { company } => format!("{company} ist verknüpft"),
        Says::LinkDenied { company, reason: Some(reason) } => {
            format!("{company}: ein Inhaber lehnte die Verknüpfung ab: {reason}")
        }
        Says::LinkDenied { company, reason: None } => format!("{company}: ein Inhaber lehnte die Verknüpfung ab"),
        Says::LinkExpired { company } => format!("{company}: die Verknüpfung ist abgelaufen"),
        Says::PageOpened(Opening::Opened) => "Die Seite des Inhabers ist im Browser geöffnet".into(),
        Says::PageOpened(Opening::Sent) => "Die Seite des Inhabers ist an den Browser übergeben".into(),
    }
}

pub(super) fn because(because: &Because, detail: &str) -> String {
    match because {
        Because::Refused { host } => format!("unter {host} antwortet niemand"),
        Because::NameUnknown { host } => format!("der Name {host} ist unbekannt"),
        Because::Broken { host } => format!("die Verbindung zu {host} riss ab"),
        Because::TimedOut { seconds } => format!("keine Antwort binnen {seconds} s"),
        Because::Tls { .. } | Because::Proxy { .. } | Because::CaFile { .. } => {
            super::line::because(because, detail).unwrap_or_default()
        }
        Because::BadAddress { address } => {
            format!("{address} ist nicht brauchbar: außer auf diesem Rechner muss es https sein")
        }
        Because::AddressHolds { address, extra } => (WORDS.waits.extra)(address, *extra),
        Because::Endless(endless) => (WORDS.waits.endless)(endless),
        Because::NoSecret { profile, why } => super::super::secrets::de(profile, why, detail),
        Because::NotSignedIn => "der Server nimmt die Zugangsdaten nicht an".into(),
        Because::MfaRequired => "Ihr MSP-Konto braucht die Mehrfaktor-Anmeldung".into(),
        Because::ReadOnly => "es darf nur gelesen werden".into(),
        Because::AdvancedOff => "ein Inhaber der Firma erlaubt die erweiterten Rechte nicht".into(),
        Because::AdvancedNotGranted => "Ihr MSP-Konto hat Ihnen die erweiterten Rechte nicht gegeben".into(),
        Because::NotAllowed => or(detail, "Ihre Rolle darf das nicht"),
        Because::NotFound => "es ist nicht mehr da".into(),
        Because::Conflict(ConflictCode::NoConfirmedOwner) => "es gibt keinen bestätigten Inhaber".into(),
        Because::Conflict(ConflictCode::AlreadyUnlinked) => "sie ist schon getrennt".into(),
        Because::Conflict(ConflictCode::LastOwner) => "das ist der letzte bestätigte Inhaber".into(),
        Because::Conflict(ConflictCode::SelfRecovery) => "niemand stellt sich selbst wieder her".into(),
        Because::Conflict(ConflictCode::TechnicianNotAllowed) => "das ist ein Techniker, niemand aus der Firma".into(),
        Because::Conflict(ConflictCode::AlreadyManaged) => or(detail, "die Firma wird schon verwaltet"),
        Because::Conflict(ConflictCode::RegionMismatch) => or(detail, "die Firma liegt in einer anderen Datenregion"),
        Because::Conflict(ConflictCode::StepMustApply) => "dieser Schritt gilt für jede Firma".into(),
        Because::Conflict(ConflictCode::Other(code)) if !code.is_empty() => {
            or(detail, &format!("eine Regel des Servers steht dagegen: {code}"))
        }
        Because::Conflict(_) => or(detail, "ihr Status lässt das nicht zu"),
        Because::Gone => or(detail, "es ist nicht mehr verfügbar"),
        Because::ChangedMeanwhile => "jemand hat es inzwischen geändert".into(),
        Because::NotAccepted { violations } => match violations.first() {
            Some(first) => format!("{}: {}", first.field, first.description),
            None => or(detail, "der Server nimmt es nicht an"),
        },
        Because::TooManyRequests => and("zu viele Anfragen".into(), detail),
        Because::ServerFailed { status } => and(format!("der Server ist gestört ({status})"), detail),
        Because::Unexpected { status } => and(format!("der Server antwortete {status}"), detail),
        Because::Redirected { to } => format!("der Server verweist auf {to}; dem wird nicht gefolgt"),
        Because::NotTheApi { .. } => "was dort antwortet, ist nicht die MSP-API".into(),
        Because::Unreadable => "die Antwort ist nicht lesbar".into(),
        Because::UnsafeAddress(refusal) => match refusal {
            Refusal::NotAnAddress => "was der Server schickte, ist keine Adresse".into(),
            Refusal::Scheme(scheme) => format!("die Adresse ist {scheme}:, geöffnet wird nur https"),
            Refusal::Credentials => "die Adresse enthält Namen oder Kennwort".into(),
            Refusal::Host(host) => format!("{host} ist kein Anmelde-Host dieses Kontos"),
            Refusal::Characters => "die Adresse enthält Zeichen, die keine Adresse hat".into(),
        },
        Because::NoBrowser => "hier gibt es keinen Browser".into(),
        Because::BrowserFailed(all) => {
            all.iter().map(|(program, why)| not_opened(program, why)).collect::<Vec<_>>().join("; ")
        }
        Because::NoClipboard => "dieses Terminal hat keine Zwischenablage".into(),
        Because::NotWritten(it) => not_written(&it.path, &it.fault),
        Because::TaskDied => "ein Teil von mspdash fiel aus; der Rest läuft weiter".into(),
        Because::Cancelled => "es wurde abgebrochen".into(),
        Because::Local => or(detail, "eine Datei oder ein Programm auf diesem Rechner"),
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

pub(super) fn hint(trouble: &Trouble, key: Keys<'_>) -> String {
    let kept_up = trouble.what.is_kept_up();
    match &trouble.because {
        Because::Refused { .. } | Because::Broken { .. } | Because::TimedOut { .. } if !kept_up => {
            "Läuft der Server, sind Sie online? Versuchen Sie es dann noch einmal.".into()
        }
        Because::TooManyRequests | Because::ServerFailed { .. } if !kept_up => {
            "Versuchen Sie es gleich noch einmal. Bleibt es so, hilft der Betreiber.".into()
        }
        Because::Refused { .. } | Because::Broken { .. } | Because::TimedOut { .. } => {
            "Läuft der Server, sind Sie online? Es wird von selbst wieder versucht.".into()
        }
        Because::NameUnknown { .. } => "Prüfen Sie die Adresse des Servers und Ihre Verbindung.".into(),
        Because::Tls { .. } | Because::Proxy { .. } | Because::CaFile { .. } => {
            super::line::hint(&trouble.because).unwrap_or_default()
        }
        Because::BadAddress { .. } => "Setzen Sie --server oder MSPDASH_SERVER auf die Adresse Ihrer MSP-API.".into(),
        Because::AddressHolds { extra, .. } => (WORDS.waits.extra_hint)(*extra).into(),
        Because::Endless(_) => "Es wird von selbst wieder versucht. Sagen Sie es dem Betreiber des Servers.".into(),
        Because::NotSignedIn => "Prüfen Sie Client-ID und Geheimnis; vielleicht wurde der Zugang entzogen.".into(),
        Because::MfaRequired => {
            format!("Schalten Sie sie in Ihrem 1Password-Profil ein, dann {}.", key(Command::Refresh))
        }
        Because::ReadOnly => "Starten Sie ohne --read-only, um zu ändern.".into(),
        Because::NotAllowed => "Fragen Sie Inhaber oder Administratoren des MSP-Kontos.".into(),
        Because::AdvancedOff => "Einen Inhaber der Firma bitten, sie in 1Password zu erlauben.".into(),
        Because::AdvancedNotGranted => "Einen Inhaber oder Administrator des MSP-Kontos darum bitten.".into(),
        Because::Conflict(ConflictCode::LastOwner) => "Machen Sie zuerst jemand anderen zum Inhaber.".into(),
        Because::ChangedMeanwhile => "Sehen Sie es neu an und wiederholen Sie dann.".into(),
        Because::Conflict(ConflictCode::NoConfirmedOwner) => "Machen Sie zuerst jemanden zum Inhaber.".into(),
        Because::TooManyRequests => "Es geht gleich von selbst weiter.".into(),
        Because::ServerFailed { .. } => "Es wird von selbst wieder versucht. Bleibt es so, hilft der Betreiber.".into(),
        Because::NotTheApi { .. } => {
            "Vielleicht fehlt der Adresse ihr Pfad (https://HOST/PFAD), oder eine Anmeldeseite des Netzes ist im Weg."
                .into()
        }
        Because::UnsafeAddress(_) => "Nichts wurde geöffnet. Sagen Sie es dem Betreiber des Servers.".into(),
        Because::Redirected { .. } => "Tragen Sie die Adresse ein, auf die verwiesen wird, wenn Sie ihr trauen.".into(),
        Because::NoBrowser => "Öffnen Sie die Adresse auf einem anderen Rechner.".into(),
        Because::BrowserFailed(_) => "Öffnen Sie die Adresse selbst, oder nennen Sie in BROWSER Ihren Browser.".into(),
        Because::NoClipboard => "Markieren Sie mit der Maus.".into(),
        Because::NotWritten(it) if it.fault == FileFault::Exists => {
            "Wählen Sie einen anderen Namen, oder ersetzen Sie sie.".into()
        }
        Because::NotWritten(_) => "Wählen Sie einen anderen Ort.".into(),
        _ if trouble.what.writes() => "Sehen Sie es neu an und wiederholen Sie dann.".into(),
        _ => format!("{} versucht es noch einmal.", key(Command::Refresh)),
    }
}

/// What was copied, and by what.
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
fn kept(flaw: &Flaw) -> String {
    match flaw {
        Flaw::Damaged => "die Datei ist beschädigt".into(),
        Flaw::OtherVersion => "die Datei ist von einer anderen Version".into(),
        Flaw::TooLarge => "die Datei ist zu groß".into(),
        Flaw::NotAFile => "es ist keine gewöhnliche Datei".into(),
        Flaw::NotOurs => "die Datei gehört jemand anderem".into(),
        Flaw::Open { mode } => format!("andere können die Datei lesen: ihre Rechte sind {mode:o}"),
        Flaw::Unreadable(words) => format!("die Datei ist nicht zu lesen: {}", clean(words)),
    }
}
