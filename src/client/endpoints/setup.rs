//! The set-up of a company, step by step.

use super::prelude::*;
use crate::domain::setup::{Checklist, Step};

endpoint!(GetSetup: wire::setup::Checklist => Checklist, |request| {
    Call::get("companies/{company}/setup", &[request.company.as_str()])
});

endpoint!(EditStep: wire::setup::Step => Step, |request| {
    let ids = [request.company.as_str(), request.step.as_str()];
    Call::patch("companies/{company}/setup/{step}", &ids, &request.key)
        .if_match(request.etag.as_str())
        .json(&wire::setup::StepPatch { state: request.state.clone(), note: request.note.clone() })
});
