//! Where what is known of a company of a REAL workspace comes from: its account, connected by one of 1Password's
//! interfaces; tables; what technicians saw. And what to type where one is missing or fails.

use crate::app::command::{Command, Place};
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Ticket;
use crate::app::features::{company, copy};
use crate::app::key::{Code, Key};
use crate::app::model::{Details, Model};
use crate::app::tickets::PendingRequest;
use crate::app::update::take_rows;
use crate::domain::company::{Company, CompanyState};
use crate::domain::error::{Error, Operation};
use crate::domain::facts::{Fact, FactSource};
use crate::domain::id::{CompanyKey, Etag, ProfileId};
use crate::domain::request::{Answer, ListSources, Request};
use crate::domain::roster::Batch;
use crate::domain::source::{Source, SourceReason, SourceState};
use crate::domain::text::shell_word;

/// How one of them stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing<'a> {
    Connected(&'a Source),
    /// Somebody brought something from there; the newest of it.
    Observed(&'a Fact),
    Missing,
    /// The server has not said yet whether it is connected.
    Unknown,
}

/// A source, connected or not.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow<'a> {
    pub source: FactSource,
    pub standing: Standing<'a>,
}

/// Those that this version can connect, or take something from.
const OFFERED: [FactSource; 4] = [FactSource::UsersApi, FactSource::Events, FactSource::Import, FactSource::Declared];

/// How the command line calls an interface that can be connected.
fn flag(source: &FactSource) -> Option<&'static str> {
    match source {
        FactSource::UsersApi => Some("--users-api"),
        FactSource::Events => Some("--events"),
        _ => None,
    }
}

/// It is connected, and not brought by hand.
pub fn is_interface(source: &FactSource) -> bool {
    flag(source).is_some()
}

/// Every source of a company: those that are offered, and what else the server tells of.
pub fn rows<'a>(company: &'a Company, details: &'a Details) -> Vec<SourceRow<'a>> {
    let connected = details.sources.value().map(Vec::as_slice);
    let told = connected.unwrap_or_default().iter().map(|source| &source.source);
    let mut all = Vec::from(OFFERED);
    for source in told.chain(company.facts.iter().map(|fact| &fact.source)) {
        if !all.contains(source) {
            all.push(source.clone());
        }
    }
    let standing = |source: &FactSource| {
        let facts = company.facts.iter().filter(|fact| fact.source == *source);
        let observed = facts.max_by_key(|fact| fact.as_of).map(Standing::Observed);
        match connected.map(|all| all.iter().find(|it| it.source == *source)) {
            Some(Some(source)) => Standing::Connected(source),
            None if flag(source).is_some() => observed.unwrap_or(Standing::Unknown),
            _ => observed.unwrap_or(Standing::Missing),
        }
    };
    all.into_iter().map(|source| SourceRow { standing: standing(&source), source }).collect()
}

