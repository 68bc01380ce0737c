### Was in einer Zeile von IMAP steht, auf Deutsch. imap.en.ftl hat dieselben Meldungen mit denselben Variablen.

## Befehle

imap-verb-capability = CAPABILITY fragt, was der Server kann.
imap-verb-noop = NOOP tut nichts, aber der Server kann die Gelegenheit für Neuigkeiten nutzen.
imap-verb-logout = LOGOUT beendet die Sitzung. Der Server sagt erst BYE und danach OK.
imap-verb-id = ID: Client und Server sagen einander, welche Programme sie sind.
imap-verb-starttls = STARTTLS bittet darum, auf derselben Verbindung verschlüsselt weiterzureden.
imap-verb-authenticate = AUTHENTICATE meldet mit einem SASL-Verfahren an.
imap-verb-login = LOGIN meldet mit Name und Passwort an. Ohne TLS kann jeder unterwegs beides lesen.
imap-verb-enable = ENABLE schaltet Erweiterungen ein, die ändern, wie sich der Server verhält.
imap-verb-select = SELECT öffnet ein Postfach zum Lesen und Ändern. Der Server sagt, wie viele Nachrichten darin liegen.
imap-verb-examine = EXAMINE öffnet ein Postfach nur zum Lesen.
imap-verb-create = CREATE legt ein Postfach an.
imap-verb-delete = DELETE entfernt ein Postfach mit allem, was darin liegt.
imap-verb-rename = RENAME gibt einem Postfach einen anderen Namen.
imap-verb-subscribe = SUBSCRIBE merkt ein Postfach für die Anzeige im Mailprogramm vor.
imap-verb-unsubscribe = UNSUBSCRIBE nimmt diese Vormerkung zurück.
imap-verb-list = LIST fragt nach den Namen von Postfächern.
imap-verb-lsub = LSUB fragt nach den abonnierten Namen.
imap-verb-namespace = NAMESPACE fragt, wo die eigenen Postfächer beginnen und wo die der anderen.
imap-verb-status = STATUS fragt nach einem Postfach, ohne es zu öffnen.
imap-verb-append = APPEND legt eine Nachricht in ein Postfach. So speichern Mailprogramme Gesendetes und Entwürfe.
imap-verb-idle = IDLE wartet auf Neuigkeiten; DONE beendet das Warten.
imap-verb-check = CHECK bittet den Server aufzuräumen. Heute bewirkt es so gut wie nichts.
imap-verb-close = CLOSE entfernt alles mit \Deleted, ohne es zu melden, und schließt das Postfach.
imap-verb-unselect = UNSELECT schließt das Postfach und entfernt nichts.
imap-verb-expunge = EXPUNGE entfernt endgültig, was mit \Deleted markiert ist.
imap-verb-search = SEARCH fragt den Server, welche Nachrichten passen. Holen muss man dafür nichts.
imap-verb-fetch = FETCH holt Daten von Nachrichten: Flags, Umschlag, Teile oder alles.
imap-verb-store = STORE setzt oder löscht Flags von Nachrichten.
imap-verb-copy = COPY kopiert Nachrichten in ein anderes Postfach.
imap-verb-move = MOVE verschiebt Nachrichten in ein anderes Postfach, in einem Zug.
imap-verb-uid = UID vor einem Befehl: Seine Nummern sind UIDs, die bei der Nachricht bleiben, und keine Plätze in der Liste.
imap-verb-done = DONE beendet das Warten von IDLE. Es hat kein Tag.

## Teile eines Befehls

