//! Tags being added or taken away, of one company or of the marked ones.

use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::domain::field::split_tags;
use crate::domain::id::CompanyKey;

#[derive(Debug, Clone, PartialEq)]
pub struct TagsDialog {
    pub companies: Vec<(CompanyKey, String)>,
    /// What tells a single one from others of its name.
    pub distinction: Option<String>,
    /// Of one company: all its tags. Of many: those to add, and with a `-` in front those to take away.
    pub line: TextInput,
    /// What the line held at first.
    pub before: String,
    /// Of the tags of one company.
    pub submission: Submission<Vec<String>>,
}

impl TagsDialog {
    /// About one company only.
    pub fn single(&self) -> bool {
        self.companies.len() == 1
    }

    /// The tags on the line, each once.
    pub fn tags(&self) -> Vec<String> {
        split_tags(self.line.text())
    }

    /// What is added and what is taken away.
    pub fn changes(&self) -> (Vec<String>, Vec<String>) {
        let (remove, add): (Vec<String>, Vec<String>) = self.tags().into_iter().partition(|tag| tag.starts_with('-'));
        let bare = |tag: String| tag.trim_start_matches('-').trim().to_owned();
        (add, remove.into_iter().map(bare).filter(|tag| !tag.is_empty()).collect())
    }
}

/// Tags after some were added and some taken away; the order of those that stay is kept.
pub fn changed(tags: &[String], add: &[String], remove: &[String]) -> Vec<String> {
    let kept = tags.iter().filter(|tag| !remove.contains(tag));
    let mut out: Vec<String> = kept.cloned().collect();
    for tag in add {
        if !out.contains(tag) {
            out.push(tag.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::app::features::tags::*;

    #[test]
    fn a_minus_takes_away() {
        let line = TextInput::new(" north, -trade ,, north , - old tag");
        let companies = Vec::new();
        let before = String::new();
        let submission = Submission::default();
        let dialog = TagsDialog { companies, distinction: None, line, before, submission };
        assert_eq!(dialog.changes(), (vec!["north".into()], vec!["trade".into(), "old tag".into()]));
    }

    #[test]
    fn tags_that_stay_keep_their_order() {
        let of = split_tags;
        assert_eq!(changed(&of("b,a,c"), &of("d,a"), &of("c")), of("b,a,d"));
    }
}
