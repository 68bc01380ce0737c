//! The tables of the world: the workstation, hosts and their servers, zones, mailboxes, faults.

use super::Table;
use super::shape::{
    Key, boolean, duration, glob, integer, key, list, named, needed, of_any, one_of, one_of_or_variable,
    ports, several_of, some_of, string, word, word_or_words, words, world_text,
};
use crate::event::{SmtpStage, TlsVersion};
use crate::mail::sasl::Mechanism;
use crate::units::Zone;
use crate::world::{ImapService, Pop3Service, SmtpService};
use serde_json::{Value, json};

pub(super) fn tables() -> Vec<Table> {
    let mut tables =
        vec![workstation(), host(), mailbox(), folder(), letter(), fault(), reply(), real_ports()];
    tables.extend([smtp(), pop3(), imap()]);
    tables.extend(tls());
    tables.extend(post());
    tables.extend(senders());
    for (name, keys) in [
        ("smtp_texts", SmtpService::text_keys()),
        ("pop3_texts", Pop3Service::text_keys()),
        ("imap_texts", ImapService::text_keys()),
    ] {
        let about = "A server's own wording; the codes stay the style's.";
        let keys =
            keys.into_iter().map(|text| key(text, world_text(), "The words for this occasion.")).collect();
        tables.push(Table::new("a server's texts", name, about, keys));
    }
    tables
}

pub(super) fn timezone() -> Value {
    let names: Vec<&str> = Zone::names().collect();
    of_any(vec![json!({ "type": "string", "pattern": "^[+-]\\d{4}$" }), json!({ "enum": names })])
}

/// `true`, `false`, or a table.
fn switch_or(table: &str) -> Value {
    of_any(vec![boolean(), named(table)])
}

fn workstation() -> Table {
    let keys = vec![
        key("name", word(), "Its name: \"ws.lab.test\" where nothing is said."),
        key("ip", word(), "Its address: \"198.51.100.17\" where nothing is said."),
        key("user", word(), "Who works there: \"lab\" where nothing is said."),
        key("resolver", word(), "The name server it asks: \"198.51.100.53\" where nothing is said."),
        key(
            "timezone",
            timezone(),
            "How its clock is set, such as \"Europe/Berlin\" or, summer and winter, \"+0200\".",
        ),
        key("account", named("account"), "What its mail program `mail` works with."),
    ];
    Table::new("the workstation", "workstation", "The learner's machine.", keys)
}

fn host() -> Table {
    let relay = of_any(vec![one_of(&["nobody", "anybody"]), words()]);
    let smtp = of_any(vec![json!({ "enum": [false] }), named("smtp_server")]);
    let keys = vec![
        needed("name", word(), "Its name; it leads to its address without your writing records for it."),
        needed("ip", word(), "Its address, from a network for examples such as 192.0.2.0/24."),
        key(
            "ptr",
            of_any(vec![json!({ "enum": [false] }), word()]),
            "What the reverse look-up says; `false` for nothing, the host's name where nothing is said.",
        ),
        key(
            "timezone",
            timezone(),
            "Of its dates, such as \"Europe/Berlin\" or, summer and winter, \"+0200\"; \"+0000\" where nothing is said.",
        ),
        key("domains", words(), "For which it is the last stop; else those whose best MX names it."),
        key("relay", relay, "Whose mail it passes on: networks, \"nobody\" (usual) or \"anybody\"."),
        key("relay_for", words(), "Domains whose mail it passes on, whoever brings it: a further MX."),
        key("tls", switch_or("tls"), "It has a certificate, by the attempt's own authority."),
        key(
            "verify",
            switch_or("verify"),
            "It checks who sends: SPF, DKIM, DMARC. `true`: all, and only written down.",
        ),
        key("smtp", smtp, "Its SMTP server; `false`: none, on purpose."),
        key("pop3", named("pop3_server"), "Its POP3 server."),
        key("imap", named("imap_server"), "Its IMAP server."),
        key("dns", boolean(), "It can be asked: dig @HOST ..."),
        key("outgoing", named("outgoing"), "What it asks of TLS where it hands mail on."),
        key("open", boolean(), "The learner may change its settings with `ssh HOST postconf -e`."),
        key("aliases", named("aliases"), "Who else mail for an address goes to."),
        key(
            "recipient_delimiter",
            one_of(&["+", "-", "=", "_", "."]),
            "What parts a name from what stands behind it.",
        ),
        key(
            "smarthost",
            of_any(vec![word(), named("smarthost")]),
            "Where all that is not its own goes: \"HOST:PORT\".",
        ),
        key("queue", named("queue"), "How long mail waits, and when it is given up."),
        key(
            "full",
            one_of(&["refuse", "defer"]),
            "A full mailbox: 552 and a bounce (usual), or mail waits for room.",
        ),
    ];
    Table::new("a host", "host", "A machine with its servers.", keys)
}

