//! Selects profiles: those of the dashboard, and the one of a one-shot command.

use super::origin::{Origin, Sourced};
use super::profile::Profile;
use super::{Notice, Problem};

/// The profiles of these names, in the order of the configuration; all with no names.
pub fn select_profiles(profiles: Vec<Profile>, names: &[String], notices: &[Notice]) -> Result<Vec<Profile>, Problem> {
    if names.is_empty() {
        return Ok(profiles);
    }
    for name in names {
        if !profiles.iter().any(|profile| profile.id.as_str() == name) {
            return Err(unknown_profile(name, &profiles, notices));
        }
    }
    Ok(profiles.into_iter().filter(|profile| names.iter().any(|name| profile.id.as_str() == name)).collect())
}

/// The error for a name without a usable profile.
pub fn unknown_profile(name: &str, profiles: &[Profile], notices: &[Notice]) -> Problem {
    let damaged = notices.iter().find(|notice| left_out(notice) == Some(name));
    match damaged {
        Some(notice) => Problem::DamagedProfile { notice: Box::new(notice.clone()) },
        None => Problem::NoSuchProfile { name: name.to_owned(), names: profile_names(profiles) },
    }
}

/// The one profile of a one-shot command: the named one, else the default, else the only one. `names` is the result
/// of [`super::chosen`].
///
/// A profile that was left out may have been the default or a second one: then this fails instead of guessing, as a
/// write would go to the wrong account.
pub fn select_one<'a>(
    profiles: &'a [Profile],
    names: &Sourced<Vec<String>>,
    notices: &[Notice],
) -> Result<&'a Profile, Problem> {
    // Several names in the environment are for the dashboard; several flags were meant for this command.
    if let (Origin::Flag(_), [_, _, ..]) = (&names.origin, profiles) {
        return Err(Problem::OneProfile { names: profile_names(profiles) });
    }
    let mut defaults = profiles.iter().filter(|profile| profile.default);
    match (profiles, defaults.next(), defaults.next()) {
        ([only], ..) if !names.value.is_empty() || only.default || first_left_out(notices).is_none() => Ok(only),
        (_, Some(default), None) => Ok(default),
        _ => Err(Problem::WhichProfile { names: profile_names(profiles) }),
    }
}

pub fn first_left_out(notices: &[Notice]) -> Option<&Notice> {
    notices.iter().find(|notice| left_out(notice).is_some())
}

fn left_out(notice: &Notice) -> Option<&str> {
    match notice {
        Notice::Profile { name, left_out: true, .. } => Some(name),
        _ => None,
    }
}

fn profile_names(profiles: &[Profile]) -> Vec<String> {
    profiles.iter().map(|profile| profile.id.to_string()).collect()
}
