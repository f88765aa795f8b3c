//! Profiles as they are written, read, chosen and edited.

use super::Harness;
use crate::config::*;
use crate::domain::tint::Tint;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

const TWO: &str = "\
# mine
[profiles.europe]
server = 'https://eu.example' # there
client_id = 'eu-1'
label = 'Europe'
colour = 'green'
default = true

[profiles.canada]
server = 'https://ca.example'
client_id = 'ca-1'
read_only = true
";

fn read(text: &str) -> (Vec<Profile>, Vec<Notice>) {
    let harness = Harness::new();
    let config = harness.config(text).resolve(&Flags::default()).unwrap();
    match config.source {
        Source::Profiles(profiles) => (profiles, config.notices),
        Source::Embedded { .. } | Source::Own { .. } => (Vec::new(), config.notices),
    }
}

fn names(profiles: &[Profile]) -> Vec<&str> {
    profiles.iter().map(|profile| profile.id.as_str()).collect()
}

fn kinds(rest: &str) -> Vec<String> {
    let (profiles, notices) = read(&format!("[profiles.eu]\nserver='https://e.example'\nclient_id='i'\n{rest}"));
    assert_eq!(notices, [], "{rest}");
    profiles[0].secret.places().iter().map(|place| place.kind().to_owned()).collect()
}

#[test]
fn profiles_come_in_the_order_of_the_file_with_all_they_say() {
    let (profiles, notices) = read(TWO);
    assert_eq!((names(&profiles), notices), (vec!["europe", "canada"], vec![]));
    let europe = &profiles[0];
    assert_eq!((europe.base_url.as_str(), europe.client_id.as_str()), ("https://eu.example/", "eu-1"));
    assert_eq!((europe.label.as_deref(), europe.tint), (Some("Europe"), Some(Tint::Green)));
    assert_eq!((europe.default, europe.read_only), (true, false));
    assert_eq!((profiles[1].default, profiles[1].read_only), (false, true));
}

#[test]
fn a_damaged_profile_is_told_with_its_line_and_costs_no_other() {
    let good = "[profiles.good]\nserver='https://g.example'\nclient_id='g'\n";
    for (bad, line, said) in [
        ("[profiles.bad]\nclient_id='b'\n", 4, "`server` is missing"),
        ("[profiles.bad]\nserver='hush'\nclient_id='b'\n", 5, "`server` has to be an address"),
        ("[profiles.bad]\nserver=7\nclient_id='b'\n", 5, "`server` has to be a text, not integer"),
        ("[profiles.bad]\nserver='https://b.example'\n", 4, "`client_id` is missing"),
        ("[profiles.bad]\nserver='https://b.example'\nclient_id='b'\nsecret='hush'\n", 7, "`secret` says where"),
        ("[profiles.bad]\nserver='https://b.example'\nclient_id='b'\nsecret='command'\n", 7, "`secret_command ="),
        ("[profiles.bad]\nserver='https://b.example'\nclient_id='b'\nsecret_command='op'\n", 7, "has to be a list"),
        ("[profiles.'b d']\nserver='https://b.example'\nclient_id='b'\n", 4, "letters, digits"),
        ("[profiles.sample]\nserver='https://b.example'\nclient_id='b'\n", 4, "is taken"),
        ("[profiles.GOOD]\nserver='https://b.example'\nclient_id='b'\n", 4, "almost the same name"),
        ("[profiles]\nbad = 'hush'\n", 5, "a table is expected, not a string"),
    ] {
        let (profiles, notices) = read(&format!("{good}{bad}"));
        let [notice @ Notice::Profile { left_out: true, line: told, .. }] = notices.as_slice() else {
            panic!("{bad}: {notices:?}")
        };
        let sentence = notice.to_string();
        assert_eq!((names(&profiles), *told), (vec!["good"], line), "{bad}: {sentence}");
        assert!(sentence.contains(said) && sentence.ends_with("is left out"), "{sentence}");
        assert!(!sentence.contains("hush"), "{sentence}");
        assert!(first_left_out(&notices).is_some());
    }
}

