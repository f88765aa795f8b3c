//! Names of things: newtypes, so that a person's id can never be passed where a company's belongs.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text as it is: the server owns its ids, the dashboard only hands them back.
            pub fn new(text: &str) -> Self {
                Self(Arc::from(text))
            }

            /// The id as the server wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from).map(|text| Self::new(&text))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
}

id!(
    /// An MSP account.
    AccountId
);
id!(
    /// A managed company: an account of its own inside the MSP account's care.
    CompanyId
);
id!(
    /// A person in a company, or a technician of the MSP.
    UserId
);
id!(
    /// A group inside a company.
    GroupId
);
id!(
    /// A request to link an account.
    LinkId
);
id!(
    /// A vault inside a company.
    VaultId
);
id!(
    /// A piece of work in the web console.
    TaskId
);
id!(
    /// An event of the audit trail.
    EventId
);
id!(
    /// An import that was carried out.
    ImportRunId
);
id!(
    /// The revision of one object (contract: `etag`); changes are bound to it by `If-Match`.
    Etag
);
id!(
    /// A way to an MSP account: base address, account and technician, under a name of the user's.
    ProfileId
);

/// What names a company everywhere in the dashboard. Ids are only unique within one MSP account, and one
/// screen will show several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompanyKey {
    /// Through which MSP account the company is managed.
    pub profile: ProfileId,
    /// The company within that account.
    pub company: CompanyId,
}
