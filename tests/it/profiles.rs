//! Profiles from the command line, with the real program and a real server: added, signed in to, tested, listed,
//! signed out. The secret is looked for in every byte that the program prints and writes.

use crate::support::home::{Home, Run, Served};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A home without profiles beside a server.
struct Harness {
    home: Home,
    credentials: PathBuf,
    url: String,
    client_id: String,
    secret: String,
    served: Option<Served>,
    /// The server's own files. Outside of the home: everything in there is searched for secrets.
    _server: Home,
}

impl Harness {
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
    let harness = Harness::open();
    let file = harness.credentials.to_str().unwrap();
    let run =
        harness.run(0, &["profile", "add", "europe", "--label", "Europe", "--colour", "green", "--credentials", file]);
    let kept = harness.secret_file("europe");
    assert!(run.out.contains("Signed in to ") && run.out.contains(&kept.display().to_string()), "{}", run.out);
    assert!(run.err.contains("there is no keyring on this machine"), "{}", run.err);
    assert_eq!(harness.files_with_the_secret(), std::slice::from_ref(&kept));
    assert_eq!((mode(&kept), mode(kept.parent().unwrap())), (0o600, 0o700));

    assert!(harness.run(0, &["companies", "list"]).out.lines().count() > 10);
    let list = harness.run(0, &["profile", "list", "--format", "json"]).json();
    assert_eq!(
        (&list[0]["name"], &list[0]["label"], &list[0]["colour"]),
        (&"europe".into(), &"Europe".into(), &"green".into())
    );
    assert_eq!((&list[0]["secret"], &list[0]["read_only"]), (&"file".into(), &false.into()));
    let tested = harness.run(0, &["profile", "test", "europe", "--format", "json"]).json();
    assert_eq!((&tested[0]["signed_in"], &tested[0]["secret"]), (&true.into(), &"file".into()));
    assert!(tested[0]["region"].is_string() && tested[0]["round_trip_ms"].is_number(), "{tested}");

    let shown = harness.run(0, &["config", "show"]).out;
    assert!(shown.contains("Profile europe (line 1)") && shown.contains("europe: present"), "{shown}");
    let shown = harness.run(0, &["config", "show", "--format", "json", "--log-level", "warn"]).json();
    let places = shown["profiles"][0]["secret_places"].as_array().unwrap().iter();
    let places: Vec<_> =
        places.map(|place| [&place["kind"], &place["presence"]].map(|word| word.as_str().unwrap())).collect();
    assert_eq!(places, [["keyring", "unavailable"], ["file", "present"], ["environment", "absent"]]);
    assert_eq!(shown["profiles"][0]["settings"][0]["source"]["line"], 2);
    let level = shown["settings"].as_array().unwrap().iter().find(|one| one["name"] == "log_level").unwrap();
    assert_eq!((&level["value"], &level["source"]["name"]), (&"warn".into(), &"--log-level".into()));

    harness.run(2, &["profile", "remove", "europe"]);
    harness.run(0, &["profile", "remove", "europe", "--yes"]);
    assert!(harness.files_with_the_secret().is_empty() && !kept.exists());
    assert_eq!(harness.run(0, &["profile", "list", "--format", "json"]).json(), Value::Array(Vec::new()));
}

