//! Marked companies and what is done to all of them.

use crate::app::features::bulk::{Act, Block};
use crate::domain::unlink::CheckCode;
use crate::i18n::types::bulk::Bulk;
use crate::i18n::{join, listed};

pub(super) const TEXTS: Bulk = Bulk {
    count: |_, number| format!("{number} markiert"),
    only_this: |what| format!("{what} (nur diese)"),
    title: |count, number| {
        if count == 1 { "1 markierte Firma".into() } else { format!("{number} markierte Firmen") }
    },
    choose_keys: |rows| format!("1–{rows} oder ↵ wählen · Esc schließen"),
    set_step: "Einen Schritt ändern",
    to_state: "ändern zu",
    act: |act, count, step, state| {
        let companies = if count == 1 { "1 Firma".to_owned() } else { format!("{count} Firmen") };
        match act {
            Act::Launch => format!("Bei {companies} anmelden, je im Browser"),
            Act::Tags { add, remove } => {
                let add = (!add.is_empty()).then(|| format!("hinzufügen: {}", add.join(", ")));
                let remove = (!remove.is_empty()).then(|| format!("entfernen: {}", remove.join(", ")));
                let parts: Vec<_> = [add, remove].into_iter().flatten().collect();
                format!("Schlagwörter von {companies}: {}", parts.join("; "))
            }
            Act::Setup { .. } => format!("„{step}“ bei {companies} auf „{state}“ setzen"),
            Act::Snooze { days: 0, .. } => format!("{companies} nicht mehr zurückstellen"),
            Act::Snooze { days: 1, .. } => format!("{companies} für einen Tag zurückstellen"),
            Act::Snooze { days: 7, .. } => format!("{companies} für eine Woche zurückstellen"),
            Act::Snooze { days, .. } => format!("{companies} für {days} Tage zurückstellen"),
            Act::Unlink => format!("{companies} trennen – Sie können das nicht rückgängig machen"),
            Act::Restore => format!("Schlagwörter von {companies} wiederherstellen"),
        }
    },
    go: |act| match act {
        Act::Launch => "Anmelden",
        Act::Tags { .. } => "Schlagwörter ändern",
        Act::Setup { .. } => "Schritt ändern",
        Act::Snooze { days: 0, .. } => "Wieder anzeigen",
        Act::Snooze { .. } => "Zurückstellen",
        Act::Unlink => "Trennen",
        Act::Restore => "Wiederherstellen",
    },
    cancel: "Abbrechen",
    ready: |count| format!("Bereit ({count})"),
    blocked: |count| format!("Übersprungen ({count})"),
    block: |block| match block {
        Block::Unlinked => "schon getrennt".into(),
        Block::Gone => "nicht mehr in der Liste".into(),
        Block::Renamed(name) => format!("heißt jetzt „{name}“"),
        Block::AlreadySo => "nichts zu ändern".into(),
        Block::NoAttention => "nichts zurückzustellen".into(),
        Block::Check(code, title) => match code {
            CheckCode::NoConfirmedOwner => "kein bestätigter Inhaber".into(),
            CheckCode::AlreadyUnlinked => "schon getrennt".into(),
            CheckCode::PermissionDenied => "Ihre Rolle darf sie nicht trennen".into(),
            _ => title.clone(),
        },
        Block::CheckFailed(_) => "Prüfung fehlgeschlagen".into(),
        Block::NotPermitted(_) => "in ihrem MSP-Konto nicht erlaubt".into(),
    },
    checking: |count| format!("Wird geprüft ({count}) …"),
    nothing_ready: "Nichts zu tun: alle Firmen übersprungen.",
    type_count: |count| format!("Zum Bestätigen {count} tippen"),
    wrong_count: "nicht die Zahl der bereiten Firmen",
    trial: |day| format!("Für jede beginnt eine 14-tägige Testphase, bis {day}"),
    review_keys: "Tab: nächstes · ↵ wählen · ↑↓ blättern · Esc abbrechen",
    progress: |done, all, failed, unknown| {
        let mut text = format!("{done} von {all} erledigt");
        join(&mut text, ", ", &listed(&[(failed, "fehlgeschlagen"), (unknown, "unbekannt")]));
        text
    },
    stopping: "Hält an: Begonnenes wird beendet, sonst nichts begonnen",
    running_keys: "↑↓ blättern · Esc anhalten",
    done_keys: "↑↓ blättern · Esc schließen",
    failed_keys: |again| format!("{again} Rest wiederholen · ↑↓ blättern · Esc schließen"),
    done_until: |day| format!("erledigt, Testphase bis {day}"),
    sent: "an den Browser übergeben",
    guided: |act, count| {
        let tasks = if count == 1 { "1 Aufgabe".to_owned() } else { format!("{count} Aufgaben") };
        match act {
            Act::Launch => Some(format!("{tasks} beginnen: anmelden")),
            Act::Unlink => Some(format!("{tasks} beginnen: trennen")),
            _ => None,
        }
    },
    guided_go: "Beginnen",
    guided_trial: "Getrennt wird in der Webkonsole. Jede Testphase läuft ab der gemeldeten Zeit.",
    begun: "Aufgabe begonnen",
    not_started: "nicht begonnen",
};
