//! Completion by a shell, which calls the program again with `COMPLETE=SHELL` for every Tab. No server is asked:
//! companies come from the cache of an earlier run, or out of the workspace's own file.

use crate::cache::{Header, Restore};
use crate::cli::args::Cli;
use crate::config::{Config, Flags, Profile, Resolved, Source};
use crate::domain::request::Answer;
use crate::domain::roster::spellings;
use crate::local_server::{maintenance, workspace_file};
use clap::{Command, CommandFactory};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::Shells;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

pub const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// By which the shell says which one it is.
const VARIABLE: &str = "COMPLETE";
/// So many names are offered at most.
const MOST: usize = 200;

/// Answers a shell that asks for completions, and ends; does nothing if none does.
pub fn answer() {
    CompleteEnv::with_factory(command).var(VARIABLE).completer(NAME).complete();
}

const NAME: &str = "mspdash";

fn command() -> Command {
    Cli::command().mut_arg("profiles", |arg| arg.add(ArgValueCompleter::new(profiles)))
}

/// The script by which a shell learns to ask.
pub fn script(shell: &str) -> io::Result<String> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let completer = shells.completer(shell).ok_or_else(|| io::Error::other("there is no such shell"))?;
    completer.write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    let script = String::from_utf8(script).map_err(io::Error::other)?;
    // So that readline quotes the blanks of a name as the word that was begun has it.
    Ok(if shell == "bash" { script.replace("complete -o nospace", "complete -o nospace -o filenames") } else { script })
}

/// Completes the name of a company.
pub fn company() -> ArgValueCompleter {
    ArgValueCompleter::new(companies)
}

fn companies(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Ok(config) = Config::read(&Flags::default()) else { return Vec::new() };
    let names = match &config.source {
        Source::Profiles(profiles) => {
            let dir = config.paths.cache_dir.as_deref().filter(|_| !config.no_cache);
            dir.map(|dir| profiles.iter().flat_map(|profile| cached(dir, profile)).collect()).unwrap_or_default()
        }
        Source::Own { workspace } => maintenance::company_names(workspace).unwrap_or_default(),
        Source::Embedded { .. } => {
            let file = workspace_file(None, None, &config.paths).ok();
            file.and_then(|file| maintenance::company_names(&file).ok()).unwrap_or_default()
        }
    };
    offered(names, &typed.to_string_lossy())
}

/// The names that begin with what was typed, whatever its accents and case.
fn offered(mut names: Vec<String>, typed: &str) -> Vec<CompletionCandidate> {
    let wanted = spellings(&typed.replace('\\', "")).into_iter().next().unwrap_or_default();
    names.retain(|name| spellings(name).iter().any(|folded| folded.starts_with(&wanted)));
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST);
    names.into_iter().map(|name| CompletionCandidate::new(quoted(name))).collect()
}

/// `PowerShell` takes what is offered as it is; the others quote by themselves.
fn quoted(name: String) -> String {
    let shell = std::env::var(VARIABLE).unwrap_or_default();
    let plain = name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    if plain || !["powershell", "pwsh"].contains(&shell.as_str()) {
        name
    } else {
        format!("'{}'", name.replace('\'', "''"))
    }
}

/// What is kept of this profile.
fn cached(dir: &Path, profile: &Profile) -> Vec<String> {
    let header = Header::new(&profile.id, &profile.base_url, &profile.client_id, profile.account.as_ref());
    let Ok(Some(restore)) = Restore::open(dir, &header) else { return Vec::new() };
    let mut names = BTreeMap::new();
    for answer in restore.map_while(Result::ok) {
        match answer.whole().0 {
            Answer::Page(page) => {
                names.extend(page.companies.iter().map(|company| (company.id.clone(), company.name.clone())));
            }
            Answer::Changes(changes) => {
                names.extend(changes.companies.iter().map(|company| (company.id.clone(), company.name.clone())));
                for gone in &changes.removed {
                    names.remove(gone);
                }
            }
            _ => {}
        }
    }
    names.into_values().collect()
}

fn profiles(typed: &OsStr) -> Vec<CompletionCandidate> {
    let names = Resolved::read(&Flags::default()).profiles;
    let names = names.iter().map(|listed| listed.profile.id.as_str().to_owned());
    names.filter(|name| name.starts_with(&*typed.to_string_lossy())).map(CompletionCandidate::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_beginning_and_every_shell_has_its_script() {
        let names = ["Müller GmbH", "Muller AG", "Alpen", "Müller GmbH"].map(str::to_owned).to_vec();
        let offered = |typed: &str| {
            let found = offered(names.clone(), typed);
            found.iter().map(|it| it.get_value().to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(offered("MÜL"), ["Muller AG", "Müller GmbH"]);
        assert_eq!(offered(r"muller\ g"), ["Müller GmbH"]);
        assert_eq!(offered("").len(), 3);
        for shell in SHELLS {
            assert!(script(shell).unwrap().contains("mspdash"), "{shell}");
        }
        assert!(script("bash").unwrap().contains("-o filenames"));
        assert!(script("tcsh").is_err());
    }
}
