### What stands in a line of IMAP, in English. imap.de.ftl has the same messages with the same variables.

## Verbs

imap-verb-capability = CAPABILITY asks what the server can do.
imap-verb-noop = NOOP does nothing, but the server may use the chance to tell news.
imap-verb-logout = LOGOUT ends the session. The server says BYE first and OK after it.
imap-verb-id = ID: client and server tell each other which programs they are.
imap-verb-starttls = STARTTLS asks to go on encrypted on this same connection.
imap-verb-authenticate = AUTHENTICATE logs in by a SASL mechanism.
imap-verb-login = LOGIN logs in with name and password. Without TLS everybody on the way can read both.
imap-verb-enable = ENABLE switches extensions on that change how the server behaves.
imap-verb-select = SELECT opens a mailbox for reading and changing. The server tells how many messages are in it.
imap-verb-examine = EXAMINE opens a mailbox for reading only.
imap-verb-create = CREATE makes a mailbox.
imap-verb-delete = DELETE removes a mailbox with all that lies in it.
imap-verb-rename = RENAME gives a mailbox another name.
imap-verb-subscribe = SUBSCRIBE notes a mailbox as one that the mail program shall show.
imap-verb-unsubscribe = UNSUBSCRIBE takes that note back.
imap-verb-list = LIST asks for the names of mailboxes.
imap-verb-lsub = LSUB asks for the names that are subscribed to.
imap-verb-namespace = NAMESPACE asks where one's own mailboxes begin, and where those of others.
imap-verb-status = STATUS asks about a mailbox without opening it.
imap-verb-append = APPEND puts a message into a mailbox. This is how mail programs store sent mail and drafts.
imap-verb-idle = IDLE waits for news; DONE ends the waiting.
imap-verb-check = CHECK asks the server to tidy up. Today it does next to nothing.
imap-verb-close = CLOSE removes what is marked \Deleted, without telling, and closes the mailbox.
imap-verb-unselect = UNSELECT closes the mailbox and removes nothing.
imap-verb-expunge = EXPUNGE removes what is marked \Deleted for good.
imap-verb-search = SEARCH asks the server which messages match. Nothing needs to be fetched for that.
imap-verb-fetch = FETCH fetches data of messages: flags, envelope, parts or all.
imap-verb-store = STORE sets or clears flags of messages.
imap-verb-copy = COPY copies messages into another mailbox.
imap-verb-move = MOVE moves messages into another mailbox, in one go.
imap-verb-uid = UID before a command: its numbers are unique ids, which stay with a message, and not places in the list.
imap-verb-done = DONE ends the waiting of IDLE. It has no tag.

## Parts of a command

imap-part-tag = the tag, chosen by the client: the answer that ends this command bears it too
imap-part-verb = the command
imap-part-user = the name to log in with
imap-part-password = the password, in the clear
imap-part-mechanism = the mechanism by which the client logs in
imap-part-initial = the client's first message of the mechanism, in base64
imap-part-mailbox = the mailbox: IMAP's word for what mail programs call a folder
imap-part-mailbox-decoded = the mailbox { $name }, in modified UTF-7 as IMAP writes names beyond ASCII
imap-part-inbox = INBOX, where new mail arrives; capitals do not matter
imap-part-target = the new name, or where it goes
imap-part-reference = the reference: where in the hierarchy the pattern begins; empty for the very top
imap-part-pattern = the pattern: * stands for anything, % for anything up to the next separator of the hierarchy
imap-part-set = which messages
imap-part-literal = a literal: so many octets follow after the line's end, whatever they are
imap-part-literal-plus = a literal without waiting: so many octets follow at once (LITERAL+)
imap-part-literal-content = the content of the literal
imap-part-flags = flags
imap-part-date = when the message shall count as having come in
imap-part-capability = an extension to be switched on
imap-part-options = options of the command
imap-part-string = a text to look for
imap-part-number = a number
imap-part-id-pairs = pairs of name and value about the client, or NIL
imap-part-rest = text that has no meaning to this command
imap-part-line = a line that is no command of IMAP
imap-set-one = { $uid ->
    [yes] the message with the unique id { $from }
   *[no] message number { $from }
}
imap-set-range = { $uid ->
    [yes] the messages with unique ids { $from } to { $to }
   *[no] the messages number { $from } to { $to }
}
imap-set-from = { $uid ->
    [yes] the messages from unique id { $from } to the last
   *[no] the messages from number { $from } to the last
}
imap-set-last = the last message
imap-store-flags = FLAGS: these flags and no others
imap-store-add = +FLAGS: these flags in addition
imap-store-remove = -FLAGS: without these flags
imap-store-silent = .SILENT: the server need not tell the new flags

## FETCH: data items

