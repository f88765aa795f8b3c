//! Companies out of a file or a paste.

use crate::app::features::import::Kind;
use crate::domain::field::Problem;
use crate::domain::import::columns::Field;
use crate::domain::import::plan::Refusal;
use crate::domain::import::row::Reason;
use crate::domain::import::table::Unreadable;
use crate::i18n::types::import::Import;

pub(super) const TEXTS: Import = Import {
    field,
    reason: |reason| match reason {
        Reason::Field(field, problem) => wrong(*field, problem),
        Reason::NotAUuid => "die Konto-ID hat nicht 26 Großbuchstaben und Ziffern".into(),
        Reason::Cells(has, wanted) => {
            format!("{has} Zellen, die Kopfzeile hat {wanted}; Zellen mit Trennzeichen brauchen Anführungszeichen")
        }
        Reason::NoKey => "weder Name noch Nummer".into(),
        Reason::Repeats(line) => format!("dieselbe Firma wie in Zeile {line}"),
        Reason::Total => "eine Summe, keine Firma".into(),
    },
    refusal: |refusal| match refusal {
        Refusal::NameMissing => "keine Firma hat diese Nummer, und eine neue braucht einen Namen".into(),
        Refusal::Unlinked => "diese Firma ist getrennt; verknüpfen Sie sie zuerst wieder".into(),
        Refusal::NoSuchCompany => "die gewählte Firma gibt es nicht mehr".into(),
        Refusal::CannotUnlink => "ein Import trennt keine Firmen; dafür gibt es Trennen".into(),
        Refusal::Repeats(line) => format!("dieselbe Firma wie in Zeile {line}"),
        Refusal::Field(field, problem) => wrong(*field, problem),
        Refusal::Other(said) => said.clone(),
    },
    unreadable: |why| match why {
        Unreadable::Empty => "es enthält keinen Text".into(),
        Unreadable::TooMany(rows) => format!("{rows} Zeilen, ein Import nimmt höchstens 100.000; teilen Sie die Datei"),
        Unreadable::OpenQuote(line) => format!("das Anführungszeichen in Zeile {line} ist nicht geschlossen"),
    },
    title: |file| match file {
        None => "Firmen importieren".into(),
        Some("") => "Eingefügtes importieren".into(),
        Some(file) => format!("{file} importieren"),
    },
    prompt: "Eine CSV-Datei, der Export eines PSA oder die als Text gesicherte Liste der Webkonsole",
    paste_hint: "Oder die Liste im Browser kopieren und in die Firmenliste einfügen.",
    file_keys: "↵ lesen · Esc abbrechen",
    reading: "wird gelesen",
    waiting_keys: "Esc abbrechen",
    columns_hint: "Welche Spalte ist was? Noch wird nichts geändert.",
    encoding: |name| format!("Gelesen als {name}."),
    broken: |count| format!("{count} Zeichen waren nicht lesbar; sie erscheinen als \u{fffd}."),
    column: |number| format!("Spalte {number}"),
    nothing: "nicht verwendet",
    needs_key: "Wählen Sie die Spalte mit dem Namen oder der Nummer der Firma.",
    unsure: "Was unklar bleibt, wird nicht verwendet.",
    columns_keys: "↑↓ Spalte · ←→ was sie ist · - nicht verwenden · ↵ Vorschau · Esc abbrechen",
    checking: |done, all| format!("{done} von {all} Zeilen geprüft"),
    all: "Alle",
    kind: |kind| match kind {
        Kind::New => "Neu",
        Kind::Changed => "Geändert",
        Kind::Unchanged => "Unverändert",
        Kind::Ambiguous => "Unklar",
        Kind::Rejected => "Abgelehnt",
    },
    no_rows: "Keine Zeilen.",
    no_limit: "keins",
    as_new: "eine neue Firma",
    nothing_to_do: "Nichts zu ändern.",
    known_anew: "Nichts zu ändern; was die Tabelle zeigt, wird als heute gesehen notiert.",
    accepted: |count, number| {
        if count == 1 { "1 Zeile wird importiert.".into() } else { format!("{number} Zeilen werden importiert.") }
    },
    preview_keys: "↵ importieren · Tab Art · ↑↓ Zeile · ←→ entscheiden · m Spalten · Esc abbrechen",
    running: |done, all| format!("{done} von {all} Zeilen importiert"),
    running_keys: "Esc anhalten",
    stopping: "Hält nach diesen Zeilen an.",
    stopped: |done, all| format!("Nach {done} von {all} Zeilen angehalten."),
    stopped_keys: |key| format!("{key} fortsetzen · Esc schließen"),
    not_in_file: |count, number, names| {
        let companies = if count == 1 { "Firma fehlt" } else { "Firmen fehlen" };
        let more = if count > 5 { ", …" } else { "" };
        format!("{number} {companies} in diesem Import, dort ändert sich nichts: {names}{more}")
    },
    undo_hint: |key| format!("{key} nimmt den ganzen Import zurück, solange sonst nichts seine Firmen geändert hat."),
    end_keys: "Esc schließen",
};

fn field(field: Field) -> &'static str {
    match field {
        Field::Name => "Name",
        Field::ExternalId => "Externe ID",
        Field::AccountUuid => "Konto-ID",
        Field::Website => "Website",
        Field::Country => "Land oder Region",
        Field::Status => "Status",
        Field::FilledSeats => "Belegte Plätze",
        Field::SeatLimit => "Platzlimit",
        Field::Tags => "Schlagwörter",
        Field::Quantity => "Menge",
        Field::Product => "Produkt",
        Field::LineStatus => "Status der Position",
    }
}

fn wrong(at: Field, problem: &Problem) -> String {
    let name = field(at);
    match problem {
        Problem::Required => format!("{name}: fehlt"),
        Problem::NotANumber => format!("{name}: keine ganze Zahl bis 1.000.000"),
        problem => format!("{name}: {}", (super::form::TEXTS.problem)(problem)),
    }
}
