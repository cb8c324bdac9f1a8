package import Domain

/// What was seen of one fault at one boundary.
package struct CellObservation: Hashable, Sendable {
    /// How a request ended.
    package struct Answer: Hashable, Sendable {
        /// The HTTP status, `nil` where no answer came.
        package var status: Int?
        /// The rows of SVD and P5 that a successful answer says are saved.
        package var saved: Saved?
        /// The message of an error, or why no answer came.
        package var detail: String?

        /// Creates the end of a request.
        package init(status: Int?, saved: Saved? = nil, detail: String? = nil) {
            self.status = status
            self.saved = saved
            self.detail = detail
        }
    }

    /// How many rows of each model an answer says are saved.
    package struct Saved: Hashable, Sendable {
        /// Rows of SVD.
        package var svd: Int
        /// Rows of P5.
        package var p5: Int

        /// Creates counts.
        package init(svd: Int, p5: Int) {
            self.svd = svd
            self.p5 = p5
        }
    }

    /// Where the fault was to strike.
    package var boundary: SweepBoundary
    /// What it was.
    package var fault: SweepFault
    /// The rows of the session before the request.
    package var earlier: [StoredRecommendation] = []
    /// The rows a model that the request was to write.
    package var expected = Saved(svd: 0, p5: 0)
    /// The answer to the request that met the fault, `nil` where none was made.
    package var answer: Answer?
    /// The rows after the fault, once nothing moved any more.
    package var after: [StoredRecommendation] = []
    /// The proofs that the fault struck.
    package var receipts: [String] = []
    /// How many times the server committed statements of the request by themselves, without a transaction around them.
    package var ownCommits = 0
    /// Why the cell has no part in the sweep of this service, `nil` where it has.
    package var setAside: String?
    /// The answer to a request once the fault was over, `nil` where none was made.
    package var recovery: Answer?
    /// The rows after that request.
    package var recovered: [StoredRecommendation] = []
    /// Why the cell could not be run as planned, `nil` where it could.
    package var obstacle: String?

    /// Creates the observation of a cell that is about to run.
    package init(_ boundary: SweepBoundary, _ fault: SweepFault) {
        self.boundary = boundary
        self.fault = fault
    }
}
