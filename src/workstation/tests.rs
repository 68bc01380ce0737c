//! The shell and the programs that need no server, row by row: what is typed, what the terminal shows.

mod completion;
mod keys;
mod secured;

use super::*;
use crate::event::{CloseReason, ConnectFailure, DnsFailure, Question};
use crate::proto::dns::Response;
use crate::units::{Bytes, ConnId, Offset, Stream};
use crate::world::{ClientHello, Notice};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;

/// A network in which nobody answers, that remembers everything.
struct Silence {
    now: i64,
    events: Vec<Event>,
    sent: Vec<u8>,
    conns: u32,
    notices: VecDeque<Notice>,
    /// A connection is made at once; else it is being tried for ever.
    open: bool,
    /// And greets.
    greets: bool,
}

impl Net for Silence {
    fn now(&self) -> Time {
        Time(1_404_118_587_000_000 + self.now)
    }
    fn log(&mut self, event: Event) {
        self.events.push(event);
    }
    fn resolve(&mut self, _server: IpAddr, _question: Question) -> Result<Response, DnsFailure> {
        Err(DnsFailure::TimedOut)
    }
    fn connect(&mut self, _to: IpAddr, port: u16) -> ConnId {
        self.conns += 1;
        let conn = ConnId(self.conns);
        if port == 2 {
            self.notices.push_back(Notice::Failed(conn, ConnectFailure::Refused));
        } else if self.open {
            self.notices.push_back(Notice::Connected(conn));
            if self.greets {
                self.notices.push_back(Notice::Data(conn, b"220 ready\r\n".to_vec()));
            }
        }
        conn
    }
    fn belongs_to(&mut self, _conn: ConnId, _term: TermId) {}
    fn send(&mut self, _conn: ConnId, octets: &[u8]) {
        self.sent.extend_from_slice(octets);
    }
    fn start_tls(&mut self, _conn: ConnId, _hello: &ClientHello) {
        self.sent.extend_from_slice(b"<tls>");
    }
    fn finish(&mut self, _conn: ConnId) {
        self.sent.extend_from_slice(b"<fin>");
    }
    fn close(&mut self, _conn: ConnId, _why: CloseReason) {
        self.sent.extend_from_slice(b"<close>");
    }
    fn exhausted(&self) -> bool {
        self.events.len() > 100_000
    }
    fn authority(&self) -> Option<Vec<u8>> {
        None
    }
    fn stream(&self, purpose: &str) -> Stream {
        Stream::new(1, purpose)
    }
    fn next_notice(&mut self) -> Option<Notice> {
        self.notices.pop_front()
    }
    fn has_name(&self, name: &str) -> bool {
        !name.ends_with(".txt")
    }
}

/// A workstation without servers.
struct Desk {
    net: Silence,
    ws: Workstation,
}

impl Desk {
    fn new() -> Desk {
        let setup = WorkstationSetup {
            name: "ws.lab.test".into(),
            ip: [198, 51, 100, 17].into(),
            user: "lab".into(),
            resolver: [192, 0, 2, 53].into(),
            offset: Offset(0),
            files: [
                ("mail.txt".to_owned(), Bytes::from("Subject: Hi\n\nHello\n")),
                ("notes.txt".to_owned(), Bytes::from("one\ntwo\nthree\n")),
                ("odd name".to_owned(), Bytes::from("a\tb\r\n\u{1}\n")),
            ]
            .into(),
            account: None,
        };
        let mut net = Silence {
            now: 0,
            events: Vec::new(),
            sent: Vec::new(),
            conns: 0,
            notices: VecDeque::new(),
            open: false,
            greets: true,
        };
        let ws = Workstation::with_net(&setup, &mut net);
        let mut desk = Desk { net, ws };
        assert_eq!(desk.shown(), "lab@ws:~$ ");
        desk
    }

    /// What was shown since the last call.
    fn shown(&mut self) -> String {
        let events = std::mem::take(&mut self.net.events);
        let printed = events.into_iter().filter_map(|e| match e {
            Event::Printed { text, .. } => Some(text),
            _ => None,
        });
        printed.collect()
    }

