"""The words that prove what is asked of people, and what is not. Pure.

The patterns are for the folded text of `bot.leads.prose`, and written over several lines: an indent is no
part of them. Every gap is bounded, so that looking through a post takes time linear in its length.
"""

import re

from bot.leads.prose import cue

NO_EXPERIENCE = (
    cue(
        "experience|juniors|beginners|early-career|early career|new grads|recent grads|changers|levels",
        r"""\b(?:no (?:professional |prior |previous |work |industry )?experience (?:is )?
        (?:required|needed|necessary)|all (?:experience |seniority )?levels
        |any (?:experience |seniority )?level(?: of (?:experience|seniority))?\b
        |(?:juniors|beginners|new grads|recent grads|career[- ]changers
        |early[- ]career(?: people| engineers| folks| builders?)?)(?: are| is)?(?: very| also)?[ ]
        (?:welcome|encouraged|ok|fine|considered))""",
        after=r"[^.]{0,30}\b(?:not|unfortunately)\b| of (?:government|the|management|our)",
        may_be_denied=True,
    ),
)

NO_DEGREE = (
    cue(
        "degree|diploma|self-taught|self taught|credential|pedigree|school|university|autodidact",
        r"""\b(?:no (?:\w+ ){0,3}(?:degree|diploma|credentials)s? (?:is |are )?(?:required|needed|necessary
            |asked)
        |(?:degree|diploma|credential)s? (?:is |are )?(?:not|n't)[ ]
        (?:required|needed|necessary|a requirement|important)
        |(?:don't|do not|doesn't|never|won't) (?:really )?(?:care|need|require|ask|look|mind|matter)[ ]?
        (?:about|for|at|if|whether|where)? ?(?:[\w']+ ){0,6}?
        (?:degrees?|diplomas?|credentials|pedigree|school|university)
        |self[- ]taught (?:[\w/-]+ ){0,4}?
        (?:welcome|encouraged|ok|fine|people|engineers?|developers?|programmers?|folks|candidates|applicants)
        |self[- ]taught\?|autodidacts? (?:welcome|encouraged)
        |(?:degrees?|diplomas?)(?:,| or| and)? (?:optional|irrelevant|unnecessary|be damned)
        |no degree\b(?! or))""",
        before=r"\b(?:i'm|i am|my|mine)\b[^.]*$",
        may_be_denied=True,
    ),
)

STUDENTS_ONLY = (
    cue("enrolled", r"\b(?:currently |must be |be |are |still )(?:currently )?enrolled (?:in|at|as)\b"),
    cue(
        "pursuing",
        r"""\b(?:currently |actively )?pursuing (?:a |an |your |their )?(?:[\w./']+ ){0,4}
        (?:degree|bachelor\w*|master\w*|bs|ms|phd|ph\.d\.?)\b""",
    ),
    cue(
        "student",
        r"""\b(?:must be (?:a )?(?:current )?(?:university |college |undergraduate |graduate |phd |cs )?
        student|phd (?:students? )?interns?(?:hip)?|students? only|for (?:current )?students)\b""",
    ),
    cue("phd intern", r"\bphd intern(?:ship)?s?\b"),
    cue("rising", r"\brising (?:seniors?|juniors?|sophomores?)\b"),
)

MOST_YEARS = 15
"""Nobody asks for more; what is longer is the history of a company."""

YEARS = cue(
    "year|yr|yoe",
    r"""(?<![\d.,$€£])\b(\d{1,2}|one|two|three|four|five|six|seven|eight|ten)(?: ?\+| plus| or more)?
    (?: ?(?:-|to) ?\d{1,2} ?\+?)?[ -]?(?:years?|yrs?|yoe)\b'?(?: ?\+)?""",
    before=r"""(?:\b(?:founded|founders?|combined|runway|has been|have been|been around|i've|i have|history
        |average|vest\w*|we have|we've|company has|team has|team of|profitable
        |(?:for|over) the (?:past|last|next))\b[^,;:|.(]*
        |\b(?:our|past|last|next|every|each|within|in|after|since|been|over|throughout|across|him|her|them)\b
        [^,;:|.(]{0,8})$""",
    after=r"""(?:-| )(?:old|of runway|runway|ago|in (?:business|the (?:market|making|business))|contract|term
        |program|of (?:operation|history|profit|growth|data|curiosity|school|college
        |(?:people )?(?:management|leadership))
        |vest|cliff|later|track|left)|,? (?:profitable|bootstrapped)""",
)

_LANGUAGES = (
    "german|french|spanish|italian|portuguese|dutch|flemish|danish|swedish|norwegian|finnish|polish|czech"
    "|slovak|hungarian|romanian|bulgarian|greek|turkish|arabic|hebrew|persian|farsi|hindi|bengali|urdu|tamil"
    "|thai|vietnamese|indonesian|malay|mandarin|cantonese|chinese|japanese|korean|russian|ukrainian|estonian"
    "|latvian|lithuanian|croatian|serbian|slovenian|icelandic|catalan|swahili"
)
LANGUAGE = cue(
    _LANGUAGES,
    rf"""\b(?:fluen(?:t|cy)|native|proficien(?:t|cy)|business[- ]level|conversational|professional|working
    |good|excellent|strong|c1|c2|b2|n1|n2|speaks?|speaking|requires?|must know)
    (?:[- ](?:in|level|of|both|written|spoken|and|or|knowledge|proficiency|command|a|english|english,|speaker
    |professional|fluent|you)){{0,5}}[- ]({_LANGUAGES})\b
    |\b({_LANGUAGES})(?:[- ](?:and|&|\+|/) ?english)?[- ]
    (?:speak(?:ing|ers?)|fluency|fluently|proficiency|language skills|skills|required|is required|is a must
    |is mandatory|mandatory|needed|as a professional|language required
    |\(?(?:c1|c2|b2|n1|n2|native|fluent|business[- ]level|required|mandatory)\b)""",
    before=r"\b(?:bonus|plus|nice to have|ideally|preferably|customers|users|patients)\b[^.]*$",
    after=r"""[^.\n]{0,30}\b(?:a plus|nice|bonus|preferred|not required|not needed|optional|helpful
        |advantage|isn't
        |beneficial|desirable)\b|[ /]?\w{0,12} ?(?:citizen|business hours|clients?|company|market|law
        |customers?
        |hours|team|office|government|regulat)""",
)

MASTERY = cue(
    "expert|master|guru|ninja|rockstar|years|senior-level|senior level|deep|proficien|strong|must",
    r"""\b(?:experts?|expertise|expert-level|mastery|master of|guru|ninja|rockstar|years|senior[- ]level|deep
    |proficien\w+|strong|must)\b""",
)
FIELDS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        r"front-?\s?end|ui development|react",
        r"back-?\s?end|api development",
        "machine learning|ml|deep learning|data science",
        "devops|kubernetes|sre|infrastructure|cloud architecture",
        "design|ux|figma|photoshop|graphic design",
        "mobile|ios|android|swift|kotlin",
        "embedded|firmware|fpga|hardware|pcb",
        "security|penetration testing|cryptography",
        "marketing|sales|seo|growth hacking",
        "blockchain|smart contracts|solidity",
        "qa|test automation",
        "database administration|dba",
    )
)

WAY_TO_APPLY = cue(
    "apply|mail|contact|reach|dm|message|@|[at]|(at)|career|job",
    r"\b(?:apply|e-?mail|contact|reach|dm|message|careers?|jobs?)\b|@|\[at\]|\(at\)",
)
