//! From the model to cells, purely: nothing here changes the model or asks the outside.
//!
//! ```text
//!  header   the screens with what waits · account · technician · marks · connection; two lines below 150 columns
//!  summary  counts by status │ seats │ setup │ attention; of a company alone its name and its tabs
//!  ┌ list ────────────────── 1–31 of 48 ┐┌ company (beside the list from 110 columns) ┐
//!  │                                    ││ tabs                                       │
//!  └ footer: failures, or a notice ─────┘└────────────────────────────────────────────┘
//!  hints    what the state asks for first, at most seven; `? help` always at the right
//! ```

mod ascii;
mod breadcrumb;
mod features;
mod header;
mod hints;
mod keys;
mod overlay;
mod screens;
mod summary;
mod theme;
mod toast;
mod widgets;

use crate::app::command::Command;
use crate::app::core::layout::{SMALLEST, layout, list_width};
use crate::app::effect::Ticket;
use crate::app::features::accounts::Account;
use crate::app::model::{Counted, Model, Pane, Tab};
use crate::app::msg::Size;
use crate::app::overlay::Overlay;
use crate::app::pointer::{Area, Target, Targets};
use crate::app::screen::Screen;
use crate::app::tickets::Delay;
use crate::domain::company::Attention;
use crate::domain::error::Error;
use crate::domain::id::CompanyKey;
use crate::i18n;
use crate::i18n::{Clock, ErrorText, Texts};
use features::{companies, company};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear};
use std::cell::RefCell;
use std::ops::Range;
use theme::Theme;
use widgets::text;

/// A text on the screen that leads to an address, for terminals that know OSC 8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Column of its first cell.
    pub x: u16,
    /// Row.
    pub y: u16,
    /// The text as drawn.
    pub text: String,
    /// Where it leads.
    pub uri: String,
}

/// Everything that the parts of the picture need to know.
struct Scene<'a> {
    model: &'a Model,
    words: &'static Texts,
    clock: Clock,
    theme: Theme,
    /// Which rows of how many the last table has shown.
    in_sight: RefCell<Option<(Range<usize>, usize)>>,
    /// What was drawn where so far.
    targets: RefCell<Targets>,
}

impl<'a> Scene<'a> {
    fn new(model: &'a Model) -> Self {
        let lang = model.options.lang;
        let clock = Clock { lang, now: model.now, zone: model.options.zone.clone() };
        let theme = Theme::of(&model.appearance);
        Self { model, words: i18n::of(lang), clock, theme, in_sight: RefCell::default(), targets: RefCell::default() }
    }

    /// What stands in an area that is drawn now.
    fn aim(&self, area: Rect, target: Target) {
        let Rect { x, y, width, height } = area;
        self.targets.borrow_mut().add(Area { x, y, width, height }, target);
    }

    /// The key of a command, in running text; of one without a key, the way by the palette.
    fn key(&self, command: Command) -> String {
        let first = |command| self.model.options.keymap.keys(command).first().map(ToString::to_string);
        first(command).unwrap_or_else(|| {
            let palette = first(Command::Palette).unwrap_or_default();
            format!("{palette} {}", (self.words.command)(command).label)
        })
    }

    /// An error, with the user's keys.
    fn describe(&self, error: &Error) -> ErrorText {
        self.words.describe_with(error, &|command| self.key(command))
    }

    /// A company's name; where there are several accounts, with the one that it belongs to: they may have companies
    /// of the same name.
    fn named(&self, key: &CompanyKey, name: &str) -> String {
        match self.model.account_of(key).filter(|_| self.model.accounts.several()) {
            Some(account) => format!("{name} · {}", account.label),
            None => name.to_owned(),
        }
    }

    /// The same as it is called by now, and with what tells it from others of that name: where something is done to it.
    fn identified(&self, key: &CompanyKey, (had, distinction): (&str, Option<&str>), room: usize) -> String {
        let name = self.model.roster.get(key).map_or(had, |company| company.name.as_str());
        let tail = self.named(key, &distinction.map(|it| format!(" ({it})")).unwrap_or_default());
        format!("{}{tail}", text::cut(name, room.saturating_sub(text::width(&tail))))
    }

    /// Nobody observes what is in companies: where nothing comes, nothing is known.
    fn unknown(&self) -> bool {
        self.model.accounts.iter().all(Account::real)
    }

    /// What is not known, and who knows it.
    fn unknown_here(&self) -> String {
        let words = &self.words.company;
        format!("{}. {}", words.unknown_here, words.unknown_here_hint)
    }

    /// A count over the companies of all shown accounts, as far as they are known.
    fn count(&self, number: u64) -> String {
        match self.model.counted() {
            Counted::Nothing => self.words.company.nothing.to_owned(),
            Counted::Some => format!("{}+", self.words.number(number)),
            Counted::All => self.words.number(number),
        }
    }

