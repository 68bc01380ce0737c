//! The tables of signed and encrypted mail.

use super::Table;
use super::shape::{boolean, key, like, named, needed, of_any, one_of, word, words, world_text};
use crate::mail::smime::SmimeFault;

pub(super) fn tables() -> Vec<Table> {
    let kinds = one_of(&["valid", "expired", "self-signed", "unknown-issuer", "for-servers"]);
    let certificate = vec![
        needed("address", word(), "Whose it is; need not be a mailbox's."),
        needed("name", word(), "The name in it."),
        key("certificate", of_any(vec![kinds, named("other_address")]), "What is right or wrong with it."),
        key("file", word(), "The workstation's file with the certificate."),
        key("key_file", word(), "The workstation's file with its key."),
    ];
    let protect = vec![
        key("sign", word(), "By whom it is signed: the address of a [[mail_certificate]]."),
        key("opaque", boolean(), "The signature lies around the text, not beside it."),
        key("change", named("change"), "What of the text is replaced after it was signed."),
        key("encrypt", words(), "For whom it is encrypted."),
    ];
    let change = vec![
        needed("from", world_text(), "What stands in the text ..."),
        needed("to", world_text(), "... and what stands there in its place."),
    ];
    let other = vec![needed("other_address", word(), "It is good, for this other address.")];
    let signed = vec![
        key("by", like(), "An address in the signer's certificate."),
        key("reason", one_of(SmimeFault::KINDS), "What is wrong; nothing is, where nothing is said."),
    ];
    vec![
        Table::new(
            "a certificate for mail",
            "mail_certificate",
            "Somebody's certificate for mail.",
            certificate,
        ),
        Table::new(
            "a certificate for another address",
            "other_address",
            "A certificate for another address.",
            other,
        ),
        Table::new(
            "how a message is protected",
            "protect",
            "How a message is signed and encrypted.",
            protect,
        ),
        Table::new("what changes on the way", "change", "What somebody changed on the way.", change),
        Table::new("a signature", "signed", "By whom a message is signed, and whether that holds.", signed),
    ]
}
