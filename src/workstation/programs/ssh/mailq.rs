//! The queue of a host as its own program lists it.

use super::super::super::io::Io;
use crate::mail::report::Program;
use crate::units::{Offset, Time};
use crate::world::{Access, Queued, QueuedRecipient};

const POSTQUEUE: &str = "postqueue: fatal: usage: postqueue -f | postqueue -p | postqueue -s site\n";

/// The mail system of the host, if the command belongs to it; else the shell there does not know the command.
fn program(io: &mut Io, host: &str, command: &str, of: &[Program]) -> Result<Program, u8> {
    match io.net.access(host) {
        Access::Open { program, .. } if of.contains(&program) => Ok(program),
        _ => {
            io.complain(&format!("bash: line 1: {command}: command not found\n"));
            Err(127)
        }
    }
}

/// `mailq`.
pub(super) fn mailq(io: &mut Io, host: &str, _args: &[String]) -> u8 {
    let of = [Program::Postfix, Program::Sendmail, Program::Exim];
    program(io, host, "mailq", &of).map_or_else(|status| status, |program| list(io, host, program))
}

/// `qmail-qread`.
pub(super) fn qmail_qread(io: &mut Io, host: &str, _args: &[String]) -> u8 {
    let found = program(io, host, "qmail-qread", &[Program::Qmail]);
    found.map_or_else(|status| status, |program| list(io, host, program))
}

fn list(io: &mut Io, host: &str, program: Program) -> u8 {
    io.flush();
    let Some((offset, queue)) = io.net.queue_of(host) else { return 1 };
    let now = io.now();
    let text = match program {
        Program::Postfix => postfix(&queue, offset),
        Program::Sendmail => sendmail_list(&queue, offset),
        Program::Exim => exim_list(&queue, now),
        Program::Qmail | Program::Exchange => qmail(&queue),
    };
    io.print(&text);
    0
}

/// `postqueue -p`, `-f`, `-s SITE`.
pub(super) fn postqueue(io: &mut Io, host: &str, args: &[String]) -> u8 {
    let found = program(io, host, "postqueue", &[Program::Postfix]);
    let program = match found {
        Ok(program) => program,
        Err(status) => return status,
    };
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["-p"] => return list(io, host, program),
        ["-f"] => flush(io, host, None),
        ["-s", site] => flush(io, host, Some(site)),
        _ => {
            io.complain(POSTQUEUE);
            return 1;
        }
    }
    0
}

fn flush(io: &mut Io, host: &str, domain: Option<&str>) {
    io.flush();
    io.net.flush_queue(host, domain);
}

/// `sendmail -bp` and `sendmail -q`.
pub(super) fn sendmail(io: &mut Io, host: &str, args: &[String]) -> u8 {
    queue_program(io, host, "sendmail", &[Program::Postfix, Program::Sendmail], args)
}

/// `exim -bp` and `exim -qf`.
pub(super) fn exim(io: &mut Io, host: &str, args: &[String]) -> u8 {
    queue_program(io, host, "exim", &[Program::Exim], args)
}

fn queue_program(io: &mut Io, host: &str, name: &str, of: &[Program], args: &[String]) -> u8 {
    let program = match program(io, host, name, of) {
        Ok(program) => program,
        Err(status) => return status,
    };
    match args.first().map(String::as_str) {
        Some("-bp") => return list(io, host, program),
        Some("-q" | "-qf" | "-qff") => flush(io, host, None),
        _ => {
            io.hint(&format!("on this host, {name} lists the queue with -bp and runs it with -q"));
            return 64;
        }
    }
    0
}

/// Recipients in groups that wait for the same reason.
fn groups(recipients: &[QueuedRecipient]) -> Vec<(&str, Vec<&str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in recipients {
        match groups.iter_mut().find(|(why, _)| *why == one.why) {
            Some((_, addresses)) => addresses.push(&one.address),
            None => groups.push((&one.why, vec![&one.address])),
        }
    }
    groups
}

