//! RSA's operation with a public key (RFC 8017 section 5.1.1) on a block that the caller has padded.
//!
//! Encrypting for somebody takes random padding, and the library draws that itself; an attempt must come out the same when it
//! is played again, so the padding is drawn from the attempt's stream, and the arithmetic stands here. Nothing depends on a
//! private key: whatever this code's time or memory told, it would tell of a public number and of a key for one message.

use super::number;

/// The longest modulus in octets: 4096 bits.
const MODULUS: usize = 512;
/// The shortest: 1024 bits.
const SHORTEST: usize = 128;

/// `block` to the power of `exponent`, modulo `modulus`, as long as the modulus; all big-endian. `None` where the numbers
/// are none of RSA's: an even, short or far too long modulus, or a block that is not below it.
pub(super) fn public_operation(modulus: &[u8], exponent: &[u8], block: &[u8]) -> Option<Vec<u8>> {
    let modulus = number(modulus);
    let exponent = number(exponent);
    let known = (SHORTEST..=MODULUS).contains(&modulus.len()) && exponent.len() <= 4;
    if !known || modulus.last().is_none_or(|last| last % 2 == 0) || exponent.is_empty() {
        return None;
    }
    let exponent = exponent.iter().fold(0u32, |n, digit| n << 8 | u32::from(*digit));
    let n = Modulus::new(limbs(modulus, modulus.len().div_ceil(8)));
    let block = number(block);
    if block.len() > modulus.len() {
        return None;
    }
    let base = limbs(block, n.limbs.len());
    if !less(&base, &n.limbs) {
        return None;
    }
    let base = n.times(&base, &n.square_of_r);
    let mut power = base.clone();
    for bit in (0..31 - exponent.leading_zeros()).rev() {
        power = n.times(&power, &power);
        if exponent >> bit & 1 == 1 {
            power = n.times(&power, &base);
        }
    }
    let mut one = vec![0; n.limbs.len()];
    *one.first_mut()? = 1;
    let power = n.times(&power, &one);
    let octets: Vec<u8> = power.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect();
    octets.get(octets.len() - modulus.len()..).map(<[u8]>::to_vec)
}

/// Big-endian octets as limbs, the least first, `count` of them.
fn limbs(octets: &[u8], count: usize) -> Vec<u64> {
    let mut limbs: Vec<u64> =
        octets.rchunks(8).map(|chunk| chunk.iter().fold(0, |n, digit| n << 8 | u64::from(*digit))).collect();
    limbs.resize(count, 0);
    limbs
}

fn less(a: &[u64], b: &[u64]) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// `a - b`, modulo 2 to the power of their length.
fn minus(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut borrow = false;
    let difference = a.iter().zip(b).map(|(a, b)| {
        let (first, under) = a.overflowing_sub(*b);
        let (second, again) = first.overflowing_sub(u64::from(borrow));
        borrow = under || again;
        second
    });
    difference.collect()
}

/// An odd modulus, made ready for Montgomery's multiplication.
struct Modulus {
    limbs: Vec<u64>,
    /// Minus its inverse modulo 2^64.
    inverse: u64,
    /// R squared modulo it, where R is 2 to the power of its limbs' bits.
    square_of_r: Vec<u64>,
}

impl Modulus {
    fn new(limbs: Vec<u64>) -> Modulus {
        let lowest = limbs.first().copied().unwrap_or(1);
        // Newton's iteration doubles the number of right bits; an odd number is its own inverse modulo 8.
        let mut inverse = lowest;
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2u64.wrapping_sub(lowest.wrapping_mul(inverse)));
        }
        // 1, doubled for each bit of R twice over.
        let mut square = vec![0; limbs.len()];
        if let Some(first) = square.first_mut() {
            *first = 1;
        }
        for _ in 0..limbs.len() * 128 {
            square = doubled(&square, &limbs);
        }
        Modulus { limbs, inverse: inverse.wrapping_neg(), square_of_r: square }
    }

    /// `a` times `b` divided by R, modulo the modulus; both below it.
    fn times(&self, a: &[u64], b: &[u64]) -> Vec<u64> {
        let mut sum: Vec<u64> = vec![0; self.limbs.len()];
        // What is beyond the sum's limbs; the sum stays below twice the modulus, so that this is 0 or 1 between rounds.
        let mut top: u64 = 0;
        for digit in a {
            let over = add_product(&mut sum, b, *digit);
            let (with_top, first) = top.overflowing_add(over);
            let factor = sum.first().copied().unwrap_or_default().wrapping_mul(self.inverse);
            let over = add_product(&mut sum, &self.limbs, factor);
            let (with_top, second) = with_top.overflowing_add(over);
            // The lowest limb is zero now: everything moves down by one.
            sum.rotate_left(1);
            if let Some(last) = sum.last_mut() {
                *last = with_top;
            }
            top = u64::from(first) + u64::from(second);
        }
        if top > 0 || !less(&sum, &self.limbs) { minus(&sum, &self.limbs) } else { sum }
    }
}

