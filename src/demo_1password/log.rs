//! What an account records: who did what, and who signed in. Written as the Events API answers it.

use super::world::Person;
use jiff::Timestamp;
use serde_json::{Value, json};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// In the order in which they were recorded.
    pub audit_events: Vec<Value>,
    pub sign_ins: Vec<Value>,
}

/// Who does something in an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Actor {
    pub id: String,
    pub name: String,
    pub email: String,
    /// The account that they belong to, where it is another: the MSP's.
    pub external: Option<String>,
}

impl Actor {
    pub fn member(person: &Person) -> Self {
        Self { id: person.id.clone(), name: person.name.clone(), email: person.email.clone(), external: None }
    }

    pub fn technician(person: &Person, msp: &str) -> Self {
        Self { external: Some(msp.to_owned()), ..Self::member(person) }
    }

    /// Nothing is published on how an OAuth application is called: it has no details.
    pub fn application() -> Self {
        Self { id: "OAUTHAPPLICATIONAAAAAAAAAA".to_owned(), ..Self::default() }
    }

    fn account<'a>(&'a self, here: &'a str) -> &'a str {
        self.external.as_deref().unwrap_or(here)
    }

    fn details(&self, here: &str) -> Value {
        json!({ "uuid": self.id, "name": self.name, "email": self.email, "user_account_uuid": self.account(here) })
    }
}

impl Log {
    /// Records that somebody did something to a person.
    pub fn audit(&mut self, time: Timestamp, by: &Actor, action: &str, object: (&str, &Person), account: &str) {
        let (object_type, person) = object;
        let mut event = json!({
            "uuid": id("EVENT", self.audit_events.len()),
            "timestamp": time.to_string(),
            "account_uuid": account,
            "actor_uuid": by.id,
            "actor_account_uuid": by.account(account),
            "actor_type": if by.external.is_some() { "external_user" } else { "user" },
            "action": action,
            "object_type": object_type,
            "object_uuid": person.id,
            "object_details": { "uuid": person.id, "name": person.name, "email": person.email },
            "aux_id": 0,
            "aux_uuid": "",
            "aux_details": null,
            "aux_info": "",
        });
        if !by.name.is_empty() {
            event["actor_details"] = by.details(account);
        }
        self.audit_events.push(event);
    }

    /// Records that somebody signed in or tried to: `success` and `credentials_ok`, say.
    pub fn sign_in(&mut self, time: Timestamp, by: &Actor, (category, kind): (&str, &str), account: &str) {
        self.sign_ins.push(json!({
            "uuid": id("SIGNIN", self.sign_ins.len()),
            "session_uuid": id("SESSION", self.sign_ins.len()),
            "timestamp": time.to_string(),
            "account_uuid": account,
            "category": category,
            "type": kind,
            "country": "CA",
            "details": null,
            "target_user": by.details(account),
            "client": { "app_name": "1Password for Web", "app_version": "1827", "platform_name": "Firefox",
                        "platform_version": "145", "os_name": "Linux", "os_version": "", "ip_address": "203.0.113.9" },
            "location": { "country": "CA", "region": "Ontario", "city": "Toronto", "latitude": 43.6, "longitude": -79.4 },
        }));
    }
}

/// 26 letters that tell the number.
fn id(kind: &str, number: usize) -> String {
    let letters = ('A'..='Z').collect::<Vec<_>>();
    let letter = |place: u32| letters.get(number / 26_usize.pow(place) % 26).copied().unwrap_or('A');
    format!("{kind:A<22}{}{}{}{}", letter(3), letter(2), letter(1), letter(0))
}
