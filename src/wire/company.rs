//! The company object, and what is sent to change one.

use super::{Actor, Lacking, lenient, or_unspecified, owned, some_lines, some_text};
use crate::domain::company::{self, Attention, CompanyState, Origin};
use crate::domain::facts::{self, Coverage, Facet, FactSource, Figure};
use crate::domain::id::{CompanyId, Etag};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A company, as the contract writes it. Of one in a REAL workspace much may be absent: it is not known then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Company {
    /// 26 characters `[A-Z2-7]`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// `/v1beta1/accounts/{account}/companies/{id}`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub etag: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub region: String,
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub sign_in_host: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    pub state: Option<CompanyState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<Seats>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owners: Option<Owners>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setup: Option<Setup>,
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub open_recoveries: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advanced_permissions: Option<AdvancedPermissions>,
    #[serde(default, deserialize_with = "lenient::items")]
    pub attention: Vec<Attention>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::items")]
    pub tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub create_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub link_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub launch_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub unlink_time: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlinked_by: Option<Actor>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub trial_end_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub source_expire_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub snooze_until_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub update_time: Option<Timestamp>,
    /// In a REAL workspace: the latest of each source.
    #[serde(default, deserialize_with = "lenient::items", skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
}

/// What somebody observed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub facet: Facet,
    pub source: FactSource,
    /// When it was so.
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    pub coverage: Coverage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observer: Option<Actor>,
    /// What it says, where that is not what the company shows.
    #[serde(default, deserialize_with = "lenient::readable", skip_serializing_if = "Option::is_none")]
    pub value: Option<Figure>,
}

/// Without its time a fact is none.
impl From<Fact> for Option<facts::Fact> {
    fn from(wire: Fact) -> Self {
        let observer = wire.observer.map(|actor| owned(actor.display_name));
        let value = wire.value.map(|value| match value {
            Figure::Count(_) => value,
            Figure::Word(word) => Figure::Word(owned(word)),
        });
        let Fact { facet, source, coverage, .. } = wire;
        Some(facts::Fact { facet, source, as_of: wire.as_of?, coverage, observer, value })
    }
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    /// ISO 3166-1 alpha-2.
    #[serde(default, deserialize_with = "lenient::text")]
    pub country_code: String,
    #[serde(default, deserialize_with = "lenient::items")]
    pub lines: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrative_area: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seats {
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub filled: Option<u32>,
    /// The most; absent is unlimited, or not known in a REAL workspace.
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub members: Option<u32>,
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub guests: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Owners {
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<u32>,
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub invited: Option<u32>,
    /// Names of both, at most ten.
    #[serde(default, deserialize_with = "lenient::items", skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// Progress of the set-up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Setup {
    #[serde(default, deserialize_with = "lenient::count")]
    pub done: u32,
    #[serde(default, deserialize_with = "lenient::count")]
    pub applicable: u32,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub stalled_since: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AdvancedPermissions {
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub allowed_by_company: bool,
    /// By the MSP, to the caller.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub granted_to_me: bool,
}

/// What `PATCH companies/{id}` takes; absent fields stay as they are, null takes a value away.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CompanyPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A new website; empty takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// A new note; empty takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// A new external id; empty takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The most seats that may be filled; 0 takes the limit away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat_limit: Option<u32>,
    /// Until when attention is set aside; an empty text ends that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snooze_until_time: Option<String>,
}

/// What `POST companies/{id}/observations` takes; what is absent was not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Observation {
    /// When it was so; now when absent.
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled_seats: Option<u32>,
    /// 0 is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat_limit: Option<u32>,
    /// The confirmed owners by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owners: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_recoveries: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<CompanyState>,
}

/// What `POST companies` takes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NewCompany {
    /// 1–100 characters.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Not needed in a REAL workspace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::items")]
    pub tags: Vec<String>,
}

/// What `companies/{id}:launch` takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LaunchRequest {
    /// Where to land; home when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Of the target `VAULTS`: which one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vault_id: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchAnswer {
    /// The one-time address. Not `Debug`: it must never reach a log.
    #[serde(default, deserialize_with = "lenient::text")]
    pub launch_uri: String,
    #[serde(default, deserialize_with = "lenient::time")]
    pub expire_time: Option<Timestamp>,
}

impl TryFrom<Company> for company::Company {
    type Error = Lacking;

