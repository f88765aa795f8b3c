//! The two lines at the top: the connection, and what is counted.

use super::n;
use crate::app::features::companies::Chip;
use crate::i18n::types::header::Header;

pub(super) const TEXTS: Header = Header {
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
    stale: |age| format!("synced {age}"),
    never: "no data yet",
    down: "not connected",
    refused: "access denied",
    chip: |chip| match chip {
        Chip::All => "All",
        Chip::Attention => "Needs attention",
        Chip::InSetup => "In setup",
        Chip::Unlinked => "Unlinked",
        Chip::Pinned => "Pinned",
    },
    chip_short: |chip| match chip {
        Chip::All => "All",
        Chip::Attention => "Attention",
        Chip::InSetup => "Setup",
        Chip::Unlinked => "Unlinked",
        Chip::Pinned => "",
    },
    views: "views",
    seats: |count| if count == 1 { "seat" } else { "seats" },
    tasks: "Tasks",
    open: "open",
    position: |first, last, all| format!("{}–{} of {}", n(first as u64), n(last as u64), n(all as u64)),
    dismiss: |back, details| format!("{back} dismiss · {details} details"),
    in_full: |details| format!("{details} in full"),
};
