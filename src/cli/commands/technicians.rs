//! `mspdash technician …`: over the API, or on the workspace itself.

use crate::cli::Exit;
use crate::cli::args::{ChangeTechnician, Format, Technicians, Write};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::context::{AnsweredList, Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::find_company::bare;
use crate::cli::listing::Listing;
use crate::cli::output::Io;
use crate::config::Paths;
use crate::domain::field;
use crate::domain::launch::Redacted;
use crate::domain::request::{
    AddTechnician, Answer, ChangeTechnician as Change, EnrolTechnician, ListTechnicians, Request, RevokeTechnician,
};
use crate::domain::technician::{
    Enrolment, NewTechnician, Role, Technician, TechnicianChanges, TechnicianState, email, named,
};
use crate::i18n;
use crate::local_server::{self, AccessChange};
use serde::Serialize;

/// Asks the server.
pub async fn run(command: &Technicians, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let key = idempotency_key;
    let (request, write) = match command {
        Technicians::List(args) => {
            return ctx.list::<Technician>(Request::ListTechnicians(ListTechnicians), &args.list).await;
        }
        Technicians::Add(args) => (AddTechnician { new: new(command)?, key: key() }.into(), args.write),
        Technicians::Role(args) => {
            let Technician { id: technician, etag, .. } = find(&args.technician, ctx).await?;
            let changes = TechnicianChanges { role: Some(args.role.clone()), ..TechnicianChanges::default() };
            (Change { technician, etag, changes, key: key() }.into(), args.write)
        }
        Technicians::Enrol(args) => enrol(args, false, ctx).await?,
        Technicians::Rotate(args) => enrol(args, true, ctx).await?,
        Technicians::Revoke(args) => {
            let technician = find(&args.technician, ctx).await?.id;
            (RevokeTechnician { technician, key: key() }.into(), args.write)
        }
    };
    let what = request.operation();
    match ctx.change(request, write).await? {
        Answer::Technician(technician) => ctx.show_row(&*technician, write.format),
        Answer::Enrolment(enrolment) => show(&enrolment, write.format, &mut ctx.io),
        _ => Err(unexpected_answer(what)),
    }
}

/// Works on the workspace itself, whether or not a server runs on it.
pub fn administer(command: &Technicians, paths: &Paths, io: &mut Io<'_>) -> Result<(), CliError> {
    let place = command.workspace().place();
    let (who, change) = match command {
        Technicians::List(args) => {
            let technicians = local_server::technicians(place, paths)?;
            let listing = Listing::of(&args.list, &io.style)?;
            return io.write_list(&listing, technicians);
        }
        Technicians::Add(_) => (String::new(), AccessChange::Add(new(command)?)),
        Technicians::Role(args) => (bare(&args.technician), AccessChange::Assign(args.role.clone())),
        Technicians::Enrol(args) => (bare(&args.technician), AccessChange::Enrol { rotate: false }),
        Technicians::Rotate(args) => (bare(&args.technician), AccessChange::Enrol { rotate: true }),
        Technicians::Revoke(args) => (bare(&args.technician), AccessChange::Revoke),
    };
    let enrolment = local_server::change_access(place, paths, &who, &change)?;
    show(&enrolment, command.format(), io)
}

async fn enrol(args: &ChangeTechnician, rotate: bool, ctx: &mut Context<'_>) -> Result<(Request, Write), CliError> {
    let technician = find(&args.technician, ctx).await?.id;
    Ok((EnrolTechnician { technician, rotate, key: idempotency_key() }.into(), args.write))
}

fn new(command: &Technicians) -> Result<NewTechnician, CliError> {
    let Technicians::Add(args) = command else { return Err(usage("there is nobody to add.")) };
    let display_name = field::name(&bare(&args.name)).map_err(|_| usage("a name has 1 to 100 characters."))?;
    let email =
        email(&bare(&args.email)).map_err(|_| usage("--email has to be an address such as mira@example.com."))?;
    Ok(NewTechnician { display_name, email, role: args.role.clone() })
}

fn usage(said: &str) -> CliError {
    CliError::Message(said.to_owned(), Exit::Usage)
}

async fn find(typed: &str, ctx: &mut Context<'_>) -> Result<Technician, CliError> {
    let team: Vec<Technician> = ctx.rows(Request::ListTechnicians(ListTechnicians)).await?;
    match named(&team, &bare(typed)).as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(CliError::Message(format!("there is no technician {}.", bare(typed)), Exit::NotFound)),
        several => {
            let table = Listing::plain(&ctx.io.style).text(several.iter().copied());
            ctx.io.tell(&table);
            Err(usage("several technicians have this name: say which by id or e-mail address."))
        }
    }
}

/// A technician with their code, in JSON.
#[derive(Serialize)]
struct Record<'a> {
    #[serde(flatten)]
    technician: &'a Technician,
    enrolment_code: Option<&'a str>,
}

fn show(enrolment: &Enrolment, format: Format, io: &mut Io<'_>) -> Result<(), CliError> {
    let Enrolment { technician, code, expire_time } = enrolment;
    let code = code.as_ref().map(Redacted::reveal);
    let style = io.style.clone();
    io.show(format, &Record { technician, enrolment_code: code }, || {
        let row = Listing::plain(&style).text([technician]);
        let Some(code) = code else { return row };
        let until = expire_time.map(|time| style.time(time)).unwrap_or_default();
        format!(
            "{row}\n\nEnrolment code: {code}\nIt works once, until {until}. On the technician's machine:\n\n  \
             mspdash login --server URL --enrol {code}"
        )
    })
}

impl AnsweredList for Technician {
    fn of(answer: Answer) -> Option<Vec<Self>> {
        if let Answer::Technicians(technicians) = answer { Some(technicians) } else { None }
    }
}

impl TableRow for Technician {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("name", |technician: &Self| Cell::text(&technician.display_name)),
            Column::text("email", |technician: &Self| Cell::text(&technician.email)),
            Column::word("role", |technician: &Self| Cell::word(technician.role.as_str()))
                .known(Role::WORDS)
                .said(|technician, lang| (i18n::of(lang).technicians.role)(&technician.role).into_owned()),
            Column::word("state", |technician: &Self| Cell::word(technician.state.as_str()))
                .known(TechnicianState::WORDS)
                .said(|technician, lang| (i18n::of(lang).technicians.state)(&technician.state).into_owned()),
            Column::time("last-sign-in", |technician: &Self| Cell::time(technician.sign_in_time)),
            Column::id("id", |technician: &Self| Cell::text(technician.id.as_str())),
            Column::time("created", |technician: &Self| Cell::time(technician.create_time)).extra(),
            Column::time("code-expires", |technician: &Self| Cell::time(technician.enrolment_expire_time)).extra(),
        ]
    }

    fn id(&self) -> String {
        self.id.to_string()
    }
}
