//! How the people add up to filled seats; and when the company's own number says otherwise, that.

use crate::app::core::remote::Phase;
use crate::app::features::people::PeopleCounts;
use crate::app::model::Details;
use crate::domain::people::{Person, PersonState};
use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::style::Style;
use ratatui::text::Line;

/// The lines above the table. Low windows keep one for it.
pub(in crate::view) fn lines(
    scene: &Scene<'_>,
    details: &Details,
    people: &[Person],
    room: usize,
    height: usize,
) -> Vec<Line<'static>> {
    let words = &scene.words.people;
    let counts = PeopleCounts::of(people);
    let known = people.iter().all(|person| person.kind.is_known());
    let message = if known { (words.filled)(&counts) } else { (words.listed)(listed(people)) };
    let mut lines: Vec<Line<'static>> = if height < 14 {
        vec![Line::styled(format!(" {}", text::cut(&message, room.saturating_sub(2))), scene.theme.strong)]
    } else {
        let wrapped = text::wrap(&message, room.saturating_sub(2)).into_iter();
        wrapped.map(|line| Line::styled(format!(" {line}"), scene.theme.strong)).collect()
    };
    if let Some(company) = disagrees(scene, details, counts).filter(|_| known) {
        let message = (words.disagree)(counts.filled(), company);
        text::wrapped(&mut lines, (" ! ", scene.theme.waiting), &message, Style::new(), room.saturating_sub(1));
    }
    lines
}

/// All of them, and of these active, suspended, in another state, and technicians by their addresses.
fn listed(people: &[Person]) -> [usize; 5] {
    let mut counts = [people.len(), 0, 0, 0, 0];
    for person in people {
        let place = match person.state {
            _ if person.possibly_technician => 4,
            PersonState::Active => 1,
            PersonState::Suspended => 2,
            _ => 3,
        };
        counts[place] += 1;
    }
    counts
}

/// The company's own number, if it is another; only when both are of one revision and nothing is under way.
fn disagrees(scene: &Scene<'_>, details: &Details, counts: PeopleCounts) -> Option<u32> {
    let (_, company) = scene.model.selected()?;
    let same = details.people.phase == Phase::Idle && details.people.is_of(&company.etag);
    company.seats.filled.filter(|filled| same && *filled != counts.filled())
}
