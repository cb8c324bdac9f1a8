package import Domain

/// All or some checks over the sessions of a file.
package struct CheckPack: Sendable {
    /// What is looked at.
    private let subject: any RankingSubject
    /// The checks.
    private let checks: [ModelCheck]
    /// The sessions of the file.
    private let sessions: [RecordedSession]
    /// How many sessions a check looks at, by the models that it asks.
    private let limits: Limits

    /// How many sessions checks look at: the first of the file that the SVD model can rank, then the others.
    package struct Limits: Hashable, Sendable {
        /// Sessions of a check that asks the SVD model alone.
        package var svd: Int
        /// Sessions of a check that asks P5, which takes its time over each.
        package var p5: Int
        /// Failures of a check whose smallest input is searched for.
        package var shrunk: Int

        /// Creates limits.
        package init(svd: Int = 200, p5: Int = 3, shrunk: Int = 3) {
            self.svd = svd
            self.p5 = p5
            self.shrunk = shrunk
        }
    }

    /// Creates a pack.
    ///
    /// - Parameters:
    ///   - checks: The checks.
    ///   - subject: What is looked at.
    ///   - sessions: The sessions of the file.
    ///   - limits: How many of them are looked at.
    package init(
        _ checks: [ModelCheck] = ModelCheck.all,
        of subject: any RankingSubject,
        sessions: [RecordedSession],
        limits: Limits = Limits()
    ) {
        self.checks = checks
        self.subject = subject
        self.sessions = sessions
        self.limits = limits
    }

    /// Makes the checks one after the other.
    ///
    /// - Parameter tell: Told before each check how many are done, and its name.
    /// - Returns: What came of each.
    /// - Throws: `CancellationError` where the task is cancelled; what else goes wrong is the check's outcome.
    package func outcomes(tell: (Int, String) -> Void = { _, _ in }) async throws -> [CheckOutcome] {
        var outcomes: [CheckOutcome] = []
        for check in checks {
            tell(outcomes.count, check.id)
            outcomes.append(try await outcome(of: check))
        }
        return outcomes
    }

    /// The sessions with those first of which the SVD model knows a rating: few of the others would leave no verdict.
    private var inOrder: [RecordedSession] {
        func isRankable(_ session: RecordedSession) -> Bool {
            session.readRatings.contains { subject.knows($0.movie) }
        }
        return sessions.filter(isRankable) + sessions.filter { !isRankable($0) }
    }

    /// The sessions that a check looks at.
    private func chosen(by check: ModelCheck) -> [RecordedSession] {
        Array(inOrder.prefix(check.models == .both ? limits.p5 : limits.svd))
    }

    private func outcome(of check: ModelCheck) async throws -> CheckOutcome {
        let chosen = chosen(by: check)
        return try await outcome(of: check, on: chosen.indices, of: chosen, shrinking: limits.shrunk).outcome
    }

    /// Makes a check on some of the sessions that it looks at.
    private func outcome(
        of check: ModelCheck,
        on own: Range<Int>,
        of chosen: [RecordedSession],
        shrinking limit: Int
    ) async throws -> (outcome: CheckOutcome, isKnown: Bool) {
        let clock = ContinuousClock()
        let start = clock.now
        var outcome = CheckOutcome(check)
        if let obstacle = check.obstacle(chosen, subject) {
            outcome.result = .notApplicable
            outcome.reason = obstacle
            return (outcome, true)
        }
        var isKnown = true
        do {
            let looked = Array(chosen[own])
            let looks = try await check.look(looked, subject)
            precondition(looks.count == looked.count, "\(check.id) saw \(looks.count) of \(looked.count) sessions")
            isKnown = outcome.take(in: looks, of: looked)
            let failed = looks.indices.filter { looks[$0].isFailure }.prefix(limit)
            for index in failed {
                guard case .fails(let found) = looks[index] else { continue }
                let place = own.lowerBound + index
                let search = SmallestInput(check: check, subject: subject, sessions: chosen, index: place)
                outcome.failures.append(try await search.failure(found: found))
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            outcome.result = .broken
            outcome.reason = "\(error)"
        }
        outcome.seconds = (clock.now - start) / .seconds(1)
        return (outcome, isKnown)
    }
}

extension CheckPack {
    /// A part of the checks that can be made on its own: a check of one session, or a whole check where it looks at all
    /// sessions at once or has no meaning for the subject.
    package struct Part: Sendable {
        /// The check's name.
        package let check: String
        /// What the part is called: the check's name, and the session's where it is a part of the check.
        package let name: String
        fileprivate let makes: ModelCheck
        fileprivate let chosen: [RecordedSession]
        fileprivate let own: Range<Int>
    }

    /// The parts of all checks in their order.
    package var parts: [Part] {
        checks.flatMap { check -> [Part] in
            let chosen = chosen(by: check)
            func part(_ own: Range<Int>, _ name: String) -> Part {
                Part(check: check.id, name: name, makes: check, chosen: chosen, own: own)
            }
            guard !check.isTogether, check.obstacle(chosen, subject) == nil else {
                return [part(chosen.indices, check.id)]
            }
            return chosen.indices.map { part($0..<($0 + 1), "\(check.id) \(chosen[$0].id)") }
        }
    }

    /// Makes some parts of the checks, one after the other.
    ///
    /// - Parameters:
    ///   - parts: The parts with their numbers.
    ///   - take: Is handed the number of each part and what came of it.
    /// - Throws: `CancellationError` where the task is cancelled; what `take` throws.
    package func make(
        _ parts: [(number: Int, part: Part)],
        _ take: (Int, CheckPartOutcome) throws -> Void
    ) async throws {
        // Of each check the first failures of all sessions are among the first of any shard.
        var failures: [String: Int] = [:]
        for (number, part) in parts {
            let (outcome, isKnown) = try await outcome(
                of: part.makes,
                on: part.own,
                of: part.chosen,
                shrinking: limits.shrunk - failures[part.check, default: 0]
            )
            failures[part.check, default: 0] += min(limits.shrunk, outcome.failures.count)
            try take(number, CheckPartOutcome(check: CheckDocument.Check(outcome), isKnown: isKnown))
        }
    }
}

/// The search for the fewest ratings with which a session still fails a check.
struct SmallestInput {
    /// The check.
    let check: ModelCheck
    /// What is looked at.
    let subject: any RankingSubject
    /// The sessions that were looked at side by side.
    let sessions: [RecordedSession]
    /// The session that fails.
    let index: Int

    /// Searches.
    ///
    /// - Parameter found: What the check found in the whole session.
    /// - Returns: The failure with its smallest input.
    /// - Throws: What keeps the models from being asked.
    func failure(found: String) async throws -> CheckFailure {
        let session = sessions[index]
        var failure = CheckFailure(session: session.id, found: found, ratings: session.ratings.count)
        let isAlone = try await fault(of: session, isAlone: true) != nil
        // Some failures need the others, as those of a batch do.
        if !isAlone, try await fault(of: session, isAlone: false) == nil { return failure }
        let minimum = try await DeltaDebugging.minimised(session.ratings) { ratings in
            try await fault(of: session.with(ratings: ratings), isAlone: isAlone) != nil
        }
        let smallest = session.with(ratings: minimum.elements)
        failure.smallest = CheckFailure.Smallest(
            session: smallest,
            found: try await fault(of: smallest, isAlone: isAlone) ?? found,
            trials: minimum.trials,
            needsOtherSessions: !isAlone
        )
        return failure
    }

    /// Returns what a check finds wrong with the session in this form.
    private func fault(of session: RecordedSession, isAlone: Bool) async throws -> String? {
        var looked = [session]
        if !isAlone {
            looked = sessions
            looked[index] = session
        }
        let looks = try await check.look(looked, subject)
        guard case .fails(let found) = looks[isAlone ? 0 : index] else { return nil }
        return found
    }
}
