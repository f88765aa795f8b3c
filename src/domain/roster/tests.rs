//! The rules of the list, one by one.

mod finding;
mod reference;
mod told_apart;

use super::*;
use crate::domain::company::{Actor, Address, AdvancedPermissions, Attention, CompanyState, Origin, Owners};
use crate::domain::company::{Seats, SetupProgress};
use crate::domain::id::{CompanyId, Etag};

pub(crate) fn company(id: &str, name: &str) -> Company {
    Company {
        id: CompanyId::new(id),
        etag: Etag::new("1"),
        name: name.into(),
        website: None,
        address: Address::default(),
        region: "1password.eu".into(),
        sign_in_host: "example.1password.eu".into(),
        origin: Origin::Created,
        state: CompanyState::Active,
        seats: Seats { filled: Some(0), limit: None, members: Some(0), guests: Some(0) },
        owners: Owners { confirmed: Some(0), invited: Some(0), names: Vec::new() },
        setup: SetupProgress { done: 0, applicable: 5, stalled_since: None },
        open_recoveries: Some(0),
        advanced_permissions: Some(AdvancedPermissions::default()),
        facts: Vec::new(),
        attention: Vec::new(),
        external_id: None,
        tags: Vec::new(),
        note: None,
        create_time: None,
        link_time: None,
        launch_time: None,
        unlink_time: None,
        unlinked_by: None,
        trial_end_time: None,
        source_expire_time: None,
        snooze_until: None,
        update_time: None,
    }
}

pub(super) fn profile() -> ProfileId {
    ProfileId::new("harbour")
}

fn key(id: &str) -> CompanyKey {
    CompanyKey { profile: profile(), company: CompanyId::new(id) }
}

/// A German roster; ids are `0`, `1`, … in the order given.
fn roster(names: &[&str]) -> Roster {
    let mut roster = Roster::new(Lang::De);
    let rows: Batch = names.iter().enumerate().map(|(at, name)| company(&at.to_string(), name)).collect();
    assert_eq!(roster.upsert(&profile(), rows), !names.is_empty());
    roster
}

fn roster_of(companies: Vec<Company>) -> Roster {
    let mut roster = Roster::new(Lang::De);
    roster.upsert(&profile(), companies);
    roster
}

fn shown(roster: &Roster) -> Vec<&str> {
    roster.shown().iter().map(|&row| roster.get(&roster.key(row).unwrap()).unwrap().name.as_str()).collect()
}

fn shown_ids(roster: &Roster) -> Vec<&str> {
    roster.shown().iter().map(|&row| roster.get(&roster.key(row).unwrap()).unwrap().id.as_str()).collect()
}

fn search(roster: &mut Roster, text: &str) {
    roster.set_query(Query { search: text.into(), ..roster.query().clone() });
}

fn found<'a>(roster: &'a mut Roster, text: &str) -> Vec<&'a str> {
    search(roster, text);
    shown(roster)
}

#[test]
fn numbers_in_names_stand_by_their_value_in_both_directions() {
    let mut roster = roster(&["Firma 10", "Firma 2", "Firma 1", "firma 9 Nord", "Firma", "Firma 100"]);
    let upwards = ["Firma", "Firma 1", "Firma 2", "firma 9 Nord", "Firma 10", "Firma 100"];
    assert_eq!(shown(&roster), upwards);
    roster.set_query(Query { sort: "-name".parse().ok(), ..Query::default() });
    assert_eq!(shown(&roster), upwards.iter().rev().copied().collect::<Vec<_>>());
}

#[test]
fn an_order_is_read_by_its_word() {
    for (word, column) in Column::WORDS {
        assert_eq!(word.to_uppercase().parse(), Ok(Sort { column, descending: false }));
        assert_eq!(format!(" -{word}\r").parse(), Ok(Sort { column, descending: true }));
    }
    assert!(Column::ALL.iter().all(|column| Column::WORDS.iter().any(|(_, other)| other == column)));
    assert!("colour".parse::<Sort>().unwrap_err().contains("name, status, seats"));
}

