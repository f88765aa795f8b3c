//! What failed, why, and what to do about it.

use super::{network, secrets};
use crate::app::command::Command;
use crate::domain::error::{Cause, ConflictCode, Error, Extra, FileFault, Operation};
use crate::domain::launch::{NotOpened, Refusal};
use crate::domain::paging::Endless;
use crate::i18n::types::errors::Errors;
use crate::i18n::{Keys, detail_or, with_detail};

pub(super) const TEXTS: Errors = Errors {
    failed,
    unknown,
    again_is_safe: "Wiederholen ist sicher: Es wird höchstens einmal ausgeführt.",
    look_first: "Prüfen Sie den aktuellen Stand, bevor Sie es wiederholen.",
    cause,
    hint,
    retry_in: |seconds| format!("nächster Versuch in {seconds} s"),
    request_id: "Anfrage-ID",
    server_says: "Details",
};

fn failed(operation: Operation) -> &'static str {
    match operation {
        Operation::Start => "Start nicht möglich",
        Operation::SignIn => "Anmeldung nicht möglich",
        Operation::ListCompanies => "Firmen nicht geladen",
        Operation::Changes => "Nicht aktualisiert",
        Operation::LoadCompany => "Firma nicht geladen",
        Operation::EditCompany => "Firma nicht geändert",
        Operation::Launch => "Anmeldung bei der Firma nicht möglich",
        Operation::OpenBrowser => "Browser nicht geöffnet",
        Operation::Copy => "Nicht kopiert",
        Operation::Preflight => "Trennung nicht geprüft",
        Operation::Unlink => "Nicht getrennt",
        Operation::LoadSetup => "Checkliste nicht geladen",
        Operation::EditSetup => "Schritt nicht geändert",
        Operation::LoadPeople => "Personen nicht geladen",
        Operation::LoadGroups => "Gruppen nicht geladen",
        Operation::AddCompany => "Firma nicht angelegt",
        Operation::LoadLinks => "Verknüpfungen nicht geladen",
        Operation::AcceptLink => "Verknüpfung nicht angenommen",
        Operation::CancelLink => "Verknüpfung nicht abgebrochen",
        Operation::ChangeGroup => "Gruppe nicht geändert",
        Operation::ChangePerson => "Person nicht geändert",
        Operation::Recover => "Wiederherstellung nicht möglich",
        Operation::LoadRecoveries => "Wiederherstellungen nicht geladen",
        Operation::LoadVaults => "Tresore nicht geladen",
        Operation::GrantVault => "Zugriff auf den Tresor nicht erhalten",
        Operation::LoadUsage => "Nutzung nicht geladen",
        Operation::LoadActivity => "Verlauf nicht geladen",
        Operation::LoadTechnicians => "Techniker nicht geladen",
        Operation::AddTechnician => "Techniker nicht angelegt",
        Operation::ChangeTechnician => "Techniker nicht geändert",
        Operation::Enrol => "Zugang nicht eingerichtet",
        Operation::LoadTasks => "Aufgaben nicht geladen",
        Operation::BeginTask => "Aufgabe nicht begonnen",
        Operation::VerifyTask => "Aufgabe nicht geprüft",
        Operation::DeclareTask => "Aufgabe nicht als erledigt gemeldet",
        Operation::CancelTask => "Aufgabe nicht abgebrochen",
        Operation::LoadSources => "Verbindungen nicht geladen",
        Operation::CheckSource => "Verbindung nicht geprüft",
        Operation::Export => "Datei nicht geschrieben",
        Operation::Undo => "Nicht rückgängig gemacht",
        Operation::Import => "Nicht importiert",
        Operation::UndoImport => "Import nicht rückgängig gemacht",
        Operation::LoadImports => "Importe nicht geladen",
        Operation::Rehearse => "Änderung nicht geprüft",
    }
}

