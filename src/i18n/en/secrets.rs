//! Why the secret of a profile cannot be had, and what to do. The sentences hold in a terminal line and on the
//! screen alike, so each carries its own way out.

use crate::domain::secret::NoSecret;
use crate::i18n::bracketed;

pub(super) fn cause(profile: &str, why: &NoSecret, detail: &str) -> String {
    let words = bracketed(detail);
    match why {
        NoSecret::Nowhere => format!("no secret is stored for profile {profile}. Run: mspdash login {profile}"),
        NoSecret::KeyringLocked => {
            format!("the keyring with the secret of {profile} is locked. Unlock it, or run: mspdash login {profile}")
        }
        NoSecret::KeyringSilent(seconds) => {
            format!(
                "the keyring did not respond within {seconds} s. If it is asking for something, answer it, then try again"
            )
        }
        NoSecret::KeyringFailed => {
            format!("the keyring failed{words}. To do without it, run: mspdash login {profile} --store file")
        }
        NoSecret::CommandMissing(program) => {
            format!("{program} can't be started{words}. Check secret_command of profile {profile}")
        }
        NoSecret::CommandFailed(program) => {
            format!("{program} returned no secret{words}. Check secret_command of profile {profile}")
        }
        NoSecret::CommandSilent(program, seconds) => {
            format!("{program} did not finish within {seconds} s. Run secret_command of {profile} by hand to see why")
        }
        NoSecret::CommandEmpty(program) => {
            format!("{program} printed nothing. Check secret_command of profile {profile}")
        }
        NoSecret::CommandOdd(program) => {
            format!("{program} did not print a single line of text. Check secret_command of profile {profile}")
        }
        NoSecret::CommandTooLong(program) => {
            format!("{program} printed far too much for a secret. Check secret_command of profile {profile}")
        }
        NoSecret::FileTooOpen { path, fix } => format!("other users can access the secret in {path}. Run: {fix}"),
        NoSecret::FileForeign(path) => {
            format!("{path} belongs to another user. Create your own: mspdash login {profile}")
        }
        NoSecret::FileLink(path) => {
            format!("{path} is a symbolic link, which is not followed. Set secret_file to the file itself")
        }
        NoSecret::FileOdd(path) => {
            format!("{path} contains no secret: it must be a file with one line. Run: mspdash login {profile}")
        }
        NoSecret::FileUnreadable(path) => format!("{path} can't be read{words}"),
        NoSecret::FileUnwritable(path) => format!("{path} can't be written{words}"),
        NoSecret::VariableOdd(name) => format!("{name} contains no secret: it must be one line"),
    }
}
