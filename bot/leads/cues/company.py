"""The words that prove what a company is like and who hires. Pure.

The patterns are for the folded text of `bot.leads.prose`, and written over several lines: an indent is no
part of them. Every gap is bounded, so that looking through a post takes time linear in its length.
"""

from bot.leads.prose import cue

_OTHERS = r"""\b(?:for|help|helps|helping|serve|serves|serving|advise|invest in|clients|customers|experience
        |background
        |preferably)\b[^,;:|]*$"""
"""Before words on a kind of company: it is somebody else's."""

_COUNT = r"""(?:[1-9]|[1-4]\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty
    |thirty|forty)"""
_TO_LEAD = r"""\b(?:lead|leading|led|manage|managing|build|building|grow|growing|mentor|hire|across|several
        |multiple|your)
        \b[\w ]{0,20}$"""

BIG_COMPANY = (
    cue("series", r"\bseries [c-h]\b"),
    cue("late-stage|late stage", r"\blate[- ]stage\b"),
    cue(
        "nasdaq|nyse|fortune|publicly|post-ipo",
        r"\b(?:nasdaq|nyse|publicly traded|is a fortune \d+|post-ipo)\b",
    ),
    cue(
        "employees|people",
        r"""\b(?:[1-9]\d{2,}|\d{1,3},\d{3}|\d+k)\+?[ ]
        (?:employees|people (?:strong|worldwide|globally|across))""",
    ),
)

SMALL_COMPANY = (
    cue(
        "team of",
        rf"\bteam of (?:about |around |only |just |under |fewer than |~|<)?{_COUNT}\b(?![-\d,k%])",
        before=_TO_LEAD,
    ),
    cue(" of us", rf"(?<![\w.,$-]){_COUNT} of us\b"),
    cue(
        "person|people|engineer|employees|developers",
        rf"""(?<![\w.,$-]){_COUNT}(?:-{_COUNT})?[- ](?:person|people|man|engineer|developer)s?[ -]
        (?:[\w-]+ ){{0,2}}(?:team|company|startup|start-up|shop|studio|outfit|crew)\b""",
        before=_TO_LEAD,
    ),
    cue(
        "we're|we are|currently|company|team",
        rf"""\b(?:we're|we are|currently|company is|team is)(?: still)? (?:an? )?
        (?:only |just |about |around |under |~)?{_COUNT}[- ]
        (?:people|persons?|engineers|employees|developers|humans|strong)\b""",
    ),
    cue(
        "seed",
        r"\b(?:pre-?)?seed[- ](?:stage|funded|funding|round|startup|backed|company)\b",
        before=_OTHERS,
    ),
    cue(
        "seed",
        r"\b(?:raised|closed|closing|raising|announced|have|backed)\b[^.\n|]{0,40}\b(?:pre-?)?seed\b",
        before=_OTHERS,
    ),
    cue("pre-seed|preseed", r"\bpre-?seed\b", before=_OTHERS + r"|\bbackground \($"),
    cue(
        "series a",
        r"\bseries a\b(?!\s*(?:through|to|-|/|\+))",
        before=r"(?:\b(?:from|post|after|to)\b[^,;:|]*$|" + _OTHERS + ")",
    ),
    cue(
        "founding",
        r"""\b(?:(?:senior|sr\.?|principal|staff|our|the|a|first) )*founding (?:[\w/&.-]+ ){0,3}?
        (?:engineers?|developers?|designer|scientist|lead|hire|role|seat|member|researcher)\b""",
        before=r"(?:\b(?:with|by)\b[^,;:|]{0,20}|\b(?:experience|as|as a|as fractional)\b[^,;:|]*)$",
        after=r"(?: is| was| are| were| has| have|,? (?:from|previously))\b",
    ),
    cue("founding team", r"\b(?:small|tight-knit|together a|assembling a|assembling our) founding team\b"),
    cue(
        "first|second|third|fourth|fifth",
        r"""\b(?:first|second|third|fourth|fifth)[ ]
        (?:technical |engineering |full-time |non-founder |non-founding |dedicated |external |ml |ai |data )?
        (?:hire|engineer|employee|developer|data scientist|ml engineer)s?\b""",
        before=r"\b(?:been|hired|was|were|since)\b[^,;:|]*$",
    ),
    cue("employee #|engineer #|hire #", r"\b(?:employee|engineer|hire) #\s?\d\b"),
    cue(
        "early-stage|early stage",
        r"""\bearly[- ]stage,? (?:and |but )?(?:[\w-]+,? ){0,3}
        (?:startup|start-up|company|team|venture|business)\b""",
        before=_OTHERS,
        after=r" (?:background|experience|environment)",
    ),
    cue(
        "small|tiny",
        r"""\b(?:small|tiny)(?:,|\b)(?: (?:but|and|yet|[\w-]+,?)){0,4}[ ]
        (?:team|startup|start-up|company|studio|shop|consultancy|agency|group)\b""",
        before=r"""(?:\b(?:lead|leading|manage|managing|build|building|growing|grow|experience|every|each
            |across
            |clients|customers|helps?|for)\b[^,;:|]*|\b(?:with|in|part of|of|by) (?:a|an|our) )$""",
        after=r"[^.]{0,16} (?:feel|vibe|experience|environment experience)\b",
    ),
    cue(
        "yc |yc:|y combinator|ycombinator",
        r"""\(?\b(?:yc|y combinator|ycombinator)[ -]?\(?
        (?:w|s|f|x|sp|winter |summer |fall |spring )'?\d{2,4}\)?""",
        before=r"\b(?:for|from|ex)\b[^,;:|]*$",
    ),
    cue(
        "bootstrapped", r"\bbootstrapped\b", before=_OTHERS + r"|\b(?:since we|initially|originally)\b[^.]*$"
    ),
    cue("co-founder|cofounder", r"\b(?:two|three|2|3)[- ]co-?founders?\b"),
)

