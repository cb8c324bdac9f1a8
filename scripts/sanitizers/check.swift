import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// What `scripts/sanitize` tries before it believes a sanitizer: `race` and `overflow` have to be reported, `sound` must
// not be, which waits for a lock and is resumed from another thread, both before it waits and after.

final class Shared: Sendable {
    let guarded = Mutex([Int]())
    // Unsafe on purpose: two threads write it without a lock, and ThreadSanitizer has to say so.
    nonisolated(unsafe) var unguarded = 0
}

func race() async {
    let shared = Shared()
    await withTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
            group.addTask { for _ in 0..<10_000 { shared.unguarded += 1 } }
        }
    }
    print(shared.unguarded)
}

func contention() async {
    let shared = Shared()
    await withTaskGroup(of: Void.self) { group in
        for number in 0..<8 {
            group.addTask {
                for _ in 0..<20_000 {
                    shared.guarded.withLock { values in
                        values.append(number)
                        if values.count > 100 { values.removeAll() }
                    }
                }
            }
        }
    }
    print(shared.guarded.withLock { $0.count })
}

final class Box: Sendable {
    // Sound without a lock: it is written before the continuation is resumed and by the resumed task after that.
    nonisolated(unsafe) var value = 0
}

func handOver() async {
    var sum = 0
    for number in 0..<4_000 {
        let box = await withUnsafeContinuation { (continuation: UnsafeContinuation<Box, Never>) in
            DispatchQueue.global()
                .async {
                    let box = Box()
                    box.value = number
                    continuation.resume(returning: box)
                }
            // Some are resumed by the time that this ends.
            if number % 2 == 0 { usleep(50) }
        }
        box.value += 1
        sum += box.value
    }
    print(sum)
}

func overflow() {
    let values = UnsafeMutablePointer<Int>.allocate(capacity: 4)
    values.initialize(repeating: 0, count: 4)
    print(values[CommandLine.arguments.count + 2])
    values.deallocate()
}

switch CommandLine.arguments.last {
case "race": await race()
case "sound":
    await contention()
    await handOver()
case "overflow": overflow()
default: fatalError("race, overflow or sound")
}
