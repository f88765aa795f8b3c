//! Dialogs and menus, stacked: the top one has the keys, Esc closes exactly one.

use crate::app::command::Command;
use crate::app::core::remote::{Phase, Remote};
use crate::app::core::text_input::TextInput;
use crate::app::features::accounts::AccountMenu;
use crate::app::features::activity::ActivityMenu;
use crate::app::features::bulk::{Bulk, Stage};
use crate::app::features::export::ExportDialog;
use crate::app::features::form::{Added, CompanyForm};
use crate::app::features::links::LinkDialog;
use crate::app::features::people::Confirm;
use crate::app::features::tags::TagsDialog;
use crate::app::features::usage::UsageMenu;
use crate::app::msg::Copied;
use crate::domain::company::{Attention, CompanyState};
use crate::domain::error::Error;
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::intent::{Intent, Sent};
use crate::domain::launch::LaunchAddress;
use crate::domain::setup::{StepKind, StepState};
use crate::domain::unlink::{CheckCode, Preflight};

/// From this width on the help has a command and its sentence on one row, below on two, in columns.
pub const HELP_WIDE: u16 = 100;

/// One layer.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// All commands, to read.
    Help {
        /// First row shown.
        scroll: usize,
    },
    /// All commands, to choose from.
    Palette(Palette),
    /// The order of the list.
    Sort(Pick),
    /// What the list shows.
    Filter(Pick),
    /// The MSP accounts, to choose from.
    Accounts(AccountMenu),
    /// An address to open elsewhere, where no browser can be opened here.
    Launch(Box<LaunchDialog>),
    /// The pre-flight of an unlink.
    Unlink(Box<UnlinkDialog>),
    /// The note of a step.
    Note(Box<NoteDialog>),
    /// *Add a new company* or *Link an existing account*.
    NewCompany {
        /// The row under the cursor.
        cursor: usize,
    },
    Form(Box<CompanyForm>),
    /// A company was added: launch it now?
    Added(Box<Added>),
    /// A confirmation link.
    Link(Box<LinkDialog>),
    /// A question before something is done to a person or a vault.
    Confirm(Box<Confirm>),
    Usage(UsageMenu),
    /// What narrows the activity.
    Activity(Box<ActivityMenu>),
    /// Something done to many.
    Bulk(Box<Bulk>),
    /// Where a file of companies is to be.
    Export(Box<ExportDialog>),
    Tags(Box<TagsDialog>),
    /// For how long attention is set aside.
    Snooze {
        /// Of which companies, with their names.
        companies: Vec<(CompanyKey, String)>,
        /// The row under the cursor.
        cursor: usize,
    },
    /// The state of a setup step.
    Step(Box<StepMenu>),
    /// Failures in full, one at a time.
    Error(Box<Failures>),
    /// Something is still being saved; leave anyway?
    Leave {
        /// *Leave* has the focus, not *Stay*.
        leave: bool,
    },
}

impl Overlay {
    /// Letters are text in it, as it stands now.
    #[must_use]
    pub fn types_text(&self) -> bool {
        match self {
            Self::Palette(_) | Self::Note(_) | Self::Form(_) | Self::Tags(_) => true,
            Self::Link(dialog) => dialog.types_text(),
            Self::Export(dialog) => !dialog.writing,
            Self::Unlink(dialog) => dialog.focus == UnlinkFocus::Name,
            Self::Activity(menu) => menu.typing(),
            Self::Bulk(bulk) => bulk.counting(),
            _ => false,
        }
    }

    /// It does something to many, one after the other, and has to stay to tell what became of each.
    #[must_use]
    pub fn running(&self) -> bool {
        matches!(self, Self::Bulk(bulk) if bulk.stage == Stage::Running)
    }

    /// It holds the keys until an answer comes: Esc does nothing in it.
    #[must_use]
    pub fn held(&self) -> bool {
        match self {
            Self::Note(dialog) => dialog.sending,
            Self::Form(form) => form.busy(),
            Self::Tags(dialog) => dialog.sending,
            Self::Link(dialog) => dialog.held(),
            Self::Bulk(bulk) => self.running() && bulk.stopping,
            _ => false,
        }
    }
}

/// A menu whose choices take effect at once: Space chooses and stays, Enter accepts and closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pick {
    /// The row under the cursor.
    pub cursor: usize,
    /// Something was chosen since it opened: Enter has nothing left to choose.
    pub changed: bool,
}

