//! Companies as a table for other programs (CSV): the same columns, signs and care at every door.

use super::company::{Attention, Company};
use super::facts::Facet;
use jiff::Timestamp;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

/// At the beginning of a file: without it, spreadsheets take UTF-8 for another alphabet.
pub const BOM: &str = "\u{feff}";

/// The columns, named as the contract names them: a script must not depend on the language of a screen.
const HEADINGS: [&str; 18] = [
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
    "seats_coverage",
];

/// Languages that write 1,5 (Unicode CLDR).
const COMMA: [&str; 47] = [
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fo", "fr", "gl", "hr", "hu",
    "hy", "id", "is", "it", "ka", "kk", "ky", "lb", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru",
    "sk", "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi",
];

/// Where their speakers write 1.5.
const POINT: [&str; 16] = [
    "de_ch", "de_li", "it_ch", "es_mx", "es_us", "es_pr", "es_gt", "es_hn", "es_ni", "es_pa", "es_pe", "es_sv",
    "es_do", "es_cu", "es_bz", "es_419",
];

/// Where English has a comma.
const ENGLISH_COMMA: [&str; 9] = ["en_at", "en_be", "en_de", "en_dk", "en_fi", "en_nl", "en_se", "en_si", "en_za"];

/// What parts the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(u8);

impl Delimiter {
    pub const COMMA: Self = Self(b',');
    pub const SEMICOLON: Self = Self(b';');

    /// What the spreadsheets of a country expect, by its locale: where the comma stands in numbers, it is a semicolon.
    pub fn of_locale(locale: &str) -> Self {
        let place = locale.split(['.', '@']).next().unwrap_or_default().replace('-', "_").to_ascii_lowercase();
        let language = place.split('_').next().unwrap_or_default();
        let has = |list: &[&str], word: &str| list.contains(&word);
        let comma = has(&COMMA, language) && !has(&POINT, &place);
        if comma || has(&ENGLISH_COMMA, &place) { Self::SEMICOLON } else { Self::COMMA }
    }
}

impl FromStr for Delimiter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "," | "comma" => Ok(Self::COMMA),
            ";" | "semicolon" => Ok(Self::SEMICOLON),
            "\t" | "\\t" | "tab" => Ok(Self(b'\t')),
            "|" | "pipe" => Ok(Self(b'|')),
            _ => Err("expected one of , ; | tab".to_owned()),
        }
    }
}

/// The table, each company with the name of its account where there are several. `None` when it cannot be made.
pub fn companies(rows: impl Iterator<Item = (Option<String>, Company)>, delimiter: Delimiter) -> Option<String> {
    let mut rows = rows.peekable();
    let several = rows.peek().is_some_and(|(account, _)| account.is_some());
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter.0).from_writer(Vec::new());
    writer.write_record(several.then_some("profile").into_iter().chain(HEADINGS)).ok()?;
    for (account, company) in rows {
        let cells = account.into_iter().chain(row(&company));
        writer.write_record(cells.map(|cell| harmless(&cell))).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

/// Any other table. `None` when it cannot be made.
pub fn table(rows: impl Iterator<Item = Vec<String>>, delimiter: Delimiter) -> Option<String> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter.0).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

fn row(company: &Company) -> [String; 18] {
    let time = |time: Option<Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
    // What is not known has an empty cell, as what there is not.
    let count = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
    let kinds: Vec<&str> = company.attention.iter().map(Attention::as_str).collect();
    [
        company.id.to_string(),
        company.name.clone(),
        company.state.as_str().to_owned(),
        count(company.seats.filled),
        count(company.seats.limit),
        count(company.owners.confirmed),
        count(company.owners.invited),
        count(company.setup.known().then_some(company.setup.done)),
        count(company.setup.known().then_some(company.setup.applicable)),
        kinds.join(" "),
        company.website.clone().unwrap_or_default(),
        company.address.country_code.clone(),
        company.region.clone(),
        company.external_id.clone().unwrap_or_default(),
        company.tags.join(", "),
        time(company.create_time),
        time(company.trial_end_time),
        // Behind all others: programs that know the older columns by their places go on.
        company.fact(&Facet::Seats).map_or("", |fact| fact.coverage.as_str()).to_owned(),
    ]
}

