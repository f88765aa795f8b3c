//! Commands, their groups, and why one cannot run.

use crate::app::command::{Command, DisabledReason, Group};
use crate::domain::session::Permission;
use crate::i18n::Clock;
use crate::i18n::types::commands::CommandText;
use std::borrow::Cow;

#[expect(clippy::too_many_lines, reason = "a line or two for each command")]
pub(super) fn command(command: Command) -> CommandText {
    let (label, short, help) = match command {
        Command::Open => ("Firma öffnen", "öffnen", "Die ausgewählte Firma im Vollbild anzeigen."),
        Command::Launch => ("Bei der Firma anmelden", "anmelden", "Die Firma unter Ihrem Namen im Browser öffnen."),
        Command::LaunchStep => ("In 1Password öffnen", "in 1Password", "In 1Password die Stelle zum Schritt öffnen."),
        Command::AddOwner => ("Inhaber hinzufügen", "Inhaber", "Zum Tab Personen, um jemanden zum Inhaber zu machen."),
        Command::Unlink => ("Trennen", "trennen", "Verwaltung beenden; prüft vorher und fragt nach."),
        Command::ToggleStep => ("Schritt ändern", "Schritt", "Offen, begonnen, erledigt oder nicht nötig wählen."),
        Command::EditNote => ("Notiz zum Schritt", "Notiz", "Eine Notiz zum ausgewählten Schritt schreiben."),
        Command::Copy => ("Kopieren", "kopieren", "Auswahl, Name, Adresse, ID oder einen Block fürs Ticket kopieren."),
        Command::CopyId => ("ID kopieren", "ID kopieren", "ID der Firma oder der markierten Firmen kopieren."),
        Command::Search => ("Suchen", "suchen", "Namen, Websites, Schlagwörter und IDs durchsuchen."),
        Command::Sort => ("Sortieren", "sortieren", "Nach Status, Plätzen, Name, Einrichtung, Inhabern."),
        Command::Reverse => ("Umkehren", "umkehren", "Die Reihenfolge der Liste umkehren."),
        Command::Filter => ("Filtern", "filtern", "Nur bestimmte Status, Hinweise oder Schlagwörter."),
        Command::Technicians => (
            "Techniker",
            "Techniker",
            "Die Techniker Ihres MSP: anlegen, Rolle, Codes für Zugänge, entziehen. Für Inhaber.",
        ),
        Command::Accounts => ("MSP-Konten", "Konten", "Ein MSP-Konto oder alle anzeigen, mit ihrem Zustand."),
        Command::ClearAll => ("Alles zurücksetzen", "zurücksetzen", "Suche, Sortierung und Filter zurücksetzen."),
        Command::Refresh => ("Aktualisieren", "aktualisieren", "Jetzt die neuesten Daten laden."),
        Command::Down => ("Abwärts", "ab", "Eine Zeile nach unten."),
        Command::Up => ("Aufwärts", "auf", "Eine Zeile nach oben."),
        Command::Top => ("Erste Zeile", "Anfang", "Zur ersten Zeile."),
        Command::Bottom => ("Letzte Zeile", "Ende", "Zur letzten Zeile."),
        Command::PageDown => ("Seite abwärts", "Seite ab", "Eine Seite nach unten."),
        Command::PageUp => ("Seite aufwärts", "Seite auf", "Eine Seite nach oben."),
        Command::HalfPageDown => ("Halbe Seite ab", "halbe Seite ab", "Eine halbe Seite nach unten."),
        Command::HalfPageUp => ("Halbe Seite auf", "halbe Seite auf", "Eine halbe Seite nach oben."),
        Command::NextTab => ("Nächster Tab", "nächster Tab", "Den nächsten Tab der Firma anzeigen."),
        Command::PreviousTab => ("Voriger Tab", "voriger Tab", "Den vorigen Tab der Firma anzeigen."),
        Command::NewCompany => ("Neue Firma", "neue Firma", "Firma anlegen oder bestehendes Konto verknüpfen."),
        Command::Declare => {
            ("Gesehenes notieren", "gesehen", "Inhaber, Plätze und Status notieren, wie die Webkonsole sie zeigt.")
        }
        Command::EditCompany => ("Firma bearbeiten", "bearbeiten", "Name, Website, Adresse, Schlagwörter usw. ändern."),
        Command::Tag => ("Schlagwörter", "Schlagwörter", "Schlagwörter dieser oder markierter Firmen ändern."),
        Command::Snooze => ("Zurückstellen", "zurückstellen", "Hinweise für Tag, Woche oder Monat ausblenden."),
        Command::Mark => ("Markieren", "markieren", "Die ausgewählte Firma markieren oder nicht mehr."),
        Command::MarkAll => ("Alle markieren", "alle markieren", "Jede angezeigte Firma markieren."),
        Command::Unmark => {
            ("Markierungen aufheben", "Mark. aufheben", "Alle Markierungen aufheben, auch ausgeblendete.")
        }
        Command::Bulk => ("Aktionen für Markierte", "Aktionen für", "Anmelden, einrichten, exportieren, trennen usw."),
        Command::Import => ("Import", "importieren", "Firmen aus Datei oder Zwischenablage, erst zur Ansicht."),
        Command::Export => ("Exportieren", "exportieren", "Markierte oder alle angezeigten Firmen als CSV."),
        Command::Pin => ("Anheften", "anheften", "Die Firma anheften oder lösen; das sehen nur Sie."),
        Command::AttendRecovery => {
            ("Wiederherst. beenden", "Wiederh. beenden", "Die Wiederherstellung abschließen, die auf Sie wartet.")
        }
        Command::AttendLink => ("Ihren Link annehmen", "Link annehmen", "Den Link des Inhabers einfügen."),
        Command::AttendOwner => ("Inhaber einladen", "einladen", "Die Personen in 1Password öffnen, zum Einladen."),
        Command::AttendSetup => ("Zur Einrichtung", "zur Einrichtung", "Zum Tab Einrichtung der Firma gehen."),
        Command::NextMatch => ("Nächster Treffer", "nächster Treffer", "Zum nächsten Treffer der behaltenen Suche."),
        Command::PreviousMatch => ("Voriger Treffer", "voriger Treffer", "Zum vorigen Treffer der behaltenen Suche."),
        Command::Columns => ("Spalten", "Spalten", "Die Spalten der Liste und ihre Reihenfolge wählen."),
        Command::Views => ("Ansichten", "Ansichten", "Eine Ansicht wählen, oder die Liste so speichern."),
        Command::HideUnlinked => {
            ("Getrennte ausblenden", "ohne getrennte", "Getrennte Firmen ausblenden, oder am Ende anzeigen.")
        }
        Command::Urgent => ("Mit Hinweis", "Hinweise", "Firmen mit Hinweis, das Dringendste zuerst."),
        Command::FindPerson => ("Personen suchen", "Person suchen", "Namen, E-Mail-Adressen und Gruppen durchsuchen."),
        Command::MakeOwner => ("Zum Inhaber machen", "zum Inhaber", "Die Person in die Gruppe Inhaber aufnehmen."),
        Command::MakeAdministrator => {
            ("Zum Administrator", "zum Admin.", "Die Person in die Gruppe Administratoren aufnehmen.")
        }
        Command::TakeAway => ("Rolle entziehen", "Rolle entziehen", "Die Inhaber- oder Administratorrolle entziehen."),
        Command::Suspend => ("Sperren, reaktivieren", "sperren", "Die ausgewählte Person sperren oder reaktivieren."),
        Command::Recover => ("Wiederherstellen", "wiederherst.", "Wiederherstellung beginnen oder abschließen."),
        Command::CancelRecovery => {
            ("Wiederherst. abbrechen", "W. abbrechen", "Eine offene Wiederherstellung abbrechen.")
        }
        Command::ViewVault => ("Tresor ansehen", "Tresor ansehen", "Den ausgewählten Tresor im Browser öffnen."),
        Command::GrantVault => ("Mir Zugriff geben", "Zugriff", "Sich Zugriff auf den ausgewählten Tresor geben."),
        Command::AcceptLink => ("Verknüpfung annehmen", "verknüpfen", "Den Bestätigungslink eines Inhabers einfügen."),
        Command::CancelLink => {
            ("Verknüpfung abbrechen", "Verkn. abbrechen", "Die ausgewählte Verknüpfungsanfrage abbrechen.")
        }
        Command::OwnerPage => ("Seite des Inhabers", "Inhaberseite", "Beispieldaten: die Seite eines Inhabers öffnen."),
        Command::Period => ("Zeitraum", "Zeitraum", "Diesen, den letzten oder einen anderen Monat wählen."),
        Command::UsageSort => {
            ("Nutzung sortieren", "Tabelle sortieren", "Die Tabelle nach einer anderen Spalte sortieren.")
        }
        Command::UsageReverse => ("Nutzung umkehren", "Tabelle umkehren", "Die Reihenfolge der Tabelle umkehren."),
        Command::FindUsage => {
            ("Nutzung durchsuchen", "Tabelle durchsuchen", "Die Firmen der Tabelle beim Tippen durchsuchen.")
        }
        Command::UsageExport => {
            ("Nutzung exportieren", "Tabelle exportieren", "Die gezeigte Nutzung als CSV schreiben.")
        }
        Command::UsageZero => ("Achse ab null", "Achse", "Die Achse bei null beginnen, oder nahe dem kleinsten Wert."),
        Command::ActivityFilter => {
            ("Verlauf filtern", "Verlauf filtern", "Nur einen Techniker, eine Firma oder eine Aktion.")
        }
        Command::ActivityClear => ("Verlaufsfilter löschen", "Filter löschen", "Wieder den ganzen Verlauf anzeigen."),
        Command::ShowCompanies => ("Firmen", "Firmen", "Die verwalteten Firmen anzeigen."),
        Command::ShowLinks => ("Verknüpfungen", "Verknüpfungen", "Verknüpfungen anzeigen, und wer an der Reihe ist."),
        Command::ShowRecoveries => {
            ("Wiederherstellungen", "Wiederherst.", "Offene Wiederherstellungen, die älteste zuerst.")
        }
        Command::ShowUsage => ("Nutzung", "Nutzung", "Tägliche Plätze und Nettonutzung aller Firmen."),
        Command::ShowActivity => ("Verlauf", "Verlauf", "Anzeigen, wer was in welcher Firma getan hat."),
        Command::ShowTasks => ("Aufgaben", "Aufgaben", "Arbeit in der Webkonsole zeigen: Schritte, Stand, von wem."),
        Command::SinceVisit => {
            ("Seit letztem Besuch", "seit letztem Besuch", "Zeigt, wer seit Ihrem letzten Besuch was getan hat.")
        }
        Command::EndedTasks => {
            ("Beendete Aufgaben", "auch beendete", "Auch beendete Aufgaben zeigen, oder nur offene.")
        }
        Command::UsageTask => (
            "Nutzung aus 1Password",
            "Nutzung holen",
            "Eigene Firmen: die Schritte, mit denen die Webkonsole sie zeigt.",
        ),
        Command::Undo => ("Rückgängig", "rückgängig", "Letzte Änderung rückgängig machen."),
        Command::NextPane => ("Anderer Bereich", "anderer Bereich", "Zwischen Liste und Firma wechseln."),
        Command::NextCompany => {
            ("Nächste Firma", "nächste Firma", "Die nächste Firma der Liste zeigen, im selben Tab.")
        }
        Command::PreviousCompany => {
            ("Vorige Firma", "vorige Firma", "Die vorige Firma der Liste zeigen, im selben Tab.")
        }
        Command::PreviousPlace => ("Voriger Ort", "voriger Ort", "Zurück zu dem, was Sie zuvor angesehen haben."),
        Command::NextPlace => ("Nächster Ort", "nächster Ort", "Nach dem Zurückgehen wieder vorwärts."),
        Command::TogglePane => ("Bereich ausblenden", "Bereich aus", "Die Firma neben der Liste aus- oder einblenden."),
        Command::Back => ("Zurück", "zurück", "Offenes schließen oder zurückgehen."),
        Command::Details => ("Meldungen", "Meldungen", "Alle Meldungen seit dem Start; Fehler vollständig."),
        Command::Tour => ("Rundgang", "Rundgang", "Vier kurze Seiten: was Sie am ersten Tag brauchen."),
        Command::Theme => ("Farbschema", "Farben", "Die Farben wählen. Jedes Schema zeigt sich beim Bewegen."),
        Command::Palette => ("Gehe zu", "gehe zu", "Firma, Person, Tab oder Befehl nach Namen finden."),
        Command::ToggleMouse => ("Maus", "Maus", "Mit der Maus klicken und blättern, oder wieder Text markieren."),
        Command::Help => ("Hilfe", "Hilfe", "Die Tasten hier und die aller Befehle."),
        Command::Quit => ("Beenden", "beenden", "Beenden; in einer Firma zurück. Strg-C schließt erst."),
    };
    CommandText { label, short, help }
}

