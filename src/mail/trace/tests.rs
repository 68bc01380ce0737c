//! Whole messages and what can be concluded from them; the gaijin text's own above all.

use super::*;
use crate::mail::Fields;

fn host(names: &[&str], addresses: &[&str]) -> TrustedHost {
    TrustedHost {
        names: names.iter().map(|n| (*n).to_owned()).collect(),
        addresses: addresses.iter().map(|a| a.parse().unwrap()).collect(),
    }
}

/// The kinds found, with the name of the field each stands in.
fn findings(message: &str, trace: &Trace) -> Vec<String> {
    let fields = Fields::parse(message.as_bytes());
    let place = |f: &Finding| {
        let within = |x: &&crate::mail::Field| f.span.start >= x.span.start && f.span.start < x.span.end;
        let name = fields.iter().find(within).map_or("-".to_owned(), |x| x.name.clone());
        let line = fields.all(&name).position(|x| within(&x)).unwrap_or(0) + 1;
        format!("{name} {line}: {:?}", f.kind)
    };
    trace.findings.iter().map(place).collect()
}

const GAIJIN: &str = "Return-Path: <test@tester.tld>\r\n\
    Received: (qmail 7881 invoked from network); 1 Sep 2018 13:58:33 +0200\r\n\
    Received: from m198p010.dipool.highway.telekom.at (HELO tester.tld) (62.46.14.170)\r\n  \
    by server11011.net with SMTP; 1 Sep 2018 13:55:38 +0200\r\n\
    Received: from faked.tester.tld (faked.tester.tld [123.45.67.89])\r\n  \
    by server11011.net with SMTP; 1 Sep 2018 13:53:24 +0200\r\n\
    Message-Id: <1234567890@tester.tld>\r\n\
    X-Sender: test@tester.tld\r\n\
    From: \"The Faker\" <test@tester.tld>\r\n\
    To: \"NoName\" <noname@example.tld>\r\n\
    Subject: Ein Test\r\n\r\nText, Text, Text\r\nZeile 2\r\nZeile 3\r\n";

#[test]
fn the_forged_mail_of_the_gaijin_text_is_seen_through() {
    let own = [host(&["mail.example.tld", "server11011.net"], &["192.0.2.25"])];
    let trace = Trace::of(GAIJIN.as_bytes(), View { trusted: &own, now: None });
    let trusted: Vec<bool> = trace.hops.iter().map(|h| h.trusted).collect();
    assert_eq!(trusted, [true, true, false]);
    assert!(GAIJIN[trace.boundary..].starts_with("Received: from faked.tester.tld"));
    let origin = trace.origin.clone().unwrap();
    assert_eq!(origin.ip, Some("62.46.14.170".parse().unwrap()));
    assert_eq!(origin.name.as_deref(), Some("m198p010.dipool.highway.telekom.at"));
    assert_eq!(origin.helo.as_deref(), Some("tester.tld"));
    assert_eq!(origin.at.unwrap().utc(), "2018-09-01 11:55:38");
    let times: Vec<String> = trace.hops.iter().map(|h| h.line.date.unwrap().at.utc()).collect();
    assert_eq!(times, ["2018-09-01 11:58:33", "2018-09-01 11:55:38", "2018-09-01 11:53:24"]);
    let delays: Vec<Option<i64>> = trace.hops.iter().map(|h| h.delay).collect();
    assert_eq!(delays, [Some(175), Some(134), None]);
    assert_eq!(
        findings(GAIJIN, &trace),
        [
            "Received 1: HandedOverInside { how: Network }",
            "Received 2: TrustEnds",
            "Received 2: HelloDiffers { helo: \"tester.tld\", name: \"m198p010.dipool.highway.telekom.at\" }",
            "Received 3: BelowBoundary",
            "Received 3: ChainBroken { by: \"server11011.net\", from: \"m198p010.dipool.highway.telekom.at\" }",
            "Received 3: ClaimsTrusted { by: \"server11011.net\" }",
            "Subject 1: FieldMissing { name: \"Date\" }",
        ]
    );
    let believed: Vec<FieldKind> = trace.claims.iter().filter(|c| c.believed).map(|c| c.kind).collect();
    assert_eq!(believed, [FieldKind::ReturnPath, FieldKind::Received, FieldKind::Received]);
}

#[test]
fn the_plausible_way_of_the_gaijin_text_holds_together() {
    let message = "Received: from mail.target.tld (12.34.56.78) by mx.target.tld\r\n\
        Received: from mx3.provider1.tld (123.45.67.3) by target.tld\r\n\
        Received: from mx1.provider1.tld (123.45.67.1) by mx3.provider1.tld\r\n\
        Received: from user1.provider1.tld (123.45.67.89) by mx1.provider1.tld\r\n\r\n";
    let own = [host(&["mx.target.tld"], &["12.34.56.1"]), host(&["target.tld"], &["12.34.56.78"])];
    let trace = Trace::of(message.as_bytes(), View { trusted: &own, now: None });
    assert!(!findings(message, &trace).iter().any(|f| f.contains("ChainBroken")), "{trace:#?}");
    assert_eq!(trace.trusted_hops().count(), 2);
    assert_eq!(trace.origin.unwrap().ip, Some("123.45.67.3".parse().unwrap()));
}

