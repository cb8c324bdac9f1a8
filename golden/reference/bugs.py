"""Deliberate bugs of the service, each the kind of mistake that the harness has to find.

`SERVICE_BUG` names one; without it the service is right. `scripts/canaries` runs all of them. Each says what it does
wrong; nothing else in the service is touched by it.
"""

import os
from dataclasses import dataclass

VARIABLE = "SERVICE_BUG"


@dataclass(frozen=True)
class Bug:
    """One mistake."""

    name: str
    does: str


BUGS = [
    Bug("swapped_ranks", "ranks 1 and 2 of each model are exchanged in the rows"),
    Bug("dropped_row", "the last row of P5 is never written"),
    Bug("orders_from_0", "display_order is 0 to 9"),
    Bug("no_order", "display_order is NULL everywhere, so that visitors see the fallback"),
    Bug("wrong_model", "P5's rows are written under the model svd"),
    Bug("mixed_scores", "P5's rows carry the scores of SVD"),
    Bug("leftovers", "the old set is not deleted before the new one is written"),
    Bug("integer_ids", "movies are looked up by number in P5's map of strings, so that P5 ranks nothing"),
    Bug("rated_movies", "movies of phase 1, which the visitor has rated, are candidates"),
    Bug("tie_order", "movies of the same P5 score are ordered by id in place of their SVD order"),
    Bug("half_set", "only the displayed rows of P5 are written, and the answer says that none were"),
    Bug("missing_key", "the answer lacks p5_top_saved"),
    Bug("text_counts", "the answer's counts are texts"),
    Bug("early_answer", "the answer is sent before the commit"),
    Bug("rolled_back", "the answer says 200, and the transaction is rolled back"),
    Bug("no_rows", "200 with no rows saved: the incident's silence"),
    Bug("late_write", "rows are written a second after the answer"),
    Bug("sigterm_ignored", "SIGTERM is ignored"),
    Bug("loopback_only", "it listens on 127.0.0.1 alone"),
    Bug("stale_cache", "a second request is answered from the first one's rankings"),
]

KNOWN = {bug.name: bug for bug in BUGS}

# Ways of working that are no bugs of one answer; `coldstart sweep-faults` tells them apart.
MODES = {"own_statements": "each statement commits by itself", "lazy": "P5 is loaded by the first request"}


def chosen() -> str:
    """Returns the name in SERVICE_BUG, empty for a right service; an unknown one ends the program."""
    name = os.environ.get(VARIABLE, "")
    if name and name not in KNOWN and name not in MODES:
        raise SystemExit(f"{VARIABLE}={name}: known are {', '.join([*KNOWN, *MODES])}")
    return name
