//! Sentences in English that are put together: why not, what was done, what went wrong and what to do.

use super::super::{Clock, Keys};
use super::commands::command;
use super::{WORDS, one, s};
use crate::app::command::{Command, DisabledReason};
use crate::app::msg::Copied;
use crate::app::toast::Notification;
use crate::domain::cached::CacheDefect;
use crate::domain::error::{Cause, ConflictCode, Error, FileFault};
use crate::domain::launch::{NotOpened, Opening, Refusal};
use crate::domain::session::Permission;
use crate::domain::text::clean;
use std::borrow::Cow;

fn permission(permission: &Permission) -> Cow<'_, str> {
    match permission {
        Permission::View => "see companies".into(),
        Permission::Add => "add companies".into(),
        Permission::Link => "link companies".into(),
        Permission::Edit => "edit companies".into(),
        Permission::Setup => "change the setup".into(),
        Permission::Launch => "launch companies".into(),
        Permission::Unlink => "unlink companies".into(),
        Permission::People => "manage people".into(),
        Permission::Recover => "recover people".into(),
        Permission::Vaults => "manage vaults".into(),
        Permission::Other(word) => Cow::Borrowed(word),
    }
}

pub(super) fn why(why: &DisabledReason, clock: &Clock) -> String {
    match why {
        DisabledReason::NoCompany => "no company is selected".into(),
        DisabledReason::NothingHere => "there is nothing here".into(),
        DisabledReason::ReadOnly => "read-only mode is on".into(),
        DisabledReason::ViewOnly => "your role may only look".into(),
        DisabledReason::NotPermitted(needed) => format!("your role may not {}", permission(needed)),
        DisabledReason::NotSignedIn => "not signed in yet".into(),
        DisabledReason::NotLetIn => "the server does not let you in; the failure’s details say what to do".into(),
        DisabledReason::NotFresh(Some(at)) => {
            format!("what is shown is from {}; it waits until the server has answered", clock.moment(*at))
        }
        DisabledReason::NotFresh(None) => {
            "what is shown is from an earlier run; it waits until the server has answered".into()
        }
        DisabledReason::AlreadyUnlinked { trial_end: Some(end) } => {
            let verb = if *end > clock.now { "ends" } else { "ended" };
            format!("already unlinked; its trial {verb} {}", clock.day(*end))
        }
        DisabledReason::AlreadyUnlinked { trial_end: None } => "already unlinked".into(),
        DisabledReason::NoStep => "no setup step is selected: open the Setup tab".into(),
        DisabledReason::UnderWay => "already under way".into(),
        DisabledReason::NothingToClear => "nothing is searched, sorted or filtered".into(),
        DisabledReason::NotSorted => "the list is not sorted".into(),
        DisabledReason::NothingFailed => "nothing went wrong".into(),
        DisabledReason::OnlyInList => "companies are marked in the list".into(),
        DisabledReason::NothingMarked => "no company is marked".into(),
        DisabledReason::NoAttention => "nothing of it needs attention".into(),
        DisabledReason::NothingToUndo => "nothing was changed that could be taken back".into(),
        DisabledReason::NoLink => "no link request is selected".into(),
        DisabledReason::LinkOver => "this link request is over".into(),
        DisabledReason::NoOwnerPage => "only open links of the sample workspace have such a page".into(),
        DisabledReason::PeopleAction(hindrance) => (WORDS.recoveries.hindered)(hindrance),
        DisabledReason::OnlyOn(screen) => format!("only on the screen “{}”", command(screen.command()).label),
    }
}

