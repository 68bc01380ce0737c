//! Who somebody is, and who listens: SASL, TLS, certificates.

use super::{Rfc, partial, yes};

pub(super) const RFCS: &[Rfc] = &[
    Rfc { number: 1321, title: "MD5", sections: &[] },
    Rfc { number: 2104, title: "HMAC", sections: &[yes("2", "How it is computed")] },
    Rfc { number: 2195, title: "CRAM-MD5", sections: &[yes("2", "Challenge and response")] },
    Rfc { number: 2202, title: "HMAC's test cases with MD5 and SHA-1", sections: &[yes("2", "With MD5")] },
    Rfc { number: 2246, title: "TLS 1.0", sections: &[] },
    Rfc { number: 2253, title: "Distinguished names as text, as OpenSSL's option has it", sections: &[] },
    Rfc { number: 4013, title: "SASLprep: names and passwords", sections: &[] },
    Rfc { number: 4346, title: "TLS 1.1", sections: &[] },
    Rfc {
        number: 4231,
        title: "HMAC's test cases with SHA-2",
        sections: &[yes("4.3", "The second case, with a key shorter than the hash")],
    },
    Rfc {
        number: 4422,
        title: "SASL: simple authentication and security layer",
        sections: &[
            yes("2", "Who somebody is, and whom they act as"),
            yes("3.1", "A mechanism's name, in any case"),
            yes("3.6", "The outcome, and what the server says with it"),
            yes("5", "Who speaks first in a mechanism"),
        ],
    },
    Rfc {
        number: 4514,
        title: "Distinguished names as text",
        sections: &[yes("3", "Attributes' short names")],
    },
    Rfc {
        number: 4616,
        title: "PLAIN",
        sections: &[yes("2", "One message with two NULs"), yes("4", "Its examples")],
    },
    Rfc { number: 4648, title: "Base64 and its like", sections: &[yes("4", "Base64")] },
    Rfc {
        number: 5246,
        title: "TLS 1.2",
        sections: &[partial(
            "7.4.2",
            "The server's certificate",
            "what it says, and that it travels in the clear",
        )],
    },
    Rfc {
        number: 5280,
        title: "X.509 certificates",
        sections: &[
            partial("4.1", "What stands in a certificate", "whose it is, who issued it, how long it holds"),
            partial("4.2", "Extensions", "those of a server's certificate and of its issuer's"),
            yes("4.2.1.1", "Whose key has signed a certificate"),
            yes("4.2.1.2", "Which key a certificate is about"),
            yes("4.2.1.3", "What a key may be used for"),
            yes("4.2.1.6", "The names a certificate is for"),
            yes("4.2.1.9", "Who may issue certificates"),
            partial("6", "Whether a chain can be believed", "without revocation and policies"),
            partial(
                "6.1",
                "Whether a chain leads to somebody trusted",
                "without revocation, policies and name constraints",
            ),
        ],
    },
    Rfc {
        number: 5758,
        title: "X.509: signatures by ECDSA with SHA-2",
        sections: &[yes("3.2", "ECDSA with SHA-256 and its like")],
    },
    Rfc {
        number: 5802,
        title: "SCRAM",
        sections: &[
            yes("3", "What both sides compute"),
            yes("5", "The messages to and fro"),
            yes("5.1", "The attributes of its messages"),
            partial("7", "Its grammar", "without channel binding"),
        ],
    },
    Rfc { number: 5958, title: "PKCS #8: private keys", sections: &[] },
    Rfc {
        number: 6066,
        title: "TLS extensions",
        sections: &[yes("3", "The name the client asks for (SNI)")],
    },
    Rfc {
        number: 6125,
        title: "Whether a certificate is the server's",
        sections: &[
            partial("6", "Whether a certificate is for this server", "without URIs and SRV names"),
            yes("6.4", "Matching names"),
            yes("6.4.3", "A wildcard for the first label"),
        ],
    },
    Rfc {
        number: 7435,
        title: "Opportunistic security",
        sections: &[yes("3", "Encryption without knowing whom one talks to")],
    },
    Rfc { number: 7468, title: "PEM", sections: &[yes("2", "Lines of base64 between BEGIN and END")] },
    Rfc {
        number: 7677,
        title: "SCRAM-SHA-256",
        sections: &[yes("3", "Its example"), yes("4", "At least 4096 rounds")],
    },
    Rfc {
        number: 8314,
        title: "TLS for submission and access to mail",
        sections: &[yes("3", "Ports where TLS comes first"), yes("3.3", "Submission where TLS comes first")],
    },
    Rfc {
        number: 8446,
        title: "TLS 1.3",
        sections: &[
            partial("2.2", "Taking up a session again", "with real programs; no certificate is shown then"),
            partial("4.1.2", "ClientHello", "its first octets, where a server sees them as text"),
            partial("4.4.2", "The server's certificate", "what it says, and that it travels encrypted"),
            partial("4.6.1", "Tickets to resume a session", "as s_client shows them; none is used"),
            partial("5.1", "The record layer", "the head of a record"),
            partial("6.2", "Alerts", "decode_error"),
        ],
    },
    Rfc { number: 8996, title: "TLS 1.0 and 1.1 are forbidden", sections: &[] },
];