fetch-all = ALL: short for FLAGS, INTERNALDATE, RFC822.SIZE and ENVELOPE
fetch-fast = FAST: short for FLAGS, INTERNALDATE and RFC822.SIZE
fetch-full = FULL: short for FLAGS, INTERNALDATE, RFC822.SIZE, ENVELOPE and BODY
fetch-flags = FLAGS: what is noted about the message, such as read or answered
fetch-internaldate = INTERNALDATE: when the message came into this mailbox, by the server's clock
fetch-envelope = ENVELOPE: the most important header fields, taken apart by the server. Not the envelope of SMTP!
fetch-uid = UID: the message's unique id in this mailbox; it stays
fetch-rfc822 = RFC822: the whole message, an older name for BODY[]; sets \Seen
fetch-rfc822-size = RFC822.SIZE: the size of the message in octets
fetch-rfc822-header = RFC822.HEADER: the header; does not set \Seen
fetch-rfc822-text = RFC822.TEXT: the text without the header; sets \Seen
fetch-body = BODY: the structure of the message, without extension data
fetch-bodystructure = BODYSTRUCTURE: the structure of the message, part by part
fetch-section = BODY[…]: a part of the message itself; sets \Seen
fetch-peek = BODY.PEEK[…]: a part of the message itself, and \Seen is not set
section-all = nothing between the brackets: all of it
section-header = HEADER: the header, up to and including the empty line
section-header-fields = HEADER.FIELDS: only these header fields
section-header-fields-not = HEADER.FIELDS.NOT: the header without these fields
section-text = TEXT: what comes after the header
section-mime = MIME: the part's own header
section-part = part { $part } of the message, counted from 1 on each level
section-names = the names of the fields
section-partial = { $octets ->
    [one] one octet, from octet { $start } on (counted from 0)
   *[other] at most { $octets } octets, from octet { $start } on (counted from 0)
}
section-origin = from octet { $start } on (counted from 0)

## ENVELOPE and BODYSTRUCTURE

envelope-date = the field Date
envelope-subject = the field Subject
envelope-from = From: who is said to have written it
envelope-sender = Sender: who sent it; the same as From where the field is missing
envelope-reply-to = Reply-To: where an answer goes; the same as From where the field is missing
envelope-to = To: to whom it says it is addressed
envelope-cc = Cc: who is said to get a copy
envelope-bcc = Bcc: nobody should see anything here
envelope-in-reply-to = In-Reply-To: the Message-ID of the letter it answers
envelope-message-id = the Message-ID
envelope-address = an address in four parts: display name, route (always NIL today), mailbox, host
envelope-decoded = decoded: { $text }
body-type = the main type of the content
body-subtype = the subtype
body-parameters = parameters of Content-Type, such as the charset
body-id = the Content-ID
body-description = the Content-Description
body-encoding = how the part is coded for the journey
body-octets = its size in octets, as coded
body-lines = its number of lines
body-md5 = an MD5 sum of the content
body-disposition = Content-Disposition: shown in place, or attached with a file name
body-language = the Content-Language
body-location = the Content-Location
body-multipart = several parts; how they belong together is the subtype
body-part = part { $part }
body-envelope = the envelope of the message enclosed
body-structure = the structure of the message enclosed
body-extension = extension data

## SEARCH keys

search-all = ALL: all messages
search-answered = ANSWERED: with the flag \Answered
search-bcc = BCC: with this text in the field Bcc
search-before = BEFORE: came in before this day
search-body = BODY: with this text in the body
search-cc = CC: with this text in the field Cc
search-deleted = DELETED: with the flag \Deleted
search-draft = DRAFT: with the flag \Draft
search-flagged = FLAGGED: with the flag \Flagged
search-from = FROM: with this text in the field From
search-header = HEADER: with this text in the field named
search-keyword = KEYWORD: with this keyword
search-larger = LARGER: larger than so many octets
search-new = NEW: recent and not read
search-not = NOT: the next key must not hold
search-old = OLD: not recent
search-on = ON: came in on this day
search-or = OR: one of the next two keys must hold
search-recent = RECENT: this session is the first that sees them
search-seen = SEEN: read
search-sentbefore = SENTBEFORE: written before this day, by the field Date
search-senton = SENTON: written on this day, by the field Date
search-sentsince = SENTSINCE: written on this day or later, by the field Date
search-since = SINCE: came in on this day or later
search-smaller = SMALLER: smaller than so many octets
search-subject = SUBJECT: with this text in the subject
search-text = TEXT: with this text anywhere
search-to = TO: with this text in the field To
search-uid = UID: with one of these unique ids
search-unanswered = UNANSWERED: without the flag \Answered
search-undeleted = UNDELETED: without the flag \Deleted
search-undraft = UNDRAFT: without the flag \Draft
search-unflagged = UNFLAGGED: without the flag \Flagged
search-unkeyword = UNKEYWORD: without this keyword
search-unseen = UNSEEN: not read
search-charset = CHARSET: the charset of the texts that are looked for
search-return = RETURN: in which form the answer is wanted (ESEARCH)
search-min = MIN: the smallest number
search-max = MAX: the largest number
search-count = COUNT: how many there are
search-together = in parentheses: all of these must hold

