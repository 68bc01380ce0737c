//! POP3 and its extensions.

use super::{Rfc, no, partial, yes};

pub(super) const RFCS: &[Rfc] = &[
    Rfc {
        number: 1939,
        title: "Post Office Protocol version 3",
        sections: &[
            yes("3", "Basic operation, multi-line answers, time-out"),
            yes("4", "AUTHORIZATION: login and the lock on the maildrop"),
            yes("5", "TRANSACTION: STAT, LIST, RETR, DELE, NOOP, RSET"),
            yes("6", "UPDATE: QUIT removes what is marked"),
            partial("7", "Optional commands", "TOP, UIDL, USER and PASS; APOP is not offered yet"),
            yes("11", "Message format: CR LF, size in octets"),
        ],
    },
    Rfc {
        number: 2449,
        title: "POP3 extension mechanism",
        sections: &[
            yes("4", "Lengths of commands and answers"),
            yes("5", "The CAPA command"),
            partial("6", "Capabilities", "those that work: TOP, USER, UIDL, PIPELINING and the like"),
            partial("8", "Response codes", "where the style's original sends them"),
        ],
    },
    Rfc {
        number: 2595,
        title: "TLS with IMAP, POP3 and ACAP",
        sections: &[no("4", "The STLS command", "not offered yet; known as a verb")],
    },
    Rfc {
        number: 5034,
        title: "POP3: SASL authentication",
        sections: &[no("4", "The AUTH command", "not offered yet; known as a verb")],
    },
    Rfc {
        number: 6856,
        title: "POP3: UTF-8",
        sections: &[
            no("2", "The UTF8 command", "not offered; known as a verb"),
            no("3", "The LANG command", "not offered; known as a verb"),
        ],
    },
];
