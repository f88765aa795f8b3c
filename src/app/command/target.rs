//! Which companies a command is about. One rule, asked by whatever runs, refuses or shows a command: where companies
//! are marked, what can be done to many is about the marked ones, and everything else says that it is about one.

use crate::app::command::Command;
use crate::app::model::Model;

/// How many companies a command can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// About no company: about a person, a link request, the list, the screen, the program.
    Other,
    /// About one company, marks or not.
    One,
    /// About one company, or in the list about the marked ones.
    Many,
    /// About the marked ones, wherever one is.
    Marks,
}

/// What a command would be about now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Other,
    One,
    /// So many marked companies, shown or not.
    Marked(usize),
}

impl Command {
    /// What it would be about now. Inside a company, and on another screen, it is what one looks at.
    pub fn target(self, model: &Model) -> Target {
        let on_list = model.list_in_front();
        match (self.row().scope, model.marks.len()) {
            (Scope::Many, marks @ 1..) if on_list => Target::Marked(marks),
            (Scope::Marks, marks @ 1..) => Target::Marked(marks),
            (Scope::One | Scope::Many, _) => Target::One,
            (Scope::Other | Scope::Marks, _) => Target::Other,
        }
    }

    /// Companies are marked, and it is not about them: that has to be said where it is offered.
    pub fn passes_marks_by(self, model: &Model) -> bool {
        !model.marks.is_empty() && self.target(model) == Target::One
    }
}
