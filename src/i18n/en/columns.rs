//! Headings of the command line's tables.

use crate::i18n::types::columns::Columns;

pub(super) const TEXTS: Columns = Columns { heading: |_| None, yes: "yes", no: "no" };
