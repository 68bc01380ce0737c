//! What Tab offers, row by row: what stands before the cursor, what it becomes, what is to choose from.

use super::*;

/// What the learner reads beside the terminals.
const BRIEF: &str =
    "Write to `anna@example.org`; the servers are mail.example.org and mx.example.net. See mail.txt.";

impl Desk {
    fn tab(&mut self, before: &str) -> (String, String) {
        let found = self.ws.completed(&self.net, TermId(1), before, [BRIEF].into_iter());
        assert!(self.net.events.is_empty(), "asking leaves no trace");
        (found.text, found.candidates.join(" "))
    }

    fn offers(&mut self, rows: &[(&str, &str, &str)]) {
        for (before, text, candidates) in rows {
            let found = self.tab(before);
            assert_eq!((found.0.as_str(), found.1.as_str()), (*text, *candidates), "{before:?}");
        }
    }

    /// A terminal in which telnet is connected to what says this.
    fn connected(said: &str) -> Desk {
        let mut desk = Desk::new();
        (desk.net.open, desk.net.greets) = (true, false);
        desk.line("telnet 192.0.2.25 25");
        desk.hears(said);
        desk
    }

    fn hears(&mut self, said: &str) {
        let said = said.replace('\n', "\r\n").into_bytes();
        self.notice(Notice::Data(ConnId(1), said));
    }
}

#[test]
fn commands_options_hosts_and_files() {
    Desk::new().offers(&[
        ("teln", "telnet ", "telnet"),
        ("h", "h", "head help history host hostname"),
        ("ho", "host", "host hostname"),
        ("nosuch", "nosuch", ""),
        ("cat n", "cat notes.txt ", "notes.txt"),
        ("cat ", "cat ", "mail.txt notes.txt odd name"),
        ("cat o", "cat odd\\ name ", "odd name"),
        ("cat 'o", "cat 'odd name' ", "odd name"),
        ("cat \"odd n", "cat \"odd name\" ", "odd name"),
        ("cat ./m", "cat ./mail.txt ", "./mail.txt"),
        ("cat ~/m", "cat ~/mail.txt ", "~/mail.txt"),
        ("cat /e", "cat /etc/", "/etc/"),
        ("cat /etc/hostn", "cat /etc/hostname ", "/etc/hostname"),
        ("cat /home/lab/n", "cat /home/lab/notes.txt ", "/home/lab/notes.txt"),
        ("printf x | base", "printf x | base64 ", "base64"),
        ("base64 < n", "base64 < notes.txt ", "notes.txt"),
        ("cat notes.txt > mai", "cat notes.txt > mail.txt ", "mail.txt"),
        ("true && wc --l", "true && wc --lines ", "--lines"),
        ("tail -", "tail -", "--bytes --lines -c -n"),
        ("telnet ma", "telnet mail.example.org ", "mail.example.org"),
        ("telnet mail.example.org s", "telnet mail.example.org s", "sink smtp smtps ssh ssmtp submission submissions"),
        ("telnet mail.example.org 5", "telnet mail.example.org 587 ", "587"),
        ("telnet mail.example.org 25 x", "telnet mail.example.org 25 x", ""),
        ("nc -w 5 mx", "nc -w 5 mx.example.net ", "mx.example.net"),
        ("dig +sh", "dig +short ", "+short"),
        ("dig @mx", "dig @mx.example.net ", "@mx.example.net"),
        ("dig example.org m", "dig example.org m", "MX mail.example.org mx.example.net"),
        ("dig -t m", "dig -t mx ", "MX"),
        ("host exam", "host example.org ", "example.org"),
        ("man teln", "man telnet ", "telnet"),
        ("mail an", "mail anna@example.org ", "anna@example.org"),
        ("mail -a no", "mail -a notes.txt ", "notes.txt"),
        ("swaks --t", "swaks --t", "--timeout --tls --tls-ca-path --tls-cipher --tls-get-peer-cert --tls-on-connect --tls-optional --tls-optional-strict --tls-protocol --tls-sni --tls-verify --to"),
        ("swaks --to an", "swaks --to anna@example.org ", "anna@example.org"),
        ("swaks --data @n", "swaks --data @notes.txt ", "@notes.txt"),
        ("ssh mail.example.org mailq", "ssh mail.example.org mailq ", "mailq"),
        ("ssh root@mx", "ssh root@mx.example.net ", "root@mx.example.net"),
        ("zone sh", "zone show ", "show"),
        ("echo $HOS", "echo $HOSTNAME", "HOSTNAME"),
        ("echo '$HOS", "echo '$HOS", ""),
        ("ls # no", "ls # no", ""),
        ("sleep ", "sleep ", ""),
    ]);
}