    fn line(&mut self, text: &str) -> String {
        self.ws.typed(&mut self.net, TermId(1), text.as_bytes());
        self.shown()
    }

    fn key(&mut self, key: Key) -> String {
        self.ws.pressed(&mut self.net, TermId(1), key);
        self.shown()
    }

    /// Lets time pass to the next wake-up.
    fn wait(&mut self) -> String {
        let due = self.ws.next_wakeup().expect("somebody waits");
        self.net.now += i64::try_from(due.since(self.net.now()).as_micros()).unwrap();
        self.ws.waken(&mut self.net);
        self.shown()
    }

    fn notice(&mut self, notice: Notice) -> String {
        self.net.notices.push_back(notice);
        self.ws.hear(&mut self.net);
        self.shown()
    }
}

/// Types each row's lines into a fresh workstation; the prompt after the last is left out.
fn rows(rows: &[(&str, &str)]) {
    for (typed, shown) in rows {
        let mut desk = Desk::new();
        let mut all = String::new();
        for line in typed.split('\n') {
            all = desk.line(line);
        }
        let all = all.strip_suffix("lab@ws:~$ ").unwrap_or(&all);
        assert_eq!(all, *shown, "after: {typed}");
    }
}

#[test]
fn words_quotes_and_variables() {
    rows(&[
        ("echo a   b", "a b\n"),
        ("echo 'a   b' \"c  d\" e\\ \\ f", "a   b c  d e  f\n"),
        ("echo 'it'\\''s'", "it's\n"),
        ("echo \"a\\\"b\\$c\\d\"", "a\"b$c\\d\n"),
        ("echo $'tab\\there'", "tab\there\n"),
        ("echo $USER $HOME $HOSTNAME", "lab /home/lab ws\n"),
        ("echo '$USER' \"$USER\" ${USER}x", "$USER lab labx\n"),
        ("echo ~ ~/x a~", "/home/lab /home/lab/x a~\n"),
        ("echo a # comment", "a\n"),
        ("echo a#b", "a#b\n"),
        ("X='a  b'; echo $X \"$X\" [$Y]", "a b a  b []\n"),
        ("echo '' | wc -c", "1\n"),
        ("echo *.txt m* nosuch* '*'", "mail.txt notes.txt mail.txt nosuch* *\n"),
        ("echo \"*\" \\* mai?.txt", "* * mail.txt\n"),
        (
            "echo ä “x”",
            "helo: “ is a typographic quote; the shell takes it as a letter and knows only ' and \"\nä “x”\n",
        ),
        ("", ""),
        ("   ", ""),
        ("echo { }", "{ }\n"),
    ]);
}

#[test]
fn lists_pipes_groups_and_status() {
    rows(&[
        ("echo a; echo b", "a\nb\n"),
        ("true && echo yes || echo no", "yes\n"),
        ("false && echo yes || echo no", "no\n"),
        ("false || true && echo both", "both\n"),
        ("false; echo $?", "1\n"),
        ("! false; echo $?", "0\n"),
        ("nosuch1; echo $?", "bash: nosuch1: command not found\n127\n"),
        ("printf 'a\\nb\\n' | wc -l", "2\n"),
        ("(echo a; echo b) | cat -n", "     1\ta\n     2\tb\n"),
        ("{ echo a; echo b; } | wc -l", "2\n"),
        ("(exit 3); echo $?", "3\n"),
        ("echo a | (cat; echo c) | cat -n", "     1\ta\n     2\tc\n"),
        ("(cat; cat) < mail.txt", "Subject: Hi\n\nHello\n"),
        ("true | false; echo $?", "1\n"),
        ("false | true; echo $?", "0\n"),
        ("echo x | base64 | base64 -d", "x\n"),
        ("/bin/ls; echo $?", "bash: /bin/ls: No such file or directory\n127\n"),
        ("./mail.txt; echo $?", "bash: ./mail.txt: Permission denied\n126\n"),
    ]);
}

