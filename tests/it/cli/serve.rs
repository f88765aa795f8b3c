//! `mspdash serve` and the files and addresses of others.

use crate::support::clock;
use crate::support::home::{Home, Run, Served};
use std::fs::{self, Permissions};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A home in which a workspace was served, with its credentials.
fn served() -> (Home, String, String) {
    let home = Home::new();
    let [database, credentials] =
        ["w.db", "c.json"].map(|name| home.dir.path().join(name).to_str().unwrap().to_owned());
    let args = ["--port", "0", "--sample-size", "3", "--database", &database];
    assert_eq!(Served::with(&home, Path::new(&credentials), &args).terminate(), Some(0));
    (home, database, credentials)
}

fn serve(home: &Home, database: &str, credentials: &str, more: &[&str]) -> Run {
    let args = ["serve", "--port", "0", "--database", database, "--credentials", credentials];
    home.run(&[&args, more].concat())
}

#[test]
fn a_workspace_is_whole_in_its_one_file_once_the_server_has_stopped() {
    let (_home, database, _) = served();
    let folder = Path::new(&database).parent().unwrap();
    let beside = ["w.db-wal", "w.db-shm"].iter().any(|name| folder.join(name).exists());
    assert!(!beside, "nothing is left beside it");
    let copy = folder.join("copy.db");
    fs::copy(&database, &copy).unwrap();
    let db = rusqlite::Connection::open(copy).unwrap();
    let count: i64 = db.query_row("SELECT count(*) FROM companies", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 3);
}

/// The dashboard's own server, by way of a one-shot command.
#[test]
fn so_it_is_after_a_command_with_its_own_server() {
    let home = Home::new();
    assert_eq!(home.run(&["companies", "list"]).code, 0);
    let folder = home.dir.path().join(".local/share/mspdash");
    let names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().any(|name| name == "workspace.db"), "{names:?}");
    assert!(!names.iter().any(|name| name.to_str().unwrap().contains("-wal")), "{names:?}");
}

