//! The list: selection by id, search, order, filters.

use crate::app::effect::Effect;
use crate::app::features::companies::Chip;
use crate::app::fixture::*;
use crate::app::model::Options;
use crate::app::msg::Msg;
use crate::app::overlay::Overlay;
use crate::app::toast::{Dropped, Notification};
use crate::domain::company::{Attention, Company, CompanyState};
use crate::domain::id::{CompanyId, ProfileId};
use crate::domain::list_column::ListColumn;
use crate::domain::request::Answer;
use crate::domain::roster::{Column, Filter, Query};
use crate::domain::session::WorkspaceKind;
use crate::domain::ui_state::{UiState, View};

fn sort(desk: &Desk) -> Option<(Column, bool)> {
    desk.model.roster.query().sort.map(|sort| (sort.column, sort.descending))
}

fn poll(desk: &mut Desk, changed: Vec<crate::domain::company::Company>, removed: &[&str]) {
    desk.press("r");
    desk.answer(changes(changed, removed));
}

#[test]
fn the_first_row_is_selected_until_the_cursor_is_moved() {
    let mut desk = Desk::with(four());
    assert_eq!(desk.selected().as_deref(), Some("A"));
    poll(&mut desk, vec![company("0", "Aachen")], &[]);
    assert_eq!(desk.selected().as_deref(), Some("0"));
    desk.press("j");
    assert_eq!(desk.selected().as_deref(), Some("A"));
    poll(&mut desk, vec![company("1", "Aalen")], &[]);
    assert_eq!(desk.selected().as_deref(), Some("A"));
}

#[test]
fn the_selection_is_a_company_and_no_row() {
    let mut desk = Desk::with(four());
    desk.press("j j");
    assert_eq!(desk.selected().as_deref(), Some("C"));
    poll(&mut desk, vec![newer(company("C", "Zeta")), company("E", "Echo")], &["A"]);
    assert_eq!((desk.shown().as_str(), desk.selected().as_deref()), ("BDEC", Some("C")));
    desk.press("k");
    assert_eq!(desk.selected().as_deref(), Some("E"), "the cursor goes on from where its company is now");
}

#[test]
fn a_vanished_company_selects_nothing_and_the_next_step_takes_the_row_at_its_place() {
    for step in ["j", "k"] {
        let mut desk = Desk::with(four());
        desk.press("j");
        poll(&mut desk, Vec::new(), &["B"]);
        assert_eq!(desk.selected(), None);
        assert_eq!(requests(&desk.press("l u")), [], "no command may hit the neighbour");
        desk.press(step);
        assert_eq!(desk.selected().as_deref(), Some("C"));
    }
}

#[test]
fn an_action_on_the_first_row_holds_on_to_it() {
    let mut desk = Desk::with(four());
    desk.press("u");
    desk.answer(Answer::Preflight(blocked(&four()[1])));
    desk.answer(changes(vec![company("0", "Aachen")], &[]));
    desk.press("esc");
    assert_eq!(desk.selected().as_deref(), Some("A"), "who acted on it has chosen it");
}

#[test]
fn moves_stop_at_the_ends() {
    for (keys, at) in [("k", "A"), ("G", "D"), ("G j", "D"), ("end home", "A"), ("pgdn", "D"), ("G pgup", "A")] {
        let mut desk = Desk::with(four());
        desk.press(keys);
        assert_eq!(desk.selected().as_deref(), Some(at), "{keys}");
    }
    let mut empty = Desk::with(Vec::new());
    empty.press("j k g G pgdn pgup");
    assert_eq!((empty.selected(), empty.model.toasts.len()), (None, 0), "nothing to move over is no news");
}

#[test]
fn each_letter_narrows_and_selects_the_best() {
    let mut desk = Desk::with(four());
    desk.press("G /");
    assert!(desk.model.list.searching);
    desk.type_in("br");
    assert_eq!((desk.shown().as_str(), desk.selected().as_deref()), ("B", Some("B")));
    desk.press("backspace backspace");
    assert_eq!(desk.shown(), "ABCD");
}

