//! Everything the dashboard knows at one moment. `update` changes it, `draw` reads it.

use crate::app::command::{Command, Keymap};
use crate::app::core::remote::Remote;
use crate::app::core::text_input::TextInput;
use crate::app::features::accounts::{Account, Accounts, Given};
use crate::app::features::activity::{ActivityFeed, ActivityPane};
use crate::app::features::links::LinksPane;
use crate::app::features::people::{PeopleCursor, PeopleSearch};
use crate::app::features::recoveries::RecoveriesPane;
use crate::app::features::undo::Undo;
use crate::app::features::usage::{Asked, UsagePane};
use crate::app::msg::Size;
use crate::app::overlay::Overlays;
use crate::app::screen::Screen;
use crate::app::tickets::Tickets;
use crate::app::toast::Toast;
use crate::domain::company::Company;
use crate::domain::error::Error;
use crate::domain::export::Delimiter;
use crate::domain::id::{CompanyKey, Etag, VaultId};
use crate::domain::lang::Lang;
use crate::domain::people::{Group, Person};
use crate::domain::roster::{Query, Roster};
use crate::domain::setup::{Checklist, Step};
use crate::domain::usage::Usage;
use crate::domain::vault::Vault;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// From this width on the company stands beside the list, in columns.
pub const WIDE: u16 = 110;

/// Below this size nothing useful fits, in columns and rows.
pub const SMALLEST: Size = Size { width: 40, height: 10 };

/// What is decided before the start and stays.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a start, no state that they could hide")]
pub struct Options {
    /// Language of the screen.
    pub lang: Lang,
    /// Time zone of the dates on the screen.
    pub zone: TimeZone,
    /// Refuse everything that writes.
    pub read_only: bool,
    /// The embedded sample workspace is used.
    pub sample: bool,
    /// Colours are wanted (`NO_COLOR` is not set).
    pub colour: bool,
    /// A browser can be opened here.
    pub browser: bool,
    /// The working directory, where files are written whose place is not told in full.
    pub folder: PathBuf,
    /// The user's home, for `~`.
    pub home: Option<PathBuf>,
    /// What parts the columns of a table for other programs.
    pub delimiter: Delimiter,
    /// The MSP accounts, in the order of the configuration; never none.
    pub accounts: Vec<Given>,
    /// What was kept in an earlier run may be shown.
    pub restore: bool,
    /// Which keys mean what.
    pub keymap: Keymap,
    /// Command names in the user's language, for the palette.
    pub labels: Vec<(Command, &'static str)>,
    /// Codes and names of countries in the user's language, for the form.
    pub countries: Vec<(&'static str, &'static str)>,
    /// Random bytes of this run, for idempotency keys: the core itself knows no chance.
    pub seed: u128,
    /// Notices of the start: a file that could not be used, and what was done instead.
    pub notices: Vec<String>,
}

impl Options {
    /// Options for a language, with everything else at its default.
    #[must_use]
    pub fn new(lang: Lang, labels: Vec<(Command, &'static str)>) -> Self {
        Self {
            lang,
            zone: TimeZone::UTC,
            read_only: false,
            sample: false,
            colour: true,
            browser: true,
            folder: PathBuf::from("/"),
            home: None,
            delimiter: Delimiter::COMMA,
            accounts: vec![Given::named("default")],
            restore: false,
            keymap: Keymap::default(),
            labels,
            countries: Vec::new(),
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
    /// Size of the terminal.
    pub size: Size,
    /// What was decided before the start.
    pub options: Options,
    /// The MSP accounts: who works there, and how their companies stand to the servers'.
    pub accounts: Accounts,
    /// All companies, and what the list shows of them.
    pub roster: Roster,
    pub list: ListPane,
    /// Companies that are marked, shown or not.
    pub marks: BTreeSet<CompanyKey>,
    /// What fills the screen.
    pub screen: Screen,
    /// Screen 2.
    pub links: LinksPane,
    /// Screen 3.
    pub recoveries: RecoveriesPane,
    /// Screen 4, and the curves in the list.
    pub usage: UsagePane,
    /// Screen 5.
    pub activity: ActivityPane,
    /// What can be taken back, newest last.
    pub undo: Vec<Undo>,
    /// Which pane of the first screen has the keys.
    pub pane: Pane,
    /// The company fills the screen although there would be room for two panes.
    pub full: bool,
    /// From where it was opened on the whole screen.
    pub opened_from: Origin,
    /// The company that the company pane holds on to, whatever the list does meanwhile.
    pub pinned: Option<CompanyKey>,
    /// The tab of the company.
    pub tab: Tab,
    /// The row under the cursor of each tab.
    pub rows: TabRows,
    /// What is known of companies beyond the list.
    pub details: BTreeMap<CompanyKey, Details>,
    /// The cursor rests from this moment on; only then are details loaded.
    pub rest_at: Option<Timestamp>,
    /// Dialogs, the top one last.
    pub overlays: Overlays,
    /// Notices, the newest last.
    pub toasts: Vec<Toast>,
    /// The newest failure, to read in full.
    pub failure: Option<Box<Error>>,
    /// Open effects.
    pub tickets: Tickets,
    /// Intents to write so far, to tell one from the other.
    pub intents: u64,
}

/// The list of companies.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ListPane {
    /// The selected company. None when it vanished by itself: better no company than the wrong one.
    pub cursor: Option<CompanyKey>,
    /// Where the cursor was last; the place to go on from.
    pub index: usize,
    /// The user has moved it; until then it stays on the first row.
    pub touched: bool,
    /// The search line has the keys.
    pub searching: bool,
    /// The search line.
    pub line: TextInput,
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

/// From where the company was opened on the whole screen: Esc leads back there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    List,
    /// The pane beside the list.
    Pane,
    /// A row of another screen.
    Screen(Screen),
}

/// Tabs of the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Overview,
    /// The set-up checklist.
    Setup,
    People,
    /// Its vaults, by name.
    Vaults,
    /// Its seats from day to day.
    Usage,
    /// Who did what to it.
    Activity,
}

impl Tab {
    /// All, from left to right.
    pub const ALL: [Self; 6] = [Self::Overview, Self::Setup, Self::People, Self::Vaults, Self::Usage, Self::Activity];
}

/// The row under the cursor of each tab.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TabRows {
    /// Field of the overview.
    pub overview: usize,
    /// Step of the set-up; none until moved, which is the next step to do.
    pub setup: Option<usize>,
    /// Person, among those that the search finds.
    pub people: PeopleCursor,
    pub search: PeopleSearch,
    /// Vault; none until moved, which is the first.
    pub vault: Option<VaultId>,
}

/// What is known of a company beyond the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Details {
    pub setup: Remote<Checklist>,
    pub people: Remote<Vec<Person>>,
    /// The company's revision when the checklist was asked for.
    pub setup_etag: Option<Etag>,
    /// The company's revision when the people were asked for.
    pub people_etag: Option<Etag>,
    pub groups: Remote<Vec<Group>>,
    pub vaults: Remote<Vec<Vault>>,
    /// The company's revision when the vaults were asked for.
    pub vaults_etag: Option<Etag>,
    /// Seats of the chosen period.
    pub usage: Remote<Usage>,
    /// For what and when the usage was asked last.
    pub usage_asked: Option<Asked>,
    /// Who did what.
    pub activity: ActivityFeed,
}

