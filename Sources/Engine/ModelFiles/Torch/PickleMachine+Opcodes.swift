extension PickleMachine {
    /// Interprets one opcode other than STOP.
    mutating func interpret(_ opcode: UInt8) throws(PickleFault) {
        switch Character(Unicode.Scalar(opcode)) {
        case "(": mark()
        case "0": _ = try pop()
        case "2":
            let value = try pop()
            push(value)
            push(value)
        case "1": _ = try popToMark()
        case "N": push(.none)
        case "J": push(.integer(Int(Int32(bitPattern: try number(UInt32.self)))))
        case "K": push(.integer(Int(try number(UInt8.self))))
        case "M": push(.integer(Int(try number(UInt16.self))))
        case "G": push(.float(Double(bitPattern: try number(UInt64.self).byteSwapped)))
        case "X": push(try text(of: try number(UInt32.self)))
        case "T": push(try byteString(of: try number(UInt32.self)))
        case "U": push(try byteString(of: try number(UInt8.self)))
        case "B": try skipBytes(try number(UInt32.self))
        case "C": try skipBytes(try number(UInt8.self))
        case ")": pushTuple([])
        case "t": pushTuple(try popToMark())
        case "]": pushList([])
        case "l": pushList(try popToMark())
        case "a": try append([try pop()])
        case "e": try append(try popToMark())
        case "}": pushDictionary()
        case "d":
            let items = try popToMark()
            pushDictionary()
            try setItems(items)
        case "s":
            let value = try pop()
            try setItems([try pop(), value])
        case "u": try setItems(try popToMark())
        case "q": try memoize(at: Int(try number(UInt8.self)))
        case "r": try memoize(at: Int(try number(UInt32.self)))
        case "h": try recall(Int(try number(UInt8.self)))
        case "j": try recall(Int(try number(UInt32.self)))
        case "c": try pushGlobal(module: try line(), name: try line())
        case "R": try reduce()
        case "b": try build()
        case "Q": try persistentIdentifier()
        default: try interpretLater(opcode)
        }
    }

    /// The opcodes from protocol 2 on, which have no letters.
    private mutating func interpretLater(_ opcode: UInt8) throws(PickleFault) {
        switch opcode {
        case 0x80:
            let version: UInt8 = try number()
            guard (2...5).contains(version) else {
                throw fault("pickle protocol \(version)", "2 to 5", code: .unsupported)
            }
        case 0x85: pushTuple([try pop()])
        case 0x86:
            let second = try pop()
            pushTuple([try pop(), second])
        case 0x87:
            let third = try pop()
            let second = try pop()
            pushTuple([try pop(), second, third])
        case 0x88: push(.bool(true))
        case 0x89: push(.bool(false))
        case 0x81: try newObject()
        case 0x8a: push(try long(of: try number(UInt8.self)))
        case 0x8b: push(try long(of: try number(UInt32.self)))
        case 0x8c: push(try text(of: try number(UInt8.self)))
        case 0x8d: push(try text(of: try number(UInt64.self)))
        case 0x8e, 0x96: try skipBytes(try number(UInt64.self))
        case 0x8f: push(.unread(.set))
        case 0x90: try addItems()
        case 0x91:
            _ = try popToMark()
            push(.unread(.set))
        case 0x93:
            guard case .string(let name) = try pop(), case .string(let module) = try pop() else {
                throw fault("a name that is not a str", "a module and a name")
            }
            try pushGlobal(module: module, name: name)
        case 0x94: try memoize()
        // The frame's length is a hint for buffering; the opcodes inside are checked one by one anyway.
        case 0x95: _ = try number(UInt64.self)
        default:
            throw fault(
                "the pickle opcode 0x\(String(opcode, radix: 16))",
                "only those of tensors and containers",
                code: .refused
            )
        }
    }

    private mutating func skipBytes<Count: BinaryInteger>(_ count: Count) throws(PickleFault) {
        _ = try run(of: count)
        push(.bytes)
    }

    private mutating func pushList(_ values: [PickleValue]) {
        sequences.append(values)
        push(.list(sequences.count - 1))
    }

    /// Pushes an empty dictionary.
    mutating func pushDictionary() {
        dictionaries.append([])
        push(.dictionary(dictionaries.count - 1))
    }

    private mutating func addItems() throws(PickleFault) {
        _ = try popToMark()
        guard case .unread(.set)? = stack.last else {
            throw fault("\(stack.last?.kind ?? "nothing") to add to", "a set")
        }
    }

    private mutating func append(_ values: [PickleValue]) throws(PickleFault) {
        guard case .list(let index)? = stack.last else {
            throw fault("\(stack.last?.kind ?? "nothing") to append to", "a list")
        }
        sequences[index].append(contentsOf: values)
    }

    private mutating func setItems(_ items: [PickleValue]) throws(PickleFault) {
        guard case .dictionary(let index)? = stack.last, items.count.isMultiple(of: 2) else {
            throw fault("\(items.count) items for \(stack.last?.kind ?? "nothing")", "keys and values for a dict")
        }
        for item in stride(from: 0, to: items.count, by: 2) {
            dictionaries[index].append((items[item], items[item + 1]))
        }
    }

    private mutating func pushGlobal(module: String, name: String) throws(PickleFault) {
        guard let global = TorchGlobal(module: module, name: name) else {
            throw fault(
                "the global \(quoted(module + "." + name))",
                "only tensors and containers; a checkpoint is data and runs nothing",
                code: .refused
            )
        }
        push(.global(global))
    }

    /// Drops the attributes of a dictionary, such as the versions that PyTorch keeps in `_metadata`, and the state of what
    /// is not made.
    private mutating func build() throws(PickleFault) {
        _ = try pop()
        switch stack.last {
        case .dictionary, .unread: return
        default: throw fault("a state for \(stack.last?.kind ?? "nothing")", "one for a dict", code: .refused)
        }
    }
}
