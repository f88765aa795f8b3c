//! The form of a company.
#![expect(missing_docs, reason = "a field's documentation is its English text")]

pub struct Form {
    pub title: &'static str,
}

pub(super) const EN: Form = Form { title: "New company" };

pub(super) const DE: Form = Form { title: "Neue Firma" };
