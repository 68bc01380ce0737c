### Was in einer Zeile von SMTP steht, auf Deutsch. smtp.en.ftl hat dieselben Meldungen mit denselben Variablen.

## Befehle

smtp-verb-helo = Mit HELO stellt sich der Client mit seinem Namen vor, auf die alte Art: Erweiterungen gibt es danach nicht. Der Server merkt sich den Namen für die Received-Zeile.
smtp-verb-ehlo = Mit EHLO stellt sich der Client mit seinem Namen vor und fragt, welche Erweiterungen der Server hat. Der Server merkt sich den Namen für die Received-Zeile; belegen muss ihn niemand.
smtp-verb-mail = MAIL beginnt einen Umschlag und nennt seinen Absender, also die Adresse für Fehlerberichte. Das ist nicht das Feld From des Briefs und muss auch nicht dazu passen.
smtp-verb-rcpt = RCPT schreibt einen Empfänger auf den Umschlag und darf oft kommen. Wer die Mail bekommt, entscheidet sich hier und nicht im Feld To des Briefs.
smtp-verb-data = DATA kündigt die Nachricht an. Nach 354 ist alles Nachricht, bis zu einer Zeile, in der nur ein Punkt steht.
smtp-verb-rset = RSET wirft den Umschlag weg: Absender und Empfänger sind vergessen, die Vorstellung bleibt.
smtp-verb-noop = NOOP will eine Antwort und sonst nichts.
smtp-verb-vrfy = VRFY fragt, ob es ein Postfach gibt. Die meisten Server verraten das nicht mehr.
smtp-verb-expn = EXPN fragt, wer hinter einer Liste oder einem Alias steckt. Die meisten Server lehnen ab.
smtp-verb-help = HELP fragt, welche Befehle der Server kennt.
smtp-verb-quit = QUIT beendet die Sitzung ordentlich. Wer einfach auflegt, lässt den Server im Unklaren.
smtp-verb-starttls = STARTTLS bittet darum, auf derselben Verbindung verschlüsselt weiterzureden. Nach 220 folgt der TLS-Handshake und danach noch einmal EHLO.
smtp-verb-auth = Mit AUTH meldet sich der Client an. Dahinter steht das Verfahren und vielleicht schon die erste Nachricht in Base64.
smtp-verb-bdat = BDAT übergibt ein Stück der Nachricht und nennt seine Größe in Oktetten; ein Punkt am Ende ist nicht nötig. LAST heißt: Das war das letzte.
smtp-verb-etrn = ETRN bittet den Server, jetzt zu liefern, was er für eine Domain aufgehoben hat.

## Teile eines Befehls