#[test]
fn what_is_not_understood_makes_a_profile_read_only() {
    let good = "[profiles.good]\nserver='https://g.example'\nclient_id='g'\n";
    for bad in ["read_onyl = true", "read_only = 'yes'", "colour = 'pink'", "default = 1", "label = ''"] {
        let (profiles, notices) = read(&format!("{good}{bad}\n"));
        assert!(profiles[0].read_only, "{bad}");
        assert!(matches!(notices.as_slice(), [Notice::Profile { left_out: false, line: 4, .. }]), "{notices:?}");
        assert!(notices[0].to_string().ends_with("The profile good is read-only"));
        assert!(first_left_out(&notices).is_none());
    }
}

#[test]
fn two_defaults_are_none_and_twins_are_told() {
    let (profiles, notices) = read(&format!("{TWO}default = true\n"));
    assert!(profiles.iter().all(|profile| !profile.default));
    assert!(notices[0].to_string().contains("europe and canada are both the default"), "{notices:?}");
    let twin = "[profiles.twin]\nserver='https://eu.example/'\nclient_id='eu-1'\n";
    let (profiles, notices) = read(&format!("{TWO}{twin}"));
    assert_eq!((profiles.len(), notices.len()), (3, 1));
    assert!(notices[0].to_string().contains("twin is the same server and client id as europe"), "{notices:?}");
}

#[test]
fn a_secret_is_looked_for_in_the_order_of_the_rules() {
    assert_eq!(kinds(""), ["keyring", "file", "environment"]);
    let all = "secret_env='V'\nsecret_file='f'\nsecret_command=['op', 'read']\n";
    assert_eq!(kinds(all), ["keyring", "command", "file", "environment"]);
    assert_eq!(kinds("secret_command=['op']"), ["keyring", "command"]);
    assert_eq!(kinds("secret_file='f'"), ["keyring", "file"]);
    for (word, kind) in [("keyring", "keyring"), ("file", "file"), ("env", "environment"), ("command", "command")] {
        let command = if word == "command" { "secret_command=['op']" } else { "" };
        assert_eq!(kinds(&format!("secret='{word}'\n{command}")), [kind]);
    }
}

#[test]
fn places_are_named_after_the_profile_and_no_command_sees_a_variable_with_a_secret() {
    let harness = Harness::new().env(&[("MSPDASH_CLIENT_SECRET_EU_1", "hush"), ("HOME", "/home/me")]);
    harness.config(
        "[profiles.eu-1]\nserver='https://e.example/'\nclient_id='i'\n\
         [profiles.b]\nserver='https://b.example'\nclient_id='i'\nsecret_command=['op']\nsecret_file='~/s'\n\
         [profiles.c]\nserver='https://c.example'\nclient_id='i'\nsecret_env='OTHER'\nsecret_file='s'\n",
    );
    let Source::Profiles(profiles) = harness.resolve(&Flags::default()).unwrap().source else { panic!("embedded") };
    let shown: Vec<_> = profiles.iter().map(|profile| format!("{:?}", profile.secret.places())).collect();
    assert!(shown[0].contains("\"i@https://e.example\"") && shown[0].contains("data/secrets/eu-1"), "{}", shown[0]);
    assert!(shown[0].contains("MSPDASH_CLIENT_SECRET_EU_1") && !shown[0].contains("hush"), "{}", shown[0]);
    assert!(shown[1].contains("hide: [\"OTHER\"]") && shown[1].contains("/home/me/s"), "{}", shown[1]);
    assert!(shown[2].contains(&harness.dir.path().join("s").display().to_string()), "{}", shown[2]);
}

fn chosen(flags: &[&str], env: &[(&'static str, &'static str)], text: &str) -> Result<Option<String>, Problem> {
    let harness = Harness::new().env(env);
    let flags = Flags { profiles: flags.iter().map(|&name| name.to_owned()).collect(), ..Flags::default() };
    let config = harness.config(text).resolve(&flags)?;
    let env = |name: &str| env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    let names = resolve::chosen(&flags, &env);
    config.one(&names).map(|one| one.map(|profile| profile.id.to_string()))
}

