//! Links.

use super::form::allowed;
use super::{Scene, act, error, list, many, no_answer, scene, session, toasts};
use crate::support::app_driver::{AppDriver, noon};
use crate::support::fixtures;
use jiff::SignedDuration;
use mspdash::app::Options;
use mspdash::app::effect::Effect;
use mspdash::app::features::accounts::Given;
use mspdash::app::msg::{Reply, Size};
use mspdash::app::toast::Notification;
use mspdash::domain::company::Actor;
use mspdash::domain::error::{Cause, ConflictCode, Error, Operation};
use mspdash::domain::id::{AccountId, CompanyId, LinkId};
use mspdash::domain::lang::Lang;
use mspdash::domain::launch::Opening;
use mspdash::domain::link::{LinkRequest, LinkState};
use mspdash::domain::request::{Answer, Request};

const TOKEN: &str = "b3VyLW93bi1zYW1wbGUtdG9rZW4tMDEyMzQ1";

pub const ALL: &[Scene] = &[
    scene("links", |lang, size| links(lang, size, all())).main(),
    scene("links_requested", |lang, size| {
        act(links(lang, size, all()), |it| {
            it.keys("j");
        })
    })
    .about("Fjordlys"),
    scene("links_denied", |lang, size| {
        act(links(lang, size, all()), |it| {
            it.keys("j j j");
        })
    }),
    scene("links_approved", |lang, size| {
        let mut before = all();
        before[0].state = LinkState::Approved;
        before[0].company = Some(CompanyId::new("BRIGHTWATER"));
        act(links(lang, size, all()), |it| {
            it.pass(30).answer(Answer::Links(before));
        })
    }),
    scene("links_loading", |lang, size| {
        act(allowed(list(lang, size, many())), |it| {
            it.keys("2");
        })
    }),
    scene("links_empty", |lang, size| links(lang, size, Vec::new())).main(),
    scene("links_failed", |lang, size| {
        act(allowed(list(lang, size, many())), |it| {
            it.keys("2").fail(no_answer(Operation::LoadLinks));
        })
    }),
    scene("links_failed_with_data", |lang, size| {
        act(links(lang, size, all()), |it| {
            it.keys("r").fail(no_answer(Operation::LoadLinks));
        })
    })
    .main(),
    scene("links_told", |lang, size| {
        let company = || "Brightwater GmbH".to_owned();
        let reason = Some("We stay with our present provider until March.".to_owned());
        let told = vec![
            Notification::Saved { company: company() },
            Notification::LinkAccepted { company: company() },
            Notification::LinkCancelled { company: company() },
            Notification::LinkDenied { company: company(), reason },
            Notification::LinkExpired { company: company() },
            Notification::PageOpened(Opening::Opened),
        ];
        toasts(lang, size, told)
    }),
    scene("link_accept", accept).main().covered(),
    scene("link_accept_sample", |lang, size| {
        act(desk(lang, size), |it| {
            it.keys("n j enter");
        })
    })
    .main()
    .covered(),
    scene("link_pasted", |lang, size| {
        act(accept(lang, size), |it| {
            it.paste(&address("1password.eu"));
        })
    })
    .covered(),
    scene("link_region", |lang, size| {
        act(accept(lang, size), |it| {
            it.paste(&address("1password.com")).keys("enter");
        })
    })
    .main()
    .covered(),
    scene("link_shape", |lang, size| {
        act(accept(lang, size), |it| {
            it.type_in("brightwater").keys("enter");
        })
    })
    .covered(),
    scene("link_sending", |lang, size| {
        act(accept(lang, size), |it| {
            it.paste(&address("1password.eu")).keys("enter");
        })
    })
    .covered(),
    scene("link_lost", |lang, size| {
        act(accept(lang, size), |it| {
            it.paste(&address("1password.eu")).keys("enter").fail(no_answer(Operation::AcceptLink));
        })
    })
    .covered(),
    scene("link_managed", |lang, size| {
        act(accept(lang, size), |it| {
            it.paste(&address("1password.eu")).keys("enter");
            it.fail(error(Operation::AcceptLink, Cause::Conflict(ConflictCode::AlreadyManaged)));
        })
    })
    .covered(),
    scene("link_asking", |lang, size| {
        act(accept(lang, size), |it| {
            it.paste(&address("1password.eu")).keys("esc");
        })
    })
    .covered(),
    scene("link_cancel", |lang, size| {
        act(links(lang, size, all()), |it| {
            it.keys("d");
        })
    })
    .main()
    .about("Brightwater")
    .covered(),
    scene("link_cancel_failed", |lang, size| {
        act(links(lang, size, all()), |it| {
            it.keys("d tab enter").fail(no_answer(Operation::CancelLink));
        })
    })
    .about("Brightwater")
    .covered(),
    scene("link_page", |lang, size| {
        let mut driver = links(lang, size, all());
        driver.model.options.browser = false;
        act(driver, |it| {
            it.keys("o");
        })
    })
    .main()
    .about("Brightwater")
    .covered(),
    scene("links_two", |lang, size| two(lang, size, "j")).main().about("Brightwater"),
    scene("links_two_cancel", |lang, size| two(lang, size, "d")).about("Brightwater").covered(),
    scene("links_two_slow", |lang, size| {
        act(several(lang, size, &TWO), |it| {
            it.keys("2");
            in_account(it, "canada", Ok(Answer::Links(canadian())));
        })
    }),
    scene("links_two_failed", |lang, size| {
        act(several(lang, size, &TWO), |it| {
            it.keys("2");
            in_account(it, "canada", Err(no_answer(Operation::LoadLinks)));
            in_account(it, "europe", Ok(Answer::Links(all())));
        })
    }),
    scene("links_two_narrowed", |lang, size| {
        act(two(lang, size, "1"), |it| {
            it.keys("A 2 2");
        })
    }),
    scene("links_five_failed", |lang, size| {
        act(several(lang, size, &[TWO.as_slice(), &["us", "enterprise", "lab"]].concat()), |it| {
            it.keys("2");
            in_account(it, "europe", Ok(Answer::Links(all())));
            in_account(it, "canada", Err(no_answer(Operation::LoadLinks)));
            in_account(it, "us", Err(error(Operation::LoadLinks, Cause::NotAllowed)));
            in_account(it, "enterprise", Err(error(Operation::LoadLinks, Cause::NotSignedIn)));
            in_account(it, "lab", Err(no_answer(Operation::LoadLinks)));
        })
    }),
];

