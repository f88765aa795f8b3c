//! Linking: a confirmation link is a key, and comes by standard input alone.

use crate::support::home::{Cli, fields};
use std::io::{Read, Write};

const TOKEN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The confirmation link that an owner would copy from the page of a link that was started.
fn confirmation(cli: &Cli) -> (String, String) {
    let links = cli.json(&["links", "list"]);
    let links = links.as_array().unwrap();
    let open = links.iter().find(|link| link["state"] == "REQUESTED").expect("the sample has a link that waits");
    let page = get(open["owner_page_uri"].as_str().unwrap());
    let start = page.find("https://").into_iter().chain(page.match_indices("https://").map(|(at, _)| at));
    let mut texts = start.map(|at| page[at..].split(['"', '<', '\'', ' ']).next().unwrap());
    let link = texts.find(|text| text.contains("/link/")).expect("the page shows the link");
    (open["id"].as_str().unwrap().to_owned(), link.to_owned())
}

/// A page of the loopback, as a browser asks for it.
fn get(address: &str) -> String {
    let (host, path) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

#[test]
fn a_link_is_accepted_from_standard_input_and_cancelled_again() {
    let cli = Cli::open();
    let (id, link) = confirmation(&cli);
    let run = cli.fed(&["links", "accept", "-", "--dry-run", "--format", "json"], &link);
    assert_eq!((run.code, &run.json()["state"]), (0, &"ACCEPTED".into()), "{}", run.err);
    let run = cli.fed(&["links", "accept", "-", "--format", "json"], &format!("  {link}\r\nand more\n"));
    assert_eq!(run.code, 0, "{}", run.err);
    let accepted = run.json();
    let known = "accept_time accepted_by company_id company_name create_time end_time expire_time id owner_page_uri \
                 reason region requested_by state";
    assert_eq!(fields(&accepted), known);
    assert_eq!((&accepted["id"], &accepted["state"]), (&id.as_str().into(), &"ACCEPTED".into()));
    assert!(run.err.contains("has to approve it"), "{}", run.err);
    assert!(!run.out.contains(&link) && !run.err.contains(&link), "the key was printed");
    let run = cli.fed(&["links", "accept", "-"], &link);
    assert_eq!((run.code, run.out.as_str()), (5, ""), "{}", run.err);
    assert_eq!(cli.json(&["links", "cancel", &id])["state"], "CANCELLED");
    let said = cli.refused(5, &["links", "cancel", &id]);
    assert!(said.contains("not open"), "{said}");
    cli.refused(4, &["links", "cancel", TOKEN]);
    let table = cli.run(&["links", "list"]).out;
    assert!(table.starts_with("COMPANY ") && table.contains("CANCELLED"), "{table}");
}

/// A file with a mail, as the Owner sent it.
#[test]
fn a_link_is_found_in_a_mail_and_out_of_its_wrapping() {
    let cli = Cli::open();
    let (id, link) = confirmation(&cli);
    let (first, rest) = link.split_at(30);
    let wrapped = link.replace(':', "%3A").replace('/', "%2F");
    for text in [
        format!("Hello,\r\n\r\nplease accept <{link}>.\r\n\r\nThanks\r\n"),
        format!("{first}\r\n{rest}\r\n"),
        format!("https://eur01.safelinks.protection.outlook.com/?url={wrapped}&data=05%7C02\n"),
    ] {
        let run = cli.fed(&["links", "accept", "-", "--dry-run", "--format", "json"], &text);
        assert_eq!(run.code, 0, "{text}: {}", run.err);
        assert_eq!(run.json()["id"], id.as_str());
    }
    let run = cli.fed(&["links", "accept", "-"], "https://protect-eu.mimecast.com/s/AbCd\n");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("protect-eu.mimecast.com hides the link"), "{}", run.err);
    let other = format!("{link}\nhttps://b.1password.eu/link/{TOKEN}\n");
    let run = cli.fed(&["links", "accept", "-"], &other);
    assert!(run.code == 2 && run.err.contains("several confirmation links"), "{}", run.err);
}

#[test]
fn a_link_on_the_command_line_is_refused_and_not_repeated() {
    let cli = Cli::open();
    let link = format!("https://a.1password.eu/link/{TOKEN}");
    let said = cli.refused(2, &["links", "accept", &link]);
    assert!(said.contains("standard input") && !said.contains(TOKEN), "{said}");
}

#[test]
fn what_is_no_link_is_not_sent_and_what_is_no_good_is_told_apart() {
    let cli = Cli::open();
    for text in ["", "\n", TOKEN, "http://a.1password.eu/link/ABCDEFGHIJKLMNOPQRSTUVWXYZ", "https://two /link/ words"] {
        let run = cli.fed(&["links", "accept", "-"], text);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{text:?}");
        assert!(run.err.contains("has no confirmation link"), "{}", run.err);
        assert!(!run.err.contains(TOKEN), "{}", run.err);
        assert!(!run.err.contains("paste"), "nobody sits there to be asked: {}", run.err);
    }
    for (host, code) in [("a.1password.com", 2), ("a.1password.eu", 4), ("a.evil.example", 2)] {
        let run = cli.fed(&["links", "accept", "-"], &format!("https://{host}/link/{TOKEN}"));
        assert_eq!((run.code, run.out.as_str()), (code, ""), "{host}: {}", run.err);
        let elsewhere = host == "a.1password.com";
        assert_eq!(run.err.contains("only an MSP account of that region"), elsewhere, "{}", run.err);
    }
}
