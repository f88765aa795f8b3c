//! The overview: one field a row, the label at the left, the value wrapped at the right.

use crate::app::features::accounts::Account;
use crate::app::features::overview::{Field, fields};
use crate::domain::company::{Company, CompanyState, Origin};
use crate::domain::facts::{Coverage, Facet, Fact, Figure};
use crate::view::Scene;
use crate::view::features::company::scrolled;
use crate::view::summary::state_glyph;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells of the labels.
const LABEL: usize = 14;

/// A value: lines, each with a sign in its colour, if it has one, and a text.
type Value = Vec<Part>;

/// One line of a value.
struct Part {
    sign: Option<(String, Style)>,
    text: String,
    style: Style,
}

impl Part {
    fn plain(text: impl Into<String>) -> Self {
        Self { sign: None, text: text.into(), style: Style::new() }
    }

    fn muted(scene: &Scene<'_>, text: impl Into<String>) -> Self {
        Self { style: scene.theme.muted, ..Self::plain(text) }
    }

    fn signed(sign: impl Into<String>, style: Style, text: impl Into<String>) -> Self {
        Self { sign: Some((sign.into(), style)), ..Self::plain(text) }
    }
}

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, company: &Company, focused: bool) {
    let room = usize::from(area.width).saturating_sub(LABEL + 3).max(8);
    let mut lines = Vec::new();
    let mut cursor = 0..1;
    for (index, field) in fields(company).into_iter().enumerate() {
        let at = focused && index == scene.model.rows.overview;
        let start = lines.len();
        let label = text::cut((scene.words.company.field)(field), LABEL).into_owned();
        let pad = " ".repeat(LABEL.saturating_sub(text::width(&label)));
        let mut first = true;
        for part in value(scene, company, field) {
            let indent = part.sign.as_ref().map_or(0, |(sign, _)| text::width(sign) + 1);
            for (row, line) in text::wrap(&part.text, room.saturating_sub(indent)).into_iter().enumerate() {
                let mark = if at { Span::styled("▌", scene.theme.accent) } else { Span::raw(" ") };
                let label_style = if at { scene.theme.strong } else { scene.theme.muted };
                let lead = if first { format!(" {label}{pad} ") } else { " ".repeat(LABEL + 2) };
                first = false;
                let sign = match &part.sign {
                    Some((sign, style)) if row == 0 => Span::styled(format!("{sign} "), *style),
                    _ => Span::raw(" ".repeat(indent)),
                };
                let words = Span::styled(line, part.style);
                lines.push(Line::from(vec![mark, Span::styled(lead, label_style), sign, words]));
            }
        }
        if at {
            cursor = start..lines.len();
        }
    }
    scrolled(frame, area, lines, &cursor);
}