impl Model {
    /// The company that commands act on.
    #[must_use]
    pub fn selected(&self) -> Option<(CompanyKey, &Company)> {
        let key = match self.screen {
            Screen::Companies if self.pane == Pane::Company => self.pinned.clone(),
            Screen::Companies => self.list.cursor.clone(),
            Screen::Links => self
                .selected_link()
                .and_then(|row| Some(CompanyKey { profile: row.profile.clone(), company: row.item.company.clone()? })),
            Screen::Recoveries => self.selected_recovery().map(crate::app::features::recoveries::company_of),
            Screen::Usage => self.usage.selected(),
            Screen::Activity => self.activity.trail.selected_company(),
        }?;
        self.roster.get(&key).map(|company| (key.clone(), company))
    }

    /// What a notice calls a company: its name as it is known now, with what tells it from others of that name. One
    /// that is not there any more keeps the name that it had.
    #[must_use]
    pub fn called(&self, key: &CompanyKey, had: &str) -> String {
        let name = self.roster.get(key).map_or(had, |company| company.name.as_str());
        match self.roster.told_apart([key]).remove(key) {
            Some(told) => format!("{name} ({told})"),
            None => name.to_owned(),
        }
    }

    /// Whether the companies of the shown accounts can be counted: of all, of some only, or – nothing is known yet – of
    /// none. A number of nothing known would be a claim.
    #[must_use]
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
    #[must_use]
    pub fn account_of(&self, key: &CompanyKey) -> Option<&Account> {
        self.accounts.get(&key.profile)
    }

    /// The account of the selected company.
    #[must_use]
    pub fn selected_account(&self) -> Option<&Account> {
        let (key, _) = self.selected()?;
        self.accounts.get(&key.profile)
    }

    /// What is known of the selected company beyond the list.
    #[must_use]
    pub fn selected_details(&self) -> Option<&Details> {
        let (key, _) = self.selected()?;
        self.details.get(&key)
    }

    /// The row of the checklist under the cursor: where it was put, else the next step to do.
    #[must_use]
    pub fn step_row(&self) -> usize {
        self.rows.setup.unwrap_or_else(|| {
            let steps = self.selected_details().and_then(|details| details.setup.value());
            let next = steps
                .and_then(|list| list.next().map(|next| list.steps.iter().position(|step| step.kind == next.kind)));
            next.flatten().unwrap_or(0)
        })
    }

    /// The step under the cursor.
    #[must_use]
    pub fn selected_step(&self) -> Option<&Step> {
        self.selected_details()?.setup.value()?.steps.get(self.step_row())
    }

    /// There is room for the company beside the list.
    #[must_use]
    pub fn wide(&self) -> bool {
        self.size.width >= WIDE
    }

    /// The company is on the screen, beside the list or alone.
    #[must_use]
    pub fn company_visible(&self) -> bool {
        self.screen == Screen::Companies && (self.pane == Pane::Company || self.wide())
    }

    /// Search, order or filters are in force.
    #[must_use]
    pub fn narrowed(&self) -> bool {
        *self.roster.query() != Query::default()
    }

    /// The newest failure, and of which account where there are several: of a list first, since that concerns
    /// everything; and of the lists first that of the selected company.
    #[must_use]
    pub fn last_trouble(&self) -> Option<(Option<String>, &Error)> {
        let here = self.selected_account().and_then(|account| Some((account, account.sync.error()?)));
        let filter = &self.roster.query().filter;
        let shown = self.accounts.iter().filter(|account| filter.shows(&account.profile));
        let list = here.or_else(|| shown.into_iter().find_map(|account| Some((account, account.sync.error()?))));
        let label = |account: &Account| self.accounts.several().then(|| account.label.clone());
        let list = list.map(|(account, error)| (label(account), error));
        list.or_else(|| self.failure.as_deref().map(|error| (None, error)))
    }

    /// Rows of the list that fit on the screen; an estimate that paging and nothing else relies on.
    #[must_use]
    pub fn page(&self) -> usize {
        usize::from(self.size.height.saturating_sub(7)).max(1)
    }
}
