//! How the people add up to filled seats; and when the company's own number says otherwise, that.

use crate::app::core::remote::Phase;
use crate::app::features::people::PeopleCounts;
use crate::app::model::Details;
use crate::domain::people::Person;
use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::text::{Line, Span};

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
    let said = (words.filled)(&counts);
    let mut lines: Vec<Line<'static>> = if height < 14 {
        vec![Line::styled(format!(" {}", text::cut(&said, room.saturating_sub(2))), scene.theme.strong)]
    } else {
        let wrapped = text::wrap(&said, room.saturating_sub(2)).into_iter();
        wrapped.map(|line| Line::styled(format!(" {line}"), scene.theme.strong)).collect()
    };
    if let Some(company) = disagrees(scene, details, counts) {
        let said = (words.disagree)(counts.filled(), company);
        for (at, line) in text::wrap(&said, room.saturating_sub(4)).into_iter().enumerate() {
            let lead = if at == 0 { Span::styled(" ! ", scene.theme.waiting) } else { Span::raw("   ") };
            lines.push(Line::from(vec![lead, Span::raw(line)]));
        }
    }
    lines
}

/// The company's own number, if it is another; only when both are of one revision and nothing is under way.
fn disagrees(scene: &Scene<'_>, details: &Details, counts: PeopleCounts) -> Option<u32> {
    let (_, company) = scene.model.selected()?;
    let same = details.people.phase == Phase::Idle && details.people.is_of(&company.etag);
    Some(company.seats.filled).filter(|filled| same && *filled != counts.filled())
}
