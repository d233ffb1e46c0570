"""The words that prove a signal: of a company, of how it hires, of what it gives and what it asks. Pure.

The patterns are for the folded text of `bot.leads.prose`, and written over several lines: an indent is no
part of them. Every gap is bounded, so that looking through a post takes time linear in its length.
"""

import re

from bot.leads.prose import cue

_OTHERS = (
    r"\b(?:for|help|helps|helping|serve|serves|serving|advise|invest in|clients|customers|experience|background"
    r"|preferably)\b[^,;:|]*$"
)
"""Before words on a kind of company: it is somebody else's."""

_COUNT = r"(?:[1-9]|[1-4]\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty)"
_TO_LEAD = (
    r"\b(?:lead|leading|led|manage|managing|build|building|grow|growing|mentor|hire|across|several|multiple|your)"
    r"\b[\w ]{0,20}$"
)

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
    cue(" of us", rf"(?:^|[ (])(?:just |only |about |around |~)?{_COUNT} of us\b"),
    cue(
        "person|people|engineer|employees|developers",
        rf"""(?:^|[ (~<]){_COUNT}(?:-{_COUNT})?[- ](?:person|people|man|engineer|developer)s?[ -]
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
        before=r"(?:\b(?:lead|leading|manage|managing|build|building|growing|grow|experience|every|each|across"
        r"|clients|customers|helps?|for)\b[^,;:|]*|\b(?:with|in|part of|of|by) (?:a|an|our) )$",
        after=r"[^.]{0,16} (?:feel|vibe|experience|environment experience)\b",
    ),
    cue(
        "yc |yc:|y combinator|ycombinator",
        r"""\(?\b(?:yc|y combinator|ycombinator)[ -]?\(?
        (?:w|s|f|x|sp|winter |summer |fall |spring )'?\d{2,4}\)?""",
        before=r"\b(?:for|from|ex)\b[^,;:|]*$",
    ),
    cue("bootstrapped", r"\bbootstrapped\b", before=_OTHERS),
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
        |\bmyself \([^)\n]{0,30}\b(?:cto|ceo|founder)\b""",
        before=r"\b(?:from|our|the)\b[^.]*$",
    ),
    cue(
        "founder|cto|ceo",
        r"""\b(?:(?:email|e-mail|contact|reach|write|message|ping|meet)|(?:talk|speak|reach out|call|chat|meet)[ ]
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
        r"\b(?:my (?:direct )?(?:email|e-mail|inbox)|in my profile)\b",
    ),
    cue(
        "send me|drop me|shoot me",
        r"""\b(?:send|drop|shoot) me (?:an? |your |some |a quick |a short )*
        (?:email|e-mail|line|note|resume|cv|message|mail|github|link|cool)""",
    ),
)

PRACTICAL_INTERVIEW = (
    cue("take", r"\btake[- ]?homes?\b(?![- ](?:pay|salary|wage|net|income))"),
    cue(
        "paid",
        r"""\bpaid,? (?:[\w-]+ ){0,3}(?:trial|test|task|work session|build session|pairing|assignment|exercise
        |challenge|interview|project week|work sample)\b""",
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
        before=r"\b(?:solve|solving|interesting|hard|tough|complex|address|tackle|love|real|face|of)\b[^,;:|]*$",
    ),
)

_PORTFOLIO = "(?:github|gitlab|portfolio|side[- ]projects?|personal projects?|repos?|code samples?|work samples|kaggle)"
_ANOTHER_SENSE = (
    r"(?![./]|\s(?:actions|copilot|issues|stars|sponsors|repo is|compan|manage|optimi|construct|risk|theor|analy"
    r"|strateg|system|of (?!your)))"
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
        r"""\b(?:something|anything|things?|projects?|what|stuff|systems?|product|app|tools?)\b[^.\n|,;]{0,25}?
        \byou(?:'ve| have|'re| are)? ?(?:recently |already |actually |ever |personally )?
        (?:built|made|shipped|created|hacked|coded|proud|wrote|written)\b""",
        before=r"^(?!.*\b(?:send|include|share|show|tell|links?|with|email|note|description|see|about|describe"
        r"|apply|your|proof|describing|including|like|want|curious|love)\b).*$",
    ),
    cue(
        "side project|side-project|personal project|hobby project",
        r"\b(?:side[- ]projects?|personal projects?|hobby projects?)\b",
        before=r"\b(?:as a|our|was a|started as|for|work on|be a)\b[^,;:|]{0,12}$",
    ),
    cue(
        "open source|open-source|oss ",
        r"\b(?:open[- ]source|oss) (?:contribut(?:ion|or)s?|work|track record|portfolio|experience|projects? you)\b",
        before=r"\b(?:we|our|by|for open|to|include|including)\b[^;:|]*$",
    ),
    cue(
        "open source|open-source",
        r"\bcontribut(?:ed|ing|ions?) to (?:\w+ )?open[- ]source\b",
        before=r"\b(?:we|our|you'll|will)\b[^;:|]*$",
    ),
    cue("proof of", r"\b(?:public )?proof of (?:building|work|shipping)\b"),
    cue(
        "portfolio",
        rf"\b(?:strong|good|great|solid|public|online|a|ui|design) portfolio\b{_ANOTHER_SENSE}",
        before=r"\b(?:growing|our|their|diverse|has|have|manage\w*|operate\w*|invest\w*)\b[^;:|]*$",
    ),
)

