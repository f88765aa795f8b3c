//! The cards of the overview.

use super::one;
use crate::app::features::overview::Card;
use crate::i18n::types::overview::Overview;

pub(super) const TEXTS: Overview = Overview {
    card: |card| match card {
        Card::Attention => "Needs attention",
        Card::Seats => "Seats",
        Card::Setup => "Setup",
        Card::Owners => "Owners and admins",
        Card::Sources => "Sources",
        Card::Activity => "Recent activity",
        Card::Details => "Details",
        Card::People => "People",
    },
    heading: |card| match card {
        Card::Attention => "NEEDS ATTENTION",
        Card::Seats => "SEATS",
        Card::Setup => "SETUP",
        Card::Owners => "OWNERS",
        Card::Sources => "SOURCES",
        Card::Activity => "RECENT",
        Card::Details => "DETAILS",
        Card::People => "PEOPLE",
    },
    nothing_to_do: "Nothing needs attention",
    nothing_known_to_do: "Nothing that is known here needs attention",
    owners_ok: |count| format!("{count} confirmed owners"),
    no_recovery: "no open recovery",
    since: |change, day| format!("{change} since {day}"),
    peak: |seats| format!("peak {seats}"),
    billed: |net, projection| match projection {
        Some(projection) => format!("billed {net} → {projection}"),
        None => format!("billed {net}"),
    },
    owners: "Owners",
    admins: "Admins",
    unlinkable: |day| format!("can be unlinked – trial would end {day}"),
    not_unlinkable: "can't be unlinked – no confirmed owner",
    can_recover: |count| format!("{count} {} recover others", one(count, "person can", "people can")),
    advanced: |told| format!("Advanced {told}"),
    people: |counts| {
        let parts = [
            (counts.active, "active"),
            (counts.awaiting, "to confirm"),
            (counts.recovering, "in recovery"),
            (counts.invited, "invited"),
            (counts.suspended, "suspended"),
            (counts.technicians, one(counts.technicians, "technician", "technicians")),
            (counts.unknown, "not known"),
        ];
        let told = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
        told.collect::<Vec<_>>().join("   ")
    },
    recovering: "Recovery",
    to_confirm: "To confirm",
    invited: "Invited",
    open: |count| format!("{count} open"),
    events: |count, one| format!("{count} {}", if one { "event" } else { "events" }),
    no_events: "Nothing was done yet",
    loading: "loading …",
    not_loaded: "could not be loaded",
};
