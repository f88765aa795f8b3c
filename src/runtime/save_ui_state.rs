//! Writes what the screen keeps between two runs: in order, and of several changes that wait for the disk the last.

use crate::domain::id::ProfileId;
use crate::domain::ui_state::UiState;
use std::sync::{Arc, Mutex, PoisonError};

/// Writes what a profile's screen keeps, which was the first and is now the second. Blocks on the disk.
pub type SaveUiState = Arc<dyn Fn(&ProfileId, &UiState, &UiState) + Send + Sync>;

/// A change: of which profile, what it was, what it is.
type Change = (ProfileId, Box<(UiState, UiState)>);

#[derive(Clone)]
pub(super) struct UiStateWriter {
    save: SaveUiState,
    waiting: Arc<Mutex<Vec<Change>>>,
    /// Held by who writes: the next one must not overtake.
    writing: Arc<Mutex<()>>,
}

impl UiStateWriter {
    pub fn new(save: SaveUiState) -> Self {
        Self { save, waiting: Arc::default(), writing: Arc::default() }
    }

    pub fn push(&self, profile: ProfileId, change: Box<(UiState, UiState)>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        match waiting.iter_mut().find(|(of, _)| *of == profile) {
            Some((_, waits)) => waits.1 = change.1,
            None => waiting.push((profile, change)),
        }
    }

    /// Writes all that waits; what is being written already is written when it returns. Blocks on the disk.
    pub fn write(&self) {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        for (profile, change) in waiting {
            (self.save)(&profile, &change.0, &change.1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::CompanyId;

    #[test]
    fn of_several_changes_the_last_is_written_against_the_first() {
        let written: Arc<Mutex<Vec<(String, usize, usize)>>> = Arc::default();
        let to = Arc::clone(&written);
        let writer = UiStateWriter::new(Arc::new(move |profile, before, now| {
            to.lock().unwrap().push((profile.to_string(), before.recent.len(), now.recent.len()));
        }));
        let state = |count: usize| UiState { recent: vec![CompanyId::new("A"); count], ..UiState::default() };
        for (profile, before) in [("a", 0), ("b", 5), ("a", 1)] {
            writer.push(ProfileId::new(profile), Box::new((state(before), state(before + 1))));
        }
        writer.write();
        writer.write();
        assert_eq!(*written.lock().unwrap(), [("a".to_owned(), 0, 2), ("b".to_owned(), 5, 6)]);
    }
}
