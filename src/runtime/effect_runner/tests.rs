use super::*;

use crate::client::pause;
use crate::domain::launch::{Redacted, Refusal};
use crate::domain::request::{Answer, GetSession, ListChanges, ListLinks, Request};
use crate::runtime::BoxFuture;

/// Answers by the request: `Session` at once, `Companies` never, `Links` after a pause, anything else dies.
struct Toy;

impl Caller for Toy {
    fn call(&self, request: Request) -> BoxFuture<'static, Result<Answer, Error>> {
        Box::pin(async move {
            match request {
                Request::GetSession(GetSession) => Ok(Answer::People(Vec::new())),
                Request::ListCompanies(_) => std::future::pending().await,
                Request::ListLinks(ListLinks) if pause(Duration::from_hours(1), busy).await => {
                    Ok(Answer::Links(Vec::new()))
                }
                Request::ListLinks(ListLinks) => Err(busy()),
                _ => panic!("on purpose"),
            }
        })
    }
}

fn busy() -> Error {
    Error::new(Operation::LoadLinks, Cause::TooManyRequests, RetryAdvice::Now)
}

fn profile() -> ProfileId {
    ProfileId::new("toy")
}

fn runner(stop: Option<super::super::Stop>) -> (EffectRunner, Arc<Queue>) {
    let stop = Arc::new(Mutex::new(stop));
    let connect: crate::runtime::Connect = Arc::new(move |_| {
        let stop = stop.lock().unwrap().take();
        Box::pin(async move { Ok(Connection { client: Arc::new(Toy), notice: None, stop }) })
    });
    let queue = Arc::new(Queue::default());
    (EffectRunner::new(connect.into(), Arc::clone(&queue)), queue)
}

fn connected() -> (EffectRunner, Arc<Queue>) {
    let (mut runner, queue) = runner(None);
    runner.perform(Effect::Connect { ticket: Ticket(0), profile: profile() });
    assert_eq!(answer(&mut runner, &queue), (Ticket(0), Reply::Connected(Ok(None))));
    (runner, queue)
}

/// The next answer; the only one that is waiting.
fn answer(runner: &mut EffectRunner, queue: &Queue) -> (Ticket, Reply) {
    let mut batch = Vec::new();
    queue.take(usize::MAX, Some(Duration::from_secs(10)), &mut batch);
    assert_eq!(batch.len(), 1, "{batch:?}");
    let Some(Input::Reply(ticket, reply)) = batch.pop() else { panic!("no answer") };
    runner.done(ticket);
    (ticket, reply)
}

fn refused(what: Operation, cause: Cause) -> Reply {
    Reply::Api(Err(Error::new(what, cause, RetryAdvice::Now)))
}

fn companies() -> Request {
    Request::ListCompanies(crate::domain::request::ListCompanies::default())
}

#[test]
fn a_call_answers_with_its_result() {
    let (mut runner, queue) = connected();
    runner.perform(Effect::Call { ticket: Ticket(1), profile: profile(), request: Request::GetSession(GetSession) });
    assert_eq!(answer(&mut runner, &queue), (Ticket(1), Reply::Api(Ok(Answer::People(Vec::new())))));
    assert!(runner.open.is_empty());
}

#[test]
fn a_task_that_dies_answers_so() {
    let (mut runner, queue) = connected();
    runner.perform(Effect::Call {
        ticket: Ticket(1),
        profile: profile(),
        request: Request::ListChanges(ListChanges { since: String::new(), wait: 0 }),
    });
    assert_eq!(answer(&mut runner, &queue), (Ticket(1), refused(Operation::Changes, Cause::TaskDied)));
}

#[test]
fn a_cancelled_call_answers_once() {
    let (mut runner, queue) = connected();
    runner.perform(Effect::Call { ticket: Ticket(1), profile: profile(), request: companies() });
    runner.perform(Effect::Cancel { ticket: Ticket(1) });
    runner.perform(Effect::Cancel { ticket: Ticket(1) });
    assert_eq!(answer(&mut runner, &queue), (Ticket(1), refused(Operation::ListCompanies, Cause::Cancelled)));
    // Answered already: there is nothing left to cancel, and nothing more to say.
    runner.perform(Effect::Cancel { ticket: Ticket(1) });
    runner.perform(Effect::Call { ticket: Ticket(2), profile: profile(), request: Request::GetSession(GetSession) });
    assert_eq!(answer(&mut runner, &queue).0, Ticket(2));
}

