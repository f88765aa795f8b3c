//! Profiles from the command line, with the real program and a real server: added, signed in to, tested, listed,
//! signed out. The secret is looked for in every byte that the program prints and writes.
#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly, its support too")]

#[path = "cli/home.rs"]
#[expect(dead_code, reason = "shared with the tests of the command line")]
mod home;
#[path = "support/mock.rs"]
#[expect(dead_code, reason = "shared with the tests of the client")]
mod mock;

use home::{Home, Run, Served};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A home without profiles beside a server.
struct Desk {
    home: Home,
    credentials: PathBuf,
    url: String,
    client_id: String,
    secret: String,
    served: Option<Served>,
    /// The server's own files. Outside of the home: everything in there is searched for secrets.
    _server: Home,
}

impl Desk {
    fn open() -> Self {
        let home = Home::new();
        let beside = Home::new();
        let credentials = home.dir.path().join("credentials.json");
        let served = Served::start(&beside, &credentials);
        let file: Value = serde_json::from_str(&fs::read_to_string(&credentials).unwrap()).unwrap();
        let technician = file["credentials"].as_array().unwrap().iter();
        let technician = technician.clone().find(|one| one["role"] == "MSP_TECHNICIAN").unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let (client_id, secret) = (text(&technician["client_id"]), text(&technician["client_secret"]));
        let url = text(&file["base_url"]);
        Self { home, credentials, url, client_id, secret, served: Some(served), _server: beside }
    }

    fn command(&self, args: &[&str]) -> assert_cmd::Command {
        let mut command = self.home.command(args);
        // A machine without a keyring, whatever this one has.
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent").env("PATH", "/usr/bin:/bin");
        command
    }

    #[track_caller]
    fn ran(&self, command: assert_cmd::Command, code: i32) -> Run {
        let run = Run::of(command);
        assert!(!run.out.contains(&self.secret) && !run.err.contains(&self.secret), "a secret was printed");
        assert_eq!(run.code, code, "{}{}", run.out, run.err);
        run
    }

    #[track_caller]
    fn run(&self, code: i32, args: &[&str]) -> Run {
        self.ran(self.command(args), code)
    }

    #[track_caller]
    fn fed(&self, code: i32, args: &[&str], input: &str) -> Run {
        let mut command = self.command(args);
        command.write_stdin(input);
        self.ran(command, code)
    }

    fn add(&self, name: &str) -> Run {
        self.run(0, &["profile", "add", name, "--server", &self.url, "--client-id", &self.client_id])
    }

    fn at(&self, path: &str) -> PathBuf {
        self.home.dir.path().join(path)
    }

    fn secret_file(&self, name: &str) -> PathBuf {
        self.at(".local/share/mspdash/secrets").join(name)
    }

    /// Every file of the home that holds the secret, but for the credentials file of the server.
    fn files_with_the_secret(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        search(self.home.dir.path(), self.secret.as_bytes(), &mut found);
        found.retain(|path| *path != self.credentials);
        found
    }
}

fn search(dir: &Path, secret: &[u8], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            search(&entry.path(), secret, found);
        } else if fs::read(entry.path()).unwrap().windows(secret.len()).any(|part| part == secret) {
            found.push(entry.path());
        }
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_profile_from_a_credentials_file_works_from_then_on_and_its_secret_lies_in_one_private_file() {
    let desk = Desk::open();
    let file = desk.credentials.to_str().unwrap();
    let run =
        desk.run(0, &["profile", "add", "europe", "--label", "Europe", "--colour", "green", "--credentials", file]);
    let kept = desk.secret_file("europe");
    assert!(run.out.contains("Signed in to ") && run.out.contains(&kept.display().to_string()), "{}", run.out);
    assert!(run.err.contains("there is no keyring on this machine"), "{}", run.err);
    assert_eq!(desk.files_with_the_secret(), std::slice::from_ref(&kept));
    assert_eq!((mode(&kept), mode(kept.parent().unwrap())), (0o600, 0o700));

    assert!(desk.run(0, &["companies", "list"]).out.lines().count() > 10);
    let list = desk.run(0, &["profile", "list", "--format", "json"]).json();
    assert_eq!(
        (&list[0]["name"], &list[0]["label"], &list[0]["colour"]),
        (&"europe".into(), &"Europe".into(), &"green".into())
    );
    assert_eq!((&list[0]["secret"], &list[0]["read_only"]), (&"file".into(), &false.into()));
    let tested = desk.run(0, &["profile", "test", "europe", "--format", "json"]).json();
    assert_eq!((&tested[0]["signed_in"], &tested[0]["secret"]), (&true.into(), &"file".into()));
    assert!(tested[0]["region"].is_string() && tested[0]["round_trip_ms"].is_number(), "{tested}");

    let shown = desk.run(0, &["config", "show"]).out;
    assert!(shown.contains("Profile europe (line 1)") && shown.contains("europe: present"), "{shown}");
    let shown = desk.run(0, &["config", "show", "--format", "json", "--log-level", "warn"]).json();
    let places = shown["profiles"][0]["secret_places"].as_array().unwrap().iter();
    let places: Vec<_> =
        places.map(|place| [&place["kind"], &place["presence"]].map(|word| word.as_str().unwrap())).collect();
    assert_eq!(places, [["keyring", "unavailable"], ["file", "present"], ["environment", "absent"]]);
    assert_eq!(shown["profiles"][0]["settings"][0]["source"]["line"], 2);
    let level = shown["settings"].as_array().unwrap().iter().find(|one| one["name"] == "log_level").unwrap();
    assert_eq!((&level["value"], &level["source"]["name"]), (&"warn".into(), &"--log-level".into()));

    desk.run(2, &["profile", "remove", "europe"]);
    desk.run(0, &["profile", "remove", "europe", "--yes"]);
    assert!(desk.files_with_the_secret().is_empty() && !kept.exists());
    assert_eq!(desk.run(0, &["profile", "list", "--format", "json"]).json(), Value::Array(Vec::new()));
}

