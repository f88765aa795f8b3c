//! Activity: the screen and the tab.

mod account_feed;
mod feed;
mod state;
#[cfg(test)]
mod tests;

pub use state::*;

use crate::app::command::{Command, DisabledReason};
use crate::app::core::menu::Menu;
use crate::app::core::selection::Movement;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::{Effect, Ticket};
use crate::app::features::accounts::signed_in_since;
use crate::app::features::company;
use crate::app::features::people::PeopleSearch;
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tab};
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::app::toast::{Dropped, Notification};
use crate::app::update::take_rows;
use crate::domain::activity::{Action, ActivityPage};
use crate::domain::error::{Error, Operation};
use crate::domain::id::{CompanyKey, Etag, ProfileId};
use crate::domain::request::{Answer, Request};
use crate::domain::setup::StepKind;
use jiff::Timestamp;

pub(in crate::app) fn in_front(model: &Model) -> Result<(), DisabledReason> {
    front(model).map(drop).ok_or(DisabledReason::OnlyOn(Screen::Activity))
}

pub(in crate::app) fn filtered(model: &Model) -> Result<(), DisabledReason> {
    let (place, feed) = front_feed(model).ok_or(DisabledReason::OnlyOn(Screen::Activity))?;
    let filtered = feed.is_some_and(|feed| feed.narrow.filters(&place) > 0);
    if filtered { Ok(()) } else { Err(DisabledReason::NothingToClear) }
}

pub(in crate::app) fn open_filter(ctx: &mut Ctx<'_>) {
    let Some(place) = front(ctx.model) else { return };
    let Some(feed) = feed_mut(ctx.model, &place) else { return };
    let actor = feed.narrow.actor.clone().unwrap_or_default();
    let company = match &place {
        Place::Screen => feed.narrow.company.clone().or_else(|| feed.selected_company()),
        Place::Tab(_) => None,
    };
    // Below the line: letters move at first, as in every menu.
    let menu = ActivityMenu { pick: Menu::at(1), line: TextInput::new(&actor), company };
    ctx.model.overlays.open(menu);
}

pub(in crate::app) fn clear(ctx: &mut Ctx<'_>) {
    let Some(place) = front(ctx.model) else { return };
    let place = &place;
    let Some(asked) = feed_mut(ctx.model, place).map(|feed| feed.narrow.clone()) else { return };
    let filters = asked.filters(place) - usize::from(asked.actor.is_some());
    let dropped = Dropped { search: asked.actor.clone(), sort: false, filters };
    narrow(ctx, place, Narrow::default());
    ctx.model.notify(Notification::Cleared(dropped));
}

/// Shows on the screen what was done from this moment on.
pub(in crate::app) fn since(ctx: &mut Ctx<'_>, moment: Timestamp) {
    narrow(ctx, &Place::Screen, Narrow { since: Some(moment), ..Narrow::default() });
}

/// Asks for another stretch: rows of the old question would be an untruth under the new title.
fn narrow(ctx: &mut Ctx<'_>, place: &Place, mut asked: Narrow) {
    if let Place::Tab(key) = place {
        asked.company = Some(key.clone());
    }
    let Some(feed) = feed_mut(ctx.model, place).filter(|feed| feed.narrow != asked) else { return };
    let older = feed.accounts.iter().filter_map(|account_feed| account_feed.events.waiting());
    ctx.effects.extend(older.map(|ticket| Effect::Cancel { ticket }));
    *feed = ActivityFeed { narrow: asked, ..ActivityFeed::default() };
}

impl Dialog for ActivityMenu {
    fn choosing_key(&self) -> Option<Key> {
        (!self.typing()).then_some(Key::char(' '))
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let Some((place, Some(feed))) = front_feed(ctx.model) else { return Outcome::Close };
        let asked = feed.narrow.clone();
        let rows = menu_rows(self, &asked);
        self.pick.cursor = self.pick.cursor.min(rows.len().saturating_sub(1));
        let typing = self.typing();
        if let Some(movement) = Movement::of(key, !typing).filter(|_| !typing || key.typed().is_none() && !key.ctrl) {
            self.pick.cursor = movement.apply(self.pick.cursor, rows.len(), rows.len());
            self.take_actor(ctx, &place, asked);
            return Outcome::Keep;
        }
        let row = rows.get(self.pick.cursor).cloned();
        match key.code {
            Code::Esc => return self.close(ctx, &place, asked),
            Code::Tab | Code::BackTab => {
                self.pick.cursor = usize::from(typing);
                self.take_actor(ctx, &place, asked);
            }
            Code::Enter if typing => return self.close(ctx, &place, asked),
            // Accepts, and chooses only where nothing was decided before.
            Code::Enter => {
                let row = row.filter(|row| self.pick.accept().is_some() && !menu_chosen(&asked, row));
                choose(ctx, &place, asked, row);
                return Outcome::Close;
            }
            _ if typing => self.pick.changed |= self.line.key(key),
            Code::Char(' ' | 'x') => {
                self.pick.choose();
                choose(ctx, &place, asked, row);
            }
            Code::Char('c') => return Outcome::Run(Command::ActivityClear),
            Code::Char('q' | 'f') => return self.close(ctx, &place, asked),
            _ => {}
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if self.typing() {
            self.line.paste(text);
            self.pick.changed = true;
        }
    }

    fn takes_text(&self) -> bool {
        self.typing()
    }

    fn places(&self) -> &'static [crate::app::command::Place] {
        use crate::app::command::Place;
        &[Place::Activity, Place::Anywhere]
    }
}