pub(super) fn says(says: &Notification, clock: &Clock) -> String {
    match says {
        Notification::Launched { company, opening: Opening::Opened } => format!("Opened {company} in the browser"),
        Notification::Launched { company, opening: Opening::Sent } => format!("Sent {company} to the browser"),
        Notification::Unlinked { company, trial_end: Some(end) } => {
            format!("Unlinked {company}; its 14-day free trial ends {}", clock.day(*end))
        }
        Notification::Unlinked { company, trial_end: None } => format!("Unlinked {company}"),
        Notification::StepChanged { company, step, state } => {
            format!("{company}: {} is {}", (WORDS.setup.step)(step), (WORDS.setup.state)(state))
        }
        Notification::NoteSaved { company } => format!("{company}: note saved"),
        Notification::Cleared(dropped) => {
            let search = dropped.search.as_ref().map(|search| format!("the search “{search}”"));
            let sort = dropped.sort.then(|| "the order".to_owned());
            let filters = (dropped.filters > 0).then(|| format!("{} filter{}", dropped.filters, s(dropped.filters)));
            let all: Vec<_> = [search, sort, filters].into_iter().flatten().collect();
            format!("Cleared {}", all.join(", "))
        }
        Notification::Copied { text, how } => copied(text, how),
        Notification::PeopleAction(said) => (WORDS.recoveries.said)(said),
        Notification::NotNow(which, reason) => format!("{}: {}", command(*which).label, why(reason, clock)),
        Notification::Failed { company, error } => {
            let told = WORDS.tell_short(error);
            company.as_ref().map_or(told.clone(), |company| format!("{company}: {told}"))
        }
        Notification::Saved { company } => format!("{company}: saved"),
        Notification::Exported { count, path } => {
            format!("{} {} written to {path}", WORDS.number(*count as u64), one(*count, "company", "companies"))
        }
        Notification::Snoozed { company, until: Some(until) } => {
            format!("{company}: attention set aside until {}", clock.day(*until))
        }
        Notification::Snoozed { company, until: None } => format!("{company}: needs attention again"),
        Notification::TakenBack { company, change } => format!("{company}: {}", (WORDS.marks.taken_back)(change)),
        Notification::NoWayBack { company } => {
            format!(
                "{company}: an unlink cannot be taken back from here; only an Owner of the company can link it again"
            )
        }
        Notification::Back(None) => "Connected again".into(),
        Notification::Back(Some(account)) => format!("{account}: connected again"),
        Notification::SignedOut { account, profile } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            let how = match profile {
                Some(profile) => format!("Sign in again with: mspdash login {profile}"),
                None => "Start again with a credential that is good.".into(),
            };
            format!("{account}the server no longer accepts your credential. {how}")
        }
        Notification::RoleChanged { account, lost, won } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            let told = |of: &[Permission]| {
                let first: Vec<_> = of.iter().take(3).map(permission).collect();
                if first.len() == of.len() {
                    first.join(", ")
                } else {
                    format!("{}, and {} more", first.join(", "), of.len() - first.len())
                }
            };
            let less = (!lost.is_empty()).then(|| format!("no longer {}", told(lost)));
            let more = (!won.is_empty()).then(|| format!("now {}", told(won)));
            let said: Vec<_> = [less, more].into_iter().flatten().collect();
            format!("{account}your permissions changed: {}", said.join("; "))
        }
        Notification::Unreadable(count) => {
            format!("{count} {} could not be read and left out", one(*count, "company", "companies"))
        }
        Notification::Start(notice) => notice.clone(),
        Notification::SetAside { account, flaw } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            format!(
                "{account}the companies kept from the last run cannot be used ({}); they are loaded anew",
                kept(flaw)
            )
        }
        Notification::LinkAccepted { company } => {
            format!("{company}: accepted; now an Owner of the company has to finish")
        }
        Notification::LinkCancelled { company } => format!("{company}: the link request is cancelled"),
        Notification::Linked { company } => format!("{company} is linked"),
        Notification::LinkDenied { company, reason: Some(reason) } => {
            format!("{company}: an Owner denied the link: {reason}")
        }
        Notification::LinkDenied { company, reason: None } => format!("{company}: an Owner denied the link"),
        Notification::LinkExpired { company } => format!("{company}: the link request expired"),
        Notification::PageOpened(Opening::Opened) => "The Owner’s page is open in the browser".into(),
        Notification::PageOpened(Opening::Sent) => "Sent the Owner’s page to the browser".into(),
    }
}

