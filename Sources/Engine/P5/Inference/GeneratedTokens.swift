/// What decoding made of one prompt.
package struct GeneratedTokens: Hashable, Sendable {
    /// The new tokens: the start token is left out, the end token is the last where it came.
    package let tokens: [Int32]
    /// The smallest gap between the best and the second logit over all steps; infinite where there was no step.
    ///
    /// After a beam search the gap between the scores of the best and the second text.
    ///
    /// A text is safe against rounding where this is large: another implementation may choose another token only where
    /// its logits differ by half of it.
    package let smallestGap: Float
    /// The logits of the tokens that were watched, for each step of greedy decoding.
    package var watchedLogits: [[Float]] = []
    /// The gap between the best and the second logit of each step of greedy decoding.
    package var gaps: [Float] = []
}
