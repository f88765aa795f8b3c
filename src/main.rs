//! Arguments, configuration, run: what the program does is in the library.
#![forbid(unsafe_code)]

use clap::Parser;
use mspdash::cli::args::{Accounts, Cli, Command, Doctor, Once, Serve, Standing, Who};
use mspdash::cli::doctor::Around;
use mspdash::cli::{self, Exit, Open, Outside};
use mspdash::client::proxy::passed_over;
use mspdash::config::{self, Config, Flags, Problem, Source};
use mspdash::local_server::{self, LocalServer, Service};
use mspdash::runtime::{browser, child, clipboard, export, file_limit, prompt_for_secret, window};
use mspdash::server::{Act, Role};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(asked) => {
            // Help and version are no errors; a reader who has gone is none either.
            let _ = asked.print();
            return if asked.use_stderr() { Exit::Usage.into() } else { Exit::Success.into() };
        }
    };
    match run(&cli) {
        Ok(code) => code,
        Err((said, exit)) => {
            let _ = writeln!(io::stderr(), "mspdash: {said}");
            exit.into()
        }
    }
}

/// What a person reads on standard error, and the code.
type Stop = (String, Exit);

fn run(cli: &Cli) -> Result<ExitCode, Stop> {
    let flags = Flags::from(&cli.options);
    if cli.paths {
        // A reader who has gone is no failure.
        let _ = writeln!(io::stdout(), "{}", config::paths(&flags));
        return Ok(Exit::Success.into());
    }
    file_limit::raise().map_err(|said| (format!("{said}."), Exit::Failure))?;
    match &cli.command {
        Some(Command::Accounts(command)) => account(command, &flags).map(Into::into),
        Some(Command::Once(command)) => once(command, &flags).map(Into::into),
        Some(Command::Doctor(doctor)) => self::doctor(doctor, &flags).map(Into::into),
        Some(Command::Serve(serve)) => self::serve(serve, &flags).map(Into::into),
        None => dashboard(&flags),
    }
}

fn once(command: &Once, flags: &Flags) -> Result<Exit, Stop> {
    let command = command.checked().map_err(|said| (said, Exit::Usage))?;
    if let Some(level) = &flags.log_level {
        log_to_stderr(level);
    }
    let config = Config::read(flags).map_err(|problem| misconfigured(&problem))?;
    for notice in &config.notices {
        let _ = writeln!(io::stderr(), "mspdash: {notice}.");
    }
    if matches!(config.source, Source::Profiles(_)) {
        for said in passed_over() {
            let _ = writeln!(io::stderr(), "mspdash: {said}.");
        }
    }
    let one = if command.everywhere() { Ok(None) } else { config.one(&config::chosen(flags)) };
    let one = one.map_err(|problem| misconfigured(&problem))?;
    child::hide_variables(config.secret_names());
    let open: Open = |address| Box::pin(browser::open(address));
    let outside = Outside {
        input: &mut io::stdin().lock(),
        terminal: io::stdin().is_terminal() && io::stderr().is_terminal(),
        browser: Some(open).filter(|_| !config.no_browser && browser::available()),
        save: export::save,
        out: &mut io::stdout(),
        err: &mut io::stderr(),
    };
    if command.everywhere() {
        let Source::Profiles(profiles) = &config.source else { return Err(misconfigured(&Problem::NoProfiles)) };
        let exit = runtime()?.block_on(cli::everywhere(command, profiles, config.read_only, outside));
        // A profile that was left out has no rows: what was told of it must show in the code too.
        let whole = exit != Exit::Success || config::first_left_out(&config.notices).is_none();
        return Ok(if whole { exit } else { Exit::Usage });
    }
    runtime()?.block_on(async {
        let failed = |error| (cli::sentence(&error), Exit::of(&error));
        if let Some(profile) = one {
            let endpoint = cli::endpoint(profile, config.read_only).await.map_err(failed)?;
            return Ok(cli::run(command, endpoint, outside).await);
        }
        let embedded = LocalServer::start(&config).await.map_err(failed)?;
        if let Some(notice) = &embedded.notice {
            let _ = writeln!(outside.err, "mspdash: {notice}.");
        }
        let exit = cli::run(command, embedded.endpoint.clone(), outside).await;
        embedded.stop().await;
        Ok(exit)
    })
}

