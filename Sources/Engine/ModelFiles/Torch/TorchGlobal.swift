import Formats

/// The names of classes and functions that a state dict's pickle may refer to.
///
/// A name is only a name here: what it stands for is done by this reader, nothing is imported or called. The list is
/// that of `torch.load(weights_only=True)`, https://docs.pytorch.org/docs/stable/notes/serialization.html, and the scalars
/// and arrays of NumPy that checkpoints carry beside their tensors; of what no dense tensor needs, only the kind is kept.
enum TorchGlobal: Equatable {
    case orderedDictionary
    case rebuildTensor
    case rebuildTensorV2
    case rebuildTensorV3
    case rebuildParameter
    case rebuildParameterWithState
    case rebuildFromType
    /// `torch.Tensor` and its subclasses that are nothing but tensors.
    case tensorClass
    case size
    case bytes
    /// A class of storages, with the type of their elements; bytes of no type for `UntypedStorage`.
    case storageType(ElementType?)
    /// A `torch.dtype`.
    case elementType(ElementType)
    /// What makes a value of which only the kind is kept.
    case unread(UnreadKind)

    /// Returns what a name stands for; `nil` for a name that is refused.
    init?(module: String, name: String) {
        guard let global = TorchGlobal.known[ExactText(module + "." + name)] else { return nil }
        self = global
    }

    private static let known: [ExactText: TorchGlobal] = {
        var known: [ExactText: TorchGlobal] = [
            "collections.OrderedDict": .orderedDictionary,
            "collections.Counter": .orderedDictionary,
            "torch._utils._rebuild_tensor": .rebuildTensor,
            "torch._utils._rebuild_tensor_v2": .rebuildTensorV2,
            "torch._utils._rebuild_tensor_v3": .rebuildTensorV3,
            "torch._utils._rebuild_parameter": .rebuildParameter,
            "torch._utils._rebuild_parameter_with_state": .rebuildParameterWithState,
            "torch._tensor._rebuild_from_type_v2": .rebuildFromType,
            "torch.Tensor": .tensorClass,
            "torch.nn.parameter.Parameter": .tensorClass,
            "torch.nn.parameter.Buffer": .tensorClass,
            "torch.Size": .size,
            "_codecs.encode": .bytes,
            "torch.UntypedStorage": .storageType(nil),
            "torch.storage.UntypedStorage": .storageType(nil),
        ]
        for name in ["bytearray", "bytes"] {
            known[ExactText("builtins." + name)] = .bytes
            known[ExactText("__builtin__." + name)] = .bytes
        }
        for (name, kind) in unread { known[ExactText(name)] = .unread(kind) }
        for (name, type) in storageClasses { known[ExactText("torch.\(name)Storage")] = .storageType(type) }
        for type in ElementType.allCases { known[ExactText("torch.\(type)")] = .elementType(type) }
        for bits in 1...7 {
            known[ExactText("torch.int\(bits)")] = .unread(.elementType)
            known[ExactText("torch.uint\(bits)")] = .unread(.elementType)
        }
        return known
    }()

    private static let storageClasses: [(String, ElementType)] = [
        ("Double", .float64), ("Float", .float32), ("Half", .float16), ("BFloat16", .bfloat16), ("Long", .int64),
        ("Int", .int32), ("Short", .int16), ("Char", .int8), ("Byte", .uint8), ("Bool", .bool),
        ("ComplexDouble", .complex128), ("ComplexFloat", .complex64), ("QInt8", .qint8), ("QUInt8", .quint8),
        ("QInt32", .qint32), ("QUInt4x2", .packed4), ("QUInt2x4", .packed2),
    ]

    private static let unread: [(String, UnreadKind)] = [
        ("torch._utils._rebuild_sparse_tensor", .sparseTensor),
        ("torch._utils._rebuild_sparse_csr_tensor", .sparseTensor),
        ("torch._utils._rebuild_qtensor", .quantisedTensor),
        ("torch._utils._rebuild_nested_tensor", .nestedTensor),
        ("torch._utils._rebuild_meta_tensor_no_storage", .metaTensor),
        ("torch._utils._rebuild_wrapper_subclass", .wrappedTensor),
        ("torch._utils._rebuild_device_tensor_from_numpy", .deviceTensor),
        ("torch._utils._rebuild_device_tensor_from_cpu_tensor", .deviceTensor),
        ("torch._utils._rebuild_xla_tensor", .deviceTensor),
        ("torch.device", .device), ("torch.serialization._get_layout", .layout),
        ("torch.per_tensor_affine", .scheme), ("torch.per_tensor_symmetric", .scheme),
        ("torch.per_channel_affine", .scheme), ("torch.per_channel_symmetric", .scheme),
        ("torch.per_channel_affine_float_qparams", .scheme),
        ("torch.float4_e2m1fn_x2", .elementType), ("torch.bits8", .elementType), ("torch.bits16", .elementType),
        ("torch.bits1x8", .elementType), ("torch.bits2x4", .elementType), ("torch.bits4x2", .elementType),
        ("builtins.set", .set), ("__builtin__.set", .set), ("builtins.frozenset", .set),
        ("builtins.complex", .complex), ("__builtin__.complex", .complex),
        ("numpy.core.multiarray.scalar", .numpyScalar), ("numpy._core.multiarray.scalar", .numpyScalar),
        ("numpy.dtype", .numpyType), ("numpy.ndarray", .numpyArray),
        ("numpy.core.multiarray._reconstruct", .numpyArray), ("numpy._core.multiarray._reconstruct", .numpyArray),
    ]
}
