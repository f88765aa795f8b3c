//! `mspdash profile …`, `login`, `logout` and `config`. None of them needs an account to be signed in to already.

mod config_show;
mod enrol;
mod login;
mod profile;
mod profile_test;

use crate::cli::account_context::AccountContext;
use crate::cli::args::{Accounts, Configuration, Profiles};
use crate::cli::error::CliError;
use crate::cli::output::Io;
use crate::client::proxy::passed_over;
use crate::config::{Flags, Resolved};

pub async fn run<'a>(command: &Accounts, flags: &'a Flags, io: Io<'a>) -> Result<(), CliError> {
    let mut ctx = AccountContext { flags, settled: Resolved::read(flags), io };
    let notices: Vec<_> = ctx.settled.notices.iter().map(ToString::to_string).collect();
    for notice in notices.into_iter().chain(passed_over()) {
        ctx.io.tell(&format!("{notice}."));
    }
    match command {
        Accounts::Profile(Profiles::Add(args)) => profile::add(args, &mut ctx).await,
        Accounts::Profile(Profiles::List(args)) => profile::list(args, &mut ctx),
        Accounts::Profile(Profiles::Remove(args)) => profile::remove(args, &mut ctx),
        Accounts::Profile(Profiles::Test(args)) => profile_test::run(args, &mut ctx).await,
        Accounts::Login(args) if args.enrol.is_some() => enrol::enrol(args, &mut ctx).await,
        Accounts::Login(args) => login::login(args, &mut ctx).await,
        Accounts::Logout(args) => login::logout(args, &mut ctx),
        Accounts::Config(Configuration::Show(args)) => config_show::run(args, &mut ctx),
    }
}
