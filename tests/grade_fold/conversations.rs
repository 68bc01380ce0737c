//! What counts as having had a conversation: on one connection, in one mail transaction, in any words.

use crate::support::{Lab, conversation, step};

const SEND: &str = "
    MAIL from=right@a.test reply=250 points=1
    RCPT to=anna@b.test reply=250 points=1
    DATA reply=250 Subject=*tulips*
";

/// Worth 4: 1 for the sender, 1 for the recipient, the rest for all of it.
fn played(on: &str, ordered: bool, expect: &str, lines: &str) -> (String, bool) {
    let mut lab = Lab::new(&[step("send", 4, conversation(on, ordered, expect))]);
    lab.play(lines);
    (lab.points("send"), lab.report().steps[0].done)
}

fn rows(ordered: bool, expect: &str, rows: &[(&str, &str, &str)]) {
    for (name, lines, points) in rows {
        let lines = format!("1 connect mx.test:25\n{lines}");
        let (earned, done) = played("mx.test:25", ordered, expect, &lines);
        assert_eq!((earned.as_str(), done), (*points, *points == "4"), "{name}");
    }
}

#[test]
fn one_transaction_carries_sender_recipient_and_message() {
    const TULIPS: &str = "data Subject: tulips||Hello.";
    let right = format!("1 helo x\n1 mail right@a.test\n1 rcpt anna@b.test\n1 {TULIPS}\n1 quit");
    rows(
        true,
        SEND,
        &[
            ("as expected", &right, "4"),
            ("EHLO, NOOP and more", &right.replace("1 mail", "1 ehlo x\n1 noop\n1 noop\n1 mail"), "4"),
            ("capitals", &right.replace("1 mail right@a.test", "1 MAIL Right@A.TEST"), "4"),
            ("another recipient too", &right.replace("1 data", "1 rcpt otto@b.test\n1 data"), "4"),
            ("a refused recipient first", &right.replace("1 rcpt", "1 rcpt no@refused.test\n1 rcpt"), "4"),
            ("a mistyped command", &right.replace("1 rcpt", "1 recipient to\n1 rcpt"), "4"),
            (
                "wrong sender, corrected",
                &format!("1 mail wrong@a.test\n1 rcpt anna@b.test\n1 rset\n{right}"),
                "4",
            ),
            (
                "right sender, reset, wrong sender",
                &format!("1 mail right@a.test\n1 rset\n1 mail wrong@a.test\n1 rcpt anna@b.test\n1 {TULIPS}"),
                "1",
            ),
            (
                "right sender, greeted again, wrong sender",
                &format!(
                    "1 mail right@a.test\n1 helo y\n1 mail wrong@a.test\n1 rcpt anna@b.test\n1 {TULIPS}"
                ),
                "1",
            ),
            (
                "right sender and recipient in two transactions",
                &format!("1 mail right@a.test\n1 rset\n1 mail wrong@a.test\n1 rcpt anna@b.test\n1 {TULIPS}"),
                "1",
            ),
            (
                "the right envelope with another letter, then the right letter from another",
                &format!(
                    "1 mail right@a.test\n1 rcpt anna@b.test\n1 data Subject: roses||x\n\
                     1 mail wrong@a.test\n1 rcpt anna@b.test\n1 {TULIPS}"
                ),
                "2",
            ),
            (
                "the same again, until it is right",
                &format!("1 mail right@a.test\n1 rcpt anna@b.test\n1 data Subject: roses||x\n{right}"),
                "4",
            ),
            (
                "a second MAIL in the transaction is refused",
                &right.replace("1 rcpt", "1 mail wrong@a.test\n1 rcpt"),
                "4",
            ),
            (
                "the right MAIL second is refused",
                &right.replace("1 mail", "1 mail wrong@a.test\n1 mail"),
                "1",
            ),
            ("only the recipient", "1 mail wrong@a.test\n1 rcpt anna@b.test", "1"),
            ("nothing", "1 quit", "0"),
        ],
    );
}

