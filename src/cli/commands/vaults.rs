//! `mspdash vaults …`: names and counts, never an item.

use crate::cli::args::{Grant, Vaults};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::context::{AnsweredList, Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::find_company::bare;
use crate::domain::error::Operation;
use crate::domain::id::VaultId;
use crate::domain::request::{Answer, GrantVault, ListVaults, Request};
use crate::domain::vault::Vault;

pub async fn run(command: &Vaults, ctx: &mut Context<'_>) -> Result<(), CliError> {
    match command {
        Vaults::List(args) => {
            let request = Request::ListVaults(ListVaults { company: ctx.company_id(&args.company).await? });
            ctx.list::<Vault>(request, &args.list).await
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
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("vault", |vault: &Self| Cell::text(&vault.name)),
            Column::number("items", |vault: &Self| Cell::number(vault.item_count)),
            Column::number("people", |vault: &Self| Cell::number(vault.people_count)),
            Column::flag("my-access", |vault: &Self| Cell::Flag(vault.has_access)),
            Column::id("id", |vault: &Self| Cell::text(vault.id.as_str())),
            Column::text("description", |vault: &Self| Cell::optional(vault.description.as_deref())).extra(),
        ]
    }

    fn id(&self) -> String {
        self.id.to_string()
    }
}
