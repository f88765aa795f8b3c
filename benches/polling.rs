//! Two hours of a server that reads connected companies by itself: how many requests 1Password gets, and what that takes of
//! the processor. In the first hour all are due at once, as after a night in which it did not run; the second is any hour.
//! Time is played second by second, on a fake of 1Password, which release builds do not have:
//!
//! ```sh
//! cargo bench --bench polling --profile dev -- --companies 500 --people 50
//! ```
#![expect(clippy::unwrap_used, reason = "a bench that cannot set up may stop")]

#[cfg(debug_assertions)]
#[path = "support/polling.rs"]
mod world;

#[cfg(debug_assertions)]
#[tokio::main]
async fn main() {
    let mut numbers = (20, 50);
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let mut number = || given.next().unwrap().parse().unwrap();
        match name.as_str() {
            "--companies" => numbers.0 = number(),
            "--people" => numbers.1 = number(),
            // What cargo says by itself.
            _ => {}
        }
    }
    let (companies, people) = numbers;
    let world = world::World::new(companies, people).await;
    println!("{companies} companies of {people} people");
    for hour in ["all are due", "any hour"] {
        let seen = world.hour().await;
        let busiest = seen.seconds.windows(60).map(|minute| minute.iter().sum::<usize>()).max().unwrap();
        let requests = u32::try_from(seen.seconds.iter().sum::<usize>()).unwrap();
        println!(
            "{hour}: {} readings, {requests} requests ({:.2} a second), {busiest} in the busiest minute, {:.1} s of the processor \
             with the fake ({:.2} % of an hour on one core)",
            seen.readings,
            f64::from(requests) / 3600.0,
            seen.processor.as_secs_f64(),
            seen.processor.as_secs_f64() / 36.0
        );
    }
}

#[cfg(not(debug_assertions))]
fn main() {
    println!("polling: release builds have no fake of 1Password; use --profile dev");
}
