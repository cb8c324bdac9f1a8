extension SurvivalDocument {
    /// The map of a sweep: how many starts of each bin survived.
    package struct Map: Codable, Hashable, Sendable {
        /// One axis, divided into bins of neighbouring values.
        package struct Side: Codable, Hashable, Sendable {
            /// The name of what is varied.
            package let name: String
            /// The first value of each bin.
            package let values: [String]
        }

        /// The axis from left to right.
        package let across: Side
        /// The axis from the bottom up; `nil` where only one axis has several values.
        package let down: Side?
        /// The axis of the panels; `nil` where there are two.
        package let panels: Side?
        /// The names of further axes, over which the bins add up.
        package let pooled: [String]
        /// A list for each panel, with a text for each bin of `down`, in which each bin of `across` has its survived and its
        /// started ones, such as `8/8 8/8 3/8 -`: `-` where the platform refuses all.
        package let cells: [[String]]

        /// Copies a map.
        ///
        /// - Complexity: O(bins).
        init(_ map: SurvivalMap) {
            across = Side(map.across)
            down = map.down.map(Side.init)
            panels = map.panels.map(Side.init)
            pooled = map.pooled
            cells = (0..<(map.panels?.bins ?? 1))
                .map { panel in
                    (0..<(map.down?.bins ?? 1))
                        .map { row in
                            (0..<map.across.bins)
                                .map { column in
                                    let bin = map.bin(across: column, down: row, panel: panel)
                                    return bin.started > 0 ? "\(bin.survived)/\(bin.started)" : "-"
                                }
                                .joined(separator: " ")
                        }
                }
        }
    }
}

extension SurvivalDocument.Map.Side {
    fileprivate init(_ side: SurvivalMap.Side) {
        name = side.axis.parameter.name
        values = (0..<side.bins).map { side.axis.text(at: side.places(of: $0).lowerBound) }
    }
}