#[test]
fn login_tries_the_secret_of_standard_input_before_it_is_stored() {
    let desk = Desk::open();
    let next = desk.add("europe");
    assert!(next.out.ends_with("Next: mspdash login europe\n"), "{}", next.out);
    let run = desk.run(3, &["companies", "list"]);
    assert!(run.err.contains("Run: mspdash login europe"), "{}", run.err);
    let run = desk.fed(3, &["login", "europe"], "wrong\n");
    assert!(
        run.err.contains("does not accept the credential") && run.err.contains("Nothing was stored"),
        "{}",
        run.err
    );
    assert!(!desk.secret_file("europe").exists());
    for input in ["", "\n", "a\u{1b}b\n"] {
        assert!(desk.fed(2, &["login", "europe"], input).err.contains("Nothing was stored"));
    }
    let run = desk.fed(0, &["login"], &format!("\u{feff}\"{}\"\r\n", desk.secret));
    assert!(run.out.contains("Signed in to "), "{}", run.out);
    assert_eq!(desk.files_with_the_secret(), [desk.secret_file("europe")]);
    let run = desk.fed(2, &["login", "europe", "--store", "keyring"], &desk.secret);
    assert!(run.err.contains("there is no keyring") && run.err.contains("--store file"), "{}", run.err);
    let run = desk.run(0, &["logout", "--all"]);
    assert!(run.out.contains("Removed the secret of europe"), "{}", run.out);
    assert!(desk.files_with_the_secret().is_empty());
    assert!(desk.run(0, &["logout", "europe"]).err.contains("there was no secret"));
}

#[test]
fn login_adds_a_profile_that_is_not_there_and_writes_nothing_when_the_secret_is_wrong() {
    let desk = Desk::open();
    let args = ["login", "canada", "--server", &desk.url, "--client-id", &desk.client_id];
    desk.fed(3, &args, "wrong");
    assert!(!desk.at(".config/mspdash/config.toml").exists());
    desk.fed(0, &args, &desk.secret);
    assert!(desk.run(2, &["login", "mars"]).err.contains("There are: canada"));
    let config = fs::read_to_string(desk.at(".config/mspdash/config.toml")).unwrap();
    assert!(config.contains("[profiles.canada]"), "{config}");
    desk.run(2, &args);
}

#[test]
fn a_server_out_of_reach_stores_nothing_unless_it_is_said_so() {
    let mut desk = Desk::open();
    desk.add("europe");
    desk.served.take();
    let run = desk.fed(6, &["login", "europe"], &desk.secret);
    assert!(run.err.contains("--unchecked") && desk.files_with_the_secret().is_empty(), "{}", run.err);
    desk.fed(0, &["login", "europe", "--unchecked"], &desk.secret);
    assert_eq!(desk.files_with_the_secret(), [desk.secret_file("europe")]);
    let run = desk.run(6, &["profile", "test", "--all"]);
    assert!(run.out.contains("europe") && run.err.contains("europe: Could not sign in"), "{}{}", run.out, run.err);
}

#[test]
fn a_secret_that_others_can_read_is_refused_with_the_fix_and_a_command_or_variable_can_give_it() {
    let desk = Desk::open();
    desk.add("europe");
    desk.fed(0, &["login", "europe"], &desk.secret);
    let kept = desk.secret_file("europe");
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o644)).unwrap();
    let run = desk.run(3, &["companies", "list"]);
    assert!(run.err.contains(&format!("chmod 600 {}", kept.display())), "{}", run.err);
    assert!(desk.run(0, &["config", "show"]).out.contains("chmod 600"));
    fs::remove_file(&kept).unwrap();

    let mut command = desk.command(&["profile", "test", "--format", "json"]);
    command.env("MSPDASH_CLIENT_SECRET_EUROPE", &desk.secret);
    assert_eq!(desk.ran(command, 0).json()[0]["secret"], "environment");

    let script = "head -c -0 \"$1\"; test -z \"${MSPDASH_CLIENT_SECRET_EUROPE+set}\"";
    let file = desk.at("credentials.json");
    let secret = file.with_file_name("for-command");
    fs::write(&secret, &desk.secret).unwrap();
    let add = ["profile", "add", "other", "--server", &desk.url, "--client-id", &desk.client_id, "--read-only"];
    let tail = ["--secret-command", "sh", "-c", script, "sh", secret.to_str().unwrap()];
    desk.run(0, &[&add[..], &tail].concat());
    let mut command = desk.command(&["profile", "test", "other", "--format", "json"]);
    command.env("MSPDASH_CLIENT_SECRET_EUROPE", &desk.secret);
    assert_eq!(desk.ran(command, 0).json()[0]["secret"], "command");
    let said = desk.fed(2, &["login", "other"], &desk.secret).err;
    assert!(said.contains("it comes from keyring, command sh"), "{said}");
}

