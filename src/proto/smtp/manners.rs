//! What well-known SMTP servers accept, count and offer, as data.

use crate::event::SmtpVerb;
use crate::mail::AddressFaultKind;
use std::time::Duration;

/// What a server of one style lets pass, bears and offers.
#[derive(Debug)]
pub(super) struct Manners {
    /// The keywords of its EHLO reply, in its order.
    pub(super) keywords: &'static [&'static str],
    /// Commands it obeys before STARTTLS where it insists on TLS (RFC 3207 section 4).
    pub(super) before_tls: &'static [SmtpVerb],
    /// STARTTLS and AUTH come after EHLO only.
    pub(super) ehlo_first: bool,
    /// STARTTLS may come within a transaction, which is forgotten.
    pub(super) tls_in_transaction: bool,
    /// It hangs up on a BDAT it cannot read or does not offer, because it does not know how much follows.
    pub(super) bdat_closes: bool,
    /// Topics of HELP; empty where the same is said on every topic.
    pub(super) topics: &'static [(SmtpVerb, &'static str)],
    /// MAIL must come after HELO or EHLO.
    pub(super) helo_required: bool,
    /// HELO and EHLO need a name.
    pub(super) name_required: bool,
    /// The name may only have characters that host names and literals have.
    pub(super) name_checked: bool,
    /// MAIL may begin a new transaction within one.
    pub(super) nested_mail: bool,
    /// White space may stand before the colon.
    pub(super) space_before_colon: bool,
    /// `FROM:` and `TO:` may be missing: the address is looked for after a `<` or else after a colon.
    pub(super) address_anywhere: bool,
    /// White space may stand before the verb.
    pub(super) leading_space: bool,
    /// White space other than the blank parts verb and argument.
    pub(super) tab_parts: bool,
    /// Text after the address that is no known parameter is skipped.
    pub(super) text_after_address: bool,
    /// `SIZE=` counts as far as there are digits, and as nothing without.
    pub(super) loose_size: bool,
    /// Commands that refuse an argument they do not have.
    pub(super) no_argument: &'static [SmtpVerb],
    /// Faults of an address that do not matter to it.
    pub(super) odd_addresses: &'static [AddressFaultKind],
    /// A dot at the end of a domain is dropped, and names may hold underscores.
    pub(super) loose_domains: bool,
    /// Digits and dots alone are no domain.
    pub(super) named_domains: bool,
    /// Beyond ASCII no domain is let pass without SMTPUTF8, though a local part may be.
    pub(super) ascii_domains: bool,
    /// Blanks beside the `@`, the dots and the brackets of an address are none of it.
    pub(super) blanks_in_address: bool,
    /// No address begins with a dash: programs could take it for an option.
    pub(super) no_dash_first: bool,
    /// A known parameter without the value it needs, or with one it has not, is an unknown one.
    pub(super) shape_makes_parameter: bool,
    /// A path goes on to the next blank: what touches its `>` spoils it, save more of the same.
    pub(super) blank_ends_path: bool,
    /// A local part that names a further stop (`%`, `!`, `@`) is for those who may relay.
    pub(super) stops_in_local_part: bool,
    /// A line ends at a NUL.
    pub(super) ends_at_nul: bool,
    /// A sender without a domain is taken as local.
    pub(super) unqualified_sender: bool,
    /// A recipient without a domain is taken as local.
    pub(super) unqualified_recipient: bool,
    /// VRFY asks the host; else it always says 252.
    pub(super) verifies: bool,
    /// VRFY of a known user is answered with 250 and the address.
    pub(super) confirms: bool,
    /// Where VRFY is switched off it is refused; else it says 252.
    pub(super) vrfy_off_is_refusal: bool,
    /// A recipient's mailbox is looked up at RCPT; else unknown users bounce later.
    pub(super) looks_up_recipients: bool,
    /// A sender it does not want is told so at each RCPT only.
    pub(super) refuses_sender_late: bool,
    /// A line that is not UTF-8 is said to be that, whatever its command.
    pub(super) wants_text: bool,
    /// On what it hangs up.
    pub(super) hangs_up: HangUp,
    /// How many mistakes it bears.
    pub(super) errors: ErrorLimit,
    /// How many HELO, EHLO, NOOP, RSET and VRFY it bears before each further one counts as a mistake.
    pub(super) junk_limit: Option<u32>,
    /// What it does with a bare LF in a message.
    pub(super) bare_lf: BareLf,
    /// Octets of a command line it reads.
    pub(super) line_limit: usize,
    /// It closes the connection after a longer line.
    pub(super) overlong_closes: bool,
    /// Connections from one address: Postfix counts by address (smtpd_client_connection_count_limit), qmail runs under
    /// tcpserver, which counts all; Sendmail does not count.
    pub(super) connection_limit: Option<u32>,
    /// The largest message in octets, where a host says nothing else.
    pub(super) message_size: u64,
    /// Recipients in one transaction.
    pub(super) recipient_limit: u32,
    /// `Received` lines of a message that it takes for sane.
    pub(super) hop_limit: u32,
    /// It stops at that number and counts its own line, too.
    pub(super) counts_own_hop: bool,
    /// How long it waits for the client.
    pub(super) idle: Duration,
}

