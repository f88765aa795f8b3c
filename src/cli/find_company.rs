//! Which company a command is about: one resolver for all of them. A company is named by its id, by its name exactly
//! as it is, or by the external id. What names two of them names none.

use crate::cli::Exit;
use crate::cli::commands::companies::pages::Pages;
use crate::cli::context::{Context, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::table::{columns, or_dash};
use crate::domain::company::Company;
use crate::domain::error::{Cause, Operation};
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, GetCompany, Request};
use crate::domain::text::one_line;
use crate::domain::unlink::names_company;

/// The most letters of what was typed that are said back.
const SAID: usize = 60;

/// An id, a name or a word as it comes from a command line or a file of another system: without line end and blanks.
pub fn bare(typed: &str) -> String {
    one_line(typed).trim().to_owned()
}

/// Whether a text has the form of the contract's ids.
pub fn is_id(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'))
}

impl Context<'_> {
    /// The company that is named, as it stands.
    pub async fn company(&mut self, typed: &str) -> Result<Company, CliError> {
        self.find_company(typed).await?.ok_or_else(|| nobody(&bare(typed)))
    }

    /// Its id alone.
    pub async fn company_id(&mut self, typed: &str) -> Result<CompanyId, CliError> {
        Ok(self.company(typed).await?.id)
    }

    /// The company that is named, if there is one.
    pub async fn find_company(&mut self, typed: &str) -> Result<Option<Company>, CliError> {
        let named = bare(typed);
        if named.is_empty() {
            return Err(CliError::Message("no company is named.".to_owned(), Exit::Usage));
        }
        // Nothing else is looked like an id, and no name of another company may stand in its way.
        if is_id(&named)
            && let Some(company) = self.company_with_id(&named).await?
        {
            return Ok(Some(company));
        }
        let filter = format!("name : {0} OR external_id = {0}", quoted(&named));
        let mut found = Pages::follow(self.client.clone(), Some(filter), None, usize::MAX).all().await?.0;
        found.retain(|company| is_named(company, &named));
        match found.len() {
            0 if !is_id(&named) && could_be_id(&named) => self.company_with_id(&named).await,
            0 | 1 => Ok(found.pop()),
            _ => Err(self.several(&named, &found)),
        }
    }

    async fn company_with_id(&mut self, id: &str) -> Result<Option<Company>, CliError> {
        match self.ask(Request::GetCompany(GetCompany { company: CompanyId::new(id) })).await {
            Ok(Answer::Company(company)) => Ok(Some(*company)),
            Ok(_) => Err(unexpected_answer(Operation::LoadCompany)),
            Err(CliError::Error(error)) if error.cause == Cause::NotFound => Ok(None),
            Err(end) => Err(end),
        }
    }

    /// What tells companies of one name apart, on the side, to choose from.
    fn several(&mut self, named: &str, found: &[Company]) -> CliError {
        let row = |company: &Company| {
            [
                company.name.clone(),
                company.state.as_str().to_owned(),
                or_dash(company.external_id.as_deref()),
                or_dash(company.website.as_deref()),
                company.id.to_string(),
            ]
        };
        let list = columns(["COMPANY", "STATUS", "EXTERNAL ID", "WEBSITE", "ID"], &[], found.iter().map(row));
        // A reader who has gone changes nothing: the refusal stands.
        let _ = writeln!(self.io.err, "{list}\n");
        let said =
            format!("{} companies have the name or external id \"{}\": give the id of one.", found.len(), cut(named));
        CliError::Message(said, Exit::Usage)
    }
}

fn is_named(company: &Company, named: &str) -> bool {
    names_company(named, &company.name) || company.external_id.as_deref().is_some_and(|id| id.trim() == named)
}

/// Servers may have ids of another form, but none that has to be written otherwise in an address.
fn could_be_id(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) && !text.starts_with('.')
}

/// Text in the quotes of the filter language: nothing in it can end them early.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

/// There is no such company.
pub fn nobody(named: &str) -> CliError {
    let said = format!(
        "no company has the id, the name or the external id \"{}\". `mspdash companies list --search TEXT` finds \
         companies by a part of the name.",
        cut(named)
    );
    CliError::Message(said, Exit::NotFound)
}

fn cut(text: &str) -> String {
    text.chars().take(SAID).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_text_cannot_end_its_quotes() {
        assert_eq!(quoted(r#"a "b\c"#), r#""a \"b\\c""#);
    }
}
