# Exams, and steps that need not be done.
exam = An exam
exam-rules = There are no hints here, and nothing tells you what you have earned until you hand in. Of several answers to a question the last one counts.
hand-in = Hand in
js-hand-in-sure = Hand in now? Nothing that you do afterwards counts.
js-answer-noted = Your answer is noted. Until you hand in you can give another.
js-step-optional = optional
