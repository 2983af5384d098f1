//! How policies write lists: one value for a list of one, and maps in which no key may be there twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text, a list of texts, and in conditions a number or a bool: all are texts to AWS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts(pub(super) BTreeSet<String>);

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.first() {
            Some(text) if self.0.len() == 1 => serializer.serialize_str(text),
            _ => serializer.collect_seq(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Texts, D::Error> {
        deserializer.deserialize_any(TextsVisitor)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Texts;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text or a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Texts, E> {
        Ok(Texts(BTreeSet::from([text.to_owned()])))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Texts, E> {
        Ok(Scalar::Bool(value).into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Texts, E> {
        Ok(Scalar::Integer(value).into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Texts, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Texts, E> {
        Ok(Scalar::Float(value).into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Texts, A::Error> {
        let mut texts = BTreeSet::new();
        while let Some(element) = sequence.next_element::<Scalar>()? {
            texts.insert(element.text());
        }
        Ok(Texts(texts))
    }
}

/// One value of a list.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a list may hold texts, numbers and bools")]
enum Scalar {
    Text(String),
    Bool(bool),
    Integer(i64),
    Float(f64),
}

impl Scalar {
    fn text(self) -> String {
        match self {
            Scalar::Text(text) => text,
            Scalar::Bool(value) => value.to_string(),
            Scalar::Integer(value) => value.to_string(),
            Scalar::Float(value) => value.to_string(),
        }
    }
}

impl From<Scalar> for Texts {
    fn from(scalar: Scalar) -> Texts {
        Texts(BTreeSet::from([scalar.text()]))
    }
}

/// One element, or a list of elements.
pub(super) struct Single<T>(pub(super) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Single<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Single<T>, D::Error> {
        struct SingleVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for SingleVisitor<T> {
            type Value = Single<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a statement or a list of statements")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Single<T>, A::Error> {
                let element = T::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(Single(vec![element]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Single<T>, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = sequence.next_element()? {
                    elements.push(element);
                }
                Ok(Single(elements))
            }
        }
        deserializer.deserialize_any(SingleVisitor(PhantomData))
    }
}

/// A map in which no key is there twice: of two values one would be lost, and with it perhaps a denial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UniqueMap<T>(pub(super) BTreeMap<String, T>);

impl<T> UniqueMap<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for UniqueMap<T> {
    fn default() -> Self {
        UniqueMap(BTreeMap::new())
    }
}

impl<T: Serialize> Serialize for UniqueMap<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.0)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for UniqueMap<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<UniqueMap<T>, D::Error> {
        struct MapVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for MapVisitor<T> {
            type Value = UniqueMap<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UniqueMap<T>, A::Error> {
                let mut entries: BTreeMap<String, T> = BTreeMap::new();
                while let Some((key, value)) = map.next_entry::<String, T>()? {
                    // AWS takes condition keys in small and capital letters.
                    if entries.keys().any(|known| known.eq_ignore_ascii_case(&key)) {
                        return Err(A::Error::custom(format!("the key `{key}` is there twice")));
                    }
                    entries.insert(key, value);
                }
                Ok(UniqueMap(entries))
            }
        }
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }
}
