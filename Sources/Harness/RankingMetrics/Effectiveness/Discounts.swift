#if canImport(Glibc)
import Glibc
#else
import Foundation
#endif

/// What the gain of a movie is divided by at each rank: log2(rank + 1).
///
/// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
struct Discounts {
    /// By rank, from 0, which no movie has.
    private var logarithms = [0.0]

    /// Makes discounts for ranks up to one.
    mutating func extend(to rank: Int) {
        while logarithms.count <= rank { logarithms.append(log2(Double(logarithms.count + 1))) }
    }

    /// The discount at a rank that was asked for.
    subscript(rank: Int) -> Double { logarithms[rank] }
}
