//! What a column can be, and the headers that say so. Sources: the exports of Syncro, Autotask and `ConnectWise` PSA, whose
//! word for a company the MSP may rename; `HaloPSA`, whose columns are the MSP's own; 1Password's *Managed Companies* and
//! *Billing and Seats*; this program's own export.

use std::str::FromStr;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Name,
    /// The MSP's own number for the company.
    ExternalId,
    /// 1Password's id of the account.
    AccountUuid,
    Website,
    Country,
    Status,
    FilledSeats,
    SeatLimit,
    Tags,
    /// Of an agreement line: how many are billed.
    Quantity,
    /// Of an agreement line: what is billed. Several columns may say so.
    Product,
    /// Of an agreement line: whether it is billed at all.
    LineStatus,
}

impl Field {
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::ExternalId,
        Self::AccountUuid,
        Self::Website,
        Self::Country,
        Self::Status,
        Self::FilledSeats,
        Self::SeatLimit,
        Self::Tags,
        Self::Quantity,
        Self::Product,
        Self::LineStatus,
    ];
    /// Those of a company.
    pub const OF_COMPANY: [Self; 9] = [
        Self::Name,
        Self::ExternalId,
        Self::AccountUuid,
        Self::Website,
        Self::Country,
        Self::Status,
        Self::FilledSeats,
        Self::SeatLimit,
        Self::Tags,
    ];

    /// The word for it on the command line and in the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::ExternalId => "external_id",
            Self::AccountUuid => "account_uuid",
            Self::Website => "website",
            Self::Country => "country",
            Self::Status => "status",
            Self::FilledSeats => "filled_seats",
            Self::SeatLimit => "seat_limit",
            Self::Tags => "tags",
            Self::Quantity => "quantity",
            Self::Product => "product",
            Self::LineStatus => "line_status",
        }
    }

    /// More than one column may hold it.
    pub fn may_repeat(self) -> bool {
        matches!(self, Self::Product | Self::Tags)
    }
}

impl FromStr for Field {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        let word = word.replace('-', "_");
        Self::ALL.into_iter().find(|field| field.as_str() == word).ok_or(())
    }
}

/// What a header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It is this. One that says so more plainly (a lower number) stands above the others.
    Is(Field, u8),
    /// It may be each of these.
    Unsure(&'static [Field]),
    Unknown,
}

/// A header as it compares: without case, marks of required fields, and signs between words.
pub(super) fn plain(header: &str) -> String {
    let header =
        header.to_lowercase().replace("[required]", " ").replace(['*', '\u{feff}', '"'], " ").replace('_', " ");
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What PSAs call a company, or let the MSP call it.
const COMPANY_WORDS: [&str; 13] = [
    "client company",
    "business unit",
    "organization",
    "organisation",
    "company",
    "account",
    "customer",
    "client",
    "site",
    "business",
    "firma",
    "kunde",
    "unternehmen",
];

pub(super) fn meaning(header: &str) -> Meaning {
    use Field as F;
    let plain = plain(header);
    let sure = |field| Meaning::Is(field, 0);
    match plain.as_str() {
        "external id" | "externe id" | "kundennummer" | "kunden-nr." | "halo id" => sure(F::ExternalId),
        "id" | "number" | "identifier" | "nummer" => Meaning::Is(F::ExternalId, 1),
        "account id" => Meaning::Unsure(&[F::ExternalId, F::AccountUuid]),
        "account uuid" | "1password account" | "1password account id" | "uuid" => sure(F::AccountUuid),
        "name" | "firmenname" | "kundenname" => sure(F::Name),
        "website" | "web" | "web site" | "web address" | "url" | "homepage" | "webseite" | "domain" => sure(F::Website),
        "country" | "country code" | "land" | "country or region" | "billing country" => sure(F::Country),
        "status" | "account status" | "company status" => sure(F::Status),
        "filled seats" | "seats filled" | "belegte plätze" => sure(F::FilledSeats),
        "seat limit" | "seats limit" | "max seats" | "platzlimit" => sure(F::SeatLimit),
        "seats" | "plätze" | "users" | "members" => Meaning::Unsure(&[F::FilledSeats, F::SeatLimit, F::Quantity]),
        "tags" | "tag" | "labels" | "schlagwörter" => sure(F::Tags),
        "quantity" | "qty" | "billable quantity" | "licenses" | "net usage" | "net seats" | "menge" | "anzahl" => {
            sure(F::Quantity)
        }
        "product id" | "product" | "description" | "item" | "produkt" | "artikel" => sure(F::Product),
        "addition status" | "line status" | "disabled" => Meaning::Is(F::LineStatus, 0),
        "agreement status" => Meaning::Is(F::LineStatus, 1),
        plain => of_company(plain),
    }
}

/// `Organization ID (updates only)`, `Organization: Name`, `Company Name`, `Customer`.
fn of_company(plain: &str) -> Meaning {
    let Some(rest) = COMPANY_WORDS.iter().find_map(|word| plain.strip_prefix(word)) else { return Meaning::Unknown };
    let whole = rest.is_empty() || rest.starts_with([' ', ':', '-']);
    match rest.trim_start_matches([':', ' ', '-']) {
        _ if !whole => Meaning::Unknown,
        "name" => Meaning::Is(Field::Name, 0),
        "" => Meaning::Is(Field::Name, 1),
        "id" | "id (updates only)" | "recid" => Meaning::Is(Field::ExternalId, 0),
        "number" | "identifier" | "nr" | "no" | "no." => Meaning::Is(Field::ExternalId, 1),
        "website" | "web" | "url" => Meaning::Is(Field::Website, 0),
        "country" => Meaning::Is(Field::Country, 0),
        _ => Meaning::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_however_they_are_dressed() {
        use Field as F;
        for (header, field) in [
            ("Name", F::Name),
            ("\u{feff}Company", F::Name),
            ("business_name", F::Name),
            ("[required] Name", F::Name),
            ("[Required]Organization: Name", F::Name),
            ("Client Company: Name *", F::Name),
            ("Customer", F::Name),
            ("Company Name", F::Name),
            ("Organization ID (updates only)", F::ExternalId),
            ("Business Unit ID (Updates only)", F::ExternalId),
            ("company_recid", F::ExternalId),
            ("external_id", F::ExternalId),
            ("Filled seats", F::FilledSeats),
            ("seats_filled", F::FilledSeats),
            ("Product ID", F::Product),
            ("Addition Status", F::LineStatus),
            ("Country code", F::Country),
        ] {
            assert!(matches!(meaning(header), Meaning::Is(found, _) if found == field), "{header}");
        }
        for header in ["location_id", "Agreement Name", "created_at", "Accounting", "Sites visited", "state", ""] {
            assert_eq!(meaning(header), Meaning::Unknown, "{header}");
        }
        assert!(matches!(meaning("Seats"), Meaning::Unsure(_)));
    }

    #[test]
    fn words_of_fields_are_read_back() {
        for field in Field::ALL {
            assert_eq!(field.as_str().parse(), Ok(field));
        }
        assert_eq!("seat-limit".parse(), Ok(Field::SeatLimit));
        assert_eq!("nothing".parse::<Field>(), Err(()));
    }
}
