import RankingMetrics

extension RunFile {
    /// The file as a side of a comparison.
    ///
    /// A tag that is the name of a list says which list its lines are; all others are those of `list`.
    ///
    /// - Parameters:
    ///   - name: What the user called it.
    ///   - list: The list of lines with another tag.
    /// - Returns: The side.
    /// - Throws: ``ComparisonError`` where two tags claim the same list of a session.
    package func side(name: String, list: ComparedList) throws(ComparisonError) -> StoredSide {
        var table = MovieTable()
        var order: [String] = []
        var content: [String: SideSession] = [:]
        for topic in topics {
            let target = ComparedList(rawValue: topic.tag) ?? list
            if content[topic.key] == nil { order.append(topic.key) }
            guard content[topic.key]?.lists[target] == nil else {
                throw ComparisonError(
                    name,
                    "session \(topic.key) has two runs for the \(target.rawValue) list; keep one run in a file, or tag "
                        + "them svd, p5 and display"
                )
            }
            var list = RankedList(topic.places, in: &table)
            list.hasScores = !topic.hasPlacesForScores
            content[topic.key, default: SideSession()].lists[target] = list
        }
        let others = topics.count(where: \.hasOtherRanks)
        let placed = topics.count(where: \.hasPlacesForScores)
        var notes: [String] = []
        if others > 0 {
            notes.append("in \(others) of \(topics.count) lists the column of ranks orders otherwise; scores decide")
        }
        if placed > 0 {
            notes.append("in \(placed) of \(topics.count) lists places stand in for scores: no drift, no ties there")
        }
        return StoredSide(
            name: name,
            kind: "run file",
            sessions: order.map { ($0, content[$0] ?? SideSession()) },
            movies: table,
            notes: notes
        )
    }
}
