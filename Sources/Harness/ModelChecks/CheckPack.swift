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

    private func outcome(of check: ModelCheck) async throws -> CheckOutcome {
        let clock = ContinuousClock()
        let start = clock.now
        var outcome = CheckOutcome(check)
        let chosen = Array(inOrder.prefix(check.models == .both ? limits.p5 : limits.svd))
        if let obstacle = check.obstacle(chosen, subject) {
            outcome.result = .notApplicable
            outcome.reason = obstacle
            return outcome
        }
        do {
            let looks = try await check.look(chosen, subject)
            precondition(looks.count == chosen.count, "\(check.id) saw \(looks.count) of \(chosen.count) sessions")
            outcome.take(in: looks, of: chosen)
            let failed = looks.indices.filter { looks[$0].isFailure }.prefix(limits.shrunk)
            for index in failed {
                guard case .fails(let found) = looks[index] else { continue }
                let search = SmallestInput(check: check, subject: subject, sessions: chosen, index: index)
                outcome.failures.append(try await search.failure(found: found))
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            outcome.result = .broken
            outcome.reason = "\(error)"
        }
        outcome.seconds = (clock.now - start) / .seconds(1)
        return outcome
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
