//! Which of the known names a mistyped one was meant to be.

/// The known name that is nearest to what was typed, if one is near enough to be meant: one slip in a short name, one
/// in three letters in a longer one. Case does not count.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().take(64).collect();
    let most = (typed.len() / 3).max(1);
    let far = names.into_iter().map(|name| (distance(&typed, name), name));
    far.filter(|(far, _)| *far <= most).min_by_key(|(far, _)| *far).map(|(_, name)| name)
}

/// Letters to insert, drop, replace or swap with their neighbour: the optimal string alignment distance.
fn distance(typed: &[char], name: &str) -> usize {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=name.len()).collect()];
    for (i, a) in typed.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in name.iter().enumerate() {
            let at = |rows: &[Vec<usize>], up: usize, left: usize| {
                rows.len().checked_sub(up).and_then(|y| rows.get(y)?.get(left).copied()).unwrap_or(usize::MAX / 2)
            };
            let before = row.last().copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&rows, 1, j) + usize::from(a != b)).min(at(&rows, 1, j + 1) + 1).min(before + 1);
            let swapped = i > 0 && j > 0 && typed.get(i - 1) == Some(b) && name.get(j - 1) == Some(a);
            if swapped {
                best = best.min(at(&rows, 2, j - 1) + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or(name.len())
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
