//! `mspdash vaults …`: names and counts, never an item.

use crate::cli::args::{Grant, Vaults};
use crate::cli::context::{AnsweredList, Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::find_company::bare;
use crate::cli::table::{TableRow, name};
use crate::domain::error::Operation;
use crate::domain::id::VaultId;
use crate::domain::request::{Answer, GrantVault, ListVaults, Request};
use crate::domain::vault::Vault;

pub async fn run(command: &Vaults, ctx: &mut Context<'_>) -> Result<(), CliError> {
    match command {
        Vaults::List(args) => {
            let request = Request::ListVaults(ListVaults { company: ctx.company_id(&args.company).await? });
            ctx.list::<Vault>(request, args.format).await
        }
        Vaults::Grant(args) => grant(args, ctx).await,
    }
}

async fn grant(args: &Grant, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let (company, vault) = (ctx.company_id(&args.company).await?, VaultId::new(&bare(&args.vault)));
    let request = Request::GrantVault(GrantVault { company, vault, key: idempotency_key() });
    let Answer::Vault(vault) = ctx.change(request, args.write).await? else {
        return Err(unexpected_answer(Operation::GrantVault));
    };
    ctx.show_row(&*vault, args.write.format)
}

impl AnsweredList for Vault {
    fn of(answer: Answer) -> Option<Vec<Self>> {
        if let Answer::Vaults(vaults) = answer { Some(vaults) } else { None }
    }
}

impl TableRow for Vault {
    fn header() -> Vec<&'static str> {
        vec!["VAULT", "ITEMS", "PEOPLE", "MY ACCESS", "ID"]
    }

    fn right() -> Vec<usize> {
        vec![1, 2]
    }

    fn cells(&self) -> Vec<String> {
        vec![
            name(&self.name),
            self.item_count.to_string(),
            self.people_count.to_string(),
            if self.has_access { "yes" } else { "no" }.to_owned(),
            self.id.to_string(),
        ]
    }
}
