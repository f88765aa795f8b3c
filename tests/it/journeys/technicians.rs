//! An owner lets a technician in from the screen, and takes the access away.

use crate::support::journey::{Journey, Scenario};
use mspdash::app::features::technicians::{Mode, TechniciansDialog};
use mspdash::client::{Client, ClientConfig, enrol};
use mspdash::domain::error::Cause;
use mspdash::domain::launch::Redacted;
use mspdash::domain::request::{AddTechnician, GetSession, Request};
use mspdash::server::Fault;

#[tokio::test]
async fn a_technician_is_added_once_enrols_with_the_code_and_is_revoked() {
    let mut owner = Journey::with(Scenario { role: "OWNER", ..Scenario::default() }).await;
    owner.keys("T").settle().await.sees("Ida Harms").sees("Piet Voss").keys("+");
    owner.type_text("Mira Okafor").keys("tab").type_text("mira@harbour.example");
    owner.backend.running().set_fault(Some(Fault::Status(500)));
    owner.keys("enter").settle().await.sees("Unknown whether the technician was added");
    owner.backend.running().set_fault(None);
    owner.later(5).await.keys("enter").settle().await.sees("Code for Mira Okafor").sees("Good until");
    let keys: Vec<_> = owner
        .asked
        .iter()
        .filter_map(|request| match request {
            Request::AddTechnician(AddTechnician { key, .. }) => Some(key.clone()),
            _ => None,
        })
        .collect();
    assert!(keys.len() == 2 && keys[0] == keys[1], "{keys:?}");
    let dialog = owner.model.overlays.find::<TechniciansDialog>(|_| true).unwrap();
    let Mode::Code(shown) = &dialog.mode else { panic!("{:?}", dialog.mode) };
    let code = shown.code.as_ref().map(Redacted::reveal).unwrap().to_owned();

    let base_url: url::Url = owner.backend.running().base_url().parse().unwrap();
    let mira = enrol(base_url.clone(), None, &code).await.unwrap();
    let again = enrol(base_url.clone(), None, &code).await.unwrap_err();
    assert_eq!(again.cause, Cause::Gone);
    assert!(!format!("{again:?} {mira:?}").contains(&code));
    let (client_id, client_secret) = (mira.client_id.clone(), mira.client_secret.clone());
    let mira =
        ClientConfig { base_url, account: mira.account, client_id, client_secret, read_only: false, ca_file: None };
    let mira = Client::new(mira).unwrap();
    mira.perform(GetSession.into()).await.unwrap();

    owner.keys("esc r").settle().await.sees("mira@harbour.example").sees_not("not enrolled");
    owner.keys("enter 4 tab enter").settle().await.sees("revoked");
    let refused = mira.perform(GetSession.into()).await.unwrap_err();
    assert_eq!(refused.cause, Cause::NotSignedIn);
    owner.keys("esc 5").settle().await.sees("revoked a technician").sees("Mira Okafor");
}

#[tokio::test]
async fn whoever_is_no_owner_is_told_why_and_asks_nothing() {
    for (role, read_only, why) in
        [("MSP_TECHNICIAN", false, "manage technicians"), ("OWNER", true, "read-only"), ("VIEW_ONLY", false, "view")]
    {
        let mut technician = Journey::with(Scenario { role, read_only, ..Scenario::default() }).await;
        let before = technician.asked.len();
        technician.keys("T").settle().await.told(why).sees_not("Ida Harms");
        assert_eq!(technician.asked.len(), before, "{role}");
    }
}