smtp-part-verb = der Befehl
smtp-part-name = der Name, den sich der Client selbst gibt: ein Hostname oder eine Adresse in eckigen Klammern
smtp-part-from = FROM: kündigt den Absender des Umschlags an; um den Doppelpunkt gehört kein Leerzeichen
smtp-part-to = TO: kündigt einen Empfänger an; um den Doppelpunkt gehört kein Leerzeichen
smtp-part-reverse-path = der Rückweg (reverse path): der Absender des Umschlags, an den Fehlerberichte gehen
smtp-part-null-path = der leere Rückweg: So kommen Berichte und automatische Antworten, damit niemals ein Bericht einen Bericht beantwortet
smtp-part-forward-path = der Hinweg (forward path): ein Empfänger
smtp-part-local = der lokale Teil: der Name des Postfachs. Was er bedeutet, weiß nur der Server der Domain.
smtp-part-domain = die Domain: Ihre MX-Server nehmen die Mail an
smtp-part-literal = ein Adressliteral: Statt einer Domain steht hier die IP-Adresse selbst
smtp-part-bare-path = die Adresse ohne die spitzen Klammern, die darum gehören
smtp-part-whom = das Postfach oder die Liste, nach der gefragt wird
smtp-part-topic = wozu Hilfe gewünscht ist
smtp-part-mechanism = das Verfahren, mit dem sich der Client anmeldet
smtp-part-initial = die erste Nachricht des Clients in diesem Verfahren, in Base64
smtp-part-octets = die Größe des Stücks in Oktetten
smtp-part-last = es folgt kein weiteres Stück
smtp-part-queue = wessen Mail gewünscht ist
smtp-part-rest = Text, der für diesen Befehl nichts bedeutet
smtp-part-line = eine Zeile, die kein Befehl von SMTP ist
smtp-param-size = SIZE kündigt an, wie viele Oktette die Nachricht hat, damit der Server vorher ablehnen kann
smtp-param-body-7bit = BODY=7BIT: Die Nachricht bleibt bei ASCII
smtp-param-body-8bitmime = BODY=8BITMIME: Die Nachricht enthält mehr als ASCII, zum Beispiel Umlaute in UTF-8
smtp-param-body-binarymime = BODY=BINARYMIME: Die Nachricht muss nicht aus Zeilen bestehen; dann geht sie nur mit BDAT
smtp-param-smtputf8 = SMTPUTF8: Adressen und Kopfzeilen dürfen mehr als ASCII enthalten
smtp-param-ret-full = RET=FULL: Ein Fehlerbericht soll die ganze Nachricht zurückbringen
smtp-param-ret-hdrs = RET=HDRS: Ein Bericht soll nur den Header zurückbringen
smtp-param-envid = ENVID: der Name, den der Absender diesem Umschlag gibt; ein Bericht wiederholt ihn
smtp-param-auth = AUTH: wer die Mail zuerst eingeliefert hat, nach Aussage des Clients; <> heißt, dass niemand dafür einsteht
smtp-param-notify = NOTIFY: wann der Absender einen Bericht möchte
smtp-param-orcpt = ORCPT: die Adresse, wie sie der Absender zuerst geschrieben hat; ein Bericht wiederholt sie
smtp-param-other = ein Parameter einer Erweiterung
smtp-notify-never = niemals, was auch geschieht
smtp-notify-success = wenn die Mail angekommen ist
smtp-notify-failure = wenn sie nicht zugestellt werden kann
smtp-notify-delay = wenn es lange dauert

## Antwortcodes

smtp-digit-1 = 1: angefangen, der Server wartet auf mehr (in SMTP kommt das nicht vor)
smtp-digit-2 = 2: erledigt
smtp-digit-3 = 3: weiter, es fehlt noch etwas
smtp-digit-4 = 4: jetzt nicht. Ein sendender Server behält die Mail und versucht es wieder.
smtp-digit-5 = 5: nein, und noch ein Versuch hilft nicht. Ein sendender Server gibt auf und meldet es dem Absender.
smtp-second-0 = 0: Es geht um die Schreibweise des Befehls
smtp-second-1 = 1: eine Auskunft
smtp-second-2 = 2: Es geht um die Verbindung
smtp-second-3 = 3: Es geht um die Anmeldung
smtp-second-5 = 5: Es geht um das Mailsystem
smtp-third = { $digit }: unterscheidet den Fall von anderen derselben Art
smtp-continued = ein Bindestrich: Es folgt noch eine Zeile derselben Antwort. In der letzten steht hier ein Leerzeichen.
smtp-last-line = ein Leerzeichen: Das ist die einzige oder letzte Zeile der Antwort
smtp-words = Worte für Menschen. Jeder Server formuliert sie, wie er will; Programme lesen sie nicht.
smtp-greeting-name = der Name des Servers, wie er ihn selbst angibt
smtp-greeting-esmtp = der Server spricht SMTP mit Erweiterungen: Grüß ihn mit EHLO
smtp-greeting-words = was der Server sonst von sich erzählt, oft das Programm

