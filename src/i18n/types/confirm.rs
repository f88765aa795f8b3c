//! The question before something is done to a person or a vault.

use crate::app::features::people::{Act, Warning};

pub struct Confirm {
    pub question: fn(&Act, &str) -> String,
    pub means: fn(&Act) -> &'static str,
    pub go: fn(&Act) -> &'static str,
    pub warning: fn(Warning, &Act) -> &'static str,
    pub changed: &'static str,
    pub look_again: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub sending: &'static str,
    pub keys: &'static str,
    pub keys_choice: &'static str,
    pub keys_hindered: &'static str,
    pub keys_sending: &'static str,
}
