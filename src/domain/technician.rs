//! Technicians of the MSP account: who they are, what their role lets them do, and how they get a credential.

use super::field::Problem;
use super::id::{Etag, UserId};
use super::launch::Redacted;
use jiff::Timestamp;
use serde::Serialize;

/// The longest e-mail address (RFC 5321).
const LONGEST_EMAIL: usize = 254;

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
    /// Those that can be given to a technician.
    pub const GIVEN: [Self; 4] = [Self::Owner, Self::Administrator, Self::MspTechnician, Self::ViewOnly];

    /// Reads a role of the contract, or as a command line writes it: `view-only`, `technician`.
    pub fn read(text: &str) -> Option<Self> {
        match Self::from(text.trim().replace('-', "_").to_ascii_uppercase().as_str()) {
            Self::Other(word) if word == "TECHNICIAN" => Some(Self::MspTechnician),
            Self::Other(_) => None,
            known => Some(known),
        }
    }
}

/// A technician as the MSP's owners see them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Technician {
    /// Also the name of their credential.
    pub id: UserId,
    pub display_name: String,
    pub email: String,
    pub role: Role,
    pub state: TechnicianState,
    pub create_time: Option<Timestamp>,
    /// When they last signed in.
    pub sign_in_time: Option<Timestamp>,
    /// Until when an enrolment code for them is good; `None` when there is none.
    pub enrolment_expire_time: Option<Timestamp>,
    /// The revision of this copy.
    pub etag: Etag,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TechnicianState {
    /// May sign in.
    Active,
    /// Has no credential: has to enrol with a code.
    Pending,
    Revoked,
    /// A word of a newer server.
    Other(String),
}

/// What a technician is added with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTechnician {
    pub display_name: String,
    pub email: String,
    pub role: Role,
}

/// What is changed of a technician; `None` leaves as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TechnicianChanges {
    pub display_name: Option<String>,
    pub email: Option<String>,
    pub role: Option<Role>,
}

/// A technician with the code by which they get their credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Enrolment {
    pub technician: Technician,
    /// `None` in the answer to a repeated request once the code was used or ran out.
    pub code: Option<Redacted>,
    pub expire_time: Option<Timestamp>,
}

/// Who is meant by an id, an e-mail address or an exact name. Those whose access was revoked only where nobody else is.
pub fn named<'a>(all: &'a [Technician], who: &str) -> Vec<&'a Technician> {
    let who = who.trim();
    let is = |technician: &&Technician| {
        let Technician { id, display_name, email, .. } = technician;
        id.as_str() == who || display_name == who || email.to_lowercase() == who.to_lowercase()
    };
    let (revoked, others): (Vec<_>, Vec<_>) =
        all.iter().filter(is).partition(|technician| technician.state == TechnicianState::Revoked);
    if others.is_empty() { revoked } else { others }
}

/// An e-mail address.
///
/// # Errors
/// It cannot be one.
pub fn email(typed: &str) -> Result<String, Problem> {
    let typed = super::field::text(typed, LONGEST_EMAIL)?;
    if typed.is_empty() {
        return Err(Problem::Required);
    }
    let whole = |part: &str| !part.is_empty() && !part.contains(['@', '<', '>', ',', ';', '"']);
    let parts = typed.rsplit_once('@').filter(|(name, host)| whole(name) && whole(host) && !host.starts_with('.'));
    if parts.is_none() || typed.contains(char::is_whitespace) {
        return Err(Problem::NotAnEmail);
    }
    Ok(typed)
}

/// Enrolment codes as people read and type them: 12 digits and letters in three groups. Without I, L, O and U, of which
/// the first three are taken for digits.
pub mod code {
    /// 5 bits each (Crockford's base 32).
    pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    /// How many of them.
    pub const LENGTH: usize = 12;

    /// As it is shown: `K7QM-2RWX-9HTB`.
    pub fn shown(code: &str) -> String {
        let letters: Vec<char> = code.chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }

    /// A code as somebody typed it; `None` if it cannot be one.
    pub fn read(typed: &str) -> Option<String> {
        let letter = |letter: char| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let code: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(letter).collect();
        let known = |byte: u8| ALPHABET.contains(&byte);
        Some(code).filter(|code| code.len() == LENGTH && code.bytes().all(known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn roles_are_read_as_people_and_files_write_them() {
        assert_eq!(Role::read("view-only"), Some(Role::ViewOnly));
        assert_eq!(Role::read(" OWNER "), Some(Role::Owner));
        assert_eq!(Role::read("technician"), Role::read("MSP_TECHNICIAN"));
        assert_eq!(Role::read("janitor"), None);
    }

    #[test]
    fn an_address_has_two_parts_and_no_blanks() {
        assert_eq!(email(" mira.okafor@harbour.example "), Ok("mira.okafor@harbour.example".into()));
        for wrong in ["mira", "@harbour.example", "mira@", "mira okafor@x", "Mira <m@x>", "a@b,c@d", "a@.x"] {
            assert_eq!(email(wrong), Err(Problem::NotAnEmail), "{wrong}");
        }
        assert_eq!(email("  "), Err(Problem::Required));
    }

    proptest! {
        #[test]
        fn a_code_is_read_however_it_is_typed(
            code in "[0-9A-HJKMNP-TV-Z]{12}", small in any::<bool>(), gap in "[- ]{0,2}"
        ) {
            let mut typed = code::shown(&code).replace('-', &gap).replace('0', "o").replace('1', "l");
            if small {
                typed = typed.to_lowercase();
            }
            prop_assert_eq!(code::read(&typed), Some(code.clone()));
            prop_assert_eq!(code::read(&code[1..]), None);
            prop_assert_eq!(code::read(&format!("{}!", &code[1..])), None);
        }
    }
}
