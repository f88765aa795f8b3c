//! The client of the Events API, against a fake that misbehaves.

use super::{ACME, BRIGHTWATER, Bench, PLACE, SECRET, credential, events_token, id};
use jiff::{SignedDuration, Timestamp};
use mspdash::connect::Failure;
use mspdash::connect::events_api::{AuditEvent, EventsApi, Gap, Mark, Proof, Reading, Recorded, SignIn, Stream};
use mspdash::connect::users_api::Act;
use mspdash::demo_1password::{Account, Actor, Call, Fault, Person};
use mspdash::domain::region::Region;
use mspdash::domain::source::SourceReason;
use proptest::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

const HARBOUR: &str = "HARBOURITAAAAAAAAAAAAAAAAA";
const DAY: i64 = 24 * 60 * 60;

impl Bench {
    fn events(&self) -> Arc<EventsApi> {
        self.connector.events_api(Region::Europe, ACME, PLACE.parse().unwrap(), &self.clock()).unwrap()
    }

    /// With whatever account the token is of, as before a company is connected.
    async fn prove(&self) -> Result<Proof, Failure> {
        self.connector.try_events_api(Region::Europe, SECRET.into(), self.clock()).unwrap().prove().await
    }

    async fn read<E: Recorded>(&self, mark: Option<&Mark>) -> Reading<E> {
        self.events().read(mark).await.unwrap()
    }

    async fn refused(&self) -> Failure {
        let failure = self.events().read::<AuditEvent>(None).await.unwrap_err();
        assert!(!failure.detail.contains(SECRET) && !failure.detail.is_empty(), "{failure}");
        failure
    }

    fn now(&self) -> Timestamp {
        (self.clock())()
    }

    /// Una renames the account so many times, a second apart, the last of them now.
    fn record(&self, events: usize) {
        let (now, account) = (self.now(), |account: &mut Account| account.people[0].clone());
        let una = self.fake.world.change(ACME, account).unwrap();
        self.fake.world.change(ACME, |account| {
            for n in (0..events).rev() {
                let time = now - SignedDuration::from_secs(i64::try_from(n).unwrap());
                account.log.audit(time, &Actor::member(&una), "changenm", ("account", &una), ACME);
            }
        });
    }
}

fn ids(reading: &Reading<AuditEvent>) -> Vec<String> {
    reading.events.iter().map(|event| event.stamp.uuid.clone()).collect()
}

#[tokio::test]
async fn a_token_tells_its_account_and_what_it_may_read() {
    let bench = Bench::start().await;
    let proof = bench.prove().await.unwrap();
    assert_eq!((proof.account.as_str(), proof.too_much.len()), (ACME, 0));
    assert_eq!(proof.streams, [Stream::AuditEvents, Stream::SignIns]);
    assert_eq!(proof.issued.unwrap().to_string(), "2026-11-01T09:12:00Z");
    let features = |features: &[&str]| {
        let features = features.iter().map(|&it| it.to_owned()).collect();
        bench.fake.world.change(ACME, |account| account.tokens[0].features = features);
    };
    features(&["signinattempts", "itemusages"]);
    let proof = bench.prove().await.unwrap();
    assert_eq!((proof.streams, proof.too_much), (vec![Stream::SignIns], vec!["itemusages".to_owned()]));
    features(&["itemusages"]);
    assert_eq!(bench.prove().await.unwrap_err().reason, SourceReason::RightMissing);
}

#[tokio::test]
async fn a_token_that_does_not_tell_its_account_is_told_by_its_events() {
    let bench = Bench::start().await;
    bench.fake.world.change(ACME, |account| account.tokens[0].older = true);
    let unproved = bench.prove().await.unwrap_err();
    assert_eq!(unproved.reason, SourceReason::WrongAccount, "{unproved}");
    bench.record(1);
    assert_eq!(bench.prove().await.unwrap().account, ACME);
}

