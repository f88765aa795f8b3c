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

fn sort(app: &AppDriver) -> Option<(Column, bool)> {
    app.model.roster.query().sort.map(|sort| (sort.column, sort.descending))
}

fn poll(app: &mut AppDriver, changed: Vec<crate::domain::company::Company>, removed: &[&str]) {
    app.press("r");
    app.answer(changes(changed, removed));
}

#[test]
fn the_first_row_is_selected_until_the_cursor_is_moved() {
    let mut app = AppDriver::with(four());
    assert_eq!(app.selected().as_deref(), Some("A"));
    poll(&mut app, vec![company("0", "Aachen")], &[]);
    assert_eq!(app.selected().as_deref(), Some("0"));
    app.press("j");
    assert_eq!(app.selected().as_deref(), Some("A"));
    poll(&mut app, vec![company("1", "Aalen")], &[]);
    assert_eq!(app.selected().as_deref(), Some("A"));
}

#[test]
fn the_selection_is_a_company_and_no_row() {
    let mut app = AppDriver::with(four());
    app.press("j j");
    assert_eq!(app.selected().as_deref(), Some("C"));
    poll(&mut app, vec![newer(company("C", "Zeta")), company("E", "Echo")], &["A"]);
    assert_eq!((app.shown().as_str(), app.selected().as_deref()), ("BDEC", Some("C")));
    app.press("k");
    assert_eq!(app.selected().as_deref(), Some("E"), "the cursor goes on from where its company is now");
}

#[test]
fn a_vanished_company_selects_nothing_and_the_next_step_takes_the_row_at_its_place() {
    for step in ["j", "k"] {
        let mut app = AppDriver::with(four());
        app.press("j");
        poll(&mut app, Vec::new(), &["B"]);
        assert_eq!(app.selected(), None);
        assert_eq!(requests(&app.press("l u")), [], "no command may hit the neighbour");
        app.press(step);
        assert_eq!(app.selected().as_deref(), Some("C"));
    }
}

#[test]
fn an_action_on_the_first_row_holds_on_to_it() {
    let mut app = AppDriver::with(four());
    app.press("u");
    app.answer(Answer::Preflight(blocked(&four()[1])));
    app.answer(changes(vec![company("0", "Aachen")], &[]));
    app.press("esc");
    assert_eq!(app.selected().as_deref(), Some("A"), "who acted on it has chosen it");
}

#[test]
fn moves_stop_at_the_ends() {
    for (keys, at) in [("k", "A"), ("G", "D"), ("G j", "D"), ("end home", "A"), ("pgdn", "D"), ("G pgup", "A")] {
        let mut app = AppDriver::with(four());
        app.press(keys);
        assert_eq!(app.selected().as_deref(), Some(at), "{keys}");
    }
    let mut empty = AppDriver::with(Vec::new());
    empty.press("j k g G pgdn pgup");
    assert_eq!((empty.selected(), empty.model.toasts.len()), (None, 0), "nothing to move over is no news");
}

#[test]
fn each_letter_narrows_and_selects_the_best() {
    let mut app = AppDriver::with(four());
    app.press("G /");
    assert!(app.model.list.searching);
    app.type_in("br");
    assert_eq!((app.shown().as_str(), app.selected().as_deref()), ("B", Some("B")));
    app.press("backspace backspace");
    assert_eq!(app.shown(), "ABCD");
}

