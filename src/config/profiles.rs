//! `[profiles.NAME]` of the configuration file. A mistake affects its own profile only: without a required value it
//! is left out; with anything that is not understood it is read-only, because that may have been the intention.

use super::Notice;
use super::file::{RawField, RawProfile, RawValue};
use super::origin::Origin;
use super::paths::expand;
use super::profile::{Profile, check_name, keyring_account, secret_variable};
use super::secret::{Place, Secret};
use crate::domain::id::ProfileId;
use crate::domain::secret::given;
use crate::domain::text::clean;
use secrecy::SecretString;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use url::Url;

/// A profile with the lines of its values.
#[derive(Debug, Clone)]
pub struct ProfileEntry {
    pub profile: Profile,
    /// From 1.
    pub line: usize,
    /// The line of each key.
    pub lines: BTreeMap<String, usize>,
    /// Its certificates come from the command line.
    pub trusts_flag: bool,
}

impl ProfileEntry {
    /// The certificates of the command line override its own.
    pub(super) fn trusting(mut self, ca_file: Option<&Path>) -> Self {
        if let Some(path) = ca_file {
            self.profile.ca_file = Some(path.to_owned());
            self.trusts_flag = true;
        }
        self
    }

    pub fn origin(&self, key: &str) -> Origin {
        if key == "ca_file" && self.trusts_flag {
            return Origin::Flag("--ca-file");
        }
        self.lines.get(key).map_or(Origin::Default, |line| Origin::File(Some(*line)))
    }
}

pub struct Environment<'a> {
    pub config_file: &'a Path,
    pub secrets_dir: Option<&'a Path>,
    pub env: &'a dyn Fn(&str) -> Option<String>,
}

/// Reads the profiles in their order.
pub fn read(
    raw_profiles: &[RawProfile],
    environment: &Environment<'_>,
    notices: &mut Vec<Notice>,
) -> Vec<ProfileEntry> {
    let mut taken = HashSet::new();
    let mut profiles: Vec<ProfileEntry> = Vec::new();
    for raw in raw_profiles {
        let mut reader = Reader::new(raw, environment);
        let profile = reader.profile().and_then(|profile| {
            // Names that differ only in case or dashes would share a variable and a file.
            let new = taken.insert(secret_variable(&raw.name));
            new.then_some(profile).ok_or_else(|| (raw.line, "another profile has almost the same name".to_owned()))
        });
        let notice = |(line, reason): (usize, String), left_out| Notice::Profile {
            path: environment.config_file.to_owned(),
            line,
            name: clean(&raw.name).chars().take(40).collect(),
            reason,
            left_out,
        };
        notices.extend(reader.warnings.drain(..).map(|warning| notice(warning, false)));
        match profile {
            Ok(profile) => {
                let lines = reader.fields.iter().map(|field| (field.key.clone(), field.line)).collect();
                profiles.push(ProfileEntry { profile, line: raw.line, lines, trusts_flag: false });
            }
            Err(reason) => notices.push(notice(reason, true)),
        }
    }
    hide_variables(raw_profiles, &mut profiles);
    compare(environment.config_file, &mut profiles, notices);
    profiles
}

/// A secret command must not see the variables of other profiles.
fn hide_variables(raw: &[RawProfile], profiles: &mut [ProfileEntry]) {
    let fields = raw.iter().filter_map(|raw| raw.fields.as_ref().ok()).flatten();
    let named: Vec<String> = fields
        .filter(|field| field.key == "secret_env")
        .filter_map(|field| if let RawValue::Text(name) = &field.value { Some(name.clone()) } else { None })
        .collect();
    for one in profiles {
        if let Secret::Places { places, .. } = &mut one.profile.secret {
            for place in places {
                if let Place::Command { hide, .. } = place {
                    hide.clone_from(&named);
                }
            }
        }
    }
}

