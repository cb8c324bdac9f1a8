extension Double {
    /// The number in a few significant decimal digits, for margins in messages.
    ///
    /// - Parameter digits: The significant digits, 1 to 15.
    /// - Returns: The shortest text of the rounded number.
    package func text(digits: Int = 4) -> String {
        guard isFinite, self != 0 else { return "\(self)" }
        var least = 1.0
        for _ in 1..<digits { least *= 10 }
        var factor = 1.0
        // Powers of ten are exact up to 10^22; the quotient then prints without a tail of digits.
        while abs(self) * factor < least, factor < 1e22 { factor *= 10 }
        return "\((self * factor).rounded() / factor)"
    }
}