#[test]
fn letters_of_commands_are_letters_in_a_search() {
    let mut desk = Desk::with(four());
    desk.press("/");
    assert_eq!(desk.type_in("qlux? :c"), []);
    assert_eq!(desk.model.roster.query().search, "qlux? :c");
    assert!(desk.model.overlays.is_empty());
}

#[test]
fn enter_keeps_the_search_and_esc_drops_it() {
    let mut desk = Desk::with(four());
    desk.press("/ t o");
    let found = desk.shown();
    desk.press("enter");
    assert_eq!((desk.model.list.searching, desk.shown()), (false, found.clone()));
    desk.press("/");
    assert_eq!(desk.model.list.line.text(), "to", "it goes on from what was kept");
    desk.press("esc");
    assert_eq!((desk.model.list.searching, desk.shown().as_str()), (false, "ABCD"));
    desk.press("/ t o enter esc");
    assert_eq!(desk.shown(), "ABCD", "Esc in the list drops a kept search");
}

#[test]
fn esc_of_a_search_keeps_the_company_that_was_found() {
    let mut desk = Desk::with(four());
    desk.press("/ d e l esc");
    assert_eq!(desk.selected().as_deref(), Some("D"));
}

#[test]
fn arrows_move_in_the_list_while_a_search_is_typed() {
    let mut desk = Desk::with(four());
    desk.press("/ down down up");
    assert_eq!((desk.model.list.searching, desk.selected().as_deref()), (true, Some("B")));
}

#[test]
fn pasted_text_is_cleaned_and_searched() {
    let mut desk = Desk::with(four());
    desk.press("/");
    desk.send(Msg::Paste("bright\u{1b}[31m\n\u{202e}".into()));
    assert_eq!(desk.model.list.line.text(), "bright[31m");
    desk.press("ctrl-u");
    desk.send(Msg::Paste("contoso".into()));
    assert_eq!(desk.shown(), "C");
}

#[test]
fn a_table_is_imported_wherever_the_list_is() {
    for keys in ["esc", "/ a enter", "w"] {
        let mut desk = Desk::with(four());
        desk.account().session.value_mut().unwrap().account.kind = Some(WorkspaceKind::Real);
        desk.press(keys);
        desk.send(Msg::Paste("Name,Website\nAcme,acme.example\nBolt,bolt.example\n".into()));
        assert!(matches!(desk.model.overlays.last(), Some(Overlay::Import(_))), "{keys:?}");
    }
}

#[test]
fn a_paste_is_no_command() {
    let mut desk = Desk::with(four());
    for keys in ["", "?", "s", "f"] {
        if !keys.is_empty() {
            desk.press(keys);
        }
        let before = desk.model.clone();
        assert_eq!(desk.send(Msg::Paste("qluxG\n".into())), []);
        assert_eq!(desk.model, before, "after {keys:?}");
        if !keys.is_empty() {
            desk.press("esc");
        }
    }
}

#[test]
fn the_sort_menu_orders_and_turns_round() {
    for (keys, wanted) in [
        ("s enter", (Column::Status, false)),
        ("s j enter", (Column::Seats, true)),
        ("s 2", (Column::Seats, true)),
        ("s 3", (Column::Name, false)),
        ("s 3 s enter", (Column::Name, true)),
        ("s 3 s 3", (Column::Name, true)),
        ("s 5 S", (Column::Owners, true)),
        ("s G enter s S esc", (Column::Attention, true)),
        ("s 4 s 1", (Column::Status, false)),
    ] {
        let mut desk = Desk::with(four());
        desk.press(keys);
        assert_eq!((sort(&desk), desk.model.overlays.len()), (Some(wanted), 0), "{keys}");
    }
}

#[test]
fn esc_leaves_the_order_as_it_is() {
    let mut desk = Desk::with(four());
    for keys in ["s esc", "s q", "s s", "s j esc"] {
        desk.press(keys);
        assert_eq!((sort(&desk), desk.model.overlays.len()), (None, 0), "{keys}");
    }
    desk.press("S");
    assert_eq!(sort(&desk), None, "there is nothing to turn round");
}

