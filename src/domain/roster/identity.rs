//! What tells companies of one name apart.

use super::{Roster, RowId, fold};
use crate::domain::company::Company;
use crate::domain::id::CompanyKey;
use crate::domain::text::as_seen;
use std::collections::{BTreeMap, HashMap};

impl Roster {
    /// For those of these companies whose name others bear too, as far as a person sees: what none of the others has.
    /// One walk through all names, however many are asked about.
    pub fn told_apart<'a>(&self, these: impl IntoIterator<Item = &'a CompanyKey>) -> BTreeMap<CompanyKey, String> {
        let these: Vec<(CompanyKey, Company)> =
            these.into_iter().filter_map(|key| self.read(RowId(self.slot(key)?))).collect();
        let folded = |company: &Company| fold::fold(&company.name, fold::Style::Plain);
        let mut bearers: HashMap<String, Vec<u32>> = these.iter().map(|(_, it)| (folded(it), Vec::new())).collect();
        for &slot in &self.by_name {
            if let Some(slots) = bearers.get_mut(self.keys.texts(slot).name) {
                slots.push(slot);
            }
        }
        let mut told = BTreeMap::new();
        for (key, company) in these {
            let slots = bearers.get(&folded(&company)).map(Vec::as_slice).unwrap_or_default();
            let others = slots.iter().filter_map(|&slot| self.read(RowId(slot))).filter(|(other, _)| *other != key);
            let others: Vec<Company> = others.map(|(_, other)| other).collect();
            if !others.is_empty() {
                let said = own(&company, &others);
                told.insert(key, said);
            }
        }
        told
    }
}

/// The first thing to be known by that no other shares; at last the id, which is unique within an MSP account.
fn own(company: &Company, others: &[Company]) -> String {
    let shared =
        |said: &str| others.iter().any(|other| other.known_by().any(|theirs| as_seen(theirs) == as_seen(said)));
    company.known_by().find(|said| !shared(said)).unwrap_or(company.id.as_str()).to_owned()
}