/// Adds `factor` times `other` to `sum`; what did not fit.
fn add_product(sum: &mut [u64], other: &[u64], factor: u64) -> u64 {
    let mut carry: u128 = 0;
    for (limb, digit) in sum.iter_mut().zip(other) {
        let total = u128::from(*limb) + u128::from(*digit) * u128::from(factor) + carry;
        *limb = total as u64;
        carry = total >> 64;
    }
    carry as u64
}

/// Twice `a` modulo `modulus`, `a` below it.
fn doubled(a: &[u64], modulus: &[u64]) -> Vec<u64> {
    let mut carry = 0;
    let twice: Vec<u64> = a
        .iter()
        .map(|limb| {
            let shifted = limb << 1 | carry;
            carry = limb >> 63;
            shifted
        })
        .collect();
    if carry > 0 || !less(&twice, modulus) { minus(&twice, modulus) } else { twice }
}

#[cfg(test)]
mod tests {
    use super::super::ber::{INTEGER, Reader, SEQUENCE};
    use super::*;
    use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
    use aws_lc_rs::rsa::{KeyPair, KeySize, Pkcs1PrivateDecryptingKey, PrivateDecryptingKey};
    use aws_lc_rs::signature::KeyPair as _;

    /// Whatever the key, what the library decrypts is what was padded here.
    #[test]
    fn the_library_decrypts_what_is_encrypted_here() {
        for size in [KeySize::Rsa2048, KeySize::Rsa3072] {
            let pair = KeyPair::generate(size).unwrap();
            let mut numbers = Reader::new(pair.public_key().as_ref()).inside(SEQUENCE).unwrap();
            let modulus = number(numbers.one(INTEGER).unwrap().content).to_vec();
            let exponent = numbers.one(INTEGER).unwrap().content.to_vec();
            let private: Pkcs8V1Der<'_> = pair.as_der().unwrap();
            let private = PrivateDecryptingKey::from_pkcs8(private.as_ref()).unwrap();
            let private = Pkcs1PrivateDecryptingKey::new(private).unwrap();
            for fill in 1..=40 {
                let mut block = vec![fill; modulus.len()];
                (block[0], block[1]) = (0, 2);
                let zero = modulus.len() - 17;
                block[zero] = 0;
                let secret = block[zero + 1..].to_vec();
                let sealed = public_operation(&modulus, &exponent, &block).unwrap();
                let mut out = vec![0; modulus.len()];
                assert_eq!(private.decrypt(&sealed, &mut out).unwrap(), secret);
            }
        }
    }

    #[test]
    fn numbers_that_are_none_of_rsas_are_refused() {
        let odd = vec![0xff; 256];
        assert!(public_operation(&odd, &[1, 0, 1], &[2]).is_some());
        assert!(public_operation(&odd, &[1, 0, 1], &odd).is_none(), "not below the modulus");
        assert!(public_operation(&[0xfe; 256], &[1, 0, 1], &[2]).is_none(), "even");
        assert!(public_operation(&[0xff; 8], &[1, 0, 1], &[2]).is_none(), "short");
        assert!(public_operation(&vec![0xff; 4096], &[1, 0, 1], &[2]).is_none(), "long");
        assert!(public_operation(&odd, &[], &[2]).is_none(), "no exponent");
        assert!(public_operation(&odd, &[1, 0, 0, 0, 1], &[2]).is_none(), "a long exponent");
        assert!(public_operation(&[], &[], &[]).is_none());
    }
}
