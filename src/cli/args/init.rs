//! `mspdash init`: a workspace for the companies of one's own.

use crate::config::path_parser;
use crate::domain::field::{self, LONGEST};
use crate::domain::region::Region;
use crate::domain::text::clean;
use crate::local_server::NewWorkspace;
use clap::Args;
use std::path::PathBuf;

/// `mspdash init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The name of your MSP account, e.g. "Harbour IT".
    #[arg(long, value_parser = name)]
    name: String,
    /// Its data region: 1password.eu, 1password.com, 1password.ca or ent.1password.com.
    #[arg(long)]
    region: Region,
    /// Where you sign in to 1Password, e.g. harbour.1password.eu.
    #[arg(long, value_name = "HOST")]
    sign_in_host: Option<String>,
    /// Your name, as colleagues see it beside what you do [default: the name that you are logged in with].
    #[arg(long, value_name = "NAME", value_parser = name)]
    technician: Option<String>,
    /// Your mail address.
    #[arg(long, value_parser = email)]
    email: Option<String>,
    /// Make it here, to be served to a team: a file, or `postgres://USER@HOST/DATABASE` [default: a fixed place in the data
    /// directory].
    #[arg(long, value_name = "FILE|URL", value_parser = path_parser())]
    pub database: Option<PathBuf>,
}

fn name(text: &str) -> Result<String, String> {
    let name = field::name(text.trim()).ok().filter(|name| clean(name) == name.as_str());
    name.ok_or_else(|| format!("a name has 1 to {LONGEST} visible characters"))
}

fn email(text: &str) -> Result<String, String> {
    let text = text.trim();
    let (user, host) = text.split_once('@').unwrap_or_default();
    let plain = text.len() <= LONGEST && clean(text) == text && !text.contains(char::is_whitespace);
    if plain && !user.is_empty() && !host.is_empty() {
        Ok(text.to_owned())
    } else {
        Err("write it like you@example.com".to_owned())
    }
}

impl Init {
    /// What to make.
    ///
    /// # Errors
    /// The host is not of the region, or nobody's name is known.
    pub fn workspace(&self) -> Result<NewWorkspace, String> {
        let region = self.region;
        let host = self.sign_in_host.as_deref().map(str::to_ascii_lowercase);
        if host.as_deref().is_some_and(|host| Region::of_host(host) != Some(region)) {
            return Err(format!("--sign-in-host has to be of the region, such as harbour.{region}."));
        }
        let login = || ["USER", "LOGNAME"].into_iter().find_map(|variable| name(&std::env::var(variable).ok()?).ok());
        let technician = self.technician.clone().or_else(login);
        let technician = technician.ok_or("--technician NAME is missing: every change is kept with who made it.")?;
        let email = self.email.clone().unwrap_or_default();
        Ok(NewWorkspace {
            name: self.name.clone(),
            region,
            sign_in_host: host,
            technician,
            email,
            ..NewWorkspace::default()
        })
    }
}
