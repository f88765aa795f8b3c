//! Commands, and what was being done when something failed, in English.

use crate::app::command::Command;
use crate::domain::error::Operation;
use crate::i18n::CommandWords;

pub(in crate::i18n) fn what(what: Operation) -> &'static str {
    match what {
        Operation::Start => "Could not start",
        Operation::SignIn => "Could not sign in",
        Operation::ListCompanies => "Could not load the companies",
        Operation::Changes => "Could not ask for news",
        Operation::LoadCompany => "Could not load the company",
        Operation::EditCompany => "Could not change the company",
        Operation::Launch => "Could not launch",
        Operation::OpenBrowser => "Could not open a browser",
        Operation::Copy => "Could not copy",
        Operation::Preflight => "Could not check the unlink",
        Operation::Unlink => "Could not unlink",
        Operation::LoadSetup => "Could not load the checklist",
        Operation::EditSetup => "Could not change the step",
        Operation::LoadPeople => "Could not load the people",
        Operation::LoadGroups => "Could not load the groups",
        Operation::AddCompany => "Could not add the company",
        Operation::LoadLinks => "Could not load the links",
        Operation::AcceptLink => "Could not accept the link",
        Operation::CancelLink => "Could not cancel the link",
        Operation::ChangeGroup => "Could not change the group",
        Operation::ChangePerson => "Could not change the person",
        Operation::Recover => "Could not recover",
        Operation::LoadRecoveries => "Could not load the recoveries",
        Operation::LoadVaults => "Could not load the vaults",
        Operation::GrantVault => "Could not get access to the vault",
        Operation::LoadUsage => "Could not load the usage",
        Operation::LoadActivity => "Could not load the activity",
        Operation::Export => "Could not write the file",
        Operation::Undo => "Could not take it back",
        Operation::Rehearse => "Could not check the change",
    }
}

pub(in crate::i18n) fn unknown(what: Operation) -> &'static str {
    match what {
        Operation::EditCompany => "Not known whether the company was changed",
        // What was launched is what was opened; the server's record of it is another matter.
        Operation::Launch => "Nothing was opened, but the launch may be recorded",
        Operation::Unlink => "Not known whether it was unlinked",
        Operation::EditSetup => "Not known whether the step was changed",
        Operation::AddCompany => "Not known whether the company was added",
        Operation::AcceptLink => "Not known whether the link was accepted",
        Operation::CancelLink => "Not known whether the link was cancelled",
        Operation::ChangeGroup => "Not known whether the group was changed",
        Operation::ChangePerson => "Not known whether the person was changed",
        Operation::Recover => "Not known whether the recovery was changed",
        Operation::GrantVault => "Not known whether you have access to the vault",
        Operation::Undo => "Not known whether it was taken back",
        _ => "Not known whether it was done",
    }
}

