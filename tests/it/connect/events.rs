//! A server with companies of which it knows what happened there.

use super::server::{Desk, enter};
use super::{ACME, BRIGHTWATER, PLACE, SECRET, events_token, id, new_source};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use mspdash::demo_1password::{Account, Actor, Call, Fault, Person};
use mspdash::domain::facts::FactSource;
use mspdash::domain::region::Region;
use mspdash::server::sources::{self, NewSource};
use mspdash::server::{self, Options, Polling};
use serde_json::{Value, json};

const HARBOUR: &str = "HARBOURITAAAAAAAAAAAAAAAAA";

fn events_source(company: &str) -> NewSource {
    NewSource { source: FactSource::Events, client_id: None, may_write: false, ..new_source(company) }
}

impl Desk {
    pub(super) async fn connect_events(&self) -> Result<(), String> {
        self.connect_events_of(events_source(&self.acme)).await
    }

    async fn connect_events_of(&self, new: NewSource) -> Result<(), String> {
        let api = self.bench.connector.try_events_api(Region::Europe, SECRET.into(), self.bench.clock()).unwrap();
        let followed = api.follow(&Vec::new()).await.map_err(|failure| failure.to_string())?;
        let database = self.database.clone();
        let kept = move || sources::connect_events(&database, &new, &followed, "test");
        tokio::task::spawn_blocking(kept).await.unwrap().map(drop).map_err(|error| error.to_string())
    }

    async fn check_events(&self) -> Value {
        self.api.write("POST", &format!("companies/{}/sources/EVENTS:check", self.acme)).send().await.ok()
    }

    /// What the trail of the company has, the newest first: action, actor, target, origin.
    async fn told(&self, size: usize) -> Vec<[String; 4]> {
        let (mut told, mut token) = (Vec::new(), String::new());
        loop {
            let filter = format!("filter=company_id%3D%22{}%22", self.acme);
            let page =
                self.api.get(&format!("audit_events?max_page_size={size}&{filter}&page_token={token}")).await.ok();
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            told.extend(page["results"].as_array().unwrap().iter().map(|event| {
                [&event["action"], &event["actor"]["display_name"], &event["target"], &event["origin"]].map(text)
            }));
            match page["next_page_token"].as_str() {
                Some(next) => next.clone_into(&mut token),
                None => return told,
            }
        }
    }

    fn ago(&self, hours: i64) -> Timestamp {
        (self.bench.clock())() - SignedDuration::from_hours(hours)
    }

    fn happen(&self, work: impl FnOnce(&mut Account)) {
        self.bench.fake.world.change(ACME, work).unwrap();
    }

    fn wait(&self, seconds: i64) {
        self.bench.later(seconds);
        self.api.later(SignedDuration::from_secs(seconds));
    }

    async fn days_later(&mut self, days: i64) {
        self.wait(days * 24 * 60 * 60);
        self.api.sign_in("OWNER").await;
    }
}

fn mira() -> Actor {
    Actor::technician(&Person::active(&id("E"), "Mira Okafor", "mira@harbour.example"), HARBOUR)
}

/// Mira launches the company, looks at an item and begins a recovery; Tom forgets his password.
fn a_day(desk: &Desk) {
    let (launch, tries, begun) = (desk.ago(50), desk.ago(49), desk.ago(48));
    desk.happen(|account| {
        let tom = account.people[1].clone();
        account.log.sign_in(launch, &mira(), ("success", "federated"), ACME);
        account.log.sign_in(tries, &Actor::member(&tom), ("credentials_failed", "password_secret_bad"), ACME);
        account.log.sign_in(tries, &Actor::member(&tom), ("success", "credentials_ok"), ACME);
        account.log.audit(begun, &mira(), "view", ("item", &tom), ACME);
        account.log.audit(begun, &mira(), "beginr", ("user", &tom), ACME);
        account.log.audit(begun, &mira(), "teleport", ("user", &tom), ACME);
    });
}

fn theirs(rows: [[&str; 3]; 4]) -> Vec<[String; 4]> {
    rows.into_iter().map(|[action, actor, target]| [action, actor, target, "ONEPASSWORD"].map(str::to_owned)).collect()
}

fn what_happened() -> Vec<[String; 4]> {
    theirs([
        ["TELEPORT_USER", "Mira Okafor", "Tom Baker"],
        ["RECOVERY_BEGUN", "Mira Okafor", "Tom Baker"],
        ["SIGN_IN_FAILED", "Tom Baker", "credentials failed: password secret bad"],
        ["COMPANY_LAUNCHED", "Mira Okafor", ""],
    ])
}

