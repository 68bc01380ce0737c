//! Lines of OpenSSL's error queue as `openssl` of Debian 12 prints them, with the places in its sources.

use super::super::super::io::Io;
use super::super::super::lookup::LookupFault;
use crate::event::ConnectFailure;

/// The handshake met something other than TLS.
pub(super) const WRONG_VERSION: &str =
    "error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:350:";
/// The server said that it does not speak the client's versions.
pub(super) const ALERT_VERSION: &str = "error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:\
                                        ../ssl/record/rec_layer_s3.c:1601:SSL alert number 70";
/// The server chose a version that the client does not want.
pub(super) const UNSUPPORTED: &str = "error:0A000102:SSL routines:ssl_choose_client_version:unsupported protocol:\
                                      ../ssl/statem/statem_lib.c:1952:";
/// The command line leaves no version to offer.
pub(super) const NO_PROTOCOLS: &str = "error:0A0000BF:SSL routines:tls_setup_handshake:no protocols available:\
                                       ../ssl/statem/statem_lib.c:102:";
/// The server's version signs with SHA-1, which Debian's security level 2 does not take.
pub(super) const LEGACY: &str = "error:0A00014D:SSL routines:tls_process_key_exchange:legacy sigalg disallowed or \
                                 unsupported:../ssl/statem/statem_clnt.c:2254:";
/// The server's certificate was not wanted.
pub(super) const VERIFY_FAILED: &str = "error:0A000086:SSL routines:tls_post_process_server_certificate:certificate \
                                        verify failed:../ssl/statem/statem_clnt.c:1889:";
/// TLS 1.3 knows no renegotiation (RFC 8446 section 4.1.2).
pub(super) const NO_RENEGOTIATION_13: &str =
    "error:0A00010A:SSL routines:can_renegotiate:wrong ssl version:../ssl/ssl_lib.c:2287:";
/// The server wants no renegotiation.
pub(super) const NO_RENEGOTIATION: &str = "error:0A000153:SSL routines:ssl3_read_bytes:no renegotiation:\
                                           ../ssl/record/rec_layer_s3.c:1617:";
/// The connection ended without a close_notify.
pub(super) const UNEXPECTED_EOF: &str = "error:0A000126:SSL routines:ssl3_read_n:unexpected eof while reading:\
                                         ../ssl/record/rec_layer_s3.c:318:";

/// Prints lines of the error queue, each begun with the thread's number as a 64-bit pointer shows.
pub(super) fn print(io: &mut Io, lines: &[&str]) {
    let drawn = io.random(4);
    let thread: String = drawn.iter().map(|b| format!("{b:02X}")).collect();
    let (first, rest) = (thread.get(..1).unwrap_or("0"), thread.get(1..7).unwrap_or("000000"));
    for line in lines {
        io.complain(&format!("80{first}B{rest}7F0000:{line}\n"));
    }
}

/// What the system says to a connection that did not come about: its number in hexadecimal, its text, its number.
pub(super) fn not_connected(io: &mut Io, why: ConnectFailure) {
    let (number, said) = match why {
        ConnectFailure::Refused => (111, "Connection refused"),
        ConnectFailure::Unreachable => (101, "Network is unreachable"),
        ConnectFailure::TooMany => (24, "Too many open files"),
        ConnectFailure::TimedOut | ConnectFailure::GivenUp => (110, "Connection timed out"),
    };
    let first = format!(
        "error:{:08X}:system library:BIO_connect:{said}:../crypto/bio/bio_sock2.c:117:calling connect()",
        0x8000_0000u32 | number
    );
    print(
        io,
        &[&first, "error:10000067:BIO routines:BIO_connect:connect error:../crypto/bio/bio_sock2.c:119:"],
    );
    io.complain(&format!("connect:errno={number}\n"));
}

/// A name without an address, or a service without a port.
pub(super) fn not_found(io: &mut Io, said: &str) {
    let line =
        format!("error:10080002:BIO routines:BIO_lookup_ex:system lib:../crypto/bio/bio_addr.c:746:{said}");
    print(io, &[&line]);
    io.complain("connect:errno=0\n");
}

/// The same for a look-up that failed.
pub(super) fn no_address(io: &mut Io, fault: LookupFault) {
    not_found(io, &fault.to_string());
}

/// A file that could not be opened with `fopen`, and what followed from that.
pub(super) fn no_file(io: &mut Io, path: &str, said: &str, mode: &str, more: &[&str]) {
    let number = if said.starts_with("No such") { 2 } else { 13 };
    let first = format!(
        "error:{:08X}:system library:BIO_new_file:{said}:../crypto/bio/bss_file.c:67:calling fopen({path}, {mode})",
        0x8000_0000u32 | number
    );
    let second = if number == 2 {
        "error:10000080:BIO routines:BIO_new_file:no such file:../crypto/bio/bss_file.c:75:"
    } else {
        "error:10080002:BIO routines:BIO_new_file:system lib:../crypto/bio/bss_file.c:77:"
    };
    print(io, &[&[first.as_str(), second], more].concat());
}
