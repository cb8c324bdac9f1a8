"""The service in Python, on the standard library's HTTP server: the yardstick of `scripts/bench`, and the canary of
`scripts/canaries` with one bug of `bugs.py` at a time.

It reads the environment of the deployed one (`SVD_DIR`, `P5_CKPT`, `P5_BACKBONE`, `DATAMAPS_PATH`, `P5_BATCH`,
`DATABASE_URL`, `PORT`) and answers `GET /health` and `POST /recommend`. It loads while it listens already (with
`--load-first` before that), when `/health` goes from `booting` to `ready_basic` to `ready_full`; the imports come
before that, as they do in any Python service. Rows are written where psycopg is installed and DATABASE_URL is set: both
models' old sets are deleted and the new ones inserted in one transaction. Nothing of the goldens comes from here.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from . import bugs
from .bench import CHECKPOINT, first_stage, open_weights, second_stage
from .datamaps import read_datamaps
from .goldens import display_list
from .prompts import READ_LIMIT, prompt_history, rating_prompt
from .svd import SVD
from .t5 import WHOLE_WORD_KEY, T5ForConditionalGeneration, strip_prefix
from .tokenizer import Tokenizer

try:
    import psycopg
except ImportError:
    psycopg = None

MODELS = Path("/models")
COLUMNS = "session_id, movie_id, score, model, phase, rank, display_order"


def path_of(name: str, default: str) -> Path:
    """Returns the path that a variable names, or its default."""
    return Path(os.environ.get(name) or MODELS / default)


class RefusalError(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, detail: str):
        """Keeps what the caller is told."""
        super().__init__(detail)
        self.status, self.detail = status, detail


class Service:
    """The models as far as they have loaded, and the work of a request."""

    def __init__(self) -> None:
        """Starts with nothing loaded."""
        self.bug = bugs.chosen()
        self.svd_dir = path_of("SVD_DIR", "svd_5core")
        self.checkpoint = path_of("P5_CKPT", f"p5/{CHECKPOINT}")
        self.status = "booting"
        self.svd: SVD | None = None
        self.ids: dict[str, str] = {}
        self.tokenizer: Tokenizer | None = None
        self.model: T5ForConditionalGeneration | None = None
        self.loading = threading.Lock()
        self.known: dict[str, dict[str, list[tuple[str, float]]]] = {}

    def load(self) -> None:
        """Loads all models, stage by stage."""
        try:
            print("loading svd", flush=True)
            self.svd = SVD.read(self.svd_dir)
            print("loading datamaps", flush=True)
            self.ids = read_datamaps(path_of("DATAMAPS_PATH", "p5/datamaps.json"))
            self.status = "ready_basic"
            if self.bug != "lazy":
                self.load_p5()
        except Exception as error:
            self.status = f"init_error: {error}"

    def load_p5(self) -> None:
        """Loads P5, once."""
        with self.loading:
            if self.model is not None:
                return
            backbone = path_of("P5_BACKBONE", "t5-small")
            print("loading tokenizer", flush=True)
            self.tokenizer = Tokenizer(backbone / "spiece.model")
            print("loading checkpoint", flush=True)
            model = T5ForConditionalGeneration.from_pretrained(backbone)
            state = strip_prefix(open_weights(self.checkpoint))
            state.pop(WHOLE_WORD_KEY, None)
            model.load_state_dict(state, strict=False)
            self.model = model.eval()
            self.status = "ready_full"

    def health(self) -> dict[str, object]:
        """Returns what `GET /health` answers."""
        return {
            "ok": self.status.startswith("ready"),
            "status": self.status,
            "device": "cpu",
            "p5_ckpt": str(self.checkpoint),
            "svd_dir": str(self.svd_dir),
            "n_items": len(self.svd.ids) if self.svd else 0,
        }

    def recommend(self, body: dict) -> dict[str, object]:
        """Answers one request: reads, ranks, reranks, writes."""
        if not self.status.startswith("ready"):
            raise RefusalError(503, "warming up")
        if psycopg is None or "DATABASE_URL" not in os.environ:
            raise RefusalError(500, "no database: psycopg and DATABASE_URL are needed")
        session, top, phase = body["session_id"], body.get("topk_per_model", 10), body.get("phase", 2)
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            history, candidates = self.read(connection, session)
        ranked = self.known.get(session) if self.bug == "stale_cache" else None
        if ranked is None:
            ranked = self.rank(session, history, candidates)
            self.known[session] = ranked
        lists = {model: places[:top] for model, places in ranked.items()}
        shown = display_list(
            random.choice(["svd", "p5"]),
            [movie for movie, _ in lists["svd"]],
            [movie for movie, _ in lists["p5"]],
        )
        rows = self.rows(session, phase, lists, shown)
        answer = {
            "session_id": session,
            "phase": phase,
            "svd_top_saved": len(lists["svd"]),
            "p5_top_saved": len(lists["p5"]),
            "svd_top100_size": len(ranked["svd"]),
            "display_sequence": shown,
        }
        self.save(session, phase, rows)
        return self.said(answer)

    def read(self, connection: "psycopg.Connection", session: str) -> tuple[list[dict], list[str]]:
        """Returns the ratings, newest first, and the candidates."""
        found = connection.execute(
            "SELECT movie_id, rating FROM movie_ratings WHERE session_id = %s"
            " ORDER BY created_at DESC, id DESC LIMIT %s",
            (session, READ_LIMIT),
        ).fetchall()
        if not found:
            raise RefusalError(400, f"no rating history for session {session}")
        shown = "NOT EXISTS (SELECT FROM session_phase1_movies WHERE session_id = %(session)s AND movie_id = movie.id)"
        if self.bug == "rated_movies":
            shown = "true"
        candidates = connection.execute(
            "SELECT id FROM (SELECT id, created_at FROM phase2_movies ORDER BY created_at, id LIMIT 10000) AS movie"
            f" WHERE {shown} ORDER BY created_at, movie.id",
            {"session": session},
        ).fetchall()
        if not candidates:
            raise RefusalError(400, f"no candidates for session {session}")
        history = [{"movie_id": movie, "rating": float(rating)} for movie, rating in found]
        return history, [movie for (movie,) in candidates]

    def rank(self, session: str, history: list[dict], candidates: list[str]) -> dict[str, list[tuple[str, float]]]:
        """Ranks by SVD, and the best hundred by P5."""
        svd = first_stage(self.svd, history, candidates)
        if self.bug == "lazy":
            self.load_p5()
        return {"svd": svd, "p5": self.rerank(session, history, [movie for movie, _ in svd])}

    def rerank(self, session: str, ratings: list[dict], movies: list[str]) -> list[tuple[str, float]]:
        """Returns the movies in the order of P5's ratings, none while P5 has not loaded."""
        if self.model is None or self.tokenizer is None:
            return []
        key = int if self.bug == "integer_ids" else str
        history = prompt_history([(key(rating["movie_id"]), rating["rating"]) for rating in ratings], self.ids)
        known = [movie for movie in movies if key(movie) in self.ids]
        prompts = [rating_prompt(session, self.ids[movie], history) for movie in known]
        rated = second_stage(self.model, self.tokenizer, prompts, int(os.environ.get("P5_BATCH") or 16))
        scored = [(movie, score) for movie, (_, score) in zip(known, rated, strict=True)]
        if self.bug == "tie_order":
            scored.sort()
        return sorted(scored, key=lambda pair: pair[1], reverse=True)

    def rows(self, session: str, phase: int, lists: dict, shown: list) -> list[tuple]:
        """Returns the rows of both sets, in the order of COLUMNS."""
        orders = {(model, movie): order for model, movie, order in shown}
        if self.bug == "orders_from_0":
            orders = {key: order - 1 for key, order in orders.items()}
        if self.bug == "no_order":
            orders = {}
        svd_scores = dict(lists["svd"])
        rows = []
        for model, ranked in lists.items():
            for rank, (movie, score) in enumerate(ranked, start=1):
                order = orders.get((model, movie))
                if self.bug == "half_set" and model == "p5" and order is None:
                    continue
                if self.bug == "dropped_row" and model == "p5" and rank == len(ranked):
                    continue
                if self.bug == "swapped_ranks" and rank <= 2:
                    rank = 3 - rank
                if self.bug == "mixed_scores" and model == "p5":
                    score = svd_scores.get(movie, lists["svd"][rank - 1][1])
                name = "svd" if self.bug == "wrong_model" else model
                rows.append((session, movie, score, name, phase, rank, order))
        return rows

    def save(self, session: str, phase: int, rows: list[tuple]) -> None:
        """Replaces both models' sets, in one transaction."""
        if self.bug == "no_rows":
            return
        if self.bug in ("late_write", "early_answer"):
            delay = 1.0 if self.bug == "late_write" else 0.3
            threading.Thread(target=self.write, args=(session, phase, rows, delay), daemon=True).start()
            return
        self.write(session, phase, rows, 0)

    def write(self, session: str, phase: int, rows: list[tuple], delay: float) -> None:
        """Writes the rows; `delay` is how long the caller's back is turned before, or before the commit."""
        if self.bug == "late_write":
            time.sleep(delay)
        alone = self.bug == "own_statements"
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=alone) as connection:
            for model in ("svd", "p5"):
                if self.bug != "leftovers":
                    connection.execute(
                        "DELETE FROM recommendations WHERE session_id = %s AND model = %s AND phase = %s",
                        (session, model, phase),
                    )
            for model in ("svd", "p5"):
                of_model = [row for row in rows if row[3] == model]
                if not of_model:
                    continue
                places = ", ".join(["(" + ", ".join(["%s"] * 7) + ")"] * len(of_model))
                connection.execute(
                    f"INSERT INTO recommendations ({COLUMNS}) VALUES {places}",
                    [value for row in of_model for value in row],
                )
            if self.bug == "early_answer":
                time.sleep(delay)
            if self.bug == "rolled_back":
                connection.rollback()

    def said(self, answer: dict[str, object]) -> dict[str, object]:
        """Returns the answer as the caller gets it."""
        if self.bug == "half_set":
            answer["p5_top_saved"] = 0
        if self.bug == "missing_key":
            del answer["p5_top_saved"]
        if self.bug == "text_counts":
            answer["svd_top_saved"] = str(answer["svd_top_saved"])
            answer["p5_top_saved"] = str(answer["p5_top_saved"])
        return answer


