use super::*;

use crate::runtime::test_programs::Scripts;

const ADDRESS: &str = "https://a.example/launch?token=x%73&y=$HOME";

fn set<'a>(variables: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
    |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
}

fn with(variables: &[(&str, &str)], needs_display: bool) -> bool {
    likely(needs_display, &set(variables))
}

/// What comes of `$BROWSER`, with the programs of a folder.
fn browser(folder: &Scripts, value: &str) -> Result<Opening, Cause> {
    let variables = [("BROWSER", value)];
    first(&openers(false, &set(&variables)), ADDRESS, Some(folder.path()), Duration::from_secs(20))
}

#[test]
fn without_a_desktop_there_is_no_browser() {
    assert!(!with(&[], true));
    assert!(with(&[], false), "macOS needs no DISPLAY");
    assert!(!with(&[("DISPLAY", "")], true));
    assert!(with(&[("DISPLAY", ":0")], true));
    assert!(with(&[("WAYLAND_DISPLAY", "wayland-0")], true));
    assert!(with(&[("WSL_DISTRO_NAME", "Debian")], true));
}

#[test]
fn over_ssh_only_a_forwarded_display_counts() {
    assert!(!with(&[("SSH_CONNECTION", "::1 1 ::1 22")], false));
    assert!(with(&[("SSH_CONNECTION", "::1 1 ::1 22"), ("DISPLAY", "localhost:10")], true));
    assert!(with(&[("SSH_CONNECTION", "::1 1 ::1 22"), ("BROWSER", "code-browser")], true));
}

#[test]
fn a_text_browser_would_take_the_terminal() {
    for browser in ["w3m", "/usr/bin/lynx", "elinks -remote %s", "w3m:links", "'/usr/bin/w3m'", " : w3m"] {
        assert!(!with(&[("BROWSER", browser), ("DISPLAY", ":0")], true), "{browser}");
    }
    assert!(with(&[("BROWSER", "/opt/firefox --new-tab %s")], true));
    assert!(with(&[("BROWSER", "firefox:w3m")], true), "the other one gets its turn, and w3m never");
    assert!(!with(&[("BROWSER", "")], true), "an empty one is as none");
}

#[test]
fn only_an_opener_that_says_so_has_opened() {
    let folder = Scripts::new();
    folder.script("good", "exit 0");
    folder.script("three", "exit 3");
    folder.script("killed", "kill -9 $$");
    folder.script("w3m", "touch was-started");
    folder.link("w3m", "sensible");
    folder.text("no-program", "");
    let failed = |all: &[(&str, NotOpened)]| {
        Err(Cause::BrowserFailed(all.iter().map(|(name, why)| ((*name).to_owned(), why.clone())).collect()))
    };
    for (value, expected) in [
        ("good", Ok(Opening::Opened)),
        ("three", failed(&[("three", NotOpened::Code(3))])),
        ("killed", failed(&[("killed", NotOpened::Signal(9))])),
        ("/bin/false", failed(&[("/bin/false", NotOpened::Code(1))])),
        ("missing", failed(&[("missing", NotOpened::Missing)])),
        ("no-program", failed(&[("no-program", NotOpened::Missing)])),
        ("sensible", failed(&[("sensible", NotOpened::TakesTerminal)])),
        ("good 'unfinished", failed(&[("good 'unfinished", NotOpened::Missing)])),
        ("missing:three:good", Ok(Opening::Opened)),
        ("w3m:good", Ok(Opening::Opened)),
        ("three::missing:", failed(&[("three", NotOpened::Code(3)), ("missing", NotOpened::Missing)])),
    ] {
        assert_eq!(browser(&folder, value), expected, "{value}");
    }
    assert!(!folder.has("was-started"));
}

