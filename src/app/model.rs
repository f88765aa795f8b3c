//! Everything the dashboard knows at one moment. `update` changes it, `draw` reads it.

use crate::app::command::Keymap;
use crate::app::core::layout::{WIDE, layout};
use crate::app::core::remote::{Remote, Versioned};
use crate::app::core::selection::Selection;
use crate::app::core::text_input::TextInput;
use crate::app::core::ui::UiStates;
use crate::app::features::accounts::{Account, Accounts, Given};
use crate::app::features::activity::{ActivityFeed, ActivityPane};
use crate::app::features::launch;
use crate::app::features::links::LinksPane;
use crate::app::features::palette::Label;
use crate::app::features::people::PeopleSearch;
use crate::app::features::recoveries::RecoveriesPane;
use crate::app::features::since::Since;
use crate::app::features::tasks::TasksPane;
use crate::app::features::undo::Undo;
use crate::app::features::usage::{Asked, UsagePane};
use crate::app::msg::Size;
use crate::app::navigation::history::History;
use crate::app::overlay::Overlays;
use crate::app::pending::{Pending, Unbound};
use crate::app::screen::Screen;
use crate::app::tickets::Tickets;
use crate::app::toast::{LogEntry, Toast};
use crate::domain::company::Company;
use crate::domain::error::Error;
use crate::domain::export::Delimiter;
use crate::domain::id::{CompanyKey, Etag, ProfileId, UserId, VaultId};
use crate::domain::lang::Lang;
use crate::domain::list_column::ListColumn;
use crate::domain::notify::Notify;
use crate::domain::people::{Group, Person};
use crate::domain::request::IdempotencyKey;
use crate::domain::roster::{Query, Roster};
use crate::domain::setup::{Checklist, Step};
use crate::domain::source::Source;
use crate::domain::theme::{Appearance, Background};
use crate::domain::ui_state::UiState;
use crate::domain::usage::{Period, Usage};
use crate::domain::vault::Vault;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What is decided before the start and stays.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a start, no state that they could hide")]
pub struct Options {
    pub lang: Lang,
    /// Time zone of the dates on the screen.
    pub zone: TimeZone,
    pub read_only: bool,
    pub sample: bool,
    /// How the screen looks at first.
    pub appearance: Appearance,
    pub browser: bool,
    /// The mouse is ours, not the terminal's.
    pub mouse: bool,
    /// How the terminal is told what has become a technician's to do.
    pub notify: Notify,
    /// Who is new has a line that says where to begin.
    pub welcome: bool,
    /// The working directory, where files are written whose place is not told in full.
    pub folder: PathBuf,
    pub home: Option<PathBuf>,
    /// What parts the columns of a table for other programs.
    pub delimiter: Delimiter,
    /// The MSP accounts, in the order of the configuration; never none.
    pub accounts: Vec<Given>,
    /// What the screen kept in earlier runs.
    pub ui: Vec<(ProfileId, UiState)>,
    /// The columns of the list as the configuration has them.
    pub columns: Vec<ListColumn>,
    /// What was kept in an earlier run may be shown.
    pub restore: bool,
    pub keymap: Keymap,
    /// Names of commands and tabs in the user's language, for the palette.
    pub labels: Vec<Label>,
    /// Codes and names of countries in the user's language, for the form.
    pub countries: Vec<(&'static str, &'static str)>,
    /// The same in every language, for tables of other programs.
    pub all_countries: Vec<(&'static str, &'static str)>,
    /// How long a launch waits before it is sent, so that it can be stopped; none: it is sent at once.
    pub launch_delay: Option<SignedDuration>,
    /// Random bytes of this run, for idempotency keys: the core itself knows no chance.
    pub seed: u128,
    /// Notices of the start: a file that could not be used, and what was done instead.
    pub notices: Vec<String>,
}