#[test]
fn an_order_that_is_asked_for_shows_its_top() {
    for (keys, shown) in [
        ("s 3", "ABCD"),
        ("s 3 S", "DCBA"),
        ("s j j enter", "ABCD"),
        ("s j j space esc", "ABCD"),
        ("s 3 s 3", "DCBA"),
        ("s 3 s S esc", "DCBA"),
        ("s 3 s j k enter", "DCBA"),
    ] {
        let mut desk = Desk::with(four());
        // Before each of the keys, as far from the top as one can be.
        for key in keys.split(' ') {
            if desk.model.overlays.is_empty() {
                desk.press("G k");
            }
            desk.press(key);
        }
        assert_eq!((desk.shown().as_str(), desk.model.list.selection.row), (shown, 0), "{keys}");
        assert_eq!(desk.selected().as_deref(), shown.get(..1), "{keys}");
    }
}

#[test]
fn a_refresh_keeps_the_place_in_an_order_that_was_asked_for() {
    let mut desk = Desk::with(four());
    desk.press("j s 3 S j");
    assert_eq!((desk.shown().as_str(), desk.selected().as_deref()), ("DCBA", Some("C")));
    poll(&mut desk, vec![company("E", "Echo"), company("Z", "Zeta")], &["D"]);
    assert_eq!((desk.shown().as_str(), desk.selected().as_deref()), ("ZECBA", Some("C")));
}

#[test]
fn an_open_company_stays_under_the_cursor_when_the_list_is_ordered() {
    let mut desk = Desk::with(four());
    desk.press("j tab s 3 S esc");
    assert_eq!((desk.shown().as_str(), desk.selected().as_deref()), ("DCBA", Some("B")));
}

fn mixed() -> Vec<crate::domain::company::Company> {
    let mut all = four();
    all[0].state = CompanyState::Suspended;
    all[1].attention = vec![Attention::SingleOwner];
    all[2].attention = vec![Attention::SeatLimitNear];
    all[2].tags = vec!["gold".into()];
    all
}

#[test]
fn the_filter_menu_chooses_and_takes_back_at_once() {
    let mut desk = Desk::with(mixed());
    desk.press("f j j space");
    assert_eq!(desk.shown(), "D");
    desk.press("x");
    assert_eq!(desk.shown(), "ABCD");
    desk.press("esc f j j j j enter");
    assert_eq!((desk.shown().as_str(), desk.model.overlays.len()), ("AC", 0), "needs attention, any kind");
    desk.press("f G space esc");
    assert_eq!(desk.shown(), "C", "attention and the tag gold");
}

#[test]
fn a_row_that_is_chosen_stays_in_the_menu_when_nothing_is_left_of_it() {
    let mut desk = Desk::with(mixed());
    desk.press("f G space esc");
    let rows = crate::app::update::filter_rows(&desk.model).len();
    poll(&mut desk, Vec::new(), &["C"]);
    assert_eq!(
        crate::app::update::filter_rows(&desk.model).len(),
        rows - 1,
        "the kind of attention went, the tag stays"
    );
    assert_eq!(desk.shown(), "");
}

#[test]
fn clear_all_says_what_it_dropped() {
    let mut desk = Desk::with(mixed());
    desk.press("f space j space G space esc s 2 /");
    desk.type_in("bri");
    desk.press("enter c");
    assert!(desk.model.roster.query().is_clear());
    let dropped = Dropped { search: Some("bri".into()), sort: true, filters: 3 };
    assert_eq!(desk.model.toasts.last().unwrap().says, Notification::Cleared(dropped));
    desk.press("c");
    assert!(matches!(desk.model.toasts.last().unwrap().says, Notification::NotNow(..)), "nothing to clear is told");
}

#[test]
fn clear_all_works_in_its_menus() {
    for menu in ["s", "f"] {
        let mut desk = Desk::with(mixed());
        desk.press("s 2");
        desk.press(&format!("{menu} c"));
        assert_eq!((desk.model.roster.query(), desk.model.overlays.len()), (&Query::default(), 0), "{menu}");
    }
}

