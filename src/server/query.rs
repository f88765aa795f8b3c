//! What a list is asked for: filter, order, and where the next page begins.

pub mod audit_filter;
pub mod filter;
pub mod filter_sql;
pub mod page_token;
pub mod paging;