    fn try_from(wire: Company) -> Result<Self, Lacking> {
        if wire.id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        let (seats, owners) = (wire.seats.unwrap_or_default(), wire.owners.unwrap_or_default());
        let setup = wire.setup.unwrap_or_default();
        let advanced = |advanced: AdvancedPermissions| company::AdvancedPermissions {
            allowed_by_company: advanced.allowed_by_company,
            granted_to_me: advanced.granted_to_me,
        };
        Ok(Self {
            id: CompanyId::new(&wire.id),
            etag: Etag::new(&wire.etag),
            name: owned(wire.name),
            website: some_text(wire.website),
            address: wire.address.map(Into::into).unwrap_or_default(),
            region: owned(wire.region),
            sign_in_host: owned(wire.sign_in_host),
            origin: wire.origin.unwrap_or_else(|| Origin::Other(String::new())),
            state: or_unspecified(wire.state),
            seats: company::Seats {
                filled: seats.filled,
                limit: seats.limit,
                members: seats.members,
                guests: seats.guests,
            },
            owners: company::Owners {
                confirmed: owners.confirmed,
                invited: owners.invited,
                names: owners.names.into_iter().map(owned).filter(|name| !name.trim().is_empty()).collect(),
            },
            setup: company::SetupProgress {
                done: setup.done,
                applicable: setup.applicable,
                stalled_since: setup.stalled_since,
            },
            open_recoveries: wire.open_recoveries,
            advanced_permissions: wire.advanced_permissions.map(advanced),
            attention: wire.attention,
            external_id: some_text(wire.external_id),
            tags: wire.tags.into_iter().map(owned).filter(|tag| !tag.trim().is_empty()).collect(),
            note: some_lines(wire.note),
            create_time: wire.create_time,
            link_time: wire.link_time,
            launch_time: wire.launch_time,
            unlink_time: wire.unlink_time,
            unlinked_by: wire.unlinked_by.map(Into::into),
            trial_end_time: wire.trial_end_time,
            source_expire_time: wire.source_expire_time,
            snooze_until: wire.snooze_until_time,
            update_time: wire.update_time,
            facts: wire.facts.into_iter().filter_map(Into::into).collect(),
        })
    }
}

impl From<&company::Address> for Address {
    fn from(address: &company::Address) -> Self {
        Self {
            country_code: address.country_code.clone(),
            lines: address.lines.clone(),
            locality: address.locality.clone(),
            administrative_area: address.administrative_area.clone(),
            postal_code: address.postal_code.clone(),
        }
    }
}

impl From<&company::NewCompany> for NewCompany {
    fn from(new: &company::NewCompany) -> Self {
        Self {
            name: new.name.clone(),
            website: new.website.clone(),
            address: (new.address != company::Address::default()).then(|| (&new.address).into()),
            external_id: new.external_id.clone(),
            tags: new.tags.clone(),
        }
    }
}

impl From<&facts::Declared> for Observation {
    fn from(declared: &facts::Declared) -> Self {
        Self {
            as_of: declared.as_of,
            filled_seats: declared.filled_seats,
            seat_limit: declared.seat_limit,
            owners: declared.owners.clone(),
            open_recoveries: declared.open_recoveries,
            state: declared.state.clone(),
        }
    }
}

impl From<Address> for company::Address {
    fn from(wire: Address) -> Self {
        Self {
            country_code: owned(wire.country_code),
            lines: wire.lines.into_iter().map(owned).collect(),
            locality: some_text(wire.locality),
            administrative_area: some_text(wire.administrative_area),
            postal_code: some_text(wire.postal_code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_numbers_and_times_are_bent_into_range() {
        let body = r#"{"id":"A","seats":{"filled":-3,"limit":99999999999,"members":1.5},"create_time":"0000-99-99T","link_time":null}"#;
        let company: company::Company = serde_json::from_str::<Company>(body).unwrap().try_into().unwrap();
        assert_eq!(
            (company.seats.filled, company.seats.limit, company.seats.members),
            (Some(0), Some(u32::MAX), Some(1))
        );
        assert_eq!((company.create_time, company.link_time), (None, None));
    }

    #[test]
    fn outside_text_is_cleaned_at_this_door() {
        let body = r#"{"id":"A","name":"Evil\u001b[2J\u202e Ltd","tags":["\u200b","ok"],"note":"a\nb\u0007"}"#;
        let company: company::Company = serde_json::from_str::<Company>(body).unwrap().try_into().unwrap();
        assert_eq!(company.name, "Evil[2J Ltd");
        assert_eq!(company.tags, ["ok"]);
        assert_eq!(company.note.as_deref(), Some("a\nb"));
    }
}
