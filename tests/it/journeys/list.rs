//! Finding a company: search, order, filters, and a cursor that stays on its company.

use crate::support::journey::{Journey, Scenario};
use mspdash::app::msg::Msg;
use mspdash::domain::lang::Lang;
use mspdash::domain::request::Request;

#[tokio::test]
async fn the_list_is_there_after_the_start() {
    let mut technician = Journey::start().await;
    technician.sees("Managed Companies").sees("48").sees("live · synced just now").sees("Harbour IT");
    let row = technician.row_of("Brightwater GmbH");
    assert!(
        row.contains("● Brightwater")
            && row.contains("⚑ seats 84% full")
            && row.contains("42/50")
            && row.contains("4/5"),
        "{row}"
    );
}

#[tokio::test]
async fn a_search_without_umlauts_finds_the_name_with_one_and_enter_keeps_it() {
    for typed in ["muller", "mueller", "MÜLLER"] {
        let mut technician = Journey::start().await;
        technician.keys("/").type_text(typed);
        assert_eq!(technician.selected(), "Müller Medizintechnik GmbH", "{typed}");
        technician.sees(&format!("/{typed}")).sees("↵ keep · Esc clear").sees_not("Brightwater GmbH ");
        technician.keys("enter").sees(&format!("/{typed}")).sees_not("↵ keep");
        assert!(technician.row_of("Müller").starts_with('▌'), "{}", technician.row_of("Müller"));
        // What was a letter of the search is a command again.
        technician.keys("u").settle().await.sees("Unlink Müller Medizintechnik GmbH");
    }
}

#[tokio::test]
async fn escape_drops_the_search_and_the_company_stays_selected() {
    let mut technician = Journey::start().await;
    technician.keys("/").type_text("tidewater").keys("esc");
    technician.sees_not("/tidewater").sees("Managed Companies  48");
    assert_eq!(technician.selected(), "Tidewater Legal LLP");
}

#[tokio::test]
async fn a_search_that_finds_nothing_says_so_and_how_to_go_on() {
    let mut technician = Journey::start().await;
    technician.keys("/").type_text("qqxxzz").keys("enter").sees("No company matches “qqxxzz”").sees("c clears all");
    technician.keys("u").told("Unlink – no company selected").keys("c").sees("Managed Companies  48");
}

#[tokio::test]
async fn clear_all_drops_search_order_and_filters_and_says_what() {
    let mut technician = Journey::start().await;
    technician.keys("/").type_text("h").keys("enter s 2 f space esc");
    technician.sees("/h").sees("status: active").sees("filled seats ↓").sees("Seats ↓");
    technician.keys("c").told("Cleared search “h”, sort, 1 filter");
    technician.sees("Managed Companies  48").sees_not("status: active").sees_not("filled seats ↓");
    technician.keys("c").told("Clear all – nothing to clear");
}

#[tokio::test]
async fn the_most_seats_come_first_and_turned_round_last() {
    let mut technician = Journey::start().await;
    technician.keys("s 2 g");
    assert_eq!(technician.selected(), "Wattwurm Software GmbH", "78 seats are the most");
    technician.keys("S").sees("filled seats ↑").sees("unlinked last").keys("G");
    assert_ne!(technician.selected(), "Wattwurm Software GmbH", "unlinked ones stand last, whichever way");
    technician.keys("H").sees("3 unlinked hidden").sees("45 of 48").keys("G");
    assert_eq!(technician.selected(), "Wattwurm Software GmbH");
}

#[tokio::test]
async fn a_filter_shows_one_status_alone() {
    let mut technician = Journey::start().await;
    // Active, Pending, Suspended, Unlinked.
    technician.keys("f G g j j j space esc").sees("status: unlinked").sees("3 of 48");
    technician.row_of("Pelican Print Ltd");
    technician.sees_not("Tidewater Legal LLP");
}

#[tokio::test]
async fn the_selection_stays_on_its_company_when_a_colleague_renames_another() {
    let mut technician = Journey::start().await;
    technician.keys("j j j j");
    let before = technician.selected();
    let second_client = technician.backend.second_client();
    second_client.renames("Windrose Bildungswerk e. V.", "AAA Windrose").await;
    second_client.renames("Wattwurm Software GmbH", "AAB Wattwurm").await;
    technician.later(31).await.sees("AAA Windrose").sees("AAB Wattwurm");
    assert_eq!(technician.selected(), before);
    assert!(technician.row_of(&before).starts_with('▌'), "the mark went with it: {}", technician.row_of(&before));
}

