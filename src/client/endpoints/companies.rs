//! The companies: their list and what changed in it, one of them, adding, editing, launching, unlinking.

use super::prelude::*;
use crate::client::prefetch::GoOn;
use crate::domain::company::Company;
use crate::domain::error::Cause;
use crate::domain::unlink::Preflight;

impl Endpoint for ListCompanies {
    fn call(&self) -> Call {
        Call::get("companies", &[])
            .page(self.page_size)
            .query("filter", self.filter.clone())
            .query("order_by", self.order_by.clone())
            .query("page_token", self.page_token.clone())
    }

    fn read(&self, reply: &Reply) -> Result<Answer, Error> {
        reply.page(&GoOn::default()).map(Into::into)
    }

    async fn perform(&self, client: &Client, call: PermittedCall) -> Result<Answer, Error> {
        if self.read_ahead {
            return client.page(self, &self.clone().into(), call).await;
        }
        client.inner.answer(&self.clone().into(), &call).await
    }
}

impl Endpoint for ListChanges {
    fn call(&self) -> Call {
        Call::get("companies:changes", &[]).query("since", Some(self.since.clone())).long().held(self.wait)
    }

    fn read(&self, reply: &Reply) -> Result<Answer, Error> {
        let read = reply.json::<wire::list::ChangeList>()?.read();
        let (changes, unreadable) = read.map_err(|lacking| reply.error(Cause::Unreadable, &lacking.to_string()))?;
        Ok(Answer::from(changes).without(unreadable))
    }
}

endpoint!(GetCompany: wire::company::Company => Company, |request| {
    Call::get("companies/{company}", &[request.company.as_str()])
});

endpoint!(AddCompany: wire::company::Company => Company, |request| {
    Call::post("companies", &[], &request.key).json(&wire::company::NewCompany::from(&request.new))
});

endpoint!(EditCompany: wire::company::Company => Company, |request| {
    let changes = &request.changes;
    let patch = wire::company::CompanyPatch {
        name: changes.name.clone(),
        website: changes.website.clone(),
        address: changes.address.as_ref().map(Into::into),
        tags: changes.tags.clone(),
        note: changes.note.clone(),
        external_id: changes.external_id.clone(),
        seat_limit: changes.seat_limit,
        snooze_until_time: changes.snooze_until.map(|time| time.to_string()),
    };
    let call = Call::patch("companies/{company}", &[request.company.as_str()], &request.key);
    call.if_match(request.etag.as_str()).json(&patch)
});

endpoint!(Declare: wire::company::Company => Company, |request| {
    let observation = wire::company::Observation::from(&request.declared);
    Call::post("companies/{company}/observations", &[request.company.as_str()], &request.key).json(&observation)
});

impl Endpoint for Launch {
    fn call(&self) -> Call {
        let target = Some(self.target.as_str().to_owned());
        let vault_id = self.vault.as_ref().map(|vault| vault.as_str().to_owned());
        Call::post("companies/{company}:launch", &[self.company.as_str()], &self.key)
            .json(&wire::company::LaunchRequest { target, vault_id })
    }

    async fn perform(&self, client: &Client, call: PermittedCall) -> Result<Answer, Error> {
        let answer = client.inner.exchange(&call).await?.json()?;
        client.inner.prove(&self.company, answer).await.map(Into::into)
    }
}

endpoint!(UnlinkPreflight: wire::unlink::Preflight => Preflight, |request| {
    Call::get("companies/{company}:unlinkPreflight", &[request.company.as_str()])
});

impl Endpoint for Unlink {
    fn call(&self) -> Call {
        let call = Call::post("companies/{company}:unlink", &[self.company.as_str()], &self.key);
        let call = call.if_match(self.etag.as_str());
        if self.validate_only { call.rehearsed() } else { call }
    }

    fn read(&self, reply: &Reply) -> Result<Answer, Error> {
        if self.validate_only {
            return reply.json_into::<wire::unlink::Preflight, Preflight>().map(Into::into);
        }
        reply.json_into::<wire::company::Company, Company>().map(Into::into)
    }
}
