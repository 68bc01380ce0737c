### Was Programme ausgeben, auf Deutsch. output.en.ftl hat dieselben Meldungen mit denselben Variablen.

output-empty = Eine leere Zeile, damit es sich besser liest.
output-hint = Ein Wort vom Labor, nicht vom Programm: etwas, das man an dieser Stelle leicht übersieht.
output-line = Eine Zeile, die { $program ->
    [shell] die Shell
   *[other] { $program }
} ausgegeben hat.
output-value = der Wert
bash-complaint = Eine Beschwerde der Shell.
zone-comment = Ein Kommentar in der Zone.
mail-message = Das Mailprogramm sagt, welche Nachricht es zeigt.
mail-eot = Das Mailprogramm hat das Ende des Briefs gelesen und schickt ihn ab.
mail-none = Es ist keine Mail da.

telnet-trying = telnet hat den Namen im DNS nachgeschlagen und ruft jetzt diese Adresse an.
telnet-connected = Die TCP-Verbindung steht. Was nun kommt, sagt der Server.
telnet-escape = Mit ^] kommst du zur Eingabeaufforderung von telnet selbst, zum Beispiel um aufzulegen.
telnet-closed-by-host = Der Server hat die Verbindung geschlossen.
telnet-closed = telnet hat die Verbindung geschlossen.
telnet-lookup-failed = Das DNS kennt zu diesem Namen keine Adresse.
telnet-refused = Es kam keine Verbindung zustande: Auf diesem Port hört niemand, oder es antwortet keiner.
telnet-prompt = Die Eingabeaufforderung von telnet selbst: Befehle hier gelten telnet.
telnet-complaint = Diesen Befehl an sich selbst versteht telnet nicht.
nc-open = Der Port ist offen: Die Verbindung kam zustande.
nc-refused = Es kam keine Verbindung zustande.
nc-lookup-failed = Das DNS kennt zu diesem Namen keine Adresse.

swaks-info = === swaks sagt, was es tut
swaks-error = *** swaks meldet ein Problem
swaks-client = -> das sagt swaks zum Server
swaks-client-tls = ~> das sagt swaks zum Server, verschlüsselt
swaks-server = <- das sagt der Server
swaks-server-tls = <~ das sagt der Server, verschlüsselt
swaks-server-no = <** der Server lehnt ab

