//! From what the command line says to the exit code.

use crate::cli::args::{AccessCommand, Cli, Command, Init, LogFormat, OneShot, Serve, Sources, TechnicianArg};
use crate::cli::commands::doctor::{self, Environment};
use crate::cli::commands::keys::KeyList;
use crate::cli::commands::{
    accounts, activity, attention, companies, db, import, keys, leaver, links, people, reconcile, recoveries, sources,
    tasks, technicians, usage, vaults,
};
use crate::cli::context::{Context, unexpected_answer};
use crate::cli::error::{self, CliError};
use crate::cli::guided;
use crate::cli::output::Io;
use crate::cli::style::Style;
use crate::cli::{Exit, all_profiles, announce_retries, args, complete, endpoint};
use crate::client::proxy::passed_over;
use crate::client::{Client, ClientConfig};
use crate::config::{self, Config, Flags, KeyFile, Paths, Problem, Source};
use crate::domain::error::Operation;
use crate::domain::technician::Role;
use crate::local_server::{self, AccessChange, LocalServer, Polling, Service};
use crate::runtime::{browser, child, clipboard, file_limit, window};
use clap::CommandFactory;
use jiff::tz::TimeZone;
use std::fs;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

/// The screen, which knows this room and is not known by it.
pub struct Dashboard {
    /// Runs it until it ends, and gives the exit status.
    pub run: fn(Config) -> u8,
    /// What the user's keys say that cannot be had as it is written.
    pub odd_keys: fn(&Config) -> Vec<String>,
    /// The keys of these files, over those of the preset of this name, if one is given.
    pub keys: fn(&[KeyFile], Option<&str>) -> Result<KeyList, String>,
}

/// Carries out what the command line says.
pub fn run(cli: &Cli, dashboard: &Dashboard) -> ExitCode {
    let outcome = match cli.command {
        None if !cli.paths => show(dashboard, &cli.flags),
        _ => carry_out(cli, dashboard).map(|()| 0),
    };
    outcome.map_or_else(|error| error::report(&mut io::stderr(), error).into(), ExitCode::from)
}

fn show(dashboard: &Dashboard, flags: &Flags) -> Result<u8, CliError> {
    enough_handles()?;
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        let said = "the dashboard needs a terminal. For scripts there are commands: `mspdash --help`";
        return Err(CliError::Message(said.to_owned(), Exit::Usage));
    }
    Ok((dashboard.run)(Config::read(flags)?))
}

fn carry_out(cli: &Cli, dashboard: &Dashboard) -> Result<(), CliError> {
    let flags = &cli.flags;
    let mut io = Io {
        input: &mut io::stdin().lock(),
        terminal: io::stdin().is_terminal() && io::stderr().is_terminal(),
        browser: false,
        style: style(cli),
        out: &mut io::stdout(),
        err: &mut io::stderr(),
    };
    if cli.paths {
        return io.say(&config::paths(flags).to_string());
    }
    enough_handles()?;
    match &cli.command {
        Some(Command::Accounts(command)) => {
            log_to_stderr(flags.log_level.as_deref());
            runtime()?.block_on(accounts::run(command, flags, io))
        }
        Some(Command::Completions(completions)) => io.print(complete::script(&completions.shell)?.as_bytes()),
        Some(Command::Man(manuals)) => {
            fs::create_dir_all(&manuals.dir)?;
            Ok(clap_mangen::generate_to(Cli::command(), &manuals.dir)?)
        }
        Some(Command::OneShot(command)) => one_shot(command, flags, io),
        Some(Command::Doctor(doctor)) => examine(doctor, flags, dashboard, &mut io),
        Some(Command::Keys(args)) => keys::run(args, flags, dashboard.keys, &mut io),
        Some(Command::Init(init)) => self::init(init, flags, &mut io),
        Some(Command::Serve(serve)) => self::serve(serve, flags, &mut io),
        #[cfg(debug_assertions)]
        Some(Command::Demo1password { port }) => runtime()?.block_on(crate::cli::demo::run(*port, &mut io)),
        Some(Command::Db(command)) => {
            log_to_stderr(flags.log_level.as_deref());
            db::run(command, &config::paths(flags), &mut io)
        }
        None => Ok(()),
    }
}

