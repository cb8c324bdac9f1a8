import CKernels
import Foundation
import LinearAlgebra

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
        try Workload.counted.flatMap(count)
    }

    private func count(_ workload: Workload) throws -> [Figure] {
        let file = folder + "/callgrind.\(workload.rawValue)"
        try WatchedRun()
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
        let kernels = counts.functions.filter { $0.count < total && $0.count * 500 >= total }.prefix(Self.listed)
        let names = Self.demangled(kernels.map(\.name))
        return [Figure(name: name, unit: .instructions, coldstart: total, note: kernelNames)]
            + zip(kernels, names)
            .map { kernel, name in
                Figure(name: "  " + name, unit: .instructions, coldstart: kernel.count)
            }
    }

    /// What this processor runs; valgrind offers AVX2 at most, which is what both choose there.
    private var kernelNames: String {
        let own = String(cString: coldstart_kernels_best().pointee.name)
        return "inclusive, one thread; kernels \(own), OpenBLAS \(BLAS.kernelName) outside of valgrind, inside what it "
            + "offers, AVX2 at most"
    }

    /// Names as they are written in Swift, without parameters, where the toolchain is there.
    private static func demangled(_ names: [String]) -> [String] {
        let input = names.joined(separator: "\n")
        guard let text = try? WatchedRun.output(of: ["swift", "demangle", "--simplified"], input: input) else {
            return names.map { String($0.prefix(60)) }
        }
        let lines = text.split(separator: "\n")
            .map { line in
                String((line.split(separator: "(").first ?? line).prefix(60))
            }
        return lines.count == names.count ? lines : names
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
            guard total != nil, let place = words.firstIndex(of: ")") else { continue }
            let rest = words[words.index(after: place)...].drop { $0 == " " }
            // The file is often unknown; what follows its colon is the function, and the object stands in brackets.
            let function = rest.prefix { $0 != "[" }.split(separator: ":").last.map(String.init) ?? ""
            let name = function.split(separator: "'").first.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
            guard !name.isEmpty, !name.hasPrefix("0x"), seen.insert(name).inserted else { continue }
            functions.append((name, count))
        }
    }
}
