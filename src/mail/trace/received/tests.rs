//! Lines of real systems, one a row, with what is read from them.

use super::*;
use crate::mail::Fields;

fn parse(line: &str) -> Received {
    let message = format!("{line}\r\n\r\n");
    let fields = Fields::parse(message.as_bytes());
    let field = fields.get("Received").unwrap();
    let read = Received::parse(message.as_bytes(), field.span, field.raw);
    // Every word stands where it says.
    let words = [&read.helo, &read.reverse, &read.by, &read.id, &read.recipient, &read.user, &read.date_text];
    for word in words.into_iter().flatten() {
        assert_eq!(&message[word.span.start..word.span.end], word.text, "{line}");
    }
    for address in [&read.address, &read.by_address].into_iter().flatten() {
        let there = &message[address.word.span.start..address.word.span.end];
        assert!(there.contains(&address.word.text), "{there} in {line}");
    }
    read
}

/// `system helo/reverse/ip user by with id for time`, with `-` for what is not there.
fn shown(line: &str) -> String {
    let r = parse(line);
    let word = |w: &Option<Word>| w.as_ref().map_or("-".to_owned(), |w| w.text.replace(' ', "_"));
    let reverse = match (&r.reverse, r.nameless) {
        (None, true) => "none".to_owned(),
        (name, _) => word(name) + if r.forged { "?" } else { "" },
    };
    let ip = r
        .address
        .as_ref()
        .map_or("-".to_owned(), |a| a.ip.map_or_else(|| format!("!{}", a.word.text), |ip| ip.to_string()));
    let time = r.date.map_or("-".to_owned(), |d| d.at.utc().replace(' ', "T"));
    let inside = r.inside.map_or(String::new(), |i| format!(" {i:?}"));
    let tls = if r.tls { "+tls" } else { "" };
    format!(
        "{:?} {}/{reverse}/{ip} {} {} {}{tls} {} {} {time}{inside}",
        r.system,
        word(&r.helo),
        word(&r.user),
        word(&r.by),
        word(&r.with),
        word(&r.id),
        word(&r.recipient),
    )
}

