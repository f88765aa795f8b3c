//! One account, step by step in the order of the way: what fails first is told, what needs it is skipped.

use super::report::{Check, Outcome};
use crate::client::certificate::Certificate;
use crate::client::probe::Probe;
use crate::client::proxy::Proxies;
use crate::client::{Client, Limits};
use crate::config::Profile;
use crate::domain::error::{Cause, Error};
use crate::domain::lang::Lang;
use crate::domain::request::{Answer, GetSession, Request};
use crate::domain::session::{Permission, Session};
use crate::i18n;
use jiff::SignedDuration;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// All steps, in the order in which they are told.
const STEPS: [&str; 10] =
    ["address", "secret", "dns", "tcp", "proxy", "tls", "sign-in", "permission", "round trip", "clock"];
/// For all of them together.
const LIMIT: Duration = Duration::from_secs(10);
/// For one answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// So many reads are timed.
const READS: usize = 5;
/// A certificate that ends sooner is worth a word.
const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Clocks that differ by more: times on the screen look odd.
const ODD: SignedDuration = SignedDuration::from_secs(30);
/// Clocks that differ by more: certificates and tokens fail.
const WRONG: SignedDuration = SignedDuration::from_mins(5);

const PERMISSIONS: [(Permission, &str); 10] = [
    (Permission::View, "view"),
    (Permission::Add, "add"),
    (Permission::Link, "link"),
    (Permission::Edit, "edit"),
    (Permission::Setup, "set up"),
    (Permission::Launch, "launch"),
    (Permission::Unlink, "unlink"),
    (Permission::People, "people"),
    (Permission::Recover, "recover"),
    (Permission::Vaults, "vaults"),
];

/// Every step of one account, each exactly once.
pub async fn examine(profile: Profile, read_only: bool) -> Vec<Check> {
    let section = format!("profile {} ({})", profile.id.as_str(), profile.client_id);
    let (checks, mut finished) = unbounded_channel();
    let task = tokio::spawn(Examination { section: section.clone(), checks }.run(profile, read_only));
    let mut done = Vec::new();
    let collect = async {
        while let Some(check) = finished.recv().await {
            done.push(check);
        }
    };
    let late = tokio::time::timeout(LIMIT, collect).await.is_err();
    task.abort();
    all_steps(&section, done, late)
}

/// The steps in their order, with those that were not reached.
fn all_steps(section: &str, mut done: Vec<Check>, mut late: bool) -> Vec<Check> {
    let mut culprit = done.iter().find(|check| check.result == Outcome::Fail).map(|check| check.step);
    let mut all = Vec::new();
    for step in STEPS {
        if let Some(at) = done.iter().position(|check| check.step == step) {
            all.push(done.swap_remove(at));
        } else if late {
            late = false;
            culprit = culprit.or(Some(step));
            let finding = format!("not done within the {} s that an account has", LIMIT.as_secs());
            all.push(Check::fail(section, step, finding));
        } else {
            let reason = culprit.map_or("it was not reached".to_owned(), |culprit| format!("{culprit} failed"));
            all.push(Check::skip(section, step, reason));
        }
    }
    all
}

/// Adds each step as soon as it is done, so that nothing of it is lost when time runs out.
struct Examination {
    section: String,
    checks: UnboundedSender<Check>,
}

impl Examination {
    /// `None` where it ended early; what was told says why.
    async fn run(self, profile: Profile, read_only: bool) -> Option<()> {
        // A server that hangs is named as such before the time of the whole account is over.
        let limits = Limits { total: PATIENCE, patience: PATIENCE, ..Limits::default() };
        let proxies = Proxies::of_environment();
        let probe = Probe::of(&profile.base_url, profile.ca_file.clone(), &proxies, limits);
        let probe = self.require("address", probe)?;
        let trust = profile.ca_file.as_ref().map(|path| format!("; trusts {} too", path.display()));
        self.ok("address", format!("{}{}", profile.base_url, trust.unwrap_or_default()));
        // A missing secret says nothing about the line, so that is looked at all the same.
        let endpoint = crate::cli::endpoint(&profile, read_only).await;
        let endpoint = self.require("secret", endpoint);
        if endpoint.is_some() {
            self.ok("secret", "found".into());
        }
        self.connect(&probe).await?;
        let client = self.require("sign-in", Client::with_limits(endpoint?, limits))?;
        let began = Instant::now();
        let signed_in = self.require("sign-in", client.sign_in().await);
        if signed_in.is_some() {
            self.ok("sign-in", format!("as {}, {}", profile.client_id, ms(began.elapsed())));
        }
        // A wrong clock is a reason not to be let in.
        self.clock(&client);
        signed_in?;
        self.session(&client).await
    }

