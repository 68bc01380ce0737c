### What stands in a line of SMTP, in English. smtp.de.ftl has the same messages with the same variables.

## Verbs

smtp-verb-helo = HELO introduces the client by its name, the old way: no extensions follow. The server keeps the name for the Received line.
smtp-verb-ehlo = EHLO introduces the client by its name and asks which extensions the server has. The server keeps the name for the Received line; nobody proves it.
smtp-verb-mail = MAIL begins an envelope and names its sender, the address that reports go to. It is not the From field of the letter and need not agree with it.
smtp-verb-rcpt = RCPT puts one recipient on the envelope. It may come many times. Who gets the mail is decided here and not in the To field of the letter.
smtp-verb-data = DATA announces the message. After 354 everything is message, until a line with nothing but a dot.
smtp-verb-rset = RSET throws the envelope away: sender and recipients are forgotten, the introduction stays.
smtp-verb-noop = NOOP asks for an answer and for nothing else.
smtp-verb-vrfy = VRFY asks whether a mailbox exists. Most servers no longer tell.
smtp-verb-expn = EXPN asks who stands behind a list or an alias. Most servers refuse.
smtp-verb-help = HELP asks which commands the server knows.
smtp-verb-quit = QUIT ends the session in good order. A client that simply hangs up leaves the server guessing.
smtp-verb-starttls = STARTTLS asks to go on encrypted on this same connection. After 220 the TLS handshake comes, and then EHLO once more.
smtp-verb-auth = AUTH logs the client in. Behind it stands the mechanism, and perhaps the first message in base64.
smtp-verb-bdat = BDAT hands over a piece of the message with its size in octets; no dot ends it. LAST says that it was the last.
smtp-verb-etrn = ETRN asks the server to hand over now what it holds for a domain.

## Parts of a command

smtp-part-verb = the command
smtp-part-name = the name the client gives itself: a host name, or an address in brackets
smtp-part-from = FROM: says that the sender of the envelope follows; no space belongs around the colon
smtp-part-to = TO: says that a recipient follows; no space belongs around the colon
smtp-part-reverse-path = the reverse path: the sender of the envelope, where reports go
smtp-part-null-path = the empty reverse path: reports and automatic answers have it, so that no report answers a report
smtp-part-forward-path = the forward path: one recipient
smtp-part-local = the local part: the name of the mailbox. Only the server of the domain knows what it means.
smtp-part-domain = the domain: its MX servers take the mail
smtp-part-literal = an address literal: the IP address itself stands in for a domain
smtp-part-bare-path = the address without angle brackets, which belong around it
smtp-part-whom = the mailbox or list that is asked about
smtp-part-topic = what help is wanted on
smtp-part-mechanism = the mechanism by which the client logs in
smtp-part-initial = the client's first message of the mechanism, in base64
smtp-part-octets = the size of the piece in octets
smtp-part-last = no piece follows
smtp-part-queue = whose mail is asked for
smtp-part-rest = text that has no meaning to this command
smtp-part-line = a line that is no command of SMTP
smtp-param-size = SIZE announces how many octets the message has, so that the server can refuse before they are sent
smtp-param-body-7bit = BODY=7BIT: the message keeps to ASCII
smtp-param-body-8bitmime = BODY=8BITMIME: the message holds octets beyond ASCII, such as umlauts in UTF-8
smtp-param-body-binarymime = BODY=BINARYMIME: the message need not consist of lines; it must be sent with BDAT
smtp-param-smtputf8 = SMTPUTF8: addresses and header may hold characters beyond ASCII
smtp-param-ret-full = RET=FULL: a report of failure shall bring back the whole message
smtp-param-ret-hdrs = RET=HDRS: a report shall bring back the header only
smtp-param-envid = ENVID: the sender's own name for this envelope; a report repeats it
smtp-param-auth = AUTH: who handed the mail in first, by the word of the client; <> where nobody answers for it
smtp-param-notify = NOTIFY: when the sender wants a report
smtp-param-orcpt = ORCPT: the address as the sender wrote it first; a report repeats it
smtp-param-other = a parameter of an extension
smtp-notify-never = never, whatever happens
smtp-notify-success = when the mail has arrived
smtp-notify-failure = when it cannot be delivered
smtp-notify-delay = when it takes long

