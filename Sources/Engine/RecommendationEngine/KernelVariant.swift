import CKernels
package import Domain

/// The instruction sets that the engine's numeric loops are compiled for.
///
/// Widest last. AVX-512 and AVX2 give the same bits, as wider vectors decide there which output a sum belongs to and
/// nothing else; the portable loops round products before they add them, and differ from both in the last bits. Products
/// in 8 bits have the same integers in all of them.
package enum KernelVariant: String, Hashable, Sendable, CaseIterable {
    /// What every processor runs.
    case portable
    /// AVX2 with FMA.
    case avx2
    /// AVX2 with FMA, and AVX-VNNI for products in 8 bits.
    case avxvnni
    /// AVX-512 (F, VL, DQ, BW).
    case avx512
    /// The same, and AVX-512 VNNI for products in 8 bits.
    case avx512vnni
    /// The portable loops on ARM, and its dot products for products in 8 bits.
    case dotprod

    /// The variable that chooses a variant, for tests and figures.
    package static let variable = "COLDSTART_KERNELS"

    /// Whether this processor runs it.
    package var isAvailable: Bool { coldstart_has_variant(known) != 0 }

    /// The variant in use: the one that was asked for, else the widest that this processor runs.
    package static var inUse: KernelVariant {
        let used = coldstart_variant_in_use()
        return allCases.first { $0.known == used } ?? .portable
    }

    /// Uses the variant that the environment names from now on; without the variable nothing changes.
    ///
    /// To be called before a model is opened, as those that are open keep what they have.
    ///
    /// - Throws: ``SettingError`` where the name is none, or this processor does not run the variant.
    package static func choose(from environment: [String: String]) throws(SettingError) {
        guard let text = environment[variable], !text.isEmpty else { return }
        let available = allCases.filter(\.isAvailable).map(\.rawValue).joined(separator: ", ")
        guard let variant = KernelVariant(rawValue: text) else {
            throw SettingError(variable, found: "'\(SettingError.shown(text))'", expected: "one of \(available)")
        }
        guard coldstart_use_variant(variant.known) != 0 else {
            throw SettingError(
                variable,
                found: "'\(text)', which this processor does not run",
                expected: "one of \(available)"
            )
        }
    }

    private var known: coldstart_variant {
        switch self {
        case .portable: coldstart_portable
        case .avx2: coldstart_avx2
        case .avxvnni: coldstart_avxvnni
        case .avx512: coldstart_avx512
        case .avx512vnni: coldstart_avx512vnni
        case .dotprod: coldstart_dotprod
        }
    }
}
