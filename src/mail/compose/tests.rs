//! Composed messages, octet by octet, and read again by others: mail-parser and the parser behind IMAP.

use super::*;
use crate::mail::{Fields, mime, text_body};
use crate::units::Lang;
use mail_parser::{MessageParser, MimeHeaders as _};
use proptest::prelude::*;

fn who(text: &str) -> Correspondent {
    Correspondent::list(text).unwrap().remove(0)
}

fn letter() -> Letter {
    let mut letter = Letter::new(
        who("Anna <anna@example.org>"),
        (Time(1_404_118_587_000_000), Offset(120)),
        "1.a@ws.lab.test",
    );
    letter.to = Correspondent::list("bob@example.org").unwrap();
    letter
}

#[test]
fn a_plain_letter_stands_in_plain_ascii() {
    let mut one = letter();
    one.subject = "Hello".to_owned();
    one.cc = Correspondent::list("\"Meier, Carl\" <carl@example.org>").unwrap();
    one.bcc = Correspondent::list("secret@example.net, BOB@example.org").unwrap();
    one.body = "Hi Bob,\n\n.\nbye\n".to_owned();
    let expected = "Date: Mon, 30 Jun 2014 10:56:27 +0200\r\nFrom: Anna <anna@example.org>\r\nTo: bob@example.org\r\nCc: \
                    \"Meier, Carl\" <carl@example.org>\r\nSubject: Hello\r\nMessage-ID: <1.a@ws.lab.test>\r\nMIME-Version: \
                    1.0\r\nContent-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\nHi \
                    Bob,\r\n\r\n.\r\nbye\r\n";
    assert_eq!(one.octets().lossy(), expected);
    let (from, to) = one.envelope();
    assert_eq!(from.to_string(), "<anna@example.org>");
    let to: Vec<String> = to.iter().map(ToString::to_string).collect();
    assert_eq!(to, ["<bob@example.org>", "<carl@example.org>", "<secret@example.net>"]);
}

#[test]
fn umlauts_become_quoted_printable_and_encoded_words() {
    let mut one = letter();
    one.from = Correspondent { name: Some("Jörg Müller".to_owned()), ..one.from };
    one.subject = "Schöne Grüße aus Köln".to_owned();
    one.body = "Schöne Grüße = beste Grüße \n".to_owned();
    let text = one.octets().lossy().into_owned();
    for part in [
        "From: =?utf-8?Q?J=C3=B6rg_M=C3=BCller?= <anna@example.org>\r\n",
        "Subject: =?utf-8?Q?Sch=C3=B6ne_Gr=C3=BC=C3=9Fe?= aus =?utf-8?Q?K=C3=B6ln?=\r\n",
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
        "Sch=C3=B6ne Gr=C3=BC=C3=9Fe =3D beste Gr=C3=BC=C3=9Fe=20\r\n",
    ] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
    one.eight_bit = true;
    assert!(one.octets().lossy().contains("Encoding: 8bit\r\n\r\nSchöne Grüße = beste Grüße \r\n"));
}

#[test]
fn the_encoding_is_that_of_the_text() {
    for (body, encoding) in
        [("plain", "7bit"), ("ä bisserl", "quoted-printable"), ("καλημέρα κόσμε", "base64"), ("", "7bit")]
    {
        assert_eq!(body::text(body, false).encoding, encoding, "{body}");
    }
    assert_eq!(body::text(&"x".repeat(998), false).encoding, "7bit");
    assert_eq!(body::text(&"x".repeat(999), false).encoding, "quoted-printable");
    assert_eq!(body::text(&"ü".repeat(600), true).encoding, "base64");
}

#[test]
fn names_are_quoted_or_encoded_where_they_must_be() {
    for (name, written) in [
        ("Anna Berta", "Anna Berta <a@b.test>"),
        ("J. Smith", "\"J. Smith\" <a@b.test>"),
        ("Meier, Anna", "\"Meier, Anna\" <a@b.test>"),
        ("the \"boss\"", "\"the \\\"boss\\\"\" <a@b.test>"),
        ("Ärger", "=?utf-8?Q?=C3=84rger?= <a@b.test>"),
        ("=?x", "=?utf-8?Q?=3D=3Fx?= <a@b.test>"),
        ("a\r\nBcc: evil@x.test", "\"a  Bcc: evil@x.test\" <a@b.test>"),
        ("Ωμέγα", "=?utf-8?B?zqnOvM6tzrPOsQ==?= <a@b.test>"),
    ] {
        let one = Correspondent { name: Some(name.to_owned()), ..who("a@b.test") };
        let field = Field::new("To").addresses(&[one]).done();
        assert_eq!(field, format!("To: {written}\r\n"));
    }
}

