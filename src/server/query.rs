//! What a list is asked for: filter, order, and where the next page begins.

pub mod filter;
pub mod filter_sql;
pub mod order;
pub mod page_token;
pub mod paging;
