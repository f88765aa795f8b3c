//! Marked companies and what is done to all of them.

use crate::app::features::bulk::{Act, Block};
use crate::domain::unlink::CheckCode;
use crate::i18n::types::bulk::Bulk;
use crate::i18n::{join, listed};

pub(super) const TEXTS: Bulk = Bulk {
    count: |_, number| format!("{number} marked"),
    only_this: |what| format!("{what} (this one)"),
    title: |count, number| {
        if count == 1 { "1 marked company".into() } else { format!("{number} marked companies") }
    },
    choose_keys: |rows| format!("1–{rows} or ↵ choose · Esc close"),
    set_step: "Change a setup step",
    to_state: "change to",
    act: |act, count, step, state| {
        let companies = if count == 1 { "1 company".to_owned() } else { format!("{count} companies") };
        match act {
            Act::Launch => format!("Launch {companies}, each in the browser"),
            Act::Tags { add, remove } => {
                let add = (!add.is_empty()).then(|| format!("add {}", add.join(", ")));
                let remove = (!remove.is_empty()).then(|| format!("remove {}", remove.join(", ")));
                format!("Tags on {companies}: {}", [add, remove].into_iter().flatten().collect::<Vec<_>>().join("; "))
            }
            Act::Setup { .. } => format!("Set “{step}” to “{state}” for {companies}"),
            Act::Snooze { days: 0, .. } => format!("Stop snoozing {companies}"),
            Act::Snooze { days: 1, .. } => format!("Snooze {companies} for a day"),
            Act::Snooze { days: 7, .. } => format!("Snooze {companies} for a week"),
            Act::Snooze { days, .. } => format!("Snooze {companies} for {days} days"),
            Act::Unlink => format!("Unlink {companies} – you can't undo this"),
            Act::Restore => format!("Restore tags on {companies}"),
        }
    },
    go: |act| match act {
        Act::Launch => "Launch",
        Act::Tags { .. } => "Change tags",
        Act::Setup { .. } => "Change step",
        Act::Snooze { days: 0, .. } => "Stop snoozing",
        Act::Snooze { .. } => "Snooze",
        Act::Unlink => "Unlink",
        Act::Restore => "Restore",
    },
    cancel: "Cancel",
    ready: |count| format!("Ready ({count})"),
    blocked: |count| format!("Skipped ({count})"),
    block: |block| match block {
        Block::Unlinked => "already unlinked".into(),
        Block::Gone => "no longer in the list".into(),
        Block::Renamed(name) => format!("now called “{name}”"),
        Block::AlreadySo => "nothing to change".into(),
        Block::NoAttention => "nothing to snooze".into(),
        Block::Check(code, title) => match code {
            CheckCode::NoConfirmedOwner => "no confirmed owner".into(),
            CheckCode::AlreadyUnlinked => "already unlinked".into(),
            CheckCode::PermissionDenied => "your role can't unlink it".into(),
            _ => title.clone(),
        },
        Block::CheckFailed(_) => "check failed".into(),
        Block::NotPermitted(_) => "not allowed in its MSP account".into(),
    },
    checking: |count| format!("Checking ({count}) …"),
    nothing_ready: "Nothing to do: all companies were skipped.",
    type_count: |count| format!("Type {count} to confirm"),
    wrong_count: "doesn't match the number of ready companies",
    trial: |day| format!("Each starts a 14-day free trial, until {day}"),
    review_keys: "Tab next · ↵ choose · ↑↓ scroll · Esc cancel",
    progress: |done, all, failed, unknown| {
        let mut text = format!("{done} of {all} done");
        join(&mut text, ", ", &listed(&[(failed, "failed"), (unknown, "unknown")]));
        text
    },
    stopping: "Stopping: started ones finish, no others start",
    running_keys: "↑↓ scroll · Esc stop",
    done_keys: "↑↓ scroll · Esc close",
    failed_keys: |again| format!("{again} retry unfinished · ↑↓ scroll · Esc close"),
    done_until: |day| format!("done, trial until {day}"),
    sent: "sent to the browser",
    guided: |act, count| {
        let tasks = if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") };
        match act {
            Act::Launch => Some(format!("Begin {tasks}: launch")),
            Act::Unlink => Some(format!("Begin {tasks}: unlink")),
            _ => None,
        }
    },
    guided_go: "Begin",
    guided_trial: "You unlink in the web console. Each trial starts with the time you declare.",
    begun: "task begun",
    not_started: "not started",
};
