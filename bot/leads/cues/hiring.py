"""The words that prove what a company looks at, and what it gives to those who learn. Pure.

The patterns are for the folded text of `bot.leads.prose`, and written over several lines: an indent is no
part of them. Every gap is bounded, so that looking through a post takes time linear in its length.
"""

from bot.leads.prose import cue

PRACTICAL_INTERVIEW = (
    cue("take", r"\btake[- ]?homes?\b(?![- ](?:pay|salary|wage|net|income))"),
    cue(
        "paid",
        r"""\bpaid,? (?:[\w-]+ ){0,3}(?:trial|test|task|work session|build session|pairing|assignment|exercise
        |challenge|interview|project week|work sample)\b""",
    ),
    cue(
        "paid week|paid day|paid afternoon|paid evening",
        r"\bpaid (?:week|day|afternoon|evening)\b(?! (?:off|leave)| of (?:leave|vacation|holiday))",
    ),
    cue(
        "trial",
        r"\btrial (?:days?|week|task|project|period|assignment|contract|basis)\b|\bwork[- ]trials?\b",
        before=r"\b(?:free|clinical|our customers)\b[^.]*$",
    ),
    cue("work sample|work-sample", r"\bwork[- ]samples?\b"),
    cue(
        "pair",
        r"""\bpair(?:ing)?[- ](?:programming )?(?:session|interview|exercise)s?\b
        |\bpairing (?:day|afternoon|morning)\b|\bpair with (?:us|one of us|the team|an engineer)\b""",
    ),
    cue(
        "leetcode|leet code|whiteboard|brain|puzzle|trick question|algorithm",
        r"""\b(?:no|never|without|zero|don't do|don't ask|not do|not a|skip the|skip) (?:[\w-]+,? ){0,3}
        (?:leet ?code\w*|whiteboard\w*|brain[- ]?teasers?|puzzles?|trick questions
        |algorithm (?:quiz\w*|trivia|puzzles?|questions?))""",
        may_be_denied=True,
    ),
    cue(
        "practical|hands-on|realistic",
        r"""\b(?:practical|hands-on|realistic) (?:[\w-]+ )?
        (?:interview|exercise|test|assessment|challenge|task)s?\b""",
    ),
    cue(
        "challenge",
        r"\b(?:coding|code|programming|hiring|take-home|one-week) challenge\b",
        before=r"""\b(?:solve|solving|interesting|hard|tough|complex|address|tackle|love|real|face
            |of)\b[^,;:|]*$""",
    ),
)

_PORTFOLIO = (
    "(?:github|gitlab|portfolio|side[- ]projects?|personal projects?|repos?|code samples?|work samples"
    "|kaggle)"
)
_ANOTHER_SENSE = (
    r"(?![./]|\s(?:actions|copilot|issues|stars|sponsors|repo is|compan|manage|optimi|construct|risk|theor"
    r"|analy|strateg|system|of (?!your)))"
)
_SHOW = "github|gitlab|portfolio|project|repo|sample|kaggle"

SHOWN_WORK = (
    cue(
        _SHOW,
        rf"\byour (?:[\w/,&+-]+[ ,&+/]{{1,3}}){{0,5}}?{_PORTFOLIO}\b{_ANOTHER_SENSE}",
        before=r"\b(?:we|our)\b[^.]{0,15}$",
    ),
    cue(
        _SHOW,
        rf"""\b(?:send|include|share|attach|submit|show|links?|apply|email|along with|resume|cv|drop|paste)\b
        [^.\n|]{{0,60}}?[ /,+(]{_PORTFOLIO}\b{_ANOTHER_SENSE}""",
        before=r"\b(?:experience|work|working|integrat\w+|familiar\w*|stars|customers|companies)\b[^.]*$",
    ),
    cue(
        "you've|you have|you built|you made|you shipped|you are proud|you're proud",
        r"""\b(?:something|anything|notebook|repo|things?|projects?|what|stuff|systems?|product|app
            |tools?)\b[^.\n|,;]{0,25}?
        \byou(?:'ve| have|'re| are)? ?(?:recently |already |actually |ever |personally )?
        (?:built|made|shipped|created|hacked|coded|proud|wrote|written)\b""",
        before=r"""^(?!.*\b(?:send|include|share|show|tell|links?|with|email|note|description|see|about
            |describe
            |apply|your|proof|describing|including|like|want|curious|love)\b).*$""",
    ),
    cue(
        "side project|side-project|personal project|hobby project",
        r"\b(?:side[- ]projects?|personal projects?|hobby projects?)\b",
        before=r"\b(?:as a|our|was a|started as|for|work on|be a)\b[^,;:|]{0,12}$",
    ),
    cue(
        "open source|open-source|oss ",
        r"""\b(?:open[- ]source|oss) (?:contribut(?:ion|or)s?|work|track record|portfolio|experience
            |projects? you)\b""",
        before=r"\b(?:we|our|by|for open|to|include|including)\b[^;:|]*$",
    ),
    cue(
        "open source|open-source",
        r"\bcontribut(?:ed|ing|ions?) to (?:\w+ )?open[- ]source\b",
        before=r"\b(?:we|our|you'll|will)\b[^;:|]*$",
    ),
    cue(
        "show us|show me|see a repo",
        r"\b(?:show (?:us|me) (?:your (?:work|code)|a (?:repo|project))|rather see a repo)\b",
    ),
    cue("proof of", r"\b(?:public )?proof of (?:building|work|shipping)\b"),
    cue(
        "portfolio",
        rf"\b(?:strong|good|great|solid|public|online|a|ui|design) portfolio\b{_ANOTHER_SENSE}",
        before=r"\b(?:growing|our|their|diverse|has|have|manage\w*|operate\w*|invest\w*)\b[^;:|]*$",
    ),
)

