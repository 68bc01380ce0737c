//! Programs and modules that work on whole mailboxes: OfflineIMAP, imapfilter, s-nail, Perl's Mail::IMAPClient.

use crate::host::{Host, installed, run};
use crate::mode::{Mode, arrived, gone, letter, private, put, understood};
use std::path::{Path, PathBuf};

/// All letters below a folder.
fn letters(folder: &Path) -> Vec<PathBuf> {
    let all = ["cur", "new"].into_iter().filter_map(|sub| std::fs::read_dir(folder.join(sub)).ok()).flatten();
    all.map(|entry| entry.unwrap().path()).collect()
}

/// What IMAP says to alice, whose folders these are.
fn asked(host: &Host, lines: &str) -> String {
    host.ask("imap", &format!("a LOGIN alice secret\n{lines}z LOGOUT\n"))
}

#[test]
fn offlineimap_syncs_both_ways() {
    if !installed("offlineimap") {
        return;
    }
    let host = Host::start("playground", "offlineimap");
    for mode in Mode::ALL {
        let (near, meta) = (host.file(&format!("mail-{mode:?}")), host.file(&format!("meta-{mode:?}")));
        let tls = match mode {
            Mode::Plain => "ssl = no\nstarttls = no".to_owned(),
            Mode::Upgrade => format!("ssl = no\nstarttls = yes\nsslcacertfile = {}", host.ca()),
            Mode::Implicit => format!("ssl = yes\nsslcacertfile = {}", host.ca()),
        };
        let auth = match mode {
            Mode::Plain => "LOGIN",
            Mode::Upgrade => "CRAM-MD5",
            Mode::Implicit => "PLAIN",
        };
        let text = format!(
            "[general]\naccounts = A\nmetadata = {}\nsocktimeout = 30\n[Account A]\nlocalrepository = L\nremoterepository = R\n\
             utf8foldernames = yes\n[Repository L]\ntype = Maildir\nlocalfolders = {}\n[Repository R]\ntype = IMAP\n\
             remotehost = localhost\nremoteport = {}\nremoteuser = alice\nremotepass = secret\n{tls}\n\
             auth_mechanisms = {auth}\nmaxconnections = 2\n",
            meta.display(),
            near.display(),
            host.port(mode.imap()),
        );
        let rc = private(&host, "offlineimaprc", &text);
        let sync = || run("offlineimap", &["-o", "-u", "basic", "-c", &rc], "");
        let (dropped, flagged, pushed) =
            (format!("dropped {mode:?}"), format!("flagged {mode:?}"), format!("pushed {mode:?}"));
        put(&host, &dropped);
        put(&host, &flagged);
        asked(&host, "b CREATE K&APY-ln\nc APPEND K&APY-ln {12+}\nSubject: a\n\n");
        sync();
        let inbox = near.join("INBOX");
        for path in letters(&inbox) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let name = name.split(':').next().unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            if text.contains(&format!("Subject: {dropped}\n")) {
                std::fs::remove_file(&path).unwrap();
            } else if text.contains(&format!("Subject: {flagged}\n")) {
                std::fs::rename(&path, inbox.join("cur").join(format!("{name}:2,FS"))).unwrap();
            }
        }
        assert!(!letters(&near.join("Köln")).is_empty());
        let new = near.join(format!("Übung {mode:?}"));
        for sub in ["cur", "new", "tmp"] {
            std::fs::create_dir_all(new.join(sub)).unwrap();
        }
        std::fs::write(new.join("cur").join("1.x.y:2,S"), letter(&pushed).replace("\r\n", "\n")).unwrap();
        sync();
        gone(&host, &dropped);
        let said = asked(
            &host,
            &format!(
                "b SELECT INBOX\nc SEARCH SUBJECT \"{flagged}\" FLAGGED SEEN\nd SELECT \"&ANw-bung {mode:?}\"\ne SEARCH SUBJECT \"{pushed}\"\n"
            ),
        );
        let found = |line: &str| line.strip_prefix("* SEARCH ").is_some_and(|n| n.parse::<u32>().is_ok());
        assert_eq!(said.lines().filter(|line| found(line)).count(), 2, "{said}");
        sync();
        arrived(&host, &flagged);
    }
    understood(host);
}

#[test]
fn imapfilter_searches_flags_moves_and_deletes() {
    if !installed("imapfilter") {
        return;
    }
    let host = Host::start("playground", "imapfilter");
    for mode in Mode::ALL {
        let subject = format!("imapfilter {mode:?}");
        put(&host, &subject);
        let ssl = if mode == Mode::Implicit { "ssl = 'auto'," } else { "" };
        let text = format!(
            "options.timeout = 20\noptions.create = true\noptions.subscribe = true\noptions.starttls = {}\n\
             a = IMAP {{ server = 'localhost', port = {}, username = 'alice', password = 'secret', {ssl} }}\n\
             found = a.INBOX:is_unseen() * a.INBOX:contain_subject('{subject}') + a.INBOX:contain_body('nobody')\n\
             found:mark_flagged()\nfound:add_flags({{ 'Kw' }})\n\
             found:copy_messages(a['Für später'])\nfound:move_messages(a['Über {mode:?}'])\n\
             late = a['Für später']:has_keyword('Kw') * a['Für später']:is_flagged() * a['Für später']:is_smaller(10000)\n\
             for _, m in ipairs(late) do box, uid = table.unpack(m); print('found', box[uid]:fetch_field('Subject'), #box[uid]:fetch_body()) end\n\
             late:delete_messages()\nprint('left', a['Für später']:check_status())\n",
            mode == Mode::Upgrade,
            host.port(mode.imap()),
        );
        let rc = private(&host, "imapfilter.lua", &text);
        let said = run("imapfilter", &["-t", &host.ca(), "-c", &rc], "");
        assert!(said.contains(&format!("found\tSubject: {subject}")) && said.contains("left\t0\t"), "{said}");
        gone(&host, &subject);
        let said = asked(&host, &format!("b STATUS \"&ANw-ber {mode:?}\" (MESSAGES)\n"));
        assert!(said.contains("(MESSAGES 1)"), "{said}");
    }
    understood(host);
}

