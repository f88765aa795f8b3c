//! The audit trail.

use super::prelude::*;
use crate::domain::activity::ListActivity;

/// Events that are asked for at once: a screen and a half.
const PAGE: u32 = 100;

impl Endpoint for ListActivity {
    fn call(&self) -> Call {
        let parts = [
            self.company.as_ref().map(|id| format!("company_id = {}", quoted(id.as_str()))),
            self.action.as_ref().map(|action| format!("action = {}", quoted(action.as_str()))),
            self.actor.as_ref().map(|actor| format!("actor : {}", quoted(actor))),
        ];
        let filter = parts.into_iter().flatten().collect::<Vec<_>>().join(" AND ");
        Call::get("audit_events", &[])
            .with_ids(&self.company)
            .page(PAGE)
            .query("filter", Some(filter).filter(|filter| !filter.is_empty()))
            .query("page_token", self.page_token.clone())
    }

    fn read(&self, reply: &Reply) -> Result<Answer, Error> {
        let (page, unreadable) = reply.json::<wire::list::List<wire::activity::Event>>()?.read();
        Ok(Answer::from(page).without(unreadable))
    }
}

/// A text of the user's must stay one word of the filter.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
