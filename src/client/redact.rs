//! Takes secrets out of what a server says: one that sends back what it was sent would have us write the token on the
//! screen, on standard error and into whatever is copied from there.

use crate::domain::error::{Cause, ConflictCode, Error};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use secrecy::{ExposeSecret, SecretString};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// What stands instead of a secret.
const HIDDEN: &str = "•••";
/// The end of a text that was cut may hold the beginning of a secret; so many letters of it would tell something.
const TELLING: usize = 6;
/// Anything shorter is no secret, and would tear holes into every sentence.
const SHORTEST: usize = 6;
/// So many of those that come and go are remembered.
const RECENT: usize = 8;

/// Texts of one client that must not be shown.
#[derive(Default)]
pub struct Redactor {
    always: Vec<String>,
    /// The newest of those that come and go: tokens, links.
    recent: Mutex<VecDeque<String>>,
}

impl Redactor {
    /// The credential, in both forms in which it goes over the wire.
    pub fn of(client_id: &str, secret: &SecretString) -> Self {
        let secret = secret.expose_secret();
        let basic = BASE64.encode(format!("{client_id}:{secret}"));
        let long = |text: &String| text.len() >= SHORTEST;
        Self { always: [basic, secret.to_owned()].into_iter().filter(long).collect(), recent: Mutex::default() }
    }

    /// This too, until some others have come.
    pub fn add(&self, secret: &str) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if secret.len() >= SHORTEST && !recent.iter().any(|known| known == secret) {
            recent.truncate(RECENT - 1);
            recent.push_front(secret.to_owned());
        }
    }

    /// A trouble without them.
    pub fn redact(&self, mut error: Error) -> Error {
        self.text(&mut error.detail);
        error.request_id.iter_mut().for_each(|id| self.text(id));
        match &mut error.cause {
            Cause::NotAccepted { violations } => {
                for violation in violations {
                    self.text(&mut violation.field);
                    self.text(&mut violation.description);
                }
            }
            Cause::Conflict(ConflictCode::Other(text))
            | Cause::Redirected { to: text }
            | Cause::NotTheApi { content_type: text } => self.text(text),
            _ => {}
        }
        error
    }

    fn text(&self, text: &mut String) {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<&String> = self.always.iter().chain(recent.iter()).collect();
        // Longer ones first: one may hold another.
        all.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        for secret in all {
            if text.contains(secret.as_str()) {
                *text = text.replace(secret.as_str(), HIDDEN);
            }
            let Some(before) = text.strip_suffix('…') else { continue };
            let begun = |at: &usize| before.get(*at..).is_some_and(|end| secret.starts_with(end));
            if let Some(at) = (0..before.len().saturating_sub(TELLING - 1)).find(begun) {
                text.truncate(at);
                text.push_str(HIDDEN);
                text.push('…');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::error::{Operation, RetryAdvice, Violation};

    #[test]
    fn no_part_of_a_trouble_shows_a_secret() {
        let secrets = Redactor::default();
        secrets.add("token-abcdef");
        secrets.add("abcdef");
        secrets.add("id");
        let said = |text: &str| format!("<{text}> {{'authorization': 'Bearer {text}'}}");
        let secret = "token-abcdef";
        let violations = vec![Violation { field: said(secret), description: said(secret) }];
        for cause in [
            Cause::NotAccepted { violations },
            Cause::Conflict(ConflictCode::Other(said(secret))),
            Cause::Redirected { to: said(secret) },
            Cause::NotTheApi { content_type: said(secret) },
        ] {
            let error = Error {
                detail: said(secret),
                request_id: Some(said(secret)),
                ..Error::new(Operation::Changes, cause, RetryAdvice::Now)
            };
            let clean = secrets.redact(error);
            assert_eq!(clean.detail, said(HIDDEN));
            assert!(!format!("{clean:?}").contains("abc"), "{clean:?}");
        }
    }

    #[test]
    fn a_secret_that_was_cut_is_hidden_too_and_nothing_else() {
        let secrets = Redactor::default();
        secrets.add("token-abcdef");
        let scrubbed = |text: &str| {
            let mut text = text.to_owned();
            secrets.text(&mut text);
            text
        };
        for cut in TELLING.."token-abcdef".len() {
            let begun = &"token-abcdef"[..cut];
            assert_eq!(scrubbed(&format!("ä Bearer {begun}…")), "ä Bearer •••…", "{begun}");
        }
        for harmless in ["", "…", "toke…", "a token-", "a token-…x", "ein Tokén…"] {
            assert_eq!(scrubbed(harmless), harmless);
        }
    }
}