#[test]
fn files_and_redirections() {
    rows(&[
        ("echo a > x; echo b >> x; cat x", "a\nb\n"),
        ("echo a > x; echo b > x; cat x", "b\n"),
        ("cat < notes.txt | tail -n 1", "three\n"),
        ("cat <<< hello", "hello\n"),
        ("cat << EOF\nto $USER\nEOF", "to lab\n"),
        ("cat << 'EOF' | wc -l\n$USER\n\nEOF", "2\n"),
        ("cat nosuch 2> err; cat err", "cat: nosuch: No such file or directory\n"),
        ("cat nosuch 2>&1 | wc -l", "1\n"),
        ("cat nosuch mail.txt &> both; wc -l < both", "4\n"),
        ("echo gone > /dev/null", ""),
        ("echo a > /etc/hosts; echo $?", "bash: /etc/hosts: Permission denied\n1\n"),
        ("echo a > sub/x", "bash: sub/x: No such file or directory\n"),
        ("cat < nosuch", "bash: nosuch: No such file or directory\n"),
        ("cat > .", "bash: .: Is a directory\n"),
        ("echo a >&3", "bash: 3: Bad file descriptor\n"),
        ("cat /etc/resolv.conf", "search lab.test\nnameserver 192.0.2.53\n"),
        ("ls", " mail.txt   notes.txt  'odd name'\n"),
        ("ls | cat; ls -1 *.txt", "mail.txt\nnotes.txt\nodd name\nmail.txt\nnotes.txt\n"),
        ("ls -l mail.txt", "-rw-r--r-- 1 lab lab 19 Jun 30 08:56 mail.txt\n"),
        ("ls nosuch", "ls: cannot access 'nosuch': No such file or directory\n"),
        ("rm mail.txt; ls", " notes.txt  'odd name'\n"),
        ("rm nosuch", "rm: cannot remove 'nosuch': No such file or directory\n"),
    ]);
}

#[test]
fn what_bash_says_to_mistakes() {
    const SMTP: &str = "no connection is open here: first `telnet HOST 25`\n";
    rows(&[
        ("cat <", "bash: syntax error near unexpected token `newline'\n"),
        ("| a", "bash: syntax error near unexpected token `|'\n"),
        ("a ;; b", "bash: syntax error near unexpected token `;;'\n"),
        ("a && || b", "bash: syntax error near unexpected token `||'\n"),
        ("echo )", "bash: syntax error near unexpected token `)'\n"),
        ("echo a (b)", "bash: syntax error near unexpected token `('\n"),
        ("( )", "bash: syntax error near unexpected token `)'\n"),
        (
            "echo a &",
            "helo: there is no job control here, so nothing runs in the background with `&'; open another terminal instead\n",
        ),
        (
            "echo $(date)",
            "helo: this small shell has no command substitution; use a pipe, or run it and copy what it prints\n",
        ),
        (
            "for x in a; do echo; done",
            "helo: `for' begins a loop, a condition or a function of bash; this small shell has only ; && || | and groups ( ... )\n",
        ),
        ("echo 'a\n", "> "),
        ("echo 'a\nb'", "a\nb\n"),
        ("echo a \\\nb", "a b\n"),
        ("echo a |\ncat", "a\n"),
        ("HELO x", &format!("bash: HELO: command not found\nhelo: HELO is a command of SMTP, and {SMTP}")),
        (
            "mail from:<a@b.c>",
            &format!(
                "bash: syntax error near unexpected token `newline'\nhelo: MAIL is a command of SMTP, and {SMTP}"
            ),
        ),
        (
            "rcpt to:<a@b.c> x",
            &format!("bash: a@b.c: No such file or directory\nhelo: RCPT is a command of SMTP, and {SMTP}"),
        ),
        ("tlenet x", "bash: tlenet: command not found\nhelo: did you mean `telnet`?\n"),
        ("!nosuch", "bash: !nosuch: event not found\n"),
    ]);
}

