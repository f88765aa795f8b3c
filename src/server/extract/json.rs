//! JSON in which no name comes twice: of two values a reader takes the first and another the last, so that what was
//! checked on the way may not be what is done here.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Reads a body.
/// Fails if it is no JSON, or a name comes twice.
pub fn parse(bytes: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(bytes).map(|Strict(value)| value)
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                let name: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
                return Err(A::Error::custom(format!("`{name}` comes twice")));
            }
            let Strict(value) = members.next_value()?;
            object.insert(name, value);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_that_comes_twice_is_refused_wherever_it_is() {
        for text in
            [r#"{"a":1,"a":1}"#, r#"{"b":[{"a":1,"a":2}]}"#, r#"{"a":1,"\u0061":2}"#, r#"{"o":{"a":{},"a":{}}}"#]
        {
            let refused = parse(text.as_bytes()).unwrap_err().to_string();
            assert!(refused.starts_with("`a` comes twice"), "{refused}");
        }
        assert!(parse(r#"{"a":{"a":[1,1]},"b":{"a":1}}"#.as_bytes()).is_ok());
    }

    proptest! {
        /// Apart from that it is what everybody else reads.
        #[test]
        fn any_text_is_read_as_by_others(text in r#"[\[\]{}:,"a-b0-9.eE+\- ntrul\\]{0,24}"#) {
            let (ours, theirs) = (parse(text.as_bytes()), serde_json::from_str::<Value>(&text));
            match ours {
                Ok(value) => prop_assert_eq!(value, theirs.unwrap()),
                Err(error) => prop_assert!(theirs.is_err() || error.to_string().contains("comes twice")),
            }
        }
    }
}
