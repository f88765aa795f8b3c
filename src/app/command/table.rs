//! One row for each command: id, keys, group, what it may do, whom it needs, when it can run, what it does.

use super::{Danger, Enabled, Group, Place, Row, Run, Scope};
use crate::app::core::selection::Movement;
use crate::app::features::{
    accounts, activity, attention, bulk, companies, company, copy, declare, errors, export, form, help, import, launch,
    links, palette, people, quit, setup, since, sync, tasks, technicians, themes, tour, undo, unlink, usage, vaults,
};
use crate::app::model::Model;
use crate::app::navigation;
use crate::app::navigation::history;
use crate::app::pointer;
use crate::app::screen::Screen;
use crate::domain::id::ProfileId;
use crate::domain::session::Permission;

/// Makes the enum, and a row for each of its variants.
macro_rules! commands {
    ($($name:ident = $row:expr;)*) => {
        /// Everything a person can tell the dashboard to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command { $($name),* }

        impl Command {
            pub const fn row(self) -> &'static Row {
                match self {
                    $(Self::$name => {
                        static ROW: Row = Row { command: Command::$name, ..$row };
                        &ROW
                    })*
                }
            }
        }

        /// Every command, in the order of help and palette.
        pub static TABLE: [&Row; [$(Command::$name),*].len()] = [$(Command::$name.row()),*];
    };
}

/// What is done to the person under the cursor.
macro_rules! person {
    ($command:ident, $id:literal, $key:literal) => {
        row(
            $id,
            &[$key],
            Group::People,
            |model| people::can(model, Command::$command),
            |ctx| people::ask(ctx, Command::$command),
        )
        .at(Place::People)
    };
}

macro_rules! screen {
    ($screen:ident, $id:literal, $key:literal) => {
        row($id, &[$key], Group::Screens, always, |ctx| navigation::show(ctx, Screen::$screen))
    };
}

macro_rules! movement {
    ($movement:ident, $id:literal, $keys:expr) => {
        row($id, $keys, Group::Move, navigation::can_move, |ctx| navigation::step(ctx.model, Movement::$movement))
            .repeats()
    };
}

