//! The rules of search, and of what lights up.

use super::*;

/// What is lit up, in brackets.
fn lit(roster: &mut Roster, text: &str, company: &Company) -> String {
    search(roster, text);
    let mut out = String::new();
    let mut from = 0;
    for range in roster.highlights(company) {
        out.extend([&company.name[from..range.start], "[", &company.name[range.clone()], "]"]);
        from = range.end;
    }
    out + &company.name[from..]
}

#[test]
fn muller_and_mueller_find_müller() {
    let mut roster = roster(&["Müller GmbH", "Bäcker", "Mueller & Sons", "Mu\u{308}ller KG"]);
    assert_eq!(found(&mut roster, "mueller"), ["Mueller & Sons", "Müller GmbH", "Mu\u{308}ller KG"]);
    for text in ["müller", "MÜLLER", "mu\u{308}ller"] {
        let names = found(&mut roster, text);
        assert_eq!(names, ["Mueller & Sons", "Müller GmbH", "Mu\u{308}ller KG"], "{text}");
    }
    let names = found(&mut roster, "muller");
    assert_eq!(names, ["Müller GmbH", "Mu\u{308}ller KG", "Mueller & Sons"], "the last one only by its letters");
}

#[test]
fn letters_with_strokes_are_found_without_them() {
    let mut roster = roster(&["Straße 7", "Łódź Sp. z o.o.", "Ørsted A/S", "Đorđe", "Æther", "Århus"]);
    for (text, name) in [
        ("strasse", "Straße 7"),
        ("straße", "Straße 7"),
        ("lodz", "Łódź Sp. z o.o."),
        ("ŁÓDŹ", "Łódź Sp. z o.o."),
        ("orsted", "Ørsted A/S"),
        ("oersted", "Ørsted A/S"),
        ("dorde", "Đorđe"),
        ("aether", "Æther"),
        ("arhus", "Århus"),
        ("aarhus", "Århus"),
    ] {
        assert_eq!(found(&mut roster, text), [name], "{text}");
    }
}

#[test]
fn names_of_other_scripts_are_found() {
    let mut roster = roster(&["東京セキュリティ株式会社", "مرسى للتقنية", "Ελλάς ΑΕ", "한국전자"]);
    for (text, name) in [
        ("東京", "東京セキュリティ株式会社"),
        ("ｾｷｭﾘﾃｨ", "東京セキュリティ株式会社"),
        ("للتقنية", "مرسى للتقنية"),
        ("ελλας", "Ελλάς ΑΕ"),
        ("전자", "한국전자"),
    ] {
        assert_eq!(found(&mut roster, text), [name], "{text}");
    }
}

#[test]
fn prefix_before_word_start_before_substring_before_fuzzy() {
    let mut roster = roster(&[
        "Alight",
        "Bridge Lightning",
        "Zig Light",
        "Light & Söhne",
        "Lion Night",
        "Limit Ghost",
        "Long Identity Group",
    ]);
    assert_eq!(
        found(&mut roster, "light"),
        ["Light & Söhne", "Bridge Lightning", "Zig Light", "Alight", "Limit Ghost", "Lion Night"]
    );
}

#[test]
fn every_word_has_to_match_and_the_worst_one_counts() {
    let mut roster = roster(&["Bright Söhne", "Söhne Bright", "Bright", "Enbright Absöhner", "Bright Absöhner"]);
    let names = found(&mut roster, "  bright  söhne ");
    assert_eq!(names, ["Bright Söhne", "Söhne Bright", "Bright Absöhner", "Enbright Absöhner"]);
}

