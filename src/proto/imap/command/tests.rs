//! Commands read, and what is wrong with those that cannot be.

use super::super::reader::{Read, Reader};
use super::*;

fn heard(line: &str) -> Heard {
    let mut reader = Reader::new();
    reader.feed(format!("{line}\r\n").as_bytes());
    loop {
        match reader.next() {
            Some(Read::Command(raw)) => return parse(&raw, false),
            Some(Read::Asked(_) | Read::Announced(_)) => reader.go_on(),
            None => panic!("{line}: not whole"),
        }
    }
}

#[test]
fn well_formed_commands_are_read() {
    for line in [
        "a1 NOOP",
        "a1 login anna {5+}\r\ntulpe",
        "a1 login \"an\\\"na\" tulpe",
        "a1 select Entw&APw-rfe",
        "a1 list \"\" (INBOX \"Lists/%\") return (children status (messages unseen))",
        "a1 status inbox (messages size)",
        "a1 append inbox (\\Seen $Junk) \" 7-Jul-1996 02:44:25 -0700\" {3+}\r\nabc",
        "a1 uid fetch 1:*,7 (flags body.peek[1.2.header.fields.not (subject)]<0.100>)",
        "a1 store 2,4:7 -flags.silent (\\Deleted)",
        "a1 store 2 +flags \\Deleted \\Seen",
        "a1 search return (min count) charset utf-8 or (unseen from anna) not since 1-Feb-1994 uid 1:3",
        "a1 uid expunge 3",
        "a1 id (\"name\" \"helo\" \"os\" nil)",
        "a1 authenticate plain =",
        "a1 noop  ",
    ] {
        let heard = heard(line);
        assert!(heard.request.is_ok(), "{line}: {:?}", heard.request);
        assert!(matches!(heard.command, ImapCommand::Known(_)), "{line}");
    }
}

#[test]
fn faults_say_what_was_wanted_and_where() {
    for (line, wanted, start, end) in [
        ("a1 login", A::User, 8, 8),
        ("a1 login anna", A::Password, 13, 13),
        ("a1 select", A::Mailbox, 9, 9),
        ("a1 select inbox extra", A::End, 15, 21),
        ("a1 select \"inbox", A::ClosingQuote, 10, 16),
        ("a1 fetch 1:x full", A::Set, 9, 12),
        ("a1 fetch 0 full", A::Set, 9, 10),
        ("a1 fetch 1 nonsense", A::FetchItems, 11, 19),
        ("a1 fetch 1 (flags", A::ClosingParenthesis, 17, 17),
        ("a1 fetch 1 body[mime]", A::Section, 16, 20),
        ("a1 store 1 nonsense \\Seen", A::StoreItem, 11, 19),
        ("a1 store 1 +flags \\Recent", A::Flags, 18, 25),
        ("a1 status inbox (nonsense)", A::StatusItems, 17, 25),
        ("a1 search nonsense", A::SearchKey, 10, 18),
        ("a1 search since yesterday", A::Date, 16, 25),
    ] {
        let heard = heard(line);
        let Err(Some(fault)) = &heard.request else { panic!("{line}: {:?}", heard.request) };
        assert_eq!((fault.wanted, fault.span), (wanted, Span::new(start, end)), "{line}");
    }
}

#[test]
fn keys_in_keys_in_keys_come_to_an_end() {
    let deep = format!("a1 search {}all", "not ".repeat(5000));
    assert!(heard(&deep).request.is_err());
    let wide = format!("a1 search {}all", "all ".repeat(5000));
    assert!(heard(&wide).request.is_err());
}
