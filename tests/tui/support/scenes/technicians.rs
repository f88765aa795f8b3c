//! The MSP's own technicians.

use super::{Scene, act, list, many, scene};
use crate::support::app_driver::AppDriver;
use crate::support::fixtures::{self, error, no_answer};
use mspdash::app::msg::Size;
use mspdash::domain::error::{Cause, ConflictCode, Operation};
use mspdash::domain::lang::Lang;
use mspdash::domain::request::Answer;

pub const ALL: &[Scene] = &[
    scene("technicians", |lang, size| {
        act(team(lang, size), |it| {
            it.keys("j j");
        })
    })
    .main()
    .covered(),
    scene("technicians_loading", opened).covered(),
    scene("technicians_failed", |lang, size| {
        act(opened(lang, size), |it| {
            it.fail(no_answer(Operation::LoadTechnicians));
        })
    })
    .covered(),
    scene("technicians_add", |lang, size| {
        act(team(lang, size), |it| {
            it.keys("+").type_in("Mira Okafor").keys("tab").type_in("nowhere").keys("enter");
        })
    })
    .main()
    .covered(),
    scene("technicians_actions", |lang, size| {
        act(team(lang, size), |it| {
            it.keys("j enter j");
        })
    })
    .covered(),
    scene("technicians_role", |lang, size| {
        act(team(lang, size), |it| {
            it.keys("enter 1 4").fail(error(Operation::ChangeTechnician, Cause::Conflict(ConflictCode::LastOwner)));
        })
    })
    .covered(),
    scene("technicians_revoke", |lang, size| {
        act(team(lang, size), |it| {
            it.keys("j enter 4");
        })
    })
    .main()
    .covered(),
    scene("technicians_rotate_lost", |lang, size| {
        act(team(lang, size), |it| {
            it.keys("j enter 3 tab enter").fail(no_answer(Operation::ChangeTechnician));
        })
    })
    .covered(),
    scene("technicians_code", |lang, size| {
        act(team(lang, size), |it| {
            it.keys("j j enter 2 enter").answer(Answer::Enrolment(Box::new(fixtures::enrolment(2))));
        })
    })
    .main()
    .covered(),
];

fn opened(lang: Lang, size: Size) -> AppDriver {
    act(list(lang, size, many()), |it| {
        it.keys("T");
    })
}

fn team(lang: Lang, size: Size) -> AppDriver {
    act(opened(lang, size), |it| {
        it.answer(Answer::Technicians(fixtures::technicians()));
    })
}
