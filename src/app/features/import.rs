//! Companies out of a file or a paste: which columns hold what, what each row would change, and carrying it out. Nothing
//! is changed before the preview was accepted.

mod flow;
mod state;

pub use state::*;

use crate::app::command::{Command, DisabledReason};
use crate::app::core::selection::Movement;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Effect;
use crate::app::features::accounts::{self, Account};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::domain::export;
use crate::domain::id::ProfileId;
use crate::domain::import::columns::Field;
use crate::domain::import::file::ReadTable;

pub(in crate::app) use flow::on_reply;

/// Rows of a page that the cursor jumps over.
const PAGE: usize = 10;

pub(in crate::app) fn enabled(model: &Model) -> Result<(), DisabledReason> {
    accounts::only_real(model.accounts.iter())
}

/// Where companies are imported: the account of the selected company, or else the first that takes any.
fn account(model: &Model) -> Option<ProfileId> {
    let takes = |profile: &ProfileId| model.accounts.get(profile).is_some_and(Account::real);
    let selected = model.selected().map(|(key, _)| key.profile).filter(|profile| takes(profile));
    selected.or_else(|| model.accounts.profiles().into_iter().find(|profile| takes(profile)))
}

/// Asks for the file.
pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    if let Some(account) = account(ctx.model) {
        ctx.model.overlays.open(ImportDialog::new(account));
    }
}

/// What is pasted into the list is a table if it has more than one line.
pub(in crate::app) fn paste(ctx: &mut Ctx<'_>, text: &str) {
    let several = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).nth(1).is_some();
    if !several {
        return;
    }
    if let Err(why) = Command::Import.ready(ctx.model) {
        return ctx.model.notify(crate::app::toast::Notification::NotNow(Command::Import, why));
    }
    let Some(account) = account(ctx.model) else { return };
    let mut dialog = ImportDialog::new(account);
    dialog.pasted = true;
    match ReadTable::of(text.as_bytes()) {
        Ok(read) => flow::columns(&mut dialog, read, ctx),
        Err(why) => dialog.unreadable = Some(Unread::NoTable(why)),
    }
    ctx.model.overlays.open(dialog);
}

impl Dialog for ImportDialog {
    fn choosing_key(&self) -> Option<Key> {
        None
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match self.stage {
            Stage::File => self.file_key(key, ctx),
            Stage::Reading | Stage::Checking => self.waiting_key(key, ctx),
            Stage::Columns => self.columns_key(key, ctx),
            Stage::Preview => self.preview_key(key, ctx),
            Stage::Running => {
                if key.code == Code::Esc {
                    self.stopping = true;
                }
                Outcome::Keep
            }
            Stage::Stopped | Stage::Done => self.end_key(key, ctx),
        }
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if self.stage == Stage::File {
            self.line.paste(text);
        }
    }

    fn takes_text(&self) -> bool {
        self.stage == Stage::File
    }

    fn is_sending(&self) -> bool {
        self.stage == Stage::Running
    }

    fn is_busy(&self) -> bool {
        matches!(self.stage, Stage::Reading | Stage::Checking | Stage::Running)
    }

    fn is_running(&self) -> bool {
        self.stage == Stage::Running
    }
}

impl ImportDialog {
    fn file_key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            Code::Esc => return Outcome::Close,
            Code::Enter if self.pasted => return Outcome::Close,
            Code::Enter if self.line.text().trim().is_empty() => {}
            Code::Enter => {
                let options = &ctx.model.options;
                let path = export::place(self.line.text(), &options.folder, options.home.as_deref());
                self.file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                (self.stage, self.unreadable) = (Stage::Reading, None);
                let ticket = ctx.model.tickets.issue(PendingRequest::Import(ImportRequest::Read));
                self.ticket = Some(ticket);
                ctx.effects.push(Effect::ReadTable { ticket, path });
            }
            _ if self.line.key(key) => self.unreadable = None,
            _ => {}
        }
        Outcome::Keep
    }

    fn waiting_key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if key.code != Code::Esc {
            return Outcome::Keep;
        }
        ctx.effects.extend(self.ticket.take().map(|ticket| Effect::Cancel { ticket }));
        Outcome::Close
    }

    fn columns_key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let Some(proposal) = &mut self.proposal else { return Outcome::Close };
        let len = proposal.columns.len();
        if let Some(movement) = Movement::of(key, true) {
            self.cursor = movement.apply(self.cursor, len, PAGE);
            return Outcome::Keep;
        }
        match key.code {
            Code::Esc | Code::Char('q') => return Outcome::Close,
            Code::Char(' ' | 'l') | Code::Right => proposal.turn(self.cursor, true),
            Code::Char('h') | Code::Left => proposal.turn(self.cursor, false),
            Code::Delete | Code::Backspace | Code::Char('-') => proposal.set(self.cursor, None),
            Code::Enter => flow::check(self, ctx),
            _ => {}
        }
        Outcome::Keep
    }

    fn preview_key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let len = self.visible().len();
        if let Some(movement) = Movement::of(key, true) {
            self.cursor = movement.apply(self.cursor, len, PAGE);
            return Outcome::Keep;
        }
        match key.code {
            Code::Esc | Code::Char('q') => return Outcome::Close,
            Code::Tab | Code::Char(']') => self.filter_by(true),
            Code::BackTab | Code::Char('[') => self.filter_by(false),
            Code::Char(' ' | 'l') | Code::Right => self.choose(true),
            Code::Char('h') | Code::Left => self.choose(false),
            Code::Char('m') => (self.stage, self.cursor) = (Stage::Columns, 0),
            Code::Enter => flow::carry_out(self, ctx),
            _ => {}
        }
        Outcome::Keep
    }

    fn end_key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            Code::Esc | Code::Char('q') => return Outcome::Close,
            Code::Enter if self.stage == Stage::Done => return Outcome::Close,
            Code::Char('r') if self.stage == Stage::Stopped => flow::go_on(self, ctx),
            _ => {}
        }
        Outcome::Keep
    }

    /// No column is a key of companies yet.
    pub fn lacks_key(&self) -> bool {
        self.proposal.as_ref().is_none_or(|proposal| !proposal.mapping().has_key())
    }
}

/// A dialog that asks for a file in this account.
impl ImportDialog {
    fn new(account: ProfileId) -> Self {
        Self {
            account,
            stage: Stage::File,
            pasted: false,
            line: TextInput::default(),
            file: String::new(),
            unreadable: None,
            table: None,
            proposal: None,
            rows: Vec::new(),
            items: Vec::new(),
            counts: crate::domain::import::run::Counts::default(),
            filter: None,
            cursor: 0,
            queue: Vec::new(),
            planned: Vec::new(),
            sent: 0,
            stopping: false,
            intent: None,
            remember: false,
            run: None,
            result: None,
            error: None,
            ticket: None,
        }
    }
}

/// The fields that a column can be given by hand, in their order.
pub const CHOICES: [Field; 9] = Field::OF_COMPANY;
