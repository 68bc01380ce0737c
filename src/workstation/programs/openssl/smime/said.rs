//! What `smime` and `cms` of OpenSSL 3.0 say, each in its own words, with the places in its sources.

use super::{Form, Name};
use crate::mail::certificate::CertificateFault;
use crate::mail::smime::{CmsFault, EntityFault};

/// The words of one of the two.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) no_operation: &'static str,
    pub(super) unreadable: &'static str,
    pub(super) good: &'static str,
    pub(super) bad: &'static str,
    pub(super) pem: &'static str,
}

pub(super) static SMIME: Words = Words {
    no_operation: "No operation (-encrypt|-sign|...) specified\n",
    unreadable: "Error reading S/MIME message\n",
    good: "Verification successful\n",
    bad: "Verification failure\n",
    pem: "PKCS7",
};

pub(super) static CMS: Words = Words {
    no_operation: "No operation option (-encrypt|-decrypt|-sign|-verify|...) specified.\n",
    unreadable: "Error reading SMIME Content Info\n",
    good: "CMS Verification successful\n",
    bad: "CMS Verification failure\n",
    pem: "CMS",
};

/// Why there is no CMS in a message.
pub(super) fn no_entity(fault: &EntityFault) -> Vec<String> {
    let line = |code: &str, what: &str, at: u32, more: &str| {
        format!(
            "error:{code}:asn1 encoding routines:SMIME_read_ASN1_ex:{what}:../crypto/asn1/asn_mime.c:{at}:{more}"
        )
    };
    match fault {
        EntityFault::NoType => vec![line("068000D1", "no content type", 433, "")],
        EntityFault::NoParts => vec![line("068000D3", "no multipart boundary", 444, "")],
        EntityFault::OtherType(found) => {
            vec![line("068000CD", "invalid mime type", 502, &format!("type: {found}"))]
        }
        EntityFault::NoSignature(found) => {
            vec![line("068000D5", "sig invalid mime type", 474, &format!("type: {found}"))]
        }
        EntityFault::NotBase64 => unreadable(Form::Smime, Name::Cms),
    }
}

/// CMS that cannot be read.
pub(super) fn unreadable(form: Form, name: Name) -> Vec<String> {
    let short = "error:0680008E:asn1 encoding routines:asn1_d2i_read_bio:not enough data:../crypto/asn1/a_d2i_fp.c:155:";
    match form {
        Form::Der => vec![short.to_owned()],
        Form::Pem => {
            let wanted = name.words().pem;
            vec![format!(
                "error:0480006C:PEM routines:get_name:no start line:../crypto/pem/pem_lib.c:760:Expecting: {wanted}"
            )]
        }
        Form::Smime => vec![
            short.to_owned(),
            "error:0680006E:asn1 encoding routines:b64_read_asn1:decode error:../crypto/asn1/asn_mime.c:151:".into(),
            "error:068000CB:asn1 encoding routines:SMIME_read_ASN1_ex:asn1 parse error:../crypto/asn1/asn_mime.c:511:"
                .into(),
        ],
    }
}

/// What was to be verified is no signed data.
pub(super) fn not_signed(name: Name) -> Vec<String> {
    match name {
        Name::Smime => {
            vec!["error:10800071:PKCS7 routines:PKCS7_verify:wrong content type:../crypto/pkcs7/pk7_smime.c:230:".into()]
        }
        Name::Cms => vec![
            "error:1700006C:CMS routines:cms_get0_signed:content type not signed data:../crypto/cms/cms_sd.c:30:".into(),
            "error:17000087:CMS routines:CMS_verify:no signers:../crypto/cms/cms_smime.c:370:".into(),
        ],
    }
}

/// What is wrong with a signature.
pub(super) fn signature(name: Name, fault: &CmsFault) -> Vec<String> {
    let rsa = [
        "error:0200008A:rsa routines:RSA_padding_check_PKCS1_type_1:invalid padding:../crypto/rsa/rsa_pk1.c:75:",
        "error:02000072:rsa routines:rsa_ossl_public_decrypt:padding check failed:../crypto/rsa/rsa_ossl.c:590:",
        "error:1C880004:Provider routines:rsa_verify:RSA lib:../providers/implementations/signature/rsa_sig.c:788:",
    ];
    let lines: Vec<&str> = match (name, fault) {
        (Name::Smime, CmsFault::ContentChanged) => vec![
            "error:10800065:PKCS7 routines:PKCS7_signatureVerify:digest failure:../crypto/pkcs7/pk7_doit.c:1101:",
            "error:10800069:PKCS7 routines:PKCS7_verify:signature failure:../crypto/pkcs7/pk7_smime.c:358:",
        ],
        (Name::Cms, CmsFault::ContentChanged) => vec![
            "error:1700009E:CMS routines:CMS_SignerInfo_verify_content:verification failure:../crypto/cms/cms_sd.c:1000:",
            "error:1700006D:CMS routines:CMS_verify:content verify error:../crypto/cms/cms_smime.c:494:",
        ],
        (Name::Smime, CmsFault::NoSigner) => vec![
            "error:10800080:PKCS7 routines:PKCS7_get0_signers:signer certificate not found:\
             ../crypto/pkcs7/pk7_smime.c:426:",
        ],
        (Name::Cms, CmsFault::NoSigner) => vec![
            "error:1700008A:CMS routines:CMS_verify:signer certificate not found:../crypto/cms/cms_smime.c:385:",
        ],
        (Name::Smime, CmsFault::NoContent) => {
            vec!["error:1080007A:PKCS7 routines:PKCS7_verify:no content:../crypto/pkcs7/pk7_smime.c:236:"]
        }
        (Name::Cms, CmsFault::NoContent) => {
            vec!["error:1700007F:CMS routines:check_content:no content:../crypto/cms/cms_smime.c:121:"]
        }
        (Name::Smime, _) => {
            let more = [
                "error:10800069:PKCS7 routines:PKCS7_signatureVerify:signature failure:../crypto/pkcs7/pk7_doit.c:1140:",
                "error:10800069:PKCS7 routines:PKCS7_verify:signature failure:../crypto/pkcs7/pk7_smime.c:358:",
            ];
            rsa.into_iter().chain(more).collect()
        }
        (Name::Cms, _) => {
            let more = "error:1700009E:CMS routines:CMS_SignerInfo_verify:verification failure:../crypto/cms/cms_sd.c:919:";
            rsa.into_iter().chain([more]).collect()
        }
    };
    lines.into_iter().map(str::to_owned).collect()
}

