//! Where one was: the way back, and forward again.

use crate::app::features::companies;
use crate::app::model::{Model, Pane, Tab, TabRows};
use crate::app::navigation::{go_home, leave_company};
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
pub struct History {
    past: Vec<Location>,
    future: Vec<Location>,
}

impl Location {
    /// Where one is.
    pub fn of(model: &Model) -> Self {
        let open = model.company_in_front();
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

/// Notes where one is, before one goes elsewhere.
pub fn record(model: &mut Model) {
    let here = Location::of(model);
    let history = &mut model.history;
    history.future.clear();
    if history.past.last() != Some(&here) {
        history.past.push(here);
    }
    if history.past.len() > MOST {
        history.past.remove(0);
    }
}

/// Where Esc leads to from a company or a screen: where one came from. Screens stand beside each other, so that it leads
/// out of all of them at once.
pub fn origin(model: &Model) -> Option<&Location> {
    model.history.past.get(origin_at(model)?)
}

fn origin_at(model: &Model) -> Option<usize> {
    let here = Location::of(model);
    let beside = |place: &Location| model.screen != Screen::Companies && place.screen != Screen::Companies;
    let other = |place: &Location| !beside(place) && !place.looks_like(&here, model.wide());
    model.history.past.iter().rposition(other)
}

/// Goes to where one came from; without such a place to the list.
pub fn go_up(model: &mut Model) {
    let here = Location::of(model);
    let at = origin_at(model);
    model.history.past.truncate(at.map_or(0, |at| at + 1));
    match model.history.past.pop() {
        Some(place) => place.enter(model),
        None => go_home(model),
    }
    model.history.future.push(here);
}

/// One place back in the order in which they were seen, or forward.
pub fn step(model: &mut Model, forward: bool) {
    let here = Location::of(model);
    let wide = model.wide();
    let from = if forward { &mut model.history.future } else { &mut model.history.past };
    let Some(at) = from.iter().rposition(|place| !place.looks_like(&here, wide)) else { return };
    from.truncate(at + 1);
    let place = from.pop();
    let to = if forward { &mut model.history.past } else { &mut model.history.future };
    to.push(here);
    if let Some(place) = place {
        place.enter(model);
    }
}

/// Whether there is a place to go back to, or forward.
pub fn can_step(model: &Model, forward: bool) -> bool {
    let here = Location::of(model);
    let from = if forward { &model.history.future } else { &model.history.past };
    from.iter().any(|place| !place.looks_like(&here, model.wide()))
}