#[test]
fn a_connection_that_dropped_starts_over_and_the_best_counts() {
    let rest = "rcpt anna@b.test\n2 data Subject: tulips||x";
    for (name, lines, points) in [
        ("halves on two connections", format!("1 connect mx.test:25\n1 mail right@a.test\n1 close\n2 connect mx.test:25\n2 mail wrong@a.test\n2 {rest}"), "1"),
        ("the second does it", format!("1 connect mx.test:25\n1 mail right@a.test\n1 close\n2 connect mx.test:25\n2 mail right@a.test\n2 {rest}"), "4"),
        ("both open at once", format!("1 connect mx.test:25\n2 connect mx.test:25\n1 mail wrong@a.test\n2 mail right@a.test\n1 rcpt anna@b.test\n2 {rest}"), "4"),
        ("a worse one after it takes nothing away", "1 connect mx.test:25\n1 mail right@a.test\n1 rcpt anna@b.test\n1 close\n2 connect mx.test:25\n2 mail wrong@a.test".to_owned(), "2"),
        ("another port", format!("2 connect mx.test:587\n2 mail right@a.test\n2 {rest}"), "0"),
        ("another host", format!("2 connect other.test:25\n2 mail right@a.test\n2 {rest}"), "0"),
        ("the host's name in capitals", format!("2 connect MX.Test:25\n2 mail right@a.test\n2 {rest}"), "4"),
        ("two servers between themselves", format!("2 relay mx.test:25\n2 mail right@a.test\n2 {rest}"), "0"),
    ] {
        assert_eq!(played("mx.test:25", true, SEND, &lines).0, points, "{name}");
    }
}

#[test]
fn order_counts_where_it_is_asked_for() {
    let expect = "NOOP points=1\nRSET points=1\nQUIT points=1";
    rows(
        true,
        expect,
        &[
            ("in order", "1 noop\n1 rset\n1 quit", "4"),
            ("out of order first, in order in the end", "1 rset\n1 noop\n1 rset\n1 quit", "4"),
            ("one is skipped", "1 noop\n1 quit", "2"),
            ("backwards", "1 quit\n1 rset\n1 noop", "1"),
            ("the first skipped, and too late", "1 rset\n1 noop\n1 quit", "2"),
        ],
    );
    rows(
        false,
        expect,
        &[
            ("in order", "1 noop\n1 rset\n1 quit", "4"),
            ("backwards", "1 quit\n1 rset\n1 noop", "4"),
            ("one is missing", "1 quit\n1 noop", "2"),
        ],
    );
}

#[test]
fn in_any_order_a_transaction_is_still_one() {
    let expect = "
        RCPT to=anna@b.test reply=250 points=1
        RCPT to=otto@b.test reply=250 points=1
        MAIL from=right@a.test reply=250 points=1
    ";
    rows(
        false,
        expect,
        &[
            ("both", "1 mail right@a.test\n1 rcpt anna@b.test\n1 rcpt otto@b.test", "4"),
            ("the other way", "1 mail right@a.test\n1 rcpt otto@b.test\n1 rcpt anna@b.test", "4"),
            (
                "one each",
                "1 mail right@a.test\n1 rcpt anna@b.test\n1 rset\n1 mail right@a.test\n1 rcpt otto@b.test",
                "2",
            ),
            ("wrong sender", "1 mail wrong@a.test\n1 rcpt anna@b.test\n1 rcpt otto@b.test", "2"),
        ],
    );
}

#[test]
fn two_transactions_on_one_connection_can_be_asked_for() {
    let expect = "
        MAIL from=one@a.test reply=250 points=1
        RCPT to=anna@b.test reply=250
        RSET
        MAIL from=two@a.test reply=250 points=1
        RCPT to=anna@b.test reply=250
    ";
    let (one, two) = ("1 mail one@a.test\n1 rcpt anna@b.test", "1 mail two@a.test\n1 rcpt anna@b.test");
    rows(
        true,
        expect,
        &[
            ("both", &format!("{one}\n1 rset\n{two}"), "4"),
            ("the second has no recipient", &format!("{one}\n1 rset\n1 mail two@a.test"), "2"),
            ("the wrong way round", &format!("{two}\n1 rset\n{one}"), "1"),
        ],
    );
}

