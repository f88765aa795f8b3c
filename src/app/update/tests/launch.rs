//! Launching, with and without a browser.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::features::launch::LaunchDialog;
use crate::app::fixture::*;
use crate::app::msg::{Copied, Reply};
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::domain::company::CompanyState;
use crate::domain::error::{Cause, Operation};
use crate::domain::launch::{NotOpened, Opening, Refusal, Target};
use crate::domain::request::{Answer, Launch, Request};

fn dialog(app: &AppDriver) -> Option<&LaunchDialog> {
    match app.model.overlays.last() {
        Some(Overlay::Launch(dialog)) => Some(dialog),
        _ => None,
    }
}

fn headless() -> AppDriver {
    let mut options = AppDriver::options();
    options.browser = false;
    let mut app = AppDriver::as_who(options, &ALL_PERMISSIONS, four());
    app.press("l");
    app.answer(Answer::Launch(address()));
    app
}

#[test]
fn each_way_to_launch_lands_where_it_says() {
    for (keys, target) in [
        ("l", Target::Home),
        ("] l", Target::People),
        ("] ] l", Target::Vaults),
        ("L", Target::Recovery),
        ("j L", Target::People),
    ] {
        let mut app = AppDriver::at_setup();
        let out = app.press(keys);
        let Some(Request::Launch(Launch { company, target: to, .. })) =
            requests(&out).into_iter().find(Request::writes)
        else {
            panic!("{out:?}")
        };
        assert_eq!((company.as_str(), to), ("A", target), "{keys}");
    }
}

#[test]
fn an_address_is_opened_in_the_browser_and_told() {
    let mut app = AppDriver::with(four());
    app.press("l");
    let out = app.answer(Answer::Launch(address()));
    let [Effect::Open { address: to, .. }, Effect::Call { request, .. }] = &out[..] else { panic!("{out:?}") };
    assert_eq!(*to, address().uri);
    assert!(matches!(request, Request::ListChanges(_)), "when it was launched last is news: {request:?}");
    app.browser(Ok(()));
    assert_eq!(
        app.model.toasts.last().unwrap().says,
        Notification::Launched { company: "Alpen".into(), opening: Opening::Opened }
    );
    assert!(app.model.overlays.is_empty());
}

#[test]
fn an_address_that_was_only_handed_over_is_not_said_to_be_opened() {
    let mut app = AppDriver::with(four());
    app.press("l");
    app.answer(Answer::Launch(address()));
    let to = app.waiting(|effect| matches!(effect, Effect::Open { .. }));
    app.reply(to, Reply::Opened(Ok(Opening::Sent)));
    let says = Notification::Launched { company: "Alpen".into(), opening: Opening::Sent };
    assert_eq!(app.model.toasts.last().unwrap().says, says);
}

#[test]
fn without_a_browser_the_address_is_shown() {
    let app = headless();
    assert_eq!(dialog(&app).map(|dialog| dialog.company.as_str()), Some("Alpen"));
    assert!(!app.open.iter().any(|effect| matches!(effect, Effect::Open { .. })));
}

#[test]
fn a_browser_that_does_not_open_loses_no_address() {
    let failed = || Cause::BrowserFailed(vec![("xdg-open".into(), NotOpened::Code(3))]);
    for cause in [Cause::NoBrowser, failed(), Cause::TimedOut { seconds: 5 }, Cause::TaskDied, Cause::Local] {
        let mut app = AppDriver::with(four());
        app.press("l");
        app.answer(Answer::Launch(address()));
        let why = error(Operation::OpenBrowser, cause);
        app.browser(Err(why.clone()));
        assert_eq!(dialog(&app).map(|dialog| &dialog.address), Some(&address()));
        assert_eq!(dialog(&app).unwrap().error, Some(Box::new(why)), "and says why");
        assert!(app.model.toasts.is_empty());
    }
}

