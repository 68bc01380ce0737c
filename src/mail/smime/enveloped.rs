//! Enveloped data (RFC 5652 section 6): content encrypted with a key of its own, and that key for each recipient with theirs.

use super::ber::{
    self, CONTEXT_0, INTEGER, NULL, OCTET_STRING, OID, PLAIN_0, Reader, SEQUENCE, SET, Unreadable, der, oid,
    set_of,
};
use super::key::{PrivateKey, public_numbers};
use super::sign::issuer_and_serial;
use super::{CmsFault, Signer, names, rsa};
use crate::mail::certificate::{Certificate, KeyKind};
use aws_lc_rs::cipher::{
    AES_128, AES_192, AES_256, Algorithm, DecryptionContext, EncryptionContext, PaddedBlockDecryptingKey,
    PaddedBlockEncryptingKey, UnboundCipherKey,
};
use aws_lc_rs::iv::FixedLength;

/// How many recipients are looked at.
pub const RECIPIENTS: usize = 256;

/// How content is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cipher {
    /// AES in CBC mode with 128 bits.
    Aes128,
    /// With 192 bits.
    Aes192,
    /// With 256 bits.
    Aes256,
}

/// Enveloped data, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvelopedData {
    /// For whom: each by the certificate that was used, where RSA was; how many others there are, of other kinds.
    pub recipients: Vec<Signer>,
    /// Recipients whose key came to them in another way, which is not known here.
    pub others: usize,
    keys: Vec<(Signer, Vec<u8>, Vec<u8>)>,
    algorithm: Vec<u8>,
    iv: Vec<u8>,
    content: Vec<u8>,
}

/// Why nothing was encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealFault {
    /// There is nobody to encrypt for.
    Nobody,
    /// A recipient's certificate has a key that nothing can be encrypted for.
    Key,
}

impl Cipher {
    /// Its name as OpenSSL's options have it.
    pub fn name(self) -> &'static str {
        match self {
            Cipher::Aes128 => "aes-128-cbc",
            Cipher::Aes192 => "aes-192-cbc",
            Cipher::Aes256 => "aes-256-cbc",
        }
    }

    fn of(oid: &[u8]) -> Option<Cipher> {
        match oid {
            names::AES_128_CBC => Some(Cipher::Aes128),
            names::AES_192_CBC => Some(Cipher::Aes192),
            names::AES_256_CBC => Some(Cipher::Aes256),
            _ => None,
        }
    }

    fn oid(self) -> &'static [u8] {
        match self {
            Cipher::Aes128 => names::AES_128_CBC,
            Cipher::Aes192 => names::AES_192_CBC,
            Cipher::Aes256 => names::AES_256_CBC,
        }
    }

    fn algorithm(self) -> &'static Algorithm {
        match self {
            Cipher::Aes128 => &AES_128,
            Cipher::Aes192 => &AES_192,
            Cipher::Aes256 => &AES_256,
        }
    }

    /// How long its key is, in octets.
    fn key_length(self) -> usize {
        match self {
            Cipher::Aes128 => 16,
            Cipher::Aes192 => 24,
            Cipher::Aes256 => 32,
        }
    }
}

impl EnvelopedData {
    /// Reads it: a ContentInfo in DER or in BER.
    ///
    /// # Errors
    /// It cannot be read, or is something else.
    pub fn read(octets: &[u8]) -> Result<EnvelopedData, CmsFault> {
        let content = super::content_of(octets, names::ENVELOPED_DATA)?;
        read(content).map_err(|Unreadable| CmsFault::Unreadable)
    }

    /// How the content is encrypted; `None` where that is not known here.
    pub fn cipher(&self) -> Option<Cipher> {
        Cipher::of(&self.algorithm)
    }

    /// Is it for the key of this certificate?
    pub fn is_for(&self, certificate: &Certificate) -> bool {
        self.recipients.iter().any(|one| one.is(certificate))
    }

    /// Decrypts it with a recipient's key: with a certificate, what was encrypted for that; without one, whatever the key
    /// opens.
    ///
    /// # Errors
    /// It is not for this certificate, the key opens nothing, or something in it is not known here.
    pub fn open(&self, key: &PrivateKey, certificate: Option<&Certificate>) -> Result<Vec<u8>, CmsFault> {
        let mine = self.keys.iter().filter(|(who, ..)| certificate.is_none_or(|c| who.is(c)));
        let mine: Vec<_> = mine.collect();
        if mine.is_empty() {
            return Err(CmsFault::NotForThis);
        }
        let unknown = |oid: &[u8]| CmsFault::UnknownAlgorithm { oid: ber::dotted(oid) };
        let cipher = self.cipher().ok_or_else(|| unknown(&self.algorithm))?;
        if let Some((_, how, _)) = mine.iter().find(|(_, how, _)| how != names::RSA) {
            return Err(unknown(how));
        }
        let mut keys = mine.iter().filter_map(|(_, _, sealed)| key.decrypt(sealed));
        let content_key = keys.find(|found| found.len() == cipher.key_length()).ok_or(CmsFault::WrongKey)?;
        self.decrypt(cipher, &content_key).ok_or(CmsFault::WrongKey)
    }