#[test]
fn files_of_others_are_left_alone_as_database_and_as_credentials() {
    let (home, database, credentials) = served();
    let at = |name: &str| home.dir.path().join(name).to_str().unwrap().to_owned();
    let (notes, link, pipe, folder, foreign) = (at("notes.txt"), at("link"), at("pipe"), at("folder"), at("f.db"));
    fs::write(&notes, "x\n").unwrap();
    fs::set_permissions(&notes, Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink(&database, &link).unwrap();
    fs::create_dir(&folder).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE precious (x)").unwrap();
    fs::set_permissions(&foreign, Permissions::from_mode(0o600)).unwrap();
    let kept = [&database, &notes, &foreign, &credentials].map(|path| fs::read(path).unwrap());
    let others = [
        (&notes, "something else"),
        (&link, "symbolic link"),
        (&pipe, "pipe"),
        (&folder, "folder"),
        (&foreign, "another program"),
    ];
    for more in [&[][..], &["--fresh"]] {
        for (other, said) in others {
            let run = serve(&home, other, &credentials, more);
            assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
            assert!(run.err.contains(said) && run.err.contains(other), "{}", run.err);
        }
        let as_credentials =
            [(&notes, "something else"), (&link, "symbolic link"), (&pipe, "pipe"), (&folder, "folder")];
        for (other, said) in as_credentials.into_iter().chain([(&foreign, "something else")]) {
            let run = serve(&home, &database, other, more);
            assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
            assert!(run.err.contains(said) && run.err.contains(other), "{}", run.err);
        }
        let now = [&database, &notes, &foreign, &credentials].map(|path| fs::read(path).unwrap());
        assert!(now == kept, "{more:?}: a file has changed");
    }
}

#[test]
fn an_empty_file_may_become_credentials_and_ours_are_renewed() {
    let (home, database, credentials) = served();
    let empty = home.dir.path().join("empty");
    fs::write(&empty, "").unwrap();
    for file in [empty.as_path(), Path::new(&credentials)] {
        fs::set_permissions(file, Permissions::from_mode(0o644)).unwrap();
        assert_eq!(Served::with(&home, file, &["--port", "0", "--database", &database]).terminate(), Some(0));
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn fresh_takes_no_workspace_from_under_a_server() {
    let (home, database, credentials) = served();
    let running = Served::with(&home, Path::new(&credentials), &["--port", "0", "--database", &database]);
    let other = home.dir.path().join("other.json");
    let run = serve(&home, &database, other.to_str().unwrap(), &["--fresh"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("in use") && run.err.contains("--fresh"), "{}", run.err);
    // A second one beside it is no harm.
    let beside = Served::with(&home, &other, &["--port", "0", "--database", &database]);
    assert!(home.run(&["companies", "list", "--credentials", other.to_str().unwrap()]).code == 0);
    assert_eq!((beside.terminate(), running.terminate()), (Some(0), Some(0)));
    let fresh = ["--port", "0", "--database", &database, "--fresh"];
    assert_eq!(Served::with(&home, Path::new(&credentials), &fresh).terminate(), Some(0));
}

#[test]
fn a_workspace_that_others_can_read_is_not_served_and_the_cure_works() {
    let (home, database, credentials) = served();
    fs::set_permissions(&database, Permissions::from_mode(0o644)).unwrap();
    let run = serve(&home, &database, &credentials, &[]);
    assert_eq!(run.code, 1);
    let cure = run.err.split("Run: ").nth(1).unwrap().trim_end().trim_end_matches('.').to_owned();
    assert!(std::process::Command::new("sh").args(["-c", &cure]).status().unwrap().success(), "{cure}");
    let again = ["--port", "0", "--database", &database];
    assert_eq!(Served::with(&home, Path::new(&credentials), &again).terminate(), Some(0));
}

#[test]
fn plain_http_beyond_this_machine_has_to_be_asked_for() {
    let (home, database, credentials) = served();
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:4815"] {
        let run = home.run(&["serve", "--listen", listen, "--database", &database, "--credentials", &credentials]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{listen}");
        assert!(
            run.err.contains(listen) && run.err.contains("--behind-proxy") && run.err.contains("--tls-cert"),
            "{}",
            run.err
        );
    }
}

#[test]
fn a_server_beyond_this_machine_says_so_with_every_address() {
    let (home, database, credentials) = served();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("mspdash"));
    command.env_clear().env("HOME", home.dir.path()).envs(clock::variables());
    command.args(["serve", "--listen", "0.0.0.0:0", "--behind-proxy", "--database", &database]);
    command.args(["--credentials", &credentials]);
    let mut child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    let mut out = child.stdout.take().unwrap();
    while !said.contains("In another terminal") {
        let mut piece = [0; 512];
        let read = out.read(&mut piece).unwrap();
        assert!(read > 0, "{said}");
        said.push_str(std::str::from_utf8(&piece[..read]).unwrap());
    }
    rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::TERM).unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(err.contains("WARNING") && err.contains("TLS"), "{err}");
    let port = said.split("http://127.0.0.1:").nth(1).unwrap().lines().next().unwrap().to_owned();
    let addresses = nix::ifaddrs::getifaddrs().unwrap().filter_map(|interface| interface.address);
    for address in addresses.filter_map(|address| address.as_sockaddr_in().map(nix::sys::socket::SockaddrIn::ip)) {
        assert!(said.contains(&format!("http://{address}:{port}\n")), "{address}: {said}");
    }
}

#[test]
fn a_number_of_days_that_makes_no_sense_is_refused_and_so_is_one_for_a_sample() {
    let (home, database, credentials) = served();
    for days in ["0", "-1", "36501", "1.5", "forever", "99999999999"] {
        let run = serve(&home, &database, &credentials, &[&format!("--keep-events={days}")]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{days}");
        assert!(run.err.contains("write a number of days, from 1 to 36500"), "{}", run.err);
    }
    let run = serve(&home, &database, &credentials, &["--keep-events", "90"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("holds a sample") && run.err.contains("Leave --keep-events out"), "{}", run.err);
}
