//! Layers, partly described servers, and files that must not be taken.

mod files;
mod profiles;

use super::*;
use crate::domain::id::AccountId;
use secrecy::ExposeSecret;
use std::fs;
use std::os::unix::fs::PermissionsExt;

const FILE: &str = r#"{"base_url": "http://127.0.0.1:4815", "account_id": "ACC", "credentials": [
    {"display_name": "Olive", "role": "OWNER", "client_id": "o", "client_secret": "hush-o"},
    {"display_name": "Tim", "role": "MSP_TECHNICIAN", "client_id": "t", "client_secret": "hush-t"}]}"#;

pub(super) struct Harness {
    pub dir: tempfile::TempDir,
    env: Vec<(&'static str, &'static str)>,
    locale: Option<&'static str>,
}

impl Harness {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), env: Vec::new(), locale: None }
    }

    pub fn env(mut self, env: &[(&'static str, &'static str)]) -> Self {
        self.env = env.to_vec();
        self
    }

    pub fn write(&self, name: &str, text: &str, mode: u32) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    pub fn config(&self, text: &str) -> &Self {
        self.write("config.toml", text, 0o644);
        self
    }

    pub fn resolve(&self, flags: &Flags) -> Result<Config, Problem> {
        Config::resolve(flags, &|name| self.variable(name), self.paths(), self.locale)
    }

    pub fn resolved(&self, flags: &Flags) -> Resolved {
        Resolved::resolve(flags, &|name| self.variable(name), self.paths(), self.locale)
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    fn paths(&self) -> Paths {
        Paths {
            config_file: Some(self.dir.path().join("config.toml")),
            data_dir: Some(self.dir.path().join("data")),
            cache_dir: Some(self.dir.path().join("cache")),
            log_file: Some(self.dir.path().join("state/mspdash.log")),
        }
    }

    fn remote(&self, flags: &Flags) -> Profile {
        match self.resolve(flags).unwrap().source {
            Source::Profiles(mut profiles) => profiles.remove(0),
            Source::Embedded { .. } | Source::Own { .. } => panic!("embedded"),
        }
    }
}

fn hush(profile: &Profile) -> String {
    profile.secret.fetch().unwrap().expose_secret().to_owned()
}

const WHOLE: [(&str, &str); 3] = [(SERVER, "https://env.example"), (CLIENT_ID, "env-id"), (CLIENT_SECRET, "env-hush")];

#[test]
fn with_nothing_said_the_sample_workspace_runs() {
    let config = Harness::new().resolve(&Flags::default()).unwrap();
    let Source::Embedded { fresh, sample_size, role } = config.source else { panic!("remote") };
    assert_eq!((fresh, sample_size, role.as_str()), (false, 48, "MSP_TECHNICIAN"));
    assert_eq!((config.read_only, config.lang, config.log_level.as_str()), (false, Lang::En, "info"));
    assert_eq!(config.notices, []);
}

#[test]
fn flags_stand_above_the_environment_and_that_above_the_file() {
    let harness = Harness::new().env(&WHOLE);
    harness.config("server = 'https://file.example'\nclient_id = 'file-id'\nlang = 'de'\nlog_level = 'debug'\n");
    let remote = harness.remote(&Flags::default());
    assert_eq!((remote.base_url.as_str(), remote.client_id.as_str()), ("https://env.example/", "env-id"));
    let flags = Flags { server: Some("https://flag.example".into()), lang: Some(Lang::En), ..Flags::default() };
    assert_eq!(harness.remote(&flags).base_url.as_str(), "https://flag.example/");
    assert_eq!(harness.resolve(&flags).unwrap().lang, Lang::En);
    assert_eq!(harness.resolve(&Flags::default()).unwrap().lang, Lang::De);

    let harness = Harness::new().env(&[(CLIENT_SECRET, "env-hush")]);
    harness.config("server = 'https://file.example'\nclient_id = 'file-id'\n");
    let remote = harness.remote(&Flags::default());
    assert_eq!((remote.base_url.as_str(), remote.client_id.as_str()), ("https://file.example/", "file-id"));
    assert_eq!(hush(&remote), "env-hush");
}

