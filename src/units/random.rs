//! Seeded randomness: a named algorithm (ChaCha12), one independent stream per purpose, so that a new draw in
//! one place never changes what is drawn in another.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A stream of random numbers for one purpose, the same for the same seed and purpose on every machine.
#[derive(Debug, Clone)]
pub struct Stream(ChaCha12Rng);

impl Stream {
    /// The stream of `seed` for `purpose` (a short fixed name such as `"queue-id mail.example.tld"`).
    pub fn new(seed: u64, purpose: &str) -> Stream {
        use sha2::{Digest as _, Sha256};
        let mut hash = Sha256::new();
        hash.update(b"helo stream 1\0");
        hash.update(seed.to_le_bytes());
        hash.update(purpose.as_bytes());
        Stream(ChaCha12Rng::from_seed(hash.finalize().into()))
    }

    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from 0 up to but not including `n`; 0 where `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 { 0 } else { ((u128::from(self.bits()) * u128::from(n)) >> 64) as u64 }
    }

    /// One of `items`; `None` where there are none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len() as u64) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_pinned_so_that_old_attempts_replay() {
        let mut s = Stream::new(1, "test");
        let drawn: Vec<u64> = (0..4).map(|_| s.below(1000)).collect();
        let mut again = Stream::new(1, "test");
        assert_eq!(drawn, (0..4).map(|_| again.below(1000)).collect::<Vec<_>>());
        assert_eq!(drawn, PINNED);
        assert_ne!(Stream::new(2, "test").bits(), Stream::new(1, "test").bits());
        assert_ne!(Stream::new(1, "other").bits(), Stream::new(1, "test").bits());
    }

    const PINNED: [u64; 4] = [41, 146, 697, 617];
}
