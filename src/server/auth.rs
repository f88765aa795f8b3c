//! Who asks: credentials, bearer tokens, and how often anyone may ask.

pub mod attempts;

use super::error::ApiError;
use super::random;
use crate::domain::session::Permission;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use subtle::ConstantTimeEq;

/// How long a bearer token is good for (contract: *Auth*).
pub const TOKEN_SECONDS: u32 = 900;

/// One technician of the MSP account, with their credential. No `Debug`: it holds a secret.
#[derive(Clone)]
pub struct Technician {
    pub n: i64,
    pub id: String,
    pub display_name: String,
    pub email: String,
    pub groups: Vec<String>,
    pub role: String,
    pub mfa: bool,
    pub client_secret: String,
}

impl Technician {
    /// What the technician may do. Owners, Administrators and MSP Technicians may do everything here (support page
    /// *manage companies*); without multi-factor authentication nobody may do anything.
    pub fn permissions(&self) -> Vec<Permission> {
        use Permission::{Add, Edit, Launch, Link, People, Recover, Setup, Unlink, Vaults, View};
        match self.role.as_str() {
            _ if !self.mfa => Vec::new(),
            "OWNER" | "ADMINISTRATOR" | "MSP_TECHNICIAN" => {
                vec![View, Add, Link, Edit, Setup, Launch, Unlink, People, Recover, Vaults]
            }
            "NOTHING" => Vec::new(),
            _ => vec![View],
        }
    }

    /// Whether this is one of the things they may do.
    pub fn may(&self, permission: &Permission) -> bool {
        self.permissions().contains(permission)
    }

    /// Their bit in a company's `granted_mask`.
    pub fn bit(&self) -> i64 {
        1_i64.checked_shl(u32::try_from(self.n).unwrap_or(63)).unwrap_or(0)
    }
}

/// Bearer tokens that are good now. Kept in memory alone: a restart asks everybody to sign in again.
#[derive(Default)]
pub struct Tokens(Mutex<HashMap<String, Issued>>);

struct Issued {
    /// As the sample made them; how they stand now is asked with every request.
    technician: Arc<Technician>,
    /// How often their tokens had been ended before.
    number: i64,
    until: Timestamp,
}

impl Tokens {
    pub fn issue(&self, technician: &Arc<Technician>, number: i64, now: Timestamp) -> Result<String, ApiError> {
        let token = random::secret()?;
        let until = now + SignedDuration::from_secs(TOKEN_SECONDS.into());
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|_, issued| issued.until > now);
        tokens.insert(token.clone(), Issued { technician: Arc::clone(technician), number, until });
        Ok(token)
    }

    /// Whose token it is and the number of its time, while it has not run out.
    pub fn owner(&self, token: &str, now: Timestamp) -> Option<(Arc<Technician>, i64)> {
        let tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let issued = tokens.get(token).filter(|issued| issued.until > now)?;
        Some((Arc::clone(&issued.technician), issued.number))
    }

    /// Ends a token, if it is the technician's own.
    pub fn revoke(&self, token: &str, technician: &Technician) {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tokens.get(token).is_some_and(|issued| issued.technician.n == technician.n) {
            tokens.remove(token);
        }
    }
}

pub struct Limiter {
    limit: u32,
    seen: Mutex<HashMap<i64, (Timestamp, u32)>>,
}

/// How much of the minute's allowance is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pub limit: u32,
    pub remaining: u32,
    /// Seconds until the minute begins anew.
    pub reset: u32,
    pub exceeded: bool,
}

impl Limiter {
    /// At most so many requests in a minute.
    pub fn new(limit: u32) -> Self {
        Self { limit, seen: Mutex::default() }
    }

    pub fn count(&self, technician: i64, now: Timestamp) -> Allowance {
        let minute = SignedDuration::from_secs(60);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = seen.entry(technician).or_insert((now, 0));
        let age = now.duration_since(entry.0);
        // A clock that was put back begins a new minute too.
        if age >= minute || age.is_negative() {
            *entry = (now, 0);
        }
        entry.1 = entry.1.saturating_add(1);
        let left = (minute - now.duration_since(entry.0)).as_secs();
        Allowance {
            limit: self.limit,
            remaining: self.limit.saturating_sub(entry.1),
            reset: u32::try_from(left.max(1)).unwrap_or(60),
            exceeded: entry.1 > self.limit,
        }
    }
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
pub fn same_secret(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_allowance_runs_out_and_comes_back_after_a_minute() {
        let limiter = Limiter::new(2);
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(limiter.count(1, now).remaining, 1);
        assert!(!limiter.count(1, now).exceeded);
        assert!(limiter.count(1, now).exceeded);
        assert!(!limiter.count(2, now).exceeded, "others have their own");
        let later = now + SignedDuration::from_secs(60);
        assert_eq!(limiter.count(1, later), Allowance { limit: 2, remaining: 1, reset: 60, exceeded: false });
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(same_secret("ABC", "ABC"));
        assert!(!same_secret("ABC", "ABD") && !same_secret("ABC", "AB") && !same_secret("", "A"));
    }
}
