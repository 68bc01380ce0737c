//! Certificates and keys in the workstation's files, and what OpenSSL says where they are none.

use super::super::super::super::io::Io;
use super::super::errors;
use crate::mail::certificate::Certificate;
use crate::mail::pem;
use crate::mail::smime::PrivateKey;

/// The octets of a file that OpenSSL opens as a store.
fn read(io: &mut Io, path: &str, what: &str) -> Result<Vec<u8>, ()> {
    match io.machine.files.read(path).map(<[u8]>::to_vec) {
        Ok(octets) => Ok(octets),
        Err(fault) => {
            io.complain(&format!("Could not open file or uri for loading {what} from {path}\n"));
            let stat = format!(
                "error:80000002:system library:file_open:{fault}:../providers/implementations/storemgmt/\
                 file_store.c:268:calling stat({path})"
            );
            errors::print(
                io,
                &[
                    "error:16000069:STORE routines:ossl_store_get0_loader_int:unregistered scheme:\
                     ../crypto/store/store_register.c:237:scheme=file",
                    &stat,
                ],
            );
            Err(())
        }
    }
}

fn all(octets: &[u8]) -> Vec<Certificate> {
    let blocks = pem::decode(&String::from_utf8_lossy(octets));
    let certificates = blocks.iter().filter(|(label, _)| label.ends_with(pem::CERTIFICATE));
    let found: Vec<Certificate> = certificates.filter_map(|(_, der)| Certificate::read(der).ok()).collect();
    if found.is_empty() { Certificate::read(octets).into_iter().collect() } else { found }
}

/// The first certificate of a file.
pub(super) fn certificate(io: &mut Io, path: &str, what: &str) -> Result<Certificate, ()> {
    let found = read(io, path, what).and_then(|octets| {
        let found = all(&octets).into_iter().next();
        found.ok_or_else(|| {
            io.complain(&format!("Could not read {what} from {path}\n"));
            // Something else in PEM is found to be of no use; what is nothing at all is passed over without a word.
            if !pem::decode(&String::from_utf8_lossy(&octets)).is_empty() {
                errors::print(
                    io,
                    &["error:1608010C:STORE routines:ossl_store_handle_load_result:unsupported:\
                       ../crypto/store/store_result.c:149:"],
                );
            }
        })
    });
    found.inspect_err(|()| io.complain(&format!("Unable to load {what}\n")))
}

/// All certificates of a file; the exit status where it cannot be read.
pub(super) fn certificates(io: &mut Io, path: &str, what: &str) -> Result<Vec<Certificate>, u8> {
    read(io, path, what).map(|octets| all(&octets)).map_err(|()| 2)
}

/// The private key in a file.
pub(super) fn key(io: &mut Io, path: &str) -> Result<PrivateKey, ()> {
    let octets = read(io, path, "signing key")?;
    let text = String::from_utf8_lossy(&octets);
    PrivateKey::from_pem(&text).or_else(|| PrivateKey::from_pkcs8(&octets)).ok_or_else(|| {
        if text.contains("PRIVATE KEY-----") {
            io.hint("this workstation signs and decrypts mail with RSA keys alone");
        }
        io.complain(&format!("Could not read signing key from {path}\n"));
    })
}

/// The certificates that are trusted: those of `-CAfile`.
pub(super) fn trusted(io: &mut Io, path: &str) -> Result<Vec<Certificate>, u8> {
    let found = match io.machine.files.read(path).map(<[u8]>::to_vec) {
        Ok(octets) => all(&octets),
        Err(fault) => {
            io.complain(&format!("Error loading file {path}\n"));
            let more = "error:05880002:x509 certificate routines:X509_load_cert_crl_file_ex:system lib:\
                        ../crypto/x509/by_file.c:229:";
            errors::no_file(io, path, &fault.to_string(), "r", &[more]);
            return Err(2);
        }
    };
    if found.is_empty() {
        io.complain(&format!("Error loading file {path}\n"));
        let none = "error:05800088:x509 certificate routines:X509_load_cert_crl_file_ex:no certificate or crl \
                    found:../crypto/x509/by_file.c:252:";
        errors::print(io, &[none]);
        return Err(2);
    }
    Ok(found)
}
