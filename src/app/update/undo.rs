//! Taking the last change back.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::model::Model;

pub(super) fn run(_model: &mut Model, _command: Command, _out: &mut Vec<Effect>) {}
