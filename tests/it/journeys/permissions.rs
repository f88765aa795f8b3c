//! Who may not: read-only by flag and by role, and without multi-factor authentication.

use crate::support::journey::{Backend, Journey, Scenario};
use mspdash::app::command::TABLE;
use mspdash::app::model::Tab;
use mspdash::app::overlay::Overlay;
use mspdash::domain::request::Request;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Listens on the line: everything that goes to the server passes here and is written down.
#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Vec<u8>>>);

impl Wire {
    async fn before(server: SocketAddr) -> (Self, SocketAddr) {
        let wire = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let log = wire.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let log = log.clone();
                tokio::spawn(async move { log.relay(near, server).await });
            }
        });
        (wire, address)
    }

    async fn relay(self, near: TcpStream, server: SocketAddr) {
        let Ok(far) = TcpStream::connect(server).await else { return };
        let (mut from_near, mut to_near) = near.into_split();
        let (mut from_far, mut to_far) = far.into_split();
        let back = tokio::spawn(async move { tokio::io::copy(&mut from_far, &mut to_near).await });
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(count @ 1..) = from_near.read(&mut buffer).await {
            self.0.lock().unwrap().extend_from_slice(&buffer[..count]);
            if to_far.write_all(&buffer[..count]).await.is_err() {
                break;
            }
        }
        back.abort();
    }

    /// Method and path of every request, the sign-in apart.
    fn requests(&self) -> Vec<String> {
        let log = String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned();
        // A body without a line end stands before the next request.
        let line = |line: &str| {
            let line = line.strip_suffix(" HTTP/1.1")?;
            Some(line.trim_start_matches("grant_type=client_credentials").to_owned())
        };
        log.lines().filter_map(line).filter(|line| !line.contains("/oauth2/")).collect()
    }
}

/// Every place: the list, each tab of the company, each of the other screens.
#[derive(Debug, Clone, Copy)]
enum At {
    List,
    Tab(Tab),
    Screen(char),
}

fn everywhere() -> impl Iterator<Item = At> {
    let tabs = Tab::ALL.into_iter().map(At::Tab);
    [At::List].into_iter().chain(tabs).chain(['2', '3', '4', '5'].map(At::Screen))
}

/// Goes there from wherever the last key led; what a row holds is selected.
async fn goes(technician: &mut Journey, to: At) {
    technician.keys("esc esc esc esc esc 1 esc esc esc esc");
    assert!(technician.model.overlays.is_empty(), "{}", technician.screen());
    // Whatever the last key narrowed the list to: a managed company.
    technician.keys("c g");
    match to {
        At::List => {}
        At::Tab(tab) => {
            technician.keys("enter");
            for _ in Tab::ALL {
                if technician.model.tab != tab {
                    technician.keys("]");
                }
            }
            assert_eq!(technician.model.tab, tab);
        }
        At::Screen(number) => {
            technician.keys(&number.to_string());
        }
    }
    technician.settle().await;
}

/// Every key that there is, and every command by its name.
async fn presses_everything(technician: &mut Journey, at: At) {
    let mut keys: Vec<String> = (' '..='~').filter(|c| *c != ' ').map(String::from).collect();
    keys.extend(["enter", "tab", "backtab", "space", "backspace", "del", "f1", "f5", "ctrl-d"].map(str::to_owned));
    for key in &keys {
        goes(technician, at).await;
        // Whatever it opened is tried to be gone through with.
        technician.keys(key);
        goes_through(technician).await;
    }
    for row in &TABLE {
        goes(technician, at).await;
        let label = mspdash::i18n::of(technician.model.options.lang);
        let label = (label.command)(row.command).label;
        technician.keys(":").type_text(label).keys("enter");
        goes_through(technician).await;
    }
}

/// A step that is done is left as it is by Enter alone: of the states, another one is chosen.
async fn goes_through(technician: &mut Journey) {
    let step = matches!(technician.model.overlays.last(), Some(Overlay::Step(_)));
    technician.settle().await.keys(if step { "1 tab enter" } else { "tab enter" }).settle().await;
}