#[test]
fn login_tries_the_secret_of_standard_input_before_it_is_stored() {
    let harness = Harness::open();
    let next = harness.add("europe");
    assert!(next.out.ends_with("Next: mspdash login europe\n"), "{}", next.out);
    let run = harness.run(3, &["companies", "list"]);
    assert!(run.err.contains("Run: mspdash login europe"), "{}", run.err);
    let run = harness.fed(3, &["login", "europe"], "wrong\n");
    assert!(run.err.contains("rejected your credentials") && run.err.contains("Nothing was stored"), "{}", run.err);
    assert!(!harness.secret_file("europe").exists());
    for input in ["", "\n", "a\u{1b}b\n"] {
        assert!(harness.fed(2, &["login", "europe"], input).err.contains("Nothing was stored"));
    }
    let run = harness.fed(0, &["login"], &format!("\u{feff}\"{}\"\r\n", harness.secret));
    assert!(run.out.contains("Signed in to "), "{}", run.out);
    assert_eq!(harness.files_with_the_secret(), [harness.secret_file("europe")]);
    let run = harness.fed(2, &["login", "europe", "--store", "keyring"], &harness.secret);
    assert!(run.err.contains("there is no keyring") && run.err.contains("--store file"), "{}", run.err);
    let run = harness.run(0, &["logout", "--all"]);
    assert!(run.out.contains("Removed the secret of europe"), "{}", run.out);
    assert!(harness.files_with_the_secret().is_empty());
    assert!(harness.run(0, &["logout", "europe"]).err.contains("there was no secret"));
}

#[test]
fn login_adds_a_profile_that_is_not_there_and_writes_nothing_when_the_secret_is_wrong() {
    let harness = Harness::open();
    let args = ["login", "canada", "--server", &harness.url, "--client-id", &harness.client_id];
    harness.fed(3, &args, "wrong");
    assert!(!harness.at(".config/mspdash/config.toml").exists());
    harness.fed(0, &args, &harness.secret);
    assert!(harness.run(2, &["login", "mars"]).err.contains("There are: canada"));
    let config = fs::read_to_string(harness.at(".config/mspdash/config.toml")).unwrap();
    assert!(config.contains("[profiles.canada]"), "{config}");
    harness.run(2, &args);
}

#[test]
fn a_server_out_of_reach_stores_nothing_unless_it_is_said_so() {
    let mut harness = Harness::open();
    harness.add("europe");
    harness.served.take();
    let run = harness.fed(6, &["login", "europe"], &harness.secret);
    assert!(run.err.contains("--unchecked") && harness.files_with_the_secret().is_empty(), "{}", run.err);
    harness.fed(0, &["login", "europe", "--unchecked"], &harness.secret);
    assert_eq!(harness.files_with_the_secret(), [harness.secret_file("europe")]);
    let run = harness.run(6, &["profile", "test", "--all"]);
    assert!(run.out.contains("europe") && run.err.contains("europe: Can't sign in"), "{}{}", run.out, run.err);
}

#[test]
fn a_secret_that_others_can_read_is_refused_with_the_fix_and_a_command_or_variable_can_give_it() {
    let harness = Harness::open();
    harness.add("europe");
    harness.fed(0, &["login", "europe"], &harness.secret);
    let kept = harness.secret_file("europe");
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o644)).unwrap();
    let run = harness.run(3, &["companies", "list"]);
    assert!(run.err.contains(&format!("chmod 600 {}", kept.display())), "{}", run.err);
    assert!(harness.run(0, &["config", "show"]).out.contains("chmod 600"));
    fs::remove_file(&kept).unwrap();

    let mut command = harness.command(&["profile", "test", "--format", "json"]);
    command.env("MSPDASH_CLIENT_SECRET_EUROPE", &harness.secret);
    assert_eq!(harness.ran(command, 0).json()[0]["secret"], "environment");

    let script = "head -c -0 \"$1\"; test -z \"${MSPDASH_CLIENT_SECRET_EUROPE+set}\"";
    let file = harness.at("credentials.json");
    let secret = file.with_file_name("for-command");
    fs::write(&secret, &harness.secret).unwrap();
    let add = ["profile", "add", "other", "--server", &harness.url, "--client-id", &harness.client_id, "--read-only"];
    let tail = ["--secret-command", "sh", "-c", script, "sh", secret.to_str().unwrap()];
    harness.run(0, &[&add[..], &tail].concat());
    let mut command = harness.command(&["profile", "test", "other", "--format", "json"]);
    command.env("MSPDASH_CLIENT_SECRET_EUROPE", &harness.secret);
    assert_eq!(harness.ran(command, 0).json()[0]["secret"], "command");
    let said = harness.fed(2, &["login", "other"], &harness.secret).err;
    assert!(said.contains("it comes from keyring, command sh"), "{said}");
}

