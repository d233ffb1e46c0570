"""Kind words after a check-in: for the work, not for the person, and seldom the same twice."""

from datetime import date

from bot.checkins.rules import KindOfWork
from bot.texts import mark

_FOR_ANY = (
    mark("Noted. That's a day with something in it."),
    mark("Done is done. Well kept."),
    mark("Another brick in the wall you can point at."),
    mark("Good. Small and finished beats big and planned."),
    mark("That counts, and it adds up."),
    mark("Kept. Your future self can read this back."),
    mark("Good work. Close the laptop with a clear head."),
    mark("One more day that nobody can take back."),
)

_FOR_KIND = {
    KindOfWork.LEARNING: (
        mark("Learned is good. What could you build with it tomorrow?"),
        mark("New knowledge in. Put it to use while it's warm."),
        mark("Good. Write one sentence about it in your own words."),
    ),
    KindOfWork.BUILDING: (
        mark("Something exists now that didn't this morning."),
        mark("Built. That's the part that gets people hired."),
        mark("Good. It runs a little further than yesterday."),
    ),
    KindOfWork.SHOWING: (
        mark("Shown. Most people stop just before this step."),
        mark("Out in the open, where it can be found."),
        mark("Good. Work that is seen works for you."),
    ),
    KindOfWork.JOB_HUNT: (
        mark("One more door knocked on."),
        mark("That took some nerve. Good."),
        mark("Sent is better than perfect."),
    ),
}


def praise_for(user_id: int, day: date, kind: KindOfWork) -> str:
    """A kind word, in English as it stands in the catalogues; it changes from day to day."""
    words = (*_FOR_KIND[kind], *_FOR_ANY)
    return words[(user_id // 7 + day.toordinal()) % len(words)]
