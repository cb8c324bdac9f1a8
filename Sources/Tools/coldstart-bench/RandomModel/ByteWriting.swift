import Foundation

extension Data {
    /// Appends a number, little-endian.
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends the characters of a text.
    mutating func append(text: String) {
        append(contentsOf: text.utf8)
    }

    /// The elements of an array as they are in memory, which is little-endian on every platform this is built for.
    init(elements: [Float]) {
        self = elements.withUnsafeBytes { Data($0) }
    }
}
