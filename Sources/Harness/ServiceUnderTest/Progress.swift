/// Takes what a run waits for, in words that follow "waits for", from whichever thread it runs on.
package typealias ProgressHandler = @Sendable (String) -> Void
