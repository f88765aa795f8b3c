//! What needs attention: the view, and setting it aside.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::model::Model;

pub(super) fn run(_model: &mut Model, _command: Command, _out: &mut Vec<Effect>) {}

pub(super) fn menu(_model: &mut Model, _key: Key, _out: &mut Vec<Effect>) {}
