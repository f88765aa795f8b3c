//! The people of a company, and those of all companies whose recovery is open.

use super::prelude::*;
use crate::domain::people::Person;
use crate::domain::recovery::Recovery;

list_endpoint!(ListPeople: wire::people::User => Person, "companies/{company}/users", company);
list_endpoint!(ListRecoveries: wire::recovery::Recovery => Recovery, "recoveries");

endpoint!(ChangePerson: wire::people::User => Person, |request| {
    let ids = [request.company.as_str(), request.user.as_str(), request.act.as_str()];
    let call = Call::post("companies/{company}/users/{user}:{act}", &ids, &request.key);
    call.if_match(request.etag.as_ref().map_or("", |etag| etag.as_str()))
});
