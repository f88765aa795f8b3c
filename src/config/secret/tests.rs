//! Where secrets are, and in which order they are looked for.
#![cfg(unix)]

use super::*;
use secrecy::ExposeSecret;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::time::Instant;

fn script(dir: &Path, text: &str) -> Vec<String> {
    // By the shell, not by itself: a file that was just written may still be open for writing in a forked test.
    let path = dir.join("give");
    fs::write(&path, text).unwrap();
    vec!["/bin/sh".to_owned(), path.to_str().unwrap().to_owned(), "a b".to_owned()]
}

fn ran(text: &str) -> Lookup {
    let dir = tempfile::tempdir().unwrap();
    command::run(&script(dir.path(), text), &[], command::TIMEOUT)
}

fn have(looked: Lookup) -> String {
    let Lookup::Found(secret) = looked else { panic!("{looked:?}") };
    secret.expose_secret().to_owned()
}

fn why(looked: Lookup) -> (NoSecret, String) {
    let (Lookup::Failed(why, words) | Lookup::Refused(why, words)) = looked else { panic!("{looked:?}") };
    (why, words)
}

fn places() -> Vec<Place> {
    vec![
        Place::Keyring { account: "a".into() },
        Place::Command { argv: vec!["op".into()], hide: Vec::new() },
        Place::File { path: "/f".into(), own: true },
        Place::Environment { name: "V".into(), value: None },
    ]
}

#[test]
fn the_first_place_that_has_it_gives_it_and_none_after_it_is_asked() {
    let order = ["keyring", "command", "file", "environment"];
    for (at, kind) in order.iter().enumerate() {
        let mut asked = Vec::new();
        let found = first(&places(), |place| {
            asked.push(place.kind());
            if place.kind() == *kind { Lookup::Found("hush".into()) } else { Lookup::Absent }
        });
        assert_eq!(found.unwrap().1.kind(), *kind);
        assert_eq!(asked, order[..=at]);
    }
    let nowhere = first(&places(), |_| Lookup::Absent).unwrap_err();
    assert_eq!(nowhere, (NoSecret::Nowhere, String::new()));
}

#[test]
fn a_locked_keyring_is_passed_over_for_another_place_and_told_when_there_is_none() {
    let locked = |place: &Place| match place.kind() {
        "keyring" => Lookup::Failed(NoSecret::KeyringLocked, String::new()),
        _ => Lookup::Absent,
    };
    assert_eq!(first(&places(), locked).unwrap_err().0, NoSecret::KeyringLocked);
    let other = |place: &Place| if place.kind() == "file" { Lookup::Found("hush".into()) } else { locked(place) };
    assert_eq!(first(&places(), other).unwrap().1.kind(), "file");
}

#[test]
fn a_refused_file_ends_the_search() {
    let refused = |place: &Place| match place.kind() {
        "file" => Lookup::Refused(NoSecret::FileForeign("/f".into()), String::new()),
        "environment" => Lookup::Found("hush".into()),
        _ => Lookup::Absent,
    };
    assert_eq!(first(&places(), refused).unwrap_err().0, NoSecret::FileForeign("/f".into()));
}

#[test]
fn a_command_gives_its_one_line_without_the_line_end() {
    assert_eq!(have(ran("echo hush")), "hush");
    assert_eq!(have(ran("printf 'hush\\r\\n'")), "hush");
    assert_eq!(have(ran("printf ' hush '")), " hush ");
    assert_eq!(have(ran("echo \"$1\"")), "a b", "arguments are passed on as they are");
    assert_eq!(have(ran("cat; echo hush")), "hush", "it has nothing to read");
}

#[test]
fn a_command_that_fails_is_told_with_its_last_words_and_never_with_what_it_printed() {
    assert_eq!(why(ran("echo one >&2; printf 'not \\033[31msigned in\\n\\n' >&2; exit 3")).1, "not [31msigned in");
    for text in ["echo hush; echo 'no: hush' >&2; exit 1", "echo hush; exit 1", "echo hush; echo hush"] {
        let told = why(ran(text));
        assert!(!format!("{told:?}").contains("hush"), "{text}: {told:?}");
    }
    let sh = || "/bin/sh".to_owned();
    assert_eq!(why(ran("true")).0, NoSecret::CommandEmpty(sh()));
    assert_eq!(why(ran("echo")).0, NoSecret::CommandEmpty(sh()));
    assert_eq!(why(ran("printf 'a\\nb\\n'")).0, NoSecret::CommandOdd(sh()));
    assert_eq!(why(ran("head -c 100000 /dev/zero | tr '\\0' x")).0, NoSecret::CommandTooLong(sh()));
    let absent = command::run(&["/nonexistent/op".into()], &[], command::TIMEOUT);
    assert_eq!(why(absent).0, NoSecret::CommandMissing("/nonexistent/op".into()));
}

