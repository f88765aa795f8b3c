//! What was found, as lines for people and as JSON for programs (fields are only ever added).

use crate::domain::text::clean;
use serde::Serialize;
use std::fmt::Write as _;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Ok,
    /// It works, though not as well as it could.
    Warn,
    Fail,
    /// Not looked at, because what it needs failed or is not there.
    Skip,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Skip => "skip",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    section: String,
    #[serde(rename = "check")]
    pub step: &'static str,
    pub result: Outcome,
    finding: String,
    /// What to do; null when there is nothing to do.
    advice: Option<String>,
}

impl Check {
    pub fn ok(section: &str, check: &'static str, finding: String) -> Self {
        Self::new(section, check, Outcome::Ok, finding)
    }

    pub fn warn(section: &str, check: &'static str, finding: String) -> Self {
        Self::new(section, check, Outcome::Warn, finding)
    }

    pub fn fail(section: &str, check: &'static str, finding: String) -> Self {
        Self::new(section, check, Outcome::Fail, finding)
    }

    pub fn skip(section: &str, check: &'static str, finding: String) -> Self {
        Self::new(section, check, Outcome::Skip, finding)
    }

    fn new(section: &str, check: &'static str, result: Outcome, finding: String) -> Self {
        Self { section: section.to_owned(), step: check, result, finding, advice: None }
    }

    pub fn advice(self, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..self }
    }
}

/// All that was looked at.
pub struct Report {
    home: Option<String>,
    checks: Vec<Check>,
}

#[derive(Serialize)]
struct Whole<'a> {
    version: &'static str,
    /// `ok` or `fail`.
    result: Outcome,
    failed: usize,
    warnings: usize,
    checks: &'a [Check],
}

impl Report {
    pub fn new(home: Option<String>) -> Self {
        let home = home.map(|home| home.trim_end_matches('/').to_owned()).filter(|home| !home.is_empty());
        Self { home, checks: Vec::new() }
    }

    /// Takes checks in, without control characters and without the name of the home directory.
    pub fn add(&mut self, checks: Vec<Check>) {
        for mut check in checks {
            check.section = self.tidy(&check.section);
            check.finding = self.tidy(&check.finding);
            check.advice = check.advice.map(|advice| self.tidy(&advice));
            self.checks.push(check);
        }
    }

    fn tidy(&self, text: &str) -> String {
        let text = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.trim_end_matches('.');
        self.home.as_ref().map_or_else(|| text.to_owned(), |home| text.replace(&format!("{home}/"), "~/"))
    }

    pub fn failed(&self) -> usize {
        self.count(Outcome::Fail)
    }

    fn count(&self, result: Outcome) -> usize {
        self.checks.iter().filter(|check| check.result == result).count()
    }

    /// One line for each check, in columns.
    pub fn text(&self) -> String {
        let width = self.checks.iter().map(|check| check.step.len()).max().unwrap_or(0);
        let (mut text, mut section) = (String::new(), "");
        for check in &self.checks {
            if check.section != section {
                let gap = if section.is_empty() { "" } else { "\n" };
                section = &check.section;
                let _ = writeln!(text, "{gap}{section}");
            }
            let _ = write!(text, "  {:<4}  {:<width$}  {}", check.result.word(), check.step, check.finding);
            let _ = match &check.advice {
                Some(advice) => writeln!(text, ". {advice}."),
                None => writeln!(text),
            };
        }
        let (failed, warnings) = (self.failed(), self.count(Outcome::Warn));
        let plural = if warnings == 1 { "" } else { "s" };
        let _ = writeln!(text, "\n{failed} failed, {warnings} warning{plural}");
        text
    }

    pub fn json(&self) -> String {
        let (failed, warnings) = (self.failed(), self.count(Outcome::Warn));
        let result = if failed == 0 { Outcome::Ok } else { Outcome::Fail };
        let whole = Whole { version: env!("CARGO_PKG_VERSION"), result, failed, warnings, checks: &self.checks };
        // Texts and numbers always fit into JSON.
        let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_aligned_harmless_and_without_the_home() {
        let mut report = Report::new(Some("/home/tomma/".into()));
        report.add(vec![
            Check::ok("files", "log", "/home/tomma/.local/log\u{1b}[31m, 3 kB".into()),
            Check::fail("profile eu", "sign-in", "no.".into()).advice("Do it."),
        ]);
        let text = report.text();
        assert!(!text.contains('\u{1b}') && !text.contains("tomma"), "{text}");
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[1].starts_with("  ok    log      ~/.local/log"), "{text}");
        assert_eq!(lines[2..], ["", "profile eu", "  fail  sign-in  no. Do it.", "", "1 failed, 0 warnings"]);
        assert_eq!(report.failed(), 1);
    }
}
