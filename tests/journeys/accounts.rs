//! Several MSP accounts.


use crate::journey::Journey;
use crate::trio::Health;

#[tokio::test]
async fn look() {
    let mut technician = Journey::of_three(12).await;
    println!("{}", technician.screen());
    technician.keys("A");
    println!("{}", technician.screen());
    technician.keys("esc");
    technician.stage.trio.worldwide.set(Health::Ill).await;
    technician.later(31).await;
    println!("{}", technician.screen());
    technician.keys("A");
    println!("{}", technician.screen());
    technician.keys("esc");
    technician.stage.trio.worldwide.set(Health::Absent).await;
    technician.stage.trio.europe.set(Health::Absent).await;
    technician.stage.trio.canada.set(Health::Absent).await;
    let mut technician = technician.starts_again().await;
    technician.settle().await;
    println!("{}", technician.screen());
    technician.later(40).await.keys("A");
    println!("{}", technician.screen());
    technician.keys("esc !");
    println!("{}", technician.screen());
    technician.keys("esc u l");
    println!("{}", technician.screen());
}
