### What stands in a line of a message, in English. message.de.ftl has the same messages with the same variables.

message-dot = A line with nothing but a dot: the message ends here. The dot is not part of it.
message-dot-stuffed = { $doubled ->
    [yes] a second dot, put there for the journey only; the receiver takes it away
   *[no] a dot at the beginning of a line; the receiver takes it away
}
message-dot-why = { $doubled ->
    [yes] Dot-stuffing: as a lone dot ends the message, every line that begins with a dot gets a second one on the way. Mail programs do that unseen.
   *[no] This line begins with a dot, and on the way that would have to be two: the receiver takes the first away. Mail programs do that unseen; by hand you type it yourself.
}
message-empty = The empty line: here the header ends and the text begins. Without it a reader may take the text for header, or lose it.
message-empty-text = An empty line of the text.
message-no-field = This line is no header field: no name with a colon stands at its beginning, and no blank that would continue the field above. With it the header ends, even without an empty line; some servers see that differently.
message-text = text
message-body = A line of the text. What stands here no server looks at; only filters and people do.
message-fold = This line begins with white space, so it goes on with the field { $name } above (folding). Line end and white space count as one blank.
message-folded = the rest of the field
message-field-name = the name of the field, up to the colon; capitals do not matter
message-field-empty = nothing stands behind it
message-typed = { $server ->
    [yes] Here you are typing it yourself. Nobody keeps you from that; but the real server puts its own line above yours, and who reads carefully sees where the believable part ends.
   *[no] Here you are typing it yourself, and the server passes it on as it is: it looks at the envelope, not at the header.
}
message-boundary = { $last ->
    [yes] the boundary with two hyphens behind it: the last part ends here
   *[no] the boundary: one part ends here and the next begins, with a header of its own
}
message-base64 = base64: three octets in four characters, so that anything passes as text
message-quoted-printable = quoted-printable: what is not ASCII stands there as = and two hexadecimal digits; = at the end joins lines
message-decoded = decoded
message-eight-bit = The line holds characters beyond ASCII. They pass unharmed only where the server offers 8BITMIME and the header says which charset it is.

writer-servers = Normally written by: every server on the way, on top of what is there.
writer-last-server = Normally written by: the server that puts the mail into the mailbox.
writer-checker = Normally written by: the server that has checked the mail.
writer-signer = Normally written by: a server of the sender's domain that signs.
writer-program = Normally written by: the sender's mail program.
writer-program-or-server = Normally written by: the sender's mail program, or the first server where it is missing.
writer-webmail = Normally written by: a webmail server, about the browser that came to it.
writer-list = Normally written by: the mailing list's program.
writer-resender = Normally written by: the mail program of whoever sent the letter on by hand.
writer-machine = Normally written by: a program that sends or answers without a person.
writer-anybody = Written by whoever likes: a field without a common meaning.

belief-topmost = Believable: those that your own servers wrote, from the top on. What stands below may be invented.
belief-envelope = Believable as far as the server goes; what it says is what the client had said in the envelope.
belief-own-server = Believable only if your own server wrote it; the sender could have typed one too.
belief-verified = Believable once your own server has verified the signature; unverified it says nothing.
belief-description = Whether it is true shows when the text is read: wrong, it only garbles the text.
belief-webmail = Believable as far as you trust that webmail server.
belief-nobody = Not to be believed without more: nobody checks it.

value-address = an address
value-display-name = the display name: free text, and often all that mail programs show. It can say anything.
value-domain = the domain of the address
value-group = a group of addresses
value-path = an address from the envelope
value-subject = the subject
value-message-id = a Message-ID
value-id-left = made up by the program, so that no two are equal
value-id-right = the host or domain that made it, by its own word
value-date = { $utc } in UTC; the writer's clock is { $hours } hours { $ahead ->
    [yes] ahead of
   *[no] behind
} UTC
value-date-no-zone = a date without a usable time zone: which moment it is remains open
value-no-date = not a date as the standard wants it
value-wrong-day = that day was a { $right }
value-content-type = main type and subtype of the content
value-text-plain = plain text
value-text-html = text with HTML, as web pages have it
value-multipart-mixed = several parts, one after the other: a text and its attachments
value-multipart-alternative = the same in several forms, the best last; the mail program chooses
value-multipart-signed = a part and its signature
value-multipart-report = a report for machines and people, such as that mail could not be delivered
value-multipart-other = several parts
value-message-rfc822 = a whole message inside this one
value-charset = the charset: how characters became octets
value-boundary = the boundary: the line that separates the parts
value-name = a file name
value-format = format=flowed: lines may be joined again when shown
value-parameter = a parameter
value-7bit = 7bit: not coded, and only ASCII
value-8bit = 8bit: not coded, with octets beyond ASCII
value-quoted-printable = quoted-printable: readable, what is not ASCII as = and two hexadecimal digits
value-base64 = base64: everything in letters and digits, a third longer
value-binary = binary: not coded, not even in lines
value-encoding-other = a coding that the standard does not have
value-mime-version = the version of MIME; there has never been another
value-language = language codes, such as de for German; several with commas
value-priority = { $level ->
    [1] 1: very high
    [2] 2: high
    [3] 3: normal
    [4] 4: low
    [5] 5: very low
   *[other] a priority in words
}
value-other = the value
value-encoded-word = an encoded word: how text beyond ASCII gets into a header
value-word-charset = the charset
value-word-encoding = { $base64 ->
    [yes] B: as base64
   *[no] Q: similar to quoted-printable, _ for a blank
}
value-word-text = the text; decoded: { $decoded }
value-decoded = the whole value as a mail program shows it

received-helo = what the client called itself in HELO or EHLO. Its own word.
received-reverse = the name that DNS gave for the calling address
received-address = the address that called: the server saw it itself. The most reliable thing in the line.
received-user = who had logged in
received-by = the server that took the mail and wrote this line
received-with = the protocol; an S means encrypted, an A logged in (ESMTPSA)
received-id = the server's name for the mail, to be found in its log
received-for = for whom, from the envelope
received-forged = the name does not lead back to the address
received-inside = A hand-over inside of one host, over no connection.
received-clock = The time is that of this server's clock. Lines are read from the bottom up: the lowest is the oldest.
