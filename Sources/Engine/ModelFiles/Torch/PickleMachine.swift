/// An interpreter of the pickle opcodes that tensors and containers need, and of no others.
///
/// Follows the opcode table of https://github.com/python/cpython/blob/main/Lib/pickletools.py, protocols 2 to 5.
/// Nothing is executed: a name that is not on the list of ``TorchGlobal`` and an opcode that is not below are refused.
/// Every opcode takes at least a byte of the pickle and makes at most one value, and the limits bound the rest.
struct PickleMachine {
    /// The most values that may wait on the stack, stand in the memo or be made in all.
    static let valueLimit = 1_000_000

    /// The tuples and lists made so far.
    var sequences: [[PickleValue]] = []
    /// The dictionaries made so far, in the order of insertion.
    var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []
    /// How many members dictionaries were given as a whole, which takes one opcode.
    var memberCount = 0
    /// The storages named so far.
    var storages: [TorchStorage] = []
    /// The tensors described so far.
    var tensors: [TorchTensor] = []

    var reader: ByteReader
    private(set) var stack: [PickleValue] = []
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]
    private var opcodeOffset = 0

    /// Prepares to interpret the pickle that begins at an offset.
    init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
        reader = ByteReader(bytes, at: offset)
    }

    /// Interprets one pickle up to its STOP and returns what it made.
    ///
    /// - Complexity: O(*n*) in the length of the pickle.
    mutating func run() throws(PickleFault) -> PickleValue {
        while true {
            opcodeOffset = reader.offset
            let opcode: UInt8 = try number()
            if opcode == UInt8(ascii: ".") {
                let result = try pop()
                guard stack.isEmpty, marks.isEmpty else {
                    throw fault("\(stack.count) values left at STOP", "none")
                }
                return result
            }
            try interpret(opcode)
            guard
                max(
                    stack.count,
                    marks.count,
                    memo.count,
                    sequences.count + dictionaries.count + tensors.count + memberCount
                )
                    <= PickleMachine.valueLimit
            else {
                throw fault(
                    "more than \(PickleMachine.valueLimit) values",
                    "a state dict",
                    code: .unsupported
                )
            }
        }
    }

    /// Makes an error at the opcode being interpreted.
    func fault(_ found: String, _ expected: String, code: ModelFileError.Code = .malformed) -> PickleFault {
        PickleFault(code: code, offset: opcodeOffset, found: found, expected: expected)
    }
}

// The stack and the memo.
extension PickleMachine {
    mutating func push(_ value: PickleValue) {
        stack.append(value)
    }

    mutating func pop() throws(PickleFault) -> PickleValue {
        guard stack.count > (marks.last ?? 0), let value = stack.popLast() else {
            throw fault("an empty stack", "a value")
        }
        return value
    }

    mutating func mark() {
        marks.append(stack.count)
    }

    mutating func popToMark() throws(PickleFault) -> [PickleValue] {
        guard let start = marks.popLast() else { throw fault("no mark", "a mark") }
        let values = Array(stack[start...])
        stack.removeSubrange(start...)
        return values
    }

    mutating func memoize(at index: Int? = nil) throws(PickleFault) {
        guard stack.count > (marks.last ?? 0), let value = stack.last else {
            throw fault("an empty stack", "a value to remember")
        }
        memo[index ?? memo.count] = value
    }

    mutating func recall(_ index: Int) throws(PickleFault) {
        guard let value = memo[index] else { throw fault("memo entry \(index) before it was set", "one that was set") }
        push(value)
    }

    mutating func pushTuple(_ values: [PickleValue]) {
        sequences.append(values)
        push(.tuple(sequences.count - 1))
    }
}

// Operands.
extension PickleMachine {
    mutating func number<Value: FixedWidthInteger & UnsignedInteger>(
        _ type: Value.Type = Value.self
    ) throws(PickleFault) -> Value {
        guard let value = reader.integer(type) else { throw ended() }
        return value
    }

    mutating func run<Count: BinaryInteger>(of count: Count) throws(PickleFault) -> UnsafeRawBufferPointer {
        guard let count = Int(exactly: count), let run = reader.run(count) else {
            throw fault("an operand of \(count) bytes", "at most the \(reader.remaining) left", code: .truncated)
        }
        return run
    }

    /// A text, of which Python may have written halves of surrogate pairs.
    mutating func text<Count: BinaryInteger>(of count: Count) throws(PickleFault) -> PickleValue {
        String(validating: try run(of: count), as: UTF8.self).map { .string($0) } ?? .unread(.brokenText)
    }

    /// A string of Python 2, which is text where it can be.
    mutating func byteString<Count: BinaryInteger>(of count: Count) throws(PickleFault) -> PickleValue {
        String(validating: try run(of: count), as: UTF8.self).map { .string($0) } ?? .bytes
    }

    mutating func line() throws(PickleFault) -> String {
        var bytes: [UInt8] = []
        while true {
            let byte: UInt8 = try number()
            if byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
            guard bytes.count <= 1000 else { throw fault("a name of more than 1000 bytes", "a shorter one") }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw fault("a name that is not UTF-8", "UTF-8")
        }
        return text
    }

    /// An int of any length in two's complement; only those that fit 64 bits are of use to a tensor.
    mutating func long<Count: BinaryInteger>(of count: Count) throws(PickleFault) -> PickleValue {
        let bytes = try run(of: count)
        let isNegative = bytes.last.map { $0 >= 0x80 } ?? false
        guard bytes.dropFirst(8).allSatisfy({ $0 == (isNegative ? 0xff : 0) }) else { return .unread(.longInteger) }
        var pattern: UInt64 = isNegative ? .max : 0
        for (index, byte) in bytes.prefix(8).enumerated() {
            pattern &= ~(0xff << UInt64(8 * index))
            pattern |= UInt64(byte) << UInt64(8 * index)
        }
        let value = Int(bitPattern: UInt(pattern))
        return bytes.count <= 8 || (value < 0) == isNegative ? .integer(value) : .unread(.longInteger)
    }

    private func ended() -> PickleFault {
        PickleFault(code: .truncated, offset: reader.offset, found: "the end of the pickle", expected: "STOP")
    }
}