#[test]
fn views_are_filters_that_leave_search_and_order_alone() {
    let mut desk = Desk::with(mixed());
    desk.press("s 2");
    let sorted = sort(&desk);
    for (letter, shown) in
        [("u", |company: &Company| company.state == CompanyState::Unlinked), ("a", |_: &Company| true)]
            as [(&str, fn(&Company) -> bool); 2]
    {
        desk.press(&format!("v {letter}"));
        let expected = mixed().into_iter().filter(shown).count();
        assert_eq!((desk.shown().len(), sort(&desk), desk.model.overlays.len()), (expected, sorted, 0), "{letter}");
    }
    desk.press("v p");
    assert_eq!(desk.shown(), "", "nothing is pinned");
    desk.press("v enter");
    assert!(Chip::Pinned.active(&desk.model), "the menu opens on the view that is shown");
    desk.press("v w");
    assert!(desk.model.roster.query().filter.any_attention);
    desk.press("v w");
    assert!(desk.model.roster.query().filter.any_attention, "a view that is shown stays");
}

#[test]
fn a_pin_is_kept_and_counted_and_can_be_taken_away() {
    let mut desk = Desk::with(four());
    let out = desk.press("j P");
    let Some(Effect::SaveUiState { profile, change }) = out.first() else { panic!("{out:?}") };
    assert_eq!((profile.as_str(), change.1.pins.len()), ("default", 1));
    assert_eq!(Chip::Pinned.count(&desk.model), (1, 0));
    desk.press("v p");
    assert_eq!((desk.shown().as_str(), desk.selected().as_deref()), ("B", Some("B")));
    desk.press("P");
    assert_eq!((desk.shown().as_str(), desk.selected()), ("", None), "no command may hit another");
    desk.press("v a * P");
    assert_eq!(Chip::Pinned.count(&desk.model).0, 4, "the marked ones are pinned");
    desk.press("P");
    assert_eq!(Chip::Pinned.count(&desk.model).0, 0);
    assert_eq!(desk.pass(1), [], "what is written is not written again");
}

#[test]
fn pins_of_an_earlier_run_are_there_from_the_start() {
    let kept = UiState { pins: [CompanyId::new("C")].into(), ..UiState::default() };
    let options = Options { ui: vec![(ProfileId::new("default"), kept)], ..Desk::options() };
    let mut desk = Desk::as_who(options, &ALL_PERMISSIONS, four());
    desk.press("v p");
    assert_eq!(desk.shown(), "C");
}

#[test]
fn a_view_is_saved_under_a_name_and_a_number_and_shown_again() {
    let mut desk = Desk::with(mixed());
    desk.press("s 2 f j j space esc C space esc v s");
    desk.type_in("sd");
    let out = desk.press("enter");
    assert!(matches!(out.first(), Some(Effect::SaveUiState { change, .. }) if change.1.views.len() == 1), "{out:?}");
    let (query, columns) = (desk.model.roster.query().clone(), desk.model.list.columns.clone());
    desk.press("esc c C c esc");
    assert!(desk.model.roster.query().is_clear() && desk.model.list.columns != columns);
    desk.press("v 1");
    assert_eq!((desk.model.roster.query(), &desk.model.list.columns), (&query, &columns));
    assert_eq!(desk.model.overlays.len(), 0);
    desk.press("v s");
    desk.type_in("sd");
    desk.press("enter G d");
    assert_eq!(desk.model.ui.screen().unwrap().views.len(), 0, "one name is one view, and can be removed");
}

#[test]
fn the_list_is_as_it_was_left_and_says_so() {
    let mut desk = Desk::with(mixed());
    desk.press("/");
    desk.type_in("a");
    let out = desk.press("enter s 2 w q");
    let Some(Effect::SaveUiState { change, .. }) = out.first() else { panic!("{out:?}") };
    assert_eq!(out.last(), Some(&Effect::Quit), "it is written before the end");
    let options = Options { ui: vec![(ProfileId::new("default"), change.1.clone())], ..Desk::options() };
    let mut again = Desk::as_who(options, &ALL_PERMISSIONS, mixed());
    let query = again.model.roster.query();
    assert_eq!(
        (query.search.as_str(), query.sort.is_some(), query.filter.is_empty()),
        ("a", true, true),
        "not the view of w"
    );
    assert!(again.model.list.restored);
    again.press("c");
    assert!(!again.model.list.restored);
    assert!(
        matches!(again.press("q").first(), Some(Effect::SaveUiState { change, .. }) if change.1.last_view.is_none())
    );
}

