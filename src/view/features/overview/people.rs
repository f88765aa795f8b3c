//! Owners and administrators, whether the company can be unlinked, and the people who wait.

use super::observed;
use super::parts::{Lines, Room};
use crate::app::features::people::{PeopleCounts, can_recover};
use crate::app::model::Details;
use crate::domain::company::{Company, CompanyState};
use crate::domain::facts::Facet;
use crate::domain::people::{GroupKind, Person, PersonKind, PersonState};
use crate::view::Scene;
use crate::view::widgets::text;
use jiff::SignedDuration;
use ratatui::style::Style;

/// People by name in a large card.
const MOST: usize = 4;
/// Days of the free trial that follows an unlink (support page *manage companies*).
const TRIAL_DAYS: i64 = 14;

pub(super) fn owners(out: &mut Lines<'_>, company: &Company, details: &Details, room: Room) {
    let (scene, words) = (out.scene, &out.scene.words.overview);
    let people = details.people.value().filter(|people| !people.is_empty()).map(Vec::as_slice);
    let labels = text::width(words.owners).max(text::width(words.admins)) + 1;
    // The card's own title says what they are.
    let (owners_label, owner_cells) = if room == Room::Narrow { ("", 0) } else { (words.owners, labels) };
    match people.map(|people| in_group(people, &GroupKind::Owners)) {
        Some(owners) if !owners.is_empty() => named(out, (owners_label, owner_cells), &owners, room),
        _ => counted(out, company, (owners_label, owner_cells)),
    }
    let admins = people.map(|people| in_group(people, &GroupKind::Administrators)).unwrap_or_default();
    if !admins.is_empty() && room != Room::Narrow {
        let names: Vec<String> = admins.iter().map(|person| person.display_name.clone()).collect();
        out.items((words.admins, labels), &names, " · ", Style::new());
    }
    for (sign, said) in observed(scene, company, &Facet::Roles) {
        out.signed(sign, &said, scene.theme.muted);
    }
    if room == Room::Large {
        out.plain("");
    }
    unlinkable(out, company);
    // The Users API does not tell who is in which group.
    if let Some(people) = people.filter(|people| people.iter().any(|person| person.groups.is_some())) {
        let helpers = people.iter().filter(|person| can_recover(person)).count();
        let sign = if helpers > 1 { ("✔", scene.theme.good) } else { ("△", scene.theme.waiting) };
        out.signed(sign, &(words.can_recover)(helpers), Style::new());
    }
    match company.advanced_permissions {
        Some(it) => {
            out.muted(&(words.advanced)((scene.words.company.advanced)(it.allowed_by_company, it.granted_to_me)));
        }
        None => out.muted(&(words.advanced)(scene.words.company.unknown)),
    }
}

fn in_group<'a>(people: &'a [Person], group: &GroupKind) -> Vec<&'a Person> {
    people.iter().filter(|person| person.kind != PersonKind::Technician && person.is_in(group)).collect()
}

fn named(out: &mut Lines<'_>, (label, cells): (&str, usize), owners: &[&Person], room: Room) {
    if room != Room::Large {
        let names: Vec<String> = owners.iter().map(|person| name(out.scene, person)).collect();
        return out.items((label, cells), &names, " · ", Style::new());
    }
    let told: Vec<_> = owners.iter().map(|person| (name(out.scene, person), person.email.clone())).collect();
    beside(out, (label, cells), &told);
}

/// Names below each other, with something beside each.
fn beside(out: &mut Lines<'_>, (label, cells): (&str, usize), all: &[(String, String)]) {
    let names = all.iter().take(MOST).map(|(name, _)| text::width(name)).max().unwrap_or(0);
    let names = names.min(out.width.saturating_sub(cells) / 2);
    for (at, (name, more)) in all.iter().take(MOST).enumerate() {
        let label = if at == 0 { label } else { "" };
        // A name alone is not cut for a column that has nothing in it.
        let told = if more.is_empty() { name.clone() } else { format!("{}  {more}", text::pad(name, names)) };
        let room = out.width.saturating_sub(cells + 1);
        out.labelled((label, cells), &text::cut(&told, room), Style::new());
    }
    if let Some(more) = all.len().checked_sub(MOST).filter(|more| *more > 0) {
        out.labelled(("", cells), &format!("+{more}"), out.scene.theme.muted);
    }
}

