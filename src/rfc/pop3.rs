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
            yes("7", "Optional commands: TOP, UIDL, USER and PASS, APOP"),
            yes("11", "Message format: CR LF, size in octets"),
        ],
    },
    Rfc {
        number: 2449,
        title: "POP3 extension mechanism",
        sections: &[
            yes("4", "Lengths of commands and answers"),
            yes("5", "The CAPA command"),
            partial("6", "Capabilities", "those that work; no LOGIN-DELAY and no EXPIRE"),
            partial("8", "Response codes", "where the style's original sends them"),
        ],
    },
    Rfc {
        number: 2595,
        title: "TLS with IMAP, POP3 and ACAP",
        sections: &[
            yes("2.3", "No password in the clear where the host says so"),
            partial("3", "STARTTLS of IMAP", "the workstation's client side"),
            yes("4", "The STLS command"),
        ],
    },
    Rfc { number: 5034, title: "POP3: SASL authentication", sections: &[yes("4", "The AUTH command")] },
    Rfc {
        number: 6856,
        title: "POP3: UTF-8",
        sections: &[
            no("2", "The UTF8 command", "not offered; known as a verb"),
            no("3", "The LANG command", "not offered; known as a verb"),
        ],
    },
];
