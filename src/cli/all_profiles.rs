//! A list over all profiles. Every account is asked at the same time; what one of them does not answer is told on
//! standard error and by the exit code, and the rows of the others are written all the same. An account that failed has
//! no rows at all: no part of a list passes for the whole.

use crate::cli::args::{Companies, Links, ListArgs, OneShot, People, Recoveries, Tasks};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::commands::companies::list;
use crate::cli::commands::{attention, find_person};
use crate::cli::context::{AnsweredList, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::listing::Listing;
use crate::cli::output::{Io, left_out};
use crate::cli::{Exit, announce_retries, endpoint, sentence};
use crate::client::Client;
use crate::config::Profile;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::link::LinkRequest;
use crate::domain::recovery::Recovery;
use crate::domain::request::{ListLinks, ListRecoveries, ListTasks, Request};
use crate::domain::task::Task;
use serde::Serialize;

/// A row behind the name of its profile.
#[derive(Serialize)]
pub struct Profiled<T> {
    pub profile: String,
    #[serde(flatten)]
    pub row: T,
}

impl<T: TableRow> TableRow for Profiled<T> {
    fn columns() -> Vec<Column<Self>> {
        let profile = Column::id("profile", |row: &Self| Cell::text(&row.profile));
        std::iter::once(profile)
            .chain(T::columns().into_iter().map(|column| column.within(|row: &Self| &row.row)))
            .collect()
    }

    /// An id is unique within its account only.
    fn id(&self) -> String {
        format!("{}\t{}", self.profile, self.row.id())
    }
}

/// The rows of one account, and what is to be said of them.
pub type Found<T> = (Vec<T>, Vec<String>);

/// Carries out a command of which [`OneShot::all_profiles`] is said.
pub async fn run(command: &OneShot, profiles: &[Profile], read_only: bool, mut io: Io<'_>) -> Result<(), CliError> {
    let profiles = AllProfiles { profiles, read_only };
    match command {
        OneShot::Companies(Companies::List(args)) => list::run_all(args, &profiles, &mut io).await,
        OneShot::Links(Links::List(args)) => {
            let found = profiles.rows::<LinkRequest>(Request::ListLinks(ListLinks)).await;
            found.list(&args.list, &mut io)
        }
        OneShot::Recoveries(Recoveries::List(args)) => {
            let found = profiles.rows::<Recovery>(Request::ListRecoveries(ListRecoveries)).await;
            found.list(&args.list, &mut io)
        }
        OneShot::Tasks(Tasks::List(args)) => {
            let found = profiles
                .rows::<Task>(Request::ListTasks(ListTasks { open_only: !args.list.list.all, company: None }))
                .await;
            found.list(&args.list.list, &mut io)
        }
        OneShot::People(People::Find(args)) => find_person::run_all(args, &profiles, &mut io).await,
        OneShot::Attention(args) => attention::run_all(args, &profiles, &mut io).await,
        _ => Err(unexpected_answer(Operation::ListCompanies)),
    }
}

pub struct AllProfiles<'a> {
    profiles: &'a [Profile],
    read_only: bool,
}

impl<'a> AllProfiles<'a> {
    async fn rows<T: AnsweredList>(&self, request: Request) -> Answers<'a, T> {
        let ask = move |client: Client| {
            let request = request.clone();
            async move {
                let what = request.operation();
                let (answer, unreadable) = client.perform(request).await?.whole();
                let rows = T::of(answer).ok_or_else(|| Error::new(what, Cause::Unreadable, RetryAdvice::Never))?;
                Ok((rows, (unreadable > 0).then(|| left_out(unreadable.into())).into_iter().collect()))
            }
        };
        self.ask(ask).await
    }

    /// The answers, in the order of the profiles.
    pub async fn ask<T, F>(&self, question: impl Fn(Client) -> F + Clone + Send + 'static) -> Answers<'a, T>
    where
        T: Send + 'static,
        F: Future<Output = Result<Found<T>, Error>> + Send,
    {
        let asked = self.profiles.iter().map(|profile| {
            let (one, read_only, question) = (profile.clone(), self.read_only, question.clone());
            let answer = tokio::spawn(async move {
                let client = Client::new(endpoint(&one, read_only).await?)?;
                announce_retries(question(client)).await
            });
            (profile.id.as_str(), answer)
        });
        let asked = asked.collect::<Vec<_>>();
        let mut answers = Vec::new();
        for (name, answer) in asked {
            let died = |_| Err(Error::new(Operation::SignIn, Cause::TaskDied, RetryAdvice::Now));
            answers.push((name, answer.await.unwrap_or_else(died)));
        }
        Answers(answers)
    }
}

/// What the accounts answered.
pub struct Answers<'a, T>(Vec<(&'a str, Result<Found<T>, Error>)>);

impl<T: TableRow> Answers<'_, T> {
    /// Tells what failed, and writes the rows as they were asked for.
    pub fn list(self, args: &ListArgs, io: &mut Io<'_>) -> Result<(), CliError> {
        let listing = Listing::of(args, &io.style)?;
        self.write(io, |rows, io| io.write_list(&listing, rows))
    }

    /// Tells what failed, and writes the rows.
    pub fn write(
        self,
        io: &mut Io<'_>,
        write: impl FnOnce(Vec<Profiled<T>>, &mut Io<'_>) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        let (mut failed, mut answered, mut rows) = (None, false, Vec::new());
        for (name, answer) in self.0 {
            match answer {
                Ok((found, lacks)) => {
                    for said in lacks {
                        io.tell(&format!("{name}: {said}"));
                    }
                    rows.extend(found.into_iter().map(|row| Profiled { profile: name.to_owned(), row }));
                    answered = true;
                }
                Err(error) => {
                    io.tell(&format!("{name}: {}", sentence(&error)));
                    failed = failed.or(Some(Exit::of(&error)));
                }
            }
        }
        // Where nobody answered there is no list, not an empty one.
        if answered {
            write(rows, io)?;
        }
        failed.map_or(Ok(()), |exit| Err(CliError::Reported(exit)))
    }
}
