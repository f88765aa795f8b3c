//! Who works here, for which MSP account, and what they may do.

use super::id::{AccountId, UserId};
use super::region::Region;

/// The answer to "who am I" (contract: `GET session`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub account: Account,
    pub technician: Technician,
    pub permissions: Permissions,
    /// For how many seconds the server holds a question for changes back; 0: it answers at once.
    pub max_wait: u32,
}

/// What a workspace of the API is about; it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkspaceKind {
    /// Invented companies.
    Sample,
    /// The companies of an MSP. What nobody observed is not known.
    Real,
    /// A word of a newer server.
    Other(String),
}

/// An MSP account. It manages companies of its own data region only (support page *manage companies*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id, part of every path of the contract.
    pub id: AccountId,
    pub name: String,
    /// Absent from an older server.
    pub kind: Option<WorkspaceKind>,
    /// Its data region, e.g. `1password.eu`.
    pub region: String,
    /// The host its technicians sign in on; empty when not known.
    pub sign_in_host: String,
    /// Sample workspaces only: the page on which "an Owner" of a company that is not managed starts a link.
    pub owner_desk: Option<String>,
}

impl Account {
    /// The page on which its technicians sign in: of its own host, else the one of its region. None where neither is one
    /// of 1Password's.
    pub fn sign_in_page(&self) -> Option<String> {
        let plain = |host: &&str| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
        let own = Some(self.sign_in_host.as_str()).filter(plain).filter(|host| Region::of_host(host).is_some());
        let region = || self.region.parse::<Region>().ok().map(|region| format!("https://start.{region}/signin"));
        own.map(|host| format!("https://{host}/signin")).or_else(region)
    }
}

/// A technician of the MSP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Technician {
    /// Their id; the same in every company that they act in.
    pub id: UserId,
    pub display_name: String,
    pub email: String,
    /// Groups of the MSP account they are in, by name.
    pub groups: Vec<String>,
    /// Whether they use multi-factor authentication, as everyone in an MSP account must.
    pub mfa: bool,
}

impl Technician {
    /// What tells them apart: the address, or the name of one who has none.
    pub fn called(&self) -> &str {
        if self.email.trim().is_empty() { &self.display_name } else { &self.email }
    }
}

/// What a technician may do, as the server says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permissions(pub Vec<Permission>);

impl Permissions {
    /// Whether this one is among them.
    pub fn allows(&self, permission: &Permission) -> bool {
        self.0.contains(permission)
    }

    /// Nothing but looking.
    pub fn view_only(&self) -> bool {
        self.0.iter().all(|permission| *permission == Permission::View)
    }
}

/// One thing a technician may do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Permission {
    View,
    Add,
    Link,
    /// Change name, address, tags, notes.
    Edit,
    Setup,
    Launch,
    Unlink,
    People,
    Recover,
    Vaults,
    /// Add, change and revoke the MSP's own technicians.
    Technicians,
    /// A word of a newer server.
    Other(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_technician_without_an_address_is_called_by_name() {
        let technician = |email: &str| Technician {
            id: UserId::new("T"),
            display_name: "Mira Okafor".into(),
            email: email.into(),
            groups: Vec::new(),
            mfa: true,
        };
        assert_eq!(technician(" ").called(), "Mira Okafor");
        assert_eq!(technician("mira@example.com").called(), "mira@example.com");
    }

    #[test]
    fn an_msp_signs_in_on_a_host_of_1password_alone() {
        let page = |host: &str, region: &str| {
            let (id, name) = (AccountId::new("A"), "Harbour IT".to_owned());
            let (region, sign_in_host) = (region.to_owned(), host.to_owned());
            Account { id, name, kind: None, region, sign_in_host, owner_desk: None }.sign_in_page()
        };
        let told = Some("https://harbour.1password.eu/signin".to_owned());
        assert_eq!(page("harbour.1password.eu", "1password.eu"), told);
        for strange in ["", "evil.example", "1password.eu.evil.example", "a@harbour.1password.eu", "x/.1password.eu"] {
            assert_eq!(
                page(strange, "1password.ca").as_deref(),
                Some("https://start.1password.ca/signin"),
                "{strange}"
            );
        }
        assert_eq!(page("", "moon"), None);
    }
}