pub(super) fn cause(cause: &Cause, detail: &str) -> String {
    match cause {
        Cause::Refused { host } => format!("nobody listens at {host}"),
        Cause::NameUnknown { host } => format!("the name {host} is not known"),
        Cause::Broken { host } => format!("the connection to {host} broke"),
        Cause::TimedOut { seconds } => format!("no answer within {seconds} s"),
        Cause::Tls { .. } | Cause::Proxy { .. } | Cause::CaFile { .. } => {
            super::line::cause(cause, detail).unwrap_or_default()
        }
        Cause::BadAddress { address } => {
            format!("{address} is no usable address: https is needed except on this machine")
        }
        Cause::AddressHolds { address, extra } => (WORDS.waits.extra)(address, *extra),
        Cause::Endless(endless) => (WORDS.waits.endless)(endless),
        Cause::NoSecret { profile, why } => super::super::secrets::en(profile, why, detail),
        Cause::NotSignedIn => "the server does not accept the credential".into(),
        Cause::MfaRequired => "your MSP account needs multi-factor authentication".into(),
        Cause::ReadOnly => "read-only mode is on".into(),
        Cause::AdvancedOff => "an Owner of the company does not allow Advanced permissions".into(),
        Cause::AdvancedNotGranted => "your MSP account has not granted you Advanced permissions".into(),
        Cause::NotAllowed => or(detail, "your role may not do this"),
        Cause::NotFound => "it is not there any more".into(),
        Cause::Conflict(ConflictCode::NoConfirmedOwner) => "it has no confirmed owner".into(),
        Cause::Conflict(ConflictCode::AlreadyUnlinked) => "it is already unlinked".into(),
        Cause::Conflict(ConflictCode::LastOwner) => "this is the last confirmed owner".into(),
        Cause::Conflict(ConflictCode::SelfRecovery) => "nobody can recover themself".into(),
        Cause::Conflict(ConflictCode::TechnicianNotAllowed) => "this is a technician, not one of their people".into(),
        Cause::Conflict(ConflictCode::AlreadyManaged) => or(detail, "the company is managed already"),
        Cause::Conflict(ConflictCode::RegionMismatch) => or(detail, "the company is in another data region"),
        Cause::Conflict(ConflictCode::StepMustApply) => "this step applies to every company".into(),
        Cause::Conflict(ConflictCode::Other(code)) if !code.is_empty() => {
            or(detail, &format!("a rule of the server is against it: {code}"))
        }
        Cause::Conflict(_) => or(detail, "its state does not allow it"),
        Cause::Gone => or(detail, "it is no longer available"),
        Cause::ChangedMeanwhile => "somebody changed it meanwhile".into(),
        Cause::NotAccepted { violations } => match violations.first() {
            Some(first) => format!("{}: {}", first.field, first.description),
            None => or(detail, "the server does not accept it"),
        },
        Cause::TooManyRequests => and("too many requests".into(), detail),
        Cause::ServerFailed { status } => and(format!("the server failed ({status})"), detail),
        Cause::Unexpected { status } => and(format!("the server answered {status}"), detail),
        Cause::Redirected { to } => format!("the server points to {to}, which is not followed"),
        Cause::NotTheApi { .. } => "what answers there is not the MSP API".into(),
        Cause::Unreadable => "the answer cannot be read".into(),
        Cause::UnsafeAddress(refusal) => match refusal {
            Refusal::NotAnAddress => "what the server sent is no address".into(),
            Refusal::Scheme(scheme) => format!("the address is {scheme}:, only https is opened"),
            Refusal::Credentials => "the address carries a user name or password".into(),
            Refusal::Host(host) => format!("{host} is not a sign-in host of this account"),
            Refusal::Characters => "the address has characters that no address has".into(),
        },
        Cause::NoBrowser => "there is no browser here".into(),
        Cause::BrowserFailed(all) => {
            all.iter().map(|(program, why)| not_opened(program, why)).collect::<Vec<_>>().join("; ")
        }
        Cause::NoClipboard => "this terminal has no clipboard".into(),
        Cause::NotWritten(it) => not_written(&it.path, &it.fault),
        Cause::TaskDied => "a part of mspdash failed; the rest goes on".into(),
        Cause::Cancelled => "it was cancelled".into(),
        Cause::Local => or(detail, "a file or program on this machine"),
    }
}

/// What we know, and what the server says of it.
fn and(ours: String, detail: &str) -> String {
    let detail = detail.trim().trim_end_matches('.');
    if detail.is_empty() { ours } else { format!("{ours}: {detail}") }
}

fn or(detail: &str, otherwise: &str) -> String {
    if detail.trim().is_empty() { otherwise.to_owned() } else { detail.to_owned() }
}

