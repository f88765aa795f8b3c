//! `[profiles.NAME]` of the configuration file. A mistake costs the profile that has it, and no other: without
//! what it needs it is left out; with something that cannot be understood it is read-only, because that may have
//! been what was meant.

use super::Notice;
use super::file::{Entry, Field, Written};
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

/// A profile and where its parts stand.
#[derive(Debug, Clone)]
pub struct Listed {
    pub profile: Profile,
    /// The line of its name, from 1.
    pub line: usize,
    /// The line of each key that it has.
    pub lines: BTreeMap<String, usize>,
    /// Its certificates are those of the command line.
    pub trusts_flag: bool,
}

impl Listed {
    /// With the certificates that the command line names, which stand above its own.
    pub(super) fn trusting(mut self, ca_file: Option<&Path>) -> Self {
        if let Some(path) = ca_file {
            self.profile.ca_file = Some(path.to_owned());
            self.trusts_flag = true;
        }
        self
    }

    /// Where the value of a key comes from.
    #[must_use]
    pub fn origin(&self, key: &str) -> Origin {
        if key == "ca_file" && self.trusts_flag {
            return Origin::Flag("--ca-file");
        }
        self.lines.get(key).map_or(Origin::Default, |line| Origin::File(Some(*line)))
    }
}

/// What is around the profiles: files beside them, and the environment.
pub struct Around<'a> {
    pub config_file: &'a Path,
    pub secrets_dir: Option<&'a Path>,
    pub env: &'a dyn Fn(&str) -> Option<String>,
}

/// Reads the profiles in their order.
pub fn read(entries: &[Entry], around: &Around<'_>, notices: &mut Vec<Notice>) -> Vec<Listed> {
    let mut taken = HashSet::new();
    let mut listed: Vec<Listed> = Vec::new();
    for entry in entries {
        let mut reader = Reader::new(entry, around);
        let profile = reader.profile().and_then(|profile| {
            // Names that differ in case or dashes alone would share a variable and a file.
            let new = taken.insert(secret_variable(&entry.name));
            new.then_some(profile).ok_or_else(|| (entry.line, "another profile has almost the same name".to_owned()))
        });
        let notice = |(line, reason): (usize, String), left_out| Notice::Profile {
            path: around.config_file.to_owned(),
            line,
            name: clean(&entry.name).chars().take(40).collect(),
            reason,
            left_out,
        };
        notices.extend(reader.doubts.drain(..).map(|doubt| notice(doubt, false)));
        match profile {
            Ok(profile) => {
                let lines = reader.fields.iter().map(|field| (field.key.clone(), field.line)).collect();
                listed.push(Listed { profile, line: entry.line, lines, trusts_flag: false });
            }
            Err(reason) => notices.push(notice(reason, true)),
        }
    }
    hide_variables(entries, &mut listed);
    compare(around.config_file, &mut listed, notices);
    listed
}

/// No program that fetches a secret sees the variables of the others.
fn hide_variables(entries: &[Entry], listed: &mut [Listed]) {
    let fields = entries.iter().filter_map(|entry| entry.fields.as_ref().ok()).flatten();
    let named: Vec<String> = fields
        .filter(|field| field.key == "secret_env")
        .filter_map(|field| if let Written::Text(name) = &field.value { Some(name.clone()) } else { None })
        .collect();
    for one in listed {
        if let Secret::Places { places, .. } = &mut one.profile.secret {
            for place in places {
                if let Place::Command { hide, .. } = place {
                    hide.clone_from(&named);
                }
            }
        }
    }
}

/// What only shows when they stand side by side.
fn compare(path: &Path, listed: &mut [Listed], notices: &mut Vec<Notice>) {
    let defaults: Vec<_> = listed.iter().filter(|one| one.profile.default).collect();
    if let [first, .., last] = defaults.as_slice() {
        let names = [first.profile.id.as_str(), last.profile.id.as_str()].join(" and ");
        let reason = format!("{names} are both the default, so that none is");
        notices.push(Notice::Profiles { path: path.to_owned(), line: last.line, reason });
        for one in listed.iter_mut() {
            one.profile.default = false;
        }
    }
    for (at, one) in listed.iter().enumerate() {
        let same = |other: &&Listed| {
            (&other.profile.base_url, &other.profile.client_id) == (&one.profile.base_url, &one.profile.client_id)
        };
        if let Some(other) = listed.iter().take(at).find(same) {
            let reason = format!("{} is the same server and client id as {}", one.profile.id, other.profile.id);
            notices.push(Notice::Profiles { path: path.to_owned(), line: one.line, reason });
        }
    }
}

/// What is wrong, and in which line.
type Fault = (usize, String);