/// `Thu Nov 26 00:52:12`, as ctime(3) has it but for the year.
fn day_and_time(at: Time, offset: Offset) -> String {
    let date = at.rfc5322(offset);
    let mut words = date.split([',', ' ']).filter(|word| !word.is_empty());
    let mut next = || words.next().unwrap_or_default();
    let (weekday, day, month, _, time) = (next(), next(), next(), next(), next());
    format!("{weekday} {month} {day:>2} {time}")
}

fn postfix(queue: &[Queued], offset: Offset) -> String {
    if queue.is_empty() {
        return "Mail queue is empty\n".to_owned();
    }
    let mut text = "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n".to_owned();
    for one in queue {
        let mark = if one.active { '*' } else { ' ' };
        let sender = if one.sender.is_empty() { "MAILER-DAEMON" } else { &one.sender };
        let time = day_and_time(one.arrived, offset);
        text.push_str(&format!("{:<11}{mark}{:>7} {time:<20} {sender}\n", one.queue_id, one.octets));
        for (why, addresses) in groups(&one.recipients) {
            if !why.is_empty() {
                text.push_str(&format!("{:>78}\n", format!("({why})")));
            }
            for address in addresses {
                text.push_str(&format!("{:41}{address}\n", ""));
            }
        }
        text.push('\n');
    }
    let octets: usize = queue.iter().map(|one| one.octets).sum();
    let plural = if queue.len() == 1 { "" } else { "s" };
    text.push_str(&format!("-- {} Kbytes in {} Request{plural}.\n", octets / 1024, queue.len()));
    text
}

fn sendmail_list(queue: &[Queued], offset: Offset) -> String {
    if queue.is_empty() {
        return "/var/spool/mqueue is empty\n\t\tTotal requests: 0\n".to_owned();
    }
    let plural = if queue.len() == 1 { "" } else { "s" };
    let mut text = format!(
        "\t\t/var/spool/mqueue ({} request{plural})\n-----Q-ID----- --Size-- -----Q-Time----- \
         ------------Sender/Recipient-----------\n",
        queue.len()
    );
    for one in queue {
        let mark = if one.active { '*' } else { ' ' };
        let time: String = day_and_time(one.arrived, offset).chars().take(16).collect();
        text.push_str(&format!("{:<14}{mark}{:>8} {time} <{}>\n", one.queue_id, one.octets, one.sender));
        for (why, addresses) in groups(&one.recipients) {
            if !why.is_empty() {
                text.push_str(&format!("{:17}({why})\n", ""));
            }
            for address in addresses {
                text.push_str(&format!("\t\t\t\t\t <{address}>\n"));
            }
        }
    }
    text.push_str(&format!("\t\tTotal requests: {}\n", queue.len()));
    text
}

fn exim_list(queue: &[Queued], now: Time) -> String {
    let mut text = String::new();
    for one in queue {
        let minutes = now.since(one.arrived).as_secs() / 60;
        let (age, unit) = match minutes {
            0..=90 => (minutes, 'm'),
            91..=4320 => (minutes / 60, 'h'),
            _ => (minutes / 1440, 'd'),
        };
        let size = match one.octets {
            0..=1023 => one.octets.to_string(),
            octets => format!("{}.{}K", octets / 1024, octets % 1024 * 10 / 1024),
        };
        text.push_str(&format!("{age:>3}{unit} {size:>5} {} <{}>\n", one.queue_id, one.sender));
        for recipient in &one.recipients {
            text.push_str(&format!("{:10}{}\n", "", recipient.address));
        }
        text.push('\n');
    }
    text
}

fn qmail(queue: &[Queued]) -> String {
    let mut text = String::new();
    for one in queue {
        let date = one.arrived.day_and_time(Offset(0)).replace(" +0000", "");
        let number = one.queue_id.rsplit(' ').next().unwrap_or_default();
        text.push_str(&format!("{date} GMT  #{number}  {}  <{}> \n", one.octets, one.sender));
        for recipient in &one.recipients {
            text.push_str(&format!("\tremote\t{}\n", recipient.address));
        }
    }
    text
}