MENTORSHIP = (
    cue(
        "mentor",
        r"""\b(?:with|have|get|getting|receive|strong|close|extensive|personal|dedicated|real|weekly|regular
        |hands-on|direct|one-on-one|1:1|active|ongoing|including|of|and|plus|technical) mentor(?:ship|ing)\b""",
        before=r"\b(?:provid\w+|offer\w*|leadership|coaching|responsible|skills|role includes|experience|lead"
        r"|leading|code reviews?|act as|you will be)\b[^.]*$",
        after=r" (?:to (?!you)|of |for (?!you)|junior|engineers|senior|others|team|skills|experience|your team|less"
        r"|the|colleagues|clients|developers|a |more|other|and (?:leadership|coaching|growing|hiring))",
    ),
    cue(
        "mentorship",
        r"\bmentorship (?:from|by|and learning|and growth|program|opportunit|included|provided|is |available|as you)",
        before=r"\b(?:provid\w+|offering to)\b[^.]*$",
    ),
    cue(
        "mentor",
        r"""\b(?:be mentored|mentored by|mentors you|will mentor you|we(?:'ll| will)? mentor\b
        |your (?:own )?mentor\b|a mentor\b)""",
        before=r"\b(?:become|be|as|act as|acting as|you(?:'ll| will)?(?: be)?)\b[^.]{0,6}$",
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
    cue(
        "teach",
        r"""\b(?:we(?:'ll| will| can| are happy to| are willing to|'re happy to)|happy to|willing to) (?:also )?
        teach\b(?! (?:kids|students|children|our|them|us))""",
    ),
    cue(
        "train",
        r"\b(?:we(?:'ll| will)|willing to|happy to|we) train (?:you|people|the right|on|everyone|juniors|anyone)",
        before=r"\b(?:models?|ai|data)\b[^.]*$",
    ),
    cue(
        "training|train on",
        r"\b(?:on[- ]the[- ]job training|training (?:is )?(?:will be )?provided|full training|paid training)\b",
    ),
    cue("on the job", r"\b(?:learn(?:ing)?|pick (?:it|this|things) up|taught|train|need) on the job\b"),
    cue("continuing education", r"\bcontinuing education\b", before=r"\b(?:for|of)\b[^.]*$"),
    cue(
        "experience",
        r"""\bno (?:prior |previous |formal )?(?:[\w-]+ ){0,3}experience (?:is )?(?:with \w+ |in \w+ |of \w+ )?
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
        r"""\b(?:no (?:\w+ ){0,3}(?:degree|diploma|credentials)s? (?:is |are )?(?:required|needed|necessary|asked)
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
        r"""\b(?:must be (?:a )?(?:current )?(?:university |college |undergraduate |graduate |phd |cs )?student
        |phd (?:students? )?interns?(?:hip)?|students? only|for (?:current )?students)\b""",
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
    before=r"\b(?:ago|we|we've|our|founded|founders?|for the (?:past|last|next)|over the|past|last|next|every|within"
    r"|in|after|since|combined|runway|team has|company has|been|i've|i have|history|each|average|vest\w*|him"
    r"|she|he|they|throughout|across)\b[^,;:|.(]*$",
    after=r"(?:-| )(?:old|of runway|runway|ago|in (?:business|the (?:market|making|business))|contract|term|program"
    r"|of (?:operation|history|profit|growth|data)|vest|cliff|later|track)|,? (?:profitable|bootstrapped)",
)

_LANGUAGES = (
    "german|french|spanish|italian|portuguese|dutch|flemish|danish|swedish|norwegian|finnish|polish|czech|slovak"
    "|hungarian|romanian|bulgarian|greek|turkish|arabic|hebrew|persian|farsi|hindi|bengali|urdu|tamil|thai"
    "|vietnamese|indonesian|malay|mandarin|cantonese|chinese|japanese|korean|russian|ukrainian|estonian|latvian"
    "|lithuanian|croatian|serbian|slovenian|icelandic|catalan|swahili"
)
LANGUAGE = cue(
    _LANGUAGES,
    rf"""\b(?:fluen(?:t|cy)|native|proficien(?:t|cy)|business[- ]level|conversational|professional|working|good
    |excellent|strong|c1|c2|b2|n1|n2|speaks?|speaking|requires?|must know)
    (?:[- ](?:in|level|of|both|written|spoken|and|or|knowledge|proficiency|command|a|english|english,|speaker
    |professional|fluent|you)){{0,5}}[- ]({_LANGUAGES})\b
    |\b({_LANGUAGES})(?:[- ](?:and|&|\+|/) ?english)?[- ]
    (?:speak(?:ing|ers?)|fluency|fluently|proficiency|language skills|skills|required|is required|is a must
    |is mandatory|mandatory|needed|as a professional|language required
    |\(?(?:c1|c2|b2|n1|n2|native|fluent|business[- ]level|required|mandatory)\b)""",
    before=r"\b(?:bonus|plus|nice to have|ideally|preferably|customers|users|patients)\b[^.]*$",
    after=r"[^.\n]{0,30}\b(?:a plus|nice|bonus|preferred|not required|not needed|optional|helpful|advantage|isn't"
    r"|beneficial|desirable)\b|[ /]?\w{0,12} ?(?:citizen|business hours|clients?|company|market|law|customers?"
    r"|hours|team|office|government|regulat)",
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
TASK = cue(
    "build|work|responsib|you'll|you will|develop|design|maintain|help us|looking for|need",
    r"""\b(?:build|building|work on|working on|responsib\w+|you'll|you will|develop\w*|maintain\w*|designing
    |help us|looking for|need)\b""",
)
