//! The MSP's technicians.

use super::prelude::*;
use crate::domain::technician::{Enrolment, NewTechnician, Technician, TechnicianChanges};

list_endpoint!(ListTechnicians: wire::technician::Technician => Technician, "technicians");

endpoint!(AddTechnician: wire::technician::Enrolment => Enrolment, |request| {
    let NewTechnician { display_name, email, role } = request.new.clone();
    Call::post("technicians", &[], &request.key).json(&wire::technician::NewTechnician { display_name, email, role })
});

endpoint!(ChangeTechnician: wire::technician::Technician => Technician, |request| {
    let TechnicianChanges { display_name, email, role } = request.changes.clone();
    let call = Call::patch("technicians/{technician}", &[request.technician.as_str()], &request.key);
    call.if_match(request.etag.as_str()).json(&wire::technician::TechnicianPatch { display_name, email, role })
});

endpoint!(EnrolTechnician: wire::technician::Enrolment => Enrolment, |request| {
    let verb = if request.rotate { "rotate" } else { "enrol" };
    Call::post("technicians/{technician}:{verb}", &[request.technician.as_str(), verb], &request.key)
});

endpoint!(RevokeTechnician: wire::technician::Technician => Technician, |request| {
    Call::post("technicians/{technician}:revoke", &[request.technician.as_str()], &request.key)
});
