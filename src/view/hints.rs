//! The hint bar, from the command table: at most seven, what the state asks for first; help is always there.

use crate::app::command::{Command, DisabledReason, Group, Place, Row, TABLE, Target};
use crate::app::core::per_account::shown;
use crate::app::focus::{Focus, focus, types_text};
use crate::app::key::Sequence;
use crate::app::model::{Model, Tab};
use crate::app::pointer;
use crate::app::screen::Screen;
use crate::view::widgets::text;
use crate::view::{Aimed, Scene, keys};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let focus = focus(scene.model);
    let tail = help(scene);
    let tail_width = u16::try_from(tail.iter().map(Span::width).sum::<usize>()).unwrap_or(0) + 1;
    let at = Rect { x: area.right().saturating_sub(tail_width), width: tail_width.min(area.width), ..area };
    scene.aim(at, pointer::Target::Command(Command::Help));
    frame.render_widget(Line::from(tail), at);
    let rest = Rect { width: area.width.saturating_sub(tail_width + 1), ..area };
    if keys::draw_line(scene, frame, rest) {
        return;
    }
    match focus {
        // A dialog names its keys itself; those of what is below it would be wrong now.
        Focus::Overlay => {}
        Focus::Search | Focus::PeopleSearch | Focus::UsageSearch => {
            let keys =
                text::cut(&scene.keys(scene.words.companies.search_keys), usize::from(rest.width.saturating_sub(1)))
                    .into_owned();
            frame.render_widget(Line::styled(format!(" {keys}"), scene.theme.muted), rest);
        }
        focus => bar(scene, frame, rest, focus),
    }
}

/// The most commands that are offered beside the help.
const MOST: usize = 7;

fn bar(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, focus: Focus) {
    let room = usize::from(area.width);
    let (mut line, mut spots) = (Line::from(" "), Vec::new());
    for command in offered(scene.model, focus) {
        let part = hint(scene, command);
        if line.width() + part.iter().map(Span::width).sum::<usize>() + 2 > room {
            break;
        }
        let start = line.width();
        line.spans.extend(part);
        spots.push((start, line.width() - start, pointer::Target::Command(command)));
        line.push_span("  ");
    }
    Aimed { line, spots }.draw(scene, frame, area);
}

/// What the bar offers: what the state asks for, then what belongs to the place. What the state rules out is left out;
/// what the technician may not do is dimmed.
fn offered(model: &Model, focus: Focus) -> Vec<Command> {
    let mut all: Vec<Command> = Vec::new();
    for command in asked_for(model, focus).into_iter().chain(commands(focus)) {
        // A command that the user left without a key is for the palette.
        let bound = !model.options.keymap.keys(command).is_empty();
        if bound && !all.contains(&command) && !ruled_out(&command.ready(model)) {
            all.push(command);
        }
    }
    all.truncate(MOST);
    all
}

/// What is to be done first as things stand: a way out of what narrows the list, the marked companies, a failure.
fn asked_for(model: &Model, focus: Focus) -> Vec<Command> {
    let mut first = Vec::new();
    if matches!(focus, Focus::List | Focus::Found) && model.narrowed() {
        first.push(Command::ClearAll);
    }
    if focus == Focus::Screen(Screen::Activity) {
        first.push(Command::ActivityClear);
    }
    if shown(model).any(|account| account.sync.error().is_some()) {
        first.extend([Command::Refresh, Command::Details]);
    }
    if matches!(focus, Focus::List | Focus::Found) && !model.marks.is_empty() {
        first.extend([Command::Bulk, Command::Launch, Command::Tag, Command::Snooze, Command::Unlink, Command::Unmark]);
    }
    first
}

/// It cannot be meant as things stand, whoever is at the screen.
fn ruled_out(ready: &Result<(), DisabledReason>) -> bool {
    use DisabledReason::{AlreadyUnlinked, NoCompany, NothingFailed, NothingHere, NothingMarked, NothingToClear};
    let Err(why) = ready else { return false };
    matches!(why, AlreadyUnlinked { .. } | NoCompany | NothingFailed | NothingHere | NothingMarked | NothingToClear)
}