impl ActivityMenu {
    /// What was typed takes effect when one leaves it, whichever way: nothing is dropped.
    fn take_actor(&self, ctx: &mut Ctx<'_>, place: &Place, asked: Narrow) {
        let actor = Some(self.line.text().trim().to_owned()).filter(|actor| !actor.is_empty());
        narrow(ctx, place, Narrow { actor, ..asked });
    }

    fn close(&self, ctx: &mut Ctx<'_>, place: &Place, asked: Narrow) -> Outcome {
        self.take_actor(ctx, place, asked);
        Outcome::Close
    }
}

fn choose(ctx: &mut Ctx<'_>, place: &Place, asked: Narrow, row: Option<MenuRow>) {
    let asked = match row {
        Some(MenuRow::Company(key)) => {
            Narrow { company: Some(key).filter(|key| asked.company.as_ref() != Some(key)), ..asked }
        }
        Some(MenuRow::AnyAction) => Narrow { action: None, ..asked },
        // Chosen again it is taken back.
        Some(MenuRow::Action(action)) => {
            Narrow { action: Some(action).filter(|action| asked.action.as_ref() != Some(action)), ..asked }
        }
        Some(MenuRow::Actor) | None => asked,
    };
    narrow(ctx, place, asked);
}

/// Loads the feed that is on the screen: when it comes there, after a write of ours, from time to time, and
/// further down when the end of what is loaded is near.
pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    let writing = ctx.model.tickets.saving() || ctx.model.tickets.open().any(|(_, purpose)| launching(purpose));
    let wrote = ctx.model.activity.writing && !writing;
    ctx.model.activity.writing = writing;
    let rests = ctx.model.rest_at.is_none();
    let place = front(ctx.model).filter(|place| *place == Place::Screen || rests);
    let came = place != ctx.model.activity.front;
    ctx.model.activity.front.clone_from(&place);
    let Some(place) = place else { return };
    show_accounts(ctx.model, &place);
    let (now, window) = (ctx.model.now, ctx.model.page());
    let accounts = &ctx.model.accounts;
    let feed = match &place {
        Place::Screen => &mut ctx.model.activity.feed,
        Place::Tab(key) => &mut ctx.model.details.entry(key.clone()).or_default().activity,
    };
    if came || wrote {
        feed.accounts.iter_mut().for_each(|account_feed| account_feed.asked_at = None);
    }
    let is_due = |account_feed: &&AccountFeed| {
        accounts.connected(&account_feed.profile) && account_feed.due(now).is_some_and(|due| due <= now)
    };
    let newest: Vec<ProfileId> = feed.shown().filter(is_due).map(|account_feed| account_feed.profile.clone()).collect();
    let mut more = feed.wants_more(window);
    more.retain(|profile| accounts.connected(profile) && !newest.contains(profile));
    for profile in newest {
        ask(ctx, ActivityRequest { place: place.clone(), profile, more: false });
    }
    for profile in more {
        ask(ctx, ActivityRequest { place: place.clone(), profile, more: true });
    }
}

/// Once for each revision of the company; the tab asks more often.
pub(in crate::app) fn load_for_overview(ctx: &mut Ctx<'_>, key: &CompanyKey, etag: &Etag) {
    let details = ctx.model.details.entry(key.clone()).or_default();
    if details.activity_of.as_ref() == Some(etag) || details.activity.waiting() {
        return;
    }
    details.activity_of = Some(etag.clone());
    let place = Place::Tab(key.clone());
    show_accounts(ctx.model, &place);
    ask(ctx, ActivityRequest { place, profile: key.profile.clone(), more: false });
}

/// From an event of the tab to where it happened: the step, the person, the vaults.
pub(in crate::app) fn follow(model: &mut Model) {
    let Some((key, _)) = model.selected() else { return };
    let feed = model.details.get(&key).map(|details| &details.activity);
    let Some(event) = feed.and_then(|feed| feed.selected()).map(|(_, event)| event.clone()) else { return };
    let target = event.target.unwrap_or_default();
    let tab = match event.action {
        Action::SetupUpdated => {
            let kind = StepKind::from(target.split(' ').next().unwrap_or_default());
            let steps = model.details.get(&key).and_then(|details| details.setup.value());
            model.rows.setup = steps.and_then(|list| list.steps.iter().position(|step| step.kind == kind));
            Tab::Setup
        }
        Action::MemberAdded
        | Action::MemberRemoved
        | Action::PersonInvited
        | Action::PersonSuspended
        | Action::PersonReactivated
        | Action::RecoveryBegun
        | Action::RecoveryCompleted
        | Action::RecoveryCancelled => {
            // `Name <address>`: whom it was about is under the cursor, if they are there.
            let address = target.split(['<', '>']).nth(1).unwrap_or(&target);
            let people = model.details.get(&key).and_then(|details| details.people.value());
            let user = people.and_then(|all| all.iter().find(|person| person.email == address)).map(|it| it.id.clone());
            if user.is_some() {
                model.rows.search = PeopleSearch::default();
                model.rows.people.put(0, user);
            }
            Tab::People
        }
        Action::VaultAccessGranted => Tab::Vaults,
        _ => Tab::Overview,
    };
    model.tab = tab;
}

