//! Screen 2 and its dialogs.

use crate::domain::link::{LinkState, NotThisLink};
use crate::i18n::types::links::Links;
use crate::i18n::{first, time_left};
use std::borrow::Cow;

pub(super) const TEXTS: Links = Links {
    title: "Verknüpfungen",
    count: |open, all| format!("{open} offen von {all}"),
    company: "Firma",
    state: "Stand",
    region: "Region",
    since: "Seit",
    expires: "Läuft ab in",
    short: |state| match state {
        LinkState::Requested => "Sie sind dran".into(),
        LinkState::Accepted => "wartet auf Inhaber".into(),
        LinkState::Approved => "verknüpft".into(),
        LinkState::Denied => "abgelehnt".into(),
        LinkState::Cancelled => "abgebrochen".into(),
        LinkState::Expired => "abgelaufen".into(),
        LinkState::Other(word) => Cow::Borrowed(word),
    },
    long: |state| match state {
        LinkState::Accepted => "wartet auf einen Inhaber der Firma".into(),
        LinkState::Denied => "von einem Inhaber abgelehnt".into(),
        state => (TEXTS.short)(state),
    },
    left: |seconds| time_left(seconds, [("Minute", "Minuten"), ("Stunde", "Stunden"), ("Tag", "Tagen")]),
    loading: "Verknüpfungen werden geladen",
    empty: "Keine Verknüpfungen",
    empty_hint: |key| match key {
        Some(key) => format!(
            "Ein Inhaber der Firma beginnt in 1Password und schickt Ihnen einen Bestätigungslink; {key} nimmt ihn hier an."
        ),
        None => "Ein Inhaber der Firma beginnt in 1Password und schickt einen Bestätigungslink.".into(),
    },
    requested: |who, when| format!("Begonnen von {who}, {when}"),
    accepted: |who, when| format!("Angenommen von {who}, {when}"),
    somebody: "jemandem",
    reason: |text| format!("Grund: {text}"),
    next: |state, key| match state {
        LinkState::Requested => match key {
            Some(key) => {
                format!("Nun: mit {key} den Link des Inhabers einfügen. Danach bestätigt ein Inhaber.")
            }
            None => "Nun: Ein Techniker nimmt den Link des Inhabers an. Danach bestätigt ein Inhaber.".into(),
        },
        LinkState::Accepted => {
            "Nun: Ein Inhaber der Firma bestätigt in 1Password. Bis dahin haben Sie keinen Zugriff.".into()
        }
        LinkState::Approved => "Sie verwalten die Firma.".into(),
        LinkState::Denied | LinkState::Cancelled | LinkState::Expired => {
            "Abgeschlossen. Ein Inhaber der Firma kann neu beginnen.".into()
        }
        LinkState::Other(_) => String::new(),
    },
    advanced: "Erweiterte Rechte sind bei verknüpften Firmen aus, bis ein Inhaber sie aktiviert.",
    page: |key| format!("Beispieldaten: {key} öffnet die Seite, auf der der Inhaber antwortet."),
    accept: "Bestehendes Konto verknüpfen",
    explain: "Beide Seiten sind nötig: Ein Inhaber der Firma beginnt und schickt Ihnen einen Link. Sie nehmen ihn hier an;",
    explain_more: "dann bestätigt ein Inhaber, und erst dann haben Sie Zugriff.",
    prompt: "Bestätigungslink",
    not_this: |why, own| match why {
        NotThisLink::Empty => "Fügen Sie zuerst den Bestätigungslink ein.".into(),
        NotThisLink::Shape => {
            format!("Kein Bestätigungslink (erwartet: https://firma.{}/link/…)", first(own))
        }
        NotThisLink::Host(host) => format!("{host} gehört nicht zu 1Password. Nichts wurde gesendet."),
        NotThisLink::Redacted(host) => format!(
            "Der Mailschutz von {host} verbirgt den Link. Öffnen Sie ihn im Browser und kopieren Sie die Adresse, zu der er führt, oder bitten Sie den Inhaber um den Link selbst. Nichts wurde gesendet."
        ),
        NotThisLink::Several => "Das sind mehrere Links. Fügen Sie einen davon ein. Nichts wurde gesendet.".into(),
        NotThisLink::Region(region) => format!(
            "Diese Firma liegt in {region}, Ihr MSP-Konto in {own}. Verknüpfen kann sie nur ein MSP-Konto in {region}. Nichts wurde gesendet."
        ),
    },
    owner_page_hint: "Beispieldaten: F2 öffnet eine Seite, auf der „ein Inhaber“ eine Verknüpfung beginnt.",
    sending: "wird angenommen",
    asking: "Link verwerfen? Esc oder Strg-C verwirft ihn, jede andere Taste kehrt zurück.",
    accept_keys: "↵ annehmen · Esc abbrechen",
    cancel_ask: |company| format!("Verknüpfungsanfrage von {company} abbrechen?"),
    cancel_what: "In der Firma ändert sich nichts. Um sie später zu verknüpfen, muss ein Inhaber neu beginnen.",
    keep: "Behalten",
    take_back: "Anfrage abbrechen",
    cancelling: "wird abgebrochen",
    cancel_keys: "Tab: nächstes · ↵ wählen · Esc behalten",
    page_title: "Die Seite des Inhabers",
    page_text: "Hier gibt es keinen Browser. Die Seite liegt auf diesem Rechner:",
    page_where: "Die Seite liegt auf diesem Rechner:",
    page_keys: |copy| format!("{copy} kopieren · Esc schließen"),
};
