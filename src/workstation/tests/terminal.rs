//! The terminals themselves: what waits while a program runs, keys, how many there may be, long pastes.

use super::*;

#[test]
fn a_line_typed_while_sleep_sleeps_waits() {
    let mut desk = Desk::new();
    assert_eq!(desk.line("sleep 10; echo up"), "");
    assert!(!desk.ws.ready(TermId(1)));
    assert_eq!(desk.line("cat"), "");
    assert_eq!(desk.line("for cat"), "");
    assert_eq!(desk.key(Key::EndOfFile), "");
    let start = desk.net.now();
    assert_eq!(desk.wait(), "up\nlab@ws:~$ cat\nfor cat\nlab@ws:~$ ");
    assert_eq!(desk.net.now().since(start), Duration::from_secs(10));
    desk.line("sleep 10; echo never");
    desk.line("echo forgotten");
    assert_eq!(desk.key(Key::Interrupt), "^C\nlab@ws:~$ ");
    assert_eq!(desk.line("echo $?"), "130\nlab@ws:~$ ");
}

#[test]
fn keys_where_no_program_runs() {
    let mut desk = Desk::new();
    assert_eq!(desk.key(Key::Interrupt), "^C\nlab@ws:~$ ");
    for key in [Key::EndOfFile, Key::Escape, Key::Suspend] {
        let shown = desk.key(key);
        assert!(shown.starts_with("\nhelo: ^") && shown.ends_with("\nlab@ws:~$ "), "{shown}");
    }
    desk.line("echo 'open");
    assert_eq!(
        desk.key(Key::EndOfFile),
        "\nbash: unexpected EOF while looking for matching `''\nbash: syntax error: unexpected end of file\nlab@ws:~$ "
    );
    desk.line("echo \"open");
    assert_eq!(desk.key(Key::Interrupt), "^C\nlab@ws:~$ ");
    assert_eq!(
        desk.line("exit 3"),
        "exit\nhelo: this terminal stays open; a fresh shell has begun\nlab@ws:~$ "
    );
}

#[test]
fn terminals_are_counted() {
    let mut desk = Desk::new();
    desk.ws.typed(&mut desk.net, TermId(3), b"echo three");
    assert_eq!(desk.shown(), "lab@ws:~$ lab@ws:~$ three\nlab@ws:~$ ");
    desk.ws.typed(&mut desk.net, TermId(TERMINALS + 1), b"echo one too many");
    assert!(
        desk.net.events.contains(&Event::LimitReached { limit: Limit::Terminals, at: u64::from(TERMINALS) })
    );
    assert!(!desk.net.events.iter().any(|e| matches!(e, Event::Typed { .. })));
    assert_eq!(desk.ws.open(&mut desk.net), None);
    desk.ws.typed(&mut desk.net, TermId(0), b"echo zero");
    assert!(!desk.net.events.iter().any(|e| matches!(e, Event::Typed { .. })));
}

#[test]
fn large_pastes_end_in_time() {
    let mut desk = Desk::new();
    desk.net.open = true;
    desk.line("telnet 192.0.2.25 25");
    let mail: Vec<u8> =
        b"0123456789012345678901234567890123456789012345678901234567890123456789012345678\n".repeat(131_072);
    desk.ws.pasted(&mut desk.net, TermId(1), &mail);
    assert_eq!(desk.net.sent.len(), mail.len() + 131_072, "each line ends with CR LF");
    assert!(desk.net.events.len() < 1000, "{} events", desk.net.events.len());
    for text in [&b"echo 'open\n"[..], b"a |\n", b"(\n", b"\n", b"nosuch \"x\n", b"cat <<E\n"] {
        let mut desk = Desk::new();
        desk.ws.pasted(&mut desk.net, TermId(1), &text.repeat((256 << 10) / text.len()));
        assert!(desk.ws.next_wakeup().is_none());
    }
    let mut desk = Desk::new();
    desk.line(&format!("printf '{}' | wc -c", "x".repeat(200_000)));
    assert_eq!(desk.line("printf '%999999999d' 1 | wc -c"), "65536\nlab@ws:~$ ");
    let shown =
        desk.line("printf '%60000d' 1 2 3 4 5 6 7 8 9 10 11; printf '%60000d' 1 2 3 4 5 6 7 8 9 10 11");
    assert!(shown.contains("what came after that is not shown"));
    let mut desk = Desk::new();
    desk.ws.pasted(&mut desk.net, TermId(1), &b"printf '%60000d' 1\n".repeat(40));
    let shown = desk.shown();
    assert!(shown.len() < 3 << 19, "a paste is one input: {} octets shown", shown.len());
}