#[test]
fn commands_say_which_profiles_there_are_and_profile_add_refuses_what_cannot_be() {
    let harness = Harness::open();
    harness.add("europe");
    harness.run(0, &["profile", "add", "canada", "--server", "https://ca.example", "--client-id", "c"]);
    assert!(harness.run(2, &["companies", "list"]).err.contains("--profile NAME: europe, canada"));
    assert!(harness.run(2, &["--profile", "mars", "companies", "list"]).err.contains("There are: europe, canada"));
    for (args, said) in [
        (&["profile", "add", "europe", "--server", "https://e.example", "--client-id", "e"][..], "already"),
        (&["profile", "add", "a b", "--server", "https://e.example", "--client-id", "e"], "letters, digits"),
        (&["profile", "add", "far", "--server", "http://far.example", "--client-id", "e"], "https is required"),
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
        let run = harness.run(2, args);
        assert!(run.err.contains(said) && !run.err.contains("hush"), "{args:?}: {}", run.err);
    }
    let config = fs::read_to_string(harness.at(".config/mspdash/config.toml")).unwrap();
    assert_eq!(config.matches("[profiles.").count(), 2, "{config}");
}

#[test]
fn a_keyring_that_never_answers_is_left_alone() {
    let harness = Harness::open();
    harness.add("europe");
    let socket = harness.credentials.with_file_name("bus");
    // Takes connections, and never says a word.
    let _bus = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let mut command = harness.command(&["login", "europe"]);
    command
        .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", socket.display()))
        .write_stdin(harness.secret.as_str());
    let run = harness.ran(command, 0);
    assert!(run.err.contains("there is no keyring on this machine (it does not answer)"), "{}", run.err);
    assert_eq!(harness.secret_file("europe").metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_list_over_all_profiles_names_the_profile_and_one_that_fails_hides_none_of_the_others() {
    let harness = Harness::open();
    harness.add("europe");
    let list = ["companies", "list", "--all-profiles", "--limit", "2", "--format", "json"];
    assert!(harness.run(3, &list).out.is_empty(), "no secret, no list");
    harness.fed(0, &["login", "europe"], &harness.secret);
    let owner = ["profile", "add", "house", "--as", "owner", "--credentials", harness.credentials.to_str().unwrap()];
    harness.run(0, &owner);
    let both = harness.run(0, &list).json();
    let profiles = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|row| row["profile"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(profiles(&both), ["europe", "europe", "house", "house"]);
    assert!(both[0]["seats"]["filled"].is_number(), "the rest is as in a list of one: {both}");
    let table = harness.run(0, &["companies", "list", "--all-profiles", "--profile", "house"]).out;
    assert!(
        table.starts_with("PROFILE  COMPANY") && table.contains("\nhouse    ") && !table.contains("europe"),
        "{table}"
    );
    for list in ["links", "recoveries"] {
        let all = harness.run(0, &[list, "list", "--all-profiles", "--format", "json"]).json();
        assert!(profiles(&all).contains(&"house".to_owned()), "{list}: {all}");
    }

    // Nobody listens there.
    let away = ["profile", "add", "away", "--server", "http://127.0.0.1:9", "--client-id", "c"];
    harness.run(0, &away);
    harness.fed(0, &["login", "away", "--unchecked"], "of-another-server");
    let run = harness.run(6, &list);
    assert_eq!(profiles(&run.json()), profiles(&both));
    assert!(run.err.contains("away: Can't sign in: connection refused"), "{}", run.err);

    harness.run(0, &["profile", "remove", "away", "--yes"]);
    let config = harness.at(".config/mspdash/config.toml");
    let text = fs::read_to_string(&config).unwrap() + "\n[profiles.torn]\nclient_id = 't'\n";
    fs::write(&config, text).unwrap();
    let run = harness.run(2, &list);
    assert_eq!(profiles(&run.json()), profiles(&both), "one that is left out has no rows, and that shows");
}
