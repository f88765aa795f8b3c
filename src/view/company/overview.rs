//! The overview: one field a row, the label at the left, the value wrapped at the right.

use super::super::summary::state_glyph;
use super::super::{Scene, text};
use super::scrolled;
use crate::app::overview::{Field, fields};
use crate::domain::company::{Company, Origin};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells of the labels.
const LABEL: usize = 14;

/// A value: lines of text with one style each.
type Value = Vec<(String, Style)>;

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, company: &Company, focused: bool) {
    let room = usize::from(area.width).saturating_sub(LABEL + 5).max(8);
    let mut lines = Vec::new();
    let mut cursor = (0, 1);
    for (index, field) in fields(company).into_iter().enumerate() {
        let at = focused && index == scene.model.rows.overview;
        let start = lines.len();
        let label = text::cut((scene.words.company.field)(field), LABEL).into_owned();
        let pad = " ".repeat(LABEL.saturating_sub(text::width(&label)));
        let mut first = true;
        for (value, style) in value(scene, company, field) {
            for part in text::wrap(&value, room) {
                let mark = if at { Span::styled("▌", scene.theme.accent) } else { Span::raw(" ") };
                let label_style = if at { scene.theme.strong } else { scene.theme.muted };
                let lead = if first { format!(" {label}{pad}  ") } else { " ".repeat(LABEL + 3) };
                first = false;
                lines.push(Line::from(vec![mark, Span::styled(lead, label_style), Span::styled(part, style)]));
            }
        }
        if at {
            cursor = (start, lines.len());
        }
    }
    scrolled(frame, area, &lines, cursor.0, cursor.1);
}

fn value(scene: &Scene<'_>, company: &Company, field: Field) -> Value {
    let words = &scene.words.company;
    let clock = &scene.clock;
    let plain = |text: String| vec![(text, Style::new())];
    let or_none = |text: Option<&str>| match text {
        Some(text) => vec![(text.to_owned(), Style::new())],
        None => vec![(words.nothing.to_owned(), scene.theme.muted)],
    };
    match field {
        Field::State => {
            let (glyph, style) = state_glyph(scene, &company.state);
            vec![(format!("{glyph} {}", (scene.words.state)(&company.state)), style)]
        }
        Field::Attention => company
            .attention
            .iter()
            .map(|kind| (format!("⚑ {}", (scene.words.attention)(kind)), scene.theme.waiting))
            .collect(),
        Field::Website => or_none(company.website.as_deref()),
        Field::Address => address(scene, company),
        Field::Region => vec![(company.region.clone(), Style::new()), (words.region_note.into(), scene.theme.muted)],
        Field::SignIn => plain(company.sign_in_host.clone()),
        Field::Seats => seats(scene, company),
        Field::Owners => {
            let style = if company.owners.confirmed == 0 { scene.theme.danger } else { Style::new() };
            vec![((words.owners)(company.owners.confirmed, company.owners.invited), style)]
        }
        Field::Setup => setup(scene, company),
        Field::Recoveries => vec![((words.recoveries)(company.open_recoveries), scene.theme.waiting)],
        Field::Advanced => {
            let advanced = company.advanced_permissions;
            plain((words.advanced)(advanced.allowed_by_company, advanced.granted_to_me).to_owned())
        }
        Field::Origin => {
            let day = company.link_time.or(company.create_time).map_or_else(|| "?".into(), |time| clock.day(time));
            plain(if company.origin == Origin::Linked { (words.linked)(&day) } else { (words.created)(&day) })
        }
        Field::Launched => match company.launch_time {
            Some(time) => plain(format!("{} ({})", clock.ago(time), clock.moment(time))),
            None => vec![(words.never_launched.into(), scene.theme.muted)],
        },
        Field::Unlinked => {
            let day = company.unlink_time.map(|time| clock.moment(time)).unwrap_or_default();
            plain((words.unlinked)(&day, company.unlinked_by.as_ref().map(|who| who.display_name.as_str())))
        }
        Field::Trial => {
            let end = company.trial_end_time.unwrap_or(clock.now);
            let over = end <= clock.now;
            let style = if over { scene.theme.danger } else { scene.theme.waiting };
            vec![((words.trial)(&clock.day(end), over), style)]
        }
        Field::ExternalId => or_none(company.external_id.as_deref()),
        Field::Tags => plain(company.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join("  ")),
        Field::Note => or_none(company.note.as_deref()),
        Field::Id => vec![(company.id.to_string(), scene.theme.muted)],
    }
}

fn address(scene: &Scene<'_>, company: &Company) -> Value {
    let address = &company.address;
    let mut lines: Vec<String> = address.lines.iter().filter(|line| !line.trim().is_empty()).cloned().collect();
    let town = [address.postal_code.as_deref(), address.locality.as_deref(), address.administrative_area.as_deref()];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let country = crate::words::country::name(&address.country_code, scene.model.options.lang);
    let country = country.map_or_else(|| address.country_code.clone(), ToOwned::to_owned);
    lines.extend([town, country].into_iter().filter(|line| !line.trim().is_empty()));
    if lines.is_empty() {
        return vec![(scene.words.company.nothing.into(), scene.theme.muted)];
    }
    lines.into_iter().map(|line| (line, Style::new())).collect()
}

fn seats(scene: &Scene<'_>, company: &Company) -> Value {
    let words = &scene.words.company;
    let seats = company.seats;
    let style = match seats.percent() {
        Some(100..) => scene.theme.danger,
        Some(80..) => scene.theme.waiting,
        _ => Style::new(),
    };
    let percent = seats.percent().map(|percent| format!(" · {percent} %")).unwrap_or_default();
    vec![
        (format!("{}{percent}", (words.seats)(seats.filled, seats.limit)), style),
        ((words.members_guests)(seats.members, seats.guests), scene.theme.muted),
    ]
}

fn setup(scene: &Scene<'_>, company: &Company) -> Value {
    let words = &scene.words.company;
    let setup = company.setup;
    let bar = super::setup::bar(setup.done, setup.applicable);
    let style = if setup.complete() { scene.theme.good } else { Style::new() };
    let mut lines = vec![(format!("{bar} {}", (words.setup)(setup.done, setup.applicable)), style)];
    if let Some(since) = setup.stalled_since {
        lines.push(((words.stalled)(&scene.clock.day(since)), scene.theme.waiting));
    }
    lines
}
