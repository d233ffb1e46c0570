"""What can go wrong, as one tree.

AutodidactError
├── UserError              the docstring of each kind is the sentence that a member reads
│   ├── (one class for each mistake, next to its neighbours below)
├── OperatorError          the same for whoever runs the bot; see bot.operator_errors
└── SendingError           the messenger could not do what it was asked
    ├── Undeliverable      and never will: the channel is gone, a right is missing
    └── TryLater           but may soon
        └── Silence        Discord is down, or the line is
"""

import inspect

from bot.texts import gettext


class AutodidactError(Exception):
    """Everything that this program raises on purpose."""


class _Sentence(AutodidactError):
    """An error whose docstring, filled with the given values, is its text."""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(str(self))

    def __str__(self) -> str:
        template = " ".join(inspect.cleandoc(type(self).__doc__ or "").split())
        return gettext(template).format(**self.values)


class UserError(_Sentence):
    """Something in what you sent did not work."""


class OperatorError(_Sentence):
    """The bot cannot run like this."""


class SendingError(AutodidactError):
    """A message could not be sent or changed; the text says why, in a few words for the log."""


class Undeliverable(SendingError):
    """It will not work later either."""


class TryLater(SendingError):
    """It may well work later."""


class Silence(TryLater):
    """Discord gave no answer that says anything of this message."""


# What members can get wrong.


class UnknownZone(UserError):
    """I don't know the time zone “{given}”. Type the name of a large city near you and pick from the list."""


class UnknownZoneWithHint(UserError):
    """I don't know the time zone “{given}”. Did you mean {suggestions}?"""


class UnknownTime(UserError):
    """“{given}” is not a time I can read. Write it like 07:30, 19:00 or 7pm."""


class UnknownDays(UserError):
    """“{given}” names no days I can read. Write them like “every day”, “mon-fri” or “mon, wed, sat”."""


class NothingDone(UserError):
    """“What did you get done?” came without a word in it. One honest line is enough."""


class TextTooLong(UserError):
    """“{field}” has {length} characters, and I can keep {limit}. Please shorten it; your text is below."""


class TooLateToReport(UserError):
    """That day can't be reported any more: yesterday stays open until noon. Today is what counts now."""


class NoSuchCheckIn(UserError):
    """There is no check-in of yours for that day, or it is too old: they can be changed for a week."""


class AlreadyCheckedIn(UserError):
    """You have checked in today already. That's a day done, so enjoy the rest of it."""


class NothingDueToday(UserError):
    """Nothing is due today anyway. Enjoy it."""


class UnknownMinutes(UserError):
    """“{given}” is no number of minutes. Write a whole number from 0 to {limit}, or leave it empty."""


class UnknownKind(UserError):
    """I don't know this kind of work. Choose learning, building, showing or job hunt."""


class NotSetUp(UserError):
    """This server has not been set up yet. Someone who manages it can do that with /setup."""


class NoRoutine(UserError):
    """You have no routine here yet. Make one with /routine set."""


class ServerOnly(UserError):
    """This works in a server only, not in direct messages."""


class NotInServer(UserError):
    """You are not in that server any more, so this ends here."""


class LineBroke(UserError):
    """My answer did not reach Discord at first. Please look whether it was kept before you try again."""


class ManagersOnly(UserError):
    """Only people who may manage this server can do that."""


class SettingMissing(UserError):
    """Tell me the {missing} as well, so that the daily prompt has a place and a time."""


class ChannelNotUsable(UserError):
    """I can't use that channel. Choose a text channel of this server."""


class TooManyQuestions(UserError):
    """These are {count} questions, and I can keep {limit}. Take some out; your text is below."""


class QuestionTooLong(UserError):
    """“{given}” has {length} characters, and a question can have {limit}. Shorten it; your text is below."""


class NoOwnQuestions(UserError):
    """There are no own questions here yet. Use /setup and press “Own questions” to write some, one a line."""


class ButtonOutdated(UserError):
    """This button is from an older version of me. Please use /checkin instead."""


class CommandOutdated(UserError):
    """Your Discord knows this command as it was before I changed. Restart Discord, then try it again."""


class EmptyGoal(UserError):
    """A goal needs a word or two: what do you want to get done this week?"""


class GoalTooLong(UserError):
    """Your goal has {length} characters, and I can keep {limit}. Please shorten it; your text is below."""


class TooManyGoals(UserError):
    """You have {limit} goals for this week, and that is plenty. /goal drop lets go of one that is open."""


class NextWeekFull(UserError):
    """The week it would move to has {limit} goals already. Drop one of them with /goal drop, then retry."""


class GoalTooEarly(UserError):
    """A goal can be ticked once its week has begun, and carried over from its Sunday on."""


class GoalDecided(UserError):
    """That goal was kept, carried over or dropped already. Use /goal list to see how things stand."""


class GoalSettled(UserError):
    """That goal's week is too long ago to be changed. Use /goal list to see this week's."""


class GoalGone(UserError):
    """That goal is not there any more. Use /goal list to see those you have."""


class NoSuchGoal(UserError):
    """I find no open goal of yours like “{given}”. Pick one from the list that shows while you type."""


class UnknownFocusLength(UserError):
    """A block of focus has 25, 50 or 90 minutes. Choose one of them."""


class BlockOver(UserError):
    """That block of focus is over already. Start the next one with /focus when you like."""


class UnknownDate(UserError):
    """“{given}” is no date I can read. Write it like “tomorrow”, “next friday”, “24 Dec” or “2026-12-24”."""


