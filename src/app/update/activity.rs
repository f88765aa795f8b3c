//! Activity: the screen and the tab.

use super::run::stepped;
use super::{company, expect, menu, toast};
use crate::app::activity::{ActivityMenu, MenuRow, Place, Trail, Wait, front, front_trail, menu_rows};
use crate::app::command::Command;
use crate::app::effect::{Effect, Ticket};
use crate::app::key::{Code, Key};
use crate::app::line::Line;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::tickets::Purpose;
use crate::app::toast::{Dropped, Says};
use crate::domain::activity::ListActivity;
use crate::domain::request::{Answer, Request};
use crate::domain::trouble::{Trouble, What};
use jiff::Timestamp;

pub(super) fn run(model: &mut Model, command: Command, out: &mut Vec<Effect>) {
    let Some(place) = front(model) else { return };
    if command == Command::ActivityFilter {
        open(model, &place);
    } else if command == Command::ActivityClear {
        clear(model, &place, out);
    }
}

fn open(model: &mut Model, place: &Place) {
    let Some(trail) = trail_mut(model, place) else { return };
    let actor = trail.asked.actor.clone().unwrap_or_default();
    let company = match place {
        Place::Screen => {
            trail.asked.company.clone().or_else(|| trail.selected().and_then(|event| event.company.clone()))
        }
        Place::Tab(_) => None,
    };
    // Below the line: letters move at first, as in every menu.
    let menu = ActivityMenu { cursor: 1, line: Line::new(&actor), company };
    model.overlays.push(Overlay::Activity(Box::new(menu)));
}

fn clear(model: &mut Model, place: &Place, out: &mut Vec<Effect>) {
    let Some(asked) = trail_mut(model, place).map(|trail| trail.asked.clone()) else { return };
    let filters = usize::from(asked.action.is_some()) + usize::from(asked.company.is_some() && *place == Place::Screen);
    let dropped = Dropped { search: asked.actor.clone(), sort: false, filters };
    narrow(model, place, ListActivity::default(), out);
    toast(model, Says::Cleared(dropped));
}

/// Asks for another stretch: rows of the old question would be an untruth under the new title.
fn narrow(model: &mut Model, place: &Place, mut asked: ListActivity, out: &mut Vec<Effect>) {
    if let Place::Tab(key) = place {
        asked.company = Some(key.company.clone());
    }
    let Some(trail) = trail_mut(model, place).filter(|trail| trail.asked != asked) else { return };
    if let Some(older) = trail.events.waiting() {
        out.push(Effect::Cancel { ticket: older });
    }
    *trail = Trail { asked, ..Trail::default() };
}

pub(super) fn menu(model: &mut Model, key: Key, out: &mut Vec<Effect>) {
    let Some((place, Some(trail))) = front_trail(model) else {
        model.overlays.pop();
        return;
    };
    let asked = trail.asked.clone();
    let Some(Overlay::Activity(menu)) = model.overlays.last_mut() else { return };
    let rows = menu_rows(menu, &asked);
    menu.cursor = menu.cursor.min(rows.len().saturating_sub(1));
    let typing = menu.typing();
    if let Some(movement) = menu::movement(key, !typing).filter(|_| !typing || key.typed().is_none() && !key.ctrl) {
        menu.cursor = stepped(movement, menu.cursor, rows.len(), rows.len());
        return take_actor(model, &place, asked, out);
    }
    let row = rows.get(menu.cursor).cloned();
    match key.code {
        Code::Esc => close(model, &place, asked, out),
        Code::Tab | Code::BackTab => {
            menu.cursor = usize::from(typing);
            take_actor(model, &place, asked, out);
        }
        Code::Enter if typing => close(model, &place, asked, out),
        Code::Enter => {
            choose(model, &place, asked, row, out);
            model.overlays.pop();
        }
        _ if typing => drop(menu.line.key(key)),
        Code::Char(' ' | 'x') => choose(model, &place, asked, row, out),
        Code::Char('c') => {
            model.overlays.pop();
            super::run::run(model, Command::ActivityClear, out);
        }
        Code::Char('q' | 'f') => close(model, &place, asked, out),
        _ => {}
    }
}

/// What was typed takes effect when one leaves it, whichever way: nothing is dropped.
fn take_actor(model: &mut Model, place: &Place, asked: ListActivity, out: &mut Vec<Effect>) {
    let Some(Overlay::Activity(menu)) = model.overlays.last() else { return };
    let actor = Some(menu.line.text().trim().to_owned()).filter(|actor| !actor.is_empty());
    narrow(model, place, ListActivity { actor, ..asked }, out);
}

fn close(model: &mut Model, place: &Place, asked: ListActivity, out: &mut Vec<Effect>) {
    take_actor(model, place, asked, out);
    model.overlays.pop();
}

fn choose(model: &mut Model, place: &Place, asked: ListActivity, row: Option<MenuRow>, out: &mut Vec<Effect>) {
    let asked = match row {
        Some(MenuRow::Company(id)) => {
            ListActivity { company: Some(id).filter(|id| asked.company.as_ref() != Some(id)), ..asked }
        }
        Some(MenuRow::AnyAction) => ListActivity { action: None, ..asked },
        // Chosen again it is taken back.
        Some(MenuRow::Action(action)) => {
            ListActivity { action: Some(action).filter(|action| asked.action.as_ref() != Some(action)), ..asked }
        }
        Some(MenuRow::Actor) | None => asked,
    };
    narrow(model, place, asked, out);
}

