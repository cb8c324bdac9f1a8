/// The ways in which rows can be wrong, each a class of findings with a name that stays.
package enum AuditClass: String, Hashable, Sendable, Codable, CaseIterable {
    /// Sessions in the phase `recommendation` that have ratings and no row.
    case sessionsWithoutRows = "sessions_without_rows"
    /// Sessions with rows of which none has a display order.
    case rowsNeverShown = "rows_never_shown"
    /// Sessions whose displayed rows the visitors' role does not see as the owner does.
    case hiddenRows = "hidden_rows"
    /// Sets of fewer rows than a model saves, and sets of P5 where SVD has none.
    case partialSets = "partial_sets"
    /// Sets in which a rank from 1 to the highest is missing, or one is below 1.
    case rankGaps = "rank_gaps"
    /// Sets in which two movies have one rank.
    case rankRepeats = "rank_repeats"
    /// Sets that hold a movie more than once.
    case duplicates
    /// Sets whose scores rise with the rank.
    case scoresOutOfOrder = "scores_out_of_order"
    /// Rows whose score is not a finite number.
    case scoresNotFinite = "scores_not_finite"
    /// Visitors' lists in which a place is missing.
    case displayGaps = "display_gaps"
    /// Visitors' lists with two movies at one place, or one movie at two.
    case displayRepeats = "display_repeats"
    /// Displayed rows at a place outside 1 to 10, or of a rank outside 1 to 10.
    case displayStrangers = "display_strangers"
    /// Visitors' lists that are not the models' movies in turn, whichever began.
    case displayOutOfTurn = "display_out_of_turn"
    /// Rows of movies that the session was shown in phase 1.
    case phase1Movies = "phase1_films"
    /// Rows of movies that are not in the catalogue.
    case unknownMovies = "unknown_films"
    /// Sets older than the session's newest rating.
    case staleSets = "stale_sets"
    /// Sets whose rows were created far apart.
    case mixedSets = "mixed_sets"
    /// Sessions with rows that `user_sessions` does not have.
    case unknownSessions = "unknown_sessions"
    /// Rows with a `NULL`, a number that cannot be read, or a model that the service does not have.
    case strangeRows = "strange_rows"

    /// What one finding of the class is about, in the plural.
    package var unit: String {
        switch self {
        case .sessionsWithoutRows, .rowsNeverShown, .hiddenRows, .unknownSessions: "sessions"
        case .partialSets, .rankGaps, .rankRepeats, .duplicates, .scoresOutOfOrder, .staleSets, .mixedSets: "sets"
        case .displayGaps, .displayRepeats, .displayOutOfTurn: "lists"
        case .displayStrangers, .phase1Movies, .unknownMovies, .scoresNotFinite, .strangeRows: "rows"
        }
    }

    /// What the findings mean, in a line.
    package var meaning: String {
        switch self {
        case .sessionsWithoutRows: "these visitors rated movies, asked, and are shown the fallback: nothing landed"
        case .rowsNeverShown: "recommendations landed and no visitor is shown one: no row has a display_order"
        case .hiddenRows: "the rows are there, and row security or missing rights hide them from the visitors' role"
        case .partialSets: "a set was written in part, or the run between deleting and inserting broke off"
        case .rankGaps: "rows of the set are lost, or were never written"
        case .rankRepeats: "two runs wrote into one set, or the ranking is broken"
        case .duplicates: "two runs wrote the set at the same time, or the old set was not deleted"
        case .scoresOutOfOrder: "the ranks do not follow the scores: rows of two runs, or a broken sort"
        case .scoresNotFinite: "the model computed no number: broken model files or ratings"
        case .displayGaps: "the visitor's list is short of movies that the models ranked"
        case .displayRepeats: "the visitor sees a place or a movie twice"
        case .displayStrangers: "the visitor's list holds what the two top tens do not offer"
        case .displayOutOfTurn:
            "the visitor's list is not the two top tens in turn: lists of two runs, or a broken merge"
        case .phase1Movies: "the visitor is recommended a movie that was rated in phase 1"
        case .unknownMovies: "the catalogue changed, or the model files are of another catalogue"
        case .staleSets: "the visitor rated on and the recommendations were not made again"
        case .mixedSets: "rows of an earlier run survived, or a run wrote row by row"
        case .unknownSessions: "the session was deleted and its rows were left, or rows went to a wrong session"
        case .strangeRows: "something else than the service writes here, or the table lost its constraints"
        }
    }

    /// What to do about them, in a line.
    package var advice: String {
        switch self {
        case .sessionsWithoutRows: "check /health and the service's log, then POST /recommend for each session"
        case .rowsNeverShown: "POST /recommend again; check that the service writes display_order"
        case .hiddenRows: "grant SELECT and add a row security policy for that role, then verify --as-role again"
        case .partialSets, .rankGaps: "POST /recommend again; let the service write both sets in one transaction"
        case .rankRepeats, .duplicates: "POST /recommend again; replace sets in one transaction, lock by session"
        case .scoresOutOfOrder, .mixedSets: "POST /recommend again; replace sets in one transaction"
        case .scoresNotFinite: "check the bundle with coldstart rank, then POST /recommend again"
        case .displayGaps, .displayRepeats, .displayStrangers, .displayOutOfTurn:
            "POST /recommend again; compare with display_sequence of the answer"
        case .phase1Movies: "check that session_phase1_movies is read before the candidates are ranked"
        case .unknownMovies: "compare item_ids.json with phase2_movies, then POST /recommend again"
        case .staleSets: "POST /recommend after each new rating, or precompute"
        case .unknownSessions: "delete these rows, or restore the sessions"
        case .strangeRows: "find the writer; restore the constraints of scenarios/schema.sql"
        }
    }
}
