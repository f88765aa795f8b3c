//! Screen 2 and its dialogs.

use crate::domain::link::{LinkState, NotThisLink};
use crate::i18n::types::links::Links;
use crate::i18n::{first, time_left};
use std::borrow::Cow;

pub(super) const TEXTS: Links = Links {
    title: "Links",
    count: |open, all| format!("{open} open of {all}"),
    company: "Company",
    state: "State",
    region: "Region",
    since: "Since",
    expires: "Expires in",
    short: |state| match state {
        LinkState::Requested => "your turn".into(),
        LinkState::Accepted => "waiting for an Owner".into(),
        LinkState::Approved => "linked".into(),
        LinkState::Denied => "denied by an Owner".into(),
        LinkState::Cancelled => "cancelled".into(),
        LinkState::Expired => "expired".into(),
        LinkState::Other(word) => Cow::Borrowed(word),
    },
    long: |state| match state {
        LinkState::Accepted => "waiting for an Owner of the company".into(),
        LinkState::Denied => "denied by an Owner of the company".into(),
        state => (TEXTS.short)(state),
    },
    left: |seconds| time_left(seconds, [("minute", "minutes"), ("hour", "hours"), ("day", "days")]),
    loading: "Loading links",
    empty: "No link requests",
    empty_hint: |key| match key {
        Some(key) => format!(
            "An Owner of the company starts in 1Password and sends you a confirmation link; {key} accepts it here."
        ),
        None => "An Owner of the company starts in 1Password and sends a confirmation link.".into(),
    },
    requested: |who, when| format!("Requested by {who}, {when}"),
    accepted: |who, when| format!("Accepted by {who}, {when}"),
    somebody: "someone",
    reason: |text| format!("Reason: {text}"),
    next: |state, key| match state {
        LinkState::Requested => match key {
            Some(key) => {
                format!("Next: press {key} and paste the link from the Owner. An Owner then confirms.")
            }
            None => "Next: a technician accepts the link from the Owner. An Owner then confirms.".into(),
        },
        LinkState::Accepted => {
            "Next: an Owner of the company confirms in 1Password. Until then you have no access.".into()
        }
        LinkState::Approved => "You manage this company now.".into(),
        LinkState::Denied | LinkState::Cancelled | LinkState::Expired => {
            "Closed. An Owner of the company can start a new request.".into()
        }
        LinkState::Other(_) => String::new(),
    },
    advanced: "Advanced permissions are off for linked companies until an Owner enables them.",
    page: |key| format!("Sample workspace: {key} opens the page where the Owner responds."),
    accept: "Link an existing account",
    explain: "Linking needs both sides: an Owner of the company starts it and sends you a link. You accept it here;",
    explain_more: "then an Owner confirms, and only then do you get access.",
    prompt: "Confirmation link",
    not_this: |why, own| match why {
        NotThisLink::Empty => "Paste the confirmation link first.".into(),
        NotThisLink::Shape => {
            format!("Not a confirmation link (expected https://company.{}/link/…)", first(own))
        }
        NotThisLink::Host(host) => format!("{host} is not a 1Password host. Nothing was sent."),
        NotThisLink::Redacted(host) => format!(
            "The mail protection at {host} hides the link. Open it in a browser and copy the address it leads to, or ask the Owner for the link itself. Nothing was sent."
        ),
        NotThisLink::Several => "More than one link. Paste only one. Nothing was sent.".into(),
        NotThisLink::Region(region) => format!(
            "This company is in {region}, your MSP account in {own}. Only an MSP account in {region} can link it. Nothing was sent."
        ),
    },
    owner_page_hint: "Sample workspace: F2 opens a page where “an Owner” starts a link.",
    sending: "accepting",
    asking: "Discard the link? Esc or Ctrl-C discards it, any other key keeps editing.",
    accept_keys: "↵ accept · Esc cancel",
    cancel_ask: |company| format!("Cancel the link request of {company}?"),
    cancel_what: "Nothing changes in the company. To link it later, an Owner has to start again.",
    keep: "Keep",
    take_back: "Cancel request",
    cancelling: "cancelling",
    cancel_keys: "Tab next · ↵ choose · Esc keep",
    page_title: "The Owner's page",
    page_text: "There is no browser here. The page is on this machine:",
    page_where: "The page is on this machine:",
    page_keys: |copy| format!("{copy} copy · Esc close"),
};
