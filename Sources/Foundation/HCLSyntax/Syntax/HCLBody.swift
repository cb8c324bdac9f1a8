/// The attributes and blocks between two braces, or of a file.
package struct HCLBody: Hashable, Sendable {
    /// What a body is made of.
    package enum Item: Hashable, Sendable {
        /// `name = value`.
        case attribute(HCLAttribute)
        /// `type "label" { … }`.
        case block(HCLBlock)
    }

    /// The attributes and blocks as they are written.
    package var items: [Item] = []

    /// The attributes.
    package var attributes: [HCLAttribute] {
        items.compactMap { if case .attribute(let attribute) = $0 { attribute } else { nil } }
    }

    /// The blocks.
    package var blocks: [HCLBlock] {
        items.compactMap { if case .block(let block) = $0 { block } else { nil } }
    }

    /// The attribute with a name.
    ///
    /// - Complexity: O(*n*).
    package func attribute(_ name: String) -> HCLAttribute? { attributes.first { $0.name == name } }

    /// The blocks of a type.
    ///
    /// - Complexity: O(*n*).
    package func blocks(_ type: String) -> [HCLBlock] { blocks.filter { $0.type == type } }
}

/// A name with its value.
package struct HCLAttribute: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The bytes of the name.
    package let nameRange: Range<Int>
    /// The value.
    package let value: HCLExpression
}

/// A body with a type and labels.
package struct HCLBlock: Hashable, Sendable {
    /// The type.
    package let type: String
    /// The bytes of the type.
    package let typeRange: Range<Int>
    /// The labels, without quotes.
    package let labels: [String]
    /// What stands between the braces.
    package let body: HCLBody
    /// The bytes from the type to the closing brace.
    package let range: Range<Int>
}

/// A file of HCL, read as far as it can be.
package struct HCLFile: Hashable, Sendable {
    /// What is not HCL.
    package struct Problem: Hashable, Sendable {
        /// The byte at which it is seen.
        package let offset: Int
        /// What was found and what was expected.
        package let message: String
    }

    /// What stands in the file.
    package let body: HCLBody
    /// What could not be read, in the order of the places; the lines around it are read all the same.
    ///
    /// After twenty problems nothing more is read.
    package let problems: [Problem]

    /// Reads a file.
    ///
    /// - Parameter bytes: The text in UTF-8.
    /// - Complexity: O(*n*) in the length of the text.
    package init(_ bytes: [UInt8]) {
        var parser = HCLParser(bytes)
        body = parser.body(endsAtBrace: false)
        problems = parser.problems
    }
}
