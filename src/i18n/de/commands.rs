//! Commands, and what was being done when something failed, in German.

use crate::app::command::Command;
use crate::domain::error::Operation;
use crate::i18n::CommandWords;

pub(in crate::i18n) fn what(what: Operation) -> &'static str {
    match what {
        Operation::Start => "Start nicht möglich",
        Operation::SignIn => "Anmeldung nicht möglich",
        Operation::ListCompanies => "Firmen nicht geladen",
        Operation::Changes => "Neuigkeiten nicht abgefragt",
        Operation::LoadCompany => "Firma nicht geladen",
        Operation::EditCompany => "Firma nicht geändert",
        Operation::Launch => "Start der Firma nicht möglich",
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
        Operation::Export => "Datei nicht geschrieben",
        Operation::Undo => "Nicht zurückgenommen",
        Operation::Rehearse => "Änderung nicht geprüft",
    }
}

pub(in crate::i18n) fn unknown(what: Operation) -> &'static str {
    match what {
        Operation::EditCompany => "Unbekannt, ob die Firma geändert wurde",
        // What was launched is what was opened; the server's record of it is another matter.
        Operation::Launch => "Nichts wurde geöffnet, der Start kann aber verzeichnet sein",
        Operation::Unlink => "Unbekannt, ob sie getrennt wurde",
        Operation::EditSetup => "Unbekannt, ob der Schritt geändert wurde",
        Operation::AddCompany => "Unbekannt, ob die Firma angelegt wurde",
        Operation::AcceptLink => "Unbekannt, ob die Verknüpfung angenommen wurde",
        Operation::CancelLink => "Unbekannt, ob die Verknüpfung abgebrochen wurde",
        Operation::ChangeGroup => "Unbekannt, ob die Gruppe geändert wurde",
        Operation::ChangePerson => "Unbekannt, ob die Person geändert wurde",
        Operation::Recover => "Unbekannt, ob die Wiederherstellung geändert wurde",
        Operation::GrantVault => "Unbekannt, ob Sie Zugriff auf den Tresor haben",
        Operation::Undo => "Unbekannt, ob es zurückgenommen wurde",
        _ => "Unbekannt, ob es geschehen ist",
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one row each")]
pub(in crate::i18n) fn command(command: Command) -> CommandWords {
    let (label, short, help) = match command {
        Command::Open => ("Firma öffnen", "öffnen", "Die gewählte Firma auf dem ganzen Schirm zeigen."),
        Command::Launch => ("Starten", "starten", "Im Browser bei der Firma anmelden, als man selbst."),
        Command::LaunchStep => {
            ("Beim Schritt starten", "zum Schritt", "Dort in 1Password starten, wo der gewählte Schritt getan wird.")
        }
        Command::AddOwner => {
            ("Inhaber hinzufügen", "Inhaber", "Die Personen der Firma zeigen, wo jemand Inhaber werden kann.")
        }
        Command::Unlink => ("Trennen", "trennen", "Prüfen, was eine Trennung bedeutet, dann die Verwaltung beenden."),
        Command::ToggleStep => {
            ("Schritt ändern", "Schritt", "Den Stand wählen: offen, begonnen, erledigt oder entfällt.")
        }
        Command::EditNote => ("Notiz zum Schritt", "Notiz", "Eine Notiz zum gewählten Schritt schreiben."),
        Command::Copy => ("Kopieren", "kopieren", "Namen kopieren, auch die der markierten Firmen."),
        Command::CopyId => ("Kennung kopieren", "Kennung", "Kennung kopieren, auch die der markierten Firmen."),
        Command::Search => ("Suchen", "suchen", "Beim Tippen in Namen, Websites, Schlagworten, Nummern suchen."),
        Command::Sort => ("Ordnen", "ordnen", "Nach Status, Plätzen, Name, Einrichtung oder Inhabern ordnen."),
        Command::Reverse => ("Umkehren", "umkehren", "Die Ordnung der Liste umkehren."),
        Command::Filter => ("Filtern", "filtern", "Nur manche Status, Hinweise oder Schlagworte zeigen."),
        Command::Accounts => ("MSP-Konten", "Konten", "Ein MSP-Konto oder alle zeigen, und wie es um jedes steht."),
        Command::ClearAll => ("Alles zurücksetzen", "alles zurück", "Suche, Ordnung und Filter auf einmal verwerfen."),
        Command::Refresh => ("Auffrischen", "auffrischen", "Den Server jetzt nach Neuem fragen."),
        Command::Down => ("Abwärts", "ab", "Eine Zeile nach unten."),
        Command::Up => ("Aufwärts", "auf", "Eine Zeile nach oben."),
        Command::Top => ("Erste Zeile", "Anfang", "Zur ersten Zeile."),
        Command::Bottom => ("Letzte Zeile", "Ende", "Zur letzten Zeile."),
        Command::PageDown => ("Seite abwärts", "Seite ab", "Eine Seite nach unten."),
        Command::PageUp => ("Seite aufwärts", "Seite auf", "Eine Seite nach oben."),
        Command::NextTab => ("Nächster Reiter", "Reiter", "Den nächsten Reiter der Firma zeigen."),
        Command::PreviousTab => ("Voriger Reiter", "Reiter davor", "Den vorigen Reiter der Firma zeigen."),
        Command::NewCompany => {
            ("Neue Firma", "neue Firma", "Eine neue Firma anlegen oder ein bestehendes Konto verknüpfen.")
        }
        Command::EditCompany => {
            ("Firma bearbeiten", "bearbeiten", "Name, Website, Anschrift, Schlagworte, Notiz und Nummer ändern.")
        }
        Command::Tag => ("Schlagworte", "Schlagworte", "Schlagworte der gewählten oder markierten Firmen ändern."),
        Command::Snooze => (
            "Hinweise aufschieben",
            "später",
            "Hinweise dieser Firma für einen Tag, eine Woche oder einen Monat ruhen lassen.",
        ),
        Command::Mark => ("Markieren", "markieren", "Die gewählte Firma markieren oder die Marke wegnehmen."),
        Command::MarkAll => ("Alle markieren", "alle markieren", "Jede Firma markieren, die die Liste zeigt."),
        Command::Unmark => {
            ("Marken wegnehmen", "keine Marken", "Alle Marken wegnehmen, auch von Firmen, die nicht gezeigt sind.")
        }
        Command::Bulk => (
            "Aktionen für Markierte",
            "Aktionen für",
            "Alle markierten Firmen starten, einordnen, einrichten, ausgeben oder trennen.",
        ),
        Command::Export => {
            ("Ausgeben", "ausgeben", "Die markierten oder alle gezeigten Firmen in eine CSV-Datei schreiben.")
        }
        Command::Urgent => {
            ("Was drängt", "Hinweise", "Firmen zeigen, die Aufmerksamkeit brauchen, das Dringendste zuerst.")
        }
        Command::FindPerson => {
            ("Personen suchen", "Person suchen", "In Namen, Adressen und Gruppen der Personen suchen.")
        }
        Command::MakeOwner => {
            ("Zum Inhaber machen", "zum Inhaber", "Die gewählte Person in die Gruppe Inhaber aufnehmen.")
        }
        Command::MakeAdministrator => {
            ("Zum Administrator", "zum Admin.", "Die gewählte Person in die Gruppe Administratoren aufnehmen.")
        }
        Command::TakeAway => {
            ("Wegnehmen", "wegnehmen", "Die gewählte Person aus Inhabern oder Administratoren nehmen.")
        }
        Command::Suspend => ("Sperren, reaktivieren", "sperren", "Die gewählte Person sperren oder reaktivieren."),
        Command::Recover => {
            ("Wiederherstellen", "wiederherst.", "Eine Wiederherstellung beginnen oder eine wartende abschließen.")
        }
        Command::CancelRecovery => {
            ("Wiederherst. abbrechen", "W. abbrechen", "Eine offene Wiederherstellung zurücknehmen.")
        }
        Command::ViewVault => ("Tresor ansehen", "Tresor ansehen", "Beim gewählten Tresor starten."),
        Command::GrantVault => ("Mir Zugriff geben", "Zugriff", "Sich selbst Zugriff auf den gewählten Tresor geben."),
        Command::AcceptLink => (
            "Verknüpfung annehmen",
            "verknüpfen",
            "Den Bestätigungslink einfügen, den ein Inhaber der Firma geschickt hat.",
        ),
        Command::CancelLink => ("Verknüpfung abbrechen", "Verkn. abbrechen", "Die gewählte Verknüpfung zurücknehmen."),
        Command::OwnerPage => (
            "Seite des Inhabers",
            "Inhaberseite",
            "Beispiel: die Seite öffnen, auf der ein Inhaber der Firma antwortet.",
        ),
        Command::Period => ("Zeitraum", "Zeitraum", "Den Monat wählen: diesen, den letzten oder einen anderen."),
        Command::UsageSort => ("Nutzung ordnen", "Tabelle ordnen", "Die Tabelle nach einer anderen Spalte ordnen."),
        Command::UsageReverse => ("Nutzung umkehren", "Tabelle umkehren", "Die Ordnung der Tabelle umkehren."),
        Command::ActivityFilter => {
            ("Verlauf filtern", "eingrenzen", "Nur eine Person, eine Firma oder eine Art von Handlung zeigen.")
        }
        Command::ActivityClear => ("Ganzen Verlauf zeigen", "alles zeigen", "Die Filter des Verlaufs verwerfen."),
        Command::ShowCompanies => ("Firmen", "Firmen", "Die verwalteten Firmen zeigen."),
        Command::ShowLinks => {
            ("Verknüpfungen", "Verknüpfungen", "Konten zeigen, die verknüpft werden, und wer auf wen wartet.")
        }
        Command::ShowRecoveries => (
            "Wiederherstellungen",
            "Wiederherst.",
            "Offene Wiederherstellungen aller Firmen zeigen, die älteste zuerst.",
        ),
        Command::ShowUsage => ("Nutzung", "Nutzung", "Tägliche Plätze und Nettonutzung aller Firmen zeigen."),
        Command::ShowActivity => ("Verlauf", "Verlauf", "Zeigen, wer mit welcher Firma was getan hat."),
        Command::Undo => (
            "Rückgängig",
            "rückgängig",
            "Die letzte Änderung an Schlagworten, Notiz, Schritt oder Gruppe zurücknehmen.",
        ),
        Command::NextPane => ("Andere Hälfte", "andere Hälfte", "Zwischen Liste und Firma wechseln."),
        Command::Back => ("Zurück", "zurück", "Eine Ebene zurück."),
        Command::Details => ("Was schiefging", "was war", "Den letzten Fehler ganz zeigen."),
        Command::Palette => ("Befehle", "Befehle", "Einen Befehl beim Namen finden."),
        Command::Help => ("Hilfe", "Hilfe", "Alle Befehle und ihre Tasten zeigen."),
        Command::Quit => ("Beenden", "beenden", "mspdash verlassen; Strg-C schließt zuerst Offenes."),
    };
    CommandWords { label, short, help }
}
