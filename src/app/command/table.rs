//! One row for each command.

use crate::app::command::{Command, Danger, Group, Place, Row, Scope};

const fn row(command: Command, id: &'static str, keys: &'static [&'static str], group: Group) -> Row {
    Row { command, id, keys, place: Place::Anywhere, danger: Danger::Reads, group, hint: 0, scope: Scope::Other }
}

impl Row {
    const fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    const fn hint(mut self, hint: u8) -> Self {
        self.hint = hint;
        self
    }

    const fn writes(mut self) -> Self {
        self.danger = Danger::Writes;
        self
    }

    const fn about(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    const fn destroys(mut self) -> Self {
        self.danger = Danger::Destroys;
        self
    }
}

/// Every command, in the order of help and palette.
pub static TABLE: [Row; 63] = [
    row(Command::Open, "company.open", &["enter"], Group::Company).about(Scope::One).hint(1),
    row(Command::Launch, "company.launch", &["l"], Group::Company).about(Scope::Many).writes().hint(2),
    row(Command::LaunchStep, "setup.launch", &["L"], Group::Company)
        .about(Scope::One)
        .at(Place::Setup)
        .writes()
        .hint(2),
    row(Command::AddOwner, "company.add_owner", &["o"], Group::Company).about(Scope::One),
    row(Command::ToggleStep, "setup.toggle", &["x"], Group::Company)
        .about(Scope::Many)
        .at(Place::Setup)
        .writes()
        .hint(1),
    row(Command::EditNote, "setup.note", &["e"], Group::Company).about(Scope::One).at(Place::Setup).writes().hint(1),
    row(Command::Unlink, "company.unlink", &["u"], Group::Company).about(Scope::Many).destroys().hint(3),
    row(Command::NewCompany, "company.new", &["n"], Group::Company).writes().hint(4),
    row(Command::EditCompany, "company.edit", &["e"], Group::Company).about(Scope::One).writes(),
    row(Command::Tag, "company.tag", &["t"], Group::Company).about(Scope::Many).writes(),
    row(Command::Snooze, "company.snooze", &["Z"], Group::Company).about(Scope::Many).writes(),
    row(Command::Copy, "company.copy", &["y"], Group::Company).about(Scope::Many),
    row(Command::CopyId, "company.copy_id", &["Y"], Group::Company).about(Scope::Many),
    row(Command::FindPerson, "people.search", &["/"], Group::People).at(Place::People).hint(7),
    row(Command::MakeOwner, "people.owner", &["o"], Group::People).at(Place::People).writes().hint(1),
    row(Command::MakeAdministrator, "people.administrator", &["a"], Group::People).at(Place::People).writes().hint(2),
    row(Command::TakeAway, "people.take_away", &["d"], Group::People).at(Place::People).writes().hint(3),
    row(Command::Suspend, "people.suspend", &["p"], Group::People).at(Place::People).writes().hint(6),
    row(Command::Recover, "people.recover", &["R"], Group::People).at(Place::People).writes().hint(4),
    row(Command::CancelRecovery, "people.cancel_recovery", &["X"], Group::People).at(Place::People).writes().hint(5),
    row(Command::ViewVault, "vault.view", &["w"], Group::People).at(Place::Vaults).writes().hint(1),
    row(Command::GrantVault, "vault.grant", &["v"], Group::People).at(Place::Vaults).writes().hint(2),
    row(Command::Search, "list.search", &["/"], Group::List).hint(5),
    row(Command::Sort, "list.sort", &["s"], Group::List).hint(6),
    row(Command::Reverse, "list.reverse", &["S"], Group::List),
    row(Command::Filter, "list.filter", &["f"], Group::List).hint(7),
    row(Command::Accounts, "list.accounts", &["A"], Group::List),
    row(Command::ClearAll, "list.clear_all", &["c"], Group::List).hint(8),
    row(Command::Urgent, "list.attention", &["w"], Group::List).hint(7),
    row(Command::Refresh, "app.refresh", &["r", "f5"], Group::List),
    row(Command::Mark, "list.mark", &["space"], Group::Marks),
    row(Command::MarkAll, "list.mark_all", &["*"], Group::Marks),
    row(Command::Unmark, "list.unmark", &["-"], Group::Marks),
    row(Command::Bulk, "marks.act", &["b"], Group::Marks).about(Scope::Marks).hint(3),
    row(Command::Export, "list.export", &["E"], Group::Marks).about(Scope::Marks),
    row(Command::ShowCompanies, "screen.companies", &["1"], Group::Screens),
    row(Command::ShowLinks, "screen.links", &["2"], Group::Screens),
    row(Command::ShowRecoveries, "screen.recoveries", &["3"], Group::Screens),
    row(Command::ShowUsage, "screen.usage", &["4"], Group::Screens),
    row(Command::ShowActivity, "screen.activity", &["5"], Group::Screens),
    row(Command::AcceptLink, "link.accept", &["p"], Group::Links).at(Place::Links).writes().hint(1),
    row(Command::CancelLink, "link.cancel", &["d"], Group::Links).at(Place::Links).writes().hint(2),
    row(Command::OwnerPage, "link.owner_page", &["o"], Group::Links).at(Place::Links).hint(3),
    row(Command::Period, "usage.period", &["p"], Group::Usage).at(Place::Usage).hint(1),
    row(Command::UsageSort, "usage.sort", &["s"], Group::Usage).at(Place::Usage).hint(2),
    row(Command::UsageReverse, "usage.reverse", &["S"], Group::Usage).at(Place::Usage),
    row(Command::ActivityFilter, "activity.filter", &["f"], Group::Usage).at(Place::Activity).hint(1),
    row(Command::ActivityClear, "activity.clear", &["c"], Group::Usage).at(Place::Activity).hint(2),
    row(Command::Down, "move.down", &["j", "down"], Group::Move),
    row(Command::Up, "move.up", &["k", "up"], Group::Move),
    row(Command::Top, "move.top", &["g", "home"], Group::Move),
    row(Command::Bottom, "move.bottom", &["G", "end"], Group::Move),
    row(Command::PageDown, "move.page_down", &["pgdn", "ctrl-d"], Group::Move),
    row(Command::PageUp, "move.page_up", &["pgup", "ctrl-u"], Group::Move),
    row(Command::NextTab, "tab.next", &["]", "right"], Group::Move).hint(8),
    row(Command::PreviousTab, "tab.previous", &["[", "left"], Group::Move),
    row(Command::NextPane, "pane.next", &["tab", "backtab"], Group::Move),
    row(Command::Back, "app.back", &["esc"], Group::Move),
    row(Command::Undo, "app.undo", &["U"], Group::General).writes(),
    row(Command::Details, "app.details", &["!"], Group::General),
    row(Command::Palette, "app.commands", &[":"], Group::General).hint(9),
    row(Command::Help, "app.help", &["?", "f1"], Group::General).hint(10),
    row(Command::Quit, "app.quit", &["q", "ctrl-c"], Group::General),
];
