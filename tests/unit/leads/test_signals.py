"""What speaks for a lead or against it, and the words that prove it."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.lead import (
    Degree,
    Employment,
    Lead,
    Level,
    MachineLearning,
    Period,
    PostKind,
    Salary,
    Visa,
    WorkMode,
)
from bot.leads.prose import QUOTE_LIMIT
from bot.leads.signals import Signal, SignalName, Weighs, by_name, signals_of
from tests.unit.leads.hostile_posts import LONGEST, PIECES

JOB = Lead(PostKind.HIRING, roles=("Backend Engineer",))


def found(text: str, lead: Lead = JOB) -> dict[SignalName, Signal]:
    return by_name(signals_of(lead, text))


def quote(name: SignalName, text: str, lead: Lead = JOB) -> str | None:
    signal = found(text, lead).get(name)
    return signal.quote if signal else None


PROVEN = [
    (SignalName.SMALL_COMPANY, "We are a team of seven and sell ladders."),
    (SignalName.SMALL_COMPANY, "There are 9 of us and a parrot."),
    (SignalName.SMALL_COMPANY, "Seven of us now."),
    (SignalName.SMALL_COMPANY, "We're a 12-person company in an old mill."),
    (SignalName.SMALL_COMPANY, "We just closed our seed round."),
    (SignalName.SMALL_COMPANY, "You would be our first data hire."),
    (SignalName.SMALL_COMPANY, "Lampwick (YC S24) makes lamps that listen."),
    (SignalName.SMALL_COMPANY, "Lampwick | Founding ML Engineer | Remote"),
    (SignalName.SMALL_COMPANY, "We are an early-stage startup for beekeepers."),
    (SignalName.SMALL_COMPANY, "Small but stubborn team."),
    (SignalName.FOUNDER_HIRING, "Hi, I'm Ada, co-founder of Lampwick."),
    (SignalName.FOUNDER_HIRING, "Ada here, founder."),
    (SignalName.FOUNDER_HIRING, "ada@example.org (founder, will answer)"),
    (SignalName.FOUNDER_HIRING, "CTO here, ask me anything."),
    (SignalName.FOUNDER_HIRING, "Write to our founder at ada@example.org."),
    (SignalName.DIRECT_CONTACT, "Email me directly: ada@example.org"),
    (SignalName.DIRECT_CONTACT, "My email is in my profile."),
    (SignalName.PRACTICAL_INTERVIEW, "There is a short take-home, two hours at most."),
    (SignalName.PRACTICAL_INTERVIEW, "We do a paid trial day."),
    (SignalName.PRACTICAL_INTERVIEW, "One talk, one paid afternoon on real data, done."),
    (SignalName.PRACTICAL_INTERVIEW, "No leetcode, no riddles."),
    (SignalName.PRACTICAL_INTERVIEW, "One pair programming session on our code."),
    (SignalName.PRACTICAL_INTERVIEW, "We don't do whiteboard interviews."),
    (SignalName.SHOWN_WORK, "Send your GitHub and a few words."),
    (SignalName.SHOWN_WORK, "Tell us about something you've built."),
    (SignalName.SHOWN_WORK, "Side projects count as much as jobs."),
    (SignalName.SHOWN_WORK, "Apply with a resume, portfolio or both."),
    (SignalName.SHOWN_WORK, "Open source contributions are a plus."),
    (SignalName.MENTORSHIP, "An entry role with mentorship from two old hands."),
    (SignalName.MENTORSHIP, "You'll get a mentor from the research side."),
    (SignalName.MENTORSHIP, "You will be mentored by our lead."),
    (SignalName.LEARNING, "Learning budget of 2,000 a year."),
    (SignalName.LEARNING, "There is 1,500 a year for courses."),
    (SignalName.LEARNING, "No prior clinical experience required."),
    (SignalName.LEARNING, "We'll teach you Elixir."),
    (SignalName.JUNIOR, "Career changers are very welcome."),
    (SignalName.NO_DEGREE_NEEDED, "We don't care about degrees."),
    (SignalName.NO_DEGREE_NEEDED, "No degree needed."),
    (SignalName.NO_DEGREE_NEEDED, "Self-taught people are welcome."),
    (SignalName.STUDENTS_ONLY, "Must be currently enrolled in a university."),
    (SignalName.STUDENTS_ONLY, "You are pursuing a Master's degree."),
    (SignalName.LANGUAGE_DEMANDED, "Fluent German is a must."),
    (SignalName.LANGUAGE_DEMANDED, "Polish language required."),
]


@pytest.mark.parametrize(("name", "text"), PROVEN)
def test_a_signal_is_found_and_quotes_the_sentence_that_proves_it(name: SignalName, text: str) -> None:
    around = f"Before it came this sentence. {text}\nAnd then another line"
    told = quote(name, around)
    assert told is not None
    assert told in text


NOT_PROVEN = [
    (SignalName.SMALL_COMPANY, "You will lead a team of 8 engineers."),
    (SignalName.SMALL_COMPANY, "We sell software to early-stage startups."),
    (SignalName.SMALL_COMPANY, "A small team. We are a Series D company with 900 people worldwide."),
    (SignalName.SMALL_COMPANY, "Experience as a founding engineer helps."),
    (SignalName.SMALL_COMPANY, "The cattle stand in feed yards and seed fields."),
    (SignalName.FOUNDER_HIRING, "You will work directly with founders of our portfolio."),
    (SignalName.FOUNDER_HIRING, "You have a founder's mindset."),
    (SignalName.DIRECT_CONTACT, "I'm Joe from the recruiting team, email me at joe@example.org"),
    (SignalName.PRACTICAL_INTERVIEW, "No take-homes, we just talk."),
    (SignalName.PRACTICAL_INTERVIEW, "A paid week off in summer."),
    (SignalName.PRACTICAL_INTERVIEW, "The take-home pay is good."),
    (SignalName.PRACTICAL_INTERVIEW, "You love solving a coding challenge."),
    (SignalName.PRACTICAL_INTERVIEW, "Users who start a free trial week stay."),
    (SignalName.SHOWN_WORK, "12k stars on GitHub: https://github.com/lampwick/lamp"),
    (SignalName.SHOWN_WORK, "We serve our portfolio companies."),
    (SignalName.SHOWN_WORK, "Experience with Docker and GitHub Actions."),
    (SignalName.SHOWN_WORK, "Everything we have built is open source."),
    (SignalName.MENTORSHIP, "You will provide mentorship to junior engineers."),
    (SignalName.MENTORSHIP, "You want to be a mentor."),
    (SignalName.MENTORSHIP, "You lead reviews and mentor engineers."),
    (SignalName.LEARNING, "We build machine learning for education."),
    (SignalName.JUNIOR, "You will talk to all levels of the company."),
    (SignalName.JUNIOR, "This is not a role for beginners."),
    (SignalName.STUDENTS_ONLY, "You don't have to be enrolled at a university."),
    (SignalName.LANGUAGE_DEMANDED, "German is a plus, not required."),
    (SignalName.LANGUAGE_DEMANDED, "Strong polish in the details is what we love."),
    (SignalName.LANGUAGE_DEMANDED, "We work with German clients and React Native."),
    (SignalName.NO_DEGREE_NEEDED, "We look for a degree of care."),
]


@pytest.mark.parametrize(("name", "text"), NOT_PROVEN)
def test_what_only_sounds_like_a_signal_is_none(name: SignalName, text: str) -> None:
    assert quote(name, text) is None


@pytest.mark.parametrize(
    ("text", "name", "years"),
    [
        ("0-2 years of experience", SignalName.FEW_YEARS, "0"),
        ("At least two years in data work", SignalName.FEW_YEARS, "2"),
        ("3+ years of Python", SignalName.SOME_YEARS, "3"),
        ("5–7 yrs of backend work", SignalName.MANY_YEARS, "5"),
        ("10+ YOE", SignalName.MANY_YEARS, "10"),
        ("8+ years of Go\n2+ years of Rust", SignalName.MANY_YEARS, "8"),
    ],
)
def test_years_that_are_asked_for_are_counted(text: str, name: SignalName, years: str) -> None:
    assert found(text)[name].value == years


def test_of_several_roles_the_one_that_asks_for_the_least_counts() -> None:
    lead = Lead(PostKind.HIRING, roles=("Data Engineer", "Data Analyst"))
    text = "Data Engineer: 8+ years of SQL, 4+ years of Spark\nData Analyst: 1+ years of SQL"
    assert found(text, lead)[SignalName.FEW_YEARS].quote == "Data Analyst: 1+ years of SQL"


@pytest.mark.parametrize(
    "text",
    [
        "We have been profitable for 6 years.",
        "Founded 9 years ago in a garage.",
        "A company with 40 years of history.",
        "Our fleet is 20-year-old trams.",
        "Four years of runway.",
        "Vests over 4 years.",
    ],
)
def test_years_of_a_company_are_not_asked_of_anybody(text: str) -> None:
    assert not {SignalName.FEW_YEARS, SignalName.SOME_YEARS, SignalName.MANY_YEARS} & found(text).keys()


def test_an_internship_for_students_is_no_way_in_but_stands_in_nobodys_way() -> None:
    text = "Engineer, Compiler Intern\nInterns must be currently enrolled at a university."
    intern = leveled(Level.INTERN, roles=("Compiler Intern",))
    both = leveled(Level.INTERN, Level.MID, roles=("Mid-level Engineer", "Compiler Intern"))
    assert found(text, intern)[SignalName.STUDENTS_ONLY].weighs is Weighs.AGAINST
    assert found(text, both)[SignalName.STUDENTS_ONLY].weighs is Weighs.NEUTRAL
    assert found(text, both)[SignalName.INTERNSHIP].weighs is Weighs.NEUTRAL
    assert found("Compiler Intern, summer", intern)[SignalName.INTERNSHIP].weighs is Weighs.FOR


def test_roles_are_told_apart_by_their_titles() -> None:
    lead = Lead(
        PostKind.HIRING,
        roles=("ML Engineer", "Data Analyst", "Backend Developer", "Account Executive"),
        ml=MachineLearning.ROLE,
        evidence={"ml": "ML Engineer"},
    )
    signals = found("ML Engineer, Data Analyst, Backend Developer, Account Executive", lead)
    assert {SignalName.ML_ROLE, SignalName.DATA_ROLE, SignalName.SOFTWARE_ROLE} <= signals.keys()
    biologist = Lead(PostKind.HIRING, roles=("Software Engineer (Biology)",))
    assert SignalName.DATA_ROLE not in found("Software Engineer (Biology)", biologist)
    sales = Lead(PostKind.HIRING, roles=("Enterprise Account Executive",))
    assert SignalName.SOFTWARE_ROLE not in found("Enterprise Account Executive", sales)


def leveled(*levels: Level, roles: tuple[str, ...] = ("Engineer",)) -> Lead:
    return Lead(
        PostKind.HIRING, roles=roles, seniority=frozenset(levels), evidence={"seniority": ", ".join(roles)}
    )


def test_a_senior_role_alone_counts_against() -> None:
    lead = leveled(Level.SENIOR, roles=("Senior Engineer",))
    assert found("Senior Engineer", lead)[SignalName.SENIOR].weighs is Weighs.AGAINST


def test_a_senior_role_beside_one_for_juniors_stands_in_nobodys_way() -> None:
    lead = leveled(Level.SENIOR, Level.JUNIOR, roles=("Senior Engineer", "Junior Engineer"))
    signals = found("Senior Engineer, Junior Engineer", lead)
    assert signals[SignalName.SENIOR].weighs is Weighs.NEUTRAL
    assert signals[SignalName.JUNIOR].weighs is Weighs.FOR


def test_a_senior_role_beside_one_without_a_level_stands_in_nobodys_way() -> None:
    lead = leveled(Level.SENIOR, roles=("Senior Engineer", "Data Engineer"))
    assert found("Senior Engineer, Data Engineer", lead)[SignalName.SENIOR].weighs is Weighs.NEUTRAL


def test_a_senior_director_counts_as_one_who_manages() -> None:
    lead = leveled(Level.SENIOR, Level.MANAGER, roles=("Senior Director of Data",))
    signals = found("Senior Director of Data", lead)
    assert signals[SignalName.SENIOR].weighs is Weighs.NEUTRAL
    assert signals[SignalName.MANAGER].weighs is Weighs.AGAINST


def test_of_several_high_levels_the_lowest_counts() -> None:
    lead = leveled(Level.SENIOR, Level.STAFF, roles=("Senior Engineer", "Staff Engineer"))
    signals = found("Senior Engineer, Staff Engineer", lead)
    assert signals[SignalName.SENIOR].weighs is Weighs.AGAINST
    assert signals[SignalName.STAFF].weighs is Weighs.NEUTRAL


def test_a_level_that_only_the_text_asks_for_counts_against_plain_titles() -> None:
    lead = Lead(
        PostKind.HIRING,
        roles=("Engineer", "Designer"),
        seniority=frozenset({Level.SENIOR}),
        evidence={"seniority": "only senior people"},
    )
    assert (
        found("Engineer, Designer. We hire only senior people.", lead)[SignalName.SENIOR].weighs
        is Weighs.AGAINST
    )


@pytest.mark.parametrize(
    ("degree", "words", "name"),
    [
        (Degree.REQUIRED, "A PhD in physics is required.", SignalName.PHD_REQUIRED),
        (Degree.REQUIRED, "Bachelor's degree required.", SignalName.DEGREE_REQUIRED),
        (Degree.PREFERRED, "BSc or equivalent experience.", SignalName.EXPERIENCE_INSTEAD),
        (Degree.PREFERRED, "A Master's is nice to have.", SignalName.DEGREE_PREFERRED),
        (Degree.PREFERRED, "PhD or equivalent research.", SignalName.DEGREE_PREFERRED),
        (Degree.NOT_REQUIRED, "No diploma needed.", SignalName.NO_DEGREE_NEEDED),
    ],
)
def test_what_is_said_of_a_degree(degree: Degree, words: str, name: SignalName) -> None:
    lead = Lead(PostKind.HIRING, roles=("Engineer",), degree=degree, evidence={"degree": words})
    assert quote(name, f"We make maps. {words} Write to us.", lead) == words


def test_what_the_fields_of_a_lead_say_is_quoted_from_the_post() -> None:
    text = "Lampwick | Engineer | REMOTE (EU) | 40-50k EUR | part-time | visa sponsorship"
    lead = Lead(
        PostKind.HIRING,
        roles=("Engineer",),
        work_modes=frozenset({WorkMode.REMOTE}),
        remote_scope="EU",
        employment_types=frozenset({Employment.PART_TIME}),
        salary=Salary(40_000, 50_000, "EUR", Period.YEAR),
        visa=Visa.YES,
        evidence={
            "remote_scope": "REMOTE (EU)",
            "employment_types": "part-time",
            "salary": "40-50k EUR",
            "visa": "visa sponsorship",
        },
    )
    signals = found(text, lead)
    assert (signals[SignalName.REMOTE].quote, signals[SignalName.REMOTE].value) == ("REMOTE (EU)", "EU")
    assert signals[SignalName.PAY_STATED].quote == "40-50k EUR"
    assert signals[SignalName.PART_TIME].quote == "part-time"
    assert signals[SignalName.VISA_OFFERED].quote == "visa sponsorship"


def test_a_dozen_trades_at_once_are_a_warning() -> None:
    text = (
        "You are an expert in front-end, back-end, machine learning, Kubernetes, iOS and growth hacking.\n"
        "Apply: jobs@example.org"
    )
    assert SignalName.IMPOSSIBLE_MIX in found(text)


def test_a_full_stack_role_is_no_impossible_mix() -> None:
    text = "Strong React and Python. You own the front-end, the back-end and the deployment.\nApply by mail."
    assert SignalName.IMPOSSIBLE_MIX not in found(text)


def test_many_years_for_a_junior_are_a_warning() -> None:
    lead = leveled(Level.JUNIOR, roles=("Junior Developer",))
    assert quote(SignalName.IMPOSSIBLE_MIX, "Junior Developer\n6+ years of Go required", lead)
    assert not quote(SignalName.IMPOSSIBLE_MIX, "Junior Developer\n1+ years of Go", lead)


def test_nothing_but_buzz_is_a_warning() -> None:
    buzz = Lead(PostKind.HIRING)
    assert quote(SignalName.NOTHING_CONCRETE, "We disrupt disruption with passion and AI.", buzz)
    assert not quote(SignalName.NOTHING_CONCRETE, "We build boats. Apply at our door.", buzz)
    assert not quote(SignalName.NOTHING_CONCRETE, "We disrupt disruption.")


def test_a_post_that_offers_no_job_has_one_signal_only() -> None:
    signals = signals_of(Lead(PostKind.SEEKING_WORK), "SEEKING WORK | Python | Remote\n\nSmall team wanted")
    assert signals == (Signal(SignalName.NOT_A_JOB, Weighs.AGAINST, "SEEKING WORK | Python | Remote"),)


def test_signals_come_back_from_json_as_they_went() -> None:
    signals = signals_of(JOB, "Team of five. 3+ years. Send your GitHub. Fluent Dutch required.")
    assert len(signals) >= 4
    stored = json.dumps([signal.as_json() for signal in signals])
    assert tuple(Signal.from_json(one) for one in json.loads(stored)) == signals


def test_long_sentences_are_cut_around_the_words_in_whole_words() -> None:
    text = "Word " * 60 + "please send your GitHub " + "and more " * 60
    told = quote(SignalName.SHOWN_WORK, text)
    assert told is not None
    assert "send your GitHub" in told
    assert len(told) <= QUOTE_LIMIT
    assert set(told.split()) <= set(text.split())


hostile = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=60).map("".join)
telling = st.lists(st.sampled_from([text for _, text in PROVEN + NOT_PROVEN]), max_size=8).map(" ".join)


@given(st.one_of(hostile, telling, st.tuples(hostile, telling).map(" ".join)))
def test_every_quote_is_verbatim_short_and_on_one_line(text: str) -> None:
    signals = signals_of(Lead(PostKind.HIRING), text)
    assert len({signal.name for signal in signals}) == len(signals)
    for signal in signals:
        assert signal.quote in text
        assert len(signal.quote) <= QUOTE_LIMIT
        assert "\n" not in signal.quote


@pytest.mark.parametrize(
    "piece", ["your ", "team of ", "5 years ", "no experience ", "i'm ", "send me ", "a", "-", "\n"]
)
def test_time_is_linear_in_the_text(piece: str) -> None:
    text = piece * (LONGEST // len(piece))
    began = time.process_time()
    signals_of(JOB, text)
    assert time.process_time() - began < 1
