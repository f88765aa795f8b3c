//! A launch that waits before it is sent, saving from anywhere in a form, and what is copied.

use crate::app::effect::Effect;
use crate::app::features::copy::menu::BLOCK;
use crate::app::features::form::Field;
use crate::app::features::palette::{Label, To};
use crate::app::fixture::*;
use crate::app::model::Options;
use crate::app::msg::Msg;
use crate::app::overlay::Overlay;
use crate::app::pending;
use crate::app::toast::Notification;
use crate::domain::company::Company;
use crate::domain::request::{Answer, Request};
use jiff::SignedDuration;

fn slow() -> AppDriver {
    let options = Options { launch_delay: Some(SignedDuration::from_secs(1)), ..AppDriver::options() };
    AppDriver::as_who(options, &ALL_PERMISSIONS, four())
}

fn launches(effects: &[Effect]) -> Vec<String> {
    let of = |request| match request {
        Request::Launch(launch) => Some(launch.company.to_string()),
        _ => None,
    };
    requests(effects).into_iter().filter_map(of).collect()
}

#[test]
fn a_launch_waits_a_moment_and_is_sent_for_the_company_that_it_was_asked_for() {
    let mut app = slow();
    assert_eq!(launches(&app.press("j l")), [""; 0], "nothing is sent yet");
    assert!(crate::app::next_wake::next_wake(&app.model).is_some());
    assert_eq!(launches(&app.press("j j")), [""; 0], "other keys do not hurry it");
    assert_eq!(launches(&app.pass(999)), [""; 0]);
    assert_eq!(launches(&app.pass(1)), ["B"]);
    assert_eq!(launches(&app.pass(5_000)), [""; 0], "once");
}

#[test]
fn esc_and_ctrl_c_stop_it_and_do_nothing_else() {
    for key in ["esc", "ctrl-c"] {
        let mut app = slow();
        app.press("enter l");
        let open = app.model.pane;
        assert!(!app.press(key).contains(&Effect::Quit));
        assert_eq!(app.model.pane, open, "{key} took no layer away");
        let told = app.model.toasts.last().map(|toast| toast.says.clone());
        assert_eq!(told, Some(Notification::LaunchStopped { company: "Alpen".into() }));
        assert_eq!(launches(&app.pass(5_000)), [""; 0]);
        assert_eq!(pending::due(&app.model), None);
    }
}

#[test]
fn asked_for_again_it_is_sent_at_once_and_another_company_waits_anew() {
    let mut app = slow();
    assert_eq!(launches(&app.press("l l")), ["A"]);
    let mut app = slow();
    assert_eq!(launches(&app.press("l j l")), [""; 0]);
    assert_eq!(launches(&app.pass(1_000)), ["B"], "the last one that was asked for");
}

#[test]
fn what_may_not_be_launched_any_more_is_not_sent() {
    let mut app = slow();
    app.press("l");
    app.account().read_only = true;
    assert_eq!(launches(&app.pass(2_000)), [""; 0]);
}

#[test]
fn without_a_delay_it_is_sent_at_once() {
    assert_eq!(launches(&AppDriver::with(four()).press("l")), ["A"]);
}

