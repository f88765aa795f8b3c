//! The overview: cards, one of which has the cursor. Each leads to where more is told or done. What the list does not
//! have is loaded once for each revision of a company, when somebody looks into it: who walks through the list with the
//! company beside it asks for nothing.

use crate::app::command::Command;
use crate::app::core::refresh::later_millis;
use crate::app::ctx::Ctx;
use crate::app::features::accounts::Account;
use crate::app::features::attention::{self, Fix};
use crate::app::features::{activity, company, sources, usage};
use crate::app::model::{Model, Tab};
use crate::app::tickets::PendingRequest;
use crate::app::update::run;
use crate::domain::company::Company;
use crate::domain::country;
use crate::domain::facts::Facet;
use crate::domain::id::CompanyKey;
use crate::domain::reason::Reason;
use crate::domain::request::{GetSetup, ListPeople, Request};
use jiff::Timestamp;

/// How long an overview is looked at before it is loaded, in milliseconds: who goes on to another tab does not need it.
const REST: i64 = 100;

/// What stands together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Card {
    /// What is to be done, each with its key.
    Attention,
    Seats,
    Setup,
    /// Owners, administrators, and whether it can be unlinked.
    Owners,
    /// Where what is known of it comes from; of a REAL workspace only.
    Sources,
    Activity,
    /// Note, addresses, numbers: nobody opens a company to read its id.
    Details,
    /// How many there are in each state, and who waits.
    People,
}

impl Card {
    /// In the order of the cursor.
    pub const ALL: [Self; 8] = [
        Self::Attention,
        Self::Seats,
        Self::Setup,
        Self::Owners,
        Self::Sources,
        Self::Activity,
        Self::Details,
        Self::People,
    ];

    /// The tab that tells more.
    pub fn tab(self) -> Option<Tab> {
        Some(match self {
            Self::Attention | Self::Sources | Self::Details => return None,
            Self::Seats => Tab::Usage,
            Self::Setup => Tab::Setup,
            Self::Owners | Self::People => Tab::People,
            Self::Activity => Tab::Activity,
        })
    }
}

/// What a company is told to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    State,
    Attention,
    Website,
    Address,
    /// Data region, which the address does not choose.
    Region,
    /// Where its people sign in.
    SignIn,
    Seats,
    Owners,
    Setup,
    Recoveries,
    /// How it came under management, and when.
    Origin,
    /// Last launch.
    Launched,
    /// When and by whom it was unlinked.
    Unlinked,
    Trial,
    ExternalId,
    Tags,
    Note,
    Id,
}

/// What copying the field puts on the clipboard: the bare value, on one line.
pub fn copied(company: &Company, field: Field) -> String {
    let time = |time: Option<jiff::Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
    let count = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
    match field {
        Field::State => company.state.as_str().to_owned(),
        Field::Attention => join(company.attention.iter().map(crate::domain::company::Attention::as_str)),
        Field::Website => company.website.clone().unwrap_or_default(),
        Field::Address => country::one_line(&company.address),
        Field::Region => company.region.clone(),
        Field::SignIn => company.sign_in_host.clone(),
        Field::Seats => {
            company.seats.filled.map(|filled| format!("{}{filled}", company.seats_sign())).unwrap_or_default()
        }
        Field::Owners => count(company.owners.confirmed),
        Field::Setup => format!("{}/{}", company.setup.done, company.setup.applicable),
        Field::Recoveries => count(company.open_recoveries),
        Field::Origin => time(company.link_time.or(company.create_time)),
        Field::Launched => time(company.launch_time),
        Field::Unlinked => time(company.unlink_time),
        Field::Trial => time(company.trial_end_time),
        Field::ExternalId => company.external_id.clone().unwrap_or_default(),
        Field::Tags => join(company.tags.iter().map(String::as_str)),
        Field::Note => company.note.clone().unwrap_or_default().replace('\n', " "),
        Field::Id => company.id.to_string(),
    }
}

