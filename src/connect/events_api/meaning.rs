//! What an event says in the words of our activity. 1Password publishes its words without their meanings: what is read
//! out of them here is assumed, and everything else keeps the word.

use super::event::{AuditEvent, Party, SignIn};
use crate::domain::activity::Action;
use jiff::Timestamp;

/// An event as activity has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// 1Password's id of the event.
    pub uuid: String,
    pub time: Timestamp,
    pub actor: Party,
    pub action: Action,
    pub target: Option<String>,
    /// The program that was used.
    pub client: Option<String>,
}

impl Note {
    #[expect(clippy::unnecessary_wraps, reason = "one shape for both streams")]
    pub(super) fn of_audit(event: AuditEvent) -> Option<Self> {
        let (action, target) = (event.action(), event.target());
        let AuditEvent { stamp, actor, .. } = event;
        Some(Self { uuid: stamp.uuid, time: stamp.time, actor, action, target, client: None })
    }

    pub(super) fn of_sign_in(event: SignIn) -> Option<Self> {
        let action = event.action()?;
        let target = if action == Action::SignInFailed { event.why() } else { None };
        let SignIn { stamp, user, client, .. } = event;
        Some(Self { uuid: stamp.uuid, time: stamp.time, actor: user, action, target, client })
    }
}

impl AuditEvent {
    /// What was done.
    pub fn action(&self) -> Action {
        match (self.action.as_str(), self.object_type.as_str()) {
            ("suspend", "user") => Action::PersonSuspended,
            ("reactive", "user") => Action::PersonReactivated,
            ("beginr", "user") => Action::RecoveryBegun,
            ("completr", "user") => Action::RecoveryCompleted,
            ("cancelr", "user") => Action::RecoveryCancelled,
            ("create", "invite") | ("provsn", "user") => Action::PersonInvited,
            ("join", "gm") => Action::MemberAdded,
            ("leave", "gm") => Action::MemberRemoved,
            ("role", "gm") => Action::MemberRoleChanged,
            ("grant", "uva" | "gva") => Action::VaultAccessGranted,
            ("update", "uva" | "gva") => Action::VaultAccessChanged,
            ("revoke", "uva" | "gva") => Action::VaultAccessRevoked,
            ("delete", "user") => Action::PersonDeleted,
            (action, object) => Action::Other(plain(action, object)),
        }
    }

    /// To whom or what: the person of a membership before the group.
    pub fn target(&self) -> Option<String> {
        let told: Vec<_> = [&self.aux, &self.object].into_iter().filter_map(Party::called).collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}

impl SignIn {
    /// What is kept of it: that a technician of the MSP opened the company, or that somebody did not get in. That people
    /// sign in every day is nobody's business.
    pub fn action(&self) -> Option<Action> {
        let succeeded = self.category.ends_with("success");
        match (succeeded, self.kind.as_str()) {
            (true, "federated") if self.user.external => Some(Action::CompanyLaunched),
            (true, _) => None,
            (false, _) => Some(Action::SignInFailed),
        }
    }

    /// Why somebody did not get in, in plain words.
    pub fn why(&self) -> Option<String> {
        let words = |word: &str| word.replace('_', " ");
        let told = [words(&self.category), words(&self.kind)];
        let told: Vec<_> = told.into_iter().filter(|word| !word.is_empty()).collect();
        (!told.is_empty()).then(|| told.join(": "))
    }
}

impl Party {
    /// Name, address, or id: the first that is told.
    pub fn called(&self) -> Option<&str> {
        [&self.name, &self.email, &self.uuid].into_iter().map(String::as_str).find(|text| !text.is_empty())
    }
}

/// Action and object with their abbreviations written out, as the contract writes a word.
fn plain(action: &str, object: &str) -> String {
    let written = |word: &str| {
        let letters = word.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
        letters.skip_while(|c| !c.is_ascii_alphabetic()).take(40).collect::<String>()
    };
    let action = in_full(&ACTIONS, action).map_or_else(|| written(action), str::to_owned);
    let object = in_full(&OBJECTS, object).map_or_else(|| written(object), str::to_owned);
    let words: Vec<_> = [action, object].into_iter().filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "UNKNOWN".to_owned() } else { words.join("_") }
}

fn in_full(table: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    table.iter().find(|(short, _)| *short == word).map(|(_, long)| *long)
}

