//! Go to anything.

use crate::app::command::Command;
use crate::app::features::palette::Section;
use crate::app::model::Tab;

pub struct Palette {
    pub title: &'static str,
    pub keys: &'static str,
    pub none: &'static str,
    /// The servers are being asked for people.
    pub looking_for_people: &'static str,
    /// Why people of some company could not be looked for.
    pub people_failed: fn(&str) -> String,
    /// How many more there are.
    pub more_people: fn(&str) -> String,
    /// The signs in front of what is typed.
    pub signs: &'static str,
    pub section: fn(Section) -> &'static str,
    /// Whose owner somebody is.
    pub owner_of: fn(&str) -> String,
    /// Where somebody works.
    pub person_of: fn(&str) -> String,
    /// How many companies have a tag.
    pub tagged: fn(u64, &str) -> String,
    /// Of which company a tab is.
    pub tab_of: fn(&str) -> String,
    /// A theme is for this run; how it is kept.
    pub theme: fn(&str) -> String,
    pub quit_at_once: &'static str,
    /// Other words for a command, with blanks between them.
    pub also: fn(Command) -> &'static str,
    /// The same of a tab.
    pub also_tab: fn(Tab) -> &'static str,
}