#[test]
fn commands_say_which_profiles_there_are_and_profile_add_refuses_what_cannot_be() {
    let desk = Desk::open();
    desk.add("europe");
    desk.run(0, &["profile", "add", "canada", "--server", "https://ca.example", "--client-id", "c"]);
    assert!(desk.run(2, &["companies", "list"]).err.contains("--profile NAME: europe, canada"));
    assert!(desk.run(2, &["--profile", "mars", "companies", "list"]).err.contains("There are: europe, canada"));
    for (args, said) in [
        (&["profile", "add", "europe", "--server", "https://e.example", "--client-id", "e"][..], "already"),
        (&["profile", "add", "a b", "--server", "https://e.example", "--client-id", "e"], "letters, digits"),
        (&["profile", "add", "far", "--server", "http://far.example", "--client-id", "e"], "https is needed"),
        (
            &["profile", "add", "far", "--server", "https://u:hush@far.example", "--client-id", "e"],
            "user name or password",
        ),
        (&["profile", "add", "far", "--server", "nonsense", "--client-id", "e"], "has to be an address"),
        (&["profile", "add", "far"], "--server URL and --client-id ID"),
        (&["profile", "add", "far", "--server", "https://f.example", "--client-id", "e", "--colour", "pink"], "blue"),
        (&["profile", "test", "mars"], "There are: europe, canada"),
        (&["logout"], "--profile NAME"),
    ] {
        let run = desk.run(2, args);
        assert!(run.err.contains(said) && !run.err.contains("hush"), "{args:?}: {}", run.err);
    }
    let config = fs::read_to_string(desk.at(".config/mspdash/config.toml")).unwrap();
    assert_eq!(config.matches("[profiles.").count(), 2, "{config}");
}

#[test]
fn a_keyring_that_never_answers_is_left_alone() {
    let desk = Desk::open();
    desk.add("europe");
    let socket = desk.credentials.with_file_name("bus");
    // Takes connections, and never says a word.
    let _bus = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let mut command = desk.command(&["login", "europe"]);
    command
        .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", socket.display()))
        .write_stdin(desk.secret.as_str());
    let run = desk.ran(command, 0);
    assert!(run.err.contains("there is no keyring on this machine (it does not answer)"), "{}", run.err);
    assert_eq!(desk.secret_file("europe").metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_list_over_all_profiles_names_the_profile_and_one_that_fails_hides_none_of_the_others() {
    let desk = Desk::open();
    desk.add("europe");
    let list = ["companies", "list", "--all-profiles", "--limit", "2", "--format", "json"];
    assert!(desk.run(3, &list).out.is_empty(), "no secret, no list");
    desk.fed(0, &["login", "europe"], &desk.secret);
    let owner = ["profile", "add", "house", "--as", "owner", "--credentials", desk.credentials.to_str().unwrap()];
    desk.run(0, &owner);
    let both = desk.run(0, &list).json();
    let profiles = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|row| row["profile"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(profiles(&both), ["europe", "europe", "house", "house"]);
    assert!(both[0]["seats"]["filled"].is_number(), "the rest is as in a list of one: {both}");
    let table = desk.run(0, &["companies", "list", "--all-profiles", "--profile", "house"]).out;
    assert!(
        table.starts_with("PROFILE  COMPANY") && table.contains("\nhouse    ") && !table.contains("europe"),
        "{table}"
    );
    for list in ["links", "recoveries"] {
        let all = desk.run(0, &[list, "list", "--all-profiles", "--format", "json"]).json();
        assert!(profiles(&all).contains(&"house".to_owned()), "{list}: {all}");
    }

    // Nobody listens there.
    let away = ["profile", "add", "away", "--server", "http://127.0.0.1:9", "--client-id", "c"];
    desk.run(0, &away);
    desk.fed(0, &["login", "away", "--unchecked"], "of-another-server");
    let run = desk.run(6, &list);
    assert_eq!(profiles(&run.json()), profiles(&both));
    assert!(run.err.contains("away: Could not sign in: nobody listens"), "{}", run.err);

    desk.run(0, &["profile", "remove", "away", "--yes"]);
    let config = desk.at(".config/mspdash/config.toml");
    let text = fs::read_to_string(&config).unwrap() + "\n[profiles.torn]\nclient_id = 't'\n";
    fs::write(&config, text).unwrap();
    let run = desk.run(2, &list);
    assert_eq!(profiles(&run.json()), profiles(&both), "one that is left out has no rows, and that shows");
}
