//! Data regions (support page *manage companies*): an MSP account and its companies are in the same one. Not to be
//! taken for the country of a postal address, which does not choose it.

use std::fmt;
use std::str::FromStr;

/// Where an account's data are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Region {
    /// Europe; the region of the sample workspace unless another is asked for.
    #[default]
    Europe,
    /// The United States and everywhere else.
    Worldwide,
    Canada,
    /// 1Password Enterprise.
    Enterprise,
}

impl Region {
    pub const ALL: [Self; 4] = [Self::Europe, Self::Worldwide, Self::Canada, Self::Enterprise];

    /// As the contract writes it, which is also how hosts of the region end.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Europe => "1password.eu",
            Self::Worldwide => "1password.com",
            Self::Canada => "1password.ca",
            Self::Enterprise => "ent.1password.com",
        }
    }
}

impl Region {
    /// The region whose name ends this host, with at least one name before it.
    pub fn of_host(host: &str) -> Option<Self> {
        let host = host.to_ascii_lowercase();
        let before = |region: &Self| host.strip_suffix(region.as_str())?.strip_suffix('.');
        let named = |before: &str| before.split('.').all(|part| !part.is_empty());
        let fits = Self::ALL.into_iter().filter(|region| before(region).is_some_and(named));
        // Enterprise's ends as the worldwide one does.
        fits.max_by_key(|region| region.as_str().len())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no such region; there are 1password.eu (eu), 1password.com (com, us), 1password.ca (ca) and \
    ent.1password.com (ent)"
)]
pub struct NoRegion;

impl FromStr for Region {
    type Err = NoRegion;

    /// By its host, or by what people call it.
    fn from_str(text: &str) -> Result<Self, NoRegion> {
        let text = text.trim().to_ascii_lowercase();
        match text.as_str() {
            "eu" => Ok(Self::Europe),
            "com" | "us" => Ok(Self::Worldwide),
            "ca" => Ok(Self::Canada),
            "ent" => Ok(Self::Enterprise),
            name => Self::ALL.into_iter().find(|region| region.as_str() == name).ok_or(NoRegion),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_found_in_hosts_and_are_read_as_they_are_written() {
        for region in Region::ALL {
            assert_eq!(region.to_string().to_uppercase().parse(), Ok(region));
            assert_eq!(Region::of_host(&format!("Brightwater.{region}")), Some(region));
        }
        for (short, region) in ["eu", " COM ", "ca", "ent"].into_iter().zip(Region::ALL) {
            assert_eq!(short.parse(), Ok(region));
        }
        assert_eq!("us".parse(), Ok(Region::Worldwide));
        assert!("1password.org".parse::<Region>().unwrap_err().to_string().contains("1password.ca"));
    }
}
