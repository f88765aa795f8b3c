//! Tags being added or taken away.

use crate::app::features::tags::TagsDialog;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::input;
use ratatui::Frame;
use ratatui::layout::Rect;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, tags: &TagsDialog) {
    let words = &scene.words.tags;
    let mut dialog = DialogFrame::new(scene, area, 76);
    let room = dialog.room();
    let (hint, keys) = if tags.single() { (words.single_hint, words.keys) } else { (words.many_hint, words.many_keys) };
    dialog.text(hint, scene.theme.muted);
    dialog.blank();
    dialog.input(input::visible(&tags.line, room.saturating_sub(1)), !tags.submission.sending());
    dialog.blank();
    if let Some(error) = tags.submission.error() {
        dialog.failed(error);
    }
    if tags.submission.sending() {
        dialog.sending(words.saving);
    } else if tags.submission.asking() {
        dialog.signed(("!", scene.theme.waiting), words.asking, scene.theme.strong);
    }
    let title = match tags.companies.as_slice() {
        [(key, name)] => {
            let name = (name.as_str(), tags.distinction.as_deref());
            (words.title)(&scene.identified(key, name, room.saturating_sub(16)))
        }
        many => (words.many)(many.len() as u64),
    };
    dialog.title(title).keys(keys).render(frame);
}
