import CKernels

/// The processor's variant of the loops that rank movies.
// Safe to share: the table is a constant of the C target and its functions keep no state.
struct RankingKernels: @unchecked Sendable {
    /// The table of functions; none of its entries is NULL.
    private let pointer: UnsafePointer<coldstart_ranking_kernels>

    /// The variant in use.
    static let inUse = RankingKernels(pointer: coldstart_ranking_kernels_in_use())
    /// The variant that every processor runs.
    static let portable = RankingKernels(pointer: coldstart_ranking_kernels_of(coldstart_portable))

    /// The functions.
    var functions: coldstart_ranking_kernels { pointer.pointee }
    /// The name of the variant.
    var name: String { String(cString: functions.name) }

    /// The movies whose factors one panel holds.
    static let moviesAPanel = Int(COLDSTART_PANEL_MOVIES)
    /// The visitors whose weights one tile holds.
    static let visitorsATile = Int(COLDSTART_TILE_VISITORS)
    /// The values behind the last score that ordering overwrites.
    static let spareScores = Int(COLDSTART_SPARE_SCORES)
}
