//! Connected companies are read again and again by the server.

use super::server::{Desk, enter};
use super::{ACME, acme, application, id, new_source};
use crate::server_api::client::Api;
use crate::support::clock;
use jiff::{SignedDuration, Timestamp};
use mspdash::demo_1password::{Account, Actor, Call, Fault, Person};
use mspdash::domain::facts::FactSource;
use mspdash::server::sources::NewSource;
use mspdash::server::{Options, Poller, Polling};
use serde_json::{Value, json};

fn poller(api: &Api) -> Poller {
    api.running.poller(&FactSource::UsersApi, Polling::All).unwrap()
}

impl Desk {
    /// An empty one, with the clock of the operator's own commands.
    async fn on_time() -> Self {
        let mut desk = Self::open().await;
        desk.seconds_later(clock::start().duration_since(desk.api.now()).as_secs());
        desk.api.sign_in("OWNER").await;
        desk
    }

    async fn on_time_connected() -> Self {
        let desk = Self::on_time().await;
        desk.bench.connect(&desk.database, &desk.acme).await;
        desk
    }

    /// Access tokens end meanwhile.
    async fn later(&mut self, minutes: i64) {
        self.seconds_later(minutes * 60);
        self.api.sign_in("OWNER").await;
    }

    fn seconds_later(&self, seconds: i64) {
        self.api.later(SignedDuration::from_secs(seconds));
        self.bench.later(seconds);
    }

    fn lists(&self) -> usize {
        self.bench.fake.world.calls(Call::List)
    }

    async fn source(&self) -> Value {
        self.api.get("sources").await.ok()["results"][0].clone()
    }

    /// Connects so many companies, each with one person; gives their ids.
    async fn connect_many(&self, count: usize) -> Vec<String> {
        let mut companies = Vec::new();
        for n in 0..count {
            let account = format!("COMPANY{n:A>19}");
            let person = Person::active(&id("P"), "P", &format!("p{n}@company.example"));
            let applications = vec![application(&format!("directory-{n}"))];
            self.bench.fake.world.add(Account {
                id: account.clone(),
                people: vec![person],
                applications,
                ..Account::default()
            });
            let company = enter(&self.api, &format!("Company {n}")).await;
            let new = NewSource { account, client_id: Some(format!("directory-{n}")), ..new_source(&company) };
            self.bench.try_connect(&self.database, &new).await.unwrap();
            companies.push(company);
        }
        companies
    }
}

fn minutes_until(time: &Value, now: Timestamp) -> i64 {
    let time: Timestamp = time.as_str().unwrap().parse().unwrap();
    time.duration_since(now).as_mins()
}

#[tokio::test]
async fn a_company_is_read_about_every_hour_and_the_list_of_sources_says_when() {
    let mut desk = Desk::on_time_connected().await;
    let mut poller = poller(&desk.api);
    assert_eq!(poller.read_due().await, 0, "it was read when it was connected");
    let wait = minutes_until(&desk.source().await["next_read_time"], desk.api.now());
    assert!((54..66).contains(&wait), "{wait}");
    desk.later(wait).await;
    assert_eq!(poller.read_due().await, 0);
    desk.bench.fake.world.change(ACME, |account| account.people.truncate(2));
    desk.later(1).await;
    assert_eq!(poller.read_due().await, 1);
    let company = desk.company().await;
    assert_eq!(company["seats"], json!({ "filled": 2 }));
    assert_eq!(company["facts"][0]["observer"]["display_name"], "Server");
    assert_eq!(desk.source().await["last_success_time"], json!(desk.api.now()));
    assert_eq!(poller.read_due().await, 0);
}

#[tokio::test]
async fn a_company_that_somebody_opens_is_read_at_once_and_every_five_minutes() {
    let mut desk = Desk::on_time_connected().await;
    let mut poller = poller(&desk.api);
    desk.people().await;
    assert_eq!(poller.read_due().await, 0, "what is known is new");
    desk.later(10).await;
    assert_eq!(poller.read_due().await, 1, "somebody looked in ten minutes ago");
    desk.later(40).await;
    poller.read_due().await;
    let wait = minutes_until(&desk.source().await["next_read_time"], desk.api.now());
    assert!((54..66).contains(&wait), "nobody looks any more: {wait}");
    desk.later(6).await;
    assert_eq!(poller.read_due().await, 0);
    desk.people().await;
    assert_eq!(poller.read_due().await, 1, "somebody opens it");
    let reads = desk.lists();
    for _ in 0..29 {
        desk.later(1).await;
        poller.read_due().await;
    }
    assert!((5..=6).contains(&(desk.lists() - reads)), "{}", desk.lists() - reads);
}

