//! A list over all profiles. Every account is asked at the same time; what one of them does not answer is told on
//! standard error and by the exit code, and the rows of the others are written all the same.

use super::args::{Companies, Format, Links, Once, Recoveries};
use super::desk::{self, End, left_out, odd};
use super::{Exit, Outside, endpoint, list, list_file, sentence, table};
use crate::client::Client;
use crate::config::Profile;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::request::{Answer, Request};
use serde::Serialize;

/// What a list is made of.
pub(super) trait Row: Send + 'static {
    /// It in JSON.
    type Record<'a>: Serialize + From<&'a Self>;
    /// Over its columns.
    const HEADER: &'static [&'static str];
    /// Columns that are numbers.
    const RIGHT: &'static [usize];
    /// It in columns.
    fn cells(&self) -> Vec<String>;
}

/// A row's fields behind the name of its profile.
#[derive(Serialize)]
struct Profiled<'a, R> {
    profile: &'a str,
    #[serde(flatten)]
    record: R,
}

/// The rows of one account, and what is to be said of them.
type Found<T> = (Vec<T>, Vec<String>);

/// Carries out a command of which [`Once::everywhere`] is said.
pub async fn run(command: &Once, profiles: &[Profile], read_only: bool, outside: Outside<'_>) -> Exit {
    let mut outside = outside;
    let accounts = Accounts { profiles, read_only };
    let outcome = match command {
        Once::Companies(Companies::List(args)) => {
            if let Err(end) = list_file::look(args) {
                return desk::close(outside.err, Err(end));
            }
            let asked = args.clone();
            let found = accounts.ask(move |client| {
                let args = asked.clone();
                async move {
                    list::collect(&client, &args).await.map(|found| {
                        let lacks = found.lacks();
                        (found.companies, lacks)
                    })
                }
            });
            told(&found.await, &mut outside, |rows, outside| {
                let companies: Vec<_> = rows.iter().map(|&(profile, company)| (Some(profile), company)).collect();
                list_file::write(args, outside, &companies, &profiled(rows), || in_columns(rows))
            })
        }
        Once::Links(Links::List(args)) => {
            let found = accounts.ask(|client| async move {
                match client.perform(Request::Links).await?.whole() {
                    (Answer::Links(links), lost) => Ok((links, lacks(lost))),
                    _ => Err(unreadable(Operation::LoadLinks)),
                }
            });
            told(&found.await, &mut outside, |rows, outside| plain(args.format, rows, outside))
        }
        Once::Recoveries(Recoveries::List(args)) => {
            let found = accounts.ask(|client| async move {
                match client.perform(Request::Recoveries).await?.whole() {
                    (Answer::Recoveries(recoveries), lost) => Ok((recoveries, lacks(lost))),
                    _ => Err(unreadable(Operation::LoadRecoveries)),
                }
            });
            told(&found.await, &mut outside, |rows, outside| plain(args.format, rows, outside))
        }
        _ => Err(odd(Operation::ListCompanies)),
    };
    desk::close(outside.err, outcome)
}

struct Accounts<'a> {
    profiles: &'a [Profile],
    read_only: bool,
}

impl<'a> Accounts<'a> {
    /// The answers, in the order of the profiles.
    async fn ask<T: Send + 'static, F>(
        &self,
        question: impl Fn(Client) -> F + Clone + Send + 'static,
    ) -> Vec<(&'a str, Result<Found<T>, Error>)>
    where
        F: Future<Output = Result<Found<T>, Error>> + Send,
    {
        let asked = self.profiles.iter().map(|profile| {
            let (one, read_only, question) = (profile.clone(), self.read_only, question.clone());
            let answer = tokio::spawn(async move {
                let client = Client::new(endpoint(&one, read_only).await?)?;
                super::aloud(question(client)).await
            });
            (profile.id.as_str(), answer)
        });
        let asked = asked.collect::<Vec<_>>();
        let mut found = Vec::new();
        for (name, answer) in asked {
            let died = |_| Err(Error::new(Operation::SignIn, Cause::TaskDied, RetryAdvice::Now));
            found.push((name, answer.await.unwrap_or_else(died)));
        }
        found
    }
}

/// Writes the rows, and tells what failed.
fn told<T: Row>(
    found: &[(&str, Result<Found<T>, Error>)],
    outside: &mut Outside<'_>,
    write: impl FnOnce(&[(&str, &T)], &mut Outside<'_>) -> Result<(), End>,
) -> Result<(), End> {
    let mut failed = None;
    for (name, result) in found {
        match result {
            Ok((_, lacks)) => lacks.iter().for_each(|said| outside.tell(&format!("{name}: {said}"))),
            Err(error) => {
                outside.tell(&format!("{name}: {}", sentence(error)));
                failed = failed.or(Some(Exit::of(error)));
            }
        }
    }
    // Where nobody answered there is no list, not an empty one.
    if found.iter().any(|(_, result)| result.is_ok()) {
        let rows = found.iter().filter_map(|(name, result)| Some((*name, &result.as_ref().ok()?.0)));
        let rows: Vec<_> = rows.flat_map(|(name, rows)| rows.iter().map(move |row| (name, row))).collect();
        write(&rows, outside)?;
    }
    failed.map_or(Ok(()), |exit| Err(End::Told(exit)))
}

fn plain<T: Row>(format: Format, rows: &[(&str, &T)], outside: &mut Outside<'_>) -> Result<(), End> {
    outside.show(format, &profiled(rows), || in_columns(rows))
}

fn profiled<'a, T: Row>(rows: &[(&'a str, &'a T)]) -> Vec<Profiled<'a, T::Record<'a>>> {
    rows.iter().map(|&(profile, row)| Profiled { profile, record: T::Record::from(row) }).collect()
}

fn in_columns<T: Row>(rows: &[(&str, &T)]) -> String {
    let header: Vec<_> = std::iter::once("PROFILE").chain(T::HEADER.iter().copied()).collect();
    let right: Vec<_> = T::RIGHT.iter().map(|column| column + 1).collect();
    let cells = |&(profile, row): &(&str, &T)| {
        let mut cells = row.cells();
        cells.insert(0, profile.to_owned());
        cells
    };
    table::grid(&header, &right, rows.iter().map(cells))
}

fn lacks(rows: u32) -> Vec<String> {
    if rows == 0 { Vec::new() } else { vec![left_out(rows.into())] }
}

fn unreadable(what: Operation) -> Error {
    Error::new(what, Cause::Unreadable, RetryAdvice::Never)
}
