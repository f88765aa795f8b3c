//! Filled seats, counted from the people themselves, so that it can be seen how they add up.

use crate::domain::people::{Person, PersonKind, PersonState};

/// How the people of a company add up (support page *billing*): filled seats are members and guests who are active,
/// awaiting confirmation or in recovery. Nobody else fills one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PeopleCounts {
    pub members: u32,
    pub guests: u32,
    pub active: u32,
    /// Of the filled seats: people who wait for their confirmation.
    pub awaiting: u32,
    /// Of the filled seats: people in recovery.
    pub recovering: u32,
    /// Not counted: invited.
    pub invited: u32,
    /// Not counted: suspended.
    pub suspended: u32,
    /// Not counted: deleted.
    pub deleted: u32,
    /// Not counted: technicians of the MSP, whatever their state.
    pub technicians: u32,
    /// Not counted: of a kind or a state that this version does not know.
    pub unknown: u32,
}

impl PeopleCounts {
    /// By state alone, where nothing tells members from guests.
    pub fn by_state(people: &[Person]) -> Self {
        let people: Vec<_> = people.iter().map(|it| Person { kind: PersonKind::Member, ..it.clone() }).collect();
        Self { members: 0, ..Self::of(&people) }
    }

    /// Counts these people.
    pub fn of(people: &[Person]) -> Self {
        let mut counts = Self::default();
        for person in people {
            let count = match (&person.kind, &person.state) {
                (PersonKind::Technician, _) => &mut counts.technicians,
                (PersonKind::Other(_), _) | (_, PersonState::Other(_)) => &mut counts.unknown,
                (_, PersonState::Invited) => &mut counts.invited,
                (_, PersonState::Suspended) => &mut counts.suspended,
                (_, PersonState::Deleted) => &mut counts.deleted,
                (_, PersonState::Active) => &mut counts.active,
                (_, PersonState::AwaitingConfirmation) => &mut counts.awaiting,
                (_, PersonState::RecoveryStarted | PersonState::RecoveryAwaitingCompletion) => &mut counts.recovering,
            };
            *count += 1;
            if person.fills_seat() {
                *(if person.kind == PersonKind::Guest { &mut counts.guests } else { &mut counts.members }) += 1;
            }
        }
        counts
    }

    /// Filled seats.
    pub fn filled(self) -> u32 {
        self.members + self.guests
    }
}

#[cfg(test)]
mod tests {
    use crate::app::features::people::counts::*;
    use crate::app::fixture::person;

    #[test]
    fn both_ways_to_add_up_give_the_filled_seats() {
        use PersonState::{
            Active, AwaitingConfirmation, Deleted, Invited, RecoveryAwaitingCompletion, RecoveryStarted, Suspended,
        };
        let states = [
            Active,
            AwaitingConfirmation,
            Invited,
            RecoveryStarted,
            RecoveryAwaitingCompletion,
            Suspended,
            Deleted,
            PersonState::Other("NEW".into()),
        ];
        let kinds = [PersonKind::Member, PersonKind::Guest, PersonKind::Technician, PersonKind::Other("BOT".into())];
        let mut people = Vec::new();
        for kind in &kinds {
            for state in &states {
                people.push(Person { kind: kind.clone(), state: state.clone(), ..person("x") });
            }
        }
        let counts = PeopleCounts::of(&people);
        assert_eq!((counts.filled(), counts.members, counts.guests), (8, 4, 4));
        assert_eq!(counts.active + counts.awaiting + counts.recovering, counts.filled());
        assert_eq!((counts.invited, counts.suspended, counts.deleted), (2, 2, 2));
        assert_eq!((counts.technicians, counts.unknown), (8, 10));
        assert_eq!(counts.filled() as usize, people.iter().filter(|person| person.fills_seat()).count());
    }
}