#[test]
fn the_commands_of_openssl() {
    Desk::new().offers(&[
        ("openssl s_", "openssl s_client ", "s_client"),
        ("openssl s_client -star", "openssl s_client -starttls ", "-starttls"),
        ("openssl s_client -starttls ", "openssl s_client -starttls ", "imap pop3 smtp"),
        (
            "openssl s_client -connect mail.e",
            "openssl s_client -connect mail.example.org:",
            "mail.example.org:",
        ),
        (
            "openssl s_client -connect mail.example.org:9",
            "openssl s_client -connect mail.example.org:99",
            "mail.example.org:993 mail.example.org:995",
        ),
        ("openssl x509 -in no", "openssl x509 -in notes.txt ", "notes.txt"),
        ("openssl md5 no", "openssl md5 notes.txt ", "notes.txt"),
        ("openssl sha256 -hm", "openssl sha256 -hmac ", "-hmac"),
    ]);
}

#[test]
fn what_was_read_and_typed_is_known() {
    let mut desk = Desk::new();
    desk.offers(&[("telnet pop", "telnet pop", "")]);
    desk.line("echo pop.example.net and hedwig@example.net");
    desk.offers(&[
        ("telnet pop", "telnet pop.example.net ", "pop.example.net"),
        ("mail hed", "mail hedwig@example.net ", "hedwig@example.net"),
    ]);
    // Further lines of a command are text.
    desk.line("cat <<END");
    desk.offers(&[("cat n", "cat n", "")]);
    desk.line("END");
    // So is what a program reads.
    desk.line("cat");
    desk.offers(&[("no", "no", "")]);
    desk.key(Key::Interrupt);
    desk.offers(&[
        ("cat no", "cat notes.txt ", "notes.txt"),
        (&"x".repeat(COMPLETED_OCTETS + 1), &"x".repeat(COMPLETED_OCTETS + 1), ""),
    ]);
    let found = desk.ws.completed(&desk.net, TermId(9), "tel", std::iter::empty());
    assert_eq!(found, Completion::none("tel"), "a terminal that is not there");
}

#[test]
fn smtp_as_far_as_it_was_announced() {
    let mut desk = Desk::connected("220 mail.example.org ESMTP\n");
    desk.offers(&[
        ("", "", "DATA EHLO EXPN HELO HELP MAIL NOOP QUIT RCPT RSET VRFY"),
        ("eh", "ehlo ", "EHLO"),
        ("H", "HEL", "HELO HELP"),
        ("ehlo w", "ehlo ws.lab.test", "ws.lab.test"),
        ("STARTT", "STARTT", ""),
        ("MAIL FROM:<anna@example.org> S", "MAIL FROM:<anna@example.org> S", ""),
        ("quit", "quit", "QUIT"),
    ]);
    desk.line("EHLO ws.lab.test");
    desk.hears("250-mail.example.org\n250-SIZE 10240000\n250-STARTTLS\n250-AUTH PLAIN LOGIN\n250-8BITMIME\n250 DSN\n");
    desk.offers(&[
        ("STARTT", "STARTTLS", "STARTTLS"),
        ("auth ", "auth ", "LOGIN PLAIN"),
        ("AUTH P", "AUTH PLAIN", "PLAIN"),
        ("MA", "MAIL ", "MAIL"),
        ("mail f", "mail from:<", "FROM:<"),
        ("mail from:<an", "mail from:<anna@example.org>", "from:<anna@example.org>"),
        ("mail from: an", "mail from: anna@example.org", "anna@example.org"),
        ("RCPT TO:", "RCPT TO:<anna@example.org>", "TO:<anna@example.org>"),
        ("MAIL FROM:<anna@example.org> B", "MAIL FROM:<anna@example.org> BODY=", "BODY=7BIT BODY=8BITMIME"),
        ("MAIL FROM: <anna@example.org> SI", "MAIL FROM: <anna@example.org> SIZE=", "SIZE="),
        (
            "RCPT TO:<anna@example.org> NOTIFY=S",
            "RCPT TO:<anna@example.org> NOTIFY=SUCCESS",
            "NOTIFY=SUCCESS",
        ),
        ("BDA", "BDA", ""),
        ("DATA x", "DATA x", ""),
    ]);
    desk.line("AUTH LOGIN");
    desk.hears("334 VXNlcm5hbWU6\n");
    desk.offers(&[("DA", "DA", "")]);
    desk.line("x");
    desk.hears("535 no\n354 go on\n");
    desk.offers(&[
        ("Sub", "Subject: ", "Subject:"),
        ("To: an", "To: anna@example.org", "anna@example.org"),
        ("From: Anna <an", "From: Anna <anna@example.org>", "<anna@example.org>"),
    ]);
    desk.line("");
    desk.offers(&[("Sub", "Sub", "")]);
    desk.line(".");
    desk.hears("250 ok\n");
    desk.offers(&[("QU", "QUIT", "QUIT")]);
    desk.key(Key::Escape);
    desk.offers(&[
        ("qu", "quit ", "quit"),
        ("send es", "send escape ", "escape"),
        ("open ma", "open mail.example.org ", "mail.example.org"),
    ]);
}

