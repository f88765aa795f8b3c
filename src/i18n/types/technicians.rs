//! The MSP's own technicians.

use crate::app::features::technicians::Act;
use crate::domain::technician::{Role, TechnicianState};
use std::borrow::Cow;

pub struct Technicians {
    pub title: fn(&str) -> String,
    pub loading: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub role_of: &'static str,
    pub state_of: &'static str,
    pub sign_in: &'static str,
    pub never: &'static str,
    pub role: fn(&Role) -> Cow<'_, str>,
    pub state: fn(&TechnicianState) -> Cow<'_, str>,
    /// A code is open until then.
    pub open_code: fn(&str) -> String,
    pub keys: &'static str,
    pub add_title: &'static str,
    pub add_hint: &'static str,
    pub add_keys: &'static str,
    pub asking: &'static str,
    pub change_role: &'static str,
    pub role_title: fn(&str) -> String,
    pub menu_keys: fn(usize) -> String,
    pub confirm_title: fn(Act, &str) -> String,
    pub confirm: fn(Act) -> &'static str,
    pub cancel: &'static str,
    pub go: fn(Act) -> &'static str,
    pub confirm_keys: &'static str,
    pub code_title: fn(&str) -> String,
    pub code_hint: &'static str,
    /// Until when it is good.
    pub code_until: fn(&str) -> String,
    pub no_code: &'static str,
    pub code_keys: fn(&str) -> String,
    pub saving: &'static str,
}