#[test]
fn a_server_that_is_only_half_described_names_what_is_missing() {
    let names = [SERVER, CLIENT_ID, CLIENT_SECRET];
    let parts = [Missing::Server, Missing::ClientId, Missing::ClientSecret];
    for set in 1..7_u8 {
        let given = |at: usize| set & (1 << at) != 0;
        let env: Vec<_> = WHOLE.into_iter().enumerate().filter(|(at, _)| given(*at)).map(|(_, pair)| pair).collect();
        let problem = Harness::new().env(&env).resolve(&Flags::default()).unwrap_err();
        let missing = (0..3).filter(|at| !given(*at)).map(|at| parts[at]).collect();
        assert_eq!(problem, Problem::Incomplete { missing });
        let sentence = problem.to_string();
        for (at, name) in names.into_iter().enumerate() {
            assert_eq!(sentence.contains(name), !given(at), "{name} in {sentence}");
        }
        assert!(!sentence.contains("env-hush"));
    }
    let empty = Harness::new().env(&[(SERVER, ""), (CLIENT_ID, "  ")]);
    assert!(matches!(empty.resolve(&Flags::default()).unwrap().source, Source::Embedded { .. }));
}

#[test]
fn the_credentials_file_gives_the_role_that_is_asked_for() {
    let harness = Harness::new();
    let credentials = Some(harness.write("credentials.json", FILE, 0o600));
    let remote = harness.remote(&Flags { credentials: credentials.clone(), ..Flags::default() });
    assert_eq!((remote.client_id.as_str(), remote.account.as_ref().map(AccountId::as_str)), ("t", Some("ACC")));
    assert!(!format!("{remote:?}").contains("hush"));
    for role in ["owner", "OWNER"] {
        let flags = Flags { credentials: credentials.clone(), role: Some(role.into()), ..Flags::default() };
        assert_eq!(hush(&harness.remote(&flags)), "hush-o");
    }
    let flags = Flags { credentials: credentials.clone(), client_id: Some("o".into()), ..Flags::default() };
    assert_eq!(harness.remote(&flags).client_id, "o");
    let flags = Flags { credentials, role: Some("view-only".into()), ..Flags::default() };
    let sentence = harness.resolve(&flags).unwrap_err().to_string();
    assert!(sentence.contains("view-only") && sentence.contains("OWNER, MSP_TECHNICIAN"), "{sentence}");
}

#[test]
fn a_forgotten_variable_never_sends_the_files_secret_to_another_server() {
    let harness = Harness::new().env(&[(SERVER, "https://elsewhere.example")]);
    let flags = Flags { credentials: Some(harness.write("c.json", FILE, 0o600)), ..Flags::default() };
    assert_eq!(harness.remote(&flags).base_url.as_str(), "http://127.0.0.1:4815/");
}

#[test]
fn a_credentials_file_that_others_can_read_is_refused_with_the_fix() {
    let harness = Harness::new();
    for mode in [0o644, 0o640, 0o604, 0o666, 0o601] {
        let path = harness.write("my file.json", FILE, mode);
        let problem = harness.resolve(&Flags { credentials: Some(path.clone()), ..Flags::default() }).unwrap_err();
        assert_eq!(problem, Problem::TooOpen { path: path.clone(), mode });
        let fix = format!("Run: chmod 600 '{}'", path.display());
        assert!(problem.to_string().ends_with(&fix), "{problem}");
    }
    let link = harness.dir.path().join("link.json");
    std::os::unix::fs::symlink(harness.write("open.json", FILE, 0o644), &link).unwrap();
    let problem = harness.resolve(&Flags { credentials: Some(link), ..Flags::default() }).unwrap_err();
    assert!(matches!(problem, Problem::TooOpen { .. }));
}

#[test]
fn a_bad_credentials_file_is_told_without_its_content() {
    let harness = Harness::new();
    let bad = [
        r#"{"base_url": "x", "credentials": "hush"}"#,
        r#"{"base_url": "x", "credentials": [{"client_id": "t", "client_secret": ["hush"]}]}"#,
        r#"{"credentials": []}"#,
        "hush",
        "",
    ];
    for text in bad {
        let flags = Flags { credentials: Some(harness.write("bad.json", text, 0o600)), ..Flags::default() };
        let problem = harness.resolve(&flags).unwrap_err();
        assert!(matches!(problem, Problem::NotCredentials { .. }), "{text}: {problem:?}");
        assert!(!format!("{problem:?} {problem}").contains("hush"), "{problem}");
    }
    for path in [harness.dir.path().to_owned(), harness.dir.path().join("absent.json")] {
        let problem = harness.resolve(&Flags { credentials: Some(path), ..Flags::default() }).unwrap_err();
        assert!(matches!(problem, Problem::Unreadable { .. }), "{problem:?}");
    }
}

