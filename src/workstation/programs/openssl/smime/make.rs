//! `-sign` and `-encrypt`.

use super::super::super::super::io::Io;
use super::super::{errors, written};
use super::{Form, Name, Task, said};
use crate::mail::certificate::Certificate;
use crate::mail::pem;
use crate::mail::smime::{PrivateKey, SealFault, SignFault, Signing, alone, beside, seal};

/// Signs; the exit status.
pub(super) fn sign(io: &mut Io, task: &Task, signer: (&Certificate, &PrivateKey), octets: &[u8]) -> u8 {
    let content = task.content(octets);
    let given = &task.given;
    let opaque = given.has("nodetach");
    let signing = Signing {
        certificate: signer.0,
        key: signer.1,
        others: &task.others,
        now: io.now(),
        opaque,
        with_certificate: !given.has("nocerts"),
        with_attributes: !given.has("noattr"),
    };
    let cms = match signing.sign(&content) {
        Ok(cms) => cms,
        Err(SignFault::OtherKey) => {
            errors::print(io, &said::other_key(task.name, true));
            return 3;
        }
        Err(SignFault::Key) => return 3,
    };
    let message = match task.outform {
        Form::Smime if opaque => mail(task, &alone(&cms, "signed-data", task.name.types())),
        Form::Smime => {
            let boundary: String = io.random(16).iter().map(|b| format!("{b:02X}")).collect();
            mail(task, &beside(&content, &cms, &format!("----{boundary}"), task.name.types()))
        }
        _ => bare(task, cms),
    };
    written(io, given.value("out").as_deref(), &message)
}

/// Encrypts; the exit status.
pub(super) fn encrypt(io: &mut Io, task: &Task, octets: &[u8]) -> u8 {
    let content = task.content(octets);
    let sealed = seal(&content, &task.recipients, task.cipher, &mut |count| io.random(count));
    let cms = match (sealed, task.name) {
        (Ok(cms), _) => cms,
        (Err(SealFault::Nobody), _) => return 3,
        (Err(SealFault::Key), Name::Smime) => {
            io.complain("Error creating PKCS#7 structure\n");
            errors::print(
                io,
                &[
                    "error:10800096:PKCS7 routines:PKCS7_RECIP_INFO_set:encryption not supported for this key type:\
                     ../crypto/pkcs7/pk7_lib.c:649:",
                    "error:10800078:PKCS7 routines:PKCS7_encrypt_ex:error adding recipient:\
                     ../crypto/pkcs7/pk7_smime.c:465:",
                ],
            );
            return 3;
        }
        (Err(SealFault::Key), Name::Cms) => {
            errors::print(
                io,
                &[
                    "error:03000096:digital envelope routines:evp_pkey_asym_cipher_init:operation not supported for \
                   this keytype:../crypto/evp/asymcipher.c:188:",
                ],
            );
            return 3;
        }
    };
    let message = match task.outform {
        Form::Smime => mail(task, &alone(&cms, "enveloped-data", task.name.types())),
        _ => bare(task, cms),
    };
    written(io, task.given.value("out").as_deref(), &message)
}

/// CMS without a message around it.
fn bare(task: &Task, cms: Vec<u8>) -> Vec<u8> {
    match task.outform {
        Form::Pem => pem::encode(task.name.words().pem, &cms).into_bytes(),
        _ => cms,
    }
}

/// A message: the fields that were asked for, and the rest. What `-crlfeol` says of its lines.
fn mail(task: &Task, rest: &[u8]) -> Vec<u8> {
    let mut message = Vec::new();
    for (option, name) in [("to", "To"), ("from", "From"), ("subject", "Subject")] {
        if let Some(value) = task.given.octets(option) {
            message.extend_from_slice(name.as_bytes());
            message.extend_from_slice(b": ");
            message.extend_from_slice(value);
            message.push(b'\n');
        }
    }
    message.extend_from_slice(rest);
    if task.given.has("crlfeol") { crate::mail::smime::canonical(&message) } else { message }
}
