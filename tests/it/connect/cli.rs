//! `mspdash connect` and `mspdash sources …`, in a home of its own against a fake.

use super::{ACME, BRIGHTWATER, Bench, SECRET, id};
use crate::support::clock;
use crate::support::home::{Home, Run};
use mspdash::demo_1password::{Actor, Call, Fault, Person};
use std::fs;
use std::os::unix::fs::PermissionsExt;

struct Desk {
    home: Home,
    bench: Bench,
}

impl Desk {
    async fn open() -> Self {
        let desk = Self { home: Home::new(), bench: Bench::start().await };
        let init = ["init", "--name", "Harbour IT", "--region", "1password.eu", "--technician", "Mira Okafor"];
        assert_eq!(desk.run(&init, "").await.code, 0);
        for name in ["Acme Bakery", "Brightwater GmbH"] {
            assert_eq!(desk.run(&["companies", "add", "--name", name], "").await.code, 0);
        }
        desk
    }

    /// On a thread of its own: the fake answers on this one.
    async fn run(&self, args: &[&str], input: &str) -> Run {
        let mut command = self.home.command(args);
        command.env("MSPDASH_1PASSWORD_URL", self.bench.fake.url().unwrap().as_str()).write_stdin(input);
        let run = tokio::task::spawn_blocking(move || Run::of(command)).await.unwrap();
        assert!(!run.out.contains(SECRET) && !run.err.contains(SECRET), "{} {}", run.out, run.err);
        run
    }

    async fn connect(&self, more: &[&str], input: &str) -> Run {
        let args = ["connect", "Acme Bakery", "--users-api", "--oauth-client", "acme-directory"];
        self.run(&[&args, more].concat(), input).await
    }
}

fn refused(run: &Run, code: i32, said: &str) {
    assert_eq!(run.code, code, "{}", run.err);
    assert!(run.err.contains(said), "{}", run.err);
}

const FILE: [&str; 4] = ["--account-id", ACME, "--store", "file"];