impl Options {
    /// Options for a language, with everything else at its default.
    pub fn new(lang: Lang, labels: Vec<Label>) -> Self {
        Self {
            lang,
            zone: TimeZone::UTC,
            read_only: false,
            sample: false,
            appearance: Appearance { background: Background::Dark, ..Appearance::default() },
            browser: true,
            mouse: false,
            notify: Notify::default(),
            welcome: false,
            folder: PathBuf::from("/"),
            home: None,
            delimiter: Delimiter::COMMA,
            accounts: vec![Given::named("default")],
            ui: Vec::new(),
            columns: ListColumn::DEFAULT.into(),
            restore: false,
            keymap: Keymap::default(),
            labels,
            countries: Vec::new(),
            all_countries: Vec::new(),
            launch_delay: None,
            seed: 0,
            notices: Vec::new(),
        }
    }
}

/// Everything the dashboard knows at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The moment of the newest message.
    pub now: Timestamp,
    pub size: Size,
    pub options: Options,
    /// How the screen looks now.
    pub appearance: Appearance,
    /// The MSP accounts: who works there, and how their companies stand to the servers'.
    pub accounts: Accounts,
    /// What the screen keeps between two runs; changes are written by themselves.
    pub ui: UiStates,
    /// All companies, and what the list shows of them.
    pub roster: Roster,
    pub list: ListPane,
    /// Companies that are marked, shown or not.
    pub marks: BTreeSet<CompanyKey>,
    pub screen: Screen,
    /// Screen 2.
    pub links: LinksPane,
    /// Screen 3.
    pub recoveries: RecoveriesPane,
    /// Screen 4, and the curves in the list.
    pub usage: UsagePane,
    /// Screen 5.
    pub activity: ActivityPane,
    /// Screen 6.
    pub tasks: TasksPane,
    /// What can be taken back, newest last.
    pub undo: Vec<Undo>,
    /// Companies that were opened, the newest first.
    pub recent: Vec<CompanyKey>,
    /// Which pane of the first screen has the keys.
    pub pane: Pane,
    /// The company fills the screen although there would be room for two panes.
    pub full: bool,
    /// The company beside the list is hidden.
    pub pane_hidden: bool,
    /// When a number picked from a menu, which closed it.
    pub picked: Option<Timestamp>,
    /// Where one was.
    pub history: History,
    /// What is known of the last visit.
    pub since: Since,
    /// The company that the company pane holds on to, whatever the list does meanwhile.
    pub pinned: Option<CompanyKey>,
    pub tab: Tab,
    /// The row under the cursor of each tab.
    pub rows: TabRows,
    /// What is known of companies beyond the list.
    pub details: BTreeMap<CompanyKey, Details>,
    /// The company whose overview is in front, and since when.
    pub overview: Option<(CompanyKey, Timestamp)>,
    /// The cursor rests from this moment on; only then are details loaded.
    pub rest_at: Option<Timestamp>,
    /// Dialogs, the top one last.
    pub overlays: Overlays,
    /// Notices, the newest last.
    pub toasts: Vec<Toast>,
    /// A launch that was asked for and is not sent yet.
    pub launching: Option<launch::Waiting>,
    /// Keys that wait for the next one.
    pub pending: Pending,
    /// Keys that meant nothing, as long as it is told.
    pub unbound: Option<Unbound>,
    /// What notices said in this run, the newest last.
    pub log: Vec<LogEntry>,
    /// The newest failure, to read in full.
    pub failure: Option<Box<Error>>,
    pub tickets: Tickets,
    /// Intents to write so far, to tell one from the other.
    pub intents: u64,
}

/// The list of companies.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ListPane {
    /// None when it vanished by itself: better no company than the wrong one.
    pub selection: Selection<CompanyKey>,
    pub searching: bool,
    pub line: TextInput,
    /// The columns chosen, in their order.
    pub columns: Columns,
    /// What needs attention is shown; the list as it was before.
    pub attention: Option<Box<OwnList>>,
    /// It is as it was left in the last run, and nothing was changed since.
    pub restored: bool,
}