fn server(styles: &[&'static str], texts: &str, without: &'static str) -> Vec<Key> {
    vec![
        key("style", one_of_or_variable(styles), "Whose wording, tolerances and limits it has."),
        key("banner_name", word(), "The name it gives itself; the host's own where nothing is said."),
        key("ports", ports(), "Where it listens; the protocol's own port where nothing is said."),
        key("tls_ports", ports(), "Where it listens and TLS comes first."),
        key("without", words(), without),
        key("texts", named(texts), "Its own wording."),
    ]
}

fn mechanisms() -> Value {
    several_of(&Mechanism::ALL.map(Mechanism::name))
}

fn smtp() -> Table {
    let mut keys = server(&SmtpService::styles(), "smtp_texts", "EHLO keywords it does not offer.");
    keys.extend([
        key("strict", boolean(), "It insists on the letter of RFC 5321 where the original is lenient."),
        key("size_limit", integer(1, 1_000_000_000), "How many octets a message may have."),
        key(
            "submission_ports",
            ports(),
            "For its own users: who sends must log in first, and may send anywhere.",
        ),
        key("auth", mechanisms(), "How users log in; offered at every port."),
        key(
            "auth_without_tls",
            boolean(),
            "PLAIN and LOGIN, which send the password, are taken in the clear too.",
        ),
        key("require_tls", boolean(), "Nothing is done before STARTTLS: 530."),
        key("own_sender", boolean(), "Whoever has logged in may only send under their own address."),
        key("vulnerable", several_of(&SmtpService::weaknesses()), "What it gets wrong, as servers once did."),
    ]);
    Table::new(
        "an SMTP server",
        "smtp_server",
        "An SMTP server, at port 25 where nothing else is said.",
        keys,
    )
}

fn pop3() -> Table {
    let mut keys = server(&Pop3Service::styles(), "pop3_texts", "Capabilities it does not offer.");
    keys.extend([
        key("auth", list(one_of(&Mechanism::ALL.map(Mechanism::name))), "Mechanisms of AUTH."),
        key("apop", boolean(), "It greets with a timestamp and takes APOP."),
        key("auth_without_tls", boolean(), "`false`: no password in the clear."),
        key("autologout", duration(), "The silence it bears."),
    ]);
    Table::new("a POP3 server", "pop3_server", "A POP3 server, at port 110 where nothing else is said.", keys)
}

fn imap() -> Table {
    let mut keys = server(&ImapService::styles(), "imap_texts", "Capabilities it does not offer.");
    keys.extend([
        key("auth", mechanisms(), "Mechanisms of AUTHENTICATE; all where nothing is said."),
        key("auth_without_tls", boolean(), "`false`: LOGINDISABLED, no password in the clear."),
    ]);
    Table::new(
        "an IMAP server",
        "imap_server",
        "An IMAP server, at port 143 where nothing else is said.",
        keys,
    )
}

fn tls() -> [Table; 3] {
    let versions = || list(one_of(&TlsVersion::ALL.map(TlsVersion::number)));
    let kinds = one_of(&["valid", "expired", "self-signed", "unknown-issuer"]);
    let tls = vec![
        key("certificate", of_any(vec![kinds, named("certificate")]), "What is right or wrong with it."),
        key("names", words(), "For which it is good beside the host's own name; *.example.tld too."),
        key("versions", versions(), "Which versions of TLS it speaks; 1.2 and 1.3 where nothing is said."),
    ];
    let levels = one_of(&["none", "may", "encrypt", "verify", "secure"]);
    let outgoing = vec![
        key("tls", levels, "As in Postfix's smtp_tls_security_level."),
        key("names", words(), "For \"secure\": the names one of which the certificate must be for."),
        key("versions", versions(), "Which versions it offers."),
    ];
    let other = vec![needed("other_name", word(), "It is good, for this other host.")];
    [
        Table::new("a host's TLS", "tls", "A host's certificate and versions of TLS.", tls),
        Table::new(
            "what a host does as a client",
            "outgoing",
            "What a host asks of TLS where it is the client.",
            outgoing,
        ),
        Table::new("a certificate", "certificate", "A certificate for another host.", other),
    ]
}

fn post() -> [Table; 4] {
    let aliases = Table::new(
        "a host's aliases",
        "aliases",
        "\"team@example.tld\" or just \"team\" = one address or several; \"@example.tld\" is the catch-all.",
        Vec::new(),
    );
    let smarthost = vec![
        needed("host", word(), "\"relay.example.net:587\"."),
        key("user", word(), "Who it logs in as."),
        key("password", word(), "With which password."),
    ];
    let wait = || named("span");
    let retry = of_any(vec![wait(), some_of(wait())]);
    let queue = vec![
        key("retry", retry, "The wait after each failed try; the last is that after all further ones."),
        key(
            "warn",
            of_any(vec![json!({ "enum": [false] }), wait()]),
            "When the sender is told that it takes longer; `false`: never.",
        ),
        key("expire", wait(), "When it is given up."),
    ];
    let forward = vec![
        needed("to", word_or_words(), "To whom."),
        key("keep", boolean(), "A copy stays."),
        key("sender", one_of(&["original", "own"]), "Whose address the envelope has then."),
    ];
    [
        aliases.others(word_or_words()),
        Table::new("a smarthost", "smarthost", "Where a host hands in what is not for itself.", smarthost),
        Table::new("a host's queue", "queue", "How a host tries again.", queue),
        Table::new(
            "where a mailbox's mail is sent on",
            "forward",
            "Where a mailbox's mail is sent on.",
            forward,
        ),
    ]
}

fn senders() -> [Table; 3] {
    let checking = |act: &str| of_any(vec![boolean(), one_of(&["mark", act])]);
    let verify = vec![
        key("spf", checking("reject"), "SPF: only written down, or a fail is refused at RCPT."),
        key("dkim", boolean(), "DKIM: written down; nothing is refused for a signature."),
        key("dmarc", checking("enforce"), "DMARC: only written down, or done as the author's domain asks."),
    ];
    let domain = vec![
        needed("name", word(), "The zone's name."),
        key(
            "records",
            words(),
            "One string is one record: \"@ MX 10 mail.example.tld.\"; @ is the domain itself.",
        ),
        key("open", boolean(), "The learner may change its records with `zone add`."),
        key(
            "dkim",
            of_any(vec![named("dkim_key"), json!({ "type": "array", "items": named("dkim_key") })]),
            "Its mail is signed with this key.",
        ),
    ];
    let signing = vec![
        needed("selector", word(), "The selector: \"lab\" for lab._domainkey."),
        key(
            "algorithm",
            one_of(&["ed25519", "rsa"]),
            "\"ed25519\" where nothing is said; \"rsa\" has 2048 bits.",
        ),
        key("publish", boolean(), "`false`: the record does not stand in the zone."),
        key("host", word(), "Another host than the domain's last stop signs."),
    ];
    [
        Table::new("what a host checks", "verify", "Whether senders are believed.", verify),
        Table::new("a domain", "domain", "A DNS zone. Hosts' own addresses need no records.", domain),
        Table::new("a key", "dkim_key", "A key with which a domain signs.", signing),
    ]
}

fn mailbox() -> Table {
    let folders = list(of_any(vec![word(), named("folder")]));
    let messages = list(of_any(vec![world_text(), named("letter")]));
    let keys = vec![
        needed("address", word(), "Whose it is."),
        needed("password", word(), "The password for SMTP AUTH, POP3 and IMAP."),
        key("host", word(), "Where it lies; found out where nothing is said."),
        key("quota", integer(1, 1_000_000_000), "How many octets it holds."),
        key("forward", of_any(vec![word_or_words(), named("forward")]), "Its owner has it sent on."),
        key("folders", folders, "What IMAP shows beside INBOX."),
        key("messages", messages, "What lies in it at the start, oldest first."),
    ];
    Table::new("a mailbox", "mailbox", "A mailbox.", keys)
}

fn folder() -> Table {
    let special = one_of(&["all", "archive", "drafts", "flagged", "junk", "sent", "trash"]);
    let keys = vec![
        needed("name", word(), "Levels stand between slashes, whatever the server's style puts there."),
        key("special", special, "What it is for (RFC 6154)."),
        key("subscribed", boolean(), "`false`: LSUB does not show it."),
    ];
    Table::new("a folder", "folder", "A folder.", keys)
}

fn letter() -> Table {
    let keys = vec![
        key("file", word(), "One of [files], as it stands."),
        key("folder", word(), "Where it lies: INBOX where nothing is said."),
        key("flags", words(), "Its flags, such as '\\Seen'."),
        key("arrived", word(), "When it arrived: \"17-Jul-1996 02:44:25 -0700\"."),
        key("body", world_text(), "Its text."),
        key("smime", named("protect"), "How it is signed and encrypted."),
    ];
    let field = of_any(vec![world_text(), list(world_text())]);
    let about = "A message: its header fields by name (from, subject, reply-to ...), its text, where and how it lies.";
    Table::new("a message", "letter", about, keys).others(field)
}

fn fault() -> Table {
    let stages = SmtpStage::ALL.map(SmtpStage::name);
    let cut: Vec<&str> = stages.into_iter().chain(["message"]).collect();
    let yes = || json!({ "enum": [true] });
    let kinds = vec![
        key("reply", named("fault_reply"), "A refusal."),
        key("greylist", duration(), "The first mail of a network, sender and recipient is put off."),
        key("tarpit", duration(), "Each answer takes so long."),
        key("slow", integer(1, 1_000_000_000), "The line carries so many octets a second."),
        key("connection", one_of(&["refused", "no-answer", "reset"]), "What becomes of a connection."),
        key("silent", one_of(&stages), "From that answer on the server says nothing."),
        key("cut", one_of(&cut), "The connection breaks off in place of that answer."),
        key("full", yes(), "The mailbox takes nothing."),
        key("locked", yes(), "Somebody else has the maildrop."),
        key("new_uidvalidity", yes(), "The mailbox is made anew: other unique ids."),
        key("strip_tls", one_of(&["mask", "drop"]), "Somebody on the way takes the offer of STARTTLS out."),
        key(
            "dns",
            one_of(&["servfail", "no-answer"]),
            "The name server cannot find out, or does not answer.",
        ),
    ];
    let one_of: Vec<&'static str> = kinds.iter().map(|kind| kind.name).collect();
    let mut keys = vec![needed("id", named("id"), "Its name, for `fault = \"...\"` in an expectation.")];
    keys.extend(kinds);
    keys.extend([
        key("octets", integer(1, 100_000_000), "With `cut = \"message\"`: after how many of them."),
        key("on", word(), "Where: \"mx.example.net:25\", or the host alone for all its ports."),
        key("from", word(), "Only for who comes from this host."),
        key("name", word(), "With `dns`: this name and every one below it."),
        key("mailbox", word(), "With `full`, `locked`, `new_uidvalidity`: whose."),
        key("sender", glob(), "Only for mail of such a sender."),
        key("recipient", string(), "Only for mail to such a recipient."),
        key("tries", integer(1, 1_000_000), "It strikes so often and no more."),
        key("after", duration(), "When it begins, in the attempt's time."),
        key("lasts", duration(), "For how long."),
    ]);
    Table::new("a fault", "fault", "Something that goes wrong, for everybody who comes there.", keys)
        .one_of(&one_of)
}

fn reply() -> Table {
    let keys = vec![
        needed("at", one_of(&SmtpStage::ALL.map(SmtpStage::name)), "In place of which answer."),
        needed("code", integer(400, 599), "Its code."),
        key("text", word(), "Its words; Postfix's where nothing is said."),
    ];
    Table::new("a reply", "fault_reply", "A refusal.", keys)
}

fn real_ports() -> Table {
    let about = "The host and port behind it: \"mail.example.tld:25\".";
    let services = ["smtp", "submission", "smtps", "pop3", "pop3s", "imap", "imaps"];
    let keys = services.into_iter().map(|service| key(service, word(), about)).collect();
    Table::new("[ports]", "ports", "Where real programs on the learner's own machine get to.", keys)
}
