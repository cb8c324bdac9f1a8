import ColdstartTestSupport
import ModelFiles
import Testing

struct TorchBadInputTests {
    /// A tensor over a storage of 24 bytes, and a part of the message that refuses it.
    struct View: Sendable {
        var count: Int
        var offset: Int
        var shape: [Int]
        var strides: [Int]
        var word: String
    }

    @Test func `a built checkpoint is read`() throws {
        let tensor = Pickle.tensor(storageCount: 6, offset: 1, shape: [2, 2], strides: [2, 1])
        let dictionary = try CheckpointBuilder(pickle: Pickle.dictionary(tensor), storage: 24).read()
        #expect(try dictionary["weight"]?.floats() == [0, 0, 0, 0])
    }

    private static let beyond: [View] = [
        View(count: 6, offset: 0, shape: [7], strides: [1], word: "elements within the 6"),
        View(count: 6, offset: 3, shape: [4], strides: [1], word: "from element 3"),
        View(count: 6, offset: 0, shape: [2, 3], strides: [4, 1], word: "strides [4, 1]"),
        View(count: 6, offset: 0, shape: [2], strides: [9_223_372_036_854_775_807], word: "strides"),
        View(count: 6, offset: 9_223_372_036_854_775_807, shape: [1], strides: [1], word: "from element"),
        View(count: 6, offset: -1, shape: [1], strides: [1], word: "from element -1"),
        View(count: 6, offset: 0, shape: [-1], strides: [1], word: "none negative"),
        View(count: 6, offset: 0, shape: [1], strides: [-1], word: "one stride a dimension"),
        View(count: 6, offset: 0, shape: [2, 3], strides: [1], word: "one stride a dimension"),
        View(count: 6, offset: 0, shape: [1_000_000_000], strides: [0], word: "at most the 6 elements"),
        View(count: 6, offset: 0, shape: [4_611_686_018_427_387_904, 8], strides: [0, 0], word: "64 bits"),
        View(count: 7, offset: 0, shape: [6], strides: [1], word: "storage of 24 bytes"),
        View(count: 5, offset: 0, shape: [5], strides: [1], word: "storage of 24 bytes"),
        View(count: 4_611_686_018_427_387_904, offset: 0, shape: [1], strides: [1], word: "storage of 24 bytes"),
        View(count: -1, offset: 0, shape: [1], strides: [1], word: "persistent id"),
    ]

    @Test(arguments: beyond)
    func `a tensor beyond its storage is refused`(view: View) throws {
        let tensor = Pickle.tensor(
            storageCount: view.count,
            offset: view.offset,
            shape: view.shape,
            strides: view.strides
        )
        let builder = CheckpointBuilder(pickle: Pickle.dictionary(tensor), storage: 24)
        let error = try #require(fault { _ = try builder.read() })
        #expect(error.description.contains(view.word))
    }

    @Test(arguments: [
        ("os", "system"), ("builtins", "eval"), ("torch", "load"), ("collections", "OrderedDict.fromkeys"),
        ("torch.nn.modules.linear", "Linear"), ("", ""),
    ])
    func `any other global is refused by its name`(module: String, name: String) throws {
        let pickle = Pickle.proto + Pickle.global(module, name) + Pickle.stop
        let error = try #require(fault { _ = try CheckpointBuilder(pickle: pickle).read() })
        #expect(error.code == .refused)
        #expect(error.found == "the global \"\(module).\(name)\"")
    }

    @Test(arguments: [
        // INST, OBJ, EXT1, NEWOBJ_EX, NEXT_BUFFER, READONLY_BUFFER and the text opcodes of protocol 0.
        0x69, 0x6f, 0x82, 0x92, 0x97, 0x98, 0x49, 0x53, 0x56, 0x50, 0x67, 0x70, 0x00, 0xff,
    ])
    func `other opcodes are refused`(opcode: UInt8) throws {
        let pickle = Pickle.proto + Pickle.none + Pickle.none + [opcode] + Pickle.stop
        let error = try #require(fault { _ = try CheckpointBuilder(pickle: pickle).read() })
        #expect(error.code == .refused)
        #expect(error.found == "the pickle opcode 0x\(String(opcode, radix: 16))")
    }

