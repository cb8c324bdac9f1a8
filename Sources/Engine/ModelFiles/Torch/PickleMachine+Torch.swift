/// A storage as a pickle names it: a record of the archive that holds the elements of tensors.
struct TorchStorage: Equatable {
    /// The name of the record below `data/`.
    var key: String
    /// The type of the elements; `nil` for bytes of no type.
    var elementType: ElementType?
    /// The number of elements, of bytes where there is no type.
    var elementCount: Int

    /// The size of an element.
    var elementSize: Int { elementType?.byteCount ?? 1 }

    /// The size of all elements; `nil` where it does not fit 64 bits.
    var byteCount: Int? {
        let (byteCount, overflow) = elementCount.multipliedReportingOverflow(by: elementSize)
        return overflow ? nil : byteCount
    }
}

/// A tensor as a pickle describes it: a view of a storage.
struct TorchTensor: Equatable {
    /// The index of its storage.
    var storage: Int
    /// The type of its elements.
    var elementType: ElementType
    /// The index of its first element within the storage.
    var offset: Int
    /// The length of each dimension.
    var shape: [Int]
    /// The distance in elements between neighbours in each dimension.
    var strides: [Int]
}

extension PickleMachine {
    /// Does what the allowed classes and functions would do.
    mutating func reduce() throws(PickleFault) {
        let (global, arguments) = try popCall()
        if global == .rebuildFromType {
            guard arguments.count == 4, case .global(let function) = arguments[0], function != .rebuildFromType,
                case .global(.tensorClass) = arguments[1], case .tuple(let inner) = arguments[2]
            else {
                throw fault("a tensor of a class of its own", "torch.Tensor or Parameter", code: .refused)
            }
            try call(function, sequences[inner])
        } else {
            try call(global, arguments)
        }
    }

    /// Makes what `cls.__new__(cls, *arguments)` would: a parameter around its tensor, or an empty dictionary.
    mutating func newObject() throws(PickleFault) {
        let (global, arguments) = try popCall()
        switch global {
        case .orderedDictionary: pushDictionary()
        case .tensorClass:
            guard case .tensor? = arguments.first else { throw unknownCall(global, arguments) }
            push(arguments[0])
        case .unread(let kind): push(.unread(kind))
        default: throw unknownCall(global, arguments)
        }
    }

    private mutating func popCall() throws(PickleFault) -> (TorchGlobal, [PickleValue]) {
        guard case .tuple(let index) = try pop() else { throw fault("arguments that are no tuple", "a tuple") }
        guard case .global(let global) = try pop() else {
            throw fault("a call of something that is not a class or function", "one of a tensor's", code: .refused)
        }
        return (global, sequences[index])
    }

    private func unknownCall(_ global: TorchGlobal, _ arguments: [PickleValue]) -> PickleFault {
        fault("\(arguments.count) arguments for \(global)", "those of a tensor or a container", code: .refused)
    }

    private mutating func call(_ global: TorchGlobal, _ arguments: [PickleValue]) throws(PickleFault) {
        switch global {
        case .orderedDictionary where arguments.count <= 1:
            try pushDictionary(of: arguments.first)
        case .rebuildTensor where arguments.count == 4,
            .rebuildTensorV2 where (6...7).contains(arguments.count):
            try pushTensor(arguments, elementType: nil)
        case .rebuildTensorV3 where (7...8).contains(arguments.count):
            switch arguments[6] {
            case .global(.elementType(let type)): try pushTensor(arguments, elementType: type)
            case .global(.unread(.elementType)): push(.unread(.untypedTensor))
            default: throw fault(arguments[6].kind, "a dtype")
            }
        case .rebuildParameter where arguments.count == 3,
            .rebuildParameterWithState where arguments.count == 4:
            switch arguments[0] {
            case .tensor, .unread: push(arguments[0])
            default: throw fault(arguments[0].kind, "a parameter's tensor")
            }
        case .size where arguments.count == 1:
            guard case .tuple = arguments[0] else { throw fault(arguments[0].kind, "a tuple") }
            push(arguments[0])
        case .bytes:
            push(.bytes)
        case .unread(let kind):
            push(.unread(kind))
        default:
            throw unknownCall(global, arguments)
        }
    }

    /// Makes a dictionary of nothing, of another one, or of a list of pairs, as Python 2 pickles an OrderedDict.
    private mutating func pushDictionary(of value: PickleValue?) throws(PickleFault) {
        var members: [(key: PickleValue, value: PickleValue)] = []
        switch value {
        case nil: break
        case .dictionary(let index): members = dictionaries[index]
        case .list(let index), .tuple(let index):
            for pair in sequences[index] {
                switch pair {
                case .list(let index) where sequences[index].count == 2,
                    .tuple(let index) where sequences[index].count == 2:
                    members.append((sequences[index][0], sequences[index][1]))
                default: throw fault("\(pair.kind) in the items of a dict", "a pair of key and value")
                }
            }
        case let value?: throw fault("a dict of \(value.kind)", "one of pairs")
        }
        pushDictionary()
        dictionaries[dictionaries.count - 1] = members
        memberCount += members.count
    }

    /// Resolves the tuple by which PyTorch refers to a storage: `("storage", class, key, device, count)`.
    ///
    /// The older container adds a sixth element, `None` but for views of storages, which nothing writes any more.
    mutating func persistentIdentifier() throws(PickleFault) {
        guard case .tuple(let index) = try pop(),
            sequences[index].count == 5 || (sequences[index].count == 6 && sequences[index][5] == .none),
            case .string("storage") = sequences[index][0],
            case .global(.storageType(let type)) = sequences[index][1],
            case .string(let key) = sequences[index][2],
            case .integer(let count) = sequences[index][4], count >= 0
        else {
            throw fault("a persistent id of another form", "(\"storage\", class, key, device, count)", code: .refused)
        }
        storages.append(TorchStorage(key: key, elementType: type, elementCount: count))
        guard storages.count <= PickleMachine.valueLimit else {
            throw fault("more than \(PickleMachine.valueLimit) storages", "a state dict", code: .unsupported)
        }
        push(.storage(storages.count - 1))
    }

    private mutating func pushTensor(_ arguments: [PickleValue], elementType: ElementType?) throws(PickleFault) {
        guard case .storage(let storage) = arguments[0], case .integer(let offset) = arguments[1] else {
            throw fault("a tensor of \(arguments[0].kind) and \(arguments[1].kind)", "a storage and an offset")
        }
        guard let type = elementType ?? storages[storage].elementType else {
            throw fault("a tensor of an untyped storage", "a storage with a type", code: .unsupported)
        }
        tensors.append(
            TorchTensor(
                storage: storage,
                elementType: type,
                offset: offset,
                shape: try integers(arguments[2]),
                strides: try integers(arguments[3])
            )
        )
        push(.tensor(tensors.count - 1))
    }

    private func integers(_ value: PickleValue) throws(PickleFault) -> [Int] {
        guard case .tuple(let index) = value, sequences[index].count <= 64 else {
            throw fault("\(value.kind) as a shape or strides", "a tuple of at most 64 ints")
        }
        var integers: [Int] = []
        for element in sequences[index] {
            guard case .integer(let integer) = element else { throw fault("\(element.kind) in a shape", "an int") }
            integers.append(integer)
        }
        return integers
    }
}