fn sorted(roster: &mut Roster, column: Column, descending: bool) -> Vec<&str> {
    roster.set_query(Query { sort: Some(Sort { column, descending }), ..Query::default() });
    shown_ids(roster)
}

#[test]
fn names_stand_in_the_order_of_the_language() {
    let roster = roster(&["Zebra", "Öl & Gas", "Ofen", "ärger", "Apfel", "Straße", "Strasse", "Strand", "ofen"]);
    assert_eq!(shown(&roster), ["Apfel", "ärger", "ofen", "Ofen", "Öl & Gas", "Strand", "Strasse", "Straße", "Zebra"]);
}

#[test]
fn equal_names_stand_by_id() {
    let roster = roster_of(vec![company("B", "Same"), company("C", "Same"), company("A", "Same")]);
    assert_eq!(shown_ids(&roster), ["A", "B", "C"]);
}

#[test]
fn status_stands_in_the_order_of_the_known_states() {
    let mut states = CompanyState::KNOWN.to_vec();
    states.push(CompanyState::Other("HIBERNATING".into()));
    let rows = states.into_iter().enumerate().map(|(at, state)| Company { state, ..company(&at.to_string(), "x") });
    let mut rows: Vec<Company> = rows.collect();
    rows.reverse();
    let mut roster = roster_of(rows);
    // Unlinked ones stand last, whichever way.
    assert_eq!(sorted(&mut roster, Column::Status, false), ["0", "1", "2", "4", "3"]);
    assert_eq!(sorted(&mut roster, Column::Status, true), ["4", "2", "1", "0", "3"]);
}

#[test]
fn unlinked_companies_stand_last_in_every_order_but_by_urgency() {
    let gone = |id, name| Company { state: CompanyState::Unlinked, ..company(id, name) };
    let mut rows =
        vec![gone("A", "Alpen"), company("B", "Bright"), gone("C", "Alpen Reisen"), company("D", "Zum Alpen")];
    rows[0].attention = vec![Attention::TrialEnding];
    let mut roster = roster_of(rows);
    assert_eq!((shown_ids(&roster), roster.ends_with_unlinked()), (vec!["B", "D", "A", "C"], true));
    for column in Column::ALL.into_iter().filter(|column| *column != Column::Attention) {
        for descending in [false, true] {
            let mut last = sorted(&mut roster, column, descending).split_off(2);
            last.sort_unstable();
            assert_eq!(last, ["A", "C"], "{column:?} {descending}");
        }
    }
    assert_eq!(sorted(&mut roster, Column::Attention, false), ["A", "C", "B", "D"]);
    assert!(!roster.ends_with_unlinked());
    roster.set_query(Query::default());
    assert_eq!(found(&mut roster, "alpen"), ["Alpen", "Alpen Reisen", "Zum Alpen"], "a better match outdoes it");
    let filter = Filter { hide_unlinked: true, ..Filter::default() };
    roster.set_query(Query { search: "alpen".into(), filter, ..Query::default() });
    assert_eq!((shown_ids(&roster), roster.hidden()), (vec!["D"], 2), "hidden ones that would be found are counted");
    let filter = Filter { hide_unlinked: true, states: vec![CompanyState::Unlinked], ..Filter::default() };
    roster.set_query(Query { filter, ..Query::default() });
    assert_eq!((shown_ids(&roster), roster.hidden()), (vec!["A", "C"], 0), "who asks for them sees them");
}

