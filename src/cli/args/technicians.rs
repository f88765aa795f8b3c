//! `mspdash technician …`: arguments. With `--database` or `--region` it works on the workspace itself, on the server's
//! machine; else it asks the server, as an owner.

use super::{Format, ListArgs, Workspace, Write};
use crate::cli::exit;
use crate::domain::technician::Role;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Technicians {
    /// Add a technician, and print the code by which they get their credential: `mspdash login --enrol`.
    Add(AddTechnician),
    /// List the technicians, with their role and when they last signed in.
    List(ListTechnicians),
    /// Give a technician another role.
    Role(RoleOf),
    /// Print a new code. The credential that they have works until the code is used.
    Enrol(ChangeTechnician),
    /// End a technician's credential at once, and print a code for a new one.
    Rotate(ChangeTechnician),
    /// Take a technician's access away.
    Revoke(ChangeTechnician),
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct AddTechnician {
    /// Their name.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Their e-mail address.
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// What they may do.
    #[arg(id = "technician_role", long = "role", value_name = "ROLE", value_parser = role(), ignore_case = true)]
    pub role: Role,
    #[command(flatten)]
    pub workspace: Workspace,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct ListTechnicians {
    #[command(flatten)]
    pub workspace: Workspace,
    #[command(flatten)]
    pub list: ListArgs,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct ChangeTechnician {
    /// Their id, e-mail address or exact name.
    pub technician: String,
    #[command(flatten)]
    pub workspace: Workspace,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct RoleOf {
    /// Their id, e-mail address or exact name.
    pub technician: String,
    /// What they may do.
    #[arg(id = "technician_role", value_name = "ROLE", value_parser = role(), ignore_case = true)]
    pub role: Role,
    #[command(flatten)]
    pub workspace: Workspace,
    #[command(flatten)]
    pub write: Write,
}

/// The roles that can be given, in the words of the command line or of the contract.
fn role() -> impl TypedValueParser<Value = Role> {
    let words = [
        PossibleValue::new("owner"),
        PossibleValue::new("administrator"),
        PossibleValue::new("technician").aliases(["msp-technician", "msp_technician"]),
        PossibleValue::new("view-only").alias("view_only"),
    ];
    PossibleValuesParser::new(words).try_map(|typed| Role::read(&typed).ok_or("there is no such role"))
}

impl Technicians {
    fn place(&self) -> (&Workspace, Write) {
        match self {
            Self::Add(args) => (&args.workspace, args.write),
            Self::List(args) => (&args.workspace, Write::default()),
            Self::Role(args) => (&args.workspace, args.write),
            Self::Enrol(args) | Self::Rotate(args) | Self::Revoke(args) => (&args.workspace, args.write),
        }
    }

    pub fn workspace(&self) -> &Workspace {
        self.place().0
    }

    pub fn format(&self) -> Format {
        self.place().1.format
    }

    /// Whether it is about a workspace of this machine instead of a server.
    pub fn on_this_machine(&self) -> bool {
        self.workspace().database.is_some() || self.workspace().region.is_some()
    }

    /// # Errors
    /// A sentence: the call makes no sense as it stands.
    pub fn checked(&self) -> Result<(), String> {
        if self.on_this_machine() && self.place().1.dry_run {
            return Err("--dry-run asks a server: leave out --database and --region.".to_owned());
        }
        Ok(())
    }
}
