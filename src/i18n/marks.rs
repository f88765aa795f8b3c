//! Marks, tags, attention, undo.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

use crate::app::features::bulk::{Act, Block};
use crate::app::features::people::Group;
use crate::app::features::undo::Change;
use crate::domain::company::Attention;
use crate::domain::setup::StepState;
use std::borrow::Cow;

pub struct Marks {
    pub count: fn(u64, &str) -> String,
    pub only_this: fn(&str) -> String,
    pub title: fn(u64, &str) -> String,
    pub choose_keys: fn(usize) -> String,
    pub set_step: &'static str,
    pub to_state: &'static str,
    pub act: fn(&Act, u64, &str, &str) -> String,
    pub go: fn(&Act) -> &'static str,
    pub cancel: &'static str,
    pub ready: fn(u64) -> String,
    pub blocked: fn(u64) -> String,
    pub block: fn(&Block) -> String,
    pub checking: fn(u64) -> String,
    pub nothing_ready: &'static str,
    pub type_count: fn(u64) -> String,
    pub wrong_count: &'static str,
    pub trial: fn(&str) -> String,
    pub review_keys: &'static str,
    /// Done, of how many, failed, and not known.
    pub progress: fn(u64, u64, u64, u64) -> String,
    pub stopping: &'static str,
    pub running_keys: &'static str,
    pub done_keys: &'static str,
    pub failed_keys: fn(&str) -> String,
    pub done_until: fn(&str) -> String,
    pub sent: &'static str,
    pub export_title: fn(u64, &str) -> String,
    pub export_prompt: &'static str,
    pub export_exists: &'static str,
    pub exporting: &'static str,
    pub export_keys: &'static str,
    pub export_replace_keys: &'static str,
    pub not_begun: &'static str,
    pub tags_title: fn(&str) -> String,
    pub tags_many: fn(u64) -> String,
    pub tags_single_hint: &'static str,
    pub tags_many_hint: &'static str,
    pub tags_keys: &'static str,
    pub tags_many_keys: &'static str,
    pub tags_asking: &'static str,
    pub saving: &'static str,
    pub snooze: fn(i64) -> &'static str,
    pub snooze_explain: &'static str,
    pub snooze_keys: &'static str,
    pub snoozed_until: fn(&str) -> String,
    pub later: &'static str,
    /// A reason for attention in two or three words.
    pub reason: fn(&Attention) -> Cow<'_, str>,
    pub taken_back: fn(&Change) -> String,
}