/// Lines on which a server hangs up, because no mail program sends them.
#[derive(Debug)]
pub(super) struct HangUp {
    /// First words.
    pub(super) verbs: &'static [&'static str],
    /// Only when it is the very first line.
    pub(super) first_line_only: bool,
    /// A first word that holds a header field's name and colon.
    pub(super) header: bool,
    /// A first word that does not begin with a letter.
    pub(super) no_letter: bool,
}

/// How many mistakes a server bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorLimit {
    /// Any number.
    None,
    /// It closes after the reply to so many refused commands; an accepted message wipes the slate.
    Refusals(u32),
    /// It closes instead of replying to one more unknown command than this.
    UnknownCommands(u32),
}

/// What a server does with a bare LF in a message. None of them takes one for the message's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BareLf {
    /// It becomes CRLF; a lone dot beside it is dropped.
    Normalized,
    /// The connection is closed.
    Refused,
    /// The connection is closed, for a bare CR too.
    RefusedWithCr,
    /// It stays in the message as it is.
    Kept,
}

/// What RFC 3207 section 4 lets pass before STARTTLS.
const RFC_3207: &[SmtpVerb] = &[SmtpVerb::Ehlo, SmtpVerb::Starttls, SmtpVerb::Noop, SmtpVerb::Quit];

pub(super) const POSTFIX: Manners = Manners {
    keywords: &[
        "PIPELINING",
        "SIZE {limit}",
        "VRFY",
        "ETRN",
        "STARTTLS",
        "AUTH {mechanisms}",
        "ENHANCEDSTATUSCODES",
        "8BITMIME",
        "DSN",
        "SMTPUTF8",
        "CHUNKING",
    ],
    before_tls: &[
        SmtpVerb::Helo,
        SmtpVerb::Ehlo,
        SmtpVerb::Starttls,
        SmtpVerb::Noop,
        SmtpVerb::Quit,
        SmtpVerb::Help,
    ],
    ehlo_first: false,
    tls_in_transaction: true,
    bdat_closes: true,
    topics: &[],
    helo_required: false,
    name_required: true,
    name_checked: false,
    nested_mail: false,
    space_before_colon: false,
    address_anywhere: false,
    leading_space: true,
    tab_parts: true,
    text_after_address: false,
    loose_size: false,
    no_argument: &[SmtpVerb::Data, SmtpVerb::Rset, SmtpVerb::Starttls],
    odd_addresses: &[AddressFaultKind::MisplacedDot, AddressFaultKind::NotAscii, AddressFaultKind::TwoAts],
    loose_domains: true,
    named_domains: true,
    ascii_domains: true,
    blanks_in_address: true,
    no_dash_first: true,
    shape_makes_parameter: true,
    blank_ends_path: true,
    stops_in_local_part: true,
    ends_at_nul: true,
    unqualified_sender: true,
    unqualified_recipient: true,
    verifies: true,
    confirms: false,
    vrfy_off_is_refusal: true,
    looks_up_recipients: true,
    refuses_sender_late: true,
    wants_text: true,
    hangs_up: HangUp {
        verbs: &["CONNECT", "GET", "POST"],
        first_line_only: false,
        header: true,
        no_letter: true,
    },
    errors: ErrorLimit::Refusals(20),
    junk_limit: Some(100),
    bare_lf: BareLf::Normalized,
    line_limit: 2048,
    overlong_closes: false,
    connection_limit: Some(50),
    message_size: 10_240_000,
    recipient_limit: 1000,
    hop_limit: 50,
    counts_own_hop: true,
    idle: Duration::from_secs(300),
};

