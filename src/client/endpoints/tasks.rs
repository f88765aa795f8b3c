//! Work that only the web console can do.

use super::prelude::*;
use crate::domain::task::{Task, TaskState, Verification};

impl Endpoint for ListTasks {
    fn call(&self) -> Call {
        let company = self.company.as_ref().map(ToString::to_string);
        Call::list("tasks", &[])
            .query("open_only", self.open_only.then(|| "true".to_owned()))
            .query("company_id", company)
    }

    async fn perform(&self, client: &Client, call: PermittedCall) -> Result<Answer, Error> {
        client.inner.rows::<wire::task::Task, Task>(call).await
    }
}

endpoint!(GetTask: wire::task::Task => Task, |request| Call::get("tasks/{task}", &[request.task.as_str()]));

endpoint!(BeginTask: wire::task::Task => Task, |request| {
    Call::post("tasks", &[], &request.key).json(&wire::task::NewTask {
        kind: request.kind.clone(),
        company_id: request.company.as_ref().map(ToString::to_string),
        subject: request.subject.clone(),
        note: request.note.clone(),
    })
});

endpoint!(VerifyTask: wire::task::Verification => Verification, |request| {
    Call::post("tasks/{task}:verify", &[request.task.as_str()], &request.key).if_match(request.etag.as_str())
});

endpoint!(DeclareTask: wire::task::Task => Task, |request| {
    Call::post("tasks/{task}:declare", &[request.task.as_str()], &request.key).if_match(request.etag.as_str()).json(
        &wire::task::Declaration {
            state: request.waiting.then_some(TaskState::Waiting),
            declared_time: request.time,
            note: request.note.clone(),
        },
    )
});

endpoint!(CancelTask: wire::task::Task => Task, |request| {
    Call::post("tasks/{task}:cancel", &[request.task.as_str()], &request.key).if_match(request.etag.as_str())
});