/// Checks across profiles: two defaults, duplicates.
fn compare(path: &Path, profiles: &mut [ProfileEntry], notices: &mut Vec<Notice>) {
    let defaults: Vec<_> = profiles.iter().filter(|one| one.profile.default).collect();
    if let [first, .., last] = defaults.as_slice() {
        let names = [first.profile.id.as_str(), last.profile.id.as_str()].join(" and ");
        let reason = format!("{names} are both the default, so that none is");
        notices.push(Notice::Line { path: path.to_owned(), line: last.line, reason });
        for one in profiles.iter_mut() {
            one.profile.default = false;
        }
    }
    for (at, one) in profiles.iter().enumerate() {
        let same = |other: &&ProfileEntry| {
            (&other.profile.base_url, &other.profile.client_id) == (&one.profile.base_url, &one.profile.client_id)
        };
        if let Some(other) = profiles.iter().take(at).find(same) {
            let reason = format!("{} is the same server and client id as {}", one.profile.id, other.profile.id);
            notices.push(Notice::Line { path: path.to_owned(), line: one.line, reason });
        }
    }
}

/// A line and what is wrong with it.
type LineError = (usize, String);

struct Reader<'a> {
    raw: &'a RawProfile,
    fields: &'a [RawField],
    environment: &'a Environment<'a>,
    /// Mistakes in optional values.
    warnings: Vec<LineError>,
}

const KEYS: [&str; 12] = [
    "server",
    "client_id",
    "label",
    "colour",
    "color",
    "read_only",
    "default",
    "ca_file",
    "secret",
    "secret_command",
    "secret_file",
    "secret_env",
];

impl<'a> Reader<'a> {
    fn new(raw: &'a RawProfile, environment: &'a Environment<'a>) -> Self {
        let fields = raw.fields.as_ref().map_or(&[][..], Vec::as_slice);
        Self { raw, fields, environment, warnings: Vec::new() }
    }

    fn profile(&mut self) -> Result<Profile, LineError> {
        check_name(&self.raw.name).map_err(|reason| (self.raw.line, reason))?;
        if let Err(found) = self.raw.fields {
            return Err((self.raw.line, format!("a table is expected, not a {found}")));
        }
        for field in self.fields.iter().filter(|field| !KEYS.contains(&field.key.as_str())) {
            let reason = format!("unknown key `{}`, expected one of {}", clean(&field.key), KEYS.join(", "));
            self.warnings.push((field.line, reason));
        }
        let base_url = self.server()?;
        let client_id = given(&self.required_field("client_id")?).trim().to_owned();
        let secret = self.secret(&client_id, &base_url)?;
        let label = self.optional_field("label", Self::text).map(|label| clean(label.trim()).into_owned());
        let tint = self.optional_field("colour", Self::tint).or_else(|| self.optional_field("color", Self::tint));
        let read_only = self.optional_field("read_only", Self::flag).unwrap_or(false);
        let default = self.optional_field("default", Self::flag).unwrap_or(false);
        let ca_file = self.path("ca_file")?;
        Ok(Profile {
            id: ProfileId::new(&self.raw.name),
            label: label.filter(|label| !label.is_empty()),
            tint,
            base_url,
            account: None,
            client_id,
            secret,
            read_only: read_only || !self.warnings.is_empty(),
            default,
            ca_file,
        })
    }

    fn server(&self) -> Result<Url, LineError> {
        let text = self.required_field("server")?;
        // Not quoted: a mistyped address may hold a password.
        let line = self.field("server").map_or(self.raw.line, |field| field.line);
        super::address(&text)
            .ok_or_else(|| (line, "`server` has to be an address like https://msp-api.example.com".to_owned()))
    }

    /// Where the secret is: the keyring first, unless `secret` says otherwise, then what is named; with nothing
    /// named, our own file and variable.
    fn secret(&self, client_id: &str, base_url: &Url) -> Result<Secret, LineError> {
        let (only, line) = self.only()?;
        let wanted = |word: &str| only.as_deref().is_none_or(|only| only == word);
        let command = self.command()?;
        let (file, variable) = (self.path("secret_file")?, self.variable()?);
        let named = command.is_some() || file.is_some() || variable.is_some();
        let mut places = Vec::new();
        if wanted("keyring") {
            places.push(Place::Keyring { account: keyring_account(client_id, base_url) });
        }
        if let Some(argv) = command.filter(|_| wanted("command")) {
            places.push(Place::Command { argv, hide: Vec::new() });
        }
        if wanted("file") {
            let own = || Some(self.environment.secrets_dir?.join(&self.raw.name));
            let own = own().filter(|_| !named || only.is_some()).map(|path| Place::File { path, own: true });
            places.extend(file.map(|path| Place::File { path, own: false }).or(own));
        }
        if wanted("env") {
            let own = || secret_variable(&self.raw.name);
            let name = variable.or_else(|| (!named || only.is_some()).then(own));
            places.extend(name.map(|name| {
                let value = (self.environment.env)(&name).map(SecretString::from);
                Place::Environment { name, value }
            }));
        }
        if places.is_empty() {
            return Err((
                line,
                "`secret = \"command\"` needs `secret_command = [\"program\", \"argument\"]`".to_owned(),
            ));
        }
        Ok(Secret::Places { profile: ProfileId::new(&self.raw.name), places })
    }