#[test]
fn history_comes_back() {
    rows(&[
        ("echo a\n!!", "echo a\na\n"),
        ("echo a\necho b\n!1", "echo a\na\n"),
        ("echo a\nhistory", "    1  echo a\n    2  history\n"),
        ("echo a\necho b\nhistory 1", "    3  history 1\n"),
        ("echo a\nexit\nhistory", "    1  echo a\n    2  exit\n    3  history\n"),
    ]);
}

#[test]
fn echo_and_printf() {
    rows(&[
        ("echo -n a", "a"),
        ("echo -e 'a\\tb\\x41\\0101\\cxx'", "a\tbAA"),
        ("echo -z a", "-z a\n"),
        ("echo -ne 'a\\n'", "a\n"),
        ("echo -E 'a\\n'", "a\\n\n"),
        ("echo -nE-", "-nE-\n"),
        ("printf", "printf: usage: printf [-v var] format [arguments]\n"),
        ("printf '%s\\n' a b c", "a\nb\nc\n"),
        ("printf '%s %s\\n' a b c", "a b\nc \n"),
        ("printf '%d\\n' abc", "bash: printf: abc: invalid number\n0\n"),
        ("printf '%d\\n' 12x", "bash: printf: 12x: invalid number\n12\n"),
        ("printf '\\060\\x41\\u00e4\\n'", "0Aä\n"),
        ("printf '\\0anna\\0tulpe' | base64", "AGFubmEAdHVscGU=\n"),
        ("printf '%z'", "bash: printf: `%z': missing format character\n"),
        (
            "printf '%5s|%-5s|%05d|%x|%o|%c|%%|%i|%u|%X\\n' a b 42 255 8 xyz 5 -1 255",
            "    a|b    |00042|ff|10|x|%|5|18446744073709551615|FF\n",
        ),
        ("printf '%b' 'a\\0101\\n'", "aA\n"),
        ("printf '%b' 'a\\cb' c", "a"),
        ("printf '%.2s|%*s\\n' abc 5 x", "ab|    x\n"),
        ("printf '%d %d\\n' 0x1f 010", "31 8\n"),
        ("printf \"%d\\n\" \"'A\"", "65\n"),
        ("printf '%f %e\\n' 1.5 1.5", "1.500000 1.500000e+00\n"),
        ("printf -- 'x\\n'", "x\n"),
        (
            "printf -x",
            "bash: printf: -x: invalid option\nprintf: usage: printf [-v var] format [arguments]\n",
        ),
        ("printf 'abc%'", "bash: printf: `%': missing format character\nabc"),
        ("printf '\\xZZ\\q\\n'", "bash: printf: missing hex digit for \\x\n\\xZZ\\q\n"),
        ("printf -v X '%s' y; echo $X", "y\n"),
        ("printf '%q\\n' 'a b'", "a\\ b\n"),
    ]);
}

#[test]
fn base64_both_ways() {
    rows(&[
        ("printf 'aGFsbG8' | base64 -d", "hallobase64: invalid input\n"),
        ("printf 'aGFsb' | base64 -d", "halbase64: invalid input\n"),
        ("printf 'aGFs!bG8=' | base64 -d", "halbase64: invalid input\n"),
        ("printf 'aGF!' | base64 -d", "habase64: invalid input\n"),
        ("printf 'aGFs!bG8=' | base64 -di", "hallo"),
        ("printf 'aGFsbG9=' | base64 -d", "hallo"),
        ("printf 'YQ==YQ==' | base64 -d", "aa"),
        ("printf 'aGF=bG8=' | base64 -d", "halo"),
        ("printf 'aG=' | base64 -d", "hbase64: invalid input\n"),
        ("printf 'Y!Q=' | base64 -d", "base64: invalid input\n"),
        ("printf '=' | base64 -d", "base64: invalid input\n"),
        ("printf '' | base64", ""),
        ("printf aaaaaaaaa | base64 -w 5", "YWFhY\nWFhYW\nFh\n"),
        ("printf abc | base64 -w0", "YWJj"),
        ("printf abc | base64 --wrap=2 -", "YW\nJj\n"),
        ("base64 nosuch", "base64: nosuch: No such file or directory\n"),
        ("base64 -w x", "base64: invalid wrap size: ‘x’\n"),
        ("base64 -Q", "base64: invalid option -- 'Q'\nTry 'base64 --help' for more information.\n"),
        ("base64 a b", "base64: extra operand ‘b’\nTry 'base64 --help' for more information.\n"),
        (
            "base64 --bogus",
            "base64: unrecognized option '--bogus'\nTry 'base64 --help' for more information.\n",
        ),
    ]);
}