#[test]
fn what_needs_attention_stands_by_its_urgency_and_in_groups() {
    let at = |day: i64| jiff::Timestamp::from_second(1_800_000_000 + day * 86_400).ok();
    let needing = |id: &str, kind: Attention| Company { attention: vec![kind], ..company(id, id) };
    let trial = |id, day| Company { trial_end_time: at(day), ..needing(id, Attention::TrialEnding) };
    let idle = |id, day| {
        let mut idle = needing(id, Attention::SetupStalled);
        idle.setup.stalled_since = at(day);
        idle
    };
    let near = |id, filled| {
        let mut near = needing(id, Attention::SeatLimitNear);
        near.seats = Seats { filled: Some(filled), limit: Some(100), ..Seats::default() };
        near
    };
    let mut snoozed = needing("Z", Attention::RecoveryWaiting);
    snoozed.snooze_until = at(1);
    let mut roster = roster_of(vec![
        snoozed,
        needing("Y", Attention::SingleOwner),
        needing("X", Attention::RecoveryWaiting),
        needing("W", Attention::LinkWaiting),
        trial("D2", 2),
        trial("A3", 3),
        trial("C1", 1),
        idle("M", -20),
        idle("N", -61),
        near("P", 81),
        near("Q", 99),
        needing("V", Attention::FactsStale),
        company("calm", "calm"),
    ]);
    let filter = Filter { any_attention: true, ..Filter::default() };
    let sort = Some(Sort { column: Column::Attention, descending: false });
    roster.set_query(Query { filter: filter.clone(), sort, ..Query::default() });
    assert_eq!(shown_ids(&roster), ["X", "W", "C1", "D2", "A3", "Q", "P", "Y", "N", "M", "V"]);
    let groups = [(Group::Now, 0), (Group::Soon, 2), (Group::Setup, 7), (Group::Records, 10)];
    assert_eq!(roster.groups(), groups);
    roster.set_query(Query { filter: Filter { with_snoozed: true, ..filter }, sort, ..Query::default() });
    assert_eq!((shown_ids(&roster).last(), roster.groups().last()), (Some(&"Z"), Some(&(Group::Snoozed, 11))));
    roster.set_query(Query::default());
    assert_eq!(roster.groups(), [], "another order has none");
}

#[test]
fn pins_are_kept_for_companies_that_are_not_there_yet() {
    let mut roster = Roster::new(Lang::De);
    roster.set_pins([key("B"), key("X")].into());
    roster.set_query(Query { filter: Filter { pinned: true, ..Filter::default() }, ..Query::default() });
    roster.upsert(&profile(), vec![company("A", "Alpen"), company("B", "Bright")]);
    assert_eq!((shown_ids(&roster), roster.pinned()), (vec!["B"], 1));
    roster.set_pins([key("A"), key("B")].into());
    assert_eq!(shown_ids(&roster), ["A", "B"]);
}

#[test]
fn ties_stand_by_name_and_id_in_either_direction() {
    let mut rows = vec![company("1", "B"), company("2", "A"), company("4", "A"), company("3", "A")];
    rows[0].seats.filled = Some(9);
    let mut roster = roster_of(rows);
    assert_eq!(sorted(&mut roster, Column::Seats, false), ["2", "3", "4", "1"]);
    assert_eq!(sorted(&mut roster, Column::Seats, true), ["1", "2", "3", "4"]);
    assert_eq!(sorted(&mut roster, Column::Name, false), ["2", "3", "4", "1"]);
    assert_eq!(sorted(&mut roster, Column::Name, true), ["1", "2", "3", "4"]);
}

#[test]
fn setup_stands_by_share_and_then_by_steps() {
    let steps = [
        (4, 5),
        (0, 5),
        (2, 4),
        (1, 2),
        (5, 5),
        (4, 4),
        (0, 0),
        (u32::MAX - 1, u32::MAX),
        (u32::MAX - 2, u32::MAX - 1),
    ];
    let rows = steps.into_iter().enumerate().map(|(at, (done, applicable))| Company {
        setup: SetupProgress { done, applicable, stalled_since: None },
        ..company(&at.to_string(), "x")
    });
    let mut roster = roster_of(rows.collect());
    assert_eq!(sorted(&mut roster, Column::Setup, false), ["1", "3", "2", "0", "8", "7", "5", "4", "6"]);
}

#[test]
fn owners_stand_by_confirmed_and_then_by_invited() {
    let owners = [(1, 0), (0, 2), (0, 0), (1, 1), (0, 1)];
    let rows = owners.into_iter().enumerate().map(|(at, (confirmed, invited))| Company {
        owners: Owners { confirmed: Some(confirmed), invited: Some(invited), names: Vec::new() },
        ..company(&at.to_string(), "x")
    });
    let mut roster = roster_of(rows.collect());
    assert_eq!(sorted(&mut roster, Column::Owners, false), ["2", "4", "1", "0", "3"]);
}

