extension UnsafeRawBufferPointer {
    /// Scans decimal digits, moving the offset behind the last of them.
    ///
    /// - Returns: Their value, 0 where there are none; `nil` at the digit with which it no longer fits.
    /// - Complexity: O(*n*) in the digits.
    func decimal(from offset: inout Int) -> Int? {
        var value = 0
        while offset < count, (0x30...0x39).contains(self[offset]) {
            let (scaled, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, tooLargeSum) = scaled.addingReportingOverflow(Int(self[offset] - 0x30))
            guard !tooLarge, !tooLargeSum else { return nil }
            value = sum
            offset += 1
        }
        return value
    }
}
