# Signed and encrypted mail (S/MIME).
smime-signer = Signed by { $subject }, for { $addresses }; the certificate was issued by { $issuer }.
smime-signer-nameless = Signed by { $subject }; the certificate names no mail address and was issued by { $issuer }.
smime-signer-unknown = Somebody signed this, but their certificate is not with it.
smime-holds = The signature holds: not an octet of the signed text has changed, the certificate is good and for mail, and it is for the sender's address.
smime-content-changed = The text is not the one that was signed: its digest is another one. Somebody changed it after it was signed, or something on the way did.
smime-signature-wrong = The signature is not what the key in the certificate makes of this: it is broken, or another key made it.
smime-no-signer = The signer's certificate is missing, so that nobody can say whose signature this is.
smime-no-content = What was signed is not there.
smime-unknown-algorithm = It was made with something that is not known here ({ $oid }).
smime-unreadable = It says that it is signed or encrypted, but what stands there cannot be read.
smime-other-content = It is neither signed nor encrypted, but something else ({ $oid }).
smime-not-for-this = It was encrypted for others.
smime-wrong-key = The key does not open it.
smime-certificate-malformed = The signer's certificate cannot be read.
smime-certificate-self-signed = The signer issued the certificate to themselves. Anybody can do that, under any name.
smime-certificate-unknown-issuer = Nobody here knows who issued the certificate ({ $issuer }), so that the name in it is only a claim.
smime-certificate-not-an-authority = The certificate was issued by somebody who may not issue any.
smime-certificate-bad-signature = The certificate's own signature is wrong: the issuer did not make it.
smime-certificate-not-yet-valid = The certificate is valid only from { $from } on.
smime-certificate-expired = The certificate was valid until { $until } and is not any more.
smime-certificate-wrong-purpose = The certificate is not for mail. That of a web server, for instance, signs no letters.
smime-other-sender = The letter says it is from { $from }, but the certificate is for { $addresses }. The signature is that of somebody else than the sender it names.
smime-no-sender = The letter names no sender with whom the certificate could be compared.
smime-encrypted = Encrypted. Without the recipient's key nobody can read it, this server's postmaster included; only the header stands there in the clear, the subject too.
smime-encrypted-for = Encrypted for { $recipients }. Nobody else can read it, this server's postmaster included; only the header stands there in the clear, the subject too.
smime-encrypted-for-and-others = Encrypted for { $recipients } and { $others ->
    [one] somebody else
   *[other] { $others } others
} whose certificates nobody here knows. Without one of their keys nobody can read it, this server's postmaster included; only the header stands there in the clear, the subject too.
