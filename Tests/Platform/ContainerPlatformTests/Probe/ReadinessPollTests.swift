import Testing

@testable import ContainerPlatform

/// The queue-proxy's questions, after the cases of knative's own tests of them.
@Suite struct ReadinessPollTests {
    /// Asks until the attempt is over or 10 s have passed.
    private func questions(
        needed: Int,
        lasting: Duration = .zero,
        _ sees: (Int) -> ProbeSighting
    ) -> (asked: [Duration], succeeded: Bool) {
        var poll = ReadinessPoll(needed: needed, at: .zero)
        var asked: [Duration] = []
        while poll.due <= ReadinessPoll.limit {
            let moment = poll.due
            asked.append(moment)
            let ended = min(moment + lasting, poll.ask(at: moment))
            if poll.answered(sees(asked.count), at: ended) { return (asked, true) }
        }
        return (asked, false)
    }

    @Test("an answer of 400 is asked again 50 ms later, and the next of 200 is enough")
    func retries() {
        let (asked, succeeded) = questions(needed: 1) { $0 == 1 ? .status(400) : .status(200) }
        #expect(asked == [.zero, .milliseconds(50)])
        #expect(succeeded)
    }

    @Test("with the threshold 3 it takes three good answers in a row; a bad second one makes it five")
    func consecutive() {
        #expect(questions(needed: 3) { _ in .status(200) }.asked.count == 3)
        let (asked, succeeded) = questions(needed: 3) { $0 == 2 ? .status(500) : .connected }
        #expect(asked.count == 5)
        #expect(succeeded)
    }

    @Test("a closed port is asked 201 times in 10 s and fails")
    func closedPort() {
        let (asked, succeeded) = questions(needed: 1) { _ in .refused }
        #expect(!succeeded)
        #expect(asked.count == 201)
        #expect(asked.last == .seconds(10))
    }

    @Test("a server that hangs holds each question for 100 ms, and the next follows at once")
    func hangs() {
        let (asked, succeeded) = questions(needed: 1, lasting: .seconds(1)) { _ in .deadlineExceeded }
        #expect(!succeeded)
        #expect(asked.prefix(3) == [.zero, .milliseconds(100), .milliseconds(200)])
    }
}