def handler(service: Service) -> type[BaseHTTPRequestHandler]:
    """Returns the class that answers the requests of a service."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answers `/health`."""
            if self.path == "/health":
                self.answer(200, service.health())
            else:
                self.answer(404, {"detail": "no such path"})

        def do_POST(self) -> None:
            """Answers `/recommend`."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            secret = os.environ.get("WEBHOOK_SECRET")
            if secret and self.headers.get("X-Webhook-Secret") != secret:
                return self.answer(401, {"detail": "wrong secret"})
            try:
                self.answer(200, service.recommend(json.loads(body)))
            except RefusalError as refusal:
                self.answer(refusal.status, {"detail": refusal.detail})
            except (KeyError, TypeError, ValueError):
                self.answer(422, {"detail": "malformed body"})
            except Exception as error:
                self.answer(500, {"detail": type(error).__name__})

        def answer(self, status: int, content: dict[str, object]) -> None:
            """Sends JSON."""
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Writes no log."""

    return Handler


def main() -> None:
    """Listens, loads beside it, and serves until it is ended."""
    service = Service()
    if service.bug == "sigterm_ignored":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    host = "127.0.0.1" if service.bug == "loopback_only" else "0.0.0.0"
    port = int(os.environ.get("PORT") or 8080)
    if "--load-first" in sys.argv:
        service.load()
    else:
        threading.Thread(target=service.load, daemon=True).start()
    ThreadingHTTPServer((host, port), handler(service)).serve_forever()


if __name__ == "__main__":
    main()