imap-part-tag = das Tag, vom Client gewählt: Die Antwort, die diesen Befehl abschließt, trägt es auch
imap-part-verb = der Befehl
imap-part-user = der Name zur Anmeldung
imap-part-password = das Passwort, im Klartext
imap-part-mechanism = das Verfahren, mit dem sich der Client anmeldet
imap-part-initial = die erste Nachricht des Clients in diesem Verfahren, in Base64
imap-part-mailbox = das Postfach: So heißt bei IMAP, was Mailprogramme Ordner nennen
imap-part-mailbox-decoded = das Postfach { $name }, in modifiziertem UTF-7, wie IMAP Namen jenseits von ASCII schreibt
imap-part-inbox = INBOX, der Posteingang; Groß- und Kleinschreibung ist hier egal
imap-part-target = der neue Name, oder wohin es geht
imap-part-reference = die Referenz: wo in der Hierarchie das Muster ansetzt; leer heißt ganz oben
imap-part-pattern = das Muster: * steht für alles, % für alles bis zum nächsten Trennzeichen der Hierarchie
imap-part-set = welche Nachrichten
imap-part-literal = ein Literal: So viele Oktette folgen nach dem Zeilenende, was immer sie sind
imap-part-literal-plus = ein Literal ohne Warten: So viele Oktette folgen sofort (LITERAL+)
imap-part-literal-content = der Inhalt des Literals
imap-part-flags = Flags
imap-part-date = wann die Nachricht angekommen sein soll
imap-part-capability = eine Erweiterung, die eingeschaltet werden soll
imap-part-options = Optionen des Befehls
imap-part-string = ein Text, nach dem gesucht wird
imap-part-number = eine Zahl
imap-part-id-pairs = Paare aus Name und Wert über den Client, oder NIL
imap-part-rest = Text, der für diesen Befehl nichts bedeutet
imap-part-line = eine Zeile, die kein Befehl von IMAP ist
imap-set-one = { $uid ->
    [yes] die Nachricht mit der UID { $from }
   *[no] Nachricht Nummer { $from }
}
imap-set-range = { $uid ->
    [yes] die Nachrichten mit den UIDs { $from } bis { $to }
   *[no] die Nachrichten Nummer { $from } bis { $to }
}
imap-set-from = { $uid ->
    [yes] die Nachrichten von UID { $from } bis zur letzten
   *[no] die Nachrichten von Nummer { $from } bis zur letzten
}
imap-set-last = die letzte Nachricht
imap-store-flags = FLAGS: diese Flags und keine anderen
imap-store-add = +FLAGS: diese Flags dazu
imap-store-remove = -FLAGS: diese Flags weg
imap-store-silent = .SILENT: Die neuen Flags muss der Server nicht melden

## FETCH: Daten einer Nachricht

fetch-all = ALL: kurz für FLAGS, INTERNALDATE, RFC822.SIZE und ENVELOPE
fetch-fast = FAST: kurz für FLAGS, INTERNALDATE und RFC822.SIZE
fetch-full = FULL: kurz für FLAGS, INTERNALDATE, RFC822.SIZE, ENVELOPE und BODY
fetch-flags = FLAGS: was zur Nachricht vermerkt ist, etwa gelesen oder beantwortet
fetch-internaldate = INTERNALDATE: wann die Nachricht in dieses Postfach kam, nach der Uhr des Servers
fetch-envelope = ENVELOPE: die wichtigsten Felder des Headers, vom Server zerlegt. Nicht der Umschlag von SMTP!
fetch-uid = UID: die eindeutige Nummer der Nachricht in diesem Postfach; sie bleibt
fetch-rfc822 = RFC822: die ganze Nachricht, ein älterer Name für BODY[]; setzt \Seen
fetch-rfc822-size = RFC822.SIZE: die Größe der Nachricht in Oktetten
fetch-rfc822-header = RFC822.HEADER: der Header; setzt \Seen nicht
fetch-rfc822-text = RFC822.TEXT: der Text ohne den Header; setzt \Seen
fetch-body = BODY: der Aufbau der Nachricht, ohne Zusatzangaben
fetch-bodystructure = BODYSTRUCTURE: der Aufbau der Nachricht, Teil für Teil
fetch-section = BODY[…]: ein Stück der Nachricht selbst; setzt \Seen
fetch-peek = BODY.PEEK[…]: ein Stück der Nachricht selbst, ohne \Seen zu setzen
section-all = nichts zwischen den Klammern: alles
section-header = HEADER: der Header, bis zur leeren Zeile einschließlich
section-header-fields = HEADER.FIELDS: nur diese Felder des Headers
section-header-fields-not = HEADER.FIELDS.NOT: der Header ohne diese Felder
section-text = TEXT: was nach dem Header kommt
section-mime = MIME: der eigene Header des Teils
section-part = Teil { $part } der Nachricht, auf jeder Ebene von 1 an gezählt
section-names = die Namen der Felder
section-partial = { $octets ->
    [one] ein Oktett, ab Oktett { $start } (von 0 an gezählt)
   *[other] höchstens { $octets } Oktette, ab Oktett { $start } (von 0 an gezählt)
}
section-origin = ab Oktett { $start } (von 0 an gezählt)

