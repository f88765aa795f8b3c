//! Files in other encodings, files that are none, and values as they come in at every door.

use super::Harness;
use crate::config::*;
use crate::domain::secret::tests::GIVEN;
use secrecy::ExposeSecret;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn a_configuration_in_another_encoding_is_told_with_its_line_and_makes_everything_read_only() {
    for (bytes, line, said) in [
        (&b"lang = 'de'\n# M\xfcller\n"[..], 2, "not in UTF-8"),
        (b"\xff", 1, "not in UTF-8"),
        (b"\xff\xfel\0a\0", 1, "UTF-16"),
        (b"lang = 'de'\r\nno_cache = true\r\n# \xe2\x82", 3, "not in UTF-8"),
    ] {
        let harness = Harness::new();
        fs::write(harness.dir.path().join("config.toml"), bytes).unwrap();
        let config = harness.resolve(&Flags::default()).unwrap();
        let [Notice::ConfigFile { line: told, reason, .. }] = config.notices.as_slice() else {
            panic!("{:?}", config.notices)
        };
        assert_eq!((*told, config.read_only), (Some(line), true), "{reason}");
        assert!(reason.contains(said), "{reason}");
        let path = harness.dir.path().join("config.toml");
        assert!(edit::remove(&path, "x").unwrap_err().to_string().contains(&format!("line {line}: ")));
        assert_eq!(fs::read(&path).unwrap(), bytes, "an edit leaves it alone");
    }
    let harness = Harness::new();
    let config = harness.config("\u{feff}no_cache = true\r\nlang = 'de'\r\n").resolve(&Flags::default()).unwrap();
    assert!(config.no_cache && config.lang == Lang::De && config.notices.is_empty(), "{:?}", config.notices);
    let long = format!("{}\nread_only = true\n", "#".repeat(300_000));
    let config = harness.config(&long).resolve(&Flags::default()).unwrap();
    assert!(config.read_only && config.notices[0].to_string().contains("longer than 256 kB"), "{:?}", config.notices);
}

#[test]
fn what_cannot_be_meant_is_told_with_its_line_and_the_rest_applies() {
    let harness = Harness::new();
    let text = "lang = 'fr'\nlog_level = 'loud'\nno_cache = true\n[keys]\n'app.refresh' = 7\napp.quit = 'Q'\n\
                'list.sort' = ['alt-s', 'o']\n";
    let config = harness.config(text).resolve(&Flags::default()).unwrap();
    assert!(config.no_cache && !config.read_only);
    let told: Vec<String> = config.notices.iter().map(ToString::to_string).collect();
    for (line, word) in [(1, "lang"), (2, "log_level"), (5, "app.refresh")] {
        let line = format!("config.toml line {line}: ");
        assert!(told.iter().any(|told| told.contains(&line) && told.contains(word)), "{line} {told:?}");
    }
    assert_eq!(told.len(), 3, "{told:?}");
    let key = |line, command: &str, keys: &[&str]| KeyLine {
        line,
        command: command.into(),
        keys: keys.iter().map(ToString::to_string).collect(),
    };
    assert_eq!(config.keys[0].lines, [key(6, "app.quit", &["Q"]), key(7, "list.sort", &["alt-s", "o"])]);
    let harness = Harness::new().env(&[(LOG, "loud")]);
    let config = harness.resolve(&Flags::default()).unwrap();
    assert_eq!(config.log_level, "info");
    assert!(config.notices[0].to_string().starts_with(LOG), "{:?}", config.notices);
}

/// A pipe, a device, a folder, and links to them.
fn no_files(dir: &Path) -> Vec<PathBuf> {
    let (pipe, folder) = (dir.join("pipe"), dir.join("folder"));
    assert!(std::process::Command::new("mkfifo").args(["-m", "600"]).arg(&pipe).status().unwrap().success());
    fs::create_dir(&folder).unwrap();
    let mut all = vec![pipe, folder, "/dev/null".into(), "/dev/tty".into()];
    for (number, target) in all.clone().into_iter().enumerate() {
        let link = dir.join(format!("link{number}"));
        std::os::unix::fs::symlink(target, &link).unwrap();
        all.push(link);
    }
    all
}

#[test]
fn pipes_devices_and_folders_are_named_at_every_door_and_never_waited_for() {
    let harness = Harness::new();
    for path in no_files(harness.dir.path()) {
        let named = |said: &str| {
            assert!(["a pipe or a device", "a folder"].iter().any(|word| said.contains(word)), "{path:?}: {said}");
        };
        let paths = Paths { config_file: Some(path.clone()), ..Paths::default() };
        let resolved = Resolved::resolve(&Flags::default(), &|_| None, paths, None);
        assert!(resolved.read_only.value);
        named(&resolved.notices[0].to_string());
        named(&Credentials::read(&path).unwrap_err().to_string());
        let new = edit::NewProfile { name: "new".into(), ..edit::NewProfile::default() };
        named(&edit::add(&path, &new).unwrap_err().to_string());
    }
}

