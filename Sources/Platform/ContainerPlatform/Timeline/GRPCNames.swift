/// The names of numbers in answers to a health check of gRPC.
enum GRPCNames {
    /// The serving statuses of `grpc.health.v1`, by their numbers.
    private static let health = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"]
    /// The statuses of gRPC, by their numbers.
    private static let calls = [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
        "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
        "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ]

    /// Returns the words for a serving status.
    static func health(_ status: Int) -> String {
        health.indices.contains(status) ? health[status] : "the serving status \(status)"
    }

    /// Returns the words for a status with which a call ended.
    static func call(_ code: Int) -> String {
        "gRPC status \(code)" + (calls.indices.contains(code) ? " \(calls[code])" : "")
    }
}