/// What is not known is neither much nor little: it stands last whichever way.
#[test]
fn unknown_stands_last_in_both_directions_and_is_counted_apart() {
    let mut rows = vec![company("A", "A"), company("B", "B"), company("C", "C"), company("D", "D")];
    rows[1].seats.filled = Some(u32::MAX);
    rows[2].seats.filled = None;
    rows[2].owners.confirmed = None;
    rows[2].setup.applicable = 0;
    rows[2].state = CompanyState::Other(CompanyState::UNSPECIFIED.into());
    rows[3].seats.filled = None;
    rows[3].state = CompanyState::Unlinked;
    let mut roster = roster_of(rows);
    assert_eq!(sorted(&mut roster, Column::Seats, false), ["A", "B", "C", "D"]);
    assert_eq!(sorted(&mut roster, Column::Seats, true), ["B", "A", "C", "D"]);
    for column in [Column::Owners, Column::Setup, Column::Status] {
        for descending in [false, true] {
            // Only an unlinked one stands behind it.
            assert_eq!(sorted(&mut roster, column, descending)[2..], ["C", "D"], "{column:?} {descending}");
        }
    }
    let counts = roster.totals().counts;
    assert_eq!((counts.seats_filled, counts.seats_unknown), (u64::from(u32::MAX), 1), "unlinked ones do not count");
    assert_eq!((counts.owners_unknown, counts.setup_unknown), (1, 1));
    let filter = Filter { unknown: vec![Figure::Seats], ..Filter::default() };
    roster.set_query(Query { filter, ..Query::default() });
    assert_eq!(shown(&roster), ["C", "D"]);
}

#[test]
fn filters_of_one_kind_add_and_of_several_kinds_narrow() {
    let mut rows = vec![company("A", "A"), company("B", "B"), company("C", "C"), company("D", "D")];
    rows[0].tags = vec!["north".into()];
    rows[1].attention = vec![Attention::FactsStale];
    rows[1].snooze_until = Some(Timestamp::MAX);
    rows[1].tags = vec!["south".into(), "gold".into()];
    rows[1].state = CompanyState::Pending;
    rows[2].attention = vec![Attention::SingleOwner];
    rows[3].attention = vec![Attention::TrialEnding, Attention::SetupStalled];
    rows[3].state = CompanyState::Unlinked;
    let mut roster = roster_of(rows);
    let mut filtered = |filter: Filter| {
        roster.set_query(Query { filter, ..Query::default() });
        shown(&roster).concat()
    };
    let tags = |tags: &[&str]| tags.iter().map(|&tag| tag.to_owned()).collect::<Vec<_>>();
    assert_eq!(filtered(Filter::default()), "ABCD");
    assert_eq!(filtered(Filter { states: vec![CompanyState::Active], ..Filter::default() }), "AC");
    let states = vec![CompanyState::Active, CompanyState::Pending];
    assert_eq!(filtered(Filter { states: states.clone(), ..Filter::default() }), "ABC");
    assert_eq!(filtered(Filter { states, tags: tags(&["gold", "north"]), ..Filter::default() }), "AB");
    assert_eq!(filtered(Filter { tags: tags(&["nor"]), ..Filter::default() }), "");
    let attention = vec![Attention::SetupStalled];
    assert_eq!(filtered(Filter { attention: attention.clone(), ..Filter::default() }), "D");
    assert_eq!(filtered(Filter { attention, any_attention: true, ..Filter::default() }), "CD");
    let snoozed = vec![Attention::FactsStale];
    assert_eq!(filtered(Filter { any_attention: true, ..Filter::default() }), "CD");
    assert_eq!(filtered(Filter { attention: snoozed, any_attention: true, ..Filter::default() }), "BCD");
    assert_eq!(filtered(Filter { any_attention: true, states: vec![CompanyState::Active], ..Filter::default() }), "C");
}

