"""A server's own questions, as they are typed: one a line. Pure."""

from bot.errors import QuestionTooLong, TextTooLong, TooManyQuestions
from bot.inputs import clean_text, quoted, says_something
from bot.texts import gettext

QUESTIONS_KEPT = 60
QUESTION_LIMIT = 200
QUESTIONS_TEXT_LIMIT = 4_000
"""What one field of a form can hold, in characters."""


def read_questions(text: str) -> list[str]:
    """The questions of a text, without empty lines and repetitions.

    Raises TextTooLong, QuestionTooLong and TooManyQuestions.
    """
    if len(text) > QUESTIONS_TEXT_LIMIT:
        raise TextTooLong(field=gettext("Own questions"), length=len(text), limit=QUESTIONS_TEXT_LIMIT)
    questions: dict[str, str] = {}
    for line in clean_text(text).split("\n"):
        question = " ".join(line.split())
        if not says_something(question):
            continue
        if len(question) > QUESTION_LIMIT:
            raise QuestionTooLong(given=quoted(question), length=len(question), limit=QUESTION_LIMIT)
        questions.setdefault(question.casefold(), question)
    if len(questions) > QUESTIONS_KEPT:
        raise TooManyQuestions(count=len(questions), limit=QUESTIONS_KEPT)
    return list(questions.values())
