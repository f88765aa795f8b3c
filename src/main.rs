//! Parse, run, exit code: what the program does is in the library.
#![forbid(unsafe_code)]

use clap::Parser;
use mspdash::cli::args::Cli;
use mspdash::cli::{self, Dashboard, Exit};
use mspdash::config::Config;
use mspdash::{runtime, tui};
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::answer_shell();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(asked) => {
            // Help and version are no errors; a reader who has gone is none either.
            let _ = asked.print();
            return if asked.use_stderr() { Exit::Usage } else { Exit::Success }.into();
        }
    };
    cli::run(&cli, &Dashboard { run: dashboard, odd_keys: tui::odd_keys, keys: tui::keys })
}

fn dashboard(config: Config) -> u8 {
    // A report needs its hook before the terminal is taken; without one a failure is told more plainly.
    let _ = color_eyre::install();
    runtime::report(&tui::run(config))
}
