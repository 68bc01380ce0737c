//! What lies below and beside the mail protocols.

use super::{Rfc, partial, yes};

pub(super) const RFCS: &[Rfc] = &[
    Rfc { number: 854, title: "Telnet", sections: &[] },
    Rfc { number: 857, title: "Telnet: the far side echoes", sections: &[] },
    Rfc { number: 858, title: "Telnet: no go-ahead, which makes character mode", sections: &[] },
    Rfc {
        number: 1122,
        title: "Requirements for hosts: communication layers",
        sections: &[yes("3.2.1.3", "Addresses set aside: this host, loopback")],
    },
    Rfc {
        number: 1123,
        title: "Requirements for hosts",
        sections: &[yes("2.1", "A host's name may begin with a digit")],
    },
    Rfc { number: 1184, title: "Telnet: line mode", sections: &[] },
    Rfc { number: 1918, title: "Addresses for private networks", sections: &[yes("3", "The networks")] },
    Rfc { number: 2544, title: "Benchmarking, with addresses of its own", sections: &[] },
    Rfc { number: 2606, title: "Names set aside: .test, .example, example.com", sections: &[] },
    Rfc { number: 3629, title: "UTF-8", sections: &[yes("3", "How many octets a character has")] },
    Rfc { number: 3849, title: "IPv6 addresses for documentation", sections: &[] },
    Rfc { number: 3927, title: "Link-local IPv4 addresses", sections: &[] },
    Rfc {
        number: 3986,
        title: "URIs",
        sections: &[
            yes("2.1", "Octets written as percent and two digits"),
            yes("2.3", "Characters that need no escape"),
        ],
    },
    Rfc { number: 4193, title: "Unique local IPv6 addresses", sections: &[] },
    Rfc { number: 5737, title: "IPv4 addresses for documentation", sections: &[] },
    Rfc { number: 6266, title: "Content-Disposition in HTTP", sections: &[] },
    Rfc {
        number: 6455,
        title: "The WebSocket Protocol",
        sections: &[yes("5.5.1", "Close frames, whose reason has room for 123 octets")],
    },
    Rfc {
        number: 6335,
        title: "The registry of ports",
        sections: &[yes("6", "Ranges: system ports, user ports, and those nobody registers")],
    },
    Rfc { number: 6598, title: "Shared IPv4 addresses", sections: &[] },
    Rfc {
        number: 6724,
        title: "Choosing an IPv6 address",
        sections: &[partial("6", "Which address is tried first", "IPv6 before IPv4")],
    },
    Rfc { number: 6761, title: "Special-use domain names", sections: &[] },
    Rfc {
        number: 6890,
        title: "Special-purpose addresses",
        sections: &[partial("2.2.2", "Those of IPv4", "told apart where an analysis needs it")],
    },
    Rfc { number: 8375, title: "The name home.arpa", sections: &[] },
    Rfc {
        number: 9110,
        title: "HTTP semantics",
        sections: &[
            yes("12.5.3", "Accept-Encoding"),
            yes("12.5.4", "Accept-Language"),
            yes("13.1.2", "If-None-Match"),
        ],
    },
    Rfc {
        number: 9293,
        title: "Transmission Control Protocol",
        sections: &[
            partial("3.5.2", "Reset: the connection is refused", "modelled, no packets"),
            partial("3.8.3", "A connection that does not come about", "modelled, no packets"),
        ],
    },
    Rfc { number: 9637, title: "More IPv6 addresses for documentation", sections: &[] },
];
