//! Technicians of the MSP account and the role that says what they may do.

/// A role of the MSP account (support page *manage companies*), or one of the sample's two that show what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Role {
    Owner,
    Administrator,
    /// May do everything that is about companies.
    MspTechnician,
    ViewOnly,
    /// Has no second factor: may nothing until that is there.
    NoMfa,
    /// Is in no group that may anything: even looking is refused.
    Nothing,
    /// A word of a newer server.
    Other(String),
}

impl Role {
    /// Reads a role of the contract, or as a command line writes it: `view-only`, `technician`.
    pub fn read(text: &str) -> Option<Self> {
        match Self::from(text.trim().replace('-', "_").to_ascii_uppercase().as_str()) {
            Self::Other(word) if word == "TECHNICIAN" => Some(Self::MspTechnician),
            Self::Other(_) => None,
            known => Some(known),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_as_people_and_files_write_them() {
        assert_eq!(Role::read("view-only"), Some(Role::ViewOnly));
        assert_eq!(Role::read(" OWNER "), Some(Role::Owner));
        assert_eq!(Role::read("technician"), Role::read("MSP_TECHNICIAN"));
        assert_eq!(Role::read("janitor"), None);
    }
}
