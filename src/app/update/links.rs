//! Screen 2: links, and the dialog that takes a confirmation link.

use crate::app::command::Command;
use crate::app::effect::{Effect, Ticket};
use crate::app::key::Key;
use crate::app::links::Wait;
use crate::app::model::Model;
use crate::domain::request::Answer;
use crate::domain::trouble::Trouble;

pub(super) fn run(_model: &mut Model, _command: Command, _out: &mut Vec<Effect>) {}

pub(super) fn dialog(_model: &mut Model, _key: Key, _out: &mut Vec<Effect>) {}

pub(super) fn paste(_model: &mut Model, _text: &str) {}

pub(super) fn when_due(_model: &mut Model, _out: &mut Vec<Effect>) {}

pub(super) fn step(_model: &mut Model, _command: Command) {}

pub(super) fn refresh(_model: &mut Model) {}

pub(super) fn answered(
    _model: &mut Model,
    _ticket: Ticket,
    _wait: Wait,
    _result: Result<Answer, Trouble>,
    _out: &mut Vec<Effect>,
) {
}