struct Reader<'a> {
    entry: &'a Entry,
    fields: &'a [Field],
    around: &'a Around<'a>,
    /// What could not be understood, but is not needed.
    doubts: Vec<Fault>,
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
    fn new(entry: &'a Entry, around: &'a Around<'a>) -> Self {
        let fields = entry.fields.as_ref().map_or(&[][..], Vec::as_slice);
        Self { entry, fields, around, doubts: Vec::new() }
    }

    fn profile(&mut self) -> Result<Profile, Fault> {
        check_name(&self.entry.name).map_err(|reason| (self.entry.line, reason))?;
        if let Err(found) = self.entry.fields {
            return Err((self.entry.line, format!("a table is expected, not a {found}")));
        }
        for field in self.fields.iter().filter(|field| !KEYS.contains(&field.key.as_str())) {
            let reason = format!("unknown key `{}`, expected one of {}", clean(&field.key), KEYS.join(", "));
            self.doubts.push((field.line, reason));
        }
        let base_url = self.server()?;
        let client_id = given(&self.needed("client_id")?).trim().to_owned();
        let secret = self.secret(&client_id, &base_url)?;
        let label = self.doubted("label", Self::text).map(|label| clean(label.trim()).into_owned());
        let tint = self.doubted("colour", Self::tint).or_else(|| self.doubted("color", Self::tint));
        let read_only = self.doubted("read_only", Self::flag).unwrap_or(false);
        let default = self.doubted("default", Self::flag).unwrap_or(false);
        let ca_file = self.path("ca_file")?;
        Ok(Profile {
            id: ProfileId::new(&self.entry.name),
            label: label.filter(|label| !label.is_empty()),
            tint,
            base_url,
            account: None,
            client_id,
            secret,
            read_only: read_only || !self.doubts.is_empty(),
            default,
            ca_file,
        })
    }

    fn server(&self) -> Result<Url, Fault> {
        let text = self.needed("server")?;
        // Not quoted: a mistyped address may hold a password.
        let line = self.field("server").map_or(self.entry.line, |field| field.line);
        super::address(&text)
            .ok_or_else(|| (line, "`server` has to be an address like https://msp-api.example.com".to_owned()))
    }

    /// Where the secret is: the keyring first unless `secret` says otherwise, then what is named; where nothing is
    /// named, our own file and our own variable.
    fn secret(&self, client_id: &str, base_url: &Url) -> Result<Secret, Fault> {
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
            let own = || Some(self.around.secrets_dir?.join(&self.entry.name));
            let own = own().filter(|_| !named || only.is_some()).map(|path| Place::File { path, own: true });
            places.extend(file.map(|path| Place::File { path, own: false }).or(own));
        }
        if wanted("env") {
            let own = || secret_variable(&self.entry.name);
            let name = variable.or_else(|| (!named || only.is_some()).then(own));
            places.extend(name.map(|name| {
                let value = (self.around.env)(&name).map(SecretString::from);
                Place::Environment { name, value }
            }));
        }
        if places.is_empty() {
            return Err((
                line,
                "`secret = \"command\"` needs `secret_command = [\"program\", \"argument\"]`".to_owned(),
            ));
        }
        Ok(Secret::Places { profile: ProfileId::new(&self.entry.name), places })
    }

    /// The one kind of place that `secret` names, and its line.
    fn only(&self) -> Result<(Option<String>, usize), Fault> {
        let Some(field) = self.field("secret") else { return Ok((None, self.entry.line)) };
        let word = Self::text(field)?;
        let words = ["keyring", "command", "file", "env"];
        if words.contains(&word.as_str()) {
            return Ok((Some(word), field.line));
        }
        // Not quoted: somebody may have written the secret itself there.
        let (words, name) = (words.join(", "), &self.entry.name);
        let way = format!("The secret itself is stored with `mspdash login {name}`");
        Err((field.line, format!("`secret` says where the secret is: {words}. {way}")))
    }

    fn command(&self) -> Result<Option<Vec<String>>, Fault> {
        let Some(field) = self.field("secret_command") else { return Ok(None) };
        match &field.value {
            Written::Words(argv) if argv.first().is_some_and(|program| !program.trim().is_empty()) => {
                Ok(Some(argv.clone()))
            }
            _ => Err((field.line, "`secret_command` has to be a list like [\"op\", \"read\", \"op://…\"]".to_owned())),
        }
    }

    fn variable(&self) -> Result<Option<String>, Fault> {
        let Some(field) = self.field("secret_env") else { return Ok(None) };
        let name = Self::text(field)?;
        let fine = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.chars().all(fine) && !name.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(Some(name));
        }
        Err((field.line, "`secret_env` has to be the name of an environment variable, not the secret".to_owned()))
    }

    /// `~/` is the home directory; anything else that is not absolute lies beside the configuration.
    fn path(&self, key: &str) -> Result<Option<PathBuf>, Fault> {
        let Some(field) = self.field(key) else { return Ok(None) };
        let text = Self::text(field)?;
        let dir = self.around.config_file.parent().unwrap_or(Path::new(""));
        // Joined to an absolute path, the folder of the configuration is left out.
        Ok(Some(dir.join(expand(Path::new(&text), (self.around.env)("HOME").as_deref()))))
    }

    fn field(&self, key: &str) -> Option<&'a Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    fn needed(&self, key: &str) -> Result<String, Fault> {
        match self.field(key) {
            Some(field) => Self::text(field),
            None => Err((self.entry.line, format!("`{key}` is missing"))),
        }
    }

    /// What is not needed: if it cannot be understood, that is noted.
    fn doubted<T>(&mut self, key: &str, read: fn(&Field) -> Result<T, Fault>) -> Option<T> {
        read(self.field(key)?).map_err(|fault| self.doubts.push(fault)).ok()
    }

    fn text(field: &Field) -> Result<String, Fault> {
        let found = match &field.value {
            Written::Text(text) if !text.trim().is_empty() => return Ok(text.clone()),
            Written::Text(_) => "nothing",
            Written::Flag(_) => "a boolean",
            Written::Words(_) => "a list",
            Written::Other(found) => found,
        };
        Err((field.line, format!("`{}` has to be a text, not {found}", field.key)))
    }

    fn flag(field: &Field) -> Result<bool, Fault> {
        match field.value {
            Written::Flag(flag) => Ok(flag),
            _ => Err((field.line, format!("`{}` has to be true or false", field.key))),
        }
    }

    fn tint(field: &Field) -> Result<crate::domain::tint::Tint, Fault> {
        let all = || crate::domain::tint::Tint::ALL.map(crate::domain::tint::Tint::as_str).join(", ");
        let parsed = Self::text(field).ok().and_then(|word| word.trim().parse().ok());
        parsed.ok_or_else(|| (field.line, format!("`{}` has to be one of {}", field.key, all())))
    }
}
