//! Enum values as the contract writes them: UPPER words. A word of a newer server survives a round trip.

/// Ties the variants of an enum to the contract's words: `as_str`, `From<&str>`, and serde by word. The enum
/// needs a variant `Other(String)` for words that it does not know.
macro_rules! contract_words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every word that is known.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word of the contract.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Other($crate::domain::text::clean(other).into_owned()),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = std::borrow::Cow::<'de, str>::deserialize(from)?;
                Ok(Self::from(word.as_ref()))
            }
        }
    };
}

use super::activity::{Action, EventOrigin};
use super::company::{Attention, CompanyState, Origin};
use super::error::ConflictCode;
use super::facts::{Facet, FactSource};
use super::link::LinkState;
use super::people::{GroupKind, PersonKind, PersonState};
use super::session::{Permission, WorkspaceKind};
use super::setup::{Fact, StepKind, StepState};
use super::source::{SourceReason, SourceState};
use super::task::{Outcome, TaskKind, TaskState};
use super::technician::{Role, TechnicianState};
use super::unlink::{CheckCode, ConsequenceCode};

contract_words!(CompanyState { Active = "ACTIVE", Pending = "PENDING", Suspended = "SUSPENDED", Unlinked = "UNLINKED" });
contract_words!(Origin { Created = "CREATED", Linked = "LINKED" });
contract_words!(Attention {
    TrialEnding = "TRIAL_ENDING",
    RecoveryWaiting = "RECOVERY_WAITING",
    NoConfirmedOwner = "NO_CONFIRMED_OWNER",
    SeatLimitReached = "SEAT_LIMIT_REACHED",
    SeatLimitNear = "SEAT_LIMIT_NEAR",
    LinkWaiting = "LINK_WAITING",
    SetupStalled = "SETUP_STALLED",
    SingleOwner = "SINGLE_OWNER",
    SourceExpiring = "SOURCE_EXPIRING",
    SourceFailing = "SOURCE_FAILING",
    FactsDiffer = "FACTS_DIFFER",
    FactsStale = "FACTS_STALE",
});
contract_words!(Facet {
    Identity = "IDENTITY",
    Seats = "SEATS",
    SeatLimit = "SEAT_LIMIT",
    People = "PEOPLE",
    Roles = "ROLES",
    Vaults = "VAULTS",
    Activity = "ACTIVITY",
    Recovery = "RECOVERY",
    Link = "LINK",
});
contract_words!(FactSource {
    Import = "IMPORT",
    Declared = "DECLARED",
    UsersApi = "USERS_API",
    Events = "EVENTS",
    Op = "OP",
});
contract_words!(SourceState { Connected = "CONNECTED", Failing = "FAILING", NeedsAttention = "NEEDS_ATTENTION" });
contract_words!(SourceReason {
    SecretUnavailable = "SECRET_UNAVAILABLE",
    CredentialRefused = "CREDENTIAL_REFUSED",
    RightMissing = "RIGHT_MISSING",
    WrongAccount = "WRONG_ACCOUNT",
    NotOffered = "NOT_OFFERED",
    Refused = "REFUSED",
    RateLimited = "RATE_LIMITED",
    Unreachable = "UNREACHABLE",
    Unreadable = "UNREADABLE",
});
contract_words!(PersonState {
    Active = "ACTIVE",
    AwaitingConfirmation = "AWAITING_CONFIRMATION",
    Invited = "INVITED",
    RecoveryStarted = "RECOVERY_STARTED",
    RecoveryAwaitingCompletion = "RECOVERY_AWAITING_COMPLETION",
    Suspended = "SUSPENDED",
    Deleted = "DELETED",
});
contract_words!(PersonKind { Member = "MEMBER", Guest = "GUEST", Technician = "EXTERNAL_ACCOUNT_MANAGER" });
contract_words!(GroupKind {
    Owners = "OWNERS",
    Administrators = "ADMINISTRATORS",
    TeamMembers = "TEAM_MEMBERS",
    ExternalAccountManagers = "EXTERNAL_ACCOUNT_MANAGERS",
    Custom = "CUSTOM",
});
contract_words!(StepKind {
    Policies = "POLICIES_GROUPS_VAULTS",
    RecoveryPlan = "RECOVERY_PLAN",
    InviteMembers = "INVITE_MEMBERS",
    Provisioning = "PROVISIONING",
    DeployApps = "DEPLOY_APPS",
});
contract_words!(StepState {
    Todo = "TODO",
    InProgress = "IN_PROGRESS",
    Done = "DONE",
    NotApplicable = "NOT_APPLICABLE",
});
contract_words!(Fact {
    Policies = "POLICIES",
    CustomGroups = "CUSTOM_GROUPS",
    SharedVaults = "SHARED_VAULTS",
    RecoveryPeople = "RECOVERY_PEOPLE",
    InvitedPeople = "INVITED_PEOPLE",
    FilledSeats = "FILLED_SEATS",
    IdentityProviders = "IDENTITY_PROVIDERS",
    AppUsers = "APP_USERS",
});
contract_words!(CheckCode {
    ConfirmedOwners = "CONFIRMED_OWNERS",
    NoConfirmedOwner = "NO_CONFIRMED_OWNER",
    OpenRecoveries = "OPEN_RECOVERIES",
    PendingInvites = "PENDING_INVITES",
    FilledSeats = "FILLED_SEATS",
    SeatsEstimated = "SEATS_ESTIMATED",
    OwnersUnknown = "OWNERS_UNKNOWN",
    RecoveriesUnknown = "RECOVERIES_UNKNOWN",
    SeatsUnknown = "SEATS_UNKNOWN",
    SourceConnected = "SOURCE_CONNECTED",
    AlreadyUnlinked = "ALREADY_UNLINKED",
    PermissionDenied = "PERMISSION_DENIED",
});
contract_words!(ConsequenceCode {
    TrialStarts = "TRIAL_STARTS",
    DataStays = "DATA_STAYS",
    AccessEnds = "ACCESS_ENDS",
    OwnerMustAct = "OWNER_MUST_ACT",
    OnlyOwnerCanRelink = "ONLY_OWNER_CAN_RELINK",
});
contract_words!(WorkspaceKind { Sample = "SAMPLE", Real = "REAL" });
contract_words!(Permission {
    View = "VIEW_COMPANIES",
    Add = "ADD_COMPANIES",
    Link = "LINK_COMPANIES",
    Edit = "EDIT_COMPANIES",
    Setup = "EDIT_SETUP",
    Launch = "LAUNCH_COMPANIES",
    Unlink = "UNLINK_COMPANIES",
    People = "MANAGE_PEOPLE",
    Recover = "RECOVER_PEOPLE",
    Vaults = "MANAGE_VAULTS",
    Technicians = "MANAGE_TECHNICIANS",
});
contract_words!(Role {
    Owner = "OWNER",
    Administrator = "ADMINISTRATOR",
    MspTechnician = "MSP_TECHNICIAN",
    ViewOnly = "VIEW_ONLY",
    NoMfa = "NO_MFA",
    Nothing = "NOTHING",
});
contract_words!(TechnicianState { Active = "ACTIVE", Pending = "PENDING", Revoked = "REVOKED" });
contract_words!(LinkState {
    Requested = "REQUESTED",
    Accepted = "ACCEPTED",
    Approved = "APPROVED",
    Denied = "DENIED",
    Cancelled = "CANCELLED",
    Expired = "EXPIRED",
});
contract_words!(Action {
    CompanyCreated = "COMPANY_CREATED",
    CompanyUpdated = "COMPANY_UPDATED",
    CompanyObserved = "COMPANY_OBSERVED",
    CompanyLaunched = "COMPANY_LAUNCHED",
    CompanyUnlinked = "COMPANY_UNLINKED",
    LinkAccepted = "LINK_ACCEPTED",
    LinkCancelled = "LINK_CANCELLED",
    LinkApproved = "LINK_APPROVED",
    LinkDenied = "LINK_DENIED",
    SetupUpdated = "SETUP_STEP_UPDATED",
    MemberAdded = "MEMBER_ADDED",
    MemberRemoved = "MEMBER_REMOVED",
    PersonInvited = "PERSON_INVITED",
    PersonSuspended = "PERSON_SUSPENDED",
    PersonReactivated = "PERSON_REACTIVATED",
    RecoveryBegun = "RECOVERY_BEGUN",
    RecoveryCompleted = "RECOVERY_COMPLETED",
    RecoveryCancelled = "RECOVERY_CANCELLED",
    VaultAccessGranted = "VAULT_ACCESS_GRANTED",
    ImportUndone = "IMPORT_UNDONE",
    TechnicianAdded = "TECHNICIAN_ADDED",
    TechnicianChanged = "TECHNICIAN_CHANGED",
    TechnicianEnrolled = "TECHNICIAN_ENROLLED",
    TechnicianRevoked = "TECHNICIAN_REVOKED",
    TechnicianRestored = "TECHNICIAN_RESTORED",
    TechnicianSignedOut = "TECHNICIAN_SIGNED_OUT",
    EnrolmentIssued = "ENROLMENT_ISSUED",
    CredentialRotated = "CREDENTIAL_ROTATED",
    TaskBegun = "TASK_BEGUN",
    TaskWaiting = "TASK_WAITING",
    TaskDeclared = "TASK_DECLARED",
    TaskVerified = "TASK_VERIFIED",
    TaskCancelled = "TASK_CANCELLED",
    SourceConnected = "SOURCE_CONNECTED",
    SourceRemoved = "SOURCE_REMOVED",
    PersonDeleted = "PERSON_DELETED",
    MemberRoleChanged = "MEMBER_ROLE_CHANGED",
    VaultAccessChanged = "VAULT_ACCESS_CHANGED",
    VaultAccessRevoked = "VAULT_ACCESS_REVOKED",
    SignInFailed = "SIGN_IN_FAILED",
    ActivityMissing = "ACTIVITY_MISSING",
});
contract_words!(EventOrigin { Ours = "OURS", OnePassword = "ONEPASSWORD" });
contract_words!(TaskKind {
    Launch = "LAUNCH",
    Add = "ADD",
    Link = "LINK",
    Unlink = "UNLINK",
    Owner = "OWNER",
    RemoveOwner = "REMOVE_OWNER",
    Administrator = "ADMINISTRATOR",
    RemoveAdministrator = "REMOVE_ADMINISTRATOR",
    Suspend = "SUSPEND",
    Reactivate = "REACTIVATE",
    BeginRecovery = "BEGIN_RECOVERY",
    CompleteRecovery = "COMPLETE_RECOVERY",
    CancelRecovery = "CANCEL_RECOVERY",
    Vault = "VAULT",
    Usage = "USAGE",
});
contract_words!(TaskState {
    Open = "OPEN",
    Waiting = "WAITING",
    Verified = "VERIFIED",
    Declared = "DECLARED",
    Cancelled = "CANCELLED",
});
contract_words!(Outcome { Verified = "VERIFIED", NotDone = "NOT_DONE", CannotTell = "CANNOT_TELL" });
contract_words!(ConflictCode {
    NoConfirmedOwner = "NO_CONFIRMED_OWNER",
    AlreadyUnlinked = "ALREADY_UNLINKED",
    WrongState = "WRONG_STATE",
    StepMustApply = "STEP_MUST_APPLY",
    LastOwner = "LAST_OWNER",
    SelfRecovery = "SELF_RECOVERY",
    TechnicianNotAllowed = "TECHNICIAN_NOT_ALLOWED",
    AlreadyManaged = "ALREADY_MANAGED",
    RegionMismatch = "REGION_MISMATCH",
    SampleWorkspace = "SAMPLE_WORKSPACE",
    ImportTouched = "IMPORT_TOUCHED",
    ImportUndone = "IMPORT_UNDONE",
    GuidedOnly = "GUIDED_ONLY",
    SourceFailed = "SOURCE_FAILED",
    NotDone = "NOT_DONE",
    AlreadyExists = "ALREADY_EXISTS",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_newer_server_survive() {
        let state: CompanyState = serde_json::from_str("\"HIBERNATING\"").unwrap();
        assert_eq!(state, CompanyState::Other("HIBERNATING".into()));
        assert_eq!(serde_json::to_string(&state).unwrap(), "\"HIBERNATING\"");
    }

    #[test]
    fn known_words_are_known() {
        assert_eq!(CompanyState::from("UNLINKED"), CompanyState::Unlinked);
        assert_eq!(serde_json::to_string(&StepKind::DeployApps).unwrap(), "\"DEPLOY_APPS\"");
    }
}
