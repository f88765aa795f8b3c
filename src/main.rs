//! Arguments, configuration, run: what the program does is in the library.
#![forbid(unsafe_code)]

use clap::Parser;
use mspdash::cli::args::{Cli, Command};
use mspdash::cli::{self, Exit};
use mspdash::config::{self, Config, Flags, Source};
use std::io::{IsTerminal, Write};
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
        Ok(exit) => exit.into(),
        Err((said, exit)) => {
            let _ = writeln!(std::io::stderr(), "mspdash: {said}");
            exit.into()
        }
    }
}

/// What a person reads on standard error, and the code.
type Stop = (String, Exit);

fn run(cli: &Cli) -> Result<Exit, Stop> {
    let flags = Flags::from(&cli.options);
    if cli.paths {
        // A reader who has gone is no failure.
        let _ = writeln!(std::io::stdout(), "{}", config::paths(&flags));
        return Ok(Exit::Success);
    }
    match &cli.command {
        Some(Command::Companies(command)) => {
            let config = configured(&flags)?;
            on_runtime(async {
                let (out, err) = (&mut std::io::stdout().lock(), &mut std::io::stderr());
                match &config.source {
                    Source::Remote(remote) => {
                        let endpoint = cli::endpoint(remote, config.read_only);
                        Ok(cli::companies::run(command, endpoint, out, err).await)
                    }
                    Source::Embedded { .. } => Err(not_here("the embedded server")),
                }
            })?
        }
        Some(Command::Serve(_)) => Err(not_here("the embedded server")),
        None => {
            if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
                let said = "the dashboard needs a terminal. For scripts there is `mspdash companies --help`";
                return Err((said.to_owned(), Exit::Usage));
            }
            configured(&flags)?;
            Err(not_here("the dashboard"))
        }
    }
}

fn configured(flags: &Flags) -> Result<Config, Stop> {
    Config::read(flags).map_err(|problem| (format!("{problem}."), Exit::Usage))
}

fn not_here(what: &str) -> Stop {
    (format!("this build does not have {what}"), Exit::Failure)
}

fn on_runtime<T>(work: impl Future<Output = T>) -> Result<T, Stop> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build();
    let runtime = runtime.map_err(|error| (format!("no threads to work with: {error}"), Exit::Failure))?;
    Ok(runtime.block_on(work))
}