#[test]
fn website_tags_and_external_id_are_found_after_the_name() {
    let mut named = company("A", "Xylo Kiel");
    named.tags = vec!["other".into()];
    let mut tagged = company("B", "Beta");
    tagged.tags = vec!["north".into(), "Kiel".into()];
    let mut site = company("C", "Alpha");
    site.website = Some("https://kiel.example".into());
    let mut numbered = company("D", "Gamma");
    numbered.external_id = Some("KIEL-0042".into());
    let mut roster = roster_of(vec![named, tagged, site, numbered, company("E", "Delta")]);
    assert_eq!(found(&mut roster, "kiel"), ["Xylo Kiel", "Alpha", "Beta", "Gamma"]);
    assert_eq!(found(&mut roster, "alp example"), ["Alpha"]);
    assert!(found(&mut roster, "northkiel").is_empty(), "a word does not reach from one tag into the next");
}

#[test]
fn letters_in_order_and_close_to_each_other_are_found() {
    let mut roster = roster(&["Brightwater GmbH", "Harbour IT", "Northwind Traders", "Contoso"]);
    for (text, name) in
        [("brgt", "Brightwater GmbH"), ("brightwtr", "Brightwater GmbH"), ("nwind", "Northwind Traders")]
    {
        assert_eq!(found(&mut roster, text), [name], "{text}");
    }
    assert!(found(&mut roster, "bx").is_empty(), "two letters are looked for as they are");
}

#[test]
fn bright_does_not_list_nonsense() {
    let mut roster = roster(&[
        "Brightwater GmbH",
        "Brauerei Ingolstadt Holding Trust",
        "Birgit Hartmann",
        "Bergheim Immobilien Gesellschaft für Hausbau und Technik",
        "British Heritage Trust",
        "Brigitte Roth Haustechnik",
        "Bau-, Reparatur- und Installations-Gesellschaft Hagen (Treuhand)",
        "Labor Instrument Engineering High Tech",
    ]);
    assert_eq!(found(&mut roster, "bright"), ["Brightwater GmbH"]);
}

#[test]
fn a_blank_search_shows_everything_by_name() {
    let mut roster = roster(&["B", "A"]);
    for text in [" ", "\t\u{3000}", "\u{301}"] {
        assert_eq!(found(&mut roster, text), ["A", "B"], "{text:?}");
    }
}

#[test]
fn an_explicit_sort_outdoes_the_rank() {
    let mut rows = vec![company("A", "Bright"), company("B", "Enbright"), company("C", "All Bright")];
    for (row, filled) in rows.iter_mut().zip([1, 3, 2]) {
        row.seats.filled = Some(filled);
    }
    let mut roster = roster_of(rows);
    assert_eq!(found(&mut roster, "bright"), ["Bright", "All Bright", "Enbright"]);
    let sort = Some(Sort { column: Column::Seats, descending: true });
    roster.set_query(Query { search: "bright".into(), sort, ..Query::default() });
    assert_eq!(shown(&roster), ["Enbright", "All Bright", "Bright"]);
    let sort = Some(Sort { column: Column::Name, descending: false });
    roster.set_query(Query { search: "bright".into(), sort, ..Query::default() });
    assert_eq!(shown(&roster), ["All Bright", "Bright", "Enbright"]);
}

#[test]
fn matches_light_up_in_the_name_as_it_is_written() {
    let mut roster = roster(&[]);
    for (text, name, expected) in [
        ("bright", "Brightwater GmbH", "[Bright]water GmbH"),
        ("mueller", "Müller GmbH", "[Müller] GmbH"),
        ("muell", "Müller GmbH", "[Müll]er GmbH"),
        ("mull", "Mu\u{308}ller", "[Mu\u{308}ll]er"),
        ("mü", "Mueller", "[Mue]ller"),
        ("strasse", "Große Straße 7", "Große [Straße] 7"),
        ("lodz", "Łódź", "[Łódź]"),
        ("gmbh müller", "Müller GmbH", "[Müller] [GmbH]"),
        ("京セ", "東京セキュリティ", "東[京セ]キュリティ"),
        ("light", "Alight Light", "Alight [Light]"),
        ("brgt", "Brightwater", "[Br]i[g]h[t]water"),
        ("للتقنية", "مرسى للتقنية", "مرسى [للتقنية]"),
        ("xyz", "Brightwater", "Brightwater"),
        ("", "Brightwater", "Brightwater"),
    ] {
        assert_eq!(lit(&mut roster, text, &company("A", name)), expected, "{text}");
    }
}