#[test]
fn equal_rows_change_nothing() {
    let mut roster = roster(&["A", "B"]);
    assert!(!roster.upsert(&profile(), vec![company("0", "A"), company("1", "B")]));
    assert!(!roster.upsert(&profile(), Vec::new()));
    assert!(roster.upsert(&profile(), vec![company("0", "A"), company("1", "C")]));
}

#[test]
fn a_poll_that_brings_one_row_moves_only_that_row() {
    let mut roster = roster(&["Alpha", "Beta", "Gamma"]);
    assert!(roster.upsert(&profile(), vec![company("0", "Delta")]));
    assert_eq!(shown(&roster), ["Beta", "Delta", "Gamma"]);
    assert_eq!(roster.position(&key("0")), Some(1));
    search(&mut roster, "delta");
    assert!(roster.upsert(&profile(), vec![company("2", "Delta II"), company("3", "Deltoid")]));
    assert_eq!(shown(&roster), ["Delta", "Delta II"]);
    assert_eq!(roster.len(), 4);
}

#[test]
fn a_company_named_twice_counts_once_and_last() {
    let roster = roster_of(vec![company("A", "First"), company("B", "B"), company("A", "Last")]);
    assert_eq!(shown(&roster), ["B", "Last"]);
    assert_eq!(roster.totals().counts.by_state.active, 2);
}

#[test]
fn the_same_id_in_two_profiles_is_two_companies() {
    let other = ProfileId::new("other");
    let mut roster = roster(&["Here"]);
    roster.upsert(&other, vec![company("0", "There")]);
    assert_eq!(shown(&roster), ["Here", "There"]);
    assert!(roster.remove(&[CompanyKey { profile: other, company: CompanyId::new("0") }]));
    assert_eq!(shown(&roster), ["Here"]);
}

#[test]
fn removing_what_is_not_there_changes_nothing() {
    let mut roster = roster(&["A", "B"]);
    assert!(!roster.remove(&[key("7")]));
    assert!(roster.remove(&[key("0"), key("7"), key("0")]));
    assert_eq!(shown(&roster), ["B"]);
    assert_eq!((roster.get(&key("0")), roster.position(&key("0"))), (None, None));
}

#[test]
fn a_full_reload_drops_what_it_did_not_bring() {
    let other = ProfileId::new("other");
    let mut roster = roster(&["A", "B", "C"]);
    roster.upsert(&other, vec![company("9", "Elsewhere")]);
    assert!(!roster.end_reload(&profile()), "not begun");
    roster.begin_reload(&profile());
    assert!(!roster.upsert(&profile(), vec![company("0", "A")]), "the same as before, but seen");
    assert!(roster.upsert(&profile(), vec![company("2", "C2")]));
    assert_eq!(shown(&roster), ["A", "B", "C2", "Elsewhere"], "old rows stay until the end");
    assert!(roster.end_reload(&profile()));
    assert_eq!(shown(&roster), ["A", "C2", "Elsewhere"]);
    assert!(!roster.end_reload(&profile()), "ended already");
}

#[test]
fn a_reload_begun_again_starts_over() {
    let mut roster = roster(&["A", "B"]);
    roster.begin_reload(&profile());
    roster.upsert(&profile(), vec![company("0", "A")]);
    roster.begin_reload(&profile());
    roster.upsert(&profile(), vec![company("1", "B")]);
    assert!(roster.end_reload(&profile()));
    assert_eq!(shown(&roster), ["B"]);
}

#[test]
fn an_edit_in_place_moves_and_finds_the_row_anew() {
    let mut roster = roster(&["A", "B", "C"]);
    assert!(roster.update(&key("0"), |company| company.name = "Zeta".into()));
    assert_eq!(shown(&roster), ["B", "C", "Zeta"]);
    assert!(!roster.update(&key("0"), |_| {}));
    assert!(!roster.update(&key("7"), |company| company.name = "no".into()));
    assert!(!roster.update(&key("0"), |company| company.id = CompanyId::new("other")), "ids are not edited");
    assert_eq!(found(&mut roster, "zet"), ["Zeta"]);
    assert!(roster.update(&key("0"), |company| company.tags = vec!["gold".into()]));
    assert_eq!(found(&mut roster, "gold"), ["Zeta"]);
}