fn value(scene: &Scene<'_>, company: &Company, field: Field) -> Value {
    let words = &scene.words.company;
    let clock = &scene.clock;
    let theme = scene.theme;
    let or_none = |text: Option<&str>| match text {
        Some(text) => vec![Part::plain(text)],
        None => vec![Part::muted(scene, words.nothing)],
    };
    match field {
        Field::State => {
            let (glyph, style) = state_glyph(scene, &company.state);
            let state = Part::signed(glyph, style, (scene.words.companies.state)(&company.state));
            std::iter::once(state).chain(observed(scene, company, &Facet::Link)).collect()
        }
        Field::Attention => {
            let snoozed = company.snooze_until.map(|until| {
                let wording = (scene.words.attention.until)(&scene.clock.day(until));
                Part::signed("z", theme.muted, wording)
            });
            let kinds = company.attention.iter();
            let kinds = kinds.map(|kind| Part::signed("⚑", theme.waiting, (scene.words.attention.long)(kind)));
            snoozed.into_iter().chain(kinds).collect()
        }
        Field::Website => or_none(company.website.as_deref()),
        Field::Address => address(scene, company),
        Field::Region => {
            let account = scene.model.selected_account().filter(|_| scene.model.accounts.several());
            let note = account.map(|account| (scene.words.accounts.region_note)(&account.label));
            let note = note.unwrap_or_else(|| words.region_note.to_owned());
            vec![Part::plain(&company.region), Part::muted(scene, note)]
        }
        Field::SignIn => or_none(Some(company.sign_in_host.as_str()).filter(|host| !host.is_empty())),
        Field::Seats => seats(scene, company),
        Field::Owners => owners(scene, company),
        Field::Setup => setup(scene, company),
        Field::Recoveries => {
            let counted = match company.open_recoveries {
                None => Part::muted(scene, words.unknown),
                Some(0) => Part::plain((words.recoveries)(0)),
                Some(open) => Part::signed("↺", theme.waiting, (words.recoveries)(open)),
            };
            std::iter::once(counted).chain(observed(scene, company, &Facet::Recovery)).collect()
        }
        Field::Advanced => match company.advanced_permissions {
            Some(advanced) => vec![Part::plain((words.advanced)(advanced.allowed_by_company, advanced.granted_to_me))],
            None => vec![Part::muted(scene, words.unknown)],
        },
        Field::Origin => {
            let Some(time) = company.link_time.or(company.create_time) else { return or_none(None) };
            let (day, linked) = (clock.day(time), company.origin == Origin::Linked);
            vec![Part::plain(if linked { (words.linked)(&day) } else { (words.created)(&day) })]
        }
        Field::Launched => match company.launch_time {
            Some(time) => vec![Part::plain(format!("{} ({})", clock.ago(time), clock.moment(time)))],
            // Whoever signs in by the web console leaves no trace here.
            None if scene.model.selected_account().is_some_and(Account::real) => {
                vec![Part::muted(scene, words.unknown)]
            }
            None => vec![Part::muted(scene, words.never_launched)],
        },
        Field::Unlinked => {
            let day = company.unlink_time.map(|time| clock.moment(time)).unwrap_or_default();
            vec![Part::plain((words.unlinked)(&day, company.unlinked_by.as_ref().map(|who| who.display_name.as_str())))]
        }
        Field::Trial => {
            let end = company.trial_end_time.unwrap_or(clock.now);
            let over = end <= clock.now;
            let style = if over { theme.danger } else { theme.waiting };
            vec![Part::signed(if over { "✘" } else { "◷" }, style, (words.trial)(&clock.day(end), over))]
        }
        Field::ExternalId => or_none(company.external_id.as_deref()),
        Field::Tags => {
            let tags: Vec<String> = company.tags.iter().map(|tag| format!("#{tag}")).collect();
            vec![Part::plain(tags.join("  "))]
        }
        Field::Note => or_none(company.note.as_deref()),
        Field::Id => vec![Part::muted(scene, company.id.as_str())],
    }
}

fn address(scene: &Scene<'_>, company: &Company) -> Value {
    let address = &company.address;
    let mut lines: Vec<String> = address.lines.clone();
    let town = [address.postal_code.as_deref(), address.locality.as_deref()];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let area = address.administrative_area.as_deref().filter(|area| !area.is_empty() && !town.is_empty());
    let country = crate::i18n::country::name(&address.country_code, scene.model.options.lang);
    lines.push(match (area, address.administrative_area.as_deref()) {
        (Some(area), _) => format!("{town}, {area}"),
        (None, area) => format!("{town}{}", area.unwrap_or_default()),
    });
    lines.push(country.map_or_else(|| address.country_code.clone(), ToOwned::to_owned));
    lines.retain(|line| !line.trim().is_empty());
    if lines.is_empty() {
        return vec![Part::muted(scene, scene.words.company.nothing)];
    }
    lines.into_iter().map(Part::plain).collect()
}

