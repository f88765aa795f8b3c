//! Keys as the hands know them from another program.

use crate::app::command::{Command, Row};
use crate::app::key::Sequence;

/// A set of keys to begin with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Preset {
    #[default]
    Default,
    /// `g g`, `h` and `l`, `u` undoes; digits are counts.
    Vim,
    /// `q` goes back, `d` describes, `s` opens a shell, ctrl-d deletes.
    K9s,
}

impl Preset {
    pub const ALL: [Self; 3] = [Self::Default, Self::Vim, Self::K9s];

    /// As it is written in a keymap.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Vim => "vim",
            Self::K9s => "k9s",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name().eq_ignore_ascii_case(name))
    }

    /// The keys of a command in it, as written.
    pub fn written(self, row: &Row) -> &'static [&'static str] {
        let own = self.changes().iter().find(|(command, _)| *command == row.command);
        own.map_or(row.keys, |(_, keys)| keys)
    }

    pub(super) fn keys(self, row: &Row) -> Vec<Sequence> {
        self.written(row).iter().filter_map(|keys| keys.parse().ok()).collect()
    }

    /// What is not as in the command table. What cannot be undone is on no key that another program has for something
    /// harmless.
    fn changes(self) -> &'static [(Command, &'static [&'static str])] {
        match self {
            Self::Default => &[],
            Self::Vim => &[
                (Command::Open, &["enter", "l"]),
                (Command::Back, &["esc", "h", "backspace"]),
                (Command::Launch, &["g x", "alt-l"]),
                (Command::Undo, &["u"]),
                (Command::Unlink, &["alt-u"]),
                (Command::Top, &["g g", "home"]),
                (Command::NextTab, &["]", "g t", "right"]),
                (Command::PreviousTab, &["[", "g T", "left"]),
                (Command::ShowCompanies, &["g 1"]),
                (Command::ShowLinks, &["g 2"]),
                (Command::ShowRecoveries, &["g 3"]),
                (Command::ShowUsage, &["g 4"]),
                (Command::ShowActivity, &["g 5"]),
                (Command::ShowTasks, &["g 6"]),
            ],
            Self::K9s => &[
                (Command::Open, &["enter", "d"]),
                (Command::Back, &["esc", "q", "backspace"]),
                (Command::Quit, &["ctrl-c"]),
                (Command::Launch, &["s"]),
                (Command::Sort, &["o"]),
                (Command::AddOwner, &["O"]),
                (Command::HalfPageDown, &[]),
                (Command::Unlink, &["ctrl-d"]),
                (Command::Palette, &[":", "ctrl-a", "ctrl-p"]),
            ],
        }
    }
}
