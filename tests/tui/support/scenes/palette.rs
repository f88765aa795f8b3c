//! Go to anything.

use super::{Scene, act, list, many, no_answer, scene};
use crate::support::app_driver::AppDriver;
use mspdash::app::msg::Size;
use mspdash::domain::error::Operation;
use mspdash::domain::id::{CompanyId, UserId};
use mspdash::domain::lang::Lang;
use mspdash::domain::people::{FoundPeople, FoundPerson, PersonKind, PersonState};
use mspdash::domain::request::Answer;

pub const ALL: &[Scene] = &[
    scene("palette", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys(":");
        })
    })
    .covered(),
    scene("palette_query", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys(":").type_in("un").keys("down");
        })
    })
    .covered(),
    scene("palette_no_hit", |lang, size| {
        act(looking_for(lang, size, "zzzz"), |it| {
            it.answer(Answer::FoundPeople(FoundPeople::default()));
        })
    })
    .covered(),
    scene("palette_people", |lang, size| {
        act(looking_for(lang, size, "$jensen"), |it| {
            it.answer(Answer::FoundPeople(FoundPeople { total: Some(12), people: found() }));
        })
    })
    .covered(),
    scene("palette_people_failed", |lang, size| {
        act(looking_for(lang, size, "jensen"), |it| {
            it.fail(no_answer(Operation::LoadPeople));
        })
    })
    .covered(),
];

/// The servers are being asked for people.
fn looking_for(lang: Lang, size: Size, text: &str) -> AppDriver {
    act(list(lang, size, many()), |it| {
        it.keys(":").type_in(text).pass(1);
    })
}

fn found() -> Vec<FoundPerson> {
    let person = |company: &str, name: &str| FoundPerson {
        company: CompanyId::new(company),
        company_name: company.to_owned(),
        user: UserId::new(name),
        display_name: name.to_owned(),
        email: "jensen@company.example".to_owned(),
        state: PersonState::Active,
        kind: PersonKind::Member,
    };
    vec![person("BRIGHTWATER", "Clara Jensen"), person("M1", "Ole-Alexander Maximilian Jensen-Østergård von Lund")]
}
