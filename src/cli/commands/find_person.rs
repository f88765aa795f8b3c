//! `mspdash people find`: somebody calls and says a name, but not of which company.

use crate::cli::Exit;
use crate::cli::all_profiles::{AllProfiles, Found};
use crate::cli::args::Find;
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::find_company::bare;
use crate::cli::listing::Listing;
use crate::cli::output::{Io, left_out, stops};
use crate::client::Client;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::people::{FoundPerson, PersonKind, PersonState, search_words};
use crate::domain::request::{Answer, FindPeople, LARGEST_PAGE};
use crate::i18n;

/// Of one account.
pub async fn run(args: &Find, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let listing = Listing::of(&args.list.list, &ctx.io.style)?;
    let (people, lacks) = found(&ctx.client, search(args)?).await?;
    for said in &lacks {
        ctx.io.tell(said);
    }
    ctx.io.write_list(&listing, people)
}

/// Of all accounts, each row with its profile.
pub async fn run_all(args: &Find, profiles: &AllProfiles<'_>, io: &mut Io<'_>) -> Result<(), CliError> {
    let search = search(args)?;
    let found = profiles.ask(move |client| {
        let search = search.clone();
        async move { found(&client, search).await }
    });
    found.await.list(&args.list.list, io)
}

fn search(args: &Find) -> Result<String, CliError> {
    let search = args.text.iter().map(|text| bare(text)).collect::<Vec<_>>().join(" ");
    let short = || CliError::Message("say 2 to 100 characters of a name or an e-mail address.".into(), Exit::Usage);
    search_words(&search).ok_or_else(short)?;
    Ok(search)
}

/// Whose name or address holds every word, and what is missing of it.
pub async fn found(client: &Client, search: String) -> Result<Found<FoundPerson>, Error> {
    let (answer, unreadable) = client.perform(FindPeople { search, most: LARGEST_PAGE }.into()).await?.whole();
    let Answer::FoundPeople(mut found) = answer else {
        return Err(Error::new(Operation::LoadPeople, Cause::Unreadable, RetryAdvice::Never));
    };
    let key = |person: &FoundPerson| (person.display_name.to_lowercase(), person.company_name.to_lowercase());
    found.people.sort_by_key(key);
    let shown = found.people.len() + unreadable as usize;
    let more = found.total.filter(|total| *total > shown as u64);
    let lacks = [
        (unreadable > 0).then(|| left_out(unreadable.into())),
        more.map(|total| stops(found.people.len(), Some(total), "say more of the name")),
    ];
    Ok((found.people, lacks.into_iter().flatten().collect()))
}

impl TableRow for FoundPerson {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("name", |person: &Self| Cell::text(&person.display_name)),
            Column::text("company", |person: &Self| Cell::text(&person.company_name)),
            Column::text("email", |person: &Self| Cell::text(&person.email)),
            Column::word("state", |person: &Self| Cell::word(person.state.as_str()))
                .known(PersonState::WORDS)
                .said(|person, lang| (i18n::of(lang).people.state)(&person.state).into_owned()),
            Column::word("type", |person: &Self| match &person.kind {
                kind if kind.is_known() => Cell::word(kind.as_str()),
                _ => Cell::unknown(),
            })
            .known(PersonKind::WORDS)
            .said(|person, lang| (i18n::of(lang).people.kind)(&person.kind).into_owned())
            .spare(),
            Column::id("company-id", |person: &Self| Cell::text(person.company.as_str())).spare(),
            Column::id("user-id", |person: &Self| Cell::text(person.user.as_str())).spare(),
        ]
    }

    /// As `people suspend` takes it.
    fn id(&self) -> String {
        format!("{} {}", self.company, self.user)
    }
}
