//! The menu that sorts the list.

use crate::app::command::Command;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::features::companies;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::{Overlay, Pick};
use crate::domain::roster::{Column, Sort};

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let current = model.roster.query().sort.map(|sort| sort.column);
    let cursor = Column::ALL.iter().position(|column| Some(*column) == current).unwrap_or(0);
    model.overlays.push(Overlay::Sort(Pick::at(cursor)));
}

/// Space orders by the row, and on the order in force turns it round; Enter accepts. Numbers pick a row at once.
pub(in crate::app) fn key(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Sort(pick)) = ctx.model.overlays.last_mut() else { return };
    if let Some(movement) = Movement::of(key, true) {
        pick.cursor = movement.apply(pick.cursor, Column::ALL.len(), Column::ALL.len());
        return;
    }
    match key.typed().and_then(|c| c.to_digit(10)) {
        Some(digit @ 1..) if digit as usize <= Column::ALL.len() => {
            ctx.model.overlays.pop();
            order_by(ctx.model, digit as usize - 1);
        }
        _ => match key.code {
            Code::Char(' ') => {
                let row = pick.choose();
                order_by(ctx.model, row);
            }
            Code::Enter => {
                let row = pick.accept();
                ctx.model.overlays.pop();
                if let Some(row) = row {
                    order_by(ctx.model, row);
                }
            }
            Code::Char('S') => {
                pick.choose();
                companies::reverse(ctx.model);
            }
            Code::Char('c') => {
                ctx.model.overlays.pop();
                crate::app::update::run(ctx, Command::ClearAll);
            }
            Code::Esc | Code::Char('q' | 's') => {
                ctx.model.overlays.pop();
            }
            _ => {}
        },
    }
}

fn order_by(model: &mut Model, row: usize) {
    let Some(column) = Column::ALL.get(row).copied() else { return };
    let descending = match model.roster.query().sort {
        Some(sort) if sort.column == column => !sort.descending,
        // Most seats are what one looks for; names, states and what is unfinished begin at their beginning.
        _ => column == Column::Seats,
    };
    companies::order(model, Sort { column, descending });
}
