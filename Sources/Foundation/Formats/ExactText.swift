/// A text that is compared, hashed and sorted by its bytes in UTF-8.
///
/// Swift's own comparison of strings is canonical equivalence, in which a composed and a decomposed "é" are one text
/// (https://www.unicode.org/reports/tr15/). Names in files are opaque: in Python, PostgreSQL and file systems they are two.
package struct ExactText: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The text as it is written.
    package let string: String

    /// Takes a text.
    @inlinable
    package init(_ string: String) {
        self.string = string
    }

    package init(stringLiteral value: String) {
        self.string = value
    }

    /// Whether the bytes are the same.
    ///
    /// - Complexity: O(*n*) in the bytes; nothing is allocated for native strings.
    @inlinable
    package static func == (left: ExactText, right: ExactText) -> Bool {
        haveSameBytes(left.string, right.string)
    }

    package static func < (left: ExactText, right: ExactText) -> Bool {
        left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
    }

    /// Feeds the bytes to a hash, behind which a byte stands that UTF-8 does not have.
    @inlinable
    package func hash(into hasher: inout Hasher) {
        hashBytes(of: string, into: &hasher)
    }

    package var description: String { string }
}

/// Whether two texts are the same bytes in UTF-8.
///
/// - Complexity: O(*n*) in the bytes; nothing is allocated for native strings.
@inlinable
package func haveSameBytes(_ left: String, _ right: String) -> Bool {
    // A string is two words, with up to 15 bytes of text in them or where the text is: the same words are the same text.
    // Most ids are that short, so that most comparisons that succeed end here.
    if MemoryLayout<String>.size == MemoryLayout<(UInt64, UInt64)>.size,
        unsafeBitCast(left, to: (UInt64, UInt64).self) == unsafeBitCast(right, to: (UInt64, UInt64).self)
    {
        return true
    }
    var left = left
    var right = right
    return left.withUTF8 { left in
        right.withUTF8 { right in
            left.count == right.count && left.elementsEqual(right)
        }
    }
}

/// Feeds the bytes of a text to a hash, behind which a byte stands that UTF-8 does not have.
///
/// - Complexity: O(*n*) in the bytes; nothing is allocated for native strings.
@inlinable
package func hashBytes(of text: String, into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xff as UInt8)
}