#[test]
fn a_command_that_hangs_is_ended() {
    let dir = tempfile::tempdir().unwrap();
    let (argv, start) = (script(dir.path(), "exec sleep 60"), Instant::now());
    let looked = command::run(&argv, &[], Duration::from_millis(100));
    assert_eq!(why(looked).0, NoSecret::CommandSilent("/bin/sh".into(), 0));
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_command_does_not_inherit_what_is_hidden() {
    let dir = tempfile::tempdir().unwrap();
    let argv = script(dir.path(), "echo \"${CARGO_MANIFEST_DIR-gone}\"");
    assert_eq!(have(command::run(&argv, &["CARGO_MANIFEST_DIR".into()], command::TIMEOUT)), "gone");
    assert_ne!(have(command::run(&argv, &[], command::TIMEOUT)), "gone");
}

fn file_with(dir: &Path, text: &str, mode: u32) -> PathBuf {
    let path = dir.join("my secret");
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

#[test]
fn a_file_for_its_user_alone_is_read() {
    let dir = tempfile::tempdir().unwrap();
    for mode in [0o600, 0o400, 0o700] {
        assert_eq!(have(file::read(&file_with(dir.path(), "hush\n", 0o600))), "hush");
        let path = file_with(dir.path(), "hush", mode);
        assert_eq!((have(file::read(&path)), file::presence(&path)), ("hush".to_owned(), Presence::Present));
        fs::remove_file(path).unwrap();
    }
    assert_eq!(file::presence(&dir.path().join("absent")), Presence::Absent);
    assert!(matches!(file::read(&dir.path().join("absent")), Lookup::Absent));
}

#[test]
fn a_file_that_others_can_get_at_is_refused_with_the_fix() {
    let dir = tempfile::tempdir().unwrap();
    for mode in [0o644, 0o640, 0o604, 0o660, 0o602, 0o610] {
        let path = file_with(dir.path(), "hush", mode);
        let shown = path.display().to_string();
        let fix = format!("chmod 600 '{shown}'");
        let looked = file::read(&path);
        assert!(matches!(&looked, Lookup::Refused(..)), "{mode:o}: {looked:?}");
        assert_eq!(why(looked).0, NoSecret::FileTooOpen { path: shown, fix }, "{mode:o}");
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn links_directories_pipes_and_odd_content_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = file_with(dir.path(), "hush", 0o600);
    let link = dir.path().join("link");
    symlink(&path, &link).unwrap();
    assert_eq!(why(file::read(&link)).0, NoSecret::FileLink(link.display().to_string()));
    let dangling = dir.path().join("dangling");
    symlink(dir.path().join("absent"), &dangling).unwrap();
    assert_eq!(why(file::read(&dangling)).0, NoSecret::FileLink(dangling.display().to_string()));
    assert_eq!(why(file::read(dir.path())).0, NoSecret::FileOdd(dir.path().display().to_string()));
    for text in ["", "\n", "a\nb", "a\0b", &"x".repeat(20_000)] {
        let path = file_with(dir.path(), text, 0o600);
        assert_eq!(why(file::read(&path)).0, NoSecret::FileOdd(path.display().to_string()));
    }
    let pipe = dir.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").args(["-m", "600"]).arg(&pipe).status().unwrap().success());
    assert_eq!(why(file::read(&pipe)).0, NoSecret::FileOdd(pipe.display().to_string()));
}

#[test]
fn a_stored_file_is_for_its_user_alone_and_takes_the_place_of_a_bad_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("data/secrets/europe");
    file::store(&path, &"hush-1".into()).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    file::store(&path, &"hush-2".into()).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    assert_eq!(have(file::read(&path)), "hush-2");
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing else is left");
    assert!(file::forget(&path).unwrap() && !file::forget(&path).unwrap());
}

/// A mistyped `secret_file` must not cost a file that holds something else.
#[test]
fn what_is_no_secret_is_neither_written_over_nor_removed() {
    let dir = tempfile::tempdir().unwrap();
    let secret = file_with(dir.path(), "hush", 0o600);
    let at = |name: &str| dir.path().join(name);
    fs::write(at("notes"), "one\ntwo\n").unwrap();
    fs::write(at("large"), "x".repeat(20_000)).unwrap();
    fs::write(at("bytes"), [0xff, 0xfe, 1]).unwrap();
    symlink(&secret, at("link")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    for name in ["notes", "large", "bytes", "link", "pipe"] {
        let path = at(name);
        let about =
            |path: &Path| (fs::symlink_metadata(path).unwrap().len(), fs::symlink_metadata(path).unwrap().file_type());
        let before = about(&path);
        assert!(file::store(&path, &"new".into()).is_err() && file::forget(&path).is_err(), "{name}");
        assert_eq!(about(&path), before, "{name}");
    }
    assert_eq!(have(file::read(&secret)), "hush");
}

#[test]
fn a_variable_is_taken_as_it_was_at_the_start() {
    let variable = |value: Option<&str>| {
        let value = value.map(SecretString::from);
        let places = vec![Place::Environment { name: "HUSH".into(), value }];
        Secret::Places { profile: ProfileId::new("europe"), places }
    };
    let (secret, place) = variable(Some("hush\n")).find().unwrap();
    assert_eq!((secret.expose_secret(), place.kind()), ("hush", "environment"));
    let error = variable(Some("hush\nhush")).find().unwrap_err();
    assert!(!format!("{error:?} {:?}", variable(Some("hush\nhush"))).contains("hush"), "{error:?}");
    let cause = Cause::NoSecret { profile: "europe".into(), why: Box::new(NoSecret::Nowhere) };
    assert_eq!(variable(None).find().unwrap_err().cause, cause);
}
