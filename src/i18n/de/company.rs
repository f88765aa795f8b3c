//! One company: its tabs and the tab *Overview*.

use super::{n, one};
use crate::app::features::overview::Field;
use crate::app::model::Tab;
use crate::domain::facts::FactSource;
use crate::i18n::types::company::Company;

pub(super) const TEXTS: Company = Company {
    none: "Keine Firma ausgewählt",
    none_hint: |down, up| format!("Auswahl mit {down} und {up}"),
    gone_hint: |key| format!("{key} führt zurück zur Liste"),
    gone: "Diese Firma ist nicht mehr in der Liste",
    tab: |tab| match tab {
        Tab::Overview => "Überblick",
        Tab::Setup => "Einrichtung",
        Tab::People => "Personen",
        Tab::Vaults => "Tresore",
        Tab::Usage => "Nutzung",
        Tab::Activity => "Verlauf",
    },
    field: |field| match field {
        Field::State => "Status",
        Field::Attention => "Hinweis",
        Field::Seats => "Belegte Plätze",
        Field::Owners => "Inhaber",
        Field::Setup => "Einrichtung",
        Field::ExternalId => "Externe ID",
        Field::Website => "Website",
        Field::Address => "Adresse",
        Field::Region => "Datenregion",
        Field::SignIn => "Anmeldung",
        Field::Recoveries => "Wiederherst.",
        Field::Origin => "Verwaltet",
        Field::Launched => "Letzter Besuch",
        Field::Unlinked => "Getrennt",
        Field::Trial => "Testphase",
        Field::Tags => "Schlagwörter",
        Field::Note => "Notiz",
        Field::Id => "ID",
    },
    seats: |filled, limit| match limit {
        Some(limit) => format!("{} von {}", n(filled), n(limit)),
        None => format!("{}, ohne Limit", n(filled)),
    },
    limit: |fact| format!("Limit: {fact}"),
    unknown: "nicht bekannt",
    fact: |source, ago, who| {
        let said = match source {
            FactSource::Import => "importiert".to_owned(),
            FactSource::Declared => "in der Konsole geprüft".to_owned(),
            FactSource::UsersApi => "Users API".to_owned(),
            FactSource::Events => "Events API".to_owned(),
            FactSource::Op => "1Password CLI".to_owned(),
            FactSource::Other(word) => word.clone(),
        };
        who.map_or_else(|| format!("{said} {ago}"), |who| format!("{said} {ago} von {who}"))
    },
    otherwise: |value, fact| format!("dagegen {value}, {fact}"),
    members_guests: |members, guests| {
        let (member, guest) = (one(members, "Mitglied", "Mitglieder"), one(guests, "Gast", "Gäste"));
        format!("{} {member}, {} {guest}", n(members), n(guests))
    },
    owners: |confirmed, invited| match (confirmed, invited) {
        (0, 0) => "keine".into(),
        (0, invited) => format!("keine bestätigt, {invited} eingeladen"),
        (confirmed, 0) => format!("{confirmed} bestätigt"),
        (confirmed, invited) => format!("{confirmed} bestätigt, {invited} eingeladen"),
    },
    setup: |done, of| format!("{done} von {of}"),
    stalled: |day| format!("ruht seit {day}"),
    region_note: "wie Ihr MSP-Konto",
    recoveries: |count| format!("{count} offen"),
    advanced: |company, me| match (company, me) {
        (true, true) => "Rechte an",
        (true, false) => "Rechte aus (MSP)",
        (false, true) => "Rechte aus (Firma)",
        (false, false) => "Rechte aus (beide)",
    },
    created: |day| format!("seit {day} (angelegt)"),
    linked: |day| format!("seit {day} (verknüpft)"),
    never_launched: "nie",
    unlinked: |day, who| match who {
        Some(who) => format!("{day} von {who}"),
        None => day.to_owned(),
    },
    trial: |day, over| {
        if over { format!("14-tägige Testphase endete {day}") } else { format!("14-tägige Testphase bis {day}") }
    },
    nothing: "–",
    unknown_here: "Hier nicht bekannt",
    unknown_here_hint: "Nur die Webkonsole von 1Password zeigt sie.",
};
