"""The questions of the day: about doing and showing rather than studying."""

from datetime import date

from bot.texts import mark

QUESTIONS = (
    mark("What can you put in front of another person by tonight, however small?"),
    mark("Which part of your project would you be embarrassed to show? Start there."),
    mark("If you had only 25 minutes today, what would you finish?"),
    mark("Who, outside your own head, could use what you are building?"),
    mark("What did you learn this week that isn't in any commit yet?"),
    mark("What is the smallest version of your idea that runs from start to end?"),
    mark("Which number would tell you that today's work made it better?"),
    mark("What will you delete, drop or say no to today?"),
    mark("Who could look at your work this week and tell you the truth about it?"),
    mark("What would a stranger see in the first 30 seconds of your demo?"),
    mark("Which result of yours did you check by hand, on ten examples?"),
    mark("What broke yesterday, and what will you try first?"),
    mark("What could you write up in 200 words so that the next person is faster?"),
    mark("Which open issue in a library you use could you reproduce today?"),
    mark("What is the simplest baseline that you have not beaten yet?"),
    mark("Which decision did you make lately that you could explain in public?"),
    mark("What are you reading that you could be running instead?"),
    mark("If an employer opened your profile now, what would they click first?"),
    mark("What did your model get wrong that a ten-year-old would get right?"),
    mark("What has been 90 % finished for too long?"),
    mark("Which message to a real person have you been putting off?"),
    mark("What would you ship if you had to ship on Friday?"),
    mark("Where did your data come from, and what is missing in it?"),
    mark("What one line in your README would make somebody try it?"),
    mark("Which task do you keep moving to tomorrow? Make it half as big and do that half."),
    mark("What did somebody else make this week that you could build on?"),
    mark("What would make today count even if nothing else goes well?"),
    mark("Which of your projects deserves a picture, a link or a short video?"),
    mark("What do you know now that you wish your README said?"),
    mark("Which small company would be glad about exactly what you built?"),
    mark("How would you test that your result isn't luck?"),
    mark("What can you measure today instead of guessing?"),
    mark("What could you take out of your project without anybody noticing?"),
    mark("Which part of the pipeline have you never looked at with your own eyes?"),
    mark("What would you like to have shown by the end of this month, and what is today's piece of it?"),
    mark("Who helped you lately, and have you told them what came of it?"),
    mark("What is the first thing you will do when you sit down, before opening anything else?"),
    mark("Which paper's idea could you try on your own data in one evening?"),
    mark("What is your project's one sentence for somebody who doesn't know the field?"),
    mark("Which skill did you use for real this week, with nobody telling you how?"),
    mark("What would you hand to a tester today, and what would you ask them to do with it?"),
    mark("What did you get done yesterday that you haven't given yourself credit for?"),
)

# Steps through all questions before one comes again, and not in the order of the list.
_STEP = 11


def question_of(guild_id: int, day: date) -> str:
    """The question of a server's day, in English as the catalogues know it; each comes before one returns."""
    return QUESTIONS[(guild_id + day.toordinal() * _STEP) % len(QUESTIONS)]