#[test]
fn a_refused_address_is_neither_opened_nor_shown() {
    let unsafe_address = || Cause::UnsafeAddress(Refusal::Scheme("javascript".into()));
    let mut app = AppDriver::with(four());
    app.press("l");
    let out = app.fail(error(Operation::Launch, unsafe_address()));
    assert!(!out.iter().any(|effect| matches!(effect, Effect::Open { .. })));
    assert!(app.model.overlays.is_empty());
    assert!(
        matches!(&app.model.toasts.last().unwrap().says, Notification::Failed { company: Some(name), .. } if name == "Alpen")
    );
    // The shell's own gate refuses once more.
    app.press("l");
    app.answer(Answer::Launch(address()));
    app.browser(Err(error(Operation::OpenBrowser, unsafe_address())));
    assert!(app.model.overlays.is_empty());
}

#[test]
fn one_launch_of_a_company_at_a_time() {
    let mut app = AppDriver::with(four());
    app.press("l");
    assert_eq!(requests(&app.press("l l")), []);
    assert_eq!(requests(&app.press("j l")).len(), 1, "another company is another matter");
    app.answer(Answer::Launch(address()));
    assert_eq!(requests(&app.press("k l")), [], "nor while its browser is being opened");
}

#[test]
fn every_launch_is_an_intent_of_its_own() {
    let mut app = AppDriver::with(four());
    let mut keys = Vec::new();
    for _ in 0..3 {
        let out = app.press("l");
        let [Request::Launch(Launch { key, .. })] = &requests(&out)[..] else { panic!("{out:?}") };
        keys.push(key.0.clone());
        app.fail(lost(Operation::Launch));
    }
    keys.dedup();
    assert_eq!(keys.len(), 3);
}

#[test]
fn the_dialog_copies_and_asks_for_a_new_address() {
    let mut app = headless();
    let out = app.press("y");
    assert!(matches!(&out[..], [Effect::Copy { text, .. }] if *text == address().uri));
    let to = app.waiting(|effect| matches!(effect, Effect::Copy { .. }));
    let how = Copied { program: Some("xclip".into()), ..Copied::default() };
    app.reply(to, Reply::Copied(Ok(how.clone())));
    assert_eq!(dialog(&app).unwrap().copied, Some(how));
    assert_eq!(requests(&app.press("l l r")).len(), 1, "one at a time");
    app.answer(Answer::Launch(address()));
    assert_eq!((app.model.overlays.len(), &dialog(&app).unwrap().copied), (1, &None));
    app.press("esc");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn a_copy_that_failed_is_told() {
    let mut app = headless();
    app.press("y");
    let to = app.waiting(|effect| matches!(effect, Effect::Copy { .. }));
    app.reply(to, Reply::Copied(Err(error(Operation::Copy, Cause::Local))));
    assert!(dialog(&app).unwrap().copied.is_none());
    assert!(matches!(app.model.toasts.last().unwrap().says, Notification::Failed { .. }));
}

#[test]
fn what_cannot_be_launched_says_why() {
    use crate::app::command::DisabledReason;
    for (state, why) in [
        (CompanyState::Unlinked, Some(DisabledReason::AlreadyUnlinked { trial_end: None })),
        // There it is put right.
        (CompanyState::Suspended, None),
        (CompanyState::Pending, None),
    ] {
        let mut all = four();
        for company in &mut all {
            company.state = state.clone();
        }
        let mut app = AppDriver::with(all);
        assert_eq!(requests(&app.press("l")).len(), usize::from(why.is_none()), "{state:?}");
        let told = app.model.toasts.last().map(|toast| &toast.says);
        assert_eq!(told, why.map(|why| Notification::NotNow(Command::Launch, why)).as_ref(), "{state:?}");
    }
}

/// The address is a key to the company: no log of messages, effects or the model may hold it.
#[test]
fn no_debug_text_holds_an_address() {
    let mut app = headless();
    let out = app.press("y");
    for text in [format!("{out:?}"), format!("{:?}", app.model), format!("{:?}", Answer::Launch(address()))] {
        assert!(!text.contains("launch/x"), "{text}");
    }
}
