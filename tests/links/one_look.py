"""One look at a page of the small internet, and what it answers."""

from bot.resources.links.checker import LinkChecker
from bot.resources.links.rules import Verdict
from tests.links.nasty import Answer, Internet

PAGE = "http://learn.example.org/page"
SITE = "learn.example.org"


async def verdict(checker: LinkChecker, address: str = PAGE) -> Verdict:
    return (await checker.look(address)).verdict


def answers(internet: Internet, answer: Answer, path: str = "/page") -> None:
    internet.answers[SITE + path] = answer