/// Help and the key that opens it now: where letters are text, the one that is none.
fn help(scene: &Scene<'_>) -> Vec<Span<'static>> {
    let keys = scene.model.options.keymap.keys(Command::Help);
    let typing = types_text(scene.model);
    let typed = |keys: &Sequence| keys.keys().iter().any(|key| key.typed().is_some());
    let key = keys.iter().find(|keys| !typing || !typed(keys)).map(Sequence::to_string).unwrap_or_default();
    let short = (scene.words.command)(Command::Help).short;
    vec![Span::styled(key, scene.theme.key), Span::raw(format!(" {short}"))]
}

/// What belongs to the place, its own commands first.
fn commands(focus: Focus) -> Vec<Command> {
    let places = focus.places();
    let (on_list, on_screen) =
        (matches!(focus, Focus::List | Focus::Found | Focus::Attention), matches!(focus, Focus::Screen(_)));
    let own = |row: &Row| row.place != Place::Anywhere;
    let offered = |row: &&Row| {
        let fits = match row.group {
            // Away from the list its commands only take room from the place's own.
            Group::List | Group::Marks => on_list,
            Group::Move => !on_screen,
            // What is done to a company is done where one sees it; a screen's rows open it.
            _ if on_screen => matches!(row.command, Command::Open | Command::Launch | Command::Palette),
            _ => true,
        };
        let elsewhere = row.command == Command::NewCompany && !on_list;
        let there = !matches!(row.command, Command::Help | Command::Bulk) && !elsewhere;
        row.hint > 0 && there && places.contains(&row.place) && (own(row) || fits)
    };
    let mut rows: Vec<&Row> = TABLE.iter().copied().filter(offered).collect();
    // Beside what one sees the palette is the last resort.
    let last = |row: &Row| !on_list && row.command == Command::Palette;
    rows.sort_by_key(|row| (!own(row), last(row), row.hint));
    let mut commands: Vec<Command> = rows.into_iter().map(|row| row.command).collect();
    if focus == Focus::Screen(Screen::Recoveries) {
        // Of what is done to people only this is done from there.
        let here = |command: &Command| matches!(command, Command::Recover | Command::CancelRecovery);
        commands.retain(|command| command.row().group != Group::People || here(command));
    }
    if focus == Focus::Attention {
        // What cures a line stands on it.
        let here = [Command::Open, Command::Snooze, Command::Back, Command::Launch];
        commands.retain(|command| !here.contains(command) && *command != Command::NewCompany);
        commands.splice(0..0, here);
    }
    if !on_list {
        commands.retain(|command| on_screen || *command != Command::Open);
        commands.insert(0, Command::Back);
        // What Enter does to a row there, no other key does.
        let rows = [Tab::Overview, Tab::People, Tab::Vaults, Tab::Activity];
        if matches!(focus, Focus::Company(tab) if rows.contains(&tab)) {
            commands.insert(1, Command::Open);
        }
    }
    commands
}

/// Where companies are marked: how many of them it is about, or that it is about one only.
pub(super) fn about(scene: &Scene<'_>, command: Command, what: &str) -> String {
    match command.target(scene.model) {
        Target::Marked(marks) => format!("{what} {}", scene.words.number(marks as u64)),
        _ if command.passes_marks_by(scene.model) => (scene.words.bulk.only_this)(what),
        _ => what.to_owned(),
    }
}

fn hint(scene: &Scene<'_>, command: Command) -> Vec<Span<'static>> {
    let key = scene.model.options.keymap.keys(command).first().map(Sequence::to_string).unwrap_or_default();
    let key = scene.keys(key);
    let short = about(scene, command, (scene.words.command)(command).short);
    if command.ready(scene.model).is_ok() {
        vec![Span::styled(key, scene.theme.key), Span::raw(format!(" {short}"))]
    } else {
        vec![Span::styled(format!("{key} {short}"), scene.theme.muted)]
    }
}

#[cfg(test)]
mod tests {
    use crate::app::command::Command::*;
    use crate::app::fixture::{ALL_PERMISSIONS, AppDriver, company, four, lost};
    use crate::app::focus::focus;
    use crate::domain::company::{Company, CompanyState};
    use crate::domain::error::Operation;
    use crate::view::hints::{Command, MOST, offered};

    fn first(app: &AppDriver, count: usize) -> Vec<Command> {
        let all = offered(&app.model, focus(&app.model));
        assert!(all.len() <= MOST, "{all:?}");
        all.into_iter().take(count).collect()
    }

    #[test]
    fn what_the_state_asks_for_comes_first() {
        let mut app = AppDriver::with(four());
        assert_eq!(first(&app, 9), [Open, Launch, Search, Sort, Filter, Urgent, Palette]);
        app.press("s 2");
        assert_eq!(first(&app, 2), [ClearAll, Open]);
        app.press("c space");
        assert_eq!(first(&app, 5), [Bulk, Launch, Tag, Snooze, Unlink]);
        app.press("- g");
        app.pass(30_000);
        app.fail(lost(Operation::Changes));
        assert_eq!(first(&app, 3), [Refresh, Details, Open]);
    }

    #[test]
    fn what_the_state_rules_out_is_not_offered_and_what_the_role_forbids_is() {
        let unlinked = Company { state: CompanyState::Unlinked, ..company("A", "Acme") };
        let app = AppDriver::with(vec![unlinked]);
        let offers = |app: &AppDriver, command| first(app, MOST).contains(&command);
        assert!(!offers(&app, Launch) && !offers(&app, Unlink) && offers(&app, Open));
        let looks = AppDriver::as_who(AppDriver::options(), &ALL_PERMISSIONS[..1], four());
        assert!(offers(&looks, Launch), "dimmed, with the reason when it is pressed");
        assert!(!offers(&AppDriver::with(Vec::new()), Open));
    }

    #[test]
    fn a_screen_offers_its_own_commands_and_none_of_the_list() {
        for screen in ["2", "3", "4", "5"] {
            let mut app = AppDriver::with(four());
            app.press(screen);
            let all = first(&app, MOST);
            assert_eq!(all.first(), Some(&Back), "{screen}");
            let not = [Unlink, NewCompany, Search, Sort, Filter, ClearAll, Mark];
            assert!(all.iter().all(|command| !not.contains(command)), "{screen}: {all:?}");
        }
    }
}
