//! Which addresses of the internet may be asked. The public ones; on demand those of the house; some never.
//!
//! A feed's address, or a server that leads on to another one, could else make this machine ask its router, a printer
//! or the service that hands out a cloud machine's keys. What counts is the address that is connected to, not the name.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What kind of address it is, for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Anybody can have it.
    Public,
    /// This machine or the network of the house.
    House,
    /// No feed can be there: link-local, many at once, nobody, made for books.
    Never,
}

/// Whether this address may be asked.
pub(super) fn allowed(address: IpAddr, private: bool) -> bool {
    match reach(address) {
        Reach::Public => true,
        Reach::House => private,
        Reach::Never => false,
    }
}

fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => reach_4(address),
        IpAddr::V6(address) => reach_6(address),
    }
}

/// The special-purpose registry of IPv4 (RFC 6890 and after).
fn reach_4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        // This machine, private networks, and those behind a carrier's translation.
        [127 | 10, ..] | [192, 168, ..] => Reach::House,
        [172, second, ..] if second & 0xf0 == 16 => Reach::House,
        [100, second, ..] if second & 0xc0 == 64 => Reach::House,
        // Nobody, link-local, protocols, books, old relays, benchmarks.
        [0, ..]
        | [169, 254, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => Reach::Never,
        // Many at once, reserved, all.
        [first, ..] if first >= 224 => Reach::Never,
        _ => Reach::Public,
    }
}

/// Only `2000::/3` is given out to anybody, and not all of that.
fn reach_6(address: Ipv6Addr) -> Reach {
    if let Some(inner) = inner(address) {
        return reach_4(inner);
    }
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => Reach::House,
        [first, ..] if first & 0xfe00 == 0xfc00 => Reach::House,
        // Protocols and tunnels, books, tunnels again.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => Reach::Never,
        [0x2002, ..] => Reach::Never,
        [0x3fff, second, ..] if second < 0x1000 => Reach::Never,
        [first, ..] if first & 0xe000 == 0x2000 => Reach::Public,
        _ => Reach::Never,
    }
}

/// The address of IPv4 that stands in one of IPv6: mapped, or translated on the way (`64:ff9b::/96`), as networks without
/// IPv4 have it.
fn inner(address: Ipv6Addr) -> Option<Ipv4Addr> {
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(reach_of: Reach, addresses: &[&str]) {
        for address in addresses {
            assert_eq!(reach(address.parse().unwrap()), reach_of, "{address}");
        }
    }

    #[test]
    fn public_addresses_may_be_asked() {
        let public = [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2600::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
        ];
        all(Reach::Public, &public);
        assert!(public.iter().all(|address| allowed(address.parse().unwrap(), false)));
    }

    #[test]
    fn the_house_may_be_asked_when_staff_allow_it() {
        let house = [
            "127.0.0.1",
            "127.255.255.254",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "::1",
            "fc00::1",
            "fdff::1",
            "::ffff:127.0.0.1",
            "::ffff:192.168.0.1",
            "64:ff9b::7f00:1",
        ];
        all(Reach::House, &house);
        for address in house {
            let address = address.parse().unwrap();
            assert!(!allowed(address, false) && allowed(address, true), "{address}");
        }
    }

    #[test]
    fn some_are_never_asked() {
        let never = [
            "0.0.0.0",
            "169.254.169.254",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::7f00:1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
        ];
        all(Reach::Never, &never);
        assert!(!never.iter().any(|address| allowed(address.parse().unwrap(), true)));
    }
}
