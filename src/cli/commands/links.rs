//! `mspdash links …`.

use crate::cli::Exit;
use crate::cli::args::{Accept, Cancel, Links};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::context::{AnsweredList, Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::find_company::bare;
use crate::domain::error::Operation;
use crate::domain::id::LinkId;
use crate::domain::launch::Redacted;
use crate::domain::link::{ConfirmationLink, LinkRequest, LinkState, NotThisLink};
use crate::domain::request::{AcceptLink, Answer, CancelLink, GetSession, ListLinks, Request};
use crate::i18n;
use std::io::{BufRead, Read};

/// So much is read, in bytes: of a mail, the link stands near its beginning.
const LONGEST: u64 = 64 * 1024;

pub async fn run(command: &Links, ctx: &mut Context<'_>) -> Result<(), CliError> {
    match command {
        Links::List(args) => ctx.list::<LinkRequest>(Request::ListLinks(ListLinks), &args.list).await,
        Links::Accept(args) => accept(args, ctx).await,
        Links::Cancel(args) => cancel(args, ctx).await,
    }
}

async fn accept(args: &Accept, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let text = read(ctx)?;
    let Answer::Session(session) = ctx.ask(Request::GetSession(GetSession)).await? else {
        return Err(unexpected_answer(Operation::AcceptLink));
    };
    let link = proven(&text, &session.account.region)?;
    let request = Request::AcceptLink(AcceptLink { link, key: idempotency_key() });
    let Answer::Link(link) = ctx.change(request, args.write).await? else {
        return Err(unexpected_answer(Operation::AcceptLink));
    };
    if !args.write.dry_run && link.state == LinkState::Accepted {
        ctx.io.tell(&format!("accepted; an Owner of {} has to approve it now, in 1Password.", link.company_name));
    }
    ctx.show_row(&*link, args.write.format)
}

async fn cancel(args: &Cancel, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let request = Request::CancelLink(CancelLink { link: LinkId::new(&bare(&args.id)), key: idempotency_key() });
    let Answer::Link(link) = ctx.change(request, args.write).await? else {
        return Err(unexpected_answer(Operation::CancelLink));
    };
    ctx.show_row(&*link, args.write.format)
}

/// What is no confirmation link of this account's region is not sent: it may be another secret. Nothing of the text
/// is ever said.
fn proven(text: &str, region: &str) -> Result<Redacted, CliError> {
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
    Err(CliError::Message(said, Exit::Usage))
}

/// Reads standard input, of which the link may be a part and broken into lines; from a terminal one line.
fn read(ctx: &mut Context<'_>) -> Result<String, CliError> {
    if ctx.io.terminal {
        ctx.io.tell("paste the confirmation link and press Enter.");
    }
    let mut text = Vec::new();
    let mut input = (&mut *ctx.io.input).take(LONGEST);
    let read = if ctx.io.terminal { input.read_until(b'\n', &mut text) } else { input.read_to_end(&mut text) };
    match read {
        Ok(_) => Ok(String::from_utf8_lossy(&text).into_owned()),
        Err(error) => Err(CliError::Message(format!("Reading standard input failed: {error}."), Exit::Failure)),
    }
}

impl AnsweredList for LinkRequest {
    fn of(answer: Answer) -> Option<Vec<Self>> {
        if let Answer::Links(links) = answer { Some(links) } else { None }
    }
}

impl TableRow for LinkRequest {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("company", |link: &Self| Cell::text(&link.company_name)),
            Column::word("state", |link: &Self| Cell::word(link.state.as_str()))
                .known(LinkState::WORDS)
                .said(|link, lang| (i18n::of(lang).links.short)(&link.state).into_owned()),
            Column::id("region", |link: &Self| Cell::text(&link.region)).spare(),
            Column::text("requested-by", |link: &Self| {
                Cell::optional(link.requested_by.as_ref().map(|it| &it.display_name))
            }),
            Column::text("accepted-by", |link: &Self| {
                Cell::optional(link.accepted_by.as_ref().map(|it| &it.display_name))
            }),
            Column::time("expires", |link: &Self| Cell::time(link.expire_time.filter(|_| link.state.open()))),
            Column::text("reason", |link: &Self| Cell::optional(link.reason.as_deref())).spare(),
            Column::id("id", |link: &Self| Cell::text(link.id.as_str())),
            Column::time("requested", |link: &Self| Cell::time(link.create_time)).extra(),
            Column::time("accepted", |link: &Self| Cell::time(link.accept_time)).extra(),
            Column::time("ended", |link: &Self| Cell::time(link.end_time)).extra(),
            Column::id("company-id", |link: &Self| Cell::optional(link.company.as_ref())).extra(),
        ]
    }

    fn id(&self) -> String {
        self.id.to_string()
    }
}
