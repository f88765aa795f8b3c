//! Every scene at every size: nothing panics, nothing is drawn outside, and what must be seen is there.

mod keys;
mod mouse;

use crate::support::picture::{cells, rows};
use crate::support::{fixtures, scenes};
use mspdash::app::Model;
use mspdash::app::msg::Size;
use mspdash::domain::lang::Lang;
use mspdash::domain::request::Answer;
use mspdash::domain::theme::Depth;
use mspdash::view;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

/// Where something changes: the least size, the least comfortable one, two panes, and the extremes.
const EDGES: [(u16, u16); 12] = [
    (300, 80),
    (500, 200),
    (80, 1),
    (1, 80),
    (39, 10),
    (40, 9),
    (40, 10),
    (60, 15),
    (80, 24),
    (109, 30),
    (110, 30),
    (160, 48),
];

const fn size((width, height): (u16, u16)) -> Size {
    Size { width, height }
}

/// Draws the model as if the window were just made this large, and looks at every cell.
fn sound(model: &Model, size: Size, what: &str) -> Vec<String> {
    let mut model = model.clone();
    let now = model.now;
    mspdash::app::update(&mut model, now, mspdash::app::msg::Msg::Resize(size));
    let (buffer, cursor) = cells(&model, size);
    for y in 0..size.height {
        for x in 0..size.width {
            let symbol = buffer[(x, y)].symbol();
            assert!(clean(symbol), "{what} at {size:?}: {symbol:?} in {x},{y}");
            let reach = usize::from(x) + symbol.width();
            assert!(
                reach <= usize::from(size.width),
                "{what} at {size:?}: {symbol:?} in {x},{y} reaches over the edge"
            );
        }
    }
    if let Some(cursor) = cursor {
        assert!(cursor.x < size.width && cursor.y < size.height, "{what} at {size:?}: cursor {cursor}");
        let under = buffer[(cursor.x, cursor.y)].symbol();
        assert!(!"│┃╭╮╰╯┏┓┗┛".contains(under) || under.is_empty(), "{what} at {size:?}: the cursor is on the frame");
    }
    assert!(clean(&view::title(&model)), "{what}: {:?}", view::title(&model));
    for link in view::links(&model, size) {
        assert!(clean(&link.text) && clean(&link.uri), "{what}: {link:?}");
        let right = usize::from(link.x) + link.text.width();
        assert!(right <= usize::from(size.width) && link.y < size.height, "{what} at {size:?}: {link:?}");
        let drawn: String = (link.x..).take(link.text.len()).map(|x| buffer[(x, link.y)].symbol()).collect();
        assert_eq!(drawn, link.text, "{what} at {size:?}: a link lies over its own text");
    }
    rows(&buffer)
}

