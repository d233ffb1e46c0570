"""Texts that somebody might post: what posts are made of, in the wrong place or far too often."""

from collections.abc import Iterator

LONGEST = 100_000
"""Characters; Hacker News itself takes far fewer."""

PIECES = (
    # Markup, whole and broken.
    *(
        "<p>",
        "</p>",
        "<b>",
        "<i>",
        "</i>",
        "<pre><code>",
        "<a ",
        '<a href="',
        "<a href='x'>",
        "</a",
        "<li>",
        "<br>",
    ),
    *(
        "<!--",
        "-->",
        "<![CDATA[",
        "<script>",
        "<",
        ">",
        '"',
        "'",
        "&",
        "&#",
        "&#x",
        "&#x2F;",
        "&amp;",
        "&#x110000;",
    ),
    *("&#0;", "&nbsp;", "\\n", "\x00", "\r", "\n", "\n\n", "\n \n", "\t", " ", "\u00a0", "\u2028", "\u3000"),
    # Letters that turn around, pile up, or are not there.
    *(
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200b",
        "\ufeff",
        "\u0301",
        "e\u0301\u0302\u0323",
        "\ud800",
        "\U0001d400",
    ),
    *(
        "\u05e9\u05dc\u05d5\u05dd ",
        "\u0645\u0631\u062d\u0628\u0627 ",
        "\u2067",
        "\u7ba1\u7406\u8005",
        "\U0001f468\u200d\U0001f4bb",
    ),
    *(
        "\u0130",
        "\u00df",
        "\ufb01",
        "\u1e9e",
        "\u0345",
        "\u2160",
        "\u0660",
        "\u00bd",
        "\u00b2",
        "\u2474",
        "\uff11",
        "\U0001d7d9",
    ),
    # What headers are made of.
    *(
        "|",
        " | ",
        "||",
        "-",
        " - ",
        "\u2014",
        "--",
        "/",
        " / ",
        "//",
        ":",
        ";",
        ",",
        ", ",
        ".",
        ". ",
        "...",
        "*",
        "**",
    ),
    *(
        "(",
        ")",
        "()",
        "[",
        "]",
        "{",
        "}",
        "((",
        "))",
        ") (",
        "_",
        "`",
        "~",
        "#",
        "\\",
        "=",
        "+",
        "@",
        "!",
        "?",
        "\u2022 ",
    ),
    *(
        "REMOTE",
        "Remote (US) ",
        "ONSITE ",
        "Onsite or hybrid, ",
        "no remote ",
        "Berlin, ",
        "San Francisco, CA | ",
    ),
    *(
        "New York ",
        "St. ",
        "U.S.A. ",
        "UTC+2 ",
        "UTC-",
        "EU/UK ",
        "Full-time ",
        "full time/part time ",
        "Intern ",
        "VISA ",
    ),
    *(
        "Senior ",
        "Sr. ",
        "Software Engineer, ",
        "ML Engineer / ",
        "Staff ",
        "Head of ",
        "C++ ",
        "Node.js/",
        "Go ",
        "R, ",
    ),
    *(
        "We are hiring ",
        "looking for ",
        "who ",
        "the ",
        "PhD ",
        "degree or equivalent experience ",
        "no degree ",
        "Inc. ",
    ),
    # What pay is made of.
    *(
        "$",
        "\u20ac",
        "\u00a3",
        "\u20b9",
        "$1",
        "1",
        "0",
        "9,",
        "1,",
        "1.",
        "100k",
        "$100k-",
        "100-",
        "k",
        "K",
        "150,000 ",
    ),
    *(
        "USD",
        " EUR ",
        "lakh ",
        "LPA",
        "/hr",
        " per ",
        "per hour ",
        "a year ",
        "\u2013",
        " to ",
        "401k ",
        "0.5% ",
        "$9" + "9" * 40,
    ),
    # Addresses.
    *(
        "http://",
        "https://",
        "https://a.example",
        "https://a.example/(",
        "javascript:alert(1)",
        "data:text/html,x",
    ),
    *(
        "ftp://a.example ",
        "www.",
        "a.",
        "a@",
        "@",
        "a@b.",
        "me@a.example ",
        "name [at] firm [dot] com ",
        " at ",
        " dot ",
    ),
    *("HTTPS://A.EXAMPLE/%", "mailto:me@a.example", "//a.example", "https://@", "https://[::1", "xn--"),
    # Whole lines, which are right once and too much two thousand times.
    "Acme | ML Engineer | Berlin | REMOTE | $100k<p>",
    "Acme (YC W21) | Senior Engineers, Data Scientists | New York, NY or Remote (US) | Visa\n",
    "- Senior Backend Engineer (Python, Go), 120-150k EUR, hybrid in Munich: https://a.example/jobs/1\n",
    "<p>We hire a Staff Data Scientist and two Machine Learning Engineers, in Paris or in the EU. ",
    "You need a PhD or equivalent experience and 5+ years of Rust; we pay $160,000 to $200,000. ",
    'Mail me@a.example or see <a href="https://a.example/a?b=(c)">https://a.example/...</a>, no agencies!<p>',
)
"""Each is tried alone, again and again, and with others in any order."""

OPENINGS = (
    "",
    "Acme | ML Engineer | Berlin | REMOTE | $100k<p>",
    "Acme (https://a.example) is hiring ",
    '<a href="https://a.example/',
    "<p><p>Pay: $",
)
"""What may stand before them, so that a reader has begun to read."""


def filled(opening: str, piece: str, limit: int = LONGEST) -> str:
    """A text of just so many characters that begins with one thing and goes on with another."""
    return (opening + piece * (limit // len(piece) + 1))[:limit]


def at_length(limit: int = LONGEST) -> Iterator[tuple[str, str]]:
    """Every piece after one of the openings, by a name, and the text."""
    for number, piece in enumerate(PIECES):
        opening = OPENINGS[number % len(OPENINGS)]
        yield f"{piece!r} after {opening!r}", filled(opening, piece, limit)


def in_the_middle(limit: int = LONGEST) -> Iterator[tuple[str, str]]:
    """Every piece in a row that comes to an end, where a reader that goes back goes back far."""
    for piece in PIECES:
        yield f"{piece!r} and an end", filled("Acme | ", piece, limit - 9) + "x|\x01 Z\n."