/// The step that is set, and its new state, both as words, are the last two arguments of `act`.
pub(super) const EN: Marks = Marks {
    count: |_, number| format!("{number} marked"),
    only_this: |what| format!("{what} (this one)"),
    title: |count, number| {
        if count == 1 { "With 1 marked company".into() } else { format!("With {number} marked companies") }
    },
    choose_keys: |rows| format!("1–{rows} or ↵ choose · Esc close"),
    set_step: "Set up a step",
    to_state: "To which state?",
    act: |act, count, step, state| {
        let companies = if count == 1 { "1 company".to_owned() } else { format!("{count} companies") };
        match act {
            Act::Launch => format!("Launch {companies}, each in the browser"),
            Act::Tags { add, remove } => {
                let add = (!add.is_empty()).then(|| format!("add {}", add.join(", ")));
                let remove = (!remove.is_empty()).then(|| format!("take away {}", remove.join(", ")));
                format!("Tags of {companies}: {}", [add, remove].into_iter().flatten().collect::<Vec<_>>().join("; "))
            }
            Act::Setup { .. } => format!("Set “{step}” of {companies} to “{state}”"),
            Act::Snooze { days: 0, .. } => format!("Show the attention of {companies} again"),
            Act::Snooze { days: 1, .. } => format!("Set attention aside for a day, for {companies}"),
            Act::Snooze { days: 7, .. } => format!("Set attention aside for a week, for {companies}"),
            Act::Snooze { days, .. } => format!("Set attention aside for {days} days, for {companies}"),
            Act::Unlink => format!("Unlink {companies}. It cannot be taken back from here"),
            Act::Restore => format!("Put the tags of {companies} back as they were"),
        }
    },
    go: |act| match act {
        Act::Launch => "Launch",
        Act::Tags { .. } => "Change tags",
        Act::Setup { .. } => "Set the step",
        Act::Snooze { days: 0, .. } => "Show again",
        Act::Snooze { .. } => "Set aside",
        Act::Unlink => "Unlink",
        Act::Restore => "Put back",
    },
    cancel: "Cancel",
    ready: |count| format!("Ready: {count}"),
    blocked: |count| format!("Left out: {count}"),
    block: |block| match block {
        Block::Unlinked => "already unlinked".into(),
        Block::Gone => "no longer in the list".into(),
        Block::Renamed(name) => format!("is called “{name}” now"),
        Block::AlreadySo => "is so already".into(),
        Block::NoAttention => "nothing of it needs attention".into(),
        Block::Check(code, title) => match code {
            crate::domain::unlink::CheckCode::NoConfirmedOwner => "no confirmed owner".into(),
            crate::domain::unlink::CheckCode::AlreadyUnlinked => "already unlinked".into(),
            crate::domain::unlink::CheckCode::PermissionDenied => "your role may not unlink it".into(),
            _ => title.clone(),
        },
        Block::CheckFailed(_) => "could not be checked".into(),
        Block::NotPermitted(_) => "not allowed in its MSP account".into(),
    },
    checking: |count| format!("checking {count} …"),
    nothing_ready: "Nothing can be done: every company is left out.",
    type_count: |count| format!("Type {count} to confirm"),
    wrong_count: "that is not the number of companies that are ready",
    trial: |day| format!("Each goes on a 14-day free trial, until {day}"),
    review_keys: "Tab next · ↵ press · ↑↓ scroll · Esc cancel",
    progress: |done, all, failed, unknown| {
        let more = [(failed, "failed"), (unknown, "not known")];
        counted(format!("{done} of {all} done"), more)
    },
    stopping: "stopping: what has begun is finished, nothing more is begun",
    running_keys: "↑↓ scroll · Esc stop",
    done_keys: "↑↓ scroll · Esc close",
    failed_keys: |again| format!("{again} again, only what is not done · ↑↓ scroll · Esc close"),
    done_until: |day| format!("done, trial until {day}"),
    sent: "sent to the browser",
    export_title: |count, number| format!("Export {number} {}", if count == 1 { "company" } else { "companies" }),
    export_prompt: "Write a CSV file to",
    export_exists: "There is a file of this name already.",
    exporting: "writing",
    export_keys: "↵ write · Esc cancel",
    export_replace_keys: "↵ replace it, or type another name · Esc cancel",
    not_begun: "not begun",
    tags_title: |name| format!("Tags · {name}"),
    tags_many: |count| format!("Tags of {count} marked companies"),
    tags_single_hint: "Tags, with commas between them.",
    tags_many_hint: "Tags to add, with commas between them; a minus in front takes a tag away (-old). Every name is shown before anything changes.",
    tags_keys: "↵ save · Esc cancel",
    tags_many_keys: "↵ go on · Esc cancel",
    tags_asking: "The text was changed: Esc drops it, ↵ keeps it",
    saving: "saving",
    snooze: |days| match days {
        1 => "For a day",
        7 => "For a week",
        30 => "For 30 days",
        _ => "No longer: show it again",
    },
    snooze_explain: "Set attention aside, for everyone of the MSP:",
    snooze_keys: "1–4 or ↵ choose · Esc close",
    snoozed_until: |day| format!("set aside until {day}"),
    later: "later",
    reason: |kind| match kind {
        Attention::TrialEnding => "trial ends soon".into(),
        Attention::RecoveryWaiting => "recovery waits for you".into(),
        Attention::NoConfirmedOwner => "no confirmed owner".into(),
        Attention::SeatLimitReached => "seat limit reached".into(),
        Attention::SeatLimitNear => "seat limit near".into(),
        Attention::LinkWaiting => "link waits for you".into(),
        Attention::SetupStalled => "setup stalled".into(),
        Attention::SingleOwner => "only one owner".into(),
        Attention::Other(word) => Cow::Borrowed(word),
    },
    taken_back: |change| match change {
        Change::Tags { .. } | Change::Many(_) => "tags are as before".into(),
        Change::Note { .. } => "the note is as before".into(),
        Change::Step { before: (state, _), .. } => {
            let state = match state {
                StepState::Todo => "to do",
                StepState::InProgress => "in progress",
                StepState::Done => "done",
                StepState::NotApplicable => "not applicable",
                StepState::Other(word) => word,
            };
            format!("the setup step is “{state}” again")
        }
        Change::Group { kind, person, added: true, .. } => format!("{person} is out of {} again", group_en(*kind)),
        Change::Group { kind, person, added: false, .. } => format!("{person} is in {} again", group_en(*kind)),
        Change::Unlinked => String::new(),
    },
};