pub(super) const SENDMAIL: Manners = Manners {
    keywords: &[
        "ENHANCEDSTATUSCODES",
        "PIPELINING",
        "EXPN",
        "8BITMIME",
        "SIZE {limit}",
        "DSN",
        "ETRN",
        "AUTH {mechanisms}",
        "STARTTLS",
        "HELP",
    ],
    before_tls: RFC_3207,
    ehlo_first: false,
    tls_in_transaction: false,
    bdat_closes: false,
    topics: &[
        (SmtpVerb::Helo, "HELO <hostname>\n\tIntroduce yourself."),
        (SmtpVerb::Ehlo, "EHLO <hostname>\n\tIntroduce yourself and ask what the server can do."),
        (SmtpVerb::Mail, "MAIL From:<sender> [ <parameters> ]\n\tNames the sender of the envelope."),
        (SmtpVerb::Rcpt, "RCPT To:<recipient> [ <parameters> ]\n\tNames one recipient; may be repeated."),
        (SmtpVerb::Data, "DATA\n\tThe message follows. A line with a single dot ends it."),
        (SmtpVerb::Rset, "RSET\n\tForgets the envelope."),
        (SmtpVerb::Noop, "NOOP\n\tDoes nothing."),
        (SmtpVerb::Quit, "QUIT\n\tEnds the session."),
        (SmtpVerb::Help, "HELP [ <topic> ]\n\tTells about a command."),
        (SmtpVerb::Vrfy, "VRFY <recipient>\n\tAsks whether an address exists."),
    ],
    helo_required: true,
    name_required: true,
    name_checked: true,
    nested_mail: false,
    space_before_colon: true,
    address_anywhere: false,
    leading_space: true,
    tab_parts: true,
    text_after_address: false,
    loose_size: true,
    no_argument: &[SmtpVerb::Starttls],
    odd_addresses: &[AddressFaultKind::MisplacedDot],
    loose_domains: true,
    named_domains: false,
    ascii_domains: false,
    blanks_in_address: false,
    no_dash_first: false,
    shape_makes_parameter: false,
    blank_ends_path: false,
    stops_in_local_part: true,
    ends_at_nul: false,
    unqualified_sender: false,
    unqualified_recipient: true,
    verifies: true,
    confirms: true,
    vrfy_off_is_refusal: false,
    looks_up_recipients: true,
    refuses_sender_late: false,
    wants_text: false,
    hangs_up: HangUp {
        verbs: &["GET", "POST", "CONNECT", "USER"],
        first_line_only: true,
        header: false,
        no_letter: false,
    },
    errors: ErrorLimit::UnknownCommands(25),
    junk_limit: None,
    bare_lf: BareLf::RefusedWithCr,
    line_limit: 2048,
    overlong_closes: true,
    connection_limit: None,
    message_size: 10_240_000,
    recipient_limit: 1000,
    hop_limit: 25,
    counts_own_hop: false,
    idle: Duration::from_secs(3600),
};

pub(super) const QMAIL: Manners = Manners {
    keywords: &["AUTH {mechanisms}", "AUTH={mechanisms}", "STARTTLS", "PIPELINING", "8BITMIME"],
    before_tls: RFC_3207,
    ehlo_first: false,
    tls_in_transaction: true,
    bdat_closes: false,
    topics: &[],
    helo_required: false,
    name_required: false,
    name_checked: false,
    nested_mail: true,
    space_before_colon: true,
    address_anywhere: true,
    leading_space: false,
    tab_parts: false,
    text_after_address: true,
    loose_size: false,
    no_argument: &[SmtpVerb::Starttls],
    odd_addresses: &[
        AddressFaultKind::MissingDomain,
        AddressFaultKind::EmptyLocalPart,
        AddressFaultKind::TwoAts,
        AddressFaultKind::MisplacedDot,
        AddressFaultKind::BadCharacter,
        AddressFaultKind::OpenQuote,
        AddressFaultKind::BadLabel,
        AddressFaultKind::BadLiteral,
        AddressFaultKind::StrayBracket,
        AddressFaultKind::TooLong,
        AddressFaultKind::NotAscii,
    ],
    loose_domains: false,
    named_domains: false,
    ascii_domains: false,
    blanks_in_address: false,
    no_dash_first: false,
    shape_makes_parameter: false,
    blank_ends_path: false,
    stops_in_local_part: false,
    ends_at_nul: true,
    unqualified_sender: true,
    unqualified_recipient: true,
    verifies: false,
    confirms: false,
    vrfy_off_is_refusal: false,
    looks_up_recipients: false,
    refuses_sender_late: true,
    wants_text: false,
    hangs_up: HangUp { verbs: &[], first_line_only: true, header: false, no_letter: false },
    errors: ErrorLimit::None,
    junk_limit: None,
    bare_lf: BareLf::Refused,
    line_limit: 8192,
    overlong_closes: false,
    connection_limit: Some(40),
    message_size: 10_240_000,
    recipient_limit: 1000,
    hop_limit: 100,
    counts_own_hop: false,
    idle: Duration::from_secs(1200),
};

