//! The tour.

use crate::app::features::tour::PAGES;
use crate::i18n::types::since::Page;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Rows of every page with the frame: what a low window has.
const HEIGHT: u16 = 10;
/// Cells of a key.
const KEY: usize = 5;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, page: usize) {
    let words = &scene.words.since;
    let Page { about, lines } = (words.page)(page, &|command| scene.key(command));
    let title = (words.title)(page + 1, PAGES, about);
    let mut dialog = DialogFrame::new(scene, area, 60).height(HEIGHT).title(title).keys(words.keys);
    for (key, sentence) in lines {
        dialog.lead((&format!(" {} ", text::pad(&key, KEY)), scene.theme.key), sentence, Style::new());
    }
    dialog.render(frame);
}

#[cfg(test)]
mod tests {
    use crate::app::features::tour::{PAGES, Tour};
    use crate::app::fixture::AppDriver;
    use crate::app::model::Options;
    use crate::app::msg::Size;
    use crate::domain::lang::Lang;
    use crate::i18n;
    use crate::view::{Scene, draw};
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    /// Nothing scrolls: whoever has a low window misses nothing.
    #[test]
    fn every_page_is_whole_in_a_low_window() {
        for (lang, page) in Lang::ALL.into_iter().flat_map(|lang| (0..PAGES).map(move |page| (lang, page))) {
            let options = Options::new(lang, i18n::labels(lang));
            let mut app = AppDriver::new(options, Size { width: 40, height: 12 });
            app.model.overlays.open(Tour { page });
            let mut terminal = Terminal::new(TestBackend::new(40, 12)).unwrap();
            terminal.draw(|frame| draw(&app.model, frame)).unwrap();
            let shown: String =
                terminal.backend().buffer().content().iter().map(ratatui::buffer::Cell::symbol).collect();
            let scene = Scene::new(&app.model);
            for (key, sentence) in (scene.words.since.page)(page, &|command| scene.key(command)).lines {
                assert!(shown.contains(&format!(" {key} ")), "{lang} {page}: {key} in {shown}");
                for word in sentence.split(' ') {
                    assert!(shown.contains(word), "{lang} {page}: {word} in {shown}");
                }
            }
            assert!(shown.contains(scene.words.since.keys), "{lang} {page}: {shown}");
        }
    }
}
