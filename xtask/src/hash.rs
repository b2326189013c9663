//! Seeing that something changed.

/// FNV-1a, 64 bits: enough to see that something changed, and the same with every Rust.
pub(crate) struct Hash(u64);

impl Hash {
    /// Of nothing.
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds one piece. Its length goes in as well, so that two pieces never pass for one.
    pub(crate) fn add(&mut self, piece: &[u8]) {
        for byte in piece
            .iter()
            .copied()
            .chain((piece.len() as u64).to_le_bytes())
        {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Of all pieces so far.
    pub(crate) fn value(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(pieces: &[&str]) -> u64 {
        let mut hash = Hash::new();
        pieces.iter().for_each(|piece| hash.add(piece.as_bytes()));
        hash.value()
    }

    #[test]
    fn a_moved_border_between_two_files_is_a_change() {
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_eq!(hash(&["ab", "c"]), hash(&["ab", "c"]));
    }
}