#[test]
fn trust_goes_as_far_as_trusted_hosts_call_and_no_further() {
    let own = [host(&["mx.example.org"], &["192.0.2.1"]), host(&["in.example.org"], &["192.0.2.2"])];
    let top = "Received: from in.example.org (in.example.org [192.0.2.2]) by mx.example.org with ESMTP; 3 Mar 2026 10:00:03 +0000\r\n";
    let second =
        "Received: from pc (dsl [203.0.113.9]) by in.example.org with ESMTP; 3 Mar 2026 10:00:01 +0000\r\n";
    let imitated =
        "Received: from x (x [198.51.100.9]) by mx.example.org with ESMTP; 3 Mar 2026 10:00:00 +0000\r\n";
    let local = "Received: from localhost (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP; 3 Mar 2026 10:00:04 +0000\r\n";
    let born = "Received: by mx.example.org (Postfix, from userid 33) id 1; 3 Mar 2026 10:00:04 +0000\r\n";
    for (message, trusted, origin) in [
        (format!("{top}{second}{imitated}"), 2, Some("203.0.113.9")),
        (format!("{top}{imitated}{second}"), 1, Some("192.0.2.2")),
        (format!("{second}{top}"), 0, None),
        (format!("{local}{top}{second}"), 3, Some("203.0.113.9")),
        (format!("{born}{imitated}"), 1, None),
        (top.to_owned(), 1, Some("192.0.2.2")),
        (String::new(), 0, None),
    ] {
        let trace = Trace::of(format!("{message}\r\n").as_bytes(), View { trusted: &own, now: None });
        assert_eq!(trace.trusted_hops().count(), trusted, "{message}");
        let found = trace.origin.and_then(|o| o.ip).map(|ip| ip.to_string());
        assert_eq!(found.as_deref(), origin, "{message}");
    }
    let nobody = Trace::of(top.as_bytes(), View::default());
    assert_eq!((nobody.trusted_hops().count(), nobody.origin), (0, None));
}

#[test]
fn what_contradicts_itself_is_found() {
    let own = [host(&["mx.example.org"], &["192.0.2.1"])];
    let rows: &[(&str, &[&str])] = &[
        (
            "Received: from pc (unknown [203.0.113.9]) by mx.example.org with ESMTP; Mon, 3 Mar 2026 10:00:00 +0100",
            &["TrustEnds", "NoReverseName", "WrongWeekday { said: \"Mon\", right: \"Tue\" }"],
        ),
        (
            "Received: from pc ([10.1.2.3]) by mx.example.org with CARRIER; 3 Mar 2026 10:00:00",
            &["TrustEnds", "AddressPrivate", "UnknownProtocol", "ZoneUnknown"],
        ),
        (
            "Received: from pc (x.tld [300.1.2.3]) by mx.example.org with SMTP; today",
            &["TrustEnds", "HelloDiffers", "AddressImpossible", "BadDate"],
        ),
        (
            "Received: from pc (pc [240.1.2.3] (may be forged)) by mx.example.org with SMTP",
            &["NoDate", "TrustEnds", "AddressReserved"],
        ),
        ("Received: from pc by mx.example.org; 3 Mar 2026 10:00:00 +0000", &["NoAddress", "TrustEnds"]),
        ("Received: from pc (pc.tld [203.0.113.9]); 3 Mar 2026 10:00:00 +0000", &["NoBy", "NothingTrusted"]),
    ];
    for (line, expected) in rows {
        let message = format!("{line}\r\nFrom: a@example.org\r\nDate: 3 Mar 2026 10:00:00 +0000\r\n\r\n");
        let trace = Trace::of(message.as_bytes(), View { trusted: &own, now: None });
        let all = findings(&message, &trace);
        for kind in *expected {
            assert!(all.iter().any(|f| f.contains(kind)), "{kind} for {line}: {all:#?}");
        }
    }
}

#[test]
fn times_that_go_back_wait_long_or_have_not_come() {
    let message = "Received: from b.example.net (b.example.net [203.0.113.9]) by mx.example.org with SMTP; 3 Mar 2026 10:00:00 +0000\r\n\
        Received: from a.example.net (a.example.net [203.0.113.8]) by b.example.net with SMTP; 3 Mar 2026 12:00:00 +0000\r\n\
        Received: from c.example.net (c.example.net [203.0.113.7]) by a.example.net with SMTP; 3 Mar 2026 04:00:00 -0500\r\n\
        From: a@example.net\r\nDate: 1 Mar 2026 08:00:00 +0000\r\n\r\n";
    let own = [host(&["mx.example.org"], &["192.0.2.1"])];
    let trace = Trace::of(message.as_bytes(), View { trusted: &own, now: None });
    let all = findings(message, &trace);
    for found in [
        "Received 1: TimeGoesBack { seconds: 7200 }",
        "Received 2: InFuture { seconds: 7200 }",
        "Received 2: LongWait { seconds: 10800 }",
        "Date 1: DateFar { seconds: 180000, later: false }",
    ] {
        assert!(all.iter().any(|f| f == found), "{found}: {all:#?}");
    }
}

