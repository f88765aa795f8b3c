//! Usage and activity, on their screens and tabs, in large and small windows.

use crate::support::journey::{Journey, Scenario};
use mspdash::app::features::usage::table::UsageColumn;
use mspdash::app::model::Tab;
use mspdash::domain::request::{CompanyChanges, Request};

const COMPANY: &str = "Brightwater GmbH";

#[tokio::test]
async fn usage_adds_up_over_all_companies() {
    let mut technician = Journey::start().await;
    technician.keys("4").settle().await.sees("Billed so far").sees("own team: 5 of 5");
    let all = technician.model.usage.parts[0].all.value().expect("the usage").clone();
    // On the last day of a month there is nothing ahead.
    if all.usage.projection.is_some() {
        technician.sees("Month-end projection");
    }
    let (mut seats, mut net) = (0, 0);
    for company in &all.companies {
        seats += company.seats;
        net += company.net_usage.0;
    }
    assert_eq!(seats, all.usage.days.last().unwrap().seats, "seats of today");
    let rounding = u64::try_from(all.companies.len()).unwrap();
    assert!(net.abs_diff(all.usage.net_usage.0) <= rounding, "{net} and {}", all.usage.net_usage);
    for (at, day) in all.usage.days.iter().enumerate() {
        let sum: u32 = all.companies.iter().filter_map(|company| company.daily.get(at)).sum();
        assert_eq!(sum, day.seats, "{}", day.date);
    }
    let roster = &technician.model.roster;
    let unlinked: u32 = roster
        .iter()
        .filter(|(_, company)| !company.state.managed())
        .map(|(_, company)| company.seats.filled.unwrap())
        .sum();
    assert!(unlinked > 0, "else this proves nothing");
    assert_eq!(roster.counts().seats_filled, u64::from(seats), "one number, here and on the first screen");
    let strip = format!(" {} seats", mspdash::i18n::of(mspdash::domain::lang::Lang::En).number(u64::from(seats)));
    technician.keys("1").sees(&strip);
}

#[tokio::test]
async fn the_period_and_the_order_of_the_table_change() {
    let mut technician = Journey::start().await;
    technician.keys("4").settle().await;
    let this = technician.model.usage.parts[0].all.value().unwrap().usage.period;
    technician.keys("p").sees("this month").sees("last month").keys("j enter").settle().await;
    let last = technician.model.usage.parts[0].all.value().unwrap().usage.clone();
    assert_eq!((last.period, last.projection), (this.month_before(), None), "what is over is not projected");
    assert_eq!(last.days.len(), usize::try_from(last.period.days()).unwrap());
    technician.sees_not("Projection to");
    for (at, column) in UsageColumn::ALL.into_iter().enumerate() {
        technician.keys("s g");
        for _ in 0..at {
            technician.keys("j");
        }
        technician.keys("enter");
        assert_eq!(technician.model.usage.sort.column, column);
        let before = technician.model.usage.order.clone();
        technician.keys("S");
        // Nothing is projected in a month that is over.
        let turned = technician.model.usage.order != before;
        assert_eq!(turned, column != UsageColumn::Projection, "{column:?} turned round");
    }
    // The company under the cursor is one key away, at its own usage.
    technician.keys("g j");
    let wanted = technician.model.usage.selected().unwrap();
    technician.keys("enter").settle().await;
    assert_eq!(technician.model.selected().map(|(key, _)| key), Some(wanted));
}

#[tokio::test]
async fn activity_goes_on_until_its_end_and_a_new_event_moves_no_cursor() {
    let mut technician = Journey::start().await;
    technician.keys("5").settle().await.sees("Activity");
    let total = technician.model.activity.feed.total().expect("the number of all");
    for _ in 0..1_000 {
        technician.keys("G").settle().await;
        if technician.model.activity.feed.ended() {
            break;
        }
    }
    let events = technician.model.activity.feed.accounts[0].events.value().unwrap().clone();
    assert_eq!(u64::try_from(events.len()).unwrap(), total);
    assert!(events.windows(2).all(|pair| pair[0].time >= pair[1].time), "newest first");
    technician.keys("k k k");
    let under = technician.model.activity.feed.selected().unwrap().1.clone();
    let tags = CompanyChanges { tags: Some(vec!["new".into()]), ..CompanyChanges::default() };
    technician.backend.second_client().edits(COMPANY, tags).await;
    technician.later(61).await;
    let trail = &technician.model.activity.feed;
    assert_eq!(trail.selected().map(|(_, event)| event), Some(&under), "the cursor stays on its event");
    let newest = &trail.accounts[0].events.value().unwrap()[0];
    assert_eq!((newest.company_name.as_deref(), newest.actor.display_name.as_str()), (Some(COMPANY), "Jonas Behr"));
    technician.keys("g").sees("Jonas Behr");
}

