//! What the tests of this program share.

pub mod app_driver;
pub mod fake_server;
pub mod fixtures;
pub mod picture;
pub mod scenes;
