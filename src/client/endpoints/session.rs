//! The session: who is signed in, and to which account.

use super::prelude::*;
use crate::domain::session::Session;

impl Endpoint for GetSession {
    fn call(&self) -> Call {
        Call::get("session", &[]).outside_account()
    }

    fn read(&self, reply: &Reply) -> Result<Answer, Error> {
        reply.json_into::<wire::session::Session, Session>().map(Into::into)
    }

    async fn perform(&self, client: &Client, call: PermittedCall) -> Result<Answer, Error> {
        client.inner.session(call).await.map(Into::into)
    }
}
