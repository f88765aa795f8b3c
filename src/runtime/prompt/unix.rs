//! On the controlling terminal, without echo.

use rpassword::{ConfigBuilder, read_password_with_config};
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
use secrecy::SecretString;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::process;
use std::thread;

use crate::terminal::signals::fatal_signals;

use super::CTRL_C;

pub fn prompt_for_secret(prompt: &str) -> io::Result<SecretString> {
    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let quiet = NoEcho::begin(&terminal)?;
    let asked = terminal.write_all(prompt.as_bytes()).and_then(|()| {
        let keys = InterruptibleInput(terminal.try_clone()?);
        read_password_with_config(ConfigBuilder::new().input_reader(keys).output_discard().build())
    });
    drop(quiet);
    // Enter was not echoed either.
    let _ = terminal.write_all(b"\n");
    match asked {
        Ok(secret) => Ok(SecretString::from(secret)),
        Err(error) if error.kind() == ErrorKind::ConnectionAborted => Err(ErrorKind::UnexpectedEof.into()),
        Err(error) => Err(error),
    }
}

/// Disables echo until dropped.
struct NoEcho(File, Termios);

impl NoEcho {
    fn begin(terminal: &File) -> io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG);
        quiet.special_codes[SpecialCodeIndex::VMIN] = 1;
        quiet.special_codes[SpecialCodeIndex::VTIME] = 0;
        let guard = Self(terminal.try_clone()?, before);
        end_at_signals(Self(terminal.try_clone()?, guard.1.clone()))?;
        tcsetattr(terminal, OptionalActions::Now, &quiet)?;
        Ok(guard)
    }
}

impl Drop for NoEcho {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.0, OptionalActions::Now, &self.1);
    }
}

/// For the rest of the process: once a signal was caught, it no longer ends the process by itself.
fn end_at_signals(quiet: NoEcho) -> io::Result<()> {
    let mut signals = fatal_signals()?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
            drop(quiet);
            process::exit(128 + signal);
        }
    })?;
    Ok(())
}

/// The terminal, with an error at Ctrl-C.
struct InterruptibleInput(File);

impl Read for InterruptibleInput {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(into)?;
        // Not `Interrupted`, which would be retried.
        if into.iter().take(count).any(|&byte| byte == CTRL_C) {
            Err(ErrorKind::ConnectionAborted.into())
        } else {
            Ok(count)
        }
    }
}
