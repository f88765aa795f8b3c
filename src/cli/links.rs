//! `mspdash links …`.

use super::Exit;
use super::args::{Accept, Cancel, Links, ListLinks};
use super::company::bare;
use super::desk::{Desk, End, intent, odd};
use super::everywhere::Row;
use super::table::{list as list_of, name, or_dash};
use crate::domain::error::Operation;
use crate::domain::id::{CompanyId, LinkId};
use crate::domain::launch::Redacted;
use crate::domain::link::{ConfirmationLink, LinkRequest, LinkState, NotThisLink};
use crate::domain::request::{Answer, Request};
use jiff::Timestamp;
use serde::Serialize;
use std::io::{BufRead, Read};

/// So much is read, in bytes: of a mail, the link stands near its beginning.
const LONGEST: u64 = 64 * 1024;

/// A link request in JSON.
#[derive(Serialize)]
pub(super) struct LinkRecord<'a> {
    id: &'a str,
    company_name: &'a str,
    region: &'a str,
    state: &'a LinkState,
    /// The display name of the Owner who started it.
    requested_by: Option<&'a str>,
    /// The display name of the technician who accepted it.
    accepted_by: Option<&'a str>,
    /// The company, once it is managed.
    company_id: Option<&'a str>,
    reason: Option<&'a str>,
    create_time: Option<Timestamp>,
    accept_time: Option<Timestamp>,
    end_time: Option<Timestamp>,
    expire_time: Option<Timestamp>,
    /// Sample workspaces only.
    owner_page_uri: Option<&'a str>,
}

impl<'a> From<&'a LinkRequest> for LinkRecord<'a> {
    fn from(link: &'a LinkRequest) -> Self {
        Self {
            id: link.id.as_str(),
            company_name: &link.company_name,
            region: &link.region,
            state: &link.state,
            requested_by: link.requested_by.as_ref().map(|actor| actor.display_name.as_str()),
            accepted_by: link.accepted_by.as_ref().map(|actor| actor.display_name.as_str()),
            company_id: link.company.as_ref().map(CompanyId::as_str),
            reason: link.reason.as_deref(),
            create_time: link.create_time,
            accept_time: link.accept_time,
            end_time: link.end_time,
            expire_time: link.expire_time,
            owner_page_uri: link.owner_page.as_deref(),
        }
    }
}

pub(super) async fn run(command: &Links, desk: &mut Desk<'_>) -> Result<(), End> {
    match command {
        Links::List(args) => list(args, desk).await,
        Links::Accept(args) => accept(args, desk).await,
        Links::Cancel(args) => cancel(args, desk).await,
    }
}

async fn list(args: &ListLinks, desk: &mut Desk<'_>) -> Result<(), End> {
    let Answer::Links(links) = desk.ask(Request::Links).await? else { return Err(odd(Operation::LoadLinks)) };
    let records: Vec<LinkRecord<'_>> = links.iter().map(Into::into).collect();
    desk.show(args.format, &records, || list_of(&links))
}

async fn accept(args: &Accept, desk: &mut Desk<'_>) -> Result<(), End> {
    let text = read(desk)?;
    let Answer::Session(session) = desk.ask(Request::Session).await? else { return Err(odd(Operation::AcceptLink)) };
    let link = proven(&text, &session.account.region)?;
    let request = Request::AcceptLink { link, key: intent() };
    let Answer::Link(link) = desk.change(request, args.write).await? else { return Err(odd(Operation::AcceptLink)) };
    if !args.write.dry_run && link.state == LinkState::Accepted {
        desk.tell(&format!("accepted; an Owner of {} has to approve it now, in 1Password.", link.company_name));
    }
    desk.show(args.write.format, &LinkRecord::from(&*link), || list_of(std::slice::from_ref(&*link)))
}

async fn cancel(args: &Cancel, desk: &mut Desk<'_>) -> Result<(), End> {
    let request = Request::CancelLink { link: LinkId::new(&bare(&args.id)), key: intent() };
    let Answer::Link(link) = desk.change(request, args.write).await? else { return Err(odd(Operation::CancelLink)) };
    desk.show(args.write.format, &LinkRecord::from(&*link), || list_of(std::slice::from_ref(&*link)))
}

/// What is no confirmation link of this account's region is not sent: it may be another secret. Nothing of the text
/// is ever said.
fn proven(text: &str, region: &str) -> Result<Redacted, End> {
    let said = match ConfirmationLink::for_region(text, region) {
        Ok(link) => return Ok(Redacted::new(link.reveal().to_owned())),
        Err(NotThisLink::Region(other)) => {
            format!(
                "that company is in {other}: only an MSP account of that region can accept its link, not one of {region}."
            )
        }
        Err(NotThisLink::Redacted(host)) => format!(
            "the mail protection at {host} hides the link. Open it in a browser and give the address that it leads \
             to, or ask the Owner for the link itself."
        ),
        Err(NotThisLink::Several) => "standard input has several confirmation links: give one of them.".to_owned(),
        Err(NotThisLink::Empty | NotThisLink::Shape | NotThisLink::Host(_)) => {
            "standard input has no confirmation link, such as https://example.1password.eu/link/…, as an Owner of the \
             company sent it."
                .to_owned()
        }
    };
    Err(End::Said(said, Exit::Usage))
}

/// Reads standard input, of which the link may be a part and broken into lines; from a terminal one line.
fn read(desk: &mut Desk<'_>) -> Result<String, End> {
    if desk.outside.terminal {
        desk.tell("paste the confirmation link and press Enter.");
    }
    let mut text = Vec::new();
    let mut input = (&mut *desk.outside.input).take(LONGEST);
    let read = if desk.outside.terminal { input.read_until(b'\n', &mut text) } else { input.read_to_end(&mut text) };
    match read {
        Ok(_) => Ok(String::from_utf8_lossy(&text).into_owned()),
        Err(error) => Err(End::Said(format!("Reading standard input failed: {error}."), Exit::Failure)),
    }
}

impl Row for LinkRequest {
    type Record<'a> = LinkRecord<'a>;
    const HEADER: &'static [&'static str] =
        &["COMPANY", "STATE", "REGION", "REQUESTED BY", "ACCEPTED BY", "EXPIRES", "REASON", "ID"];
    const RIGHT: &'static [usize] = &[];

    fn cells(&self) -> Vec<String> {
        vec![
            name(&self.company_name),
            self.state.as_str().to_owned(),
            self.region.clone(),
            or_dash(self.requested_by.as_ref().map(|actor| &actor.display_name)),
            or_dash(self.accepted_by.as_ref().map(|actor| &actor.display_name)),
            or_dash(self.expire_time.filter(|_| self.state.open())),
            or_dash(self.reason.as_deref().map(name)),
            self.id.to_string(),
        ]
    }
}