/// Where what is shown comes from, how long ago, and who says so; and what a newer source says instead.
fn observed(scene: &Scene<'_>, company: &Company, facet: &Facet) -> Vec<Part> {
    let words = &scene.words.company;
    let said = |fact: &Fact| (words.fact)(&fact.source, &scene.clock.ago(fact.as_of), fact.observer.as_deref());
    let shown = company.fact(facet).map(|shown| {
        let stale = shown.stale_from() <= scene.clock.now;
        if stale { Part::signed("!", scene.theme.waiting, said(shown)) } else { Part::muted(scene, said(shown)) }
    });
    let otherwise = company.contradiction(facet).map(|(fact, value)| {
        let value = match value {
            Figure::Count(0) if *facet == Facet::SeatLimit => scene.words.usage.no_limit.to_owned(),
            Figure::Count(count) => scene.words.number(u64::from(*count)),
            Figure::Word(word) => (scene.words.companies.state)(&CompanyState::from(word.as_str())).into_owned(),
        };
        Part::signed("!", scene.theme.waiting, (words.otherwise)(&value, &said(fact)))
    });
    shown.into_iter().chain(otherwise).collect()
}

fn owners(scene: &Scene<'_>, company: &Company) -> Value {
    let words = &scene.words.company;
    let owners = &company.owners;
    let counted = match owners.confirmed {
        None => Part::muted(scene, words.unknown),
        Some(0) => {
            let message = (words.owners)(0, owners.invited.unwrap_or_default());
            Part::signed("✘", scene.theme.danger, message)
        }
        Some(confirmed) => Part::plain((words.owners)(confirmed, owners.invited.unwrap_or_default())),
    };
    let named = (!owners.names.is_empty()).then(|| Part::muted(scene, owners.names.join(", ")));
    std::iter::once(counted).chain(named).chain(observed(scene, company, &Facet::Roles)).collect()
}

fn seats(scene: &Scene<'_>, company: &Company) -> Value {
    let words = &scene.words.company;
    let seats = company.seats;
    let percent = seats.percent().map(|percent| format!(" · {}", scene.words.percent(percent))).unwrap_or_default();
    let Some(filled) = seats.filled else {
        let limit = seats.limit.map(|limit| format!("?/{}", scene.words.number(limit.into())));
        let unknown = limit.unwrap_or_else(|| words.unknown.to_owned());
        let observed = observed(scene, company, &Facet::SeatLimit);
        return std::iter::once(Part::muted(scene, unknown)).chain(observed).collect();
    };
    // Where nobody said anything of a limit, it is not known that there is none.
    let about_limit = seats.limit.is_some() || company.facts.is_empty() || company.fact(&Facet::SeatLimit).is_some();
    let counted = if about_limit { (words.seats)(filled, seats.limit) } else { scene.words.number(u64::from(filled)) };
    let message = format!("{}{counted}{percent}", if estimated(company) { "~" } else { "" });
    let first = match seats.percent() {
        Some(100..) => Part::signed("✘", scene.theme.danger, message),
        Some(80..) => Part::signed("!", scene.theme.waiting, message),
        _ => Part::plain(message),
    };
    let people = seats.members.zip(seats.guests);
    let people = people.map(|(members, guests)| Part::muted(scene, (words.members_guests)(members, guests)));
    let limit = observed(scene, company, &Facet::SeatLimit);
    let limit = limit.into_iter().map(|part| Part { text: (words.limit)(&part.text), ..part });
    std::iter::once(first).chain(people).chain(observed(scene, company, &Facet::Seats)).chain(limit).collect()
}

/// The number of filled seats is not counted in full.
pub(in crate::view) fn estimated(company: &Company) -> bool {
    company.fact(&Facet::Seats).is_some_and(|fact| fact.coverage == Coverage::Estimate)
}

fn setup(scene: &Scene<'_>, company: &Company) -> Value {
    let words = &scene.words.company;
    let setup = company.setup;
    if !setup.known() {
        return vec![Part::muted(scene, words.nothing)];
    }
    let bar = crate::view::features::setup::bar(setup.done, setup.applicable);
    let style = if setup.complete() { scene.theme.good } else { scene.theme.accent };
    let mut lines = vec![Part::signed(bar, style, (words.setup)(setup.done, setup.applicable))];
    if let Some(since) = setup.stalled_since {
        lines.push(Part::signed("⚑", scene.theme.waiting, (words.stalled)(&scene.clock.day(since))));
    }
    lines
}