fn one_shot(command: &OneShot, flags: &Flags, mut io: Io<'_>) -> Result<(), CliError> {
    let command = command.checked().map_err(|said| CliError::Message(said, Exit::Usage))?;
    log_to_stderr(flags.log_level.as_deref());
    if let OneShot::Technicians(command) = command
        && command.on_this_machine()
    {
        return technicians::administer(command, &config::paths(flags), &mut io);
    }
    match command {
        OneShot::Connect(args) => return sources::connect(args, &config::paths(flags), &runtime()?, &mut io),
        OneShot::Sources(Sources::Unlinked(args)) => {
            return sources::unlinked(args, &config::paths(flags), &runtime()?, &mut io);
        }
        OneShot::Sources(Sources::Remove(args)) => return sources::remove(args, &config::paths(flags), &mut io),
        _ => {}
    }
    let config = Config::read(flags)?;
    for notice in config.notices.iter().filter(|notice| !notice.is_of_dashboard(&config.paths)) {
        io.tell(&format!("{notice}."));
    }
    if matches!(config.source, Source::Profiles(_)) {
        for said in passed_over() {
            io.tell(&format!("{said}."));
        }
    }
    let one = if command.all_profiles() { None } else { config.one(&config::chosen(flags))? };
    child::hide_variables(config.secret_names());
    io.browser = !config.no_browser && browser::available();
    if command.all_profiles() {
        let Source::Profiles(profiles) = &config.source else { return Err(Problem::NoProfiles.into()) };
        let outcome = runtime()?.block_on(all_profiles::run(command, profiles, config.read_only, io));
        // A profile that was left out has no rows: what was told of it must show in the code too.
        let left_out =
            matches!(outcome, Ok(()) | Err(CliError::BrokenPipe)) && config::first_left_out(&config.notices).is_some();
        return if left_out { Err(CliError::Reported(Exit::Usage)) } else { outcome };
    }
    runtime()?.block_on(async {
        if let Some(profile) = one {
            return ask(command, endpoint(profile, config.read_only).await?, io).await;
        }
        let embedded = LocalServer::start(&config, Polling::Off).await?;
        if let Some(notice) = &embedded.notice {
            io.tell(&format!("{notice}."));
        }
        let outcome = ask(command, embedded.endpoint.clone(), io).await;
        embedded.stop().await;
        outcome
    })
}

/// Asks one server.
async fn ask(command: &OneShot, endpoint: ClientConfig, io: Io<'_>) -> Result<(), CliError> {
    let ctx = &mut Context { client: Client::new(endpoint)?, io };
    let work = Box::pin(async {
        match command {
            OneShot::Attention(args) => attention::run(args, ctx).await,
            OneShot::Companies(command) => companies::run(command, ctx).await,
            OneShot::Links(command) => links::run(command, ctx).await,
            OneShot::People(command) => people::run(command, ctx).await,
            OneShot::Leaver(args) => leaver::run(args, ctx).await,
            OneShot::Recoveries(command) => recoveries::run(command, ctx).await,
            OneShot::Vaults(command) => vaults::run(command, ctx).await,
            OneShot::Usage(args) => usage::run(args, ctx).await,
            OneShot::Tasks(command) => tasks::run(command, ctx).await,
            OneShot::Activity(args) => activity::run(args, ctx).await,
            OneShot::Import(command) => import::run(command, ctx).await,
            OneShot::Reconcile(args) => reconcile::run(args, ctx).await,
            OneShot::Technicians(command) => technicians::run(command, ctx).await,
            OneShot::Sources(command) => sources::run(command, ctx).await,
            // Carried out on this machine, before.
            OneShot::Connect(_) => Err(unexpected_answer(Operation::CheckSource)),
        }
    });
    match announce_retries(work).await {
        Err(error) => Err(guided::explain(command, error, ctx).await),
        done => done,
    }
}

/// For results on standard output: the width counts where that is a terminal.
fn style(cli: &Cli) -> Style {
    let width = io::stdout().is_terminal().then(window::size).flatten().map(|(columns, _)| usize::from(columns));
    Style {
        lang: cli.flags.lang.unwrap_or_default(),
        zone: if cli.utc { TimeZone::UTC } else { TimeZone::system() },
        width,
    }
}

