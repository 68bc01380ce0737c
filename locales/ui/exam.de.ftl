# Exams, and steps that need not be done.
exam = Eine Prüfung
exam-rules = Hier gibt es keine Hinweise, und was du verdient hast, erfährst du erst, wenn du abgibst. Von mehreren Antworten auf eine Frage zählt die letzte.
hand-in = Abgeben
js-hand-in-sure = Jetzt abgeben? Was du danach tust, zählt nicht mehr.
js-answer-noted = Deine Antwort ist notiert. Bis zur Abgabe kannst du eine andere geben.
js-step-optional = freiwillig
