//! Die Texte auf Deutsch.

mod commands;
mod line;
mod sentences;

use super::{Company, Header, Launch, List, Menu, Note, People, Setup, Unlink, Words};
use crate::app::command::Group;
use crate::app::features::overview::Field;
use crate::app::model::Tab;
use crate::domain::company::{Attention, CompanyState};
use crate::domain::lang::Lang;
use crate::domain::people::{PersonKind, PersonState};
use crate::domain::roster::Column;
use crate::domain::setup::{Fact, StepKind, StepState};
use crate::domain::unlink::{CheckCode, ConsequenceCode};
use sentences::{cause, hint, says, why};
use std::borrow::Cow;

pub(super) static WORDS: Words = Words {
    lang: Lang::De,
    header: Header {
        read_only: "NUR LESEN",
        sample: "BEISPIEL",
        connecting: "verbindet",
        starting: "startet den Beispiel-Arbeitsbereich",
        loading: |received, total| match total {
            Some(total) => format!("lädt {} von {}", n(received), n(total)),
            None => "lädt".into(),
        },
        live: "verbunden",
        synced_now: "gerade abgeglichen",
        stale: |age| format!("Stand: {age}"),
        never: "noch keine Daten",
        down: "nicht verbunden",
        refused: "nicht eingelassen",
        companies: "Firmen",
        seats: |_| "belegt".into(),
        setup: |_| "fertig".into(),
        attention: |_| "zu beachten".into(),
    },
    list: List {
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
        attention: "Beachten",
        invited: |_| "geladen".into(),
        column: |column| match column {
            Column::Status => "Status",
            Column::Seats => "belegte Plätze",
            Column::Name => "Name",
            Column::Setup => "Einrichtung",
            Column::Owners => "Inhaber",
            Column::Attention => "Dringlichkeit",
        },
        filter_status: "Status",
        filter_attention: "Beachten",
        filter_tag: "Schlagwort",
        loading: "Die Firmen werden geladen",
        empty: "Noch keine Firmen",
        empty_hint: "Firmen, die Ihr MSP-Konto verwaltet, erscheinen hier von selbst.",
        no_match: |search| format!("Keine Firma passt zu „{search}“"),
        no_match_hint: |back, clear| format!("{back} verwirft die Suche · {clear} setzt alles zurück"),
        no_match_clear: |clear| format!("{clear} setzt alles zurück"),
        no_match_filter: "Keine Firma passt zu den Filtern",
        trial_until: |day| format!("Test bis {day}"),
        trial_ended: |day| format!("Test endete {day}"),
        search_keys: "↵ behalten · Esc verwerfen · ↑↓ bewegen",
    },
    company: Company {
        none: "Keine Firma gewählt",
        none_hint: |down, up| format!("{down} und {up} wählen eine"),
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
            Field::Attention => "Beachten",
            Field::Website => "Website",
            Field::Address => "Anschrift",
            Field::Region => "Datenregion",
            Field::SignIn => "Anmeldung",
            Field::Seats => "Belegte Plätze",
            Field::Owners => "Inhaber",
            Field::Setup => "Einrichtung",
            Field::Recoveries => "Wiederherst.",
            Field::Advanced => "Erweitert",
            Field::Origin => "Verwaltet",
            Field::Launched => "Letzter Start",
            Field::Unlinked => "Getrennt",
            Field::Trial => "Testzeit",
            Field::ExternalId => "Externe Nr.",
            Field::Tags => "Schlagworte",
            Field::Note => "Notiz",
            Field::Id => "Kennung",
        },
        seats: |filled, limit| match limit {
            Some(limit) => format!("{} von {}", n(filled), n(limit)),
            None => format!("{}, ohne Grenze", n(filled)),
        },
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
        stalled: |day| format!("kein Schritt seit {day}"),
        region_note: "durch das MSP-Konto bestimmt",
        recoveries: |count| format!("{count} offen"),
        advanced: |company, me| match (company, me) {
            (true, true) => "an",
            (true, false) => "aus: Ihnen nicht gewährt",
            (false, true) => "aus: von der Firma nicht erlaubt",
            (false, false) => "aus: weder erlaubt noch gewährt",
        },
        created: |day| format!("angelegt am {day}"),
        linked: |day| format!("verknüpft am {day}"),
        never_launched: "nie",
        unlinked: |day, who| match who {
            Some(who) => format!("{day} von {who}"),
            None => day.to_owned(),
        },
        trial: |day, over| {
            if over { format!("14 Tage kostenlos: endete {day}") } else { format!("14 Tage kostenlos: bis {day}") }
        },
        nothing: "–",
    },
    setup: Setup {
        step: |kind| match kind {
            StepKind::Policies => "Richtlinien, Gruppen, Tresore".into(),
            StepKind::RecoveryPlan => "Wiederherstellungsplan".into(),
            StepKind::InviteMembers => "Teammitglieder einladen".into(),
            StepKind::Provisioning => "Automatische Bereitstellung".into(),
            StepKind::DeployApps => "Apps verteilen".into(),
            StepKind::Other(word) => Cow::Borrowed(word),
        },
        explain: |kind| match kind {
            StepKind::Policies => "Teamrichtlinien, eigene Gruppen und Tresore zum Teilen einrichten.",
            StepKind::RecoveryPlan => "Dafür sorgen, dass jemand Ausgesperrte wiederherstellen kann.",
            StepKind::InviteMembers => "Die Personen der Firma einladen.",
            StepKind::Provisioning => "Den Identitätsanbieter der Firma anbinden, wenn sie einen hat.",
            StepKind::DeployApps => "1Password für Mac und Windows verteilen.",
            StepKind::Other(_) => "Ein Schritt, den diese Version von mspdash nicht kennt.",
        },
        place: |kind| match kind {
            StepKind::Policies => "Richtlinien",
            StepKind::RecoveryPlan => "Wiederherstellung",
            StepKind::InviteMembers => "Personen",
            StepKind::Provisioning => "Integrationen",
            StepKind::DeployApps => "Downloads",
            StepKind::Other(_) => "Startseite",
        },
        state: |state| match state {
            StepState::Todo => "offen".into(),
            StepState::InProgress => "begonnen".into(),
            StepState::Done => "erledigt".into(),
            StepState::NotApplicable => "entfällt".into(),
            StepState::Other(word) => Cow::Borrowed(word),
        },
        progress: |done, of| format!("{done} von {of} erledigt"),
        next: "als Nächstes",
        reported: |who, when| format!("gemeldet: {who}, {when}"),
        not_reported: "noch nicht gemeldet",
        derived: "ermittelt",
        evidence: |evidence| {
            let n = evidence.count;
            match &evidence.fact {
                Fact::Policies => format!("{n} {}", one(n, "Teamrichtlinie", "Teamrichtlinien")),
                Fact::CustomGroups => format!("{n} eigene {}", one(n, "Gruppe", "Gruppen")),
                Fact::SharedVaults => format!("{n} {}", one(n, "geteilter Tresor", "geteilte Tresore")),
                Fact::RecoveryPeople => {
                    format!("{n} {} andere wiederherstellen", one(n, "Person kann", "Personen können"))
                }
                Fact::InvitedPeople => format!("{n} eingeladen"),
                Fact::FilledSeats => format!("{n} {}", one(n, "belegter Platz", "belegte Plätze")),
                Fact::IdentityProviders => format!("{n} Identitätsanbieter"),
                Fact::AppUsers => format!("{n} {} eine App", one(n, "Person nutzt", "Personen nutzen")),
                Fact::Other(word) => format!("{word}: {n}"),
            }
        },
        note: "Notiz",
        where_: "In 1Password",
        loading: "Die Checkliste wird geladen",
        empty: "Der Server führt für diese Firma keine Checkliste",
        saving: "speichert",
        complete: "Die Einrichtung ist fertig",
        menu_keys: |rows| format!("1–{rows} oder ↵ wählen · Esc schließen"),
        now: "jetzt",
        reopen: |state| format!("Dieser Schritt ist erledigt. Wieder öffnen, als „{state}“?"),
        reopen_keep: "Erledigt lassen",
        reopen_go: "Wieder öffnen",
        reopen_keys: "Tab weiter · ↵ drücken · Esc zurück",
    },
    people: People {
        state: |state| match state {
            PersonState::Active => "Aktiv".into(),
            PersonState::AwaitingConfirmation => "Wartet auf Bestätigung".into(),
            PersonState::Invited => "Eingeladen".into(),
            PersonState::RecoveryStarted => "Wiederherst. begonnen".into(),
            PersonState::RecoveryAwaitingCompletion => "Wiederherst. abschließen".into(),
            PersonState::Suspended => "Gesperrt".into(),
            PersonState::Deleted => "Gelöscht".into(),
            PersonState::Other(word) => Cow::Borrowed(word),
        },
        kind: |kind| match kind {
            PersonKind::Member => "Mitglied".into(),
            PersonKind::Guest => "Gast".into(),
            PersonKind::Technician => "Technik".into(),
            PersonKind::Other(word) => Cow::Borrowed(word),
        },
        name: "Name",
        status: "Status",
        groups: "Gruppen",
        count: |people, seats| {
            format!(
                "{people} {} · {seats} {}",
                one(people, "Person", "Personen"),
                one(seats, "belegter Platz", "belegte Plätze")
            )
        },
        loading: "Die Personen werden geladen",
        empty: "In dieser Firma ist noch niemand",
        since: |day| format!("seit {day}"),
        no_groups: "in keiner Gruppe",
        owners: "Inhaber",
        administrators: "Administratoren",
    },
    unlink: Unlink {
        title: |company| format!("{company} trennen"),
        loading: "Prüft mit frischen Daten, was eine Trennung bedeuten würde",
        check: |check| {
            let names = check.people.join(", ");
            let n = check.count.unwrap_or_else(|| u32::try_from(check.people.len()).unwrap_or(u32::MAX));
            match &check.code {
                CheckCode::ConfirmedOwners => format!("Bestätigte Inhaber: {names}"),
                CheckCode::NoConfirmedOwner if names.is_empty() => {
                    "Kein bestätigter Inhaber (Techniker zählen nicht)".into()
                }
                CheckCode::NoConfirmedOwner => format!("Kein bestätigter Inhaber; eingeladen: {names}"),
                CheckCode::OpenRecoveries => {
                    format!(
                        "{n} offene {} offen: {names}",
                        one(n, "Wiederherstellung bliebe", "Wiederherstellungen blieben")
                    )
                }
                CheckCode::PendingInvites => {
                    format!("{n} eingeladene {} noch nicht dabei", one(n, "Person ist", "Personen sind"))
                }
                CheckCode::FilledSeats => format!("{n} {}", one(n, "belegter Platz", "belegte Plätze")),
                CheckCode::AlreadyUnlinked => "Sie ist schon getrennt".into(),
                CheckCode::PermissionDenied => "Ihre Rolle darf keine Firmen trennen".into(),
                CheckCode::Other(_) => check.title.clone(),
            }
        },
        consequence: |consequence, day| match &consequence.code {
            ConsequenceCode::TrialStarts => match day {
                Some(day) => {
                    format!("Es beginnen 14 kostenlose Tage bis {day}; bis dahin arbeitet das Konto wie gewohnt.")
                }
                None => "Es beginnen 14 kostenlose Tage; bis zu ihrem Ende arbeitet das Konto wie gewohnt.".into(),
            },
            ConsequenceCode::DataStays => "Personen, Tresore und Einträge bleiben, wie sie sind.".into(),
            ConsequenceCode::AccessEnds => "Techniker dieses MSP verlieren sofort ihren Zugang.".into(),
            ConsequenceCode::OwnerMustAct => {
                "Vor dem Ende muss ein Inhaber ein Abo abschließen oder mit einem anderen MSP verknüpfen.".into()
            }
            ConsequenceCode::OnlyOwnerCanRelink => {
                "Von hier aus nicht rückgängig zu machen: nur ein Inhaber kann neu verknüpfen.".into()
            }
            ConsequenceCode::Other(_) => consequence.title.clone(),
        },
        checks: "Eben geprüft",
        trial_would_end: |day| format!("die Testzeit würde am {day} enden"),
        consequences: "Was folgt",
        blocked: "Diese Firma kann jetzt nicht getrennt werden.",
        fix_owner: |key| format!("{key}  Inhaber hinzufügen (zeigt die Personen der Firma)"),
        fix_by_others: |why| format!("Einen Inhaber muss jemand anders hinzufügen: {why}."),
        owner_invited: |key| {
            match key {
            Some(key) => {
                format!("Der Inhaber ist eingeladen und noch nicht dabei. {key} öffnet Personen in 1Password, um neu einzuladen.")
            }
            None => "Der Inhaber ist eingeladen und noch nicht dabei. In 1Password lässt er sich unter Personen neu einladen.".into(),
        }
        },
        nobody_joined: |key| {
            match key {
            Some(key) => {
                format!("Noch ist niemand dabei, der Inhaber werden kann. {key} öffnet Personen in 1Password, um jemanden einzuladen.")
            }
            None => "Noch ist niemand dabei, der Inhaber werden kann. In 1Password lässt sich unter Personen jemand einladen.".into(),
        }
        },
        transfer: "Wechsel zu einem anderen MSP: hier trennen, dann verknüpft ein Inhaber mit dem neuen MSP.",
        type_name: |name| format!("Zur Bestätigung den Namen der Firma eingeben: {name}"),
        does_not_match: "stimmt noch nicht",
        matches: "stimmt",
        changed: "Die Firma hat sich inzwischen geändert. So steht sie jetzt; bitte neu bestätigen.",
        cancel: "Abbrechen",
        close: "Schließen",
        unlink: "Trennen",
        sending: "Trennt",
        keys: "↑↓ lesen · Tab weiter · ↵ wählen · Esc abbrechen",
        keys_blocked: |again| format!("↵ schließen · {again} neu prüfen · Esc schließen"),
        keys_sending: "lässt sich nicht mehr aufhalten · Esc blendet aus",
    },
    launch: Launch {
        title: |company| format!("{company} starten"),
        explain: "Öffnen Sie diese Adresse in einem Browser. Sie meldet Sie an und gilt ein einziges Mal.",
        valid: |seconds| format!("gilt noch {seconds} s"),
        expired: |launch| format!("abgelaufen: {launch} fordert eine neue an"),
        copied: sentences::copied_here,
        keys: |copy, launch| format!("{copy} kopieren · {launch} neue Adresse · Esc schließen"),
        no_room: "ein höheres Fenster zeigt auch einen QR-Code",
    },
    menu: Menu {
        sort: "Ordnen nach",
        sort_keys: "↵ wählen, noch einmal umkehren · Esc schließen",
        filter: "Filter",
        filter_keys: |clear| format!("Leer wählen · ↵ übernehmen · {clear} alles zurück · Esc schließen"),
        any_attention: "gleich warum",
        help: "Hilfe",
        help_keys: |down, up, palette| format!("{down}/{up} blättern · {palette} Befehle · Esc schließen"),
        palette: "Befehle",
        palette_keys: "↵ ausführen · ↑↓ bewegen · Esc schließen",
        palette_none: "Kein Befehl passt",
        error: "Was schiefging",
        trouble_keys: "Esc schließen",
        leave: "Jetzt gehen?",
        leave_text: "Eine Änderung wird noch gespeichert. Wenn Sie jetzt gehen, ist offen, ob sie geschieht.",
        leave_stay: "Bleiben",
        leave_go: "Gehen",
        trademark: "mspdash ist unabhängig von AgileBits. „1Password“ ist eine Marke ihres Inhabers.",
    },
    note: Note {
        title: |step| format!("Notiz zu „{step}“"),
        keys: "↵ speichern · Esc abbrechen",
        asking: "Der Text ist geändert: Esc verwirft ihn, ↵ speichert ihn",
        sending: "speichert",
    },
    form: super::form::DE,
    links: super::links::DE,
    recoveries: super::recoveries::DE,
    vaults: super::vaults::DE,
    waits: super::waits::DE,
    usage: super::usage::DE,
    activity: super::activity::DE,
    marks: super::marks::DE,
    accounts: super::accounts::DE,
    state: |state| match state {
        CompanyState::Active => "Aktiv".into(),
        CompanyState::Pending => "Ausstehend".into(),
        CompanyState::Suspended => "Gesperrt".into(),
        CompanyState::Unlinked => "Getrennt".into(),
        CompanyState::Other(word) => Cow::Borrowed(word),
    },
    attention: |kind| match kind {
        Attention::TrialEnding => "Die Testzeit endet binnen 7 Tagen".into(),
        Attention::RecoveryWaiting => "Eine Wiederherstellung wartet auf Sie".into(),
        Attention::NoConfirmedOwner => "Kein bestätigter Inhaber: kann nicht getrennt werden".into(),
        Attention::SeatLimitReached => "Die Grenze der Plätze ist erreicht".into(),
        Attention::SeatLimitNear => "80 % oder mehr der Plätze sind belegt".into(),
        Attention::LinkWaiting => "Eine Verknüpfung wartet auf Sie".into(),
        Attention::SetupStalled => "Seit 14 Tagen kein Schritt der Einrichtung".into(),
        Attention::SingleOwner => "Nur ein Inhaber".into(),
        Attention::Other(word) => Cow::Borrowed(word),
    },
    attention_short: |kind| match kind {
        Attention::TrialEnding => "Test endet".into(),
        Attention::RecoveryWaiting => "Wiederh.".into(),
        Attention::NoConfirmedOwner => "ohne Inh.".into(),
        Attention::SeatLimitReached => "voll".into(),
        Attention::SeatLimitNear => "fast voll".into(),
        Attention::LinkWaiting => "Verknüpf.".into(),
        Attention::SetupStalled => "stockt".into(),
        Attention::SingleOwner => "ein Inh.".into(),
        Attention::Other(word) => Cow::Borrowed(word),
    },
    command: commands::command,
    group: |group| match group {
        Group::Company => "Firma",
        Group::People => "Personen, Wiederherstellung, Tresore",
        Group::List => "Liste",
        Group::Marks => "Marken: viele Firmen auf einmal",
        Group::Links => "Verknüpfungen",
        Group::Usage => "Nutzung und Verlauf",
        Group::Screens => "Schirme",
        Group::Move => "Bewegen",
        Group::General => "Allgemein",
    },
    why,
    says,
    what: commands::what,
    unknown: commands::unknown,
    again_is_safe: "Noch einmal ist sicher: es geschieht höchstens einmal.",
    look_first: "Sehen Sie nach, wie es jetzt steht, bevor Sie es wiederholen.",
    cause,
    hint,
    retry_in: |seconds| format!("nächster Versuch in {seconds} s"),
    request_id: "Anfrage",
    server_says: "Näheres",
    too_small: "mspdash braucht Platz",
    too_small_hint: |width, height| format!("mindestens {width}×{height}"),
    key_quit: |quit| format!("{quit} beendet"),
};

fn n(number: impl Into<u64>) -> String {
    super::time::grouped(number.into(), '.')
}

fn one<T>(count: impl TryInto<u64>, one: T, many: T) -> T {
    if count.try_into().is_ok_and(|count| count == 1) { one } else { many }
}