smtp-code-211 = Wie es dem System geht, oder Hilfe dazu.
smtp-code-214 = Hilfe, für Menschen.
smtp-code-220 = Der Server ist bereit: am Anfang, und nach STARTTLS für den Handshake.
smtp-code-221 = Der Server schließt die Verbindung, wie gewünscht.
smtp-code-235 = Die Anmeldung hat geklappt.
smtp-code-250 = Erledigt, wie gewünscht.
smtp-code-251 = Den Benutzer gibt es hier nicht, aber der Server leitet die Mail weiter.
smtp-code-252 = Ob es den Benutzer gibt, sagt der Server nicht; er würde die Mail aber annehmen und es versuchen.
smtp-code-253 = Der Server schickt weiter, was er für diese Domain aufhebt; so viele Nachrichten warten (ETRN).
smtp-code-334 = Die Anmeldung geht weiter: Es folgt die nächste Nachricht des Verfahrens, in Base64.
smtp-code-354 = Die Nachricht darf kommen; eine Zeile, in der nur ein Punkt steht, beendet sie.
smtp-code-421 = Der Server kann gerade nicht weiter und schließt die Verbindung. Versuch es später wieder.
smtp-code-432 = Für dieses Verfahren muss das Passwort erst umgestellt werden.
smtp-code-450 = Das Postfach ist gerade nicht zu haben: Es ist belegt, oder der Server lässt dich mit Absicht warten.
smtp-code-451 = Abgebrochen wegen eines Problems beim Server selbst.
smtp-code-452 = Gerade ist nicht genug Platz, oder es sind zu viele Empfänger auf einmal.
smtp-code-454 = TLS oder die Anmeldung geht gerade nicht.
smtp-code-455 = Was die Parameter verlangen, kann der Server gerade nicht.
smtp-code-458 = Der Server kann gerade nicht weiterschicken, was er für diese Domain aufhebt (ETRN). Versuch es später wieder.
smtp-code-459 = Für diese Domain hebt der Server keine Mail auf (ETRN).
smtp-code-500 = Diesen Befehl kennt der Server nicht, oder die Zeile ist zu lang.
smtp-code-501 = Der Befehl ist bekannt, aber was dahinter steht, ist nicht zu lesen.
smtp-code-502 = Den Befehl gibt es in SMTP, dieser Server kann ihn nicht.
smtp-code-503 = Richtiger Befehl, falscher Moment: Erst muss ein anderer kommen.
smtp-code-504 = Diese Spielart des Befehls kann der Server nicht.
smtp-code-521 = Der Host nimmt keine Mail an, oder die Reihenfolge der Befehle passt ihm nicht.
smtp-code-523 = Die Nachricht ist länger, als der Empfänger sie nimmt.
smtp-code-530 = Vorher ist etwas nötig: STARTTLS oder eine Anmeldung.
smtp-code-534 = Das Verfahren ist für diesen Benutzer zu schwach.
smtp-code-535 = Die Anmeldung ist gescheitert: Name oder Passwort ist falsch.
smtp-code-538 = Dieses Verfahren braucht Verschlüsselung.
smtp-code-541 = Die Empfängerseite hat die Nachricht abgelehnt, oft als Spam.
smtp-code-550 = Das Postfach ist nicht zu haben: Es gibt es nicht, oder eine Regel verbietet es.
smtp-code-551 = Den Benutzer gibt es hier nicht. Manche Server sagen, wo.
smtp-code-552 = Das Postfach ist voll, oder die Nachricht ist zu groß.
smtp-code-553 = Diese Adresse gibt es so nicht, oder du darfst sie nicht verwenden.
smtp-code-554 = Die Übertragung ist gescheitert, oder dieser Server ist für niemanden da.
smtp-code-555 = Die Parameter von MAIL oder RCPT sind unbekannt, oder der Befehl ist nicht zu lesen.
smtp-code-556 = Die Domain nimmt gar keine Mail an (ein Null-MX).
smtp-code-other = Ein Code, den dieser Server für sich verwendet; es zählt die erste Ziffer.

## Erweiterte Statuscodes

