//! `mspdash demo-1password`: plays 1Password on this machine.

use crate::cli::Exit;
use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::clock;
use crate::demo_1password::{Fake, demo};
use std::sync::Arc;

pub async fn run(port: u16, io: &mut Io<'_>) -> Result<(), CliError> {
    let (world, companies) = demo(Arc::new(clock::now));
    let failed = |said: String| CliError::Message(said, Exit::Failure);
    let fake = Fake::start(world, port).await.map_err(|error| failed(format!("port {port}: {error}.")))?;
    let url = fake.url().map_err(|error| failed(error.to_string()))?;
    io.say(&format!("A fake of 1Password answers at {url}. In another terminal, with companies of these names:\n"))?;
    io.say(&format!("  export MSPDASH_1PASSWORD_URL={url}"))?;
    for company in companies {
        io.say(&format!(
            "  echo {} | mspdash connect '{}' --users-api --account-id {} --oauth-client {} --store file --yes",
            company.secret, company.company, company.account, company.client_id
        ))?;
        io.say(&format!(
            "  echo {} | mspdash connect '{}' --events --account-id {} --store file",
            company.events_token, company.company, company.account
        ))?;
    }
    fake.serve().await;
    Ok(())
}