#[test]
fn addresses_as_people_type_them() {
    for (typed, read) in [
        ("bob@lab.test", "bob@lab.test"),
        ("Bob <bob@lab.test>, carl@lab.test", "Bob <bob@lab.test>|carl@lab.test"),
        ("\"Meier, B\" <bob@lab.test>", "Meier, B <bob@lab.test>"),
        ("friends: a@b.test, c@d.test;", "a@b.test|c@d.test"),
        ("root", "root"),
        ("bob@[192.0.2.1]", "bob@[192.0.2.1]"),
        ("", ""),
    ] {
        let list = Correspondent::list(typed).unwrap();
        let shown: Vec<String> = list.iter().map(ToString::to_string).collect();
        assert_eq!(shown.join("|"), read, "{typed}");
    }
    for wrong in ["bob@", "@lab.test", "bob lab", "<>", "a@b@c"] {
        assert!(Correspondent::list(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn attachments_stand_beside_the_text() {
    let mut one = letter();
    one.body = "see there\n".to_owned();
    one.attachments = vec![
        Attachment { name: "notes.txt".to_owned(), octets: "grün\n".into() },
        Attachment { name: "Prüfung.bin".to_owned(), octets: vec![0u8, 255, 1].into() },
    ];
    let octets = one.octets();
    let text = octets.lossy();
    for part in [
        "Content-Type: multipart/mixed; boundary=\"=_1awslabtest\"\r\n",
        "--=_1awslabtest\r\nContent-Type: text/plain; charset=us-ascii\r\n",
        "Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=\"notes.txt\"\r\n",
        "filename*=utf-8''Pr%C3%BCfung.bin\r\nContent-Transfer-Encoding: base64\r\n\r\nAP8B\r\n",
    ] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
    let parsed = MessageParser::default().parse(&octets[..]).unwrap();
    let found: Vec<(String, Vec<u8>)> = parsed
        .attachments()
        .map(|a| (a.attachment_name().unwrap_or_default().to_owned(), a.contents().to_vec()))
        .collect();
    let expected = [("notes.txt", "grün\r\n".as_bytes()), ("Prüfung.bin", &[0, 255, 1])];
    let expected: Vec<(String, Vec<u8>)> =
        expected.iter().map(|(n, o)| ((*n).to_owned(), o.to_vec())).collect();
    assert_eq!(found, expected);
}

const ORIGINAL: &str = "Return-Path: <list-bounces@example.org>\r\nFrom: Bob Boss <bob@example.org>\r\nReply-To: \
                        Office <office@example.org>\r\nTo: anna@example.org, dora@example.org\r\nCc: \
                        Carl <carl@example.org>\r\nSubject: AW: Re: Plan\r\nDate: Mon, 30 Jun 2014 10:56:27 \
                        +0200\r\nMessage-ID: <2@example.org>\r\nReferences: <1@example.org>\r\n\r\nShall we?\r\n\r\n> \
                        old\r\n";

#[test]
fn an_answer_goes_to_reply_to_and_stays_in_its_thread() {
    let own = [who("anna@example.org").address];
    let mut one = letter();
    one.answer(ORIGINAL.as_bytes(), false, &own, Quoting::Attributed(Lang::En));
    assert_eq!(one.to, [who("Office <office@example.org>")]);
    assert!(one.cc.is_empty());
    assert_eq!(one.subject, "Re: Plan");
    assert_eq!(one.in_reply_to, ["<2@example.org>"]);
    assert_eq!(one.references, ["<1@example.org>", "<2@example.org>"]);
    let quoted = "\nOn Mon, 30 Jun 2014 10:56:27 +0200, Bob Boss wrote:\n> Shall we?\n>\n>> old\n";
    assert_eq!(one.body, quoted);
    let mut all = letter();
    all.answer(ORIGINAL.as_bytes(), true, &own, Quoting::Nothing);
    let shown = |list: &[Correspondent]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(shown(&all.to), ["Office <office@example.org>", "dora@example.org"]);
    assert_eq!(shown(&all.cc), ["Carl <carl@example.org>"]);
    let mut forward = letter();
    forward.forward(ORIGINAL.as_bytes(), Lang::De);
    assert_eq!(forward.subject, "Fwd: AW: Re: Plan");
    assert!(
        forward.body.contains("-------- Weitergeleitete Nachricht --------\nDatum: Mon"),
        "{}",
        forward.body
    );
    assert!(forward.body.ends_with("Shall we?\n\n> old\n"));
}

#[test]
fn subjects_of_answers_and_forwards() {
    for (subject, answered) in [
        ("Plan", "Re: Plan"),
        ("Re: Plan", "Re: Plan"),
        ("RE: AW: Re[2]: Plan", "Re: Plan"),
        ("Regen: heute", "Re: Regen: heute"),
        ("", "Re:"),
        ("Antw:", "Re:"),
    ] {
        assert_eq!(answer_subject(subject), answered, "{subject}");
    }
    for (subject, forwarded) in [("Plan", "Fwd: Plan"), ("FW: Plan", "FW: Plan"), ("fwd: x", "fwd: x")] {
        assert_eq!(forwarded_subject(subject), forwarded, "{subject}");
    }
}

#[test]
fn machines_lists_and_reports_are_not_answered() {
    let own = [who("hedwig@example.org").address];
    let usual = "Return-Path: <bob@example.org>\r\nTo: hedwig@example.org\r\n";
    for (header, verdict) in [
        (usual.to_owned(), Ok("bob@example.org")),
        (usual.replace("To:", "Cc: Hedwig <HEDWIG@example.org>,"), Ok("bob@example.org")),
        (format!("{usual}Auto-Submitted: no\r\n"), Ok("bob@example.org")),
        (format!("{usual}Auto-Submitted: auto-replied; owner\r\n"), Err(Restraint::AutoSubmitted)),
        (format!("{usual}List-Id: <chess.example.org>\r\n"), Err(Restraint::List)),
        (format!("{usual}Precedence: bulk\r\n"), Err(Restraint::List)),
        (usual.replace("bob@example.org", ""), Err(Restraint::NullSender)),
        (usual.replace("bob@", "owner-chess@"), Err(Restraint::RoleSender)),
        (usual.replace("bob@", "MAILER-DAEMON@"), Err(Restraint::RoleSender)),
        (usual.replace("bob@", "hedwig@"), Err(Restraint::Own)),
        (usual.replace("To: hedwig", "To: all"), Err(Restraint::NotAddressed)),
    ] {
        let fields = Fields::parse(header.as_bytes());
        let found = may_answer(&fields, &own).map(|to| to.to_string());
        assert_eq!(found, verdict.map(str::to_owned), "{header}");
    }
    for why in Restraint::ALL {
        assert_eq!(serde_json::to_string(&why).unwrap(), format!("\"{}\"", why.kind()));
    }
}

#[test]
fn a_receipt_is_sent_where_it_is_asked_for_and_may_be() {
    let own = [who("hedwig@example.org").address];
    let asked = "Return-Path: <bob@example.org>\r\nTo: hedwig@example.org\r\nSubject: Prüfung\r\nMessage-ID: \
                 <7@example.org>\r\nDisposition-Notification-To: Bob <bob@example.org>\r\n";
    use ReceiptMode::{Automatic, Manual};
    for (header, mode, refused) in [
        (asked.to_owned(), Automatic, None),
        (asked.to_owned(), Manual, None),
        (asked.replace("Disposition-Notification-To", "X-Other"), Manual, Some(Restraint::NotAskedFor)),
        (asked.replace("Bob <bob@", "Bob <boss@"), Manual, None),
        (asked.replace("Bob <bob@", "Bob <boss@"), Automatic, Some(Restraint::OtherAddress)),
        (asked.replace("Path: <bob@example.org>", "Path: <>"), Manual, Some(Restraint::NullSender)),
        (
            format!("{asked}Content-Type: multipart/report; report-type=disposition-notification\r\n"),
            Manual,
            Some(Restraint::Receipt),
        ),
    ] {
        let found = Receipt::wanted(header.as_bytes(), &own, mode);
        assert_eq!(found.err(), refused, "{header}");
    }
    let receipt = Receipt {
        from: who("Hedwig <hedwig@example.org>"),
        to: vec![who("bob@example.org")],
        date: (Time(1_404_118_587_000_000), Offset(0)),
        message_id: "8@laptop.test".to_owned(),
        mode: Automatic,
        agent: "laptop.test; Mail".to_owned(),
        lang: Lang::De,
    };
    let octets = receipt.octets(format!("{asked}\r\nText").as_bytes());
    let text = octets.lossy();
    for part in [
        "To: bob@example.org\r\n",
        "Subject: Gelesen: =?utf-8?Q?Pr=C3=BCfung?=\r\n",
        "In-Reply-To: <7@example.org>\r\n",
        "Auto-Submitted: auto-replied\r\n",
        "Content-Type: multipart/report; report-type=disposition-notification;",
        "Reporting-UA: laptop.test; Mail\r\nFinal-Recipient: rfc822;hedwig@example.org\r\nOriginal-Message-ID: \
         <7@example.org>\r\nDisposition: automatic-action/MDN-sent-automatically; displayed\r\n",
        "Content-Type: text/rfc822-headers\r\n\r\nReturn-Path: <bob@example.org>\r\n",
    ] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
}

/// Text as people write it, in several scripts, with what makes trouble.
fn texts() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("=?utf-8?Q?x?=".to_owned()),
            Just("From ".to_owned()),
            Just(".".to_owned()),
            "[a-zA-Z0-9,.;:<>@\"()\\\\ =?_]{0,30}",
            "[äöüßéα-ωа-я中文 ]{0,40}",
            "\\PC{0,20}",
            "[x]{0,500}",
        ],
        0..8,
    )
    .prop_map(|parts| parts.concat())
}

/// White space as a header keeps it: at the ends none.
fn trimmed(text: &str) -> String {
    header::harmless(text).trim_matches(|c: char| c == ' ').to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_read_again(
        subject in texts(),
        name in texts(),
        lines in proptest::collection::vec(texts(), 0..6),
        file in texts(),
        attached in proptest::collection::vec(any::<u8>(), 0..300),
        with_file in any::<bool>(),
    ) {
        let mut one = letter();
        one.subject = trimmed(&subject).trim().to_owned();
        one.from.name = Some(trimmed(&name).trim().to_owned()).filter(|n| !n.is_empty());
        one.body = lines.iter().map(|l| format!("{}\n", header::harmless(l))).collect();
        if with_file {
            one.attachments = vec![Attachment { name: format!("{}.bin", header::harmless(&file)), octets: attached.clone().into() }];
        }
        let octets = one.octets();
        for line in octets.split(|b| *b == b'\n') {
            prop_assert!(line.len() <= 999, "a line of {}", line.len());
            prop_assert!(line.is_ascii(), "{line:?}");
        }
        let fields = Fields::parse(&octets);
        let read = |name: &str| fields.get(name).map(|f| f.decoded()).unwrap_or_default();
        prop_assert_eq!(read("Subject"), one.subject.clone());
        prop_assert_eq!(fields.all("From").count(), 1);
        let from = Correspondent::all_in(&fields.get("From").unwrap().value);
        prop_assert_eq!(&from, &[one.from.clone()]);
        let expected = one.body.replace('\n', "\r\n");
        prop_assert_eq!(text_body(&octets), expected.clone());
        let parsed = MessageParser::default().parse(&octets[..]).unwrap();
        // It takes several spaces for one.
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(squeezed(parsed.subject().unwrap_or_default()), squeezed(&one.subject));
        // The other parser, which IMAP's BODYSTRUCTURE is made from, sees the same parts.
        let part = mime::Part::parse(&octets);
        if with_file {
            prop_assert_eq!(parsed.attachment_count(), 1);
            prop_assert_eq!(parsed.attachment(0).unwrap().contents(), &attached[..]);
            let mime::Inside::Parts(parts) = &part.inside else { panic!("{part:?}") };
            prop_assert_eq!(parts.len(), 2);
            prop_assert_eq!(parts[0].readable(&octets).unwrap().into_owned(), expected);
        } else {
            prop_assert_eq!(part.readable(&octets).unwrap().into_owned(), expected);
        }
    }
}