## Reply codes

smtp-digit-1 = 1: begun, and the server waits for more (SMTP has no such codes)
smtp-digit-2 = 2: done
smtp-digit-3 = 3: go on, something more is needed
smtp-digit-4 = 4: not now. A sending server keeps the mail and tries again.
smtp-digit-5 = 5: no, and trying again will not help. A sending server gives up and reports.
smtp-second-0 = 0: about the wording of the command
smtp-second-1 = 1: information
smtp-second-2 = 2: about the connection
smtp-second-3 = 3: about logging in
smtp-second-5 = 5: about the mail system
smtp-third = { $digit }: tells this case from others of its kind
smtp-continued = a hyphen: another line of the same answer follows. The last one has a space here.
smtp-last-line = a space: this is the answer's only or last line
smtp-words = words for people. Each server words them as it likes; no program reads them.
smtp-greeting-name = the server's name, by its own word
smtp-greeting-esmtp = the server speaks SMTP with extensions: greet it with EHLO
smtp-greeting-words = what else the server wants to say of itself, often its program

smtp-code-211 = How the system is doing, or help on it.
smtp-code-214 = Help, for people.
smtp-code-220 = The server is ready: at the beginning, and after STARTTLS for the handshake.
smtp-code-221 = The server closes the connection, as asked.
smtp-code-235 = The login has succeeded.
smtp-code-250 = Done, as asked.
smtp-code-251 = The user is not here, but the server passes the mail on.
smtp-code-252 = The server does not tell whether the user exists, but would take the mail and try.
smtp-code-253 = The server sends on what it keeps for this domain; so many messages wait (ETRN).
smtp-code-334 = The login goes on: the next message of the mechanism, in base64.
smtp-code-354 = The message may begin; a line with nothing but a dot ends it.
smtp-code-421 = The server cannot go on now and closes the connection. Try again later.
smtp-code-432 = The password must be changed into another form before this mechanism works.
smtp-code-450 = The mailbox cannot be had at the moment: busy, or held off on purpose.
smtp-code-451 = Given up because of a trouble of the server's own.
smtp-code-452 = There is not enough room at the moment, or there are too many recipients for one go.
smtp-code-454 = TLS or the login does not work at the moment.
smtp-code-455 = The server cannot do what the parameters ask for at the moment.
smtp-code-458 = The server cannot begin to send on what it keeps for this domain (ETRN). Try again later.
smtp-code-459 = The server keeps no mail for this domain (ETRN).
smtp-code-500 = The server does not know this command, or the line is too long.
smtp-code-501 = The command is known, what follows it cannot be read.
smtp-code-502 = The command belongs to SMTP, this server does not do it.
smtp-code-503 = The command is right, the moment is wrong: another must come first.
smtp-code-504 = The server does not do this kind of the command.
smtp-code-521 = The host takes no mail, or has been offended by the sequence of commands.
smtp-code-523 = The message is longer than the recipient takes.
smtp-code-530 = Something must come first: STARTTLS, or a login.
smtp-code-534 = The mechanism is too weak for this user.
smtp-code-535 = The login has failed: name or password is wrong.
smtp-code-538 = This mechanism needs encryption.
smtp-code-541 = The recipient's side has refused the message, often as spam.
smtp-code-550 = The mailbox is not to be had: it does not exist, or a policy forbids it.
smtp-code-551 = The user is not here. Some servers tell where.
smtp-code-552 = The mailbox has no room left, or the message is too large.
smtp-code-553 = There can be no such address, or you may not use it.
smtp-code-554 = The transaction has failed, or this server is for nobody.
smtp-code-555 = The parameters of MAIL or RCPT are unknown, or the command cannot be read.
smtp-code-556 = The domain takes no mail at all (a null MX).
smtp-code-other = A code of this server's own; what counts is its first digit.

## Enhanced status codes

