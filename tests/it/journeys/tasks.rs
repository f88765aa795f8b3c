//! What only the web console can do, in an MSP's own workspace: steps beside the work, and a technician's word.

use crate::support::journey::{Journey, Scenario, SecondClient};
use jiff::SignedDuration;
use mspdash::app::model::Tab;
use mspdash::domain::company::CompanyState;
use mspdash::domain::lang::Lang;
use mspdash::domain::request::{Answer, IdempotencyKey, ListTasks, Request};
use mspdash::domain::task::{Task, TaskKind, TaskState};
use mspdash::i18n::Clock;
use mspdash::server::Fault;

const CONSOLE: &str = "Company\tStatus\tFilled seats\rBrightwater GmbH\tActive\t42\rAcme Limited\tActive\t12\r";

fn scenario() -> Scenario {
    Scenario { real: true, role: "OWNER", ..Scenario::default() }
}

/// An MSP's own workspace with two companies, of which the web console showed a little.
async fn start(scenario: Scenario) -> Journey {
    let mut technician = Journey::with(scenario).await;
    technician.paste(CONSOLE).settle().await.keys("enter").settle().await.keys("esc").settle().await;
    // What was imported is older than what begins now.
    technician.asleep(7200).await.find("Brightwater GmbH");
    technician
}

fn operations(technician: &Journey) -> Vec<&'static str> {
    let told = |request: &Request| match request {
        Request::Launch(_)
        | Request::Unlink(_)
        | Request::AcceptLink(_)
        | Request::GetUsage(_)
        | Request::GetCompanyUsage(_)
        | Request::GetCurves(_)
        | Request::ChangePerson(_)
        | Request::AddMember(_)
        | Request::RemoveMember(_)
        | Request::GrantVault(_) => Some("old"),
        Request::BeginTask(_) => Some("begin"),
        Request::DeclareTask(_) => Some("declare"),
        Request::CancelTask(_) => Some("cancel"),
        Request::VerifyTask(_) => Some("verify"),
        _ => None,
    };
    technician.asked.iter().filter_map(told).collect()
}

async fn tasks(colleague: &mspdash::client::Client) -> Vec<Task> {
    let Ok(Answer::Tasks(tasks)) = colleague.perform(ListTasks { open_only: false, company: None }.into()).await else {
        panic!("no tasks")
    };
    tasks
}

