//! What happens to every request before and after its handler.

pub mod access_log;
pub mod authorize;
pub mod faults;
pub mod guided;
pub mod headers;
pub mod hosts;
pub mod read_request;
pub mod task;
