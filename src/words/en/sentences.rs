//! Sentences in English that are put together: why not, what was done, what went wrong and what to do.

use super::super::{Clock, Keys};
use super::commands::command;
use super::{WORDS, one, s};
use crate::app::command::{Command, Why};
use crate::app::msg::Copied;
use crate::app::toast::Says;
use crate::domain::kept::Flaw;
use crate::domain::launch::{NotOpened, Opening, Refusal};
use crate::domain::session::Permission;
use crate::domain::text::clean;
use crate::domain::trouble::{Because, ConflictCode, FileFault, Trouble};
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

pub(super) fn why(why: &Why, clock: &Clock) -> String {
    match why {
        Why::NoCompany => "no company is selected".into(),
        Why::NothingHere => "there is nothing here".into(),
        Why::ReadOnly => "read-only mode is on".into(),
        Why::ViewOnly => "your role may only look".into(),
        Why::NotPermitted(needed) => format!("your role may not {}", permission(needed)),
        Why::NotSignedIn => "not signed in yet".into(),
        Why::NotLetIn => "the server does not let you in; the failure’s details say what to do".into(),
        Why::NotFresh(Some(at)) => {
            format!("what is shown is from {}; it waits until the server has answered", clock.moment(*at))
        }
        Why::NotFresh(None) => "what is shown is from an earlier run; it waits until the server has answered".into(),
        Why::AlreadyUnlinked { trial_end: Some(end) } => {
            let verb = if *end > clock.now { "ends" } else { "ended" };
            format!("already unlinked; its trial {verb} {}", clock.day(*end))
        }
        Why::AlreadyUnlinked { trial_end: None } => "already unlinked".into(),
        Why::NoStep => "no setup step is selected: open the Setup tab".into(),
        Why::UnderWay => "already under way".into(),
        Why::NothingToClear => "nothing is searched, sorted or filtered".into(),
        Why::NotSorted => "the list is not sorted".into(),
        Why::NothingFailed => "nothing went wrong".into(),
        Why::OnlyInList => "companies are marked in the list".into(),
        Why::NothingMarked => "no company is marked".into(),
        Why::NoAttention => "nothing of it needs attention".into(),
        Why::NothingToUndo => "nothing was changed that could be taken back".into(),
        Why::NoLink => "no link request is selected".into(),
        Why::LinkOver => "this link request is over".into(),
        Why::NoOwnerPage => "only open links of the sample workspace have such a page".into(),
        Why::Folk(hindrance) => (WORDS.recoveries.hindered)(hindrance),
        Why::OnlyOn(screen) => format!("only on the screen “{}”", command(screen.command()).label),
    }
}

pub(super) fn says(says: &Says, clock: &Clock) -> String {
    match says {
        Says::Launched { company, opening: Opening::Opened } => format!("Opened {company} in the browser"),
        Says::Launched { company, opening: Opening::Sent } => format!("Sent {company} to the browser"),
        Says::Unlinked { company, trial_end: Some(end) } => {
            format!("Unlinked {company}; its 14-day free trial ends {}", clock.day(*end))
        }
        Says::Unlinked { company, trial_end: None } => format!("Unlinked {company}"),
        Says::StepChanged { company, step, state } => {
            format!("{company}: {} is {}", (WORDS.setup.step)(step), (WORDS.setup.state)(state))
        }
        Says::NoteSaved { company } => format!("{company}: note saved"),
        Says::Cleared(dropped) => {
            let search = dropped.search.as_ref().map(|search| format!("the search “{search}”"));
            let sort = dropped.sort.then(|| "the order".to_owned());
            let filters = (dropped.filters > 0).then(|| format!("{} filter{}", dropped.filters, s(dropped.filters)));
            let all: Vec<_> = [search, sort, filters].into_iter().flatten().collect();
            format!("Cleared {}", all.join(", "))
        }
        Says::Copied { text, how } => copied(text, how),
        Says::Folk(said) => (WORDS.recoveries.said)(said),
        Says::NotNow(which, reason) => format!("{}: {}", command(*which).label, why(reason, clock)),
        Says::Failed { company, trouble } => {
            let told = WORDS.tell_short(trouble);
            company.as_ref().map_or(told.clone(), |company| format!("{company}: {told}"))
        }
        Says::Saved { company } => format!("{company}: saved"),
        Says::Exported { count, path } => {
            format!("{} {} written to {path}", WORDS.number(*count as u64), one(*count, "company", "companies"))
        }
        Says::Snoozed { company, until: Some(until) } => {
            format!("{company}: attention set aside until {}", clock.day(*until))
        }
        Says::Snoozed { company, until: None } => format!("{company}: needs attention again"),
        Says::TakenBack { company, change } => format!("{company}: {}", (WORDS.marks.taken_back)(change)),
        Says::NoWayBack { company } => {
            format!(
                "{company}: an unlink cannot be taken back from here; only an Owner of the company can link it again"
            )
        }
        Says::Back(None) => "Connected again".into(),
        Says::Back(Some(account)) => format!("{account}: connected again"),
        Says::SignedOut { account, profile } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            let how = match profile {
                Some(profile) => format!("Sign in again with: mspdash login {profile}"),
                None => "Start again with a credential that is good.".into(),
            };
            format!("{account}the server no longer accepts your credential. {how}")
        }
        Says::RoleChanged { account, lost, won } => {
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
        Says::Unreadable(count) => {
            format!("{count} {} could not be read and left out", one(*count, "company", "companies"))
        }
        Says::Start(notice) => notice.clone(),
        Says::SetAside { account, flaw } => {
            let account = account.as_ref().map(|account| format!("{account}: ")).unwrap_or_default();
            format!(
                "{account}the companies kept from the last run cannot be used ({}); they are loaded anew",
                kept(flaw)
            )
        }
        Says::LinkAccepted { company } => format!("{company}: accepted; now an Owner of the company has to finish"),
        Says::LinkCancelled { company } => format!("{company}: the link request is cancelled"),
        Says::Linked { company } => format!("{company} is linked"),
        Says::LinkDenied { company, reason: Some(reason) } => format!("{company}: an Owner denied the link: {reason}"),
        Says::LinkDenied { company, reason: None } => format!("{company}: an Owner denied the link"),
        Says::LinkExpired { company } => format!("{company}: the link request expired"),
        Says::PageOpened(Opening::Opened) => "The Owner’s page is open in the browser".into(),
        Says::PageOpened(Opening::Sent) => "Sent the Owner’s page to the browser".into(),
    }
}

