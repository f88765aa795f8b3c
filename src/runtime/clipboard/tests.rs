use super::*;

use crate::runtime::test_programs::Scripts;
use std::cell::RefCell;

const TEXT: &str = "https://a.example/Müller\u{1b}";
const OSC: &str = "\x1b]52;c;aHR0cHM6Ly9hLmV4YW1wbGUvTcO8bGxlchs=\x1b\\";

/// Copies with these variables and the programs of a folder: what is said of it, and what the terminal got.
fn copied(folder: &Scripts, set: &[(&str, &str)], text: &str) -> (Result<Copied, NotCopied>, String) {
    with(folder, set, text, false, Duration::from_secs(20))
}

fn with(
    folder: &Scripts,
    set: &[(&str, &str)],
    text: &str,
    mac: bool,
    timeout: Duration,
) -> (Result<Copied, NotCopied>, String) {
    let variable = |name: &str| {
        let path = [("PATH", folder.path())];
        let found = set.iter().chain(&path).find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let told = RefCell::new(String::new());
    let result = copy_here(mac, &variable, timeout, text, |sequence| told.borrow_mut().push_str(sequence.reveal()));
    (result, told.into_inner())
}

fn by(program: Option<&str>, tmux: bool, terminal: bool) -> Copied {
    Copied { program: program.map(ToOwned::to_owned), tmux, terminal }
}

const WAYLAND: (&str, &str) = ("WAYLAND_DISPLAY", "wayland-0");
const X11: (&str, &str) = ("DISPLAY", ":0");
const TMUX: (&str, &str) = ("TMUX", "/tmp/tmux-1/default,1,0");
const SSH: (&str, &str) = ("SSH_CONNECTION", "::1 1 ::1 22");
const WSL: (&str, &str) = ("WSL_DISTRO_NAME", "Debian");

/// All of them take what they get, and keep it under their names.
fn full() -> Scripts {
    let folder = Scripts::new();
    for tool in ["wl-copy", "xclip", "xsel", "pbcopy", "clip.exe", "tmux"] {
        folder.script(tool, &format!("cat > got.{tool}; echo \"$@\" > how.{tool}"));
    }
    folder
}

#[test]
fn what_is_said_is_what_took_the_text() {
    let nothing = Scripts::new();
    for (set, expected) in [
        (&[][..], by(None, false, true)),
        (&[WAYLAND, X11], by(Some("wl-copy"), false, false)),
        (&[X11], by(Some("xclip"), false, false)),
        (&[WSL], by(Some("clip.exe"), false, false)),
        (&[X11, SSH], by(None, false, true)),
        (&[X11, ("SSH_TTY", "/dev/pts/1")], by(None, false, true)),
        (&[TMUX], by(None, true, true)),
        (&[TMUX, SSH, X11], by(None, true, true)),
        (&[TMUX, X11], by(Some("xclip"), true, true)),
    ] {
        let folder = full();
        let (said, terminal) = copied(&folder, set, TEXT);
        assert_eq!(said, Ok(expected.clone()), "{set:?}");
        let Copied { program, tmux, .. } = expected;
        for tool in program.iter().map(String::as_str).chain(tmux.then_some("tmux")).filter(|tool| *tool != "clip.exe")
        {
            assert_eq!(folder.read(&format!("got.{tool}")), TEXT, "{set:?}");
            assert!(!folder.read(&format!("how.{tool}")).contains("example"), "never on a command line");
        }
        assert_eq!(terminal, if program.is_none() && !tmux { OSC } else { "" }, "{set:?}");
        // The same where none of them is installed.
        assert_eq!(copied(&nothing, set, TEXT), (Ok(by(None, false, true)), OSC.to_owned()), "{set:?}");
    }
    assert_eq!(with(&full(), &[], TEXT, true, Duration::from_secs(20)).0, Ok(by(Some("pbcopy"), false, false)));
}

#[test]
fn a_program_that_fails_has_not_copied() {
    let folder = full();
    folder.script("xclip", "echo \"Can't open display\" >&2; exit 1");
    assert_eq!(copied(&folder, &[X11], TEXT).0, Ok(by(Some("xsel"), false, false)), "the next one is asked");
    folder.script("xsel", "exit 1");
    assert_eq!(copied(&folder, &[X11], TEXT), (Ok(by(None, false, true)), OSC.to_owned()));
    // Before 3.2 there was no `-w`, and the terminal has to be told by ourselves.
    folder.script("tmux", "[ \"$2\" = -w ] && exit 1; cat > got.tmux");
    assert_eq!(copied(&folder, &[TMUX], TEXT), (Ok(by(None, true, true)), OSC.to_owned()));
    assert_eq!(folder.read("got.tmux"), TEXT);
    folder.script("tmux", "exit 1");
    assert_eq!(copied(&folder, &[TMUX], TEXT), (Ok(by(None, false, true)), OSC.to_owned()));
}

#[test]
fn one_that_stays_behind_or_hangs_holds_up_nothing() {
    let folder = Scripts::new();
    let (held, stuck) = (folder.pipe("held"), folder.pipe("stuck"));
    folder.script("wl-copy", "cat > got\n(read never < held) &");
    assert_eq!(copied(&folder, &[WAYLAND], TEXT).0, Ok(by(Some("wl-copy"), false, false)));
    assert_eq!(folder.read("got"), TEXT);
    held.release();
    // More than fits into a pipe, and nobody reads it.
    folder.script("xclip", "exec cat stuck");
    let long = "x".repeat(MOST);
    let (said, _) = with(&folder, &[X11], &long, false, Duration::from_millis(20));
    assert_eq!(said, Ok(by(None, false, true)));
    drop(stuck);
}

#[test]
fn windows_gets_its_own_letters() {
    for windows in [WSL, ("OS", "Windows_NT")] {
        let folder = full();
        assert_eq!(copied(&folder, &[windows], "Mü").0, Ok(by(Some("clip.exe"), false, false)));
        assert_eq!(folder.bytes("got.clip.exe"), [b'M', 0, 0xfc, 0]);
        copied(&folder, &[windows], "Mu").0.unwrap();
        assert_eq!(folder.read("got.clip.exe"), "Mu");
    }
}

#[test]
fn screen_is_told_to_pass_it_on_in_pieces() {
    let set = [("STY", "1.pts-0.host"), ("TERM", "screen")];
    let (said, terminal) = copied(&Scripts::new(), &set, &"x".repeat(400));
    assert_eq!(said, Ok(by(None, false, true)));
    let pieces: Vec<&str> = terminal.split_inclusive("\x1b\\").collect();
    assert!(pieces.len() == 3 && pieces.iter().all(|piece| piece.starts_with("\x1bP") && piece.len() <= PIECE + 4));
    let inner: String = pieces.iter().map(|piece| &piece[2..piece.len() - 2]).collect();
    let base64 = format!("{}eA==", "eHh4".repeat(133));
    assert_eq!(inner, format!("\x1b]52;c;{base64}\x07"));
}

#[test]
fn where_nothing_takes_it_that_is_said() {
    let (console, nothing) = ([("TERM", "linux")], Scripts::new());
    assert_eq!(copied(&nothing, &console, TEXT), (Err(NotCopied::NoClipboard), String::new()));
    let set = [("TERM", "linux"), TMUX];
    let folder = Scripts::new();
    folder.script("tmux", "[ \"$2\" = - ]");
    assert_eq!(copied(&folder, &set, TEXT), (Ok(by(None, true, false)), String::new()));
    let long = "a".repeat(MOST + 1);
    assert_eq!(copied(&nothing, &[], &long), (Err(NotCopied::TooLong(MOST + 1)), String::new()), "nothing is sent");
}