#[tokio::test]
async fn a_company_that_leaves_the_list_by_itself_leaves_nothing_selected() {
    let mut technician = Journey::start().await;
    technician.find("Tidewater Legal LLP").keys("f space esc");
    assert_eq!(technician.selected(), "Tidewater Legal LLP");
    technician.backend.second_client().unlinks("Tidewater Legal LLP").await;
    technician.later(31).await.sees_not("Tidewater Legal LLP").sees("No company selected");
    technician.keys("u").told("Unlink – no company selected");
    assert_eq!(technician.writes(), 0);
    technician.keys("j");
    assert_ne!(technician.selected(), "Tidewater Legal LLP", "the next step takes up what stands there");
}

#[tokio::test]
async fn the_tabs_of_a_company_are_walked_through_with_its_name_in_sight() {
    let mut technician = Journey::start().await;
    technician.find("Brightwater GmbH").keys("enter").settle().await;
    technician.sees(" Brightwater GmbH ").sees("Kiel").sees("42 of 50").sees("2 confirmed");
    technician.keys("]").settle().await.sees(" Brightwater GmbH ").sees("4 of 5 done").sees("▸ next");
    technician.keys("]").settle().await.sees(" Brightwater GmbH ").sees("Filled seats 42").sees("Owners");
    technician.keys("]").settle().await.sees(" Brightwater GmbH ").sees("Shared").sees("Advanced permissions");
    technician.keys("]").settle().await.sees(" Brightwater GmbH ").sees("Billed so far").sees("seat limit 50");
    technician.keys("]").settle().await.sees(" Brightwater GmbH ").sees("Tomma Petersen");
    technician.keys("]").sees("Website").keys("[ [ [ [ [").settle().await.sees("4 of 5 done");
    technician.keys("esc esc").sees("Managed Companies");
    assert_eq!(technician.selected(), "Brightwater GmbH");
}

#[tokio::test]
async fn everything_from_search_to_unlink_is_in_german() {
    let scenario = Scenario { lang: Lang::De, ..Scenario::default() };
    let mut technician = Journey::with(scenario).await;
    technician.sees("Verwaltete Firmen").sees("verbunden").sees("Aktiv").sees("Mit Hinweis").sees("? ");
    technician.keys("/").type_text("brightwater").keys("enter s 2").sees("belegte Plätze ↓");
    technician.keys("c").sees("Suche").keys("u").settle().await;
    technician.sees("Gerade geprüft").sees("14-tägige Testphase").sees("[ Abbrechen ]").sees("[ ! Trennen ]");
    let end = technician.day(14);
    technician.sees(&end).keys("tab").type_text("Brightwater GmbH").sees("stimmt").keys("tab enter").settle().await;
    let row = technician.row_of("Brightwater GmbH");
    assert!(row.contains('◌') && row.contains("Getrennt"), "{row}");
    technician.keys("u").sees("Trennen – ");
    for english in ["Unlink", "Companies", "Seats", "Active", "live"] {
        technician.sees_not(english);
    }
}

#[tokio::test]
async fn a_list_of_several_pages_is_loaded_to_its_end() {
    let scenario = Scenario { companies: 2_345, ..Scenario::default() };
    let mut technician = Journey::with(scenario).await;
    technician.sees("[All 2,345]").sees("● live");
    let pages = technician.asked.iter().filter(|request| matches!(request, Request::ListCompanies(_))).count();
    assert_eq!(pages, 3, "of a thousand each");
    technician.keys("G").settle().await;
    let last = technician.selected();
    technician.keys("g /").type_text(&last).keys("enter");
    assert_eq!(technician.selected(), last);
}

#[tokio::test]
async fn a_laptop_that_slept_asks_for_news_as_soon_as_it_is_awake() {
    let mut technician = Journey::start().await;
    technician.backend.second_client().renames("Tidewater Legal LLP", "AAA Tidewater").await;
    technician.settle().await.sees_not("AAA Tidewater");
    technician.tell(Msg::Resumed);
    technician.settle().await.sees("AAA Tidewater");
}
