//! A part of a tree that stays closed until it is needed.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use miniz_oxide::deflate::{CompressionLevel, compress_to_vec};
use miniz_oxide::inflate::decompress_to_vec;
use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A part of a tree. Compiled, it stays closed until its first use.
///
/// It dereferences to its value. In a compiled tree it is written with postcard and compressed with deflate, so that
/// opening a tree costs little, and a card costs what a reader of that card needs. In a tree that was loaded from files
/// it is open from the start.
#[derive(Clone)]
pub struct Lazy<T>(LazyState<T>);

#[derive(Clone)]
enum LazyState<T> {
    Open(Box<T>),
    Closed { bytes: &'static [u8], opened: OnceLock<Box<T>> },
}

impl<T> Lazy<T> {
    /// Holds a value that is there.
    pub fn new(value: T) -> Self {
        Self(LazyState::Open(Box::new(value)))
    }
}

impl<T: DeserializeOwned> Deref for Lazy<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            LazyState::Open(value) => value,
            LazyState::Closed { bytes, opened } => opened.get_or_init(|| Box::new(open(bytes))),
        }
    }
}

impl<T: DeserializeOwned> DerefMut for Lazy<T> {
    fn deref_mut(&mut self) -> &mut T {
        if let LazyState::Closed { bytes, opened } = &mut self.0 {
            let value = opened.take().unwrap_or_else(|| Box::new(open(bytes)));
            self.0 = LazyState::Open(value);
        }
        match &mut self.0 {
            LazyState::Open(value) => value,
            LazyState::Closed { .. } => unreachable!("it was opened"),
        }
    }
}

impl<T: DeserializeOwned + Default> Default for Lazy<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: DeserializeOwned + fmt::Debug> fmt::Debug for Lazy<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

impl<T: DeserializeOwned + Serialize> Serialize for Lazy<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&closed(&**self).map_err(S::Error::custom)?)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Lazy<T> {
    /// Keeps the bytes where they are, in the binary.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        Ok(Self(LazyState::Closed { bytes, opened: OnceLock::new() }))
    }
}

/// Returns the compressed form of a value.
fn closed<T: Serialize>(value: &T) -> postcard::Result<Vec<u8>> {
    Ok(compress_to_vec(&postcard::to_stdvec(value)?, CompressionLevel::UberCompression as u8))
}

/// Returns the value of a compressed form.
fn open<T: DeserializeOwned>(bytes: &[u8]) -> T {
    opened(&decompress_to_vec(bytes).unwrap_or_default())
}

/// Reads bytes that the build wrote.
///
/// Invariant: the build wrote them with the same types.
pub fn opened<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> T {
    match postcard::from_bytes(bytes) {
        Ok(value) => value,
        Err(error) => unreachable!("compiled by another program: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_value_is_the_value() {
        let texts = Lazy::new(vec!["one".to_owned(), "two".repeat(1000)]);
        let bytes: &'static [u8] = postcard::to_stdvec(&texts).unwrap().leak();
        assert!(bytes.len() < 100, "{} bytes", bytes.len());
        let mut read: Lazy<Vec<String>> = postcard::from_bytes(bytes).unwrap();
        assert_eq!(*read, *texts);
        assert_eq!(format!("{read:?}"), format!("{:?}", *texts));
        read.push("three".to_owned());
        assert_eq!(read.len(), 3);
        let mut unread: Lazy<Vec<String>> = postcard::from_bytes(bytes).unwrap();
        unread.clear();
        assert!(unread.is_empty());
    }
}
