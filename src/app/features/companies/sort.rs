//! The menu that sorts the list.

use crate::app::command::Command;
use crate::app::core::menu::{Choice, Menu};
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::companies;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::domain::roster::{Column, Sort};

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let current = model.roster.query().sort.map(|sort| sort.column);
    let cursor = Column::ALL.iter().position(|column| Some(*column) == current).unwrap_or(0);
    model.overlays.open(SortMenu(Menu::at(cursor)));
}

/// Space sorts by the row, and on the order in force reverses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortMenu(pub Menu);

impl Dialog for SortMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match (self.0.numbered_key(key, Column::ALL.len(), 's'), key.code) {
            (Choice::Chosen(row), _) => order_by(ctx.model, row),
            (Choice::Accepted(row), _) => {
                if let Some(row) = row {
                    order_by(ctx.model, row);
                }
                return Outcome::Close;
            }
            (Choice::Closed, _) => return Outcome::Close,
            (Choice::Other, Code::Char('S')) => {
                self.0.choose();
                companies::reverse(ctx.model);
            }
            (Choice::Other, Code::Char('c')) => return Outcome::Run(Command::ClearAll),
            _ => {}
        }
        Outcome::Keep
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
