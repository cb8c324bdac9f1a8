import GoldenReview
import Goldens
import Testing

@Suite("The course of a review")
struct ReviewMachineTests {
    private func machine(of count: Int, _ keys: String, risk: GoldenRisk = .low) -> ReviewMachine {
        var machine = ReviewMachine(count: count)
        for key in keys {
            machine.handle(key == "\n" ? .enter : key == "\u{1b}" ? .escape : .character(key), risk: risk)
        }
        return machine
    }

    @Test("Each of the four keys does what it says and goes on, and the last one ends the review")
    func decides() {
        let done = machine(of: 3, "ars")
        #expect(done.decisions == [0: .accept(reason: nil), 1: .reject])
        #expect(done.mode == .finished && done.isOver && done.position == 2)
        #expect(machine(of: 3, "ar").position == 2 && !machine(of: 3, "ar").isOver)
        #expect(machine(of: 0, "").mode == .finished)
    }

    @Test("What changed candidates asks for a reason, and is not accepted without a word")
    func reason() {
        #expect(machine(of: 1, "a", risk: .high).mode == .reason(""))
        let empty = machine(of: 1, "a  \n", risk: .high)
        #expect(empty.mode == .reason("  ") && empty.decisions.isEmpty && empty.notice?.contains("needed") == true)
        let back = machine(of: 1, "aqr\u{1b}", risk: .high)
        #expect(back.mode == .deciding && back.decisions.isEmpty)
        #expect(machine(of: 1, "anew\n", risk: .high).decisions == [0: .accept(reason: "new")])
        var machine = machine(of: 1, "ano", risk: .high)
        machine.handle(.backspace, risk: .high)
        #expect(machine.mode == .reason("n"))
    }

    @Test("Going back and deciding again replaces the decision, skipping takes it away")
    func changesItsMind() {
        #expect(machine(of: 3, "abr").decisions == [0: .reject])
        #expect(machine(of: 3, "abs").decisions.isEmpty)
        let first = machine(of: 3, "b")
        #expect(first.position == 0 && first.notice == "this is the first one")
    }

    @Test("q keeps what was decided, Control-C does not, and after either no key counts")
    func ends() {
        #expect(machine(of: 3, "aq").mode == .finished)
        #expect(machine(of: 3, "aqr").decisions == [0: .accept(reason: nil)])
        for keys in ["a", "a?", ""] {
            var machine = machine(of: 3, keys)
            machine.handle(.interrupt, risk: .low)
            #expect(machine.mode == .aborted && machine.isOver)
        }
        var typing = machine(of: 3, "a", risk: .high)
        typing.handle(.interrupt, risk: .high)
        #expect(typing.mode == .aborted)
    }

    @Test("Any key leaves the help and decides nothing; a key without a meaning says so")
    func help() {
        #expect(machine(of: 2, "?").mode == .help)
        let back = machine(of: 2, "?a")
        #expect(back.mode == .deciding && back.decisions.isEmpty && back.position == 0)
        #expect(machine(of: 2, "x").notice == "x does nothing here; ? explains the keys")
        #expect(machine(of: 2, "xs").notice == nil)
    }

    @Test("Scrolling stays within the page, and a new page begins at its top")
    func scrolls() {
        var machine = machine(of: 2, "jjj")
        #expect(machine.firstLine == 3)
        machine.limitScrolling(to: 2)
        #expect(machine.firstLine == 2)
        machine.handle(.up, risk: .low)
        machine.handle(.up, risk: .low)
        machine.handle(.up, risk: .low)
        #expect(machine.firstLine == 0)
        machine.handle(.down, risk: .low)
        machine.handle(.character("s"), risk: .low)
        #expect(machine.firstLine == 0)
        machine.pass()
        #expect(machine.mode == .finished)
    }

    @Test(
        "What a terminal sends becomes keys",
        arguments: [
            ("ar", [.character("a"), .character("r")]), ("\u{1b}[A", [.up]), ("\u{1b}OB", [.down]),
            ("\u{1b}", [.escape]),
            ("\u{1b}[1;5Aq", [.up, .character("q")]), ("\u{1b}[3~", []), ("\u{1b}[?1x", []), ("\r", [.enter]),
            ("\u{7f}\u{8}", [.backspace, .backspace]), ("\u{3}", [.interrupt]), ("\u{4}", [.interrupt]),
            ("\u{1a}\u{0}", []), ("é", [.character("é")]), ("\u{1b}a", [.escape, .character("a")]), ("\u{1b}[", []),
        ] as [(String, [ReviewKey])]
    )
    func keys(sent: String, keys: [ReviewKey]) {
        #expect(ReviewKey.keys(in: Array(sent.utf8)) == keys)
    }
}
