//! Every screen, dialog and state, made by messages alone.

mod accounts;
mod form;
pub mod imports;
mod links;
mod marks;
mod outside;
mod palette;
mod people;
mod tasks;
mod technicians;
mod usage;
mod usage_of_two;

use crate::support::app_driver::{AppDriver, noon};
use crate::support::fixtures::{
    self, allowed, blocked, checklist, error, many, no_answer, no_news, people, refused, session,
};
use jiff::SignedDuration;
use mspdash::app::Model;
use mspdash::app::command::{Command, DisabledReason};
use mspdash::app::msg::{Copied, Size};
use mspdash::app::toast::{Dropped, Notification, Toast};
use mspdash::domain::company::{Company, Owners, Seats};
use mspdash::domain::error::{Cause, Error, Operation, RetryAdvice};
use mspdash::domain::id::ProfileId;
use mspdash::domain::lang::Lang;
use mspdash::domain::launch::Opening;
use mspdash::domain::request::{Answer, Changes, Page};
use mspdash::domain::session::{Permission, Permissions};
use mspdash::domain::setup::{StepKind, StepState};
use mspdash::domain::ui_state::UiState;
use mspdash::domain::usage::Usage;
use std::sync::LazyLock;

/// One scene.
#[derive(Clone, Copy)]
pub struct Scene {
    pub name: &'static str,
    /// The narrow window has a picture of it, too.
    pub main: bool,
    /// The beginning of the company's name that must be on the screen.
    pub about: Option<&'static str>,
    /// A dialog or a line has the keys, so that the hint of the help may be covered.
    pub covered: bool,
    build: fn(Lang, Size) -> AppDriver,
}

impl Scene {
    pub fn model(&self, lang: Lang, size: Size) -> Model {
        (self.build)(lang, size).model
    }

    const fn main(mut self) -> Self {
        self.main = true;
        self
    }

    const fn about(mut self, name: &'static str) -> Self {
        self.about = Some(name);
        self
    }

    const fn covered(mut self) -> Self {
        self.covered = true;
        self
    }
}

const fn scene(name: &'static str, build: fn(Lang, Size) -> AppDriver) -> Scene {
    Scene { name, main: false, about: None, covered: false, build }
}

const BRIGHT: &str = "Brightwater";

/// Every scene: those of the list and the company below, and those of each further part.
pub static ALL: LazyLock<Vec<Scene>> = LazyLock::new(|| {
    let parts = [
        form::ALL,
        imports::ALL,
        links::ALL,
        palette::ALL,
        people::ALL,
        tasks::ALL,
        technicians::ALL,
        usage::ALL,
        usage_of_two::ALL,
        marks::ALL,
        accounts::ALL,
        outside::ALL,
    ];
    [FIRST.as_slice(), &parts.concat()].concat()
});

