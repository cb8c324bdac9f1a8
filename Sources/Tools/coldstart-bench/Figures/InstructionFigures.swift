import CKernels
import Foundation
import LinearAlgebra
import RecommendationEngine

/// The instructions that the hot kernels run, counted by valgrind's callgrind: a figure that noise does not move.
///
/// See https://valgrind.org/docs/manual/cl-manual.html.
struct InstructionFigures {
    /// A folder for what callgrind writes.
    let folder: String
    /// The functions of each workload that are listed.
    private static let listed = 8

    /// Why nothing is counted, `nil` where valgrind is there.
    static var obstacle: String? {
        WatchedRun.isAvailable("valgrind")
            ? nil
            : "valgrind is not there, so that no instructions are counted; install it with apt-get install valgrind"
    }

    /// Counts all workloads.
    func measure() throws -> [Figure] {
        // Releases of valgrind that are still about cannot read the debugging information of this compiler.
        let program = folder + "/coldstart-bench-stripped"
        _ = try WatchedRun.output(of: ["strip", "--strip-debug", "-o", program, CommandLine.arguments[0]])
        defer { try? FileManager.default.removeItem(atPath: program) }
        return try Workload.counted.flatMap { try count($0, program) }
    }

    private func count(_ workload: Workload, _ program: String) throws -> [Figure] {
        let file = folder + "/callgrind.\(workload.rawValue)"
        try WatchedRun(program: program)
            .run(
                workload,
                under: [
                    "valgrind", "--quiet", "--tool=callgrind", "--callgrind-out-file=\(file)", "--collect-atstart=no",
                    "--toggle-collect=*measuredWork*",
                ],
                threads: 1
            )
        defer { try? FileManager.default.removeItem(atPath: file) }
        let text = try WatchedRun.output(of: ["callgrind_annotate", "--inclusive=yes", "--threshold=100", file])
        let counts = CallgrindCounts(text)
        guard let total = counts.total else {
            throw BenchError("callgrind_annotate: found no total of \(workload.rawValue)")
        }
        let name = "instructions, " + workload.title
        let named = Self.demangled(counts.functions.filter { $0.count < total && $0.count * 1_000 >= total })
        let most =
            named
            // What a closure does counts for the function that it stands in.
            .filter { name, count in
                count * 200 >= total && !name.contains("closure #") && !name.contains(".with")
                    && !name.contains("thunk")
            }
            .prefix(Self.listed)
        // Those of the kernels that are not among them, however small: they are what is hot.
        let kernels = named.filter { function in
            Self.isKernel(function.name) && !most.contains { $0.name == function.name }
        }
        return [Figure(name: name, unit: .instructions, coldstart: total, note: kernelNames)]
            + (most + kernels)
            .map { function, count in
                Figure(name: "  " + function, unit: .instructions, coldstart: count)
            }
    }

    /// Whether a function is one of the package's kernels: these end with the instructions that they are compiled for.
    private static func isKernel(_ name: String) -> Bool {
        KernelVariant.allCases.contains { name.hasSuffix("_\($0.rawValue)") } && !name.hasPrefix("_")
    }

    /// What this processor runs; valgrind offers AVX2 at most, which is what both choose there.
    private var kernelNames: String {
        let own = String(cString: coldstart_kernels_in_use().pointee.name)
        return "inclusive, one thread; kernels \(own), OpenBLAS \(BLAS.kernelName) outside of valgrind, inside what it "
            + "offers, AVX2 at most"
    }

    /// Names as they are written in Swift, without parameters, where the toolchain is there.
    private static func demangled(
        _ functions: [(name: String, count: Double)]
    ) -> [(name: String, count: Double)] {
        // Only what is mangled: the tool takes C names that begin with an s for mangled ones.
        let mangled = functions.map(\.name).filter { $0.hasPrefix("$s") }
        let text =
            mangled.isEmpty
            ? nil : try? WatchedRun.output(of: ["swift", "demangle", "--compact", "--simplified"] + mangled)
        let lines = text?.split(separator: "\n").map(String.init) ?? []
        let names = lines.count == mangled.count ? Dictionary(zip(mangled, lines)) { first, _ in first } : [:]
        return functions.map { function in
            let line = (names[function.name] ?? function.name).replacing("specialized ", with: "")
            return (String((line.split(separator: "(").first ?? line[...]).prefix(60)), function.count)
        }
    }
}

/// What `callgrind_annotate` prints.
struct CallgrindCounts {
    /// All instructions.
    private(set) var total: Double?
    /// The functions, most instructions first, each once.
    private(set) var functions: [(name: String, count: Double)] = []

    /// Reads the lines `count (share) file:function [object]`.
    init(_ text: String) {
        var seen: Set<String> = []
        for line in text.split(separator: "\n") {
            let words = line.drop { $0 == " " }
            let digits = words.prefix { $0.isNumber || $0 == "," }.filter { $0 != "," }
            guard let count = Double(digits) else { continue }
            if line.contains("PROGRAM TOTALS") {
                total = count
                continue
            }
            guard total != nil, let end = words.firstIndex(of: ")") else { continue }
            let rest = words[words.index(after: end)...].drop { $0 == " " }
            // The file is often unknown; what follows its colon is the function, and the object stands in brackets.
            let place = rest.prefix { $0 != "[" }
            let function = place.firstIndex(of: ":").map { place[place.index(after: $0)...] } ?? place
            let name = function.split(separator: "'").first.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
            guard !name.isEmpty, !name.hasPrefix("0x"), seen.insert(name).inserted else { continue }
            functions.append((name, count))
        }
    }
}
