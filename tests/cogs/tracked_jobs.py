"""What members do with the jobs they pursue: the steps, and what they see by them."""

from typing import Any

from bot.leads import thread_store
from bot.services import Services
from tests.cogs.conftest import World
from tests.stored_leads import BEGAN, HIRING, put_lead

LEAD, OTHER_LEAD, THIRD_LEAD = 7, 8, 9
"""Two leads of Acme's, the first by a founder, and one of Bolt's."""


async def with_leads(world: World, services: Services) -> None:
    """A server in UTC in which three leads can be had."""
    await world.set_up(zone="Etc/UTC")
    await services.database.write(put_lead, LEAD, by_founder=True)
    await services.database.write(put_lead, OTHER_LEAD)
    await services.database.write(put_lead, THIRD_LEAD, "Bolt")
    await services.database.write(thread_store.note_newest, HIRING.id, BEGAN)


async def lead(world: World, number: int = LEAD, member: Any = None) -> Any:
    """A lead's card, as it is opened from the list of the latest."""
    member = member or world.member
    latest = await member.slash(world.channel, "leads latest")
    return await member.select(latest.response, [str(number)])


async def tracker(world: World, member: Any = None) -> Any:
    return await (member or world.member).slash(world.channel, "leads tracker")


async def press(world: World, answer: Any, label: str, member: Any = None) -> Any:
    return await (member or world.member).click(answer.response, label=label)


async def choose(world: World, answer: Any, value: str, name: str, member: Any = None) -> Any:
    """Choose from the select whose custom id begins so."""
    (custom_id,) = [each for each in custom_ids(answer) if each.startswith(name)]
    return await (member or world.member).select(answer.response, [value], custom_id=custom_id)


async def move(world: World, answer: Any, state: str, member: Any = None) -> Any:
    """Choose a state on a job's page."""
    return await choose(world, answer, state, "leads:state:", member)


async def add_by_hand(world: World, member: Any = None, **typed: str) -> Any:
    """A job that is typed in from the tracker; answers its page."""
    form = await press(world, await tracker(world, member), "Add a job by hand", member)
    return await world.submit(form, member=member, **{"company": "Acme", **typed})


async def applied(world: World, number: int = LEAD, member: Any = None) -> Any:
    """The page of a job for which a member has just applied."""
    return await press(world, await lead(world, number, member), "I applied", member)


async def job(world: World, company: str, member: Any = None) -> Any:
    """The page of the first job of that company on the tracker's first page."""
    shown = await tracker(world, member)
    values = [value for label, value in jobs(shown) if label.split(" · ")[0] == company]
    return await choose(world, shown, values[0], "leads:jobs:", member)


def jobs(answer: Any) -> list[tuple[str, str]]:
    """The labels and values of what the first select of an answer offers."""
    (select,) = answer.response.components[0]["components"]
    return [(option["label"], option["value"]) for option in select["options"]]


def custom_ids(answer: Any) -> list[str]:
    return [
        item["custom_id"]
        for row in answer.response.components
        for item in row["components"]
        if "custom_id" in item
    ]


def labels(answer: Any) -> list[str]:
    """What stands on the buttons of an answer."""
    rows = answer.response.components
    return [item["label"] for row in rows for item in row["components"] if "label" in item]


def footer(answer: Any) -> str:
    return answer.response.embeds[0].footer.text or ""


def job_id(answer: Any) -> int:
    """The id of the job whose page an answer is."""
    (state,) = [each for each in custom_ids(answer) if each.startswith("leads:state:")]
    return int(state.split(":")[3])
