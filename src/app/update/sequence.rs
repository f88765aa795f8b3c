//! Keys outside of dialogs and lines: counts, sequences, and the command that they mean.

use crate::app::command::{Command, Danger, DisabledReason, Meaning};
use crate::app::core::menu::digit;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::focus::{Focus, focus};
use crate::app::key::{Code, Key};
use crate::app::navigation;
use crate::app::pending;
use crate::app::toast::Notification;
use crate::app::update::run;

pub(in crate::app) fn key(ctx: &mut Ctx<'_>, key: Key) {
    if key == Key::plain(Code::Esc) && drop_pending(ctx) {
        return;
    }
    if let Some(digit) = counts(ctx, key) {
        return ctx.model.pending.digit(digit);
    }
    match pending::meaning(ctx.model, key) {
        Meaning::Begins => ctx.model.pending.begin(key, ctx.model.now),
        Meaning::Runs(command) => {
            let count = std::mem::take(&mut ctx.model.pending).count;
            // Inside a company the key that quits leads out of it; by name it quits from everywhere.
            let leaves = command == Command::Quit && matches!(focus(ctx.model), Focus::Company(_));
            run_counted(ctx, if leaves { Command::Back } else { command }, count);
        }
        Meaning::Nothing => {
            let mut pressed = std::mem::take(&mut ctx.model.pending).keys;
            pressed.push(key);
            ctx.model.tell_unbound(pressed);
        }
    }
}

/// Drops a sequence or count that waits. Says whether there was one.
pub(in crate::app) fn drop_pending(ctx: &mut Ctx<'_>) -> bool {
    !std::mem::take(&mut ctx.model.pending).is_empty()
}

/// A digit that is no key here begins a count, and every digit after it belongs to it.
fn counts(ctx: &Ctx<'_>, key: Key) -> Option<usize> {
    let pending = &ctx.model.pending;
    let digit = digit(key).filter(|_| pending.keys.is_empty())?;
    let begins = digit > 0 && pending::meaning(ctx.model, key) == Meaning::Nothing;
    (pending.count.is_some() || begins).then_some(digit)
}

/// Moves so many times. A count never multiplies what changes something, and does not let it run once either: who
/// counts means something else.
fn run_counted(ctx: &mut Ctx<'_>, command: Command, count: Option<usize>) {
    let row = command.row();
    match (count, command) {
        (Some(_), _) if row.danger != Danger::Reads => {
            ctx.model.notify(Notification::NotNow(command, DisabledReason::NoCount));
        }
        (Some(count), Command::Top | Command::Bottom) if command.ready(ctx.model).is_ok() => {
            navigation::step(ctx.model, Movement::Row(count.saturating_sub(1)));
        }
        (Some(count), _) if row.repeats => (0..count).for_each(|_| run(ctx, command)),
        _ => run(ctx, command),
    }
}
