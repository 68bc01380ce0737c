//! The exchanges that the RFCs print, the two sides of every mechanism against each other, and arbitrary octets.

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use proptest::prelude::*;

/// A host with one user, whose numbers are these.
struct Host {
    user: &'static str,
    password: &'static str,
    salted: Salted,
}

impl Host {
    fn new(user: &'static str, password: &'static str) -> Host {
        let salted = Salted { nonce: "3rfcNHYJY1ZVvWVs7j".to_owned(), salt: vec![7; 16], iterations: 64 };
        Host { user, password, salted }
    }

    /// Answers what the exchange asks until it has something for the client or is over.
    fn drive(&self, exchange: &mut ServerExchange, mut step: Step) -> Step {
        loop {
            step = match step {
                Step::NeedSalted { .. } => exchange.salted(self.salted.clone(), "postoffice.example"),
                Step::Check(who) => {
                    let right = who.user == self.user && who.acting_as.is_none_or(|a| a == self.user);
                    let verified = who.proof.check(self.password).filter(|_| right);
                    exchange.verdict(verified.as_ref())
                }
                other => return other,
            };
        }
    }
}

fn challenge(step: &Step) -> String {
    match step {
        Step::Challenge(octets) => String::from_utf8(octets.clone()).unwrap(),
        other => panic!("no challenge but {other:?}"),
    }
}

/// RFC 4616 section 4: the first example, and the second with an authorization identity.
#[test]
fn plain_as_printed() {
    let host = Host::new("tim", "tanstaaftanstaaf");
    let mut exchange = ServerExchange::new(Mechanism::Plain);
    let step = exchange.start(None);
    assert_eq!(challenge(&step), "");
    let step = exchange.response(b"\0tim\0tanstaaftanstaaf");
    let Step::Check(who) = &step else { panic!("{step:?}") };
    assert_eq!((who.acting_as.as_deref(), who.user.as_str()), (None, "tim"));
    assert_eq!(host.drive(&mut exchange, step), Step::Done);

    let mut exchange = ServerExchange::new(Mechanism::Plain);
    let step = exchange.start(Some(b"Ursel\0Kurt\0xipj3plmq"));
    let Step::Check(who) = step else { panic!("{step:?}") };
    assert_eq!((who.acting_as.as_deref(), who.user.as_str()), (Some("Ursel"), "Kurt"));
    assert_eq!(who.proof.check("xipj3plmq").unwrap().signature, b"");
    // Kurt may not act as Ursel.
    assert_eq!(exchange.verdict(None), Step::Fault(SaslFault::Wrong));

    let mut client = Client::new(Mechanism::Plain, "Kurt", "xipj3plmq", "").acting_as("Ursel");
    assert_eq!(client.initial().unwrap(), b"Ursel\0Kurt\0xipj3plmq");
    assert_eq!((client.initial(), client.accepted(None)), (None, Ok(())));
    assert_eq!(client.answer(b"more?"), Err(ClientFault::NothingToAnswer));
}

/// RFC 2195 section 2.
#[test]
fn cram_md5_as_printed() {
    let asked = "<1896.697170952@postoffice.reston.mci.net>";
    let answer = b"tim b913a602c7eda7a495b4e6e7334d3890";
    let mut exchange = ServerExchange::new(Mechanism::CramMd5);
    assert_eq!(exchange.start(None), Step::NeedSalted { user: None });
    let salted = Salted { nonce: "1896.697170952".to_owned(), salt: Vec::new(), iterations: 1 };
    let step = exchange.salted(salted, "postoffice.reston.mci.net");
    assert_eq!(challenge(&step), asked);
    let Step::Check(who) = exchange.response(answer) else { panic!("nothing to check") };
    assert_eq!(who.user, "tim");
    let verified = who.proof.check("tanstaaftanstaaf");
    assert_eq!(who.proof.check("tanstaaf"), None);
    assert_eq!(exchange.verdict(verified.as_ref()), Step::Done);

    let mut client = Client::new(Mechanism::CramMd5, "tim", "tanstaaftanstaaf", "");
    assert_eq!(client.initial(), None);
    assert_eq!(client.answer(asked.as_bytes()).unwrap(), answer);
}

