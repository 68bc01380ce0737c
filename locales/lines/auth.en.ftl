### What stands in the messages of a login, in English. auth.de.ftl has the same messages with the same variables.

auth-cancel = a lone asterisk gives the login up
auth-empty = an equals sign stands for an empty first message
auth-no-base64 = this is no base64: only letters, digits, + and / may stand there, and = at the end, in groups of four
auth-decoded = what is inside the base64
auth-name = the name of whoever logs in
auth-password = the password
auth-authzid = { $empty ->
    [yes] authzid: as whom one wants to act; empty, so as oneself
   *[no] authzid: as whom one wants to act
}
auth-authcid = authcid: the name of whoever logs in
auth-nul = the octet 0, which separates the parts
auth-plain-parts = PLAIN wants three parts with the octet 0 between them; here { $count ->
    [one] there is one
   *[other] there are { $count }
}
auth-login-asks = what the server asks for
auth-cram-challenge = the challenge: new each time, so that an answer overheard is worth nothing later
auth-cram-digest = the HMAC-MD5 of the challenge, keyed with the password. The password does not travel, but can be guessed at.
auth-scram-gs2 = { $bound ->
    [yes] the login shall be bound to the TLS channel
   *[no] the login is not bound to the TLS channel (n,,: the client cannot; y,,: it could)
}
auth-scram-name = n=: the name of whoever logs in
auth-scram-nonce = r=: the nonce, random and new; the server appends its own half
auth-scram-salt = s=: the salt, in base64; it makes equal passwords look different
auth-scram-iterations = i=: how often the hash is applied. The more, the slower is guessing.
auth-scram-channel = c=: once more the beginning of the first message, in base64, so that nobody can change it on the way
auth-scram-proof = p=: the proof that the client knows the password
auth-scram-verifier = v=: the proof that the server knows it too
auth-scram-error = e=: what went wrong
auth-scram-other = a field of SCRAM
auth-readable = { $password ->
    [yes] { $tls ->
        [yes] Base64 is no encryption, it only makes octets fit into a line. Here TLS protects name and password on the way; the server reads both.
       *[no] Base64 is no encryption: anyone who reads along on this wire can decode name and password as easily as you see it here.
    }
   *[no] { $tls ->
        [yes] Base64 is no encryption, but this mechanism does not send the password, and TLS protects the rest.
       *[no] Base64 is no encryption: whoever reads along sees what is decoded here. The password is not among it.
    }
}
