//! What failed, why, and what to do about it.

use super::{network, secrets};
use crate::app::command::Command;
use crate::domain::error::{Cause, ConflictCode, Error, Extra, FileFault, Operation};
use crate::domain::launch::{NotOpened, Refusal};
use crate::domain::paging::Endless;
use crate::i18n::types::errors::Errors;
use crate::i18n::{Keys, detail_or, with_detail};

pub(super) const TEXTS: Errors = Errors {
    failed,
    unknown,
    again_is_safe: "It's safe to retry: the change is made at most once.",
    look_first: "Check the current state before you retry.",
    cause,
    hint,
    retry_in: |seconds| format!("retrying in {seconds} s"),
    request_id: "Request ID",
    server_says: "Details",
};

fn failed(operation: Operation) -> &'static str {
    match operation {
        Operation::Start => "Can't start",
        Operation::SignIn => "Can't sign in",
        Operation::ListCompanies => "Can't load companies",
        Operation::Changes => "Can't refresh",
        Operation::LoadCompany => "Can't load company",
        Operation::EditCompany => "Can't change the company",
        Operation::Launch => "Can't launch",
        Operation::OpenBrowser => "Can't open a browser",
        Operation::Copy => "Can't copy",
        Operation::Preflight => "Can't check the unlink",
        Operation::Unlink => "Can't unlink",
        Operation::LoadSetup => "Can't load checklist",
        Operation::EditSetup => "Can't change the step",
        Operation::LoadPeople => "Can't load people",
        Operation::LoadGroups => "Can't load groups",
        Operation::AddCompany => "Can't add the company",
        Operation::LoadLinks => "Can't load links",
        Operation::AcceptLink => "Can't accept the link",
        Operation::CancelLink => "Can't cancel the link",
        Operation::ChangeGroup => "Can't change the group",
        Operation::ChangePerson => "Can't change the person",
        Operation::Recover => "Can't recover",
        Operation::LoadRecoveries => "Can't load recoveries",
        Operation::LoadVaults => "Can't load vaults",
        Operation::GrantVault => "Can't get access to the vault",
        Operation::LoadUsage => "Can't load usage",
        Operation::LoadActivity => "Can't load activity",
        Operation::LoadTechnicians => "Can't load technicians",
        Operation::AddTechnician => "Can't add the technician",
        Operation::ChangeTechnician => "Can't change the technician",
        Operation::Enrol => "Can't enrol",
        Operation::LoadTasks => "Can't load tasks",
        Operation::BeginTask => "Can't begin the task",
        Operation::VerifyTask => "Can't check the task",
        Operation::DeclareTask => "Can't declare the task done",
        Operation::CancelTask => "Can't cancel the task",
        Operation::LoadSources => "Can't load what is connected",
        Operation::CheckSource => "Can't check the connection",
        Operation::Export => "Can't write the file",
        Operation::Undo => "Can't undo",
        Operation::Import => "Can't import",
        Operation::UndoImport => "Can't undo the import",
        Operation::LoadImports => "Can't load imports",
        Operation::Rehearse => "Can't check the change",
    }
}

fn unknown(operation: Operation) -> &'static str {
    match operation {
        Operation::EditCompany => "Unknown whether the company was changed",
        // What was launched is what was opened; the server's record of it is another matter.
        Operation::Launch => "Nothing was opened, but the launch may have been recorded",
        Operation::Unlink => "Unknown whether it was unlinked",
        Operation::EditSetup => "Unknown whether the step was changed",
        Operation::AddCompany => "Unknown whether the company was added",
        Operation::AcceptLink => "Unknown whether the link was accepted",
        Operation::CancelLink => "Unknown whether the link was cancelled",
        Operation::ChangeGroup => "Unknown whether the group was changed",
        Operation::ChangePerson => "Unknown whether the person was changed",
        Operation::Recover => "Unknown whether the recovery was changed",
        Operation::GrantVault => "Unknown whether you have access to the vault",
        Operation::Undo | Operation::UndoImport => "Unknown whether it was undone",
        Operation::Import => "Unknown whether these rows were imported",
        Operation::AddTechnician => "Unknown whether the technician was added",
        Operation::ChangeTechnician => "Unknown whether the technician was changed",
        Operation::Enrol => "Unknown whether the code was used",
        Operation::BeginTask => "Unknown whether the task was begun",
        Operation::VerifyTask => "Unknown what the check found",
        Operation::DeclareTask => "Unknown whether the task was declared done",
        Operation::CancelTask => "Unknown whether the task was cancelled",
        _ => "Unknown whether it was done",
    }
}

