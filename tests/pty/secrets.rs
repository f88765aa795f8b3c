//! The whole life of two accounts in one home, with real servers and the real program: added, signed in to, asked,
//! looked at, launched from, out of reach, signed out of. Then every secret is looked for in every byte that was
//! printed, drawn, logged, kept, or handed to another program; and everything that was made is for its user alone.

mod env;
mod recording_proxy;
mod trace;

use crate::support::terminal::Terminal;
use env::{Env, Who, told};
use mspdash::client::{Client, ClientConfig};
use mspdash::config::{Config, Flags, Paths, Resolved, Source};
use mspdash::domain::launch::{LaunchAddress, Redacted};
use secrecy::ExposeSecret;
use std::fs;
use std::path::Path;
use trace::Secrets;

/// As good as a secret: most often it is one of another account, or the right one with a slip.
const WRONG: &str = "a-secret-of-something-else-entirely";

/// Told once.
const KEYRING: &str = "there is no keyring";

/// What a child of the program is given: all that others could read of it.
const DUMP: &str = "cat /proc/$$/environ /proc/$$/cmdline /proc/$PPID/cmdline; env";

/// The people and what they are called in a failure.
fn people(env: &mut Env) -> [Who; 3] {
    let europe = env.europe.who("MSP_TECHNICIAN");
    let owner = env.europe.who("OWNER");
    let worldwide = env.worldwide.who("MSP_TECHNICIAN");
    env.secrets.add_credential("the secret of europe", &europe.client_id, &europe.secret);
    env.secrets.add_credential("the secret of the owner", &owner.client_id, &owner.secret);
    env.secrets.add_credential("the secret of worldwide", &worldwide.client_id, &worldwide.secret);
    env.secrets.add("a wrong secret", WRONG);
    [europe, owner, worldwide]
}

/// Three profiles, one for each way to keep a secret that works without a keyring.
fn profiles_are_made(env: &Env, [_, owner, worldwide]: &[Who; 3]) {
    let file = env.europe.credentials.to_str().unwrap();
    env.run(0, &["profile", "add", "europe", "--label", "Europe", "--credentials", file]);
    let url = format!("http://{}", env.proxy.address);
    env.run(0, &["profile", "add", "worldwide", "--server", &url, "--client-id", &worldwide.client_id]);
    env.fed(3, &["login", "worldwide", "--log-level", "trace"], WRONG);
    env.fed(0, &["login", "worldwide", "--log-level", "trace"], &format!("{}\n", worldwide.secret));

    let kept = env.beside("owner");
    fs::write(&kept, &owner.secret).unwrap();
    let (seen, kept) = (env.beside("command.seen"), kept.display().to_string());
    let script = env.script("fetch", &format!("{{ {DUMP}; }} > {}\ncat {kept}", seen.display()));
    let add = ["profile", "add", "house", "--server", &env.europe.url, "--client-id", &owner.client_id];
    env.run(0, &[&add[..], &["--secret-command", &script]].concat());
}

fn commands_are_run(env: &mut Env) {
    let all = env.run(0, &["companies", "list", "--profile", "europe", "--log-level", "trace", "--format", "json"]);
    let all = all.json();
    let active = all.as_array().unwrap().iter().find(|one| one["state"] == "ACTIVE").unwrap();
    let company = active["id"].as_str().unwrap().to_owned();
    for profile in ["worldwide", "house"] {
        env.run(0, &["companies", "list", "--profile", profile, "--log-level", "trace"]);
        env.run(0, &["usage", "--profile", profile, "--log-level", "trace"]);
    }
    let address = env.run(0, &["companies", "launch", &company, "--profile", "europe", "--print"]).out;
    env.secrets.add("a launch that was printed", address.trim().rsplit('/').next().unwrap());
    for args in [
        &["profile", "list"][..],
        &["profile", "list", "--format", "json"],
        &["profile", "test", "--all", "--log-level", "trace"],
        &["profile", "test", "--all", "--format", "json"],
        &["config", "show"],
        &["config", "show", "--format", "json"],
        &["--paths"],
    ] {
        env.run(0, args);
    }
    for args in [&["doctor"][..], &["doctor", "--json"]] {
        assert!(env.run(0, args).out.contains("europe"));
    }

    let (seen, names) = (env.pipe("browser"), ["--profile", "europe", "--log-level", "trace"]);
    let browser = env.script("open", &format!("{{ {DUMP}; }} > {}", seen.display()));
    env.set("BROWSER", &browser);
    env.run(0, &[&["companies", "launch", &company][..], &names].concat());
    browser_was_given_no_more_than_an_address(env, &seen);
}