#[tokio::test]
async fn what_happened_before_is_in_the_trail_where_it_belongs_by_its_time() {
    let desk = Desk::open().await;
    a_day(&desk);
    desk.connect_events().await.unwrap();
    let told = desk.told(100).await;
    assert_eq!(told[0][0], "SOURCE_CONNECTED");
    assert_eq!(told[1][0], "COMPANY_CREATED", "what was done here is newer");
    assert_eq!(told[2..], what_happened());
    for size in [1, 2, 3] {
        assert_eq!(desk.told(size).await, told, "pages of {size}");
    }
    let company = desk.company().await;
    assert_eq!(company["launch_time"], json!(desk.ago(50).to_string()), "who launched, and when");
    assert!(company.get("seats").is_none() && company.get("open_recoveries").is_none(), "nothing else: {company}");
    assert_eq!(desk.people().await, Vec::<Value>::new());
    let found = desk.api.get("audit_events?filter=actor:mira%20AND%20action%3D%22COMPANY_LAUNCHED%22").await.ok();
    assert_eq!(found["results"][0]["client"], "1Password for Web 1827");
    let source = desk.api.get("sources").await.ok()["results"][0].clone();
    assert_eq!((&source["source"], &source["state"]), (&json!("EVENTS"), &json!("CONNECTED")));
    assert_eq!((&source["account_uuid"], source.get("client_id")), (&json!(ACME), None));
}

#[tokio::test]
async fn a_check_brings_what_is_new_and_a_repeated_one_nothing() {
    let desk = Desk::connected().await;
    desk.connect_events().await.unwrap();
    let before = desk.told(100).await.len();
    desk.wait(60);
    a_day(&desk);
    assert_eq!(desk.check_events().await["state"], "CONNECTED");
    let told = desk.told(100).await;
    assert_eq!(told.len(), before + 4, "late, and older than what is there");
    desk.wait(60);
    desk.bench.fake.world.expire_cursors();
    for _ in 0..2 {
        desk.check_events().await;
        assert_eq!(desk.told(100).await, told);
    }
    let tom = desk.people().await[1].clone();
    let path = format!("companies/{}/users/{}:suspend", desk.acme, tom["id"].as_str().unwrap());
    desk.api.write("POST", &path).header("if-match", tom["etag"].as_str().unwrap()).send().await.ok();
    desk.check_events().await;
    let suspended: Vec<_> = desk.told(100).await.into_iter().filter(|row| row[0] == "PERSON_SUSPENDED").collect();
    assert_eq!(suspended.len(), 2, "done through us, and seen there: {suspended:?}");
    assert!(suspended.iter().any(|row| row[1] == "Mira Okafor" && row[3].is_empty()));
    assert!(suspended.iter().any(|row| row[3] == "ONEPASSWORD"));
}

#[tokio::test]
async fn a_failure_changes_nothing_but_how_the_source_stands() {
    let desk = Desk::open().await;
    a_day(&desk);
    desk.connect_events().await.unwrap();
    let told = desk.told(100).await;
    for (call, status, state, reason) in [
        (Call::Introspect, 503, "FAILING", "UNREACHABLE"),
        (Call::AuditEvents, 429, "FAILING", "RATE_LIMITED"),
        (Call::SignIns, 403, "NEEDS_ATTENTION", "RIGHT_MISSING"),
        (Call::Introspect, 401, "NEEDS_ATTENTION", "CREDENTIAL_REFUSED"),
    ] {
        desk.bench.fake.world.fail(call, Fault::Answer(status, "<html>"), 9);
        let source = desk.check_events().await;
        assert_eq!((source["state"].as_str(), source["reason"].as_str()), (Some(state), Some(reason)));
        assert_eq!(desk.told(100).await, told);
        desk.bench.fake.world.clear_faults();
    }
    assert_eq!(desk.check_events().await.get("reason"), None);
}

#[tokio::test]
async fn one_stream_is_kept_though_the_other_fails() {
    let desk = Desk::open().await;
    desk.connect_events().await.unwrap();
    a_day(&desk);
    desk.bench.fake.world.fail(Call::SignIns, Fault::Answer(503, ""), 9);
    assert_eq!(desk.check_events().await["state"], "FAILING");
    let told = desk.told(100).await;
    assert!(told.contains(&what_happened()[1]) && !told.contains(&what_happened()[3]), "{told:?}");
    desk.bench.fake.world.clear_faults();
    desk.check_events().await;
    assert!(desk.told(100).await.contains(&what_happened()[3]));
}

