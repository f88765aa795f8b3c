//! `mspdash`: a terminal dashboard for managed service providers who run their client companies' 1Password accounts. An
//! independent tool; "1Password" is a trademark of its owner.
//!
//! # The loop
//!
//! A pure core, and around it everything that touches the outside:
//!
//! ```text
//!  keys, signals, clock ──┐                   ┌─> app::update(&mut Model, now, Msg) -> Vec<Effect>
//!                         ├─> queue ─> main ──┤
//!  replies  <──────┐      │            thread └─> view::draw(&Model, &mut Frame)
//!                  │      ▲
//!                  └── runtime::EffectRunner on tokio: HTTP, browser, files, built-in server
//! ```
//!
//! - The **main thread is synchronous**: it blocks on one queue and on nothing else, so no await can hold up a key.
//! - **[Messages](app::msg) and [effects](app::effect) are data.** A run can be recorded, compared and replayed; the
//!   core is tested without a terminal, a network or a clock.
//! - **Every effect is answered exactly once**: its result, a timeout, *cancelled*, or the news that its task died.
//!   *Idle* means no [open ticket](app::tickets) but the question that a server holds back. Tests wait for that, never
//!   for time to pass.
//! - **A newer load aborts the older**, whose late answer is dropped; writes are never dropped silently.
//! - **[Next wake](app::next_wake()):** the model says when it wants to be woken. At rest nothing wakes the process but the
//!   answer to that question, or the next poll.
//!
//! # The modules
//!
//! | module | what | may import |
//! | --- | --- | --- |
//! | [`clock`] | the time of day | nothing of ours |
//! | [`domain`] | what an MSP knows: companies, people, setup, the rules of unlinking, the roster | nothing of ours |
//! | [`wire`] | the contract's JSON as it really comes, and its way into `domain`, cleaned | `domain` |
//! | [`app`] | model, messages, effects, the table of commands, `update` | `domain` |
//! | [`i18n`] | every text a person reads, in English and German | `domain`, `app` |
//! | [`view`] | from the model to cells | `app`, `domain`, `i18n` |
//! | [`client`] | the client: a [`Request`](domain::request::Request) in, an answer or an [`Error`](domain::error::Error) out | `clock`, `domain`, `wire` |
//! | [`cache`] | the last known companies of each profile, on disk: answers as they came, read by the client's decoder | `client`, `clock`, `domain`, `files`, `wire` |
//! | [`files`] | checks before a file is written, replaced or removed: what it is, whose, who has it open | nothing of ours |
//! | [`server`] | the built-in MSP API: axum over `SQLite`, every rule enforced | `clock`, `connect`, `domain`, `files`, `wire` |
//! | [`connect`] | clients of the interfaces that 1Password publishes for one company's account | `client`, `domain` |
//! | [`demo_1password`] | a fake of those interfaces on loopback, for tests and demonstrations; not in release builds | nothing of ours |
//! | [`config`] | flags, environment and files, and where each belongs; profiles, and where their secrets are | `domain`, `files` |
//! | [`cli`] | the one-shot commands, over the same requests as the screen; signing in, `doctor`, `serve` | `cache`, `client`, `clock`, `config`, `connect`, `domain`, `files`, `i18n`, `local_server`, `runtime` |
//! | [`runtime`] | event loop, effects, browser, clipboard, files, log, the prompt for a secret | all but `cache`, `cli`, `local_server`, `server`, `tui` |
//! | [`terminal`] | the terminal itself: backend, keyboard, signals, and how it is restored | `app`, `view` |
//! | [`local_server`] | starts the server of this process, and changes the access of its technicians, and the connections of companies | `client`, `config`, `connect`, `domain`, `files`, `server` |
//! | [`tui`] | puts clients, caches and the screen together, one of each for a profile | `app`, `cache`, `cli`, `client`, `config`, `domain`, `i18n`, `local_server`, `runtime` |
//!
//! `tests/architecture.rs` holds the table. `docs/architecture.md` has the pieces in detail, and says what to touch to
//! add a command, a request, a dialog, a screen or a text; `docs/decisions` says why.
//!
//! # Rules
//!
//! - **Everything that names a company** is keyed by [profile and company](domain::id::CompanyKey), because ids are
//!   unique within one MSP account only. A [profile](config::Profile) is the way to one account; the core knows it as an
//!   [`Account`](app::features::accounts::Account) with its own session, permissions, refresh and failures. All share one
//!   [roster](domain::roster).
//! - **Text from outside** passes [`domain::text::clean`] in [`wire`] and nowhere else: past it, nobody has to think of
//!   hostile bytes.
//! - **What can go wrong** is an [`Error`](domain::error::Error): data, until [`i18n`] makes it a sentence.
//! - **A write that can be tried again** keeps its [`Intent`](domain::intent::Intent), which alone decides when the
//!   idempotency key is renewed and whether the outcome is known.
//! - **A remedy that is offered** beside a problem comes from [`app::features::cure`]: only what can run, and helps.
//! - **The selection is a company, never a row.** If it disappears, nothing is selected: a command meant for it must not
//!   hit its neighbour. An opened company stays open, whatever the list does.
//! - **An unlink is bound** to the revision that its pre-flight showed, and to an idempotency key that names the intent:
//!   a changed company has to be confirmed anew, a repeated try is done once.
//! - **Read-only is decided twice**: for the screen from the command table, and for everything else in the client, by the
//!   HTTP method.
//! - **A launch address** is checked before it leaves the client, appears in no log and no `Debug`, and lives a minute.
#![forbid(unsafe_code)]

pub mod app;
pub mod cache;
pub mod cli;
pub mod client;
pub mod clock;
pub mod config;
pub mod connect;
#[cfg(debug_assertions)]
pub mod demo_1password;
pub mod domain;
pub mod files;
pub mod i18n;
pub mod local_server;
pub mod runtime;
pub mod server;
pub mod terminal;
pub mod tui;
pub mod view;
pub mod wire;
