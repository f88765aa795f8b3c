//! Unlinking: the pre-flight and the typed confirmation (support page *manage companies*, "unlink").

use super::id::Etag;
use super::text::as_seen;
use jiff::Timestamp;
use serde::Serialize;

/// What the server says about an unlink before it is done. Holds for one revision only.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preflight {
    /// The company's name at that revision, cleaned for display.
    pub company_name: String,
    pub checks: Vec<Check>,
    pub consequences: Vec<Consequence>,
    /// When the 14-day free trial would end (14 × 24 h after the unlink).
    pub trial_end_time: Option<Timestamp>,
    /// The revision of the company that the checks are about; the unlink is bound to it.
    pub etag: Etag,
}

impl Preflight {
    /// The checks that make the unlink impossible.
    pub fn blocks(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.severity == Severity::Block)
    }

    /// Nothing blocks.
    pub fn allowed(&self) -> bool {
        self.blocks().next().is_none()
    }
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    pub code: CheckCode,
    pub severity: Severity,
    /// The server's own sentence, for codes that this version has no words for.
    pub title: String,
    pub people: Vec<String>,
    pub count: Option<u32>,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    Info,
    /// Think twice.
    Warn,
    /// Impossible. Severities of a newer server count as this: better refused than regretted.
    Block,
}

impl Severity {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Block => "BLOCK",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckCode {
    /// Confirmed people in the Owners group; technicians are not counted.
    ConfirmedOwners,
    NoConfirmedOwner,
    OpenRecoveries,
    /// People invited who have not signed up.
    PendingInvites,
    /// Seats that the trial has to carry.
    FilledSeats,
    /// The same where they are not counted in full.
    SeatsEstimated,
    /// In a REAL workspace: nobody observed these.
    OwnersUnknown,
    RecoveriesUnknown,
    SeatsUnknown,
    /// A credential of ours would go on working in the company's account.
    SourceConnected,
    AlreadyUnlinked,
    /// This technician may not unlink.
    PermissionDenied,
    /// A check of a newer server.
    Other(String),
}

/// What follows from an unlink.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consequence {
    pub code: ConsequenceCode,
    /// The server's own sentence.
    pub title: String,
}

/// What follows from an unlink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsequenceCode {
    /// The 14-day free trial starts.
    TrialStarts,
    /// People and items stay as they are.
    DataStays,
    AccessEnds,
    /// An owner has to subscribe or link to another MSP.
    OwnerMustAct,
    /// Only an owner of the company can link again.
    OnlyOwnerCanRelink,
    /// A consequence of a newer server.
    Other(String),
}

/// Whether what was typed names the company: it looks the same. Another Unicode form, other blanks and what shows nothing
/// make no difference, since nobody could tell why they should; another case does, and so does a letter that only
/// resembles the right one: unlinking the wrong company is the worst day of a technician. Which company it is was settled
/// before, by its id and its revision. A name of which nothing is to be seen can never be confirmed by typing nothing.
pub fn names_company(typed: &str, name: &str) -> bool {
    let name = as_seen(name);
    !name.is_empty() && as_seen(typed) == name
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
    use proptest::prelude::*;

    const NAME: &str = "Müller & Söhne GmbH";

    #[test]
    fn what_looks_the_same_confirms() {
        for typed in [
            NAME,
            "  Müller & Söhne GmbH ",
            "Mu\u{308}ller & So\u{308}hne GmbH",
            "Müller\u{a0}& Söhne GmbH",
            "Müller\u{202f}&\u{2009}Söhne  GmbH\u{3000}",
            "Müller & Söhne Gm\u{200b}bH\u{feff}",
        ] {
            assert!(names_company(typed, NAME) && names_company(NAME, typed), "{typed:?} must confirm");
        }
    }

    #[test]
    fn look_alikes_and_other_cases_do_not_confirm() {
        for wrong in [
            "",
            "müller & söhne gmbh",
            "Muller & Sohne GmbH",
            "Müller",
            "Müller & Söhne GmbH & Co",
            "Мüller & Söhne GmbH",
            "Müller & Sӧhne GmbH",
            "Müller ＆ Söhne GmbH",
            "Müller &Söhne GmbH",
            "Müller & S\u{275}\u{308}hne GmbH",
            "MüIler & Söhne GmbH",
            "Müller & Söhne GmbΗ",
        ] {
            assert!(!names_company(wrong, NAME), "{wrong:?} must not confirm");
        }
    }

    #[test]
    fn a_blank_name_is_never_confirmed() {
        for blank in ["", " ", "\u{a0}", "\u{200b}", "\u{2800}"] {
            assert!(!names_company("", blank) && !names_company(blank, blank), "{blank:?}");
        }
    }

    /// Letters and what is easily taken for them.
    const CONFUSABLE: [(char, char); 12] = [
        ('a', '\u{430}'),
        ('e', '\u{435}'),
        ('o', '\u{3bf}'),
        ('p', '\u{440}'),
        ('c', '\u{441}'),
        ('x', '\u{445}'),
        ('A', '\u{391}'),
        ('B', '\u{412}'),
        ('O', '\u{41e}'),
        ('i', '\u{456}'),
        ('l', 'I'),
        ('0', 'O'),
    ];

    proptest! {
        #[test]
        fn another_form_of_the_same_letters_confirms(name in "[A-Za-zäöüéñŁø東京мск]{1,9}( [A-Za-zäöü&.-]{1,9}){0,3}") {
            let nfc = ComposingNormalizerBorrowed::new_nfc().normalize(&name).into_owned();
            let nfd = DecomposingNormalizerBorrowed::new_nfd().normalize(&name).into_owned();
            for blank in [" ", "\u{a0}", "\u{202f}", "  ", " \u{200b} "] {
                for form in [&nfc, &nfd] {
                    let typed = format!(" {}\u{feff}", form.replace(' ', blank));
                    prop_assert!(names_company(&typed, &name), "{typed:?} {name:?}");
                }
            }
        }

        #[test]
        fn one_letter_that_is_another_never_confirms(name in "[A-Za-z0 ]{0,9}[aeopcxABOil0][A-Za-z0 ]{0,9}", at in 0_usize..20) {
            for (letter, other) in CONFUSABLE {
                for (from, to) in [(letter, other), (other, letter)] {
                    let places: Vec<usize> = name.match_indices(from).map(|(place, _)| place).collect();
                    if places.is_empty() { continue }
                    let place = places[at % places.len()];
                    let wrong = format!("{}{to}{}", &name[..place], &name[place + from.len_utf8()..]);
                    prop_assert!(!names_company(&wrong, &name), "{wrong:?} {name:?}");
                }
            }
        }

        #[test]
        fn another_case_never_confirms(name in "[A-Za-zäöüß ]{1,12}") {
            for other in [name.to_uppercase(), name.to_lowercase()] {
                prop_assert!(other == name || !names_company(&other, &name), "{other:?} {name:?}");
            }
        }
    }
}
