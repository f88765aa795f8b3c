//! What keeps other sites from sending the owners' forms: each form carries a word that only its page knows, good
//! once, for one purpose, for an hour.

use super::answer::Fail;
use super::random;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const GOOD_FOR: SignedDuration = SignedDuration::from_hours(1);
/// Pages that nobody sends must not fill the memory.
const MOST: usize = 2000;

/// Forms that may still be sent.
#[derive(Default)]
pub struct Forms(Mutex<HashMap<String, (String, Timestamp)>>);

impl Forms {
    /// A new word for a form with this purpose.
    ///
    /// # Errors
    /// 500: the system has no source of chance.
    pub fn issue(&self, purpose: &str, now: Timestamp) -> Result<String, Fail> {
        let word = random::secret()?;
        let mut forms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forms.retain(|_, (_, until)| *until > now);
        if forms.len() >= MOST
            && let Some(oldest) = forms.iter().min_by_key(|(_, (_, until))| *until).map(|(word, _)| word.clone())
        {
            forms.remove(&oldest);
        }
        forms.insert(word.clone(), (purpose.to_owned(), now + GOOD_FOR));
        Ok(word)
    }

    /// Uses a word up; false when it was not one, was used, is too old, or is that of another form.
    pub fn take(&self, word: &str, purpose: &str, now: Timestamp) -> bool {
        let mut forms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let good = forms.get(word).is_some_and(|(kept, until)| kept == purpose && *until > now);
        if good {
            forms.remove(word);
        }
        good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_good_once_for_its_purpose_and_not_for_long() {
        let (forms, now) = (Forms::default(), Timestamp::UNIX_EPOCH);
        let word = forms.issue("start", now).unwrap();
        assert!(!forms.take(&word, "answer", now) && !forms.take("", "start", now));
        assert!(forms.take(&word, "start", now) && !forms.take(&word, "start", now));
        let old = forms.issue("start", now).unwrap();
        assert!(!forms.take(&old, "start", now + GOOD_FOR));
    }

    #[test]
    fn pages_that_nobody_sends_are_forgotten() {
        let (forms, now) = (Forms::default(), Timestamp::UNIX_EPOCH);
        let first = forms.issue("start", now).unwrap();
        for second in 1..=2000 {
            forms.issue("start", now + SignedDuration::from_secs(second % 60 + 1)).unwrap();
        }
        assert!(!forms.take(&first, "start", now));
        assert_eq!(forms.0.lock().unwrap().len(), MOST);
    }
}
