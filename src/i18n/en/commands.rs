//! Commands, their groups, and why one cannot run.

use crate::app::command::{Command, DisabledReason, Group};
use crate::domain::session::Permission;
use crate::i18n::Clock;
use crate::i18n::types::commands::CommandText;
use std::borrow::Cow;

#[expect(clippy::too_many_lines, reason = "a line or two for each command")]
pub(super) fn command(command: Command) -> CommandText {
    let (label, short, help) = match command {
        Command::Open => ("Open company", "open", "Show the selected company full screen."),
        Command::Launch => ("Launch", "launch", "Open the company in your browser, signed in as you."),
        Command::LaunchStep => {
            ("Open in 1Password", "open in 1Password", "Open the place in 1Password to do the selected step.")
        }
        Command::AddOwner => ("Add an owner", "add owner", "Go to the People tab to make someone an owner."),
        Command::Unlink => ("Unlink", "unlink", "Stop managing this company; checks and asks first."),
        Command::ToggleStep => ("Change step", "change step", "Choose to do, in progress, done or not applicable."),
        Command::EditNote => ("Note on step", "note", "Write a note on the selected setup step."),
        Command::Copy => ("Copy", "copy", "Copy what the cursor is on, name, address, ID or a block for a ticket."),
        Command::CopyId => ("Copy ID", "copy ID", "Copy the company's ID, or those of the marked."),
        Command::Search => ("Search", "search", "Search names, websites, tags and IDs as you type."),
        Command::Sort => ("Sort", "sort", "Sort by status, filled seats, name, setup or owners."),
        Command::Reverse => ("Reverse order", "reverse", "Reverse the order of the list."),
        Command::Filter => ("Filter", "filter", "Show only certain statuses, reasons or tags."),
        Command::Technicians => (
            "Technicians",
            "technicians",
            "Your MSP's own technicians: add, role, codes for credentials, revoke. For owners.",
        ),
        Command::Accounts => ("MSP accounts", "accounts", "Show one MSP account or all, and the state of each."),
        Command::ClearAll => ("Clear all", "clear all", "Reset search, sort and filters."),
        Command::Refresh => ("Refresh", "refresh", "Load the latest data now."),
        Command::Down => ("Down", "down", "Move down one row."),
        Command::Up => ("Up", "up", "Move up one row."),
        Command::Top => ("First row", "top", "Move to the first row."),
        Command::Bottom => ("Last row", "bottom", "Move to the last row."),
        Command::PageDown => ("Page down", "page down", "Move down one page."),
        Command::PageUp => ("Page up", "page up", "Move up one page."),
        Command::HalfPageDown => ("Half a page down", "half page down", "Move down half a page."),
        Command::HalfPageUp => ("Half a page up", "half page up", "Move up half a page."),
        Command::NextTab => ("Next tab", "next tab", "Show the company's next tab."),
        Command::PreviousTab => ("Previous tab", "previous tab", "Show the company's previous tab."),
        Command::NewCompany => ("New company", "new company", "Add a new company, or link an existing account."),
        Command::Declare => {
            ("Note what you saw", "saw", "Note owners, seats and status as the web console shows them.")
        }
        Command::EditCompany => ("Edit company", "edit", "Change name, website, address, tags, note and more."),
        Command::Tag => ("Tags", "tags", "Add or remove tags on this or the marked companies."),
        Command::Snooze => ("Snooze", "snooze", "Hide its attention reasons for a day, week or month."),
        Command::Mark => ("Mark", "mark", "Mark or unmark the selected company."),
        Command::MarkAll => ("Mark all shown", "mark all", "Mark every company shown in the list."),
        Command::Unmark => ("Unmark all", "unmark all", "Clear every mark, including hidden companies."),
        Command::Bulk => ("Actions for marked", "actions for", "Launch, tag, set up, export or unlink all marked."),
        Command::Import => ("Import", "import", "Take companies over from a file or a paste; shows first."),
        Command::Export => ("Export", "export", "Write the marked companies, or all shown, to CSV."),
        Command::Pin => ("Pin", "pin", "Pin the company, or take its pin away; only you see it."),
        Command::AttendRecovery => ("Complete its recovery", "complete", "Complete the recovery that waits for you."),
        Command::AttendLink => {
            ("Accept its link", "paste link", "Paste the link from the Owner to accept the request.")
        }
        Command::AttendOwner => ("Invite an owner", "invite owner", "Open People in 1Password, to invite an owner."),
        Command::AttendSetup => ("Open its setup", "open setup", "Go to the Setup tab of the company."),
        Command::NextMatch => ("Next match", "next match", "Go to the next match of the kept search."),
        Command::PreviousMatch => ("Previous match", "previous match", "Go to the match before, of the kept search."),
        Command::Columns => ("Columns", "columns", "Choose the columns of the list and their order."),
        Command::Views => ("Views", "views", "Choose a view, or save the list as it is under a name."),
        Command::HideUnlinked => {
            ("Hide unlinked", "hide unlinked", "Hide unlinked companies, or show them at the end.")
        }
        Command::Urgent => ("What needs attention", "attention", "Show what needs attention, most urgent first."),
        Command::FindPerson => ("Search people", "find person", "Search names, emails and groups of the people."),
        Command::MakeOwner => ("Make owner", "make owner", "Add the selected person to the Owners group."),
        Command::MakeAdministrator => {
            ("Make administrator", "make admin", "Add the selected person to the Administrators group.")
        }
        Command::TakeAway => ("Remove role", "remove role", "Remove the person from Owners or Administrators."),
        Command::Suspend => ("Suspend or reactivate", "suspend", "Suspend or reactivate the selected person."),
        Command::Recover => ("Recover account", "recover", "Start a recovery, or complete one that is ready."),
        Command::CancelRecovery => ("Cancel recovery", "cancel recovery", "Cancel an open recovery."),
        Command::ViewVault => ("View Vault", "view vault", "Open the selected vault in your browser."),
        Command::GrantVault => ("Give myself access", "give access", "Give yourself access to the selected vault."),
        Command::AcceptLink => ("Accept a link", "accept link", "Paste the confirmation link from an Owner."),
        Command::CancelLink => ("Cancel link request", "cancel link", "Cancel the selected link request."),
        Command::OwnerPage => ("Owner's page", "owner's page", "Sample data: open the page where an Owner responds."),
        Command::Period => ("Period", "period", "Choose the month: this one, the last one or another."),
        Command::UsageSort => ("Sort usage", "sort table", "Sort the table by another column."),
        Command::UsageReverse => ("Reverse usage order", "reverse table", "Reverse the order of the table."),
        Command::FindUsage => ("Search usage", "search table", "Search the companies of the table as you type."),
        Command::UsageExport => ("Export usage", "export table", "Write the usage that is shown to CSV."),
        Command::UsageZero => ("Axis from zero", "axis", "Start the chart's axis at zero, or near the smallest value."),
        Command::ActivityFilter => {
            ("Filter activity", "filter activity", "Show only one technician, company or kind of action.")
        }
        Command::ActivityClear => ("Clear activity filter", "clear filter", "Show all activity again."),
        Command::ShowCompanies => ("Companies", "companies", "Show the managed companies."),
        Command::ShowLinks => ("Links", "links", "Show link requests and whose turn it is."),
        Command::ShowRecoveries => ("Recoveries", "recoveries", "Show open recoveries of all companies, oldest first."),
        Command::ShowUsage => ("Usage", "usage", "Show daily seats and net usage over all companies."),
        Command::ShowActivity => ("Activity", "activity", "Show who did what, and in which company."),
        Command::ShowTasks => ("Tasks", "tasks", "Show work for the web console: steps, state, who began it."),
        Command::SinceVisit => ("Since last visit", "since last visit", "Show who did what since you were here last."),
        Command::EndedTasks => ("Ended tasks", "ended too", "Show ended tasks as well, or open ones only."),
        Command::UsageTask => {
            ("Usage from 1Password", "get usage", "Own workspace: the steps to copy the usage in the web console.")
        }
        Command::Undo => ("Undo", "undo", "Undo the last change to tags, note, step or group."),
        Command::NextPane => ("Other pane", "other pane", "Switch between the list and the company."),
        Command::NextCompany => ("Next company", "next company", "Show the next company of the list, in the same tab."),
        Command::PreviousCompany => {
            ("Previous company", "previous company", "Show the previous company of the list, in the same tab.")
        }
        Command::PreviousPlace => ("Previous place", "previous place", "Go back to what you looked at before."),
        Command::NextPlace => ("Next place", "next place", "Go forward again after going back."),
        Command::TogglePane => ("Hide pane", "hide pane", "Hide or show the company beside the list."),
        Command::Back => ("Back", "back", "Close what is open, or go back."),
        Command::Details => ("Messages", "messages", "List what was told in this run; errors in full."),
        Command::Tour => ("Tour", "tour", "Four short pages: what you need on the first day."),
        Command::Theme => ("Theme", "theme", "Choose the colours. Each shows as you move."),
        Command::Palette => ("Go to anything", "anything", "Find a company, person, tab or command by name."),
        Command::ToggleMouse => ("Mouse", "mouse", "Click and scroll with the mouse, or select text with it again."),
        Command::Help => ("Help", "help", "Show the keys of this place, and of every command."),
        Command::Quit => ("Quit", "quit", "Quit; in a company go back. Ctrl-C closes first."),
    };
    CommandText { label, short, help }
}

