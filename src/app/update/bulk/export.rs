//! Companies as a CSV file, for a spreadsheet or a script.

use super::super::{fail, toast};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::tickets::Purpose;
use crate::app::toast::Says;
use crate::domain::company::Company;
use crate::domain::roster::RowId;
use crate::domain::trouble::{Because, Retry, Trouble, What};
use jiff::Timestamp;

/// The columns, named as the contract names them: a script must not depend on the language of a screen.
const HEADINGS: [&str; 17] = [
    "id",
    "name",
    "state",
    "seats_filled",
    "seats_limit",
    "owners_confirmed",
    "owners_invited",
    "setup_done",
    "setup_applicable",
    "attention",
    "website",
    "country_code",
    "region",
    "external_id",
    "tags",
    "create_time",
    "trial_end_time",
];

/// The marked companies, or else all that the list shows.
pub(super) fn run(model: &mut Model, out: &mut Vec<Effect>) {
    let (count, text) = {
        let rows = chosen(model);
        let companies = rows.iter().filter_map(|&row| model.roster.read(row)).map(|(_, company)| company);
        (rows.len(), csv(companies))
    };
    let Some(text) = text else {
        let trouble = Trouble::new(What::Export, Because::Local, Retry::Never);
        return fail(model, None, trouble);
    };
    let name = format!("mspdash-companies-{}.csv", model.now.strftime("%Y%m%d-%H%M%S"));
    let ticket = model.tickets.issue(Purpose::Export { count });
    out.push(Effect::Write { ticket, name, text });
}

fn chosen(model: &Model) -> Vec<RowId> {
    if model.marks.is_empty() {
        return model.roster.shown().to_vec();
    }
    model.roster.rows().filter(|(_, key)| model.marks.contains(key)).map(|(row, _)| row).collect()
}

pub(super) fn written(model: &mut Model, count: usize, result: Result<String, Trouble>) {
    match result {
        Ok(path) => toast(model, Says::Exported { count, path }),
        Err(trouble) => fail(model, None, trouble),
    }
}

fn csv(companies: impl Iterator<Item = Company>) -> Option<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADINGS).ok()?;
    for company in companies {
        writer.write_record(row(&company).map(|cell| harmless(&cell))).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

fn row(company: &Company) -> [String; 17] {
    let time = |time: Option<Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
    let kinds: Vec<&str> = company.attention.iter().map(crate::domain::company::Attention::as_str).collect();
    [
        company.id.to_string(),
        company.name.clone(),
        company.state.as_str().to_owned(),
        company.seats.filled.to_string(),
        company.seats.limit.map(|limit| limit.to_string()).unwrap_or_default(),
        company.owners.confirmed.to_string(),
        company.owners.invited.to_string(),
        company.setup.done.to_string(),
        company.setup.applicable.to_string(),
        kinds.join(" "),
        company.website.clone().unwrap_or_default(),
        company.address.country_code.clone(),
        company.region.clone(),
        company.external_id.clone().unwrap_or_default(),
        company.tags.join(", "),
        time(company.create_time),
        time(company.trial_end_time),
    ]
}

/// A spreadsheet takes a cell that begins like this for a formula and would run it: an apostrophe makes it text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::company;

    #[test]
    fn a_name_cannot_become_a_formula_or_another_column() {
        let mut evil = company("A", "=cmd|' /C calc'!A0");
        evil.tags = vec!["a,b".into(), "say \"hi\"".into()];
        let text = csv([evil].into_iter()).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(record.get(1), Some("'=cmd|' /C calc'!A0"));
        assert_eq!(record.get(14), Some("a,b, say \"hi\""));
        assert_eq!(record.len(), HEADINGS.len());
    }
}
