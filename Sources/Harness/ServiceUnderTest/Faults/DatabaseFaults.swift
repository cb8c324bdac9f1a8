import DatabaseHarness
import Domain
import PostgresStore
import Scenarios

/// The faults of the database that strike one request, injected on the connection that writes its rows.
struct DatabaseFaults: Sendable {
    /// The faults.
    let faults: [PlannedFault]
    /// The number of the request.
    let request: Int
    /// The connection from which the writing one is ended.
    let rowReader: RowReader
    /// Where the receipts go.
    let ledger: FaultLedger

    /// The faults of a plan that strike a request; `nil` where none does.
    init?(of plan: Plan, request: Int, rowReader: RowReader, ledger: FaultLedger) {
        let faults = plan.faults.filter { planned in
            guard case .databaseGoesAway(let number, _) = planned.fault else { return false }
            return number == nil || number == request
        }
        guard !faults.isEmpty else { return nil }
        self.faults = faults
        self.request = request
        self.rowReader = rowReader
        self.ledger = ledger
    }

    /// Ends the writing connection where the scenario says so; the receipt is that the server says it is gone.
    func strike(at progress: WriteProgress) async {
        for planned in faults {
            guard case .databaseGoesAway(_, progress.boundary) = planned.fault else { continue }
            let process = progress.backendPID
            guard let isGone = try? await rowReader.terminateBackend(process), isGone else { continue }
            ledger.record(
                planned.number,
                "the server process \(process) of the writing connection was ended "
                    + "\(progress.boundary.phrase) of request \(request)"
            )
        }
    }
}
