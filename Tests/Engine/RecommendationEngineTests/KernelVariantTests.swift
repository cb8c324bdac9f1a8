import Domain
import RecommendationEngine
import Testing

@Suite("The variant of the kernels")
struct KernelVariantTests {
    @Test("stays what it is where the variable is unset or empty", arguments: [[:], [KernelVariant.variable: ""]])
    func unset(environment: [String: String]) throws {
        let before = KernelVariant.inUse
        try KernelVariant.choose(from: environment)
        #expect(KernelVariant.inUse == before)
    }

    @Test("is the widest that the processor runs where none is asked for")
    func widest() throws {
        #expect(KernelVariant.inUse == KernelVariant.allCases.last(where: \.isAvailable))
        #expect(KernelVariant.portable.isAvailable)
    }

    @Test("is refused by a name that is none, with those that can be used", arguments: ["avx", "AVX2", "sse2 "])
    func unknown(name: String) {
        let error = #expect(throws: SettingError.self) {
            try KernelVariant.choose(from: [KernelVariant.variable: name])
        }
        #expect(error?.description.hasPrefix("COLDSTART_KERNELS: found '\(name)', expected one of portable") == true)
    }
}
