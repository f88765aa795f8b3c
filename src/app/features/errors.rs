//! What was said: the failures of now, and every notice of this run.

use crate::app::command::DisabledReason;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::toast::Notification;
use crate::domain::error::Error;
use crate::domain::id::ProfileId;
use jiff::Timestamp;

pub(in crate::app) fn any(model: &Model) -> Result<(), DisabledReason> {
    let told = model.last_trouble().is_some() || !model.log.is_empty();
    if told { Ok(()) } else { Err(DisabledReason::NothingFailed) }
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let failures = failures(ctx.model, ctx.model.selected().map(|(key, _)| key.profile).as_ref());
    if !failures.all.is_empty() {
        ctx.model.toasts.clear();
        ctx.model.overlays.open(failures);
    }
}

/// What fails now in each account, then what was told, newest first. The cursor is on what is about the chosen account.
pub(in crate::app) fn failures(model: &Model, chosen: Option<&ProfileId>) -> Failures {
    let several = model.accounts.several();
    let failed = model.accounts.iter().filter_map(|account| Some((account, account.sync.error()?)));
    let (of, mut all): (Vec<&ProfileId>, Vec<Message>) = failed
        .map(|(account, error)| {
            let account_label = several.then(|| account.label.clone());
            (
                &account.profile,
                Message { at: None, says: MessageBody::Error { account: account_label, error: error.clone() } },
            )
        })
        .unzip();
    // What failed in a dialog was told there, and not by a notice.
    let noticed = |error: &Error| {
        let same = |says: &Notification| matches!(says, Notification::Failed { error: told, .. } if **told == *error);
        model.log.iter().any(|past| same(&past.says))
    };
    let last = model.failure.as_deref().filter(|error| !noticed(error)).cloned();
    all.extend(last.map(|error| Message { at: None, says: MessageBody::Error { account: None, error } }));
    let past = model.log.iter().rev();
    all.extend(past.map(|past| Message { at: Some(past.at), says: MessageBody::Notice(past.says.clone()) }));
    let at = of.iter().position(|profile| Some(*profile) == chosen).unwrap_or(0);
    Failures { all, at }
}

/// What failed and what was told, and the one that is shown in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Failures {
    pub all: Vec<Message>,
    pub at: usize,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// When; absent where it is so now.
    pub at: Option<Timestamp>,
    pub says: MessageBody,
}

#[derive(Debug, Clone, PartialEq)]
pub enum MessageBody {
    Error {
        /// The account that it is about, where there are several.
        account: Option<String>,
        error: Error,
    },
    Notice(Notification),
}

impl MessageBody {
    /// The failure that can be told in full, and what it is about.
    pub fn error(&self) -> Option<(Option<&str>, &Error)> {
        match self {
            Self::Error { account, error } => Some((account.as_deref(), error)),
            Self::Notice(Notification::Failed { company, error }) => Some((company.as_deref(), error)),
            Self::Notice(_) => None,
        }
    }
}

impl Dialog for Failures {
    fn key(&mut self, key: Key, _: &mut Ctx<'_>) -> Outcome {
        let len = self.all.len();
        if let Some(movement) = Movement::of(key, true) {
            self.at = movement.apply(self.at, len, len);
        } else if matches!(key.code, Code::Esc | Code::Enter | Code::Char('q' | '!')) {
            return Outcome::Close;
        }
        Outcome::Keep
    }
}
