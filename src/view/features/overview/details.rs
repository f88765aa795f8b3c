//! Details come last: note, addresses, numbers. And what was done lately.

use super::observed;
use super::parts::{Lines, Room};
use crate::app::features::accounts::Account;
use crate::app::features::overview::Field;
use crate::app::model::Details;
use crate::domain::company::{Company, Origin};
use crate::domain::country;
use crate::domain::facts::Facet;
use crate::view::Scene;
use crate::view::features::activity;
use crate::view::widgets::text;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Events in a card, where there is little and much room.
const EVENTS: (usize, usize) = (5, 14);

/// Where there is little room, only the most asked for, until the cursor is here.
pub(super) fn lines(out: &mut Lines<'_>, company: &Company, brief: bool) {
    let scene = out.scene;
    let (words, theme) = (&scene.words.company, scene.theme);
    let fields = fields(scene, company);
    let label = |field: Field| (words.field)(field);
    let cells = fields.iter().map(|(field, _)| text::width(label(*field))).max().unwrap_or(0).min(14) + 1;
    let few = |field: &Field| matches!(field, Field::Website | Field::Region | Field::Origin | Field::Launched);
    for (field, value) in fields.into_iter().filter(|(field, _)| !brief || !few(field)) {
        let label = (label(field), cells);
        match value {
            Some(value) if matches!(field, Field::SignIn | Field::Website) => out.host(label, &value),
            Some(value) if field == Field::Id && text::width(&value) + cells >= out.width => {
                out.labelled(label, &value.replace(" · ", "\n"), Style::new());
            }
            Some(value) => out.labelled(label, &value, Style::new()),
            None => out.labelled(label, words.unknown, theme.muted),
        }
    }
    for facet in [Facet::Link, Facet::Recovery] {
        for (sign, said) in observed(scene, company, &facet) {
            let what = if facet == Facet::Link { label(Field::State) } else { label(Field::Recoveries) };
            out.signed(sign, &format!("{what}: {said}"), theme.muted);
        }
    }
}

/// What there is to say; none as a value is what nobody knows.
fn fields(scene: &Scene<'_>, company: &Company) -> Vec<(Field, Option<String>)> {
    let words = &scene.words.company;
    let clock = &scene.clock;
    let real = scene.model.selected_account().is_some_and(Account::real);
    let nothing = || (!real).then(|| words.nothing.to_owned());
    let text = |value: &Option<String>| value.clone();
    let mut all = Vec::new();
    all.extend(text(&company.note).map(|note| (Field::Note, Some(note))));
    if !company.tags.is_empty() {
        let tags: Vec<String> = company.tags.iter().map(|tag| format!("#{tag}")).collect();
        all.push((Field::Tags, Some(tags.join("  "))));
    }
    if let Some(time) = company.unlink_time {
        let who = company.unlinked_by.as_ref().map(|who| who.display_name.as_str());
        all.push((Field::Unlinked, Some((words.unlinked)(&clock.moment(time), who))));
    }
    all.extend(
        company.trial_end_time.map(|end| (Field::Trial, Some((words.trial)(&clock.day(end), end <= clock.now)))),
    );
    let host = Some(company.sign_in_host.clone()).filter(|host| !host.is_empty());
    all.push((Field::SignIn, host.or_else(nothing)));
    all.push((Field::Website, text(&company.website).or_else(nothing)));
    all.push((Field::Address, address(scene, company).or_else(nothing)));
    all.push((Field::Region, Some(region(scene, company))));
    let managed = company.link_time.or(company.create_time).map(|time| {
        let day = clock.day(time);
        if company.origin == Origin::Linked { (words.linked)(&day) } else { (words.created)(&day) }
    });
    all.push((Field::Origin, managed.or_else(nothing)));
    // Whoever signs in by the web console leaves no trace here.
    let never = || (!real).then(|| words.never_launched.to_owned());
    let launched = company.launch_time.map(|time| format!("{} ({})", clock.ago(time), clock.moment(time)));
    all.push((Field::Launched, launched.or_else(never)));
    if company.open_recoveries != Some(0) || company.fact(&Facet::Recovery).is_some() {
        all.push((Field::Recoveries, company.open_recoveries.map(|open| (words.recoveries)(open))));
    }
    let ids = company.external_id.iter().cloned().chain([company.id.to_string()]).collect::<Vec<_>>();
    all.push((Field::Id, Some(ids.join(" · "))));
    all
}

fn region(scene: &Scene<'_>, company: &Company) -> String {
    let account = scene.model.selected_account().filter(|_| scene.model.accounts.several());
    let note = account.map(|account| (scene.words.accounts.region_note)(&account.label));
    format!("{} ({})", company.region, note.unwrap_or_else(|| scene.words.company.region_note.to_owned()))
}

/// On one line, in the order of its country.
pub(in crate::view) fn address(scene: &Scene<'_>, company: &Company) -> Option<String> {
    let code = &company.address.country_code;
    let name =
        crate::i18n::country::name(code, scene.model.options.lang).map_or_else(|| code.clone(), ToOwned::to_owned);
    let lines = country::written(&company.address).into_iter().chain([name]);
    let there: Vec<String> = lines.filter(|line| !line.trim().is_empty()).collect();
    (!there.is_empty()).then(|| there.join(", "))
}

/// What was done lately, newest first.
pub(super) fn recent(out: &mut Lines<'_>, details: &Details, room: Room) {
    let scene = out.scene;
    let feed = &details.activity;
    // Beside the list nobody has asked for it.
    if feed.accounts.is_empty() && room == Room::Narrow {
        return;
    }
    if !feed.there() {
        let failed = feed.shown().any(|account| account.events.error().is_some());
        let words = &scene.words.overview;
        return out.muted(if failed { words.not_loaded } else { words.loading });
    }
    if feed.rows.is_empty() {
        return out.muted(scene.words.overview.no_events);
    }
    let most = if room == Room::Large { EVENTS.1 } else { EVENTS.0 };
    let events: Vec<_> = (0..feed.rows.len().min(most)).filter_map(|row| feed.event(row)).collect();
    let ages: Vec<String> = events
        .iter()
        .map(|(_, event)| event.time.map(|time| scene.clock.ago_short(time)).unwrap_or_default())
        .collect();
    let age = ages.iter().map(|age| text::width(age)).max().unwrap_or(0);
    let actor = events.iter().map(|(_, event)| text::width(&event.actor.display_name)).max().unwrap_or(0);
    let actor = actor.min(if room == Room::Narrow { 8 } else { 18 });
    for ((_, event), ago) in events.iter().zip(ages) {
        let act = activity::told(scene, event);
        let act = text::cut(&act, out.width.saturating_sub(age + actor + 5)).into_owned();
        out.all.push(Line::from(vec![
            Span::styled(format!("{ago:>age$}   "), scene.theme.muted),
            Span::raw(format!("{}  ", text::pad(&event.actor.display_name, actor))),
            Span::raw(act),
        ]));
    }
}

pub(super) fn right(scene: &Scene<'_>, details: &Details) -> String {
    let total = details.activity.total().unwrap_or(details.activity.rows.len() as u64);
    if details.activity.there() {
        (scene.words.overview.events)(&scene.words.number(total), total == 1)
    } else {
        String::new()
    }
}
