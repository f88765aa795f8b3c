//! What every one-shot command works with: the client, and the ways in and out.

use crate::cli::args::{Format, ListArgs, Write as WriteOptions};
use crate::cli::column::TableRow;
use crate::cli::error::CliError;
use crate::cli::listing::Listing;
use crate::cli::output::{Io, left_out};
use crate::client::Client;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::request::{Answer, IdempotencyKey, Request};

pub struct Context<'a> {
    pub client: Client,
    pub io: Io<'a>,
}

/// A list that one request answers.
pub trait AnsweredList: TableRow {
    /// The rows, if that is what was answered.
    fn of(answer: Answer) -> Option<Vec<Self>>
    where
        Self: Sized;
}

impl Context<'_> {
    /// Asks for something that changes nothing.
    pub async fn ask(&mut self, request: Request) -> Result<Answer, CliError> {
        let (answer, unreadable) = self.client.perform(request).await?.whole();
        if unreadable > 0 {
            self.io.tell(&left_out(unreadable.into()));
        }
        Ok(answer)
    }

    /// Asks for a list.
    pub async fn rows<T: AnsweredList>(&mut self, request: Request) -> Result<Vec<T>, CliError> {
        let what = request.operation();
        T::of(self.ask(request).await?).ok_or_else(|| unexpected_answer(what))
    }

    /// Changes something, or lets the server run its checks alone.
    pub async fn change(&mut self, request: Request, options: WriteOptions) -> Result<Answer, CliError> {
        if !options.dry_run {
            return Ok(self.client.perform(request).await?);
        }
        let answer = self.client.rehearse(request).await?;
        self.io.tell("dry run: every check passed, nothing was changed.");
        Ok(answer)
    }

    /// Asks for a list and writes it.
    pub async fn list<T: AnsweredList>(&mut self, request: Request, args: &ListArgs) -> Result<(), CliError> {
        // What makes no sense is refused before anything is asked.
        let listing = Listing::<T>::of(args, &self.io.style)?;
        let rows = self.rows(request).await?;
        self.io.write_list(&listing, rows)
    }

    /// Writes what was changed as the list would have it.
    pub fn show_row(&mut self, row: &impl TableRow, format: Format) -> Result<(), CliError> {
        let listing = Listing::plain(&self.io.style);
        self.io.show(format, row, || listing.text([row]))
    }
}

/// Names one intent. A command is one intent: the client repeats a lost answer under the same key.
pub fn idempotency_key() -> IdempotencyKey {
    IdempotencyKey(uuid::Uuid::now_v7().to_string())
}

/// The client answered something else than was asked: a defect of ours, told instead of a panic.
pub fn unexpected_answer(what: Operation) -> CliError {
    CliError::Error(Error::new(what, Cause::Unreadable, RetryAdvice::Never))
}

/// There is nothing of this id in the list that has all.
pub fn not_found(what: Operation) -> CliError {
    CliError::Error(Error::new(what, Cause::NotFound, RetryAdvice::Never))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_intent_has_a_key_of_its_own_in_order_of_time() {
        let (first, second) = (idempotency_key().0, idempotency_key().0);
        assert_ne!(first, second);
        assert_eq!(uuid::Uuid::parse_str(&first).unwrap().get_version_num(), 7);
    }
}