fn account(command: &Accounts, flags: &Flags) -> Result<Exit, Stop> {
    if let Some(level) = &flags.log_level {
        log_to_stderr(level);
    }
    let outside = Outside {
        input: &mut io::stdin().lock(),
        terminal: io::stdin().is_terminal() && io::stderr().is_terminal(),
        browser: None,
        save: export::save,
        out: &mut io::stdout(),
        err: &mut io::stderr(),
    };
    Ok(runtime()?.block_on(cli::account(command, flags, outside, prompt_for_secret)))
}

fn doctor(doctor: &Doctor, flags: &Flags) -> Result<Exit, Stop> {
    let config = Config::read(flags);
    let around = Around {
        odd_keys: config.as_ref().map(mspdash::tui::odd_keys).unwrap_or_default(),
        config,
        paths: config::paths(flags),
        terminal: io::stdout().is_terminal(),
        size: window::size(),
        browser: browser::available(),
        clipboard: clipboard::programs(),
    };
    let runtime = runtime()?;
    let exit = runtime.block_on(cli::doctor::run(doctor, &around, &mut io::stdout()));
    // A name server or a keeper of secrets that hangs must not hold up the end.
    runtime.shutdown_background();
    Ok(exit)
}

fn serve(serve: &Serve, flags: &Flags) -> Result<Exit, Stop> {
    let paths = config::paths(flags);
    if let Some(standing) = &serve.standing {
        return self::standing(standing, &paths);
    }
    let (serve, credentials) = serve.checked().map_err(|said| (said, Exit::Usage))?;
    let service = Service {
        listen: serve.listen(),
        region: serve.workspace.region,
        database: serve.workspace.database.clone(),
        credentials,
        sample_size: serve.sample_size.unwrap_or(config::SAMPLE_SIZE),
        fresh: serve.fresh,
        faults: serve.faults,
        hosts: serve.hosts.clone(),
    };
    log_to_stderr(flags.log_level.as_deref().unwrap_or("info"));
    let (out, err) = (&mut io::stdout(), &mut io::stderr());
    runtime()?
        .block_on(local_server::serve(service, &paths, out, err))
        .map_err(|said| (format!("{said}."), Exit::Failure))?;
    Ok(Exit::Success)
}

/// Needs no server: one that runs on the same workspace looks there with every request.
fn standing(standing: &Standing, paths: &config::Paths) -> Result<Exit, Stop> {
    let act = match standing {
        Standing::Revoke(_) => Some(Act::Revoke),
        Standing::Restore(_) => Some(Act::Restore),
        Standing::SignOut(_) => Some(Act::SignOut),
        Standing::Role { role, .. } => Role::read(role).map(Act::Assign),
    };
    let act = act.ok_or_else(|| ("there is no such role.".to_owned(), Exit::Usage))?;
    let Who { who, workspace } = standing.who();
    let failed = |said| (format!("{said}."), Exit::Failure);
    let place = (workspace.database.as_deref(), workspace.region);
    let said = local_server::change_standing(place, paths, who, act).map_err(failed)?;
    // A reader who has gone is no failure.
    let _ = writeln!(io::stdout(), "{said}");
    Ok(Exit::Success)
}

fn dashboard(flags: &Flags) -> Result<ExitCode, Stop> {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        let said = "the dashboard needs a terminal. For scripts there are commands: `mspdash --help`";
        return Err((said.to_owned(), Exit::Usage));
    }
    let config = Config::read(flags).map_err(|problem| misconfigured(&problem))?;
    // A report needs its hook before the terminal is taken; without one a failure is told more plainly.
    let _ = color_eyre::install();
    Ok(mspdash::runtime::report(&mspdash::tui::run(config)).into())
}

/// Only our own words: those of libraries are not known to be free of secrets.
fn log_to_stderr(level: &str) {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let log = tracing_subscriber::fmt().with_env_filter(format!("mspdash={level}")).with_writer(io::stderr);
    log.with_ansi(colour).init();
}

fn misconfigured(problem: &config::Problem) -> Stop {
    (format!("{problem}."), Exit::Usage)
}

fn runtime() -> Result<tokio::runtime::Runtime, Stop> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build();
    runtime.map_err(|error| (format!("no threads to work with: {error}."), Exit::Failure))
}
