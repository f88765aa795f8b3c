//! Where files belong (XDG base directories, on every system).

use super::problem::Notice;
use crate::domain::region::Region;
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use std::fmt;
use std::path::{Path, PathBuf};

/// Where files belong; `None` where there is no home directory to put them in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    /// The configuration.
    pub config_file: Option<PathBuf>,
    /// What is kept: the sample workspace.
    pub data_dir: Option<PathBuf>,
    /// The last known rosters; one file per profile. May be thrown away at any time.
    pub cache_dir: Option<PathBuf>,
    pub log_file: Option<PathBuf>,
}

/// Where the workspace of the embedded server is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Workspace {
    /// In this file, from run to run.
    Kept(PathBuf),
    /// In memory, and why.
    InMemory(Notice),
}

impl Paths {
    /// The directories of the user who runs this process.
    #[must_use]
    pub fn of_user() -> Self {
        let app = AppStrategyArgs {
            top_level_domain: "dev".to_owned(),
            author: "mspdash".to_owned(),
            app_name: "mspdash".to_owned(),
        };
        // Fails without a home directory only. An empty HOME would put files into the current directory.
        let Ok(places) = choose_app_strategy(app) else { return Self::default() };
        if !places.home_dir().is_absolute() {
            return Self::default();
        }
        Self {
            config_file: Some(places.in_config_dir("config.toml")),
            data_dir: Some(places.data_dir()),
            cache_dir: Some(places.cache_dir()),
            log_file: Some(places.state_dir().unwrap_or_else(|| places.data_dir()).join("mspdash.log")),
        }
    }

    /// With another place for what is kept; log and cache go there too, so that a run leaves nothing elsewhere.
    #[must_use]
    pub fn with_data_dir(self, dir: Option<PathBuf>) -> Self {
        match dir {
            Some(dir) => Self {
                log_file: Some(dir.join("mspdash.log")),
                cache_dir: Some(dir.join("cache")),
                data_dir: Some(dir),
                ..self
            },
            None => self,
        }
    }

    /// The database of the sample workspace.
    #[must_use]
    pub fn workspace_file(&self) -> Option<PathBuf> {
        Some(self.data_dir.as_ref()?.join(workspace_name(Region::default())))
    }

    /// The directory of the secrets that are kept in files, each for this user alone.
    #[must_use]
    pub fn secrets_dir(&self) -> Option<PathBuf> {
        Some(self.data_dir.as_ref()?.join("secrets"))
    }

    /// Makes the data directory and says where the workspace is kept: in memory if nothing can be written.
    /// Touches the disk; not before the first frame.
    #[must_use]
    pub fn workspace(&self) -> Workspace {
        self.workspace_in(Region::default())
    }

    /// The same for the sample of a data region: each has a file of its own, so that their servers run side by side.
    #[must_use]
    pub fn workspace_in(&self, region: Region) -> Workspace {
        let Some(dir) = &self.data_dir else {
            let reason = "there is no home directory".to_owned();
            return Workspace::InMemory(Notice::NotKept { path: None, reason });
        };
        match make_private(dir).and_then(|()| tempfile::tempfile_in(dir)) {
            Ok(_) => Workspace::Kept(dir.join(workspace_name(region))),
            Err(error) => Workspace::InMemory(Notice::NotKept { path: Some(dir.clone()), reason: error.to_string() }),
        }
    }
}

/// A path as the user meant it: `~` and `~/…` lie in the home directory, where there is one.
#[must_use]
pub fn expand(path: &Path, home: Option<&str>) -> PathBuf {
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) if rest.as_os_str().is_empty() => PathBuf::from(home),
        (Ok(rest), Some(home)) => Path::new(home).join(rest),
        _ => path.to_owned(),
    }
}

/// Like `expand`, in the home directory of the user who runs this process.
#[must_use]
pub fn expanded(path: &Path) -> PathBuf {
    expand(path, std::env::var("HOME").ok().as_deref())
}

/// The first region's name is as it was before there was a choice.
fn workspace_name(region: Region) -> String {
    if region == Region::default() { "workspace.db".into() } else { format!("workspace-{region}.db") }
}

/// Makes the directory and those above it; new ones are for this user alone.
pub(super) fn make_private(dir: &Path) -> std::io::Result<()> {
    crate::files::make_private_folder(dir)
}

/// What `--paths` prints: one line for each place, in columns that a script can cut.
impl fmt::Display for Paths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &Option<PathBuf>| {
            path.as_ref().map_or_else(|| "(no home directory)".to_owned(), |path| path.display().to_string())
        };
        writeln!(f, "config\t{}", shown(&self.config_file))?;
        writeln!(f, "data\t{}", shown(&self.data_dir))?;
        writeln!(f, "workspace\t{}", shown(&self.workspace_file()))?;
        writeln!(f, "secrets\t{}", shown(&self.secrets_dir()))?;
        writeln!(f, "cache\t{}", shown(&self.cache_dir))?;
        write!(f, "log\t{}", shown(&self.log_file))
    }
}