#[tokio::test]
async fn a_token_of_another_account_is_refused() {
    let bench = Bench::start().await;
    let place = PLACE.parse().unwrap();
    let other = bench.connector.events_api(Region::Europe, BRIGHTWATER, place, &bench.clock()).unwrap();
    let failure = other.prove().await.unwrap_err();
    assert_eq!(failure.reason, SourceReason::WrongAccount);
    assert!(failure.detail.contains(ACME), "{failure}");
    bench.record(1);
    bench.fake.world.fail(Call::AuditEvents, Fault::OtherAccount(BRIGHTWATER.into()), 1);
    assert_eq!(bench.refused().await.reason, SourceReason::WrongAccount);
}

#[tokio::test]
async fn all_pages_are_read_and_then_only_what_is_new() {
    let bench = Bench::with(3).await;
    bench.record(7);
    let first: Reading<AuditEvent> = bench.read(None).await;
    assert_eq!((first.events.len(), first.complete, first.gap), (7, true, None));
    assert_eq!(bench.fake.world.calls(Call::AuditEvents), 3);
    assert_eq!(first.mark.through, bench.now());
    bench.later(60);
    let nothing: Reading<AuditEvent> = bench.read(Some(&first.mark)).await;
    assert_eq!((nothing.events.len(), nothing.mark.through), (0, bench.now()));
    bench.record(2);
    let then: Reading<AuditEvent> = bench.read(Some(&nothing.mark)).await;
    assert_eq!(then.events.len(), 2);
    assert!(ids(&then).iter().all(|id| !ids(&first).contains(id)));
}

#[tokio::test]
async fn a_long_log_is_read_in_parts_that_lose_nothing() {
    let bench = Bench::with(2).await;
    bench.record(45);
    let mut mark = None;
    let mut seen = Vec::new();
    for (events, complete) in [(10, false), (10, false), (10, false), (10, false), (5, true)] {
        let part: Reading<AuditEvent> = bench.read(mark.as_ref()).await;
        assert_eq!((part.events.len(), part.complete, part.interrupted.clone()), (events, complete, None));
        seen.extend(ids(&part));
        mark = Some(part.mark);
    }
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 45);
}

#[tokio::test]
async fn what_came_before_a_failure_is_good() {
    let bench = Bench::with(2).await;
    bench.record(6);
    let all = ids(&bench.read(None).await);
    let first: Reading<AuditEvent> = {
        let world = &bench.fake.world;
        world.fail(Call::AuditEvents, Fault::Overlap(0), 1);
        world.fail(Call::AuditEvents, Fault::Answer(503, "<html>"), 9);
        bench.read(None).await
    };
    assert_eq!((first.events.len(), first.complete), (2, false));
    assert_eq!(first.interrupted.unwrap().reason, SourceReason::Unreachable);
    bench.fake.world.clear_faults();
    let rest: Reading<AuditEvent> = bench.read(Some(&first.mark)).await;
    let both: Vec<_> = first.events.iter().chain(&rest.events).map(|event| event.stamp.uuid.clone()).collect();
    assert_eq!(both, all);
}

#[tokio::test]
async fn a_cursor_that_is_forgotten_begins_again_a_day_before_it() {
    let bench = Bench::start().await;
    bench.record(1);
    bench.later(3 * DAY);
    bench.record(2);
    let first: Reading<AuditEvent> = bench.read(None).await;
    bench.later(60);
    bench.record(1);
    bench.fake.world.expire_cursors();
    let again: Reading<AuditEvent> = bench.read(Some(&first.mark)).await;
    assert_eq!((again.events.len(), again.gap), (3, None), "two of them are known: they have the same ids");
    assert_eq!(ids(&again)[..2], ids(&first)[1..]);
}