## ENVELOPE und BODYSTRUCTURE

envelope-date = das Feld Date
envelope-subject = das Feld Subject
envelope-from = From: wer den Brief angeblich geschrieben hat
envelope-sender = Sender: wer ihn abgeschickt hat; fehlt das Feld, steht hier dasselbe wie bei From
envelope-reply-to = Reply-To: wohin eine Antwort geht; fehlt das Feld, steht hier dasselbe wie bei From
envelope-to = To: an wen der Brief laut eigener Aussage geht
envelope-cc = Cc: wer angeblich eine Kopie bekommt
envelope-bcc = Bcc: Hier sollte niemand etwas sehen
envelope-in-reply-to = In-Reply-To: die Message-ID des Briefs, auf den er antwortet
envelope-message-id = die Message-ID
envelope-address = eine Adresse in vier Teilen: Anzeigename, Route (heute immer NIL), Postfach, Host
envelope-decoded = dekodiert: { $text }
body-type = die Hauptart des Inhalts
body-subtype = die Unterart
body-parameters = Parameter von Content-Type, zum Beispiel der Zeichensatz
body-id = die Content-ID
body-description = die Content-Description
body-encoding = wie der Teil für die Reise kodiert ist
body-octets = seine Größe in Oktetten, so wie er kodiert ist
body-lines = wie viele Zeilen er hat
body-md5 = eine MD5-Prüfsumme über den Inhalt
body-disposition = Content-Disposition: an Ort und Stelle gezeigt, oder mit Dateinamen angehängt
body-language = die Content-Language
body-location = die Content-Location
body-multipart = mehrere Teile; wie sie zusammengehören, sagt die Unterart
body-part = Teil { $part }
body-envelope = der Umschlag der eingeschlossenen Nachricht
body-structure = der Aufbau der eingeschlossenen Nachricht
body-extension = Zusatzangaben

## Suchbegriffe von SEARCH

search-all = ALL: alle Nachrichten
search-answered = ANSWERED: mit dem Flag \Answered
search-bcc = BCC: mit diesem Text im Feld Bcc
search-before = BEFORE: vor diesem Tag angekommen
search-body = BODY: mit diesem Text im Nachrichtentext
search-cc = CC: mit diesem Text im Feld Cc
search-deleted = DELETED: mit dem Flag \Deleted
search-draft = DRAFT: mit dem Flag \Draft
search-flagged = FLAGGED: mit dem Flag \Flagged
search-from = FROM: mit diesem Text im Feld From
search-header = HEADER: mit diesem Text im genannten Feld
search-keyword = KEYWORD: mit diesem Schlüsselwort
search-larger = LARGER: größer als so viele Oktette
search-new = NEW: eben erst angekommen und ungelesen
search-not = NOT: Der nächste Begriff darf nicht zutreffen
search-old = OLD: nicht eben erst angekommen
search-on = ON: an diesem Tag angekommen
search-or = OR: Einer der nächsten zwei Begriffe muss zutreffen
search-recent = RECENT: Diese Sitzung sieht sie als erste
search-seen = SEEN: gelesen
search-sentbefore = SENTBEFORE: vor diesem Tag geschrieben, laut Feld Date
search-senton = SENTON: an diesem Tag geschrieben, laut Feld Date
search-sentsince = SENTSINCE: an diesem Tag oder später geschrieben, laut Feld Date
search-since = SINCE: an diesem Tag oder später angekommen
search-smaller = SMALLER: kleiner als so viele Oktette
search-subject = SUBJECT: mit diesem Text im Betreff
search-text = TEXT: mit diesem Text an irgendeiner Stelle
search-to = TO: mit diesem Text im Feld To
search-uid = UID: mit einer dieser UIDs
search-unanswered = UNANSWERED: ohne das Flag \Answered
search-undeleted = UNDELETED: ohne das Flag \Deleted
search-undraft = UNDRAFT: ohne das Flag \Draft
search-unflagged = UNFLAGGED: ohne das Flag \Flagged
search-unkeyword = UNKEYWORD: ohne dieses Schlüsselwort
search-unseen = UNSEEN: ungelesen
search-charset = CHARSET: der Zeichensatz der gesuchten Texte
search-return = RETURN: in welcher Form die Antwort gewünscht ist (ESEARCH)
search-min = MIN: die kleinste Nummer
search-max = MAX: die größte Nummer
search-count = COUNT: wie viele es sind
search-together = in Klammern: Alle diese müssen zutreffen

