//! Headings of the command line's tables, where they are more than the column's name.

use crate::i18n::types::columns::Columns;

pub(super) const TEXTS: Columns = Columns { heading, yes: "yes", no: "no", no_owner: "none", owner_invited: "invited" };

fn heading(key: &str) -> Option<&'static str> {
    Some(match key {
        "owner" => "Owner names",
        "tag" => "Tags",
        "recoveries" => "Open recoveries",
        "launched" => "Last launch",
        "changed" => "Last change",
        _ => return None,
    })
}