#[test]
fn a_refusal_can_be_asked_for_wherever_it_happens() {
    let expect = "
        RCPT reply=503 points=1
        MAIL reply=250 points=1
        RCPT reply=550 points=1
        RCPT reply=250
    ";
    let middle = "1 rcpt no@refused.test\n1 rcpt anna@b.test";
    rows(
        true,
        expect,
        &[
            ("in order", &format!("1 rcpt anna@b.test\n1 mail a@a.test\n{middle}"), "4"),
            ("without the first", &format!("1 mail a@a.test\n{middle}"), "2"),
            (
                "the refused one in an earlier transaction",
                "1 rcpt a@b.test\n1 mail a@a.test\n1 rcpt no@refused.test\n1 rset\n1 mail a@a.test\n1 rcpt anna@b.test",
                "3",
            ),
        ],
    );
}

#[test]
fn a_greeting_counts_while_it_is_in_force() {
    let expect = "HELLO name=faked.test points=1\nMAIL reply=250 points=1";
    rows(
        true,
        expect,
        &[
            ("HELO", "1 helo faked.test\n1 mail a@a.test", "4"),
            ("EHLO in capitals", "1 EHLO FAKED.TEST\n1 mail a@a.test", "4"),
            ("corrected", "1 helo ws.test\n1 helo faked.test\n1 mail a@a.test", "4"),
            ("said twice", "1 helo faked.test\n1 ehlo faked.test\n1 mail a@a.test", "4"),
            ("taken back", "1 helo faked.test\n1 helo ws.test\n1 mail a@a.test", "1"),
            (
                "taken back after an earlier mail",
                "1 helo faked.test\n1 mail a@a.test\n1 helo ws.test\n1 mail a@a.test",
                "4",
            ),
        ],
    );
}

#[test]
fn what_becomes_of_the_message_belongs_to_its_transaction() {
    let expect = "
        delivered to=anna@b.test Subject=tulips points=1
        MAIL from=right@a.test reply=250 points=1
        DATA reply=250
    ";
    rows(
        true,
        expect,
        &[
            ("delivered", "1 mail right@a.test\n1 rcpt anna@b.test\n1 data Subject: tulips||x", "4"),
            ("to somebody else", "1 mail right@a.test\n1 rcpt otto@b.test\n1 data Subject: tulips||x", "1"),
            (
                "from somebody else",
                "1 mail right@a.test\n1 rset\n1 mail wrong@a.test\n1 rcpt anna@b.test\n1 data Subject: tulips||x",
                "1",
            ),
        ],
    );
}

#[test]
fn without_a_place_each_expectation_is_for_itself() {
    let expect = "MAIL from=right@a.test points=1\nNOOP points=1\nrun program=dig args=*MX* points=1";
    for (name, lines, points) in [
        (
            "everywhere",
            "1 connect mx.test:25\n1 mail right@a.test\n2 connect b.test:587\n2 noop\nrun dig +short MX b.test",
            "4",
        ),
        ("in any order", "run dig mx b.test\n1 connect mx.test:25\n1 noop\n1 mail right@a.test", "4"),
        ("between servers too", "1 relay mx.test:25\n1 mail right@a.test", "1"),
        ("another program", "run host -t mx b.test", "0"),
    ] {
        assert_eq!(played("", false, expect, lines).0, points, "{name}");
    }
}

#[test]
fn without_a_place_and_in_order_each_comes_after_the_one_before_it() {
    let expect = "MAIL points=1\nNOOP points=1\nNOOP points=1";
    for (name, lines, points) in [
        ("across connections", "1 mail a@a.test\n2 connect b.test:587\n2 noop\n1 noop", "4"),
        ("one event for one only", "1 mail a@a.test\n1 noop", "2"),
        ("too early", "1 noop\n1 noop\n1 mail a@a.test", "1"),
        ("too early, and again", "1 noop\n1 mail a@a.test\n1 noop\n1 noop", "4"),
    ] {
        let lines = format!("1 connect mx.test:25\n{lines}");
        assert_eq!(played("", true, expect, &lines).0, points, "{name}");
    }
}

