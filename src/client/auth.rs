//! The bearer token and how long it is good for.

use super::sleep_detection::Moment;
use super::transport::Reply;
use crate::domain::error::{Cause, Error};
use crate::wire;
use reqwest::header::HeaderValue;
use std::time::Duration;

/// A token is renewed this long before it expires.
const MARGIN: Duration = Duration::from_mins(1);
/// A token without a lifetime is taken to live this long.
const WHEN_UNSAID: Duration = Duration::from_mins(1);
/// No token is trusted for longer.
const LONGEST: Duration = Duration::from_hours(24);

/// A token. Not `Debug`: it is a key to the account.
#[derive(Clone)]
pub struct Token {
    bearer: HeaderValue,
    asked: Moment,
    good_for: Duration,
}

impl Token {
    /// Reads the answer; its time counts from when it was asked for.
    ///
    /// # Errors
    /// [`Cause::Unreadable`] or [`Cause::NotTheApi`].
    pub fn read(reply: &Reply, asked: Moment) -> Result<Self, Error> {
        let token: wire::session::Token = reply.json().map_err(|mut error| {
            // The parser may quote what it read.
            error.detail.clear();
            error
        })?;
        let bearer = HeaderValue::try_from(format!("Bearer {}", token.access_token));
        let Some(mut bearer) = bearer.ok().filter(|_| !token.access_token.is_empty()) else {
            return Err(reply.error(Cause::Unreadable, "the token cannot be used"));
        };
        bearer.set_sensitive(true);
        let lifetime = match token.expires_in {
            0 => WHEN_UNSAID,
            seconds => Duration::from_secs(seconds.into()).min(LONGEST),
        };
        // A token that lives shorter than twice the margin is used for half its life.
        Ok(Self { bearer, asked, good_for: lifetime.saturating_sub(MARGIN).max(lifetime / 2) })
    }

    /// Still good by the monotonic clock, and the machine did not sleep since. What the wall clock says beyond that is
    /// no matter: one that is set to and fro must not end a token each time.
    pub fn is_fresh(&self, now: &Moment) -> bool {
        self.asked.until(now) < self.good_for && !self.asked.slept_until(now)
    }

    pub fn is_same(&self, other: &Self) -> bool {
        self.bearer == other.bearer
    }

    /// The token itself, to know it where it must not be shown.
    pub fn reveal(&self) -> &str {
        self.bearer.to_str().ok().and_then(|bearer| bearer.strip_prefix("Bearer ")).unwrap_or_default()
    }

    /// The value of the `Authorization` header, marked as sensitive.
    pub fn bearer(&self) -> HeaderValue {
        self.bearer.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::error::Operation;
    use jiff::SignedDuration;

    fn token(expires_in: &str) -> Token {
        let body = format!(r#"{{"access_token":"abc","token_type":"Bearer","expires_in":{expires_in}}}"#);
        let reply = Reply {
            operation: Operation::SignIn,
            content_type: "application/json".into(),
            request_id: None,
            began: std::time::Instant::now(),
            body: body.into_bytes(),
        };
        Token::read(&reply, Moment::now()).unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// After so many seconds awake, and so many more on the wall clock.
    fn fresh(expires_in: &str, awake: u64, more: i64) -> bool {
        let token = token(expires_in);
        let wall = SignedDuration::from_secs(i64::try_from(awake).unwrap() + more);
        let instant = token.asked.instant + Duration::from_secs(awake);
        token.is_fresh(&Moment { instant, time: token.asked.time.checked_add(wall).unwrap() })
    }

    fn fresh_after(expires_in: &str, seconds: u64) -> bool {
        fresh(expires_in, seconds, 0)
    }

    #[test]
    fn a_token_is_renewed_a_minute_before_it_expires() {
        assert!(fresh_after("900", 839));
        assert!(!fresh_after("900", 840));
    }

    #[test]
    fn odd_lifetimes_are_bent_into_range() {
        assert!(fresh_after("40", 19) && !fresh_after("40", 20));
        assert!(fresh_after("null", 29) && !fresh_after("null", 30));
        assert!(fresh_after("-7", 29) && !fresh_after("-7", 30));
        assert!(!fresh_after("4294967295", 24 * 60 * 60));
    }

    #[test]
    fn sleep_of_the_laptop_is_noticed_and_a_clock_that_is_put_back_does_not_matter() {
        assert!(!fresh("900", 5, 8 * 3_600) && !fresh("900", 0, 31));
        assert!(fresh("900", 100, 20) && fresh("900", 100, -8 * 3_600));
        assert!(!fresh("900", 840, -8 * 3_600), "nor does it make a token live longer");
    }

    #[test]
    fn a_token_that_fits_in_no_header_is_unreadable_and_not_quoted() {
        for body in [r#"{"access_token":"sec\nret"}"#, r#"{"access_token":""}"#, r#"{"access_token":["secret"]}"#] {
            let reply = Reply {
                operation: Operation::SignIn,
                content_type: String::new(),
                request_id: None,
                began: std::time::Instant::now(),
                body: body.as_bytes().to_vec(),
            };
            let error = Token::read(&reply, Moment::now()).err().unwrap();
            assert_eq!(error.cause, Cause::Unreadable, "{body}");
            assert!(!error.detail.contains("sec"), "{error:?}");
        }
    }
}
