//! The note of a step.

use crate::app::features::setup::NoteDialog;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::input;
use ratatui::Frame;
use ratatui::layout::Rect;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, note: &NoteDialog) {
    let words = &scene.words.setup;
    let mut dialog = DialogFrame::new(scene, area, 76);
    let room = dialog.room();
    dialog.line(format!(" {}", (words.note_title)(&(scene.words.setup.step)(&note.step))));
    dialog.blank();
    // The prompt takes three cells; a cursor behind the last letter must not stand on the frame.
    dialog.input(input::visible(&note.line, room.saturating_sub(1)), !note.submission.sending());
    dialog.blank();
    if let Some(error) = note.submission.error() {
        dialog.failed(error);
    }
    if note.submission.sending() {
        dialog.sending(words.saving);
    } else if note.submission.asking() {
        dialog.signed(("!", scene.theme.waiting), words.note_asking, scene.theme.strong);
    }
    dialog
        .title(scene.identified(&note.key, (&note.company, note.distinction.as_deref()), room))
        .keys(words.note_keys)
        .render(frame);
}
