//! Reading fields of which the value may be missing, null or out of range.

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::fmt;

/// A string; null is the empty one.
///
/// # Errors
/// The value is neither a string nor null.
pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(from)?.unwrap_or_default())
}

/// A list; null is the empty one.
///
/// # Errors
/// The value is neither a list nor null, or an item does not fit.
pub fn items<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(from)?.unwrap_or_default())
}

/// A value that may be absent; what is of another shape is absent, too.
///
/// # Errors
/// Never.
pub fn readable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Shape<T> {
        Known(T),
        Other(serde::de::IgnoredAny),
    }
    Ok(match Shape::deserialize(from)? {
        Shape::Known(value) => Some(value),
        Shape::Other(_) => None,
    })
}

/// A value with a default; null is the default.
///
/// # Errors
/// The value is neither null nor of its type.
pub fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(from)?.unwrap_or_default())
}

/// A time; null, another type's text or an impossible date is no time.
///
/// # Errors
/// The value is neither a string nor null.
pub fn time<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::<std::borrow::Cow<'de, str>>::deserialize(from)?.and_then(|text| text.parse().ok()))
}

/// A count: null and negative numbers are 0, larger ones than fit are the largest.
///
/// # Errors
/// The value is no number at all.
pub fn count<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    Ok(from.deserialize_any(Count)?.unwrap_or(0))
}

/// A count that may be absent.
///
/// # Errors
/// The value is no number at all.
pub fn some_count<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    from.deserialize_any(Count)
}

struct Count;

impl<'de> Visitor<'de> for Count {
    type Value = Option<u32>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number that is not negative")
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(u32::try_from(value).unwrap_or(u32::MAX)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(u32::try_from(value.max(0)).unwrap_or(u32::MAX)))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate, as wanted")]
    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value as u32))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}
