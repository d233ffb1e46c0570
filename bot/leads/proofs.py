"""A post with the lead that was read out of it, and where its words prove a field. Pure."""

import re
from dataclasses import dataclass

from bot.leads.lead import Lead
from bot.leads.prose import Prose


@dataclass(frozen=True, slots=True)
class Post:
    """What signals are looked for in."""

    lead: Lead
    prose: Prose

    def proof(self, field: str) -> str:
        """The sentence that proves a field."""
        return self.prose.sentence_of(self.lead.evidence.get(field, ""))

    def title_proof(self, title: str) -> str:
        """The sentence with a job title."""
        # A title may be put together from words that stand apart: "Backend and Data Engineers".
        return self.prose.sentence_of(title) if title in self.prose.text else self.proof("roles")

    def word_proof(self, field: str, words: str) -> str:
        """The sentence with certain words: in the evidence of a field if they are there, else in the text."""
        told = self.lead.evidence.get(field, "")
        start = max(0, self.prose.text.find(told))
        for begin, end in ((start, start + len(told)), (0, len(self.prose.folded))):
            if match := re.compile(words).search(self.prose.folded, begin, end):
                return self.prose.quote(match.start(), match.end())
        return self.proof(field)
