//! `mspdash completions` and `mspdash man`: arguments.

use crate::cli::complete::SHELLS;
use crate::config::path_parser;
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
bash        mspdash completions bash > ~/.local/share/bash-completion/completions/mspdash
zsh         mspdash completions zsh > a file _mspdash in a folder of $fpath
fish        mspdash completions fish > ~/.config/fish/completions/mspdash.fish
powershell  mspdash completions powershell >> $PROFILE
elvish      mspdash completions elvish >> ~/.config/elvish/rc.elv")]
pub struct Completions {
    /// For which shell.
    #[arg(value_parser = PossibleValuesParser::new(SHELLS))]
    pub shell: String,
}

#[derive(Debug, Args)]
pub struct Manuals {
    /// Where to write them; made if it is not there.
    #[arg(value_name = "DIR", value_parser = path_parser())]
    pub dir: PathBuf,
}