fn cause(cause: &Cause, detail: &str) -> String {
    match cause {
        Cause::Refused { host } => format!("connection refused ({host})"),
        Cause::NameUnknown { host } => format!("host not found ({host})"),
        Cause::Broken { host } => format!("connection lost ({host})"),
        Cause::TimedOut { seconds } => format!("no response within {seconds} s"),
        Cause::Tls { .. } | Cause::Proxy { .. } | Cause::CaFile { .. } => {
            network::cause(cause, detail).unwrap_or_default()
        }
        Cause::BadAddress { address } => {
            format!("{address} can't be used: https is required except on this machine")
        }
        Cause::AddressHolds { address, extra } => extra_part(address, *extra),
        Cause::Endless(endless) => endless_list(endless),
        Cause::NoSecret { profile, why } => secrets::cause(profile, why, detail),
        Cause::NotSignedIn => "the server rejected your credentials".into(),
        Cause::MfaRequired => "your MSP account requires multi-factor authentication".into(),
        Cause::ReadOnly => "read-only mode is on".into(),
        Cause::AdvancedOff => "Advanced permissions aren't enabled by the company".into(),
        Cause::AdvancedNotGranted => "your MSP account hasn't granted you Advanced permissions".into(),
        Cause::NotAllowed => detail_or(detail, "your role can't do this"),
        Cause::NotFound => "it no longer exists".into(),
        Cause::Conflict(ConflictCode::NoConfirmedOwner) => "no confirmed owner".into(),
        Cause::Conflict(ConflictCode::AlreadyUnlinked) => "already unlinked".into(),
        Cause::Conflict(ConflictCode::LastOwner) => "this is the last confirmed owner".into(),
        Cause::Conflict(ConflictCode::SelfRecovery) => "you can't recover yourself".into(),
        Cause::Conflict(ConflictCode::TechnicianNotAllowed) => {
            "this is a technician, not one of the company's people".into()
        }
        Cause::Conflict(ConflictCode::AlreadyManaged) => detail_or(detail, "the company is already managed"),
        Cause::Conflict(ConflictCode::GuidedOnly) => "only the web console of 1Password can do this".into(),
        Cause::Conflict(ConflictCode::SourceFailed) => detail_or(detail, "1Password refuses it"),
        Cause::Conflict(ConflictCode::NotDone) => detail_or(detail, "1Password has not done it"),
        Cause::Conflict(ConflictCode::SampleWorkspace) => "the companies of this workspace are invented".into(),
        Cause::Conflict(ConflictCode::ImportTouched) => detail_or(detail, "its companies were changed since"),
        Cause::Conflict(ConflictCode::ImportUndone) => "this import was undone".into(),
        Cause::Conflict(ConflictCode::RegionMismatch) => detail_or(detail, "the company is in another data region"),
        Cause::Conflict(ConflictCode::AlreadyExists) => "there is a technician of this address already".into(),
        Cause::Conflict(ConflictCode::StepMustApply) => "this step applies to every company".into(),
        Cause::Conflict(ConflictCode::Other(code)) if !code.is_empty() => {
            detail_or(detail, &format!("rejected by a rule of the server: {code}"))
        }
        Cause::Conflict(_) => detail_or(detail, "its state doesn't allow this"),
        Cause::Gone => detail_or(detail, "no longer available"),
        Cause::ChangedMeanwhile => "someone changed it in the meantime".into(),
        Cause::NotAccepted { violations } => match violations.first() {
            Some(first) => format!("{}: {}", first.field, first.description),
            None => detail_or(detail, "the server rejected it"),
        },
        Cause::TooManyRequests => with_detail("too many requests".into(), detail),
        Cause::ServerFailed { status } => with_detail(format!("server error {status}"), detail),
        Cause::Unexpected { status } => with_detail(format!("unexpected response {status}"), detail),
        Cause::Redirected { to } => format!("the server redirects to {to}; mspdash doesn't follow redirects"),
        Cause::NotTheApi { .. } => "the response isn't from an MSP API".into(),
        Cause::Unreadable => "the response can't be read".into(),
        Cause::UnsafeAddress(refusal) => match refusal {
            Refusal::NotAnAddress => "the server didn't send a valid address".into(),
            Refusal::Scheme(scheme) => format!("the address uses {scheme}:, only https is opened"),
            Refusal::Credentials => "the address contains a user name or password".into(),
            Refusal::Host(host) => format!("{host} is not a sign-in host of this account"),
            Refusal::Characters => "the address contains invalid characters".into(),
        },
        Cause::NoBrowser => "no browser available".into(),
        Cause::BrowserFailed(all) => {
            all.iter().map(|(program, why)| not_opened(program, why)).collect::<Vec<_>>().join("; ")
        }
        Cause::NoClipboard => "this terminal has no clipboard".into(),
        Cause::NotWritten(it) => not_written(&it.path, &it.fault),
        Cause::TaskDied => "part of mspdash failed; the rest keeps running".into(),
        Cause::Cancelled => "cancelled".into(),
        Cause::Local => detail_or(detail, "a file or program on this machine"),
    }
}

