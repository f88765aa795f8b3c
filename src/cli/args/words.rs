//! Words of the contract as the command line takes them: small letters, and a hyphen where the contract has an
//! underscore. The contract's own spelling is taken as well, so that what one command writes another can read.

use crate::domain::activity::Action;
use crate::domain::setup::StepState;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// One of the words that are known.
pub fn one_of<T: Clone + Send + Sync + 'static>(
    known: impl IntoIterator<Item = T>,
    word: fn(&T) -> &str,
) -> impl TypedValueParser<Value = T> {
    parser(known, word, |value, _| value)
}

/// How a step of the setup stands.
pub fn step_state() -> impl TypedValueParser<Value = StepState> {
    parser(StepState::KNOWN, StepState::as_str, |value, state| match state {
        StepState::NotApplicable => value.help("For provisioning only"),
        _ => value,
    })
}

fn parser<T: Clone + Send + Sync + 'static>(
    known: impl IntoIterator<Item = T>,
    word: fn(&T) -> &str,
    with_help: fn(PossibleValue, &T) -> PossibleValue,
) -> impl TypedValueParser<Value = T> {
    let known: Vec<T> = known.into_iter().collect();
    let value = |of: &T| {
        let value = PossibleValue::new(as_typed(word(of))).alias(word(of).to_ascii_lowercase());
        with_help(value, of)
    };
    PossibleValuesParser::new(known.iter().map(value)).try_map(move |typed| {
        let found = known.iter().find(|of| word(of).eq_ignore_ascii_case(&typed.replace('-', "_")));
        found.cloned().ok_or("there is no such word")
    })
}

/// A kind of event. There are too many to list in the help.
pub fn action(typed: &str) -> Result<Action, String> {
    match Action::from(typed.to_ascii_uppercase().replace('-', "_").as_str()) {
        Action::Other(_) => {
            let words = Action::KNOWN.map(|action| as_typed(action.as_str()));
            Err(format!("expected one of {}", words.join(", ")))
        }
        known => Ok(known),
    }
}

/// A word as it is typed.
pub fn as_typed(word: &str) -> String {
    word.to_ascii_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Cli, Command, Companies, OneShot};
    use crate::domain::launch::Target;
    use crate::domain::setup::StepKind;
    use clap::Parser;

    fn companies(args: &[&str]) -> Companies {
        match Cli::try_parse_from([&["mspdash", "companies"], args].concat()).unwrap().command {
            Some(Command::OneShot(OneShot::Companies(companies))) => companies,
            _ => panic!("{args:?}"),
        }
    }

    #[test]
    fn every_word_of_the_contract_is_taken() {
        let both = |word: &str| [word.to_owned(), as_typed(word)];
        for target in Target::ALL {
            for word in both(target.as_str()) {
                let parsed = companies(&["launch", "A", "--target", &word]);
                assert!(matches!(parsed, Companies::Launch(args) if args.target == target), "{word}");
            }
        }
        for step in StepKind::KNOWN {
            for word in both(step.as_str()) {
                let parsed = companies(&["set-step", "A", &word, "done"]);
                assert!(matches!(parsed, Companies::SetStep(args) if args.step == step), "{word}");
            }
        }
        for state in StepState::KNOWN {
            for word in both(state.as_str()) {
                let parsed = companies(&["set-step", "A", "provisioning", &word]);
                assert!(matches!(parsed, Companies::SetStep(args) if args.state.as_ref() == Some(&state)), "{word}");
            }
        }
        for known in Action::KNOWN {
            assert_eq!(action(known.as_str()), Ok(known));
        }
        assert_eq!(action("vault-access-granted"), Ok(Action::VaultAccessGranted));
        assert!(action("LOST").unwrap_err().contains("member-removed"));
    }
}