pub(super) fn paste(model: &mut Model, text: &str) {
    if let Some(Overlay::Activity(menu)) = model.overlays.last_mut()
        && menu.typing()
    {
        menu.line.paste(text);
    }
}

/// Loads the trail that is on the screen: when it comes there, after a write of ours, from time to time, and
/// further down when the end of what is loaded is near.
pub(super) fn when_due(model: &mut Model, out: &mut Vec<Effect>) {
    let writing = model.tickets.saving() || model.tickets.open().any(|(_, purpose)| launching(purpose));
    let wrote = model.activity.writing && !writing;
    model.activity.writing = writing;
    let rests = model.rest_at.is_none();
    let place = front(model).filter(|place| *place == Place::Screen || rests);
    let came = place != model.activity.front;
    model.activity.front.clone_from(&place);
    let Some(place) = place.filter(|place| connected(model, place)) else { return };
    let window = model.page();
    let now = model.now;
    let Some(trail) = begun(model, &place) else { return };
    if came || wrote {
        trail.asked_at = None;
    }
    if trail.due(now).is_some_and(|due| due <= now) {
        trail.asked_at = Some(now);
        ask(model, &place, false, out);
    } else if trail.wants_more(window) {
        ask(model, &place, true, out);
    }
}

fn launching(purpose: &Purpose) -> bool {
    matches!(purpose, Purpose::Launch(_))
}

/// There is a server to ask for the trail of this place.
fn connected(model: &Model, place: &Place) -> bool {
    match place {
        Place::Screen => model.accounts.connected(&model.home()),
        Place::Tab(key) => model.accounts.connected(&key.profile),
    }
}

/// When the trail on the screen is to be asked for again, by time alone.
#[must_use]
pub fn due_at(model: &Model) -> Option<Timestamp> {
    let (place, trail) = front_trail(model).filter(|(place, _)| connected(model, place))?;
    // One that has only just come on the screen waits for the cursor to rest, which is a moment of its own.
    if model.activity.front.as_ref() != Some(&place) {
        return None;
    }
    trail?.due(model.now)
}

/// The trail of a place; of a company the first look makes it.
fn begun<'a>(model: &'a mut Model, place: &Place) -> Option<&'a mut Trail> {
    if let Place::Tab(key) = place {
        let details = model.details.entry(key.clone()).or_default();
        details.activity.asked.company = Some(key.company.clone());
        company::forget_some(model, key);
    }
    trail_mut(model, place)
}

fn trail_mut<'a>(model: &'a mut Model, place: &Place) -> Option<&'a mut Trail> {
    match place {
        Place::Screen => Some(&mut model.activity.trail),
        Place::Tab(key) => model.details.get_mut(key).map(|details| &mut details.activity),
    }
}

fn ask(model: &mut Model, place: &Place, more: bool, out: &mut Vec<Effect>) {
    let company = match place {
        Place::Screen => None,
        Place::Tab(key) => Some(key.clone()),
    };
    let profile = company.as_ref().map_or_else(|| model.home(), |key| key.profile.clone());
    let ticket = model.tickets.issue(Purpose::Activity(Wait { company, more }));
    let Some(trail) = trail_mut(model, place) else { return };
    let page_token = trail.next.clone().filter(|_| more);
    let request = Request::Activity(ListActivity { page_token, ..trail.asked.clone() });
    trail.events.wait_for(ticket);
    out.push(Effect::Call { ticket, profile, request });
}

pub(super) fn step(model: &mut Model, command: Command) {
    let (Some(place), page) = (front(model), model.page()) else { return };
    let Some(trail) = trail_mut(model, &place) else { return };
    let len = trail.events.value().map_or(0, Vec::len);
    if len > 0 {
        let row = stepped(command, trail.row, len, page);
        trail.put_cursor(row);
    }
}

/// The refresh key: what is there is old from now on, and failures are forgotten.
pub(super) fn refresh(model: &mut Model) {
    model.activity.trail.asked_at = None;
    if let Some(Place::Tab(key)) = front(model)
        && let Some(details) = model.details.get_mut(&key)
    {
        details.activity.asked_at = None;
    }
}

pub(super) fn answered(model: &mut Model, ticket: Ticket, wait: Wait, result: Result<Answer, Trouble>) {
    let now = model.now;
    let Wait { company, more } = wait;
    let Some(trail) = trail_mut(model, &company.map_or(Place::Screen, Place::Tab)) else { return };
    // An answer to an older filter, or of a trail that was forgotten.
    if trail.events.waiting() != Some(ticket) {
        return;
    }
    let page = expect(What::LoadActivity, result, |answer| match answer {
        Answer::Activity(page) => Some(page),
        _ => None,
    });
    let events = page.map(|page| if more { trail.take_more(page) } else { trail.take_newest(page) });
    trail.events.settle(ticket, now, events);
    trail.follow();
}