/// RFC 7677 section 3, whose messages have the form of RFC 5802 section 5: both sides, to the letter.
#[test]
fn scram_as_printed() {
    let c_first = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    let s_first = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    let c_final = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,\
                   p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    let s_final = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    let mut client = Client::new(Mechanism::ScramSha256, "user", "pencil", "rOprNGfwEbeRWgbNEkqO");
    assert_eq!(client.initial().unwrap(), c_first.as_bytes());
    assert_eq!(client.answer(s_first.as_bytes()).unwrap(), c_final.as_bytes());
    assert_eq!(client.answer(s_final.as_bytes()).unwrap(), b"");
    assert_eq!(client.accepted(None), Ok(()));

    let mut exchange = ServerExchange::new(Mechanism::ScramSha256);
    let step = exchange.start(Some(c_first.as_bytes()));
    assert_eq!(step, Step::NeedSalted { user: Some("user".to_owned()) });
    let salt = BASE64.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
    let nonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0".to_owned();
    let step = exchange.salted(Salted { nonce, salt, iterations: 4096 }, "example");
    assert_eq!(challenge(&step), s_first);
    let Step::Check(who) = exchange.response(c_final.as_bytes()) else { panic!("nothing to check") };
    assert_eq!(who.proof.check("pen"), None);
    let step = exchange.verdict(who.proof.check("pencil").as_ref());
    assert_eq!(challenge(&step), s_final);
    assert_eq!(exchange.response(b""), Step::Done);
}

/// Both sides of a mechanism, with and without an initial response.
fn talk(host: &Host, client: &mut Client, initial: bool) -> Result<Step, ClientFault> {
    let mut exchange = ServerExchange::new(client.mechanism());
    let first = if initial { client.initial() } else { None };
    let mut step = exchange.start(first.as_deref());
    for _ in 0..9 {
        step = host.drive(&mut exchange, step);
        let Step::Challenge(octets) = &step else { break };
        let answer = client.answer(octets)?;
        step = exchange.response(&answer);
    }
    if step == Step::Done {
        client.accepted(None)?;
    }
    Ok(step)
}

#[test]
fn both_sides_understand_each_other() {
    let passwords = ["tulpe", "", "Tulpe und Nelke", "p\u{e4}\u{df}wort", &"x".repeat(90)];
    for mechanism in Mechanism::ALL {
        for (user, initial) in [("anna", true), ("anna", false), ("a=b,c=2C@x.test", true)] {
            for password in passwords {
                let host = Host { user, ..Host::new("", Box::leak(password.to_owned().into_boxed_str())) };
                let mut client = Client::new(mechanism, user, password, "fyko+d2lbbFgONRv9qkxdawL");
                let told = talk(&host, &mut client, initial);
                assert_eq!(told, Ok(Step::Done), "{} {user} {password:?}", mechanism.name());
                let mut other = Client::new(mechanism, user, "rose", "fyko+d2lbbFgONRv9qkxdawL");
                let told = talk(&host, &mut other, initial);
                assert_eq!(told, Ok(Step::Fault(SaslFault::Wrong)), "{} {user}", mechanism.name());
            }
        }
    }
    let host = Host::new("anna", "tulpe");
    for mechanism in [Mechanism::Plain, Mechanism::ScramSha256] {
        for (name, end) in [("anna", Step::Done), ("bert", Step::Fault(SaslFault::Wrong))] {
            let mut client = Client::new(mechanism, "anna", "tulpe", "n").acting_as(name);
            assert_eq!(talk(&host, &mut client, true), Ok(end), "{} as {name}", mechanism.name());
        }
    }
}