/// The list as its user had made it.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnList {
    pub query: Query,
    pub key: Option<CompanyKey>,
}

/// Columns of the list beside name and account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(pub Vec<ListColumn>);

impl Default for Columns {
    fn default() -> Self {
        Self(ListColumn::DEFAULT.into())
    }
}

/// Of how much a count is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Nothing is known yet.
    Nothing,
    /// Some accounts are not known yet: it is so many at least.
    Some,
    /// Everything that is shown.
    All,
}

/// Which pane has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    List,
    Company,
}

/// Tabs of the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Overview,
    Setup,
    People,
    Vaults,
    Usage,
    Activity,
}

impl Tab {
    /// All, from left to right.
    pub const ALL: [Self; 6] = [Self::Overview, Self::Setup, Self::People, Self::Vaults, Self::Usage, Self::Activity];
}

/// The row under the cursor of each tab.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TabRows {
    /// The tab that was opened from its card of the overview: Esc leads back to it.
    pub from_card: Option<Tab>,
    /// Card of the overview.
    pub overview: usize,
    /// Step of the set-up; none until moved, which is the next step to do.
    pub setup: Option<usize>,
    /// Person, among those that the search finds.
    pub people: Selection<UserId>,
    pub search: PeopleSearch,
    pub vault: Selection<VaultId>,
}

/// What is known of a company beyond the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Details {
    pub setup: Versioned<Checklist>,
    pub people: Versioned<Vec<Person>>,
    pub groups: Versioned<Vec<Group>>,
    pub vaults: Versioned<Vec<Vault>>,
    /// Of a REAL workspace.
    pub sources: Versioned<Vec<Source>>,
    pub usage: Remote<Usage>,
    /// For what and when the usage was asked last.
    pub usage_asked: Option<Asked>,
    /// The usage of the month before, to compare with; and of which month it was asked for.
    pub usage_before: Remote<Usage>,
    pub usage_before_asked: Option<Period>,
    pub activity: ActivityFeed,
    /// The company's revision that the overview asked for its activity at.
    pub activity_of: Option<Etag>,
}

impl Details {
    /// People or groups were changed: both are asked for anew.
    pub fn outdate_people(&mut self) {
        self.people.outdate();
        self.groups.outdate();
    }

    /// What failed may be asked for again.
    pub fn try_again(&mut self) {
        self.people.forget_error();
        self.groups.forget_error();
        self.vaults.forget_error();
        self.sources.forget_error();
    }
}

impl Model {
    /// A key for one intent to write, unlike any other of this or another run.
    pub fn new_intent(&mut self) -> IdempotencyKey {
        self.intents += 1;
        IdempotencyKey(format!("{:032x}-{}", self.options.seed, self.intents))
    }

    /// The company that commands act on.
    pub fn selected(&self) -> Option<(CompanyKey, &Company)> {
        let key = match self.screen {
            Screen::Companies if self.pane == Pane::Company => self.pinned.clone(),
            Screen::Companies => self.list.selection.key.clone(),
            Screen::Links => self
                .selected_link()
                .and_then(|row| Some(CompanyKey { profile: row.profile.clone(), company: row.item.company.clone()? })),
            Screen::Recoveries => self.selected_recovery().map(crate::app::features::recoveries::company_of),
            Screen::Usage => self.usage.selected(),
            Screen::Activity => self.activity.feed.selected_company(),
            Screen::Tasks => self.selected_task().and_then(crate::app::features::tasks::company_of),
        }?;
        self.roster.get(&key).map(|company| (key.clone(), company))
    }

    /// What a notice calls a company: its name as it is known now, with what tells it from others of that name. One
    /// that is not there any more keeps the name that it had.
    pub fn called(&self, key: &CompanyKey, had: &str) -> String {
        let name = self.roster.get(key).map_or(had, |company| company.name.as_str());
        match self.distinction(key) {
            Some(distinction) => format!("{name} ({distinction})"),
            None => name.to_owned(),
        }
    }