## Flags und Merkmale

flag-seen = \Seen: gelesen
flag-answered = \Answered: beantwortet
flag-flagged = \Flagged: als wichtig markiert
flag-deleted = \Deleted: verschwindet beim nächsten EXPUNGE
flag-draft = \Draft: noch nicht fertig
flag-recent = \Recent: Diese Sitzung sieht sie als erste
flag-any = \*: Man darf neue Schlüsselwörter anlegen
flag-forwarded = $Forwarded: weitergeleitet
flag-mdnsent = $MDNSent: Eine Lesebestätigung ist verschickt
flag-junk = $Junk: für Spam gehalten
flag-notjunk = $NotJunk: nicht für Spam gehalten
flag-keyword = ein Schlüsselwort des Clients
attribute-noselect = \Noselect: nur eine Ebene der Hierarchie, lässt sich nicht öffnen
attribute-noinferiors = \Noinferiors: kann nichts unter sich haben
attribute-marked = \Marked: Vielleicht gibt es Neues
attribute-unmarked = \Unmarked: nichts Neues seit dem letzten Öffnen
attribute-haschildren = \HasChildren: Darunter liegen weitere Postfächer
attribute-hasnochildren = \HasNoChildren: Darunter liegt keines
attribute-nonexistent = \NonExistent: Dieses Postfach gibt es nicht (mehr)
attribute-subscribed = \Subscribed: abonniert
attribute-all = \All: alle Nachrichten zusammen
attribute-archive = \Archive: für das Archiv gedacht
attribute-drafts = \Drafts: für Entwürfe gedacht
attribute-flagged = \Flagged: die wichtigen
attribute-junk = \Junk: für Spam gedacht
attribute-sent = \Sent: für Gesendetes gedacht
attribute-trash = \Trash: für Weggeworfenes gedacht
attribute-other = ein Merkmal des Postfachs

## Teile einer Antwort

imap-answer-star = ein Stern: Der Server liefert Daten, das Ende eines Befehls ist das nicht
imap-answer-plus = ein Pluszeichen: Der Server wartet auf mehr vom selben Befehl
imap-answer-tag = das Tag des Befehls, der hier endet
imap-answer-ok = OK: Es hat geklappt
imap-answer-no = NO: verstanden, aber nicht getan
imap-answer-bad = BAD: nicht verstanden oder fehl am Platz
imap-answer-bye = BYE: Der Server schließt die Verbindung
imap-answer-preauth = PREAUTH: schon angemeldet
imap-answer-words = Worte für Menschen; jeder Server hat seine eigenen
imap-answer-number = die Nummer der Nachricht: ihr Platz im Postfach
imap-answer-count = wie viele
imap-answer-values = die Werte
imap-answer-separator = das Trennzeichen zwischen den Ebenen der Hierarchie
imap-answer-literal = ein Literal: So viele Oktette folgen nach dem Zeilenende
imap-answer-inside = eine Zeile innerhalb eines Literals: Sie gehört zu dem, was FETCH geholt hat
imap-answer-rest = setzt die Daten fort, die oben begonnen haben
untagged-exists = EXISTS: So viele Nachrichten liegen im Postfach
untagged-recent = RECENT: So viele davon hat noch keine Sitzung gesehen
untagged-expunge = EXPUNGE: Die Nachricht mit dieser Nummer ist weg; alle dahinter rücken auf
untagged-fetch = FETCH: Daten dieser Nachricht
untagged-flags = FLAGS: welche Flags das Postfach kennt
untagged-list = LIST: ein Postfach mit seinen Merkmalen, dem Trennzeichen und dem Namen
untagged-lsub = LSUB: ein abonniertes Postfach
untagged-search = SEARCH: die Nummern der passenden Nachrichten
untagged-esearch = ESEARCH: das Ergebnis in der gewünschten Form
untagged-status = STATUS: wie es um ein Postfach steht
untagged-capability = CAPABILITY: was der Server kann
untagged-namespace = NAMESPACE: eigene Postfächer, fremde, gemeinsame; jeweils mit Präfix und Trennzeichen
untagged-id = ID: welches Programm der Server ist
untagged-enabled = ENABLED: welche Erweiterungen jetzt eingeschaltet sind
status-messages = MESSAGES: wie viele Nachrichten
status-recent = RECENT: wie viele noch keine Sitzung gesehen hat
status-uidnext = UIDNEXT: die UID, die die nächste Nachricht bekommt
status-uidvalidity = UIDVALIDITY: Solange sie bleibt, bleiben auch die UIDs
status-unseen = UNSEEN: wie viele ungelesen sind
status-size = SIZE: die Oktette aller Nachrichten zusammen
esearch-tag = zu welchem Befehl das Ergebnis gehört
esearch-uid = UID: Die Nummern sind UIDs
esearch-all = ALL: die Nummern aller passenden

