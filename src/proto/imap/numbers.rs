//! Message numbers and unique ids in sets: made orderly for looking up, and written as short as they can be (RFC 3501
//! section 9, sequence-set).

use super::SequenceSet;

/// A sequence set whose ranges are in order and do not touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberSet(Vec<(u32, u32)>);

impl NumberSet {
    /// The numbers of a sequence set, `last` being the largest number in use, for which `*` stands.
    pub fn of(set: &SequenceSet, last: u32) -> NumberSet {
        let mut ranges: Vec<(u32, u32)> = set.ranges(last).collect();
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (from, to) in ranges {
            match merged.last_mut() {
                Some((_, end)) if from <= end.saturating_add(1) => *end = to.max(*end),
                _ => merged.push((from, to)),
            }
        }
        NumberSet(merged)
    }

    /// Is the number among them?
    pub fn contains(&self, n: u32) -> bool {
        let after = self.0.partition_point(|(from, _)| *from <= n);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, to)| n <= *to)
    }

    /// The ranges, each from the smaller to the larger end.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }
}

/// Numbers in the order given, runs of them as ranges: `1,3:5`. Empty for none.
pub fn write_numbers(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for n in numbers {
        match runs.last_mut() {
            Some((_, to)) if to.checked_add(1) == Some(n) => *to = n,
            _ => runs.push((n, n)),
        }
    }
    let run = |(from, to): &(u32, u32)| if from == to { from.to_string() } else { format!("{from}:{to}") };
    runs.iter().map(run).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::super::Num;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sets_are_put_in_order() {
        let of = |n| Num::Of(n);
        let set = SequenceSet(vec![(of(7), of(9)), (of(4), of(2)), (of(5), of(5)), (of(20), Num::Last)]);
        assert_eq!(NumberSet::of(&set, 12).ranges(), [(2, 5), (7, 9), (12, 20)]);
        assert_eq!(NumberSet::of(&set, 30).ranges(), [(2, 5), (7, 9), (20, 30)]);
        let all = SequenceSet(vec![(of(1), of(u32::MAX)), (of(u32::MAX), of(3))]);
        assert_eq!(NumberSet::of(&all, 5).ranges(), [(1, u32::MAX)]);
    }

    #[test]
    fn numbers_are_written_short() {
        for (numbers, written) in [
            (&[][..], ""),
            (&[3], "3"),
            (&[1, 2, 3, 5, 7, 8], "1:3,5,7:8"),
            (&[5, 4, 6], "5,4,6"),
            (&[u32::MAX, 0], "4294967295,0"),
        ] {
            assert_eq!(write_numbers(numbers.iter().copied()), written);
        }
    }

    proptest! {
        #[test]
        fn an_orderly_set_has_the_same_members(
            ends in prop::collection::vec((0u32..30, 0u32..30), 1..8), last in 1u32..25,
        ) {
            let num = |n: u32| if n == 0 { Num::Last } else { Num::Of(n) };
            let set = SequenceSet(ends.iter().map(|(a, b)| (num(*a), num(*b))).collect());
            let orderly = NumberSet::of(&set, last);
            for n in 0..40 {
                prop_assert_eq!(orderly.contains(n), set.contains(n, last), "{}", n);
            }
        }
    }
}