#[test]
fn pop3_and_imap_with_what_they_named() {
    let mut desk = Desk::connected("+OK ready\n");
    desk.offers(&[
        ("re", "retr ", "RETR"),
        ("U", "U", "UIDL USER"),
        ("USER an", "USER anna@example.org", "anna@example.org"),
        ("AUTH ", "AUTH ", ""),
    ]);
    desk.line("CAPA");
    desk.hears("+OK\nSASL PLAIN\n.\n");
    desk.offers(&[("AUTH ", "AUTH PLAIN", "PLAIN"), ("EHL", "EHL", "")]);

    let mut desk = Desk::connected("* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] ready\n");
    desk.offers(&[
        ("", "", ""),
        ("a", "a", ""),
        ("a LOG", "a LOG", "LOGIN LOGOUT"),
        ("a1 sel", "a1 select ", "SELECT"),
        ("a SELECT in", "a SELECT inbox", "INBOX"),
        ("a MOV", "a MOV", ""),
        ("a ID", "a IDLE", "IDLE"),
        ("a AUTHENTICATE ", "a AUTHENTICATE PLAIN", "PLAIN"),
        ("a UID F", "a UID FETCH ", "FETCH"),
        ("a FETCH 1 (FLA", "a FETCH 1 (FLAGS", "FLAGS"),
        ("a uid fetch 1:* rfc822.s", "a uid fetch 1:* rfc822.size", "RFC822.SIZE"),
        ("a STORE 1 +F", "a STORE 1 +FLAGS", "+FLAGS +FLAGS.SILENT"),
        ("a STORE 1 +FLAGS (\\s", "a STORE 1 +FLAGS (\\seen", "\\Seen"),
        ("a STATUS INBOX (UNS", "a STATUS INBOX (UNSEEN", "UNSEEN"),
        ("a SEARCH UNS", "a SEARCH UNSEEN", "UNSEEN"),
        ("a SEARCH C", "a SEARCH C", "CC CHARSET"),
        ("a SEARCH RETURN (M", "a SEARCH RETURN (M", "MAX MIN"),
        ("a SEARCH return (MIN ", "a SEARCH return (MIN ", "ALL COUNT MAX MIN"),
        ("a SEARCH RETURN (MIN) M", "a SEARCH RETURN (MIN) M", ""),
        ("a LIST ", "a LIST \"\" ", "\"\""),
    ]);
    desk.line("a LIST \"\" \"*\"");
    desk.hears("* LIST () \".\" \"Sent Items\"\n* LIST () \".\" Archive\na OK\n");
    desk.offers(&[
        ("a SELECT \"S", "a SELECT \"Sent Items\"", "\"Sent Items\""),
        ("a COPY 1 A", "a COPY 1 Archive", "Archive"),
    ]);
}
