//! Screen 5 and the tab.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

pub struct Activity {
    pub title: &'static str,
}

pub(super) const EN: Activity = Activity { title: "Activity" };

pub(super) const DE: Activity = Activity { title: "Verlauf" };