/// A state that is not the usual one is told.
fn name(scene: &Scene<'_>, person: &Person) -> String {
    if person.state == PersonState::Active {
        return person.display_name.clone();
    }
    format!("{} ({})", person.display_name, (scene.words.people.state)(&person.state))
}

fn counted(out: &mut Lines<'_>, company: &Company, (label, cells): (&str, usize)) {
    let words = &out.scene.words.company;
    let owners = &company.owners;
    match owners.confirmed {
        None => out.labelled((label, cells), words.unknown, out.scene.theme.muted),
        Some(_) if !owners.names.is_empty() => out.items((label, cells), &owners.names, " · ", Style::new()),
        Some(confirmed) => {
            let style = if confirmed == 0 { out.scene.theme.danger } else { Style::new() };
            out.labelled((label, cells), &(words.owners)(confirmed, owners.invited.unwrap_or_default()), style);
        }
    }
}

/// Whether it can be unlinked, as far as that is known.
fn unlinkable(out: &mut Lines<'_>, company: &Company) {
    let (scene, words) = (out.scene, &out.scene.words.overview);
    match (company.owners.confirmed, &company.state) {
        (_, CompanyState::Unlinked) | (None, _) => {}
        (Some(0), _) => out.signed(("✘", scene.theme.danger), words.not_unlinkable, Style::new()),
        (Some(_), _) => {
            let end = scene.clock.now.checked_add(SignedDuration::from_hours(TRIAL_DAYS * 24));
            let end = end.map(|end| scene.clock.day(end)).unwrap_or_default();
            out.signed(("✔", scene.theme.good), &(words.unlinkable)(&end), Style::new());
        }
    }
}

/// How many there are in each state, and by name those who wait.
pub(super) fn people(out: &mut Lines<'_>, company: &Company, details: &Details, room: Room) {
    let (scene, words) = (out.scene, &out.scene.words.overview);
    let Some(people) = details.people.value().filter(|people| !people.is_empty()) else {
        match company.seats.members.zip(company.seats.guests) {
            Some((members, guests)) => out.plain(&(scene.words.company.members_guests)(members, guests)),
            None => out.muted(scene.words.company.unknown),
        }
        return;
    };
    let counts = PeopleCounts::of(people);
    let kinds = usize::try_from(counts.unknown).is_ok_and(|unknown| unknown < people.len());
    out.plain(&(words.people)(&if kinds { counts } else { PeopleCounts::by_state(people) }));
    if room == Room::Narrow {
        return;
    }
    let waiting = |state: PersonState| people.iter().filter(move |person| person.state == state);
    let recovering = waiting(PersonState::RecoveryAwaitingCompletion).chain(waiting(PersonState::RecoveryStarted));
    let groups: [(&str, Vec<&Person>); 3] = [
        (words.recovering, recovering.collect()),
        (words.to_confirm, waiting(PersonState::AwaitingConfirmation).collect()),
        (words.invited, waiting(PersonState::Invited).collect()),
    ];
    let cells = groups.iter().map(|(label, _)| text::width(label)).max().unwrap_or(0) + 1;
    let since = |person: &Person| {
        let time = person.create_time.filter(|_| person.state == PersonState::Invited);
        time.map(|time| scene.clock.ago(time)).unwrap_or_default()
    };
    for (label, people) in groups {
        let told: Vec<_> = people.iter().map(|person| (person.display_name.clone(), since(person))).collect();
        beside(out, (label, cells), &told);
    }
}

/// How many wait.
pub(super) fn right(scene: &Scene<'_>, details: &Details) -> String {
    let people = details.people.value().map(|people| PeopleCounts::of(people));
    let open = people.map_or(0, |counts| counts.awaiting + counts.recovering + counts.invited);
    if open > 0 { (scene.words.overview.open)(&scene.words.number(u64::from(open))) } else { String::new() }
}
