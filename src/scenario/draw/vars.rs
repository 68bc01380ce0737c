//! Drawing `[vars]`: each variable from its own stream, so that a new one changes none of the others.

use super::words;
use crate::scenario::model::{Model, Var, VarKind};
use crate::units::{Lang, Stream};
use crate::world::Network;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// How often a value that is taken already is drawn again before it is kept all the same.
const TRIES: usize = 100;

/// The value of each variable. Words, names and addresses differ from each other and from what the file itself
/// names, as far as there is room.
pub(crate) fn draw(model: &Model, seed: u64, lang: Lang) -> BTreeMap<String, String> {
    let written =
        model.hosts.iter().map(|h| &h.ip).chain([&model.workstation.ip, &model.workstation.resolver]);
    let mut taken: BTreeSet<String> = written.flatten().map(|ip| ip.value.clone()).collect();
    let mut values = BTreeMap::new();
    for var in &model.vars {
        let mut stream = Stream::new(seed, &format!("var {}", var.name.value));
        let mut value = one(var, &mut stream, lang);
        if matches!(var.kind, VarKind::Word | VarKind::Name | VarKind::Ip(_)) {
            for _ in 0..TRIES {
                if !taken.contains(&value) {
                    break;
                }
                value = one(var, &mut stream, lang);
            }
            taken.insert(value.clone());
        }
        values.insert(var.name.value.clone(), value);
    }
    values
}

fn one(var: &Var, stream: &mut Stream, lang: Lang) -> String {
    let german = lang == Lang::De;
    match &var.kind {
        VarKind::Pick(texts) => {
            let text = stream.pick(texts).map(|t| if german { &t.de } else { &t.en });
            text.map(|t| t.value.clone()).unwrap_or_default()
        }
        VarKind::Word => {
            stream.pick(&words::WORDS).map_or("", |(de, en)| if german { de } else { en }).into()
        }
        VarKind::Name => stream.pick(&words::NAMES).copied().unwrap_or_default().into(),
        VarKind::Ip(net) => address(net.value, stream).to_string(),
        VarKind::Number(min, max) => {
            let width = max.abs_diff(*min).saturating_add(1);
            min.saturating_add_unsigned(stream.below(width)).to_string()
        }
    }
}

/// An address in the network that a host can have: not the network's own, not its broadcast address, and none that
/// ends in 0 or 255 where there are others.
fn address(net: Network, stream: &mut Stream) -> Ipv4Addr {
    let size = 1u64 << (32 - u32::from(net.prefix.min(32)));
    let base = u64::from(u32::from(net.base)) & !(size - 1);
    let mut ip = net.base;
    for _ in 0..TRIES {
        let at = base + 1 + stream.below(size.saturating_sub(2));
        ip = Ipv4Addr::from(u32::try_from(at).unwrap_or_default());
        if !matches!(ip.octets(), [.., 0 | 255]) {
            break;
        }
    }
    ip
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_ones_a_host_can_have() {
        for (base, prefix) in
            [([192, 0, 2, 0], 24), ([192, 0, 2, 77], 30), ([123, 45, 0, 0], 16), ([0, 0, 0, 0], 0)]
        {
            let net = Network { base: base.into(), prefix };
            let mut stream = Stream::new(7, "test");
            for _ in 0..200 {
                let ip = address(net, &mut stream);
                assert!(net.contains(ip.into()), "{ip} {net:?}");
                assert!(!matches!(ip.octets(), [.., 0 | 255]), "{ip}");
            }
        }
    }
}
