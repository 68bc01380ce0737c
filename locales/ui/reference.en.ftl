### The reference and the background chapters, in English. The German file beside it has the same messages with the same variables.

reference = Reference
ref-lead = What can be typed and what comes back, field by field and code by code, with the RFC it stands in. History and whys are told in the
    background chapters.
ref-search = Search the reference
ref-keys = The result follows as you type. The arrow keys go through what was found, Escape shows all again.
ref-none = Nothing found
ref-one = 1 entry found
ref-many = { $x } entries found
ref-groups = Parts of the reference
ref-syntax = How it is written
ref-example = Example
ref-answered = What it can be answered with
ref-rules = Where it stands
ref-more = Good to know
ref-also = Also:
ref-writer = Who writes it
ref-believe = Can it be believed?
ref-trust-own = Only from your own server.
ref-trust-claim = The sender's word.
ref-trust-check = Can be checked.
ref-rule = RFC { $rfc } section { $section }
ref-read = Read { $x }
ref-does-yes = done
ref-does-partial = in part
ref-does-no = left out
ref-commands = Commands
ref-digits = Reply codes, digit by digit
ref-codes = Reply codes
ref-enhanced = Enhanced status codes
ref-ehlo = What EHLO announces
ref-answers = Answers
ref-response-codes = Codes in brackets
ref-capa = What CAPA announces
ref-untagged = Data behind the asterisk
ref-fetch = What FETCH fetches
ref-sections = Between the brackets of BODY
ref-flags = Flags
ref-search-keys = What SEARCH looks for
ref-status = What STATUS tells
ref-attributes = Attributes of mailboxes
ref-capabilities = Capabilities
ref-records = Types of records
ref-programs = Programs that ask
ref-smtp-short = SMTP
ref-smtp = SMTP: sending mail
ref-smtp-lead = Ports 25 (between servers), 587 (submission, with STARTTLS) and 465 (submission, TLS first). Commands in capitals or not, one line each, and every answer begins with three digits.
ref-pop3-short = POP3
ref-pop3 = POP3: fetching mail
ref-pop3-lead = Ports 110 (with STLS) and 995 (TLS first). Answers begin with `+OK` or `-ERR`; what is deleted goes at QUIT.
ref-imap-short = IMAP
ref-imap = IMAP: mail where it lies
ref-imap-lead = Ports 143 (with STARTTLS) and 993 (TLS first). Every command begins with a tag of your choosing. What mail programs call a folder is a mailbox to IMAP.
ref-dns-short = DNS
ref-dns = DNS: where mail goes
ref-dns-lead = Port 53. The records that a mail needs on its way, and the programs that ask for them.
ref-header-short = Header
ref-header = Header fields
ref-header-lead = What the header of a letter may say, who has written it, and whether you can believe it. There may be more: mailing lists, programs and servers add fields of their own.
ref-rfc-short = RFCs
ref-rfc = The RFCs, and what helo does of them
ref-rfc-lead = “Done” means all that concerns a lab, “in part” says what, “left out” why it is named all the same.

## In the lab
ref-loading = The reference is on its way …
ref-failed = The reference did not come. It has a page of its own:
real = With a real mail program

## Background chapters
background = Background
background-lead = Short chapters on what lies around the protocols: where mail comes from, who carries it, and what to think of it. What to type stands in the
    reference.
background-turn = Chapters before and after
see = From here
see-scenario = Try it: { $x }
see-reference = Look it up: { $x }
look-up = To look things up
