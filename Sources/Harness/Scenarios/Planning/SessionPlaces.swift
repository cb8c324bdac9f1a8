import Domain
import SourcePlaces

/// Sessions of a scenario, found by what refers to them.
struct SessionPlaces {
    /// The sessions in order.
    let sessions: [RecordedSession]
    private let places: [SessionID: Int]

    /// Finds the place of each session, of the first where an id is there twice.
    ///
    /// - Complexity: O(*n*) in the number of sessions.
    init(_ sessions: [RecordedSession]) {
        self.sessions = sessions
        places = Dictionary(sessions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Returns the place of the session that a reference means, from 0; `nil` where it is not there.
    func place(of reference: SessionReference) -> Int? {
        switch reference {
        case .position(let position): sessions.indices.contains(position - 1) ? position - 1 : nil
        case .id(let id): places[id]
        }
    }

    /// Returns the places of the sessions that references mean, from 0; without references those of all.
    ///
    /// - Precondition: The sessions are there.
    func places(of references: [SessionReference]?, at location: SourceLocation) -> [Int] {
        guard let references else { return Array(sessions.indices) }
        return references.map { reference in
            guard let place = place(of: reference) else {
                preconditionFailure("\(location): \(reference) is no session of the plan")
            }
            return place
        }
    }

    /// Returns the session that a reference means.
    ///
    /// - Throws: `ScenarioError` where it is not there.
    func find(_ reference: SessionReference, at location: SourceLocation) throws(ScenarioError) -> RecordedSession {
        if let place = place(of: reference) { return sessions[place] }
        switch reference {
        case .position(let position):
            let known = sessions.count == 1 ? "there is one" : "there are \(sessions.count)"
            throw ScenarioError(.unknownName, at: location, "there is no session \(position), \(known)")
        case .id(let id):
            throw ScenarioError(.unknownName, at: location, "there is no session \(id) among \(sessions.count)")
        }
    }
}