    /// The one kind of source that `secret` names, and its line.
    fn only(&self) -> Result<(Option<String>, usize), LineError> {
        let Some(field) = self.field("secret") else { return Ok((None, self.raw.line)) };
        let word = Self::text(field)?;
        let words = ["keyring", "command", "file", "env"];
        if words.contains(&word.as_str()) {
            return Ok((Some(word), field.line));
        }
        // Not quoted: somebody may have written the secret itself here.
        let (words, name) = (words.join(", "), &self.raw.name);
        let way = format!("The secret itself is stored with `mspdash login {name}`");
        Err((field.line, format!("`secret` says where the secret is: {words}. {way}")))
    }

    fn command(&self) -> Result<Option<Vec<String>>, LineError> {
        let Some(field) = self.field("secret_command") else { return Ok(None) };
        match &field.value {
            RawValue::Words(argv) if argv.first().is_some_and(|program| !program.trim().is_empty()) => {
                Ok(Some(argv.clone()))
            }
            _ => Err((field.line, "`secret_command` has to be a list like [\"op\", \"read\", \"op://…\"]".to_owned())),
        }
    }

    fn variable(&self) -> Result<Option<String>, LineError> {
        let Some(field) = self.field("secret_env") else { return Ok(None) };
        let name = Self::text(field)?;
        let fine = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.chars().all(fine) && !name.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(Some(name));
        }
        Err((field.line, "`secret_env` has to be the name of an environment variable, not the secret".to_owned()))
    }

    /// `~/` is the home directory; other relative paths are relative to the configuration file.
    fn path(&self, key: &str) -> Result<Option<PathBuf>, LineError> {
        let Some(field) = self.field(key) else { return Ok(None) };
        let text = Self::text(field)?;
        let dir = self.environment.config_file.parent().unwrap_or(Path::new(""));
        // Joining an absolute path replaces the folder.
        Ok(Some(dir.join(expand(Path::new(&text), (self.environment.env)("HOME").as_deref()))))
    }

    fn field(&self, key: &str) -> Option<&'a RawField> {
        self.fields.iter().find(|field| field.key == key)
    }

    fn required_field(&self, key: &str) -> Result<String, LineError> {
        match self.field(key) {
            Some(field) => Self::text(field),
            None => Err((self.raw.line, format!("`{key}` is missing"))),
        }
    }

    /// An optional value: a mistake in it becomes a warning.
    fn optional_field<T>(&mut self, key: &str, read: fn(&RawField) -> Result<T, LineError>) -> Option<T> {
        read(self.field(key)?).map_err(|fault| self.warnings.push(fault)).ok()
    }

    fn text(field: &RawField) -> Result<String, LineError> {
        let found = match &field.value {
            RawValue::Text(text) if !text.trim().is_empty() => return Ok(text.clone()),
            RawValue::Text(_) => "nothing",
            RawValue::Flag(_) => "a boolean",
            RawValue::Words(_) => "a list",
            RawValue::Other(found) => found,
        };
        Err((field.line, format!("`{}` has to be a text, not {found}", field.key)))
    }

    fn flag(field: &RawField) -> Result<bool, LineError> {
        match field.value {
            RawValue::Flag(flag) => Ok(flag),
            _ => Err((field.line, format!("`{}` has to be true or false", field.key))),
        }
    }

    fn tint(field: &RawField) -> Result<crate::domain::tint::Tint, LineError> {
        let all = || crate::domain::tint::Tint::ALL.map(crate::domain::tint::Tint::as_str).join(", ");
        let parsed = Self::text(field).ok().and_then(|word| word.trim().parse().ok());
        parsed.ok_or_else(|| (field.line, format!("`{}` has to be one of {}", field.key, all())))
    }
}
