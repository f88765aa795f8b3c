//! CSRF tokens: each form carries one that only its page knows, good once, for one purpose, for an hour.
//!
//! A token of 260 random bits is the key of a hash map that is seeded at random: how long a look-up takes says nothing
//! about the tokens in it.

use crate::server::error::ApiError;
use crate::server::random;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const LIFETIME: SignedDuration = SignedDuration::from_hours(1);
/// Pages that nobody sends must not fill the memory.
const MAX_TOKENS: usize = 2000;

#[derive(Default)]
pub struct CsrfTokens(Mutex<HashMap<String, (String, Timestamp)>>);

impl CsrfTokens {
    pub fn issue(&self, purpose: &str, now: Timestamp) -> Result<String, ApiError> {
        let token = random::secret()?;
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|_, (_, until)| *until > now);
        if tokens.len() >= MAX_TOKENS
            && let Some(oldest) = tokens.iter().min_by_key(|(_, (_, until))| *until).map(|(token, _)| token.clone())
        {
            tokens.remove(&oldest);
        }
        tokens.insert(token.clone(), (purpose.to_owned(), now + LIFETIME));
        Ok(token)
    }

    /// Uses a token up; false when it was not one, was used, is too old, or is that of another form.
    pub fn take(&self, token: &str, purpose: &str, now: Timestamp) -> bool {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let good = tokens.get(token).is_some_and(|(kept, until)| kept == purpose && *until > now);
        if good {
            tokens.remove(token);
        }
        good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_good_once_for_its_purpose_and_not_for_long() {
        let (tokens, now) = (CsrfTokens::default(), Timestamp::UNIX_EPOCH);
        let token = tokens.issue("start", now).unwrap();
        assert!(!tokens.take(&token, "answer", now) && !tokens.take("", "start", now));
        assert!(tokens.take(&token, "start", now) && !tokens.take(&token, "start", now));
        let old = tokens.issue("start", now).unwrap();
        assert!(!tokens.take(&old, "start", now + LIFETIME));
    }

    #[test]
    fn pages_that_nobody_sends_are_forgotten() {
        let (tokens, now) = (CsrfTokens::default(), Timestamp::UNIX_EPOCH);
        let first = tokens.issue("start", now).unwrap();
        for second in 1..=2000 {
            tokens.issue("start", now + SignedDuration::from_secs(second % 60 + 1)).unwrap();
        }
        assert!(!tokens.take(&first, "start", now));
        assert_eq!(tokens.0.lock().unwrap().len(), MAX_TOKENS);
    }
}