    /// How many companies an account has, if that is known.
    fn companies_of(&self, account: &Account) -> String {
        if account.counted() {
            return self.words.number(self.model.roster.len_of(&account.profile) as u64);
        }
        self.words.company.nothing.to_owned()
    }

    /// A company that has the screen for itself is named above it, with its tabs, where there is a row for that.
    fn breadcrumb(&self) -> bool {
        let room = layout(self.model.size).summary > 0;
        room && self.model.company_alone() && self.model.selected().is_some()
    }

    /// How an answer is late, in words, if it is.
    fn late(&self, delay: Option<Delay<'_>>) -> Option<String> {
        let words = &self.words.sync;
        Some(match delay? {
            Delay::Silent(seconds) => (words.no_answer)(seconds),
            Delay::Pause(seconds, error) => (words.pause)(&self.describe(error).cause, seconds),
        })
    }

    /// What is waited for; and if it is late, for how long already, or until when and why.
    fn loading(&self, loading: &str, ticket: Option<Ticket>) -> String {
        let delay = ticket.and_then(|ticket| self.model.tickets.delay(ticket, self.model.now));
        let late = self.late(delay).map(|late| format!(" {late}")).unwrap_or_default();
        format!("{} {loading} …{late}", self.spinner())
    }

    /// One picture of the spinner; which one follows from the clock, so that drawing stays pure.
    fn spinner(&self) -> &'static str {
        const PICTURES: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
        let step = self.model.now.as_millisecond() / crate::app::next_wake::SPINNER_MILLIS;
        let index = usize::try_from(step.rem_euclid(10)).unwrap_or(0);
        PICTURES.get(index).copied().unwrap_or("⠋")
    }
}

/// Draws the whole screen.
pub fn draw(model: &Model, frame: &mut Frame<'_>) {
    drop(draw_targets(model, frame));
}

/// Draws the whole screen, and tells what was drawn where.
pub fn draw_targets(model: &Model, frame: &mut Frame<'_>) -> Targets {
    let scene = Scene::new(model);
    let area = frame.area();
    // Most themes leave text and background to the terminal.
    if scene.theme.text != Style::default() {
        frame.buffer_mut().set_style(area, scene.theme.text);
    }
    if no_room(area.width, area.height) {
        too_small(&scene, frame, area);
    } else {
        screen(&scene, frame, area);
    }
    if model.appearance.ascii {
        ascii::replace(frame.buffer_mut());
    }
    scene.targets.into_inner()
}

fn screen(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let model = scene.model;
    let areas = layout(Size { width: area.width, height: area.height });
    let first = model.screen == Screen::Companies;
    let [head, counts, body, foot] = Layout::vertical([
        Constraint::Length(areas.header),
        Constraint::Length(if first { areas.summary } else { 0 }),
        Constraint::Fill(1),
        Constraint::Length(1),
    ])
    .areas(area);
    header::draw(scene, frame, head);
    if scene.breadcrumb() {
        breadcrumb::draw(scene, frame, counts);
    } else if first && areas.summary > 0 {
        summary::draw(scene, frame, counts);
    }
    scene.aim(body, Target::Pane(Pane::Company));
    if first {
        panes(scene, frame, body);
    } else {
        screens::draw(scene, frame, body);
        position(scene, frame, body);
    }
    hints::draw(scene, frame, foot);
    toast::boxes(scene, frame, body);
    keys::draw(scene, frame, body);
    overlay::draw(scene, frame, area);
    toast::line(scene, frame, body);
}

fn panes(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let model = scene.model;
    if model.company_alone() {
        company::draw(scene, frame, area);
        position(scene, frame, area);
    } else if model.wide() {
        let list = list_width(model);
        let [left, right] = Layout::horizontal([Constraint::Length(list), Constraint::Fill(1)]).areas(area);
        scene.aim(left, Target::Pane(Pane::List));
        companies::draw(scene, frame, left);
        position(scene, frame, left);
        company::draw(scene, frame, right);
        position(scene, frame, right);
    } else {
        scene.aim(area, Target::Pane(Pane::List));
        companies::draw(scene, frame, area);
        position(scene, frame, area);
    }
}