    async fn connect(&self, probe: &Probe) -> Option<()> {
        let whose = probe.proxy().map(|proxy| format!("the proxy {} of {}: ", proxy.host, proxy.origin));
        let whose = whose.unwrap_or_default();
        let began = Instant::now();
        let addresses = self.require("dns", probe.look_up().await)?;
        let shown: Vec<_> = addresses.iter().take(4).map(ToString::to_string).collect();
        self.ok("dns", format!("{whose}{}, {}", shown.join(", "), ms(began.elapsed())));
        let began = Instant::now();
        let (line, address) = self.require("tcp", probe.connect(&addresses).await)?;
        let family = if address.is_ipv4() { "IPv4" } else { "IPv6" };
        self.ok("tcp", format!("{whose}{family}, {}", ms(began.elapsed())));
        let began = Instant::now();
        let line = self.require("proxy", probe.pass_proxy(line).await)?;
        match probe.proxy() {
            Some(proxy) => {
                let password = if proxy.has_password() { ", with a name and a password" } else { "" };
                let took = ms(began.elapsed());
                self.ok("proxy", format!("{} of {}{password}: opens the way, {took}", proxy.host, proxy.origin));
            }
            None => self.ok("proxy", "none on this way".into()),
        }
        if !probe.secure() {
            self.add(Check::skip(&self.section, "tls", "http on this machine".into()));
            return Some(());
        }
        let began = Instant::now();
        let secured = self.require("tls", probe.secure_line(line).await)?;
        self.add(certified(&self.section, &secured.version, secured.certificate.as_ref(), began.elapsed()));
        Some(())
    }

    async fn session(&self, client: &Client) -> Option<()> {
        let session = match client.perform(Request::GetSession(GetSession)).await {
            Ok(Answer::Session(session)) => session,
            Ok(_) => return None,
            Err(error) => return self.require("permission", Err(error)),
        };
        self.add(permitted(&self.section, &session));
        let mut times = Vec::new();
        for _ in 0..READS {
            let began = Instant::now();
            self.require("round trip", client.perform(Request::GetSession(GetSession)).await)?;
            times.push(began.elapsed());
        }
        times.sort_unstable();
        let median = times.get(READS / 2).copied().unwrap_or_default();
        self.ok("round trip", format!("{} (median of {READS} reads)", ms(median)));
        Some(())
    }

    fn clock(&self, client: &Client) {
        match client.clock_skew() {
            Some(skew) => self.add(skewed(&self.section, skew)),
            None => self.add(Check::skip(&self.section, "clock", "the server tells no Date".into())),
        }
    }

    fn require<T>(&self, step: &'static str, outcome: Result<T, Error>) -> Option<T> {
        outcome
            .map_err(|error| {
                let told = i18n::of(Lang::En).describe(&error);
                let check = Check::fail(&self.section, step, told.cause);
                self.add(check.advice(advice(&error.cause).map_or(told.hint, str::to_owned)));
            })
            .ok()
    }

    fn ok(&self, step: &'static str, finding: String) {
        self.add(Check::ok(&self.section, step, finding));
    }

    fn add(&self, check: Check) {
        // Nobody listens any more: time has run out.
        let _ = self.checks.send(check);
    }
}

/// What to do where the screen's advice is about the screen: it tries again by itself, or by a key.
fn advice(cause: &Cause) -> Option<&'static str> {
    match cause {
        Cause::Refused { .. } | Cause::Broken { .. } | Cause::TimedOut { .. } => {
            Some("Check that the server is running and that you are online")
        }
        Cause::MfaRequired => Some("Turn it on in your 1Password profile"),
        Cause::TooManyRequests => Some("Try again in a moment"),
        Cause::NotSignedIn
        | Cause::NameUnknown { .. }
        | Cause::Tls { .. }
        | Cause::Proxy(_)
        | Cause::CaFile { .. }
        | Cause::BadAddress { .. }
        | Cause::AddressHolds { .. }
        | Cause::NotAllowed
        | Cause::NotTheApi { .. }
        | Cause::Redirected { .. } => None,
        _ => Some("Try again; if it stays, tell who runs the server"),
    }
}