/// Words of the specification that are abbreviated.
const ACTIONS: [(&str, &str); 40] = [
    ("addgsso", "ADD_SSO_GROUP"),
    ("beginr", "BEGIN_RECOVERY"),
    ("cancelr", "CANCEL_RECOVERY"),
    ("changeks", "CHANGE_KEYSET"),
    ("changela", "CHANGE_LANGUAGE"),
    ("changemp", "CHANGE_PASSWORD"),
    ("changenm", "CHANGE_NAME"),
    ("changesk", "CHANGE_SECRET_KEY"),
    ("chngasso", "CHANGE_SSO"),
    ("chngdsso", "CHANGE_SSO"),
    ("chngpsso", "CHANGE_SSO"),
    ("completr", "COMPLETE_RECOVERY"),
    ("dealldev", "DEAUTHORIZE_ALL_DEVICES"),
    ("delgsso", "DELETE_SSO_GROUP"),
    ("delshare", "DELETE_SHARE"),
    ("deolddev", "DEAUTHORIZE_OLD_DEVICES"),
    ("disblduo", "DISABLE_DUO"),
    ("disblmfa", "DISABLE_MFA"),
    ("disblsso", "DISABLE_SSO"),
    ("dlgsess", "DELEGATE_SESSION"),
    ("dvrfydmn", "UNVERIFY_DOMAIN"),
    ("enblduo", "ENABLE_DUO"),
    ("enblmfa", "ENABLE_MFA"),
    ("enblsso", "ENABLE_SSO"),
    ("provsn", "PROVISION"),
    ("prsndall", "PROVISION_ALL"),
    ("reactive", "REACTIVATE"),
    ("reauth", "REAUTHORIZE"),
    ("sendpkg", "SEND_PACKAGE"),
    ("trename", "RENAME_TOKEN"),
    ("trevoke", "REVOKE_TOKEN"),
    ("trvlaway", "BEGIN_TRAVEL"),
    ("trvlback", "END_TRAVEL"),
    ("tverify", "VERIFY_TOKEN"),
    ("updatduo", "UPDATE_DUO"),
    ("updatea", "UPDATE"),
    ("updatfw", "UPDATE_FIREWALL"),
    ("updatmfa", "UPDATE_MFA"),
    ("upguest", "UPGRADE_GUEST"),
    ("vrfydmn", "VERIFY_DOMAIN"),
];

const OBJECTS: [(&str, &str); 13] = [
    ("cred", "CREDENTIAL"),
    ("dlgdsess", "DELEGATED_SESSION"),
    ("famchild", "FAMILY_CHILD"),
    ("gm", "GROUP_MEMBER"),
    ("gva", "VAULT_ACCESS_OF_GROUP"),
    ("miguser", "MIGRATED_USER"),
    ("mngdacc", "MANAGED_COMPANY"),
    ("sa", "SERVICE_ACCOUNT"),
    ("satoken", "SERVICE_ACCOUNT_TOKEN"),
    ("slackapp", "SLACK_APP"),
    ("ssotkn", "SSO_TOKEN"),
    ("sub", "SUBSCRIPTION"),
    ("uva", "VAULT_ACCESS_OF_PERSON"),
];

#[cfg(test)]
mod tests {
    use super::super::Recorded;
    use super::*;
    use serde_json::json;

    fn audit(action: &str, object: &str) -> AuditEvent {
        let event = json!({
            "uuid": "E", "timestamp": "2026-11-24T08:41:03.120-05:00", "action": action, "object_type": object,
            "object_details": { "uuid": "G", "name": "Owners" }, "aux_details": { "uuid": "P", "name": "Ada Pike" },
        });
        AuditEvent::read(&event).unwrap()
    }

    #[test]
    fn an_action_is_ours_or_keeps_its_words_written_out() {
        for (action, object, word) in [
            ("suspend", "user", "PERSON_SUSPENDED"),
            ("REACTIVE", "User", "PERSON_REACTIVATED"),
            ("beginr", "user", "RECOVERY_BEGUN"),
            ("create", "invite", "PERSON_INVITED"),
            ("join", "gm", "MEMBER_ADDED"),
            ("grant", "gva", "VAULT_ACCESS_GRANTED"),
            ("unlink", "mngdacc", "UNLINK_MANAGED_COMPANY"),
            ("suspend", "device", "SUSPEND_DEVICE"),
            ("enblmfa", "account", "ENABLE_MFA_ACCOUNT"),
            ("teleport", "new-thing", "TELEPORT_NEW_THING"),
            ("9lives", "", "LIVES"),
            ("", "", "UNKNOWN"),
        ] {
            assert_eq!(audit(action, object).action().as_str(), word, "{action} {object}");
        }
        assert_eq!(audit("join", "gm").target().as_deref(), Some("Ada Pike, Owners"));
    }

    #[test]
    fn of_sign_ins_only_launches_and_failures_are_kept() {
        let msp = "HARBOURITAAAAAAAAAAAAAAAAA";
        for (category, kind, of, word) in [
            ("success", "federated", msp, Some("COMPANY_LAUNCHED")),
            ("success", "federated", "ACMEBAKERYAAAAAAAAAAAAAAAA", None),
            ("success", "federated", "", None),
            ("success", "credentials_ok", msp, None),
            ("firewall_reported_success", "credentials_ok", "", None),
            ("mfa_failed", "totp_bad", "", Some("SIGN_IN_FAILED")),
            ("sso_failed", "federated", msp, Some("SIGN_IN_FAILED")),
            ("", "", "", Some("SIGN_IN_FAILED")),
        ] {
            let event = json!({
                "uuid": "E", "timestamp": "2026-11-24T08:41:03Z", "category": category, "type": kind,
                "account_uuid": "acmebakeryaaaaaaaaaaaaaaaa", "target_user": { "user_account_uuid": of },
            });
            let action = SignIn::read(&event).unwrap().action();
            assert_eq!(action.as_ref().map(Action::as_str), word, "{category} {kind} {of}");
        }
    }

    #[test]
    fn tables_are_sorted_and_every_word_is_one_of_the_contract() {
        for table in [&ACTIONS[..], &OBJECTS[..]] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
            assert!(table.iter().all(|(_, long)| long.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')));
        }
    }
}
