//! The program from outside: a home of its own, and `mspdash serve` beside it.

use super::clock;
use super::mock::SECRET;
use assert_cmd::Command;
use serde_json::Value;
use std::process::Output;
use tempfile::TempDir;
use wiremock::MockServer;

/// The program in a home of its own, with nothing of the environment but what a test gives it.
pub struct Home {
    pub dir: TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("mspdash").unwrap();
        command
            .env_clear()
            .env("HOME", self.dir.path())
            .envs(clock::variables())
            .args(args)
            .timeout(std::time::Duration::from_mins(1));
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args))
    }

    /// Against this server, on a thread of its own: the mock answers on this one.
    pub async fn ask(&self, server: &MockServer, args: &[&str]) -> Run {
        let mut command = self.command(args);
        command.env("MSPDASH_SERVER", server.uri()).env("MSPDASH_CLIENT_ID", "t");
        command.env("MSPDASH_CLIENT_SECRET", SECRET);
        // What belongs on this machine stays on it: this proxy would refuse.
        command.env("HTTP_PROXY", "http://127.0.0.1:1").env("http_proxy", "http://127.0.0.1:1");
        tokio::task::spawn_blocking(move || Run::of(command)).await.unwrap()
    }
}

pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn of(mut command: Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let run = Self { code: status.code().unwrap(), out: text(stdout), err: text(stderr) };
        assert!(!run.out.contains(SECRET) && !run.err.contains(SECRET), "a secret was printed");
        run
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// `mspdash serve`, stopped when it is dropped.
pub struct Served {
    child: std::process::Child,
    pub line: String,
}

impl Served {
    pub fn start(home: &Home, credentials: &std::path::Path) -> Self {
        let database = home.dir.path().join("served.db");
        Self::with(home, credentials, &["--listen", "127.0.0.1:0", "--database", database.to_str().unwrap()])
    }

    /// With these arguments beside the credentials file.
    pub fn with(home: &Home, credentials: &std::path::Path, args: &[&str]) -> Self {
        use std::io::BufRead;
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("mspdash"));
        command.env_clear().env("HOME", home.dir.path()).envs(clock::variables()).arg("serve").args(args);
        command.arg("--credentials").arg(credentials);
        let mut child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        std::io::BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, line }
    }

    pub fn terminate(mut self) -> Option<i32> {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program beside a server with a sample workspace.
pub struct Cli {
    pub home: Home,
    credentials: String,
    _served: Served,
}

impl Cli {
    pub fn open() -> Self {
        let home = Home::new();
        let file = home.dir.path().join("credentials.json");
        let served = Served::start(&home, &file);
        Self { home, credentials: file.to_str().unwrap().to_owned(), _served: served }
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = self.home.command(args);
        command.args(["--credentials", &self.credentials]);
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args))
    }

    /// With this on standard input.
    pub fn fed(&self, args: &[&str], input: &str) -> Run {
        let mut command = self.command(args);
        command.write_stdin(input);
        Run::of(command)
    }

    /// A command that has to work, as JSON.
    #[track_caller]
    pub fn json(&self, args: &[&str]) -> Value {
        let run = self.run(&[args, &["--format", "json"]].concat());
        assert_eq!(run.code, 0, "{args:?}: {}", run.err);
        run.json()
    }

    /// A command that has to end like this, with nothing as its result. Gives what it says.
    #[track_caller]
    pub fn refused(&self, code: i32, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!((run.code, run.out.as_str()), (code, ""), "{args:?}: {}", run.err);
        run.err
    }

    /// The id of the first company that is like this.
    #[track_caller]
    pub fn company(&self, like: impl Fn(&Value) -> bool) -> String {
        let all = self.json(&["companies", "list"]);
        let found = all.as_array().unwrap().iter().find(|company| like(company));
        found.expect("the sample has one")["id"].as_str().unwrap().to_owned()
    }

    /// An active company with an owner.
    #[track_caller]
    pub fn active(&self) -> String {
        self.company(|company| company["state"] == "ACTIVE" && company["owners"]["confirmed"] != 0)
    }
}

/// The names of an object's fields, in alphabetical order.
pub fn fields(value: &Value) -> String {
    value.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>().join(" ")
}
