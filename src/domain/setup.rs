//! The set-up checklist of a company (support page *manage companies*, "set up a managed account").

use super::company::{Actor, SetupProgress};
use super::id::Etag;
use super::launch::Target;
use jiff::Timestamp;
use serde::Serialize;

/// The checklist as the server keeps it, in the order of the support page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checklist {
    /// Usually five steps; a newer server may know more.
    pub steps: Vec<Step>,
}

impl Checklist {
    /// The first step that still has something to do.
    pub fn next(&self) -> Option<&Step> {
        self.steps.iter().find(|step| matches!(step.state, StepState::Todo | StepState::InProgress))
    }

    pub fn step(&self, kind: &StepKind) -> Option<&Step> {
        self.steps.iter().find(|step| step.kind == *kind)
    }

    /// Done and applicable steps, counted from the checklist itself.
    pub fn progress(&self) -> SetupProgress {
        let count = |wanted: fn(&StepState) -> bool| {
            u32::try_from(self.steps.iter().filter(|step| wanted(&step.state)).count()).unwrap_or(u32::MAX)
        };
        SetupProgress {
            done: count(|state| *state == StepState::Done),
            applicable: count(|state| *state != StepState::NotApplicable),
            stalled_since: None,
        }
    }
}

impl Step {
    /// What a technician reported and what the server derived do not agree: done, and nothing of it is there; or not
    /// applicable, and it is.
    pub fn contradicted(&self) -> bool {
        let there = self.evidence.iter().any(|evidence| evidence.count > 0);
        match self.state {
            StepState::Done => !self.evidence.is_empty() && !there,
            StepState::NotApplicable => there,
            _ => false,
        }
    }
}

/// One step of the checklist.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    #[serde(rename = "step")]
    pub kind: StepKind,
    /// What a technician *reported*.
    pub state: StepState,
    pub note: Option<String>,
    pub updater: Option<Actor>,
    pub update_time: Option<Timestamp>,
    /// What the server *derived* from the company itself.
    pub evidence: Vec<Evidence>,
    /// The revision of this step.
    pub etag: Etag,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// 1: team policies, custom groups, and vaults to share items.
    Policies,
    /// 2: a recovery plan.
    RecoveryPlan,
    /// 3: invite team members.
    InviteMembers,
    /// Also 3: automated provisioning, if the company has an identity provider.
    Provisioning,
    /// 4: 1Password for Mac and Windows.
    DeployApps,
    /// A step of a newer server; shown as it came.
    Other(String),
}

impl StepKind {
    /// The five steps in order.
    pub const KNOWN: [Self; 5] =
        [Self::Policies, Self::RecoveryPlan, Self::InviteMembers, Self::Provisioning, Self::DeployApps];

    /// Where in 1Password the step is done.
    pub fn target(&self) -> Target {
        match self {
            Self::Policies => Target::Policies,
            Self::RecoveryPlan => Target::Recovery,
            Self::InviteMembers => Target::People,
            Self::Provisioning => Target::Integrations,
            Self::DeployApps => Target::Downloads,
            Self::Other(_) => Target::Home,
        }
    }

    /// Whether the step may be set aside: only provisioning, for companies without an identity provider.
    pub fn may_be_not_applicable(&self) -> bool {
        *self == Self::Provisioning
    }

    /// The states that it can be set to.
    pub fn states(&self) -> Vec<StepState> {
        StepState::KNOWN
            .into_iter()
            .filter(|state| *state != StepState::NotApplicable || self.may_be_not_applicable())
            .collect()
    }
}

/// What a technician reported about a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepState {
    Todo,
    InProgress,
    Done,
    /// Does not apply to this company.
    NotApplicable,
    /// A word of a newer server; shown as it came.
    Other(String),
}

impl StepState {
    pub const KNOWN: [Self; 4] = [Self::Todo, Self::InProgress, Self::Done, Self::NotApplicable];

    /// The state that usually follows; nothing does after *done*.
    pub fn next(&self) -> Self {
        match self {
            Self::Todo => Self::InProgress,
            Self::InProgress | Self::Done => Self::Done,
            Self::NotApplicable | Self::Other(_) => Self::Todo,
        }
    }
}

/// A fact about the company that speaks for or against a step ("2 custom groups, 5 shared vaults").
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    pub fact: Fact,
    pub count: u32,
}

/// What the server can count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Team policies that are not at their default.
    Policies,
    /// Groups of the company's own.
    CustomGroups,
    /// Vaults shared with somebody.
    SharedVaults,
    /// People who can recover others.
    RecoveryPeople,
    /// People invited who have not signed up.
    InvitedPeople,
    FilledSeats,
    /// Identity providers connected.
    IdentityProviders,
    /// People who signed in from a Mac or Windows app.
    AppUsers,
    /// A word of a newer server.
    Other(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_and_what_is_detected_can_disagree() {
        for (state, counts, wanted) in [
            (StepState::Done, &[0, 0][..], true),
            (StepState::Done, &[0, 3], false),
            (StepState::Done, &[], false),
            (StepState::NotApplicable, &[1], true),
            (StepState::NotApplicable, &[0], false),
            (StepState::Todo, &[4], false),
            (StepState::InProgress, &[0], false),
        ] {
            let evidence = counts.iter().map(|count| Evidence { fact: Fact::Policies, count: *count }).collect();
            let step = Step {
                kind: StepKind::Policies,
                state,
                note: None,
                updater: None,
                update_time: None,
                evidence,
                etag: Etag::new("1"),
            };
            assert_eq!(step.contradicted(), wanted, "{step:?}");
        }
    }
}
