//! The user's clipboard. Desktop programs and tmux report whether they took the text; a terminal (OSC 52) does not,
//! but that works over SSH too.

use std::env;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;
use tokio::task::spawn_blocking;

use super::child;
use crate::app::msg::Copied;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::launch::Redacted;

/// In bytes. Terminals drop longer sequences silently, some at about this size.
const MOST: usize = 100_000;

const TIMEOUT: Duration = Duration::from_secs(2);

/// The longest piece that screen passes on.
const PIECE: usize = 250;

type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// What can confirm a copy: installed desktop programs and tmux.
pub fn programs() -> Vec<&'static str> {
    let folders = variable("PATH");
    let here = |tool: &&str| child::find(tool, folders.as_deref()).is_some();
    let tools = tools(cfg!(target_os = "macos"), &variable).into_iter().filter_map(|tool| tool.first().copied());
    tools.chain(variable("TMUX").map(|_| "tmux")).filter(here).collect()
}

/// Copies by every available way. `to_terminal` gets the escape sequence, if one is needed.
pub(super) async fn copy(text: Redacted, to_terminal: impl FnOnce(Redacted) + Send + 'static) -> Result<Copied, Error> {
    let failed = |cause| Error::new(Operation::Copy, cause, RetryAdvice::Never);
    let copying = spawn_blocking(move || {
        let mac = cfg!(target_os = "macos");
        copy_here(mac, &variable, TIMEOUT, text.reveal(), to_terminal)
    });
    match copying.await {
        Ok(Ok(copied)) => Ok(copied),
        Ok(Err(NotCopied::NoClipboard)) => Err(failed(Cause::NoClipboard)),
        Ok(Err(NotCopied::TooLong(bytes))) => {
            let detail = format!("{bytes} bytes; terminals take {MOST} at most");
            Err(Error { detail, ..failed(Cause::Local) })
        }
        Err(_) => Err(failed(Cause::TaskDied)),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum NotCopied {
    NoClipboard,
    TooLong(usize),
}

/// None over SSH: it would be the wrong desktop.
fn tools(mac: bool, variable: Variable<'_>) -> Vec<&'static [&'static str]> {
    let set = |name| variable(name).is_some();
    let mut tools: Vec<&[&str]> = Vec::new();
    if set("SSH_CONNECTION") || set("SSH_TTY") {
        return tools;
    }
    if set("WAYLAND_DISPLAY") {
        tools.push(&["wl-copy"]);
    }
    if set("DISPLAY") {
        tools.push(&["xclip", "-selection", "clipboard", "-in"]);
        tools.push(&["xsel", "--clipboard", "--input"]);
    }
    if mac {
        tools.push(&["pbcopy"]);
    }
    if set("WSL_DISTRO_NAME") || child::is_windows(variable) {
        tools.push(&["clip.exe"]);
    }
    tools
}

fn copy_here(
    mac: bool,
    variable: Variable<'_>,
    timeout: Duration,
    text: &str,
    to_terminal: impl FnOnce(Redacted),
) -> Result<Copied, NotCopied> {
    let folders = variable("PATH");
    let took = |tool: &[&str]| {
        let name = tool.first().copied().unwrap_or_default();
        child::find(name, folders.as_deref()).is_some_and(|program| feed(&program, tool, text, timeout))
    };
    let mut copied = Copied::default();
    let taker = tools(mac, variable).into_iter().find(|tool| took(tool));
    copied.program = taker.and_then(|tool| tool.first()).map(|&name| name.to_owned());
    if variable("TMUX").is_some() {
        // With `-w` (since 3.2) tmux forwards it to its terminal, even where it does not let us.
        copied.terminal = took(&["tmux", "load-buffer", "-w", "-"]);
        copied.tmux = copied.terminal || took(&["tmux", "load-buffer", "-"]);
    }
    if copied.program.is_none() && !copied.terminal {
        match sequence(text, variable) {
            Ok(sequence) => {
                to_terminal(sequence);
                copied.terminal = true;
            }
            Err(why) if !copied.tmux => return Err(why),
            Err(_) => {}
        }
    }
    Ok(copied)
}

/// Passes the text by stdin, because anybody can read command lines. True when the program took it. Some programs
/// fork and keep the pipes open, so only the first process is waited for.
fn feed(program: &Path, tool: &[&str], text: &str, timeout: Duration) -> bool {
    let mut command = child::command(program);
    command.args(tool.iter().skip(1)).stdin(Stdio::piped());
    if program.ends_with("pbcopy") {
        // Otherwise it assumes another encoding.
        command.env("LC_CTYPE", "UTF-8");
    }
    let bytes = encoded(program, text);
    let Ok(mut child) = child::start(&mut command) else { return false };
    if let Some(mut pipe) = child.stdin.take() {
        // On its own thread: a program that does not read must not block this one.
        let _ = thread::Builder::new().name("clipboard".to_owned()).spawn(move || pipe.write_all(&bytes));
    }
    let ended = child::wait_timeout(&mut child, timeout);
    if !matches!(ended, Ok(Some(_))) {
        let _ = child.kill();
        let _ = child.wait();
    }
    matches!(ended, Ok(Some(status)) if status.success())
}

/// `clip.exe` knows UTF-16 and the local code page, but not UTF-8.
fn encoded(program: &Path, text: &str) -> Vec<u8> {
    if program.ends_with("clip.exe") && !text.is_ascii() {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else {
        text.as_bytes().to_vec()
    }
}

/// OSC 52. There is no way to know whether the terminal obeys.
fn sequence(text: &str, variable: Variable<'_>) -> Result<Redacted, NotCopied> {
    if text.len() > MOST {
        return Err(NotCopied::TooLong(text.len()));
    }
    // The Linux console does not support it, and old ones would print the sequence.
    if variable("TERM").is_some_and(|term| term == "linux") {
        return Err(NotCopied::NoClipboard);
    }
    // Base64: no character of the text can control the terminal.
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence).map_err(|_| NotCopied::NoClipboard)?;
    // screen must be told to pass it on; the inner sequence needs another terminator.
    if variable("STY").is_some() && variable("TMUX").is_none() {
        let inner = format!("{}\x07", sequence.trim_end_matches("\x1b\\"));
        let pieces: Vec<_> = inner.as_bytes().chunks(PIECE).map(String::from_utf8_lossy).collect();
        sequence = format!("\x1bP{}\x1b\\", pieces.join("\x1b\\\x1bP"));
    }
    Ok(Redacted::new(sequence))
}

#[cfg(test)]
mod tests;