fn unknown(operation: Operation) -> &'static str {
    match operation {
        Operation::EditCompany => "Unbekannt, ob die Firma geändert wurde",
        // What was launched is what was opened; the server's record of it is another matter.
        Operation::Launch => "Nichts wurde geöffnet, die Anmeldung kann aber verzeichnet sein",
        Operation::Unlink => "Unbekannt, ob sie getrennt wurde",
        Operation::EditSetup => "Unbekannt, ob der Schritt geändert wurde",
        Operation::AddCompany => "Unbekannt, ob die Firma angelegt wurde",
        Operation::AcceptLink => "Unbekannt, ob die Verknüpfung angenommen wurde",
        Operation::CancelLink => "Unbekannt, ob die Verknüpfung abgebrochen wurde",
        Operation::ChangeGroup => "Unbekannt, ob die Gruppe geändert wurde",
        Operation::ChangePerson => "Unbekannt, ob die Person geändert wurde",
        Operation::Recover => "Unbekannt, ob die Wiederherstellung geändert wurde",
        Operation::GrantVault => "Unbekannt, ob Sie Zugriff auf den Tresor haben",
        Operation::Undo | Operation::UndoImport => "Unbekannt, ob es rückgängig gemacht wurde",
        Operation::Import => "Unbekannt, ob diese Zeilen importiert wurden",
        Operation::AddTechnician => "Unbekannt, ob der Techniker angelegt wurde",
        Operation::ChangeTechnician => "Unbekannt, ob der Techniker geändert wurde",
        Operation::Enrol => "Unbekannt, ob der Code verbraucht ist",
        Operation::BeginTask => "Unbekannt, ob die Aufgabe begonnen wurde",
        Operation::VerifyTask => "Unbekannt, was die Prüfung ergab",
        Operation::DeclareTask => "Unbekannt, ob die Aufgabe als erledigt gemeldet wurde",
        Operation::CancelTask => "Unbekannt, ob die Aufgabe abgebrochen wurde",
        _ => "Unbekannt, ob es geschehen ist",
    }
}

fn cause(cause: &Cause, detail: &str) -> String {
    match cause {
        Cause::Refused { host } => format!("Verbindung abgelehnt ({host})"),
        Cause::NameUnknown { host } => format!("Host nicht gefunden ({host})"),
        Cause::Broken { host } => format!("Verbindung unterbrochen ({host})"),
        Cause::TimedOut { seconds } => format!("keine Antwort binnen {seconds} s"),
        Cause::Tls { .. } | Cause::Proxy { .. } | Cause::CaFile { .. } => {
            network::cause(cause, detail).unwrap_or_default()
        }
        Cause::BadAddress { address } => {
            format!("{address} ist nicht verwendbar: außer auf diesem Rechner ist https nötig")
        }
        Cause::AddressHolds { address, extra } => extra_part(address, *extra),
        Cause::Endless(endless) => endless_list(endless),
        Cause::NoSecret { profile, why } => secrets::cause(profile, why, detail),
        Cause::NotSignedIn => "der Server lehnt die Zugangsdaten ab".into(),
        Cause::MfaRequired => "Ihr MSP-Konto verlangt Multi-Faktor-Authentifizierung".into(),
        Cause::ReadOnly => "Nur-Lesen-Modus ist an".into(),
        Cause::AdvancedOff => "erweiterte Rechte sind von der Firma nicht aktiviert".into(),
        Cause::AdvancedNotGranted => "Ihr MSP-Konto hat Ihnen erweiterte Rechte nicht gewährt".into(),
        Cause::NotAllowed => detail_or(detail, "Ihre Rolle darf das nicht"),
        Cause::NotFound => "existiert nicht mehr".into(),
        Cause::Conflict(ConflictCode::NoConfirmedOwner) => "kein bestätigter Inhaber".into(),
        Cause::Conflict(ConflictCode::AlreadyUnlinked) => "schon getrennt".into(),
        Cause::Conflict(ConflictCode::LastOwner) => "das ist der letzte bestätigte Inhaber".into(),
        Cause::Conflict(ConflictCode::SelfRecovery) => "Sie können sich nicht selbst wiederherstellen".into(),
        Cause::Conflict(ConflictCode::TechnicianNotAllowed) => "das ist ein Techniker, niemand aus der Firma".into(),
        Cause::Conflict(ConflictCode::AlreadyManaged) => detail_or(detail, "die Firma wird schon verwaltet"),
        Cause::Conflict(ConflictCode::GuidedOnly) => "das kann nur die Webkonsole von 1Password".into(),
        Cause::Conflict(ConflictCode::SourceFailed) => detail_or(detail, "1Password lehnt es ab"),
        Cause::Conflict(ConflictCode::NotDone) => detail_or(detail, "1Password hat es nicht getan"),
        Cause::Conflict(ConflictCode::SampleWorkspace) => "die Firmen dieses Arbeitsbereichs sind erfunden".into(),
        Cause::Conflict(ConflictCode::ImportTouched) => detail_or(detail, "seine Firmen wurden seither geändert"),
        Cause::Conflict(ConflictCode::ImportUndone) => "dieser Import wurde schon zurückgenommen".into(),
        Cause::Conflict(ConflictCode::RegionMismatch) => {
            detail_or(detail, "die Firma liegt in einer anderen Datenregion")
        }
        Cause::Conflict(ConflictCode::AlreadyExists) => "es gibt schon einen Techniker mit dieser Adresse".into(),
        Cause::Conflict(ConflictCode::StepMustApply) => "dieser Schritt gilt für jede Firma".into(),
        Cause::Conflict(ConflictCode::Other(code)) if !code.is_empty() => {
            detail_or(detail, &format!("von einer Regel des Servers abgelehnt: {code}"))
        }
        Cause::Conflict(_) => detail_or(detail, "ihr Status lässt das nicht zu"),
        Cause::Gone => detail_or(detail, "es ist nicht mehr verfügbar"),
        Cause::ChangedMeanwhile => "jemand hat es inzwischen geändert".into(),
        Cause::NotAccepted { violations } => match violations.first() {
            Some(first) => format!("{}: {}", first.field, first.description),
            None => detail_or(detail, "der Server lehnt es ab"),
        },
        Cause::TooManyRequests => with_detail("zu viele Anfragen".into(), detail),
        Cause::ServerFailed { status } => with_detail(format!("Serverfehler {status}"), detail),
        Cause::Unexpected { status } => with_detail(format!("unerwartete Antwort {status}"), detail),
        Cause::Redirected { to } => format!("der Server leitet auf {to} um; mspdash folgt Umleitungen nicht"),
        Cause::NotTheApi { .. } => "die Antwort stammt nicht von einer MSP-API".into(),
        Cause::Unreadable => "die Antwort ist nicht lesbar".into(),
        Cause::UnsafeAddress(refusal) => match refusal {
            Refusal::NotAnAddress => "der Server schickte keine gültige Adresse".into(),
            Refusal::Scheme(scheme) => format!("die Adresse ist {scheme}:, geöffnet wird nur https"),
            Refusal::Credentials => "die Adresse enthält Benutzername oder Passwort".into(),
            Refusal::Host(host) => format!("{host} ist kein Anmelde-Host dieses Kontos"),
            Refusal::Characters => "die Adresse enthält ungültige Zeichen".into(),
        },
        Cause::NoBrowser => "kein Browser verfügbar".into(),
        Cause::BrowserFailed(all) => {
            all.iter().map(|(program, why)| not_opened(program, why)).collect::<Vec<_>>().join("; ")
        }
        Cause::NoClipboard => "dieses Terminal hat keine Zwischenablage".into(),
        Cause::NotWritten(it) => not_written(&it.path, &it.fault),
        Cause::TaskDied => "ein Teil von mspdash fiel aus; der Rest läuft weiter".into(),
        Cause::Cancelled => "abgebrochen".into(),
        Cause::Local => detail_or(detail, "eine Datei oder ein Programm auf diesem Rechner"),
    }
}

