//! The form for what was seen of a company in the web console.

use crate::app::features::declare::{DeclareField, DeclareProblem};
use crate::i18n::types::declare::Declare;

pub(super) const TEXTS: Declare = Declare {
    title: "Was die Webkonsole zeigt",
    explain: "Was Sie nicht nachgesehen haben, bleibt leer.",
    field: |field| match field {
        DeclareField::Owners => "Inhaber",
        DeclareField::Seats => "Belegte Plätze",
        DeclareField::Limit => "Platzlimit",
        DeclareField::Recoveries => "Wiederherst.",
        DeclareField::Status => "Status",
        DeclareField::Day => "Gesehen am",
    },
    hint: |field| match field {
        DeclareField::Owners => "mit Kommas dazwischen; - wenn niemand bestätigt ist",
        DeclareField::Seats => "eine ganze Zahl",
        DeclareField::Limit => "0, wenn es keines gibt",
        DeclareField::Recoveries => "eine ganze Zahl; 0, wenn keine offen ist",
        DeclareField::Status => "← → wählen",
        DeclareField::Day => "z. B. 2026-11-28",
    },
    not_seen: "nicht nachgesehen",
    problem: |problem| match problem {
        DeclareProblem::NotANumber => "muss eine ganze Zahl sein, höchstens 1.000.000",
        DeclareProblem::NameTooLong => "ein Name hat höchstens 100 Zeichen",
        DeclareProblem::NotADay => "muss ein vergangener Tag oder Zeitpunkt sein, etwa 28.11.2026",
        DeclareProblem::Nothing => "mindestens eine Angabe ist nötig",
    },
    saving: "Wird gespeichert",
    asking: "Esc noch einmal verwirft das Eingegebene.",
    keys: "Tab ↑↓ Felder · ↵ speichern · Esc abbrechen",
};
