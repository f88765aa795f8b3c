//! A company as the one-shot commands write it in JSON. Scripts rely on it: fields are only ever added. Every
//! field is always there, null where there is no value; words are those of the contract, times RFC 3339 in UTC.

use crate::domain::company::{Attention, Company, CompanyState, Origin};
use jiff::Timestamp;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct CompanyRecord<'a> {
    id: &'a str,
    name: &'a str,
    /// `ACTIVE`, `PENDING`, `SUSPENDED`, `UNLINKED`, or a word of a newer server.
    state: &'a CompanyState,
    region: &'a str,
    sign_in_host: &'a str,
    website: Option<&'a str>,
    address: AddressRecord<'a>,
    /// `CREATED` or `LINKED`.
    origin: &'a Origin,
    seats: SeatsRecord,
    owners: OwnersRecord<'a>,
    setup: SetupRecord,
    open_recoveries: u32,
    advanced_permissions: AdvancedPermissionsRecord,
    /// Most urgent first.
    attention: &'a [Attention],
    external_id: Option<&'a str>,
    tags: &'a [String],
    note: Option<&'a str>,
    create_time: Option<Timestamp>,
    link_time: Option<Timestamp>,
    launch_time: Option<Timestamp>,
    unlink_time: Option<Timestamp>,
    /// The display name.
    unlinked_by: Option<&'a str>,
    trial_end_time: Option<Timestamp>,
    /// Until when its attention is set aside.
    snooze_until_time: Option<Timestamp>,
    update_time: Option<Timestamp>,
    etag: &'a str,
}

#[derive(Debug, Serialize)]
struct AddressRecord<'a> {
    country_code: &'a str,
    lines: &'a [String],
    locality: Option<&'a str>,
    administrative_area: Option<&'a str>,
    postal_code: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct SeatsRecord {
    filled: u32,
    /// Null is unlimited.
    limit: Option<u32>,
    members: u32,
    guests: u32,
}

#[derive(Debug, Serialize)]
struct OwnersRecord<'a> {
    confirmed: u32,
    invited: u32,
    /// Confirmed or invited; the first few of many.
    names: &'a [String],
}

#[derive(Debug, Serialize)]
struct SetupRecord {
    done: u32,
    applicable: u32,
    stalled_since: Option<Timestamp>,
}

#[derive(Debug, Serialize)]
struct AdvancedPermissionsRecord {
    allowed_by_company: bool,
    granted_to_me: bool,
}

impl<'a> From<&'a Company> for CompanyRecord<'a> {
    fn from(company: &'a Company) -> Self {
        let (seats, owners, setup) = (company.seats, company.owners, company.setup);
        let address = &company.address;
        Self {
            id: company.id.as_str(),
            name: &company.name,
            state: &company.state,
            region: &company.region,
            sign_in_host: &company.sign_in_host,
            website: company.website.as_deref(),
            address: AddressRecord {
                country_code: &address.country_code,
                lines: &address.lines,
                locality: address.locality.as_deref(),
                administrative_area: address.administrative_area.as_deref(),
                postal_code: address.postal_code.as_deref(),
            },
            origin: &company.origin,
            seats: SeatsRecord {
                filled: seats.filled,
                limit: seats.limit,
                members: seats.members,
                guests: seats.guests,
            },
            owners: OwnersRecord { confirmed: owners.confirmed, invited: owners.invited, names: &company.owner_names },
            setup: SetupRecord { done: setup.done, applicable: setup.applicable, stalled_since: setup.stalled_since },
            open_recoveries: company.open_recoveries,
            advanced_permissions: AdvancedPermissionsRecord {
                allowed_by_company: company.advanced_permissions.allowed_by_company,
                granted_to_me: company.advanced_permissions.granted_to_me,
            },
            attention: &company.attention,
            external_id: company.external_id.as_deref(),
            tags: &company.tags,
            note: company.note.as_deref(),
            create_time: company.create_time,
            link_time: company.link_time,
            launch_time: company.launch_time,
            unlink_time: company.unlink_time,
            unlinked_by: company.unlinked_by.as_ref().map(|actor| actor.display_name.as_str()),
            trial_end_time: company.trial_end_time,
            snooze_until_time: company.snooze_until,
            update_time: company.update_time,
            etag: company.etag.as_str(),
        }
    }
}
