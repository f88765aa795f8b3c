//! The menu of what can be copied.

use crate::app::features::copy::What;

pub struct Copy {
    pub title: fn(&str) -> String,
    pub keys: &'static str,
    pub what: fn(What) -> &'static str,
}
