//! Messages there and back, and octets that are none.

use super::*;
use crate::event::{Question, Rcode};
use crate::proto::dns::{Response, encode, parse_record};
use proptest::prelude::*;

fn mx_answer() -> Message {
    let question = Question { name: "example.tld".into(), qtype: RecordType::Mx };
    let record = |line| parse_record(line, "example.tld").unwrap();
    let response = Response {
        question: question.clone(),
        rcode: Rcode::NoError,
        authoritative: false,
        recursion: true,
        answers: vec![record("@ MX 10 mail"), record("@ MX 20 mail2")],
        authority: vec![],
        additional: vec![record("mail A 192.0.2.25"), record("mail AAAA 2001:db8::25")],
    };
    Message::response(&Message::query(7, &question, 1232), &response)
}

#[test]
fn names_are_compressed_as_name_servers_do() {
    let octets = encode(&mx_answer()).unwrap();
    // header 12, question 13 + 4, MX 12 + 2 + 7, MX 12 + 2 + 8, A 12 + 4, AAAA 12 + 16, OPT 11
    assert_eq!(octets.len(), 12 + 17 + 21 + 22 + 16 + 28 + 11);
    assert_eq!(&octets[..12], [0, 7, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 3]);
    assert_eq!(&octets[12..29], b"\x07example\x03tld\0\0\x0f\0\x01");
    assert_eq!(&octets[29..50], b"\xc0\x0c\0\x0f\0\x01\0\0\x0e\x10\0\x09\0\x0a\x04mail\xc0\x0c");
    assert_eq!(decode(&octets), Ok(mx_answer()));
}

#[test]
fn octets_that_are_no_message_say_why() {
    use DecodeFaultKind::{BadLabel, BadPointer, BadValue, LongName, SecondOpt, Short, Trailing};
    let header = |questions: u8, answers: u8| vec![0, 1, 0, 0, 0, questions, 0, answers, 0, 0, 0, 0];
    let with = |mut head: Vec<u8>, rest: &[u8]| {
        head.extend(rest);
        head
    };
    let a_record = |length: u8, value: &[u8]| {
        with(header(0, 1), &[&[0, 0, 1, 0, 1, 0, 0, 0, 0, 0, length], value].concat())
    };
    let long = [&[63; 64][..]].repeat(4).concat();
    let opt = [0, 0, 41, 4, 0, 0, 0, 0, 0, 0, 0];
    for (octets, at, kind) in [
        (vec![], 0, Short),
        (vec![0; 11], 11, Short),
        (with(header(0, 0), b"x"), 12, Trailing),
        (with(header(1, 0), b"\xc0\x0c\0\x01\0\x01"), 14, BadPointer),
        (with(header(1, 0), b"\x01a\xc0\x0c\0\x01\0\x01"), 16, BadPointer),
        (with(header(1, 0), b"\xff\xff\0\x01\0\x01"), 14, BadPointer),
        (with(header(1, 0), b"\x40a\0\0\x01\0\x01"), 13, BadLabel),
        (with(header(1, 0), &long), 12 + 256, LongName),
        (a_record(4, b"abc"), 23, Short),
        (a_record(5, b"abcde"), 27, BadValue),
        (a_record(3, b"abcd"), 27, BadValue),
        (with(header(0, 2), &[opt, opt].concat()), 34, SecondOpt),
    ] {
        assert_eq!(decode(&octets), Err(DecodeFault { at, kind }), "{octets:?}");
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-zA-Z0-9-]{1,12}(\\.[a-z]{1,9}){0,3}",
        proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..20), 1..5)
            .prop_map(|l| join(l.iter())),
    ]
}

fn data() -> impl Strategy<Value = RecordData> {
    prop_oneof![
        any::<[u8; 4]>().prop_map(|a| RecordData::A(a.into())),
        any::<[u8; 16]>().prop_map(|a| RecordData::Aaaa(a.into())),
        (any::<u16>(), name()).prop_map(|(preference, exchange)| RecordData::Mx { preference, exchange }),
        proptest::collection::vec("\\PC{0,60}", 1..4).prop_map(RecordData::Txt),
        name().prop_map(RecordData::Cname),
        name().prop_map(RecordData::Ptr),
        name().prop_map(RecordData::Ns),
        (name(), name(), any::<[u32; 5]>()).prop_map(|(mname, rname, n)| {
            let [serial, refresh, retry, expire, minimum] = n;
            RecordData::Soa { mname, rname, serial, refresh, retry, expire, minimum }
        }),
    ]
}

fn record() -> impl Strategy<Value = WireRecord> {
    let known = (name(), any::<u32>(), data());
    let other =
        (name(), 300_u16.., any::<u16>(), any::<u32>(), proptest::collection::vec(any::<u8>(), 0..40));
    prop_oneof![
        4 => known.prop_map(|(name, ttl, data)| WireRecord::Known(Record { name, ttl, data })),
        1 => other.prop_map(|(name, rtype, class, ttl, data)| WireRecord::Other { name, rtype, class, ttl, data }),
    ]
}

fn message() -> impl Strategy<Value = Message> {
    let records = || proptest::collection::vec(record(), 0..6);
    let edns = (any::<u16>(), any::<u8>(), any::<bool>(), any::<u16>(), "\\PC{0,9}");
    let edns = edns.prop_map(|(udp_size, version, dnssec_ok, number, value)| Edns {
        udp_size,
        version,
        dnssec_ok,
        options: vec![(number, value.into_bytes())],
    });
    let head = (any::<u16>(), 0_u8..16, any::<[bool; 7]>(), 0_u16..4096, proptest::option::of(edns));
    let question = (name(), any::<u16>(), any::<u16>());
    (head, question, records(), records(), records()).prop_map(
        |(head, question, answers, authority, additional)| {
            let (id, opcode, bits, status, edns) = head;
            let [
                response,
                authoritative,
                truncated,
                recursion_desired,
                recursion_available,
                authentic,
                checking_disabled,
            ] = bits;
            Message {
                id,
                opcode: Opcode(opcode),
                flags: Flags {
                    response,
                    authoritative,
                    truncated,
                    recursion_desired,
                    recursion_available,
                    authentic,
                    checking_disabled,
                },
                status: if edns.is_some() { status } else { status & 15 },
                questions: vec![WireQuestion {
                    name: question.0,
                    qtype: Type::from_number(question.1),
                    class: question.2,
                }],
                answers,
                authority,
                additional,
                edns,
            }
        },
    )
}

proptest! {
    #[test]
    fn messages_come_back_as_they_went(message in message()) {
        let octets = encode(&message).unwrap();
        prop_assert_eq!(decode(&octets).unwrap(), message);
    }

    #[test]
    fn no_octets_make_it_panic(octets in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&octets);
    }

    #[test]
    fn no_damage_makes_it_panic(message in message(), at in any::<prop::sample::Index>(), octet in any::<u8>()) {
        let mut octets = encode(&message).unwrap();
        *at.get_mut(&mut octets) = octet;
        if let Ok(read) = decode(&octets) {
            prop_assert!(read.answers.len() <= octets.len());
        }
    }
}