#[test]
fn accounts_that_are_gone_hide_nothing_of_what_is_there() {
    let filter = Filter { accounts: vec![ProfileId::new("sold")], ..Filter::default() };
    let view = View { query: Query { filter, ..Query::default() }, columns: None };
    let kept = UiState { last_view: Some(view), ..UiState::default() };
    let options = Options { ui: vec![(ProfileId::new("default"), kept)], ..Desk::options() };
    let desk = Desk::as_who(options, &ALL_PERMISSIONS, four());
    assert_eq!((desk.shown().as_str(), desk.model.list.restored), ("ABCD", false));
}

#[test]
fn n_goes_from_match_to_match_while_a_search_is_kept() {
    let mut desk = Desk::with(four());
    desk.press("n");
    assert!(matches!(desk.model.overlays.last(), Some(Overlay::NewCompany(_))), "nothing is searched");
    desk.press("esc /");
    desk.type_in("t");
    desk.press("enter");
    let found = desk.shown();
    assert!(found.len() > 1, "{found}");
    let mut seen = desk.selected().unwrap();
    for _ in 1..=found.len() {
        desk.press("n");
        seen += &desk.selected().unwrap();
    }
    assert_eq!(seen, format!("{found}{}", &found[..1]), "round the end");
    desk.press("N");
    assert_eq!(desk.selected().as_deref(), found.get(found.len() - 1..));
    assert!(desk.model.overlays.is_empty());
    desk.press("esc n");
    assert!(matches!(desk.model.overlays.last(), Some(Overlay::NewCompany(_))));
}

#[test]
fn columns_are_chosen_and_moved_at_once() {
    use ListColumn::{Launched, Owners, Seats, Setup, Status};
    let mut desk = Desk::with(four());
    desk.press("C j J");
    assert_eq!(desk.model.list.columns.0, [Status, Setup, Seats, Owners, Launched]);
    desk.press("alt-up alt-up space");
    assert_eq!(desk.model.list.columns.0, [Status, Setup, Owners, Launched]);
    desk.press("c");
    assert_eq!(desk.model.list.columns.0, ListColumn::DEFAULT);
    desk.press("enter");
    assert_eq!((desk.model.overlays.len(), &desk.model.list.columns.0[..]), (0, &ListColumn::DEFAULT[..]));
}

#[test]
fn unlinked_companies_can_be_hidden() {
    let mut gone = company("A", "Alpen");
    gone.state = CompanyState::Unlinked;
    let mut desk = Desk::with(vec![gone, company("B", "Brightwater")]);
    assert_eq!(desk.shown(), "BA");
    desk.press("H");
    assert_eq!((desk.shown().as_str(), desk.model.roster.hidden()), ("B", 1));
    desk.press("H");
    assert_eq!(desk.shown(), "BA");
    let mut none = Desk::with(four());
    none.press("H");
    assert!(matches!(none.model.toasts.last().unwrap().says, Notification::NotNow(..)), "there are none");
}

#[test]
fn tab_completes_what_a_search_can_name() {
    let mut tagged = company("B", "Brightwater");
    tagged.tags = vec!["retail".into(), "two words".into()];
    for (typed, completed) in [("t", "tag:"), ("bri ow", "bri owner:"), ("i", "id:"), ("tag:re", "tag:retail")] {
        let mut desk = Desk::with(vec![company("A", "Alpen"), tagged.clone()]);
        desk.press("/");
        desk.type_in(typed);
        desk.press("tab");
        assert_eq!(desk.model.roster.query().search, completed, "{typed}");
        assert!(desk.model.list.searching, "{typed}");
    }
    let mut desk = Desk::with(vec![tagged]);
    desk.press("/");
    desk.type_in("tag:tw");
    desk.press("tab");
    assert!(!desk.model.list.searching, "nothing to complete: on to the next pane");
}