tls-report-connected = Die TCP-Verbindung steht; jetzt folgt der TLS-Handshake.
tls-report-depth = Ein Zertifikat der Kette wird geprüft: 0 ist das des Servers, darüber stehen die, die es unterschrieben haben.
tls-report-verify-error = Mit dem Zertifikat stimmt etwas nicht. s_client macht trotzdem weiter, außer mit -verify_return_error; ein Mailprogramm würde warnen oder aufhören.
tls-report-verify-return = 1: Die Prüfung geht weiter
tls-report-chain = Die Zertifikate, die der Server geschickt hat, sein eigenes zuerst.
tls-report-chain-subject = s: für wen das Zertifikat ist
tls-report-chain-issuer = i: wer es unterschrieben hat
tls-report-chain-key = a: Art des Schlüssels und der Unterschrift
tls-report-chain-validity = v: von wann bis wann es gilt
tls-report-certificate = Das Zertifikat des Servers selbst, als Text.
tls-report-no-certificate = Der Server hat kein Zertifikat gezeigt, also gibt es kein TLS.
tls-report-no-servername = s_client hat keinen Namen, den es im Handshake nennen könnte.
tls-report-no-ca-names = Der Server möchte von dir kein Zertifikat sehen.
tls-report-digest = die Prüfsumme in der Unterschrift des Servers unter dem Handshake
tls-report-signature = die Art dieser Unterschrift: Damit beweist der Server, dass ihm der private Schlüssel gehört
tls-report-temp-key = der Schlüssel nur für diese Verbindung; so bleibt Mitgeschnittenes geheim, auch wenn der Schlüssel des Servers später gestohlen wird (Forward Secrecy)
tls-report-octets = wie viel der Handshake gebraucht hat
tls-report-verified = Das Zertifikat ist in Ordnung: von einer Stelle unterschrieben, der getraut wird, und noch gültig.
tls-report-not-verified = Das Zertifikat ist nicht in Ordnung; hier steht, warum.
tls-report-peername = der Name, für den das Zertifikat geprüft wurde
tls-report-cipher = die vereinbarten Verfahren: Verschlüsselung und Prüfsumme, bis TLS 1.2 auch Schlüsseltausch und Unterschrift
tls-report-protocol = die vereinbarte Version von TLS
tls-report-key-size = wie lang der Schlüssel des Servers ist
tls-report-renegotiation = Eine Frage alter Versionen von TLS; seit 1.3 wird nicht mehr neu verhandelt.
tls-report-compression = TLS komprimiert nicht mehr: Das würde Geheimnisse verraten.
tls-report-alpn = Ein anderes Protokoll wurde nicht mit Namen vereinbart; Mail braucht das nicht.
tls-report-early-data = Daten vor dem Ende des Handshakes; Mail verwendet das nicht.
tls-report-code-ok = 0: Das Zertifikat ist in Ordnung
tls-report-code = Was die Prüfung des Zertifikats ergab; 0 wäre gut.
tls-report-session = Was über die Sitzung bekannt ist, falls sie fortgesetzt werden soll.
tls-report-ticket = Ein Ticket des Servers, mit dem der nächste Handshake schneller geht.
tls-report-session-id = der Name der Sitzung
tls-report-secret = Ein Geheimnis der Sitzung: Wer es hat, kann mitlesen.
tls-report-unused = hier nicht verwendet
tls-report-start = wann die Sitzung begann, in Sekunden seit 1970
tls-report-timeout = wie lange sie fortgesetzt werden kann
tls-report-read-block = s_client wartet auf den Server.
tls-report-renegotiating = s_client hielt die Zeile für einen Befehl an sich selbst: Eine mit R verlangt einen neuen Handshake, eine mit K neue Schlüssel.
tls-report-done = s_client hört auf.
tls-report-closed = Der Server hat die Verbindung geschlossen.
tls-report-last-plain = Die letzte Zeile der Antwort des Servers vor TLS. Was davor kam, hat s_client für sich behalten.
tls-report-no-starttls = Der Server bietet kein STARTTLS an.
tls-report-rule = Ein Strich zwischen den Abschnitten des Berichts.

x509-pem-begin = Ab hier steht ein Zertifikat oder Schlüssel in PEM: seine Oktette in Base64.
x509-pem-end = Bis hierher ging, was in Base64 stand.
x509-subject = Das Subject: für wen das Zertifikat ist.
x509-issuer = Der Issuer: wer es unterschrieben hat. Ist das der Inhaber selbst, hat sich das Zertifikat selbst unterschrieben.
x509-whole = Das Zertifikat in Worten.
x509-data = Was unterschrieben ist.
x509-version = Die Version der Form; heute immer 3.
x509-serial = Die Seriennummer, unter der die ausstellende Stelle das Zertifikat kennt.
x509-signature-algorithm = Wie unterschrieben wurde.
x509-signature = Die Unterschrift der ausstellenden Stelle.
x509-validity = Von wann bis wann es gilt.
x509-not-before = Gültig von diesem Moment an.
x509-not-after = Gültig bis zu diesem Moment.
x509-key = Der öffentliche Schlüssel. Was damit verschlüsselt ist, öffnet nur der private; was der private unterschrieben hat, lässt sich damit prüfen.
x509-key-algorithm = Die Art des Schlüssels.
x509-key-size = Wie lang der Schlüssel ist.
x509-curve = Die elliptische Kurve des Schlüssels.
x509-extensions = Was das Zertifikat sonst noch sagt.
x509-names = Die Namen und Adressen, für die es gilt. Programme sehen hier nach, nicht beim CN.
x509-basic-constraints = Ob der Inhaber Zertifikate unterschreiben darf.
x509-ca = Der Inhaber ist eine Zertifizierungsstelle und darf Zertifikate unterschreiben.
x509-no-ca = Der Inhaber ist keine Zertifizierungsstelle: Was er unterschriebe, wäre nichts wert.
x509-usage = Wofür der Schlüssel da ist.
x509-extended-usage = Wofür genauer: Das Zertifikat eines Servers braucht „TLS Web Server Authentication“.
x509-key-identifier = Prüfsummen von Schlüsseln, an denen Zertifikat und Aussteller einander finden.
x509-fingerprint = Der Fingerabdruck: eine Prüfsumme über das ganze Zertifikat, zum Vergleichen.
x509-expires = Ob es in der gefragten Zeit abläuft.
x509-host-matches = Ob es für den gefragten Namen gilt.

