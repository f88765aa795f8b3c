//! Every text that a person reads.

pub mod country;
