//! Several MSP accounts in one list.

use super::{Scene, act, allowed, error, many, no_answer, scene, session};
use crate::support::app_driver::{AppDriver, noon};
use crate::support::fixtures;
use jiff::SignedDuration;
use mspdash::app::Options;
use mspdash::app::features::accounts::Given;
use mspdash::app::msg::{Reply, Restored, Size};
use mspdash::domain::cached::CacheDefect;
use mspdash::domain::company::Company;
use mspdash::domain::error::{Cause, Operation};
use mspdash::domain::id::AccountId;
use mspdash::domain::lang::Lang;
use mspdash::domain::request::{Answer, Page};
use mspdash::domain::session::{Permission, Permissions, Session};

pub const ALL: &[Scene] = &[
    scene("accounts", three).main(),
    scene("accounts_one_down", one_down).main(),
    scene("accounts_one_slow", |lang, size| {
        act(start(lang, size), |it| {
            it.load("europe", &[], many());
            it.load("americas", &[], some());
            it.reply_in("canada", Reply::Connected(Ok(None)));
        })
    }),
    scene("accounts_all_down", |lang, size| {
        act(start(lang, size), |it| {
            for name in NAMES {
                it.reply_in(name, Reply::Connected(Err(no_answer(Operation::Start))));
            }
        })
    })
    .main(),
    scene("accounts_menu", |lang, size| {
        act(three(lang, size), |it| {
            it.keys("A j");
        })
    })
    .main()
    .covered(),
    scene("accounts_menu_failed", |lang, size| {
        act(one_down(lang, size), |it| {
            it.keys("A G");
        })
    })
    .covered(),
    scene("accounts_failed_in_full", |lang, size| {
        act(one_down(lang, size), |it| {
            it.keys("!");
        })
    })
    .covered(),
    scene("accounts_narrowed", |lang, size| {
        act(three(lang, size), |it| {
            it.keys("A 2");
        })
    }),
    scene("accounts_filter", |lang, size| {
        act(three(lang, size), |it| {
            it.keys("f").keys("j j j j j j j j j j j");
        })
    })
    .covered(),
    scene("accounts_new_company", |lang, size| {
        act(three(lang, size), |it| {
            it.keys("n 1 j j");
        })
    })
    .main()
    .covered(),
    scene("accounts_form", |lang, size| {
        act(three(lang, size), |it| {
            it.keys("n 1 1");
        })
    })
    .covered(),
    scene("accounts_unlink", |lang, size| {
        act(three(lang, size), |it| {
            it.keys("/").type_in("brightw").keys("enter u");
            it.answer(Answer::Preflight(allowed(&fixtures::brightwater())));
        })
    })
    .about("Brightwater")
    .covered(),
    scene("accounts_kept", kept),
    scene("accounts_kept_unlink", |lang, size| {
        act(kept(lang, size), |it| {
            it.keys("u");
        })
    }),
    scene("accounts_kept_damaged", |lang, size| {
        act(start_kept(lang, size), |it| {
            it.reply_in("europe", Reply::Restored(Restored::SetAside(CacheDefect::Damaged)));
        })
    }),
    scene("accounts_revoked", |lang, size| {
        act(three(lang, size), |it| {
            it.pass(30);
            it.reply_in("americas", Reply::Api(Err(error(Operation::Changes, Cause::NotSignedIn))));
            it.reply_in("americas", Reply::Api(Err(error(Operation::SignIn, Cause::NotSignedIn))));
        })
    }),
    scene("accounts_role_lost", |lang, size| {
        act(three(lang, size), |it| {
            it.pass(30);
            let less = session_of("americas", &[Permission::View, Permission::Launch]);
            it.reply_in("americas", Reply::Api(Ok(Answer::Session(Box::new(less)))));
        })
    }),
];

const NAMES: [&str; 3] = ["europe", "americas", "canada"];

fn start(lang: Lang, size: Size) -> AppDriver {
    let labels = ["Europe", "Americas", "Kanada und ein sehr langer Name 東京"];
    let given = |(name, label): (&str, &str)| Given { label: label.into(), ..Given::named(name) };
    let accounts = NAMES.into_iter().zip(labels).map(given).collect();
    AppDriver::new(Options { accounts, ..AppDriver::options(lang) }, size)
}

fn session_of(name: &str, permissions: &[Permission]) -> Session {
    let mut session = session();
    if !permissions.is_empty() {
        session.permissions = Permissions(permissions.to_vec());
    } else if !session.permissions.allows(&Permission::Add) {
        session.permissions.0.extend([Permission::Add, Permission::Link, Permission::Edit]);
    }
    let (account, region) = match name {
        "europe" => ("Harbour IT", "1password.eu"),
        "americas" => ("Harbour IT Americas", "1password.com"),
        _ => ("Harbour IT Canada", "1password.ca"),
    };
    session.account.id = AccountId::new(name);
    session.account.name = account.into();
    session.account.region = region.into();
    session
}

impl AppDriver {
    /// An account signs in and loads; without permissions named, with those of the usual technician.
    fn load(&mut self, name: &str, permissions: &[Permission], companies: Vec<Company>) {
        self.reply_in(name, Reply::Connected(Ok(None)));
        self.reply_in(name, Reply::Api(Ok(Answer::Session(Box::new(session_of(name, permissions))))));
        self.reply_in(name, Reply::Api(Ok(fixtures::page(companies))));
    }
}

/// Companies of another account: some of the usual ones under other ids.
fn some() -> Vec<Company> {
    let mut companies: Vec<Company> = many().into_iter().step_by(5).collect();
    for company in &mut companies {
        company.region = "1password.com".into();
        company.name = company.name.replace("GmbH", "Inc.").replace("AG", "Corp.");
    }
    companies
}

fn three(lang: Lang, size: Size) -> AppDriver {
    act(start(lang, size), |it| {
        it.load("europe", &[], many());
        it.load("americas", &[], some());
        it.load("canada", &[Permission::View], some().into_iter().take(3).collect());
    })
}

fn one_down(lang: Lang, size: Size) -> AppDriver {
    act(three(lang, size), |it| {
        it.pass(31);
        it.reply_in("americas", Reply::Api(Err(no_answer(Operation::Changes))));
    })
}

fn start_kept(lang: Lang, size: Size) -> AppDriver {
    let accounts = vec![Given { label: "Europe".into(), ..Given::named("europe") }];
    AppDriver::new(Options { accounts, restore: true, ..AppDriver::options(lang) }, size)
}

/// No server answers; what was kept is there.
fn kept(lang: Lang, size: Size) -> AppDriver {
    act(start_kept(lang, size), |it| {
        let session = Answer::Session(Box::new(session_of("europe", &[])));
        let page = Answer::Page(Page { companies: many().into(), ..Page::default() });
        it.reply_in("europe", Reply::Restored(Restored::Part(vec![session, page])));
        let at = noon().checked_sub(SignedDuration::from_mins(95)).unwrap();
        it.reply_in("europe", Reply::Restored(Restored::End { token: Some("kept".into()), at }));
        it.reply_in("europe", Reply::Connected(Err(no_answer(Operation::Start))));
    })
}
