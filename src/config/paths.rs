//! Where files are stored: the XDG base directories; on Windows `%APPDATA%` and `%LOCALAPPDATA%`.

use super::problem::Notice;
use crate::domain::region::Region;
use crate::files::make_private_folder;
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use std::fmt;
use std::path::{Path, PathBuf};

/// `None` where there is no home directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    pub config_file: Option<PathBuf>,
    /// Workspaces and secrets.
    pub data_dir: Option<PathBuf>,
    /// One roster cache per profile. May be deleted at any time.
    pub cache_dir: Option<PathBuf>,
    pub log_file: Option<PathBuf>,
}

/// Where the embedded server keeps its workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Workspace {
    Kept(PathBuf),
    /// With the reason.
    InMemory(Notice),
}

impl Paths {
    /// The directories of the user who runs this process.
    pub fn for_user() -> Self {
        let app = AppStrategyArgs {
            top_level_domain: "dev".to_owned(),
            author: "mspdash".to_owned(),
            app_name: "mspdash".to_owned(),
        };
        // Fails only without a home directory. An empty HOME would put files into the current directory.
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

    /// Moves the data directory; log and cache move with it, so that a run leaves nothing elsewhere.
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

    /// Themes of the user's own, beside the configuration file.
    pub fn themes_dir(&self) -> Option<PathBuf> {
        Some(self.config_file.as_ref()?.parent()?.join("themes"))
    }

    /// The user's own keys, beside the configuration file.
    pub fn keymap_file(&self) -> Option<PathBuf> {
        Some(self.config_file.as_ref()?.with_file_name("keymap.toml"))
    }

    pub fn workspace_file(&self) -> Option<PathBuf> {
        Some(self.data_dir.as_ref()?.join(workspace_name(Region::default())))
    }

    /// The workspace of the user's own companies, which `mspdash init` makes.
    pub fn own_workspace_file(&self) -> Option<PathBuf> {
        Some(self.data_dir.as_ref()?.join("msp.db"))
    }

    /// Secrets in files of mode 0600.
    pub fn secrets_dir(&self) -> Option<PathBuf> {
        Some(self.data_dir.as_ref()?.join("secrets"))
    }

    /// Creates the data directory and returns the workspace file; in memory if nothing can be written. Blocks on the
    /// disk: not before the first frame.
    pub fn workspace(&self) -> Workspace {
        self.workspace_in(Region::default())
    }

    /// Each data region has a file of its own, so that their servers can run side by side.
    pub fn workspace_in(&self, region: Region) -> Workspace {
        let Some(dir) = &self.data_dir else {
            let reason = "there is no home directory".to_owned();
            return Workspace::InMemory(Notice::NotKept { path: None, reason });
        };
        match make_private_folder(dir).and_then(|()| tempfile::tempfile_in(dir)) {
            Ok(_) => Workspace::Kept(dir.join(workspace_name(region))),
            Err(error) => Workspace::InMemory(Notice::NotKept { path: Some(dir.clone()), reason: error.to_string() }),
        }
    }
}

/// Expands `~` and `~/…`, where there is a home directory.
pub fn expand(path: &Path, home: Option<&str>) -> PathBuf {
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) if rest.as_os_str().is_empty() => PathBuf::from(home),
        (Ok(rest), Some(home)) => Path::new(home).join(rest),
        _ => path.to_owned(),
    }
}

/// Like `expand`, with the home directory of this user.
pub fn expand_home(path: &Path) -> PathBuf {
    expand(path, std::env::var("HOME").ok().as_deref())
}

/// The default region has the name from before there were regions.
fn workspace_name(region: Region) -> String {
    if region == Region::default() { "workspace.db".into() } else { format!("workspace-{region}.db") }
}

/// The output of `--paths`: tab-separated for scripts.
impl fmt::Display for Paths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &Option<PathBuf>| {
            path.as_ref().map_or_else(|| "(no home directory)".to_owned(), |path| path.display().to_string())
        };
        writeln!(f, "config\t{}", shown(&self.config_file))?;
        writeln!(f, "keymap\t{}", shown(&self.keymap_file()))?;
        writeln!(f, "data\t{}", shown(&self.data_dir))?;
        writeln!(f, "workspace\t{}", shown(&self.workspace_file()))?;
        writeln!(f, "own workspace\t{}", shown(&self.own_workspace_file()))?;
        writeln!(f, "secrets\t{}", shown(&self.secrets_dir()))?;
        writeln!(f, "cache\t{}", shown(&self.cache_dir))?;
        write!(f, "log\t{}", shown(&self.log_file))
    }
}