#[tokio::test(flavor = "multi_thread")]
async fn a_company_is_connected_looked_at_checked_and_disconnected() {
    let desk = Desk::open().await;
    let secret = format!("{SECRET}\n");
    refused(&desk.connect(&FILE, &secret).await, 2, "--yes");
    let list =
        async |args: &[&str]| desk.run(&[&["sources", "list", "--format", "json"], args].concat(), "").await.json();
    assert_eq!(list(&[]).await, serde_json::json!([]), "nothing was connected");
    let connected = desk.connect(&[&FILE[..], &["--yes"]].concat(), &secret).await;
    assert_eq!(connected.code, 0, "{}", connected.err);
    assert!(connected.err.contains("4 people, among them Una Crumb, Tom Baker, Vic Dough"), "{}", connected.err);
    assert!(connected.err.contains("acme.example (3), harbour.example (1)"), "{}", connected.err);
    let sources = list(&["Acme Bakery"]).await;
    assert_eq!((&sources[0]["state"], &sources[0]["secret_place"]), (&"CONNECTED".into(), &"FILE".into()));
    let kept = desk.home.dir.path().join(format!(".local/share/mspdash/secrets/1password-{ACME}-acme_directory"));
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    let people = desk.run(&["people", "list", "Acme Bakery"], "").await;
    assert!(people.out.contains("Tom Baker") && people.out.contains("ACTIVE"), "{}", people.out);
    let check = desk.run(&["sources", "check", "Acme Bakery"], "").await;
    assert_eq!(check.code, 0, "{}", check.err);
    desk.bench.fake.world.fail(Call::List, Fault::Answer(403, r#"{"message":"missing permission"}"#), 1);
    refused(&desk.run(&["sources", "check", "Acme Bakery"], "").await, 3, "missing permission");
    let removed = desk.run(&["sources", "remove", "Acme Bakery", "--users-api"], "").await;
    assert_eq!(removed.code, 0, "{}", removed.err);
    assert!(removed.out.contains("Acme Bakery is disconnected"), "{}", removed.out);
    assert!(!kept.exists());
    assert_eq!(list(&[]).await, serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_account_or_place_connects_nothing() {
    let desk = Desk::open().await;
    let yes = [&FILE[..], &["--yes"]].concat();
    refused(&desk.connect(&yes, "another-secret\n").await, 3, "does not take this client id");
    refused(&desk.connect(&yes, "\n").await, 2, "no secret was given");
    refused(&desk.connect(&["--store", "file", "--yes"], SECRET).await, 2, "--account-id is missing");
    let other = ["--account-id", BRIGHTWATER, "--store", "file", "--yes"];
    refused(&desk.connect(&other, SECRET).await, 1, "404");
    refused(&desk.connect(&["--account-id", "short"], SECRET).await, 2, "26 letters and digits");
    for place in ["sh -c env", "keyring:1password/A/C"] {
        refused(&desk.connect(&["--account-id", ACME, "--secret-from", place], "").await, 2, "op://VAULT/ITEM/FIELD");
    }
    let open = desk.home.dir.path().join("open");
    fs::write(&open, SECRET).unwrap();
    fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).unwrap();
    let from = format!("file:{}", open.display());
    let by_file = ["--account-id", ACME, "--yes", "--secret-from", &from];
    refused(&desk.connect(&by_file, "").await, 2, "chmod 600");
    let folder = desk.home.dir.path().join(".local/share/mspdash/secrets");
    assert!(!folder.exists() || fs::read_dir(&folder).unwrap().count() == 0, "no secret was kept");
    fs::set_permissions(&open, fs::Permissions::from_mode(0o600)).unwrap();
    let connected = desk.connect(&by_file, "").await;
    assert_eq!(connected.code, 0, "{}", connected.err);
    let removed = desk.run(&["sources", "remove", "Acme Bakery", "--users-api"], "").await;
    assert!(removed.err.contains("stays where it is") && open.exists(), "{}", removed.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_replaced_only_by_one_that_works() {
    let desk = Desk::open().await;
    let yes = [&FILE[..], &["--yes"]].concat();
    refused(&desk.connect(&[&yes[..], &["--rotate"]].concat(), SECRET).await, 5, "not connected yet");
    assert_eq!(desk.connect(&yes, SECRET).await.code, 0);
    refused(&desk.connect(&yes, SECRET).await, 5, "--rotate");
    let rotate = ["connect", "Acme Bakery", "--users-api", "--rotate", "--store", "file", "--yes"];
    refused(&desk.run(&rotate, "wrong").await, 3, "Nothing was connected");
    assert_eq!(desk.run(&["sources", "check", "Acme Bakery"], "").await.code, 0, "the old one still works");
    desk.bench.fake.world.change(ACME, |account| account.applications[0].secret = "a-newer-one".into());
    assert_eq!(desk.run(&rotate, "a-newer-one").await.code, 0);
    assert_eq!(desk.run(&["sources", "check", "Acme Bakery"], "").await.code, 0);
}

/// What is left of ours in companies that are not ours any more, and whether it works, is told by 1Password alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_credential_is_forgotten_only_when_it_is_proved_gone() {
    let desk = Desk::open().await;
    let tried = async |code: i32| {
        let run = desk.run(&["sources", "unlinked", "--format", "json"], "").await;
        assert_eq!(run.code, code, "{} {}", run.out, run.err);
        let rows: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
        let told = |row: &serde_json::Value| format!("{} {}", row["company_name"], row["result"]).replace('"', "");
        rows.iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(desk.connect(&[&FILE[..], &["--yes"]].concat(), SECRET).await.code, 0);
    assert!(tried(0).await.is_empty(), "the company is ours");
    let declared = desk.run(&["companies", "declare", "Acme Bakery", "--status", "unlinked"], "").await;
    assert_eq!(declared.code, 0, "{}", declared.err);
    let lists = desk.bench.fake.world.calls(Call::List);
    assert_eq!(tried(10).await, ["Acme Bakery WORKS"]);
    assert_eq!(desk.bench.fake.world.calls(Call::List), lists, "nobody is read in a company that is not ours");
    for answer in [403, 500] {
        desk.bench.fake.world.fail(Call::Token, Fault::Answer(answer, ""), 9);
        assert_eq!(
            tried(if answer == 403 { 3 } else { 6 }).await,
            ["Acme Bakery NOT_KNOWN"],
            "{answer} proves nothing"
        );
        desk.bench.fake.world.clear_faults();
    }
    let kept = desk.home.dir.path().join(format!(".local/share/mspdash/secrets/1password-{ACME}-acme_directory"));
    let away = kept.with_extension("away");
    fs::rename(&kept, &away).unwrap();
    assert_eq!(tried(3).await, ["Acme Bakery NOT_KNOWN"], "without its secret it cannot be tried");
    fs::rename(&away, &kept).unwrap();
    desk.bench.fake.world.change(ACME, |account| account.applications.clear());
    assert_eq!(tried(0).await, ["Acme Bakery GONE"]);
    assert!(!kept.exists());
    assert!(tried(0).await.is_empty());
    let people = desk.run(&["people", "list", "Acme Bakery", "--format", "json"], "").await;
    assert_eq!(people.json(), serde_json::json!([]), "what was read is gone with it");
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_sent_to_no_other_machine() {
    let desk = Desk::open().await;
    let mut command = desk.home.command(&["connect", "Acme Bakery", "--users-api", "--oauth-client", "acme-directory"]);
    command.args(FILE).arg("--yes").env("MSPDASH_1PASSWORD_URL", "http://192.0.2.1").write_stdin(SECRET);
    refused(&Run::of(command), 2, "an address on this machine");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_leaves_is_found_and_suspended() {
    let desk = Desk::open().await;
    assert_eq!(desk.connect(&[&FILE[..], &["--yes"]].concat(), SECRET).await.code, 0);
    let found = desk.run(&["leaver", "Tom@acme.example"], "").await;
    assert_eq!(found.code, 0, "{}", found.err);
    assert!(found.out.contains("Tom Baker") && found.out.contains("FOUND"), "{}", found.out);
    assert!(found.err.contains("looked in 1 connected company, read"), "{}", found.err);
    refused(&desk.run(&["leaver", "tom@acme.example", "--suspend"], "").await, 2, "--yes");
    refused(&desk.run(&["leaver", "nobody@acme.example"], "").await, 4, "nobody there has the address");
    refused(&desk.run(&["leaver", "tom"], "").await, 2, "tom@acme.example");
    let lists = desk.bench.fake.world.calls(Call::List);
    let late = Person::active(&id("L"), "Lea Late", "lea@acme.example");
    desk.bench.fake.world.change(ACME, |account| account.people.push(late));
    refused(&desk.run(&["leaver", "lea@acme.example"], "").await, 4, "nobody there has the address");
    assert_eq!(desk.run(&["leaver", "lea@acme.example", "--check"], "").await.code, 0);
    assert_eq!(desk.bench.fake.world.calls(Call::List), lists + 1);
    let suspend = ["leaver", "tom@acme.example", "--suspend", "--yes", "--format", "json"];
    let elsewhere = [&suspend[..], &["--company", "Brightwater GmbH"]].concat();
    refused(&desk.run(&elsewhere, "").await, 4, "nobody there");
    let rehearsed = desk.run(&[&suspend[..], &["--dry-run"]].concat(), "").await;
    assert_eq!(rehearsed.json()[0]["outcome"], "REHEARSED", "{}", rehearsed.err);
    assert_eq!(desk.run(&suspend, "").await.json()[0]["outcome"], "SUSPENDED");
    assert_eq!(desk.bench.fake.world.change(ACME, |account| account.people[1].state.clone()).unwrap(), "SUSPENDED");
    assert_eq!(desk.run(&suspend, "").await.json()[0]["outcome"], "ALREADY_SUSPENDED");
    let owner = desk.run(&["leaver", "una@acme.example", "--suspend", "--yes", "--format", "json"], "").await;
    assert_eq!(owner.code, 5);
    assert!(owner.out.contains("FAILED") && owner.out.contains("cannot be suspended"), "{}", owner.out);
    assert!(owner.err.contains("Acme Bakery: ") && owner.err.contains("cannot be suspended"), "{}", owner.err);
    let back = desk.run(&["people", "reactivate", "Acme Bakery", "TOM@acme.example", "--format", "json"], "").await;
    assert_eq!(back.json()["state"], "ACTIVE", "by address: {}", back.err);
    refused(&desk.run(&["people", "suspend", "Acme Bakery", "x@acme.example"], "").await, 4, "see people list");
    refused(&desk.run(&["people", "suspend", "Brightwater GmbH", "x@y.example"], "").await, 5, "tasks begin suspend");
    refused(&desk.run(&["sources", "check", "Brightwater GmbH"], "").await, 4, "mspdash connect COMPANY");
}

const EVENTS: [&str; 5] = ["connect", "Acme Bakery", "--events", "--store", "file"];

#[tokio::test(flavor = "multi_thread")]
async fn events_are_connected_looked_at_and_removed() {
    let desk = Desk::open().await;
    let now = clock::start();
    let both = desk.run(&["connect", "Acme Bakery", "--events", "--users-api"], SECRET).await;
    refused(&both, 2, "cannot be used with");
    desk.bench.fake.world.change(ACME, |account| {
        let mira = Actor::technician(&account.people[3], "HARBOURITAAAAAAAAAAAAAAAAA");
        let una = Actor::member(&account.people[0]);
        account.log.sign_in(now, &mira, ("success", "federated"), ACME);
        account.log.audit(now, &una, "beginr", ("user", &account.people[1]), ACME);
    });
    refused(&desk.run(&EVENTS, "another-token").await, 3, "Check the token");
    let unknown = desk.run(&EVENTS, SECRET).await;
    refused(&unknown, 2, "--yes");
    assert!(unknown.err.contains("at least 1 person, among them Una Crumb"), "{}", unknown.err);
    let other = desk.run(&[&EVENTS[..], &["--account-id", BRIGHTWATER]].concat(), SECRET).await;
    refused(&other, 5, "Nothing was connected");
    let connected = desk.run(&[&EVENTS[..], &["--account-id", ACME]].concat(), SECRET).await;
    assert_eq!(connected.code, 0, "{}", connected.err);
    assert!(
        connected.err.contains("2 events") && connected.err.contains("Launches by technicians: 1"),
        "{}",
        connected.err
    );
    let activity = desk.run(&["activity", "--company", "Acme Bakery", "--format", "json"], "").await.json();
    let launch = activity.as_array().unwrap().iter().find(|event| event["action"] == "COMPANY_LAUNCHED").unwrap();
    assert_eq!((&launch["actor"], &launch["origin"]), (&"Mira Okafor".into(), &"ONEPASSWORD".into()));
    let kept = desk.home.dir.path().join(format!(".local/share/mspdash/secrets/1password-{ACME}-events_reporting"));
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(desk.run(&["sources", "check", "Acme Bakery", "--events"], "").await.code, 0);
    refused(&desk.run(&["sources", "check", "Acme Bakery"], "").await, 4, "--users-api");
    let leaver = desk.run(&["leaver", "tom@acme.example"], "").await;
    assert!(!leaver.err.contains("1 connected"), "events list nobody: {}", leaver.err);
    desk.bench.fake.world.change(ACME, |account| account.tokens[0].text = "a-newer-one".into());
    refused(&desk.run(&["sources", "check", "Acme Bakery", "--events"], "").await, 3, "--events --rotate");
    refused(&desk.run(&EVENTS, "a-newer-one").await, 5, "--rotate");
    let rotated = desk.run(&[&EVENTS[..], &["--rotate"]].concat(), "a-newer-one").await;
    assert_eq!(rotated.code, 0, "its account is known: {}", rotated.err);
    let removed = desk.run(&["sources", "remove", "Acme Bakery", "--events"], "").await;
    assert!(removed.out.contains("Revoke the token") && !kept.exists(), "{} {}", removed.out, removed.err);
    let left = desk.run(&["activity", "--company", "Acme Bakery", "--format", "json"], "").await.json();
    assert!(left.as_array().unwrap().iter().all(|event| event["origin"] == "OURS"), "{left}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_a_company_that_is_unlinked_is_tried_as_well() {
    let desk = Desk::open().await;
    assert_eq!(desk.run(&[&EVENTS[..], &["--yes"]].concat(), SECRET).await.code, 0);
    let declare = ["companies", "declare", "Acme Bakery", "--status", "unlinked"];
    assert_eq!(desk.run(&declare, "").await.code, 0);
    let works = desk.run(&["sources", "unlinked"], "").await;
    assert!(
        works.code == 10 && works.out.contains("EVENTS") && works.out.contains("WORKS"),
        "{} {}",
        works.out,
        works.err
    );
    desk.bench.fake.world.change(ACME, |account| account.tokens.clear());
    let gone = desk.run(&["sources", "unlinked"], "").await;
    assert!(gone.code == 0 && gone.out.contains("GONE"), "{} {}", gone.out, gone.err);
    let kept = desk.home.dir.path().join(format!(".local/share/mspdash/secrets/1password-{ACME}-events_reporting"));
    assert!(!kept.exists());
}