#[test]
fn a_command_line_is_read_as_it_is_meant_and_the_address_is_one_argument() {
    let folder = Scripts::new();
    folder.script("show", "printf '<%s>' \"$0\" \"$@\" | sed \"s,$(dirname \"$0\")/,,\" > got");
    folder.script("with blanks", "printf '<%s>' blanks \"$@\" > got");
    let blanks = format!("{}/with blanks", folder.path());
    for (value, expected) in [
        ("show".to_owned(), format!("<show><{ADDRESS}>")),
        ("  show  --new-tab ".to_owned(), format!("<show><--new-tab><{ADDRESS}>")),
        ("show %s --private".to_owned(), format!("<show><{ADDRESS}><--private>")),
        ("show --url=%s %%s %c %x 5%".to_owned(), format!("<show><--url={ADDRESS}><%s><:><%x><5%>")),
        ("show 'a b' \"$HOME `id`\" c\\ d".to_owned(), format!("<show><a b><$HOME `id`><c d><{ADDRESS}>")),
        ("show %s &".to_owned(), format!("<show><{ADDRESS}>")),
        (blanks.clone(), format!("<blanks><{ADDRESS}>")),
        (format!("'{blanks}' -x"), format!("<blanks><-x><{ADDRESS}>")),
    ] {
        assert_eq!(browser(&folder, &value), Ok(Opening::Opened), "{value}");
        assert_eq!(folder.read("got"), expected, "{value}");
    }
}

#[test]
fn a_desktop_is_asked_in_its_own_way_until_one_opens() {
    let folder = Scripts::new();
    let open = |variables: &[(&str, &str)], mac| {
        first(&openers(mac, &set(variables)), ADDRESS, Some(folder.path()), Duration::from_secs(20))
    };
    let wsl = [("WSL_DISTRO_NAME", "Debian")];
    assert_eq!(open(&[], false), Err(Cause::NoBrowser), "what nobody asked for is not missed");
    folder.script("xdg-open", "exit 4");
    let failed = || Err(Cause::BrowserFailed(vec![("xdg-open".to_owned(), NotOpened::Code(4))]));
    assert_eq!(open(&[], false), failed());
    assert_eq!(open(&[], true), Err(Cause::NoBrowser));
    folder.script("gio", "[ \"$1\" = open ]");
    assert_eq!(open(&[], false), Ok(Opening::Opened));
    folder.script("rundll32.exe", "exit 1");
    assert_eq!(open(&wsl, false), Ok(Opening::Sent), "its code says nothing");
    assert_eq!(open(&[("OS", "Windows_NT")], false), Ok(Opening::Sent));
    folder.script("wslview", "exit 0");
    assert_eq!(open(&wsl, false), Ok(Opening::Opened));
    folder.script("open", "exit 0");
    assert_eq!(open(&[], true), Ok(Opening::Opened));
}

#[test]
fn a_path_of_windows_is_not_cut_at_its_drive() {
    let named = named(&set(&[("OS", "Windows_NT"), ("BROWSER", "'C:\\web\\one.exe';two")]));
    let programs: Vec<&str> = named.iter().map(Opener::name).collect();
    assert_eq!(programs, ["C:\\web\\one.exe", "two"]);
}

#[test]
fn an_opener_that_still_runs_was_started_and_no_more_is_known() {
    let folder = Scripts::new();
    let held = folder.pipe("held");
    folder.script("firefox", "read never < held");
    let variables = [("BROWSER", "firefox")];
    let patience = Duration::from_millis(20);
    assert_eq!(first(&openers(false, &set(&variables)), ADDRESS, Some(folder.path()), patience), Ok(Opening::Sent));
    held.release();
}

#[test]
fn what_is_no_address_of_the_web_gets_to_no_program() {
    for address in
        ["javascript:alert(1)", "file:///etc/passwd", "--help", "https://a b", "https://a\"b", "", "https://a\u{1b}"]
    {
        assert!(!for_browsers(address), "{address:?}");
    }
    assert!(for_browsers(ADDRESS) && for_browsers("http://127.0.0.1:4815/owner"));
}
