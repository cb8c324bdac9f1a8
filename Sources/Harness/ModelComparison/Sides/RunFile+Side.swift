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
            content[topic.key, default: SideSession()].lists[target] = RankedList(topic.places, in: &table)
        }
        let others = topics.count(where: \.hasOtherRanks)
        return StoredSide(
            name: name,
            kind: "run file",
            sessions: order.map { ($0, content[$0] ?? SideSession()) },
            movies: table,
            notes: others > 0
                ? ["in \(others) of \(topics.count) lists the column of ranks orders otherwise; scores decide"] : []
        )
    }
}
