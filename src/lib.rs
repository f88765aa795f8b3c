//! `mspdash`: a terminal dashboard with which technicians of a managed service provider run their client
//! companies' 1Password accounts. An independent tool; "1Password" is a trademark of its owner.
//!
//! # The map of the house
//!
//! A pure core and a thin shell around it:
//!
//! ```text
//!  keys, signals, clock ──┐                 ┌─> app::update(&mut Model, now, Msg) -> Vec<Effect>
//!                         ├─> queue ─> UI ──┤
//!  answers  <──────┐      │        thread   └─> view::draw(&Model, &mut Frame)
//!                  │      ▲
//!                  └── runtime::EffectRunner on tokio: HTTP, browser, embedded server
//! ```
//!
//! - The **UI thread is the main thread and synchronous**: it blocks on one queue and on nothing else, so no await
//!   can ever hold up a key. tokio lives behind `perform`.
//! - **[Messages](app::msg) and [effects](app::effect) are data.** A run can be written down, compared, and played
//!   again; the core is tested without a terminal, a network or a clock.
//! - **Every effect answers exactly once**: its result, a time-out, *cancelled*, or the news that its task died.
//!   *Idle* is: no [open ticket](app::tickets). Tests wait for that, never for time to pass.
//! - **A newer load aborts the older**, whose late answer is dropped; writes are never dropped silently.
//! - **[Next wake](app::next_wake()):** the model says when it wants to be woken next. At rest nothing wakes the process but
//!   the next question for changes.
//!
//! # The rooms
//!
//! | room | what | may import |
//! | --- | --- | --- |
//! | [`clock`] | the time of day | nothing of ours |
//! | [`domain`] | what an MSP knows: companies, people, set-up, the rules of unlinking, the roster | nothing of ours |
//! | [`wire`] | the contract's JSON as it really comes, and its way into `domain`, cleaned | `domain` |
//! | [`app`] | model, messages, effects, the one table of commands, `update` | `domain` |
//! | [`i18n`] | every text a person reads, in English and German | `domain`, `app` |
//! | [`view`] | from the model to cells | `app`, `domain`, `i18n` |
//! | [`client`] | the client: a [`Request`](domain::request::Request) in, an answer or a [`Error`](domain::error::Error) out | `wire`, `domain` |
//! | [`cache`] | the last known roster of each profile, on disk: answers as they came, read by the client's decoder | `client`, `domain`, `files`, `wire` |
//! | [`files`] | the guard in front of every file that is replaced or removed: what is it, whose, who has it open | nothing of ours |
//! | [`server`] | the embedded MSP API: axum over `SQLite`, every rule enforced | `files`, `wire`, `domain` |
//! | [`config`] | flags, environment and files, and where each belongs; profiles, and where their secrets are | `domain`, `files` |
//! | [`cli`] | the one-shot commands, over the same requests as the screen; signing in, `doctor`, `serve` | `client`, `cache`, `config`, `domain`, `files`, `i18n`, `local_server`, `runtime` |
//! | [`runtime`] | event loop, effects, browser, clipboard, files, log, the prompt for a secret | all but `cache`, `cli`, `server` |
//! | [`terminal`] | the terminal itself: backend, keyboard, signals, and its way back to how it was | `app`, `view` |
//! | [`local_server`] | where the server of this process comes from, and its standing | `client`, `config`, `domain`, `files`, `server` |
//! | [`tui`] | where clients, caches and the shell are put together, one link for each profile | all but `server` |
//!
//! `tests/architecture.rs` holds the table.
//!
//! # Several MSP accounts
//!
//! A [profile](config::Profile) is the way to one MSP account: server, credential, where its secret is. The core knows it
//! as an [`Account`](app::features::accounts::Account) with its own session, permissions, refresh and failures; all accounts share
//! one [roster](domain::roster), and every [effect](app::effect) that asks a server names the account. `tui.rs`
//! gives each a client of its own, fetches its secret after the first frame, and lets a [`Recorder`](cache::Recorder) listen
//! to what it answers. `tui/cached.rs` hands what an earlier run kept to the core, a stretch at a time: it is shown
//! with its age, permits nothing that destroys, and is merged with what the server says.
//!
//! # Where a thing belongs
//!
//! - **A new command** is a variant of [`Command`](app::command::Command) and a row of its table, with the companies
//!   that it may be about ([`Scope`](app::command::Scope)); its texts in
//!   `i18n/en/commands.rs` and `i18n/de/commands.rs`; when it can run in `app/command/ready.rs`; what it does in `app/features`. Hint
//!   bar, help, palette and read-only mode follow from the row.
//! - **A new screen or tab** is a variant of [`Screen`](app::screen::Screen) or [`Tab`](app::model::Tab), its state in a
//!   file of its own in `app/features`, its cells in `view/features`, its texts in `i18n`; its commands name
//!   their [`Place`](app::command::Place), and its tables are drawn by `view/widgets/grid.rs`.
//! - **A new call of the API** is a variant of [`Request`](domain::request::Request), its JSON in [`wire`], its
//!   route in [`server`], its operation in `assets/openapi.json`; `tests/it/contract` holds the four together.
//! - **Text from outside** passes [`domain::text::clean`] at the wire and nowhere else: past it, nobody has to think
//!   of hostile bytes.
//! - **A write that can be tried again** keeps its [`Intent`](domain::intent::Intent), which alone decides when the
//!   idempotency key is renewed and whether it is known what became of it.
//! - **A way out that is offered** beside what is wrong comes from [`app::features::cure`]: only what can run, and helps.
//! - **What can go wrong** is a [`Error`](domain::error::Error): data, until `i18n` makes it a sentence.
//! - **Everything that names a company** is keyed by [profile and company](domain::id::CompanyKey), because ids are
//!   unique in one MSP account only.
//!
//! # Rules that keep a technician safe
//!
//! - The selection is a company, never a row. If it vanishes by itself, nothing is selected: a command meant for it
//!   must not hit its neighbour. An opened company is held on to, whatever the list does.
//! - An unlink is bound to the revision that its pre-flight showed, and to an idempotency key that names the intent:
//!   a changed company has to be confirmed anew, a repeated try is done once.
//! - Read-only is decided in one place for the screen (`app/command/ready.rs`) and once more in the client's gate,
//!   by the HTTP method, for everything else.
//! - A launch address is checked before it leaves the client, shown by no log and no `Debug`, and lives a minute.
#![forbid(unsafe_code)]

pub mod app;
pub mod cache;
pub mod cli;
pub mod client;
pub mod clock;
pub mod config;
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
