//! `mspdash serve`: the embedded server alone, and what can be done to the standing of its technicians meanwhile.

mod network;

use crate::config::path_parser;
use crate::domain::region::Region;
use crate::local_server::Network;
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

pub use network::{LogFormat, NetworkArgs};

/// `mspdash serve`. Three flags mean something of their own here, so they hide the ones of the dashboard.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Serve {
    /// Where to listen; port 0 takes a free one [default: 127.0.0.1, on a port of the region: 4815 to 4818].
    #[arg(long, value_name = "ADDR", conflicts_with = "port")]
    listen: Option<SocketAddr>,
    /// The same on this machine alone.
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    #[command(flatten)]
    pub workspace: Workspace,
    /// Of a sample: write here how its technicians sign in, for you alone (mode 0600).
    #[arg(long, value_name = "FILE", value_parser = path_parser())]
    pub credentials: Option<PathBuf>,
    /// How many companies a new sample has [default: 48].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub sample_size: Option<u32>,
    /// Throw the workspace away and make a new one.
    #[arg(long)]
    pub fresh: bool,
    /// A further name under which it is reached, e.g. that of a proxy. Requests for names that are not its own are
    /// refused.
    #[arg(long = "host", value_name = "NAME", value_parser = host)]
    pub hosts: Vec<String>,
    /// For how many days what 1Password recorded in connected companies is kept: the workspace keeps the number until
    /// another is given [default: 400].
    #[arg(long, value_name = "DAYS", value_parser = days)]
    pub keep_events: Option<u32>,
    /// Obey the header `x-fault`: misbehave on purpose, for tests and demonstrations.
    #[arg(long)]
    pub faults: bool,
    #[command(flatten)]
    pub network: NetworkArgs,
    /// Instead of serving.
    #[command(subcommand)]
    pub access: Option<AccessCommand>,
    // The dashboard's own flags make no sense for a server: hidden here, and refused.
    #[arg(long, hide = true)]
    server: Option<String>,
    #[arg(long, hide = true)]
    client_id: Option<String>,
    #[arg(long = "as", hide = true)]
    role: Option<String>,
    #[arg(long, hide = true)]
    read_only: bool,
}

/// A name or an address, without scheme and port.
fn host(text: &str) -> Result<String, String> {
    url::Host::parse(text).map(|host| host.to_string()).map_err(|_| "write it like msp.example.com".to_owned())
}

/// A hundred years at most.
fn days(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| (1..=36_500).contains(days));
    days.ok_or_else(|| "write a number of days, from 1 to 36500".to_owned())
}

#[derive(Debug, Clone, Args)]
pub struct Workspace {
    /// The data region of the workspace, an MSP account of its own: 1password.eu (unless said), 1password.com,
    /// 1password.ca or ent.1password.com.
    #[arg(long, value_name = "REGION")]
    pub region: Option<Region>,
    /// Where the workspace is kept: a file, or `postgres://USER@HOST/DATABASE` for a team's, on which several servers may
    /// run [default: a file for each region, the first where the dashboard keeps it].
    #[arg(long, value_name = "FILE|URL", value_parser = path_parser())]
    pub database: Option<PathBuf>,
}

impl Workspace {
    /// The file and the region that name it.
    pub fn place(&self) -> (Option<&Path>, Option<Region>) {
        (self.database.as_deref(), self.region)
    }
}

/// Changes how a technician of the workspace stands. A server that runs on it goes by that from the next request on.
#[derive(Debug, Clone, Subcommand)]
pub enum AccessCommand {
    /// Take a technician's credential away, and the access they got with it.
    Revoke(TechnicianArg),
    /// Give credential and role back.
    Restore(TechnicianArg),
    /// End a technician's access tokens; they may sign in anew.
    SignOut(TechnicianArg),
    /// Let a technician act in another role.
    Role {
        #[command(flatten)]
        technician: TechnicianArg,
        /// In which; `nothing` may not even look.
        #[arg(value_name = "NEW_ROLE", value_parser = PossibleValuesParser::new(ROLES))]
        role: String,
    },
}

const ROLES: [&str; 6] = ["owner", "administrator", "msp-technician", "view-only", "no-mfa", "nothing"];

#[derive(Debug, Clone, Args)]
pub struct TechnicianArg {
    /// A role of the credentials file, e.g. msp-technician, or a client id.
    #[arg(value_name = "ROLE|CLIENT_ID")]
    pub who: String,
    #[command(flatten)]
    pub workspace: Workspace,
}

impl AccessCommand {
    pub fn technician(&self) -> &TechnicianArg {
        match self {
            Self::Revoke(technician)
            | Self::Restore(technician)
            | Self::SignOut(technician)
            | Self::Role { technician, .. } => technician,
        }
    }
}

impl Serve {
    /// Where to listen. Each region has a port of its own, so that their servers run side by side.
    pub fn listen(&self) -> SocketAddr {
        let own = match self.workspace.region.unwrap_or_default() {
            Region::Europe => 4815,
            Region::Worldwide => 4816,
            Region::Canada => 4817,
            Region::Enterprise => 4818,
        };
        let here = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        self.listen.unwrap_or_else(|| here(self.port.unwrap_or(own)))
    }

    /// How it is reached, after a look for what can be said before anything is opened.
    ///
    /// # Errors
    /// A flag was given that means nothing for a server: better refused than ignored.
    pub fn checked(&self) -> Result<Network, String> {
        let strays = [
            (self.server.is_some(), "--server"),
            (self.client_id.is_some(), "--client-id"),
            (self.role.is_some(), "--as"),
            (self.read_only, "--read-only"),
        ];
        if let Some(name) = strays.into_iter().find_map(|(given, name)| given.then_some(name)) {
            return Err(format!("{name} means nothing for `mspdash serve`."));
        }
        self.network.checked(self.listen())
    }
}
