//! One event, read out of whatever an item holds. Network addresses and places are not read: nothing here needs them.

use super::Stream;
use crate::domain::text::clean;
use jiff::Timestamp;
use serde_json::Value;

/// Letters of a name; longer ones are cut.
const LONGEST: usize = 200;

/// What every event has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Unique within the account.
    pub uuid: String,
    pub time: Timestamp,
    /// In which it happened.
    pub account: Option<String>,
}

/// A person or a thing of an event; what is not told is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    pub uuid: String,
    pub name: String,
    pub email: String,
    /// The account that a person belongs to.
    pub account: Option<String>,
    /// Belongs to another account than the one in which it happened: the MSP's.
    pub external: bool,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    pub stamp: Stamp,
    pub actor: Party,
    /// 1Password's word, such as `beginr`.
    pub action: String,
    /// To what kind of thing, such as `user`.
    pub object_type: String,
    pub object: Party,
    /// What else takes part: of a membership, the person.
    pub aux: Party,
}

/// Somebody signed in, or tried to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    pub stamp: Stamp,
    pub user: Party,
    /// 1Password's word: `success`, `credentials_failed` …
    pub category: String,
    /// The same more closely: `credentials_ok`, `federated` …
    pub kind: String,
    /// The program that was used.
    pub client: Option<String>,
}

/// An event of a stream.
pub trait Recorded: Sized {
    const STREAM: Stream;

    /// `None`: it has no id or no time.
    fn read(item: &Value) -> Option<Self>;
    fn stamp(&self) -> &Stamp;
    /// Is about items, and not kept.
    fn is_private(&self) -> bool;
}

impl Recorded for AuditEvent {
    const STREAM: Stream = Stream::AuditEvents;

    fn read(item: &Value) -> Option<Self> {
        let stamp = stamp(item)?;
        let word = |place| text(item, place).to_lowercase();
        let told = text(item, "/actor_account_uuid");
        let mut actor = party(item, "/actor_details", &text(item, "/actor_uuid"));
        actor.account = Some(told).filter(|account| !account.is_empty()).or(actor.account);
        actor.external = is_elsewhere(&actor, &stamp).unwrap_or_else(|| word("/actor_type") == "external_user");
        Some(Self {
            actor,
            action: word("/action"),
            object_type: word("/object_type"),
            object: party(item, "/object_details", &text(item, "/object_uuid")),
            aux: party(item, "/aux_details", &text(item, "/aux_uuid")),
            stamp,
        })
    }

    fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    fn is_private(&self) -> bool {
        self.object_type.starts_with("item")
    }
}

impl Recorded for SignIn {
    const STREAM: Stream = Stream::SignIns;

    fn read(item: &Value) -> Option<Self> {
        let stamp = stamp(item)?;
        let mut user = party(item, "/target_user", "");
        user.external = is_elsewhere(&user, &stamp) == Some(true);
        let program = [text(item, "/client/app_name"), text(item, "/client/app_version")].join(" ");
        let program = program.trim();
        Some(Self {
            user,
            category: text(item, "/category").to_lowercase(),
            kind: text(item, "/type").to_lowercase(),
            client: (!program.is_empty()).then(|| program.to_owned()),
            stamp,
        })
    }

    fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    fn is_private(&self) -> bool {
        false
    }
}

/// Whether somebody belongs to another account, where both are told.
fn is_elsewhere(party: &Party, stamp: &Stamp) -> Option<bool> {
    let (of, here) = (party.account.as_ref()?, stamp.account.as_ref()?);
    Some(!of.eq_ignore_ascii_case(here))
}

fn stamp(item: &Value) -> Option<Stamp> {
    let (uuid, account) = (text(item, "/uuid"), text(item, "/account_uuid"));
    let time = item.get("timestamp")?.as_str()?.parse().ok()?;
    let account = Some(account).filter(|account| !account.is_empty());
    (!uuid.is_empty()).then_some(Stamp { uuid, time, account })
}

/// `uuid`: as it is told beside the details, which may be absent.
fn party(item: &Value, place: &str, uuid: &str) -> Party {
    let Some(details) = item.pointer(place) else { return Party { uuid: uuid.to_owned(), ..Party::default() } };
    let within = text(details, "/uuid");
    Party {
        uuid: if uuid.is_empty() { within } else { uuid.to_owned() },
        name: text(details, "/name"),
        email: text(details, "/email"),
        account: Some(text(details, "/user_account_uuid")).filter(|account| !account.is_empty()),
        external: false,
    }
}

/// Empty where it is absent or no text.
fn text(item: &Value, place: &str) -> String {
    let text = item.pointer(place).and_then(Value::as_str).unwrap_or_default();
    clean(text).trim().chars().take(LONGEST).collect()
}
