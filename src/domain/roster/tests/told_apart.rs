//! Companies of one name, as far as anybody sees, are told apart by what none of the others has.

use super::*;

fn of(id: &str, name: &str, website: Option<&str>, number: Option<&str>) -> Company {
    let own = |text: Option<&str>| text.map(ToOwned::to_owned);
    Company { website: own(website), external_id: own(number), ..company(id, name) }
}

#[test]
fn what_none_of_the_others_has_tells_a_company_apart() {
    let site = Some("https://acme.example/");
    let roster = roster_of(vec![
        of("A", "Acme Ltd", site, Some("1")),
        of("B", "Acme\u{a0}Ltd", site, Some("2")),
        of("C", "ACME Ltd", Some("http://acme.example"), Some("2")),
        of("D", "Acme Ltd", Some("https://other.example"), None),
        of("E", "Acme Ltd", None, None),
        of("F", "Other Ltd", site, Some("1")),
        of("G", "Acmé Ltd", Some(" "), Some("")),
    ]);
    let keys = ["A", "B", "C", "D", "E", "F", "G"].map(key);
    let told = roster.told_apart(&keys);
    let told: Vec<_> = told.iter().map(|(key, said)| (key.company.as_str(), said.as_str())).collect();
    let wanted = [("A", "1"), ("B", "B"), ("C", "C"), ("D", "other.example"), ("E", "E"), ("G", "G")];
    assert_eq!(told, wanted, "and F has its name alone");
    for one in &keys {
        let alone = roster.told_apart([one]);
        assert_eq!(alone.get(one), roster.told_apart(&keys).get(one), "asked about one or about all");
    }
    assert!(roster.told_apart([&key("Z")]).is_empty(), "one that is not there");
}

#[test]
fn all_that_a_company_is_known_by_ends_with_its_id() {
    for (website, number, known) in [
        (Some("https://acme.example/"), Some("7"), &["acme.example", "7", "A"][..]),
        (Some("acme.example/shop"), None, &["acme.example/shop", "A"]),
        (Some("https://"), Some(" "), &["A"]),
        (None, None, &["A"]),
    ] {
        assert_eq!(of("A", "Acme", website, number).known_by().collect::<Vec<_>>(), known);
    }
}
