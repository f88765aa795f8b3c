//! Requests to link a company to the MSP account.

use super::prelude::*;
use crate::domain::link::LinkRequest;

list_endpoint!(ListLinks: wire::link::LinkRequest => LinkRequest, "link_requests");

endpoint!(AcceptLink: wire::link::LinkRequest => LinkRequest, |request| {
    let confirmation_link = request.link.reveal().to_owned();
    Call::post("link_requests:accept", &[], &request.key).json(&wire::link::AcceptLink { confirmation_link })
});

endpoint!(CancelLink: wire::link::LinkRequest => LinkRequest, |request| {
    Call::post("link_requests/{link}:cancel", &[request.link.as_str()], &request.key)
});