#[test]
fn the_same_query_again_does_nothing() {
    let mut roster = roster(&["A", "B"]);
    search(&mut roster, "a");
    let before = roster.shown().as_ptr();
    search(&mut roster, "a");
    assert_eq!(roster.shown().as_ptr(), before);
    assert!(!roster.query().is_clear());
    roster.set_query(Query::default());
    assert!(roster.query().is_clear());
}

#[test]
fn totals_follow_every_change() {
    let mut rows = vec![company("A", "A"), company("B", "B"), company("C", "C")];
    rows[0].seats.filled = Some(u32::MAX);
    rows[1].seats.filled = Some(7);
    rows[1].tags = vec!["gold".into(), "gold".into(), "north".into()];
    rows[1].state = CompanyState::Other("NEW".into());
    rows[2].setup = SetupProgress { done: 4, applicable: 4, stalled_since: None };
    rows[2].attention = vec![Attention::SingleOwner, Attention::SetupStalled];
    rows[2].tags = vec!["gold".into()];
    let mut roster = roster_of(rows);
    let totals = roster.totals();
    assert_eq!(totals.counts.seats_filled, u64::from(u32::MAX) + 7);
    assert_eq!((totals.counts.by_state.active, totals.counts.by_state.other), (2, 1));
    assert_eq!(totals.counts.by_state.of(&CompanyState::Other("ANY".into())), 1);
    assert_eq!((totals.counts.setup_complete, totals.counts.need_attention), (1, 1));
    assert_eq!(totals.tags.iter().map(|(tag, n)| (tag.as_str(), *n)).collect::<Vec<_>>(), [("gold", 2), ("north", 1)]);
    assert_eq!(totals.by_attention[&Attention::SetupStalled], 1);
    roster.update(&key("B"), |company| company.tags.clear());
    assert_eq!(roster.totals().tags.len(), 1);
    // An unlinked company is not paid for, nor set up any more.
    roster.update(&key("C"), |company| company.state = CompanyState::Unlinked);
    roster.update(&key("A"), |company| company.state = CompanyState::Unlinked);
    let counts = roster.counts();
    assert_eq!((counts.seats_filled, counts.setup_complete, counts.by_state.sum()), (7, 0, 3));
    roster.update(&key("A"), |company| company.state = CompanyState::Suspended);
    assert_eq!(roster.counts().seats_filled, u64::from(u32::MAX) + 7);
    roster.remove(&[key("A"), key("B"), key("C")]);
    assert_eq!(*roster.totals(), Totals::default());
}

#[test]
fn positions_and_keys_go_both_ways() {
    let mut roster = roster(&["C", "A", "B"]);
    assert_eq!(roster.key_at(0), Some(key("1")));
    assert_eq!(roster.key_at(3), None);
    assert_eq!(roster.position(&key("0")), Some(2));
    search(&mut roster, "b");
    assert_eq!((roster.position(&key("2")), roster.position(&key("0"))), (Some(0), None));
    assert!(roster.get(&key("0")).is_some(), "not shown, still there");
}

#[test]
fn rosters_are_equal_by_what_they_hold_and_not_by_how_it_came() {
    let mut one = roster(&["A", "B", "C"]);
    let mut other = roster_of(vec![company("2", "C"), company("7", "gone"), company("1", "x"), company("0", "A")]);
    assert_ne!(one, other);
    other.remove(&[key("7")]);
    other.update(&key("1"), |company| company.name = "B".into());
    assert_eq!(one, other);
    search(&mut one, "b");
    assert_ne!(one, other);
    one.update(&key("0"), |company| company.unlinked_by = Some(Actor { display_name: "Ada".into() }));
    assert_eq!(format!("{:?}", Roster::default()), format!("{:?}", Roster::new(Lang::En)));
}