_RECRUITER = r"\b(?:i'm|i am|my name is)\b[^.\n|]{0,50}\b(?:recruit\w*|talent|people team|hr)\b"
RECRUITER = (cue("recruit|talent|people team|hr ", _RECRUITER),)

FOUNDER_HIRING = (
    cue(
        "founder|cto|ceo",
        r"""\b(?:i'm|i am|im|my name is|name's|this is \w+,)(?= )
        (?! (?:a |an )?(?:looking|hiring|former|ex|working))
        [^.\n|]{0,60}?\b(?:founder|co-?founder|founders|co-founders|cto|ceo|founding engineer)\b""",
        before=r"\b(?:if|when|you|like|think)\b[^.]*$",
    ),
    cue(
        "founder|cto|ceo",
        r"""\b(?:founder|co-?founder|cto|ceo) (?:and \w+ )?here\b|\bi'm one of the (?:co-?)?founders\b
        |\bhere,? (?:the |one of the )?(?:co-?)?founders?\b|@\S+ \((?:the )?(?:co-?)?founder\b
        |\bmyself \([^)\n]{0,30}\b(?:cto|ceo|founder)\b""",
        before=r"\b(?:from|our|the)\b[^.]*$",
    ),
    cue(
        "founder|cto|ceo",
        r"""\b(?:(?:email|e-mail|contact|reach|write|message|ping|meet)|(?:talk|speak|reach out|call|chat
            |meet)[ ]
        (?:directly )?(?:to|with))\b[^.\n|]{0,24}(?<= )(?:co-?)?(?:founder|cto|ceo)s?\b""",
        before=r"\b(?:you(?:'ll| will)|able to|comfortable|experience)\b[^.]*$",
    ),
    cue(
        "founder",
        r"\bfounders?,? directly\b",
        before=r"\b(?:work|working|collaborat\w+|report\w*|partner\w*|access)\b[^.]*$",
    ),
)

DIRECT_CONTACT = (
    cue(
        " me", r"\b(?:email|e-mail|mail|message|dm|ping|write|contact|write to|reach out to|text|reach) me\b"
    ),
    cue(
        "my email|my e-mail|my inbox|my profile",
        r"\b(?:my (?:direct )?(?:email|e-mail|inbox)(?: is\b| address|:| in\b)|in my profile\b)",
    ),
    cue(
        "send me|drop me|shoot me",
        r"""\b(?:send|drop|shoot) me (?:an? |your |some |a quick |a short )*
        (?:email|e-mail|line|note|resume|cv|message|mail|github|link|cool)""",
    ),
)