#[test]
fn letters_of_commands_are_letters_in_a_search() {
    let mut app = AppDriver::with(four());
    app.press("/");
    assert_eq!(app.type_in("qlux? :c"), []);
    assert_eq!(app.model.roster.query().search, "qlux? :c");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn enter_keeps_the_search_and_esc_drops_it() {
    let mut app = AppDriver::with(four());
    app.press("/ t o");
    let found = app.shown();
    app.press("enter");
    assert_eq!((app.model.list.searching, app.shown()), (false, found.clone()));
    app.press("/");
    assert_eq!(app.model.list.line.text(), "to", "it goes on from what was kept");
    app.press("esc");
    assert_eq!((app.model.list.searching, app.shown().as_str()), (false, "ABCD"));
    app.press("/ t o enter esc");
    assert_eq!(app.shown(), "ABCD", "Esc in the list drops a kept search");
}

#[test]
fn esc_of_a_search_keeps_the_company_that_was_found() {
    let mut app = AppDriver::with(four());
    app.press("/ d e l esc");
    assert_eq!(app.selected().as_deref(), Some("D"));
}

#[test]
fn arrows_move_in_the_list_while_a_search_is_typed() {
    let mut app = AppDriver::with(four());
    app.press("/ down down up");
    assert_eq!((app.model.list.searching, app.selected().as_deref()), (true, Some("B")));
}

#[test]
fn pasted_text_is_cleaned_and_searched() {
    let mut app = AppDriver::with(four());
    app.press("/");
    app.send(Msg::Paste("bright\u{1b}[31m\n\u{202e}".into()));
    assert_eq!(app.model.list.line.text(), "bright[31m");
    app.press("ctrl-u");
    app.send(Msg::Paste("contoso".into()));
    assert_eq!(app.shown(), "C");
}

#[test]
fn a_table_is_imported_wherever_the_list_is() {
    for keys in ["esc", "/ a enter", "w"] {
        let mut app = AppDriver::with(four());
        app.account().session.value_mut().unwrap().account.kind = Some(WorkspaceKind::Real);
        app.press(keys);
        app.send(Msg::Paste("Name,Website\nAcme,acme.example\nBolt,bolt.example\n".into()));
        assert!(matches!(app.model.overlays.last(), Some(Overlay::Import(_))), "{keys:?}");
    }
}

#[test]
fn a_paste_is_no_command() {
    let mut app = AppDriver::with(four());
    for keys in ["", "?", "s", "f"] {
        if !keys.is_empty() {
            app.press(keys);
        }
        let before = app.model.clone();
        assert_eq!(app.send(Msg::Paste("qluxG\n".into())), []);
        assert_eq!(app.model, before, "after {keys:?}");
        if !keys.is_empty() {
            app.press("esc");
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
        let mut app = AppDriver::with(four());
        app.press(keys);
        assert_eq!((sort(&app), app.model.overlays.len()), (Some(wanted), 0), "{keys}");
    }
}

#[test]
fn esc_leaves_the_order_as_it_is() {
    let mut app = AppDriver::with(four());
    for keys in ["s esc", "s q", "s s", "s j esc"] {
        app.press(keys);
        assert_eq!((sort(&app), app.model.overlays.len()), (None, 0), "{keys}");
    }
    app.press("S");
    assert_eq!(sort(&app), None, "there is nothing to turn round");
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
        let mut app = AppDriver::with(four());
        // Before each of the keys, as far from the top as one can be.
        for key in keys.split(' ') {
            if app.model.overlays.is_empty() {
                app.press("G k");
            }
            app.press(key);
        }
        assert_eq!((app.shown().as_str(), app.model.list.selection.row), (shown, 0), "{keys}");
        assert_eq!(app.selected().as_deref(), shown.get(..1), "{keys}");
    }
}

#[test]
fn a_refresh_keeps_the_place_in_an_order_that_was_asked_for() {
    let mut app = AppDriver::with(four());
    app.press("j s 3 S j");
    assert_eq!((app.shown().as_str(), app.selected().as_deref()), ("DCBA", Some("C")));
    poll(&mut app, vec![company("E", "Echo"), company("Z", "Zeta")], &["D"]);
    assert_eq!((app.shown().as_str(), app.selected().as_deref()), ("ZECBA", Some("C")));
}

#[test]
fn an_open_company_stays_under_the_cursor_when_the_list_is_ordered() {
    let mut app = AppDriver::with(four());
    app.press("j tab s 3 S esc");
    assert_eq!((app.shown().as_str(), app.selected().as_deref()), ("DCBA", Some("B")));
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
    let mut app = AppDriver::with(mixed());
    app.press("f j j space");
    assert_eq!(app.shown(), "D");
    app.press("x");
    assert_eq!(app.shown(), "ABCD");
    app.press("esc f j j j j enter");
    assert_eq!((app.shown().as_str(), app.model.overlays.len()), ("AC", 0), "needs attention, any kind");
    app.press("f G space esc");
    assert_eq!(app.shown(), "C", "attention and the tag gold");
}

#[test]
fn a_row_that_is_chosen_stays_in_the_menu_when_nothing_is_left_of_it() {
    let mut app = AppDriver::with(mixed());
    app.press("f G space esc");
    let rows = crate::app::update::filter_rows(&app.model).len();
    poll(&mut app, Vec::new(), &["C"]);
    assert_eq!(
        crate::app::update::filter_rows(&app.model).len(),
        rows - 1,
        "the kind of attention went, the tag stays"
    );
    assert_eq!(app.shown(), "");
}

#[test]
fn clear_all_says_what_it_dropped() {
    let mut app = AppDriver::with(mixed());
    app.press("f space j space G space esc s 2 /");
    app.type_in("bri");
    app.press("enter c");
    assert!(app.model.roster.query().is_clear());
    let dropped = Dropped { search: Some("bri".into()), sort: true, filters: 3 };
    assert_eq!(app.model.toasts.last().unwrap().says, Notification::Cleared(dropped));
    app.press("c");
    assert!(matches!(app.model.toasts.last().unwrap().says, Notification::NotNow(..)), "nothing to clear is told");
}

#[test]
fn clear_all_works_in_its_menus() {
    for menu in ["s", "f"] {
        let mut app = AppDriver::with(mixed());
        app.press("s 2");
        app.press(&format!("{menu} c"));
        assert_eq!((app.model.roster.query(), app.model.overlays.len()), (&Query::default(), 0), "{menu}");
    }
}

#[test]
fn views_are_filters_that_leave_search_and_order_alone() {
    let mut app = AppDriver::with(mixed());
    app.press("s 2");
    let sorted = sort(&app);
    for (letter, shown) in
        [("u", |company: &Company| company.state == CompanyState::Unlinked), ("a", |_: &Company| true)]
            as [(&str, fn(&Company) -> bool); 2]
    {
        app.press(&format!("v {letter}"));
        let expected = mixed().into_iter().filter(shown).count();
        assert_eq!((app.shown().len(), sort(&app), app.model.overlays.len()), (expected, sorted, 0), "{letter}");
    }
    app.press("v p");
    assert_eq!(app.shown(), "", "nothing is pinned");
    app.press("v enter");
    assert!(Chip::Pinned.active(&app.model), "the menu opens on the view that is shown");
    app.press("v w");
    assert!(app.model.roster.query().filter.any_attention);
    app.press("v w");
    assert!(app.model.roster.query().filter.any_attention, "a view that is shown stays");
}

#[test]
fn a_pin_is_kept_and_counted_and_can_be_taken_away() {
    let mut app = AppDriver::with(four());
    let out = app.press("j P");
    let Some(Effect::SaveUiState { profile, change }) = out.first() else { panic!("{out:?}") };
    assert_eq!((profile.as_str(), change.1.pins.len()), ("default", 1));
    assert_eq!(Chip::Pinned.count(&app.model), (1, 0));
    app.press("v p");
    assert_eq!((app.shown().as_str(), app.selected().as_deref()), ("B", Some("B")));
    app.press("P");
    assert_eq!((app.shown().as_str(), app.selected()), ("", None), "no command may hit another");
    app.press("v a * P");
    assert_eq!(Chip::Pinned.count(&app.model).0, 4, "the marked ones are pinned");
    app.press("P");
    assert_eq!(Chip::Pinned.count(&app.model).0, 0);
    assert_eq!(app.pass(1), [], "what is written is not written again");
}

#[test]
fn pins_of_an_earlier_run_are_there_from_the_start() {
    let kept = UiState { pins: [CompanyId::new("C")].into(), ..UiState::default() };
    let options = Options { ui: vec![(ProfileId::new("default"), kept)], ..AppDriver::options() };
    let mut app = AppDriver::as_who(options, &ALL_PERMISSIONS, four());
    app.press("v p");
    assert_eq!(app.shown(), "C");
}

#[test]
fn a_view_is_saved_under_a_name_and_a_number_and_shown_again() {
    let mut app = AppDriver::with(mixed());
    app.press("s 2 f j j space esc C space esc v s");
    app.type_in("sd");
    let out = app.press("enter");
    assert!(matches!(out.first(), Some(Effect::SaveUiState { change, .. }) if change.1.views.len() == 1), "{out:?}");
    let (query, columns) = (app.model.roster.query().clone(), app.model.list.columns.clone());
    app.press("esc c C c esc");
    assert!(app.model.roster.query().is_clear() && app.model.list.columns != columns);
    app.press("v 1");
    assert_eq!((app.model.roster.query(), &app.model.list.columns), (&query, &columns));
    assert_eq!(app.model.overlays.len(), 0);
    app.press("v s");
    app.type_in("sd");
    app.press("enter G d");
    assert_eq!(app.model.ui.screen().unwrap().views.len(), 0, "one name is one view, and can be removed");
}

#[test]
fn the_list_is_as_it_was_left_and_says_so() {
    let mut app = AppDriver::with(mixed());
    app.press("/");
    app.type_in("a");
    let out = app.press("enter s 2 w q");
    let Some(Effect::SaveUiState { change, .. }) = out.first() else { panic!("{out:?}") };
    assert_eq!(out.last(), Some(&Effect::Quit), "it is written before the end");
    let options = Options { ui: vec![(ProfileId::new("default"), change.1.clone())], ..AppDriver::options() };
    let mut again = AppDriver::as_who(options, &ALL_PERMISSIONS, mixed());
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
    let options = Options { ui: vec![(ProfileId::new("default"), kept)], ..AppDriver::options() };
    let app = AppDriver::as_who(options, &ALL_PERMISSIONS, four());
    assert_eq!((app.shown().as_str(), app.model.list.restored), ("ABCD", false));
}

#[test]
fn n_goes_from_match_to_match_while_a_search_is_kept() {
    let mut app = AppDriver::with(four());
    app.press("n");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::NewCompany(_))), "nothing is searched");
    app.press("esc /");
    app.type_in("t");
    app.press("enter");
    let found = app.shown();
    assert!(found.len() > 1, "{found}");
    let mut seen = app.selected().unwrap();
    for _ in 1..=found.len() {
        app.press("n");
        seen += &app.selected().unwrap();
    }
    assert_eq!(seen, format!("{found}{}", &found[..1]), "round the end");
    app.press("N");
    assert_eq!(app.selected().as_deref(), found.get(found.len() - 1..));
    assert!(app.model.overlays.is_empty());
    app.press("esc n");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::NewCompany(_))));
}