#[test]
fn small_programs() {
    rows(&[
        ("cat -A 'odd name'", "a^Ib^M$\n^A$\n"),
        ("cat 'odd name'", "a\tb\n^A\n"),
        ("cat -n notes.txt", "     1\tone\n     2\ttwo\n     3\tthree\n"),
        ("cat -b mail.txt", "     1\tSubject: Hi\n\n     2\tHello\n"),
        ("cat -Q", "cat: invalid option -- 'Q'\nTry 'cat --help' for more information.\n"),
        ("wc notes.txt", " 3  3 14 notes.txt\n"),
        ("wc -l notes.txt", "3 notes.txt\n"),
        ("printf 'a b\\nc' | wc", "      1       3       5\n"),
        ("head -2 notes.txt", "one\ntwo\n"),
        ("tail -n +2 notes.txt", "two\nthree\n"),
        ("head -n x notes.txt", "head: invalid number of lines: ‘x’\n"),
        ("grep -n o notes.txt", "1:one\n2:two\n"),
        ("grep -v o notes.txt", "three\n"),
        ("grep zzz notes.txt; echo $?", "1\n"),
        ("pwd; whoami; hostname; hostname -f", "/home/lab\nlab\nws\nws.lab.test\n"),
        ("date", "Mon Jun 30 08:56:27 UTC 2014\n"),
        ("date -R", "Mon, 30 Jun 2014 08:56:27 +0000\n"),
        ("date -u -d '30 Jun 2014 10:56:27 +0200' +%H:%M", "08:56\n"),
        ("sleep", "sleep: missing operand\nTry 'sleep --help' for more information.\n"),
        ("sleep x", "sleep: invalid time interval ‘x’\nTry 'sleep --help' for more information.\n"),
        (
            "type printf; type telnet; which dig",
            "printf is a shell builtin\ntelnet is /usr/bin/telnet\n/usr/bin/dig\n",
        ),
        ("cd sub", "bash: cd: sub: No such file or directory\nhelo: this workstation has one folder only\n"),
        ("clear", ""),
    ]);
}

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
fn a_name_server_that_does_not_answer() {
    let mut desk = Desk::new();
    assert_eq!(desk.line("dig +time=1 +tries=2 example.tld"), "");
    assert!(!desk.ws.ready(TermId(1)));
    let timed_out = ";; communications error to 192.0.2.53#53: timed out\n";
    assert_eq!(desk.wait(), timed_out);
    assert_eq!(
        desk.wait(),
        format!(
            "{timed_out}\n; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> +time=1 +tries=2 example.tld\n\
             ;; global options: +cmd\n;; no servers could be reached\nlab@ws:~$ "
        )
    );
    assert_eq!(desk.line("echo $?"), "9\nlab@ws:~$ ");
    assert_eq!(desk.line("host example.tld"), "");
    assert_eq!(
        desk.wait() + &desk.wait(),
        format!("{timed_out}{timed_out};; no servers could be reached\nlab@ws:~$ ")
    );
    assert_eq!(desk.line("telnet mail.example.tld 25"), "");
    assert_eq!(
        desk.wait() + &desk.wait(),
        "Server lookup failure:  mail.example.tld:25, Temporary failure in name resolution\nlab@ws:~$ "
    );
}

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