impl Pick {
    /// Opens on this row.
    #[must_use]
    pub fn at(cursor: usize) -> Self {
        Self { cursor, changed: false }
    }

    /// Space: the row under the cursor is chosen, and the menu stays.
    pub fn choose(&mut self) -> usize {
        self.changed = true;
        self.cursor
    }

    /// Enter: the row that is still to be chosen as the menu closes, if nothing was decided in it before.
    #[must_use]
    pub fn accept(self) -> Option<usize> {
        (!self.changed).then_some(self.cursor)
    }
}

/// The states of a setup step, to choose one: one choice, one write.
#[derive(Debug, Clone, PartialEq)]
pub struct StepMenu {
    pub key: CompanyKey,
    /// Its name.
    pub company: String,
    pub step: StepKind,
    /// The row under the cursor.
    pub cursor: usize,
    /// What was chosen would open a step again that is done: asks first.
    pub reopen: Option<Reopen>,
}

/// Asks before a step that is done is opened again.
#[derive(Debug, Clone, PartialEq)]
pub struct Reopen {
    pub to: StepState,
    /// *Open again* has the focus, not *Keep*: Enter alone never does it.
    pub go: bool,
}

/// What failed, one at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Failures {
    /// With the account that it is about, where there are several.
    pub all: Vec<(Option<String>, Error)>,
    /// The one that is shown.
    pub at: usize,
}

/// Commands to choose from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette {
    /// What is typed.
    pub line: TextInput,
    /// The row under the cursor.
    pub cursor: usize,
    /// What fits, best first.
    pub found: Vec<Command>,
}

/// An address to open elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct LaunchDialog {
    pub key: CompanyKey,
    /// Its name when it was asked for.
    pub company: String,
    pub address: LaunchAddress,
    pub copied: Option<Copied>,
    /// Why the browser was not opened, where it was tried.
    pub error: Option<Box<Error>>,
}

/// The pre-flight of an unlink, and its confirmation.
#[derive(Debug, Clone, PartialEq)]
pub struct UnlinkDialog {
    pub key: CompanyKey,
    /// Its name when the dialog opened.
    pub company: String,
    /// What the server says.
    pub preflight: Remote<Preflight>,
    /// The name, as typed so far.
    pub line: TextInput,
    pub focus: UnlinkFocus,
    /// First row shown of what does not fit.
    pub scroll: usize,
    /// The company changed since it was shown; what is shown now is new.
    pub changed: bool,
    /// The unlink is under way.
    pub sending: bool,
    /// Why the last try failed.
    pub error: Option<Box<Error>>,
    /// What is to be done, over all tries.
    pub intent: Intent,
}

impl UnlinkDialog {
    /// The pre-flight, unless it is being checked again or the newest check failed.
    #[must_use]
    pub fn fresh(&self) -> Option<&Preflight> {
        self.preflight.value().filter(|_| self.preflight.phase == Phase::Idle)
    }

    /// It is blocked for want of a confirmed owner.
    #[must_use]
    pub fn lacks_owner(&self) -> bool {
        let lacking = |preflight: &Preflight| preflight.blocks().any(|check| check.code == CheckCode::NoConfirmedOwner);
        self.fresh().is_some_and(lacking)
    }

    /// The pre-flight is fresh, nothing blocks, and the typed name is the company's.
    #[must_use]
    pub fn confirmed(&self) -> bool {
        self.fresh().is_some_and(|preflight| {
            preflight.allowed() && crate::domain::unlink::names_company(self.line.text(), &preflight.company_name)
        })
    }
}

/// What has the focus in the unlink dialog. It starts on *Cancel*: Enter alone never confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlinkFocus {
    Cancel,
    /// The line for the name.
    Name,
    Unlink,
}

/// The note of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteDialog {
    pub key: CompanyKey,
    /// Its name.
    pub company: String,
    pub step: StepKind,
    /// What is typed.
    pub line: TextInput,
    pub before: String,
    /// It is being saved.
    pub sending: bool,
    /// Why the last try failed.
    pub error: Option<Box<Error>>,
    /// Esc was pressed on a changed text: asks before dropping it.
    pub asking: bool,
    /// The text that was sent last.
    pub sent: Option<Sent<String>>,
}

/// One row of the filter menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterRow {
    /// Companies of this state.
    State(CompanyState),
    /// Companies that need any attention.
    AnyAttention,
    /// Companies that need this attention.
    Attention(Attention),
    /// Companies of this account.
    Account(ProfileId),
    /// Companies with this tag.
    Tag(String),
}
