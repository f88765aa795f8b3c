//! Every command has words in every language, and they fit where they are shown.

use mspdash::app::command::{Group, TABLE};
use mspdash::app::features::palette::To;
use mspdash::domain::lang::Lang;
use mspdash::i18n;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// Cells of the label in help and palette.
const LABEL: usize = 22;

#[test]
fn every_command_has_a_label_a_short_word_and_a_sentence() {
    for lang in Lang::ALL {
        for row in &TABLE {
            let words = (i18n::of(lang).command)(row.command);
            assert!(!words.label.trim().is_empty() && !words.short.trim().is_empty(), "{lang}: {}", row.id);
            assert!(words.label.width() <= LABEL, "{lang}: “{}” is cut in the help", words.label);
            assert!(words.help.ends_with('.') && words.help.len() > 5, "{lang}: {}: {}", row.id, words.help);
            let first = words.label.chars().next().is_some_and(|c| !c.is_lowercase());
            assert!(first, "{lang}: {}: labels begin like a sentence", row.id);
        }
    }
}

#[test]
fn no_two_commands_share_a_label_or_a_short_word() {
    for lang in Lang::ALL {
        let all = TABLE.iter().map(|row| (i18n::of(lang).command)(row.command));
        let labels: BTreeSet<&str> = all.clone().map(|words| words.label).collect();
        let shorts: BTreeSet<&str> = all.map(|words| words.short).collect();
        assert_eq!((labels.len(), shorts.len()), (TABLE.len(), TABLE.len()), "{lang}");
        let found = i18n::labels(lang).iter().filter(|label| matches!(label.to, To::Command(_))).count();
        assert_eq!(found, TABLE.len(), "{lang}: all of them can be found in the palette");
    }
}

#[test]
fn every_group_of_the_help_has_a_heading_and_commands() {
    for lang in Lang::ALL {
        let headings: BTreeSet<&str> = Group::ALL.into_iter().map(i18n::of(lang).group).collect();
        assert_eq!(headings.len(), Group::ALL.len(), "{lang}");
    }
    assert!(Group::ALL.into_iter().all(|group| TABLE.iter().any(|row| row.group == group)));
}
