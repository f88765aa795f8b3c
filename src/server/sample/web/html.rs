//! What all pages share: the frame, the headers and a few elements. There is no script; maud escapes every text.

use crate::server::error::{ApiResult, Reply};
use crate::server::random;
use axum::http::{HeaderName, StatusCode, header};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("../../../../assets/sample/page.css");

/// A whole page. Its headers let it send its own forms and nothing else.
pub fn page(status: StatusCode, title: &str, body: &Markup) -> ApiResult {
    let nonce = random::id()?;
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style nonce=(nonce) { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    let page = Reply::html(status, page.into_string())
        .with(header::CONTENT_SECURITY_POLICY, &policy)
        // With `no-referrer` a browser would hide the origin of our own forms from us.
        .with(header::REFERRER_POLICY, "same-origin")
        .with(HeaderName::from_static("x-frame-options"), "DENY");
    Ok(page)
}

/// A page that only says something.
pub fn message(status: StatusCode, title: &str, text: &Markup) -> ApiResult {
    page(status, title, &html! { main class="alone" { h1 { (title) } (text) } })
}

/// A field that the user does not see.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

pub fn table(heads: &[&str], rows: &[Markup]) -> Markup {
    html! {
        table {
            thead { tr { @for head in heads { th { (head) } } } }
            tbody { @for row in rows { tr { (row) } } }
        }
    }
}
