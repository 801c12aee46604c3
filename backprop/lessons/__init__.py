"""Prepared scenarios, each with a question to predict, a reveal, and claims that are tested.

lesson      what a lesson is
own         one of the reader's own, made of moments; file keeps it
labels      one sample that is wrong, right, or takes all along
epsilons    what an ε does, and what it cannot do
networks    what no output derivative repairs
costs       the quadratic cost
"""

from backprop.lessons.costs import SLOW_START, WORKED_EXAMPLE
from backprop.lessons.epsilons import EPSILON_TOO_SMALL, FLOAT16, SILENT_EPSILON
from backprop.lessons.labels import ONE_IS_ENOUGH, RIGHT_AND_NAN, SWAPPED, WRONG_LABEL
from backprop.lessons.lesson import Claim, Lesson, LessonStep, Question, Runs
from backprop.lessons.networks import HIDDEN_SATURATION, VANISHING, ZERO

LESSONS = {
    lesson.id: lesson
    for lesson in (
        RIGHT_AND_NAN, ONE_IS_ENOUGH, SILENT_EPSILON, WRONG_LABEL, EPSILON_TOO_SMALL, FLOAT16,
        SWAPPED, HIDDEN_SATURATION, VANISHING, ZERO, SLOW_START, WORKED_EXAMPLE,
    )
}  # fmt: skip
"""All lessons by their id, in the order in which a course would take them."""

RENAMED = {
    "right-and-nan": "right-and-sure",
    "one-is-enough": "average",
    "silent-epsilon": "usual-repair",
    "epsilon-too-small": "smaller-epsilon",
    "float16-ten-steps": "float16",
    "vanishing-gradients": "deep-sigmoids",
}
"""Ids of before, which told the ending; links that have them still open the lesson."""

__all__ = ["LESSONS", "RENAMED", "Claim", "Lesson", "LessonStep", "Question", "Runs"]