/// Two MSP accounts, in two regions.
pub const TWO: [&str; 2] = ["europe", "canada"];

/// Several MSP accounts, signed in and loaded: the first with many companies, the others with one.
pub fn several(lang: Lang, size: Size, names: &[&str]) -> AppDriver {
    let account = |name: &&str| Given { label: label(name), ..Given::named(name) };
    let accounts = names.iter().map(account).collect();
    let mut driver = AppDriver::new(Options { accounts, ..AppDriver::options(lang) }, size);
    for (at, name) in names.iter().enumerate() {
        let mut who = session();
        let rows = if at == 0 {
            many()
        } else {
            who.account.id = AccountId::new(name);
            who.account.region = "1password.ca".into();
            vec![fixtures::brightwater()]
        };
        let of = |effect: &&Effect| matches!(effect, Effect::Connect { profile, .. } if profile.as_str() == *name);
        let to = driver.open.iter().find(of).and_then(Effect::ticket).unwrap();
        driver.reply(to, Reply::Connected(Ok(None)));
        in_account(&mut driver, name, Ok(Answer::Session(Box::new(who))));
        in_account(&mut driver, name, Ok(fixtures::page(rows)));
    }
    driver.pass(1);
    driver
}

fn label(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

/// What an account says to the oldest question that this can be an answer to.
pub fn in_account(driver: &mut AppDriver, name: &str, result: Result<Answer, Error>) {
    let fits = |request: &Request| match &result {
        Ok(answer) => answer.answers(request),
        Err(error) => request.operation() == error.operation,
    };
    let of = |effect: &&Effect| matches!(effect, Effect::Call { profile, request, .. } if profile.as_str() == name && fits(request));
    let to = driver.open.iter().find(of).and_then(Effect::ticket).unwrap();
    driver.reply(to, Reply::Api(result));
}

/// On the screen of links, with those of two accounts.
fn two(lang: Lang, size: Size, keys: &str) -> AppDriver {
    act(several(lang, size, &TWO), |it| {
        it.keys("2");
        in_account(it, "canada", Ok(Answer::Links(canadian())));
        in_account(it, "europe", Ok(Answer::Links(all())));
        it.keys(keys);
    })
}

/// Of the other account; the first has an id and a name that are in the first account too.
fn canadian() -> Vec<LinkRequest> {
    let canadian = |link| LinkRequest { region: "1password.ca".into(), ..link };
    let all = vec![
        link("L1", "Brightwater GmbH", LinkState::Requested, 50),
        link("L9", "Maple Clinic", LinkState::Expired, 900),
    ];
    all.into_iter().map(canadian).collect()
}

fn address(region: &str) -> String {
    format!("https://brightwater.{region}/link/{TOKEN}")
}

fn accept(lang: Lang, size: Size) -> AppDriver {
    act(allowed(list(lang, size, many())), |it| {
        it.keys("n j enter");
    })
}

/// In the sample workspace.
fn desk(lang: Lang, size: Size) -> AppDriver {
    let mut driver = allowed(list(lang, size, many()));
    if let Some(session) = driver.session_mut() {
        session.account.owner_desk = Some("http://127.0.0.1:4815/owner".into());
    }
    driver
}

fn links(lang: Lang, size: Size, all: Vec<LinkRequest>) -> AppDriver {
    act(allowed(list(lang, size, many())), |it| {
        it.keys("2").answer(Answer::Links(all));
    })
}

/// A request that was started so many hours ago.
fn link(id: &str, company: &str, state: LinkState, hours: i64) -> LinkRequest {
    let at = |hours: i64| noon().checked_add(SignedDuration::from_hours(hours)).ok();
    let accepted = state != LinkState::Requested;
    let ended = !state.open();
    LinkRequest {
        id: LinkId::new(id),
        company_name: company.into(),
        region: "1password.eu".into(),
        requested_by: Some(Actor { display_name: "Ines Brandt".into() }),
        accepted_by: accepted.then(|| Actor { display_name: "Tomma Petersen".into() }),
        company: None,
        reason: (state == LinkState::Denied).then(|| "We stay with our present provider until March.".into()),
        create_time: at(-hours),
        accept_time: at(1 - hours).filter(|_| accepted),
        end_time: at(2 - hours).filter(|_| ended),
        expire_time: at(7 * 24 + 1 - hours),
        owner_page: (!ended).then(|| format!("http://127.0.0.1:4815/owner/links/{id}")),
        state,
    }
}

/// One of every state.
fn all() -> Vec<LinkRequest> {
    let wide = "東京セキュリティ株式会社 und eine Firma mit einem sehr langen Namen, der nirgends hineinpasst";
    vec![
        link("L1", "Brightwater GmbH", LinkState::Accepted, 30),
        link("L2", "Fjordlys AS", LinkState::Requested, 100),
        link("L3", wide, LinkState::Accepted, 168),
        link("L4", "Ivory Studio", LinkState::Denied, 300),
        link("L5", "Jansen Bouw BV", LinkState::Approved, 500),
        link("L6", "Quarry Street Legal", LinkState::Cancelled, 800),
        link("L7", "Umbra Films", LinkState::Expired, 2000),
        link("L8", "مرسى للتقنية", LinkState::Other("ON_HOLD".into()), 9000),
    ]
}
