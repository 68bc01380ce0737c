//! Programs that keep or show whole mailboxes: mbsync, mutt.

use crate::host::{Host, installed, run};
use crate::mode::{Mode, arrived, gone, letter, private, put};
use std::path::{Path, PathBuf};

/// The file below a folder that holds this text.
fn holding(folder: &Path, text: &str) -> PathBuf {
    let all = ["cur", "new"].into_iter().filter_map(|sub| std::fs::read_dir(folder.join(sub)).ok()).flatten();
    all.map(|entry| entry.unwrap().path())
        .find(|path| std::fs::read_to_string(path).unwrap().contains(text))
        .unwrap_or_else(|| panic!("{text} is not in {}", folder.display()))
}

fn mbsync_configuration(host: &Host, mode: Mode, near: &Path) -> String {
    let tls = match mode {
        Mode::Plain => "None",
        Mode::Upgrade => "STARTTLS",
        Mode::Implicit => "IMAPS",
    };
    let near = near.display();
    format!(
        "IMAPAccount lab\nHost localhost\nPort {}\nUser alice\nPass secret\nSSLType {tls}\nCertificateFile {}\n\
         SystemCertificates no\nAuthMechs LOGIN\nTimeout 30\n\nIMAPStore far\nAccount lab\n\nMaildirStore near\n\
         Path {near}/\nInbox {near}/INBOX\nSubFolders Verbatim\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX\n\
         Create Near\nExpunge Both\nSync All\nSyncState *\n",
        host.port(mode.imap()),
        host.ca(),
    )
}

#[test]
fn mbsync_pulls_pushes_and_deletes() {
    if !installed("mbsync") {
        return;
    }
    let host = Host::start("playground", "mbsync");
    for mode in Mode::ALL {
        let near = host.file(&format!("mail-{mode:?}"));
        std::fs::create_dir_all(&near).unwrap();
        let rc = private(&host, "mbsyncrc", &mbsync_configuration(&host, mode, &near));
        let (dropped, flagged, pushed) =
            (format!("dropped {mode:?}"), format!("flagged {mode:?}"), format!("pushed {mode:?}"));
        put(&host, &dropped);
        put(&host, &flagged);
        let sync = || run("mbsync", &["-c", &rc, "c"], "");
        sync();
        let inbox = near.join("INBOX");
        std::fs::remove_file(holding(&inbox, &format!("Subject: {dropped}\n"))).unwrap();
        let old = holding(&inbox, &format!("Subject: {flagged}\n"));
        let name = old.file_name().unwrap().to_str().unwrap();
        let name = name.split(':').next().unwrap();
        std::fs::rename(&old, inbox.join("cur").join(format!("{name}:2,FS"))).unwrap();
        std::fs::write(inbox.join("new").join("1.x.y"), letter(&pushed).replace("\r\n", "\n")).unwrap();
        sync();
        gone(&host, &dropped);
        arrived(&host, &flagged);
        arrived(&host, &pushed);
        let flags = host.ask(
            "imap",
            &format!("a LOGIN alice secret\nb SELECT INBOX\nc SEARCH SUBJECT \"{flagged}\" FLAGGED SEEN\nd LOGOUT\n"),
        );
        let found =
            flags.lines().find_map(|l| l.strip_prefix("* SEARCH ")).unwrap_or_else(|| panic!("{flags}"));
        assert!(found.trim().parse::<u32>().is_ok(), "{flags}");
        sync();
    }
}

/// Opens a mailbox on a terminal of its own, copies the letter out, deletes it and leaves.
fn on_screen(host: &Host, program: &str, rc: &str, mailbox: &str, subject: &str) {
    let out = host.file("copied");
    let _ = std::fs::remove_file(&out);
    let limit = format!("<limit>~s {subject}<enter><first-entry><copy-message>{}<enter>", out.display());
    let keys = format!("{limit}<delete-pattern>~s {subject}<enter><sync-mailbox><quit>");
    let command = format!("TERM=xterm {program} -F {rc} -f {mailbox} -e 'push \"{keys}\"'");
    let screen = run("script", &["-qec", &command, "/dev/null"], "");
    let copied = std::fs::read_to_string(&out).unwrap_or_else(|e| panic!("{e}: {screen}"));
    assert!(
        copied.contains(&format!("Subject: {subject}\n")) && copied.contains("\n.a dot in front\n"),
        "{copied}"
    );
    gone(host, subject);
}

#[test]
fn mutt_sends_opens_copies_and_deletes() {
    if !installed("mutt") || !installed("script") {
        return;
    }
    let host = Host::start("playground", "mutt");
    for mode in Mode::ALL {
        let (subject, ca) = (format!("mutt-{mode:?}"), host.ca());
        let implicit = if mode == Mode::Implicit { "s" } else { "" };
        let answer = |yes: bool| if yes { "yes" } else { "no" };
        let text = format!(
            "set from=bob@lab.test use_from=yes envelope_from=yes record=\"\" copy=no smtp_pass=secret\n\
             set imap_user=alice imap_pass=secret pop_user=alice pop_pass=secret\n\
             set ssl_starttls={} ssl_force_tls={} certificate_file=\"{ca}\" ssl_verify_host=yes\n\
             set folder=\"{}\" move=no delete=yes pop_delete=yes confirmappend=no confirmcreate=no wait_key=no\n\
             set header_cache=\"\" quit=yes beep=no sleep_time=0 imap_check_subscribed=no\n\
             set smtp_url=\"smtp{implicit}://alice@localhost:{}/\"\n",
            answer(mode == Mode::Upgrade),
            answer(mode != Mode::Plain),
            host.file("").display(),
            host.port(mode.submission()),
        );
        let rc = private(&host, "muttrc", &text);
        run("mutt", &["-F", &rc, "-s", &subject, "--", "alice@lab.test"], "Hello\n.a dot in front\n");
        arrived(&host, &subject);
        let imap = format!("imap{implicit}://localhost:{}/INBOX", host.port(mode.imap()));
        on_screen(&host, "mutt", &rc, &imap, &subject);
        let subject = format!("mutt-pop-{mode:?}");
        put(&host, &subject);
        let pop = format!("pop{implicit}://localhost:{}/", host.port(mode.pop()));
        on_screen(&host, "mutt", &rc, &pop, &subject);
    }
}
