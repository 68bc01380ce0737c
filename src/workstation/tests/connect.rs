//! `telnet` and `nc`: what they take, what they complain of, and what they send.

use super::*;

#[test]
fn telnet_and_nc_complain_as_the_real_ones_do() {
    rows(&[
        (
            "telnet 192.0.2.1 2",
            "Trying 192.0.2.1...\ntelnet: Unable to connect to remote host: Connection refused\n",
        ),
        (
            "telnet 192.0.2.1 smtpx",
            "Server lookup failure:  192.0.2.1:smtpx, Servname not supported for ai_socktype\n",
        ),
        ("telnet 192.0.2.1 99999", "Port number 99999 is out of range.\n"),
        ("telnet 192.0.2.1 25x", "Invalid port name '25x'.\n"),
        (
            "telnet -Q",
            "telnet: invalid option -- 'Q'\nTry 'telnet --help' or 'telnet --usage' for more information.\n",
        ),
        (
            "telnet -Q; echo $?",
            "telnet: invalid option -- 'Q'\nTry 'telnet --help' or 'telnet --usage' for more information.\n64\n",
        ),
        ("telnet a b c", "telnet: too many arguments\n"),
        ("telnet\nstatus", "No connection.\nEscape character is '^]'.\ntelnet> "),
        ("telnet\nclose", "?Need to be connected first.\ntelnet> "),
        ("telnet\nfoo", "?Invalid command\ntelnet> "),
        ("telnet\nhelp close", "close current connection\ntelnet> "),
        (
            "telnet\nop\n192.0.2.1 2",
            "Trying 192.0.2.1...\ntelnet: Unable to connect to remote host: Connection refused\ntelnet> ",
        ),
        ("telnet\nquit", ""),
        ("nc 192.0.2.1 2; echo $?", "1\n"),
        ("nc -v 192.0.2.1 2", "nc: connect to 192.0.2.1 port 2 (tcp) failed: Connection refused\n"),
        ("nc 192.0.2.1", "nc: missing port number\n"),
        ("nc 192.0.2.1 0", "nc: port number too small: 0\n"),
        ("nc 192.0.2.1 99999", "nc: port number too large: 99999\n"),
        ("nc 192.0.2.1 x", "nc: port number invalid: x\n"),
        ("nc -w x h 25", "nc: timeout invalid: x\n"),
        ("nc -n host 25", "nc: getaddrinfo for host \"host\" port 25: Name or service not known\n"),
        (
            "nc -6 192.0.2.1 25",
            "nc: getaddrinfo for host \"192.0.2.1\" port 25: Address family for hostname not supported\n",
        ),
        (
            "nc -l 25; echo $?",
            "helo: nothing may listen on this workstation, so nc -l has nobody to wait for; the servers are the other hosts\n1\n",
        ),
    ]);
}

#[test]
fn telnet_with_its_escape_character() {
    let mut desk = Desk::new();
    desk.net.open = true;
    assert_eq!(
        desk.line("telnet 192.0.2.25 smtp"),
        "Trying 192.0.2.25...\nConnected to 192.0.2.25.\nEscape character is '^]'.\n220 ready\n"
    );
    desk.line("EHLO ws");
    assert_eq!(desk.net.sent, b"EHLO ws\r\n");
    assert_eq!(desk.key(Key::Escape), "^]\ntelnet> ");
    assert_eq!(desk.notice(Notice::Data(ConnId(1), b"250 late\r\n".to_vec())), "");
    assert_eq!(desk.line("bogus"), "?Invalid command\ntelnet> ");
    assert_eq!(desk.line("open x"), "?Already connected to 192.0.2.25\ntelnet> ");
    assert_eq!(
        desk.line("status"),
        "Connected to 192.0.2.25.\nOperating in obsolete linemode\nLocal character echo\nEscape character is '^]'.\n250 late\n"
    );
    desk.net.sent.clear();
    let shown = desk.key(Key::Interrupt);
    assert!(shown.starts_with("^C\nhelo: telnet passed the key on"), "{shown}");
    desk.key(Key::EndOfFile);
    desk.key(Key::Escape);
    desk.line("send ayt");
    assert_eq!(desk.net.sent, b"\xff\xf4\xff\xfd\x06\x04\xff\xf6");
    desk.key(Key::Escape);
    assert_eq!(desk.line("quit"), "Connection closed.\nlab@ws:~$ ");
    assert!(desk.net.sent.ends_with(b"<close>"));

    desk.line("telnet 192.0.2.25 25");
    assert_eq!(
        desk.notice(Notice::Closed(ConnId(2), CloseReason::Closed)),
        "Connection closed by foreign host.\nlab@ws:~$ "
    );
}

#[test]
fn nc_sends_what_is_typed() {
    for (command, sent) in [
        ("nc 192.0.2.25 25", &b"NOOP\n"[..]),
        ("nc -C 192.0.2.25 25", b"NOOP\r\n"),
        ("nc -N 192.0.2.25 25", b"NOOP\n<fin>"),
        ("nc -q 0 192.0.2.25 25", b"NOOP\n<close>"),
    ] {
        let mut desk = Desk::new();
        desk.net.open = true;
        assert_eq!(desk.line(command), "220 ready\n");
        desk.line("NOOP");
        desk.key(Key::EndOfFile);
        assert_eq!(desk.net.sent, sent, "{command}");
    }
    let mut desk = Desk::new();
    desk.net.open = true;
    assert_eq!(
        desk.line("nc -v -w 3 192.0.2.25 25"),
        "Connection to 192.0.2.25 25 port [tcp/smtp] succeeded!\n220 ready\n"
    );
    assert_eq!(desk.wait(), "lab@ws:~$ ");
    assert_eq!(desk.line("nc -zv 192.0.2.25 24-26"), {
        let ports = ["24 port [tcp/*]", "25 port [tcp/smtp]", "26 port [tcp/*]"];
        let lines: String =
            ports.iter().map(|p| format!("Connection to 192.0.2.25 {p} succeeded!\n")).collect();
        lines + "lab@ws:~$ "
    });
    desk.line("nc 192.0.2.25 25");
    let shown = desk.notice(Notice::Closed(ConnId(5), CloseReason::Closed));
    assert!(shown.starts_with("helo: the server has hung up"), "{shown}");
    assert_eq!(desk.line("lost"), "lab@ws:~$ ");
    desk.net.sent.clear();
    desk.line("printf 'EHLO x\\r\\nQUIT\\r\\n' | nc -q 1 192.0.2.25 25");
    assert_eq!(desk.net.sent, b"EHLO x\r\nQUIT\r\n");
    assert_eq!(desk.wait(), "lab@ws:~$ ");
    desk.net.open = false;
    assert_eq!(desk.line("nc -v -w 1 192.0.2.25 25"), "");
    assert_eq!(
        desk.wait(),
        "nc: connect to 192.0.2.25 port 25 (tcp) timed out: Operation now in progress\nlab@ws:~$ "
    );
}
