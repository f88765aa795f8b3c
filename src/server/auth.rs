//! Who asks: credentials, bearer tokens, and how often anyone may ask.

pub mod hash;
pub mod local;

use crate::domain::session::Permission;
use crate::domain::technician::Role;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How long a bearer token is good for (contract: *Auth*).
pub const TOKEN_SECONDS: u32 = 900;

/// One technician of the MSP account, as they stand now.
#[derive(Debug, Clone)]
pub struct Technician {
    pub n: i64,
    /// Also the name of their credential.
    pub id: String,
    pub display_name: String,
    pub email: String,
    pub role: Role,
}

impl Technician {
    /// What the technician may do. Owners, Administrators and MSP Technicians may do everything about companies (support
    /// page *manage companies*), and Owners change who the technicians are; without multi-factor authentication nobody may do anything.
    pub fn permissions(&self) -> Vec<Permission> {
        use Permission::{Add, Edit, Launch, Link, People, Recover, Setup, Technicians, Unlink, Vaults, View};
        let companies = [View, Add, Link, Edit, Setup, Launch, Unlink, People, Recover, Vaults];
        match self.role {
            Role::Owner => companies.into_iter().chain([Technicians]).collect(),
            Role::Administrator | Role::MspTechnician => companies.into(),
            Role::ViewOnly => vec![View],
            Role::NoMfa | Role::Nothing | Role::Other(_) => Vec::new(),
        }
    }

    /// Whether this is one of the things they may do.
    pub fn may(&self, permission: &Permission) -> bool {
        self.permissions().contains(permission)
    }

    /// Whether they use multi-factor authentication.
    pub fn mfa(&self) -> bool {
        self.role != Role::NoMfa
    }

    /// The groups of the MSP account that their role stands for.
    pub fn groups(&self) -> Vec<String> {
        let group = match self.role {
            Role::Owner => "Owners",
            Role::Administrator => "Administrators",
            Role::MspTechnician | Role::NoMfa => "MSP Technicians",
            Role::ViewOnly => "Reporting",
            Role::Nothing | Role::Other(_) => return Vec::new(),
        };
        vec![group.to_owned()]
    }

    /// Their bit in a company's `granted_mask`.
    pub fn bit(&self) -> i64 {
        1_i64.checked_shl(u32::try_from(self.n).unwrap_or(63)).unwrap_or(0)
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
}
