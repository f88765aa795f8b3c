//! Which of 1Password's interfaces is connected for a company.

use super::prelude::*;
use crate::domain::source::Source;

impl Endpoint for ListSources {
    fn call(&self) -> Call {
        Call::list("sources", &[]).query("company_id", self.company.as_ref().map(ToString::to_string))
    }

    async fn perform(&self, client: &Client, call: PermittedCall) -> Result<Answer, Error> {
        client.inner.rows::<wire::source::Source, Source>(call).await
    }
}

endpoint!(CheckSource: wire::source::Source => Source, |request| {
    let ids = [request.company.as_str(), request.source.as_str()];
    Call::post("companies/{company}/sources/{source}:check", &ids, &request.key)
});
