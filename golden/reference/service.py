"""The service in Python, on the standard library's HTTP server, as the yardstick of `scripts/bench`.

It reads the environment of the deployed one (`SVD_DIR`, `P5_CKPT`, `P5_BACKBONE`, `DATAMAPS_PATH`, `P5_BATCH`,
`DATABASE_URL`, `PORT`) and answers `GET /health` and `POST /recommend`. It loads while it listens already, when
`/health` goes from `booting` to `ready_basic` to `ready_full`; the imports come before that, as they do in any Python
service. Rows are written where psycopg is installed and DATABASE_URL is set: the old set is deleted and the new one
inserted in two statements of their own, as the deployed service does. Only measuring needs it: nothing of the harness's
tests or goldens comes from here.
"""

import json
import os
import random
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

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
        self.svd_dir = path_of("SVD_DIR", "svd_5core")
        self.checkpoint = path_of("P5_CKPT", f"p5/{CHECKPOINT}")
        self.status = "booting"
        self.svd: SVD | None = None
        self.ids: dict[str, str] = {}
        self.tokenizer: Tokenizer | None = None
        self.model: T5ForConditionalGeneration | None = None

    def load(self) -> None:
        """Loads all models, stage by stage."""
        try:
            self.svd = SVD.read(self.svd_dir)
            self.ids = read_datamaps(path_of("DATAMAPS_PATH", "p5/datamaps.json"))
            self.status = "ready_basic"
            backbone = path_of("P5_BACKBONE", "t5-small")
            self.tokenizer = Tokenizer(backbone / "spiece.model")
            model = T5ForConditionalGeneration.from_pretrained(backbone)
            state = strip_prefix(open_weights(self.checkpoint))
            state.pop(WHOLE_WORD_KEY, None)
            model.load_state_dict(state, strict=False)
            self.model = model.eval()
            self.status = "ready_full"
        except Exception as error:
            self.status = f"init_error: {error}"

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
            history = connection.execute(
                "SELECT movie_id, rating FROM movie_ratings WHERE session_id = %s"
                " ORDER BY created_at DESC, id DESC LIMIT %s",
                (session, READ_LIMIT),
            ).fetchall()
            if not history:
                raise RefusalError(400, f"no rating history for session {session}")
            candidates = connection.execute(
                "SELECT id FROM (SELECT id, created_at FROM phase2_movies ORDER BY created_at, id LIMIT 10000) AS film"
                " WHERE NOT EXISTS (SELECT FROM session_phase1_movies WHERE session_id = %s AND movie_id = film.id)"
                " ORDER BY created_at, film.id",
                (session,),
            ).fetchall()
            if not candidates:
                raise RefusalError(400, f"no candidates for session {session}")
            ratings = [{"movie_id": movie, "rating": float(rating)} for movie, rating in history]
            svd = first_stage(self.svd, ratings, [movie for (movie,) in candidates])
            p5 = self.rerank(session, ratings, [movie for movie, _ in svd])
            lists = {"svd": svd[:top], "p5": p5[:top]}
            shown = display_list(
                random.choice(["svd", "p5"]),
                [movie for movie, _ in lists["svd"]],
                [movie for movie, _ in lists["p5"]],
            )
            orders = {(model, movie): order for model, movie, order in shown}
            for model, ranked in lists.items():
                connection.execute(
                    "DELETE FROM recommendations WHERE session_id = %s AND model = %s AND phase = %s",
                    (session, model, phase),
                )
                rows = [
                    (session, movie, score, model, phase, rank, orders.get((model, movie)))
                    for rank, (movie, score) in enumerate(ranked, start=1)
                ]
                with connection.cursor() as cursor:
                    cursor.executemany(
                        "INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank, display_order)"
                        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                        rows,
                    )
        return {
            "session_id": session,
            "phase": phase,
            "svd_top_saved": len(lists["svd"]),
            "p5_top_saved": len(lists["p5"]),
            "svd_top100_size": len(svd),
            "display_sequence": shown,
        }

    def rerank(self, session: str, ratings: list[dict], movies: list[str]) -> list[tuple[str, float]]:
        """Returns the films in the order of P5's ratings, none while P5 has not loaded."""
        if self.model is None or self.tokenizer is None:
            return []
        history = prompt_history([(rating["movie_id"], rating["rating"]) for rating in ratings], self.ids)
        known = [movie for movie in movies if movie in self.ids]
        prompts = [rating_prompt(session, self.ids[movie], history) for movie in known]
        rated = second_stage(self.model, self.tokenizer, prompts, int(os.environ.get("P5_BATCH") or 16))
        scored = [(movie, score) for movie, (_, score) in zip(known, rated, strict=True)]
        return sorted(scored, key=lambda pair: pair[1], reverse=True)


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
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT") or 8080)), handler(service))
    threading.Thread(target=service.load, daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
