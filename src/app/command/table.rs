//! One row for each command.

use super::{Command, Danger, Group, Place, Row};

const fn row(command: Command, id: &'static str, keys: &'static [&'static str], group: Group) -> Row {
    Row { command, id, keys, place: Place::Anywhere, danger: Danger::Reads, group, hint: 0 }
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

    const fn destroys(mut self) -> Self {
        self.danger = Danger::Destroys;
        self
    }
}

/// Every command, in the order of help and palette.
pub static TABLE: [Row; 29] = [
    row(Command::Open, "company.open", &["enter"], Group::Company).hint(1),
    row(Command::Launch, "company.launch", &["l"], Group::Company).writes().hint(2),
    row(Command::LaunchStep, "setup.launch", &["L"], Group::Company).at(Place::Setup).writes().hint(2),
    row(Command::AddOwner, "company.add_owner", &["o"], Group::Company).writes(),
    row(Command::ToggleStep, "setup.toggle", &["x", "space"], Group::Company).at(Place::Setup).writes().hint(1),
    row(Command::EditNote, "setup.note", &["e"], Group::Company).at(Place::Setup).writes().hint(1),
    row(Command::Unlink, "company.unlink", &["u"], Group::Company).destroys().hint(3),
    row(Command::Copy, "company.copy", &["y"], Group::Company),
    row(Command::CopyId, "company.copy_id", &["Y"], Group::Company),
    row(Command::Search, "list.search", &["/"], Group::List).hint(4),
    row(Command::Sort, "list.sort", &["s"], Group::List).hint(5),
    row(Command::Reverse, "list.reverse", &["S"], Group::List),
    row(Command::Filter, "list.filter", &["f"], Group::List).hint(6),
    row(Command::ClearAll, "list.clear_all", &["c"], Group::List).hint(7),
    row(Command::Refresh, "app.refresh", &["r", "f5"], Group::List),
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
    row(Command::Details, "app.details", &["!"], Group::General),
    row(Command::Palette, "app.commands", &[":"], Group::General).hint(9),
    row(Command::Help, "app.help", &["?", "f1"], Group::General).hint(10),
    row(Command::Quit, "app.quit", &["q", "ctrl-c"], Group::General),
];
