//! What lies below and beside the mail protocols.

use super::{Rfc, partial, yes};

pub(super) const RFCS: &[Rfc] = &[
    Rfc { number: 854, title: "Telnet", sections: &[] },
    Rfc {
        number: 1123,
        title: "Requirements for hosts",
        sections: &[yes("2.1", "A host's name may begin with a digit")],
    },
    Rfc {
        number: 6724,
        title: "Choosing an IPv6 address",
        sections: &[partial("6", "Which address is tried first", "IPv6 before IPv4")],
    },
    Rfc {
        number: 9293,
        title: "Transmission Control Protocol",
        sections: &[
            partial("3.5.2", "Reset: the connection is refused", "modelled, no packets"),
            partial("3.8.3", "A connection that does not come about", "modelled, no packets"),
        ],
    },
];
