//! Whether mail comes from where it says it comes from: a host's checks of SPF, DKIM and DMARC. Every question they ask
//! goes to the world's zones and stands in the transcript as any other.

use crate::event::{DnsFailure, Rcode, RecordData};
use crate::mail::lookup::{Answer, Found, LookupFailure, LookupType};
use crate::proto::dns::Response;

/// What a response says to a check that asked for `rtype`.
pub fn found(response: Result<Response, DnsFailure>, rtype: LookupType) -> Answer {
    let response = response.map_err(|_| LookupFailure::Trouble)?;
    match response.rcode {
        Rcode::NoError => {}
        Rcode::NxDomain => return Err(LookupFailure::NoSuchName),
        _ => return Err(LookupFailure::Trouble),
    }
    let value = |data: RecordData| match (rtype, data) {
        (LookupType::A, RecordData::A(ip)) => Some(Found::Ip(ip.into())),
        (LookupType::Aaaa, RecordData::Aaaa(ip)) => Some(Found::Ip(ip.into())),
        (LookupType::Mx, RecordData::Mx { preference, exchange }) => Some(Found::Exchange(preference, exchange)),
        (LookupType::Txt, RecordData::Txt(strings)) => Some(Found::Text(strings.concat())),
        (LookupType::Ptr, RecordData::Ptr(name)) => Some(Found::Name(name)),
        _ => None,
    };
    Ok(response.answers.into_iter().filter_map(|record| value(record.data)).collect())
}
