//! The form for a new company and for a change of one.

use crate::app::command::Command;
use crate::app::effect::{Effect, Ticket};
use crate::app::form::Wait;
use crate::app::key::Key;
use crate::app::model::Model;
use crate::domain::request::Answer;
use crate::domain::trouble::Trouble;

pub(super) fn run(_model: &mut Model, _command: Command, _out: &mut Vec<Effect>) {}

pub(super) fn choice(_model: &mut Model, _key: Key, _out: &mut Vec<Effect>) {}

pub(super) fn dialog(_model: &mut Model, _key: Key, _out: &mut Vec<Effect>) {}

pub(super) fn paste(_model: &mut Model, _text: &str) {}

pub(super) fn answered(
    _model: &mut Model,
    _ticket: Ticket,
    _wait: Wait,
    _result: Result<Answer, Trouble>,
    _out: &mut Vec<Effect>,
) {
}