fn examine(args: &args::Doctor, flags: &Flags, dashboard: &Dashboard, io: &mut Io<'_>) -> Result<(), CliError> {
    let config = Config::read(flags);
    let environment = Environment {
        odd_keys: config.as_ref().map(dashboard.odd_keys).unwrap_or_default(),
        config,
        paths: config::paths(flags),
        terminal: io::stdout().is_terminal(),
        size: window::size(),
        browser: browser::available(),
        clipboard: clipboard::programs(),
    };
    let runtime = runtime()?;
    let outcome = runtime.block_on(doctor::run(args, &environment, io));
    // A name server or a keeper of secrets that hangs must not hold up the end.
    runtime.shutdown_background();
    outcome
}

fn init(init: &Init, flags: &Flags, io: &mut Io<'_>) -> Result<(), CliError> {
    let new = init.workspace().map_err(|said| CliError::Message(said, Exit::Usage))?;
    let said = local_server::init(&new, init.database.as_deref(), &config::paths(flags));
    io.say(&said.map_err(|said| CliError::Message(format!("{said}."), Exit::Failure))?)
}

fn serve(serve: &Serve, flags: &Flags, io: &mut Io<'_>) -> Result<(), CliError> {
    let paths = config::paths(flags);
    if let Some(command) = &serve.access {
        return change_access(command, &paths, io);
    }
    let network = serve.checked().map_err(|said| CliError::Message(said, Exit::Usage))?;
    let service = Service {
        listen: serve.listen(),
        region: serve.workspace.region,
        database: serve.workspace.database.clone(),
        credentials: serve.credentials.clone(),
        sample_size: serve.sample_size.unwrap_or(config::SAMPLE_SIZE),
        fresh: serve.fresh,
        faults: serve.faults,
        hosts: serve.hosts.clone(),
        keep_events: serve.keep_events,
        network,
    };
    log_of_server(flags.log_level.as_deref().unwrap_or("info"), serve.network.log_format);
    let served = runtime()?.block_on(local_server::serve(service, &paths, io.out, io.err));
    served.map_err(|said| CliError::Message(format!("{said}."), Exit::Failure))
}

/// Needs no server: one that runs on the same workspace looks there with every request.
fn change_access(command: &AccessCommand, paths: &Paths, io: &mut Io<'_>) -> Result<(), CliError> {
    let change = match command {
        AccessCommand::Revoke(_) => Some(AccessChange::Revoke),
        AccessCommand::Restore(_) => Some(AccessChange::Restore),
        AccessCommand::SignOut(_) => Some(AccessChange::SignOut),
        AccessCommand::Role { role, .. } => Role::read(role).map(AccessChange::Assign),
    };
    let change = change.ok_or_else(|| CliError::Message("there is no such role.".to_owned(), Exit::Usage))?;
    let TechnicianArg { who, workspace } = command.technician();
    let name = local_server::change_access(workspace.place(), paths, who, &change)?.technician.display_name;
    io.say(&match change {
        AccessChange::Restore => format!("{name} has credential and role back."),
        AccessChange::SignOut => format!("{name} is signed out and may sign in anew."),
        AccessChange::Assign(role) => format!("{name} acts as {} now.", role.as_str()),
        _ => format!("The credential of {name} is revoked."),
    })
}

fn enough_handles() -> Result<(), CliError> {
    file_limit::raise().map_err(|said| CliError::Message(format!("{said}."), Exit::Failure))
}

/// Only our own words: those of libraries are not known to be free of secrets.
fn log_to_stderr(level: Option<&str>) {
    let Some(level) = level else { return };
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let log = tracing_subscriber::fmt().with_env_filter(format!("mspdash={level}")).with_writer(io::stderr);
    log.with_ansi(colour).init();
}

/// The same for a server. A line for each request is for those who collect them.
fn log_of_server(level: &str, format: LogFormat) {
    if format == LogFormat::Text {
        return log_to_stderr(Some(&format!("{level},mspdash::access=off")));
    }
    let log = tracing_subscriber::fmt().with_env_filter(format!("mspdash={level}")).with_writer(io::stderr);
    log.json().flatten_event(true).with_current_span(false).with_span_list(false).init();
}

fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build();
    runtime.map_err(|error| CliError::Message(format!("no threads to work with: {error}."), Exit::Failure))
}
