//! What of a company, or of what the cursor is on, is copied: one letter each, with what it would be.

use super::{copy, under_cursor};
use crate::app::core::menu::{Choice, Menu};
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::overview::{self, Field};
use crate::app::features::palette::{Label, To};
use crate::app::key::Key;
use crate::app::model::Model;
use crate::domain::company::{Attention, Company};

/// What a ticket is told of a company, where there is something to tell.
pub const BLOCK: [Field; 11] = [
    Field::State,
    Field::Attention,
    Field::SignIn,
    Field::Website,
    Field::Address,
    Field::Seats,
    Field::Owners,
    Field::Setup,
    Field::ExternalId,
    Field::Tags,
    Field::Id,
];

/// Something to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyRow {
    pub what: What,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A field, a person's address.
    UnderCursor,
    Name,
    /// Where its people sign in.
    SignIn,
    /// Its postal address.
    Address,
    Id,
    /// A block of Markdown for a ticket.
    Markdown,
    /// The command that replaces a token that expires.
    ReplaceToken,
    /// The command that tells why a source cannot be read.
    TellSources,
}

impl What {
    /// The letter that picks it. The key that opened the menu takes what the cursor is on.
    pub fn letter(self) -> char {
        match self {
            Self::UnderCursor => 'y',
            Self::Name => 'n',
            Self::SignIn => 'u',
            Self::Address => 'a',
            Self::Id => 'i',
            Self::Markdown => 'm',
            Self::ReplaceToken => 't',
            Self::TellSources => 's',
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyMenu {
    /// Of which company.
    pub company: String,
    pub menu: Menu,
    pub rows: Vec<CopyRow>,
}

/// Opens the menu of the selected company.
pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let Some((_, company)) = ctx.model.selected() else { return };
    let company = company.clone();
    let sign_in =
        if company.sign_in_host.is_empty() { String::new() } else { format!("https://{}", company.sign_in_host) };
    let cure = |kind, command: &str| {
        if company.attention.contains(&kind) { command.to_owned() } else { String::new() }
    };
    let all = [
        (What::UnderCursor, under_cursor(ctx.model, &company)),
        (What::Name, company.name.clone()),
        (What::SignIn, sign_in),
        (What::Address, overview::copied(&company, Field::Address)),
        (What::Id, company.id.to_string()),
        (What::Markdown, block(ctx.model, &company)),
        // By its id, which means nothing to a shell. Only tokens of events say when they expire.
        (
            What::ReplaceToken,
            cure(Attention::SourceExpiring, &format!("mspdash connect {} --events --rotate", company.id)),
        ),
        (What::TellSources, cure(Attention::SourceFailing, &format!("mspdash sources list {}", company.id))),
    ];
    let rows =
        all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(what, text)| CopyRow { what, text }).collect();
    ctx.model.overlays.open(CopyMenu { company: company.name, menu: Menu::default(), rows });
}

impl Dialog for CopyMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let letter = key.typed().and_then(|c| self.rows.iter().position(|row| row.what.letter() == c));
        let chosen = match letter {
            Some(row) => Some(row),
            None => match self.menu.key(key, self.rows.len(), self.rows.len(), 'q') {
                Choice::Chosen(row) | Choice::Accepted(Some(row)) => Some(row),
                Choice::Closed | Choice::Accepted(None) => return Outcome::Close,
                Choice::Moved | Choice::Other => None,
            },
        };
        match chosen.and_then(|row| self.rows.get(row)) {
            Some(row) => {
                if row.what == What::UnderCursor && super::on_shown(ctx.model) {
                    super::copy_shown(ctx, self.company.clone());
                } else {
                    copy(ctx, row.text.clone());
                }
                Outcome::Close
            }
            None => Outcome::Keep,
        }
    }
}

/// The company in Markdown, in the user's language: its name, and below it one fact a line.
fn block(model: &Model, company: &Company) -> String {
    let label = |field: Field| {
        let named = |label: &&Label| label.to == To::Field(field);
        model.options.labels.iter().find(named).map_or("", |label| label.name)
    };
    let fact = |field: Field| {
        let value = match field {
            Field::Seats => match company.seats.limit {
                Some(limit) if company.seats.filled.is_some() => {
                    format!("{} / {limit}", overview::copied(company, field))
                }
                _ => overview::copied(company, field),
            },
            Field::Owners => company.owners.names.join(", "),
            Field::SignIn if !company.sign_in_host.is_empty() => format!("https://{}", company.sign_in_host),
            _ => overview::copied(company, field),
        };
        (!value.is_empty()).then(|| format!("- {}: {}\n", label(field), escaped(&value)))
    };
    let facts: String = BLOCK.into_iter().filter_map(fact).collect();
    format!("**{}**\n\n{facts}", escaped(&company.name))
}

/// What Markdown would take for marks stands for itself.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>|#".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_draw_in_markdown() {
        assert_eq!(escaped("A*B_[x](y) <b> #1"), "A\\*B\\_\\[x\\](y) \\<b\\> \\#1");
        let letters: std::collections::BTreeSet<char> =
            [What::UnderCursor, What::Name, What::SignIn, What::Address, What::Id, What::Markdown]
                .map(What::letter)
                .into();
        assert_eq!(letters.len(), 6);
    }
}