#[tokio::test]
async fn activity_is_narrowed_to_a_person_an_action_and_a_company() {
    let mut technician = Journey::start().await;
    let note = CompanyChanges { note: Some("Call back".into()), ..CompanyChanges::default() };
    technician.backend.second_client().edits(COMPANY, note).await;
    technician.keys("5").settle().await;
    let all = technician.model.activity.feed.total().unwrap();
    technician.keys("f k").type_text("behr").keys("enter").settle().await;
    let trail = &technician.model.activity.feed;
    assert!(trail.total().unwrap() < all && trail.total().unwrap() > 0);
    let mine = |actor: &str| actor.contains("Behr");
    assert!(trail.accounts[0].events.value().unwrap().iter().all(|event| mine(&event.actor.display_name)));
    technician.keys("c").settle().await.told("Cleared search “behr”");
    assert_eq!(technician.model.activity.feed.total(), Some(all));
    technician.at(COMPANY, Tab::Activity).await.sees("Jonas Behr");
    let (key, _) = technician.model.selected().unwrap();
    let events = technician.model.details[&key].activity.accounts[0].events.value().unwrap();
    assert!(!events.is_empty() && events.iter().all(|event| event.company.as_ref() == Some(&key.company)));
}

#[tokio::test]
async fn what_was_just_done_is_in_the_trail_of_the_company() {
    let mut technician = Journey::start().await;
    technician.at(COMPANY, Tab::Setup).await.keys("x enter").settle().await;
    technician.at(COMPANY, Tab::Activity).await.sees("Tomma Petersen").sees("just now");
    technician.keys("l").settle().await.told("Opened Brightwater GmbH");
    technician.later(1).await;
    let (key, _) = technician.model.selected().unwrap();
    let newest = technician.model.details[&key].activity.accounts[0].events.value().unwrap()[0].clone();
    assert_eq!(newest.action, mspdash::domain::activity::Action::CompanyLaunched);
}

#[tokio::test]
async fn small_windows_show_what_is_essential() {
    for size in [(80, 24), (60, 15)] {
        let mut technician = Journey::with(Scenario { size, ..Scenario::default() }).await;
        technician.keys("2").settle().await.sees("Links").sees("Cantiere Bianchi");
        technician.keys("3").settle().await.sees("Recoveries");
        let person = technician.model.selected_recovery().unwrap().item.clone();
        let name: String = person.display_name.chars().take(6).collect();
        technician.sees(&name).keys("4").settle().await.sees("Usage").sees("Billed so far").sees("Wattwurm");
        technician.keys("5").settle().await.sees("Activity").sees("Tomma");
        technician.at(COMPANY, Tab::Usage).await.sees(COMPANY).sees("Billed so far");
        technician.at(COMPANY, Tab::Activity).await.sees(COMPANY);
        technician.at(COMPANY, Tab::People).await.sees(COMPANY).sees("Filled seats 42");
        technician.at(COMPANY, Tab::Vaults).await.sees(COMPANY).sees("Shared");
        technician.keys("1 esc esc n").sees("Add a new company").keys("enter").sees("Name");
        technician
            .type_text("A new one")
            .keys("backtab backtab")
            .sees("Save")
            .keys("enter")
            .settle()
            .await
            .sees("was added");
        technician.sees("Launch now");
        let writes = technician.asked.iter().filter(|request| matches!(request, Request::AddCompany(_))).count();
        assert_eq!(writes, 1);
    }
}

#[tokio::test]
async fn the_search_opens_where_it_is_seen_and_its_letters_are_no_commands() {
    let mut technician = Journey::start().await;
    technician.keys("4").settle().await.keys("/").type_text("lumi").settle().await.sees("1 of 48 · /lumi");
    assert_eq!((technician.writes(), technician.opened.len()), (0, 0), "a table that has a search of its own");
    for screen in ["2", "3", "5", "4 enter", "enter ]"] {
        let mut technician = Journey::start().await;
        for key in screen.split(' ') {
            technician.keys(key).settle().await;
        }
        technician.keys("/").type_text("lumi").settle().await;
        technician.sees("Managed Companies").sees("/lumi").sees("↵ keep");
        assert_eq!(technician.selected(), "Atelier Lumière SARL", "{screen}");
        assert_eq!((technician.writes(), technician.opened.len()), (0, 0), "{screen}");
    }
}

#[tokio::test]
async fn esc_leads_back_to_the_row_that_a_company_was_opened_from() {
    let mut technician = Journey::start().await;
    for screen in ["4", "5"] {
        technician.keys(screen).settle().await.keys("j j").settle().await;
        let before = technician.screen();
        technician.keys("enter").settle().await.sees_not("Companies   2").keys("esc").settle().await;
        assert_eq!(technician.screen(), before, "{screen}");
    }
}