async fn everything_is_pressed_everywhere(scenario: Scenario) {
    let backend = Backend::new(&scenario).await;
    let (wire, address) = Wire::before(backend.address()).await;
    let mut technician = Journey::on(backend, Scenario { through: Some(address), ..scenario }).await;
    for at in everywhere() {
        presses_everything(&mut technician, at).await;
    }
    let requests = wire.requests();
    assert!(requests.len() > 3 && requests.iter().all(|line| line.starts_with("GET ")), "{requests:#?}");
    assert_eq!(technician.writes(), 0, "they are stopped before the gate of the client");
}

#[tokio::test]
async fn in_read_only_mode_no_key_and_no_command_sends_a_write() {
    everything_is_pressed_everywhere(Scenario { read_only: true, ..Scenario::default() }).await;
}

#[tokio::test]
async fn with_a_role_that_may_only_look_no_key_and_no_command_sends_a_write() {
    everything_is_pressed_everywhere(Scenario { role: "VIEW_ONLY", ..Scenario::default() }).await;
}

#[tokio::test]
async fn the_same_keys_do_send_writes_where_they_may() {
    let mut technician = Journey::start().await;
    for at in [At::Tab(Tab::Setup), At::Tab(Tab::People), At::Tab(Tab::Vaults), At::Screen('3')] {
        presses_everything(&mut technician, at).await;
    }
    let asked = |wanted: fn(&Request) -> bool| technician.asked.iter().any(wanted);
    assert!(asked(|request| matches!(request, Request::Launch(_))), "else the tests above hold nothing");
    assert!(asked(|request| matches!(request, Request::EditStep(_))));
    assert!(asked(|request| matches!(request, Request::AddMember(_) | Request::RemoveMember(_))));
    assert!(asked(|request| matches!(request, Request::ChangePerson(_))));
}

#[tokio::test]
async fn read_only_mode_is_on_the_screen_and_every_writing_command_says_why() {
    let mut technician = Journey::with(Scenario { read_only: true, ..Scenario::default() }).await;
    technician.sees("READ ONLY").find("Brightwater GmbH");
    technician.keys("u").told("Unlink – read-only mode is on").keys("l").told("Launch – read-only mode is on");
    technician.keys("enter ]").settle().await.keys("x").told("Change step – read-only mode is on");
}

#[tokio::test]
async fn a_role_that_may_only_look_is_on_the_screen_and_every_writing_command_says_why() {
    let mut technician = Journey::with(Scenario { role: "VIEW_ONLY", ..Scenario::default() }).await;
    technician.sees("READ ONLY").sees("Managed Companies  48").find("Brightwater GmbH");
    technician.keys("u").told("Unlink – your role is view-only").keys("l").told("Launch – your role is view-only");
}

#[tokio::test]
async fn whoever_may_only_look_reads_why_on_every_screen() {
    let mut technician = Journey::with(Scenario { role: "VIEW_ONLY", ..Scenario::default() }).await;
    technician.find("Brightwater GmbH");
    for (keys, told) in [
        ("n", "New company – your role is view-only"),
        ("e", "Edit company – your role is view-only"),
        ("t", "your role is view-only"),
        ("2 p", "your role is view-only"),
        ("3 R", "your role is view-only"),
        ("1 U", "your role is view-only"),
    ] {
        technician.keys(keys).settle().await.told(told).later(60).await;
    }
    assert_eq!(technician.writes(), 0);
}

#[tokio::test]
async fn a_technician_without_multi_factor_authentication_reads_what_to_do() {
    let mut technician = Journey::with(Scenario { role: "NO_MFA", ..Scenario::default() }).await;
    technician.sees("multi-factor authentication").sees("Turn it on").sees_not("Brightwater");
    technician.keys("u l").settle().await;
    assert_eq!(technician.writes(), 0);
}
