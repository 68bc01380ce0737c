//! Points: exact hundredths, so that sums of halves and thirds never drift.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Points of a step or a report, in hundredths. In JSON and TOML they are plain numbers such as `2` or `0.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(pub i64);

impl Points {
    /// None.
    pub const ZERO: Points = Points(0);

    /// The nearest hundredth to `n`; `None` where `n` is not finite or beyond a million.
    pub fn from_number(n: f64) -> Option<Points> {
        (n.is_finite() && n.abs() <= 1e6).then(|| Points((n * 100.0).round() as i64))
    }
}

impl std::ops::Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Points>>(iter: I) -> Points {
        iter.fold(Points::ZERO, |a, b| a + b)
    }
}

impl std::fmt::Display for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (sign, n) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        match (n / 100, n % 100) {
            (whole, 0) => write!(f, "{sign}{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            (whole, part) => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if self.0 % 100 == 0 { s.serialize_i64(self.0 / 100) } else { s.serialize_f64(self.0 as f64 / 100.0) }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let n = f64::deserialize(d)?;
        Points::from_number(n).ok_or_else(|| serde::de::Error::custom("not a number of points"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_print_and_parse_as_people_write_them() {
        for (n, shown) in [(0, "0"), (50, "0.5"), (125, "1.25"), (300, "3"), (-50, "-0.5"), (5, "0.05")] {
            assert_eq!(Points(n).to_string(), shown);
            assert_eq!(serde_json::to_string(&Points(n)).unwrap(), shown);
            assert_eq!(serde_json::from_str::<Points>(shown).unwrap(), Points(n));
        }
    }
}
