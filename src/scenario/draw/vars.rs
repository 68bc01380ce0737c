//! Drawing `[vars]`: each variable from its own stream, so that a new one changes none of the others. What is derived is worked
//! out afterwards, in the order of the file.

use super::words;
use crate::scenario::model::{Derivation, Model, Var, VarKind};
use crate::scenario::template::{Piece, Texts, pieces};
use crate::units::{Lang, Stream};
use crate::world::Network;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::ToSpan as _;
use jiff::civil::Date;
use md5::{Digest as _, Md5};
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// How often a value that is taken already is drawn again before it is kept all the same.
const TRIES: usize = 100;
/// What stands between the items of a list.
const LIST: &str = ", ";

/// The value of each variable. Words, names and addresses differ from each other and from what the file itself
/// names, as far as there is room.
pub(crate) fn draw(model: &Model, seed: u64, lang: Lang) -> BTreeMap<String, String> {
    let written =
        model.hosts.iter().map(|h| &h.ip).chain([&model.workstation.ip, &model.workstation.resolver]);
    let mut taken: BTreeSet<String> = written.flatten().map(|ip| ip.value.clone()).collect();
    let mut values = BTreeMap::new();
    for var in model.vars.iter().filter(|var| !matches!(var.kind, VarKind::Derived(..))) {
        let mut stream = Stream::new(seed, &format!("var {}", var.name.value));
        let mut value = one(var, &mut stream, lang);
        if matches!(var.kind, VarKind::Word | VarKind::Name | VarKind::Ip(_) | VarKind::Domain(_)) {
            for _ in 0..TRIES {
                if !taken.contains(&value) {
                    break;
                }
                value = one(var, &mut stream, lang);
            }
            taken.insert(value.clone());
        }
        parts(var, &value, lang, &mut values);
        values.insert(var.name.value.clone(), value);
    }
    for var in &model.vars {
        if let VarKind::Derived(how, texts) = &var.kind {
            let filled = texts.iter().map(|text| filled(own(text, lang), &values)).collect();
            values.insert(var.name.value.clone(), derived(*how, filled));
        }
    }
    values
}

/// The text in the world's language.
fn own(texts: &Texts, lang: Lang) -> &str {
    &if lang == Lang::De { &texts.de } else { &texts.en }.value
}

/// What a value has beside itself, as `name.part`: the places of a shuffled list, other ways to write a day.
fn parts(var: &Var, value: &str, lang: Lang, values: &mut BTreeMap<String, String>) {
    let name = &var.name.value;
    match &var.kind {
        VarKind::Shuffle(_) => {
            for (n, item) in value.split(LIST).enumerate() {
                values.insert(format!("{name}.{}", n + 1), item.to_owned());
            }
        }
        VarKind::Date(..) => {
            if let Ok(date) = value.parse::<Date>() {
                values.insert(format!("{name}.mail"), date.strftime("%a, %-d %b %Y").to_string());
                values.insert(format!("{name}.text"), spoken(date, lang));
            }
        }
        _ => {}
    }
}

/// A day as people write it.
fn spoken(date: Date, lang: Lang) -> String {
    const MONTHS: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    match lang {
        Lang::En => date.strftime("%-d %B %Y").to_string(),
        Lang::De => {
            let month = usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m.saturating_sub(1)));
            format!("{}. {} {}", date.day(), month.unwrap_or(&""), date.year())
        }
    }
}

/// The template with the values drawn so far; a name that is none of them was reported when the file was read.
fn filled(template: &str, values: &BTreeMap<String, String>) -> String {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) | Piece::Open(text) => text.to_owned(),
        Piece::Name(name) => values.get(name).cloned().unwrap_or_default(),
    };
    pieces(template).map(piece).collect()
}

fn derived(how: Derivation, mut texts: Vec<String>) -> String {
    let sum = |texts: &[String]| {
        let numbers = texts.iter().filter_map(|text| text.trim().parse::<i64>().ok());
        numbers.fold(0i64, i64::saturating_add).to_string()
    };
    match how {
        Derivation::Sum => sum(&texts),
        _ => {
            let text = texts.pop().unwrap_or_default();
            match how {
                Derivation::Text | Derivation::Sum => text,
                Derivation::Base64 => STANDARD.encode(text),
                Derivation::Md5 => Md5::digest(text).iter().map(|octet| format!("{octet:02x}")).collect(),
                Derivation::Upper => text.to_uppercase(),
                Derivation::Lower => text.to_lowercase(),
            }
        }
    }
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
        VarKind::Domain(parent) => {
            let word = stream.pick(&words::WORDS).map_or("", |(de, en)| if german { de } else { en });
            format!("{word}.{}", parent.value.trim_start_matches('.'))
        }
        VarKind::Date(first, last) => {
            let days = u64::try_from((*last - *first).get_days()).unwrap_or_default();
            let after = i64::try_from(stream.below(days.saturating_add(1))).unwrap_or_default();
            first.checked_add(after.days()).unwrap_or(*first).to_string()
        }
        VarKind::Shuffle(items) => {
            let mut left: Vec<&str> = items.iter().map(|item| own(item, lang)).collect();
            let mut order = Vec::new();
            while !left.is_empty() {
                let at = usize::try_from(stream.below(left.len() as u64)).unwrap_or_default();
                order.push(left.remove(at.min(left.len() - 1)));
            }
            order.join(LIST)
        }
        // Worked out when everything is drawn.
        VarKind::Derived(..) => String::new(),
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
