//! On the console, without echo.

use rpassword::{ConfigBuilder, read_password_with_config};
use secrecy::SecretString;
use std::io::{self, ErrorKind, Read};
use std::process;
use std::sync::Arc;
use std::time::Duration;

use super::CTRL_C;
use crate::terminal::console_input::ConsoleInput;
use crate::terminal::signals;
use crate::terminal::tty::{Settings, Tty};

pub fn prompt_for_secret(prompt: &str) -> io::Result<SecretString> {
    let quiet = NoEcho::begin()?;
    quiet.0.write_within(prompt.as_bytes(), Duration::ZERO);
    let keys = InterruptibleInput { console: ConsoleInput::open()?, rest: Vec::new() };
    let asked = read_password_with_config(ConfigBuilder::new().input_reader(keys).output_discard().build());
    // Enter was not echoed either.
    quiet.0.write_within(b"\r\n", Duration::ZERO);
    drop(quiet);
    match asked {
        Ok(secret) => Ok(SecretString::from(secret)),
        Err(error) if error.kind() == ErrorKind::ConnectionAborted => Err(ErrorKind::UnexpectedEof.into()),
        Err(error) => Err(error),
    }
}

/// Disables echo until dropped.
struct NoEcho(Arc<Tty>, Settings);

impl NoEcho {
    fn begin() -> io::Result<Self> {
        let console = Arc::new(Tty::window()?);
        let before = console.settings()?;
        let mut quiet = before.clone();
        quiet.make_raw();
        let at_the_end = (Arc::clone(&console), before.clone());
        signals::listen(move |exit| {
            let _ = at_the_end.0.set(&at_the_end.1);
            process::exit(exit.status().into());
        })?;
        console.set(&quiet)?;
        Ok(Self(console, before))
    }
}

impl Drop for NoEcho {
    fn drop(&mut self) {
        let _ = self.0.set(&self.1);
    }
}

/// The console, with an error at Ctrl-C.
struct InterruptibleInput {
    console: ConsoleInput,
    rest: Vec<u8>,
}

impl Read for InterruptibleInput {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            self.rest = self.console.next()?.bytes;
        }
        // Not `Interrupted`, which would be retried.
        if self.rest.contains(&CTRL_C) {
            return Err(ErrorKind::ConnectionAborted.into());
        }
        let count = self.rest.len().min(into.len());
        for (to, byte) in into.iter_mut().zip(self.rest.drain(..count)) {
            *to = byte;
        }
        Ok(count)
    }
}
