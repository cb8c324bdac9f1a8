import Domain

extension ModelCheck {
    /// Ids are texts, however a file spells them.
    static let idSpelling = ModelCheck(
        "id-spelling",
        "Movie ids written as numbers or as strings, in sessions and catalogue, are the same ids and rank the same.",
        models: .both,
        obstacle: { sessions, subject in
            let ids = sessions.flatMap { $0.ratings.map(\.movie) } + subject.catalogue
            return ids.contains { SpelledFiles.number($0) != nil } ? nil : "no movie id is a whole number"
        },
        together: { sessions, subject in
            let movies = subject.catalogue.map { CatalogueMovie(id: $0, title: "", year: nil, genre: nil) }
            func rankings(sessions spelled: SpelledFiles.Spelling, catalogue: SpelledFiles.Spelling) throws
                -> [SubjectRanking]
            {
                try subject.rankFiles(
                    sessions: SpelledFiles.sessions(sessions, ids: spelled),
                    catalogue: SpelledFiles.catalogue(movies, ids: catalogue)
                )
            }
            let plain = try rankings(sessions: .strings, catalogue: .strings)
            let numbers = try rankings(sessions: .numbers, catalogue: .strings)
            let both = try rankings(sessions: .numbers, catalogue: .numbers)
            return sessions.indices.map { index in
                if let obstacle = Look.obstacle(in: plain[index], .both) { return obstacle }
                for (name, varied) in [("sessions", numbers), ("sessions and catalogue", both)] {
                    if let difference = RankingAgreement.difference(expected: plain[index], found: varied[index]) {
                        return .fails("ids as numbers in \(name): \(difference)")
                    }
                }
                return .holds(comparisons: 2)
            }
        }
    )

    /// How many prompts and sessions are computed at a time changes nothing.
    static let batchSize = ModelCheck(
        "batch-size",
        "P5 with 1, 7 or 64 prompts at a time and SVD with all sessions in one batch rank to the bit the same.",
        models: .both
    ) { sessions, subject in
        let batches = [1, 7, 64]
            .map { (count: Int) in (name: "\(count) prompts at a time", RankingConditions(.both, batch: count)) }
        return try subject.looks(sessions, portions: batches, threads: [1])
    }

    /// How many threads compute changes nothing.
    static let threads = ModelCheck(
        "threads",
        "P5 and SVD's batches with 1, 2 or 4 threads rank to the bit the same.",
        models: .both
    ) { sessions, subject in
        let counts = [1, 2, 4]
            .map { (count: Int) in (name: "\(count) threads of P5", RankingConditions(.both, threads: count)) }
        return try subject.looks(sessions, portions: counts, threads: [1, 2, 4])
    }

    /// A process that is started anew ranks the same.
    static let restart = ModelCheck(
        "restart",
        "The program started anew ranks to the bit the same.",
        models: .both
    ) { sessions, subject in
        let varied = try await subject.rankInNewProcess(sessions)
        return try sessions.indices.map { index in
            let plain = try subject.rank(sessions[index], among: nil, RankingConditions(.both))
            if let obstacle = Look.obstacle(in: plain, .both) { return obstacle }
            guard let difference = RankingAgreement.difference(expected: plain, found: varied[index]) else {
                return .holds(comparisons: 1)
            }
            return .fails("in a new process: \(difference)")
        }
    }

    /// The result cache changes nothing.
    static let cacheHit = ModelCheck(
        "cache-hit",
        "A request that the result cache answers gives the rankings, rows and display list of the first; a changed "
            + "rating misses.",
        models: .both
    ) { session, subject in
        let plain = try subject.rank(session, among: nil, RankingConditions(.both))
        if let obstacle = Look.obstacle(in: plain, .both) { return obstacle }
        let answers = try await subject.answerTwice(session)
        if answers.first.isHit { return .fails("the first request hit a cache that was empty") }
        if !answers.second.isHit { return .fails("the same request a second time did not hit the cache") }
        if answers.isHitAfterNewRating { return .fails("a request with another rating hit the cache") }
        if let difference = RankingAgreement.difference(expected: plain, found: answers.first.rankings) {
            return .fails("answered, not ranked: \(difference)")
        }
        if let difference = RankingAgreement.difference(
            expected: answers.first.rankings,
            found: answers.second.rankings
        ) {
            return .fails("from the cache: \(difference)")
        }
        guard answers.first.rows == answers.second.rows else { return .fails("a hit wrote other rows than the miss") }
        guard answers.first.display == answers.second.display else {
            return .fails("a hit shows another list than the miss")
        }
        return .holds(comparisons: 4)
    }
}

extension RankingSubject {
    /// Looks whether rankings in other portions are to the bit those of each session alone.
    ///
    /// - Parameters:
    ///   - sessions: The sessions.
    ///   - portions: The conditions of both models, by name.
    ///   - threads: The threads over which SVD's batch is spread.
    /// - Returns: What was seen of each session.
    /// - Throws: What keeps the models from being asked.
    fileprivate func looks(
        _ sessions: [RecordedSession],
        portions: [(name: String, RankingConditions)],
        threads: [Int]
    ) throws -> [ModelCheck.Look] {
        let batches = try threads.map { ($0, try rankTogether(sessions, threads: $0)) }
        return try sessions.enumerated()
            .map { index, session in
                try Task.checkCancellation()
                let plain = try rank(session, among: nil, RankingConditions(.both))
                if let obstacle = ModelCheck.Look.obstacle(in: plain, .both) { return obstacle }
                for (count, batch) in batches {
                    let found = batch[index] ?? Ranking(model: .svd, places: [])
                    if let difference = RankingAgreement.difference(expected: plain.svd, found: found) {
                        let size = "\(sessions.count) \(sessions.count == 1 ? "session" : "sessions")"
                        return .fails("a batch of \(size) on \(count) threads: \(difference)")
                    }
                }
                for (name, conditions) in portions {
                    let varied = try rank(session, among: nil, conditions)
                    if let difference = RankingAgreement.difference(expected: plain, found: varied) {
                        return .fails("\(name): \(difference)")
                    }
                }
                return .holds(comparisons: batches.count + portions.count)
            }
    }
}