MENTORSHIP = (
    cue("mentored", r"\b(?:be mentored|mentored by)\b", before=r"\b(?:have|who|has)\b[^.]*$"),
    cue(
        "mentor",
        r"""\b(?:with|have|get|getting|receive|strong|close|extensive|personal|dedicated|real|weekly|regular
        |hands-on|direct|one-on-one|1:1|active|ongoing|including|of|and|plus|technical) mentor(?:ship
        |ing)\b""",
        before=r"\b(?:provid\w+|offer\w*|leadership|coaching|responsible|skills|role includes|experience|lead"
        r"|leading|code reviews?|act as|you will be)\b[^.]*$",
        after=r""" (?:to (?!you)|of |for (?!you)|junior|engineers|senior|others|team|skills|experience
            |your team|less
            |the|colleagues|clients|developers|a |more|other|and (?:leadership|coaching|growing|hiring))""",
    ),
    cue(
        "mentorship",
        r"""\bmentorship (?:from|by|and learning|and growth|program|opportunit|included|provided
            |is |available|as you)""",
        before=r"\b(?:provid\w+|offering to)\b[^.]*$",
    ),
    cue(
        "mentor",
        r"""\b(?:mentors you|will mentor you|we(?:'ll| will)? mentor\b
        |your (?:own )?mentor\b|a mentor\b)""",
        before=r"\b(?:become|be|as|being) $",
    ),
    cue(
        "learn |learn from|paired with|pair you",
        r"""\b(?:learn (?:directly )?from (?:senior|experienced|the best|our|people|engineers|a |veteran)
        |paired with an? (?:senior|experienced)|pair you with)\b""",
        before=r"\b(?:we|models?|agents?|ai|users|that|systems?|can)\b[^.]*$",
    ),
)

LEARNING = (
    cue(
        "budget|stipend|allowance|reimburs",
        r"""\b(?:learning|education|educational|training|professional[- ]development|personal[- ]development
        |conferences?|courses?|books?|l&d|growth|self-development|development)
        (?:(?:,| and| or|/|&| \+)? ?[\w&]+){0,3}? (?:budget|stipend|allowance|fund\b|reimbursement)""",
    ),
    cue(
        "budget for|stipend for|allowance for",
        r"""\b(?:budget|stipend|allowance) for (?:\w+,? ){0,2}
        (?:learning|books?|courses?|conferences?|training|education|self)\b""",
    ),
    cue("a year for|per year for", r"\b(?:a|per) year for (?:courses|books|conferences|learning|training)\b"),
    cue(
        "teach",
        r"""\b(?:we(?:'ll| will| can| are happy to| are willing to|'re happy to)|happy to
            |willing to) (?:also )?
        teach\b(?! (?:kids|students|children|our|them|us))""",
    ),
    cue(
        "train",
        r"""\b(?:we(?:'ll| will)|willing to|happy to|we) train (?:you|people|the right|on|everyone|juniors
            |anyone)""",
        before=r"\b(?:models?|ai|data)\b[^.]*$",
    ),
    cue(
        "training|train on",
        r"""\b(?:on[- ]the[- ]job training|training (?:is )?(?:will be )?provided|full training
            |paid training)\b""",
    ),
    cue("on the job", r"\b(?:learn(?:ing)?|pick (?:it|this|things) up|taught|train|need) on the job\b"),
    cue("continuing education", r"\bcontinuing education\b", before=r"\b(?:for|of)\b[^.]*$"),
    cue(
        "experience",
        r"""\bno (?:prior |previous |formal )?(?:[\w-]+ ){0,3}experience (?:is )?
        (?:with \w+ |in \w+ |of \w+ )?
        (?:required|needed|necessary|expected)\b
        |\bdon't need (?:any )?(?:prior |previous )?(?:[\w-]+ ){0,3}experience\b""",
        may_be_denied=True,
    ),
    cue(
        "learning|to learn",
        r"""\b(?:learning (?:days?|fridays?|hours)|paid time to learn
        |\d{1,2} ?% (?:of (?:your |the )?(?:time|week) )?(?:for|to|on) (?:your own )?learning
        |(?:hours|day|friday|afternoon)s? (?:a|per|every|each) (?:week|month) (?:for|to) learn\w*)\b""",
    ),
)