pub(super) fn group(group: Group) -> &'static str {
    match group {
        Group::Company => "Company",
        Group::People => "People, recovery, vaults",
        Group::List => "List",
        Group::Marks => "Marks: many companies at once",
        Group::Links => "Links",
        Group::Usage => "Usage and activity",
        Group::Screens => "Screens",
        Group::Move => "Moving",
        Group::General => "General",
    }
}

pub(super) fn disabled(reason: &DisabledReason, clock: &Clock) -> String {
    match reason {
        DisabledReason::NoCompany => "no company selected".into(),
        DisabledReason::NothingHere => "nothing here".into(),
        DisabledReason::ReadOnly => "read-only mode is on".into(),
        DisabledReason::ViewOnly => "your role is view-only".into(),
        DisabledReason::NotPermitted(needed) => format!("your role can't {}", permission(needed)),
        DisabledReason::NotSignedIn => "not signed in yet".into(),
        DisabledReason::NotLetIn => "access denied; the error details say what to do".into(),
        DisabledReason::NotFresh(Some(at)) => {
            format!("data is from {}; available once the server responds", clock.moment(*at))
        }
        DisabledReason::NotFresh(None) => "data is from an earlier session; available once the server responds".into(),
        DisabledReason::AlreadyUnlinked { trial_end: Some(end) } => {
            let verb = if *end > clock.now { "ends" } else { "ended" };
            format!("already unlinked – trial {verb} {}", clock.day(*end))
        }
        DisabledReason::AlreadyUnlinked { trial_end: None } => "already unlinked".into(),
        DisabledReason::NoStep => "select a step in the Setup tab".into(),
        DisabledReason::UnderWay => "already in progress".into(),
        DisabledReason::NoCount => "takes no count; nothing was done".into(),
        DisabledReason::NothingToClear => "nothing to clear".into(),
        DisabledReason::OnlyInAttention => "only in Needs attention".into(),
        DisabledReason::NotItsReason => "this company needs attention for another reason".into(),
        DisabledReason::NoneUnlinked => "no company is unlinked".into(),
        DisabledReason::NotSorted => "the list isn't sorted".into(),
        DisabledReason::OnlyInCompany => "open a company first".into(),
        DisabledReason::FirstVisit => "no earlier visit is known".into(),
        DisabledReason::NoPlace => "no other place to go to".into(),
        DisabledReason::Narrow(width) => format!("the window needs {width} columns"),
        DisabledReason::NothingFailed => "no messages yet".into(),
        DisabledReason::OnlyInList => "go to Companies to mark".into(),
        DisabledReason::NothingMarked => "no companies marked".into(),
        DisabledReason::NoAttention => "nothing to snooze here".into(),
        DisabledReason::NothingToUndo => "nothing to undo".into(),
        DisabledReason::NoLink => "no link request selected".into(),
        DisabledReason::LinkOver => "this request is closed".into(),
        DisabledReason::SampleWorkspace => {
            "the companies here are invented; mspdash init makes a workspace for your own".into()
        }
        DisabledReason::NoOwnerPage => "only open links of the sample workspace have this page".into(),
        DisabledReason::PeopleAction(reason) => (super::people::TEXTS.disabled)(reason),
        DisabledReason::UsageElsewhere => "only 1Password's web console shows usage".into(),
        DisabledReason::OnlyOn(screen) => format!("only on the {} screen", command(screen.command()).label),
    }
}

pub(super) fn permission(permission: &Permission) -> Cow<'_, str> {
    match permission {
        Permission::View => "see companies".into(),
        Permission::Add => "add companies".into(),
        Permission::Link => "link companies".into(),
        Permission::Edit => "edit companies".into(),
        Permission::Setup => "change setup".into(),
        Permission::Launch => "launch companies".into(),
        Permission::Unlink => "unlink companies".into(),
        Permission::People => "manage people".into(),
        Permission::Recover => "recover people".into(),
        Permission::Vaults => "manage vaults".into(),
        Permission::Technicians => "manage technicians".into(),
        Permission::Other(word) => Cow::Borrowed(word),
    }
}
