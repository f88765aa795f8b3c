//! What stands between a key and the picture: one frame, and `update` for the two keys that a technician presses
//! most. The goals: neither depends on how many companies there are but by what a search has to look at.
#![expect(clippy::unwrap_used, reason = "a bench that cannot set up may stop")]

#[path = "support/sample.rs"]
#[expect(dead_code, reason = "the roster's bench reads pages as well")]
mod sample;

use divan::{Bencher, black_box};
use jiff::Timestamp;
use mspdash::app::effect::{Effect, Ticket};
use mspdash::app::key::Key;
use mspdash::app::msg::{Msg, Reply, Size};
use mspdash::app::{self, Model, Options};
use mspdash::domain::lang::Lang;
use mspdash::domain::request::{Answer, Page, Request};
use mspdash::i18n;
use mspdash::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SIZES: [usize; 2] = [10_000, 100_000];
const NORMAL: Size = Size { width: 120, height: 40 };
const SMALL: Size = Size { width: 80, height: 24 };

fn main() {
    divan::main();
}

fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// The dashboard with so many companies loaded, the cursor in their middle.
fn loaded(companies: usize, size: Size) -> Model {
    let (mut model, start) = app::start(Options::new(Lang::En, i18n::labels(Lang::En)), now(), size);
    let [Effect::Connect { ticket, .. }] = start[..] else { unreachable!("the start asks for a server") };
    let asked = reply(&mut model, ticket, Reply::Connected(Ok(None)));
    let page = asked.iter().find_map(|effect| match effect {
        Effect::Call { ticket, request: Request::ListCompanies(_), .. } => Some(*ticket),
        _ => None,
    });
    let all =
        Page { companies: sample::companies(0..companies).into(), change_token: Some("t".into()), ..Page::default() };
    reply(&mut model, page.unwrap(), Reply::Api(Ok(Answer::Page(all))));
    for key in ["G", "pgup", "pgup", "pgup"] {
        press(&mut model, key.parse().unwrap());
    }
    model
}

fn reply(model: &mut Model, ticket: Ticket, reply: Reply) -> Vec<Effect> {
    app::update(model, now(), Msg::Reply { ticket, reply })
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    app::update(model, now(), Msg::Key(key))
}

/// Building the picture and comparing it with the one before; nothing is written.
fn frame(bencher: Bencher<'_, '_>, companies: usize, size: Size) {
    let model = loaded(companies, size);
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    bencher.bench_local(|| {
        terminal.draw(|frame| view::draw(black_box(&model), frame)).unwrap();
    });
}

#[divan::bench(args = SIZES)]
fn frame_120x40(bencher: Bencher<'_, '_>, companies: usize) {
    frame(bencher, companies, NORMAL);
}

#[divan::bench(args = SIZES)]
fn frame_80x24(bencher: Bencher<'_, '_>, companies: usize) {
    frame(bencher, companies, SMALL);
}

/// Up and down again.
#[divan::bench(args = SIZES)]
fn two_cursor_moves(bencher: Bencher<'_, '_>, companies: usize) {
    let mut model = loaded(companies, NORMAL);
    bencher.bench_local(|| {
        press(&mut model, Key::char('k'));
        press(&mut model, Key::char('j'))
    });
}

/// A move and the frame that shows it.
#[divan::bench(args = SIZES)]
fn cursor_move_with_its_frame(bencher: Bencher<'_, '_>, companies: usize) {
    let mut model = loaded(companies, NORMAL);
    let mut terminal = Terminal::new(TestBackend::new(NORMAL.width, NORMAL.height)).unwrap();
    let mut up = false;
    bencher.bench_local(|| {
        up = !up;
        press(&mut model, Key::char(if up { 'k' } else { 'j' }));
        terminal.draw(|frame| view::draw(&model, frame)).unwrap();
    });
}

/// A letter behind two others, and its way back.
#[divan::bench(args = SIZES)]
fn two_search_keys(bencher: Bencher<'_, '_>, companies: usize) {
    let mut model = loaded(companies, NORMAL);
    for key in ["/", "b", "r"] {
        press(&mut model, key.parse().unwrap());
    }
    bencher.bench_local(|| {
        press(&mut model, Key::char('i'));
        press(&mut model, "backspace".parse().unwrap())
    });
}