#[test]
fn a_bad_address_is_told_without_quoting_it() {
    for server in ["hush", "https://", "ftp://hush.example", "https://user:hush@[", "/hush"] {
        let flags = Flags { server: Some(server.into()), ..Flags::default() };
        let problem = Harness::new().env(&WHOLE).resolve(&flags).unwrap_err();
        assert_eq!(problem, Problem::BadServer { origin: "--server".into() }, "{server}");
        assert!(!problem.to_string().contains("hush"));
    }
}

#[test]
fn flags_of_the_sample_are_refused_for_another_server() {
    for flags in [Flags { fresh: true, ..Flags::default() }, Flags { sample_size: Some(7), ..Flags::default() }] {
        let problem = Harness::new().env(&WHOLE).resolve(&flags).unwrap_err();
        assert!(matches!(problem, Problem::OnlyForSample { .. }));
        assert!(matches!(Harness::new().resolve(&flags).unwrap().source, Source::Embedded { .. }));
    }
}

#[test]
fn a_damaged_configuration_names_the_line_and_makes_it_read_only() {
    let harness = Harness::new();
    for (text, bad_line) in [("lang = 'de'\nread_onyl = true\n", 2), ("\n\n= nonsense", 3), ("read_only = 'yes'", 1)] {
        let config = harness.config(text).resolve(&Flags::default()).unwrap();
        let [Notice::ConfigFile { line, path, .. }] = config.notices.as_slice() else { panic!("{:?}", config.notices) };
        assert_eq!((*line, config.read_only), (Some(bad_line), true), "{text}");
        let sentence = config.notices[0].to_string();
        assert!(sentence.starts_with(&format!("{} line {bad_line}: ", path.display())), "{sentence}");
    }
    let config = harness.config("read_only = true\nno_browser = true").resolve(&Flags::default()).unwrap();
    assert!(config.read_only && config.no_browser && config.notices.is_empty());
}

#[test]
fn the_language_is_the_flags_the_files_or_the_locales() {
    let mut harness = Harness::new();
    for (locale, lang) in [
        (Some("de_AT.UTF-8"), Lang::De),
        (Some("de"), Lang::De),
        (Some("en-GB"), Lang::En),
        (Some("fr_FR"), Lang::En),
        (Some("C"), Lang::En),
        (None, Lang::En),
    ] {
        harness.locale = locale;
        assert_eq!(harness.resolve(&Flags::default()).unwrap().lang, lang, "{locale:?}");
    }
}

#[test]
fn the_data_directory_moves_everything_that_is_written() {
    let harness = Harness::new().env(&[(DATA_DIR, "/from/env")]);
    let paths = harness.resolve(&Flags::default()).unwrap().paths;
    assert_eq!(paths.workspace_file(), Some("/from/env/workspace.db".into()));
    assert_eq!(paths.log_file, Some("/from/env/mspdash.log".into()));
    let flags = Flags { data_dir: Some("/from/flag".into()), ..Flags::default() };
    assert_eq!(harness.resolve(&flags).unwrap().paths.data_dir, Some("/from/flag".into()));
}

#[test]
fn the_workspace_is_kept_in_a_private_directory_or_in_memory_with_a_notice() {
    let harness = Harness::new();
    let config = harness.resolve(&Flags::default()).unwrap();
    let Workspace::Kept(file) = config.paths.workspace() else { panic!("not kept") };
    let dir = file.parent().unwrap();
    assert_eq!(fs::metadata(dir).unwrap().permissions().mode() & 0o777, 0o700);

    let blocked = harness.write("blocked", "a file, no directory", 0o600).join("data");
    let paths = Paths::default().with_data_dir(Some(blocked.clone()));
    let Workspace::InMemory(notice) = paths.workspace() else { panic!("kept") };
    assert!(matches!(&notice, Notice::NotKept { path: Some(path), .. } if *path == blocked));
    let Workspace::InMemory(notice) = Paths::default().workspace() else { panic!("kept") };
    assert!(notice.to_string().starts_with("there is no home directory"), "{notice}");
}
