//! What stands in the columns of a row. Numbers are in the text's own colour: what is loud is the reason for attention.
//! What is not known is `?`, none and what does not apply `–`.

use crate::domain::company::{Company, CompanyState};
use crate::domain::id::CompanyKey;
use crate::domain::list_column::ListColumn;
use crate::domain::reason::Reason;
use crate::domain::roster::Column;
use crate::view::Scene;
use crate::view::summary::state_glyph;
use crate::view::widgets::bars::{fullness, meter};
use crate::view::widgets::{chart, text};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells of the bar without the space before it.
const BAR: usize = 5;
/// Cells of the sign before the status, and the space behind it.
const SIGN: usize = 2;

/// The word above a column of so many cells.
pub(super) fn heading(scene: &Scene<'_>, column: ListColumn, cells: u16) -> &'static str {
    let words = &scene.words.companies;
    match column {
        ListColumn::Status => words.status,
        ListColumn::Seats => words.seats,
        ListColumn::Setup => words.setup,
        ListColumn::Owners if usize::from(cells) < text::width(words.owners) => words.owners_short,
        ListColumn::Owners => words.owners,
        ListColumn::Launched => words.launched,
        ListColumn::Usage => words.usage,
        ListColumn::Tags => words.tags,
        ListColumn::ExternalId => words.external_id,
    }
}

/// The order that belongs to a column, if there is one.
pub(super) fn order(column: ListColumn) -> Option<Column> {
    match column {
        ListColumn::Status => Some(Column::Status),
        ListColumn::Seats => Some(Column::Seats),
        ListColumn::Setup => Some(Column::Setup),
        ListColumn::Owners => Some(Column::Owners),
        ListColumn::Launched | ListColumn::Usage | ListColumn::Tags | ListColumn::ExternalId => None,
    }
}

/// Numbers stand at the right.
pub(super) fn right(column: ListColumn) -> bool {
    matches!(column, ListColumn::Seats | ListColumn::Setup | ListColumn::Owners | ListColumn::Launched)
}

/// The sign between cursor and name: a mark, which is about to be acted on, else a pin.
pub(super) fn mark(scene: &Scene<'_>, key: &CompanyKey, marked: bool) -> Option<Span<'static>> {
    if marked {
        return Some(Span::styled("◆", scene.theme.accent));
    }
    scene.model.ui.pinned(key).then(|| Span::raw("★"))
}

/// How it stands, by shape and colour.
pub(super) fn state_sign(scene: &Scene<'_>, company: &Company) -> Span<'static> {
    let (glyph, style) = state_glyph(scene, &company.state);
    Span::styled(glyph, style)
}

/// What the status says, from the most words to the least.
struct Status {
    sign: Option<(&'static str, Style)>,
    texts: Vec<String>,
    style: Style,
}

fn status_of(scene: &Scene<'_>, company: &Company) -> Status {
    let words = scene.words;
    let state = (words.companies.state)(&company.state).into_owned();
    let muted = scene.theme.muted;
    if let Some(reason) = Reason::most_urgent(company) {
        let more = company.attention.len() - 1;
        let more = if more > 0 { format!(" +{more}") } else { String::new() };
        let brief = (words.attention.brief)(&reason, scene.clock.now);
        let short = (words.attention.short)(&reason.kind);
        let texts = vec![
            format!("{state} · {brief}{more}"),
            format!("{brief}{more}"),
            brief,
            format!("{short}{more}"),
            short.into_owned(),
        ];
        return Status { sign: Some(("⚑", scene.theme.waiting)), texts, style: Style::new() };
    }
    if let Some(until) = company.snooze_until.filter(|_| !company.attention.is_empty()) {
        let until = scene.clock.day(until);
        let snoozed = words.attention.snoozed;
        let texts =
            vec![format!("{state} · {snoozed} {until}"), format!("{snoozed} {until}"), snoozed.to_owned(), state];
        return Status { sign: Some(("z", muted)), texts, style: muted };
    }
    let trial = (company.state == CompanyState::Unlinked).then(|| trial(scene, company)).flatten();
    // The sign before the name says that it is unlinked, too.
    let told = trial.into_iter().flat_map(|trial| [format!("{state} · {trial}"), trial]);
    let texts = told.chain([state.clone()]).collect();
    let calm = matches!(company.state, CompanyState::Active | CompanyState::Unlinked);
    Status { sign: None, texts, style: if calm { muted } else { Style::new() } }
}

fn trial(scene: &Scene<'_>, company: &Company) -> Option<String> {
    let end = company.trial_end_time?;
    let words = &scene.words.companies;
    let over = end <= scene.clock.now;
    Some(if over { words.trial_over.to_owned() } else { (words.trial_until)(&scene.clock.day(end)) })
}

/// Cells of all that the status could say.
pub(super) fn status_width(scene: &Scene<'_>, company: &Company) -> usize {
    SIGN + status_of(scene, company).texts.first().map_or(0, |text| text::width(text))
}

/// State and reason in as many words as fit; the sign before it says whether it needs attention.
pub(super) fn status(scene: &Scene<'_>, company: &Company, cells: usize) -> Line<'static> {
    let status = status_of(scene, company);
    let sign = match status.sign {
        Some((sign, style)) => Span::styled(format!("{sign} "), style),
        None => Span::raw(" ".repeat(SIGN)),
    };
    let room = cells.saturating_sub(SIGN);
    let least = status.texts.last().cloned().unwrap_or_default();
    let fits = status.texts.into_iter().find(|text| text::width(text) <= room).unwrap_or(least);
    Line::from(vec![sign, Span::styled(text::cut(&fits, room).into_owned(), status.style)])
}

/// `42/50 ▰▰▰▰▱`, the number flush right so that sizes compare at a glance; a bar where there is a limit.
pub(super) fn seats(scene: &Scene<'_>, company: &Company, cells: usize, bar: bool) -> Line<'static> {
    let numbers = seats_number(scene, company, cells);
    let mut line = Line::from(format!("{numbers:>cells$}"));
    let limited = company.seats.filled.zip(company.seats.limit).filter(|_| bar && company.state.managed());
    if let Some((filled, limit)) = limited {
        let (_, style) = fullness(scene, u64::from(company.seats.percent().unwrap_or(0)));
        let meter = meter(u64::from(filled), u64::from(limit), BAR);
        let full = meter.trim_end_matches('▱');
        line.push_span(Span::styled(format!(" {full}"), style));
        line.push_span(Span::styled(meter.trim_start_matches('▰').to_owned(), scene.theme.muted));
    }
    line
}

/// Filled seats and limit as they fit: without separators rather than cut, and half of a limit is none.
fn seats_number(scene: &Scene<'_>, company: &Company, cells: usize) -> String {
    let seats = company.seats;
    let sign = company.seats_sign();
    let number = |number: u32| scene.words.number(u64::from(number));
    let [filled, bare] = seats.filled.map_or_else(
        || ["?".to_owned(), "?".to_owned()],
        |count| [number(count), count.to_string()].map(|count| format!("{sign}{count}")),
    );
    let Some(limit) = seats.limit else { return text::cut(&filled, cells).into_owned() };
    let whole = format!("{filled}/{}", number(limit));
    let shapes = [whole, format!("{bare}/{limit}"), format!("{filled}/…"), format!("{bare}/…")];
    let fits = shapes.into_iter().find(|shape| text::width(shape) <= cells);
    fits.unwrap_or_else(|| text::cut(&filled, cells).into_owned())
}

/// Done of applicable steps. Of an unlinked company it is no longer ours to look after.
pub(super) fn setup(scene: &Scene<'_>, company: &Company) -> Line<'static> {
    let setup = company.setup;
    match company.state {
        CompanyState::Unlinked => Line::styled("–", scene.theme.muted),
        _ if !setup.known() => Line::styled("?", scene.theme.muted),
        _ if setup.complete() => Line::styled("✔", scene.theme.good),
        // A checklist of more steps than this column is made for must not lose a digit without a sign of it.
        _ => Line::from(text::cut(&format!("{}/{}", setup.done, setup.applicable), 5).into_owned()),
    }
}

/// Confirmed owners; `1?` is one who was invited and has not joined.
pub(super) fn owners(scene: &Scene<'_>, company: &Company) -> Line<'static> {
    let owners = &company.owners;
    match (owners.confirmed, owners.invited) {
        _ if company.state == CompanyState::Unlinked => Line::styled("–", scene.theme.muted),
        (None, _) => Line::styled("?", scene.theme.muted),
        (Some(0), Some(invited @ 1..)) => Line::styled(format!("{invited}?"), scene.theme.waiting),
        (Some(0), _) => Line::styled("–", scene.theme.danger),
        (Some(confirmed), _) => Line::from(confirmed.to_string()),
    }
}

/// How long ago it was launched last.
pub(super) fn launched(scene: &Scene<'_>, company: &Company) -> Line<'static> {
    company.launch_time.map_or_else(
        || Line::styled("·", scene.theme.muted),
        |launched| Line::styled(scene.clock.short(launched), scene.theme.muted),
    )
}

pub(super) fn usage(scene: &Scene<'_>, key: &CompanyKey, cells: usize) -> Line<'static> {
    let known = scene.model.usage.curves.known.get(key);
    known.map_or_else(Line::default, |known| Line::styled(chart::curve(&known.daily, cells), scene.theme.chart))
}

pub(super) fn tags(company: &Company) -> String {
    let tags: Vec<String> = company.tags.iter().map(|tag| format!("#{tag}")).collect();
    tags.join(" ")
}