#[test]
fn s_nail_shows_copies_and_deletes() {
    if !installed("s-nail") {
        return;
    }
    let host = Host::start("playground", "s-nail-reads");
    let out = host.file("copied");
    for mode in Mode::ALL {
        for protocol in ["imap", "pop3"] {
            let subject = format!("s-nail-{mode:?}-{protocol}");
            put(&host, &subject);
            let _ = std::fs::remove_file(&out);
            let service = if protocol == "imap" { mode.imap() } else { mode.pop() };
            let url = format!("{service}://alice@localhost:{}", host.port(service));
            let (ca, starttls) = (format!("tls-ca-file={}", host.ca()), format!("{protocol}-use-starttls"));
            let mut args = vec!["-:/", "-S", "v15-compat=yes", "-S", &ca, "-S", "tls-ca-no-defaults"];
            args.extend(["-S", "tls-verify=strict", "-S", "password=secret"]);
            if mode == Mode::Upgrade {
                args.extend(["-S", &starttls]);
            }
            args.extend(["-#", "-f", &url]);
            let said = run("s-nail", &args, &format!("print 1\ncopy 1 {}\ndelete 1\nquit\n", out.display()));
            assert!(said.contains(&format!("Subject: {subject}")), "{said}");
            let copied = std::fs::read_to_string(&out).unwrap_or_else(|e| panic!("{e}: {said}"));
            assert!(copied.contains("\n.a dot in front\n"), "{copied}");
            gone(&host, &subject);
        }
    }
    understood(host);
}

const PERL: &str = r#"
use strict; use warnings; use Mail::IMAPClient; use IO::Socket::SSL;
my ($mode, $port, $ca, $subject) = @ARGV;
my %how = (Server => 'localhost', Port => $port, User => 'alice', Password => 'secret', Uid => 1, Timeout => 30);
$how{Ssl} = [SSL_ca_file => $ca] if $mode eq 'Implicit';
$how{Starttls} = [SSL_ca_file => $ca, SSL_verifycn_name => 'localhost'] if $mode eq 'Upgrade';
$how{Authmechanism} = $mode eq 'Upgrade' ? 'CRAM-MD5' : 'PLAIN' if $mode ne 'Plain';
my $i = Mail::IMAPClient->new(%how) or die "new: $@";
sub ok { my ($what, $got) = @_; defined $got or die "$what: " . $i->LastError; $got }
my $box = 'Perl &- S&APY-hne';
ok create => $i->create($box); ok subscribe => $i->subscribe($box);
grep { $_ eq $box } $i->folders or die 'not listed'; grep { $_ eq $box } $i->subscribed or die 'not subscribed';
my $big = "Subject: big\r\n\r\n" . ('x' x 76 . "\r\n") x 1500;
my $uid = ok append => $i->append_string($box, $big, '\Seen \Flagged', '"01-Nov-2026 10:00:00 +0000"');
ok select => $i->select('INBOX');
my ($found) = $i->search(SUBJECT => $i->Quote($subject)); $found or die 'not found';
$i->get_envelope($found)->subject eq $subject or die 'envelope';
$i->get_bodystructure($found)->bodytype eq 'TEXT' or die 'structure';
$i->bodypart_string($found, 1) eq "Hello\r\n.a dot in front\r\n" or die 'part';
ok copy => $i->copy($box, $found); ok move => $i->move($box, $found); ok expunge => $i->expunge;
ok select => $i->select($box); $i->message_count == 3 or die 'count';
$i->message_string($uid) eq $big or die 'octets';
ok flag => $i->set_flag('Answered', $uid); ok unflag => $i->unset_flag('Flagged', $uid);
join(' ', sort grep { !/Recent/ } @{ $i->flags($uid) }) eq '\Answered \Seen' or die join ' ', $i->flags($uid);
my $idle = ok idle => $i->idle; ok done => $i->done($idle);
ok delete => $i->delete_message([$i->messages]); ok close => $i->close;
ok rename => $i->rename($box, "$box 2"); ok unsubscribe => $i->unsubscribe($box); ok delete => $i->delete("$box 2");
ok logout => $i->logout;
"#;

#[test]
fn mail_imapclient_uses_every_common_call() {
    if !installed("perl")
        || run(
            "perl",
            &["-e", "print 'there' if eval { require Mail::IMAPClient; require IO::Socket::SSL }"],
            "",
        ) != "there"
    {
        assert!(std::env::var_os("HELO_CI").is_none(), "Mail::IMAPClient is not installed");
        eprintln!("skipped: Mail::IMAPClient is not installed");
        return;
    }
    let host = Host::start("playground", "imapclient");
    for mode in Mode::ALL {
        let (port, subject) = (host.port(mode.imap()).to_string(), format!("perl-{mode:?}"));
        put(&host, &subject);
        run("perl", &["-e", PERL, &format!("{mode:?}"), &port, &host.ca(), &subject], "");
        gone(&host, &subject);
    }
    understood(host);
}