#[test]
fn a_one_shot_command_takes_the_named_the_default_or_the_only_profile_and_never_guesses() {
    let is = |name: &str| Ok(Some(name.to_owned()));
    let no_default = TWO.replace("default = true", "");
    assert_eq!(chosen(&[], &[], TWO), is("europe"));
    assert_eq!(chosen(&["canada"], &[], TWO), is("canada"));
    assert_eq!(chosen(&[], &[(PROFILE, "canada")], TWO), is("canada"));
    assert_eq!(chosen(&["europe"], &[(PROFILE, "canada")], &no_default), is("europe"));
    assert_eq!(chosen(&[], &[(PROFILE, "canada, europe")], TWO), is("europe"));
    assert_eq!(chosen(&["sample"], &[], TWO), Ok(None));
    assert_eq!(chosen(&[], &[], ""), Ok(None));
    let both = || vec!["europe".to_owned(), "canada".to_owned()];
    assert_eq!(chosen(&[], &[], &no_default), Err(Problem::WhichProfile { names: both() }));
    assert_eq!(chosen(&["europe", "canada"], &[], TWO), Err(Problem::OneProfile { names: both() }));
    let unknown = Problem::NoSuchProfile { name: "mars".into(), names: both() };
    assert_eq!(unknown.to_string(), "there is no profile mars. There are: europe, canada");
    assert_eq!(chosen(&["europe", "mars"], &[], TWO), Err(unknown));
}

#[test]
fn a_profile_that_was_left_out_is_never_replaced_by_another_or_by_the_sample() {
    let bad_default = TWO.replace("client_id = 'eu-1'", "client_id = 7");
    assert_eq!(chosen(&[], &[], &bad_default), Err(Problem::WhichProfile { names: vec!["canada".into()] }));
    assert_eq!(chosen(&["canada"], &[], &bad_default), Ok(Some("canada".into())));
    assert_eq!(chosen(&[], &[(PROFILE, "canada")], &bad_default), Ok(Some("canada".into())));
    assert!(matches!(chosen(&["europe"], &[], &bad_default), Err(Problem::DamagedProfile { .. })));
    let torn = format!("{TWO}lang = \n");
    for names in [&[][..], &["europe"]] {
        assert!(matches!(chosen(names, &[], &torn), Err(Problem::DamagedProfile { .. })), "{names:?}");
    }
    let none = "[profiles.only]\nserver = 'https://o.example'\n";
    assert!(matches!(chosen(&[], &[], none), Err(Problem::DamagedProfile { .. })));
    assert!(matches!(Harness::new().config(none).resolve(&Flags::default()).unwrap().source, Source::Embedded { .. }));
}

#[test]
fn a_server_of_this_start_stands_above_the_profiles_and_these_above_the_old_keys() {
    let env = [(SERVER, "https://env.example"), (CLIENT_ID, "env"), (CLIENT_SECRET, "hush")];
    assert_eq!(chosen(&[], &env, TWO), Ok(Some("default".into())));
    assert_eq!(chosen(&["canada"], &env, TWO), Ok(Some("canada".into())), "a flag stands above the environment");
    let flags = Flags { server: Some("https://x.example".into()), profiles: vec!["europe".into()], ..Flags::default() };
    let problem = Harness::new().config(TWO).resolve(&flags).unwrap_err();
    assert_eq!(problem, Problem::TwoServers { chosen: "--profile", flag: "--server" });
    let (profiles, notices) = read(&format!("server = 'https://old.example'\n{TWO}"));
    assert_eq!(names(&profiles), ["europe", "canada"]);
    assert!(matches!(notices.as_slice(), [Notice::Line { line: 1, .. }]), "{notices:?}");
}

#[test]
fn every_value_knows_where_it_comes_from() {
    let harness = Harness::new().env(&[(DATA_DIR, "/d"), (PROFILE, "canada")]);
    harness.config(&format!("lang = 'de'\nlog_level = 'debug'\n{TWO}"));
    let flags = Flags { log_level: Some("warn".into()), ..Flags::default() };
    let resolved = harness.resolved(&flags);
    assert_eq!(resolved.lang.origin, Origin::File(Some(1)));
    assert_eq!((resolved.log_level.value.as_str(), resolved.log_level.origin), ("warn", Origin::Flag("--log-level")));
    assert_eq!(resolved.data_dir.origin, Origin::Environment(DATA_DIR.into()));
    assert_eq!(resolved.chosen.origin, Origin::Environment(PROFILE.into()));
    assert_eq!((resolved.read_only.value, resolved.read_only.origin), (false, Origin::Default));
    let europe = &resolved.profiles[0];
    assert_eq!((europe.line, europe.origin("client_id")), (4, Origin::File(Some(6))));
    assert_eq!(europe.origin("ca_file"), Origin::Default);
}