    fn decrypt(&self, cipher: Cipher, key: &[u8]) -> Option<Vec<u8>> {
        let key = UnboundCipherKey::new(cipher.algorithm(), key).ok()?;
        let key = PaddedBlockDecryptingKey::cbc_pkcs7(key).ok()?;
        let iv = FixedLength::<16>::try_from(self.iv.as_slice()).ok()?;
        let mut octets = self.content.clone();
        key.decrypt(&mut octets, DecryptionContext::Iv128(iv)).ok().map(|plain| plain.to_vec())
    }
}

fn read(mut reader: Reader<'_>) -> Result<EnvelopedData, Unreadable> {
    let mut data = reader.inside(SEQUENCE)?;
    data.one(INTEGER)?;
    data.maybe(CONTEXT_0)?;
    let (mut keys, mut others) = (Vec::new(), 0);
    for recipient in data.inside(SET)?.all(RECIPIENTS)? {
        if recipient.tag != SEQUENCE {
            others += 1;
            continue;
        }
        let mut info = Reader::new(recipient.content);
        info.one(INTEGER)?;
        let who = Signer::read(info.any()?)?;
        let how = info.inside(SEQUENCE)?.one(OID)?.content.to_vec();
        keys.push((who, how, info.octets()?.into_owned()));
    }
    let mut inside = data.inside(SEQUENCE)?;
    inside.one(OID)?;
    let mut algorithm = inside.inside(SEQUENCE)?;
    let oid = algorithm.one(OID)?.content.to_vec();
    let iv = match algorithm.peek() {
        Some(OCTET_STRING) => algorithm.octets()?.into_owned(),
        _ => Vec::new(),
    };
    let content = match inside.is_empty() {
        true => Vec::new(),
        false => inside.any()?.string(PLAIN_0)?.into_owned(),
    };
    let recipients = keys.iter().map(|(who, ..)| who.clone()).collect();
    Ok(EnvelopedData { recipients, others, keys, algorithm: oid, iv, content })
}

/// Encrypts `content` for everybody whose certificate is given: a ContentInfo with enveloped data, in DER. What must be
/// random comes from `random`, which gives as many octets as it is asked for.
///
/// # Errors
/// There is nobody, or somebody whose key does not encrypt.
pub fn seal(
    content: &[u8],
    recipients: &[Certificate],
    cipher: Cipher,
    random: &mut dyn FnMut(usize) -> Vec<u8>,
) -> Result<Vec<u8>, SealFault> {
    if recipients.is_empty() {
        return Err(SealFault::Nobody);
    }
    let content_key = random(cipher.key_length());
    let iv = random(16);
    let mut infos = Vec::new();
    for recipient in recipients.iter().take(RECIPIENTS) {
        let sealed = for_one(&content_key, recipient, random).ok_or(SealFault::Key)?;
        infos.push(der(
            SEQUENCE,
            &[
                &der(INTEGER, &[&[0]]),
                &issuer_and_serial(recipient),
                &der(SEQUENCE, &[&oid(names::RSA), &der(NULL, &[])]),
                &der(OCTET_STRING, &[&sealed]),
            ],
        ));
    }
    let sealed = encrypt(cipher, &content_key, &iv, content).ok_or(SealFault::Key)?;
    let algorithm = der(SEQUENCE, &[&oid(cipher.oid()), &der(OCTET_STRING, &[&iv])]);
    let data = der(
        SEQUENCE,
        &[
            &der(INTEGER, &[&[0]]),
            &set_of(SET, infos),
            &der(SEQUENCE, &[&oid(names::DATA), &algorithm, &der(PLAIN_0, &[&sealed])]),
        ],
    );
    Ok(super::content_info(names::ENVELOPED_DATA, &data))
}

fn encrypt(cipher: Cipher, key: &[u8], iv: &[u8], content: &[u8]) -> Option<Vec<u8>> {
    let key = UnboundCipherKey::new(cipher.algorithm(), key).ok()?;
    let key = PaddedBlockEncryptingKey::cbc_pkcs7(key).ok()?;
    let iv = FixedLength::<16>::try_from(iv).ok()?;
    let mut octets = content.to_vec();
    key.less_safe_encrypt(&mut octets, EncryptionContext::Iv128(iv)).ok()?;
    Some(octets)
}

/// The content's key for one recipient: padded with octets that are not zero (RFC 8017 section 7.2.1), then RSA.
fn for_one(key: &[u8], recipient: &Certificate, random: &mut dyn FnMut(usize) -> Vec<u8>) -> Option<Vec<u8>> {
    let KeyKind::Rsa(_) = recipient.key.kind else { return None };
    let (modulus, exponent) = public_numbers(recipient)?;
    let length = modulus.len() - modulus.iter().take_while(|octet| **octet == 0).count();
    // At least eight octets of padding, two before and one behind.
    let padding = length.checked_sub(key.len() + 3).filter(|n| *n >= 8)?;
    let mut block = vec![0, 2];
    // Each round finds 255 of 256 octets good; who gives zeros for ever encrypts nothing.
    for _ in 0..64 {
        let missing = padding + 2 - block.len();
        if missing == 0 {
            break;
        }
        block.extend(random(missing).into_iter().take(missing).filter(|octet| *octet != 0));
    }
    if block.len() != padding + 2 {
        return None;
    }
    block.push(0);
    block.extend_from_slice(key);
    rsa::public_operation(&modulus, &exponent, &block)
}