    /// What tells a company from others of its name. A walk through all names: for what opens, not for drawing.
    pub fn distinction(&self, key: &CompanyKey) -> Option<String> {
        self.roster.told_apart([key]).remove(key)
    }

    /// The same of these companies, if they are one.
    pub fn distinction_of_single(&self, companies: &[(CompanyKey, String)]) -> Option<String> {
        if let [(key, _)] = companies { self.distinction(key) } else { None }
    }

    /// Whether the companies of the shown accounts can be counted: of all, of some only, or – nothing is known yet – of
    /// none. A number of nothing known would be a claim.
    pub fn counted(&self) -> Counted {
        let filter = &self.roster.query().filter;
        let shown = self.accounts.iter().filter(|account| filter.shows(&account.profile));
        let (known, all) = shown.fold((0, 0), |(known, all), it| (known + usize::from(it.counted()), all + 1));
        match known {
            0 => Counted::Nothing,
            known if known < all => Counted::Some,
            _ => Counted::All,
        }
    }

    /// The account that a company belongs to.
    pub fn account_of(&self, key: &CompanyKey) -> Option<&Account> {
        self.accounts.get(&key.profile)
    }

    /// The account of the selected company.
    pub fn selected_account(&self) -> Option<&Account> {
        let (key, _) = self.selected()?;
        self.accounts.get(&key.profile)
    }

    /// What is known of the selected company beyond the list.
    pub fn selected_details(&self) -> Option<&Details> {
        let (key, _) = self.selected()?;
        self.details.get(&key)
    }

    /// The row of the checklist under the cursor: where it was put, else the next step to do.
    pub fn step_row(&self) -> usize {
        self.rows.setup.unwrap_or_else(|| {
            let steps = self.selected_details().and_then(|details| details.setup.value());
            let next = steps
                .and_then(|list| list.next().map(|next| list.steps.iter().position(|step| step.kind == next.kind)));
            next.flatten().unwrap_or(0)
        })
    }

    /// The step under the cursor.
    pub fn selected_step(&self) -> Option<&Step> {
        self.selected_details()?.setup.value()?.steps.get(self.step_row())
    }

    /// There is room for the company beside the list.
    pub fn wide(&self) -> bool {
        self.size.width >= WIDE && !self.pane_hidden
    }

    /// The list of companies takes the keys.
    pub fn list_in_front(&self) -> bool {
        self.screen == Screen::Companies && self.pane == Pane::List
    }

    /// A company takes the keys, in its pane or on the whole screen.
    pub fn company_in_front(&self) -> bool {
        self.screen == Screen::Companies && self.pane == Pane::Company
    }

    /// The company is on the screen, beside the list or alone.
    pub fn company_visible(&self) -> bool {
        self.company_in_front() || self.screen == Screen::Companies && self.wide()
    }

    /// The company has the screen for itself.
    pub fn company_alone(&self) -> bool {
        self.company_in_front() && (self.full || !self.wide())
    }

    /// Search, order or filters are in force.
    pub fn narrowed(&self) -> bool {
        *self.roster.query() != Query::default()
    }

    /// The newest failure, and of which account where there are several: of a list first, since that concerns
    /// everything; and of the lists first that of the selected company.
    pub fn last_trouble(&self) -> Option<(Option<String>, &Error)> {
        let here = self.selected_account().and_then(|account| Some((account, account.sync.error()?)));
        let filter = &self.roster.query().filter;
        let shown = self.accounts.iter().filter(|account| filter.shows(&account.profile));
        let list = here.or_else(|| shown.into_iter().find_map(|account| Some((account, account.sync.error()?))));
        let label = |account: &Account| self.accounts.several().then(|| account.label.clone());
        let list = list.map(|(account, error)| (label(account), error));
        list.or_else(|| self.failure.as_deref().map(|error| (None, error)))
    }

    /// Rows that a page moves by: those of the list but one.
    pub fn page(&self) -> usize {
        usize::from(layout(self.size).list_rows.saturating_sub(1)).max(1)
    }
}