#[tokio::test]
async fn an_unlink_is_checked_named_done_in_the_console_and_declared() {
    let mut technician = start(scenario()).await;
    technician.keys("u").settle().await.sees("Unlink Brightwater GmbH").sees("Who owns it is not known here");
    technician.keys("tab").type_text("Brightwater").keys("enter").settle().await.sees("doesn't match yet");
    assert!(operations(&technician).is_empty(), "the name was not typed in full");
    technician.type_text(" GmbH").sees("matches").sees("Begin – show the steps");
    technician
        .keys("tab enter")
        .settle()
        .await
        .sees("Unlink · Brightwater GmbH")
        .sees("In the web console of 1Password");
    assert_eq!(operations(&technician), ["begin"]);
    technician.keys("c").settle().await.sees("Name: copied with xclip");
    assert_eq!(technician.copied, ["Brightwater GmbH"]);
    technician.keys("o").settle().await.sees("Opened the sign-in page");
    assert_eq!(technician.opened, ["https://harbour.1password.eu/signin"]);
    technician.keys("v").settle().await.sees("Can't tell");
    // Esc leaves it open; the key that began it leads back without another check.
    technician.keys("esc").sees("Tasks 1 open").keys("6").settle().await.sees("Tasks  1 open").sees("Mira Okafor");
    technician.keys("1 u").settle().await.sees("In the web console of 1Password");
    // An hour ago; the answer is lost at first.
    let zone = technician.model.options.zone.clone();
    let done = technician.now().checked_sub(SignedDuration::from_hours(1)).unwrap();
    let ends = done.checked_add(SignedDuration::from_hours(14 * 24)).unwrap();
    let trial = Clock { lang: Lang::En, now: technician.now(), zone: zone.clone() }.day(ends);
    technician.keys("d").sees("Type the company's name to confirm").type_text("Brightwater").keys("enter enter");
    technician.sees("doesn't match yet").keys("ctrl-u").type_text("Brightwater GmbH").keys("enter");
    technician.type_text(&done.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string());
    technician.sees(&format!("the trial would end on {trial}"));
    technician.backend.running().set_fault(Some(Fault::Status(500)));
    technician.keys("enter").settle().await.sees("Unknown whether the task was declared done");
    technician.backend.running().set_fault(None);
    technician.later(5).await.keys("enter").settle().await.told("Unlink – Brightwater GmbH: declared done");
    let keys: Vec<IdempotencyKey> = technician
        .asked
        .iter()
        .filter_map(|request| match request {
            Request::DeclareTask(declared) => Some(declared.key.clone()),
            _ => None,
        })
        .collect();
    assert!(keys.len() >= 2 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert!(!operations(&technician).contains(&"old"));
    let (_, company) = technician.model.selected().unwrap();
    assert_eq!(company.state, CompanyState::Unlinked);
    let ends = company.trial_end_time.unwrap().duration_since(done);
    let (least, most) = (SignedDuration::from_hours(14 * 24 - 1), SignedDuration::from_hours(14 * 24));
    assert!(ends > least && ends <= most, "14 days from the minute that was declared: {ends}");
    technician.keys("U").told("was done in the web console; it can only be undone there");
    technician.keys("6 a").settle().await.sees("declared done").keys("5").settle().await;
    technician.sees("began a task").sees("declared a task done");
}

#[tokio::test]
async fn a_colleague_sees_the_task_and_ends_it() {
    let mut technician = start(scenario()).await;
    technician.keys("l").settle().await.sees("Launch · Brightwater GmbH").keys("c").settle().await.keys("esc");
    technician.keys("l").settle().await.sees("Launch · Brightwater GmbH").keys("esc 6").settle().await;
    technician.sees("Tasks  1 open");
    let colleague = technician.backend.client("OWNER", false, None);
    let seen = tasks(&colleague).await;
    let [task] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!((&task.kind, &task.state), (&TaskKind::Launch, &TaskState::Open));
    technician.keys("enter").settle().await.sees("Launch · Brightwater GmbH");
    SecondClient::of(colleague).cancels(task).await;
    technician.later(31).await.sees("cancelled by Mira Okafor").sees_not("d done");
    technician.keys("d esc").sees("No open tasks");
    assert_eq!(operations(&technician), ["begin"]);
    technician.keys("1 l").settle().await.keys("x enter").sees("d done").keys("x tab enter").settle().await;
    technician.told("Launch – Brightwater GmbH: cancelled");
}

#[tokio::test]
async fn companies_people_vaults_and_usage_are_tasks_as_well() {
    let mut technician = start(scenario()).await;
    technician.keys("n 1").type_text("Möwe & Söhne KG").keys("backtab backtab enter").settle().await;
    technician
        .sees("Add it there: show the steps")
        .keys("enter")
        .settle()
        .await
        .sees("Add a company · Möwe & Söhne KG");
    technician.keys("d enter").settle().await.told("Add a company – Möwe & Söhne KG: declared done");
    assert_eq!(technician.model.selected().unwrap().1.state, CompanyState::Active);

    technician.keys("n 2").type_text("Linked Ltd").keys("enter").settle().await.sees("Link an account · Linked Ltd");
    technician.keys("w").settle().await.sees("waiting for the company").sees_not("w waiting");
    technician.keys("d enter").settle().await.told("Link an account – Linked Ltd: declared done");
    technician.find("Linked Ltd");
    assert_eq!(technician.model.selected().unwrap().1.state, CompanyState::Active);

    technician.at("Brightwater GmbH", Tab::People).await.keys("o").sees("Make owner · Brightwater GmbH");
    technician.keys("enter").sees("Say who or what it is about").type_text("ada@brightwater.example").keys("enter");
    technician.settle().await.sees("Person: ada@brightwater.example").keys("c c").settle().await.keys("esc");
    assert_eq!(technician.copied.last().unwrap(), "ada@brightwater.example");
    technician
        .keys("p down")
        .type_text("bob")
        .keys("enter")
        .settle()
        .await
        .sees("Reactivate · Brightwater")
        .keys("esc");
    technician.keys("] v").type_text("Finance").keys("enter").settle().await.sees("Access to a vault").keys("esc");
    technician.keys("4").settle().await.sees("Only the web console of 1Password shows usage").keys("i").settle().await;
    technician.sees("Usage · Harbour IT").keys("esc 6").settle().await.sees("Tasks  4 open");
    assert!(!operations(&technician).contains(&"old"));
}

#[tokio::test]
async fn marked_companies_get_a_task_each() {
    let mut technician = start(scenario()).await;
    technician.keys("esc *").keys("l").settle().await.sees("Begin 2 tasks: launch").keys("tab enter").settle().await;
    technician.sees("task begun").keys("esc 6").settle().await.sees("Tasks  2 open");
    assert_eq!(operations(&technician), ["begin", "begin"]);
}

#[tokio::test]
async fn in_a_low_window_and_in_german_it_says_the_same() {
    let mut technician = start(Scenario { size: (80, 24), lang: Lang::De, ..scenario() }).await;
    technician.keys("l").settle().await.sees("Anmelden · Brightwater GmbH").sees("In der Webkonsole von 1Password");
    technician.keys("esc 6").settle().await.sees("6 Aufgaben ⚑1").sees("Wiederherst").keys("enter").settle().await;
    technician.keys("d enter").settle().await.told("Anmelden – Brightwater GmbH: als erledigt gemeldet");
}

#[tokio::test]
async fn whoever_may_only_look_sees_tasks_and_begins_none() {
    let technician = start(scenario()).await;
    let Journey { backend, .. } = technician;
    let mut reader = Journey::on(backend, Scenario { read_only: true, ..scenario() }).await;
    reader.find("Brightwater GmbH").keys("l").settle().await.told("read-only").keys("6").settle().await;
    reader.sees("No open tasks");
    assert!(operations(&reader).is_empty());
}

#[tokio::test]
async fn the_sample_has_none() {
    let mut technician = Journey::start().await;
    technician.keys("2").settle().await.sees_not("6 Tasks").keys("6").settle().await.told("invented");
    assert!(!technician.asked.iter().any(|request| matches!(request, Request::ListTasks(_))));
}
