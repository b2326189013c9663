//! How gcr has a password told over the bus: whoever listens there does not read it.
//!
//! Source: gcr, `gcr/gcr-secret-exchange.c` (protocol `sx-aes-1`); RFC 3526, group 5; RFC 5869.

use aes::cipher::{BlockModeEncrypt as _, KeyIvInit as _, block_padding::Pkcs7};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use hkdf::Hkdf;
use num_bigint::BigUint;
use sha2::Sha256;

const PRIME: &str = concat!(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD1",
    "29024E088A67CC74020BBEA63B139B22514A08798E3404DD",
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245",
    "E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED",
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3D",
    "C2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F",
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D",
    "670C354E4ABC9804F1746C08CA237327FFFFFFFFFFFFFFFF",
);
const PRIME_BYTES: usize = 192;
const GENERATOR: u32 = 2;
/// Always the same, so that what fails once fails again: a test's password is no secret.
const IV: [u8; 16] = [0x17; 16];

/// The exchange by which `password` is told to whoever sent the exchange `theirs`.
///
/// # Panics
/// If `theirs` names no public key.
pub(super) fn tell(password: &str, theirs: &str) -> String {
    let prime = BigUint::parse_bytes(PRIME.as_bytes(), 16).expect("it is in hexadecimal");
    let their_public = theirs
        .lines()
        .find_map(|line| line.strip_prefix("public="))
        .and_then(|public| BASE64.decode(public.trim()).ok())
        .expect("an exchange begins with a public key");
    let their_public = BigUint::from_bytes_be(&their_public);
    // gcr 3.41 makes the key without the zeros that what is shared may begin with, others with them. A private number
    // for which there are none suits both.
    let (private, shared) = (1..=u8::MAX)
        .map(|byte| BigUint::from_bytes_be(&[byte; 32]))
        .map(|private| {
            let shared = their_public.modpow(&private, &prime);
            (private, shared.to_bytes_be())
        })
        .find(|(_, shared)| shared.len() == PRIME_BYTES)
        .expect("few numbers begin with a zero");
    let public = BigUint::from(GENERATOR).modpow(&private, &prime);
    let mut key = [0_u8; 16];
    Hkdf::<Sha256>::new(None, &shared)
        .expand(&[], &mut key)
        .expect("a key is short");
    let secret = cbc::Encryptor::<aes::Aes128>::new(&key.into(), &IV.into())
        .encrypt_padded_vec::<Pkcs7>(password.as_bytes());
    format!(
        "[sx-aes-1]\npublic={}\nsecret={}\niv={}\n",
        BASE64.encode(public.to_bytes_be()),
        BASE64.encode(secret),
        BASE64.encode(IV),
    )
}
