//! What only 1Password's web console can do for a REAL workspace: where a command is refused for it, the refusal names the
//! command that begins the task.

use crate::cli::Exit;
use crate::cli::args::words::as_typed;
use crate::cli::args::{Change, Companies, Links, OneShot, People, PersonArgs, Recoveries, Vaults};
use crate::cli::context::Context;
use crate::cli::error::{CliError, sentence};
use crate::domain::error::{Cause, ConflictCode, Error, Operation, RetryAdvice};
use crate::domain::people::GroupKind;
use crate::domain::request::{Answer, GetSession};
use crate::domain::session::WorkspaceKind;
use crate::domain::task::TaskKind;
use crate::domain::text::shell_word;

/// The same error, or what to do instead.
pub async fn explain(command: &OneShot, error: CliError, ctx: &mut Context<'_>) -> CliError {
    let Some(task) = task(command) else { return error };
    let error = match error {
        CliError::Error(error) if error.cause == Cause::Conflict(ConflictCode::GuidedOnly) => error,
        // Nobody is known of a company there: who looks for a person finds none.
        CliError::Error(error) if unknown_inside(&error) && is_real(ctx).await => {
            Error::new(error.operation, Cause::Conflict(ConflictCode::GuidedOnly), RetryAdvice::Never)
        }
        other => return other,
    };
    // The server says no more than our own words.
    let error = Error { detail: String::new(), ..error };
    CliError::Message(format!("{} Begin the task: mspdash tasks begin {task}", sentence(&error)), Exit::of(&error))
}

fn unknown_inside(error: &Error) -> bool {
    error.cause == Cause::NotFound && matches!(error.operation, Operation::LoadPeople | Operation::LoadGroups)
}

/// Whether only the web console can change its companies.
pub async fn is_real(ctx: &mut Context<'_>) -> bool {
    let session = ctx.ask(GetSession.into()).await;
    matches!(session, Ok(Answer::Session(session)) if session.account.kind == Some(WorkspaceKind::Real))
}

/// The task for what this command cannot do, as `tasks begin` takes it.
fn task(command: &OneShot) -> Option<String> {
    let of = |kind: TaskKind, company: &str| Some(format!("{} {}", word(&kind), shell_word(company)));
    let about = |kind: TaskKind, person: &PersonArgs| {
        Some(format!("{} {} --about {}", word(&kind), shell_word(&person.company), shell_word(&person.user)))
    };
    let change = |kind: TaskKind, change: &Change| about(kind, &change.person);
    match command {
        OneShot::Companies(Companies::Launch(launch)) => of(TaskKind::Launch, &launch.id),
        OneShot::Companies(Companies::Unlink(unlink)) => of(TaskKind::Unlink, &unlink.id),
        OneShot::Links(Links::Accept(_)) => Some("link COMPANY".to_owned()),
        OneShot::People(People::MakeOwner(args)) => change(TaskKind::Owner, args),
        OneShot::People(People::MakeAdministrator(args)) => change(TaskKind::Administrator, args),
        OneShot::People(People::TakeAway(args)) if args.group == Some(GroupKind::Administrators) => {
            about(TaskKind::RemoveAdministrator, &args.person)
        }
        OneShot::People(People::TakeAway(args)) => about(TaskKind::RemoveOwner, &args.person),
        OneShot::People(People::Suspend(args)) => change(TaskKind::Suspend, args),
        OneShot::People(People::Reactivate(args)) => change(TaskKind::Reactivate, args),
        OneShot::Recoveries(Recoveries::Begin(args)) => change(TaskKind::BeginRecovery, args),
        OneShot::Recoveries(Recoveries::Complete(args)) => change(TaskKind::CompleteRecovery, args),
        OneShot::Recoveries(Recoveries::Cancel(args)) => change(TaskKind::CancelRecovery, args),
        OneShot::Vaults(Vaults::Grant(args)) => {
            Some(format!("vault {} --about {}", shell_word(&args.company), shell_word(&args.vault)))
        }
        OneShot::Usage(_) => Some(word(&TaskKind::Usage)),
        _ => None,
    }
}

fn word(kind: &TaskKind) -> String {
    as_typed(kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Cli, Command};
    use clap::Parser;

    fn begins(line: &str) -> Option<String> {
        let cli = Cli::try_parse_from(shlex(line)).unwrap();
        match cli.command {
            Some(Command::OneShot(command)) => task(&command),
            _ => None,
        }
    }

    fn shlex(line: &str) -> Vec<String> {
        line.split(' ').map(|word| word.replace('+', " ")).collect()
    }

    #[test]
    fn each_command_that_the_console_alone_can_do_has_its_task_and_the_line_is_one_that_the_program_takes() {
        for (line, wanted) in [
            ("companies launch O'Hara+KG", r"launch 'O'\''Hara KG'"),
            ("companies unlink Acme", "unlink Acme"),
            ("links accept -", "link COMPANY"),
            ("people make-owner Acme ada@acme.example", "owner Acme --about ada@acme.example"),
            ("people make-administrator Acme U", "administrator Acme --about U"),
            ("people take-away Acme U", "remove-owner Acme --about U"),
            ("people take-away Acme U --group administrators", "remove-administrator Acme --about U"),
            ("people suspend Acme U", "suspend Acme --about U"),
            ("people reactivate Acme U", "reactivate Acme --about U"),
            ("recoveries begin Acme U", "begin-recovery Acme --about U"),
            ("recoveries complete Acme U", "complete-recovery Acme --about U"),
            ("recoveries cancel Acme U", "cancel-recovery Acme --about U"),
            ("vaults grant Acme V", "vault Acme --about V"),
            ("usage", "usage"),
        ] {
            let begin = begins(&format!("mspdash {line}"));
            assert_eq!(begin.as_deref(), Some(wanted), "{line}");
            if !wanted.contains('\'') {
                assert!(Cli::try_parse_from(shlex(&format!("mspdash tasks begin {wanted}"))).is_ok(), "{wanted}");
            }
        }
        assert_eq!(begins("mspdash companies list"), None);
    }
}
