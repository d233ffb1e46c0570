"""Messages whose answer was lost, and of which nothing is to be said any more by the time that is settled."""

from bot.errors import TryLater
from bot.focus.deliveries import CompanyContent
from tests.delivery.focus_study import company, later, running, start, stop
from tests.delivery.study import ADA, BEN, Study


async def lose_answer(study: Study) -> None:
    """Discord takes the next message, and does not say so."""
    study.messenger.fail("send", TryLater("Discord answered 502"), after_effect=True)


async def test_a_company_that_has_finished_by_then_does_not_stand_there_as_if_it_went_on(
    study: Study,
) -> None:
    blocks = [await start(study, member) for member in (ADA, BEN)]
    await lose_answer(study)
    await study.tick()
    assert running(study) == [ADA, BEN]
    for block in blocks:
        await stop(study, block)
    await later(study, minutes=1)
    assert len(study.messenger.of(CompanyContent)) == 1
    assert running(study) == []
    assert company(study).people == 2


async def test_a_prompt_that_is_too_late_by_then_is_known_as_sent(study: Study) -> None:
    await study.plan(ADA, ping=False)
    await lose_answer(study)
    await study.tick()
    study.clock.advance(hours=1)
    await study.tick()
    (prompt,) = study.messenger.prompts
    study.clock.advance(hours=20)
    await study.tick()
    fates = [fate for fate in await study.fates("prompt") if "sent" in fate]
    assert len(fates) == 1
    assert study.messenger.prompts == [prompt]


async def test_one_that_never_arrived_is_given_up_as_before(study: Study) -> None:
    blocks = [await start(study, member) for member in (ADA, BEN)]
    study.messenger.fail("send", TryLater("Discord answered 502"))
    await study.tick()
    for block in blocks:
        await stop(study, block)
    await later(study, minutes=1)
    assert study.messenger.of(CompanyContent) == []
    assert [fate[1] for fate in await study.fates("company")] == ["skipped"]
