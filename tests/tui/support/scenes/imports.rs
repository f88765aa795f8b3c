//! Companies out of a file or a paste, and what was seen of one in the console.

use super::{BRIGHT, Scene, act, list, many, no_answer, open, scene};
use crate::support::app_driver::AppDriver;
use crate::support::fixtures;
use mspdash::app::effect::Effect;
use mspdash::app::features::import::Unread;
use mspdash::app::msg::{Reply, Size};
use mspdash::domain::company::{Actor, Company};
use mspdash::domain::error::Operation;
use mspdash::domain::id::ImportRunId;
use mspdash::domain::import::columns::Field;
use mspdash::domain::import::file::ReadTable;
use mspdash::domain::import::plan::{Candidate, Change, Outcome, Refusal};
use mspdash::domain::import::run::{Answered, AnsweredRow, Counts, ImportRun};
use mspdash::domain::import::table::Unreadable;
use mspdash::domain::lang::Lang;
use mspdash::domain::request::Answer;
use mspdash::domain::session::WorkspaceKind;
use mspdash::domain::source::{Source, SourceReason, SourceState};

const PSA: &str = "Client Id;Client Name;Seats;Web\n77;Brightwater GmbH;42;brightwater.example\n78;Möwe & Söhne KG;7;\n\
    79;Acme Ltd;3;\n80;Aalto;10;\n81;Alder & Finch Ltd;1;\n82;=cmd|' /C calc'!A0;x;nonsense here\n";