fn form(app: &AppDriver) -> &crate::app::features::form::CompanyForm {
    match app.model.overlays.last() {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn blank() -> AppDriver {
    let options = Options { countries: vec![("DE", "Germany"), ("AT", "Austria")], ..AppDriver::options() };
    let german = |mut it: Company| {
        it.address.country_code = "DE".into();
        it
    };
    let mut app = AppDriver::as_who(options, &FORM_PERMISSIONS, four().into_iter().map(german).collect());
    app.press("n enter");
    app
}

#[test]
fn a_form_is_saved_from_every_field_by_both_keys() {
    for key in ["ctrl-s", "f2"] {
        for tabs in 0..form(&blank()).fields().len() {
            let mut app = blank();
            app.type_in("Nordlicht");
            (0..tabs).for_each(|_| drop(app.press("tab")));
            let asked = requests(&app.press(key));
            assert!(matches!(asked.as_slice(), [Request::AddCompany(_)]), "{key} after {tabs}: {asked:?}");
            assert_eq!(requests(&app.press(key)), [], "once");
        }
    }
}

#[test]
fn saving_from_anywhere_shows_what_is_wrong_and_asks_what_has_to_be_asked() {
    let mut app = blank();
    app.press("tab");
    assert_eq!(requests(&app.press("ctrl-s")), []);
    assert_eq!(form(&app).at, Field::Name, "a name is required");
    app.type_in("Alpen");
    assert_eq!(requests(&app.press("ctrl-s")), []);
    assert_eq!((form(&app).at, form(&app).alike.len()), (Field::Save, 1), "there is one of that name");
    assert!(matches!(requests(&app.press("ctrl-s")).as_slice(), [Request::AddCompany(_)]));
}

#[test]
fn a_country_that_is_being_typed_is_saved_with_it() {
    let mut app = blank();
    app.type_in("Nordlicht");
    app.press("tab tab");
    app.type_in("aust");
    let asked = requests(&app.press("f2"));
    assert!(
        matches!(asked.as_slice(), [Request::AddCompany(add)] if add.new.address.country_code == "AT"),
        "{asked:?}"
    );
}

#[test]
fn the_address_is_folded_until_it_is_wanted_and_never_over_what_is_in_it() {
    let mut app = blank();
    let folded = form(&app).fields();
    assert!(folded.contains(&Field::More) && !folded.contains(&Field::Town));
    app.press("tab tab tab");
    assert_eq!(form(&app).at, Field::More);
    app.type_in("Am Deich 1");
    assert_eq!((form(&app).at, form(&app).text(Field::Street(0))), (Field::Street(0), "Am Deich 1"));
    app.press("ctrl-u");
    assert!(form(&app).fields().contains(&Field::Town), "once unfolded it stays");
    let mut pasted = blank();
    pasted.press("tab tab tab");
    pasted.send(Msg::Paste("Hafenstr. 12".into()));
    assert_eq!(form(&pasted).text(Field::Street(0)), "Hafenstr. 12");
    for key in ["enter", "space", "right"] {
        let mut app = blank();
        app.press("tab tab tab");
        app.press(key);
        assert_eq!((form(&app).at, form(&app).text(Field::Street(0))), (Field::Street(0), ""), "{key}");
    }
}

#[test]
fn dialogs_of_one_line_are_saved_by_the_same_keys() {
    let mut app = AppDriver::at_setup();
    app.press("e");
    app.type_in("Ask Frau Petersen");
    assert!(matches!(requests(&app.press("ctrl-s")).as_slice(), [Request::EditStep(_)]));
}

#[test]
fn a_ticket_gets_the_company_in_markdown() {
    let labels = BLOCK.map(|field| Label { to: To::Field(field), name: "Fact", also: "" });
    let odd = Company { name: "A*B | C".into(), tags: vec!["north".into()], ..company("A", "") };
    let options = Options { labels: labels.to_vec(), ..AppDriver::options() };
    let mut app = AppDriver::as_who(options, &ALL_PERMISSIONS, vec![odd]);
    let out = app.press("y m");
    let Some(Effect::Copy { text, .. }) = out.first() else { panic!("{out:?}") };
    let text = text.reveal();
    assert!(text.starts_with("**A\\*B \\| C**\n\n- Fact: ACTIVE\n- Fact: https://a.1password.eu\n"), "{text}");
    assert!(text.contains("- Fact: 10 / 20\n") && text.contains("- Fact: north\n"), "{text}");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn an_answer_is_not_needed_to_read_the_menu() {
    let mut app = AppDriver::with(four());
    app.press("y");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Copy(menu)) if menu.rows.len() == 5));
    app.press("q");
    assert!(app.model.overlays.is_empty());
    app.press("enter ] ]");
    app.answer(Answer::People(vec![person("Dora")]));
    let out = app.press("y y");
    assert!(matches!(out.first(), Some(Effect::Copy { text, .. }) if text.reveal() == "dora@a.example"), "{out:?}");
}