/// Which accounts the feed of a place is over; of a company the first look makes it.
fn show_accounts(model: &mut Model, place: &Place) {
    match place {
        Place::Screen => {
            let filter = &model.roster.query().filter;
            let narrow = model.activity.feed.narrow.clone();
            let shows = |profile: &ProfileId| filter.shows(profile) && narrow.asks(profile);
            let accounts = model.accounts.iter().map(|account| (&account.profile, shows(&account.profile)));
            model.activity.feed.show(accounts);
            for account_feed in &mut model.activity.feed.accounts {
                let account = model.accounts.get(&account_feed.profile);
                if signed_in_since(account, account_feed.events.error(), account_feed.asked_at) {
                    account_feed.asked_at = None;
                }
            }
        }
        Place::Tab(key) => {
            let details = model.details.entry(key.clone()).or_default();
            details.activity.narrow.company = Some(key.clone());
            details.activity.show([(&key.profile, true)].into_iter());
            company::forget_some(model, key);
        }
    }
}

fn launching(purpose: &PendingRequest) -> bool {
    matches!(purpose, PendingRequest::Launch(_))
}

/// When the feed on the screen is to be asked for again, by time alone.
pub fn due_at(model: &Model) -> Option<Timestamp> {
    let (place, feed) = front_feed(model)?;
    // One that has only just come on the screen waits for the cursor to rest, which is a moment of its own.
    if model.activity.front.as_ref() != Some(&place) {
        return None;
    }
    feed?.due(model.now, |profile| model.accounts.connected(profile))
}

fn feed_mut<'a>(model: &'a mut Model, place: &Place) -> Option<&'a mut ActivityFeed> {
    match place {
        Place::Screen => Some(&mut model.activity.feed),
        Place::Tab(key) => model.details.get_mut(key).map(|details| &mut details.activity),
    }
}

fn ask(ctx: &mut Ctx<'_>, wait: ActivityRequest) {
    let ActivityRequest { place, profile, more } = wait.clone();
    let now = ctx.model.now;
    let Some(feed) = feed_mut(ctx.model, &place) else { return };
    let narrow = feed.narrow.clone();
    let Some(account_feed) = feed.account_mut(&profile) else { return };
    let request = Request::ListActivity(narrow.question(account_feed.next.clone().filter(|_| more)));
    let ticket = ctx.send(profile.clone(), PendingRequest::Activity(wait), request);
    let Some(account_feed) = feed_mut(ctx.model, &place).and_then(|feed| feed.account_mut(&profile)) else { return };
    if !more {
        account_feed.asked_at = Some(now);
    }
    account_feed.events.wait_for(ticket);
}

pub(in crate::app) fn step(model: &mut Model, movement: Movement) {
    let (Some(place), page) = (front(model), model.page()) else { return };
    let Some(feed) = feed_mut(model, &place) else { return };
    let len = feed.rows.len();
    if len > 0 {
        let row = movement.apply(feed.selection.row, len, page);
        feed.put_cursor(row);
        feed.selection.touched = true;
    }
}

/// The refresh key: what is there is old from now on, and failures are forgotten.
pub(in crate::app) fn refresh(model: &mut Model) {
    let old = |feed: &mut ActivityFeed| feed.accounts.iter_mut().for_each(|account_feed| account_feed.asked_at = None);
    old(&mut model.activity.feed);
    if let Some(Place::Tab(key)) = front(model)
        && let Some(details) = model.details.get_mut(&key)
    {
        old(&mut details.activity);
    }
}

pub(in crate::app) fn on_answer(
    model: &mut Model,
    ticket: Ticket,
    wait: ActivityRequest,
    result: Result<Answer, Error>,
) {
    let now = model.now;
    let ActivityRequest { place, profile, more } = wait;
    let Some(feed) = feed_mut(model, &place) else { return };
    let since = feed.narrow.since;
    let Some(account_feed) = feed.account_mut(&profile) else { return };
    // An answer to an older filter, or of a feed that was forgotten.
    if account_feed.events.waiting() != Some(ticket) {
        return;
    }
    let (page, left_out) = take_rows::<ActivityPage>(Operation::LoadActivity, result);
    let page = page.map(|page| since.into_iter().fold(page, ActivityPage::since));
    let joins = account_feed.events.value().is_none() && page.is_ok();
    account_feed.settle(ticket, now, more, page, left_out);
    feed.merge();
    if joins && !feed.selection.touched {
        feed.put_cursor(0);
    }
}
