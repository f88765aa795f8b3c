//! The rows of the preview.

use crate::app::features::import::{ImportDialog, Item, Kind, RowStatus};
use crate::domain::import::columns::Field;
use crate::domain::import::plan::{Candidate, Change, Choice, Outcome};
use crate::domain::import::row::ImportRow;
use crate::view::Scene;
use crate::view::widgets::grid::cut;
use crate::view::widgets::text;
use ratatui::text::{Line, Span};

pub(super) fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::New => "+",
        Kind::Changed => "~",
        Kind::Unchanged => "=",
        Kind::Ambiguous => "?",
        Kind::Rejected => "✘",
    }
}

pub(super) fn line(scene: &Scene<'_>, import: &ImportDialog, item: &Item, room: usize) -> Line<'static> {
    let theme = scene.theme;
    let style = match item.kind {
        Kind::New => theme.good,
        Kind::Changed => theme.accent,
        Kind::Unchanged => theme.muted,
        Kind::Ambiguous => theme.waiting,
        Kind::Rejected => theme.danger,
    };
    let name = (room / 3).clamp(12, 40);
    let said = details(scene, import, item);
    let line = Line::from(vec![
        Span::styled(format!(" {} ", sign(item.kind)), style),
        Span::styled(format!("{:>5}  ", item.line), theme.muted),
        Span::raw(text::pad(&item.name, name)),
        Span::raw("  "),
        Span::raw(said),
    ]);
    cut(line, room)
}

/// What is to be said of a row.
pub(super) fn details(scene: &Scene<'_>, import: &ImportDialog, item: &Item) -> String {
    let words = &scene.words.import;
    match &item.status {
        RowStatus::Unread(rejected) => (words.reason)(&rejected.reason),
        RowStatus::Planned(row, outcome) => match outcome {
            Outcome::New => import.rows.get(*row).map(|(row, _)| comes_with(scene, row)).unwrap_or_default(),
            Outcome::Changed { changes, .. } => {
                changes.iter().map(|change| changed(scene, change)).collect::<Vec<_>>().join(" · ")
            }
            Outcome::Unchanged { .. } => String::new(),
            Outcome::Ambiguous(candidates) => ambiguous(scene, candidates, import.choice(*row)),
            Outcome::Rejected(why) => (words.refusal)(why),
        },
    }
}

/// A value as it is shown: 0 is no limit.
fn value(scene: &Scene<'_>, field: Field, text: &str) -> String {
    if field == Field::SeatLimit && text == "0" { scene.words.import.no_limit.to_owned() } else { text.to_owned() }
}

fn changed(scene: &Scene<'_>, change: &Change) -> String {
    let old = change.old.as_deref().unwrap_or("–");
    format!("{} {old} → {}", (scene.words.import.field)(change.field), value(scene, change.field, &change.new))
}

/// What a new company comes with, beside its name.
fn comes_with(scene: &Scene<'_>, row: &ImportRow) -> String {
    let field = scene.words.import.field;
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    let parts = [
        (Field::ExternalId, row.external_id.clone()),
        (Field::FilledSeats, number(row.filled)),
        (Field::SeatLimit, number(row.seat_limit.filter(|limit| *limit > 0))),
        (Field::Status, row.status.as_ref().map(|status| (scene.words.companies.state)(status).into_owned())),
        (Field::Website, row.website.clone()),
        (Field::Country, row.country.clone()),
        (Field::Tags, Some(row.tags.join(", ")).filter(|tags| !tags.is_empty())),
    ];
    let said = parts.into_iter().filter_map(|(is, text)| Some(format!("{} {}", field(is), text?)));
    said.collect::<Vec<_>>().join(" · ")
}

fn ambiguous(scene: &Scene<'_>, candidates: &[Candidate], choice: &Choice) -> String {
    let words = &scene.words.import;
    let named = |candidate: &Candidate| match &candidate.known_by {
        Some(known) => format!("{} ({known})", candidate.name),
        None => candidate.name.clone(),
    };
    match choice {
        Choice::New => format!("→ {}", words.as_new),
        Choice::Is(id) => {
            let chosen = candidates.iter().find(|candidate| candidate.id == *id).map(named);
            format!("→ {}", chosen.unwrap_or_default())
        }
        Choice::Certain => {
            let all: Vec<String> =
                candidates.iter().map(|candidate| format!("{}? {} %", named(candidate), candidate.percent)).collect();
            all.join(" · ")
        }
    }
}