fn new(name: &str) -> edit::NewProfile {
    let (server, client_id) = ("https://new.example".to_owned(), "new-1".to_owned());
    edit::NewProfile { name: name.into(), server, client_id, default: true, ..edit::NewProfile::default() }
}

#[test]
fn an_edit_keeps_comments_order_and_permissions() {
    let harness = Harness::new();
    let path = harness.write("config.toml", &format!("{TWO}\n[keys] # own\n'quit' = ['Q']\n"), 0o640);
    edit::add(&path, &new("third")).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# mine\n[profiles.europe]\n") && text.contains("# there\n"), "{text}");
    assert!(text.contains("[keys] # own"), "{text}");
    assert_eq!(text.matches("default = true").count(), 1, "the new one takes it: {text}");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    let Source::Profiles(profiles) = harness.resolve(&Flags::default()).unwrap().source else { panic!("embedded") };
    assert_eq!(names(&profiles), ["europe", "canada", "third"]);
    assert!(edit::add(&path, &new("third")).unwrap_err().to_string().contains("there is a profile third already"));
    edit::remove(&path, "third").unwrap();
    let removed = fs::read_to_string(&path).unwrap();
    assert!(!removed.contains("third") && removed.contains("[keys] # own"), "{removed}");
    assert!(edit::remove(&path, "third").is_err());
    assert_eq!(fs::read_dir(harness.dir.path()).unwrap().count(), 1, "nothing else is left");
}

#[test]
fn an_edit_follows_a_link_makes_what_is_missing_and_leaves_a_damaged_file_alone() {
    let harness = Harness::new();
    let target = harness.write("dotfiles.toml", "", 0o600);
    let link = harness.dir.path().join("config.toml");
    symlink(&target, &link).unwrap();
    edit::add(&link, &new("one")).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&target).unwrap().contains("[profiles.one]"));
    let fresh = harness.dir.path().join("new/dir/config.toml");
    edit::add(&fresh, &new("one")).unwrap();
    assert_eq!(fs::metadata(fresh.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
    // More than is read: the rest would be lost.
    let long = format!("# {}\n", "x".repeat(300_000));
    fs::write(&target, &long).unwrap();
    assert!(edit::add(&link, &new("two")).unwrap_err().to_string().contains("longer than"));
    assert!(fs::read_to_string(&target).unwrap() == long);
    fs::write(&target, "lang = \n").unwrap();
    let problem = edit::add(&link, &new("two")).unwrap_err().to_string();
    assert!(problem.contains("line 1"), "{problem}");
    assert_eq!(fs::read_to_string(&target).unwrap(), "lang = \n");
}

#[test]
fn the_command_line_says_whose_certificates_are_trusted_and_the_variable_how_much_is_logged() {
    let harness = Harness::new().env(&[("MSPDASH_LOG", "debug")]);
    harness.config("[profiles.europe]\nserver = \"https://e.example\"\nclient_id = \"e\"\nca_file = \"/old.pem\"\n");
    let resolved = harness.resolved(&Flags::default());
    assert_eq!(resolved.profiles[0].origin("ca_file"), Origin::File(Some(4)));
    let log = &resolved.log_level;
    assert_eq!((log.value.as_str(), &log.origin), ("debug", &Origin::Environment("MSPDASH_LOG".into())));

    let flags = Flags { ca_file: Some("/new.pem".into()), log_level: Some("warn".into()), ..Flags::default() };
    let resolved = harness.resolved(&flags);
    let europe = &resolved.profiles[0];
    assert_eq!(europe.profile.ca_file.as_deref(), Some(std::path::Path::new("/new.pem")));
    assert_eq!([europe.origin("ca_file"), resolved.ca_file.origin], ["--ca-file"; 2].map(Origin::Flag));
    assert_eq!((resolved.log_level.value.as_str(), resolved.log_level.origin), ("warn", Origin::Flag("--log-level")));
}
