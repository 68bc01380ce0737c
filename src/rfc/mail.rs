//! Messages and MIME.

use super::{Rfc, partial, yes};

pub(super) const RFCS: &[Rfc] = &[
    Rfc {
        number: 2045,
        title: "MIME: format of message bodies",
        sections: &[partial("6", "Content-Transfer-Encoding", "read where a check or a page needs the text")],
    },
    Rfc {
        number: 2047,
        title: "MIME: header fields beyond ASCII",
        sections: &[
            partial("2", "Encoded words", "read, never written"),
            partial("5", "Where encoded words may stand", "read, never written"),
            partial("6.2", "Showing encoded words", "read, never written"),
        ],
    },
    Rfc {
        number: 5322,
        title: "Internet Message Format",
        sections: &[
            yes("2.1", "Header and body, the empty line between them"),
            partial("2.1.1", "Line length", "longer lines are taken as they are"),
            yes("2.2", "Header fields"),
            yes("2.2.3", "Folding"),
            yes("3.3", "Date and time"),
            partial("3.6.2", "Who wrote and who sent it", "as data; nothing is checked against the envelope"),
            partial("3.6.7", "Trace fields", "Received and Return-Path as the host's style writes them"),
            partial("4.5", "Obsolete header fields", "white space before the colon is read"),
        ],
    },
];