#[tokio::test]
async fn what_1password_forgot_is_marked() {
    let mut desk = Desk::open().await;
    desk.connect_events().await.unwrap();
    desk.days_later(130).await;
    desk.check_events().await;
    let missing: Vec<_> = desk.told(100).await.into_iter().filter(|row| row[0] == "ACTIVITY_MISSING").collect();
    let told: Vec<_> = missing.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(told, ["signinattempts, 2026-11-22 – 2026-12-02", "auditevents, 2026-11-22 – 2026-12-02"]);
    desk.check_events().await;
    assert_eq!(desk.told(100).await.iter().filter(|row| row[0] == "ACTIVITY_MISSING").count(), 2);
}

#[tokio::test]
async fn what_is_too_old_is_forgotten_and_our_own_trail_is_not() {
    let mut desk = Desk::open().await;
    a_day(&desk);
    desk.connect_events().await.unwrap();
    desk.days_later(401).await;
    desk.check_events().await;
    let told = desk.told(100).await;
    assert!(!told.contains(&what_happened()[0]) && told.iter().any(|row| row[0] == "COMPANY_CREATED"), "{told:?}");
}

impl Desk {
    /// Another server starts on the workspace, and stops.
    async fn serve_once(&self, keep_events: Option<u32>) {
        let database = self.database.clone();
        let options = Options { database, clock: self.bench.clock(), keep_events, ..Options::default() };
        server::start(options).await.unwrap().stop().await;
    }

    /// How many events of 1Password are kept.
    async fn kept(&self) -> usize {
        self.told(100).await.iter().filter(|row| row[3] == "ONEPASSWORD").count()
    }
}

#[tokio::test]
async fn how_long_events_are_kept_is_said_at_one_start_and_holds_for_all_who_write() {
    let mut desk = Desk::open().await;
    a_day(&desk);
    desk.connect_events().await.unwrap();
    desk.serve_once(Some(30)).await;
    assert_eq!(desk.kept().await, 4);
    desk.days_later(27).await;
    desk.check_events().await;
    desk.serve_once(None).await;
    assert_eq!(desk.kept().await, 4, "29 days old");
    desk.days_later(2).await;
    assert_eq!(desk.check_events().await["state"], "CONNECTED");
    assert_eq!(desk.kept().await, 0);
    assert!(desk.told(100).await.iter().any(|row| row[0] == "COMPANY_CREATED"), "ours stays");
}

#[tokio::test]
async fn what_is_too_old_is_forgotten_at_a_start_and_daily_though_the_company_cannot_be_read() {
    let mut desk = Desk::open().await;
    a_day(&desk);
    desk.connect_events().await.unwrap();
    let mut poller = desk.api.running.poller(&FactSource::Events, Polling::All).unwrap();
    desk.bench.fake.world.fail(Call::Introspect, Fault::Answer(503, ""), u32::MAX);
    desk.serve_once(Some(3)).await;
    assert_eq!(desk.kept().await, 4);
    desk.days_later(2).await;
    poller.read_due().await;
    assert_eq!(desk.kept().await, 0, "by the poller");
    let desk = Desk::open().await;
    a_day(&desk);
    desk.connect_events().await.unwrap();
    desk.serve_once(Some(1)).await;
    assert_eq!(desk.kept().await, 0, "by the start");
}

#[tokio::test]
async fn a_token_is_of_the_companys_account_or_nothing_is_connected() {
    let desk = Desk::open().await;
    let other = enter(&desk.api, "Brightwater GmbH").await;
    let elsewhere = NewSource { account: BRIGHTWATER.into(), ..events_source(&desk.acme) };
    desk.connect_events_of(elsewhere).await.unwrap();
    let source = desk.check_events().await;
    assert_eq!(source["reason"], "WRONG_ACCOUNT", "the token is of Acme: {source}");
    let said = desk.connect_events_of(events_source(&desk.acme)).await.unwrap_err();
    assert!(said.contains(BRIGHTWATER), "{said}");
    desk.connect_events_of(events_source(&other)).await.unwrap();
    let said = desk.connect_events().await.unwrap_err();
    assert!(said.contains("and not"), "{said}");
}