#[tokio::test]
async fn what_is_older_than_1password_remembers_is_a_gap() {
    let bench = Bench::start().await;
    bench.record(1);
    bench.later(121 * DAY);
    let lost: Reading<AuditEvent> = bench.read(None).await;
    assert_eq!((lost.events.len(), lost.gap), (0, None), "nobody knows of it");
    bench.record(1);
    let known: Reading<AuditEvent> = bench.read(Some(&lost.mark)).await;
    bench.later(120 * DAY);
    assert_eq!(bench.read::<AuditEvent>(Some(&known.mark)).await.gap, None, "on the edge");
    bench.later(1);
    bench.record(1);
    let late: Reading<AuditEvent> = bench.read(Some(&known.mark)).await;
    let Gap { from, to } = late.gap.unwrap();
    assert_eq!((from, late.events.len()), (known.mark.through, 1));
    assert!(to > from && to < bench.now());
}

#[tokio::test]
async fn pages_that_lead_nowhere_end() {
    let bench = Bench::with(2).await;
    bench.record(6);
    bench.fake.world.fail(Call::AuditEvents, Fault::EmptyPage, 2);
    assert_eq!(bench.read::<AuditEvent>(None).await.events.len(), 6, "nothing is missing behind an empty page");
    bench.fake.world.fail(Call::AuditEvents, Fault::EmptyPage, 99);
    let waiting: Reading<AuditEvent> = bench.read(None).await;
    assert_eq!((waiting.complete, waiting.interrupted), (false, None));
    bench.fake.world.clear_faults();
    let before = bench.fake.world.calls(Call::AuditEvents);
    bench.fake.world.fail(Call::AuditEvents, Fault::Circle, 99);
    let circle: Reading<AuditEvent> = bench.read(None).await;
    assert_eq!(circle.events.len(), 2);
    assert!(circle.interrupted.unwrap().detail.contains("circle"));
    assert!(bench.fake.world.calls(Call::AuditEvents) - before <= 3);
}

#[tokio::test]
async fn what_is_done_by_the_users_api_is_an_event_and_so_is_a_launch() {
    let bench = Bench::start().await;
    let users = bench.connector.users_api(Region::Europe, credential(), PLACE.parse().unwrap(), &bench.clock());
    users.unwrap().act(&id("C"), Act::Suspend).await.unwrap();
    let read: Reading<AuditEvent> = bench.read(None).await;
    let told: Vec<_> = read.events.iter().map(|event| (event.action(), event.target().unwrap())).collect();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].0.as_str(), told[0].1.as_str()), ("PERSON_SUSPENDED", "Tom Baker"));
    let (now, mira) = (bench.now(), Person::active(&id("E"), "Mira Okafor", "mira@harbour.example"));
    bench.fake.world.change(ACME, |account| {
        let by = Actor::technician(&mira, HARBOUR);
        account.log.sign_in(now, &by, ("success", "federated"), ACME);
        account.log.audit(now, &by, "create", ("item", &mira), ACME);
    });
    let sign_ins: Reading<SignIn> = bench.read(None).await;
    let launch = &sign_ins.events[0];
    assert_eq!((launch.action().unwrap().as_str(), launch.user.name.as_str()), ("COMPANY_LAUNCHED", "Mira Okafor"));
    let then: Reading<AuditEvent> = bench.read(Some(&read.mark)).await;
    assert_eq!((then.events.len(), then.private), (0, 1), "nothing about items is kept");
}