#[test]
fn what_a_server_cannot_read() {
    use Mechanism::{CramMd5, Login, Plain, ScramSha256};
    for (mechanism, messages, fault) in [
        (Plain, &["anna"][..], SaslFault::PlainParts),
        (Plain, &["anna\0tulpe"], SaslFault::PlainParts),
        (Plain, &["\0anna\0tul\0pe"], SaslFault::PlainParts),
        (Plain, &["\0\0tulpe"], SaslFault::EmptyUser),
        (Login, &[""], SaslFault::EmptyUser),
        (CramMd5, &["anna"], SaslFault::DigestForm),
        (CramMd5, &["anna b913a602c7eda7a495b4e6e7334d389"], SaslFault::DigestForm),
        (CramMd5, &["anna b913a602c7eda7a495b4e6e7334d389g"], SaslFault::DigestForm),
        (CramMd5, &[" b913a602c7eda7a495b4e6e7334d3890"], SaslFault::EmptyUser),
        (ScramSha256, &[""], SaslFault::ScramForm),
        (ScramSha256, &["n=anna,r=x"], SaslFault::ScramForm),
        (ScramSha256, &["x,,n=anna,r=x"], SaslFault::ScramForm),
        (ScramSha256, &["n,,r=x,n=anna"], SaslFault::ScramForm),
        (ScramSha256, &["n,,n=anna,r="], SaslFault::ScramForm),
        (ScramSha256, &["n,,m=must,n=anna,r=x"], SaslFault::ScramForm),
        (ScramSha256, &["n,,n=an=na,r=x"], SaslFault::ScramForm),
        (ScramSha256, &["n,,n=an=3d,r=x"], SaslFault::ScramForm),
        (ScramSha256, &["n,,n=an\0,r=x"], SaslFault::ScramForm),
        (ScramSha256, &["n,bert,n=anna,r=x"], SaslFault::ScramForm),
        (ScramSha256, &["n,,n=,r=x"], SaslFault::EmptyUser),
        (ScramSha256, &["p=tls-unique,,n=anna,r=x"], SaslFault::ChannelBinding),
        (ScramSha256, &["n,,n=anna,r=x", "c=biws,r=x3rfcNHYJY1ZVvWVs7j"], SaslFault::ScramForm),
        (ScramSha256, &["n,,n=anna,r=x", "r=x,c=biws,p=AA=="], SaslFault::ScramForm),
        (ScramSha256, &["n,,n=anna,r=x", "c=biws,r=x3rfcNHYJY1ZVvWVs7j,p=?"], SaslFault::ScramForm),
        (ScramSha256, &["n,,n=anna,r=x", "c=eSws,r=x3rfcNHYJY1ZVvWVs7j,p=AA=="], SaslFault::ChannelBinding),
        (ScramSha256, &["n,,n=anna,r=x", "c=biws,r=y3rfcNHYJY1ZVvWVs7j,p=AA=="], SaslFault::OtherNonce),
        (ScramSha256, &["n,,n=anna,r=x", "c=biws,r=x,p=AA=="], SaslFault::OtherNonce),
        (ScramSha256, &["n,,n=anna,r=x", "c=biws,r=x3rfcNHYJY1ZVvWVs7j,p=AA=="], SaslFault::Wrong),
    ] {
        let host = Host::new("anna", "tulpe");
        let mut exchange = ServerExchange::new(mechanism);
        let mut step = exchange.start(None);
        step = host.drive(&mut exchange, step);
        for message in messages {
            assert!(matches!(step, Step::Challenge(_)), "{} {messages:?}: {step:?}", mechanism.name());
            step = exchange.response(message.as_bytes());
            step = host.drive(&mut exchange, step);
        }
        assert_eq!(step, Step::Fault(fault), "{} {messages:?}", mechanism.name());
        assert_eq!(exchange.response(b""), Step::Fault(SaslFault::Wrong), "it is over");
    }
    let mut exchange = ServerExchange::new(CramMd5);
    assert_eq!(exchange.start(Some(b"")), Step::Fault(SaslFault::ServerFirst));
    for mechanism in Mechanism::ALL {
        let host = Host::new("anna", "tulpe");
        let mut exchange = ServerExchange::new(mechanism);
        let step = exchange.start(None);
        host.drive(&mut exchange, step);
        assert_eq!(exchange.response(b"\xff\0\xfe\0"), Step::Fault(SaslFault::NotText));
        assert_eq!(exchange.start(None), Step::Fault(SaslFault::Wrong), "an exchange begins once");
    }
}