#[tokio::test]
async fn an_opened_company_comes_first_and_a_host_that_is_away_is_left_alone() {
    let mut desk = Desk::on_time().await;
    let companies = desk.connect_many(30).await;
    let mut poller = poller(&desk.api);
    desk.later(70).await;
    desk.api.get(&format!("companies/{}/users", companies[29])).await.ok();
    desk.bench.fake.world.fail(Call::List, Fault::Answer(503, ""), 999);
    assert_eq!(poller.read_due().await, 4, "then it is enough for a while");
    let list = desk.api.get("sources?max_page_size=100").await.ok();
    assert_eq!(list["results"][29]["last_try_time"], json!(desk.api.now()));
    let mut tried = 4;
    for _ in 0..240 {
        desk.seconds_later(1);
        tried += poller.read_due().await;
    }
    assert!((10..14).contains(&tried), "{tried}");
    desk.bench.fake.world.clear_faults();
    desk.later(5).await;
    assert!(poller.read_due().await > 4, "one shows that it is back, others follow");
}

#[tokio::test]
async fn a_company_that_fails_keeps_its_people_with_their_age_and_is_tried_less_and_less_often() {
    let mut desk = Desk::on_time_connected().await;
    let mut poller = poller(&desk.api);
    desk.later(70).await;
    desk.bench.fake.world.fail(Call::List, Fault::Answer(503, ""), 9999);
    let (people, company) = (desk.people().await, desk.company().await);
    let read = desk.source().await["last_success_time"].clone();
    desk.later(40).await;
    let mut waited = Vec::new();
    for _ in 0..5 {
        let before = desk.lists();
        let mut minutes = 0;
        while desk.lists() == before {
            desk.later(1).await;
            minutes += 1;
            poller.read_due().await;
        }
        waited.push(minutes);
    }
    for (waited_for, about) in waited.iter().skip(1).zip([1, 2, 4, 8]) {
        assert!((about..=about + 1).contains(waited_for), "{waited:?}");
    }
    let source = desk.source().await;
    assert_eq!((&source["state"], &source["reason"]), (&json!("FAILING"), &json!("UNREACHABLE")));
    assert_eq!(source["last_success_time"], read);
    assert_eq!((desk.people().await, desk.company().await), (people, company), "what was known stays, with its age");
    desk.bench.fake.world.clear_faults();
    desk.later(70).await;
    poller.read_due().await;
    assert_eq!(desk.source().await["state"], "CONNECTED");
}

#[tokio::test]
async fn a_secret_that_was_revoked_is_tried_every_hour_and_stops_nobody_else() {
    let mut desk = Desk::on_time_connected().await;
    let others = desk.connect_many(3).await;
    let mut poller = poller(&desk.api);
    desk.bench.fake.world.change(ACME, |account| account.applications.clear());
    desk.later(70).await;
    assert_eq!(poller.read_due().await, 4);
    let source = desk.source().await;
    assert_eq!((&source["state"], &source["reason"]), (&json!("NEEDS_ATTENTION"), &json!("CREDENTIAL_REFUSED")));
    for company in &others {
        let of_one = desk.api.get(&format!("sources?company_id={company}")).await.ok();
        assert_eq!(of_one["results"][0]["last_success_time"], json!(desk.api.now()));
    }
    desk.bench.fake.world.change(ACME, |account| account.applications = acme().applications);
    desk.later(70).await;
    poller.read_due().await;
    assert_eq!(desk.source().await["state"], "CONNECTED");
}

#[tokio::test]
async fn two_servers_of_one_database_read_a_company_once() {
    let mut desk = Desk::on_time_connected().await;
    desk.connect_many(7).await;
    let options = Options { database: desk.database.clone(), ..Options::default() };
    let other = Api::with(Options { connector: Some(desk.bench.connector.clone()), ..options }).await;
    let (mut one, mut two) = (poller(&desk.api), poller(&other));
    other.later(desk.api.now().duration_since(other.now()) + SignedDuration::from_mins(70));
    desk.later(70).await;
    let before = desk.lists();
    let (ours, theirs) = tokio::join!(one.read_due(), two.read_due());
    assert_eq!((ours + theirs, desk.lists() - before), (8, 8), "{ours} and {theirs}");
}