pub const ALL: &[Scene] = &[
    scene("overview_observed", |lang, size| real(lang, size, fixtures::observed(), "enter")).about("Möwe KG"),
    scene("sources", sources).covered(),
    scene("overview_unobserved", |lang, size| real(lang, size, fixtures::unobserved(), "enter")).about("Neuland eG"),
    scene("list_unknown", |lang, size| real(lang, size, fixtures::unobserved(), "s 2 esc G")).main(),
    scene("declare", declare).main().about(BRIGHT).covered(),
    scene("declare_problem", |lang, size| {
        act(declare(lang, size), |it| {
            it.keys("tab").type_in("many").keys("enter");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("declare_failed", |lang, size| {
        act(declare(lang, size), |it| {
            it.type_in("Ada Stern").keys("enter").fail(no_answer(Operation::EditCompany));
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("import_file", file).covered(),
    scene("import_no_file", |lang, size| {
        act(file(lang, size), |it| {
            it.type_in("~/clients.csv").keys("enter");
            read(it, Err(Unread::NoFile("/home/tomma/clients.csv: No such file or directory (os error 2)".into())));
        })
    })
    .covered(),
    scene("import_no_table", |lang, size| {
        act(file(lang, size), |it| {
            it.type_in("~/clients.csv").keys("enter");
            read(it, Err(Unread::NoTable(Unreadable::OpenQuote(17))));
        })
    })
    .covered(),
    scene("import_columns", columns).main().covered(),
    scene("import_checking", |lang, size| {
        act(columns(lang, size), |it| {
            it.keys("right enter");
        })
    })
    .covered(),
    scene("import_preview", preview).main().covered(),
    scene("import_decided", |lang, size| {
        act(preview(lang, size), |it| {
            it.keys("tab tab tab tab right");
        })
    })
    .covered(),
    scene("import_running", |lang, size| {
        act(preview(lang, size), |it| {
            it.keys("enter");
        })
    })
    .covered(),
    scene("import_stopped", |lang, size| {
        act(preview(lang, size), |it| {
            it.keys("enter").fail(no_answer(Operation::Import));
        })
    })
    .covered(),
    scene("import_done", |lang, size| {
        act(preview(lang, size), |it| {
            it.keys("enter").answer(Answer::Imported(answered(true))).answer(Answer::Import(Box::new(run())));
        })
    })
    .main()
    .covered(),
];

/// A company of a REAL workspace, and then these keys.
pub fn real(lang: Lang, size: Size, company: Company, keys: &str) -> AppDriver {
    let mut driver = open(lang, size, company, "");
    driver.session_mut().unwrap().account.kind = Some(WorkspaceKind::Real);
    act(driver, |it| {
        it.keys(keys);
    })
}

/// A company that is connected, by a secret that was revoked.
fn sources(lang: Lang, size: Size) -> AppDriver {
    act(real(lang, size, fixtures::estimated(), "enter"), |it| {
        it.pass(1);
        let refused = Source {
            state: SourceState::NeedsAttention,
            reason: Some(SourceReason::CredentialRefused),
            secret_place: Some("KEYRING".into()),
            last_success_time: Some("2026-11-20T12:00:00Z".parse().unwrap()),
            next_read_time: Some("2026-11-22T12:40:00Z".parse().unwrap()),
            ..fixtures::source("ESTIMATED")
        };
        it.answer(Answer::Sources(vec![refused])).keys("j j j j enter");
    })
}

fn declare(lang: Lang, size: Size) -> AppDriver {
    real(lang, size, fixtures::brightwater(), "D")
}

fn file(lang: Lang, size: Size) -> AppDriver {
    let mut driver = list(lang, size, many());
    driver.session_mut().unwrap().account.kind = Some(WorkspaceKind::Real);
    act(driver, |it| {
        it.keys("I");
    })
}

fn read(it: &mut AppDriver, table: Result<Box<ReadTable>, Unread>) {
    let to = it.waiting(|effect| matches!(effect, Effect::ReadTable { .. }));
    it.reply(to, Reply::Table(table));
}

fn columns(lang: Lang, size: Size) -> AppDriver {
    act(file(lang, size), |it| {
        it.type_in("~/clients.csv").keys("enter");
        read(it, Ok(Box::new(ReadTable::of(PSA.as_bytes()).unwrap())));
        it.answer(Answer::ImportMaps(Vec::new()));
    })
}

fn preview(lang: Lang, size: Size) -> AppDriver {
    act(columns(lang, size), |it| {
        it.keys("right enter").answer(Answer::Imported(answered(false)));
    })
}

fn answered(done: bool) -> Answered {
    let change = |field, old: Option<&str>, new: &str| Change { field, old: old.map(Into::into), new: new.into() };
    let bright = vec![change(Field::FilledSeats, Some("40"), "42"), change(Field::ExternalId, None, "77")];
    let acme = Candidate {
        id: "ACME".into(),
        name: "Acme Limited".into(),
        known_by: Some("acme.example".into()),
        percent: 99,
    };
    let rows = [
        ("Brightwater GmbH", Outcome::Changed { company: fixtures::brightwater().id.to_string(), changes: bright }),
        ("Möwe & Söhne KG", Outcome::New),
        ("Acme Ltd", Outcome::Ambiguous(vec![acme])),
        ("Aalto", Outcome::Unchanged { company: "MINIMAL".into() }),
        ("Alder & Finch Ltd", Outcome::Rejected(Refusal::Unlinked)),
    ];
    let row = |(line, (name, outcome)): (u32, (&str, Outcome))| AnsweredRow { line, name: name.into(), outcome };
    Answered { run: done.then(|| ImportRunId::new("RUN")), rows: (2..).zip(rows).map(row).collect() }
}

fn run() -> ImportRun {
    ImportRun {
        id: ImportRunId::new("RUN"),
        file: Some("clients.csv".into()),
        create_time: None,
        actor: Actor { display_name: "Tomma Petersen".into() },
        counts: Counts { new: 1, changed: 1, unchanged: 1, ambiguous: 1, rejected: 2 },
        not_in_file: 7,
        not_in_file_names: [
            "Alpen Optik",
            "Bright & Söhne KG",
            "Crane & Quay",
            "Łódź Data",
            "東京セキュリティ株式会社",
            "Z",
        ]
        .map(Into::into)
        .to_vec(),
        undo_time: None,
    }
}
