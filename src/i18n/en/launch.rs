//! The dialog with an address, where no browser can be opened.

use crate::i18n::types::launch::Launch;

pub(super) const TEXTS: Launch = Launch {
    title: |company| format!("Launch {company}"),
    explain: "Open this address in a browser. It signs you in and works once.",
    valid: |seconds| format!("valid for {seconds} s"),
    expired: |launch| format!("Expired – press {launch} for a new one"),
    copied: |how| super::notifications::copied("", how),
    keys: |copy, launch| format!("{copy} copy · {launch} new address · Esc close"),
    no_room: "Enlarge the window to see a QR code",
};
