//! What changes about a company, and what a new one is made from.

use super::name_keys::{order_key, search_key, tags_key};
use super::row::listed;
use crate::server::sql::{Transaction, Value, params_from_iter};
use crate::server::store::error::StoreError;
use crate::wire::company::Address;

/// What is absent stays as it is. An empty text or 0 takes the value away.
#[derive(Debug, Clone, Default)]
pub struct CompanyEdit {
    pub name: Option<String>,
    pub website: Option<String>,
    pub external_id: Option<String>,
    pub tags: Option<Vec<String>>,
    /// Replaced as a whole: parts of two addresses would be none.
    pub address: Option<Address>,
    pub note: Option<String>,
    /// Milliseconds since 1970.
    pub snooze_until: Option<i64>,
    pub seat_limit: Option<u32>,
    /// The country of an address of which nothing else is known.
    pub country: Option<String>,
    pub account_uuid: Option<String>,
}

/// A field of the contract, and its columns with their values.
type Field = (&'static str, Vec<Column>);
/// A column with its value.
pub type Column = (&'static str, Value);

impl CompanyEdit {
    fn changed(&self) -> Vec<Field> {
        let optional = |text: &str| if text.is_empty() { Value::Null } else { text.to_owned().into() };
        let number = |number: i64| if number == 0 { Value::Null } else { number.into() };
        let name = |name: &String| {
            let keys = [("name_lower", search_key(name).into()), ("name_key", order_key(name).into())];
            ("name", [("name", name.clone().into())].into_iter().chain(keys).collect())
        };
        let external_id = |id: &String| {
            let key = ("external_id_lower", optional(&search_key(id)));
            ("external_id", vec![("external_id", optional(id)), key])
        };
        let tags =
            |tags: &Vec<String>| ("tags", vec![("tags", listed(tags).into()), ("tags_lower", tags_key(tags).into())]);
        let address = |address: &Address| {
            let columns = vec![
                ("country_code", address.country_code.clone().into()),
                ("address_lines", listed(&address.lines).into()),
                ("locality", address.locality.clone().into()),
                ("administrative_area", address.administrative_area.clone().into()),
                ("postal_code", address.postal_code.clone().into()),
            ];
            ("address", columns)
        };
        let one = |field, column, value| (field, vec![(column, value)]);
        let fields: [Option<Field>; 10] = [
            self.name.as_ref().map(name),
            self.website.as_ref().map(|website| one("website", "website", optional(website))),
            self.external_id.as_ref().map(external_id),
            self.tags.as_ref().map(tags),
            self.address.as_ref().map(address),
            self.note.as_ref().map(|note| one("note", "note", optional(note))),
            self.snooze_until.map(|until| one("snooze_until_time", "snooze_until", number(until))),
            self.seat_limit.map(|limit| one("seat_limit", "seat_limit", number(limit.into()))),
            self.country.as_ref().map(|code| one("address", "country_code", optional(code))),
            self.account_uuid.as_ref().map(|uuid| one("account_uuid", "account_uuid", optional(uuid))),
        ];
        fields.into_iter().flatten().collect()
    }

    pub fn is_empty(&self) -> bool {
        self.changed().is_empty()
    }

    /// The fields that change, for the audit event.
    pub fn fields(&self) -> String {
        self.changed().into_iter().map(|(field, _)| field).collect::<Vec<_>>().join(", ")
    }

    /// The columns that change.
    pub fn columns(&self) -> Vec<Column> {
        self.changed().into_iter().flat_map(|(_, columns)| columns).collect()
    }

    pub fn store(&self, tx: &Transaction<'_>, company_n: i64) -> Result<(), StoreError> {
        store_columns(tx, company_n, self.columns())
    }
}

/// Writes columns of a company.
pub fn store_columns(
    tx: &Transaction<'_>,
    company_n: i64,
    columns: impl IntoIterator<Item = Column>,
) -> Result<(), StoreError> {
    // Column names are our own; values are parameters.
    let (columns, values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
    if columns.is_empty() {
        return Ok(());
    }
    let sets: Vec<_> = columns.iter().map(|column| format!("{column} = ?")).collect();
    let sql = format!("UPDATE companies SET {} WHERE n = ?", sets.join(", "));
    tx.execute(&sql, params_from_iter(values.into_iter().chain([company_n.into()])))?;
    Ok(())
}
