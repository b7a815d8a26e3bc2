//! Numbers that only look random: the same seed always gives the same ones (`SplitMix64`).

pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// 0 to `below` - 1.
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    /// 0 to `below` - 1, the first ones much more often, as towns, names and words of real directories are.
    pub(crate) fn skewed(&mut self, below: usize) -> usize {
        ((below as f64 * self.unit().powf(2.5)) as usize).min(below - 1)
    }

    /// One of them, the first ones more often.
    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let at = self.roll(from.len());
        from[at * (1 + self.roll(from.len())) / from.len()]
    }

    /// One of them, each as often.
    pub(crate) fn any<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }

    /// One of them, each as often as its weight says.
    pub(crate) fn weighed<T: Copy>(&mut self, from: &[(T, usize)]) -> T {
        let mut left = self.roll(from.iter().map(|(_, weight)| weight).sum());
        for (what, weight) in from {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return *what,
            }
        }
        from[0].0
    }

    pub(crate) fn chance(&mut self, of_hundred: usize) -> bool {
        self.roll(100) < of_hundred
    }

    /// 0 to 1.
    pub(crate) fn unit(&mut self) -> f64 {
        self.roll(1_000_000) as f64 / 1e6
    }
}