#[tokio::test]
async fn a_company_that_is_ours_no_more_is_left_alone() {
    let mut desk = Desk::on_time_connected().await;
    let path = format!("companies/{}/observations", desk.acme);
    desk.api.write("POST", &path).json(&json!({ "state": "UNLINKED" })).send().await.ok();
    desk.later(70).await;
    assert_eq!(poller(&desk.api).read_due().await, 0);
    assert!(desk.source().await.get("next_read_time").is_none());
}

#[tokio::test]
async fn a_dashboard_does_not_let_1passwords_command_line_ask_by_itself() {
    let mut desk = Desk::on_time().await;
    let new = NewSource { secret: "op://MSP/Acme/secret".parse().unwrap(), ..new_source(&desk.acme) };
    desk.bench.try_connect(&desk.database, &new).await.unwrap();
    desk.later(70).await;
    let mut quiet = desk.api.running.poller(&FactSource::UsersApi, Polling::Quiet).unwrap();
    assert_eq!(quiet.read_due().await, 0);
    assert!(desk.api.running.poller(&FactSource::UsersApi, Polling::Off).is_none());
}

/// Two minutes in which all are due at once, second by second.
#[tokio::test]
async fn many_companies_are_read_within_the_rate_and_each_gets_its_own_people() {
    let mut desk = Desk::on_time().await;
    let companies = desk.connect_many(80).await;
    let mut poller = poller(&desk.api);
    desk.later(70).await;
    let requests = |desk: &Desk| desk.bench.fake.world.calls(Call::Token) + desk.bench.fake.world.calls(Call::List);
    let start = requests(&desk);
    let mut after = Vec::new();
    for _ in 0..120 {
        poller.read_due().await;
        after.push(requests(&desk) - start);
        desk.seconds_later(1);
    }
    assert_eq!(after[119], 160, "a token and a page for each");
    assert!(after[59] >= 80, "the rate is used: {after:?}");
    for second in 0..60 {
        let minute = after[second + 60] - after[second];
        assert!(minute <= 104, "{minute} in a minute: {after:?}");
    }
    for (n, company) in companies.iter().enumerate() {
        let list = desk.api.get(&format!("companies/{company}/users")).await.ok();
        assert_eq!(list["results"][0]["email"], format!("p{n}@company.example"));
    }
}

#[tokio::test]
async fn a_server_reads_by_itself_from_its_start_and_wakes_when_somebody_looks() {
    let desk = Desk::on_time_connected().await;
    let options = Options { database: desk.database.clone(), polling: Polling::All, ..Options::default() };
    let mut other = Api::with(Options { connector: Some(desk.bench.connector.clone()), ..options }).await;
    let since = desk.api.get("companies?max_page_size=1").await.ok()["change_token"].as_str().unwrap().to_owned();
    // At its start nothing was due.
    other.later(desk.api.now().duration_since(other.now()) + SignedDuration::from_mins(70));
    other.sign_in("OWNER").await;
    other.get(&format!("companies/{}/users", desk.acme)).await.ok();
    let changed = other.get(&format!("companies:changes?since={since}&wait=45")).await.ok();
    assert_eq!(changed["results"][0]["id"], json!(desk.acme));
    assert_eq!(changed["results"][0]["facts"][0]["observer"]["display_name"], "Server");
}

#[tokio::test]
async fn events_are_read_about_every_twenty_minutes() {
    let mut desk = Desk::on_time().await;
    desk.connect_events().await.unwrap();
    let mut poller = desk.api.running.poller(&FactSource::Events, Polling::All).unwrap();
    assert_eq!(poller.read_due().await, 0, "they were read when it was connected");
    let wait = minutes_until(&desk.source().await["next_read_time"], desk.api.now());
    assert!((17..22).contains(&wait), "{wait}");
    desk.later(wait + 1).await;
    let now = desk.api.now();
    desk.bench.fake.world.change(ACME, |account| {
        let una = account.people[0].clone();
        account.log.audit(now, &Actor::member(&una), "suspend", ("device", &una), ACME);
    });
    assert_eq!(poller.read_due().await, 1);
    let newest = desk.api.get("audit_events?max_page_size=1").await.ok()["results"][0].clone();
    assert_eq!((&newest["action"], &newest["origin"]), (&json!("SUSPEND_DEVICE"), &json!("ONEPASSWORD")));
    desk.bench.fake.world.fail(Call::SignIns, Fault::Answer(503, ""), 9);
    desk.later(22).await;
    assert_eq!(poller.read_due().await, 1);
    assert_eq!(desk.source().await["state"], "FAILING", "one stream alone");
}