/// The frame of a pane. Which one has the keys is told by its weight as well, not by a colour alone.
fn pane_block(scene: &Scene<'_>, focused: bool) -> Block<'static> {
    let (weight, style) =
        if focused { (BorderType::Thick, scene.theme.accent) } else { (BorderType::Rounded, scene.theme.frame) };
    Block::bordered().border_type(weight).border_style(style)
}

/// A line, and what stands where in it: first cell, cells, what.
struct Aimed {
    line: Line<'static>,
    spots: Vec<(usize, usize, Target)>,
}

impl Aimed {
    /// Draws it at the beginning of an area.
    fn draw(self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        for (x, width, target) in self.spots {
            let at = Rect { x: area.x.saturating_add(text::cells(x)), width: text::cells(width), height: 1, ..area };
            scene.aim(at.intersection(area), target);
        }
        frame.render_widget(self.line, area);
    }
}

/// Which rows of how many are in sight of the table that was just drawn, at the right of its frame's upper edge, where not
/// all are.
fn position(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let Some((rows, len)) = scene.in_sight.take().filter(|(rows, len)| !rows.is_empty() && rows.len() < *len) else {
        return;
    };
    let message = format!(" {} ", (scene.words.header.position)(rows.start + 1, rows.end, len));
    let width = text::cells(text::width(&message));
    let Some(x) = area.right().checked_sub(width + 1).filter(|x| *x > area.x) else { return };
    let at = Rect { x, y: area.y, width, height: area.height.min(1) };
    // A title that reaches so far is worth more.
    let mut edge = |x: u16| frame.buffer_mut().cell((x, at.y)).is_some_and(|cell| "─━".contains(cell.symbol()));
    if (at.left()..at.right()).all(&mut edge) {
        frame.render_widget(Line::styled(message, scene.theme.title.remove_modifier(Modifier::BOLD)), at);
    }
}

/// Nothing useful fits: only that is said.
fn no_room(width: u16, height: u16) -> bool {
    width < SMALLEST.width || height < SMALLEST.height
}

fn too_small(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let hint = (scene.words.menus.too_small_hint)(SMALLEST.width, SMALLEST.height);
    let lines = [scene.words.menus.too_small.to_owned(), hint, (scene.words.menus.key_quit)(&scene.key(Command::Quit))];
    let lines = lines.map(|line| Line::from(text::cut(&line, usize::from(area.width)).into_owned()).centered());
    text::stack(frame, text::below(area, area.height.saturating_sub(3) / 2), lines.to_vec());
}

/// Empties an area for what is drawn over the rest. A letter two cells wide that the left edge cuts in half
/// would take the edge's cell with it, so it goes as well.
fn clear(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, scene.theme.text);
    let Some(left) = area.x.checked_sub(1) else { return };
    for y in area.y..area.bottom() {
        if let Some(cell) = frame.buffer_mut().cell_mut((left, y))
            && text::width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
    }
}

/// What copying takes that is shown: the card of the overview under the cursor.
pub fn copied(model: &Model) -> String {
    let scene = Scene::new(model);
    let step = features::setup::beside::copied(&scene).filter(|_| model.tab == Tab::Setup);
    step.unwrap_or_else(|| features::overview::copied(&scene))
}

/// The same for a dialog, with a cell of air to either side. A word that it covers in part goes as a whole: half of one
/// would be read as another.
fn clear_around(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let screen = frame.area();
    let x = area.x.saturating_sub(1).max(screen.x);
    let air = Rect { x, width: (area.right() + 1).min(screen.right()) - x, ..area };
    let in_word = |symbol: &str| !symbol.chars().all(|c| c.is_whitespace() || ('\u{2500}'..='\u{259f}').contains(&c));
    for y in air.top()..air.bottom() {
        let buffer = frame.buffer_mut();
        let word = |x: u16| buffer.cell((x, y)).is_some_and(|cell| in_word(cell.symbol()));
        let before = (screen.x..air.x).rev().take_while(|x| word(*x) && word(air.x)).count();
        let after = (air.right()..screen.right()).take_while(|x| word(*x) && word(air.right() - 1)).count();
        for x in (air.x - text::cells(before)..air.x).chain(air.right()..air.right() + text::cells(after)) {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.set_symbol(" ");
            }
        }
    }
    clear(scene, frame, air);
}

/// Texts on the screen that lead to an address.
pub fn links(model: &Model, size: Size) -> Vec<Link> {
    if no_room(size.width, size.height) {
        return Vec::new();
    }
    overlay::links(&Scene::new(model), Rect::new(0, 0, size.width, size.height))
}

/// What the top dialog says is on the screen to its end, where that has not been told yet and counts.
pub fn read_to_end(model: &Model, size: Size) -> bool {
    let Some(Overlay::Unlink(dialog)) = model.overlays.last().filter(|_| !no_room(size.width, size.height)) else {
        return false;
    };
    let area = Rect::new(0, 0, size.width, size.height);
    dialog.to_read() && features::unlink::end_in_sight(&Scene::new(model), area, dialog)
}

/// What the terminal's title says: the company that commands act on, then the product.
pub fn title(model: &Model) -> String {
    let title = match model.selected().filter(|_| model.pane == Pane::Company) {
        Some((_, company)) => format!("{} · mspdash", text::cut(&company.name, 60)),
        None => "mspdash".into(),
    };
    if model.appearance.ascii { ascii::text(&title) } else { title }
}