#[test]
fn fields_against_each_other() {
    let top =
        "Received: from p (p.tld [203.0.113.9]) by mx.example.org with SMTP; 3 Mar 2026 10:00:00 +0000\r\n";
    let rows: &[(&str, &str, &[&str])] = &[
        (
            "Return-Path: <bounce@spam.example>\r\n",
            "From: \"Bank <info@bank.example>\" <x@other.example>\r\nReply-To: y@third.example\r\nSender: z@other.example\r\nMessage-ID: <1@pc.local>\r\nX-Priority: 1 (Highest)\r\nBcc: q@example.org\r\n",
            &[
                "EnvelopeDiffers { from: \"x@other.example\", path: \"bounce@spam.example\" }",
                "NameHasAddress { shown: \"info@bank.example\", address: \"x@other.example\" }",
                "ReplyElsewhere { from: \"x@other.example\", reply: \"y@third.example\" }",
                "SenderDiffers { sender: \"z@other.example\" }",
                "MessageIdElsewhere { domain: \"pc.local\", from: \"other.example\" }",
                "HighPriority",
                "BccVisible",
                "FieldMissing { name: \"Date\" }",
            ],
        ),
        (
            "Return-Path: <>\r\n",
            "From: a@b.example\r\nFrom: c@d.example\r\n",
            &["NullSender", "FieldTwice { name: \"From\" }"],
        ),
        (
            "Authentication-Results: mx.example.org; spf=pass\r\n",
            "Authentication-Results: mx.example.org; dkim=pass\r\nAuthentication-Results: evil.example; spf=pass\r\n",
            &[
                "1: AuthBelieved { host: \"mx.example.org\" }",
                "2: AuthNotBelieved { host: \"mx.example.org\" }",
                "3: AuthNotBelieved { host: \"evil.example\" }",
                "FieldMissing { name: \"From\" }",
            ],
        ),
    ];
    let own = [host(&["mx.example.org"], &["192.0.2.1"])];
    for (above, below, expected) in rows {
        let message = format!("{above}{top}{below}\r\nText\r\n");
        let trace = Trace::of(message.as_bytes(), View { trusted: &own, now: None });
        let all = findings(&message, &trace);
        for kind in *expected {
            assert!(all.iter().any(|f| f.contains(kind)), "{kind}: {all:#?}");
        }
    }
    let honest = format!(
        "Return-Path: <b+x@lists.b.example>\r\n{top}From: \"A\" <a@b.example>\r\nReply-To: c@mail.b.example\r\nMessage-ID: <1@pc.b.example>\r\nDate: 3 Mar 2026 09:59:00 +0000\r\n\r\n"
    );
    let trace = Trace::of(honest.as_bytes(), View { trusted: &own, now: None });
    let all = findings(&honest, &trace);
    assert!(all.iter().all(|f| f.starts_with("Received")), "{all:#?}");
}

#[test]
fn every_field_the_gaijin_text_lists_is_known() {
    for name in [
        "Bcc",
        "Cc",
        "Content-Language",
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "In-Reply-To",
        "Message-ID",
        "Organization",
        "Received",
        "References",
        "Reply-To",
        "Return-Path",
        "Subject",
        "To",
        "X-Mailer",
        "X-Priority",
        "X-Sender",
    ] {
        assert_ne!(FieldKind::of(name), FieldKind::Other, "{name}");
    }
    let keys: std::collections::BTreeSet<&str> = FieldKind::ALL.iter().map(|k| k.key()).collect();
    assert_eq!(keys.len(), FieldKind::ALL.len());
}

proptest::proptest! {
    #[test]
    fn any_message_is_read_without_a_fault(
        message in proptest::collection::vec(
            proptest::prop_oneof![
                "(Received|From|Date|Return-Path|Message-ID|Reply-To|X-Priority|Authentication-Results): [ -~]{0,60}\r\n",
                "(Received): from [a-c.]{1,9} \\([a-c.]{0,9} \\[[0-9.]{0,15}\\]\\) by [a-c.]{1,9}; [0-9]{1,2} Sep 20[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}\r\n",
                "[ -~ü\r\n]{0,20}",
            ],
            0..8,
        )
    ) {
        let message = message.concat();
        let own = [host(&["a", "b.c"], &["1.2.3.4"])];
        let trace = Trace::of(message.as_bytes(), View { trusted: &own, now: None });
        proptest::prop_assert!(trace.boundary <= message.len());
        for finding in &trace.findings {
            proptest::prop_assert!(finding.span.start <= finding.span.end && finding.span.end <= message.len());
        }
        // The trusted lines are the first ones.
        let trusted = trace.trusted_hops().count();
        proptest::prop_assert!(trace.hops.iter().take(trusted).all(|h| h.trusted));
    }
}
