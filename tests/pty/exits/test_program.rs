//! A program of a few lines, run by the real event loop: what is tested is the loop, not the dashboard.

use std::fs::File;
use std::sync::Arc;

use jiff::Timestamp;
use mspdash::app::effect::{Effect, Ticket};
use mspdash::app::key::{Code, Key};
use mspdash::app::msg::{Msg, Reply, Size};
use mspdash::domain::error::Error;
use mspdash::domain::id::ProfileId;
use mspdash::domain::launch::Redacted;
use mspdash::domain::request::{Answer, GetSession, ListCompanies, Request};
use mspdash::runtime::log::Log;
use mspdash::runtime::{BoxFuture, Caller, Connect, Connection, Hyperlink, Program, Stop, prompt_for_secret, run_with};
use ratatui::Frame;
use ratatui::widgets::Paragraph;
use rustix::process::{Resource, Rlimit, setrlimit};

/// Set for the process that is to be this program, to one of the words in [`run`].
pub const MODE: &str = "MSPDASH_TOY";

/// Its log, if it is to have one.
pub const LOG: &str = "MSPDASH_TOY_LOG";

/// Where its browser goes.
pub const ADDRESS: &str = "https://brightwater.example/launch?token=x";

/// The program: `q` quits, `p` panics, `t` starts a task that dies, `h` one that hangs, `x` gives that up, `o` opens
/// the browser, `y` copies, `f` draws without end,
/// `l` shows links, `ctrl-z` suspends; any other key is counted.
#[derive(Default)]
struct TestProgram {
    size: Size,
    keys: u32,
    frames: u64,
    flood: bool,
    linked: bool,
    notes: Vec<String>,
}

impl TestProgram {
    fn key(&mut self, key: Key) -> Vec<Effect> {
        let call =
            |ticket, request| vec![Effect::Call { ticket: Ticket(ticket), profile: ProfileId::new("toy"), request }];
        match key.code {
            Code::Char('z') if key.ctrl => vec![Effect::Suspend],
            Code::Char('q') => vec![Effect::Quit],
            Code::Char('p') => panic!("on purpose, in update"),
            Code::Char('t') => call(1, Request::GetSession(GetSession)),
            Code::Char('h') => {
                self.notes.push("hanging".to_owned());
                call(2, Request::ListCompanies(ListCompanies::default()))
            }
            Code::Char('x') => vec![Effect::Cancel { ticket: Ticket(2) }],
            Code::Char('o') => vec![Effect::Open { ticket: Ticket(3), address: Redacted::new(ADDRESS.to_owned()) }],
            Code::Char('y') => vec![Effect::Copy { ticket: Ticket(4), text: Redacted::new("copied text".to_owned()) }],
            Code::Char('l') => {
                self.linked = true;
                Vec::new()
            }
            Code::Char('f') => {
                self.flood = true;
                Vec::new()
            }
            _ => {
                self.keys += 1;
                Vec::new()
            }
        }
    }
}

impl Program for TestProgram {
    fn update(&mut self, _: Timestamp, msg: Msg) -> Vec<Effect> {
        let note = match msg {
            Msg::Key(key) => return self.key(key),
            Msg::Tick => {
                self.frames += 1;
                return Vec::new();
            }
            Msg::Resize(size) => {
                self.size = size;
                return Vec::new();
            }
            Msg::Waiting { ticket, pause } => format!("waiting {} {}", ticket.0, pause.is_some()),
            Msg::Pointed { gesture, target } => format!("pointed {gesture:?} {target:?}"),
            Msg::Paste(text) => format!("pasted {text:?}"),
            Msg::Background(background) => format!("background {background:?}"),
            Msg::ReadToEnd => return Vec::new(),
            Msg::Resumed => "resumed".to_owned(),
            Msg::Stop => "stopped".to_owned(),
            Msg::Reply { reply: Reply::Connected(Ok(_)), .. } => "connected".to_owned(),
            Msg::Reply { ticket, reply } => format!("answer {}: {}", ticket.0, told(&reply)),
        };
        self.notes.push(note);
        Vec::new()
    }

    fn next_wake(&self) -> Option<Timestamp> {
        self.flood.then_some(Timestamp::UNIX_EPOCH)
    }

    fn title(&self) -> String {
        format!("toy {}", self.notes.len())
    }

    fn links(&self, _: Size) -> Vec<Hyperlink> {
        let link = |uri: &str| Hyperlink { x: 0, y: 0, text: "toy".to_owned(), uri: uri.to_owned() };
        if self.linked { vec![link(ADDRESS), link("https://x\x1b\\\x1bc")] } else { Vec::new() }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let mut text = format!(
            "toy, process {} at {}x{}, {} keys\n{}\n",
            std::process::id(),
            self.size.width,
            self.size.height,
            self.keys,
            self.notes.join("\n")
        );
        if self.flood {
            // Every cell differs from the frame before.
            let letter = if self.frames.is_multiple_of(2) { 'a' } else { 'b' };
            text.push_str(&format!("{}\n", letter.to_string().repeat(self.size.width.into())).repeat(60));
        }
        frame.render_widget(Paragraph::new(text), frame.area());
    }
}

fn told(reply: &Reply) -> String {
    match reply {
        Reply::Api(Ok(_))
        | Reply::Opened(Ok(_))
        | Reply::Copied(Ok(_))
        | Reply::Restored(_)
        | Reply::Connected(Ok(_))
        | Reply::Table(Ok(_))
        | Reply::Written(Ok(_)) => "done".to_owned(),
        Reply::Table(Err(why)) => format!("{why:?}"),
        Reply::Api(Err(error))
        | Reply::Opened(Err(error))
        | Reply::Copied(Err(error))
        | Reply::Written(Err(error))
        | Reply::Connected(Err(error)) => format!("{:?}", error.cause),
    }
}

/// Dies on `Session`, hangs on anything else.
struct Server;

impl Caller for Server {
    fn call(&self, request: Request) -> BoxFuture<'static, Result<Answer, Error>> {
        Box::pin(async move {
            assert_ne!(request, Request::GetSession(GetSession), "on purpose, in a task");
            std::future::pending().await
        })
    }
}

/// Runs the program and gives its exit status.
pub fn run(mode: &str) -> i32 {
    if mode == "prompt" {
        return prompt_for_secret("Secret: ").map_or(1, |_| 0);
    }
    let stubborn = mode == "stubborn server";
    // So many files may be open from the first frame on.
    let files: Option<u64> = mode.strip_prefix("files ").map(|number| number.parse().unwrap());
    let deaf = mode == "no keyboard";
    let connect: Connect = Arc::new(move |_| {
        let stop: Stop = Box::new(move || {
            Box::pin(async move {
                if stubborn {
                    std::future::pending::<()>().await;
                }
            })
        });
        Box::pin(async { Ok(Connection { client: Arc::new(Server), notice: None, stop: Some(stop) }) })
    });
    let start = |_, size| {
        if let Some(files) = files {
            setrlimit(Resource::Nofile, Rlimit { current: Some(files), maximum: Some(files) }).unwrap();
        }
        if deaf {
            rustix::stdio::dup2_stdin(File::options().write(true).open("/dev/null").unwrap()).unwrap();
        }
        (
            TestProgram { size, ..TestProgram::default() },
            vec![Effect::Connect { ticket: Ticket(0), profile: ProfileId::new("toy") }],
        )
    };
    let log = std::env::var_os(LOG).map(|path| Log { path: path.into(), level: None });
    color_eyre::install().unwrap();
    mspdash::runtime::report(&run_with(start, connect, log)).into()
}
