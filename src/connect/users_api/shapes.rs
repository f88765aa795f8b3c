//! What the Users API answers, as published; `tests/published/users` has an example of each.

use super::Person;
use crate::domain::people::PersonState;
use crate::domain::source::is_account_id;
use crate::domain::text::clean;
use jiff::Timestamp;
use serde::Deserialize;

/// [users-list]. Without `results` it is no page: nobody must be taken for gone because a field has another name.
#[derive(Debug, Deserialize)]
pub struct Page {
    pub results: Vec<User>,
    #[serde(default)]
    pub next_page_token: Option<String>,
}

/// [users-suspend].
#[derive(Debug, Deserialize)]
pub struct User {
    pub id: String,
    #[serde(default)]
    pub path: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub display_name: String,
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub create_time: Option<String>,
}

/// A person whose id cannot be one.
#[derive(Debug, PartialEq, Eq)]
pub struct NoId;

impl TryFrom<User> for Person {
    type Error = NoId;

    fn try_from(user: User) -> Result<Self, NoId> {
        if !is_account_id(&user.id) {
            return Err(NoId);
        }
        let state = if user.state.is_empty() { "STATE_UNSPECIFIED" } else { &user.state };
        Ok(Self {
            email: clean(&user.email).trim().to_owned(),
            display_name: clean(&user.display_name).trim().to_owned(),
            state: PersonState::from(state),
            // A time of another form is not known.
            create_time: user.create_time.and_then(|time| time.parse::<Timestamp>().ok()),
            id: user.id,
        })
    }
}
