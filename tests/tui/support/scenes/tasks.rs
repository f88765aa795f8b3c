//! Tasks: their screen, and the panel that leads through one.

use super::{BRIGHT, Scene, act, no_answer, open, scene};
use crate::support::app_driver::{AppDriver, noon};
use crate::support::fixtures::{self, allowed};
use jiff::SignedDuration;
use mspdash::app::msg::Size;
use mspdash::domain::company::Actor;
use mspdash::domain::error::{Cause, ConflictCode, Operation};
use mspdash::domain::id::{CompanyId, Etag, TaskId};
use mspdash::domain::lang::Lang;
use mspdash::domain::request::Answer;
use mspdash::domain::session::WorkspaceKind;
use mspdash::domain::task::{Outcome, Task, TaskKind, TaskState, Verification};

pub const ALL: &[Scene] = &[
    scene("tasks", |lang, size| tasks(lang, size, several())).main(),
    scene("tasks_empty", |lang, size| tasks(lang, size, Vec::new())),
    scene("tasks_loading", |lang, size| {
        act(real(lang, size, ""), |it| {
            it.keys("6");
        })
    }),
    scene("tasks_failed", |lang, size| {
        act(real(lang, size, ""), |it| {
            it.keys("6").fail(no_answer(Operation::LoadTasks));
        })
    }),
    scene("tasks_ended", |lang, size| {
        act(tasks(lang, size, several()), |it| {
            it.keys("a").answer(Answer::Tasks(ended())).keys("j j j j");
        })
    })
    .main(),
    scene("task_steps", |lang, size| begun(lang, size, task(1, TaskKind::Unlink))).main().about(BRIGHT).covered(),
    scene("task_copied", |lang, size| {
        act(begun(lang, size, task(1, TaskKind::Add)), |it| {
            it.keys("c").copied();
            it.keys("c").copied();
        })
    })
    .main()
    .about(BRIGHT)
    .covered(),
    scene("task_no_browser", |lang, size| {
        let mut driver = begun(lang, size, task(1, TaskKind::Launch));
        driver.model.options.browser = false;
        act(driver, |it| {
            it.keys("o");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("task_found", |lang, size| {
        act(begun(lang, size, task(1, TaskKind::Launch)), |it| {
            it.keys("v").answer(Answer::Verification(Box::new(Verification {
                outcome: Outcome::NotDone,
                source: Some("IMPORT".into()),
                as_of: noon().checked_sub(SignedDuration::from_hours(2)).ok(),
                task: task(1, TaskKind::Launch),
            })));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("task_waiting", |lang, size| begun(lang, size, waiting())).about(BRIGHT).covered(),
    scene("task_when", |lang, size| {
        act(begun(lang, size, task(1, TaskKind::Unlink)), |it| {
            it.keys("d").type_in("Brightwater GmbH").keys("enter").type_in("2026-11-20 9:30");
        })
    })
    .main()
    .about(BRIGHT)
    .covered(),
    scene("task_name", |lang, size| {
        act(begun(lang, size, task(1, TaskKind::Unlink)), |it| {
            it.keys("d").type_in("Brightw");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("task_when_wrong", |lang, size| {
        act(begun(lang, size, task(1, TaskKind::Unlink)), |it| {
            it.keys("d").type_in("Brightwater GmbH").keys("enter").type_in("23:59").keys("enter");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("task_declaring", declaring).about(BRIGHT).covered(),
    scene("task_lost", |lang, size| {
        act(declaring(lang, size), |it| {
            it.fail(no_answer(Operation::DeclareTask));
        })
    })
    .main()
    .about(BRIGHT)
    .covered(),
    scene("task_cancel", |lang, size| {
        act(begun(lang, size, task(1, TaskKind::Unlink)), |it| {
            it.keys("x tab");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("task_ask", |lang, size| {
        act(real(lang, size, "enter ] ] p down"), |it| {
            it.type_in("ada@brightwater.example");
        })
    })
    .main()
    .about(BRIGHT)
    .covered(),
    scene("task_ask_link", |lang, size| {
        act(real(lang, size, "n 2"), |it| {
            it.keys("enter");
        })
    })
    .covered(),
    scene("task_refused", |lang, size| {
        act(real(lang, size, "l"), |it| {
            it.fail(fixtures::error(Operation::BeginTask, Cause::Conflict(ConflictCode::AlreadyUnlinked)));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("unlink_guided", |lang, size| {
        act(real(lang, size, "u"), |it| {
            it.answer(Answer::Preflight(allowed(&fixtures::brightwater()))).answer(fixtures::no_news());
            it.keys("tab").type_in("Brightwater GmbH").keys("tab");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("usage_elsewhere", |lang, size| real(lang, size, "4")),
];

/// Brightwater is selected in an MSP's own workspace, and then these keys.
fn real(lang: Lang, size: Size, keys: &str) -> AppDriver {
    let mut driver = open(lang, size, fixtures::brightwater(), "esc");
    driver.session_mut().unwrap().account.kind = Some(WorkspaceKind::Real);
    if !keys.is_empty() {
        driver.keys(keys);
    }
    driver
}

fn tasks(lang: Lang, size: Size, list: Vec<Task>) -> AppDriver {
    act(real(lang, size, "6"), |it| {
        it.answer(Answer::Tasks(list));
    })
}

/// The panel of this task.
fn begun(lang: Lang, size: Size, task: Task) -> AppDriver {
    act(tasks(lang, size, vec![task.clone()]), |it| {
        it.keys("enter").answer(Answer::Task(Box::new(task)));
    })
}

fn declaring(lang: Lang, size: Size) -> AppDriver {
    act(begun(lang, size, task(1, TaskKind::Unlink)), |it| {
        it.keys("d").type_in("Brightwater GmbH").keys("enter enter");
    })
}

fn task(number: i64, kind: TaskKind) -> Task {
    Task {
        id: TaskId::new(&format!("T{number}")),
        etag: Etag::new("t1"),
        kind,
        state: TaskState::Open,
        company: Some(CompanyId::new(fixtures::brightwater().id.as_str())),
        company_name: Some("Brightwater GmbH".into()),
        subject: None,
        note: None,
        begun_by: Some(Actor { display_name: "Mira Okafor".into() }),
        create_time: noon().checked_sub(SignedDuration::from_mins(number * 47)).ok(),
        declared_time: None,
        ended_by: None,
        end_time: None,
    }
}

fn waiting() -> Task {
    let subject = Some("ada@brightwater.example".into());
    Task { state: TaskState::Waiting, subject, ..task(2, TaskKind::BeginRecovery) }
}

fn several() -> Vec<Task> {
    let link = Task {
        company: None,
        company_name: None,
        subject: Some("Möwe & Söhne KG".into()),
        note: Some("Ines sends the link on Monday".into()),
        ..task(3, TaskKind::Link)
    };
    let usage = Task { company: None, company_name: None, begun_by: None, ..task(4, TaskKind::Usage) };
    vec![task(1, TaskKind::Unlink), waiting(), link, usage]
}

fn ended() -> Vec<Task> {
    let end = |task: Task, state: TaskState| Task {
        state,
        declared_time: task.create_time,
        ended_by: task.begun_by.clone(),
        end_time: task.create_time,
        ..task
    };
    let mut all = several();
    all.push(end(task(50, TaskKind::Launch), TaskState::Declared));
    all.push(end(task(60, TaskKind::Add), TaskState::Verified));
    all.push(Task { declared_time: None, ..end(task(70, TaskKind::Owner), TaskState::Cancelled) });
    all
}