fn certified(section: &str, version: &str, certificate: Option<&Certificate>, took: Duration) -> Check {
    let Some(certificate) = certificate else {
        return Check::ok(section, "tls", format!("{version}, {}", ms(took)));
    };
    let left = certificate.ends.duration_since(crate::clock::now());
    let days = left.as_hours() / 24;
    let (issuer, date) = (&certificate.issuer, certificate.ends.strftime("%Y-%m-%d"));
    let finding = format!("{version}, issued by {issuer}, ends in {days} days ({date}), {}", ms(took));
    if left < SOON {
        Check::warn(section, "tls", finding).advice("Who runs the server should renew the certificate")
    } else {
        Check::ok(section, "tls", finding)
    }
}

fn permitted(section: &str, session: &Session) -> Check {
    let who = &session.technician;
    let roles = if who.groups.is_empty() { "no group".to_owned() } else { who.groups.join(", ") };
    let list = |held: bool| {
        let of = PERMISSIONS.iter().filter(|(permission, _)| session.permissions.allows(permission) == held);
        of.map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
    };
    let (may, may_not) = (list(true), list(false));
    let not = if may_not.is_empty() { String::new() } else { format!("; may not: {may_not}") };
    let may = if may.is_empty() { "nothing" } else { &may };
    let mfa = if who.mfa { "MFA on" } else { "MFA off" };
    let account = &session.account;
    let finding =
        format!("{} at {} · {} ({roles}), {mfa}; may: {may}{not}", who.display_name, account.name, account.region);
    let check = if !session.permissions.allows(&Permission::View) {
        Check::fail(section, "permission", finding)
    } else if who.mfa {
        return Check::ok(section, "permission", finding);
    } else {
        Check::warn(section, "permission", finding)
    };
    if who.mfa {
        check.advice("Ask an owner or administrator of the MSP account")
    } else {
        check.advice("Everybody in an MSP account must turn MFA on")
    }
}

fn skewed(section: &str, skew: SignedDuration) -> Check {
    let (size, way) = (skew.abs(), if skew.is_negative() { "behind" } else { "ahead of" });
    let shown = match size.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7_200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3_600),
    };
    let finding = format!("this machine is {shown} {way} the server");
    let advice = "Set the clock of whichever is wrong, best by NTP";
    if size > WRONG {
        Check::fail(section, "clock", finding).advice(advice)
    } else if size > ODD {
        Check::warn(section, "clock", finding).advice(advice)
    } else {
        Check::ok(section, "clock", format!("within {} s of the server's", size.as_secs() + 1))
    }
}

fn ms(took: Duration) -> String {
    let tenths = took.as_micros() / 100;
    if tenths < 100 { format!("{}.{} ms", tenths / 10, tenths % 10) } else { format!("{} ms", tenths / 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(checks: &[Check]) -> Vec<Outcome> {
        checks.iter().map(|check| check.result).collect()
    }

    #[test]
    fn steps_that_were_not_reached_are_skipped_and_the_one_that_hung_failed() {
        let done = || vec![Check::ok("p", "address", String::new()), Check::ok("p", "secret", String::new())];
        let all = all_steps("p", done(), true);
        assert_eq!(all.iter().map(|check| check.step).collect::<Vec<_>>(), STEPS);
        assert_eq!(results(&all)[..4], [Outcome::Ok, Outcome::Ok, Outcome::Fail, Outcome::Skip]);
        let failed = [done(), vec![Check::fail("p", "dns", String::new())]].concat();
        let all = all_steps("p", failed, false);
        assert_eq!(results(&all)[2..5], [Outcome::Fail, Outcome::Skip, Outcome::Skip]);
        assert!(format!("{:?}", all.last()).contains("dns failed"));
    }

    #[test]
    fn clocks_are_told_with_their_direction() {
        let skew = |seconds| skewed("p", SignedDuration::from_secs(seconds));
        assert_eq!([30, -30, 31, -300, 301].map(|seconds| skew(seconds).result), {
            use Outcome::{Fail, Ok, Warn};
            [Ok, Ok, Warn, Warn, Fail]
        });
        assert!(format!("{:?}", skew(-90_000)).contains("25 h behind the server"));
        assert!(format!("{:?}", skew(301)).contains("5 min ahead of the server"));
    }

    #[test]
    fn a_certificate_that_ends_soon_is_worth_a_word() {
        let soon = |hours| crate::clock::now() + SignedDuration::from_hours(hours);
        let ends = |hours| Certificate { issuer: "R12".into(), ends: soon(hours) };
        let check = |hours| certified("p", "TLS 1.3", Some(&ends(hours)), Duration::ZERO);
        assert_eq!([13 * 24, 15 * 24].map(|hours| check(hours).result), [Outcome::Warn, Outcome::Ok]);
        assert!(format!("{:?}", check(49)).contains("issued by R12, ends in 2 days"));
    }
}
