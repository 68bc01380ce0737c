//! Why, in the words of each program: one text for a recipient, as it stands in reports and in the list of the queue.

use super::text::{domain, local};
use super::{Cause, Program, Remote, Told};

/// Why a recipient has not got the message, or how it did.
pub fn reason(program: Program, told: &Told) -> String {
    match program {
        Program::Postfix => postfix(told),
        Program::Sendmail => sendmail(told),
        Program::Qmail => qmail(told),
        Program::Exim => exim(told),
        Program::Exchange => exchange(told),
    }
}

/// The host as programs name it where it is not known.
fn place(told: &Told) -> (String, String, u16) {
    match &told.remote {
        Some(Remote { name, ip, port }) => (name.clone(), ip.to_string(), *port),
        None => (domain(&told.address).to_owned(), String::new(), 25),
    }
}

fn postfix(told: &Told) -> String {
    let (name, ip, port) = place(told);
    let domain = domain(&told.address);
    let not_found = "Host or domain name not found. Name service error for";
    match &told.cause {
        Cause::Reply { command, code, .. } => {
            let said = told.cause.reply().unwrap_or_default();
            match code {
                200..=399 => format!("delivery via {name}[{ip}]:{port}: {said}"),
                _ => format!("host {name}[{ip}] said: {said} (in reply to {command} command)"),
            }
        }
        Cause::Connect { why, suspended } => {
            let before = if *suspended { "delivery temporarily suspended: " } else { "" };
            format!("{before}connect to {name}[{ip}]:{port}: {why}")
        }
        Cause::Lost { command } => format!("lost connection with {name}[{ip}] while {}", doing(command)),
        Cause::Silent { command } => {
            format!("conversation with {name}[{ip}] timed out while {}", doing(command))
        }
        Cause::NoSuchDomain => format!("{not_found} name={domain} type=AAAA: Host not found"),
        Cause::NoMailHost => {
            format!("{not_found} name={name} type=AAAA: Host found but no data record of requested type")
        }
        Cause::DnsTrouble => format!("{not_found} name={domain} type=MX: Host not found, try again"),
        Cause::NullMx => format!("Domain {domain} does not accept mail (nullMX)"),
        Cause::LoopsBack => format!("mail for {domain} loops back to myself"),
        Cause::ForwardingLoop => format!("mail forwarding loop for {}", told.address),
        Cause::AliasLoop => format!("possible alias database loop for {}", told.address),
        Cause::TooManyHops => "too many hops".to_owned(),
        Cause::MailboxFull => {
            "maildir delivery failed: error writing message: Disk quota exceeded".to_owned()
        }
        Cause::NoSuchUser => format!("unknown user: \"{}\"", local(&told.address)),
        Cause::NoRoom => "queue file write error: No space left on device".to_owned(),
        Cause::Other(text) => text.clone(),
        Cause::Stored => "delivery via local: delivered to maildir".to_owned(),
        Cause::Expanded => "alias expanded".to_owned(),
    }
}

/// What Postfix says it was doing when a command got no answer.
fn doing(command: &str) -> String {
    match command {
        "" => "receiving the initial server greeting".to_owned(),
        "EHLO" | "HELO" => format!("performing the {command} handshake"),
        "end of DATA" => "sending end of data -- message may be sent more than once".to_owned(),
        other => format!("sending {other}"),
    }
}