/// Nothing that steers a terminal or turns text round.
fn clean(text: &str) -> bool {
    let bad = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(c, '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    !text.chars().any(bad)
}

#[test]
fn every_scene_can_be_drawn_at_every_small_size() {
    for (at, scene) in scenes::ALL.iter().enumerate() {
        // Languages in turn: each scene in one of them for the small sizes.
        let model = scene.model(Lang::ALL[at % 2], size((120, 36)));
        for width in 1..=40 {
            for height in 1..=16 {
                sound(&model, size((width, height)), scene.name);
            }
        }
    }
}

#[test]
fn every_scene_can_be_drawn_at_the_edges() {
    for (at, scene) in scenes::ALL.iter().enumerate() {
        // Languages in turn here as well, each at the size that suits it least.
        let (lang, made) = [(Lang::De, (80, 24)), (Lang::En, (120, 36))][at % 2];
        let model = scene.model(lang, size(made));
        for edge in EDGES {
            sound(&model, size(edge), scene.name);
        }
    }
}

#[test]
fn help_and_the_name_of_the_company_are_always_in_sight() {
    for scene in scenes::ALL.iter() {
        for (lang, help) in [(Lang::En, "? help"), (Lang::De, "? Hilfe")] {
            for edge in EDGES.into_iter().filter(|(width, height)| *width >= 60 && *height >= 15) {
                let rows = sound(&scene.model(lang, size(edge)), size(edge), scene.name);
                let last = rows.last().unwrap();
                assert!(scene.covered || last.contains(help), "{} at {edge:?}: {last}", scene.name);
                let named = scene.about.is_none_or(|name| rows.iter().any(|row| row.contains(name)));
                assert!(named, "{} at {edge:?} in {lang} does not name {:?}", scene.name, scene.about);
            }
        }
    }
}

/// Under `NO_COLOR` no cell has a colour, and the rows say the same: nothing is told by colour alone.
#[test]
fn the_address_to_be_opened_is_whole_in_every_window() {
    for scene in scenes::ALL.iter().filter(|scene| scene.name.starts_with("launch")) {
        for at in EDGES.into_iter().filter(|at| at.0 >= 40 && at.1 >= 10) {
            let model = scene.model(Lang::De, size(at));
            let links = view::links(&model, size(at));
            let shown: String = links.iter().map(|link| link.text.as_str()).collect();
            assert!(shown.starts_with("https://") && shown == links[0].uri, "{} at {at:?}: {shown}", scene.name);
            let screen = rows(&cells(&model, size(at)).0).concat();
            assert!(links.iter().all(|link| screen.contains(&link.text)), "{} at {at:?}", scene.name);
        }
    }
}

#[test]
fn without_colours_every_scene_says_the_same_and_names_none() {
    use ratatui::style::Color;
    // The menu of the themes tells that there are no colours.
    for scene in scenes::ALL.iter().filter(|scene| scene.name != "menu_theme") {
        let coloured = scene.model(Lang::En, size((120, 36)));
        let mut plain = coloured.clone();
        plain.appearance.depth = Depth::None;
        let (cells, _) = cells(&plain, size((120, 36)));
        let named = cells.content().iter().find(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
        assert_eq!(named, None, "{}", scene.name);
        assert!(rows(&cells) == sound(&coloured, size((120, 36)), scene.name), "{} says something else", scene.name);
    }
}

/// A list that is not whole says so, on every screen and tab, with one account and with several.
#[test]
fn rows_that_could_not_be_read_are_told_wherever_a_list_is_shown() {
    use mspdash::domain::activity::ActivityPage;
    use mspdash::domain::usage::{Overall, Period, Thousandths, Usage};
    let usage = |period| {
        let net_usage = Thousandths::default();
        let usage =
            Usage { period, days: Vec::new(), net_usage, projection: None, peak: 0, limit: None, internal: None };
        Overall { usage, companies: Vec::new() }
    };
    let november = Period::month_of("2026-11-22".parse().unwrap());
    let lists = [
        ("2", Answer::Links(Vec::new())),
        ("3", Answer::Recoveries(Vec::new())),
        ("4", Answer::Usage(Box::new(usage(november)))),
        ("5", Answer::Activity(ActivityPage::default())),
        ("enter ] ]", Answer::People(Vec::new())),
        ("enter ] ]", Answer::Groups(Vec::new())),
        ("enter ] ] ]", Answer::Vaults(Vec::new())),
    ];
    for (lang, said) in [(Lang::En, "3 unreadable rows"), (Lang::De, "3 nicht lesbare Zeilen")] {
        for (keys, answer) in &lists {
            let mut whole = scenes::list(lang, size((120, 36)), vec![fixtures::minimal()]);
            whole.keys(keys);
            let mut partly = whole.clone();
            if matches!(answer, Answer::Groups(_)) {
                partly.answer(Answer::People(Vec::new()));
            }
            partly.answer(answer.clone().without(3));
            whole.answer(answer.clone());
            for edge in [(120, 36), (80, 24)] {
                let rows = |model: &Model| sound(model, size(edge), keys).join("\n");
                assert!(rows(&partly.model).contains(said), "{keys}:\n{}", rows(&partly.model));
                assert!(!rows(&whole.model).contains(said), "{keys}");
            }
        }
    }
}

/// Whatever a dialog has sent and has to wait for says why and until when; Esc ends that and nothing else.
#[test]
fn every_dialog_that_waits_for_its_next_try_says_so_and_can_give_up() {
    use mspdash::app::effect::Effect;
    use mspdash::app::features::bulk::Stage;
    use mspdash::app::msg::Msg;
    use mspdash::app::overlay::Overlay;
    use mspdash::domain::error::{Cause, Error, Operation, Pause, RetryAdvice};
    let mut seen = Vec::new();
    for scene in scenes::ALL.iter() {
        for (lang, next) in [(Lang::En, "retrying in 19 s"), (Lang::De, "nächster Versuch in 19 s")] {
            let mut model = scene.model(lang, size((120, 36)));
            let sent = model.tickets.open().find(|(_, purpose)| purpose.writes()).map(|(ticket, _)| ticket);
            let asks = matches!(model.overlays.last(), None | Some(Overlay::Quit(_)));
            let (Some(ticket), false) = (sent, asks) else { continue };
            let now = model.now;
            let mut error = Error::new(Operation::EditCompany, Cause::ServerFailed { status: 503 }, RetryAdvice::Now);
            error.detail = "The disk is full.".into();
            let pause = Pause { wait: std::time::Duration::from_secs(19), error };
            mspdash::app::update(&mut model, now, Msg::Waiting { ticket, pause: Some(Box::new(pause)) });
            for edge in [(120, 36), (80, 24)] {
                let rows = sound(&model, size(edge), scene.name).join(" ");
                let words: Vec<&str> =
                    rows.split(|c: char| c.is_whitespace() || c == '│').filter(|it| !it.is_empty()).collect();
                let said = words.join(" ");
                assert!(said.contains(next) && said.contains("The disk is full"), "{} at {edge:?}: {said}", scene.name);
            }
            if matches!(model.overlays.last(), Some(Overlay::Bulk(bulk)) if bulk.stage != Stage::Running) {
                // Checks before anything is done: Esc closes the dialog.
                continue;
            }
            let before = model.overlays.len();
            let out = mspdash::app::update(&mut model, now, Msg::Key("esc".parse().unwrap()));
            assert_eq!(out, [Effect::EndPause { ticket, again: false }], "{}", scene.name);
            assert_eq!(model.overlays.len(), before, "{}", scene.name);
            seen.push(scene.name);
        }
    }
    for name in ["unlink_sending", "confirm_sending", "form_sending", "link_sending"] {
        assert!(seen.contains(&name), "{name}: {seen:?}");
    }
}

/// What a hostile server can say, everywhere that it is shown: each text came through the wire.
#[test]
fn hostile_text_reaches_no_cell_no_title_and_no_link() {
    let bad = "\u{1b}[2J\u{9b}31m\u{202e}\u{2066}\u{e0041}\u{200b}\u{7}\r\nbad\u{85}";
    let person = json!({"id": "P", "email": bad, "display_name": bad, "state": bad, "type": bad,
                        "groups": [{"id": "G", "name": bad, "kind": bad}]});
    let step = |kind: &str| {
        json!({"step": kind, "id": kind, "state": bad, "note": bad, "updater": {"display_name": bad},
               "update_time": "2026-11-20T00:00:00Z", "evidence": [{"fact": bad, "count": 1}]})
    };
    let people = vec![serde_json::from_value::<mspdash::wire::people::User>(person).unwrap().try_into().unwrap()];
    let steps = json!({"steps": [step(bad), step("RECOVERY_PLAN")]});
    let checklist = serde_json::from_value::<mspdash::wire::setup::Checklist>(steps).unwrap().into();
    for company in fixtures::hostile() {
        let preflight = json!({"etag": company.etag.as_str(), "company_name": company.name,
            "checks": [{"code": bad, "severity": "INFO", "title": bad, "people": [{"display_name": bad}]}],
            "consequences": [{"code": bad, "title": bad}]});
        let preflight: mspdash::domain::unlink::Preflight =
            serde_json::from_value::<mspdash::wire::unlink::Preflight>(preflight).unwrap().into();
        let all = || vec![company.clone(), fixtures::minimal()];
        let mut list = scenes::list(Lang::En, size((120, 36)), all());
        while list.model.selected().is_some_and(|(key, _)| key.company != company.id) {
            list.keys("j");
        }
        list.pass(1);
        let mut looks = vec![list.clone()];
        for keys in ["enter", "f", "/ b a d", "u", "l"] {
            looks.push(list.clone());
            looks.last_mut().unwrap().keys(keys);
        }
        let mut unlink = looks[4].clone();
        unlink.answer(Answer::Preflight(preflight)).keys("tab").paste(bad);
        let mut setup = list.clone();
        setup.keys("enter ]").answer(Answer::Setup(Clone::clone(&checklist)));
        let mut note = setup.clone();
        note.keys("e").paste(bad);
        let mut toast = setup.clone();
        toast.keys("x enter").fail(fixtures::no_answer(mspdash::domain::error::Operation::EditSetup));
        let mut person = list.clone();
        person.keys("enter ] ]").answer(Answer::People(Clone::clone(&people)));
        let mut trail = list.clone();
        let event = json!({"id": bad, "actor": {"display_name": bad}, "action": bad, "company_id": bad,
            "company_name": bad, "target": bad, "client": bad});
        let page = json!({"results": [event]});
        let page: mspdash::wire::list::List<mspdash::wire::activity::Event> =
            serde_json::from_str(&page.to_string()).unwrap();
        trail.keys("5").answer(Answer::Activity(page.read().0));
        let mut filter = trail.clone();
        filter.keys("f k").paste(bad);
        looks.extend(vec![unlink, setup, note, toast, person, trail, filter]);
        for (at, look) in looks.iter().enumerate() {
            for edge in EDGES.into_iter().chain([(60, 20), (41, 11)]) {
                sound(&look.model, size(edge), &format!("{} {at}", company.id));
            }
        }
    }
}