#[test]
fn programs_and_questions_in_a_conversation_are_for_themselves() {
    let expect = "dns name=b.test type=MX answered=yes points=1\nconnected host=mx.* points=1\nNOOP";
    for (name, asked_before, points) in [("before it", true, "4"), ("after it", false, "4")] {
        let mut lab = Lab::new(&[step("send", 4, conversation("mx.test:25", true, expect))]);
        if asked_before {
            lab.dns("ws.test", "b.test", true);
        }
        lab.play("1 connect mx.test:25\n1 noop");
        assert_eq!(lab.points("send") == "4", asked_before, "{name}");
        if !asked_before {
            lab.dns("ws.test", "b.test", false);
            lab.dns("mx.test", "b.test", true);
            assert_eq!(lab.points("send"), "1", "{name}: no answer, and not the learner's question");
            lab.dns("ws.test", "B.test.", true);
        }
        assert_eq!(lab.points("send"), points, "{name}");
    }
}

#[test]
fn the_evidence_is_what_earned_the_points() {
    let mut lab = Lab::new(&[step("send", 4, conversation("mx.test:25", true, SEND))]);
    lab.play(
        "1 connect mx.test:25\n1 mail wrong@a.test\n1 rset\n1 mail right@a.test\n1 noop\n1 rcpt anna@b.test",
    );
    let evidence = |lab: &Lab| lab.report().steps[0].evidence.iter().map(|n| n.0).collect::<Vec<_>>();
    assert_eq!(evidence(&lab), [4, 6]);
    assert_eq!(lab.report().steps[0].missing, [2]);
    lab.play("1 data Subject: tulips||x");
    assert_eq!(evidence(&lab), [4, 6, 10]);
    assert!(lab.report().steps[0].missing.is_empty());
}

#[test]
fn hundreds_of_transactions_are_followed_in_bounded_memory() {
    let expect = "
        RCPT to=a* points=0.1
        RCPT to=*n* points=0.2
        RCPT to=*@b.test points=0.3
        MAIL from=*@a.test points=0.4
        NOOP points=0.5
        any reply=503 points=0.5
        any reply=5xx
        DATA reply=250 Subject=*tulips*
    ";
    for (ordered, more) in
        [(false, ""), (true, ""), (false, "delivered to=c@b.test"), (true, "delivered to=c@b.test")]
    {
        let expect = format!("{expect}{more}");
        let mut lab = Lab::new(&[step("send", 4, conversation("mx.test:25", ordered, &expect))]);
        lab.play("1 connect mx.test:25");
        for n in 0..300 {
            lab.play("1 noop\n1 mail x@a.test\n1 mail y@a.test\n1 rcpt anna@b.test\n1 rcpt nn@b.test");
            lab.play(if n % 2 == 0 { "1 rset" } else { "1 rcpt anna@c.test\n1 data Subject: roses||x" });
        }
        let size = format!("{:?}", lab.grade).len();
        assert!(size < 60_000, "{size} characters to print the state");
        if !ordered {
            lab.play("1 rset\n1 mail x@a.test\n1 rcpt anna@b.test\n1 rcpt none@b.test\n1 rcpt c@b.test");
            lab.play("1 data Subject: tulips||x");
            assert_eq!(lab.points("send"), "4", "and it can still be done");
        }
    }
}

#[test]
fn what_is_optional_is_not_waited_for_and_can_come_late() {
    let expect = "
        MAIL reply=250
        RSET reply=250 optional=1 points=1
        RCPT to=anna@b.test reply=250
        QUIT reply=221 optional=1 points=1
        NOOP reply=250 optional=1
    ";
    let begun = "1 connect mx.test:25\n1 helo x\n1 mail right@a.test";
    for ordered in [true, false] {
        for (lines, points, done) in [
            ("1 quit", "1", false),
            ("1 rcpt anna@b.test", "2", true),
            ("1 rcpt anna@b.test\n1 noop", "2", true),
            ("1 rcpt anna@b.test\n1 quit", "3", true),
        ] {
            let came = played("mx.test:25", ordered, expect, &format!("{begun}\n{lines}"));
            assert_eq!((came.0.as_str(), came.1), (points, done), "{lines}, ordered: {ordered}");
        }
    }
}