fn sendmail(told: &Told) -> String {
    let (name, ..) = place(told);
    let (address, domain) = (&told.address, domain(&told.address));
    match &told.cause {
        Cause::Reply { .. } => told.cause.reply().unwrap_or_default(),
        Cause::Connect { why, .. } => format!("Deferred: {why} by {name}."),
        Cause::Lost { .. } => format!("Deferred: Connection reset by {name}."),
        Cause::Silent { .. } => format!("Deferred: Connection timed out with {name}."),
        Cause::NoSuchDomain => {
            format!("550 5.1.2 <{address}>... Host unknown (Name server: {domain}: host not found)")
        }
        Cause::NoMailHost => {
            format!("550 5.1.2 <{address}>... Host unknown (Name server: {name}: no data known)")
        }
        Cause::DnsTrouble => format!("Deferred: Name server: {domain}: host name lookup failure"),
        Cause::NullMx => format!("556 5.1.10 <{address}>... Domain {domain} does not accept mail (null MX)"),
        Cause::LoopsBack => format!("553 5.3.5 {domain}. config error: mail loops back to me (MX problem?)"),
        Cause::ForwardingLoop | Cause::AliasLoop => {
            format!("554 5.4.6 <{address}>... aliasing/forwarding loop broken (11 aliases deep; 10 max)")
        }
        Cause::TooManyHops => "554 5.4.6 Too many hops".to_owned(),
        Cause::MailboxFull => format!("{} <{address}>... Mailbox full", code(told, "52")),
        Cause::NoSuchUser => format!("550 5.1.1 <{address}>... User unknown"),
        Cause::NoRoom => "452 4.4.5 Insufficient disk space; try again later".to_owned(),
        Cause::Other(text) => text.clone(),
        Cause::Stored => "successfully delivered to mailbox".to_owned(),
        Cause::Expanded => "expanded by mailing list".to_owned(),
    }
}

/// `552 5.2.2` or `452 4.2.2`.
fn code(told: &Told, digits: &str) -> String {
    format!("{}{digits} {}", told.status.0, told.status)
}

fn qmail(told: &Told) -> String {
    let (name, ip, _) = place(told);
    let late = "\nI'm not going to try again; this message has been in the queue too long.";
    let last = if told.status.0 == 4 && told.action == super::Action::Failed { late } else { "" };
    let text = match &told.cause {
        Cause::Reply { code: 200..=399, .. } => {
            format!("{ip} accepted message.\nRemote host said: {}", told.cause.reply().unwrap_or_default())
        }
        Cause::Reply { command, .. } => {
            let what = match command.as_str() {
                "" | "EHLO" | "HELO" => format!("Connected to {ip} but greeting failed."),
                "MAIL FROM" => format!("Connected to {ip} but sender was rejected."),
                "RCPT TO" => format!("{ip} does not like recipient."),
                "end of DATA" => format!("{ip} failed after I sent the message."),
                "DATA" => format!("{ip} failed on DATA command."),
                other => format!("{ip} failed on {other} command."),
            };
            let said = told.cause.reply().unwrap_or_default();
            format!("{what}\nRemote host said: {said}\nGiving up on {ip}.")
        }
        Cause::Connect { .. } => "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)".to_owned(),
        Cause::Lost { .. } | Cause::Silent { .. } => {
            format!("Connected to {ip} but connection died. (#4.4.2)")
        }
        Cause::NoSuchDomain | Cause::NoMailHost => {
            format!("Sorry, I couldn't find any host named {name}. (#5.1.2)")
        }
        Cause::DnsTrouble => "CNAME lookup failed temporarily. (#4.4.3)".to_owned(),
        Cause::NullMx => format!("Sorry, {name} does not accept mail. (#5.1.10)"),
        Cause::LoopsBack => {
            "Sorry. Although I'm listed as a best-preference MX or A for that host,\nit isn't in my \
                             control/locals file, so I don't treat it as local. (#5.4.6)"
                .to_owned()
        }
        Cause::ForwardingLoop | Cause::AliasLoop => {
            "This message is looping: it already has my Delivered-To line. (#5.4.6)".to_owned()
        }
        Cause::TooManyHops => "This message is looping. (#5.4.6)".to_owned(),
        Cause::MailboxFull => "Recipient's mailbox is full, message returned to sender. (#5.2.2)".to_owned(),
        Cause::NoSuchUser => "Sorry, no mailbox here by that name. (#5.1.1)".to_owned(),
        Cause::NoRoom => "Unable to write the message: disk full. (#4.3.0)".to_owned(),
        Cause::Other(text) => text.clone(),
        Cause::Stored => "did 1+0+0".to_owned(),
        Cause::Expanded => "did 0+0+1".to_owned(),
    };
    text + last
}

