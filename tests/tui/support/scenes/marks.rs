//! Marks, tags, attention.

use super::{Scene, act, list, open, scene};
use crate::support::app_driver::{AppDriver, noon};
use crate::support::fixtures::{self, allowed, blocked, error, many, no_answer};
use jiff::SignedDuration;
use mspdash::app::features::bulk::How;
use mspdash::app::features::export::ExportKind;
use mspdash::app::features::undo::Change;
use mspdash::app::msg::Size;
use mspdash::app::overlay::Overlay;
use mspdash::app::toast::{Notification, Toast};
use mspdash::domain::error::{Cause, Operation};
use mspdash::domain::lang::Lang;
use mspdash::domain::request::Answer;
use mspdash::domain::unlink::Preflight;

pub const ALL: &[Scene] = &[
    scene("marks_list", |lang, size| marked(lang, size, "")),
    scene("marks_choose", |lang, size| marked(lang, size, "b")).covered(),
    scene("marks_step", |lang, size| marked(lang, size, "b 3")).covered(),
    scene("marks_state", |lang, size| marked(lang, size, "b 3 4")).covered(),
    scene("marks_launch_review", |lang, size| marked(lang, size, "b 1")).covered(),
    scene("marks_unlink_checking", |lang, size| marked(lang, size, "b 5")).covered(),
    scene("marks_unlink_review", |lang, size| unlink(lang, size, "tab 4 tab")).covered(),
    scene("marks_unlink_in_part", unlink_in_part).main().covered(),
    scene("marks_unlink_wrong_count", |lang, size| unlink(lang, size, "tab 7")).covered(),
    scene("marks_snooze_review", |lang, size| {
        act(list(lang, size, needing()), |it| {
            it.keys("space space space space Z 2");
        })
    })
    .covered(),
    scene("marks_side", |lang, size| marked(lang, size, "tab")),
    scene("marks_palette", |lang, size| marked(lang, size, ":")).covered(),
    scene("marks_many_names", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("* b 1 down down");
        })
    })
    .covered(),
    scene("marks_running", |lang, size| {
        act(marked(lang, size, "t"), |it| {
            it.type_in("vip, -north").keys("enter tab enter");
        })
    })
    .covered(),
    scene("marks_done", done).covered(),
    scene("tags_one", |lang, size| open(lang, size, fixtures::brightwater(), "t")).about("Brightwater").covered(),
    scene("tags_many_asking", |lang, size| {
        act(marked(lang, size, "t"), |it| {
            it.type_in("vip, -north").keys("esc");
        })
    })
    .covered(),
    scene("snooze_menu", |lang, size| open(lang, size, fixtures::brightwater(), "Z")).about("Brightwater").covered(),
    scene("attention_view", |lang, size| {
        act(list(lang, size, needing()), |it| {
            it.keys("w j");
        })
    }),
    scene("attention_set_aside", |lang, size| open(lang, size, set_aside(), "tab")).about("Brightwater"),
    scene("marks_toasts", |lang, size| {
        act(list(lang, size, many()), |it| {
            let company = || "Brightwater GmbH".to_owned();
            let change = Change::Tags { before: Vec::new(), after: Vec::new() };
            let all = [
                Notification::Exported {
                    count: 3,
                    kind: ExportKind::Companies,
                    path: "/home/tomma/mspdash-companies-20261122-120000.csv".into(),
                },
                Notification::TakenBack { company: company(), change: Box::new(change) },
                Notification::NoWayBack { company: company() },
            ];
            it.model.toasts = all.into_iter().map(|says| Toast::new(it.now, says)).collect();
        })
    }),
];

/// Five of many are marked, an unlinked one among them.
fn marked(lang: Lang, size: Size, keys: &str) -> AppDriver {
    act(list(lang, size, many()), |it| {
        it.keys("g space space space space G space g j j j j");
        if !keys.is_empty() {
            it.keys(keys);
        }
    })
}

fn unlink(lang: Lang, size: Size, keys: &str) -> AppDriver {
    act(marked(lang, size, "b 5"), |it| {
        for (n, name) in names(it).into_iter().enumerate() {
            let answer = if n == 1 { blocked(&fixtures::minimal()) } else { allowed(&fixtures::brightwater()) };
            it.answer(Answer::Preflight(Preflight { company_name: name, ..answer }));
        }
        it.keys(keys);
    })
}

/// The companies that are being checked, in their order.
fn names(it: &AppDriver) -> Vec<String> {
    let Some(Overlay::Bulk(bulk)) = it.model.overlays.last() else { panic!("no dialog of many") };
    let checked = bulk.items.iter().filter(|item| matches!(item.how, How::Checking | How::Unchecked));
    checked.map(|item| item.name.clone()).collect()
}

/// One was renamed meanwhile, the answer of another is lost.
fn unlink_in_part(lang: Lang, size: Size) -> AppDriver {
    act(marked(lang, size, "b 5"), |it| {
        for (n, name) in names(it).into_iter().enumerate() {
            let name = if n == 1 { "Dogwood Ltd".to_owned() } else { name };
            it.answer(Answer::Preflight(Preflight { company_name: name, ..allowed(&fixtures::brightwater()) }));
        }
        it.keys("tab 3 tab enter").fail(no_answer(Operation::Unlink));
        it.fail(error(Operation::Unlink, Cause::ChangedMeanwhile))
            .answer(Answer::Company(Box::new(fixtures::unlinked())));
    })
}

fn done(lang: Lang, size: Size) -> AppDriver {
    act(marked(lang, size, "t"), |it| {
        it.type_in("audit").keys("enter tab enter");
        let failed = error(Operation::EditCompany, Cause::ChangedMeanwhile);
        for n in 0..5 {
            if n == 2 {
                it.fail(failed.clone());
            } else {
                it.answer(Answer::Company(Box::new(fixtures::brightwater())));
            }
        }
    })
}

fn needing() -> Vec<mspdash::domain::company::Company> {
    use mspdash::domain::company::Attention;
    let mut all = many();
    for (at, company) in all.iter_mut().enumerate() {
        company.attention = Attention::KNOWN.iter().skip(at % 8).step_by(5).cloned().collect();
    }
    all
}

fn set_aside() -> mspdash::domain::company::Company {
    let mut company = fixtures::brightwater();
    company.snooze_until = noon().checked_add(SignedDuration::from_hours(24 * 7)).ok();
    company
}
