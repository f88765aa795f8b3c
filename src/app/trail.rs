//! Where one was: the way back, and forward again.

use crate::app::features::companies;
use crate::app::model::{Model, Pane, Tab, TabRows};
use crate::app::screen::Screen;
use crate::domain::id::CompanyKey;

/// The most places that are remembered.
const MOST: usize = 50;

/// A place to come back to: a screen, or a company with what was under its cursors.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    pub screen: Screen,
    /// The company that was open; none in the list, and on a screen of its own.
    pub company: Option<CompanyKey>,
    /// It had the whole screen.
    pub full: bool,
    pub tab: Tab,
    rows: TabRows,
}

/// The places before the present one, the last one last, and those that one came back from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trail {
    past: Vec<Location>,
    future: Vec<Location>,
}

impl Location {
    /// Where one is.
    pub fn of(model: &Model) -> Self {
        let open = model.screen == Screen::Companies && model.pane == Pane::Company;
        Self {
            screen: model.screen,
            company: model.pinned.clone().filter(|_| open),
            full: open && model.full,
            tab: if open { model.tab } else { Tab::Overview },
            rows: if open { model.rows.clone() } else { TabRows::default() },
        }
    }

    /// In this window both look alike: the same company, alone on the screen.
    fn looks_like(&self, other: &Self, wide: bool) -> bool {
        let place = |it: &Self| (it.screen, it.company.clone(), it.full && wide);
        place(self) == place(other)
    }

    /// Goes there. A company that has gone meanwhile is named as gone.
    fn enter(self, model: &mut Model) {
        leave_company(model);
        model.list.searching = false;
        model.screen = self.screen;
        let Some(key) = self.company else { return };
        if model.roster.position(&key).is_some() {
            companies::put_cursor(model, Some(key.clone()));
        }
        model.list.selection.touched = true;
        (model.pane, model.full, model.tab, model.rows) = (Pane::Company, self.full, self.tab, self.rows);
        model.pinned = Some(key);
        model.rest_at = None;
    }
}

/// Out of the company into the list, with the cursor on it.
pub fn leave_company(model: &mut Model) {
    model.pane = Pane::List;
    model.full = false;
    if let Some(key) = model.pinned.take().filter(|key| model.roster.position(key).is_some()) {
        companies::put_cursor(model, Some(key));
    }
}

/// Notes where one is, before one goes elsewhere.
pub fn depart(model: &mut Model) {
    let here = Location::of(model);
    let trail = &mut model.trail;
    trail.future.clear();
    if trail.past.last() != Some(&here) {
        trail.past.push(here);
    }
    if trail.past.len() > MOST {
        trail.past.remove(0);
    }
}

/// Where Esc leads to from a company or a screen: where one came from. Screens stand beside each other, so that it leads
/// out of all of them at once.
pub fn origin(model: &Model) -> Option<&Location> {
    model.trail.past.get(origin_at(model)?)
}

fn origin_at(model: &Model) -> Option<usize> {
    let here = Location::of(model);
    let beside = |place: &Location| model.screen != Screen::Companies && place.screen != Screen::Companies;
    let other = |place: &Location| !beside(place) && !place.looks_like(&here, model.wide());
    model.trail.past.iter().rposition(other)
}

/// Goes to where one came from; without such a place to the list.
pub fn climb(model: &mut Model) {
    let here = Location::of(model);
    let at = origin_at(model);
    model.trail.past.truncate(at.map_or(0, |at| at + 1));
    match model.trail.past.pop() {
        Some(place) => place.enter(model),
        None => home(model),
    }
    model.trail.future.push(here);
}

/// The list.
pub fn home(model: &mut Model) {
    leave_company(model);
    model.screen = Screen::Companies;
}

/// One place back in the order in which they were seen, or forward.
pub fn walk(model: &mut Model, forward: bool) {
    let here = Location::of(model);
    let wide = model.wide();
    let from = if forward { &mut model.trail.future } else { &mut model.trail.past };
    let Some(at) = from.iter().rposition(|place| !place.looks_like(&here, wide)) else { return };
    from.truncate(at + 1);
    let place = from.pop();
    let to = if forward { &mut model.trail.past } else { &mut model.trail.future };
    to.push(here);
    if let Some(place) = place {
        place.enter(model);
    }
}

/// Whether there is a place to go back to, or forward.
pub fn has(model: &Model, forward: bool) -> bool {
    let here = Location::of(model);
    let from = if forward { &model.trail.future } else { &model.trail.past };
    from.iter().any(|place| !place.looks_like(&here, model.wide()))
}
