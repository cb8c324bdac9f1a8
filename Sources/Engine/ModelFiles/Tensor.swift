/// A named array of numbers inside a mapped file.
///
/// The elements stay in the file. Creating a tensor proves that every element its shape and strides can reach lies
/// inside the file, so that nothing that reads it later has to check again.
package struct Tensor: Sendable {
    /// The name in its container; empty for a file that holds one array.
    package let name: String
    /// The length of each dimension; empty for a single number.
    package let shape: [Int]
    /// The distance in elements between neighbours in each dimension, not negative.
    package let strides: [Int]
    /// The type of an element as it is stored.
    package let elementType: ElementType
    /// Whether the most significant byte of an element comes first.
    package let isBigEndian: Bool
    /// The number of elements: the product of the shape.
    package let elementCount: Int
    /// The file that holds the elements.
    package let file: MappedFile
    /// Where in the file the first element begins.
    let byteOffset: Int

    /// The path of the file that holds the elements.
    package var path: String { file.path }

    /// Creates a tensor over a region of a mapped file.
    ///
    /// - Parameters:
    ///   - name: The name in its container.
    ///   - shape: The length of each dimension.
    ///   - strides: The distances in elements; `nil` for row-major order without gaps.
    ///   - elementType: The stored type.
    ///   - file: The file.
    ///   - region: The bytes of the file that belong to the tensor.
    ///   - elementOffset: The index within the region of the first element.
    ///   - isBigEndian: Whether the most significant byte of an element comes first.
    /// - Throws: ``ModelFileError`` where a size is negative, overflows or reaches out of the region, or where strides
    ///   repeat elements of the region more often than ``repetitionLimit`` allows.
    /// - Precondition: The region lies within the file.
    package init(
        name: String,
        shape: [Int],
        strides: [Int]? = nil,
        elementType: ElementType,
        file: MappedFile,
        region: Range<Int>,
        elementOffset: Int = 0,
        isBigEndian: Bool = false
    ) throws(ModelFileError) {
        precondition(
            region.lowerBound >= 0 && region.upperBound <= file.count,
            "region \(region) of \(file.count) bytes"
        )
        let place = name.isEmpty ? "array" : "tensor \(quoted(name))"
        let available = region.count / elementType.byteCount
        func failure(_ code: ModelFileError.Code, _ found: String, _ expected: String) -> ModelFileError {
            ModelFileError(
                code,
                path: file.path,
                place: place,
                found: found,
                expected: expected,
                fix: "write the file again"
            )
        }
        guard shape.count <= 16, shape.allSatisfy({ $0 >= 0 }) else {
            throw failure(.malformed, "the shape \(shapeText(shape))", "at most 16 dimensions, none negative")
        }
        guard let elementCount = Tensor.product(shape) else {
            throw failure(.malformed, "the shape \(shapeText(shape))", "a shape whose product fits 64 bits")
        }
        guard elementCount <= available || (strides != nil && elementCount <= Tensor.repetitionLimit) else {
            throw failure(
                strides == nil ? .truncated : .unsupported,
                "the shape \(shapeText(shape)), \(elementCount) elements of \(elementType)",
                "at most the \(available) elements that its storage holds"
                    + (strides == nil ? "" : ", or \(Tensor.repetitionLimit) where strides repeat them")
            )
        }
        let strides = strides ?? Tensor.rowMajorStrides(of: shape)
        guard strides.count == shape.count, strides.allSatisfy({ $0 >= 0 }) else {
            throw failure(
                .malformed,
                "the strides \(shapeText(strides)) for the shape \(shapeText(shape))",
                "one stride a dimension, none negative"
            )
        }
        let last = Tensor.lastIndex(shape: shape, strides: strides, from: elementOffset)
        guard elementOffset >= 0, elementOffset <= available, let last, elementCount == 0 || last < available else {
            throw failure(
                .malformed,
                "the shape \(shapeText(shape)) with strides \(shapeText(strides)) from element \(elementOffset)",
                "elements within the \(available) of its storage"
            )
        }
        self.name = name
        self.shape = shape
        self.strides = strides
        self.elementType = elementType
        self.elementCount = elementCount
        self.file = file
        self.byteOffset = region.lowerBound + elementOffset * elementType.byteCount
        self.isBigEndian = isBigEndian
    }

    /// The most elements that strides may make of fewer, as `Tensor.expand` does with a stride of 0: a short file must
    /// not ask for any amount of memory, and this is more than the largest weight of T5-11B.
    package static let repetitionLimit = 1 << 27

    private init(renaming tensor: Tensor, to name: String) {
        self.name = name
        self.shape = tensor.shape
        self.strides = tensor.strides
        self.elementType = tensor.elementType
        self.elementCount = tensor.elementCount
        self.file = tensor.file
        self.byteOffset = tensor.byteOffset
        self.isBigEndian = tensor.isBigEndian
    }

    /// Returns the same array under another name.
    func renamed(to name: String) -> Tensor {
        Tensor(renaming: self, to: name)
    }

    /// Whether two arrays are the same elements of the same file, read in the same way.
    package func isSameView(as other: Tensor) -> Bool {
        file === other.file && byteOffset == other.byteOffset && elementType == other.elementType
            && isBigEndian == other.isBigEndian && shape == other.shape && strides == other.strides
    }

    /// Whether the elements follow each other in row-major order without gaps.
    package var isContiguous: Bool {
        guard elementCount > 1 else { return true }
        var expected = 1
        for (length, stride) in zip(shape, strides).reversed() where length != 1 {
            guard stride == expected else { return false }
            expected *= length
        }
        return true
    }

    private static func product(_ shape: [Int]) -> Int? {
        // A zero anywhere makes the product zero, even where the other lengths would overflow on the way.
        guard !shape.contains(0) else { return 0 }
        var product = 1
        for length in shape {
            let (value, overflow) = product.multipliedReportingOverflow(by: length)
            guard !overflow else { return nil }
            product = value
        }
        return product
    }

    private static func rowMajorStrides(of shape: [Int]) -> [Int] {
        guard !shape.contains(0) else { return shape.map { _ in 0 } }
        var strides = [Int](repeating: 1, count: shape.count)
        for dimension in shape.indices.dropLast().reversed() {
            strides[dimension] = strides[dimension + 1] * shape[dimension + 1]
        }
        return strides
    }

    private static func lastIndex(shape: [Int], strides: [Int], from offset: Int) -> Int? {
        var last = offset
        for (length, stride) in zip(shape, strides) where length > 1 {
            let (extent, tooWide) = stride.multipliedReportingOverflow(by: length - 1)
            let (sum, tooFar) = last.addingReportingOverflow(extent)
            guard !tooWide, !tooFar else { return nil }
            last = sum
        }
        return last
    }
}
