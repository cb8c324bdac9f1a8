/// A part of a JSON document that is written piece by piece, so that a long report is never whole in memory.
package indirect enum JSONPart {
    /// A value that is encoded at once.
    case value(any Encodable)
    /// An object; its members are written in the order of their names.
    case object([(name: String, part: JSONPart)])
    /// An array of so many elements, each of which is made when its turn comes.
    case array(count: Int, element: (Int) -> JSONPart)

    /// An array whose elements are encoded one by one.
    ///
    /// - Parameters:
    ///   - elements: What the elements are made of.
    ///   - document: Makes the value of an element.
    /// - Returns: The array.
    package static func array<Element>(_ elements: [Element], _ document: @escaping (Element) -> some Encodable)
        -> JSONPart
    {
        .array(count: elements.count) { .value(document(elements[$0])) }
    }
}