pub(super) fn hint(error: &Error, key: Keys<'_>) -> String {
    let kept_up = error.what.is_kept_up();
    match &error.cause {
        Cause::Refused { .. } | Cause::Broken { .. } | Cause::TimedOut { .. } if !kept_up => {
            "Check that the server runs and that you are online, then try again.".into()
        }
        Cause::TooManyRequests | Cause::ServerFailed { .. } if !kept_up => {
            "Try again in a moment. If it stays, tell who runs the server.".into()
        }
        Cause::Refused { .. } | Cause::Broken { .. } | Cause::TimedOut { .. } => {
            "Check that the server runs and that you are online. It is tried again by itself.".into()
        }
        Cause::NameUnknown { .. } => "Check the address of the server and your connection.".into(),
        Cause::Tls { .. } | Cause::Proxy { .. } | Cause::CaFile { .. } => {
            super::line::hint(&error.cause).unwrap_or_default()
        }
        Cause::BadAddress { .. } => "Set --server or MSPDASH_SERVER to the address of your MSP API.".into(),
        Cause::AddressHolds { extra, .. } => (WORDS.waits.extra_hint)(*extra).into(),
        Cause::Endless(_) => "It is tried again by itself. Tell who runs the server.".into(),
        Cause::NotSignedIn => "Check the client id and secret; the credential may have been revoked.".into(),
        Cause::MfaRequired => format!("Turn it on in your 1Password profile, then press {}.", key(Command::Refresh)),
        Cause::ReadOnly => "Start without --read-only to change things.".into(),
        Cause::NotAllowed => "Ask an owner or administrator of the MSP account.".into(),
        Cause::AdvancedOff => "Ask an Owner of the company to allow it in 1Password.".into(),
        Cause::AdvancedNotGranted => "Ask an owner or administrator of the MSP account to grant it to you.".into(),
        Cause::Conflict(ConflictCode::LastOwner) => "Make somebody else an owner first.".into(),
        Cause::ChangedMeanwhile => "Look at it again, then repeat.".into(),
        Cause::Conflict(ConflictCode::NoConfirmedOwner) => "Make somebody an owner first.".into(),
        Cause::TooManyRequests => "It goes on by itself in a moment.".into(),
        Cause::ServerFailed { .. } => "It is tried again by itself. If it stays, tell who runs the server.".into(),
        Cause::NotTheApi { .. } => {
            "The address may lack its path, as in https://HOST/PATH, or a sign-in page of the network is in the way."
                .into()
        }
        Cause::UnsafeAddress(_) => "Nothing was opened. Tell who runs the server.".into(),
        Cause::Redirected { .. } => "Set the address that it points to, if you trust it.".into(),
        Cause::NoBrowser => "Open the address on another machine.".into(),
        Cause::BrowserFailed(_) => "Open the address yourself, or set BROWSER to your browser.".into(),
        Cause::NoClipboard => "Mark it with the mouse.".into(),
        Cause::NotWritten(it) if it.fault == FileFault::Exists => "Choose another name, or replace it.".into(),
        Cause::NotWritten(_) => "Choose another place.".into(),
        _ if error.what.writes() => "Look at it again, then repeat.".into(),
        _ => format!("{} tries again.", key(Command::Refresh)),
    }
}

/// What was copied, and by what. Without a text: where that stands beside it.
pub(super) fn copied(text: &str, how: &Copied) -> String {
    let lead = |word: &str| if text.is_empty() { word.to_lowercase() } else { format!("{word} {text}") };
    match (&how.program, how.tmux, how.terminal) {
        (Some(program), false, _) => format!("{} with {program}", lead("Copied")),
        (Some(program), true, _) => format!("{} with {program} and to the tmux buffer", lead("Copied")),
        (None, true, true) => format!("{} to the tmux buffer and sent to the terminal", lead("Copied")),
        (None, true, false) => format!("{} to the tmux buffer", lead("Copied")),
        (None, false, _) => format!("{} to the terminal; not every one takes it", lead("Sent")),
    }
}

fn not_opened(program: &str, why: &NotOpened) -> String {
    match why {
        NotOpened::Missing => format!("there is no program {program}"),
        NotOpened::TakesTerminal => format!("{program} would take this terminal"),
        NotOpened::Code(code) => format!("{program} ended with code {code}"),
        NotOpened::Signal(signal) => format!("{program} was ended by signal {signal}"),
        NotOpened::NotStarted(words) => format!("{program} did not start: {words}"),
    }
}

fn not_written(path: &str, fault: &FileFault) -> String {
    match fault {
        FileFault::Exists => format!("there is a file {path} already"),
        FileFault::NoFolder => format!("there is no folder for {path}"),
        FileFault::NotAFile => format!("{path} is no ordinary file"),
        FileFault::NotAllowed => format!("you may not write to {path}"),
        FileFault::ReadOnly => format!("{path} is on a disk that cannot be written to"),
        FileFault::Full => format!("the disk is full at {path}"),
        FileFault::Other(words) => format!("{path}: {words}"),
    }
}

/// What is wrong with companies that were kept.
fn kept(flaw: &CacheDefect) -> String {
    match flaw {
        CacheDefect::Damaged => "the file is damaged".into(),
        CacheDefect::OtherVersion => "the file is of another version".into(),
        CacheDefect::TooLarge => "the file is too large".into(),
        CacheDefect::NotAFile => "it is no plain file".into(),
        CacheDefect::NotOurs => "the file belongs to somebody else".into(),
        CacheDefect::Open { mode } => format!("others can read the file: its permissions are {mode:o}"),
        CacheDefect::Unreadable(words) => format!("the file cannot be read: {}", clean(words)),
    }
}
