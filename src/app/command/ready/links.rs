//! Links: whether a command can run now.

use super::Why;
use crate::app::command::Command;
use crate::app::model::Model;

pub(super) fn ready(_command: Command, _model: &Model) -> Result<(), Why> {
    Ok(())
}