fn join<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// The cards of the selected company, in the order of the cursor.
pub fn cards(model: &Model) -> impl Iterator<Item = Card> + use<> {
    let real = model.selected_account().is_some_and(Account::real);
    Card::ALL.into_iter().filter(move |card| real || *card != Card::Sources)
}

/// The card under the cursor.
pub fn card(model: &Model) -> Card {
    cards(model).nth(model.rows.overview).unwrap_or(Card::Attention)
}

/// What cures a reason and can run now: by its key in the view of what needs attention, else by one that works
/// everywhere.
pub fn fix(model: &Model, reason: &Reason) -> Option<(Fix, Command)> {
    let (fix, command) = attention::fix(reason)?;
    let everywhere = match command {
        Command::AttendRecovery => Command::ShowRecoveries,
        Command::AttendLink => Command::ShowLinks,
        Command::AttendOwner => Command::Launch,
        Command::AttendSetup => Command::NextTab,
        command => command,
    };
    [command, everywhere].into_iter().find(|command| command.ready(model).is_ok()).map(|command| (fix, command))
}

/// Who edits from the card of seats comes for their limit.
pub(in crate::app) fn about_seats(model: &Model) -> bool {
    in_front(model) && card(model) == Card::Seats
}

/// Enter on the card: the tab that tells more, the first cure, or the form.
pub(in crate::app) fn enter(ctx: &mut Ctx<'_>) {
    let card = card(ctx.model);
    if let Some(tab) = card.tab() {
        ctx.model.tab = tab;
        ctx.model.rows.from_card = Some(tab);
        return;
    }
    match card {
        Card::Attention => {
            match first_fix(ctx.model) {
                // Nobody is signed in at a client by a key that only opens.
                Some(Command::Launch) => ctx.model.tab = Tab::People,
                Some(command) => run(ctx, command),
                None => {}
            }
        }
        Card::Sources => sources::open(ctx.model),
        _ => run(ctx, Command::EditCompany),
    }
}

fn first_fix(model: &Model) -> Option<Command> {
    let (_, company) = model.selected()?;
    company.attention.iter().find_map(|kind| fix(model, &Reason::of(kind, company))).map(|(_, command)| command)
}

fn in_front(model: &Model) -> bool {
    model.company_in_front() && model.tab == Tab::Overview
}

/// The company whose overview is in front, if its server can be asked.
fn front(model: &Model) -> Option<CompanyKey> {
    let (key, _) = model.selected().filter(|_| in_front(model))?;
    model.accounts.connected(&key.profile).then_some(key)
}

/// When the overview in front has rested long enough; none when it has.
pub fn due_at(model: &Model) -> Option<Timestamp> {
    model.overview.as_ref().and_then(|(_, since)| later_millis(*since, REST)).filter(|due| *due > model.now)
}

pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    let front = front(ctx.model);
    if front.as_ref() != ctx.model.overview.as_ref().map(|(key, _)| key) {
        let now = ctx.model.now;
        ctx.model.overview = front.map(|key| (key, now));
    }
    let Some((key, _)) = ctx.model.overview.clone() else { return };
    if due_at(ctx.model).is_none() {
        load(ctx, &key);
    }
}

fn load(ctx: &mut Ctx<'_>, key: &CompanyKey) {
    let Some(company) = ctx.model.roster.get(key) else { return };
    let (etag, people) = (company.etag.clone(), company.fact(&Facet::People).is_some());
    let guided = ctx.model.guided(&key.profile);
    if !company::saving(ctx.model, key) {
        let request = Request::GetSetup(GetSetup { company: key.company.clone() });
        company::load(ctx, key, &etag, |details| &mut details.setup, PendingRequest::Setup(key.clone()), request);
    }
    if guided {
        sources::load(ctx, key, &etag);
    }
    // What only the web console shows is not asked for.
    if !guided || people {
        let request = Request::ListPeople(ListPeople { company: key.company.clone() });
        company::load(ctx, key, &etag, |details| &mut details.people, PendingRequest::People(key.clone()), request);
    }
    if !guided {
        usage::load_for_overview(ctx, key, &etag);
    }
    activity::load_for_overview(ctx, key, &etag);
    company::forget_some(ctx.model, key);
}
