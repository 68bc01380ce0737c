### Der Nachschlageteil und die Hintergrundkapitel, auf Deutsch. Die englische Datei daneben hat dieselben Meldungen mit denselben Variablen.

reference = Nachschlagen
ref-lead = Was man tippen kann und was zurückkommt, Feld für Feld und Code für Code, mit dem RFC, in dem es steht. Geschichte und Gründe erzählen die
    Hintergrundkapitel.
ref-search = Nachschlagen nach
ref-keys = Das Ergebnis folgt beim Tippen. Die Pfeiltasten führen durch die Treffer, Escape zeigt wieder alles.
ref-none = Nichts gefunden
ref-one = 1 Eintrag gefunden
ref-many = { $x } Einträge gefunden
ref-groups = Teile zum Nachschlagen
ref-syntax = So wird es geschrieben
ref-example = Beispiel
ref-answered = Das kann darauf kommen
ref-rules = Da steht es
ref-more = Gut zu wissen
ref-also = Auch:
ref-writer = Wer es schreibt
ref-believe = Kann man es glauben?
ref-trust-own = Nur vom eigenen Server.
ref-trust-claim = Das Wort des Absenders.
ref-trust-check = Lässt sich prüfen.
ref-rule = RFC { $rfc }, Abschnitt { $section }
ref-read = { $x } lesen
ref-does-yes = gemacht
ref-does-partial = zum Teil
ref-does-no = nicht
ref-commands = Befehle
ref-digits = Antwortcodes, Ziffer für Ziffer
ref-codes = Antwortcodes
ref-enhanced = Erweiterte Statuscodes
ref-ehlo = Was EHLO ankündigt
ref-answers = Antworten
ref-response-codes = Codes in eckigen Klammern
ref-capa = Was CAPA ankündigt
ref-untagged = Daten hinter dem Sternchen
ref-fetch = Was FETCH holt
ref-sections = Zwischen den Klammern von BODY
ref-flags = Flags
ref-search-keys = Wonach SEARCH sucht
ref-status = Was STATUS sagt
ref-attributes = Merkmale von Postfächern
ref-capabilities = Fähigkeiten
ref-records = Arten von Records
ref-programs = Programme, die fragen
ref-smtp-short = SMTP
ref-smtp = SMTP: Mail verschicken
ref-smtp-lead = Ports 25 (zwischen Servern), 587 (Einlieferung, mit STARTTLS) und 465 (Einlieferung, TLS zuerst). Befehle groß oder klein, je eine Zeile, und jede Antwort beginnt mit drei Ziffern.
ref-pop3-short = POP3
ref-pop3 = POP3: Mail abholen
ref-pop3-lead = Ports 110 (mit STLS) und 995 (TLS zuerst). Antworten beginnen mit `+OK` oder `-ERR`; Gelöschtes verschwindet bei QUIT.
ref-imap-short = IMAP
ref-imap = IMAP: Mail lesen, wo sie liegt
ref-imap-lead = Ports 143 (mit STARTTLS) und 993 (TLS zuerst). Jeder Befehl beginnt mit einem Tag, das du dir aussuchst. Was Mailprogramme Ordner nennen, heißt in IMAP Postfach, mailbox.
ref-dns-short = DNS
ref-dns = DNS: wohin Mail geht
ref-dns-lead = Port 53. Die Records, die eine Mail unterwegs braucht, und die Programme, die danach fragen.
ref-header-short = Kopf
ref-header = Kopfzeilen
ref-header-lead = Was im Kopf eines Briefs stehen kann, wer es geschrieben hat und ob du es glauben kannst. Es kann mehr geben: Mailinglisten, Programme und Server fügen eigene Zeilen hinzu.
ref-rfc-short = RFCs
ref-rfc = Die RFCs, und was helo davon macht
ref-rfc-lead = „Gemacht“ heißt: alles, was ein Labor angeht. „Zum Teil“ sagt, was; „nicht“, warum es trotzdem hier steht.

## In the lab
ref-loading = Der Nachschlageteil kommt …
ref-failed = Der Nachschlageteil kam nicht an. Er hat auch eine eigene Seite:
real = Mit einem echten Mailprogramm

## Hintergrundkapitel
background = Hintergrund
background-lead = Kurze Kapitel über das, was um die Protokolle herum liegt: woher Mail kommt, wer sie trägt und was von ihr zu halten ist. Was man tippt, steht im
    Nachschlageteil.
background-turn = Kapitel davor und danach
see = Von hier aus
see-scenario = Ausprobieren: { $x }
see-reference = Nachschlagen: { $x }
look-up = Zum Nachsehen
