//! The header: who works where, and how fresh what is shown is.

use super::{Scene, text};
use crate::app::sync::Phase;
use crate::domain::trouble::Because;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let right = right(scene, area.width);
    let taken = u16::try_from(right.width()).unwrap_or(u16::MAX).min(area.width);
    let room = usize::from(area.width - taken).saturating_sub(1);
    frame.render_widget(left(scene, room), Rect { width: area.width - taken, ..area });
    frame.render_widget(right, Rect { x: area.right() - taken, width: taken, ..area });
}

fn left(scene: &Scene<'_>, room: usize) -> Line<'static> {
    let mut line = Line::from(Span::styled(" mspdash", scene.theme.accent.patch(scene.theme.strong)));
    let Some(session) = scene.model.session.value() else { return line };
    let technician = &session.technician;
    let group = technician.groups.first().map(|group| format!(" ({group})")).unwrap_or_default();
    let parts = [
        (session.account.name.clone(), scene.theme.strong),
        (session.account.region.clone(), scene.theme.muted),
        (format!("{}{group}", technician.email), scene.theme.muted),
    ];
    let mut left = room.saturating_sub(10);
    for (index, (part, style)) in parts.into_iter().enumerate() {
        let lead = if index == 0 { "  " } else { " · " };
        let wide = text::width(&part) + 3;
        // The account is cut, the rest is shown whole or not at all.
        if index > 0 && wide > left {
            break;
        }
        line.push_span(Span::styled(lead, scene.theme.muted));
        line.push_span(Span::styled(text::cut(&part, left).into_owned(), style));
        left = left.saturating_sub(wide);
    }
    line
}

fn right(scene: &Scene<'_>, width: u16) -> Line<'static> {
    let options = &scene.model.options;
    let header = &scene.words.header;
    let mut line = Line::default();
    let view_only = scene.model.session.value().is_some_and(|session| session.permissions.view_only());
    for (shown, mark) in [(options.read_only || view_only, header.read_only), (options.sample, header.sample)] {
        if shown {
            line.push_span(Span::styled(format!(" {mark} "), scene.theme.mark));
            line.push_span(" ");
        }
    }
    let (glyph, word, age) = connection(scene);
    line.push_span(glyph);
    line.push_span(Span::raw(format!(" {word}")));
    if let Some(age) = age.filter(|_| width >= 72) {
        line.push_span(Span::styled(format!(" · {age}"), scene.theme.muted));
    }
    line.push_span(" ");
    line
}

fn connection(scene: &Scene<'_>) -> (Span<'static>, String, Option<String>) {
    let header = &scene.words.header;
    let sync = &scene.model.sync;
    let spinner = || Span::styled(scene.spinner(), scene.theme.accent);
    match &sync.phase {
        Phase::Connecting if scene.model.options.sample => (spinner(), header.starting.into(), None),
        Phase::Connecting => (spinner(), header.connecting.into(), None),
        Phase::Loading => (spinner(), (header.loading)(sync.received, sync.total), None),
        Phase::Live => (Span::styled("●", scene.theme.good), header.live.into(), Some(header.synced_now.into())),
        // A question for news that takes its time is no event: the eye is not drawn to it.
        Phase::Asking if sync.failures == 0 => {
            (Span::styled("●", scene.theme.good), header.live.into(), Some(header.synced_now.into()))
        }
        Phase::Asking | Phase::Failed(_) => {
            let age = sync.synced_at.map_or_else(|| header.never.into(), |at| (header.stale)(&scene.clock.ago(at)));
            let refused = sync.trouble().is_some_and(|trouble| {
                matches!(trouble.because, Because::NotSignedIn | Because::MfaRequired | Because::NotAllowed)
            });
            let word = if refused { header.refused } else { header.down };
            (Span::styled("✖", scene.theme.danger), word.into(), Some(age))
        }
    }
}
