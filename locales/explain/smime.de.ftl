# Signierte und verschlüsselte Mail (S/MIME).
smime-signer = Unterschrieben von { $subject }, für { $addresses }; das Zertifikat hat { $issuer } ausgestellt.
smime-signer-nameless = Unterschrieben von { $subject }; das Zertifikat nennt keine Mailadresse, ausgestellt hat es { $issuer }.
smime-signer-unknown = Unterschrieben hat jemand, aber das Zertifikat dazu liegt nicht bei.
smime-holds = Die Signatur hält: Am unterschriebenen Text ist kein Byte verändert, das Zertifikat ist in Ordnung und für Mail gedacht, und es gilt für die Adresse des Absenders.
smime-content-changed = Das ist nicht der Text, der unterschrieben wurde: Seine Prüfsumme ist eine andere. Jemand hat ihn nach dem Unterschreiben geändert, oder unterwegs ist etwas passiert.
smime-signature-wrong = Die Signatur ist nicht das, was der Schlüssel im Zertifikat hieraus macht: Sie ist kaputt, oder ein anderer Schlüssel hat sie gemacht.
smime-no-signer = Das Zertifikat dazu fehlt, und so kann niemand sagen, wessen Unterschrift das ist.
smime-no-content = Was unterschrieben wurde, ist nicht da.
smime-unknown-algorithm = Das ist mit einem Verfahren gemacht, das hier niemand kennt ({ $oid }).
smime-unreadable = Angeblich ist das signiert oder verschlüsselt, aber was da steht, lässt sich nicht lesen.
smime-other-content = Das ist weder signiert noch verschlüsselt, sondern etwas anderes ({ $oid }).
smime-not-for-this = Das wurde für andere verschlüsselt.
smime-wrong-key = Der Schlüssel öffnet das nicht.
smime-certificate-malformed = Das Zertifikat lässt sich nicht lesen.
smime-certificate-self-signed = Das Zertifikat hat sich der Unterzeichner selbst ausgestellt. Das kann jeder, auf jeden Namen.
smime-certificate-unknown-issuer = Wer das Zertifikat ausgestellt hat ({ $issuer }), kennt hier niemand. Der Name darin ist also nur eine Behauptung.
smime-certificate-not-an-authority = Das Zertifikat hat jemand ausgestellt, der keine ausstellen darf.
smime-certificate-bad-signature = Die Signatur des Zertifikats selbst stimmt nicht: Der Aussteller hat sie nicht gemacht.
smime-certificate-not-yet-valid = Das Zertifikat gilt erst ab { $from }.
smime-certificate-expired = Das Zertifikat galt bis { $until }, jetzt nicht mehr.
smime-certificate-wrong-purpose = Das Zertifikat ist nicht für Mail gedacht. Das eines Webservers zum Beispiel unterschreibt keine Briefe.
smime-other-sender = Der Brief gibt an, von { $from } zu sein, das Zertifikat gilt aber für { $addresses }. Unterschrieben hat also jemand anders als der, der als Absender dasteht.
smime-no-sender = Der Brief nennt keinen Absender, mit dem man das Zertifikat vergleichen könnte.
smime-encrypted = Verschlüsselt. Ohne den Schlüssel des Empfängers liest das niemand, auch der Postmaster dieses Servers nicht; offen steht nur der Kopf da, samt Betreff.
smime-encrypted-for = Verschlüsselt für { $recipients }. Sonst liest das niemand, auch der Postmaster dieses Servers nicht; offen steht nur der Kopf da, samt Betreff.
smime-encrypted-for-and-others = Verschlüsselt für { $recipients } und { $others ->
    [one] noch jemanden, dessen Zertifikat
   *[other] { $others } weitere, deren Zertifikate
} hier niemand kennt. Ohne einen ihrer Schlüssel liest das niemand, auch der Postmaster dieses Servers nicht; offen steht nur der Kopf da, samt Betreff.
