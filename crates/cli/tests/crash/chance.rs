//! Numbers by chance that can be had again.

/// `SHEAF_SEED` tries others.
pub(crate) fn seed() -> u64 {
    std::env::var("SHEAF_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(1)
}

/// How many moments of each operation: a few unless `SHEAF_CRASHES` says otherwise.
pub(crate) fn moments() -> usize {
    std::env::var("SHEAF_CRASHES")
        .ok()
        .and_then(|moments| moments.parse().ok())
        .unwrap_or(6)
}

/// `SplitMix64`.
pub(crate) struct Chance(u64);

impl Chance {
    /// Each name has numbers of its own.
    pub(crate) fn new(name: &str) -> Self {
        let mix = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(seed() ^ 0xcbf2_9ce4_8422_2325, mix))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From nought up to, and without, the bound.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// So many of the numbers from one to the bound, spread over all of them: each comes once before one comes twice.
    pub(crate) fn spread(&mut self, count: usize, bound: u64) -> Vec<u64> {
        let mut found = Vec::with_capacity(count);
        while found.len() < count && bound > 0 {
            let mut all: Vec<u64> = (1..=bound).collect();
            for at in (1..all.len()).rev() {
                let other = usize::try_from(self.below(at as u64 + 1)).unwrap_or(0);
                all.swap(at, other);
            }
            all.truncate(count - found.len());
            found.extend(all);
        }
        found
    }
}
