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
        guard case .tuple(let index) = try pop() else { throw fault("arguments that are no tuple", "a tuple") }
        let arguments = sequences[index]
        guard case .global(let global) = try pop() else {
            throw fault("a call of something that is not a class or function", "one of a tensor's", code: .refused)
        }
        switch global {
        case .orderedDictionary where arguments.isEmpty:
            pushDictionary()
        case .rebuildTensor where arguments.count == 4,
            .rebuildTensorV2 where (6...7).contains(arguments.count):
            try pushTensor(arguments, elementType: nil)
        case .rebuildTensorV3 where (7...8).contains(arguments.count):
            guard case .global(.elementType(let type)) = arguments[6] else {
                throw fault(arguments[6].kind, "a dtype that is known here", code: .unsupported)
            }
            try pushTensor(arguments, elementType: type)
        case .rebuildParameter where arguments.count == 3:
            guard case .tensor = arguments[0] else { throw fault(arguments[0].kind, "a parameter's tensor") }
            push(arguments[0])
        case .size where arguments.count == 1:
            guard case .tuple = arguments[0] else { throw fault(arguments[0].kind, "a tuple") }
            push(arguments[0])
        default:
            throw fault(
                "\(arguments.count) arguments for \(global)",
                "those of a tensor or a container",
                code: .refused
            )
        }
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
