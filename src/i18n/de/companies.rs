//! Screen 1, the list of companies.

use super::n;
use crate::domain::company::CompanyState;
use crate::domain::list_column::ListColumn;
use crate::domain::roster::Column;
use crate::i18n::types::companies::Companies;
use std::borrow::Cow;

pub(super) const TEXTS: Companies = Companies {
    title: "Verwaltete Firmen",
    of: |shown, all| {
        let (shown, all) = (n(shown as u64), n(all as u64));
        if shown == all { all } else { format!("{shown} von {all}") }
    },
    company: "Firma",
    status: "Status",
    seats: "Plätze",
    setup: "Einr.",
    owners: "Inhaber",
    owners_short: "Inh.",
    launched: "Zul.",
    usage: "30 Tage",
    tags: "Schlagwörter",
    external_id: "ID",
    list_column: |column| match column {
        ListColumn::Status => "Status und Hinweis",
        ListColumn::Seats => "Belegte Plätze",
        ListColumn::Setup => "Einrichtung",
        ListColumn::Owners => "Inhaber",
        ListColumn::Launched => "Zuletzt geöffnet",
        ListColumn::Usage => "30 Tage Plätze",
        ListColumn::Tags => "Schlagwörter",
        ListColumn::ExternalId => "Externe ID",
    },
    view: |name| format!("Ansicht: {name}"),
    restored: "letzte Ansicht",
    in_setup: "in Einrichtung",
    pinned: "angeheftet",
    hide_unlinked: "getrennte ausblenden",
    hidden: |number, count| {
        if number == 1 { "1 getrennte ausgeblendet".into() } else { format!("{count} getrennte ausgeblendet") }
    },
    unlinked_last: "getrennte zuletzt",
    column: |column| match column {
        Column::Status => "Status",
        Column::Seats => "belegte Plätze",
        Column::Name => "Name",
        Column::Setup => "Einrichtung",
        Column::Owners => "Inhaber",
        Column::Attention => "Dringlichkeit",
    },
    filter_status: "Status",
    filter_attention: "Hinweis",
    filter_tag: "Schlagwort",
    loading: "Die Firmen werden geladen",
    empty: "Noch keine Firmen",
    empty_hint: "Firmen, die Ihr MSP-Konto verwaltet, erscheinen hier automatisch.",
    own_hint: "Das ist Ihr eigener Arbeitsbereich: Nichts darin ist erfunden.",
    own_by_import: |key| format!("{key}  eine Datei importieren, oder hier eine Tabelle einfügen"),
    own_by_hand: |key| format!("{key}  eine Firma von Hand eintragen"),
    own_by_script: "mspdash import companies DATEI  trägt sie aus einem Skript ein",
    sample_hint: "Diese Firmen sind erfunden · mit eigenen beginnen: mspdash init",
    no_match: |search| format!("Keine Firma passt zu „{search}“"),
    no_match_hint: |back, clear| format!("{back} verwirft die Suche · {clear} setzt alles zurück"),
    no_match_clear: |clear| format!("{clear} setzt alles zurück"),
    no_match_filter: "Keine Firma passt zu den Filtern",
    trial_until: |day| format!("Testphase bis {day}"),
    trial_over: "Testphase vorbei",
    failed_keys: |retry, details| {
        format!("{retry} jetzt versuchen · {details} Details · mspdash doctor prüft die Verbindung")
    },
    search_keys: "↵ behalten · Esc verwerfen · ↑↓ bewegen · tag: owner: id: Tab ergänzt",
    state: |state| match state {
        CompanyState::Active => "Aktiv".into(),
        CompanyState::Pending => "Ausstehend".into(),
        CompanyState::Suspended => "Gesperrt".into(),
        CompanyState::Unlinked => "Getrennt".into(),
        CompanyState::Other(word) if word == "STATE_UNSPECIFIED" => "unbekannt".into(),
        CompanyState::Other(word) => Cow::Borrowed(word),
    },
};
