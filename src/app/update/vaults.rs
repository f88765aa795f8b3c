//! Vaults of a company.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::model::Model;

pub(super) fn run(_model: &mut Model, _command: Command, _out: &mut Vec<Effect>) {}

pub(super) fn when_due(_model: &mut Model, _out: &mut Vec<Effect>) {}

pub(super) fn step(_model: &mut Model, _command: Command) {}