pub(in crate::i18n) fn command(command: Command) -> CommandWords {
    let (label, short, help) = match command {
        Command::Open => ("Open company", "open", "Show the selected company on the whole screen."),
        Command::Launch => ("Launch", "launch", "Sign in to the company in the browser, as yourself."),
        Command::LaunchStep => {
            ("Launch at this step", "go to step", "Launch at the place in 1Password where the selected step is done.")
        }
        Command::AddOwner => {
            ("Add an owner", "add owner", "Show the company's people, where somebody can be made an owner.")
        }
        Command::Unlink => ("Unlink", "unlink", "Check what an unlink would mean, then stop managing the company."),
        Command::ToggleStep => {
            ("Change the step", "change step", "Choose the step's state: to do, in progress, done, or not applicable.")
        }
        Command::EditNote => ("Note on the step", "note", "Write a note on the selected setup step."),
        Command::Copy => ("Copy", "copy", "Copy what the cursor is on, or the marked names."),
        Command::CopyId => ("Copy the id", "copy id", "Copy the company's id, or those of the marked."),
        Command::Search => ("Search", "search", "Search names, websites, tags and ids as you type."),
        Command::Sort => ("Sort", "sort", "Order the list by status, filled seats, name, setup or owners."),
        Command::Reverse => ("Reverse the order", "reverse", "Turn the order of the list round."),
        Command::Filter => ("Filter", "filter", "Show only some statuses, kinds of attention or tags."),
        Command::Accounts => ("MSP accounts", "accounts", "Show one MSP account or all, and how each of them stands."),
        Command::ClearAll => ("Clear all", "clear all", "Drop search, order and filters at once."),
        Command::Refresh => ("Refresh", "refresh", "Ask the server for news now."),
        Command::Down => ("Down", "down", "Move down one row."),
        Command::Up => ("Up", "up", "Move up one row."),
        Command::Top => ("First row", "top", "Move to the first row."),
        Command::Bottom => ("Last row", "bottom", "Move to the last row."),
        Command::PageDown => ("Page down", "page down", "Move down one page."),
        Command::PageUp => ("Page up", "page up", "Move up one page."),
        Command::NextTab => ("Next tab", "next tab", "Show the company's next tab."),
        Command::PreviousTab => ("Previous tab", "previous tab", "Show the company's previous tab."),
        Command::NewCompany => ("New company", "new company", "Add a new company, or link an existing account."),
        Command::EditCompany => ("Edit company", "edit", "Change name, website, address, tags, note and external id."),
        Command::Tag => ("Tags", "tags", "Add or take away tags, of the selected company or the marked ones."),
        Command::Snooze => {
            ("Set attention aside", "later", "Hide what needs attention of this company for a day, a week or a month.")
        }
        Command::Mark => ("Mark", "mark", "Mark the selected company, or take its mark away."),
        Command::MarkAll => ("Mark all shown", "mark all", "Mark every company that the list shows."),
        Command::Unmark => {
            ("Take all marks away", "unmark", "Take the marks away, also of companies that are not shown.")
        }
        Command::Bulk => (
            "Actions for the marked",
            "actions for",
            "Launch, tag, set up a step, export or unlink all marked companies.",
        ),
        Command::Export => ("Export", "export", "Write the marked companies, or all that are shown, to a CSV file."),
        Command::Urgent => {
            ("What needs attention", "attention", "Show the companies that need attention, most urgent first.")
        }
        Command::FindPerson => {
            ("Search people", "find person", "Search names, addresses and groups of the company's people.")
        }
        Command::MakeOwner => ("Make owner", "make owner", "Add the selected person to the company's Owners group."),
        Command::MakeAdministrator => {
            ("Make administrator", "make admin", "Add the selected person to the company's Administrators group.")
        }
        Command::TakeAway => ("Take away", "take away", "Take the selected person out of Owners or Administrators."),
        Command::Suspend => ("Suspend or reactivate", "suspend", "Suspend the selected person, or reactivate them."),
        Command::Recover => {
            ("Recover", "recover", "Begin a recovery, or complete one that waits for an administrator.")
        }
        Command::CancelRecovery => ("Cancel the recovery", "cancel recovery", "Take an open recovery back."),
        Command::ViewVault => ("View Vault", "view vault", "Launch to the selected vault."),
        Command::GrantVault => ("Give myself access", "give access", "Give yourself access to the selected vault."),
        Command::AcceptLink => {
            ("Accept a link", "accept link", "Paste the confirmation link that an Owner of the company sent.")
        }
        Command::CancelLink => ("Cancel the link", "cancel link", "Take the selected link request back."),
        Command::OwnerPage => {
            ("Owner's page", "owner's page", "Sample workspace: open the page where an Owner of the company answers.")
        }
        Command::Period => ("Period", "period", "Choose the month: this one, the last one, or any other."),
        Command::UsageSort => ("Sort the usage", "sort table", "Order the table by another column."),
        Command::UsageReverse => ("Reverse the usage", "reverse table", "Turn the order of the table round."),
        Command::ActivityFilter => {
            ("Filter the activity", "narrow", "Show one technician, one company or one kind of action only.")
        }
        Command::ActivityClear => ("Show all activity", "show all", "Drop the filters of the activity."),
        Command::ShowCompanies => ("Companies", "companies", "Show the managed companies."),
        Command::ShowLinks => ("Links", "links", "Show accounts that are being linked, and who waits for whom."),
        Command::ShowRecoveries => ("Recoveries", "recoveries", "Show open recoveries of all companies, oldest first."),
        Command::ShowUsage => ("Usage", "usage", "Show daily seats and net usage over all companies."),
        Command::ShowActivity => ("Activity", "activity", "Show who did what to which company."),
        Command::Undo => ("Undo", "undo", "Take back the last change of tags, a note, a setup step or a group."),
        Command::NextPane => ("Other pane", "other pane", "Move between the list and the company."),
        Command::Back => ("Back", "back", "Go back one layer."),
        Command::Details => ("What went wrong", "what happened", "Show the last failure in full."),
        Command::Palette => ("Commands", "commands", "Find a command by name."),
        Command::Help => ("Help", "help", "Show every command and its keys."),
        Command::Quit => ("Quit", "quit", "Leave mspdash. Ctrl-C first closes what is open."),
    };
    CommandWords { label, short, help }
}