enhanced-code = der erweiterte Statuscode: Klasse, Thema, Einzelheit
enhanced-class-2 = 2: Erfolg
enhanced-class-4 = 4: ein Problem, das vorübergehen kann
enhanced-class-5 = 5: endgültig gescheitert
enhanced-subject-0 = 0: kein bestimmtes Thema
enhanced-subject-1 = 1: Es geht um die Adresse
enhanced-subject-2 = 2: Es geht um das Postfach
enhanced-subject-3 = 3: Es geht um das Mailsystem
enhanced-subject-4 = 4: Es geht um Netz und Wege
enhanced-subject-5 = 5: Es geht um das Protokoll
enhanced-subject-6 = 6: Es geht um den Inhalt
enhanced-subject-7 = 7: Es geht um Sicherheit oder Regeln
enhanced-subject-other = { $subject }: ein Thema, das dieser Server für sich verwendet
enhanced-detail-other = { $detail }: eine Einzelheit, die dieser Server für sich verwendet
enhanced-0-0 = 0: mehr wird nicht gesagt
enhanced-1-0 = 0: etwas an der Adresse, genauer wird es nicht gesagt
enhanced-1-1 = 1: Dieses Postfach gibt es nicht
enhanced-1-2 = 2: Diese Domain gibt es nicht
enhanced-1-3 = 3: Die Adresse des Postfachs ist nicht zu lesen
enhanced-1-4 = 4: Die Adresse ist mehrdeutig
enhanced-1-5 = 5: Die Adresse ist gültig
enhanced-1-6 = 6: Das Postfach ist umgezogen, niemand weiß wohin
enhanced-1-7 = 7: Die Adresse des Absenders ist nicht zu lesen
enhanced-1-8 = 8: Die Domain des Absenders gibt es nicht
enhanced-1-9 = 9: weitergegeben an ein System, das kein SMTP spricht
enhanced-1-10 = 10: Die Domain nimmt keine Mail an (Null-MX)
enhanced-2-0 = 0: etwas am Postfach, genauer wird es nicht gesagt
enhanced-2-1 = 1: Das Postfach ist abgeschaltet
enhanced-2-2 = 2: Das Postfach ist voll
enhanced-2-3 = 3: Die Nachricht ist größer, als sie in diesem Postfach sein darf
enhanced-2-4 = 4: Die Liste lässt sich nicht auflösen
enhanced-3-0 = 0: etwas am Mailsystem, genauer wird es nicht gesagt
enhanced-3-1 = 1: Das Mailsystem ist voll
enhanced-3-2 = 2: Das System nimmt gerade keine Nachrichten an
enhanced-3-3 = 3: Das Gewünschte kann das System nicht
enhanced-3-4 = 4: Die Nachricht ist zu groß für dieses System
enhanced-3-5 = 5: Das System ist falsch eingestellt
enhanced-4-0 = 0: etwas am Netz, genauer wird es nicht gesagt
enhanced-4-1 = 1: keine Antwort vom Host
enhanced-4-2 = 2: Die Verbindung ist abgerissen
enhanced-4-3 = 3: Ein Verzeichnis wie DNS antwortet nicht
enhanced-4-4 = 4: Es führt kein Weg dorthin
enhanced-4-5 = 5: Das System ist überlastet
enhanced-4-6 = 6: Die Mail läuft im Kreis
enhanced-4-7 = 7: Es hat zu lange gedauert
enhanced-5-0 = 0: etwas am Protokoll, genauer wird es nicht gesagt
enhanced-5-1 = 1: ein unbekannter Befehl, oder einer am falschen Platz
enhanced-5-2 = 2: Der Befehl ist falsch geschrieben
enhanced-5-3 = 3: zu viele Empfänger
enhanced-5-4 = 4: Was hinter dem Befehl steht, ist falsch
enhanced-5-5 = 5: die falsche Version des Protokolls
enhanced-5-6 = 6: Eine Zeile der Anmeldung ist zu lang
enhanced-6-0 = 0: etwas am Inhalt, genauer wird es nicht gesagt
enhanced-6-1 = 1: Diese Art Inhalt wird nicht unterstützt
enhanced-6-2 = 2: Der Inhalt müsste umgewandelt werden, und das ist verboten
enhanced-6-3 = 3: Der Inhalt müsste umgewandelt werden, und das geht nicht
enhanced-6-4 = 4: umgewandelt, und dabei ging etwas verloren
enhanced-6-5 = 5: Die Umwandlung ist gescheitert
enhanced-6-6 = 6: Der Inhalt ist nicht zu bekommen
enhanced-6-7 = 7: Adressen jenseits von ASCII sind hier nicht erlaubt
enhanced-6-8 = 8: Die Antwort bräuchte UTF-8, und das ist nicht erlaubt
enhanced-6-9 = 9: Im Header steht UTF-8, das so nicht weitergehen kann
enhanced-6-11 = 11: In der Nachricht stehen unerlaubte Zeilenenden
enhanced-7-0 = 0: etwas an der Sicherheit, genauer wird es nicht gesagt
enhanced-7-1 = 1: abgelehnt, weil die Regeln es so wollen
enhanced-7-2 = 2: An diese Liste darf man nicht schreiben
enhanced-7-3 = 3: Der Schutz der Nachricht müsste umgewandelt werden, und das geht nicht
enhanced-7-4 = 4: Dieses Sicherheitsverfahren gibt es hier nicht
enhanced-7-5 = 5: Die Kryptographie hat versagt
enhanced-7-6 = 6: Dieser Algorithmus wird nicht unterstützt
enhanced-7-7 = 7: Die Nachricht wurde unterwegs verändert
enhanced-7-8 = 8: Name oder Passwort ist falsch
enhanced-7-9 = 9: Das Verfahren ist zu schwach
enhanced-7-10 = 10: Es braucht Verschlüsselung
enhanced-7-11 = 11: Dieses Verfahren braucht Verschlüsselung
enhanced-7-12 = 12: Das Passwort muss erst umgestellt werden
enhanced-7-13 = 13: Das Konto ist abgeschaltet
enhanced-7-20 = 20: Keine DKIM-Signatur hat gehalten
enhanced-7-21 = 21: keine ausreichende DKIM-Signatur
enhanced-7-22 = 22: keine DKIM-Signatur der Domain des Verfassers
enhanced-7-23 = 23: Laut SPF darf diese Adresse nicht für die Domain senden
enhanced-7-24 = 24: SPF ließ sich nicht prüfen
enhanced-7-25 = 25: Die Adresse des Clients hat im DNS keinen ordentlichen Namen
enhanced-7-26 = 26: Mehrere Prüfungen des Absenders sind gescheitert
enhanced-7-27 = 27: Die Domain des Absenders nimmt keine Mail an (Null-MX)
enhanced-7-54 = 54: Dieser Server leitet keine Mail für andere weiter (Nummer von Exchange)
enhanced-7-57 = 57: Der Client hat sich nicht angemeldet (Nummer von Exchange)
enhanced-7-60 = 60: Der Client darf nicht als dieser Absender senden (Nummer von Exchange)
enhanced-7-509 = 509: DMARC der Absenderdomain verlangt die Ablehnung (Nummer von Exchange)

