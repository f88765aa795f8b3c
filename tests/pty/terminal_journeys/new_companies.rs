//! A company comes, in a real terminal: from the form, from a link that is pasted, from a server that is killed
//! while it saves.

use super::dashboard::{self, Home};
use super::server::Server;
use crate::support::terminal::Terminal;
use rustix::process::Signal;
use std::io::{Read, Write as _};
use std::net::TcpStream;

const NEW: &str = "Nordlicht Segel AG";
const OUTSIDE: &str = "Kaufhaus Seestern GmbH";

/// Fills the form of a new company; the focus is on *Save*.
fn fills_the_form(terminal: &mut Terminal) {
    terminal.keys("n").sees("Add a new company").keys("enter").sees("Website").types(NEW.as_bytes()).sees(NEW);
    terminal.keys("tab tab").types(b"germ").sees("Germany").keys("enter").types(b"Am Deich 1").keys("tab tab");
    terminal.types(b"24837").keys("tab").types(b"Schleswig").sees("Schleswig").keys("tab tab tab");
}

#[test]
fn a_company_is_added_from_the_form_and_is_there_at_the_next_start() {
    let home = Home::new();
    let mut terminal = home.start(120, 36);
    terminal.sees("● live");
    fills_the_form(&mut terminal);
    terminal.keys("enter").sees("Nordlicht Segel AG was added").sees("Launch now and start the setup").keys("enter");
    terminal
        .sees("Launch Nordlicht Segel AG")
        .sees("valid for ")
        .keys("esc")
        .sees("0 of 5 done")
        .keys("x enter")
        .sees("groups and vaults”");
    terminal.keys("esc").sees("Managed Companies  49").keys("q");
    assert_eq!(terminal.exit().status, 0);
    let mut terminal = home.start(80, 24);
    terminal.sees("Managed Companies  49");
    dashboard::find(&mut terminal, "nordlicht", NEW);
    terminal.keys("enter").sees("24837 Schleswig").sees("1password.eu");
}

#[test]
fn a_server_killed_while_it_saves_leaves_the_text_and_then_makes_one_company() {
    let (home, mut server) = (Home::new(), Server::start());
    let mut terminal = Terminal::spawn(home.command(&["--no-browser", "--credentials", server.credentials()]), 120, 36);
    terminal.sees("● live");
    fills_the_form(&mut terminal);
    server.signal(Signal::STOP);
    terminal.keys("enter").sees("saving");
    server.kill();
    // Which of them depends on how far the request had come: whether it had left, the program knows, not the test.
    let said = ["Unknown whether the company was added", "Can't add the company"];
    terminal.wait_for("a failed try", |screen| said.iter().any(|said| screen.contents().contains(said)));
    terminal.sees(NEW).sees("Am Deich 1").sees("24837").sees("Schleswig");
    server.start_again();
    // The answer may have been lost after the company was made: whatever the list says, it is the same intent.
    terminal.keys("enter").sees("Nordlicht Segel AG was added").sees("Launch now").keys("esc");
    terminal.wait_for("no dialog", |screen| !screen.contents().contains("Launch now"));
    terminal.sees("Managed Companies  49").keys("q");
    assert_eq!(terminal.exit().status, 0);
    let mut terminal = Terminal::spawn(home.command(&["--no-browser", "--credentials", server.credentials()]), 120, 36);
    terminal.sees("● live").sees("Managed Companies  49");
    dashboard::find(&mut terminal, "nordlicht", NEW);
}

#[test]
fn a_link_is_pasted_whole_even_where_a_mail_program_broke_it() {
    let (home, server) = (Home::new(), Server::start());
    let mut terminal = Terminal::spawn(home.command(&["--no-browser", "--credentials", server.credentials()]), 120, 36);
    terminal.sees("● live").keys("n j enter").sees("Confirmation link");
    // Pasted line ends are no Enter: nothing is sent by a paste alone.
    terminal.types(b"\x1b[200~https://a.1password.com/link/\nAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n\x1b[201~").sees("AAAA••••");
    terminal.keys("enter").sees("This company is in 1password.com").keys("ctrl-u");
    let link = owner_starts(&server, OUTSIDE);
    let (front, back) = link.split_at(40);
    terminal
        .types(format!("\x1b[200~ {front}\r\n{back}\n\x1b[201~").as_bytes())
        .sees(&format!("••••{}", &link[link.len() - 4..]));
    terminal.keys("enter").sees("waiting for an Owner of the company").sees(OUTSIDE);
}

/// The Owner of this company starts a link on the page of the server.
fn owner_starts(server: &Server, company: &str) -> String {
    let desk = http(server, "GET /owner", "");
    let row = desk.split(company).nth(1).expect("the company");
    let field =
        |name: &str| row.split(name).nth(1).unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = format!("form={}&account={}", field("name=\"form\""), field("name=\"account\""));
    let answer = http(server, "POST /owner/links", &fields);
    let page = answer.lines().find_map(|line| line.strip_prefix("location: ")).expect("the page of the link");
    let page = http(server, &format!("GET {page}"), "");
    let link = page.split("readonly value=\"").nth(1).expect("the link");
    link.split('"').next().unwrap().to_owned()
}

/// Head and body of what the server answers.
fn http(server: &Server, what: &str, form: &str) -> String {
    let host = server.host();
    let mut stream = TcpStream::connect(&host).unwrap();
    let kind = if form.is_empty() { "" } else { "content-type: application/x-www-form-urlencoded\r\n" };
    let length = form.len();
    write!(
        stream,
        "{what} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{kind}content-length: {length}\r\n\r\n{form}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