#[test]
fn a_match_in_a_tag_does_not_light_up_the_name() {
    let mut tagged = company("A", "Brightwater");
    tagged.tags = vec!["brgt".into()];
    assert_eq!(lit(&mut roster(&[]), "brgt", &tagged), "Brightwater");
}

#[test]
fn look_alikes_share_the_folded_name() {
    let roster = roster(&["Müller GmbH", "MULLER  gmbh", "Mueller GmbH", "Müller GmbH & Co", "Zeta"]);
    assert_eq!(roster.look_alikes("müller GMBH"), [key("1"), key("0")]);
    assert!(roster.look_alikes("Nobody").is_empty());
}

#[test]
fn odd_names_are_kept_and_found() {
    let long = "Bright ".repeat(2_858);
    let mut roster = roster(&["", "   ", &long, "\u{301}", "👩‍👩‍👧 Family"]);
    assert_eq!(roster.shown().len(), 5);
    assert_eq!(found(&mut roster, "bright bright").len(), 1);
    assert_eq!(found(&mut roster, "family"), ["👩‍👩‍👧 Family"]);
    assert_eq!(lit(&mut roster, "👩", &company("A", "👩‍👩‍👧 Family")), "[👩‍👩‍👧] Family");
    for name in ["", "   ", &long] {
        let ranges = roster.highlights(&company("A", name));
        assert!(ranges.iter().all(|range| range.end <= name.len()));
    }
}

#[test]
fn a_pasted_address_finds_the_website_and_its_scheme_alone_finds_nothing() {
    let mut site = company("A", "Alpha");
    site.website = Some("HTTPS://www.kiel.example".into());
    let mut roster = roster_of(vec![site]);
    for text in ["https://www.kiel.example", "http://www.kiel", "kiel.ex"] {
        assert_eq!(found(&mut roster, text), ["Alpha"], "{text}");
    }
    assert!(found(&mut roster, "http").is_empty());
}

#[test]
fn a_whole_word_elsewhere_comes_before_scattered_letters_in_the_name() {
    let mut tagged = company("A", "Zeta");
    tagged.tags = vec!["gold".into()];
    let mut roster = roster_of(vec![tagged, company("B", "Go Ldt")]);
    assert_eq!(found(&mut roster, "gold"), ["Zeta", "Go Ldt"]);
}

#[test]
fn a_prefix_looks_in_one_place_only() {
    let mut made = ["Nordwind", "Sued", "West"].map(|name| company(name, name));
    made[0].tags = vec!["trade".into()];
    made[1].tags = vec!["Nörd".into(), "north".into()];
    made[1].external_id = Some("HB-1001".into());
    made[2].owners.names = vec!["Petra Nord".into(), "Ümit Öz".into()];
    made[2].website = Some("https://nord.example".into());
    let mut roster = Roster::new(Lang::De);
    roster.upsert(&ProfileId::new("p"), made.to_vec());
    for (text, names) in [
        ("nord", vec!["Nordwind", "Sued", "West"]),
        ("tag:nord", vec!["Sued"]),
        ("TAG:Nörd", vec!["Sued"]),
        ("tag:nord tag:trade", vec![]),
        ("owner:petra", vec!["West"]),
        ("owner:oez", vec!["West"]),
        ("petra", vec![]),
        ("owner:nord west", vec!["West"]),
        ("owner:west", vec![]),
        ("id:1001", vec!["Sued"]),
        ("id:hb-10", vec!["Sued"]),
        ("id:SUE", vec!["Sued"]),
        ("id:nord.example", vec![]),
        ("tag:", vec!["Nordwind", "Sued", "West"]),
    ] {
        assert_eq!(found(&mut roster, text), names, "{text}");
    }
}