/// The signer's certificate is not to be trusted.
pub(super) fn certificate(name: Name, fault: &CertificateFault) -> String {
    let why = match fault {
        CertificateFault::Malformed
        | CertificateFault::UnknownIssuer { .. }
        | CertificateFault::WrongName { .. } => "unable to get local issuer certificate",
        CertificateFault::SelfSigned => "self-signed certificate",
        CertificateFault::NotAnAuthority => "invalid CA certificate",
        CertificateFault::BadSignature => "certificate signature failure",
        CertificateFault::NotYetValid { .. } => "certificate is not yet valid",
        CertificateFault::Expired { .. } => "certificate has expired",
        CertificateFault::WrongPurpose => "unsuitable certificate purpose",
    };
    let place = match name {
        Name::Smime => {
            "error:10800075:PKCS7 routines:PKCS7_verify:certificate verify error:../crypto/pkcs7/pk7_smime.c:292"
        }
        Name::Cms => {
            "error:17000064:CMS routines:cms_signerinfo_verify_cert:certificate verify error:\
             ../crypto/cms/cms_smime.c:328"
        }
    };
    format!("{place}:Verify error: {why}")
}

/// `-text` found no text.
pub(super) fn no_text(name: Name, verifies: bool) -> Vec<String> {
    let mut lines = vec![
        "error:068000CE:asn1 encoding routines:SMIME_text:mime no content type:../crypto/asn1/asn_mime.c:596:".to_owned(),
    ];
    match (name, verifies) {
        (Name::Smime, true) => lines.push(
            "error:10800081:PKCS7 routines:PKCS7_verify:smime text error:../crypto/pkcs7/pk7_smime.c:346:"
                .to_owned(),
        ),
        (Name::Cms, _) => lines.push(
            "error:1700008C:CMS routines:cms_copy_content:smime text error:../crypto/cms/cms_smime.c:93:"
                .to_owned(),
        ),
        (Name::Smime, false) => {}
    }
    lines
}

/// Why nothing was decrypted: what is said first, and the lines of the error queue.
pub(super) fn not_decrypted(name: Name, fault: &CmsFault) -> (&'static str, Vec<&'static str>) {
    let structure = match name {
        Name::Smime => "Error decrypting PKCS#7 structure\n",
        Name::Cms => "Error decrypting CMS structure\n",
    };
    match (name, fault) {
        (Name::Smime, CmsFault::NotForThis) => (
            structure,
            vec![
                "error:10800073:PKCS7 routines:PKCS7_dataDecode:no recipient matches certificate:\
                 ../crypto/pkcs7/pk7_doit.c:570:",
                "error:10800077:PKCS7 routines:PKCS7_decrypt:decrypt error:../crypto/pkcs7/pk7_smime.c:512:",
            ],
        ),
        (Name::Cms, CmsFault::NotForThis) => ("Error decrypting CMS using private key\n", Vec::new()),
        (Name::Smime, CmsFault::OtherContent { .. }) => (
            structure,
            vec![
                "error:10800071:PKCS7 routines:PKCS7_decrypt:wrong content type:../crypto/pkcs7/pk7_smime.c:501:",
            ],
        ),
        (Name::Cms, CmsFault::OtherContent { .. }) => {
            let other = "error:1700006B:CMS routines:cms_get_enveloped_type:content type not enveloped data:\
                         ../crypto/cms/cms_env.c:50:";
            let none = "error:17000084:CMS routines:CMS_decrypt_set1_pkey_and_peer:no matching recipient:\
                        ../crypto/cms/cms_smime.c:818:";
            ("Error decrypting CMS using private key\n", vec![other, other, none])
        }
        _ => (
            structure,
            vec![
                "error:1C800064:Provider routines:ossl_cipher_unpadblock:bad decrypt:\
                 ../providers/implementations/ciphers/ciphercommon_block.c:124:",
            ],
        ),
    }
}

/// The key is not that of the certificate.
pub(super) fn other_key(name: Name, signs: bool) -> [&'static str; 2] {
    let first = "error:05800074:x509 certificate routines:X509_check_private_key:key values mismatch:\
                 ../crypto/x509/x509_cmp.c:403:";
    let second = match (name, signs) {
        (Name::Smime, true) => {
            "error:1080007F:PKCS7 routines:PKCS7_sign_add_signer:private key does not match certificate:\
             ../crypto/pkcs7/pk7_smime.c:122:"
        }
        (Name::Smime, false) => {
            "error:1080007F:PKCS7 routines:PKCS7_decrypt:private key does not match certificate:\
             ../crypto/pkcs7/pk7_smime.c:506:"
        }
        (Name::Cms, _) => {
            "error:17000088:CMS routines:CMS_add1_signer:private key does not match certificate:\
             ../crypto/cms/cms_sd.c:313:"
        }
    };
    [first, second]
}
