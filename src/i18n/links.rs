//! Screen 2 and its dialogs.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

use crate::domain::link::{LinkState, NotThisLink};
use std::borrow::Cow;

pub struct Links {
    pub title: &'static str,
    pub count: fn(usize, usize) -> String,
    pub company: &'static str,
    pub state: &'static str,
    pub region: &'static str,
    pub since: &'static str,
    pub expires: &'static str,
    pub short: fn(&LinkState) -> Cow<'_, str>,
    pub long: fn(&LinkState) -> Cow<'_, str>,
    pub left: fn(i64) -> String,
    pub loading: &'static str,
    pub empty: &'static str,
    pub empty_hint: fn(Option<&str>) -> String,
    pub requested: fn(&str, &str) -> String,
    pub accepted: fn(&str, &str) -> String,
    pub somebody: &'static str,
    pub reason: fn(&str) -> String,
    pub next: fn(&LinkState, Option<&str>) -> String,
    pub advanced: &'static str,
    pub page: fn(&str) -> String,
    pub accept: &'static str,
    pub explain: &'static str,
    pub explain_more: &'static str,
    pub prompt: &'static str,
    pub not_this: fn(&NotThisLink, &str) -> String,
    pub desk: &'static str,
    pub sending: &'static str,
    pub asking: &'static str,
    pub accept_keys: &'static str,
    pub cancel_ask: fn(&str) -> String,
    pub cancel_what: &'static str,
    pub keep: &'static str,
    pub take_back: &'static str,
    pub cancelling: &'static str,
    pub cancel_keys: &'static str,
    pub page_title: &'static str,
    pub page_text: &'static str,
    pub page_where: &'static str,
    pub page_keys: fn(&str) -> String,
}

pub(super) const EN: Links = Links {
    title: "Links",
    count: |open, all| format!("{open} open of {all}"),
    company: "Company",
    state: "State",
    region: "Region",
    since: "Since",
    expires: "Expires in",
    short: |state| match state {
        LinkState::Requested => "waits for you".into(),
        LinkState::Accepted => "waits for an Owner".into(),
        LinkState::Approved => "linked".into(),
        LinkState::Denied => "denied by an Owner".into(),
        LinkState::Cancelled => "cancelled".into(),
        LinkState::Expired => "expired".into(),
        LinkState::Other(word) => Cow::Borrowed(word),
    },
    long: |state| match state {
        LinkState::Accepted => "waits for an Owner of the company".into(),
        LinkState::Denied => "denied by an Owner of the company".into(),
        state => (EN.short)(state),
    },
    left: |seconds| left(seconds, [("minute", "minutes"), ("hour", "hours"), ("day", "days")]),
    loading: "loading the links",
    empty: "No account is being linked.",
    empty_hint: |key| match key {
        Some(key) => format!(
            "An Owner of the company starts it in 1Password and sends you a confirmation link; {key} accepts it here."
        ),
        None => "An Owner of the company starts it in 1Password and sends a confirmation link.".into(),
    },
    requested: |who, when| format!("Requested by {who}, {when}"),
    accepted: |who, when| format!("Accepted by {who}, {when}"),
    somebody: "somebody",
    reason: |text| format!("Reason: {text}"),
    next: |state, key| match state {
        LinkState::Requested => match key {
            Some(key) => {
                format!("Next: {key} and paste the confirmation link that the Owner sent you. Then an Owner finishes.")
            }
            None => {
                "Next: a technician accepts the confirmation link that the Owner sent. Then an Owner finishes.".into()
            }
        },
        LinkState::Accepted => {
            "Next: an Owner of the company finishes in 1Password. Until then you have no access.".into()
        }
        LinkState::Approved => "The company is managed by you.".into(),
        LinkState::Denied | LinkState::Cancelled | LinkState::Expired => {
            "It is over. An Owner of the company can start a new one.".into()
        }
        LinkState::Other(_) => String::new(),
    },
    advanced: "Advanced permissions are off for linked companies until an Owner allows them.",
    page: |key| format!("Sample workspace: {key} opens the page on which the Owner answers."),
    accept: "Link an existing account",
    explain: "It takes two: an Owner of the company started it and sent you a confirmation link. You accept it here;",
    explain_more: "then an Owner of the company finishes, and only then do you have access.",
    prompt: "Confirmation link",
    not_this: |why, own| match why {
        NotThisLink::Empty => "Paste the confirmation link first.".into(),
        NotThisLink::Shape => {
            format!("This is no confirmation link; they look like https://company.{}/link/…", first(own))
        }
        NotThisLink::Host(host) => format!("{host} is no host of 1Password. Nothing was sent."),
        NotThisLink::Redacted(host) => format!(
            "The mail protection at {host} hides the link. Open it in a browser and copy the address that it leads to, or ask the Owner for the link itself. Nothing was sent."
        ),
        NotThisLink::Several => "These are several links. Paste one of them. Nothing was sent.".into(),
        NotThisLink::Region(region) => format!(
            "This company is in {region}, your MSP account in {own}. Only an MSP account in {region} can link it. Nothing was sent."
        ),
    },
    desk: "Sample workspace: F2 opens a page on which “an Owner” starts a link.",
    sending: "accepting",
    asking: "Drop the link? Esc or Ctrl-C drops it, any other key goes on.",
    accept_keys: "↵ accept · Esc cancel",
    cancel_ask: |company| format!("Take the link request of {company} back?"),
    cancel_what: "Nothing changes in the company. To link it later, an Owner has to start again.",
    keep: "Keep it",
    take_back: "Take it back",
    cancelling: "taking it back",
    cancel_keys: "Tab other · ↵ choose · Esc keep it",
    page_title: "The Owner’s page",
    page_text: "There is no browser here. The page is on this machine:",
    page_where: "The page is on this machine:",
    page_keys: |copy| format!("{copy} copy · Esc close"),
};