#[tokio::test]
async fn who_disconnects_takes_back_everything_that_was_read() {
    let desk = Desk::connected().await;
    a_day(&desk);
    desk.connect_events().await.unwrap();
    let (database, acme) = (desk.database.clone(), desk.acme.clone());
    let gone = move || sources::disconnect(&database, &acme, &FactSource::Events, "test");
    let (_, secret) = tokio::task::spawn_blocking(gone).await.unwrap().unwrap();
    assert_eq!(secret.unwrap().to_string(), PLACE);
    let told = desk.told(100).await;
    assert!(told.iter().all(|row| row[3].is_empty()), "{told:?}");
    assert_eq!((told[0][0].as_str(), told[0][2].as_str()), ("SOURCE_REMOVED", "EVENTS"));
    assert_eq!(desk.company().await.get("launch_time"), None);
    assert_eq!(desk.people().await.len(), 4, "they came from elsewhere");
    desk.connect_events().await.unwrap();
    assert_eq!(desk.told(100).await.iter().filter(|row| !row[3].is_empty()).count(), 4, "all of it comes again");
}

#[tokio::test]
async fn a_token_that_expires_soon_is_spoken_of() {
    let desk = Desk::open().await;
    desk.connect_events().await.unwrap();
    for (days, told) in [(13, true), (15, false)] {
        let end = desk.ago(-24 * days);
        desk.token_expires(end);
        let source = desk.check_events().await;
        assert_eq!((&source["state"], &source["expire_time"]), (&json!("CONNECTED"), &json!(end.to_string())));
        let detail = source["detail"].as_str().unwrap_or_default();
        assert_eq!(detail.contains("the token expires on 2026-12-0"), told, "{source}");
    }
}

impl Desk {
    /// From now on its token is one that expires then.
    fn token_expires(&self, end: Timestamp) {
        let claims = URL_SAFE_NO_PAD.encode(json!({ "exp": end.as_second() }).to_string());
        let token = format!("h.{claims}.s");
        *self.bench.secrets.0.lock().unwrap() = Ok(token.clone());
        self.happen(|account| account.tokens = vec![events_token(&token)]);
    }

    async fn attention(&self) -> Value {
        self.company().await["attention"].clone()
    }

    async fn needing(&self, kind: &str) -> usize {
        let list = self.api.get(&format!("companies?filter=attention%3D{kind}")).await.ok();
        list["results"].as_array().unwrap().len()
    }
}

#[tokio::test]
async fn a_token_needs_attention_from_14_days_before_its_end_and_time_alone_tells() {
    let mut desk = Desk::open().await;
    desk.connect_events().await.unwrap();
    let end = desk.ago(-24 * 16);
    desk.token_expires(end);
    desk.check_events().await;
    assert_eq!(desk.attention().await, json!([]));
    assert_eq!(desk.company().await["source_expire_time"], json!(end.to_string()));
    let before = desk.api.get("companies").await.ok()["change_token"].clone();
    desk.days_later(3).await;
    let path = format!("companies:changes?since={}", before.as_str().unwrap());
    let changed = desk.api.get(&path).await.ok();
    assert_eq!(changed["results"][0]["attention"], json!(["SOURCE_EXPIRING"]), "{changed}");
    assert_eq!((desk.needing("SOURCE_EXPIRING").await, desk.needing("SOURCE_FAILING").await), (1, 0));
    desk.days_later(20).await;
    assert_eq!(desk.attention().await, json!(["SOURCE_EXPIRING"]), "it has expired, and nobody replaced it");
    desk.token_expires(desk.ago(-24 * 300));
    desk.check_events().await;
    assert_eq!((desk.attention().await, desk.needing("SOURCE_EXPIRING").await), (json!([]), 0), "it was");
}

#[tokio::test]
async fn a_source_that_needs_somebody_needs_attention_and_one_that_is_tried_again_does_not() {
    let desk = Desk::connected().await;
    desk.connect_events().await.unwrap();
    let failing = json!(["SOURCE_FAILING"]);
    for (call, status, attention) in [
        (Call::Introspect, 503, json!([])),
        (Call::Introspect, 401, failing.clone()),
        (Call::AuditEvents, 429, json!([])),
        (Call::SignIns, 403, failing.clone()),
    ] {
        desk.bench.fake.world.fail(call, Fault::Answer(status, "<html>"), 9);
        desk.check_events().await;
        assert_eq!(desk.attention().await, attention, "{status}");
        desk.bench.fake.world.clear_faults();
    }
    desk.check().await;
    assert_eq!(desk.attention().await, failing, "the other source works");
    assert_eq!(desk.needing("SOURCE_FAILING").await, 1);
    let (database, acme) = (desk.database.clone(), desk.acme.clone());
    let gone = move || sources::disconnect(&database, &acme, &FactSource::Events, "test");
    tokio::task::spawn_blocking(gone).await.unwrap().unwrap();
    assert_eq!(desk.attention().await, json!([]));
}
