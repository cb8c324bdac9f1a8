/// The JSON inside Cloud Run's annotation `run.googleapis.com/container-dependencies`.
enum DependencyAnnotation {
    /// Returns which container waits for which, each with the place of the name that is waited for.
    ///
    /// - Parameters:
    ///   - node: The value of the annotation, a text or what a text is made of.
    ///   - file: The file it stands in.
    /// - Returns: The dependencies that could be read.
    /// - Complexity: O(*n*) in the length of the annotation.
    static func dependencies(in node: ConfigurationNode, _ file: SourceFile) -> [Workload.Dependency] {
        if node.isMapping {
            return node.entries.flatMap { entry in
                entry.value.elements.compactMap { element in
                    element.text.map { Workload.Dependency(container: entry.key, on: $0, range: element.range) }
                }
            }
        }
        guard node.text != nil, node.range.count > 2 else { return [] }
        var dependencies: [Workload.Dependency] = []
        var container: String?
        var isList = false
        var offset = node.range.lowerBound
        let first = file.bytes[offset]
        let isQuoted = first == UInt8(ascii: "'") || first == UInt8(ascii: "\"")
        let end = node.range.upperBound - (isQuoted ? 1 : 0)
        if isQuoted { offset += 1 }
        while offset < end {
            switch file.bytes[offset] {
            case UInt8(ascii: "["): isList = true
            case UInt8(ascii: "]"): isList = false
            case UInt8(ascii: "\""):
                guard let word = word(in: file, from: offset, to: end) else { return dependencies }
                if isList, let container {
                    dependencies.append(.init(container: container, on: word.text, range: offset..<word.end))
                } else {
                    container = word.text
                }
                offset = word.end - 1
            default: break
            }
            offset += 1
        }
        return dependencies
    }

    /// Reads a name in quotes, which YAML's double quotes may have escaped.
    private static func word(in file: SourceFile, from start: Int, to end: Int) -> (text: String, end: Int)? {
        guard let close = file.bytes[start + 1..<end].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        var text = file.bytes[start + 1..<close]
        if text.last == UInt8(ascii: "\\") { text.removeLast() }
        return (String(decoding: text, as: UTF8.self), close + 1)
    }
}
