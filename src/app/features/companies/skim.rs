//! A key that is held down repeats faster than anybody reads. Until it is let go, the pane beside the list is empty: on
//! a slow line its text would come long after the cursor, and in a terminal that stalls pile up.

use jiff::{SignedDuration, Timestamp};

/// Steps that follow each other within this time come from a key that is held down. Keyboards repeat every 25 to 40 ms;
/// who presses a key again and again needs more than 100.
const GAP: SignedDuration = SignedDuration::from_millis(45);

/// So many steps in a row are needed: two may have been delayed on the way.
const STEPS: u8 = 3;

/// How the cursor of the list went last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Skim {
    last: Option<Timestamp>,
    steps: u8,
}

impl Skim {
    pub(super) fn step(&mut self, now: Timestamp) {
        let quick = self.last.is_some_and(|last| last <= now && now.duration_since(last) < GAP);
        self.steps = if quick { self.steps.saturating_add(1) } else { 1 };
        self.last = Some(now);
    }

    /// When the pane is to be filled, if the cursor goes too fast for it now.
    pub fn until(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.last?.checked_add(GAP).ok()?;
        (self.steps >= STEPS && self.last <= Some(now) && now < until).then_some(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_key_that_is_held_down_is_too_fast_to_read() {
        for (gap, fast) in [(33, true), (44, true), (45, false), (150, false), (-40, false)] {
            let at = |step: i64| Timestamp::from_millisecond(1_000_000 + step * gap).unwrap();
            let mut skim = Skim::default();
            let told: Vec<bool> = (0..6)
                .map(|step| {
                    skim.step(at(step));
                    skim.until(at(step)).is_some()
                })
                .collect();
            assert_eq!(told, [false, false, fast, fast, fast, fast], "{gap} ms");
            let end = at(5).checked_add(GAP).unwrap();
            assert_eq!(skim.until(at(5)), fast.then_some(end));
            assert_eq!(skim.until(end), None, "then it rests");
        }
    }
}