    private static let noStateDicts: [([UInt8], String)] = [
        (Pickle.bytes(Pickle.none, Pickle.emptyTuple, Pickle.reduce), "a call of something"),
        (
            Pickle.bytes(Pickle.global("torch._utils", "_rebuild_tensor_v2"), Pickle.emptyTuple, Pickle.reduce),
            "0 arguments"
        ),
        (
            Pickle.bytes(Pickle.global("collections", "OrderedDict"), Pickle.integers([1]), Pickle.reduce),
            "a dict of an int"
        ),
        (Pickle.bytes(Pickle.integers([1, 2]), Pickle.persistentID), "persistent id"),
        (Pickle.bytes(Pickle.global("torch", "FloatStorage"), Pickle.none, [0x62]), "a state for"),
        (Pickle.bytes(Pickle.none, Pickle.none), "values left"),
        ([], "an empty stack"),
        (Pickle.mark, "an empty stack"),
        (Pickle.tuple, "no mark"),
        ([0x68, 7], "memo entry 7"),
        (Pickle.bytes(Pickle.none, Pickle.none, Pickle.none, Pickle.setItem), "items for None"),
        (Pickle.bytes(Pickle.none, Pickle.none, [0x61]), "to append to"),
        ([0x58, 0xff, 0xff, 0xff, 0xff], "operand of 4294967295 bytes"),
        ([0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "operand of 18446744073709551615 bytes"),
        ([0x8b, 0xff, 0xff, 0xff, 0xff], "operand of 4294967295 bytes"),
        ([0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1], "an int of more than 64 bits"),
        ([0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0x80, 0], "an int of more than 64 bits"),
        ([0x58, 1, 0, 0, 0, 0xff], "UTF-8"),
        ([0x80, 9], "protocol 9"),
        (Pickle.none, "found None"),
        (Pickle.bytes(Pickle.emptyDictionary, Pickle.none, Pickle.none, Pickle.setItem), "None as a key"),
        (Pickle.bytes(Pickle.emptyDictionary, Pickle.text("epoch"), Pickle.none, Pickle.setItem), "\"epoch\""),
    ]

    @Test(arguments: noStateDicts)
    func `a pickle that is no state dict is an error`(body: [UInt8], word: String) throws {
        let pickle = Pickle.proto + body + Pickle.stop
        let error = try #require(fault { _ = try CheckpointBuilder(pickle: pickle).read() })
        #expect(error.description.contains(word))
    }

    @Test func `a pickle without its end is truncated`() throws {
        #expect(fault { _ = try CheckpointBuilder(pickle: Pickle.proto + Pickle.none).read() }?.code == .truncated)
        #expect(fault { _ = try CheckpointBuilder(pickle: []).read() }?.code == .truncated)
    }

    /// Tuples in tuples, and lists each of which holds the next: neither may cost stack.
    @Test(arguments: [[0x85], [0x5d, 0x61]] as [[UInt8]])
    func `deep nesting is harmless`(opcodes: [UInt8]) throws {
        let body = opcodes.flatMap { [UInt8](repeating: $0, count: 50_000) }
        let pickle = Pickle.bytes(Pickle.proto, Pickle.none, body, Pickle.stop)
        #expect(fault { _ = try CheckpointBuilder(pickle: pickle).read() }?.code == .malformed)
    }

    @Test func `a list that holds itself is harmless`() throws {
        let pickle = Pickle.proto + [0x5d, 0x71, 0, 0x68, 0, 0x61] + Pickle.stop
        #expect(fault { _ = try CheckpointBuilder(pickle: pickle).read() }?.found == "a list")
    }

    @Test func `too many values are refused`() throws {
        let pickle = Pickle.proto + [UInt8](repeating: 0x4e, count: 1_000_001) + Pickle.stop
        #expect(fault { _ = try CheckpointBuilder(pickle: pickle).read() }?.code == .unsupported)
    }

    @Test func `a name twice is an error and other entries are noted`() throws {
        let tensor = Pickle.tensor(storageCount: 1, offset: 0, shape: [], strides: [])
        let once = Pickle.bytes(Pickle.text("a"), tensor, Pickle.setItem)
        let twice = Pickle.bytes(Pickle.proto, Pickle.emptyDictionary, once, once, Pickle.stop)
        #expect(fault { _ = try CheckpointBuilder(pickle: twice, storage: 4).read() }?.found == "the name twice")
        let noted = Pickle.bytes(Pickle.text("n"), Pickle.none, Pickle.setItem)
        let other = Pickle.bytes(Pickle.proto, Pickle.emptyDictionary, once, noted, Pickle.stop)
        let dictionary = try CheckpointBuilder(pickle: other, storage: 4).read()
        #expect(dictionary.names == ["a"] && dictionary.otherEntries == ["n"])
    }

    @Test func `a typed tensor of an untyped storage needs its type`() throws {
        let tensor = Pickle.tensor(storageCount: 4, offset: 0, shape: [1], strides: [1], storage: "UntypedStorage")
        let builder = CheckpointBuilder(pickle: Pickle.dictionary(tensor), storage: 4)
        #expect(fault { _ = try builder.read() }?.found == "a tensor of an untyped storage")
    }
}
