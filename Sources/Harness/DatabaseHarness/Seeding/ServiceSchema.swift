/// The definition of the service's tables.
package enum ServiceSchema {
    /// The text of `scenarios/schema.sql`, for programs that are not beside it.
    package static let text = #"""
        -- The tables that the recommendation service reads and writes, for PostgreSQL 15 or newer.
        -- The script can be run any number of times: it creates what is missing and changes nothing that exists.

        CREATE TABLE IF NOT EXISTS user_sessions (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            user_id text,
            -- 'recommendation' once the visitor has asked for recommendations
            phase text,
            start_time timestamptz,
            end_time timestamptz,
            created_at timestamptz NOT NULL DEFAULT now(),
            minimum_ratings_required int
        );

        -- The history of a session is read newest first: ORDER BY created_at DESC, id DESC.
        CREATE TABLE IF NOT EXISTS movie_ratings (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            session_id uuid NOT NULL,
            movie_id text NOT NULL,
            rating numeric NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now()
        );

        -- The candidates, in the order in which visitors without recommendations see them: ORDER BY created_at, id.
        CREATE TABLE IF NOT EXISTS phase2_movies (
            id text PRIMARY KEY,
            title text,
            description text,
            poster text,
            trailer text,
            genre text,
            year int,
            director text,
            actors text,
            created_at timestamptz NOT NULL DEFAULT now()
        );

        -- Movies that a session was shown in phase 1, which are no candidates for it.
        CREATE TABLE IF NOT EXISTS session_phase1_movies (
            session_id uuid NOT NULL,
            movie_id text NOT NULL,
            selection_type text,
            created_at timestamptz NOT NULL DEFAULT now()
        );

        -- One set per session, model and phase. No UNIQUE constraint says so, on purpose: the deployed table has none, and with
        -- one a service that writes a set twice would get an error here where in production it leaves duplicates. The harness
        -- is there to see those duplicates, not to hide them.
        CREATE TABLE IF NOT EXISTS recommendations (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            session_id uuid NOT NULL,
            movie_id text NOT NULL,
            score double precision NOT NULL,
            model text NOT NULL CHECK (model IN ('svd', 'p5')),
            phase int NOT NULL,
            rank int NOT NULL,
            -- the place in the list the visitor sees; NULL where the row is not shown
            display_order int,
            created_at timestamptz NOT NULL DEFAULT now()
        );

        CREATE INDEX IF NOT EXISTS movie_ratings_by_session ON movie_ratings (session_id, created_at DESC, id DESC);
        CREATE INDEX IF NOT EXISTS phase2_movies_in_order ON phase2_movies (created_at, id);
        CREATE INDEX IF NOT EXISTS session_phase1_movies_by_session ON session_phase1_movies (session_id, movie_id);
        CREATE INDEX IF NOT EXISTS recommendations_by_session ON recommendations (session_id, phase);

        """#
}
