### Was in den Nachrichten einer Anmeldung steht, auf Deutsch. auth.en.ftl hat dieselben Meldungen mit denselben Variablen.

auth-cancel = ein einzelner Stern bricht die Anmeldung ab
auth-empty = ein Gleichheitszeichen steht für eine leere erste Nachricht
auth-no-base64 = das ist kein Base64: Dort stehen nur Buchstaben, Ziffern, + und /, am Ende auch =, in Vierergruppen
auth-decoded = was in dem Base64 steckt
auth-name = der Name dessen, der sich anmeldet
auth-password = das Passwort
auth-authzid = { $empty ->
    [yes] authzid: als wer man handeln möchte; leer, also als man selbst
   *[no] authzid: als wer man handeln möchte
}
auth-authcid = authcid: der Name dessen, der sich anmeldet
auth-nul = das Oktett 0, es trennt die Teile
auth-plain-parts = PLAIN will drei Teile mit dem Oktett 0 dazwischen; hier { $count ->
    [one] ist es einer
   *[other] sind es { $count }
}
auth-login-asks = wonach der Server fragt
auth-cram-challenge = die Aufgabe: jedes Mal neu, damit eine belauschte Antwort später nichts wert ist
auth-cram-digest = der HMAC-MD5 der Aufgabe mit dem Passwort als Schlüssel. Das Passwort geht nicht über die Leitung, man kann es aber durchprobieren.
auth-scram-gs2 = { $bound ->
    [yes] die Anmeldung soll an den TLS-Kanal gebunden sein
   *[no] die Anmeldung ist nicht an den TLS-Kanal gebunden (n,,: der Client kann es nicht; y,,: er könnte)
}
auth-scram-name = n=: der Name dessen, der sich anmeldet
auth-scram-nonce = r=: die Nonce, zufällig und neu; der Server hängt seine Hälfte an
auth-scram-salt = s=: das Salz, in Base64; es lässt gleiche Passwörter verschieden aussehen
auth-scram-iterations = i=: wie oft gehasht wird. Je öfter, desto langsamer geht das Durchprobieren.
auth-scram-channel = c=: noch einmal der Anfang der ersten Nachricht, in Base64, damit ihn niemand unterwegs ändern kann
auth-scram-proof = p=: der Beweis, dass der Client das Passwort kennt
auth-scram-verifier = v=: der Beweis, dass auch der Server es kennt
auth-scram-error = e=: was schiefging
auth-scram-other = ein Feld von SCRAM
auth-readable = { $password ->
    [yes] { $tls ->
        [yes] Base64 ist keine Verschlüsselung, es macht Oktette nur passend für eine Zeile. Hier schützt TLS Name und Passwort unterwegs; der Server liest beides.
       *[no] Base64 ist keine Verschlüsselung: Wer auf dieser Leitung mitliest, dekodiert Name und Passwort so leicht, wie du es hier siehst.
    }
   *[no] { $tls ->
        [yes] Base64 ist keine Verschlüsselung, aber dieses Verfahren schickt das Passwort nicht, und den Rest schützt TLS.
       *[no] Base64 ist keine Verschlüsselung: Wer mitliest, sieht, was hier dekodiert steht. Das Passwort ist nicht dabei.
    }
}