#[tokio::test]
async fn each_refusal_has_its_reason() {
    use SourceReason::{
        CredentialRefused, NotOffered, RateLimited, Refused, RightMissing, SecretUnavailable, Unreachable, Unreadable,
    };
    let bench = Bench::start().await;
    for (status, body, reason) in [
        (400, r#"{"status":400,"message":"Bad request"}"#, Refused),
        (401, r#"{"Error":{"Message":"Unauthorized access"}}"#, CredentialRefused),
        (403, "", RightMissing),
        (404, "", NotOffered),
        (429, "", RateLimited),
        (500, "<html>", Unreachable),
        (302, "", Unreadable),
        (200, "<html>sign in</html>", Unreadable),
        (200, r#"{"cursor":"","has_more":false,"items":[]}"#, Unreadable),
        (200, r#"{"cursor":"c","has_more":false,"items":7}"#, Unreadable),
        (200, r#"{"items":[]}"#, Unreadable),
    ] {
        bench.fake.world.fail(Call::AuditEvents, Fault::Answer(status, body), 9);
        let failure = bench.refused().await;
        assert_eq!(failure.reason, reason, "{status} {body}: {failure}");
        bench.fake.world.clear_faults();
    }
    for body in [r#"{"status":403,"message":"not for you"}"#, r#"{"Error":{"Message":"not for you"}}"#] {
        bench.fake.world.fail(Call::AuditEvents, Fault::Answer(403, body), 1);
        assert!(bench.refused().await.detail.contains("not for you"));
    }
    bench.fake.world.fail(
        Call::AuditEvents,
        Fault::Answer(403, r#"{"message":"who is s3cret-of-the-application"}"#),
        1,
    );
    bench.refused().await;
    bench.fake.world.change(ACME, |account| account.tokens.clear());
    assert_eq!(bench.refused().await.reason, CredentialRefused, "revoked");
    *bench.secrets.0.lock().unwrap() = Err("the keyring is locked".into());
    assert_eq!(bench.refused().await.reason, SecretUnavailable);
}

#[tokio::test]
async fn a_token_that_was_replaced_in_its_place_is_taken_at_once() {
    let bench = Bench::start().await;
    bench.record(1);
    bench.read::<AuditEvent>(None).await;
    *bench.secrets.0.lock().unwrap() = Ok("a-newer-token".into());
    bench.fake.world.change(ACME, |account| account.tokens = vec![events_token("a-newer-token")]);
    assert_eq!(bench.read::<AuditEvent>(None).await.events.len(), 1);
}

/// By the minute it is waited for, by the hour it is not.
#[tokio::test]
async fn a_service_that_is_busy_is_left_alone_as_long_as_it_says() {
    let bench = Bench::start().await;
    bench.fake.world.fail(Call::AuditEvents, Fault::Busy(4), 1);
    bench.read::<AuditEvent>(None).await;
    assert_eq!(std::mem::take(&mut *bench.waits.lock().unwrap()), [std::time::Duration::from_secs(4)]);
    let before = bench.fake.world.calls(Call::AuditEvents);
    bench.fake.world.fail(Call::AuditEvents, Fault::Busy(1800), 1);
    assert_eq!(bench.refused().await.reason, SourceReason::RateLimited);
    assert_eq!(bench.fake.world.calls(Call::AuditEvents) - before, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever overlaps and is forgotten between: who keeps each id once has all events, and no more.
    #[test]
    fn nothing_is_lost_and_nothing_comes_twice(
        steps in prop::collection::vec((0..4_usize, 0..4_usize, any::<bool>()), 1..8),
        page in 1..4_usize,
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let bench = Bench::with(page).await;
            let (mut kept, mut total, mut mark) = (HashSet::new(), 0, None);
            for (events, overlap, forgotten) in steps {
                bench.later(60);
                bench.record(events);
                total += events;
                bench.fake.world.clear_faults();
                bench.fake.world.fail(Call::AuditEvents, Fault::Overlap(overlap), 3);
                if forgotten {
                    bench.fake.world.expire_cursors();
                }
                let part: Reading<AuditEvent> = bench.read(mark.as_ref()).await;
                let of_part = ids(&part);
                prop_assert_eq!(of_part.iter().collect::<HashSet<_>>().len(), of_part.len());
                kept.extend(of_part);
                mark = Some(part.mark);
            }
            let mut complete = false;
            bench.fake.world.clear_faults();
            while !complete {
                let part: Reading<AuditEvent> = bench.read(mark.as_ref()).await;
                complete = part.complete;
                kept.extend(ids(&part));
                mark = Some(part.mark);
            }
            prop_assert_eq!(kept.len(), total);
            Ok(())
        })?;
    }
}
