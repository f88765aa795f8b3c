//! Which of the configured profiles: for the dashboard, and the one of a one-shot command.

use super::origin::{Origin, Sourced};
use super::profile::Profile;
use super::{Notice, Problem};

/// The profiles of these names, in the order of the configuration; all of them when none is named.
///
/// # Errors
/// There is none of a name, or it was left out.
pub fn named(profiles: Vec<Profile>, names: &[String], notices: &[Notice]) -> Result<Vec<Profile>, Problem> {
    if names.is_empty() {
        return Ok(profiles);
    }
    for name in names {
        if !profiles.iter().any(|profile| profile.id.as_str() == name) {
            return Err(unknown(name, &profiles, notices));
        }
    }
    Ok(profiles.into_iter().filter(|profile| names.iter().any(|name| profile.id.as_str() == name)).collect())
}

/// There is no profile of this name: because it was left out, or at all.
#[must_use]
pub fn unknown(name: &str, profiles: &[Profile], notices: &[Notice]) -> Problem {
    let damaged = notices.iter().find(|notice| left_out(notice) == Some(name));
    match damaged {
        Some(notice) => Problem::DamagedProfile { notice: Box::new(notice.clone()) },
        None => Problem::NoSuchProfile { name: name.to_owned(), names: names_of(profiles) },
    }
}

/// The one profile that a one-shot command works with: the one that was named, else the default, else the only one.
/// `profiles` are those of [`super::Source::Profiles`], `names` what [`super::chosen`] says.
///
/// A profile that was left out may have been the default or the other one: then nothing is guessed, as a write
/// would go to the wrong account.
///
/// # Errors
/// It is not clear which.
pub fn one<'a>(
    profiles: &'a [Profile],
    names: &Sourced<Vec<String>>,
    notices: &[Notice],
) -> Result<&'a Profile, Problem> {
    // Several in the environment are those of the dashboard; several flags were meant for this command.
    if let (Origin::Flag(_), [_, _, ..]) = (&names.origin, profiles) {
        return Err(Problem::OneProfile { names: names_of(profiles) });
    }
    let mut defaults = profiles.iter().filter(|profile| profile.default);
    match (profiles, defaults.next(), defaults.next()) {
        ([only], ..) if !names.value.is_empty() || only.default || damaged(notices).is_none() => Ok(only),
        (_, Some(default), None) => Ok(default),
        _ => Err(Problem::WhichProfile { names: names_of(profiles) }),
    }
}

/// The first profile that was left out.
#[must_use]
pub fn damaged(notices: &[Notice]) -> Option<&Notice> {
    notices.iter().find(|notice| left_out(notice).is_some())
}

fn left_out(notice: &Notice) -> Option<&str> {
    match notice {
        Notice::Profile { name, left_out: true, .. } => Some(name),
        _ => None,
    }
}

fn names_of(profiles: &[Profile]) -> Vec<String> {
    profiles.iter().map(|profile| profile.id.to_string()).collect()
}
