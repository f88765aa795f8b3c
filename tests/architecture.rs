//! The shape of the code: which room may import which, where the large libraries live, how long files get.
//! Read from the sources themselves, so that nobody has to remember it.
#![expect(clippy::unwrap_used, reason = "a test may end by a panic")]

#[path = "architecture/sources.rs"]
mod sources;

use sources::{Source, sources};

/// Who may import whom. What is missing here is a new room: it needs its line, and one in `src/lib.rs`.
const ROOMS: [(&str, &[&str]); 18] = [
    ("clock", &[]),
    // Below all that have files.
    ("files", &[]),
    ("domain", &[]),
    ("wire", &["domain"]),
    ("app", &["domain"]),
    ("i18n", &["app", "domain"]),
    ("view", &["app", "domain", "i18n"]),
    ("client", &["clock", "domain", "wire"]),
    // Clients of 1Password's own interfaces: the server calls them, and they know neither database nor screen.
    ("connect", &["client", "domain"]),
    // The other side of it, for tests: knows nothing of ours, so that it cannot be wrong in the same way.
    ("demo_1password", &[]),
    ("cache", &["client", "clock", "domain", "files", "wire"]),
    ("server", &["clock", "connect", "domain", "files", "wire"]),
    ("config", &["domain", "files"]),
    (
        "cli",
        &[
            "client",
            "cache",
            "clock",
            "config",
            "connect",
            "demo_1password",
            "domain",
            "files",
            "i18n",
            "local_server",
            "runtime",
        ],
    ),
    ("runtime", &["client", "app", "clock", "config", "domain", "files", "view", "wire", "i18n", "terminal"]),
    ("terminal", &["app", "view"]),
    // These two put the others together: `local_server` alone knows the server, and nothing of the screen.
    ("local_server", &["client", "config", "connect", "domain", "files", "server"]),
    ("tui", &["client", "app", "cache", "cli", "config", "domain", "local_server", "runtime", "i18n"]),
];