/// A spreadsheet takes a cell that begins like this for a formula and would run it: an apostrophe makes it text. One
/// that expects another delimiter makes several cells of one, so what follows any delimiter is a beginning too.
fn harmless(cell: &str) -> String {
    let (mut out, mut begins) = (String::with_capacity(cell.len()), true);
    for c in cell.chars() {
        if begins && matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') {
            out.push('\'');
        }
        begins = matches!(c, ',' | ';' | '|' | '\t' | '\n' | '"');
        out.push(c);
    }
    out
}

/// Where a file is to be that somebody named: `~` is their home, anything else that does not begin at the root is in
/// the working directory. Without what leads back, so that it can be read.
pub fn place(named: &str, folder: &Path, home: Option<&Path>) -> PathBuf {
    let named = Path::new(named.trim());
    let full = match (named.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => folder.join(named),
    };
    let mut plain = PathBuf::new();
    for part in full.components().filter(|part| *part != Component::CurDir) {
        plain.push(part);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::tests::company;

    fn table(company: Company, delimiter: Delimiter) -> String {
        companies([(None, company)].into_iter(), delimiter).unwrap()
    }

    #[test]
    fn a_name_cannot_become_a_formula_or_another_column() {
        for (delimiter, sign) in [(Delimiter::COMMA, b','), (Delimiter::SEMICOLON, b';'), (Delimiter(b'\t'), b'\t')] {
            let mut evil = company("A", "=cmd|' /C calc'!A0");
            evil.tags = vec!["a,b;c\td".into(), "say \"hi\"".into()];
            evil.external_id = Some("x,=1+1;@sum;\"-2".into());
            let text = table(evil, delimiter);
            let mut reader = csv::ReaderBuilder::new().delimiter(sign).from_reader(text.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            assert_eq!(record.get(1), Some("'=cmd|' /C calc'!A0"));
            assert_eq!(record.get(13), Some("x,'=1+1;'@sum;\"'-2"), "nor in a reader that parts at another sign");
            assert_eq!(record.get(14), Some("a,b;c\td, say \"hi\""));
            assert_eq!(record.len(), HEADINGS.len());
        }
    }

    #[test]
    fn the_account_is_a_column_where_there_are_several() {
        let rows = [(Some("eu".to_owned()), company("A", "Alpen"))];
        let text = companies(rows.into_iter(), Delimiter::SEMICOLON).unwrap();
        assert!(text.starts_with("profile;id;name;") && text.contains("\neu;A;Alpen;"), "{text}");
        assert!(table(company("A", "Alpen"), Delimiter::COMMA).starts_with("id,name,"));
    }

    #[test]
    fn where_numbers_have_a_comma_columns_have_a_semicolon() {
        for locale in ["de_DE.UTF-8", "de", "de-AT", "fr_CH.utf8", "pt_BR", "en_DK.UTF-8", "tr_TR", "nb_NO@x", "es_ES"]
        {
            assert_eq!(Delimiter::of_locale(locale), Delimiter::SEMICOLON, "{locale}");
        }
        for locale in ["", "C", "C.UTF-8", "POSIX", "en_US.UTF-8", "de_CH.UTF-8", "it-CH", "es_MX", "ja_JP", "en"] {
            assert_eq!(Delimiter::of_locale(locale), Delimiter::COMMA, "{locale}");
        }
    }

    #[test]
    fn delimiters_are_given_as_signs_or_words() {
        assert_eq!(";".parse(), Ok(Delimiter::SEMICOLON));
        assert_eq!("tab".parse(), Ok(Delimiter(b'\t')));
        assert_eq!("\\t".parse(), Ok(Delimiter(b'\t')));
        for wrong in ["", "x", ";;", "\"", "\n"] {
            assert!(wrong.parse::<Delimiter>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_place_is_told_in_full() {
        let (folder, home) = (Path::new("/srv/here"), Some(Path::new("/home/t")));
        for (named, full) in [
            ("a.csv", "/srv/here/a.csv"),
            (" ./x/a.csv ", "/srv/here/x/a.csv"),
            ("../a.csv", "/srv/here/../a.csv"),
            ("/tmp/a.csv", "/tmp/a.csv"),
            ("~/a.csv", "/home/t/a.csv"),
            ("~", "/home/t"),
            ("~other/a.csv", "/srv/here/~other/a.csv"),
            ("a~", "/srv/here/a~"),
        ] {
            assert_eq!(place(named, folder, home), Path::new(full), "{named}");
        }
        assert_eq!(place("~/a", folder, None), Path::new("/srv/here/~/a"));
    }
}
