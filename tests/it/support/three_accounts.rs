//! A technician of an MSP with an account in each of three data regions, at one dashboard. How it finds servers and
//! what it keeps is the dashboard's own: the configuration goes in as it would from a file.

use super::journey::{Clock, Journey, Scenario, SecondClient};
use super::three_servers::{Site, ThreeServers};
use mspdash::app::features::accounts::Account;
use mspdash::client::Client;
use mspdash::config::{Config, Paths, Profile, Secret, Source};
use mspdash::domain::activity::{Action, ActivityPage, ListActivity};
use mspdash::domain::id::{CompanyKey, ProfileId};
use mspdash::domain::notify::Notify;
use mspdash::domain::request::{Answer, Request};
use mspdash::domain::theme::{Appearance, Background};
use mspdash::domain::tint::Tint;
use mspdash::server::Clock as Time;
use mspdash::tui;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// What the technician is everywhere.
pub const TECHNICIAN: &str = "MSP_TECHNICIAN";
/// The names of the profiles, in their order; the screen calls them `Europe`, `Worldwide` and `Canada`.
pub const PROFILES: [&str; 3] = ["europe", "worldwide", "canada"];
const LABELS: [&str; 3] = ["Europe", "Worldwide", "Canada"];

/// The servers, and the technician's own machine.
pub struct ThreeAccounts {
    pub three_servers: ThreeServers,
    pub clock: Clock,
    /// Started with `--no-cache`.
    pub no_cache: bool,
    home: TempDir,
}

impl ThreeAccounts {
    /// All well, with so many companies each, and nothing kept yet.
    pub async fn open(companies: u32) -> Self {
        let clock = Clock::new();
        let time = Self::time(&clock);
        Self {
            three_servers: ThreeServers::open(companies, &time).await,
            clock,
            no_cache: false,
            home: tempfile::tempdir().unwrap(),
        }
    }

    /// The clock as servers read it.
    pub fn time(clock: &Clock) -> Time {
        let clock = clock.clone();
        Arc::new(move || clock.now())
    }

    /// Where rosters are kept.
    pub fn cache(&self) -> PathBuf {
        self.home.path().join("cache")
    }

    /// The files of kept rosters, by name.
    pub fn files(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.cache()) else { return Vec::new() };
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    /// What the configuration of the technician says.
    pub fn config(&self, scenario: &Scenario) -> Config {
        let paths = Paths { cache_dir: Some(self.cache()), ..Paths::default() };
        let sites = self.three_servers.sites().into_iter().zip(PROFILES.into_iter().zip(LABELS));
        Config {
            launch_delay: 0,
            source: Source::Profiles(
                sites.map(|(site, (name, label))| profile(site, scenario.role, name, label)).collect(),
            ),
            read_only: scenario.read_only,
            lang: scenario.lang,
            appearance: Appearance { background: Background::Dark, ..Appearance::default() },
            paths,
            log_level: "off".into(),
            no_browser: !scenario.browser,
            notify: Notify::default(),
            mouse: false,
            no_cache: self.no_cache,
            columns: mspdash::domain::list_column::ListColumn::DEFAULT.into(),
            keys: Vec::new(),
            notices: Vec::new(),
        }
    }

    pub fn site(&self, profile: &str) -> &Site {
        let at = PROFILES.iter().position(|name| *name == profile).expect("a profile");
        self.three_servers.sites()[at]
    }

    /// Sits down in front of all three; nothing has answered yet.
    pub fn start(self, scenario: Scenario) -> Journey<Self> {
        let config = self.config(&scenario);
        let clock = self.clock.clone();
        let (options, sources) = (tui::options(&config), tui::sources(config));
        Journey::sit(self, clock, scenario, options, sources)
    }

    /// Another technician at work on one of the accounts.
    pub fn second_client(&self, profile: &str) -> SecondClient {
        SecondClient::of(self.site(profile).client("ADMINISTRATOR"))
    }

    /// What the audit trail of an account holds of an action: the names of the companies, the newest first.
    pub async fn trail(&self, profile: &str, action: Action) -> Vec<String> {
        let client: Client = self.site(profile).client("ADMINISTRATOR");
        let list = ListActivity { action: Some(action), ..ListActivity::default() };
        let Ok(Answer::Activity(ActivityPage { events, .. })) = client.perform(Request::ListActivity(list)).await
        else {
            panic!("no audit trail of {profile}")
        };
        events.into_iter().filter_map(|event| event.company_name).collect()
    }

    /// How many answers a server gave, by status, on this path below the account or from the top.
    pub fn answered(&self, profile: &str, template: &str) -> BTreeMap<u16, u64> {
        let template = match template {
            "session" | "oauth2/token" => format!("/v1beta1/{template}"),
            below => format!("/v1beta1/accounts/{{account}}/{below}"),
        };
        self.site(profile).running().answered(&template)
    }
}

impl Journey<ThreeAccounts> {
    /// In front of three accounts, all loaded.
    pub async fn of_three(companies: u32) -> Self {
        let mut technician = ThreeAccounts::open(companies).await.start(Scenario::default());
        technician.settle().await;
        technician
    }

    #[track_caller]
    pub fn account(&self, profile: &str) -> &Account {
        self.model.accounts.get(&ProfileId::new(profile)).expect("an account")
    }

    /// How many rows of an account are in the list.
    pub fn rows(&self, profile: &str) -> usize {
        self.model.roster.len_of(&ProfileId::new(profile))
    }

    /// The company that commands act on.
    #[track_caller]
    pub fn at_key(&self) -> CompanyKey {
        self.model.selected().expect("a company is selected").0
    }

    /// How often something was asked of an account.
    pub fn asked_in(&self, profile: &str, which: impl Fn(&Request) -> bool) -> usize {
        let all = self.asked.iter().zip(&self.asked_of);
        all.filter(|(request, of)| of.as_str() == profile && which(request)).count()
    }
}

fn profile(site: &Site, role: &str, name: &str, label: &str) -> Profile {
    let endpoint = site.endpoint(role);
    Profile {
        id: ProfileId::new(name),
        label: Some(label.to_owned()),
        tint: None::<Tint>,
        base_url: endpoint.base_url,
        account: endpoint.account,
        client_id: endpoint.client_id,
        secret: Secret::Known(endpoint.client_secret),
        read_only: false,
        default: false,
        ca_file: None,
    }
}
