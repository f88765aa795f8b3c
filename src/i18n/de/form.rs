//! The form of a company, new or edited.

use crate::app::features::form::{Field, Problem};
use crate::domain::lang::Lang;
use crate::i18n::country;
use crate::i18n::types::form::Form;

pub(super) const TEXTS: Form = Form {
    title: "Neue Firma",
    edit: |name| format!("{name} ändern"),
    add: "Neue Firma anlegen",
    add_help: "Ein neues 1Password-Konto, von Anfang an von Ihnen verwaltet.",
    link: "Bestehendes Konto verknüpfen",
    link_help: "Ein Inhaber der Firma hat es begonnen und Ihnen einen Bestätigungslink geschickt.",
    choice_keys: "↵ wählen · ↑↓ bewegen · Esc abbrechen",
    field: |field| match field {
        Field::Name => "Name",
        Field::Website => "Website",
        Field::Country => "Land oder Region",
        Field::More => "Adresse …",
        Field::Street(0) => "Straße und Nummer",
        Field::Street(_) => "Adresszusatz",
        Field::Town => "Ort",
        Field::Region => "Bundesstaat, Provinz",
        Field::PostalCode => "Postleitzahl",
        Field::ExternalId => "Externe ID",
        Field::Tags => "Schlagwörter",
        Field::Note => "Notiz",
        Field::SeatLimit => "Platzlimit",
        Field::Save => "Speichern",
        Field::Cancel => "Abbrechen",
    },
    hint: |field| match field {
        Field::Name => "erforderlich, höchstens 100 Zeichen",
        Field::Website => "optional; https:// wird ergänzt",
        Field::Country => "tippen, um zu suchen",
        Field::More => "↵ zeigt Straße, Ort und Postleitzahl; alles darf leer bleiben",
        Field::ExternalId => "Ihre eigene ID für diesen Kunden",
        Field::Tags => "durch Kommas getrennt",
        Field::SeatLimit => "leer heißt unbegrenzt",
        _ => "",
    },
    problem: |problem| match problem {
        Problem::Required => "Name erforderlich".into(),
        Problem::TooLong(most) => format!("länger als {most} Zeichen"),
        Problem::NotAnAddress => "keine Webadresse (z. B. example.com)".into(),
        Problem::ChooseCountry => "bitte ein Land oder eine Region wählen".into(),
        Problem::NoSuchCountry => "kein solches Land".into(),
        Problem::PostalCode { country, example } => postal_code(country, example.as_deref()),
        Problem::TooManyTags(most) => format!("mehr als {most} Schlagwörter"),
        Problem::TagTooLong(most) => format!("ein Schlagwort ist länger als {most} Zeichen"),
        Problem::NotAnEmail => "eine E-Mail-Adresse wie mira@example.com".into(),
        Problem::NotANumber => "eine Zahl von 0 (unbegrenzt) bis 1.000.000".into(),
        Problem::Server(said) => said.clone(),
    },
    region: |region| {
        format!("Das Land betrifft nur die Adresse. Die Daten liegen in {region}, der Region Ihres MSP-Kontos.")
    },
    no_country: "kein solches Land",
    more_countries: |more| format!("und {more} weitere"),
    alike: "Es gibt schon eine Firma mit diesem Namen:",
    nearly: "Es gibt eine Firma mit ähnlichem Namen:",
    alike_again: "Andere Firma? Dann noch einmal Speichern wählen.",
    changed: "Jemand anderes hat diese Firma geändert. Ihre Eingaben bleiben; prüfen Sie die markierten Felder und speichern Sie noch einmal.",
    theirs: |text| {
        if text.is_empty() { "von jemand anderem geleert".into() } else { format!("jemand anderes schrieb: {text}") }
    },
    taken_in: "von jemand anderem geändert, neuer Wert",
    save: "Speichern",
    cancel: "Abbrechen",
    sending: "wird gespeichert",
    reloading: "Änderungen werden geladen",
    asking: "Änderungen verwerfen? Esc oder Strg-C verwirft sie, jede andere Taste kehrt zurück.",
    keys: "Tab ↑↓ Felder · ^s speichern · F1 Tasten · Esc abbrechen",
    keys_finding: "↑↓ wählen · ↵ übernehmen · Esc Suche verwerfen",
    added: |name| format!("{name} wurde angelegt."),
    added_next: "Melden Sie sich dort an, um sie einzurichten: Richtlinien, Wiederherstellung, Personen, Apps.",
    added_cleared: "Suche und Filter wurden zurückgesetzt; sie hätten sie verborgen.",
    guided_next: "Sie steht in dieser Liste. In 1Password legt sie die Webkonsole an, falls es sie dort nicht schon gibt.",
    guided_now: "Dort anlegen: Schritte zeigen",
    launch_now: "Jetzt anmelden und einrichten",
    later: "Später",
    added_keys: "↵ wählen · Tab: nächstes · Esc später",
};

fn postal_code(code: &str, example: Option<&str>) -> String {
    let country = country::name(code, Lang::De).unwrap_or(code);
    match example {
        Some(example) => format!("keine Postleitzahl in diesem Land: {country} (z. B. {example})"),
        None => format!("keine Postleitzahl in diesem Land: {country}"),
    }
}
