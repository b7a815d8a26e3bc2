//! JSON as it is written: values that borrow their texts from the file, so that a directory of rows is read without
//! copying each of its strings first.
//!
//! It says what [`serde_json::Value`] says of the same text, and stops as deep: of members of one name the last counts,
//! and members stand in the order of their names.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::lists::as_text;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written<'t> {
    Text(Cow<'t, str>),
    List(Vec<Written<'t>>),
    Object(Members<'t>),
    /// A number, a truth value, or nothing.
    Plain(Value),
}

/// The members of an object by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Members<'t>(Vec<(Cow<'t, str>, Written<'t>)>);

impl<'t> Members<'t> {
    pub(super) fn get(&self, name: &str) -> Option<&Written<'t>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn remove(&mut self, name: &str) -> Option<Written<'t>> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }
}

impl<'t> FromIterator<(Cow<'t, str>, Written<'t>)> for Members<'t> {
    fn from_iter<I: IntoIterator<Item = (Cow<'t, str>, Written<'t>)>>(members: I) -> Self {
        let mut members: Vec<_> = members.into_iter().collect();
        members.sort_by(|one, other| one.0.cmp(&other.0));
        members.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                std::mem::swap(&mut next.1, &mut kept.1);
            }
            same
        });
        Self(members)
    }
}

impl<'t> IntoIterator for Members<'t> {
    type Item = (Cow<'t, str>, Written<'t>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Written<'_> {
    /// A value as text, trimmed: numbers and truth values as they are written, nothing for lists.
    pub(super) fn as_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Cow::Borrowed),
            Self::Plain(value) => as_text(value).map(Cow::Owned),
            Self::List(_) | Self::Object(_) => None,
        }
    }
}

/// As JSON, on one line.
impl fmt::Display for Written<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        Value::from(self.clone()).fmt(to)
    }
}

impl From<Value> for Written<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text.into()),
            Value::Array(list) => Self::List(list.into_iter().map(Self::from).collect()),
            Value::Object(object) => {
                Self::Object(object.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
            }
            plain => Self::Plain(plain),
        }
    }
}

impl From<Written<'_>> for Value {
    fn from(written: Written<'_>) -> Self {
        match written {
            Written::Text(text) => Self::String(text.into_owned()),
            Written::List(list) => Self::Array(list.into_iter().map(Self::from).collect()),
            Written::Object(members) => {
                Self::Object(members.into_iter().map(|(name, value)| (name.into_owned(), value.into())).collect())
            }
            Written::Plain(value) => value,
        }
    }
}

impl<'t> Deserialize<'t> for Written<'t> {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reading)
    }
}

/// The name of a member.
struct Name<'t>(Cow<'t, str>);

impl<'t> Deserialize<'t> for Name<'t> {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        match Written::deserialize(from)? {
            Written::Text(name) => Ok(Self(name)),
            _ => Err(D::Error::custom("the name of a member is no text")),
        }
    }
}

struct Reading;

impl<'t> Visitor<'t> for Reading {
    type Value = Written<'t>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'t str) -> Result<Written<'t>, E> {
        Ok(Written::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Written<'t>, E> {
        Ok(Written::Text(text.to_owned().into()))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Written<'t>, E> {
        Ok(Written::Plain(truth.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Written<'t>, E> {
        Ok(Written::Plain(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Written<'t>, E> {
        Ok(Written::Plain(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Written<'t>, E> {
        Ok(Written::Plain(number.into()))
    }

    fn visit_unit<E>(self) -> Result<Written<'t>, E> {
        Ok(Written::Plain(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut from: A) -> Result<Written<'t>, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = from.next_element()? {
            list.push(value);
        }
        Ok(Written::List(list))
    }

    fn visit_map<A: MapAccess<'t>>(self, mut from: A) -> Result<Written<'t>, A::Error> {
        // Rows have about a dozen.
        let mut members = Vec::with_capacity(16);
        while let Some((Name(name), value)) = from.next_entry()? {
            members.push((name, value));
        }
        Ok(Written::Object(members.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_a_tree_of_values_says() {
        let nested = "[".repeat(127) + &"]".repeat(127);
        let too_deep = "[".repeat(128) + &"]".repeat(128);
        for text in [
            r#"{"b":1,"a":"x","b":[true,null,-2,0.5,1e400,18446744073709551615,{"c":"\u00e9\n"}]}"#,
            r#"{"b":1,"a":"x","b":[true,null,-2,0.5,18446744073709551616,{"c":"\u00e9\n","":{}}],"a":""}"#,
            r#""plain""#,
            "7.0",
            r#"{"a":"#,
            r#"["\ud800"]"#,
            &nested,
            &too_deep,
        ] {
            let tree = serde_json::from_str::<Value>(text).map_err(|fault| fault.to_string());
            let written = serde_json::from_str::<Written<'_>>(text);
            assert_eq!(written.as_ref().map(ToString::to_string).ok(), tree.as_ref().map(ToString::to_string).ok());
            assert_eq!(written.map(Value::from).map_err(|fault| fault.to_string()), tree);
        }
    }
}
