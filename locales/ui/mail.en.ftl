### Mailboxes: what is in a message, and what was found out about it. mail.de.ftl has the same entries.

mail-view = What is shown of each message
mail-view-both = Both
mail-view-reader = Reader
mail-view-source = Source
reader-html = As a mail program would show the HTML
reader-html-note = In a frame in which nothing runs, loads or leads away. What was left out stands with the parts.
structure-title = { $x ->
    [one] What it consists of: 1 part
   *[other] What it consists of: { $x } parts
}
verdicts-title = Is the sender who they say?
verdict-by-reader = checked by the mail program that opens the letter
verdict-by = checked by { $x }
verdict-steps = Step by step: what was asked, what was found
part-level = , level { $x }
part-kind-broken = broken content type
part-charset = charset { $x }
part-encoding = encoded as { $x }
part-disposition = { $x }
part-id = Content-ID { $x }
part-description = described as { $x }
part-holds = { $x ->
    [0] holds no parts
    [one] holds 1 part
   *[other] holds { $x } parts
}
part-octets = { $x } octets
part-decoded = { $raw } octets, decoded { $octets }
part-no-type = No Content-Type: by default it is plain text in US-ASCII (RFC 2045 section 5.2).
part-broken = It is not encoded as its header says; here it stands as it came.
part-path = Its name is a path. A download here leaves out everything before the last name.
part-name-marks = Its name holds characters that hide or turn text around, so that it looks like another.
part-deep = It lies too deep in others to be taken apart.
part-no-boundary = It is said to have parts, and its boundary is found nowhere.
part-text-shown = Its text, decoded
part-octets-shown = Its first octets, decoded
part-download = Download (as a file of unknown type)
part-more = { $x } more parts are not listed.
part-html = Rendered
part-html-frame = The HTML of the message
blocked-title = Left out, because it would act:
blocked-nothing = Nothing had to be left out of it.
blocked-scripts = scripts: { $x }
blocked-loads = what would have been fetched, and told the sender that you read it: { $x }
blocked-links = links, what they say → where they lead: { $x }
blocked-forms = forms and their fields: { $x }
blocked-jumps = jumps to another page: { $x }
blocked-marks = characters that hide or turn text around: { $x }
blocked-left-out = octets beyond the first 256 KiB: { $x }
pane-network = Network
mailboxes-kept-back = What lies in the mailboxes is what the step “{ $x }” is about. It shows here once that is done.