fn hint(error: &Error, key: Keys<'_>) -> String {
    let kept_up = error.operation.is_kept_up();
    match &error.cause {
        Cause::Refused { .. } | Cause::Broken { .. } | Cause::TimedOut { .. } if !kept_up => {
            "Prüfen Sie Server und Verbindung, und versuchen Sie es noch einmal.".into()
        }
        Cause::TooManyRequests | Cause::ServerFailed { .. } if !kept_up => {
            "Versuchen Sie es gleich noch einmal. Bleibt es so, wenden Sie sich an den Betreiber.".into()
        }
        Cause::Refused { .. } | Cause::Broken { .. } | Cause::TimedOut { .. } => {
            "Prüfen Sie Server und Verbindung. Wird automatisch wiederholt.".into()
        }
        Cause::NameUnknown { .. } => "Prüfen Sie die Serveradresse und Ihre Verbindung.".into(),
        Cause::Tls { .. } | Cause::Proxy { .. } | Cause::CaFile { .. } => {
            network::hint(&error.cause).unwrap_or_default()
        }
        Cause::BadAddress { .. } => "Setzen Sie --server oder MSPDASH_SERVER auf die Adresse Ihrer MSP-API.".into(),
        Cause::AddressHolds { extra, .. } => extra_hint(*extra).into(),
        Cause::Endless(_) => "Wird automatisch wiederholt. Sagen Sie es dem Betreiber des Servers.".into(),
        Cause::NotSignedIn => {
            "Prüfen Sie Client-ID und Geheimnis; vielleicht wurden sie entzogen oder sind abgelaufen.".into()
        }
        Cause::MfaRequired => {
            format!("Schalten Sie sie in Ihrem 1Password-Profil ein, dann {}.", key(Command::Refresh))
        }
        Cause::ReadOnly => "Starten Sie ohne --read-only, um zu ändern.".into(),
        Cause::NotAllowed => "Fragen Sie Inhaber oder Administratoren des MSP-Kontos.".into(),
        Cause::AdvancedOff => "Einen Inhaber der Firma bitten, sie in 1Password zu aktivieren.".into(),
        Cause::AdvancedNotGranted => "Einen Inhaber oder Administrator des MSP-Kontos darum bitten.".into(),
        Cause::Conflict(ConflictCode::GuidedOnly) => "Dort anmelden und von Hand erledigen.".into(),
        Cause::Conflict(ConflictCode::SourceFailed | ConflictCode::NotDone) => {
            "In der Webkonsole nachsehen, wie es steht.".into()
        }
        Cause::Conflict(ConflictCode::SampleWorkspace) => {
            "Legen Sie mit mspdash init einen eigenen Arbeitsbereich an und importieren Sie dort.".into()
        }
        Cause::Conflict(ConflictCode::LastOwner) => "Machen Sie zuerst jemand anderen zum Inhaber.".into(),
        Cause::ChangedMeanwhile => "Prüfen Sie den aktuellen Stand und versuchen Sie es noch einmal.".into(),
        Cause::Conflict(ConflictCode::NoConfirmedOwner) => "Machen Sie zuerst jemanden zum Inhaber.".into(),
        Cause::TooManyRequests => "Wird gleich automatisch wiederholt.".into(),
        Cause::ServerFailed { .. } => {
            "Wird automatisch wiederholt. Bleibt es so, wenden Sie sich an den Betreiber.".into()
        }
        Cause::NotTheApi { .. } => {
            "Vielleicht fehlt der Adresse der Pfad (https://HOST/PFAD), oder eine Anmeldeseite des Netzes ist im Weg."
                .into()
        }
        Cause::UnsafeAddress(_) => "Nichts wurde geöffnet. Sagen Sie es dem Betreiber des Servers.".into(),
        Cause::Redirected { .. } => "Wenn Sie dieser Adresse vertrauen, tragen Sie sie ein.".into(),
        Cause::NoBrowser => "Öffnen Sie die Adresse auf einem anderen Rechner.".into(),
        Cause::BrowserFailed(_) => "Öffnen Sie die Adresse selbst, oder nennen Sie in BROWSER Ihren Browser.".into(),
        Cause::NoClipboard => "Markieren Sie den Text mit der Maus.".into(),
        Cause::NotWritten(it) if it.fault == FileFault::Exists => {
            "Wählen Sie einen anderen Namen, oder ersetzen Sie sie.".into()
        }
        Cause::NotWritten(_) => "Wählen Sie einen anderen Ort.".into(),
        _ if error.operation.writes() => "Prüfen Sie den aktuellen Stand und versuchen Sie es noch einmal.".into(),
        _ => format!("{} versucht es noch einmal.", key(Command::Refresh)),
    }
}

