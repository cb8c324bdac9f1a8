import SafeText

/// An element of an XML document that is written once.
package struct XMLElement {
    /// The element's name.
    package let name: String
    /// The attributes in the order in which they are written.
    package var attributes: [(name: String, value: String)]
    /// The text; elements with text have no children.
    package var text: String?
    /// The children in order.
    package var children: [XMLElement] = []

    /// Creates an element.
    package init(
        _ name: String,
        _ attributes: [(name: String, value: String)] = [],
        text: String? = nil,
        children: [XMLElement] = []
    ) {
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children = children
    }

    /// The whole document in UTF-8 with a declaration, two spaces for each level.
    package var document: String {
        var result = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        write(to: &result, level: 0)
        return result
    }

    private func write(to result: inout String, level: Int) {
        let indentation = String(repeating: "  ", count: level)
        result += indentation + "<" + name
        for (name, value) in attributes {
            result += " \(name)=\"\(XMLEscaping.escape(Redaction.ofProcess.removed(from: value), inAttribute: true))\""
        }
        if let text {
            result += ">" + XMLEscaping.escape(Redaction.ofProcess.removed(from: text)) + "</\(name)>\n"
        } else if children.isEmpty {
            result += "/>\n"
        } else {
            result += ">\n"
            for child in children { child.write(to: &result, level: level + 1) }
            result += indentation + "</\(name)>\n"
        }
    }
}
