import ColdstartTestSupport
import Foundation
import Testing

/// A page in a browser, as one kind of reader has it.
struct OpenPage {
    /// How a reader looks at a page.
    struct Reader: CustomTestStringConvertible, Sendable {
        /// The width of the window in pixels.
        var width: Int
        /// Whether dark colours are asked for.
        var isDark: Bool
        /// Whether scripts run.
        var hasScript: Bool

        /// A desktop and a telephone, light and dark, with and without script.
        static let all = [1280, 390]
            .flatMap { width in
                [false, true]
                    .flatMap { dark in
                        [true, false].map { Reader(width: width, isDark: dark, hasScript: $0) }
                    }
            }

        var testDescription: String {
            "\(width) pixels, \(isDark ? "dark" : "light"), \(hasScript ? "with" : "without") script"
        }
    }

    private let browser: Browser
    private let folder: TemporaryFolder

    /// Opens a page from a file.
    init(_ html: String, for reader: Reader) throws {
        browser = try Browser()
        folder = try TemporaryFolder()
        let path = try folder.write(html, to: "report.html")
        try browser.call(
            "Emulation.setDeviceMetricsOverride",
            ["width": reader.width, "height": 900, "deviceScaleFactor": 1, "mobile": false]
        )
        let scheme = ["name": "prefers-color-scheme", "value": reader.isDark ? "dark" : "light"]
        try browser.call("Emulation.setEmulatedMedia", ["features": [scheme]])
        try browser.call("Emulation.setScriptExecutionDisabled", ["value": !reader.hasScript])
        browser.forgetEvents()
        try browser.call("Page.navigate", ["url": "file://" + path])
        try browser.wait(for: "Page.loadEventFired")
    }

    /// Evaluates an expression in the page.
    func evaluate<Value>(_ expression: String, as type: Value.Type = Value.self) throws -> Value {
        let answer = try browser.call(
            "Runtime.evaluate",
            ["expression": expression, "returnByValue": true, "awaitPromise": true]
        )
        if let problem = answer["exceptionDetails"] { throw Browser.Failure(description: "\(problem)") }
        guard let value = (answer["result"] as? [String: Any])?["value"] as? Value else {
            throw Browser.Failure(description: "\(expression) is no \(type): \(answer)")
        }
        return value
    }

    /// The addresses that the browser asked for, other than the page's own.
    var fetched: [String] {
        browser.events.filter { $0.method == "Network.requestWillBeSent" }
            .compactMap { ($0.parameters["request"] as? [String: Any])?["url"] as? String }
            .filter { !$0.hasSuffix("/report.html") }
    }

    /// What the console was told, and what a script threw.
    var complaints: [String] {
        browser.events
            .filter { ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"].contains($0.method) }
            .map { "\($0.parameters)" }
    }

    /// The processor time in seconds that the page's thread has worked for: reading, laying out, drawing, its script.
    func processorSeconds() throws -> Double {
        let metrics = try browser.call("Performance.getMetrics")["metrics"] as? [[String: Any]] ?? []
        guard let seconds = metrics.first(where: { $0["name"] as? String == "TaskDuration" })?["value"] as? NSNumber
        else { throw Browser.Failure(description: "no TaskDuration among \(metrics)") }
        return seconds.doubleValue
    }

    /// Presses the tabulator key once.
    func pressTab() throws {
        for type in ["rawKeyDown", "keyUp"] {
            try browser.call(
                "Input.dispatchKeyEvent",
                ["type": type, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9]
            )
        }
    }

    /// What assistive technology is told of each node: its role and its name.
    func accessibleNodes() throws -> [(role: String, name: String)] {
        let nodes = try browser.call("Accessibility.getFullAXTree")["nodes"] as? [[String: Any]] ?? []
        return nodes.filter { $0["ignored"] as? Bool != true }
            .map { node in
                let role = (node["role"] as? [String: Any])?["value"] as? String ?? ""
                return (role, (node["name"] as? [String: Any])?["value"] as? String ?? "")
            }
    }

    /// Writes a picture of the page's whole length.
    func picture(to path: String) throws {
        let answer = try browser.call("Page.captureScreenshot", ["captureBeyondViewport": true])
        guard let text = answer["data"] as? String, let bytes = Data(base64Encoded: text) else { return }
        try bytes.write(to: URL(fileURLWithPath: path))
    }
}