fn hint(error: &Error, key: Keys<'_>) -> String {
    let kept_up = error.operation.is_kept_up();
    match &error.cause {
        Cause::Refused { .. } | Cause::Broken { .. } | Cause::TimedOut { .. } if !kept_up => {
            "Check that the server is running and that you are online, then try again.".into()
        }
        Cause::TooManyRequests | Cause::ServerFailed { .. } if !kept_up => {
            "Try again in a moment. If it persists, tell the server's operator.".into()
        }
        Cause::Refused { .. } | Cause::Broken { .. } | Cause::TimedOut { .. } => {
            "Check that the server is running and that you are online. Retrying automatically.".into()
        }
        Cause::NameUnknown { .. } => "Check the server address and your connection.".into(),
        Cause::Tls { .. } | Cause::Proxy { .. } | Cause::CaFile { .. } => {
            network::hint(&error.cause).unwrap_or_default()
        }
        Cause::BadAddress { .. } => "Set --server or MSPDASH_SERVER to the address of your MSP API.".into(),
        Cause::AddressHolds { extra, .. } => extra_hint(*extra).into(),
        Cause::Endless(_) => "Retrying automatically. Tell the server's operator.".into(),
        Cause::NotSignedIn => "Check the client ID and secret; they may have been revoked or expired.".into(),
        Cause::MfaRequired => format!("Turn it on in your 1Password profile, then press {}.", key(Command::Refresh)),
        Cause::ReadOnly => "Start without --read-only to make changes.".into(),
        Cause::NotAllowed => "Ask an owner or administrator of the MSP account.".into(),
        Cause::AdvancedOff => "Ask an Owner of the company to enable them in 1Password.".into(),
        Cause::AdvancedNotGranted => "Ask an owner or administrator of the MSP account to grant them to you.".into(),
        Cause::Conflict(ConflictCode::GuidedOnly) => "Sign in there and do it by hand.".into(),
        Cause::Conflict(ConflictCode::SourceFailed | ConflictCode::NotDone) => {
            "See how it stands in the web console.".into()
        }
        Cause::Conflict(ConflictCode::SampleWorkspace) => {
            "Make a workspace of your own with mspdash init, and import there.".into()
        }
        Cause::Conflict(ConflictCode::LastOwner) => "Make someone else an owner first.".into(),
        Cause::ChangedMeanwhile => "Check the current state, then try again.".into(),
        Cause::Conflict(ConflictCode::NoConfirmedOwner) => "Make someone an owner first.".into(),
        Cause::TooManyRequests => "Retrying automatically in a moment.".into(),
        Cause::ServerFailed { .. } => "Retrying automatically. If it persists, tell the server's operator.".into(),
        Cause::NotTheApi { .. } => {
            "The address may lack its path (https://HOST/PATH), or a network sign-in page is in the way.".into()
        }
        Cause::UnsafeAddress(_) => "Nothing was opened. Tell the server's operator.".into(),
        Cause::Redirected { .. } => "If you trust that address, use it instead.".into(),
        Cause::NoBrowser => "Open the address on another machine.".into(),
        Cause::BrowserFailed(_) => "Open the address yourself, or set BROWSER to your browser.".into(),
        Cause::NoClipboard => "Select the text with the mouse.".into(),
        Cause::NotWritten(it) if it.fault == FileFault::Exists => "Choose another name, or replace it.".into(),
        Cause::NotWritten(_) => "Choose another location.".into(),
        _ if error.operation.writes() => "Check the current state, then try again.".into(),
        _ => format!("Press {} to try again.", key(Command::Refresh)),
    }
}

fn not_opened(program: &str, why: &NotOpened) -> String {
    match why {
        NotOpened::Missing => format!("{program} not found"),
        NotOpened::TakesTerminal => format!("{program} would take over this terminal"),
        NotOpened::Code(code) => format!("{program} exited with code {code}"),
        NotOpened::Signal(signal) => format!("{program} was killed by signal {signal}"),
        NotOpened::NotStarted(words) => format!("{program} did not start: {words}"),
    }
}

fn not_written(path: &str, fault: &FileFault) -> String {
    match fault {
        FileFault::Exists => format!("{path} already exists"),
        FileFault::NoFolder => format!("the folder of {path} doesn't exist"),
        FileFault::NotAFile => format!("{path} isn't a regular file"),
        FileFault::NotAllowed => format!("no permission to write {path}"),
        FileFault::ReadOnly => format!("{path} is on a read-only disk"),
        FileFault::Full => format!("disk full at {path}"),
        FileFault::Other(words) => format!("{path}: {words}"),
    }
}

fn endless_list(endless: &Endless) -> String {
    match endless {
        Endless::SameToken => "the list never ends: the server sends the same page again".into(),
        Endless::MoreThan(rows) => {
            format!("the list never ends: the server announced {rows} rows but keeps sending more")
        }
        Endless::Empty => "the list never ends: the server keeps sending empty pages".into(),
        Endless::TooLong => "the list never ends: loading was stopped".into(),
    }
}

fn extra_part(address: &str, extra: Extra) -> String {
    match extra {
        Extra::Credentials => format!("the server address contains a user name or password ({address})"),
        Extra::Query => format!("the server address has something after ? or # ({address})"),
    }
}

fn extra_hint(extra: Extra) -> &'static str {
    match extra {
        Extra::Credentials => "Remove them; mspdash signs in with the profile's client ID and secret.",
        Extra::Query => "Remove that; the address ends with the path.",
    }
}