commands! {
    Open = row("company.open", &["enter"], Group::Company, navigation::can_open, navigation::open).one().hint(1);
    Launch = row("company.launch", &["l"], Group::Company, launch::enabled, launch::launch)
        .marked(bulk::launch).writes(&Permission::Launch).hint(2);
    LaunchStep = row("setup.launch", &["L"], Group::Company, launch::step_enabled, launch::launch_step)
        .at(Place::Setup).one().writes(&Permission::Launch).hint(2);
    AddOwner = row("company.add_owner", &["o"], Group::Company, company::selected, people::open_tab).one();
    ToggleStep = row("setup.toggle", &["x"], Group::Company, setup::enabled, setup::open)
        .at(Place::Setup).marked(bulk::change_step).writes(&Permission::Setup).hint(1);
    EditNote = row("setup.note", &["e"], Group::Company, setup::enabled, setup::note::open)
        .at(Place::Setup).one().writes(&Permission::Setup).hint(1);
    Unlink = row("company.unlink", &["u"], Group::Company, unlink::enabled, unlink::open)
        .marked(bulk::unlink).destroys(&Permission::Unlink).hint(8);
    NewCompany = row("company.new", &["n"], Group::Company, always, form::choose_kind)
        .of(any_account).writes(&Permission::Add).hint(13);
    EditCompany = row("company.edit", &["e"], Group::Company, company::managed, form::edit)
        .one().writes(&Permission::Edit).hint(11);
    Declare = row("company.declare", &["D"], Group::Company, declare::enabled, declare::open)
        .one().writes(&Permission::Edit);
    Tag = row("company.tag", &["t"], Group::Company, company::selected, bulk::open_tags)
        .marked(bulk::open_tags).writes(&Permission::Edit).hint(12);
    Snooze = row("company.snooze", &["Z"], Group::Company, attention::can_snooze, attention::open)
        .marked(attention::open_marked).writes(&Permission::Edit);
    Pin = row("company.pin", &["P"], Group::Company, company::selected, companies::pins::toggle)
        .marked(companies::pins::toggle_marked);
    Copy = row("company.copy", &["y"], Group::Company, company::selected, copy::menu::open).marked(bulk::copy_names);
    CopyId = row("company.copy_id", &["Y"], Group::Company, company::selected, copy::copy_id).marked(bulk::copy_ids);

    FindPerson = row("people.search", &["/"], Group::People, people::can_search, people::search)
        .at(Place::People).hint(7);
    MakeOwner = person!(MakeOwner, "people.owner", "o").writes(&Permission::People).hint(1);
    MakeAdministrator = person!(MakeAdministrator, "people.administrator", "a").writes(&Permission::People).hint(2);
    TakeAway = person!(TakeAway, "people.take_away", "d").writes(&Permission::People).hint(3);
    Suspend = person!(Suspend, "people.suspend", "p").writes(&Permission::People).hint(6);
    Recover = person!(Recover, "people.recover", "R").writes(&Permission::Recover).hint(4);
    CancelRecovery = person!(CancelRecovery, "people.cancel_recovery", "X").writes(&Permission::Recover).hint(5);
    ViewVault = row("vault.view", &["w"], Group::People, vaults::can_view, vaults::view)
        .at(Place::Vaults).writes(&Permission::Launch).hint(1);
    GrantVault = row("vault.grant", &["v"], Group::People, vaults::can_grant, vaults::grant)
        .at(Place::Vaults).writes(&Permission::Vaults).hint(2);

    Search = row("list.search", &["/"], Group::List, always, |ctx| companies::search(ctx.model)).hint(3);
    NextMatch = row("match.next", &["n"], Group::List, companies::found, |ctx| companies::next_match(ctx.model, false))
        .at(Place::Found).hint(1);
    PreviousMatch = row("match.previous", &["N"], Group::List, companies::found, |ctx| {
        companies::next_match(ctx.model, true);
    })
    .at(Place::Found);
    Sort = row("list.sort", &["s"], Group::List, always, companies::sort::open).hint(4);
    Reverse = row("list.reverse", &["S"], Group::List, companies::sorted, |ctx| companies::reverse(ctx.model));
    Filter = row("list.filter", &["f"], Group::List, always, companies::filter::open).hint(5);
    Accounts = row("list.accounts", &["A"], Group::List, always, |ctx| accounts::open(ctx.model));
    ClearAll = row("list.clear_all", &["c"], Group::List, companies::narrowed, |ctx| companies::clear_all(ctx.model));
    Views = row("list.views", &["v"], Group::List, always, companies::views::open).hint(8);
    Columns = row("list.columns", &["C"], Group::List, always, companies::choose_columns::open);
    HideUnlinked = row("list.hide_unlinked", &["H"], Group::List, companies::any_unlinked, companies::views::toggle_unlinked);
    Urgent = row("list.attention", &["w"], Group::List, always, attention::show).hint(6);
    Refresh = row("app.refresh", &["r", "f5", "ctrl-r"], Group::List, sync::can_refresh, navigation::refresh);

    AttendRecovery = row("attention.recover", &["R"], Group::Company, attention::can_recover, attention::recover)
        .at(Place::Attention).one().writes(&Permission::Recover);
    AttendLink = row("attention.link", &["p"], Group::Company, attention::can_accept, links::open_accept)
        .at(Place::Attention).one().writes(&Permission::Link);
    AttendOwner = row("attention.owner", &["L"], Group::Company, attention::can_invite, launch::launch_people)
        .at(Place::Attention).one().writes(&Permission::Launch);
    AttendSetup = row("attention.setup", &["x"], Group::Company, attention::can_open_setup, attention::open_setup)
        .at(Place::Attention).one();

    Mark = row("list.mark", &["space"], Group::Marks, bulk::can_mark, bulk::mark);
    MarkAll = row("list.mark_all", &["*"], Group::Marks, bulk::can_mark_all, bulk::mark_all);
    Unmark = row("list.unmark", &["-"], Group::Marks, bulk::any_marked, bulk::unmark);
    Bulk = row("marks.act", &["b"], Group::Marks, bulk::any_marked, bulk::open).marked_only(bulk::open).hint(3);
    Export = row("list.export", &["E"], Group::Marks, export::enabled, export::open).marked_only(export::open);

    Import = row("list.import", &["I"], Group::List, import::enabled, import::open)
        .of(any_account).writes(&Permission::Add);

    ShowCompanies = screen!(Companies, "screen.companies", "1");
    ShowLinks = screen!(Links, "screen.links", "2");
    ShowRecoveries = screen!(Recoveries, "screen.recoveries", "3");
    ShowUsage = screen!(Usage, "screen.usage", "4");
    ShowActivity = screen!(Activity, "screen.activity", "5");
    ShowTasks =
        row("screen.tasks", &["6"], Group::Screens, tasks::enabled, |ctx| navigation::show(ctx, Screen::Tasks));

    AcceptLink = row("link.accept", &["p"], Group::Links, always, links::open_accept)
        .at(Place::Links).of(any_account).writes(&Permission::Link).hint(1);
    CancelLink = row("link.cancel", &["d"], Group::Links, links::can_cancel, links::open_cancel)
        .at(Place::Links).of(links::selected_account).writes(&Permission::Link).hint(2);
    OwnerPage = row("link.owner_page", &["o"], Group::Links, links::has_owner_page, links::open_owner_page)
        .at(Place::Links).hint(3);

    Period = row("usage.period", &["p"], Group::Usage, usage::in_front, usage::open_period).at(Place::Usage).hint(1);
    UsageSort = row("usage.sort", &["s"], Group::Usage, usage::on_screen, usage::open_sort).at(Place::Usage).hint(2);
    UsageReverse = row("usage.reverse", &["S"], Group::Usage, usage::on_screen, usage::reverse).at(Place::Usage);
    FindUsage = row("usage.search", &["/"], Group::Usage, always, usage::search::open).at(Place::Usage).hint(3);
    UsageExport = row("usage.export", &["E"], Group::Usage, usage::export::enabled, usage::export::open)
        .at(Place::Usage).hint(4);
    UsageZero = row("usage.zero", &["0"], Group::Usage, usage::in_front, usage::toggle_zero).at(Place::Usage).hint(5);
    UsageTask = row("usage.task", &["i"], Group::Usage, tasks::enabled, tasks::usage)
        .at(Place::Usage).of(any_account).writes(&Permission::Edit);
    ActivityFilter = row("activity.filter", &["f"], Group::Usage, activity::in_front, activity::open_filter)
        .at(Place::Activity).hint(1);
    ActivityClear = row("activity.clear", &["c"], Group::Usage, activity::filtered, activity::clear)
        .at(Place::Activity).hint(2);

    SinceVisit = row("screen.since", &["i"], Group::Screens, since::visited, since::show);
    EndedTasks = row("tasks.ended", &["a"], Group::Screens, tasks::on_screen, tasks::show_ended).at(Place::Tasks).hint(1);

    Down = movement!(Down, "move.down", &["j", "down"]);
    Up = movement!(Up, "move.up", &["k", "up"]);
    Top = movement!(Top, "move.top", &["g", "home"]);
    Bottom = movement!(Bottom, "move.bottom", &["G", "end"]);
    PageDown = movement!(PageDown, "move.page_down", &["pgdn", "ctrl-f"]);
    PageUp = movement!(PageUp, "move.page_up", &["pgup", "ctrl-b"]);
    HalfPageDown = movement!(HalfPageDown, "move.half_page_down", &["ctrl-d"]);
    HalfPageUp = movement!(HalfPageUp, "move.half_page_up", &["ctrl-u"]);
    NextTab = row("tab.next", &["]", "right"], Group::Move, company::selected, navigation::next_tab).hint(10).repeats();
    PreviousTab =
        row("tab.previous", &["[", "left"], Group::Move, company::selected, navigation::previous_tab).repeats();
    NextCompany = row("company.next", &["J"], Group::Move, navigation::can_turn_company, |ctx| {
        navigation::turn_company(ctx.model, Movement::Down);
    }).hint(9).repeats();
    PreviousCompany = row("company.previous", &["K"], Group::Move, navigation::can_turn_company, |ctx| {
        navigation::turn_company(ctx.model, Movement::Up);
    }).repeats();
    PreviousPlace = row("place.back", &["ctrl-o"], Group::Move, navigation::can_go_back, |ctx| history::step(ctx.model, false)).repeats();
    NextPlace = row("place.forward", &["alt-o"], Group::Move, navigation::can_go_forward, |ctx| history::step(ctx.model, true)).repeats();
    TogglePane = row("pane.toggle", &["z"], Group::Move, navigation::can_toggle_pane, |ctx| navigation::toggle_pane(ctx.model));
    NextPane = row("pane.next", &["tab", "backtab"], Group::Move, navigation::can_change_pane, navigation::next_pane);
    Back = row("app.back", &["esc", "backspace"], Group::Move, always, |ctx| navigation::back(ctx.model));

    Technicians = row("msp.technicians", &["T"], Group::General, always, technicians::open)
        .of(any_account).writes(&Permission::Technicians);
    Undo = row("app.undo", &["U"], Group::General, undo::enabled, undo::undo).of(undo::account).writes_as_before();
    Details = row("app.details", &["!"], Group::General, errors::any, errors::open);
    Theme = row("app.theme", &["f2"], Group::General, always, themes::open);
    Palette = row("app.commands", &[":", "ctrl-p", "ctrl-k"], Group::General, always, palette::open).hint(7);
    Tour = row("app.tour", &["f3"], Group::General, always, tour::open);
    ToggleMouse = row("app.mouse", &["alt-m"], Group::General, always, pointer::toggle);
    Help = row("app.help", &["?", "f1"], Group::General, always, help::open).hint(10);
    Quit = row("app.quit", &["q", "ctrl-c"], Group::General, always, quit::quit);
}