## Flags and attributes

flag-seen = \Seen: read
flag-answered = \Answered: answered
flag-flagged = \Flagged: marked as important
flag-deleted = \Deleted: to be removed with the next EXPUNGE
flag-draft = \Draft: not finished
flag-recent = \Recent: this session is the first that sees it
flag-any = \*: new keywords may be made
flag-forwarded = $Forwarded: sent on
flag-mdnsent = $MDNSent: a receipt was sent
flag-junk = $Junk: taken for spam
flag-notjunk = $NotJunk: taken for no spam
flag-keyword = a keyword of the client's own
attribute-noselect = \Noselect: only a level of the hierarchy, cannot be opened
attribute-noinferiors = \Noinferiors: can have nothing below it
attribute-marked = \Marked: there may be something new
attribute-unmarked = \Unmarked: nothing new since it was last opened
attribute-haschildren = \HasChildren: there are mailboxes below it
attribute-hasnochildren = \HasNoChildren: there is none below it
attribute-nonexistent = \NonExistent: there is no such mailbox (any more)
attribute-subscribed = \Subscribed: subscribed to
attribute-all = \All: all messages together
attribute-archive = \Archive: meant for the archive
attribute-drafts = \Drafts: meant for drafts
attribute-flagged = \Flagged: the important ones
attribute-junk = \Junk: meant for spam
attribute-sent = \Sent: meant for sent mail
attribute-trash = \Trash: meant for what is thrown away
attribute-other = an attribute of the mailbox

## Parts of an answer

imap-answer-star = an asterisk: the server brings data, which does not end a command
imap-answer-plus = a plus sign: the server waits for more of the same command
imap-answer-tag = the tag of the command that ends here
imap-answer-ok = OK: it worked
imap-answer-no = NO: understood, and not done
imap-answer-bad = BAD: not understood, or out of place
imap-answer-bye = BYE: the server closes the connection
imap-answer-preauth = PREAUTH: logged in already
imap-answer-words = words for people; each server has its own
imap-answer-number = the number of the message: its place in the mailbox
imap-answer-count = how many
imap-answer-values = the values
imap-answer-separator = the separator between levels of the hierarchy
imap-answer-literal = a literal: so many octets follow after the line's end
imap-answer-inside = a line inside of a literal: part of what FETCH has fetched
imap-answer-rest = goes on with the data that began above
untagged-exists = EXISTS: so many messages are in the mailbox
untagged-recent = RECENT: so many of them are new to all sessions
untagged-expunge = EXPUNGE: the message with this number is gone; all behind it move up
untagged-fetch = FETCH: data of this message
untagged-flags = FLAGS: which flags the mailbox knows
untagged-list = LIST: a mailbox with its attributes, the separator and the name
untagged-lsub = LSUB: a mailbox that is subscribed to
untagged-search = SEARCH: the numbers of the messages that match
untagged-esearch = ESEARCH: the result in the form that was asked for
untagged-status = STATUS: how a mailbox stands
untagged-capability = CAPABILITY: what the server can do
untagged-namespace = NAMESPACE: one's own mailboxes, those of others, shared ones; each with prefix and separator
untagged-id = ID: which program the server is
untagged-enabled = ENABLED: which extensions are switched on now
status-messages = MESSAGES: how many messages
status-recent = RECENT: how many are new to all sessions
status-uidnext = UIDNEXT: the unique id that the next message will get
status-uidvalidity = UIDVALIDITY: as long as it stays, unique ids stay
status-unseen = UNSEEN: how many are not read
status-size = SIZE: octets of all messages together
esearch-tag = to which command this is the result
esearch-uid = UID: the numbers are unique ids
esearch-all = ALL: the numbers of all that match