/// Which rooms may name a library. Those that are not here may be used everywhere.
const LIBRARIES: [(&str, &[&str]); 38] = [
    ("ratatui", &["view", "runtime", "terminal"]),
    ("crossterm", &["runtime", "terminal"]),
    ("qrcode", &["view"]),
    ("rustix", &["cache", "files", "runtime", "terminal"]),
    ("crc32fast", &["cache"]),
    ("crossterm_winapi", &["terminal"]),
    ("winapi_util", &["files"]),
    ("signal_hook", &["terminal"]),
    ("shlex", &["runtime"]),
    ("color_eyre", &["runtime", "terminal", "tui", "main"]),
    // `terminal`: on Windows the end of a console is told by it alone without unsafe code.
    (
        "tokio",
        &["client", "connect", "demo_1password", "runtime", "server", "cli", "local_server", "terminal", "tui", "main"],
    ),
    ("reqwest", &["client", "connect"]),
    ("rustls", &["client", "server"]),
    ("tokio_rustls", &["client", "server"]),
    ("hyper_util", &["client", "server"]),
    ("fastrand", &["client", "connect"]),
    ("rusqlite", &["server"]),
    ("tokio_postgres", &["server"]),
    ("axum", &["demo_1password", "server"]),
    ("maud", &["server"]),
    ("http_body", &["server"]),
    ("tower", &["server"]),
    ("tower_http", &["server"]),
    ("ring", &["client", "server"]),
    ("subtle", &["server"]),
    ("hyper", &["server"]),
    ("nix", &["server", "terminal"]),
    ("getrandom", &["server"]),
    ("clap", &["cli", "config", "main"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("toml", &["config"]),
    ("toml_edit", &["config"]),
    ("keyring", &["config"]),
    ("rpassword", &["runtime"]),
    ("frizbee", &["domain"]),
    ("strsim", &["domain"]),
];

/// Within the server: what the store must not name, which knows no HTTP.
const HTTP: [&str; 5] = ["axum", "http", "tower", "tower_http", "hyper"];

/// The engines of the database, and where they are named. The others use `server/sql`, which is the same for all of them;
/// handlers hold no SQL at all.
const ENGINES: [&str; 2] = ["rusqlite", "tokio_postgres"];
const BY_ENGINE: [&str; 2] = ["src/server/sql", "src/server/store/pool"];
const WITHOUT_SQL: [&str; 3] = ["src/server/routes", "src/server/middleware", "src/server/state"];

/// Asked outside, at one moment: the pure rooms know no clock, no file, no network, no thread.
const OUTSIDE: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::thread",
    "std::process",
    "std::env",
    "Instant::now",
    "SystemTime::now",
    "Timestamp::now",
    "Zoned::now",
];

/// What only one family of systems has.
const OF_ONE_SYSTEM: [&str; 13] = [
    "std::os::",
    "tokio::signal::unix",
    "tokio::signal::windows",
    "cfg(unix",
    "cfg(windows",
    "cfg(not(unix",
    "cfg(not(windows",
    "cfg_attr(unix",
    "cfg_attr(windows",
    "cfg!(unix",
    "cfg!(windows",
    "target_family",
    "any(unix",
];
const LIBRARIES_OF_ONE_SYSTEM: [&str; 5] = ["rustix", "nix", "signal_hook", "crossterm_winapi", "winapi_util"];

/// Where that is: the rooms that ask the system. A path stands for what begins with it.
const OF_THE_SYSTEM: [&str; 6] = [
    "src/files",
    "src/runtime",
    "src/terminal",
    // A server's signals are its own: its room must not import the screen's.
    "src/local_server/service",
    // Which addresses this machine has is a question of the network, and asked here alone.
    "src/server/connections/addresses",
    // The library's hosts are of one kind more on Unix: sockets.
    "src/server/sql/postgres/address.rs",
];

/// Says every fault at once: one run tells all there is to mend.
#[track_caller]
fn nothing(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn room(name: &str) -> Option<&'static [&'static str]> {
    ROOMS.iter().find(|(room, _)| *room == name).map(|(_, allowed)| *allowed)
}

#[test]
fn every_room_imports_only_what_it_may() {
    let mut faults = Vec::new();
    for source in sources("src").iter().filter(|source| !["lib", "main"].contains(&source.room.as_str())) {
        let Some(allowed) = room(&source.room) else {
            faults.push(format!("{}: {} is no module of the table", source.path, source.room));
            continue;
        };
        for (line, imported) in source.imports() {
            if imported != source.room && !allowed.contains(&imported.as_str()) {
                faults.push(format!("{}:{line}: {} must not import {imported}", source.path, source.room));
            }
        }
    }
    nothing(&faults);
}

#[test]
fn large_libraries_stay_in_their_rooms() {
    let mut faults = Vec::new();
    for source in sources("src") {
        for (library, rooms) in LIBRARIES.iter().filter(|(_, rooms)| !rooms.contains(&source.room.as_str())) {
            for line in source.names(library) {
                faults.push(format!("{}:{line}: {library} belongs into {rooms:?}", source.path));
            }
        }
    }
    nothing(&faults);
}

#[test]
fn what_one_system_has_stays_with_the_rooms_that_ask_it() {
    let mut faults = Vec::new();
    let asks = |source: &&Source| !OF_THE_SYSTEM.iter().any(|at| source.path.starts_with(at)) && !source.is_test();
    for source in sources("src").iter().filter(asks) {
        for (line, text) in source.lines_before_tests() {
            let found = OF_ONE_SYSTEM.iter().find(|what| text.contains(*what));
            faults
                .extend(found.map(|what| format!("{}:{line}: {what}: ask crate::files, or say why not", source.path)));
        }
        let tests = source.lines_before_tests().count();
        for library in LIBRARIES_OF_ONE_SYSTEM {
            let named = source.names(library).filter(|line| *line <= tests);
            faults.extend(named.map(|line| format!("{}:{line}: {library}: ask crate::files", source.path)));
        }
    }
    nothing(&faults);
}

#[test]
fn the_server_keeps_sql_and_http_apart() {
    let mut faults = Vec::new();
    for source in sources("src") {
        let within = |folders: &[&str]| folders.iter().any(|folder| source.path.starts_with(folder));
        let http = HTTP.iter().filter(|_| within(&["src/server/store"]));
        for library in http.chain(ENGINES.iter().filter(|_| !within(&BY_ENGINE))) {
            faults.extend(source.names(library).map(|line| format!("{}:{line}: names {library}", source.path)));
        }
        let statements = [".prepare_cached(", ".query_row(", ".execute("];
        let held = source.lines_before_tests().filter(|(_, text)| statements.iter().any(|word| text.contains(word)));
        faults.extend(held.filter(|_| within(&WITHOUT_SQL)).map(|(line, _)| format!("{}:{line}: SQL", source.path)));
    }
    nothing(&faults);
}

#[test]
fn the_pure_rooms_ask_nothing_of_the_outside() {
    let mut faults = Vec::new();
    let pure = ["domain", "wire", "app", "i18n", "view"];
    for source in sources("src").iter().filter(|source| pure.contains(&source.room.as_str()) && !source.is_test()) {
        for (line, text) in source.lines_before_tests() {
            if let Some(what) = OUTSIDE.iter().find(|what| text.contains(*what)) {
                faults.push(format!("{}:{line}: {what} in a pure room", source.path));
            }
        }
    }
    nothing(&faults);
}

#[test]
fn the_time_of_day_is_asked_in_one_place() {
    let mut faults = Vec::new();
    for source in sources("src").iter().filter(|source| source.room != "clock" && !source.is_test()) {
        for (line, text) in source.lines_before_tests() {
            let asked = ["Timestamp::now", "SystemTime::now", "Zoned::now"].iter().find(|asked| text.contains(*asked));
            faults.extend(asked.map(|asked| format!("{}:{line}: {asked}: ask crate::clock", source.path)));
        }
    }
    nothing(&faults);
}

#[test]
fn the_library_does_not_import_itself_by_name() {
    let mut faults = Vec::new();
    for source in sources("src").iter().filter(|source| source.room != "main") {
        faults.extend(source.names("mspdash").map(|line| format!("{}:{line}: write crate::", source.path)));
    }
    nothing(&faults);
}

#[test]
fn every_room_is_on_the_map() {
    let map = std::fs::read_to_string("src/lib.rs").unwrap();
    let mut faults = Vec::new();
    for (room, _) in ROOMS {
        if !map.contains(&format!("[`{room}`]")) || !map.contains(&format!("pub mod {room};")) {
            faults.push(format!("src/lib.rs: {room} is not on the map"));
        }
    }
    for line in map.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let name = line.trim_end_matches(';');
        if room(name).is_none() {
            faults.push(format!("tests/architecture.rs: who may {name} import?"));
        }
    }
    nothing(&faults);
}

