//! Words of the contract as the command line takes them: small letters, and a hyphen where the contract has an
//! underscore. The contract's own spelling is taken as well, so that what one command writes another can read.

use crate::domain::activity::Action;
use crate::domain::launch::Target;
use crate::domain::setup::{StepKind, StepState};
use clap::ValueEnum;
use std::str::FromStr;

/// Where in the company to land.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Place {
    Home,
    Vaults,
    People,
    Groups,
    Policies,
    Recovery,
    Integrations,
    Downloads,
    Billing,
}

impl Place {
    /// The contract's.
    #[must_use]
    pub fn target(self) -> Target {
        match self {
            Self::Home => Target::Home,
            Self::Vaults => Target::Vaults,
            Self::People => Target::People,
            Self::Groups => Target::Groups,
            Self::Policies => Target::Policies,
            Self::Recovery => Target::Recovery,
            Self::Integrations => Target::Integrations,
            Self::Downloads => Target::Downloads,
            Self::Billing => Target::Billing,
        }
    }
}

/// A step of the setup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum StepWord {
    #[value(alias = "policies_groups_vaults")]
    PoliciesGroupsVaults,
    #[value(alias = "recovery_plan")]
    RecoveryPlan,
    #[value(alias = "invite_members")]
    InviteMembers,
    Provisioning,
    #[value(alias = "deploy_apps")]
    DeployApps,
}

impl StepWord {
    /// The contract's.
    #[must_use]
    pub fn kind(self) -> StepKind {
        match self {
            Self::PoliciesGroupsVaults => StepKind::Policies,
            Self::RecoveryPlan => StepKind::RecoveryPlan,
            Self::InviteMembers => StepKind::InviteMembers,
            Self::Provisioning => StepKind::Provisioning,
            Self::DeployApps => StepKind::DeployApps,
        }
    }
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum StateWord {
    Todo,
    #[value(alias = "in_progress")]
    InProgress,
    Done,
    #[value(alias = "not_applicable", help = "For provisioning only")]
    NotApplicable,
}

impl StateWord {
    /// The contract's.
    #[must_use]
    pub fn state(self) -> StepState {
        match self {
            Self::Todo => StepState::Todo,
            Self::InProgress => StepState::InProgress,
            Self::Done => StepState::Done,
            Self::NotApplicable => StepState::NotApplicable,
        }
    }
}

/// A kind of event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionWord(pub Action);

impl FromStr for ActionWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let word = text.to_ascii_uppercase().replace('-', "_");
        match Action::from(word.as_str()) {
            Action::Other(_) => {
                let words = Action::KNOWN.map(|action| action.as_str().to_ascii_lowercase().replace('_', "-"));
                Err(format!("expected one of {}", words.join(", ")))
            }
            known => Ok(Self(known)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_contract_is_taken() {
        for target in Target::ALL {
            assert_eq!(<Place as ValueEnum>::from_str(target.as_str(), true).map(Place::target), Ok(target));
        }
        for step in StepKind::KNOWN {
            assert_eq!(<StepWord as ValueEnum>::from_str(step.as_str(), true).map(StepWord::kind), Ok(step));
        }
        for state in [StepState::Todo, StepState::InProgress, StepState::Done, StepState::NotApplicable] {
            assert_eq!(<StateWord as ValueEnum>::from_str(state.as_str(), true).map(StateWord::state), Ok(state));
        }
        for action in Action::KNOWN {
            assert_eq!(action.as_str().parse(), Ok(ActionWord(action)));
        }
        assert_eq!("vault-access-granted".parse(), Ok(ActionWord(Action::VaultAccessGranted)));
        assert!("LOST".parse::<ActionWord>().unwrap_err().contains("member-removed"));
    }
}
