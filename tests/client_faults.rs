//! The client against servers that answer anything: every fault ends in a named trouble, and nothing is sent
//! that must not be.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly, its support too")]

mod client {
    mod bodies;
    mod calls;
    mod echoes;
    mod line;
    mod pages;
    mod refusals;
    mod retries;
    mod safety;
    mod signing_in;
    mod sleeping;
    mod waits;
}

mod support {
    pub mod calls;
    pub mod mock;
    pub mod raw;
}