/// The address has to be on its command line; browsers take it no other way.
fn browser_was_given_no_more_than_an_address(env: &mut Env, pipe: &Path) {
    let seen = told(pipe);
    let text = String::from_utf8_lossy(&seen).into_owned();
    let token = text.split("/launch/").nth(1).expect("an address").split(['\0', '\n']).next().unwrap();
    env.secrets.not_in("what the browser was given", &seen);
    assert!(text.contains("HOME="), "the rest of the surroundings is there:\n{text}");
    assert!(!text.contains("MSPDASH_CLIENT_SECRET"), "{text}");
    env.secrets.add("a launch of the browser", token);
}

fn dashboard_is_used(env: &mut Env, browser: &Path) {
    let all = ["--profile", "europe", "--profile", "worldwide", "--profile", "house", "--log-level", "trace"];
    // The login told it already; as on a machine where nobody was told.
    fs::remove_file(env.home.path().join(".local/share/mspdash/no-keyring-told")).unwrap();
    let mut terminal = env.terminal(&[&all[..], &["--no-browser"]].concat());
    terminal.sees(KEYRING);
    to_brightwater(&mut terminal);
    terminal.keys("l").sees("valid for ").hears(b"\x1b]8;;\x1b\\");
    let shown = String::from_utf8(terminal.raw()).unwrap();
    let token = shown.rsplit("/launch/").map(|rest| rest.split(['\x1b', '\x07', ' ', '\r']).next().unwrap());
    let token = token.filter(|token| token.len() > 20).min_by_key(|token| token.len()).expect("an address").to_owned();
    no_command_line_tells(env, terminal.pid());
    terminal.keys("esc");
    misses(&mut terminal, "valid for ");
    terminal.keys("A").sees("MSP accounts");
    terminal.wait_for("all are loaded", |screen| screen.contents().matches("48  live").count() == 3).keys("esc");
    misses(&mut terminal, "MSP accounts");
    terminal.keys("q");
    assert_eq!(terminal.exit().status, 0);
    env.secrets.not_in("the dashboard's terminal", &terminal.raw());
    // On the screen it had to be; from now on it must not be found.
    env.secrets.add("a launch of the dialog", &token);

    let mut terminal = env.terminal(&all);
    to_brightwater(&mut terminal);
    terminal.keys("l");
    browser_was_given_no_more_than_an_address(env, browser);
    terminal.keys("q");
    assert_eq!(terminal.exit().status, 0);
    env.secrets.not_in("the dashboard's terminal", &terminal.raw());
    assert!(!String::from_utf8_lossy(&terminal.raw()).contains(KEYRING), "that was told");
}

fn to_brightwater(terminal: &mut Terminal) {
    terminal.sees("Brightwater GmbH").keys("c A").sees("MSP accounts");
    // Before it is known who works there, nothing can be launched.
    let all_known = |screen: &str| {
        let count = |text| screen.matches(text).count();
        count("48  live") == 3 && count("· MSP Technicians") == 2
    };
    terminal.wait_for("all are known", |screen| all_known(&screen.contents())).keys("1");
    misses(terminal, "MSP accounts");
    terminal.keys("/").types(b"brightwater").sees("/brightwater").keys("enter");
    terminal
        .wait_for("the company", |screen| screen.contents().contains("▌") && screen.contents().contains("Brightwater"));
}

fn misses(terminal: &mut Terminal, text: &str) {
    terminal.wait_for(&format!("no {text:?}"), |screen| !screen.contents().contains(text));
}

fn no_command_line_tells(env: &Env, pid: i32) {
    let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap();
    assert!(line.windows(7).any(|part| part == b"europe\0"), "the line is that of the dashboard");
    env.secrets.not_in("the command line", &line);
}

/// Asked for in the terminal: neither shown while it is typed nor afterwards.
fn somebody_signs_in_by_hand(env: &Env, worldwide: &Who) {
    for (secret, ends) in [(WRONG, 3), (worldwide.secret.as_str(), 0)] {
        let mut terminal = env.terminal(&["login", "worldwide"]);
        terminal.sees("Secret of ").types(format!("{secret}\r").as_bytes());
        assert_eq!(terminal.exit().status, ends);
        env.secrets.not_in("the terminal of a login", &terminal.raw());
        assert_eq!(terminal.settings(), terminal.before);
    }
    let mut terminal = env.terminal(&["login", "worldwide"]);
    terminal.sees("Secret of ").types(WRONG.as_bytes()).types(b"\x03").sees("Nothing was stored");
    assert_eq!(terminal.exit().status, 2);
    env.secrets.not_in("the terminal of a login that was given up", &terminal.raw());
    assert_eq!(terminal.settings(), terminal.before, "it echoes again");
}

