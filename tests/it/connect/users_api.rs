//! The client of the Users API, against a fake that misbehaves.

use super::{ACME, Bench, SECRET, credential, id};
use mspdash::connect::Failure;
use mspdash::connect::users_api::UsersApi;
use mspdash::demo_1password::{Call, Fault, Right};
use mspdash::domain::people::PersonState;
use mspdash::domain::region::Region;
use mspdash::domain::source::SourceReason;
use std::sync::Arc;

fn api(bench: &Bench) -> Arc<UsersApi> {
    let place = super::PLACE.parse().unwrap();
    bench.connector.users_api(Region::Europe, credential(), place, &bench.clock()).unwrap()
}

async fn refused(bench: &Bench) -> Failure {
    let failure = api(bench).list().await.unwrap_err();
    assert!(!failure.detail.contains(SECRET) && !failure.detail.is_empty(), "{failure}");
    failure
}

#[tokio::test]
async fn everybody_is_read_over_all_pages_with_one_token() {
    for size in [1, 2, 3, 1000] {
        let bench = Bench::with(size).await;
        let users = api(&bench).list().await.unwrap();
        let names: Vec<_> = users.people.iter().map(|person| person.display_name.as_str()).collect();
        assert_eq!(names, ["Una Crumb", "Tom Baker", "Vic Dough", "Mira Okafor"]);
        assert_eq!(users.as_of, (bench.clock())());
        assert_eq!(bench.fake.world.calls(Call::List), 4_usize.div_ceil(size));
        api(&bench).list().await.unwrap();
        assert_eq!(bench.fake.world.calls(Call::Token), 1, "it is good for 900 seconds");
    }
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends_and_when_it_is_refused() {
    let bench = Bench::start().await;
    let tokens = || bench.fake.world.calls(Call::Token);
    api(&bench).list().await.unwrap();
    bench.later(719);
    api(&bench).list().await.unwrap();
    assert_eq!(tokens(), 1);
    bench.later(1);
    api(&bench).list().await.unwrap();
    assert_eq!(tokens(), 2, "at four fifths");
    bench.fake.world.revoke_tokens();
    api(&bench).list().await.unwrap();
    assert_eq!(tokens(), 3, "revoked");
    bench.fake.world.fail(Call::List, Fault::Answer(401, ""), 9);
    assert_eq!(refused(&bench).await.reason, SourceReason::CredentialRefused);
    assert_eq!(tokens(), 4, "once, and then no more");
}

#[tokio::test]
async fn callers_at_once_sign_in_once() {
    let bench = Bench::start().await;
    let api = api(&bench);
    let (one, two) = tokio::join!(api.list(), api.list());
    assert_eq!(one.unwrap().people, two.unwrap().people);
    assert_eq!(bench.fake.world.calls(Call::Token), 1);
}

#[tokio::test]
async fn each_refusal_has_its_reason() {
    use SourceReason::{
        CredentialRefused, RateLimited, Refused, RightMissing, SecretUnavailable, Unreachable, Unreadable, WrongAccount,
    };
    let bench = Bench::start().await;
    api(&bench).list().await.unwrap();
    for (status, body, reason) in [
        (400, r#"{"message":"InvalidArgument"}"#, Refused),
        (403, r#"{"error":{"message":"missing permission"}}"#, RightMissing),
        (404, "", WrongAccount),
        (429, r#"{"Error":{"Message":"slow down"}}"#, RateLimited),
        (500, "<html>", Unreachable),
        (503, "", Unreachable),
        (302, "", Unreadable),
        (200, "<html>sign in</html>", Unreadable),
        (200, r#"{"users":[]}"#, Unreadable),
        (200, r#"{"results":[]}"#, Unreadable),
        (200, r#"{"results":[{"id":"x"}]}"#, Unreadable),
    ] {
        bench.fake.world.fail(Call::List, Fault::Answer(status, body), 9);
        let failure = refused(&bench).await;
        assert_eq!(failure.reason, reason, "{status} {body}: {failure}");
        bench.fake.world.clear_faults();
    }
    let told = |failure: &Failure, text: &str| assert!(failure.detail.contains(text), "{failure}");
    bench.fake.world.fail(Call::List, Fault::Answer(403, r#"{"status":403,"message":"missing permission"}"#), 9);
    told(&refused(&bench).await, "missing permission");
    bench.fake.world.clear_faults();
    bench.fake.world.change(ACME, |account| account.applications[0].rights = vec![Right::Get]);
    assert_eq!(refused(&bench).await.reason, RightMissing);
    bench.fake.world.change(ACME, |account| account.applications.clear());
    assert_eq!(refused(&bench).await.reason, CredentialRefused, "the application was removed");
    bench.fake.world.revoke_tokens();
    *bench.secrets.0.lock().unwrap() = Err("the keyring is locked".into());
    let failure = refused(&bench).await;
    assert_eq!((failure.reason, failure.detail.as_str()), (SecretUnavailable, "the keyring is locked"));
}

/// Whatever the body of the refusal echoes: the request had the secret.
#[tokio::test]
async fn a_refused_sign_in_tells_nothing_of_the_body() {
    let bench = Bench::start().await;
    for status in [400, 401, 403, 500] {
        let echo = r#"{"message":"client acme-directory with s3cret-of-the-application"}"#;
        bench.fake.world.fail(Call::Token, Fault::Answer(status, echo), 9);
        let failure = refused(&bench).await;
        assert!(!failure.detail.contains("acme-directory"), "{failure}");
        bench.fake.world.clear_faults();
    }
}

#[tokio::test]
async fn what_passes_is_tried_again_within_bounds() {
    let bench = Bench::start().await;
    bench.fake.world.fail(Call::Token, Fault::Answer(502, ""), 2);
    bench.fake.world.fail(Call::List, Fault::Busy(3), 1);
    assert_eq!(api(&bench).list().await.unwrap().people.len(), 4);
    let waits = std::mem::take(&mut *bench.waits.lock().unwrap());
    assert_eq!(waits.len(), 3);
    assert_eq!(waits[2].as_secs(), 3, "as long as it was asked to");
    let before = bench.fake.world.calls(Call::List);
    bench.fake.world.fail(Call::List, Fault::Busy(600), 9);
    assert_eq!(refused(&bench).await.reason, SourceReason::RateLimited);
    assert_eq!(bench.fake.world.calls(Call::List) - before, 1, "ten minutes are waited for by nobody");
    bench.fake.world.clear_faults();
    bench.fake.world.fail(Call::List, Fault::Answer(503, ""), 99);
    assert_eq!(refused(&bench).await.reason, SourceReason::Unreachable);
    assert_eq!(bench.fake.world.calls(Call::List) - before, 5, "four tries");
}

#[tokio::test]
async fn pages_that_lead_nowhere_end() {
    let bench = Bench::with(2).await;
    bench.fake.world.fail(Call::List, Fault::EmptyPage, 1);
    assert_eq!(api(&bench).list().await.unwrap().people.len(), 4, "nobody is missing behind an empty page");
    bench.fake.world.fail(Call::List, Fault::Circle, 99);
    let failure = refused(&bench).await;
    assert_eq!(failure.reason, SourceReason::Unreadable);
    assert!(failure.detail.contains("circle"), "{failure}");
}

#[tokio::test]
async fn people_of_another_account_are_never_taken() {
    let bench = Bench::start().await;
    bench.fake.world.fail(Call::List, Fault::OtherAccount(super::BRIGHTWATER.into()), 1);
    assert_eq!(refused(&bench).await.reason, SourceReason::WrongAccount);
    let mut other = credential();
    other.account = super::BRIGHTWATER.into();
    let place = super::PLACE.parse().unwrap();
    let api = bench.connector.users_api(Region::Europe, other, place, &bench.clock()).unwrap();
    assert_eq!(api.list().await.unwrap_err().reason, SourceReason::WrongAccount, "the credential is not theirs");
}

#[tokio::test]
async fn one_person_is_read_as_they_stand() {
    let bench = Bench::start().await;
    bench.fake.world.change(ACME, |account| account.people[1].state = "SUSPENDED".into());
    let person = api(&bench).get(&id("C")).await.unwrap();
    assert_eq!((person.display_name.as_str(), person.state), ("Tom Baker", PersonState::Suspended));
    assert_eq!(api(&bench).get(&id("Z")).await.unwrap_err().reason, SourceReason::Refused);
}

#[tokio::test]
async fn a_host_that_is_not_there_is_unreachable() {
    let bench = Bench::start().await;
    let url = bench.fake.url().unwrap();
    let connector = bench.connector.clone();
    drop(bench.fake);
    let gone = connector.with_base_url(url).unwrap();
    let clock: mspdash::connect::Clock = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let api = gone.users_api(Region::Europe, credential(), super::PLACE.parse().unwrap(), &clock).unwrap();
    let failure = api.list().await.unwrap_err();
    assert_eq!(failure.reason, SourceReason::Unreachable);
    assert!(!failure.detail.contains(SECRET), "{failure}");
}
