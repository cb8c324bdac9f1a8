/// The few names of classes and functions that a state dict's pickle refers to.
///
/// A name is only a name here: what it stands for is done by this reader, nothing is imported or called. The list is
/// that of `torch.load(weights_only=True)`, https://docs.pytorch.org/docs/stable/notes/serialization.html, less
/// everything that tensors of numbers do not need.
enum TorchGlobal: Equatable {
    case orderedDictionary
    case rebuildTensor
    case rebuildTensorV2
    case rebuildTensorV3
    case rebuildParameter
    case size
    /// A class of storages, with the type of their elements; bytes of no type for `UntypedStorage`.
    case storageType(ElementType?)
    /// A `torch.dtype`.
    case elementType(ElementType)

    /// Returns what a name stands for; `nil` for a name that is refused.
    init?(module: String, name: String) {
        guard let global = TorchGlobal.known[module + "." + name] else { return nil }
        self = global
    }

    private static let known: [String: TorchGlobal] = {
        var known: [String: TorchGlobal] = [
            "collections.OrderedDict": .orderedDictionary,
            "torch._utils._rebuild_tensor": .rebuildTensor,
            "torch._utils._rebuild_tensor_v2": .rebuildTensorV2,
            "torch._utils._rebuild_tensor_v3": .rebuildTensorV3,
            "torch._utils._rebuild_parameter": .rebuildParameter,
            "torch.Size": .size,
            "torch.UntypedStorage": .storageType(nil),
            "torch.storage.UntypedStorage": .storageType(nil),
        ]
        let classes: [(String, ElementType)] = [
            ("Double", .float64), ("Float", .float32), ("Half", .float16), ("BFloat16", .bfloat16), ("Long", .int64),
            ("Int", .int32), ("Short", .int16), ("Char", .int8), ("Byte", .uint8), ("Bool", .bool),
        ]
        for (name, type) in classes {
            known["torch.\(name)Storage"] = .storageType(type)
        }
        for type in classes.map(\.1) {
            known["torch.\(type)"] = .elementType(type)
        }
        return known
    }()
}