#[test]
fn columns_are_chosen_and_moved_at_once() {
    use ListColumn::{Launched, Owners, Seats, Setup, Status};
    let mut app = AppDriver::with(four());
    app.press("C j J");
    assert_eq!(app.model.list.columns.0, [Status, Setup, Seats, Owners, Launched]);
    app.press("alt-up alt-up space");
    assert_eq!(app.model.list.columns.0, [Status, Setup, Owners, Launched]);
    app.press("c");
    assert_eq!(app.model.list.columns.0, ListColumn::DEFAULT);
    app.press("enter");
    assert_eq!((app.model.overlays.len(), &app.model.list.columns.0[..]), (0, &ListColumn::DEFAULT[..]));
}

#[test]
fn unlinked_companies_can_be_hidden() {
    let mut gone = company("A", "Alpen");
    gone.state = CompanyState::Unlinked;
    let mut app = AppDriver::with(vec![gone, company("B", "Brightwater")]);
    assert_eq!(app.shown(), "BA");
    app.press("H");
    assert_eq!((app.shown().as_str(), app.model.roster.hidden()), ("B", 1));
    app.press("H");
    assert_eq!(app.shown(), "BA");
    let mut none = AppDriver::with(four());
    none.press("H");
    assert!(matches!(none.model.toasts.last().unwrap().says, Notification::NotNow(..)), "there are none");
}

#[test]
fn tab_completes_what_a_search_can_name() {
    let mut tagged = company("B", "Brightwater");
    tagged.tags = vec!["retail".into(), "two words".into()];
    for (typed, completed) in [("t", "tag:"), ("bri ow", "bri owner:"), ("i", "id:"), ("tag:re", "tag:retail")] {
        let mut app = AppDriver::with(vec![company("A", "Alpen"), tagged.clone()]);
        app.press("/");
        app.type_in(typed);
        app.press("tab");
        assert_eq!(app.model.roster.query().search, completed, "{typed}");
        assert!(app.model.list.searching, "{typed}");
    }
    let mut app = AppDriver::with(vec![tagged]);
    app.press("/");
    app.type_in("tag:tw");
    app.press("tab");
    assert!(!app.model.list.searching, "nothing to complete: on to the next pane");
}
