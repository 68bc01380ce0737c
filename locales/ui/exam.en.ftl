# Exams, and steps that need not be done.
exam = An exam
exam-rules = There are no hints here, and nothing tells you what you have earned until you hand in. Of several answers to a question the last one counts.
hand-in = Hand in
hand-in-sure = Hand in now?
hand-in-text = Nothing that you do afterwards counts. How many points you have earned you learn right after it.
js-hand-in-open = Still without an answer: { $x }
hand-in-not-yet = Not yet
handed-in = Handed in
handed-in-text = Nothing that you do now counts any more. Each step says what has earned it.
js-answer-was = Noted: { $x }. Until you hand in you can give another answer.
js-step-optional = optional