dig-banner = dig sagt, welche Version es ist, und wiederholt die Frage.
dig-options = Optionen, die für den ganzen Befehl gelten.
dig-got = Es ist eine Antwort gekommen.
dig-no-recursion = Der Server sucht nicht anderswo nach Antworten: Er sagt nur, was er selbst weiß.
dig-opt = Was nicht eigentlich DNS ist, sondern darum herum: EDNS.
dig-edns = EDNS: wie groß eine Antwort über UDP sein darf, und erweiterte Flags.
dig-cookie = Ein Cookie, gegen gefälschte Antworten.
dig-question = Es folgt die Frage, wie der Server sie verstanden hat.
dig-answer = Es folgt die Antwort.
dig-authority = Es folgt, wer zuständig ist: Nameserver, oder der SOA, wo es so einen Eintrag nicht gibt.
dig-additional = Es folgt, was der Server ungefragt dazulegt, zum Beispiel die Adressen der genannten Server.
dig-time = Wie lange die Antwort gedauert hat.
dig-asked = Welcher Nameserver geantwortet hat, und von welchem Port.
dig-when = Wann.
dig-size = Wie viele Oktette die Antwort hatte.
dig-timed-out = Niemand hat geantwortet.
dig-remark = Eine Bemerkung von dig.
dig-question-line = Die Frage: Name, Klasse und Typ. Eine Lebensdauer hat sie nicht.
dig-record = Ein Eintrag (Resource Record): Name, Lebensdauer, Klasse, Typ, Wert.
dig-short = Nur der Wert.
dig-header = Der Kopf der Antwort.
dig-flags = Flags der Antwort, und wie viele Einträge jeder Abschnitt hat.
dig-opcode = was getan wird; QUERY ist eine Frage
dig-id = die Nummer, an der Frage und Antwort einander finden
dig-status-noerror = NOERROR: beantwortet. Stehen keine Einträge da, gibt es den Namen, aber nicht mit diesem Typ.
dig-status-formerr = FORMERR: Der Server konnte die Frage nicht lesen
dig-status-servfail = SERVFAIL: Der Server konnte es nicht herausfinden; versuch es noch einmal
dig-status-nxdomain = NXDOMAIN: Diesen Namen gibt es nicht
dig-status-notimp = NOTIMP: Das kann der Server nicht
dig-status-refused = REFUSED: Das will der Server nicht
dig-status-other = der Status der Antwort
dig-flag-qr = qr: Das ist eine Antwort
dig-flag-aa = aa: von einem Server, der für die Zone zuständig ist
dig-flag-tc = tc: abgeschnitten, es passte nicht; frag über TCP
dig-flag-rd = rd: Der Client wollte, dass der Server auch anderswo sucht
dig-flag-ra = ra: Der Server tut das
dig-flag-ad = ad: mit DNSSEC geprüft
dig-flag-cd = cd: Der Client wollte diese Prüfung nicht
dig-flag-other = ein anderes Flag
dig-count-query = wie viele Fragen
dig-count-answer = wie viele Einträge in der Antwort
dig-count-authority = wie viele Einträge dazu, wer zuständig ist
dig-count-additional = wie viele Einträge dazugelegt; EDNS zählt als einer