pub(super) fn group(group: Group) -> &'static str {
    match group {
        Group::Company => "Firma",
        Group::People => "Personen, Wiederherstellung, Tresore",
        Group::List => "Liste",
        Group::Marks => "Markierungen: viele Firmen auf einmal",
        Group::Links => "Verknüpfungen",
        Group::Usage => "Nutzung und Verlauf",
        Group::Screens => "Ansichten",
        Group::Move => "Bewegen",
        Group::General => "Allgemein",
    }
}

pub(super) fn disabled(reason: &DisabledReason, clock: &Clock) -> String {
    match reason {
        DisabledReason::NoCompany => "keine Firma ausgewählt".into(),
        DisabledReason::NothingHere => "hier ist nichts".into(),
        DisabledReason::ReadOnly => "Nur-Lesen-Modus ist an".into(),
        DisabledReason::ViewOnly => "Ihre Rolle darf nur lesen".into(),
        DisabledReason::NotPermitted(needed) => format!("Ihre Rolle darf nicht: {}", permission(needed)),
        DisabledReason::NotSignedIn => "noch nicht angemeldet".into(),
        DisabledReason::NotLetIn => "Zugriff verweigert; was zu tun ist, steht in den Fehlerdetails".into(),
        DisabledReason::NotFresh(Some(at)) => {
            format!("Daten vom {}; erst möglich, wenn der Server antwortet", clock.moment(*at))
        }
        DisabledReason::NotFresh(None) => "Daten von früher; erst möglich, wenn der Server antwortet".into(),
        DisabledReason::AlreadyUnlinked { trial_end: Some(end) } => {
            let verb = if *end > clock.now { "endet" } else { "endete" };
            format!("schon getrennt – Testphase {verb} {}", clock.day(*end))
        }
        DisabledReason::AlreadyUnlinked { trial_end: None } => "schon getrennt".into(),
        DisabledReason::NoStep => "im Tab Einrichtung einen Schritt auswählen".into(),
        DisabledReason::UnderWay => "läuft schon".into(),
        DisabledReason::NoCount => "nimmt keine Zahl; nichts wurde getan".into(),
        DisabledReason::NothingToClear => "nichts zurückzusetzen".into(),
        DisabledReason::OnlyInAttention => "nur unter „Mit Hinweis“".into(),
        DisabledReason::NotItsReason => "das ist nicht der Hinweis dieser Firma".into(),
        DisabledReason::NoneUnlinked => "keine Firma ist getrennt".into(),
        DisabledReason::NotSorted => "die Liste ist nicht sortiert".into(),
        DisabledReason::OnlyInCompany => "erst eine Firma öffnen".into(),
        DisabledReason::FirstVisit => "kein früherer Besuch ist bekannt".into(),
        DisabledReason::NoPlace => "kein weiterer Ort".into(),
        DisabledReason::Narrow(width) => format!("das Fenster braucht {width} Spalten"),
        DisabledReason::NothingFailed => "noch keine Meldungen".into(),
        DisabledReason::OnlyInList => "zum Markieren zu Firmen wechseln".into(),
        DisabledReason::NothingMarked => "keine Firma markiert".into(),
        DisabledReason::NoAttention => "kein Hinweis vorhanden".into(),
        DisabledReason::NothingToUndo => "nichts rückgängig zu machen".into(),
        DisabledReason::NoLink => "keine Verknüpfung ausgewählt".into(),
        DisabledReason::LinkOver => "diese Verknüpfung ist abgeschlossen".into(),
        DisabledReason::SampleWorkspace => {
            "die Firmen hier sind erfunden; mspdash init legt einen eigenen Arbeitsbereich an".into()
        }
        DisabledReason::NoOwnerPage => "nur offene Verknüpfungen der Beispieldaten haben diese Seite".into(),
        DisabledReason::PeopleAction(reason) => (super::people::TEXTS.disabled)(reason),
        DisabledReason::UsageElsewhere => "die Nutzung zeigt nur die Webkonsole von 1Password".into(),
        DisabledReason::OnlyOn(screen) => format!("nur in der Ansicht {}", command(screen.command()).label),
    }
}

pub(super) fn permission(permission: &Permission) -> Cow<'_, str> {
    match permission {
        Permission::View => "Firmen sehen".into(),
        Permission::Add => "Firmen anlegen".into(),
        Permission::Link => "Firmen verknüpfen".into(),
        Permission::Edit => "Firmen ändern".into(),
        Permission::Setup => "die Einrichtung ändern".into(),
        Permission::Launch => "bei Firmen anmelden".into(),
        Permission::Unlink => "Firmen trennen".into(),
        Permission::People => "Personen verwalten".into(),
        Permission::Recover => "Personen wiederherstellen".into(),
        Permission::Vaults => "Tresore verwalten".into(),
        Permission::Technicians => "Techniker verwalten".into(),
        Permission::Other(word) => Cow::Borrowed(word),
    }
}