/// What a notification of the desktop says: what there is to do, and where.
pub fn alert(model: &Model, reason: &Attention, company: &str, more: usize) -> String {
    let words = i18n::of(model.options.lang);
    let text = (words.since.alert)(&(words.attention.long)(reason), company, more);
    if model.appearance.ascii { ascii::text(&text) } else { text }
}

#[cfg(test)]
mod tests {
    use crate::app;
    use crate::app::Options;
    use crate::app::features::tags::TagsDialog;
    use crate::app::fixture::{ALL_PERMISSIONS, AppDriver, WIDE, checklist, company, four, lost, person, session};
    use crate::domain::error::Operation;
    use crate::domain::lang::Lang;
    use crate::domain::people::{Person, PersonKind};
    use crate::domain::request::{Answer, Page};
    use crate::domain::theme::{Appearance, Depth};
    use crate::view::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::style::Color;

    #[test]
    fn without_colour_not_one_is_named() {
        let appearance = Appearance { depth: Depth::None, ..Appearance::default() };
        let options = Options { appearance, sample: true, ..Options::new(Lang::En, i18n::labels(Lang::En)) };
        let (model, _) = app::start(options, jiff::Timestamp::UNIX_EPOCH, Size { width: 120, height: 36 });
        let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
        terminal.draw(|frame| draw(&model, frame)).unwrap();
        let cells = terminal.backend().buffer().content();
        assert!(cells.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    }

    fn rows(model: &Model) -> Vec<String> {
        let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
        terminal.draw(|frame| draw(model, frame)).unwrap();
        let row = |y| (0..120).map(|x| terminal.backend().buffer()[(x, y)].symbol().to_owned()).collect();
        (0..36).map(row).collect()
    }

    /// The summary, which is below the header.
    fn summary(model: &Model) -> String {
        rows(model).swap_remove(usize::from(layout(model.size).header))
    }

    /// What the text beside a state offers is there for who may do it, and not for who may only look.
    #[test]
    fn a_way_out_is_only_offered_to_who_may_take_it() {
        let technician = Person { kind: PersonKind::Technician, ..person("Tomma") };
        for (keys, answer, offer) in [
            ("2", Answer::Links(Vec::new()), "accepts it here"),
            ("enter ]", Answer::Setup(checklist()), "signed in as you"),
            ("enter ] ]", Answer::People(vec![technician]), "to invite people"),
        ] {
            for (permissions, offered) in [(&ALL_PERMISSIONS[..], true), (&ALL_PERMISSIONS[..1], false)] {
                let mut app = AppDriver::as_who(AppDriver::options(), permissions, four());
                app.press(keys);
                app.answer(answer.clone());
                let shown = rows(&app.model).join("\n");
                assert_eq!(shown.contains(offer), offered, "{offer}: {shown}");
            }
        }
    }

    /// Before the first load, while it runs, and when it failed: a zero, and a part of the whole, would be a claim.
    #[test]
    fn nothing_is_counted_before_it_is_known() {
        let mut app = AppDriver::new(AppDriver::options(), WIDE);
        let unknown = |app: &AppDriver| {
            let row = summary(&app.model);
            assert!(row.contains('–') && !row.contains(|c: char| c.is_ascii_digit()), "{row}");
        };
        unknown(&app);
        app.connect(Ok(()));
        app.answer(Answer::Session(Box::new(session(&ALL_PERMISSIONS))));
        unknown(&app);
        let first = Page { companies: four().into(), next: Some("2".into()), total: Some(9), ..Page::default() };
        app.answer(Answer::Page(first));
        unknown(&app);
        app.fail(lost(Operation::ListCompanies));
        unknown(&app);
        assert!(summary(&AppDriver::with(four()).model).contains("[All 4]"));
        assert!(summary(&AppDriver::with(Vec::new()).model).contains("[All 0]"), "none is known to be none");
        let mut two = AppDriver::two();
        two.load("default", &ALL_PERMISSIONS, four());
        assert!(summary(&two.model).contains("[All 4+]"), "so many at least: {}", summary(&two.model));
    }

    /// Telling companies of one name apart is a walk through all names: once when a dialog opens, not on every frame.
    #[test]
    fn a_dialog_shows_what_told_its_company_apart_when_it_opened() {
        let mut app = AppDriver::with(vec![company("A", "Acme"), company("B", "Acme")]);
        app.press("t");
        let shown =
            |app: &AppDriver, distinction: &str| rows(&app.model).concat().contains(&format!("({distinction})"));
        let tags = app.model.overlays.find::<TagsDialog>(|_| true).unwrap();
        let distinction = tags.distinction.clone().unwrap();
        assert!(shown(&app, &distinction));
        app.model.overlays.find_mut::<TagsDialog>(|_| true).unwrap().distinction = None;
        assert!(!shown(&app, &distinction), "drawing asks nobody");
    }
}