const fn row(id: &'static str, keys: &'static [&'static str], group: Group, enabled: Enabled, run: Run) -> Row {
    Row {
        // Set by the table.
        command: Command::Open,
        id,
        keys,
        place: Place::Anywhere,
        danger: Danger::Reads,
        needs: None,
        group,
        hint: 0,
        scope: Scope::Other,
        account: selected_account,
        enabled,
        run,
        run_marked: None,
        repeats: false,
    }
}

impl Row {
    const fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    const fn hint(mut self, hint: u8) -> Self {
        self.hint = hint;
        self
    }

    const fn writes(self, permission: &'static Permission) -> Self {
        Row { danger: Danger::Writes, needs: Some(permission), ..self }
    }

    /// What is undone needs what doing it needed, which is asked when it is known.
    const fn writes_as_before(mut self) -> Self {
        self.danger = Danger::Writes;
        self
    }

    const fn destroys(self, permission: &'static Permission) -> Self {
        Row { danger: Danger::Destroys, needs: Some(permission), ..self }
    }

    const fn of(mut self, account: fn(&Model) -> Option<ProfileId>) -> Self {
        self.account = account;
        self
    }

    const fn repeats(mut self) -> Self {
        self.repeats = true;
        self
    }

    /// About one company, marks or not.
    const fn one(mut self) -> Self {
        self.scope = Scope::One;
        self
    }

    /// About one company, or in the list about the marked ones.
    const fn marked(mut self, run: Run) -> Self {
        (self.scope, self.run_marked) = (Scope::Many, Some(run));
        self
    }

    /// About the marked companies, wherever one is.
    const fn marked_only(mut self, run: Run) -> Self {
        (self.scope, self.run_marked) = (Scope::Marks, Some(run));
        self
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
const fn always(_: &Model) -> Result<(), super::DisabledReason> {
    Ok(())
}

fn selected_account(model: &Model) -> Option<ProfileId> {
    model.selected().map(|(key, _)| key.profile)
}

const fn any_account(_: &Model) -> Option<ProfileId> {
    None
}
