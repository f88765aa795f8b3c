//! Every text that a person reads. The types of the texts are in `types`, the texts in `en` and `de`: one file for
//! each feature, by the same name in all three. Reasons and errors are data elsewhere and become sentences here.

pub mod country;
mod de;
mod describe;
mod en;
mod time;
pub mod types;

pub use describe::ErrorText;
pub use time::Clock;
pub use types::{Keys, Texts};

use crate::app::command::TABLE;
use crate::app::features::copy::menu::BLOCK;
use crate::app::features::palette::{Label, To};
use crate::app::features::people::Act;
use crate::app::model::Tab;
use crate::domain::lang::Lang;
use crate::domain::recovery::PersonAct;
use crate::domain::usage::Thousandths;
use std::fmt::Display;

pub fn of(lang: Lang) -> &'static Texts {
    match lang {
        Lang::De => &de::TEXTS,
        Lang::En => &en::TEXTS,
    }
}

/// Names of commands and tabs for the palette, and of what is copied, in this language.
pub fn labels(lang: Lang) -> Vec<Label> {
    let texts = of(lang);
    let command = |command| {
        let name = (texts.command)(command).label;
        Label { to: To::Command(command), name, also: (texts.palette.also)(command) }
    };
    let tab = |tab| Label { to: To::Tab(tab), name: (texts.company.tab)(tab), also: (texts.palette.also_tab)(tab) };
    let field = |field| Label { to: To::Field(field), name: (texts.company.field)(field), also: "" };
    let commands = TABLE.iter().map(|row| command(row.command));
    commands.chain(Tab::ALL.into_iter().map(tab)).chain(BLOCK.into_iter().map(field)).collect()
}

/// Codes and names of countries for the form, in this language.
pub fn countries(lang: Lang) -> Vec<(&'static str, &'static str)> {
    country::all(lang).collect()
}

impl Texts {
    /// The name of the tab *Setup*.
    pub fn company_setup(&self) -> &'static str {
        (self.company.tab)(Tab::Setup)
    }

    /// A number as the language groups its digits.
    pub fn number(&self, number: u64) -> String {
        let separator = match self.lang {
            Lang::De => '.',
            Lang::En => ',',
        };
        time::grouped(number, separator)
    }

    /// A percentage, spaced as the language does.
    pub fn percent(&self, percent: impl Display) -> String {
        let space = if self.lang == Lang::De { " " } else { "" };
        format!("{percent}{space}%")
    }

    /// A decimal with one place and its sign, from thousandths: `+1.2`, `−14.2`, `0.0`.
    pub fn signed(&self, thousandths: i64) -> String {
        let tenths = (thousandths.unsigned_abs() + 50) / 100;
        let sign = match thousandths {
            _ if tenths == 0 => "",
            ..0 => "−",
            _ => "+",
        };
        format!("{sign}{}", self.tenths(tenths))
    }

    /// A decimal with one place.
    pub fn tenths(&self, tenths: u64) -> String {
        let point = if self.lang == Lang::De { ',' } else { '.' };
        format!("{}{point}{}", self.number(tenths / 10), tenths % 10)
    }

    /// A decimal with three places, as the language writes it.
    pub fn decimal(&self, number: Thousandths) -> String {
        let point = if self.lang == Lang::De { ',' } else { '.' };
        format!("{}{point}{:03}", self.number(number.0 / 1_000), number.0 % 1_000)
    }
}

/// Whether an act begins or completes a recovery; the others may take the power to recover away.
fn is_recovery(act: &Act) -> bool {
    matches!(act, Act::Change(PersonAct::BeginRecovery | PersonAct::CompleteRecovery))
}

/// A count with its word, for each count that is not zero.
fn listed<N: Copy + Default + PartialOrd + Display>(parts: &[(N, &str)]) -> String {
    let parts = parts.iter().filter(|(count, _)| *count > N::default());
    parts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

fn join(text: &mut String, lead: &str, more: &str) {
    if !more.is_empty() {
        text.push_str(lead);
        text.push_str(more);
    }
}

/// The first of several regions, for an example.
fn first(regions: &str) -> &str {
    regions.split(',').next().unwrap_or(regions)
}

/// A span of time in its largest unit, of minutes, hours and days.
fn time_left(seconds: i64, units: [(&str, &str); 3]) -> String {
    let [minutes, hours, days] = units;
    let (count, (one, many)) = match seconds.max(0) {
        seconds @ 0..3_600 => (seconds / 60, minutes),
        seconds @ 3_600..172_800 => (seconds / 3_600, hours),
        seconds => (seconds / 86_400, days),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What the system or a program says, in parentheses.
fn bracketed(detail: &str) -> String {
    let detail = detail.trim().trim_end_matches('.');
    if detail.is_empty() { String::new() } else { format!(" ({detail})") }
}

/// Our own words, then those of the server.
fn with_detail(ours: String, detail: &str) -> String {
    let detail = detail.trim().trim_end_matches('.');
    if detail.is_empty() { ours } else { format!("{ours}: {detail}") }
}

fn detail_or(detail: &str, otherwise: &str) -> String {
    if detail.trim().is_empty() { otherwise.to_owned() } else { detail.to_owned() }
}

#[cfg(test)]
mod tests;