pub(super) fn because(because: &Because, detail: &str) -> String {
    match because {
        Because::Refused { host } => format!("nobody listens at {host}"),
        Because::NameUnknown { host } => format!("the name {host} is not known"),
        Because::Broken { host } => format!("the connection to {host} broke"),
        Because::TimedOut { seconds } => format!("no answer within {seconds} s"),
        Because::Tls { .. } | Because::Proxy { .. } | Because::CaFile { .. } => {
            super::line::because(because, detail).unwrap_or_default()
        }
        Because::BadAddress { address } => {
            format!("{address} is no usable address: https is needed except on this machine")
        }
        Because::AddressHolds { address, extra } => (WORDS.waits.extra)(address, *extra),
        Because::Endless(endless) => (WORDS.waits.endless)(endless),
        Because::NoSecret { profile, why } => super::super::secrets::en(profile, why, detail),
        Because::NotSignedIn => "the server does not accept the credential".into(),
        Because::MfaRequired => "your MSP account needs multi-factor authentication".into(),
        Because::ReadOnly => "read-only mode is on".into(),
        Because::AdvancedOff => "an Owner of the company does not allow Advanced permissions".into(),
        Because::AdvancedNotGranted => "your MSP account has not granted you Advanced permissions".into(),
        Because::NotAllowed => or(detail, "your role may not do this"),
        Because::NotFound => "it is not there any more".into(),
        Because::Conflict(ConflictCode::NoConfirmedOwner) => "it has no confirmed owner".into(),
        Because::Conflict(ConflictCode::AlreadyUnlinked) => "it is already unlinked".into(),
        Because::Conflict(ConflictCode::LastOwner) => "this is the last confirmed owner".into(),
        Because::Conflict(ConflictCode::SelfRecovery) => "nobody can recover themself".into(),
        Because::Conflict(ConflictCode::TechnicianNotAllowed) => "this is a technician, not one of their people".into(),
        Because::Conflict(ConflictCode::AlreadyManaged) => or(detail, "the company is managed already"),
        Because::Conflict(ConflictCode::RegionMismatch) => or(detail, "the company is in another data region"),
        Because::Conflict(ConflictCode::StepMustApply) => "this step applies to every company".into(),
        Because::Conflict(ConflictCode::Other(code)) if !code.is_empty() => {
            or(detail, &format!("a rule of the server is against it: {code}"))
        }
        Because::Conflict(_) => or(detail, "its state does not allow it"),
        Because::Gone => or(detail, "it is no longer available"),
        Because::ChangedMeanwhile => "somebody changed it meanwhile".into(),
        Because::NotAccepted { violations } => match violations.first() {
            Some(first) => format!("{}: {}", first.field, first.description),
            None => or(detail, "the server does not accept it"),
        },
        Because::TooManyRequests => and("too many requests".into(), detail),
        Because::ServerFailed { status } => and(format!("the server failed ({status})"), detail),
        Because::Unexpected { status } => and(format!("the server answered {status}"), detail),
        Because::Redirected { to } => format!("the server points to {to}, which is not followed"),
        Because::NotTheApi { .. } => "what answers there is not the MSP API".into(),
        Because::Unreadable => "the answer cannot be read".into(),
        Because::UnsafeAddress(refusal) => match refusal {
            Refusal::NotAnAddress => "what the server sent is no address".into(),
            Refusal::Scheme(scheme) => format!("the address is {scheme}:, only https is opened"),
            Refusal::Credentials => "the address carries a user name or password".into(),
            Refusal::Host(host) => format!("{host} is not a sign-in host of this account"),
            Refusal::Characters => "the address has characters that no address has".into(),
        },
        Because::NoBrowser => "there is no browser here".into(),
        Because::BrowserFailed(all) => {
            all.iter().map(|(program, why)| not_opened(program, why)).collect::<Vec<_>>().join("; ")
        }
        Because::NoClipboard => "this terminal has no clipboard".into(),
        Because::NotWritten(it) => not_written(&it.path, &it.fault),
        Because::TaskDied => "a part of mspdash failed; the rest goes on".into(),
        Because::Cancelled => "it was cancelled".into(),
        Because::Local => or(detail, "a file or program on this machine"),
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

pub(super) fn hint(trouble: &Trouble, key: Keys<'_>) -> String {
    let kept_up = trouble.what.is_kept_up();
    match &trouble.because {
        Because::Refused { .. } | Because::Broken { .. } | Because::TimedOut { .. } if !kept_up => {
            "Check that the server runs and that you are online, then try again.".into()
        }
        Because::TooManyRequests | Because::ServerFailed { .. } if !kept_up => {
            "Try again in a moment. If it stays, tell who runs the server.".into()
        }
        Because::Refused { .. } | Because::Broken { .. } | Because::TimedOut { .. } => {
            "Check that the server runs and that you are online. It is tried again by itself.".into()
        }
        Because::NameUnknown { .. } => "Check the address of the server and your connection.".into(),
        Because::Tls { .. } | Because::Proxy { .. } | Because::CaFile { .. } => {
            super::line::hint(&trouble.because).unwrap_or_default()
        }
        Because::BadAddress { .. } => "Set --server or MSPDASH_SERVER to the address of your MSP API.".into(),
        Because::AddressHolds { extra, .. } => (WORDS.waits.extra_hint)(*extra).into(),
        Because::Endless(_) => "It is tried again by itself. Tell who runs the server.".into(),
        Because::NotSignedIn => "Check the client id and secret; the credential may have been revoked.".into(),
        Because::MfaRequired => format!("Turn it on in your 1Password profile, then press {}.", key(Command::Refresh)),
        Because::ReadOnly => "Start without --read-only to change things.".into(),
        Because::NotAllowed => "Ask an owner or administrator of the MSP account.".into(),
        Because::AdvancedOff => "Ask an Owner of the company to allow it in 1Password.".into(),
        Because::AdvancedNotGranted => "Ask an owner or administrator of the MSP account to grant it to you.".into(),
        Because::Conflict(ConflictCode::LastOwner) => "Make somebody else an owner first.".into(),
        Because::ChangedMeanwhile => "Look at it again, then repeat.".into(),
        Because::Conflict(ConflictCode::NoConfirmedOwner) => "Make somebody an owner first.".into(),
        Because::TooManyRequests => "It goes on by itself in a moment.".into(),
        Because::ServerFailed { .. } => "It is tried again by itself. If it stays, tell who runs the server.".into(),
        Because::NotTheApi { .. } => {
            "The address may lack its path, as in https://HOST/PATH, or a sign-in page of the network is in the way."
                .into()
        }
        Because::UnsafeAddress(_) => "Nothing was opened. Tell who runs the server.".into(),
        Because::Redirected { .. } => "Set the address that it points to, if you trust it.".into(),
        Because::NoBrowser => "Open the address on another machine.".into(),
        Because::BrowserFailed(_) => "Open the address yourself, or set BROWSER to your browser.".into(),
        Because::NoClipboard => "Mark it with the mouse.".into(),
        Because::NotWritten(it) if it.fault == FileFault::Exists => "Choose another name, or replace it.".into(),
        Because::NotWritten(_) => "Choose another place.".into(),
        _ if trouble.what.writes() => "Look at it again, then repeat.".into(),
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
fn kept(flaw: &Flaw) -> String {
    match flaw {
        Flaw::Damaged => "the file is damaged".into(),
        Flaw::OtherVersion => "the file is of another version".into(),
        Flaw::TooLarge => "the file is too large".into(),
        Flaw::NotAFile => "it is no plain file".into(),
        Flaw::NotOurs => "the file belongs to somebody else".into(),
        Flaw::Open { mode } => format!("others can read the file: its permissions are {mode:o}"),
        Flaw::Unreadable(words) => format!("the file cannot be read: {}", clean(words)),
    }
}