pub(super) const DE: Marks = Marks {
    count: |_, number| format!("{number} markiert"),
    only_this: |what| format!("{what} (nur diese)"),
    title: |count, number| {
        if count == 1 { "Mit 1 markierten Firma".into() } else { format!("Mit {number} markierten Firmen") }
    },
    choose_keys: |rows| format!("1–{rows} oder ↵ wählen · Esc schließen"),
    set_step: "Einen Schritt setzen",
    to_state: "Auf welchen Stand?",
    act: |act, count, step, state| {
        let companies = if count == 1 { "1 Firma".to_owned() } else { format!("{count} Firmen") };
        match act {
            Act::Launch => format!("{companies} starten, jede im Browser"),
            Act::Tags { add, remove } => {
                let add = (!add.is_empty()).then(|| format!("dazu {}", add.join(", ")));
                let remove = (!remove.is_empty()).then(|| format!("weg {}", remove.join(", ")));
                let parts: Vec<_> = [add, remove].into_iter().flatten().collect();
                format!("Schlagworte von {companies}: {}", parts.join("; "))
            }
            Act::Setup { .. } => format!("„{step}“ bei {companies} auf „{state}“ setzen"),
            Act::Snooze { days: 0, .. } => format!("Hinweise von {companies} wieder zeigen"),
            Act::Snooze { days: 1, .. } => format!("Hinweise von {companies} für einen Tag ruhen lassen"),
            Act::Snooze { days: 7, .. } => format!("Hinweise von {companies} für eine Woche ruhen lassen"),
            Act::Snooze { days, .. } => format!("Hinweise von {companies} für {days} Tage ruhen lassen"),
            Act::Unlink => format!("{companies} trennen. Das ist von hier nicht rückgängig zu machen"),
            Act::Restore => format!("Schlagworte von {companies} wie vorher setzen"),
        }
    },
    go: |act| match act {
        Act::Launch => "Starten",
        Act::Tags { .. } => "Schlagworte ändern",
        Act::Setup { .. } => "Schritt setzen",
        Act::Snooze { days: 0, .. } => "Wieder zeigen",
        Act::Snooze { .. } => "Ruhen lassen",
        Act::Unlink => "Trennen",
        Act::Restore => "Zurücksetzen",
    },
    cancel: "Abbrechen",
    ready: |count| format!("Bereit: {count}"),
    blocked: |count| format!("Ausgelassen: {count}"),
    block: |block| match block {
        Block::Unlinked => "schon getrennt".into(),
        Block::Gone => "nicht mehr in der Liste".into(),
        Block::Renamed(name) => format!("heißt jetzt „{name}“"),
        Block::AlreadySo => "ist schon so".into(),
        Block::NoAttention => "hat keine Hinweise".into(),
        Block::Check(code, title) => match code {
            crate::domain::unlink::CheckCode::NoConfirmedOwner => "kein bestätigter Inhaber".into(),
            crate::domain::unlink::CheckCode::AlreadyUnlinked => "schon getrennt".into(),
            crate::domain::unlink::CheckCode::PermissionDenied => "Ihre Rolle darf sie nicht trennen".into(),
            _ => title.clone(),
        },
        Block::CheckFailed(_) => "nicht zu prüfen".into(),
        Block::NotPermitted(_) => "in ihrem MSP-Konto nicht erlaubt".into(),
    },
    checking: |count| format!("{count} werden geprüft …"),
    nothing_ready: "Es ist nichts zu tun: jede Firma wird ausgelassen.",
    type_count: |count| format!("Zum Bestätigen {count} tippen"),
    wrong_count: "so viele Firmen sind nicht bereit",
    trial: |day| format!("Jede geht in eine 14-tägige Testzeit, bis {day}"),
    review_keys: "Tab weiter · ↵ drücken · ↑↓ blättern · Esc abbrechen",
    progress: |done, all, failed, unknown| {
        let more = [(failed, "fehlgeschlagen"), (unknown, "unbekannt")];
        counted(format!("{done} von {all} erledigt"), more)
    },
    stopping: "hält an: Begonnenes wird beendet, Weiteres nicht begonnen",
    running_keys: "↑↓ blättern · Esc anhalten",
    done_keys: "↑↓ blättern · Esc schließen",
    failed_keys: |again| format!("{again} nochmals, nur was fehlt · ↑↓ blättern · Esc schließen"),
    done_until: |day| format!("erledigt, Testzeit bis {day}"),
    sent: "an den Browser übergeben",
    export_title: |count, number| format!("{number} {} ausgeben", if count == 1 { "Firma" } else { "Firmen" }),
    export_prompt: "Eine CSV-Datei schreiben nach",
    export_exists: "Eine Datei dieses Namens gibt es schon.",
    exporting: "wird geschrieben",
    export_keys: "↵ schreiben · Esc abbrechen",
    export_replace_keys: "↵ ersetzen, oder anderen Namen eingeben · Esc abbrechen",
    not_begun: "nicht begonnen",
    tags_title: |name| format!("Schlagworte · {name}"),
    tags_many: |count| format!("Schlagworte von {count} markierten Firmen"),
    tags_single_hint: "Schlagworte, durch Kommas getrennt.",
    tags_many_hint: "Neue Schlagworte, durch Kommas getrennt; ein Minus davor nimmt eines weg (-alt). Alle Namen werden gezeigt, bevor sich etwas ändert.",
    tags_keys: "↵ speichern · Esc abbrechen",
    tags_many_keys: "↵ weiter · Esc abbrechen",
    tags_asking: "Der Text ist geändert: Esc verwirft ihn, ↵ behält ihn",
    saving: "speichert",
    snooze: |days| match days {
        1 => "Für einen Tag",
        7 => "Für eine Woche",
        30 => "Für 30 Tage",
        _ => "Nicht länger: wieder zeigen",
    },
    snooze_explain: "Hinweise ruhen lassen, für alle des MSP:",
    snooze_keys: "1–4 oder ↵ wählen · Esc schließen",
    snoozed_until: |day| format!("ruht bis {day}"),
    later: "ruht",
    reason: |kind| match kind {
        Attention::TrialEnding => "Testzeit endet bald".into(),
        Attention::RecoveryWaiting => "Wiederherst. wartet".into(),
        Attention::NoConfirmedOwner => "kein Inhaber".into(),
        Attention::SeatLimitReached => "Plätze alle belegt".into(),
        Attention::SeatLimitNear => "Plätze bald belegt".into(),
        Attention::LinkWaiting => "Verknüpfung wartet".into(),
        Attention::SetupStalled => "Einrichtung stockt".into(),
        Attention::SingleOwner => "nur ein Inhaber".into(),
        Attention::Other(word) => Cow::Borrowed(word),
    },
    taken_back: |change| match change {
        Change::Tags { .. } | Change::Many(_) => "Schlagworte sind wie vorher".into(),
        Change::Note { .. } => "die Notiz ist wie vorher".into(),
        Change::Step { before: (state, _), .. } => {
            let state = match state {
                StepState::Todo => "offen",
                StepState::InProgress => "begonnen",
                StepState::Done => "erledigt",
                StepState::NotApplicable => "entfällt",
                StepState::Other(word) => word,
            };
            format!("der Schritt ist wieder „{state}“")
        }
        Change::Group { kind, person, added: true, .. } => format!("{person} gehört nicht mehr zu {}", group_de(*kind)),
        Change::Group { kind, person, added: false, .. } => format!("{person} gehört wieder zu {}", group_de(*kind)),
        Change::Unlinked => String::new(),
    },
};

/// What is not nothing is said as well.
fn counted(said: String, more: [(u64, &str); 2]) -> String {
    let more = more.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    std::iter::once(said).chain(more).collect::<Vec<_>>().join(", ")
}

fn group_en(group: Group) -> &'static str {
    match group {
        Group::Owners => "Owners",
        Group::Administrators => "Administrators",
    }
}

fn group_de(group: Group) -> &'static str {
    match group {
        Group::Owners => "den Inhabern",
        Group::Administrators => "den Administratoren",
    }
}
