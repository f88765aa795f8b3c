//! The groups of a company and their members.

use super::prelude::*;
use crate::domain::people::{Group, Person};

list_endpoint!(ListGroups: wire::people::Group => Group, "companies/{company}/groups", company);

endpoint!(AddMember: wire::people::User => Person, |request| {
    let ids = [request.company.as_str(), request.group.as_str()];
    Call::post("companies/{company}/groups/{group}/members", &ids, &request.key)
        .json(&wire::people::NewMember { user_id: request.user.as_str().to_owned() })
});

endpoint!(RemoveMember: wire::people::User => Person, |request| {
    let ids = [request.company.as_str(), request.group.as_str(), request.user.as_str()];
    Call::delete("companies/{company}/groups/{group}/members/{user}", &ids, &request.key)
});
