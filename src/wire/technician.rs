//! Technicians of the MSP account, their enrolment and their credential.

use super::{Lacking, lenient, or_unspecified, owned};
use crate::domain::id::{Etag, UserId};
use crate::domain::launch::Redacted;
use crate::domain::technician::{self, Role, TechnicianState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One technician, as the contract writes them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Technician {
    /// 26 characters `[A-Z2-7]`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub etag: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    pub role: Option<Role>,
    pub state: Option<TechnicianState>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub create_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub sign_in_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub enrolment_expire_time: Option<Timestamp>,
}

/// The answer to what hands out an enrolment code. Not `Debug`: it holds one.
#[derive(Clone, Serialize, Deserialize)]
pub struct Enrolment {
    pub technician: Technician,
    /// Absent in the answer to a repeated request once it was used or ran out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolment_code: Option<String>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<Timestamp>,
}

/// A technician to add.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewTechnician {
    pub display_name: String,
    pub email: String,
    pub role: Role,
}

/// What to change of a technician; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TechnicianPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// A code to exchange. Not `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub struct EnrolmentCode {
    pub enrolment_code: String,
}

/// What a code is exchanged for. Not `Debug`: it holds a secret.
#[derive(Clone, Serialize, Deserialize)]
pub struct Credential {
    #[serde(default, deserialize_with = "lenient::text")]
    pub account_id: String,
    pub client_id: String,
    pub client_secret: String,
}

impl Enrolment {
    pub fn without_code(technician: Technician) -> Self {
        Self { expire_time: technician.enrolment_expire_time, technician, enrolment_code: None }
    }
}

impl TryFrom<Technician> for technician::Technician {
    type Error = Lacking;

    fn try_from(wire: Technician) -> Result<Self, Lacking> {
        if wire.id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            id: UserId::new(&wire.id),
            display_name: owned(wire.display_name),
            email: owned(wire.email),
            role: wire.role.unwrap_or_else(|| Role::Other("ROLE_UNSPECIFIED".into())),
            state: or_unspecified(wire.state),
            create_time: wire.create_time,
            sign_in_time: wire.sign_in_time,
            enrolment_expire_time: wire.enrolment_expire_time,
            etag: Etag::new(&wire.etag),
        })
    }
}

impl TryFrom<Enrolment> for technician::Enrolment {
    type Error = Lacking;

    fn try_from(wire: Enrolment) -> Result<Self, Lacking> {
        Ok(Self {
            technician: wire.technician.try_into()?,
            code: wire.enrolment_code.map(|code| Redacted::new(owned(code))),
            expire_time: wire.expire_time,
        })
    }
}