#[test]
fn a_pause_of_a_call_is_told_and_ended_one_way_or_the_other() {
    let (mut runner, queue) = connected();
    for (number, again) in [(1, true), (2, false)] {
        let ticket = Ticket(number);
        runner.perform(Effect::Call { ticket, profile: profile(), request: Request::ListLinks(ListLinks) });
        let mut batch = Vec::new();
        queue.take(1, Some(Duration::from_secs(10)), &mut batch);
        let Some(Input::Waiting(of, Some(pause))) = batch.pop() else { panic!("no pause") };
        assert_eq!((of, pause.wait.as_secs(), pause.error), (ticket, 3_600, busy()));
        // Whoever is told may be faster than the wait that begins only then.
        let answer = loop {
            runner.perform(Effect::EndPause { ticket, again });
            queue.take(1, Some(Duration::from_millis(10)), &mut batch);
            match batch.pop() {
                Some(Input::Reply(of, Reply::Api(answer))) if of == ticket => break answer,
                None | Some(Input::Waiting(_, None)) => {}
                other => panic!("{other:?}"),
            }
        };
        runner.done(ticket);
        assert_eq!(answer, if again { Ok(Answer::Links(Vec::new())) } else { Err(busy()) });
    }
}

#[test]
fn a_call_without_a_connection_is_answered_and_starts_no_runtime() {
    let (mut runner, queue) = runner(None);
    runner.perform(Effect::Call { ticket: Ticket(7), profile: profile(), request: Request::GetSession(GetSession) });
    let (ticket, reply) = answer(&mut runner, &queue);
    assert_eq!(ticket, Ticket(7));
    assert!(matches!(reply, Reply::Api(Err(Error { operation: Operation::SignIn, cause: Cause::Local, .. }))));
    assert!(runner.runtime.is_none());
}

#[test]
fn a_failed_connection_can_be_tried_again() {
    let tries = Mutex::new(0);
    let connect: crate::runtime::Connect = Arc::new(move |_| {
        *tries.lock().unwrap() += 1;
        let first = *tries.lock().unwrap() == 1;
        Box::pin(async move {
            if first {
                return Err(Error::new(Operation::Start, Cause::NotFound, RetryAdvice::Now));
            }
            Ok(Connection { client: Arc::new(Toy), notice: None, stop: None })
        })
    });
    let queue = Arc::new(Queue::default());
    let mut runner = EffectRunner::new(connect.into(), Arc::clone(&queue));
    runner.perform(Effect::Connect { ticket: Ticket(1), profile: profile() });
    assert!(matches!(answer(&mut runner, &queue).1, Reply::Connected(Err(_))));
    runner.perform(Effect::Connect { ticket: Ticket(2), profile: profile() });
    assert_eq!(answer(&mut runner, &queue), (Ticket(2), Reply::Connected(Ok(None))));
}

#[test]
fn an_address_that_is_none_answers_without_a_browser() {
    let (mut runner, queue) = connected();
    runner.perform(Effect::Open { ticket: Ticket(1), address: Redacted::new("javascript:alert(1)".to_owned()) });
    let (_, reply) = answer(&mut runner, &queue);
    let Reply::Opened(Err(error)) = reply else { panic!("{reply:?}") };
    let refused = Cause::UnsafeAddress(Refusal::NotAnAddress);
    assert_eq!((error.operation, error.cause), (Operation::OpenBrowser, refused));
}

#[test]
fn closing_stops_the_server_and_waits_for_no_request() {
    let stopped = Arc::new(Mutex::new(false));
    let (mut runner, queue) = runner(Some({
        let stopped = Arc::clone(&stopped);
        Box::new(move || {
            Box::pin(async move {
                *stopped.lock().unwrap() = true;
            })
        })
    }));
    runner.perform(Effect::Connect { ticket: Ticket(0), profile: profile() });
    answer(&mut runner, &queue);
    runner.perform(Effect::Call { ticket: Ticket(1), profile: profile(), request: companies() });
    runner.close();
    assert!(*stopped.lock().unwrap());
}

#[test]
fn a_server_that_does_not_stop_is_left_behind() {
    let (mut runner, queue) = runner(Some(Box::new(|| Box::pin(std::future::pending()))));
    runner.perform(Effect::Connect { ticket: Ticket(0), profile: profile() });
    answer(&mut runner, &queue);
    let begin = std::time::Instant::now();
    runner.close();
    assert!(begin.elapsed() < STOP_TIMEOUT * 5, "it took {:?}", begin.elapsed());
}