pub(super) const EXIM: Manners = Manners {
    keywords: &[
        "SIZE {limit}",
        "8BITMIME",
        "PIPELINING",
        "AUTH {mechanisms}",
        "CHUNKING",
        "STARTTLS",
        "HELP",
    ],
    before_tls: RFC_3207,
    ehlo_first: true,
    tls_in_transaction: true,
    bdat_closes: false,
    topics: &[],
    helo_required: true,
    name_required: true,
    name_checked: true,
    nested_mail: false,
    space_before_colon: false,
    address_anywhere: false,
    leading_space: false,
    tab_parts: true,
    text_after_address: false,
    loose_size: false,
    no_argument: &[SmtpVerb::Data, SmtpVerb::Rset, SmtpVerb::Quit, SmtpVerb::Starttls],
    odd_addresses: &[AddressFaultKind::MisplacedDot, AddressFaultKind::NotAscii],
    loose_domains: false,
    named_domains: false,
    ascii_domains: false,
    blanks_in_address: false,
    no_dash_first: false,
    shape_makes_parameter: false,
    blank_ends_path: false,
    stops_in_local_part: false,
    ends_at_nul: false,
    unqualified_sender: false,
    unqualified_recipient: false,
    verifies: false,
    confirms: false,
    vrfy_off_is_refusal: false,
    looks_up_recipients: true,
    refuses_sender_late: true,
    wants_text: false,
    hangs_up: HangUp { verbs: &[], first_line_only: true, header: false, no_letter: false },
    errors: ErrorLimit::UnknownCommands(3),
    junk_limit: None,
    bare_lf: BareLf::Kept,
    line_limit: 16_384,
    overlong_closes: false,
    connection_limit: Some(20),
    message_size: 52_428_800,
    recipient_limit: 50_000,
    hop_limit: 30,
    counts_own_hop: false,
    idle: Duration::from_secs(300),
};

pub(super) const EXCHANGE: Manners = Manners {
    keywords: &[
        "SIZE {limit}",
        "PIPELINING",
        "DSN",
        "ENHANCEDSTATUSCODES",
        "STARTTLS",
        "AUTH {mechanisms}",
        "8BITMIME",
        "BINARYMIME",
        "CHUNKING",
        "SMTPUTF8",
    ],
    before_tls: &[
        SmtpVerb::Helo,
        SmtpVerb::Ehlo,
        SmtpVerb::Starttls,
        SmtpVerb::Noop,
        SmtpVerb::Quit,
        SmtpVerb::Help,
        SmtpVerb::Rset,
    ],
    ehlo_first: true,
    tls_in_transaction: false,
    bdat_closes: false,
    topics: &[],
    helo_required: true,
    name_required: false,
    name_checked: true,
    nested_mail: false,
    space_before_colon: false,
    address_anywhere: false,
    leading_space: false,
    tab_parts: true,
    text_after_address: false,
    loose_size: false,
    no_argument: &[SmtpVerb::Data, SmtpVerb::Starttls],
    odd_addresses: &[],
    loose_domains: false,
    named_domains: false,
    ascii_domains: false,
    blanks_in_address: false,
    no_dash_first: false,
    shape_makes_parameter: false,
    blank_ends_path: false,
    stops_in_local_part: false,
    ends_at_nul: false,
    unqualified_sender: false,
    unqualified_recipient: false,
    verifies: false,
    confirms: false,
    vrfy_off_is_refusal: false,
    looks_up_recipients: true,
    refuses_sender_late: false,
    wants_text: false,
    hangs_up: HangUp { verbs: &[], first_line_only: true, header: false, no_letter: false },
    errors: ErrorLimit::Refusals(5),
    junk_limit: None,
    bare_lf: BareLf::Kept,
    line_limit: 2048,
    overlong_closes: false,
    connection_limit: Some(20),
    message_size: 37_748_736,
    recipient_limit: 200,
    hop_limit: 60,
    counts_own_hop: false,
    idle: Duration::from_secs(300),
};