imap-code-alert = ALERT: Die folgenden Worte müssen Menschen gezeigt werden
imap-code-badcharset = BADCHARSET: Diesen Zeichensatz kennt der Server nicht
imap-code-capability = CAPABILITY: was der Server kann, ungefragt gesagt
imap-code-parse = PARSE: Eine Nachricht war nicht zu lesen
imap-code-permanentflags = PERMANENTFLAGS: welche Flags der Client dauerhaft ändern kann
imap-code-read-only = READ-ONLY: Das Postfach lässt sich nicht ändern
imap-code-read-write = READ-WRITE: Das Postfach lässt sich ändern
imap-code-trycreate = TRYCREATE: Das Postfach gibt es nicht; CREATE könnte es anlegen
imap-code-uidnext = UIDNEXT: die UID, die die nächste Nachricht bekommt
imap-code-uidvalidity = UIDVALIDITY: Solange sie bleibt, bleiben die UIDs; eine andere heißt: Vergiss, was du weißt
imap-code-unseen = UNSEEN: die erste ungelesene Nachricht
imap-code-appenduid = APPENDUID: UIDVALIDITY des Postfachs und UID der neuen Nachricht
imap-code-copyuid = COPYUID: UIDVALIDITY des Ziels, UIDs vorher, UIDs dort
imap-code-uidnotsticky = UIDNOTSTICKY: UIDs bleiben hier nicht
imap-code-closed = CLOSED: Das bisher offene Postfach ist jetzt geschlossen
imap-code-unavailable = UNAVAILABLE: Etwas hinter dem Server antwortet gerade nicht
imap-code-authenticationfailed = AUTHENTICATIONFAILED: Name oder Passwort ist falsch
imap-code-authorizationfailed = AUTHORIZATIONFAILED: Die Anmeldung stimmt, aber als dieser Benutzer darfst du nicht handeln
imap-code-expired = EXPIRED: Das Passwort ist abgelaufen
imap-code-privacyrequired = PRIVACYREQUIRED: nicht ohne Verschlüsselung
imap-code-contactadmin = CONTACTADMIN: Frag, wer den Server betreut
imap-code-noperm = NOPERM: Das darfst du nicht
imap-code-inuse = INUSE: Jemand anderes benutzt es gerade
imap-code-expungeissued = EXPUNGEISSUED: Inzwischen hat jemand Nachrichten entfernt
imap-code-corruption = CORRUPTION: Das Postfach ist beschädigt
imap-code-serverbug = SERVERBUG: ein Fehler des Servers
imap-code-clientbug = CLIENTBUG: ein Fehler des Clients
imap-code-cannot = CANNOT: Das kann der Server niemals
imap-code-limit = LIMIT: Eine Grenze ist erreicht
imap-code-overquota = OVERQUOTA: Das Postfach ist voll
imap-code-alreadyexists = ALREADYEXISTS: Eines mit diesem Namen gibt es schon
imap-code-nonexistent = NONEXISTENT: Eines mit diesem Namen gibt es nicht
imap-code-toobig = TOOBIG: Das Literal ist größer, als der Server es nimmt
imap-code-other = ein Antwortcode, den helos Nachschlagewerk nicht kennt

