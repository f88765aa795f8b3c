//! `mspdash doctor`: everything between a technician and the companies, checked in the order in which it is
//! needed. The report is plain text to be pasted somewhere, so nothing secret is in it, and the home directory
//! is `~`. In English whatever the locale: it is read by others than whoever runs it.

mod account;
mod keychain;
mod places;
mod report;
mod screen;

use crate::cli::Exit;
use crate::cli::args;
use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::client::proxy::Proxies;
use crate::config::{Config, Paths, Problem, Profile, Source};
use report::{Check, Report};

/// What the command is told of its surroundings, so that a test can make them up.
#[derive(Debug)]
pub struct Environment {
    /// The configuration, or what is wrong with it.
    pub config: Result<Config, Problem>,
    /// What the user's keys say that cannot be had as it is written.
    pub odd_keys: Vec<String>,
    /// Where files belong, whatever is wrong with the configuration.
    pub paths: Paths,
    /// Standard output is a terminal.
    pub terminal: bool,
    /// Its columns and rows.
    pub size: Option<(u16, u16)>,
    /// There is a browser to hope for.
    pub browser: bool,
    /// What can say that it took a copied text.
    pub clipboard: Vec<&'static str>,
}

/// Checks and reports. The exit code is 0 when nothing failed; warnings are fine.
pub async fn run(args: &args::Doctor, environment: &Environment, io: &mut Io<'_>) -> Result<(), CliError> {
    let profiles = chosen(environment);
    let env = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let mut report = Report::new(env("HOME"));
    report.add(vec![program()]);
    report.add(screen::checks(environment.terminal, environment.size, &environment.clipboard, &env));
    report.add(configuration(environment));
    report.add(machine(environment));
    report.add(places::checks(&environment.paths));
    let read_only = environment.config.as_ref().is_ok_and(|config| config.read_only);
    // All at once, told in order: one that hangs holds up nobody.
    let running = profiles.into_iter().map(|profile| tokio::spawn(account::examine(profile, read_only)));
    for examined in running.collect::<Vec<_>>() {
        report.add(examined.await.unwrap_or_default());
    }
    let text = if args.json { report.json() } else { report.text() };
    match io.print(text.as_bytes()) {
        // A reader who has gone is no failure of what was checked.
        Ok(()) | Err(CliError::BrokenPipe) => {}
        failed => return failed,
    }
    if report.failed() == 0 { Ok(()) } else { Err(CliError::Reported(Exit::Failure)) }
}

/// The profiles to examine: those that the dashboard would show.
fn chosen(environment: &Environment) -> Vec<Profile> {
    match environment.config.as_ref().map(|config| &config.source) {
        Ok(Source::Profiles(profiles)) => profiles.clone(),
        _ => Vec::new(),
    }
}

fn program() -> Check {
    let (version, os, arch) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    Check::ok("program", "version", format!("mspdash {version} on {os}, {arch}"))
}

fn configuration(environment: &Environment) -> Vec<Check> {
    const SECTION: &str = "configuration";
    let mut checks = vec![places::config_file(environment.paths.config_file.as_deref())];
    let config = match &environment.config {
        Ok(config) => config,
        Err(problem) => {
            checks.push(Check::fail(SECTION, "settings", problem.to_string()));
            return checks;
        }
    };
    checks.extend(config.notices.iter().map(|notice| Check::warn(SECTION, "settings", notice.to_string())));
    checks.extend(environment.odd_keys.iter().map(|odd| Check::warn(SECTION, "keys", odd.clone())));
    let mode = if config.read_only { "; read-only mode is on" } else { "" };
    let finding = match &config.source {
        Source::Embedded { .. } => format!("none: the sample workspace of the embedded server{mode}"),
        Source::Own { workspace } => format!("none: your own workspace in {}{mode}", workspace.display()),
        Source::Profiles(profiles) => {
            let names: Vec<_> = profiles.iter().map(|profile| profile.id.as_str()).collect();
            format!("{}{mode}", names.join(", "))
        }
    };
    checks.push(Check::ok(SECTION, "profiles", finding));
    checks
}

fn machine(environment: &Environment) -> Vec<Check> {
    const SECTION: &str = "this machine";
    let unwanted = environment.config.as_ref().is_ok_and(|config| config.no_browser);
    let browser = match (unwanted, environment.browser) {
        (true, _) => Check::ok(SECTION, "browser", "not used, as it is configured: launch addresses are shown".into()),
        (false, true) => Check::ok(SECTION, "browser", "there is one to hope for".into()),
        (false, false) => {
            Check::warn(SECTION, "browser", "none: launch addresses are shown, as text and QR code".into())
                .advice("With a desktop: set BROWSER or DISPLAY")
        }
    };
    let mut checks = vec![browser, keychain::check()];
    let ignored = Proxies::of_environment().ignored();
    checks.extend(
        ignored.iter().map(|ignored| Check::warn(SECTION, "proxy", ignored.finding()).advice(ignored.advice())),
    );
    checks
}
