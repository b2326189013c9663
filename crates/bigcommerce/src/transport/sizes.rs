//! How many a store puts on a page, learned from what it gave.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// The largest page that each list ever gave.
///
/// Sizes of version 2 are documented for few lists, and no answer tells them.
#[derive(Default)]
pub(crate) struct PageSizes(Mutex<HashMap<&'static str, usize>>);

impl PageSizes {
    /// Takes in a page of the list of that name; gives the largest one so far.
    pub(crate) fn note(&self, list: &'static str, received: usize) -> usize {
        // One that panicked here left a number that was seen: the lock is taken over.
        let mut sizes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let most = sizes.entry(list).or_default();
        *most = (*most).max(received);
        *most
    }
}