const FIRST: [Scene; 68] = [
    scene("start", |lang, size| AppDriver::new(AppDriver::options(lang), size)),
    scene("start_sample", |lang, size| {
        AppDriver::new(mspdash::app::Options { sample: true, ..AppDriver::options(lang) }, size)
    }),
    scene("start_failed", |lang, size| {
        act(AppDriver::new(AppDriver::options(lang), size), |it| {
            it.connect(Err(refused(Operation::Start)));
        })
    }),
    scene("list_many", |lang, size| list(lang, size, many())).main(),
    scene("list_since", since),
    scene("list_one", |lang, size| list(lang, size, vec![fixtures::brightwater()])),
    scene("list_empty", |lang, size| list(lang, size, Vec::new())),
    scene("list_long_and_wide", |lang, size| list(lang, size, vec![fixtures::long_and_wide(), fixtures::minimal()])),
    scene("list_scrolled", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("G k k");
        })
    }),
    scene("list_no_match", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("/").type_in("zzzz").keys("enter");
        })
    }),
    scene("list_no_match_filter", |lang, size| {
        act(list(lang, size, vec![fixtures::brightwater()]), |it| {
            it.keys("f j space esc");
        })
    }),
    scene("list_loading", loading).main(),
    scene("list_loading_more", |lang, size| {
        act(loading(lang, size), |it| {
            let next = Some("p2".into());
            it.answer(Answer::Page(Page { companies: many().into(), next, total: Some(2_000), ..Page::default() }));
        })
    }),
    scene("list_failed", |lang, size| {
        act(loading(lang, size), |it| {
            it.fail(refused(Operation::ListCompanies));
        })
    })
    .main(),
    scene("list_failed_with_data", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.pass(95).fail(no_answer(Operation::Changes));
        })
    })
    .main(),
    scene("list_searching", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("/").type_in("bri");
        })
    })
    .main()
    .covered(),
    scene("list_search_kept", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("/").type_in("mull").keys("enter");
        })
    }),
    scene("list_sorted_filtered", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("s 2 f space j space G space esc");
        })
    })
    .main(),
    scene("overview_full", |lang, size| open(lang, size, fixtures::brightwater(), "enter")).about(BRIGHT),
    scene("overview_loaded", loaded).main().about(BRIGHT),
    scene("overview_side", |lang, size| open(lang, size, fixtures::brightwater(), "tab")).about(BRIGHT),
    scene("overview_minimal", |lang, size| open(lang, size, fixtures::minimal(), "enter")).about("Aalto"),
    scene("overview_unlinked", |lang, size| open(lang, size, fixtures::unlinked(), "enter")).about("Alder & Finch"),
    scene("overview_long_and_wide", |lang, size| open(lang, size, fixtures::long_and_wide(), "enter")).about("東京"),
    scene("company_gone", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "enter r"), |it| {
            let removed = vec![fixtures::brightwater().id];
            it.answer(Answer::Changes(Changes { removed, ..Changes::default() }));
        })
    }),
    scene("setup_loading", |lang, size| open(lang, size, fixtures::brightwater(), "enter ]")).about(BRIGHT),
    scene("setup_fresh", |lang, size| setup(lang, size, &[])).about(BRIGHT),
    scene("setup_mid", |lang, size| setup(lang, size, &MID)).main().about(BRIGHT),
    scene("setup_last_step", |lang, size| {
        act(setup(lang, size, &MID), |it| {
            it.keys("G");
        })
    })
    .about(BRIGHT),
    scene("setup_complete", |lang, size| setup(lang, size, &COMPLETE)).about(BRIGHT),
    scene("setup_failed", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "enter ]"), |it| {
            it.fail(no_answer(Operation::LoadSetup));
        })
    })
    .about(BRIGHT),
    scene("setup_saving", |lang, size| {
        act(setup(lang, size, &MID), |it| {
            it.keys("x enter");
        })
    })
    .about(BRIGHT),
    scene("setup_state", |lang, size| {
        act(setup(lang, size, &MID), |it| {
            it.keys("j j x");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("setup_reopen", |lang, size| {
        act(setup(lang, size, &MID), |it| {
            it.keys("g x 1");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("people_many", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "enter ] ]"), |it| {
            it.answer(Answer::People(people()));
        })
    })
    .main()
    .about(BRIGHT),
    scene("people_empty", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "enter ] ]"), |it| {
            it.answer(Answer::People(Vec::new()));
        })
    })
    .about(BRIGHT),
    scene("people_failed", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "enter ] ]"), |it| {
            it.answer(Answer::People(people())).keys("r").fail(error(Operation::LoadPeople, Cause::NotAllowed));
        })
    })
    .about(BRIGHT),
    scene("menu_sort", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("s 2 s");
        })
    })
    .covered(),
    scene("menu_theme", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("f2 down down");
        })
    })
    .covered(),
    scene("menu_filter", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("f space j j j j space");
        })
    })
    .covered(),
    scene("menu_views", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("P j j P s 2 v s").type_in("By seats").keys("enter");
        })
    })
    .covered(),
    scene("menu_columns", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("C j j J space");
        })
    })
    .covered(),
    scene("tour", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys(":").type_in("app.tour").keys("enter enter");
        })
    })
    .covered(),
    scene("copy_menu", |lang, size| open(lang, size, fixtures::brightwater(), "y")).about(BRIGHT).covered(),
    scene("help", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("?");
        })
    })
    .main()
    .covered(),
    scene("help_scrolled", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("? G");
        })
    })
    .covered(),
    scene("launch", |lang, size| launch(lang, size, 58)).main().about(BRIGHT).covered(),
    scene("launch_copied_expired", |lang, size| {
        act(launch(lang, size, -1), |it| {
            it.keys("y").copied();
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("unlink_loading", |lang, size| open(lang, size, fixtures::brightwater(), "u")).about(BRIGHT).covered(),
    scene("unlink_allowed", |lang, size| unlink(lang, size, "")).main().about(BRIGHT).covered(),
    scene("unlink_typing", |lang, size| unlink(lang, size, "Brightw")).about(BRIGHT).covered(),
    scene("unlink_typed", |lang, size| {
        act(unlink(lang, size, "Brightwater GmbH"), |it| {
            it.keys("tab");
        })
    })
    .main()
    .about(BRIGHT)
    .covered(),
    scene("unlink_blocked", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "u"), |it| {
            it.answer(Answer::Preflight(blocked(&fixtures::brightwater())));
        })
    })
    .main()
    .about(BRIGHT)
    .covered(),
    scene("unlink_owner_invited", |lang, size| {
        let owners = Owners { confirmed: Some(0), invited: Some(1), names: Vec::new() };
        let company = Company {
            owners,
            seats: Seats { filled: Some(0), members: Some(0), ..Seats::default() },
            ..fixtures::brightwater()
        };
        act(open(lang, size, company, "u"), |it| {
            it.answer(Answer::Preflight(blocked(&fixtures::brightwater())));
        })
    })
    .main()
    .about(BRIGHT)
    .covered(),
    scene("unlink_check_failed", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "u"), |it| {
            it.fail(no_answer(Operation::Preflight));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("unlink_changed", |lang, size| {
        act(unlink(lang, size, "Bright"), |it| {
            let changed = Company { etag: mspdash::domain::id::Etag::new("newer"), ..fixtures::brightwater() };
            it.keys("tab f5").answer(Answer::Preflight(allowed(&changed)));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("unlink_lost", |lang, size| {
        act(sending(lang, size), |it| {
            it.fail(no_answer(Operation::Unlink));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("unlink_sending", sending).about(BRIGHT).covered(),
    scene("note", |lang, size| {
        act(setup(lang, size, &MID), |it| {
            it.keys("g e").type_in(" Call back on Monday.");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("note_asking", |lang, size| {
        act(setup(lang, size, &MID), |it| {
            it.keys("e").type_in("Waiting for Ines").keys("esc");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("note_failed", |lang, size| {
        act(setup(lang, size, &MID), |it| {
            it.keys("e")
                .type_in("Waiting for Ines")
                .keys("enter")
                .fail(error(Operation::EditSetup, Cause::ChangedMeanwhile));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("trouble", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("r").fail(refused(Operation::Changes)).keys("!");
        })
    })
    .covered(),
    scene("leave", |lang, size| {
        act(setup(lang, size, &MID), |it| {
            it.keys("x enter :").type_in("app.quit").keys("enter");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("toasts_good", |lang, size| toasts(lang, size, good())),
    scene("toasts_done", |lang, size| toasts(lang, size, done())),
    scene("toasts_bad", |lang, size| toasts(lang, size, bad())),
    scene("read_only_sample", read_only).about(BRIGHT),
    scene("no_mfa", no_mfa),
];

const MID: [StepState; 4] = [StepState::Done, StepState::InProgress, StepState::Todo, StepState::NotApplicable];
const COMPLETE: [StepState; 5] =
    [StepState::Done, StepState::Done, StepState::Done, StepState::NotApplicable, StepState::Done];

fn act(mut driver: AppDriver, then: impl FnOnce(&mut AppDriver)) -> AppDriver {
    then(&mut driver);
    driver
}

fn loading(lang: Lang, size: Size) -> AppDriver {
    act(AppDriver::new(AppDriver::options(lang), size), |it| {
        it.connect(Ok(())).answer(Answer::Session(Box::new(session())));
    })
}

/// The first start since yesterday evening; three companies changed meanwhile.
fn since(lang: Lang, size: Size) -> AppDriver {
    let visit = noon().checked_sub(SignedDuration::from_hours(18)).ok();
    let seen = UiState { last_visit: visit, ..UiState::default() };
    let ui = vec![(ProfileId::new("default"), seen)];
    let options = mspdash::app::Options { ui, welcome: true, ..AppDriver::options(lang) };
    let changed = |(at, mut company): (usize, Company)| {
        company.update_time = if at % 9 == 1 { Some(noon()) } else { visit };
        company
    };
    act(AppDriver::new(options, size), |it| {
        it.connect(Ok(())).answer(Answer::Session(Box::new(session())));
        it.answer(fixtures::page(many().into_iter().enumerate().map(changed).collect())).pass(1);
    })
}

/// The list is there and the cursor rests.
pub fn list(lang: Lang, size: Size, companies: Vec<Company>) -> AppDriver {
    act(loading(lang, size), |it| {
        it.answer(fixtures::page(companies)).pass(1);
    })
}

/// With the company among many, selected, and then these keys.
fn open(lang: Lang, size: Size, company: Company, keys: &str) -> AppDriver {
    let mut all = many();
    all.retain(|other| other.id != company.id);
    let key = company.id.clone();
    all.push(company);
    act(list(lang, size, all), |it| {
        it.keys("g");
        while it.model.selected().is_some_and(|(selected, _)| selected.company != key) {
            it.keys("j");
        }
        it.pass(1);
        if !keys.is_empty() {
            it.keys(keys);
        }
    })
}

fn setup(lang: Lang, size: Size, states: &[StepState]) -> AppDriver {
    act(open(lang, size, fixtures::brightwater(), "enter ]"), |it| {
        it.answer(Answer::Setup(checklist(states)));
    })
}

/// The overview with everything that its cards tell.
fn loaded(lang: Lang, size: Size) -> AppDriver {
    act(open(lang, size, fixtures::brightwater(), "enter"), |it| {
        let seats = Usage { limit: Some(50), internal: None, ..usage::total(usage::november(), 48) };
        it.pass(1).answer(Answer::Setup(checklist(&MID))).answer(Answer::People(fixtures::people()));
        it.answer(Answer::CompanyUsage(Box::new(seats))).answer(usage::events(0..9, None));
    })
}

fn launch(lang: Lang, size: Size, seconds: i64) -> AppDriver {
    let mut driver = open(lang, size, fixtures::brightwater(), "tab");
    driver.model.options.browser = false;
    act(driver, |it| {
        it.keys("l").launched(fixtures::address(seconds));
    })
}

/// The pre-flight is there; with a name, it is typed into the line.
fn unlink(lang: Lang, size: Size, name: &str) -> AppDriver {
    act(open(lang, size, fixtures::brightwater(), "u"), |it| {
        it.answer(Answer::Preflight(allowed(&fixtures::brightwater()))).answer(no_news());
        if !name.is_empty() {
            it.keys("tab").type_in(name);
        }
    })
}

fn sending(lang: Lang, size: Size) -> AppDriver {
    act(unlink(lang, size, "Brightwater GmbH"), |it| {
        // Begun in a window in which all of it was to be read.
        it.send(mspdash::app::msg::Msg::ReadToEnd);
        it.keys("tab enter");
    })
}

fn read_only(lang: Lang, size: Size) -> AppDriver {
    let options = mspdash::app::Options { read_only: true, sample: true, ..AppDriver::options(lang) };
    let mut who = session();
    who.permissions = Permissions(vec![Permission::View]);
    act(AppDriver::new(options, size), |it| {
        it.connect(Ok(())).answer(Answer::Session(Box::new(who))).answer(fixtures::page(vec![fixtures::brightwater()]));
        it.keys("u enter ]").answer(Answer::Setup(checklist(&MID)));
    })
}

fn no_mfa(lang: Lang, size: Size) -> AppDriver {
    let mut who = session();
    who.technician.mfa = false;
    act(AppDriver::new(AppDriver::options(lang), size), |it| {
        it.connect(Ok(())).answer(Answer::Session(Box::new(who)));
        it.fail(error(Operation::ListCompanies, Cause::MfaRequired));
    })
}

/// Notices beside each other; put there directly, since no single run brings them together.
fn toasts(lang: Lang, size: Size, all: Vec<Notification>) -> AppDriver {
    let mut driver = list(lang, size, many());
    driver.model.toasts = all.into_iter().map(|says| Toast::new(driver.model.now, says)).collect();
    driver
}

fn good() -> Vec<Notification> {
    let company = || "Brightwater GmbH".to_owned();
    vec![
        Notification::Launched { company: company(), opening: Opening::Opened },
        Notification::StepChanged { company: company(), step: StepKind::Provisioning, state: StepState::NotApplicable },
        Notification::NoteSaved { company: company() },
        Notification::Cleared(Dropped { search: Some("bright".into()), sort: true, filters: 2 }),
    ]
}

fn done() -> Vec<Notification> {
    let trial_end = Some("2026-12-06T12:00:00Z".parse().unwrap());
    vec![
        Notification::Unlinked { company: "Brightwater GmbH".into(), trial_end },
        Notification::Copied {
            text: "https://brightwater.example".into(),
            how: Copied { terminal: true, ..Copied::default() },
        },
        Notification::Back(None),
        Notification::Unreadable(3),
    ]
}

fn bad() -> Vec<Notification> {
    let cause = Cause::Conflict(mspdash::domain::error::ConflictCode::StepMustApply);
    let error = Error::new(Operation::EditSetup, cause, RetryAdvice::Never);
    vec![
        Notification::NotNow(Command::Unlink, DisabledReason::AlreadyUnlinked { trial_end: None }),
        Notification::Failed { company: Some("Brightwater GmbH".into()), error: Box::new(error) },
        Notification::Start(
            "/home/tomma/.config/mspdash/keymap.toml, line 3: “ctrl-” is not a key; the default applies".into(),
        ),
    ]
}
