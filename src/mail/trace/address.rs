//! What an address is good for: some mean something only in one network, some nothing at all.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressUse {
    /// Somebody's in the whole internet. Those for documentation (RFC 5737, RFC 3849) are the lab's internet.
    Public,
    /// Used over and over, in many networks (RFC 1918 section 3, RFC 6598, RFC 4193, RFC 3927).
    Private,
    /// The host itself (RFC 1122 section 3.2.1.3).
    Loopback,
    /// Set aside (RFC 6890 section 2.2.2): no host calls from there.
    Reserved,
}

/// What is this address for?
pub fn use_of(ip: IpAddr) -> AddressUse {
    match ip.to_canonical() {
        IpAddr::V4(ip) => use_of_v4(ip),
        IpAddr::V6(ip) => use_of_v6(ip),
    }
}

fn use_of_v4(ip: Ipv4Addr) -> AddressUse {
    match ip.octets() {
        [127, ..] => AddressUse::Loopback,
        [10, ..] | [192, 168, ..] | [169, 254, ..] => AddressUse::Private,
        [172, b, ..] if (16..32).contains(&b) => AddressUse::Private,
        [100, b, ..] if (64..128).contains(&b) => AddressUse::Private,
        [0, ..] | [224..=255, ..] | [192, 0, 0, _] => AddressUse::Reserved,
        _ => AddressUse::Public,
    }
}

fn use_of_v6(ip: Ipv6Addr) -> AddressUse {
    let first = ip.segments()[0];
    if ip.is_loopback() {
        AddressUse::Loopback
    } else if ip.is_unspecified() || ip.is_multicast() {
        AddressUse::Reserved
    } else if first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80 {
        AddressUse::Private
    } else {
        AddressUse::Public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_addresses_are_for() {
        for (ip, use_of_it) in [
            ("62.46.14.170", AddressUse::Public),
            ("198.51.100.17", AddressUse::Public),
            ("2001:db8::1", AddressUse::Public),
            ("10.1.2.3", AddressUse::Private),
            ("172.31.0.1", AddressUse::Private),
            ("172.32.0.1", AddressUse::Public),
            ("192.168.1.5", AddressUse::Private),
            ("100.64.0.1", AddressUse::Private),
            ("169.254.3.4", AddressUse::Private),
            ("fd00::1", AddressUse::Private),
            ("fe80::1", AddressUse::Private),
            ("127.0.0.1", AddressUse::Loopback),
            ("::1", AddressUse::Loopback),
            ("::ffff:127.0.0.1", AddressUse::Loopback),
            ("0.0.0.0", AddressUse::Reserved),
            ("224.0.0.1", AddressUse::Reserved),
            ("255.255.255.255", AddressUse::Reserved),
            ("ff02::1", AddressUse::Reserved),
        ] {
            assert_eq!(use_of(ip.parse().unwrap()), use_of_it, "{ip}");
        }
    }
}
