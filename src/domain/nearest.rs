//! Which of the known names a mistyped one was meant to be.

/// The known name that is nearest to what was typed, if one is near enough to be meant: one slip in a short name, one
/// in three letters in a longer one. A slip is a letter too many, missing, wrong or swapped with its neighbour. Case does
/// not count.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: String = typed.to_lowercase().chars().take(64).collect();
    let most = (typed.chars().count() / 3).max(1);
    let far = names.into_iter().map(|name| (strsim::osa_distance(&typed, &name.to_lowercase()), name));
    far.filter(|(far, _)| *far <= most).min_by_key(|(far, _)| *far).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let names = ["company.unlink", "company.launch", "list.sort", "vim", "k9s", "default"];
        for (typed, meant) in [
            ("company.unlnk", Some("company.unlink")),
            ("Company.Lanuch", Some("company.launch")),
            ("vi", Some("vim")),
            ("vmi", Some("vim")),
            ("k8s", Some("k9s")),
            ("emacs", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, names), meant, "{typed}");
        }
    }
}
