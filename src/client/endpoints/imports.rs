//! Imports of companies.

use super::prelude::*;
use crate::domain::import::mapping::Mapping;
use crate::domain::import::run::{Answered, ImportRun};

impl Endpoint for ImportCompanies {
    fn call(&self) -> Call {
        let batch = &self.batch;
        let body = wire::import::ImportRequest {
            run_id: batch.run.as_ref().map(|run| run.as_str().to_owned()),
            file: Some(batch.file.clone()).filter(|file| !file.is_empty()),
            mapping: batch.mapping.as_ref().map(Into::into),
            rows: batch.rows.iter().map(Into::into).collect(),
        };
        let call = Call::post("companies:import", &[], &self.key).json(&body).long();
        if self.validate_only { call.rehearsed() } else { call }
    }

    fn read(&self, reply: &Reply) -> Result<Answer, Error> {
        reply.json_into::<wire::import::ImportAnswer, Answered>().map(Into::into)
    }
}

list_endpoint!(ListImports: wire::import::ImportRun => ImportRun, "import_runs");
list_endpoint!(ListImportMaps: wire::import::ImportMap => Mapping, "import_maps");

endpoint!(GetImport: wire::import::ImportRun => ImportRun, |request| {
    Call::get("import_runs/{run}", &[request.run.as_str()])
});

endpoint!(UndoImport: wire::import::ImportRun => ImportRun, |request| {
    Call::post("import_runs/{run}:undo", &[request.run.as_str()], &request.key).long()
});