class UnknownPastDate(UserError):
    """“{given}” is no date I can read. Write it like “yesterday”, “last month”, “3 March” or “2026-03-01”."""


class NoSuchDate(UserError):
    """There is no such day as “{given}”. Please look at the date once more."""


class AmbiguousDate(UserError):
    """“{given}” could be {one} or {other}. Write the month as a word, such as “24 Dec”, or as in “24.12.”."""


class WrongWeekday(UserError):
    """“{given}” does not fit together: I get {day}. Leave out the day of the week, or the date."""


class DateIsOver(UserError):
    """{day} is over. Choose today or a day to come."""


class DateToCome(UserError):
    """{day} is still to come. Choose today or a day before it."""


class DateTooFar(UserError):
    """{day} is more than a year ahead, and that is further than I plan. Choose one within a year."""


class RangeBackwards(UserError):
    """That range runs backwards: {first} comes after {last}. Swap them, and I take it."""


class RangeTooLong(UserError):
    """That range has {days} days, and I can take {limit} at once. Please choose a shorter one."""


class NotPaused(UserError):
    """You have no pause, neither now nor to come. To plan one, use /routine pause."""


class PauseGone(UserError):
    """That pause has ended already, or was changed since. Use /routine show to see how things stand."""


class NoDayOffLeft(UserError):
    """You took {limit} days off this week already, which is all it has. For more, use /routine pause."""


class BuddyAlready(UserError):
    """You have a buddy already, and one at a time is enough. /buddy show has them, /buddy leave ends it."""


class NoBuddy(UserError):
    """You have no buddy here, and I'm not looking for one. Use /buddy find whenever you would like one."""


class NotYourBuddy(UserError):
    """You two are not buddies now. /buddy show tells you how things stand."""


class BuddyAway(UserError):
    """Your buddy is away at the moment, so I leave them in peace until they are back."""


class NoNudgeNow(UserError):
    """There is nothing to nudge about right now. A kind word of your own is always welcome."""


class NudgedAlready(UserError):
    """They have had a nudge about this already, and one is enough. Give them time to come back."""


class NotYourProgress(UserError):
    """Only the member whose progress this is can share it. Use /progress to see your own."""


class NothingToShare(UserError):
    """There is nothing to share yet: your first check-in begins it. Use /checkin whenever you like."""


class TooManyWatches(UserError):
    """You have {limit} watches here, and that is all I keep for one person. Change or remove one of them."""


class WatchAlready(UserError):
    """Your watch “{name}” looks for exactly that already."""


class WatchNameTaken(UserError):
    """You have a watch called “{name}” already. Give this one another name."""


class WatchNameTooLong(UserError):
    """That name has {length} characters, and the name of a watch can have {limit}. Please shorten it."""


class NoSuchWatch(UserError):
    """I find no watch of yours like “{given}”. Pick one from the list that shows while you type."""


class WatchGone(UserError):
    """That watch is not there any more. Use /leads watch to see those you have."""


class CompanyMissing(UserError):
    """Tell me the company at least; the rest can wait. What you typed is below."""


class NotALink(UserError):
    """“{given}” is no web address I can keep. Begin it with https:// or http://, or leave it empty."""


class UnknownState(UserError):
    """I don't know this state. Choose one from the list: it goes from Saved to Not for me."""


class ApplicationGone(UserError):
    """That job is not in your tracker any more. Use /leads tracker to see those you have."""


class TooManyOpenJobs(UserError):
    """You have {limit} open jobs, and that is all I can hold. Move those that are over, or remove some."""


class TrackerFull(UserError):
    """Your tracker holds {limit} jobs, and that is all it can. Export it as CSV, then remove old ones."""


class NothingNoted(UserError):
    """That came without a word in it. Write a few, and I keep them."""


class TooManyNotes(UserError):
    """This job has {limit} notes of that kind, and that is all it can have. Delete one that is over."""


class NoFollowUp(UserError):
    """No follow-up is planned for this job: either it is done, or the job has moved on."""


class NotAnEmail(UserError):
    """“{given}” is no e-mail address I can read. Write it like name@example.org, or leave it empty."""


class NoIntroduction(UserError):
    """You have written nothing about yourself yet. Use /leads introduction to begin."""


class SearchGone(UserError):
    """That search is too old for its buttons. Please use /leads search once more."""


class LeadGone(UserError):
    """I don't have that job lead any more. Use /leads latest to see what there is now."""


class WordsTooLong(UserError):
    """“{field}” has {length} characters, and I search for {limit} at most. A few telling words find more."""


class NoWordsToSearch(UserError):
    """“{given}” has no word in it that I could search for. Try a role, a company or a technology."""


class UnknownPay(UserError):
    """“{given}” is no pay I can read. Write dollars a year, like 90000 or 90k."""


class UnknownLeadMark(UserError):
    """“{given}” is no mark I can use. Choose a whole number from 0 to 100."""


class UnknownWeight(UserError):
    """“{given}” is no weight I can use. Choose a whole number from {least} to {greatest}, or none."""


class UnknownSignal(UserError):
    """I know no signal called “{given}”. Pick one from the list that shows while you type."""


class NothingInList(UserError):
    """I find nothing in “{given}”. Write one or several, apart by commas, or “none”."""


class ListTooLong(UserError):
    """These are {count}, and I can keep {limit}. Leave out those that matter least."""


class ListEntryTooLong(UserError):
    """“{given}” has {length} characters, and I can keep {limit} for each. Please shorten it."""
