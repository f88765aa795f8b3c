//! The texts in English.

mod commands;
mod line;
mod sentences;

use super::{Company, Header, Launch, List, Menu, Note, People, Setup, Unlink, Words};
use crate::app::command::Group;
use crate::app::features::overview::Field;
use crate::app::model::Tab;
use crate::domain::company::{Attention, CompanyState};
use crate::domain::lang::Lang;
use crate::domain::people::{PersonKind, PersonState};
use crate::domain::roster::Column;
use crate::domain::setup::{Fact, StepKind, StepState};
use crate::domain::unlink::{CheckCode, ConsequenceCode};
use sentences::{cause, hint, says, why};
use std::borrow::Cow;

pub(super) static WORDS: Words = Words {
    lang: Lang::En,
    header: Header {
        read_only: "READ ONLY",
        sample: "SAMPLE",
        connecting: "connecting",
        starting: "starting the sample workspace",
        loading: |received, total| match total {
            Some(total) => format!("loading {} of {}", n(received), n(total)),
            None => "loading".into(),
        },
        live: "live",
        synced_now: "synced just now",
        stale: |age| format!("data from {age}"),
        never: "no data yet",
        down: "not connected",
        refused: "not let in",
        companies: "Companies",
        seats: |_| "filled".into(),
        setup: |_| "complete".into(),
        attention: |count| if count == 1 { "needs attention".into() } else { "need attention".into() },
    },
    list: List {
        title: "Managed Companies",
        of: |shown, all| {
            let (shown, all) = (n(shown as u64), n(all as u64));
            if shown == all { all } else { format!("{shown} of {all}") }
        },
        company: "Company",
        status: "Status",
        seats: "Seats",
        setup: "Setup",
        owners: "Owners",
        attention: "Attention",
        invited: |_| "invited".into(),
        column: |column| match column {
            Column::Status => "status",
            Column::Seats => "filled seats",
            Column::Name => "name",
            Column::Setup => "setup",
            Column::Owners => "owners",
            Column::Attention => "attention",
        },
        filter_status: "status",
        filter_attention: "attention",
        filter_tag: "tag",
        loading: "Loading the companies",
        empty: "No companies yet",
        empty_hint: "Companies that your MSP account manages appear here by themselves.",
        no_match: |search| format!("No company matches “{search}”"),
        no_match_hint: |back, clear| format!("{back} drops the search · {clear} clears all"),
        no_match_clear: |clear| format!("{clear} clears all"),
        no_match_filter: "No company passes the filters",
        trial_until: |day| format!("trial until {day}"),
        trial_ended: |day| format!("trial ended {day}"),
        search_keys: "↵ keep · Esc drop · ↑↓ move",
    },
    company: Company {
        none: "No company selected",
        none_hint: |down, up| format!("{down} and {up} choose one"),
        gone_hint: |key| format!("{key} leads back to the list"),
        gone: "This company is no longer in the list",
        tab: |tab| match tab {
            Tab::Overview => "Overview",
            Tab::Setup => "Setup",
            Tab::People => "People",
            Tab::Vaults => "Vaults",
            Tab::Usage => "Usage",
            Tab::Activity => "Activity",
        },
        field: |field| match field {
            Field::State => "Status",
            Field::Attention => "Attention",
            Field::Website => "Website",
            Field::Address => "Address",
            Field::Region => "Data region",
            Field::SignIn => "Signs in at",
            Field::Seats => "Filled seats",
            Field::Owners => "Owners",
            Field::Setup => "Setup",
            Field::Recoveries => "Recoveries",
            Field::Advanced => "Advanced",
            Field::Origin => "Managed",
            Field::Launched => "Last launch",
            Field::Unlinked => "Unlinked",
            Field::Trial => "Free trial",
            Field::ExternalId => "External id",
            Field::Tags => "Tags",
            Field::Note => "Note",
            Field::Id => "Id",
        },
        seats: |filled, limit| match limit {
            Some(limit) => format!("{} of {}", n(filled), n(limit)),
            None => format!("{}, no limit", n(filled)),
        },
        members_guests: |members, guests| {
            format!("{} member{}, {} guest{}", n(members), s(members), n(guests), s(guests))
        },
        owners: |confirmed, invited| match (confirmed, invited) {
            (0, 0) => "none".into(),
            (0, invited) => format!("none confirmed, {invited} invited"),
            (confirmed, 0) => format!("{confirmed} confirmed"),
            (confirmed, invited) => format!("{confirmed} confirmed, {invited} invited"),
        },
        setup: |done, of| format!("{done} of {of}"),
        stalled: |day| format!("no step since {day}"),
        region_note: "set by the MSP account",
        recoveries: |count| format!("{count} open"),
        advanced: |company, me| match (company, me) {
            (true, true) => "on",
            (true, false) => "off: not granted to you",
            (false, true) => "off: not allowed by the company",
            (false, false) => "off: neither allowed nor granted",
        },
        created: |day| format!("added on {day}"),
        linked: |day| format!("linked on {day}"),
        never_launched: "never",
        unlinked: |day, who| match who {
            Some(who) => format!("{day} by {who}"),
            None => day.to_owned(),
        },
        trial: |day, over| {
            if over { format!("14-day free trial ended {day}") } else { format!("14-day free trial until {day}") }
        },
        nothing: "–",
    },
    setup: Setup {
        step: |kind| match kind {
            StepKind::Policies => "Policies, groups and vaults".into(),
            StepKind::RecoveryPlan => "Recovery plan".into(),
            StepKind::InviteMembers => "Invite team members".into(),
            StepKind::Provisioning => "Automated provisioning".into(),
            StepKind::DeployApps => "Deploy the apps".into(),
            StepKind::Other(word) => Cow::Borrowed(word),
        },
        explain: |kind| match kind {
            StepKind::Policies => "Set team policies, make custom groups, and vaults to share items.",
            StepKind::RecoveryPlan => "Make sure that somebody can recover people who lose access.",
            StepKind::InviteMembers => "Invite the people of the company.",
            StepKind::Provisioning => "Connect the company's identity provider, if it has one.",
            StepKind::DeployApps => "Deploy 1Password for Mac and Windows.",
            StepKind::Other(_) => "A step that this version of mspdash does not know.",
        },
        place: |kind| match kind {
            StepKind::Policies => "Policies",
            StepKind::RecoveryPlan => "Recovery",
            StepKind::InviteMembers => "People",
            StepKind::Provisioning => "Integrations",
            StepKind::DeployApps => "Downloads",
            StepKind::Other(_) => "Home",
        },
        state: |state| match state {
            StepState::Todo => "to do".into(),
            StepState::InProgress => "in progress".into(),
            StepState::Done => "done".into(),
            StepState::NotApplicable => "not applicable".into(),
            StepState::Other(word) => Cow::Borrowed(word),
        },
        progress: |done, of| format!("{done} of {of} done"),
        next: "next",
        reported: |who, when| format!("reported: {who}, {when}"),
        not_reported: "not reported yet",
        derived: "derived",
        evidence: |evidence| {
            let n = evidence.count;
            match &evidence.fact {
                Fact::Policies => format!("{n} team {}", one(n, "policy", "policies")),
                Fact::CustomGroups => format!("{n} custom group{}", s(n)),
                Fact::SharedVaults => format!("{n} shared vault{}", s(n)),
                Fact::RecoveryPeople => format!("{n} {} can recover others", one(n, "person", "people")),
                Fact::InvitedPeople => format!("{n} invited"),
                Fact::FilledSeats => format!("{n} filled seat{}", s(n)),
                Fact::IdentityProviders => format!("{n} identity provider{}", s(n)),
                Fact::AppUsers => format!("{n} {} an app", one(n, "person uses", "people use")),
                Fact::Other(word) => format!("{word}: {n}"),
            }
        },
        note: "Note",
        where_: "In 1Password",
        loading: "Loading the checklist",
        empty: "The server keeps no checklist for this company",
        saving: "saving",
        complete: "Setup is complete",
        menu_keys: |rows| format!("1–{rows} or ↵ choose · Esc close"),
        now: "now",
        reopen: |state| format!("This step is done. Open it again, as “{state}”?"),
        reopen_keep: "Keep it done",
        reopen_go: "Open again",
        reopen_keys: "Tab next · ↵ press · Esc back",
    },
    people: People {
        state: |state| match state {
            PersonState::Active => "Active".into(),
            PersonState::AwaitingConfirmation => "Awaiting confirmation".into(),
            PersonState::Invited => "Invited".into(),
            PersonState::RecoveryStarted => "Recovery started".into(),
            PersonState::RecoveryAwaitingCompletion => "Recovery to complete".into(),
            PersonState::Suspended => "Suspended".into(),
            PersonState::Deleted => "Deleted".into(),
            PersonState::Other(word) => Cow::Borrowed(word),
        },
        kind: |kind| match kind {
            PersonKind::Member => "Member".into(),
            PersonKind::Guest => "Guest".into(),
            PersonKind::Technician => "Technician".into(),
            PersonKind::Other(word) => Cow::Borrowed(word),
        },
        name: "Name",
        status: "Status",
        groups: "Groups",
        count: |people, seats| {
            format!("{people} {} · {seats} filled seat{}", one(people, "person", "people"), s(seats))
        },
        loading: "Loading the people",
        empty: "Nobody is in this company yet",
        since: |day| format!("since {day}"),
        no_groups: "in no group",
        owners: "Owners",
        administrators: "Administrators",
    },
    unlink: Unlink {
        title: |company| format!("Unlink {company}"),
        loading: "Checking what an unlink would mean, from fresh data",
        check: |check| {
            let names = check.people.join(", ");
            let n = check.count.unwrap_or_else(|| u32::try_from(check.people.len()).unwrap_or(u32::MAX));
            match &check.code {
                CheckCode::ConfirmedOwners => format!("Confirmed {}: {names}", one(n, "owner", "owners")),
                CheckCode::NoConfirmedOwner if names.is_empty() => {
                    "No confirmed owner (technicians are not counted)".into()
                }
                CheckCode::NoConfirmedOwner => format!("No confirmed owner; invited: {names}"),
                CheckCode::OpenRecoveries => {
                    format!("{n} open {} would stay open: {names}", one(n, "recovery", "recoveries"))
                }
                CheckCode::PendingInvites => {
                    format!("{n} invited {} not joined yet", one(n, "person has", "people have"))
                }
                CheckCode::FilledSeats => format!("{n} filled seat{}", s(n)),
                CheckCode::AlreadyUnlinked => "It is already unlinked".into(),
                CheckCode::PermissionDenied => "Your role may not unlink companies".into(),
                CheckCode::Other(_) => check.title.clone(),
            }
        },
        consequence: |consequence, day| match &consequence.code {
            ConsequenceCode::TrialStarts => match day {
                Some(day) => format!("A 14-day free trial starts, until {day}; the account works normally until then."),
                None => "A 14-day free trial starts; the account works normally until it ends.".into(),
            },
            ConsequenceCode::DataStays => "People, vaults and items stay as they are.".into(),
            ConsequenceCode::AccessEnds => "Technicians of this MSP lose their access at once.".into(),
            ConsequenceCode::OwnerMustAct => {
                "Before the trial ends, an owner has to subscribe or link to another MSP.".into()
            }
            ConsequenceCode::OnlyOwnerCanRelink => {
                "It cannot be taken back from here: only an owner can link again.".into()
            }
            ConsequenceCode::Other(_) => consequence.title.clone(),
        },
        checks: "Checked just now",
        trial_would_end: |day| format!("the trial would end on {day}"),
        consequences: "What follows",
        blocked: "This company cannot be unlinked now.",
        fix_owner: |key| format!("{key}  add an owner (shows the company's people)"),
        fix_by_others: |why| format!("Somebody else has to add an owner: {why}."),
        owner_invited: |key| match key {
            Some(key) => {
                format!(
                    "The owner is invited and has not joined yet. {key} opens People in 1Password, to resend the invitation."
                )
            }
            None => {
                "The owner is invited and has not joined yet. The invitation can be resent in 1Password, under People."
                    .into()
            }
        },
        nobody_joined: |key| match key {
            Some(key) => {
                format!(
                    "Nobody who could be made an owner has joined yet. {key} opens People in 1Password, to invite somebody."
                )
            }
            None => {
                "Nobody who could be made an owner has joined yet. Somebody can be invited in 1Password, under People."
                    .into()
            }
        },
        transfer: "To move to another MSP: unlink here, then an owner links to the new MSP.",
        type_name: |name| format!("Type the company's name to confirm: {name}"),
        does_not_match: "does not match yet",
        matches: "matches",
        changed: "The company changed meanwhile. This is how it stands now; confirm again.",
        cancel: "Cancel",
        close: "Close",
        unlink: "Unlink",
        sending: "Unlinking",
        keys: "↑↓ read · Tab next · ↵ choose · Esc cancel",
        keys_blocked: |again| format!("↵ close · {again} check again · Esc close"),
        keys_sending: "cannot be called back any more · Esc hides this",
    },
    launch: Launch {
        title: |company| format!("Launch {company}"),
        explain: "Open this address in a browser. It signs you in and works once.",
        valid: |seconds| format!("valid for {seconds} s"),
        expired: |launch| format!("expired: {launch} asks for a new one"),
        copied: |how| sentences::copied("", how),
        keys: |copy, launch| format!("{copy} copy · {launch} new address · Esc close"),
        no_room: "make the window taller for a QR code",
    },
    menu: Menu {
        sort: "Sort by",
        sort_keys: "↵ choose, again to reverse · Esc close",
        filter: "Filter",
        filter_keys: |clear| format!("Space tick · ↵ accept · {clear} clear all · Esc close"),
        any_attention: "of any kind",
        help: "Help",
        help_keys: |down, up, palette| format!("{down}/{up} scroll · {palette} commands · Esc close"),
        palette: "Commands",
        palette_keys: "↵ run · ↑↓ move · Esc close",
        palette_none: "No command fits",
        error: "What went wrong",
        trouble_keys: "Esc close",
        leave: "Leave now?",
        leave_text: "A change is still being saved. If you leave now, it may or may not be done.",
        leave_stay: "Stay",
        leave_go: "Leave",
        trademark: "mspdash is independent of AgileBits. “1Password” is a trademark of its owner.",
    },
    note: Note {
        title: |step| format!("Note on “{step}”"),
        keys: "↵ save · Esc cancel",
        asking: "The text has changed: Esc again drops it, ↵ saves it",
        sending: "saving",
    },
    form: super::form::EN,
    links: super::links::EN,
    recoveries: super::recoveries::EN,
    vaults: super::vaults::EN,
    waits: super::waits::EN,
    usage: super::usage::EN,
    activity: super::activity::EN,
    marks: super::marks::EN,
    accounts: super::accounts::EN,
    state: |state| match state {
        CompanyState::Active => "Active".into(),
        CompanyState::Pending => "Pending".into(),
        CompanyState::Suspended => "Suspended".into(),
        CompanyState::Unlinked => "Unlinked".into(),
        CompanyState::Other(word) => Cow::Borrowed(word),
    },
    attention: |kind| match kind {
        Attention::TrialEnding => "The free trial ends within 7 days".into(),
        Attention::RecoveryWaiting => "A recovery waits for you".into(),
        Attention::NoConfirmedOwner => "No confirmed owner: cannot be unlinked".into(),
        Attention::SeatLimitReached => "The seat limit is reached".into(),
        Attention::SeatLimitNear => "80 % or more of the seats are filled".into(),
        Attention::LinkWaiting => "A link request waits for you".into(),
        Attention::SetupStalled => "No setup step in 14 days".into(),
        Attention::SingleOwner => "Only one owner".into(),
        Attention::Other(word) => Cow::Borrowed(word),
    },
    attention_short: |kind| match kind {
        Attention::TrialEnding => "trial ends".into(),
        Attention::RecoveryWaiting => "recovery".into(),
        Attention::NoConfirmedOwner => "no owner".into(),
        Attention::SeatLimitReached => "seats full".into(),
        Attention::SeatLimitNear => "seats near".into(),
        Attention::LinkWaiting => "link waits".into(),
        Attention::SetupStalled => "stalled".into(),
        Attention::SingleOwner => "one owner".into(),
        Attention::Other(word) => Cow::Borrowed(word),
    },
    command: commands::command,
    group: |group| match group {
        Group::Company => "Company",
        Group::People => "People, recovery, vaults",
        Group::List => "List",
        Group::Marks => "Marks: many companies at once",
        Group::Links => "Links",
        Group::Usage => "Usage and activity",
        Group::Screens => "Screens",
        Group::Move => "Moving",
        Group::General => "General",
    },
    why,
    says,
    what: commands::what,
    unknown: commands::unknown,
    again_is_safe: "Trying again is safe: it is done at most once.",
    look_first: "See how it stands now before you repeat it.",
    cause,
    hint,
    retry_in: |seconds| format!("next try in {seconds} s"),
    request_id: "Request",
    server_says: "Details",
    too_small: "mspdash needs more room",
    too_small_hint: |width, height| format!("at least {width}×{height}"),
    key_quit: |quit| format!("{quit} quits"),
};

fn n(number: impl Into<u64>) -> String {
    super::time::grouped(number.into(), ',')
}

fn s(count: impl TryInto<u64>) -> &'static str {
    one(count, "", "s")
}

fn one<T: Copy>(count: impl TryInto<u64>, one: T, many: T) -> T {
    if count.try_into().is_ok_and(|count| count == 1) { one } else { many }
}
