//! Messages and MIME.

use super::{Rfc, partial, yes};

pub(super) const RFCS: &[Rfc] = &[
    Rfc { number: 1864, title: "MIME: Content-MD5", sections: &[] },
    Rfc {
        number: 2045,
        title: "MIME: format of message bodies",
        sections: &[
            yes("4", "MIME-Version"),
            yes("5", "Content-Type"),
            yes("5.1", "Types and parameters: tokens and quoted strings"),
            yes("5.2", "What a message without a type is"),
            partial("6", "Content-Transfer-Encoding", "read where a check or a page needs the text"),
            yes("6.4", "A part that holds others has no encoding of its own"),
            yes("6.7", "Quoted-printable"),
            yes("6.8", "Base64"),
            yes("7", "Content-ID"),
            yes("8", "Content-Description"),
        ],
    },
    Rfc {
        number: 2046,
        title: "MIME: media types",
        sections: &[
            partial("4.1", "Text", "charsets are undone where text is searched or shown"),
            yes("5.1", "Multipart: the parts of a message"),
            yes("5.1.1", "Boundaries"),
            yes("5.1.5", "Multipart/digest"),
            yes("5.2.1", "A message in a message"),
        ],
    },
    Rfc {
        number: 2047,
        title: "MIME: header fields beyond ASCII",
        sections: &[
            yes("2", "Encoded words"),
            yes("4", "The encodings of encoded words"),
            yes("4.2", "The Q encoding"),
            yes("5", "Where encoded words may stand"),
            yes("6.2", "Showing encoded words"),
        ],
    },
    Rfc {
        number: 2049,
        title: "MIME: conformance",
        sections: &[partial("3", "What gateways break", "a lone dot and `From ` are masked")],
    },
    Rfc {
        number: 2183,
        title: "MIME: Content-Disposition",
        sections: &[yes("2.3", "The file's name, which is not to be trusted")],
    },
    Rfc {
        number: 2231,
        title: "MIME: parameters in pieces and in other charsets",
        sections: &[
            yes("3", "A value in pieces"),
            partial(
                "4",
                "A value with charset and language",
                "written for file names; handed on as it stands",
            ),
        ],
    },
    Rfc {
        number: 2369,
        title: "Header fields of mailing lists",
        sections: &[partial("3", "The fields", "named")],
    },
    Rfc {
        number: 2557,
        title: "MIME: pages as mail",
        sections: &[partial("4", "Content-Location", "as data")],
    },
    Rfc { number: 3282, title: "MIME: Content-Language", sections: &[yes("2", "The field")] },
    Rfc {
        number: 3676,
        title: "Text that flows",
        sections: &[partial("4.5", "Quoting", "the marks in front of quoted lines")],
    },
    Rfc {
        number: 3834,
        title: "Automatic answers",
        sections: &[
            yes("2", "When to answer"),
            yes("3.1.5", "Subject"),
            yes("3.3", "The envelope of an answer"),
            yes("4", "To whom"),
            yes("5", "Auto-Submitted"),
        ],
    },
    Rfc {
        number: 5230,
        title: "Vacation",
        sections: &[partial("4.6", "What is not answered", "as persons do it; there is no Sieve")],
    },
    Rfc {
        number: 5233,
        title: "Sieve: subaddresses",
        sections: &[yes("1", "What stands behind a delimiter in the name of a mailbox")],
    },
    Rfc {
        number: 5322,
        title: "Internet Message Format",
        sections: &[
            yes("2.1", "Header and body, the empty line between them"),
            partial("2.1.1", "Line length", "longer lines are taken as they are"),
            yes("2.2", "Header fields"),
            yes("2.2.3", "Folding"),
            yes("3.2", "Words: atoms, quoted strings, comments"),
            yes("3.2.2", "Comments"),
            yes("3.2.3", "Atoms"),
            yes("3.2.5", "Phrases: display names"),
            yes("3.3", "Date and time"),
            yes("3.4", "Addresses and groups"),
            yes("3.4.1", "local-part@domain"),
            partial(
                "3.6",
                "Which fields may stand how often",
                "read whatever stands there; the analysis says what is missing or double",
            ),
            yes("3.6.1", "Date"),
            partial("3.6.2", "Who wrote and who sent it", "as data; nothing is checked against the envelope"),
            yes("3.6.3", "To, Cc, Bcc"),
            yes("3.6.4", "Message-ID, In-Reply-To, References"),
            partial("3.6.5", "Subject, Comments, Keywords", "Subject"),
            partial("3.6.6", "Resent fields", "named"),
            partial("3.6.7", "Trace fields", "Received and Return-Path as the host's style writes them"),
            partial("3.6.8", "Fields of one's own", "the common ones are explained"),
            partial("4.1", "Obsolete words", "dots in display names are read"),
            yes("4.3", "Obsolete dates"),
            partial("4.4", "Obsolete addresses", "routes and blanks around dots of a domain are read"),
            partial("4.5", "Obsolete header fields", "white space before the colon is read"),
        ],
    },
    Rfc { number: 6522, title: "MIME: multipart/report", sections: &[] },
    Rfc {
        number: 5536,
        title: "Netnews articles, where Organization comes from",
        sections: &[partial("3.2.9", "Organization", "explained")],
    },
    Rfc {
        number: 5537,
        title: "Netnews: architecture",
        sections: &[partial("3.4.4", "References", "how many ids are kept")],
    },
    Rfc {
        number: 6532,
        title: "Header fields in UTF-8",
        sections: &[partial("3.2", "Words beyond ASCII", "read; whether they are UTF-8 is not looked at")],
    },
    Rfc {
        number: 8098,
        title: "Message disposition notifications",
        sections: &[
            yes("2.1", "Asking for a receipt, and when none is sent"),
            yes("3", "The form of a receipt"),
            partial("3.2", "The fields a machine reads", "those that a reader's program needs"),
            yes("3.2.6", "Disposition"),
        ],
    },
];