/// The line, and what is read from it.
const ROWS: &[(&str, &str)] = &[
    // Postfix.
    (
        "Received: from ws.lab.test (unknown [198.51.100.17])\r\n\tby mx.example.org (Postfix) with ESMTP id 4F2A1C\r\n\tfor <anna@example.org>; Mon, 30 Jun 2014 10:56:27 +0200 (CEST)",
        "Postfix ws.lab.test/none/198.51.100.17 - mx.example.org ESMTP 4F2A1C <anna@example.org> 2014-06-30T08:56:27",
    ),
    (
        "Received: from pc (dsl-17.example.net [203.0.113.9])\r\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n\t key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256)\r\n\t(No client certificate requested)\r\n\t(Authenticated sender: anna)\r\n\tby mail.example.org (Postfix) with ESMTPSA id 9C1D2\r\n\tfor <b@example.net>; Tue,  3 Mar 2026 09:00:00 +0000 (UTC)",
        "Postfix pc/dsl-17.example.net/203.0.113.9 anna mail.example.org ESMTPSA+tls 9C1D2 <b@example.net> 2026-03-03T09:00:00",
    ),
    (
        "Received: from [192.168.1.5] (unknown [203.0.113.9]) by mx.example.org (Postfix) with SMTP id 1; Tue, 3 Mar 2026 09:00:00 +0000",
        "Postfix [192.168.1.5]/none/203.0.113.9 - mx.example.org SMTP 1 - 2026-03-03T09:00:00",
    ),
    (
        "Received: by mail.example.org (Postfix, from userid 1000) id 4F2A1C; Tue, 3 Mar 2026 09:00:00 +0000 (UTC)",
        "Postfix -/-/- - mail.example.org - 4F2A1C - 2026-03-03T09:00:00 User",
    ),
    // Sendmail.
    (
        "Received: from faked.example (dsl-17.example.net [203.0.113.9] (may be forged))\r\n\tby smtp.example.org (8.13.8/8.13.8) with ESMTP id s5U94ld5028169\r\n\t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NO)\r\n\tfor <a@example.org>; Mon, 30 Jun 2014 10:56:27 +0200",
        "Sendmail faked.example/dsl-17.example.net?/203.0.113.9 - smtp.example.org ESMTP+tls s5U94ld5028169 <a@example.org> 2014-06-30T08:56:27",
    ),
    (
        "Received: from pc ([203.0.113.9]) by smtp.example.org (8.15.2/8.15.2) with SMTP id x1; Mon, 30 Jun 2014 10:56:27 +0200",
        "Sendmail pc/none/203.0.113.9 - smtp.example.org SMTP x1 - 2014-06-30T08:56:27",
    ),
    (
        "Received: from pc.example.net (IDENT:root@pc.example.net [203.0.113.9]) by smtp.example.org (8.9.3/8.9.3) with ESMTP id QAA1; Mon, 30 Jun 2014 10:56:27 +0200",
        "Sendmail pc.example.net/pc.example.net/203.0.113.9 root smtp.example.org ESMTP QAA1 - 2014-06-30T08:56:27",
    ),
    // qmail, as in the gaijin text.
    (
        "Received: (qmail 7881 invoked from network); 1 Sep 2018 13:58:33 +0200",
        "Qmail -/-/- - - - - - 2018-09-01T11:58:33 Network",
    ),
    (
        "Received: from m198p010.dipool.highway.telekom.at (HELO tester.tld) (62.46.14.170)\r\n  by server11011.net with SMTP; 1 Sep 2018 13:55:38 +0200",
        "Qmail tester.tld/m198p010.dipool.highway.telekom.at/62.46.14.170 - server11011.net SMTP - - 2018-09-01T11:55:38",
    ),
    (
        "Received: from unknown (HELO pc) (anna@203.0.113.9) by mx.example.org with (DHE-RSA-AES256-SHA encrypted) ESMTPA; 1 Sep 2018 13:55:38 -0000",
        "Qmail pc/none/203.0.113.9 anna mx.example.org ESMTPA+tls - - 2018-09-01T13:55:38",
    ),
    (
        "Received: from mail.target.tld (12.34.56.78) by mx.target.tld",
        "Other mail.target.tld/mail.target.tld/12.34.56.78 - mx.target.tld - - - -",
    ),
    (
        "Received: (qmail 5 invoked by uid 1000); 1 Sep 2018 11:58:33 -0000",
        "Qmail -/-/- - - - - - 2018-09-01T11:58:33 User",
    ),
    (
        "Received: (qmail 5 invoked by alias); 1 Sep 2018 11:58:33 -0000",
        "Qmail -/-/- - - - - - 2018-09-01T11:58:33 Alias",
    ),
    (
        "Received: (qmail 5 invoked for bounce); 1 Sep 2018 11:58:33 -0000",
        "Qmail -/-/- - - - - - 2018-09-01T11:58:33 Report",
    ),
    // The line that the sender of the gaijin text made up.
    (
        "Received: from faked.tester.tld (faked.tester.tld [123.45.67.89])\r\n  by server11011.net with SMTP; 1 Sep 2018 13:53:24 +0200",
        "Other faked.tester.tld/faked.tester.tld/123.45.67.89 - server11011.net SMTP - - 2018-09-01T11:53:24",
    ),
    (
        "Received: from x.tld (x.tld [300.45.678.89]) by y.tld with SMTP; 1 Sep 2018 13:53:24 +0200",
        "Other x.tld/x.tld/!300.45.678.89 - y.tld SMTP - - 2018-09-01T11:53:24",
    ),
    // Exim.
    (
        "Received: from dsl.example.net ([203.0.113.9] helo=pc)\r\n\tby mx.example.org with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384\r\n\t(Exim 4.96)\r\n\t(envelope-from <a@example.net>)\r\n\tid 1rZx0H-0003Ab-1c\r\n\tfor b@example.org;\r\n\tTue, 03 Mar 2026 10:00:00 +0100",
        "Exim pc/dsl.example.net/203.0.113.9 - mx.example.org esmtps+tls 1rZx0H-0003Ab-1c b@example.org 2026-03-03T09:00:00",
    ),
    (
        "Received: from mail.example.net ([203.0.113.9]) by mx.example.org with esmtp (Exim 4.96) id 1r; Tue, 03 Mar 2026 10:00:00 +0100",
        "Exim mail.example.net/mail.example.net/203.0.113.9 - mx.example.org esmtp 1r - 2026-03-03T09:00:00",
    ),
    (
        "Received: from [203.0.113.9] (port=51234 helo=pc) by mx.example.org with esmtp (Exim 4.96) id 1r; Tue, 03 Mar 2026 10:00:00 +0100",
        "Exim pc/none/203.0.113.9 - mx.example.org esmtp 1r - 2026-03-03T09:00:00",
    ),
    (
        "Received: from anna by shell.example.org with local (Exim 4.96) id 1r; Tue, 03 Mar 2026 10:00:00 +0100",
        "Exim -/-/- anna shell.example.org local 1r - 2026-03-03T09:00:00 User",
    ),
    // Exchange.
    (
        "Received: from pc.example.net (203.0.113.9) by ex.example.org\r\n (192.0.2.9) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_X) id\r\n 15.2.1544.4; Tue, 3 Mar 2026 10:00:00 +0100",
        "Exchange pc.example.net/-/203.0.113.9 - ex.example.org Microsoft_SMTP_Server+tls 15.2.1544.4 - 2026-03-03T09:00:00",
    ),
    // Courier and Dovecot.
    (
        "Received: from pc (dsl.example.net [::ffff:203.0.113.9])\r\n  (AUTH: LOGIN anna@example.org, TLS: TLSv1/SSLv3,128bits,AES128-SHA)\r\n  by mail.example.org with ESMTPSA; Tue, 03 Mar 2026 10:00:00 +0100\r\n  id 0000000000028048.0000000064",
        "Other pc/dsl.example.net/203.0.113.9 anna@example.org mail.example.org ESMTPSA+tls 0000000000028048.0000000064 - 2026-03-03T09:00:00",
    ),
    (
        "Received: from mx.example.org ([192.0.2.1])\r\n\tby store.example.org with LMTP\r\n\tid aBcD (envelope-from <a@example.net>)\r\n\tfor <anna@example.org>; Tue, 03 Mar 2026 10:00:00 +0100",
        "Other mx.example.org/none/192.0.2.1 - store.example.org LMTP aBcD <anna@example.org> 2026-03-03T09:00:00",
    ),
    // Others, and what is broken.
    (
        "Received: by 2001:db8:a05::1 with SMTP id x9; Tue, 3 Mar 2026 01:00:00 -0800 (PST)",
        "Other -/-/- - 2001:db8:a05::1 SMTP x9 - 2026-03-03T09:00:00",
    ),
    (
        "Received: from out.example.net (out.example.net. [IPv6:2001:db8::9]) by mx.example.org with ESMTPS id x9; Tue, 3 Mar 2026 01:00:00 -0800",
        "Other out.example.net/out.example.net/2001:db8::9 - mx.example.org ESMTPS+tls x9 - 2026-03-03T09:00:00",
    ),
    ("Received: from a by b", "Other a/-/- - b - - - -"),
    ("Received: from by by id", "Other by/-/- - id - - - -"),
    ("Received: from a (((b [1.2.3.4] by c; today", "Other a/none/1.2.3.4 - - - - - -"),
    ("Received: gibberish", "Other -/-/- - - - - - -"),
    ("Received: ;", "Other -/-/- - - - - - -"),
    ("Received:", "Other -/-/- - - - - - -"),
];

#[test]
fn every_system_in_its_own_hand() {
    for (line, read) in ROWS {
        assert_eq!(shown(line), *read, "{line}");
    }
}

proptest::proptest! {
    #[test]
    fn whatever_comes_is_read_without_a_fault(line in "[ -~\r\n\t()\\[\\];@üß]{0,200}") {
        parse(&format!("Received: x{}", line.replace('\n', "\n ")));
    }
}
