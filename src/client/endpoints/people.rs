//! The people of a company, and those of all companies whose recovery is open.

use super::prelude::*;
use crate::domain::people::{FoundPeople, Person};
use crate::domain::recovery::Recovery;

list_endpoint!(ListPeople: wire::people::User => Person, "companies/{company}/users", company);
list_endpoint!(ListRecoveries: wire::recovery::Recovery => Recovery, "recoveries");

impl Endpoint for FindPeople {
    fn call(&self) -> Call {
        Call::get("users", &[]).page(self.most).query("search", Some(self.search.clone()))
    }

    fn read(&self, reply: &Reply) -> Result<Answer, Error> {
        let list = reply.json::<wire::list::List<wire::people::FoundUser>>()?;
        let (people, unreadable) = list.results.read();
        Ok(Answer::from(FoundPeople { people, total: list.total_size }).without(unreadable))
    }
}

endpoint!(ChangePerson: wire::people::User => Person, |request| {
    let ids = [request.company.as_str(), request.user.as_str(), request.act.as_str()];
    let call = Call::post("companies/{company}/users/{user}:{act}", &ids, &request.key);
    call.if_match(request.etag.as_ref().map_or("", |etag| etag.as_str()))
});