## Schlüsselwörter der Antwort auf EHLO

ehlo-name = der Name des Servers, vielleicht mit einem freundlichen Wort
ehlo-pipelining = PIPELINING: Der Client darf mehrere Befehle schicken, ohne jede Antwort abzuwarten.
ehlo-size = SIZE: die größte Nachricht in Oktetten, die der Server nimmt; 0 oder nichts heißt: keine feste Grenze. MAIL darf dazu SIZE= angeben.
ehlo-vrfy = VRFY: Der Server kennt den Befehl VRFY. Dass er damit etwas verrät, heißt das nicht.
ehlo-expn = EXPN: Der Server zeigt, wer hinter einer Liste steckt.
ehlo-etrn = ETRN: Wer offline war, kann aufgehobene Mail abrufen lassen.
ehlo-starttls = STARTTLS: Es geht auch verschlüsselt weiter. Wer dazwischen sitzt, könnte diese Zeile herausnehmen; darum sollten Clients darauf bestehen.
ehlo-auth = AUTH: Man kann sich hier anmelden, mit einem der genannten Verfahren.
ehlo-enhancedstatuscodes = ENHANCEDSTATUSCODES: Antworten tragen einen zweiten, feineren Code wie 2.1.5.
ehlo-8bitmime = 8BITMIME: Oktette jenseits von ASCII kommen unverändert durch, Umlaute müssen also nicht kodiert werden.
ehlo-dsn = DSN: Man kann Zustellberichte bestellen, mit NOTIFY bei RCPT und RET bei MAIL.
ehlo-smtputf8 = SMTPUTF8: Adressen und Header dürfen mehr als ASCII enthalten.
ehlo-chunking = CHUNKING: Die Nachricht kann auch mit BDAT kommen, nach Größe und ohne verdoppelte Punkte.
ehlo-binarymime = BINARYMIME: Mit BDAT geht sogar Inhalt, der nicht aus Zeilen besteht.
ehlo-help = HELP: Der Server kennt den Befehl HELP.
ehlo-other = eine Erweiterung, die helos Nachschlagewerk nicht kennt
ehlo-mechanism = { $mechanism ->
    [PLAIN] PLAIN: Name und Passwort in einer Nachricht, lesbar für jeden, der mitliest
    [LOGIN] LOGIN: Name und Passwort nacheinander, ebenso lesbar; alt und nie genormt
    [CRAM-MD5] CRAM-MD5: Das Passwort bleibt beim Client, er beantwortet eine Aufgabe; MD5 gilt inzwischen als schwach
    [SCRAM-SHA-256] SCRAM-SHA-256: Client und Server beweisen einander, dass sie das Passwort kennen, und keiner schickt es
   *[other] { $mechanism }: ein SASL-Verfahren
}