#[test]
fn no_file_is_longer_than_five_hundred_lines() {
    let long = |source: &Source| source.text.lines().count() > 500;
    let told = |source: &Source| format!("{}: {} lines", source.path, source.text.lines().count());
    nothing(&sources("src").iter().filter(|source| long(source)).map(told).collect::<Vec<_>>());
}

#[test]
fn no_module_is_called_after_nothing() {
    let empty = ["mod", "util", "utils", "helper", "helpers", "common", "misc", "manager", "handler", "handlers"];
    let mut faults = Vec::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        let named = source.path.trim_end_matches(".rs").split('/').any(|part| empty.contains(&part));
        let declared = source
            .code
            .lines()
            .filter_map(|line| line.trim().strip_prefix("mod "))
            .any(|line| empty.contains(&line.trim_end_matches([';', '{', ' '])));
        if named || declared {
            faults.push(format!("{}: a name that says nothing", source.path));
        }
    }
    nothing(&faults);
}

#[test]
fn every_dependency_is_used() {
    let manifest: toml::Table = std::fs::read_to_string("Cargo.toml").unwrap().parse().unwrap();
    let (own, outside) = (sources("src"), ["src", "tests", "benches"].map(sources).concat());
    let mut faults = Vec::new();
    let of_systems =
        manifest["target"].as_table().unwrap().values().map(|system| ("target", &system["dependencies"], &own));
    let sections = ["dependencies", "dev-dependencies"].map(|section| (section, &manifest[section]));
    let sections = sections.into_iter().zip([&own, &outside]).map(|((section, names), place)| (section, names, place));
    for (section, names, where_) in sections.chain(of_systems) {
        for name in names.as_table().unwrap().keys() {
            let library = name.replace('-', "_");
            if !where_.iter().any(|source| source.names(&library).next().is_some()) {
                faults.push(format!("Cargo.toml: {name} of {section} is used nowhere"));
            }
        }
    }
    nothing(&faults);
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    let mut faults = Vec::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        for (line, text) in source.code.lines().enumerate() {
            if text.trim_start().starts_with("#[allow(") || text.trim_start().starts_with("#![allow(") {
                faults.push(format!("{}:{}: expect it, with a reason", source.path, line + 1));
            }
        }
    }
    nothing(&faults);
}
