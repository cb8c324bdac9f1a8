import Domain

/// The two members that tell a header from a session.
struct HeaderProbe: Decodable {
    var schemaVersion: Int?
    var kind: String?
}

/// The header line as it is written.
struct HeaderRecord: Decodable {
    struct SoftPrompt: Decodable {
        var virtualTokens: Int?
        var dropout: Double?
        var seed: UInt64?

        enum CodingKeys: String, CodingKey {
            case virtualTokens = "virtual_tokens"
            case dropout, seed
        }
    }

    var wholeWord: Bool
    var mode: String?
    var generationLimit: Int?
    var softPrompt: SoftPrompt?
    var scoring: String?
    var svdRanking: String?
    var seed: UInt64?
    var state: String
    var maker: GoldenMaker?
    var versions: [String: String]?
    var files: [String: String]
    var catalogueSHA256: String
    var sessionsSHA256: String
    var tolerance: GoldenTolerance?

    enum CodingKeys: String, CodingKey {
        case wholeWord = "whole_word"
        case generationLimit = "generation_limit"
        case softPrompt = "soft_prompt"
        case svdRanking = "svd_ranking"
        case maker = "made_by"
        case mode, scoring, seed, state, versions, files, tolerance
        case catalogueSHA256 = "catalogue_sha256"
        case sessionsSHA256 = "sessions_sha256"
    }
}