fn one_server_goes_away(env: &mut Env) {
    env.worldwide.close();
    env.run(6, &["companies", "list", "--profile", "worldwide", "--log-level", "trace"]);
    assert!(env.run(1, &["doctor"]).out.contains("worldwide"));
    let mut terminal = env.terminal(&["--profile", "worldwide", "--no-browser", "--log-level", "trace"]);
    terminal.sees("Abalone & Pearl").sees("not connected").keys("q");
    assert_eq!(terminal.exit().status, 0);
    env.secrets.not_in("the terminal of an offline start", &terminal.raw());
}

#[test]
fn no_secret_is_found_in_any_byte_but_those_of_its_one_file_and_everything_is_private() {
    let mut env = Env::open();
    let people = people(&mut env);
    profiles_are_made(&env, &people);
    // Set where they are not needed: children must not get them.
    let [europe, _, worldwide] = &people;
    env.set("MSPDASH_CLIENT_SECRET_EUROPE", &europe.secret);
    env.set("MSPDASH_CLIENT_SECRET_HOUSE", WRONG);
    commands_are_run(&mut env);
    let browser = env.beside("browser");
    dashboard_is_used(&mut env, &browser);
    somebody_signs_in_by_hand(&env, worldwide);
    one_server_goes_away(&mut env);

    let tokens = env.proxy.tokens();
    assert!(tokens.len() > 3, "every run signed in anew: {}", tokens.len());
    for token in &tokens {
        env.secrets.add("a token of the server", token);
    }
    let home = env.home.path();
    let secret_file = |name: &str| home.join(".local/share/mspdash/secrets").join(name);
    let expected = [("europe", "the secret of europe"), ("worldwide", "the secret of worldwide")];
    let expected = expected.map(|(name, secret)| (secret_file(name), vec![secret]));
    assert_eq!(env.secrets.files_below(home), expected);
    let log = fs::read(home.join(".local/state/mspdash/mspdash.log")).unwrap();
    assert!(log.windows(5).any(|part| part == b"DEBUG") && !trace::files(&home.join(".cache/mspdash")).is_empty());
    for site in [&env.europe, &env.worldwide] {
        env.secrets.not_in("the log of the server", &fs::read(site.home.path().join("log")).unwrap());
        assert_eq!(trace::open_to_others(site.home.path()).0, Vec::<String>::new());
    }
    let mut seen = fs::read(env.beside("command.seen")).unwrap();
    env.secrets.not_in("what the secret's command was given", &seen);
    seen.truncate(60_000);
    assert!(!String::from_utf8_lossy(&seen).contains("MSPDASH_CLIENT_SECRET"));

    let (open, count) = trace::open_to_others(home);
    assert_eq!(open, Vec::<String>::new());
    assert!(count > 12, "{count}");

    let run = env.run(0, &["logout", "--all"]);
    assert!(run.out.contains("Removed the kept companies of europe"), "{}", run.out);
    env.run(0, &["profile", "remove", "worldwide", "--yes"]);
    assert_eq!(env.secrets.files_below(env.home.path()), Vec::new());
    assert_eq!(trace::files(&env.home.path().join(".cache/mspdash")), Vec::<std::path::PathBuf>::new());
}

#[test]
fn what_a_crash_report_could_show_of_the_configuration_holds_no_secret() {
    let env = |name: &str| match name {
        "MSPDASH_SERVER" => Some("https://msp.example".to_owned()),
        "MSPDASH_CLIENT_ID" => Some("t".to_owned()),
        "MSPDASH_CLIENT_SECRET" => Some(WRONG.to_owned()),
        _ => None,
    };
    let (flags, paths) = (Flags::default(), Paths::default());
    let config = Config::resolve(&flags, &env, paths.clone(), None).unwrap();
    let Source::Profiles(profiles) = &config.source else { unreachable!("a server is configured") };
    let secret = profiles[0].secret.fetch().unwrap();
    assert_eq!(secret.expose_secret(), WRONG);
    let settled = Resolved::resolve(&flags, &env, paths, None);
    let endpoint = ClientConfig {
        base_url: profiles[0].base_url.clone(),
        account: None,
        client_id: "t".into(),
        client_secret: secret,
        read_only: true,
        ca_file: None,
    };
    let launch = LaunchAddress { uri: Redacted::new(WRONG.to_owned()), expire_time: None };
    let client = Client::new(endpoint.clone()).unwrap();
    let mut secrets = Secrets::default();
    secrets.add("the secret", WRONG);
    for shown in [format!("{config:?} {settled:?}"), format!("{endpoint:?} {launch:?} {client:?}")] {
        secrets.not_in("a report", shown.as_bytes());
    }
}
