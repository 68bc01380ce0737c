//! Raw bytes and places in them, in a form that can be written to a journal and read by people.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// Octets as they stood on the wire or in a mailbox.
///
/// In JSON they are a string where they are valid UTF-8, else `{"base64": "..."}`, so that a transcript can be
/// read by a person and still loses nothing. Clones share the octets: a message stands in many events, and on its
/// way in many queues, and lies in memory once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bytes(pub Arc<[u8]>);

impl Bytes {
    /// The octets as text, with U+FFFD in the place of what is not UTF-8.
    pub fn lossy(&self) -> Cow<'_, str> {
        lossy(&self.0)
    }
}

/// Octets as text, with U+FFFD in the place of what is not UTF-8. What is text is looked at once, and quickly.
pub fn lossy(octets: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(octets) {
        Ok(text) => text.into(),
        Err(_) => String::from_utf8_lossy(octets),
    }
}

impl From<&[u8]> for Bytes {
    fn from(b: &[u8]) -> Self {
        Bytes(b.into())
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(b: Vec<u8>) -> Self {
        Bytes(b.into())
    }
}

impl From<&str> for Bytes {
    fn from(s: &str) -> Self {
        Bytes(s.as_bytes().into())
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(&self.0) {
            Ok(text) => s.serialize_str(text),
            Err(_) => {
                let mut map = s.serialize_map(Some(1))?;
                map.serialize_entry("base64", &STANDARD.encode(&self.0))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(Reader)
    }
}

/// Reads octets from either of their forms.
struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Bytes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, or octets in base64")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Bytes, E> {
        Ok(Bytes::from(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Bytes, A::Error> {
        let Base64 { base64 } = Base64::deserialize(MapAccessDeserializer::new(map))?;
        STANDARD.decode(base64).map(Bytes::from).map_err(de::Error::custom)
    }
}

#[derive(Deserialize)]
struct Base64 {
    base64: String,
}

/// A stretch of octets in a line: from `start`, up to but not including `end`, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first octet.
    pub start: usize,
    /// One past the last octet; equal to `start` where something is missing.
    pub end: usize,
}

impl Span {
    /// From `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The place before octet `at`, for something that is missing there.
    pub fn at(at: usize) -> Span {
        Span { start: at, end: at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive_json_whatever_they_are() {
        for (bytes, json) in [(&b"MAIL"[..], "\"MAIL\""), (b"\xff\x00", r#"{"base64":"/wA="}"#)] {
            let b = Bytes::from(bytes);
            assert_eq!(serde_json::to_string(&b).unwrap(), json);
            assert_eq!(serde_json::from_str::<Bytes>(json).unwrap(), b);
        }
        for wrong in ["1", "null", "[1]", r#"{"base64":"/wA"}"#, r#"{"octets":""}"#, "{}"] {
            assert!(serde_json::from_str::<Bytes>(wrong).is_err(), "{wrong}");
        }
    }
}
