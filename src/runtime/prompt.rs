//! Prompts for a secret. [`rpassword`] alone prompts before it disables echo, and Ctrl-C kills it with echo still
//! off. Here nothing that is typed or pasted is shown, and the terminal is restored after Ctrl-C and signals.

#[cfg_attr(unix, path = "prompt/unix.rs")]
#[cfg_attr(windows, path = "prompt/windows.rs")]
mod system;

use secrecy::SecretString;
use std::io;

/// As a byte, where the terminal makes no signal of it.
const CTRL_C: u8 = 0x03;

/// Fails with [`io::ErrorKind::UnexpectedEof`] when the user cancels.
pub fn prompt_for_secret(prompt: &str) -> io::Result<SecretString> {
    system::prompt_for_secret(prompt)
}