#[test]
fn an_edit_keeps_byte_order_mark_and_line_ends() {
    let new = edit::NewProfile {
        name: "third".into(),
        server: "https://new.example".into(),
        client_id: "new-1".into(),
        default: true,
        ..edit::NewProfile::default()
    };
    let text =
        "# mine\n[profiles.one]\nserver = \"https://e.example\"\nclient_id = \"e\" # there\ndefault = true\n\n[keys]\n";
    let harness = Harness::new();
    for mark in ["", "\u{feff}"] {
        for text in [text.to_owned(), text.replace('\n', "\r\n"), text.trim_end().to_owned()] {
            let path = harness.write("config.toml", &format!("{mark}{text}"), 0o600);
            edit::add(&path, &new).unwrap();
            let added = fs::read_to_string(&path).unwrap();
            let crlf = text.contains("\r\n");
            assert_eq!(added.starts_with('\u{feff}'), !mark.is_empty());
            let ends = (added.matches('\n').count(), added.matches("\r\n").count());
            assert!(ends.0 > 8 && ends.1 == if crlf { ends.0 } else { 0 }, "{added:?}");
            assert!(harness.resolve(&Flags::default()).unwrap().notices.is_empty());
            edit::remove(&path, "third").unwrap();
            let expected =
                format!("{mark}{text}").replace(if crlf { "default = true\r\n" } else { "default = true\n" }, "");
            let removed = fs::read_to_string(&path).unwrap();
            assert_eq!(removed.trim_end(), expected.trim_end(), "as before, but for the default");
        }
    }
    // Mixed: every old line keeps its own.
    let mixed = "# a\r\n# b\n# c\r\n[profiles.one]\r\nserver = \"https://e.example\"\nclient_id = \"e\"\r\n";
    let path = harness.write("config.toml", mixed, 0o600);
    edit::add(&path, &new).unwrap();
    let added = fs::read_to_string(&path).unwrap();
    assert!(added.starts_with(mixed), "{added:?}");
    assert!(added[mixed.len()..].split_inclusive('\n').all(|line| line.ends_with("\r\n")), "{added:?}");
}

#[test]
fn home_is_meant_by_a_tilde_in_every_path() {
    let harness = Harness::new().env(&[("HOME", "/home/tomma"), (DATA_DIR, "~/from/env")]);
    let dir = |flags: &Flags| harness.resolved(flags).data_dir.value.unwrap();
    assert_eq!(dir(&Flags::default()), Path::new("/home/tomma/from/env"));
    let flags = Flags { data_dir: Some("~/flag".into()), ca_file: Some("~".into()), ..Flags::default() };
    assert_eq!(dir(&flags), Path::new("/home/tomma/flag"));
    assert_eq!(harness.resolved(&flags).ca_file.value.unwrap(), Path::new("/home/tomma"));
    let flags = Flags { credentials: Some("~/c.json".into()), ..Flags::default() };
    assert_eq!(harness.resolved(&flags).credentials.value.unwrap(), Path::new("/home/tomma/c.json"));

    let harness = Harness::new().env(&[("HOME", "/home/tomma")]);
    harness.config(
        "data_dir = '~/data'\ncredentials = '~/c.json'\n[profiles.one]\nserver = 'https://e.example'\n\
         client_id = 'e'\nca_file = '~/ca.pem'\nsecret_file = '~/s'\n",
    );
    let resolved = harness.resolved(&Flags::default());
    assert_eq!(resolved.data_dir.value.as_deref(), Some(Path::new("/home/tomma/data")));
    assert_eq!(resolved.paths.log_file.as_deref(), Some(Path::new("/home/tomma/data/mspdash.log")));
    assert_eq!(resolved.credentials.value.as_deref(), Some(Path::new("/home/tomma/c.json")));
    let one = &resolved.profiles[0].profile;
    assert_eq!(one.ca_file.as_deref(), Some(Path::new("/home/tomma/ca.pem")));
    let places = one.secret.places();
    let file = |place: &Place| matches!(place, Place::File { path, .. } if path == Path::new("/home/tomma/s"));
    assert!(places.iter().any(file), "{places:?}");
    // Another user's home is not looked up, and a name with a tilde in it is one.
    for same in ["~tomma/x", "/a/~/b", "x~"] {
        assert_eq!(paths::expand(Path::new(same), Some("/home/tomma")), Path::new(same));
    }
}

