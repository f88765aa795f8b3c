//! Commands, and what was being done when something failed, in German.

use crate::app::command::Command;
use crate::domain::trouble::What;
use crate::words::CommandWords;

pub(in crate::words) fn what(what: What) -> &'static str {
    match what {
        What::Start => "Start nicht möglich",
        What::SignIn => "Anmeldung nicht möglich",
        What::ListCompanies => "Firmen nicht geladen",
        What::Changes => "Neuigkeiten nicht abgefragt",
        What::LoadCompany => "Firma nicht geladen",
        What::EditCompany => "Firma nicht geändert",
        What::Launch => "Start der Firma nicht möglich",
        What::OpenBrowser => "Browser nicht geöffnet",
        What::Copy => "Nicht kopiert",
        What::Preflight => "Trennung nicht geprüft",
        What::Unlink => "Nicht getrennt",
        What::LoadSetup => "Checkliste nicht geladen",
        What::EditSetup => "Schritt nicht geändert",
        What::LoadPeople => "Personen nicht geladen",
        What::LoadGroups => "Gruppen nicht geladen",
        What::AddCompany => "Firma nicht angelegt",
        What::LoadLinks => "Verknüpfungen nicht geladen",
        What::AcceptLink => "Verknüpfung nicht angenommen",
        What::CancelLink => "Verknüpfung nicht abgebrochen",
        What::ChangeGroup => "Gruppe nicht geändert",
        What::ChangePerson => "Person nicht geändert",
        What::Recover => "Wiederherstellung nicht möglich",
        What::LoadRecoveries => "Wiederherstellungen nicht geladen",
        What::LoadVaults => "Tresore nicht geladen",
        What::GrantVault => "Zugriff auf den Tresor nicht erhalten",
        What::LoadUsage => "Nutzung nicht geladen",
        What::LoadActivity => "Verlauf nicht geladen",
        What::Export => "Datei nicht geschrieben",
        What::Undo => "Nicht zurückgenommen",
        What::Rehearse => "Änderung nicht geprüft",
    }
}

pub(in crate::words) fn unknown(what: What) -> &'static str {
    match what {
        What::EditCompany => "Unbekannt, ob die Firma geändert wurde",
        // What was launched is what was opened; the server's record of it is another matter.
        What::Launch => "Nichts wurde geöffnet, der Start kann aber verzeichnet sein",
        What::Unlink => "Unbekannt, ob sie getrennt wurde",
        What::EditSetup => "Unbekannt, ob der Schritt geändert wurde",
        What::AddCompany => "Unbekannt, ob die Firma angelegt wurde",
        What::AcceptLink => "Unbekannt, ob die Verknüpfung angenommen wurde",
        What::CancelLink => "Unbekannt, ob die Verknüpfung abgebrochen wurde",
        What::ChangeGroup => "Unbekannt, ob die Gruppe geändert wurde",
        What::ChangePerson => "Unbekannt, ob die Person geändert wurde",
        What::Recover => "Unbekannt, ob die Wiederherstellung geändert wurde",
        What::GrantVault => "Unbekannt, ob Sie Zugriff auf den Tresor haben",
        What::Undo => "Unbekannt, ob es zurückgenommen wurde",
        _ => "Unbekannt, ob es geschehen ist",
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one row each")]
pub(in crate::words) fn command(command: Command) -> CommandWords {
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
