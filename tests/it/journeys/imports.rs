//! A REAL workspace is filled from what the web console and a PSA have, and an import is taken back.

use crate::support::journey::{Journey, Scenario};
use mspdash::domain::lang::Lang;

async fn start(size: (u16, u16)) -> Journey {
    Journey::with(Scenario { real: true, role: "OWNER", size, ..Scenario::default() }).await
}

const CONSOLE: &str = "Company\tStatus\tFilled seats\rBrightwater GmbH\tActive\t42\rAcme Limited\tActive\t12 of 50\rMöwe KG\tPending\t–\r";

#[tokio::test]
async fn a_paste_of_the_console_fills_the_list_and_a_psa_s_export_is_matched() {
    let mut technician = start((120, 40)).await;
    technician.paste("one line is no table").sees_not("Import");
    technician
        .paste(CONSOLE)
        .settle()
        .await
        .sees("Import what was pasted")
        .sees("New 3")
        .sees("3 rows will be imported");
    technician.keys("enter").settle().await.sees("New 3").sees("undoes the whole import").keys("esc").settle().await;
    technician.sees("Brightwater GmbH").sees("Möwe KG").sees("42");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clients.csv");
    std::fs::write(&file, "Id,number,Mandant\nK-1,1,Brightwater GmbH\nK-2,2,Acme Ltd\n,,\nK-9,9,\n").unwrap();
    technician.keys("I").type_text(file.to_str().unwrap()).keys("enter").settle().await;
    technician.sees("Which column is what").sees("Choose the column with the name").keys("enter");
    technician
        .sees("Which column is what")
        .keys("g right")
        .sees("External ID")
        .keys("j j right")
        .sees_not("Choose the column with the name");
    technician.keys("enter").settle().await.sees("Changed 1").sees("To decide 1").sees("Rejected 1");
    technician.sees("Acme Limited? 99 %").sees("1 row will be imported");
    technician.keys("tab tab right").sees("→ Acme Limited").sees("2 rows will be imported").keys("enter");
    technician.settle().await.sees("Changed 2").sees("1 company is not in this import").sees("Möwe KG").keys("esc");
    technician.keys("I").type_text(file.to_str().unwrap()).keys("enter").settle().await;
    technician.sees("Unchanged 2").sees("Nothing to change").keys("enter").sees("Nothing to change").keys("esc");

    technician.keys("U").settle().await.sees("Import of clients.csv undone");
    technician.keys("U").settle().await.sees("Pasted companies undone").sees_not("Brightwater GmbH");
}

#[tokio::test]
async fn a_table_that_changes_nothing_says_that_its_figures_are_of_today() {
    let mut technician = start((120, 40)).await;
    technician.paste(CONSOLE).settle().await.keys("enter").settle().await.keys("esc").settle().await;
    technician.later(3 * 86_400).await;
    technician.sees("imported 3 days ago");
    technician.paste(CONSOLE).settle().await.sees("Unchanged 3").sees("noted as seen today").keys("enter");
    technician.settle().await.sees("Unchanged 3").keys("esc").settle().await;
    technician.sees("imported just now").sees_not("3 days ago");
}

#[tokio::test]
async fn in_a_low_window_and_in_german_it_says_the_same() {
    let scenario = Scenario { real: true, role: "OWNER", size: (80, 24), lang: Lang::De, ..Scenario::default() };
    let mut technician = Journey::with(scenario).await;
    technician.paste(CONSOLE).settle().await.sees("Eingefügtes importieren").sees("3 Zeilen werden importiert");
    technician.keys("enter").settle().await.sees("Neu 3").keys("esc").settle().await.sees("Möwe KG");
}

#[tokio::test]
async fn the_sample_takes_no_import() {
    let mut technician = Journey::start().await;
    technician.keys("I").sees("invented").paste(CONSOLE).sees("invented").sees_not("Möwe KG");
}