#[test]
fn secrets_and_ids_are_taken_as_they_were_meant_at_every_door() {
    let known = |config: Config| {
        let Source::Profiles(mut profiles) = config.source else { panic!("embedded") };
        let profile = profiles.remove(0);
        (profile.client_id.clone(), profile.secret.fetch().unwrap().expose_secret().to_owned())
    };
    for (given, meant) in GIVEN {
        let both = (meant.to_owned(), meant.to_owned());
        let server = (SERVER, "\"https://e.example\"");
        let harness = Harness::new().env(&[server, (CLIENT_ID, given), (CLIENT_SECRET, given)]);
        assert_eq!(known(harness.resolve(&Flags::default()).unwrap()), both, "variables: {given:?}");

        let text = toml_edit::Value::from(given).to_string();
        let harness = Harness::new().env(&[server, (CLIENT_SECRET, given)]);
        harness.config(&format!("client_id = {text}\n"));
        assert_eq!(known(harness.resolve(&Flags::default()).unwrap()), both, "the file: {given:?}");
        let flags = Flags { client_id: Some(given.into()), ..Flags::default() };
        let harness = Harness::new().env(&[server, (CLIENT_SECRET, given)]);
        assert_eq!(known(harness.resolve(&flags).unwrap()), both, "the flag: {given:?}");

        let json = serde_json::json!({"base_url": "https://e.example",
            "credentials": [{"role": "MSP_TECHNICIAN", "client_id": given, "client_secret": given}]});
        let harness = Harness::new();
        let path = harness.write("c.json", &format!("\u{feff}{json}"), 0o600);
        let flags = Flags { credentials: Some(path), ..Flags::default() };
        assert_eq!(known(harness.resolve(&flags).unwrap()), both, "the credentials: {given:?}");

        let profile = format!("[profiles.one]\nserver = 'https://e.example'\nclient_id = {text}\n");
        let harness = Harness::new().env(&[("MSPDASH_CLIENT_SECRET_ONE", given)]);
        harness.config(&format!("{profile}secret = 'env'\n"));
        assert_eq!(known(harness.resolve(&Flags::default()).unwrap()), both, "the profile's variable: {given:?}");
        let harness = Harness::new();
        harness.write("s", given, 0o600);
        harness.config(&format!("{profile}secret = 'file'\nsecret_file = 's'\n"));
        assert_eq!(known(harness.resolve(&Flags::default()).unwrap()), both, "the profile's file: {given:?}");
        let command = format!("['/bin/cat', '{}']", harness.dir.path().join("s").display());
        harness.config(&format!("{profile}secret = 'command'\nsecret_command = {command}\n"));
        assert_eq!(known(harness.resolve(&Flags::default()).unwrap()), both, "the profile's command: {given:?}");
    }
}

#[test]
fn a_keymap_is_read_beside_the_configuration_and_never_stops_the_start() {
    let told = |text: &str| {
        let harness = Harness::new();
        harness.config("[keys]\n'app.quit' = 'Q'\n").write("keymap.toml", text, 0o644);
        let config = harness.resolve(&Flags::default()).unwrap();
        let notices = config.notices.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(!config.read_only, "no reason to be careful: {notices}");
        (config.keys, notices)
    };
    let (keys, notices) = told("preset = 'vim'\n\n[keys]\n'list.sort' = ['g s', 'o']\ncompany.edit = 'E'\n");
    assert_eq!(notices, "");
    let of = |line, command: &str, keys: &[&str]| KeyLine {
        line,
        command: command.into(),
        keys: keys.iter().map(ToString::to_string).collect(),
    };
    assert_eq!(keys[0].lines, [of(2, "app.quit", &["Q"])], "those of the configuration come first");
    assert_eq!(keys[1].preset, Some(PresetLine { line: 1, name: "vim".into() }));
    assert_eq!(keys[1].lines, [of(4, "list.sort", &["g s", "o"]), of(5, "company.edit", &["E"])]);
    for (text, said) in [
        ("presett = 'vim'\n", "keymap.toml line 1: `presett` means nothing here; did you mean `preset`?"),
        (
            "\n'company.unlink' = 'f8'\n",
            "keymap.toml line 2: `company.unlink` means nothing here; commands stand below [keys]",
        ),
        ("preset = 7\n", "keymap.toml line 1: `preset` has to be a text, not a integer"),
        ("keys = 7\n", "keymap.toml line 1: `keys` has to be a table, not a integer"),
        ("[keys]\n'app.quit' = 7\n", "keymap.toml line 2: the keys of `app.quit` have to be a list"),
        ("[keys]\nlist.sort = [\n", "keymap.toml line "),
    ] {
        let (_, notices) = told(text);
        assert!(notices.contains(said), "{text:?}: {notices}");
    }
    assert!(told("[keys]\nlist.sort = [\n").1.ends_with(". None of its keys applies"));
    assert!(told("\0").1.contains("keymap.toml"));
}

#[test]
fn notifications_are_off_unless_asked_for_and_a_mistake_costs_one_line() {
    let harness = Harness::new();
    assert_eq!(harness.resolve(&Flags::default()).unwrap().notify, Notify::default());
    harness.config("lang = 'de'\n[notify]\nbell = true\nosc9 = 1\nloud = true\nosc777 = false\n");
    let config = harness.resolve(&Flags::default()).unwrap();
    assert_eq!((config.notify, config.lang), (Notify { bell: true, ..Notify::default() }, Lang::De));
    let told: Vec<String> = config.notices.iter().map(ToString::to_string).collect();
    let said = |line: &str, what: &str| told.iter().any(|notice| notice.contains(line) && notice.contains(what));
    assert!(told.len() == 2 && said("line 4", "`osc9`") && said("line 5", "`loud`"), "{told:?}");
    harness.config("notify = 'loud'\n");
    let config = harness.resolve(&Flags::default()).unwrap();
    assert!(config.notify == Notify::default() && config.notices.len() == 1, "{:?}", config.notices);
}
