//! The form of a company.

use super::{Scene, act, error, fixtures, list, many, no_answer, open, scene};
use crate::support::app_driver::AppDriver;
use mspdash::app::msg::Size;
use mspdash::domain::company::Company;
use mspdash::domain::error::{Cause, Operation, Violation};
use mspdash::domain::id::Etag;
use mspdash::domain::lang::Lang;
use mspdash::domain::request::Answer;
use mspdash::domain::session::{Permission, Permissions};

const BRIGHT: &str = "Brightwater";

pub const ALL: &[Scene] = &[
    scene("new_choice", |lang, size| {
        act(allowed(list(lang, size, many())), |it| {
            it.keys("n");
        })
    })
    .main()
    .covered(),
    scene("form_new", blank).main().covered(),
    scene("form_filled", |lang, size| filled(lang, size, "Nordlicht Segel AG")).main().covered(),
    scene("form_country", |lang, size| {
        act(blank(lang, size), |it| {
            it.keys("tab tab").type_in("land").keys("down");
        })
    })
    .main()
    .covered(),
    scene("form_country_none", |lang, size| {
        act(blank(lang, size), |it| {
            it.keys("tab tab").type_in("atlantis");
        })
    })
    .covered(),
    scene("form_wrong", |lang, size| {
        act(blank(lang, size), |it| {
            it.keys("tab").type_in("not an address").keys("tab").type_in("deu").keys("tab enter tab tab");
            it.type_in("2410").keys("backtab backtab backtab backtab backtab backtab backtab enter");
        })
    })
    .main()
    .covered(),
    scene("form_duplicate", |lang, size| {
        act(filled(lang, size, "brightwater gmbh"), |it| {
            it.keys("enter");
        })
    })
    .main()
    .covered(),
    scene("form_nearly", |lang, size| {
        act(filled(lang, size, "Brightwater AG"), |it| {
            it.keys("enter");
        })
    })
    .covered(),
    scene("form_sending", |lang, size| {
        act(filled(lang, size, "Nordlicht Segel AG"), |it| {
            it.keys("enter");
        })
    })
    .covered(),
    scene("form_lost", |lang, size| {
        act(filled(lang, size, "Nordlicht Segel AG"), |it| {
            it.keys("enter").fail(no_answer(Operation::AddCompany));
        })
    })
    .main()
    .covered(),
    scene("form_refused", |lang, size| {
        act(filled(lang, size, "Nordlicht Segel AG"), |it| {
            let say =
                |field: &str, description: &str| Violation { field: field.into(), description: description.into() };
            let violations =
                vec![say("website", "must not be a search page"), say("tags", "may have 40 characters at most")];
            it.keys("enter").fail(error(Operation::AddCompany, Cause::NotAccepted { violations }));
        })
    })
    .main()
    .covered(),
    scene("form_asking", |lang, size| {
        act(blank(lang, size), |it| {
            it.type_in("Nordlicht").keys("esc");
        })
    })
    .covered(),
    scene("form_long_and_wide", |lang, size| {
        act(allowed(open(lang, size, fixtures::long_and_wide(), "enter")), |it| {
            it.keys("e");
        })
    })
    .about("東京")
    .covered(),
    scene("form_edit", edit).main().about(BRIGHT).covered(),
    scene("form_edit_end", |lang, size| {
        act(edit(lang, size), |it| {
            it.keys("backtab backtab backtab");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("form_changed_meanwhile", |lang, size| {
        act(edit(lang, size), |it| {
            it.type_in(" & Co.").keys("backtab backtab enter");
            it.fail(error(Operation::EditCompany, Cause::ChangedMeanwhile));
            let theirs = Company {
                etag: Etag::new("newer"),
                name: "Brightwater AG".into(),
                website: Some("https://brightwater-ag.example".into()),
                ..fixtures::brightwater()
            };
            it.answer(Answer::Company(Box::new(theirs))).keys("tab tab");
        })
    })
    .main()
    .about("Brightwater AG")
    .covered(),
    scene("form_added", |lang, size| added(lang, size, "")).main().about("Nordlicht").covered(),
    scene("form_added_cleared", |lang, size| added(lang, size, "zzz")).about("Nordlicht").covered(),
];

/// Who may add, link and edit.
pub fn allowed(mut driver: AppDriver) -> AppDriver {
    if let Some(session) = driver.session_mut() {
        session.permissions = Permissions(vec![
            Permission::View,
            Permission::Add,
            Permission::Link,
            Permission::Edit,
            Permission::Setup,
            Permission::Launch,
        ]);
    }
    driver
}

fn blank(lang: Lang, size: Size) -> AppDriver {
    act(allowed(list(lang, size, many())), |it| {
        it.keys("n enter");
    })
}

/// Everything filled, the cursor on *Save*.
fn filled(lang: Lang, size: Size, name: &str) -> AppDriver {
    act(blank(lang, size), |it| {
        it.type_in(name).keys("tab").type_in("nordlicht.example").keys("tab tab").type_in("Am Deich 1");
        it.keys("tab tab").type_in("24837").keys("tab").type_in("Schleswig").keys("tab").type_in("C-0815");
        it.keys("tab").type_in("north, gold").keys("tab");
    })
}

fn edit(lang: Lang, size: Size) -> AppDriver {
    act(allowed(open(lang, size, fixtures::brightwater(), "enter")), |it| {
        it.keys("e");
    })
}

fn added(lang: Lang, size: Size, search: &str) -> AppDriver {
    let mut driver = allowed(list(lang, size, many()));
    if !search.is_empty() {
        driver.keys("/").type_in(search).keys("enter");
    }
    act(driver, |it| {
        it.keys("n enter").type_in("Nordlicht Segel AG").keys("backtab backtab enter");
        it.answer(Answer::Company(Box::new(fixtures::company(
            "NORD",
            "Nordlicht Segel AG",
            serde_json::json!({"state": "PENDING"}),
        ))));
    })
}