enhanced-code = the enhanced status code: class, subject, detail
enhanced-class-2 = 2: success
enhanced-class-4 = 4: trouble that may pass
enhanced-class-5 = 5: failure for good
enhanced-subject-0 = 0: no subject in particular
enhanced-subject-1 = 1: about the address
enhanced-subject-2 = 2: about the mailbox
enhanced-subject-3 = 3: about the mail system
enhanced-subject-4 = 4: about network and routing
enhanced-subject-5 = 5: about the protocol
enhanced-subject-6 = 6: about content or media
enhanced-subject-7 = 7: about security or policy
enhanced-subject-other = { $subject }: a subject of this server's own
enhanced-detail-other = { $detail }: a detail of this server's own
enhanced-0-0 = 0: nothing more is said
enhanced-1-0 = 0: something about the address, not said what
enhanced-1-1 = 1: there is no such mailbox
enhanced-1-2 = 2: there is no such domain
enhanced-1-3 = 3: the mailbox address cannot be read
enhanced-1-4 = 4: the address stands for more than one
enhanced-1-5 = 5: the address is valid
enhanced-1-6 = 6: the mailbox has moved, nobody knows where
enhanced-1-7 = 7: the sender's address cannot be read
enhanced-1-8 = 8: the sender's domain does not exist
enhanced-1-9 = 9: passed on to a system that speaks no SMTP
enhanced-1-10 = 10: the domain takes no mail (null MX)
enhanced-2-0 = 0: something about the mailbox, not said what
enhanced-2-1 = 1: the mailbox is switched off
enhanced-2-2 = 2: the mailbox is full
enhanced-2-3 = 3: the message is larger than this mailbox may have
enhanced-2-4 = 4: the list cannot be expanded
enhanced-3-0 = 0: something about the mail system, not said what
enhanced-3-1 = 1: the mail system is full
enhanced-3-2 = 2: the system takes no messages at the moment
enhanced-3-3 = 3: the system cannot do what was asked
enhanced-3-4 = 4: the message is too big for this system
enhanced-3-5 = 5: the system is not set up rightly
enhanced-4-0 = 0: something about the network, not said what
enhanced-4-1 = 1: no answer from the host
enhanced-4-2 = 2: the connection broke off
enhanced-4-3 = 3: a directory such as DNS does not answer
enhanced-4-4 = 4: no way leads there
enhanced-4-5 = 5: the system is overloaded
enhanced-4-6 = 6: the mail goes round in circles
enhanced-4-7 = 7: it has taken too long
enhanced-5-0 = 0: something about the protocol, not said what
enhanced-5-1 = 1: a command that is unknown or out of place
enhanced-5-2 = 2: the wording of the command is wrong
enhanced-5-3 = 3: too many recipients
enhanced-5-4 = 4: the arguments of the command are wrong
enhanced-5-5 = 5: the wrong version of the protocol
enhanced-5-6 = 6: a line of the login is too long
enhanced-6-0 = 0: something about the content, not said what
enhanced-6-1 = 1: this kind of content is not supported
enhanced-6-2 = 2: the content would have to be converted, which is forbidden
enhanced-6-3 = 3: the content would have to be converted, which is not supported
enhanced-6-4 = 4: converted, and something was lost
enhanced-6-5 = 5: the conversion has failed
enhanced-6-6 = 6: the content cannot be had
enhanced-6-7 = 7: addresses beyond ASCII are not allowed here
enhanced-6-8 = 8: an answer in UTF-8 would be needed and is not allowed
enhanced-6-9 = 9: the header holds UTF-8 that cannot be passed on
enhanced-6-11 = 11: the message holds line ends that may not be
enhanced-7-0 = 0: something about security, not said what
enhanced-7-1 = 1: refused by policy
enhanced-7-2 = 2: nobody may write to this list
enhanced-7-3 = 3: the message's protection would have to be converted, which is not possible
enhanced-7-4 = 4: the security feature is not supported
enhanced-7-5 = 5: cryptography has failed
enhanced-7-6 = 6: the algorithm is not supported
enhanced-7-7 = 7: the message was changed on the way
enhanced-7-8 = 8: name or password is wrong
enhanced-7-9 = 9: the mechanism is too weak
enhanced-7-10 = 10: encryption is needed
enhanced-7-11 = 11: this mechanism needs encryption
enhanced-7-12 = 12: the password must be changed into another form
enhanced-7-13 = 13: the account is switched off
enhanced-7-20 = 20: no DKIM signature passed
enhanced-7-21 = 21: no DKIM signature that is good enough
enhanced-7-22 = 22: no DKIM signature by the author's domain
enhanced-7-23 = 23: SPF says that this address may not send for the domain
enhanced-7-24 = 24: SPF could not be checked
enhanced-7-25 = 25: the client's address has no proper name in DNS
enhanced-7-26 = 26: several checks of the sender failed
enhanced-7-27 = 27: the sender's domain takes no mail (null MX)
enhanced-7-54 = 54: this server does not pass on mail for others (Exchange's number)
enhanced-7-57 = 57: the client has not logged in (Exchange's number)
enhanced-7-60 = 60: the client may not send as this sender (Exchange's number)
enhanced-7-509 = 509: DMARC of the sender's domain wants this refused (Exchange's number)

## EHLO keywords

ehlo-name = the server's name, with perhaps a friendly word
ehlo-pipelining = PIPELINING: the client may send several commands without waiting for each answer.
ehlo-size = SIZE: the largest message in octets that the server takes; 0 or nothing means no fixed limit. MAIL may say SIZE= too.
ehlo-vrfy = VRFY: the server knows the command VRFY, which does not mean that it tells anything.
ehlo-expn = EXPN: the server shows who stands behind a list.
ehlo-etrn = ETRN: who has been offline may call for the mail that was kept.
ehlo-starttls = STARTTLS: the conversation can go on encrypted. Whoever sits in between could take this line out; that is why clients should insist.
ehlo-auth = AUTH: one can log in here, by one of the mechanisms named.
ehlo-enhancedstatuscodes = ENHANCEDSTATUSCODES: answers carry a second, finer code such as 2.1.5.
ehlo-8bitmime = 8BITMIME: octets beyond ASCII pass unchanged, so that umlauts need no coding.
ehlo-dsn = DSN: one can ask for delivery reports, with NOTIFY at RCPT and RET at MAIL.
ehlo-smtputf8 = SMTPUTF8: addresses and header may hold characters beyond ASCII.
ehlo-chunking = CHUNKING: the message can be sent with BDAT, by size and without dot-stuffing.
ehlo-binarymime = BINARYMIME: with BDAT even content that does not consist of lines passes.
ehlo-help = HELP: the server knows the command HELP.
ehlo-other = an extension that helo's reference does not know
ehlo-mechanism = { $mechanism ->
    [PLAIN] PLAIN: name and password in one message, readable by whoever reads along
    [LOGIN] LOGIN: name and password one after the other, readable too; old and never standardised
    [CRAM-MD5] CRAM-MD5: the password stays with the client, which answers a challenge; MD5 is weak by now
    [SCRAM-SHA-256] SCRAM-SHA-256: client and server prove to each other that they know the password, and nobody sends it
   *[other] { $mechanism }: a SASL mechanism
}

## What state the session is in

smtp-state-begun = connected, not introduced
smtp-state-greeted = introduced, no mail begun
smtp-state-sender = the envelope has a sender
smtp-state-recipients = { $count ->
    [one] the envelope has a sender and one recipient
   *[other] the envelope has a sender and { $count } recipients
}
smtp-state-message = the message is being typed
smtp-state-chunks = the message is coming in pieces
smtp-state-login = in the middle of a login
smtp-state-handshake = waiting for the TLS handshake
smtp-state-closed = the session is over
smtp-state-secured = , encrypted
smtp-state-user = , logged in as { $user }

## What is possible next

smtp-next-ehlo = introduce yourself and see the extensions
smtp-next-helo = introduce yourself without extensions
smtp-next-starttls = go on encrypted
smtp-next-auth = log in
smtp-next-mail = begin an envelope with its sender
smtp-next-rcpt-first = name the first recipient
smtp-next-rcpt = name another recipient
smtp-next-data = begin the message
smtp-next-bdat = hand over the message by size
smtp-next-bdat-more = hand over the next piece
smtp-next-rset = throw the envelope away
smtp-next-quit = end the session
smtp-next-vrfy = ask whether a mailbox exists
smtp-next-header = a header field; an empty line ends the header
smtp-next-dot = end the message
smtp-next-base64 = the next message of the login, in base64
smtp-next-cancel = give the login up
smtp-next-handshake = the client begins TLS; openssl s_client -starttls smtp does it for you