fn exim(told: &Told) -> String {
    let (name, ip, _) = place(told);
    let at = format!("host {name} [{ip}]");
    match &told.cause {
        Cause::Reply { command, code, .. } => {
            let said = told.cause.reply().unwrap_or_default();
            let after = match command.as_str() {
                "" => "initial connection".to_owned(),
                "RCPT TO" => format!("RCPT TO:<{}>", told.address),
                "end of DATA" => "end of data".to_owned(),
                other => other.to_owned(),
            };
            match code {
                200..=399 => format!("{at}\n{said}"),
                _ => format!("{at}\nSMTP error from remote mail server after {after}:\n{said}"),
            }
        }
        Cause::Connect { why, .. } => format!("{at}\n{why}"),
        Cause::Lost { command } => format!("{at}\nRemote host closed connection in response to {command}"),
        Cause::Silent { command } => format!("{at}\nSMTP timeout after {command}"),
        Cause::NoSuchDomain => "Unrouteable address".to_owned(),
        Cause::NoMailHost => "all relevant MX records point to non-existent hosts".to_owned(),
        Cause::DnsTrouble => "host lookup did not complete".to_owned(),
        Cause::NullMx => "an MX or SRV record indicated no SMTP service".to_owned(),
        Cause::LoopsBack => "lowest numbered MX record points to local host".to_owned(),
        Cause::ForwardingLoop | Cause::AliasLoop => "mail loop: the address leads back to itself".to_owned(),
        Cause::TooManyHops => "Too many \"Received\" headers - suspected mail loop".to_owned(),
        Cause::MailboxFull => "mailbox is full".to_owned(),
        Cause::NoSuchUser => "Unrouteable address".to_owned(),
        Cause::NoRoom => "spool space is low".to_owned(),
        Cause::Other(text) => text.clone(),
        Cause::Stored => "delivered to the mailbox".to_owned(),
        Cause::Expanded => "expanded".to_owned(),
    }
}

fn exchange(told: &Told) -> String {
    let (name, ip, _) = place(told);
    let status = told.status;
    let text = match &told.cause {
        Cause::Reply { .. } => {
            return format!("Remote Server returned '{}'", told.cause.reply().unwrap_or_default());
        }
        Cause::Connect { why, .. } => {
            return format!("421 4.4.1 {why}: attempted to connect to {ip}");
        }
        Cause::Lost { .. } | Cause::Silent { .. } => {
            return "451 4.4.0 Primary target IP address responded with: \"421 4.4.2 Connection dropped\""
                .to_owned();
        }
        Cause::NoSuchDomain | Cause::NoMailHost => "RESOLVER.DNS.NonExistentDomain; nonexistent domain",
        Cause::DnsTrouble => "RESOLVER.DNS.RetryableFailure; DNS query failed",
        Cause::NullMx => "Recipient address has null MX",
        Cause::LoopsBack | Cause::TooManyHops => "ROUTING.LoopDetected; loop detected",
        Cause::ForwardingLoop | Cause::AliasLoop => "RESOLVER.FWD.Loop; forwarding loop",
        Cause::MailboxFull => "STOREDRV.Deliver; mailbox full. The mailbox exceeded its storage quota",
        Cause::NoSuchUser => "RESOLVER.ADR.RecipNotFound; not found",
        Cause::NoRoom => "Insufficient system resources",
        Cause::Other(text) => text,
        Cause::Stored => return format!("Delivered to {name}"),
        Cause::Expanded => return "The group was expanded".to_owned(),
    };
    format!("{}50 {status} {text}", status.0)
}