#[test]
fn whom_a_client_does_not_believe() {
    let client = || {
        let mut client = Client::new(Mechanism::ScramSha256, "anna", "tulpe", "abc");
        client.initial().unwrap();
        client
    };
    for (first, fault) in [
        ("r=abcdef,s=QSXCR+Q6sek8bf92,i=4096,x=more", None),
        ("", Some(ClientFault::ScramForm)),
        ("s=QSXCR+Q6sek8bf92,r=abcdef,i=4096", Some(ClientFault::ScramForm)),
        ("m=x,r=abcdef,s=QSXCR+Q6sek8bf92,i=4096", Some(ClientFault::ScramForm)),
        ("r=abcdef,s=?,i=4096", Some(ClientFault::ScramForm)),
        ("r=abcdef,s=QSXCR+Q6sek8bf92,i=-1", Some(ClientFault::ScramForm)),
        ("r=abcdef,s=QSXCR+Q6sek8bf92,i=0", Some(ClientFault::Rounds)),
        ("r=abcdef,s=QSXCR+Q6sek8bf92,i=4294967296", Some(ClientFault::Rounds)),
        ("r=xyzdef,s=QSXCR+Q6sek8bf92,i=4096", Some(ClientFault::OtherNonce)),
        ("r=abc,s=QSXCR+Q6sek8bf92,i=4096", Some(ClientFault::OtherNonce)),
    ] {
        let mut client = client();
        assert_eq!(client.answer(first.as_bytes()).err(), fault, "{first}");
        // Let in without the server's proof: the password is perhaps unknown to it.
        assert_eq!(client.accepted(None), Err(ClientFault::ServerUnproven), "{first}");
    }
    for (last, fault) in [
        ("v=AAAA", ClientFault::ServerUnproven),
        ("v=?", ClientFault::ScramForm),
        ("", ClientFault::ScramForm),
        ("e=invalid-proof", ClientFault::Refused),
    ] {
        let mut client = client();
        client.answer(b"r=abcdef,s=QSXCR+Q6sek8bf92,i=16").unwrap();
        assert_eq!(client.clone().accepted(Some(last.as_bytes())), Err(fault), "{last}");
        assert_eq!(client.answer(last.as_bytes()), Err(fault), "{last}");
        assert_eq!(client.accepted(None), Err(ClientFault::ServerUnproven), "{last}");
    }
    // What a client's nonce must not have in it never gets there.
    assert_eq!(
        Client::new(Mechanism::ScramSha256, "a", "", "x,\u{e4}\r\ny").initial().unwrap(),
        b"n,,n=a,r=xy"
    );
    assert!(!format!("{:?}", Client::new(Mechanism::Plain, "anna", "tulpe", "n")).contains("tulpe"));
}

/// Octets with a taste of what the mechanisms read.
fn message() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<Vec<u8>>(),
        "[ -~]{0,20}".prop_map(String::into_bytes),
        "(n|y|p=x),(a=x)?,n=(a|=2C|=3D|=){0,3},r=[a-z]{0,4}".prop_map(String::into_bytes),
        "c=(biws|eSws|=),r=[a-z]{0,4},p=[A-Za-z0-9+/]{0,8}={0,2}".prop_map(String::into_bytes),
        "r=[a-z]{0,4},s=[A-Za-z0-9]{0,8},i=[0-9]{1,3}".prop_map(String::into_bytes),
        "(v|e)=[A-Za-z0-9+/]{0,8}={0,2}".prop_map(String::into_bytes),
        "[a-z ]{0,5} [0-9a-f]{32}".prop_map(String::into_bytes),
        Just(b"\0anna\0tulpe".to_vec()),
    ];
    proptest::collection::vec(piece, 1..3).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// A server says something to whatever comes, ends, and lets nobody in who does not know the password.
    #[test]
    fn no_server_trips(
        at in 0..Mechanism::ALL.len(),
        initial in proptest::option::of(message()),
        messages in proptest::collection::vec(message(), 0..5),
    ) {
        let host = Host::new("anna", "a password that no strategy makes");
        let mut exchange = ServerExchange::new(Mechanism::ALL[at]);
        let mut step = exchange.start(initial.as_deref());
        for message in &messages {
            step = host.drive(&mut exchange, step);
            prop_assert_ne!(&step, &Step::Done);
            step = exchange.response(message);
        }
        prop_assert_ne!(host.drive(&mut exchange, step), Step::Done);
    }

    /// Nor does a client, and under SCRAM it believes no server that cannot prove itself.
    #[test]
    fn no_client_trips(
        at in 0..Mechanism::ALL.len(),
        begins in any::<bool>(),
        messages in proptest::collection::vec(message(), 0..5),
        last in proptest::option::of(message()),
    ) {
        let mechanism = Mechanism::ALL[at];
        let mut client = Client::new(mechanism, "anna", "tulpe", "ab");
        if begins {
            client.initial();
        }
        for message in &messages {
            let _ = client.answer(message);
        }
        let believed = client.accepted(last.as_deref()).is_ok();
        prop_assert!(!believed || mechanism != Mechanism::ScramSha256);
    }
}
