//! The web pages of the sample workspace. A browser opens them without signing in.

pub mod csrf;
mod html;
pub mod invite;
pub mod launch;
mod launch_page;
pub mod owner;
mod owner_pages;