## Fähigkeiten

imap-cap-imap4rev1 = IMAP4rev1: die Version des Protokolls (RFC 3501).
imap-cap-starttls = STARTTLS: Es geht auch verschlüsselt weiter.
imap-cap-logindisabled = LOGINDISABLED: LOGIN wird abgelehnt; hier liegt es daran, dass die Verbindung nicht verschlüsselt ist.
imap-cap-auth = AUTH=: Man kann sich mit diesem SASL-Verfahren anmelden.
imap-cap-sasl-ir = SASL-IR: Die erste Nachricht der Anmeldung darf schon in der Zeile von AUTHENTICATE stehen.
imap-cap-literal-plus = LITERAL+: Literale dürfen ohne Warten kommen.
imap-cap-id = ID: Client und Server können sagen, welche Programme sie sind.
imap-cap-enable = ENABLE: Erweiterungen lassen sich einschalten.
imap-cap-idle = IDLE: Der Server meldet Neues von selbst.
imap-cap-namespace = NAMESPACE: Der Server sagt, wo Postfächer beginnen.
imap-cap-uidplus = UIDPLUS: Der Server nennt die UIDs von Gespeichertem und Kopiertem; UID EXPUNGE.
imap-cap-unselect = UNSELECT: Ein Postfach lässt sich schließen, ohne etwas zu entfernen.
imap-cap-children = CHILDREN: LIST sagt, welche Postfächer andere unter sich haben.
imap-cap-list-extended = LIST-EXTENDED: LIST kann genauer auswählen.
imap-cap-list-status = LIST-STATUS: LIST bringt den Stand gleich mit.
imap-cap-esearch = ESEARCH: SEARCH kann zählen oder kleinste und größte nennen.
imap-cap-move = MOVE: Nachrichten lassen sich in einem Zug verschieben.
imap-cap-status-size = STATUS=SIZE: STATUS kann sagen, wie groß ein Postfach ist.
imap-cap-special-use = SPECIAL-USE: LIST kennzeichnet Postfächer für Gesendetes, Entwürfe, Papierkorb und so weiter.
imap-cap-other = eine Fähigkeit, die helos Nachschlagewerk nicht kennt

## Zustände, und was möglich ist

imap-state-not-authenticated = nicht angemeldet
imap-state-authenticated = angemeldet als { $user }, kein Postfach offen
imap-state-selected = Postfach { $mailbox } geöffnet
imap-state-idle = wartet in IDLE
imap-state-login = mitten in der Anmeldung
imap-state-literal = wartet auf ein Literal
imap-state-handshake = es fehlt der TLS-Handshake
imap-state-logout = die Sitzung ist vorbei
imap-next-login = mit Name und Passwort anmelden
imap-next-authenticate = mit einem SASL-Verfahren anmelden
imap-next-starttls = verschlüsselt weiterreden
imap-next-capability = sehen, was der Server kann
imap-next-list = die Postfächer sehen
imap-next-select = ein Postfach öffnen
imap-next-status = nach einem Postfach fragen, ohne es zu öffnen
imap-next-append = eine Nachricht in ein Postfach legen
imap-next-fetch = etwas von Nachrichten holen
imap-next-search = Nachrichten suchen
imap-next-store = Flags setzen oder löschen
imap-next-copy = in ein anderes Postfach kopieren
imap-next-expunge = entfernen, was mit \Deleted markiert ist
imap-next-close = das Postfach schließen
imap-next-idle = auf Neues warten
imap-next-done = das Warten beenden
imap-next-literal = die angekündigten Oktette
imap-next-logout = die Sitzung beenden
search-day = ein Tag, zum Beispiel 1-Feb-1994