## In welchem Zustand die Sitzung ist

smtp-state-begun = verbunden, noch nicht vorgestellt
smtp-state-greeted = vorgestellt, keine Mail begonnen
smtp-state-sender = der Umschlag hat einen Absender
smtp-state-recipients = { $count ->
    [one] der Umschlag hat einen Absender und einen Empfänger
   *[other] der Umschlag hat einen Absender und { $count } Empfänger
}
smtp-state-message = die Nachricht wird getippt
smtp-state-chunks = die Nachricht kommt in Stücken
smtp-state-login = mitten in der Anmeldung
smtp-state-handshake = es fehlt der TLS-Handshake
smtp-state-closed = die Sitzung ist vorbei
smtp-state-secured = , verschlüsselt
smtp-state-user = , angemeldet als { $user }

## Was als Nächstes geht

smtp-next-ehlo = stell dich vor und sieh dir die Erweiterungen an
smtp-next-helo = stell dich ohne Erweiterungen vor
smtp-next-starttls = verschlüsselt weiterreden
smtp-next-auth = anmelden
smtp-next-mail = einen Umschlag mit seinem Absender beginnen
smtp-next-rcpt-first = den ersten Empfänger nennen
smtp-next-rcpt = noch einen Empfänger nennen
smtp-next-data = die Nachricht beginnen
smtp-next-bdat = die Nachricht nach Größe übergeben
smtp-next-bdat-more = das nächste Stück übergeben
smtp-next-rset = den Umschlag wegwerfen
smtp-next-quit = die Sitzung beenden
smtp-next-vrfy = fragen, ob es ein Postfach gibt
smtp-next-header = ein Feld des Headers; eine leere Zeile beendet ihn
smtp-next-dot = die Nachricht beenden
smtp-next-base64 = die nächste Nachricht der Anmeldung, in Base64
smtp-next-cancel = die Anmeldung abbrechen
smtp-next-handshake = der Client beginnt TLS; openssl s_client -starttls smtp nimmt dir das ab