record-name = der Name, zu dem der Eintrag gehört
record-ttl = die Lebensdauer (TTL): So viele Sekunden darf man ihn behalten
record-class = die Klasse; IN ist das Internet
record-type = der Typ
record-preference = die Präferenz: Die kleinere Zahl wird zuerst versucht
record-exchange = der Host, der die Mail annimmt
record-null-mx = ein einzelner Punkt: Diese Domain nimmt gar keine Mail an
record-soa-mname = der primäre Nameserver
record-soa-rname = das Postfach der verantwortlichen Person, mit einem Punkt statt des @
record-soa-serial = die Seriennummer: Sie steigt mit jeder Änderung
record-soa-refresh = refresh: Nach so vielen Sekunden sehen sekundäre Server nach, ob es Neues gibt
record-soa-retry = retry: Nach so vielen Sekunden versuchen sie es wieder, wenn das nicht ging
record-soa-expire = expire: Nach so vielen Sekunden ohne Erfolg antworten sie nicht mehr
record-soa-minimum = minimum: So viele Sekunden darf man behalten, dass es etwas nicht gibt
record-text = Text
record-spf = SPF: wer für diese Domain senden darf
record-dkim = ein öffentlicher Schlüssel für DKIM, mit dem Signaturen geprüft werden
record-dmarc = DMARC: was mit Mail geschehen soll, für die weder SPF noch DKIM spricht
spf-term-version = die Version
spf-term-all = { $sign ->
    [fail] -all: Alle anderen dürfen nicht
    [softfail] ~all: Alle anderen dürfen wohl nicht
    [neutral] ?all: Über alle anderen wird nichts gesagt
   *[pass] all: Alle dürfen, und damit ist der Eintrag wertlos
}
spf-term-mx = { $sign ->
    [pass] die MX-Hosts der Domain dürfen senden
   *[other] für die MX-Hosts der Domain gilt: { $sign }
}
spf-term-a = { $sign ->
    [pass] die Adressen des Namens dürfen senden
   *[other] für die Adressen des Namens gilt: { $sign }
}
spf-term-ip = { $sign ->
    [pass] diese Adressen dürfen senden
   *[other] für diese Adressen gilt: { $sign }
}
spf-term-include = { $sign ->
    [pass] wer für jene Domain senden darf, darf es auch hier
   *[other] wer für jene Domain senden darf, für den gilt: { $sign }
}
spf-term-exists = { $sign ->
    [pass] darf senden, wenn es jenen Namen gibt
   *[other] wenn es jenen Namen gibt: { $sign }
}
spf-term-ptr = { $sign ->
    [pass] wessen Adresse einen Namen in der Domain hat, darf senden; das soll man nicht mehr verwenden
   *[other] wessen Adresse einen Namen in der Domain hat, für den gilt: { $sign }
}
spf-term-redirect = stattdessen gilt der Eintrag jener Domain
spf-term-exp = wo die Begründung einer Ablehnung steht
spf-term-other = ein Wort, das SPF nicht kennt
tag-version = die Version
tag-policy = die Regel: none (nur melden), quarantine (zum Spam), reject (ablehnen)
tag-subdomain-policy = die Regel für Subdomains
tag-rua = wohin Zusammenfassungen gehen
tag-ruf = wohin Berichte über einzelne Mails gehen
tag-alignment = wie genau die Domains übereinstimmen müssen: r (dieselbe Organisation), s (genau dieselbe)
tag-pct = für wie viel Prozent der Mails es gilt; nicht mehr in Gebrauch
tag-key = der öffentliche Schlüssel, in Base64
tag-key-type = die Art des Schlüssels
tag-testing = nur ein Test
tag-other = eine andere Angabe
smime-report-good = Die Signatur hält: Kein Byte ist verändert, und das Zertifikat führt zu jemandem, dem vertraut wird. Ob es das des Absenders ist, musst du selbst nachsehen: -signer schreibt es in eine Datei.
smime-report-bad = Die Signatur hält nicht, oder ihrem Zertifikat ist nicht zu trauen. Der Grund steht am Ende der nächsten Zeile.
smime-report-purposes = Wofür man das Zertifikat verwenden darf, und wofür als Aussteller.