pub(super) const DE: Links = Links {
    title: "Verknüpfungen",
    count: |open, all| format!("{open} offen von {all}"),
    company: "Firma",
    state: "Stand",
    region: "Region",
    since: "Seit",
    expires: "Läuft ab in",
    short: |state| match state {
        LinkState::Requested => "wartet auf Sie".into(),
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
        state => (DE.short)(state),
    },
    left: |seconds| left(seconds, [("Minute", "Minuten"), ("Stunde", "Stunden"), ("Tag", "Tagen")]),
    loading: "Verknüpfungen werden geladen",
    empty: "Kein Konto wird gerade verknüpft.",
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
                format!("Nun: mit {key} den Bestätigungslink des Inhabers einfügen. Danach schließt ein Inhaber ab.")
            }
            None => {
                "Nun: ein Techniker nimmt den Bestätigungslink des Inhabers an. Danach schließt ein Inhaber ab.".into()
            }
        },
        LinkState::Accepted => {
            "Nun: ein Inhaber der Firma schließt in 1Password ab. Bis dahin haben Sie keinen Zugang.".into()
        }
        LinkState::Approved => "Sie verwalten die Firma.".into(),
        LinkState::Denied | LinkState::Cancelled | LinkState::Expired => {
            "Sie ist abgeschlossen. Ein Inhaber der Firma kann neu beginnen.".into()
        }
        LinkState::Other(_) => String::new(),
    },
    advanced: "Erweiterte Rechte sind bei verknüpften Firmen aus, bis ein Inhaber sie erlaubt.",
    page: |key| format!("Beispieldaten: {key} öffnet die Seite, auf der der Inhaber antwortet."),
    accept: "Bestehendes Konto verknüpfen",
    explain: "Es braucht zwei: Ein Inhaber der Firma hat begonnen und Ihnen einen Bestätigungslink geschickt. Sie nehmen ihn hier an;",
    explain_more: "dann schließt ein Inhaber der Firma ab, und erst dann haben Sie Zugang.",
    prompt: "Bestätigungslink",
    not_this: |why, own| match why {
        NotThisLink::Empty => "Fügen Sie zuerst den Bestätigungslink ein.".into(),
        NotThisLink::Shape => {
            format!("Das ist kein Bestätigungslink; die sehen aus wie https://firma.{}/link/…", first(own))
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
    desk: "Beispieldaten: F2 öffnet eine Seite, auf der „ein Inhaber“ eine Verknüpfung beginnt.",
    sending: "wird angenommen",
    asking: "Link verwerfen? Esc oder Strg-C verwirft ihn, jede andere Taste macht weiter.",
    accept_keys: "↵ annehmen · Esc abbrechen",
    cancel_ask: |company| format!("Die Verknüpfung von {company} zurücknehmen?"),
    cancel_what: "In der Firma ändert sich nichts. Um sie später zu verknüpfen, muss ein Inhaber neu beginnen.",
    keep: "Behalten",
    take_back: "Zurücknehmen",
    cancelling: "wird zurückgenommen",
    cancel_keys: "Tab wechseln · ↵ wählen · Esc behalten",
    page_title: "Die Seite des Inhabers",
    page_text: "Hier gibt es keinen Browser. Die Seite liegt auf diesem Rechner:",
    page_where: "Die Seite liegt auf diesem Rechner:",
    page_keys: |copy| format!("{copy} kopieren · Esc schließen"),
};

/// The first of several regions, for an example.
fn first(regions: &str) -> &str {
    regions.split(',').next().unwrap_or(regions)
}

/// A span of time in its largest unit, of minutes, hours and days.
fn left(seconds: i64, units: [(&str, &str); 3]) -> String {
    let [minutes, hours, days] = units;
    let (count, (one, many)) = match seconds.max(0) {
        seconds @ 0..3_600 => (seconds / 60, minutes),
        seconds @ 3_600..172_800 => (seconds / 3_600, hours),
        seconds => (seconds / 86_400, days),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}
