//! Whether senders are believed: `verify` of a host, `dkim` of a domain, and `spf`, `dkim`, `dmarc` in what is expected.

use super::keys::{Keys, Node, Reader};
use crate::mail::dkim::{DkimAlgorithm, DkimResult};
use crate::mail::dmarc::{DmarcPolicy, DmarcResult};
use crate::mail::spf::SpfResult;
use crate::scenario::SenderKind;
use crate::scenario::model::{SenderPatternModel, SigningModel};
use crate::world::{Checking, VerifySetup};

/// `verify = true`, which marks what all three say, or a table.
pub(super) fn verify(r: &mut Reader, keys: &mut Keys<'_>) -> VerifySetup {
    let Some(node) = keys.get("verify") else { return VerifySetup::default() };
    let example = "{ spf = \"reject\", dkim = true, dmarc = \"enforce\" }";
    if !node.is_table() {
        let all = node.value.as_bool();
        if all.is_none() {
            r.wrong_type(&node, "`true`, `false` or a table", example);
        }
        let mark = if all == Some(true) { Checking::Mark } else { Checking::Off };
        return VerifySetup { spf: mark, dkim: all == Some(true), dmarc: mark };
    }
    let Some(mut keys) = r.table(&node, "what a host checks", example) else { return VerifySetup::default() };
    let spf = keys.get("spf").map_or(Checking::Off, |n| checking(r, &n, "reject"));
    let dkim = keys.get("dkim").and_then(|n| r.boolean(&n)).unwrap_or(false);
    let dmarc = keys.get("dmarc").map_or(Checking::Off, |n| checking(r, &n, "enforce"));
    keys.finish(r);
    VerifySetup { spf, dkim, dmarc }
}

/// `true`, `false`, `"mark"`, or the word for acting upon it.
fn checking(r: &mut Reader, node: &Node<'_>, act: &'static str) -> Checking {
    match node.value.as_bool() {
        Some(true) => Checking::Mark,
        Some(false) => Checking::Off,
        None => {
            r.one_of(node, &[("mark", Checking::Mark), (act, Checking::Enforce)]).unwrap_or(Checking::Mark)
        }
    }
}

/// `dkim` of a domain: one key, or a list of them.
pub(super) fn signing(r: &mut Reader, keys: &mut Keys<'_>) -> Vec<SigningModel> {
    let example = "{ selector = \"lab\" }";
    let Some(node) = keys.get("dkim") else { return Vec::new() };
    let nodes = if node.is_list() { r.list(&node, "[{ selector = \"lab\" }]") } else { vec![node] };
    nodes.iter().filter_map(|node| r.table(node, "a key", example).and_then(|keys| key(r, keys))).collect()
}

fn key(r: &mut Reader, mut keys: Keys<'_>) -> Option<SigningModel> {
    let selector = keys.need("selector", "\"lab\"").and_then(|n| r.word(&n, "\"lab\""));
    let kinds = [("ed25519", DkimAlgorithm::Ed25519Sha256), ("rsa", DkimAlgorithm::RsaSha256)];
    let algorithm = keys.get("algorithm").and_then(|n| r.one_of(&n, &kinds));
    let publish = keys.get("publish").and_then(|n| r.boolean(&n)).unwrap_or(true);
    let host = keys.get("host").and_then(|n| r.word(&n, "\"mail.example.tld\""));
    keys.finish(r);
    let algorithm = algorithm.unwrap_or(DkimAlgorithm::Ed25519Sha256);
    selector.map(|selector| SigningModel { selector, algorithm, publish, host })
}

/// `spf = "fail"` and the like, with what may stand beside it.
pub(super) fn pattern(
    r: &mut Reader,
    keys: &mut Keys<'_>,
    kind: SenderKind,
    node: &Node<'_>,
) -> Option<SenderPatternModel> {
    let names: Vec<&'static str> = match kind {
        SenderKind::Spf => SpfResult::ALL.map(SpfResult::name).to_vec(),
        SenderKind::Dkim => DkimResult::ALL.map(DkimResult::name).to_vec(),
        SenderKind::Dmarc => DmarcResult::ALL.map(DmarcResult::name).to_vec(),
    };
    let words: Vec<(&'static str, Option<&'static str>)> =
        std::iter::once(("any", None)).chain(names.into_iter().map(|name| (name, Some(name)))).collect();
    let result = r.one_of(node, &words);
    let mut glob = |r: &mut Reader, key| keys.get(key).and_then(|node| r.like(&node, "\"*.example.tld\""));
    let (host, domain) = (glob(r, "host"), glob(r, "domain"));
    let selector = if kind == SenderKind::Dkim { glob(r, "selector") } else { None };
    let policies = DmarcPolicy::ALL.map(|policy| (policy.name(), policy));
    let disposition = match kind {
        SenderKind::Dmarc => keys.get("disposition").and_then(|n| r.one_of(&n, &policies)),
        _ => None,
    };
    result.map(|result| SenderPatternModel { kind, result, host, domain, selector, disposition })
}
