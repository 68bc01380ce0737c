//! The Domain Name System.

use super::{Rfc, no, partial, yes};

pub(super) const RFCS: &[Rfc] = &[
    Rfc { number: 952, title: "Host table: what a host's name looks like", sections: &[] },
    Rfc {
        number: 1034,
        title: "Domain names: concepts",
        sections: &[
            yes("3.1", "Names and labels"),
            yes("3.6.2", "Aliases"),
            partial("4.3.2", "How a server answers", "one tree of zones without delegations between servers"),
            yes("4.3.3", "Wildcards"),
        ],
    },
    Rfc {
        number: 1035,
        title: "Domain names: implementation",
        sections: &[
            yes("2.3.1", "Preferred syntax of names"),
            yes("2.3.3", "Names are compared without case"),
            yes("2.3.4", "Size limits"),
            partial("3.2.2", "Record types", "A, NS, CNAME, SOA, PTR, MX, TXT; others keep their number"),
            partial("3.3", "Standard records", "A, NS, CNAME, SOA, PTR, MX, TXT"),
            yes("3.3.1", "CNAME"),
            yes("3.3.9", "MX"),
            yes("3.3.11", "NS"),
            yes("3.3.12", "PTR"),
            yes("3.3.13", "SOA"),
            yes("3.3.14", "TXT"),
            yes("3.4.1", "A"),
            yes("3.5", "in-addr.arpa"),
            yes("4", "Messages"),
            yes("4.1.1", "Header"),
            yes("4.1.2", "Question"),
            yes("4.1.3", "Records"),
            yes("4.1.4", "Compression"),
            partial(
                "4.2",
                "Transport",
                "the lab carries questions as data, a look-up that nobody answers times out",
            ),
            partial("4.2.1", "UDP", "as the lab's programs show it; no real port yet"),
            partial(
                "5.1",
                "Zone files",
                "single records with their names; no $ORIGIN, $TTL or continued lines",
            ),
        ],
    },
    Rfc {
        number: 2181,
        title: "Clarifications to DNS",
        sections: &[yes("8", "Time to live is at most 2147483647")],
    },
    Rfc {
        number: 2308,
        title: "Negative answers",
        sections: &[
            yes("2.1", "No such name: NXDOMAIN"),
            yes("2.2", "No data: the name without such a record"),
            yes("3", "The SOA that comes with them"),
            no("5", "Caching negative answers", "the lab's resolver keeps nothing"),
        ],
    },
    Rfc {
        number: 3225,
        title: "Asking for DNSSEC: the DO bit",
        sections: &[partial("3", "DO in the OPT record", "read and written; there are no signatures")],
    },
    Rfc {
        number: 3596,
        title: "DNS for IPv6",
        sections: &[yes("2.1", "AAAA: the type"), yes("2.2", "AAAA: the value"), yes("2.5", "ip6.arpa")],
    },
    Rfc {
        number: 3597,
        title: "Unknown record types",
        sections: &[partial("3", "Carried untouched", "in messages; zones have known types only")],
    },
    Rfc {
        number: 4035,
        title: "DNSSEC: protocol",
        sections: &[partial("3.2", "The bits AD and CD", "read and written; nothing is verified")],
    },
    Rfc {
        number: 4592,
        title: "Wildcards",
        sections: &[
            yes("2.2.2", "Empty non-terminals"),
            yes("3.3.1", "Closest encloser and source of synthesis"),
        ],
    },
    Rfc {
        number: 6891,
        title: "EDNS",
        sections: &[
            yes("5", "Other kinds of labels, given up"),
            yes("6.1", "The OPT record"),
            yes("6.1.1", "At most one of it"),
            yes("6.1.3", "Its upper bits of the status"),
            yes("7", "Only where the query had it"),
        ],
    },
    Rfc { number: 7873, title: "DNS cookies", sections: &[] },
    Rfc {
        number: 8482,
        title: "Minimal answers to ANY",
        sections: &[partial("4", "What servers may answer", "the lab gives all there is")],
    },
];
