//! Usage.

use super::list::{Paged, Part, Rows};
use super::{Lacking, lenient, owned};
use crate::domain::id::CompanyId;
use crate::domain::usage::{self, Period, Thousandths};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Usage of one company, or of all together with a page of their table (contract: `GET usage`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    pub start_date: Date,
    pub end_date: Date,
    /// End-of-day seats of the days that are over, and of today; oldest first.
    #[serde(default, deserialize_with = "lenient::items")]
    pub daily_seats: Vec<Day>,
    /// A decimal with three places, as text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub net_usage: String,
    /// The same, projected to the end of the period; absent once it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub projected_net_usage: Option<String>,
    #[serde(default, deserialize_with = "lenient::count")]
    pub peak: u32,
    /// Seat limit; of one company only.
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub seat_limit: Option<u32>,
    /// The MSP's own seats; over all only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub internal_seats: Option<Internal>,
    /// A page of the table; over all only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Rows<CompanyUsage>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_page_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_size: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    pub date: Date,
    #[serde(default, deserialize_with = "lenient::count")]
    pub seats: u32,
}

/// The MSP's own seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Internal {
    #[serde(default, deserialize_with = "lenient::count")]
    pub filled: u32,
    /// Included without charge.
    #[serde(default, deserialize_with = "lenient::count")]
    pub included: u32,
}

/// One company in the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompanyUsage {
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_name: String,
    #[serde(default, deserialize_with = "lenient::count")]
    pub seats: u32,
    #[serde(default, deserialize_with = "lenient::count")]
    pub peak: u32,
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub seat_limit: Option<u32>,
    /// A decimal with three places, as text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub net_usage: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub projected_net_usage: Option<String>,
    #[serde(default, deserialize_with = "lenient::items")]
    pub daily_seats: Vec<u32>,
}

impl Paged for Usage {
    type Row = CompanyUsage;

    fn part(&mut self) -> Part<CompanyUsage> {
        let rows = self.results.take().unwrap_or_default();
        Part { rows, next: self.next_page_token.take(), total: self.total_size }
    }
}

impl From<Usage> for usage::Usage {
    fn from(wire: Usage) -> Self {
        Self {
            period: Period { start: wire.start_date, end: wire.end_date },
            days: wire.daily_seats.into_iter().map(|day| usage::Day { date: day.date, seats: day.seats }).collect(),
            net_usage: Thousandths::read(&wire.net_usage).unwrap_or_default(),
            projection: wire.projected_net_usage.as_deref().and_then(Thousandths::read),
            peak: wire.peak,
            limit: wire.seat_limit,
            internal: wire
                .internal_seats
                .map(|internal| usage::Internal { filled: internal.filled, included: internal.included }),
        }
    }
}

impl TryFrom<CompanyUsage> for usage::CompanyUsage {
    type Error = Lacking;

    fn try_from(wire: CompanyUsage) -> Result<Self, Lacking> {
        if wire.company_id.trim().is_empty() {
            return Err(Lacking::Id);
        }
        Ok(Self {
            company: CompanyId::new(&wire.company_id),
            name: owned(wire.company_name),
            seats: wire.seats,
            peak: wire.peak,
            limit: wire.seat_limit,
            net_usage: Thousandths::read(&wire.net_usage).unwrap_or_default(),
            projection: wire.projected_net_usage.as_deref().and_then(Thousandths::read),
            daily: wire.daily_seats,
        })
    }
}
