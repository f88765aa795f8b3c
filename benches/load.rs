//! A team at work: dashboards that hold their questions for changes open, and one change a second. How long until a change
//! has reached all of them, and what the servers take of memory and processor meanwhile.
//!
//! ```sh
//! cargo bench --bench load -- --dashboards 500 --changes 120                                     # SQLite, one server
//! cargo bench --bench load -- --dashboards 500 --changes 120 --servers 2 --database postgres://… # an empty database
//! ```
//!
//! Without numbers it is small, so that `cargo bench` stays short. Servers and dashboards share the machine: a server of
//! its own is faster.
#![expect(clippy::unwrap_used, reason = "a bench that cannot set up may stop")]

#[path = "support/load/dashboard.rs"]
mod dashboard;
#[path = "support/load/server.rs"]
mod server;

use dashboard::{Dashboard, Http, NOTE};
use server::{Server, Usage};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};

/// Held at the same time for one technician: at most 32.
const OF_ONE_TECHNICIAN: usize = 25;
/// So long a change may take until it counts as lost.
const LOST: Duration = Duration::from_secs(30);

struct Args {
    dashboards: usize,
    changes: usize,
    servers: usize,
    database: Option<String>,
}

fn args() -> Args {
    let mut args = Args { dashboards: 50, changes: 5, servers: 1, database: None };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let mut number = || given.next().unwrap().parse().unwrap();
        match name.as_str() {
            "--dashboards" => args.dashboards = number(),
            "--changes" => args.changes = number(),
            "--servers" => args.servers = number(),
            "--database" => args.database = given.next(),
            // What cargo says by itself.
            _ => {}
        }
    }
    args
}

#[tokio::main]
async fn main() {
    let args = args();
    let folder = tempfile::tempdir().unwrap();
    let database = args.database.clone().unwrap_or_else(|| folder.path().join("load.db").display().to_string());
    let servers: Vec<Server> = (0..args.servers).map(|n| Server::start(folder.path(), &database, n)).collect();
    let owner = servers[0].owner().await;
    let mut tokens = Vec::new();
    for n in 0..args.dashboards.div_ceil(OF_ONE_TECHNICIAN) {
        tokens.push(servers[0].technician(&owner, n).await);
    }
    let before: Vec<Usage> = servers.iter().map(Server::usage).collect();
    let (told, mut heard) = unbounded_channel();
    let mut team = JoinSet::new();
    for n in 0..args.dashboards {
        let (server, token) = (&servers[n % servers.len()], tokens[n / OF_ONE_TECHNICIAN].clone());
        let http = Http::connect(server.address(), server.account(), token).await;
        let dashboard = Dashboard::new(http, n, told.clone()).await;
        team.spawn(dashboard.follow());
    }
    drop(told);
    let mut writer = Http::connect(servers[0].address(), servers[0].account(), owner).await;
    let company = writer.first_company().await;
    println!(
        "{} dashboards, {} server(s), {}, {} changes",
        args.dashboards,
        servers.len(),
        if args.database.is_some() { "PostgreSQL" } else { "SQLite" },
        args.changes
    );
    let mut reached = Reached::default();
    let (begun, mut tick) = (Instant::now(), interval(Duration::from_secs(1)));
    for number in 1..=args.changes {
        tick.tick().await;
        let sent = Instant::now();
        writer.note(&company, &format!("{NOTE}{number}")).await;
        reached.answered.push(sent.elapsed());
        let all = timeout(LOST, reached.wait(&mut heard, number, sent, args.dashboards)).await;
        assert!(all.is_ok(), "change {number} did not reach all dashboards within {LOST:?}");
        if number % 20 == 0 {
            let memory: Vec<String> = servers.iter().map(|server| server.usage().memory()).collect();
            println!("{:>5} s  memory {}", begun.elapsed().as_secs(), memory.join(" + "));
        }
    }
    team.shutdown().await;
    reached.tell();
    for (server, before) in servers.iter().zip(before) {
        let after = server.usage();
        let percent =
            after.processor.saturating_sub(before.processor).as_secs_f64() / begun.elapsed().as_secs_f64() * 100.0;
        println!("server: memory {} -> {}, processor {percent:.0} % of one", before.memory(), after.memory());
    }
}

#[derive(Default)]
struct Reached {
    /// The write itself.
    answered: Vec<Duration>,
    each: Vec<Duration>,
    all: Vec<Duration>,
}

impl Reached {
    /// Until each dashboard has heard of this change.
    async fn wait(
        &mut self,
        heard: &mut UnboundedReceiver<(usize, usize, Instant)>,
        number: usize,
        sent: Instant,
        dashboards: usize,
    ) {
        let mut by = vec![false; dashboards];
        let (mut left, mut last) = (dashboards, sent);
        while left > 0 {
            let (dashboard, seen, at) = heard.recv().await.unwrap();
            if seen == number && !std::mem::replace(&mut by[dashboard], true) {
                left -= 1;
                last = last.max(at);
                self.each.push(at - sent);
            }
        }
        self.all.push(last - sent);
    }

    fn tell(self) {
        for (what, mut times) in
            [("write answered", self.answered), ("heard by one", self.each), ("heard by all", self.all)]
        {
            times.sort();
            let at = |percent: usize| times[(times.len() * percent).div_ceil(100).max(1) - 1].as_millis();
            println!("{what:<15} p50 {:>5} ms   p99 {:>5} ms   longest {:>5} ms", at(50), at(99), at(100));
        }
    }
}