fn not_opened(program: &str, why: &NotOpened) -> String {
    match why {
        NotOpened::Missing => format!("{program} nicht gefunden"),
        NotOpened::TakesTerminal => format!("{program} würde dieses Terminal belegen"),
        NotOpened::Code(code) => format!("{program} endete mit Code {code}"),
        NotOpened::Signal(signal) => format!("{program} wurde durch Signal {signal} beendet"),
        NotOpened::NotStarted(words) => format!("{program} startete nicht: {words}"),
    }
}

fn not_written(path: &str, fault: &FileFault) -> String {
    match fault {
        FileFault::Exists => format!("{path} existiert schon"),
        FileFault::NoFolder => format!("der Ordner von {path} existiert nicht"),
        FileFault::NotAFile => format!("{path} ist keine reguläre Datei"),
        FileFault::NotAllowed => format!("keine Berechtigung, {path} zu schreiben"),
        FileFault::ReadOnly => format!("{path} liegt auf einem schreibgeschützten Datenträger"),
        FileFault::Full => format!("Datenträger voll bei {path}"),
        FileFault::Other(words) => format!("{path}: {words}"),
    }
}

fn endless_list(endless: &Endless) -> String {
    match endless {
        Endless::SameToken => "die Liste endet nie: der Server schickt dieselbe Seite noch einmal".into(),
        Endless::MoreThan(rows) => {
            format!("die Liste endet nie: der Server nannte {rows} Zeilen, schickt aber immer mehr")
        }
        Endless::Empty => "die Liste endet nie: der Server schickt immer neue leere Seiten".into(),
        Endless::TooLong => "die Liste endet nie: das Laden wurde beendet".into(),
    }
}

fn extra_part(address: &str, extra: Extra) -> String {
    match extra {
        Extra::Credentials => format!("die Serveradresse enthält Benutzername oder Passwort ({address})"),
        Extra::Query => format!("die Serveradresse enthält etwas hinter ? oder # ({address})"),
    }
}

fn extra_hint(extra: Extra) -> &'static str {
    match extra {
        Extra::Credentials => "Entfernen Sie das; mspdash meldet sich mit Client-ID und Geheimnis des Profils an.",
        Extra::Query => "Entfernen Sie das; die Adresse endet mit dem Pfad.",
    }
}
