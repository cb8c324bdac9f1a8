import HTTPService
import Testing

struct CoreBudgetTests {
    @Test("work that is alone gets all cores")
    func grantsAll() async throws {
        let budget = CoreBudget(cores: 4)
        for _ in 0..<3 { #expect(try await budget.run { $0 } == 4) }
    }

    @Test("work side by side never uses more threads than there are cores", arguments: [1, 2, 3])
    func staysWithin(cores: Int) async throws {
        let budget = CoreBudget(cores: cores)
        let busy = Shared((now: 0, most: 0, done: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await budget.run { threads in
                        busy.with { $0 = ($0.now + threads, max($0.most, $0.now + threads), $0.done) }
                        for _ in 0..<1_000 { busy.with { $0.done += 0 } }
                        busy.with { $0 = ($0.now - threads, $0.most, $0.done + 1) }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(busy.with { $0.most } == cores)
        #expect(busy.with { $0.done } == 40)
    }

    @Test("who is cancelled while waiting goes at once, and the cores are not lost")
    func cancelsWaiting() async throws {
        let budget = CoreBudget(cores: 1)
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let released = Shared(false)
        let holder = Task {
            try await budget.run { _ in
                start.yield()
                while !released.with({ $0 }) { pause() }
            }
        }
        for await _ in started { break }
        let waiter = Task { try await budget.run { _ in } }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        released.with { $0 = true }
        try await holder.value
        #expect(try await budget.run { $0 } == 1)
    }

    @Test("work that was given up keeps its cores until it is over")
    func keepsCores() async throws {
        let budget = CoreBudget(cores: 1)
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let released = Shared(false)
        let order = Shared<[String]>([])
        let holder = Task {
            try await budget.run { _ in
                start.yield()
                while !released.with({ $0 }) { pause() }
                order.with { $0.append("first") }
            }
        }
        for await _ in started { break }
        holder.cancel()
        await #expect(throws: CancellationError.self) { try await holder.value }
        let next = Task { try await budget.run { _ in order.with { $0.append("second") } } }
        try await Task.sleep(for: .milliseconds(20))
        released.with { $0 = true }
        try await next.value
        #expect(order.with { $0 } == ["first", "second"])
    }
}
