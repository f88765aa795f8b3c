//! Asks for a secret in the terminal. Unlike [`rpassword`] alone, which prompts first and is killed by Ctrl-C before
//! it gives the terminal back: nothing that is typed or pasted at the prompt shows, and whoever gives up has a
//! terminal that echoes again, and so has whoever sends a signal.

use rpassword::{ConfigBuilder, read_password_with_config};
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
use secrecy::SecretString;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::process;
use std::thread;

use crate::terminal::ending::hear_fatal;

/// What a terminal without signals sends for Ctrl-C.
const CTRL_C: u8 = 0x03;

/// Asks the person at the terminal for a secret.
///
/// # Errors
/// There is no terminal, or the person gave up: [`ErrorKind::UnexpectedEof`].
pub fn ask_secret(prompt: &str) -> io::Result<SecretString> {
    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let quiet = Quiet::begin(&terminal)?;
    let asked = terminal.write_all(prompt.as_bytes()).and_then(|()| {
        let keys = Keys(terminal.try_clone()?);
        read_password_with_config(ConfigBuilder::new().input_reader(keys).output_discard().build())
    });
    drop(quiet);
    // Enter did not show either.
    let _ = terminal.write_all(b"\n");
    match asked {
        Ok(secret) => Ok(SecretString::from(secret)),
        Err(error) if error.kind() == ErrorKind::ConnectionAborted => Err(ErrorKind::UnexpectedEof.into()),
        Err(error) => Err(error),
    }
}

/// A terminal that shows nothing of what is typed, until this is dropped.
struct Quiet(File, Termios);

impl Quiet {
    fn begin(terminal: &File) -> io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG);
        quiet.special_codes[SpecialCodeIndex::VMIN] = 1;
        quiet.special_codes[SpecialCodeIndex::VTIME] = 0;
        let kept = Self(terminal.try_clone()?, before);
        end_at_signals(Self(terminal.try_clone()?, kept.1.clone()))?;
        tcsetattr(terminal, OptionalActions::Now, &quiet)?;
        Ok(kept)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.0, OptionalActions::Now, &self.1);
    }
}

/// From now on, not only at the prompt: a signal that was heard once ends nothing by itself any more.
fn end_at_signals(quiet: Quiet) -> io::Result<()> {
    let mut signals = hear_fatal()?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
            drop(quiet);
            process::exit(128 + signal);
        }
    })?;
    Ok(())
}

/// The keyboard, up to Ctrl-C.
struct Keys(File);

impl Read for Keys {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(into)?;
        // Not `Interrupted`: after that one reads on.
        if into.iter().take(count).any(|&byte| byte == CTRL_C) {
            Err(ErrorKind::ConnectionAborted.into())
        } else {
            Ok(count)
        }
    }
}
