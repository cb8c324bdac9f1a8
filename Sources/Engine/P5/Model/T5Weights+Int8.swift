import LinearAlgebra

extension T5Weights {
    /// The same weights, those of the encoder's large products in 8 bits as well.
    ///
    /// The first block's queries, keys and values stay in float32, as they are computed once for each different row; so
    /// does the decoder, whose rows are few: it would add more to the error than it would save.
    ///
    /// - Parameter threads: The most threads that work at once.
    /// - Returns: The weights, which share those in float32.
    /// - Complexity: O(*n*) in the weights.
    func packedInInt8(threads: Int) -> T5Weights {
        var weights: [LinearWeight] = []
        _ = mappingProducts { weight in
            weights.append(weight)
            return weight
        }
        let packed = WorkerThreads.map(weights.count, threads: threads) { index in
            Int8Weight.fits(weights[index]) ? Int8Weight(weights[index]) : nil
        }
        var next = 0
        return mappingProducts { weight in
            defer { next += 1 }
            var weight = weight
            weight.int8 = packed[next]
            return weight
        }
    }

    /// Whether products are computed in 8 bits.
    var hasInt8: Bool { encoder.contains { $0.feedForward.outer.int8 != nil } }

    /// The bytes of the weights in 8 bits.
    var int8ByteCount: Int {
        var count = 0
        _ = mappingProducts { weight in
            count += weight.int8?.byteCount ?? 0
            return weight
        }
        return count
    }

    /// Replaces the weights of the large products, in their order.
    private func mappingProducts(_ change: (LinearWeight) -> LinearWeight) -> T5Weights {
        var result = self
        for layer in result.encoder.indices {
            if layer > 0 { result.encoder[layer].attention.mapInputs(change) }
            result.encoder[layer].attention.o = change(result.encoder[layer].attention.o)
            result.encoder[layer].feedForward.map(change)
        }
        return result
    }
}

extension AttentionWeights {
    fileprivate mutating func mapInputs(_ change: (LinearWeight) -> LinearWeight) {
        q = change(q)
        k = change(k)
        v = change(v)
    }
}

extension FeedForwardWeights {
    fileprivate mutating func map(_ change: (LinearWeight) -> LinearWeight) {
        inner = change(inner)
        gated = gated.map(change)
        outer = change(outer)
    }
}