imap-code-alert = ALERT: the words that follow must be shown to people
imap-code-badcharset = BADCHARSET: the server does not know the charset
imap-code-capability = CAPABILITY: what the server can do, told without being asked
imap-code-parse = PARSE: a message could not be read
imap-code-permanentflags = PERMANENTFLAGS: which flags the client can change for good
imap-code-read-only = READ-ONLY: the mailbox cannot be changed
imap-code-read-write = READ-WRITE: the mailbox can be changed
imap-code-trycreate = TRYCREATE: the mailbox does not exist; CREATE could make it
imap-code-uidnext = UIDNEXT: the unique id that the next message will get
imap-code-uidvalidity = UIDVALIDITY: as long as it stays, unique ids stay; another one means: forget what you know
imap-code-unseen = UNSEEN: the first message that is not read
imap-code-appenduid = APPENDUID: UIDVALIDITY of the mailbox, and the unique id of the new message
imap-code-copyuid = COPYUID: UIDVALIDITY of the target, unique ids before, unique ids there
imap-code-uidnotsticky = UIDNOTSTICKY: unique ids do not last here
imap-code-closed = CLOSED: the mailbox that was open is closed now
imap-code-unavailable = UNAVAILABLE: something behind the server does not answer at the moment
imap-code-authenticationfailed = AUTHENTICATIONFAILED: name or password is wrong
imap-code-authorizationfailed = AUTHORIZATIONFAILED: the login is right, but not for acting as this user
imap-code-expired = EXPIRED: the password has run out
imap-code-privacyrequired = PRIVACYREQUIRED: not without encryption
imap-code-contactadmin = CONTACTADMIN: ask whoever looks after the server
imap-code-noperm = NOPERM: you may not do that
imap-code-inuse = INUSE: somebody else is using it
imap-code-expungeissued = EXPUNGEISSUED: somebody has removed messages meanwhile
imap-code-corruption = CORRUPTION: the mailbox is damaged
imap-code-serverbug = SERVERBUG: a fault of the server
imap-code-clientbug = CLIENTBUG: a fault of the client
imap-code-cannot = CANNOT: the server can never do that
imap-code-limit = LIMIT: a bound is reached
imap-code-overquota = OVERQUOTA: the mailbox has no room left
imap-code-alreadyexists = ALREADYEXISTS: there is one of this name already
imap-code-nonexistent = NONEXISTENT: there is none of this name
imap-code-toobig = TOOBIG: a literal larger than the server takes
imap-code-other = a response code that helo's reference does not know

## Capabilities

imap-cap-imap4rev1 = IMAP4rev1: the version of the protocol (RFC 3501).
imap-cap-starttls = STARTTLS: the conversation can go on encrypted.
imap-cap-logindisabled = LOGINDISABLED: LOGIN is refused, here because the connection is not encrypted.
imap-cap-auth = AUTH=: one can log in by this SASL mechanism.
imap-cap-sasl-ir = SASL-IR: the first message of a login may stand in the AUTHENTICATE line already.
imap-cap-literal-plus = LITERAL+: literals may be sent without waiting.
imap-cap-id = ID: client and server can tell which programs they are.
imap-cap-enable = ENABLE: extensions can be switched on.
imap-cap-idle = IDLE: the server tells news by itself.
imap-cap-namespace = NAMESPACE: the server tells where mailboxes begin.
imap-cap-uidplus = UIDPLUS: the server tells unique ids of what was stored or copied; UID EXPUNGE.
imap-cap-unselect = UNSELECT: a mailbox can be closed without removing anything.
imap-cap-children = CHILDREN: LIST tells which mailboxes have others below them.
imap-cap-list-extended = LIST-EXTENDED: LIST has more ways to choose.
imap-cap-list-status = LIST-STATUS: LIST brings the status along.
imap-cap-esearch = ESEARCH: SEARCH can count, or tell smallest and largest.
imap-cap-move = MOVE: messages can be moved in one go.
imap-cap-status-size = STATUS=SIZE: STATUS can tell how large a mailbox is.
imap-cap-special-use = SPECIAL-USE: LIST marks mailboxes for sent mail, drafts, trash and so on.
imap-cap-other = a capability that helo's reference does not know

## States and what is possible

imap-state-not-authenticated = not authenticated
imap-state-authenticated = authenticated as { $user }, no mailbox open
imap-state-selected = mailbox { $mailbox } selected
imap-state-idle = waiting in IDLE
imap-state-login = in the middle of a login
imap-state-literal = waiting for a literal
imap-state-handshake = waiting for the TLS handshake
imap-state-logout = the session is over
imap-next-login = log in with name and password
imap-next-authenticate = log in by a SASL mechanism
imap-next-starttls = go on encrypted
imap-next-capability = see what the server can do
imap-next-list = see the mailboxes
imap-next-select = open a mailbox
imap-next-status = ask about a mailbox without opening it
imap-next-append = put a message into a mailbox
imap-next-fetch = fetch something of messages
imap-next-search = search messages
imap-next-store = set or clear flags
imap-next-copy = copy into another mailbox
imap-next-expunge = remove what is marked \Deleted
imap-next-close = close the mailbox
imap-next-idle = wait for news
imap-next-done = end the waiting
imap-next-literal = the octets that were announced
imap-next-logout = end the session
search-day = a day, such as 1-Feb-1994
