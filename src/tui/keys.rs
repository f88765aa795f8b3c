//! The keys of a run: a preset, and over it what the user wrote.

use crate::app::command::{Binding, Keymap, Place, Preset, TABLE};
use crate::cli::{KeyList, KeyRow};
use crate::config::{Config, KeyFile, KeyLine};
use crate::domain::lang::Lang;
use crate::domain::nearest::nearest;
use crate::domain::text::clean;
use crate::i18n;

/// The keymap of these files, and what of it cannot be had as it is written.
pub(super) fn keymap(files: &[KeyFile]) -> (Keymap, Vec<String>) {
    let mut told = Vec::new();
    let mut keymap = Keymap::of(preset(files, &mut told));
    for file in files {
        let binding = |own: &KeyLine| Binding { line: own.line, id: own.command.clone(), keys: own.keys.clone() };
        let odd = keymap.rebind(&file.lines.iter().map(binding).collect::<Vec<_>>());
        let path = file.path.display();
        told.extend(odd.iter().map(|odd| format!("{path} line {}: {}", odd.line, odd.problem)));
    }
    (keymap, told)
}

fn preset(files: &[KeyFile], told: &mut Vec<String>) -> Preset {
    let Some((file, wanted)) = files.iter().rev().find_map(|file| Some((file, file.preset.as_ref()?))) else {
        return Preset::Default;
    };
    named(&wanted.name).unwrap_or_else(|said| {
        told.push(format!("{} line {}: {said}", file.path.display(), wanted.line));
        Preset::Default
    })
}

fn named(name: &str) -> Result<Preset, String> {
    Preset::named(name).ok_or_else(|| {
        let name = clean(name);
        match nearest(&name, Preset::ALL.map(Preset::name)) {
            Some(meant) => format!("there is no preset “{name}”; did you mean {meant}?"),
            None => format!("there is no preset “{name}”; there are default, vim and k9s"),
        }
    })
}

/// What is wrong with the user's key bindings, for `doctor`.
pub fn odd(config: &Config) -> Vec<String> {
    keymap(&config.keys).1
}

/// Every command with its keys, for `mspdash keys`.
///
/// # Errors
/// There is no preset of this name.
pub fn listed(files: &[KeyFile], wanted: Option<&str>) -> Result<KeyList, String> {
    let (mut keymap, problems) = keymap(files);
    let mut preset = preset(files, &mut Vec::new());
    if let Some(name) = wanted {
        preset = named(name)?;
        keymap = Keymap::of(preset);
    }
    let (words, defaults) = (i18n::of(Lang::En), Keymap::default());
    let row = |row: &&crate::app::command::Row| {
        let text = (words.command)(row.command);
        KeyRow {
            command: row.id,
            keys: keymap.keys(row.command).iter().map(crate::app::key::Sequence::name).collect(),
            name: text.label,
            place: if row.place == Place::Anywhere { "anywhere".to_owned() } else { format!("{:?}", row.place) },
            help: text.help,
            changed: keymap.keys(row.command) != defaults.keys(row.command),
        }
    };
    Ok(KeyList { preset: preset.name(), keys: TABLE.iter().map(row).collect(), problems })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::Command;
    use crate::config::{Flags, Paths};

    /// What is told of these files, with the folder left out.
    fn told(config: &str, keymap: &str) -> (Keymap, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, config).unwrap();
        std::fs::write(folder.path().join("keymap.toml"), keymap).unwrap();
        let paths = Paths { config_file: Some(path), ..Paths::default() };
        let config = Config::resolve(&Flags::default(), &|_| None, paths, None).unwrap();
        let (keymap, told) = super::keymap(&config.keys);
        let folder = format!("{}/", folder.path().display());
        (keymap, told.iter().map(|told| told.replace(&folder, "")).collect())
    }

    fn keys(keymap: &Keymap, command: Command) -> Vec<String> {
        keymap.keys(command).iter().map(crate::app::key::Sequence::name).collect()
    }

    #[test]
    fn a_preset_comes_first_then_the_configuration_then_the_keymap() {
        let config = "[keys]\n'list.sort' = ['o']\n'list.filter' = ['F']\n";
        let (keymap, said) = told(config, "preset = 'vim'\n[keys]\n'list.sort' = ['g s']\n");
        assert_eq!(keys(&keymap, Command::Sort), ["g s"]);
        assert_eq!(keys(&keymap, Command::Filter), ["F"]);
        assert_eq!(keys(&keymap, Command::Undo), ["u"]);
        let taken = "list.sort and company.add_owner are both on o; list.sort has it now, and company.add_owner has no key left";
        let narrow = "list.sort is on o, but in People it is people.owner, in Links it is link.owner_page";
        assert_eq!(said, [taken, narrow].map(|said| format!("config.toml line 2: {said}")));
    }

    #[test]
    fn what_is_wrong_names_the_file_the_line_and_what_was_meant() {
        let (keymap, said) = told("", "preset = 'vi'\n[keys]\n'company.lanch' = ['x']\n'company.unlink' = ['U']\n");
        let unlink = "company.unlink and app.undo are both on U; company.unlink cannot be undone, so app.undo keeps it";
        assert_eq!(
            said,
            [
                "keymap.toml line 1: there is no preset “vi”; did you mean vim?".to_owned(),
                "keymap.toml line 3: there is no command “company.lanch”; did you mean company.launch?".to_owned(),
                format!("keymap.toml line 4: {unlink}"),
            ]
        );
        assert_eq!(keymap, Keymap::default(), "nothing of it could be had");
        assert_eq!(
            told("", "preset = 'emacs'\n").1,
            ["keymap.toml line 1: there is no preset “emacs”; there are default, vim and k9s"]
        );
    }

    #[test]
    fn the_list_has_every_command_and_says_what_is_changed() {
        let list = listed(&[], Some("vim")).unwrap();
        assert_eq!((list.keys.len(), list.preset), (TABLE.len(), "vim"));
        let top = list.keys.iter().find(|row| row.command == "move.top").unwrap();
        assert_eq!((top.keys.join(","), top.changed, top.place.as_str()), ("g g,home".into(), true, "anywhere"));
        assert!(listed(&[], None).unwrap().keys.iter().all(|row| !row.changed));
        assert_eq!(listed(&[], Some("k8s")).unwrap_err(), "there is no preset “k8s”; did you mean k9s?");
    }
}