/// Nothing is connected, imported or declared.
pub fn none(rows: &[SourceRow<'_>]) -> bool {
    rows.iter().all(|row| row.standing == Standing::Missing)
}

/// A company as a shell takes it: by its id where its name would not do. Looks through all names.
fn typed(model: &Model, key: &CompanyKey, company: &Company) -> String {
    let by_id = company.name.starts_with('-') || model.distinction(key).is_some();
    if by_id { key.company.to_string() } else { shell_word(&company.name) }
}

/// What to type about a source, where that is for a shell, with the company as it is typed.
pub fn command(
    model: &Model,
    (key, company, name): (&CompanyKey, &Company, &str),
    row: &SourceRow<'_>,
) -> Option<String> {
    let Some(flag) = flag(&row.source) else {
        return (row.source == FactSource::Import).then(|| "mspdash import companies FILE".to_owned());
    };
    let gone = company.state == CompanyState::Unlinked;
    match row.standing {
        Standing::Missing if !gone => Some(format!("mspdash connect {name} {flag}")),
        Standing::Connected(_) if gone => Some("mspdash sources unlinked".to_owned()),
        Standing::Connected(source)
            if source.reason == Some(SourceReason::CredentialRefused) || source.expires_soon(model.now) =>
        {
            Some(format!("mspdash connect {name} {flag} --rotate"))
        }
        Standing::Connected(source) if source.state != SourceState::Connected => {
            let events = if source.source == FactSource::Events { " --events" } else { "" };
            let several = model.accounts.several().then(|| format!(" --profile {}", shell_word(key.profile.as_str())));
            Some(format!("mspdash sources check {name}{events}{}", several.unwrap_or_default()))
        }
        _ => None,
    }
}

/// What the selected company's first connection that is missing or fails asks for.
pub(in crate::app) fn first_command(model: &Model) -> Option<String> {
    let (key, company) = model.selected()?;
    let nothing = Details::default();
    let rows = rows(company, model.selected_details().unwrap_or(&nothing));
    let accounts = rows.iter().filter(|row| row.source != FactSource::Import);
    let name = typed(model, &key, company);
    accounts.into_iter().find_map(|row| command(model, (&key, company, &name), row))
}

pub(in crate::app) fn load(ctx: &mut Ctx<'_>, key: &CompanyKey, etag: &Etag) {
    let request = Request::ListSources(ListSources { company: Some(key.company.clone()) });
    company::load(ctx, key, etag, |details| &mut details.sources, PendingRequest::Sources(key.clone()), request);
}

pub(in crate::app) fn on_list(model: &mut Model, ticket: Ticket, key: &CompanyKey, result: Result<Answer, Error>) {
    let (sources, left_out) = take_rows::<Vec<Source>>(Operation::LoadSources, result);
    if let Some(details) = model.details.get_mut(key)
        && details.sources.settle(ticket, model.now, sources)
    {
        details.sources.leave_out(left_out);
    }
}

/// What the server tells of anew may have been read, or failed to be, without another revision of it.
pub(in crate::app) fn news(model: &mut Model, profile: &ProfileId, changed: &Batch) {
    if !model.guided(profile) || model.details.is_empty() {
        return;
    }
    for company in changed.iter() {
        let key = CompanyKey { profile: profile.clone(), company: company.id };
        if let Some(details) = model.details.get_mut(&key) {
            details.sources.outdate();
        }
    }
}

/// What is told of a source in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceField {
    /// What comes from it.
    Gives,
    State,
    /// In 1Password's words, or the server's.
    Detail,
    /// What to do about it.
    Remedy,
    Read,
    Next,
    Expires,
    /// Whether people are suspended through it.
    Writes,
    /// Where its secret is.
    Secret,
    /// What to type.
    Command,
}

/// Each source in full, one under the cursor.
#[derive(Debug, Clone, PartialEq)]
pub struct SourcesDialog {
    pub key: CompanyKey,
    pub company: String,
    /// The company as it is typed, which takes a walk through all names: found once, not on every frame.
    pub typed: String,
    pub cursor: usize,
}

pub(in crate::app) fn open(model: &mut Model) {
    let Some((key, company)) = model.selected() else { return };
    let (typed, company) = (typed(model, &key, company), company.name.clone());
    model.overlays.open(SourcesDialog { key, company, typed, cursor: 0 });
}

impl SourcesDialog {
    /// By what more comes from a source, where that is done on this screen and can be done now.
    pub fn act(&self, model: &Model, source: &FactSource) -> Option<Command> {
        let command = match source {
            FactSource::Import => Command::Import,
            FactSource::Declared => Command::Declare,
            _ => return None,
        };
        let about_this = model.selected().is_some_and(|(key, _)| key == self.key);
        Some(command).filter(|command| about_this && command.ready(model).is_ok())
    }
}

impl Dialog for SourcesDialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let nothing = Details::default();
        let Some(company) = ctx.model.roster.get(&self.key) else { return Outcome::Close };
        let rows = rows(company, ctx.model.details.get(&self.key).unwrap_or(&nothing));
        if let Some(movement) = Movement::of(key, true) {
            self.cursor = movement.apply(self.cursor, rows.len(), rows.len());
            return Outcome::Keep;
        }
        let Some(row) = rows.get(self.cursor) else { return Outcome::Close };
        match key.code {
            Code::Esc | Code::Char('q') => Outcome::Close,
            Code::Enter => self.act(ctx.model, &row.source).map_or(Outcome::Keep, Outcome::Run),
            Code::Char('y' | 'c') => {
                if let Some(command) = command(ctx.model, (&self.key, company, &self.typed), row) {
                    copy::copy(ctx, command);
                }
                Outcome::Keep
            }
            _ => Outcome::Keep,
        }
    }

    fn places(&self) -> &'static [Place] {
        &[]
    }
}
