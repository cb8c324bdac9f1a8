/// What a checkpoint's pickle can make.
///
/// Containers are indices into the machine that made them, never references: a pickle can nest a million lists or
/// make one contain itself, and neither may cost stack when the values go away.
enum PickleValue: Equatable {
    case none
    case bool(Bool)
    case integer(Int)
    case float(Double)
    case string(String)
    case bytes
    case tuple(Int)
    case list(Int)
    case dictionary(Int)
    case global(TorchGlobal)
    case storage(Int)
    case tensor(Int)
    /// Something that is named and not made: of no use to a state dict of dense tensors, and no harm.
    case unread(UnreadKind)

    /// A word for messages.
    var kind: String {
        switch self {
        case .none: "None"
        case .bool: "a bool"
        case .integer: "an int"
        case .float: "a float"
        case .string: "a str"
        case .bytes: "bytes"
        case .tuple: "a tuple"
        case .list: "a list"
        case .dictionary: "a dict"
        case .global: "a class or function"
        case .storage: "a storage"
        case .tensor: "a tensor"
        case .unread(let kind): kind.rawValue
        }
    }
}

/// What a pickle holds that is named and not made.
enum UnreadKind: String {
    case sparseTensor = "a sparse tensor"
    case quantisedTensor = "a quantised tensor"
    case nestedTensor = "a nested tensor"
    case metaTensor = "a tensor of the device meta, which has no elements"
    case wrappedTensor = "a tensor of a class of its own"
    case deviceTensor = "a tensor of another device's format"
    case untypedTensor = "a tensor of a type that is not known here"
    case device = "a device"
    case layout = "a layout"
    case scheme = "a scheme of quantisation"
    case elementType = "a dtype that is not known here"
    case set = "a set"
    case complex = "a complex number"
    case longInteger = "an int of more than 64 bits"
    case brokenText = "a str that is not UTF-8"
    case numpyScalar = "a NumPy scalar"
    case numpyType = "a NumPy dtype"
    case numpyArray = "a NumPy array"
}

/// What is wrong with a pickle, and at which byte.
struct PickleFault: Error {
    var code: ModelFileError.Code
    var offset: Int
    var found: String
    var expected: String

    /// The error for the file that holds the pickle.
    func located(_ path: String, _ part: String) -> ModelFileError {
        ModelFileError(
            code,
            path: path,
            place: "\(part), byte \(offset)",
            found: found,
            expected: expected,
            fix: "save the model's state_dict() alone"
        )
    }
}
