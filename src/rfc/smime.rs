//! Signed and encrypted mail.

use super::{Rfc, partial, yes};

pub(super) const RFCS: &[Rfc] = &[
    Rfc {
        number: 1847,
        title: "Multiparts for signed and encrypted mail",
        sections: &[yes("2.1", "A text with its signature beside it")],
    },
    Rfc { number: 2633, title: "S/MIME 3, as it was", sections: &[] },
    Rfc { number: 3565, title: "AES in CMS", sections: &[yes("4.1", "AES in CBC mode")] },
    Rfc { number: 4056, title: "RSASSA-PSS in CMS", sections: &[] },
    Rfc {
        number: 5652,
        title: "CMS: cryptographic messages",
        sections: &[
            yes("3", "What a message begins with"),
            yes("4", "Plain content"),
            partial("5", "Signed content", "without counter-signatures and lists of revoked certificates"),
            yes("5.1", "What stands in it"),
            yes("5.3", "One signature"),
            yes("5.4", "What is signed"),
            partial("6", "Encrypted content", "for holders of RSA keys"),
            yes("6.1", "What stands in it"),
            partial("6.2.1", "The content's key, encrypted for a recipient", "with PKCS #1 v1.5"),
            yes("10.2.2", "Kinds of certificates"),
            yes("10.2.4", "A certificate by its issuer and its number"),
            yes("11", "What is signed beside the content"),
            yes("11.1", "The content's type"),
            yes("11.2", "The content's digest"),
            yes("11.3", "When it was signed"),
        ],
    },
    Rfc { number: 5754, title: "SHA-2 in CMS", sections: &[yes("2", "The digests' names")] },
    Rfc {
        number: 8017,
        title: "PKCS #1: RSA",
        sections: &[
            yes("5.1.1", "The operation with the public key"),
            yes("7.2.1", "Padding and encrypting"),
            yes("7.2.2", "Decrypting"),
        ],
    },
    Rfc {
        number: 8550,
        title: "S/MIME: certificates",
        sections: &[
            yes("3", "Whose address a certificate is for"),
            partial("4", "Whether a certificate can be believed", "without lists of revoked ones"),
            yes("4.4", "Extensions of certificates for mail"),
            yes("4.4.2", "What a key may be used for"),
            yes("4.4.4", "What a certificate is for"),
        ],
    },
    Rfc {
        number: 8551,
        title: "S/MIME: signed and encrypted mail",
        sections: &[
            yes("2.5.2", "What the signer can decrypt"),
            partial("3", "How CMS lies in mail", "without compression and AuthEnvelopedData"),
            yes("3.1", "What is signed or encrypted of a message"),
            yes("3.1.1", "Line ends in their canonical form"),
            yes("3.2", "application/pkcs7-mime"),
            yes("3.2.2", "What is in it"),
            yes("3.3", "An encrypted message"),
            yes("3.5.2", "Signed, with the content inside"),
            yes("3.5.3", "Signed, with the signature beside the content"),
            yes("3.9", "How a message is known for S/MIME"),
        ],
    },
];
