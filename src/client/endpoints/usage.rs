//! Usage: of one company, of all, and the curves of some.

use super::prelude::*;
use crate::domain::id::CompanyId;
use crate::domain::usage::{Period, Usage};

fn during(call: Call, period: Period) -> Call {
    let (start, end) = (period.start.to_string(), period.end.to_string());
    call.query("start_date", Some(start)).query("end_date", Some(end))
}

endpoint!(GetCompanyUsage: wire::usage::Usage => Usage, |request| {
    during(Call::get("companies/{company}/usage", &[request.company.as_str()]), request.period)
});

impl Endpoint for GetUsage {
    fn call(&self) -> Call {
        during(Call::list("usage", &[]), self.period)
    }

    async fn perform(&self, client: &Client, call: PermittedCall) -> Result<Answer, Error> {
        let (all, unreadable) = client.inner.usage(call).await?;
        Ok(Answer::from(all).without(unreadable))
    }
}

impl Endpoint for GetCurves {
    fn call(&self) -> Call {
        let ids: Vec<&str> = self.companies.iter().map(CompanyId::as_str).collect();
        let call = during(Call::list("usage", &[]), self.period).query("company_ids", Some(ids.join(",")));
        call.with_ids(&self.companies)
    }

    /// Curves are a picture beside the rows: one that cannot be drawn is not there.
    async fn perform(&self, client: &Client, call: PermittedCall) -> Result<Answer, Error> {
        Ok(client.inner.usage(call).await?.0.companies.into())
    }
}
