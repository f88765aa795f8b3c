//! The technicians of an MSP account, as their owner sees them, and what is being done to one of them.

use crate::app::core::menu::Menu;
use crate::app::core::remote::Remote;
use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::domain::field::Problem;
use crate::domain::id::{ProfileId, UserId};
use crate::domain::technician::{Enrolment, NewTechnician, Role, Technician};

#[derive(Debug, Clone, PartialEq)]
pub struct TechniciansDialog {
    pub profile: ProfileId,
    /// The name of the MSP account.
    pub account: String,
    pub list: Remote<Vec<Technician>>,
    /// Whom the cursor is on; the first as long as nobody was chosen.
    pub selected: Option<UserId>,
    pub mode: Mode,
    pub submission: Submission<Sent>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Mode {
    List,
    Add(Box<AddForm>),
    /// What can be done to whoever is selected: another role, and each [`Act`].
    Actions(Menu),
    /// Roles for whoever is selected.
    Role(Menu),
    /// Asked before it is done to whoever is selected; `go`: the button that does it has the focus.
    Confirm {
        act: Act,
        go: bool,
    },
    /// The code, this once.
    Code(Box<Enrolment>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A code for a new credential; the one that they have works until it is used.
    Enrol,
    /// The same, and the credential ends now.
    Rotate,
    Revoke,
}

impl Act {
    pub const ALL: [Self; 3] = [Self::Enrol, Self::Rotate, Self::Revoke];
}

/// What was sent: a change of it is another intent.
#[derive(Debug, Clone, PartialEq)]
pub enum Sent {
    Add(NewTechnician),
    Role(UserId, Role),
    Act(UserId, Act),
}

#[derive(Debug, Clone, PartialEq)]
pub struct AddForm {
    pub name: TextInput,
    pub email: TextInput,
    /// Among those that can be given.
    pub role: usize,
    pub at: AddField,
    /// What is wrong with name and address, once saving was tried.
    pub problems: [Option<Problem>; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddField {
    Name,
    Email,
    Role,
}

impl AddField {
    pub const ALL: [Self; 3] = [Self::Name, Self::Email, Self::Role];
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TechniciansRequest {
    List(ProfileId),
    Write(ProfileId),
}

impl TechniciansDialog {
    /// The row under the cursor. Of somebody who is gone there is none: better none than the wrong one.
    pub fn row(&self) -> Option<usize> {
        let list = self.list.value()?;
        match &self.selected {
            Some(id) => list.iter().position(|technician| technician.id == *id),
            None => Some(0).filter(|_| !list.is_empty()),
        }
    }

    pub fn technician(&self) -> Option<&Technician> {
        self.list.value()?.get(self.row()?)
    }
}

impl Default for AddForm {
    fn default() -> Self {
        let role = Role::GIVEN.iter().position(|role| *role == Role::MspTechnician).unwrap_or(0);
        let (name, email) = (TextInput::default(), TextInput::default());
        Self { name, email, role, at: AddField::Name, problems: [None, None] }
    }
}
